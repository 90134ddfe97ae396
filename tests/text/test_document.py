"""Readings of one text and of several at once."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.tables import BadInput
from framing.text.document import Document, Reading
from framing.text.segment import read_block

PARTS = (
    "starts", "ends", "cores", "sentences", "sentence_words", "paragraphs", "folded",
    "capitals",
)  # fmt: skip
PIECES = st.sampled_from(["Mr. Hill’s", "said", "“No.”", ".\n\n", " ", "\r\n", "", "é", "10", "'"])


@given(st.lists(st.lists(PIECES, max_size=12).map("".join) | st.text(), max_size=5))
def test_a_reading_cut_from_a_block_is_that_of_the_text_alone(texts: list[str]) -> None:
    block = read_block(texts)
    for number, text in enumerate(texts):
        reading, alone = Reading(text, block, number), Document("d", text).reading
        for name in PARTS:
            assert getattr(reading, name) == getattr(alone, name), name


@pytest.mark.parametrize(("doc_id", "text", "wrong"), [(1, "Rain.", "doc_id"), ("a", None, "text")])
def test_its_id_and_text_are_strings(doc_id, text, wrong) -> None:
    with pytest.raises(BadInput, match=f"Document: {wrong} is a string, not "):
        Document(doc_id, text)


def test_offsets_of_words_count_from_the_start_of_their_text() -> None:
    reading = Reading("Hill’s vote.", read_block(["One.", "Hill’s vote.", ""]), 1)
    assert reading.starts == array("i", [0, 7]) and reading.ends == array("i", [6, 11])
    assert reading.cores == array("i", [4, 11]) and reading.sentences == [(0, 12)]
    assert reading.sentence_words == [(0, 2)] and reading.first_word == 1


def test_words_before_are_counted_in_their_text() -> None:
    reading = Reading("Hill’s vote.", read_block(["One.", "Hill’s vote.", "Two."]), 1)
    assert reading.words_before([0, 1, 7, 8, 12]) == [0, 1, 1, 2, 2]
    assert reading.words_before([]) == []
