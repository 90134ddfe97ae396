"""Words, sentences and paragraphs."""

from __future__ import annotations

import itertools
import json
import os
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.engine import annotate
from framing.extractors.base import as_extractors
from framing.text.corpus import Corpus
from framing.text.document import Document
from framing.text.hashes import word_hash
from framing.text.segment import read_block

EVERY = as_extractors(None)


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in Document("d", text).sentences]


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in Document("d", text).words]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Hill met Mrs. Oakes and Dr. Stone.|They left.",
        "The U.S. Senate voted.|It passed.",
        "He was born in the U.S.|The family moved to Leeds.",
        "He went to No. 10 at 5 p.m. on Monday.|Nobody answered.",
        "The vote came at 5 p.m.|The result followed.",
        "J. R. Smith spoke.|K. Jones did not.",
        "“We will go.”|She left.",
        'He said: "Stop."|Then he left.',
        "“Go!” she said.|Nobody moved.",
        '"Why?" Hill asked.|Nobody knew.',
        "Prices rose 1.5 per cent.|They fell later.",
        "Really?!|Yes.",
        "It ended… badly.|The end.",
        "Acme Inc. sold bonds.|Shares fell.",
        "Sen. Mary Oakes (D-N.Y.) agreed.|Others did not.",
        "One.\n|Two.",
        "A headline without a stop\n|The body begins here.",
    ],
)
def test_sentence_boundaries(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert sentences(text.replace("|", " ").replace("\n ", "\n")) == expected


def test_wrapped_lines_stay_one_paragraph() -> None:
    text = "The minister said that the\nplan would go ahead.\n\nShe left."
    assert [text[a:b] for a, b in Document("d", text).paragraphs] == [
        "The minister said that the\nplan would go ahead.",
        "She left.",
    ]


def test_words_keep_apostrophes_and_figures_and_split_hyphens() -> None:
    assert words("don’t far-right 1,000.50 Powell's ‘90s 9/11") == [
        "don’t", "far", "right", "1,000.50", "Powell's", "90s", "9", "11",
    ]  # fmt: skip


def test_word_hash_is_the_hash_in_the_block() -> None:
    assert read_block(["Don’t"]).hashes[0] == word_hash("don't")


def test_possessive_is_not_part_of_the_core() -> None:
    block = read_block(["Powell’s"])
    assert block.words[0] == "powell" and block.ends[0] == 8


@given(
    st.text() | st.lists(st.sampled_from(["a", "Hill’s", "hill", "é "]), max_size=9).map(" ".join)
)
def test_words_are_spelled_as_they_are_folded(text: str) -> None:
    block = read_block([text])
    spelled = [
        block.folded[start:core].tobytes().decode("utf-16-le", "surrogatepass")
        for start, core in zip(block.starts, block.cores, strict=True)
    ]
    assert block.words == spelled


@given(st.lists(st.text(), max_size=5))
def test_a_block_is_its_texts_one_by_one(texts: list[str]) -> None:
    block = read_block(texts)
    pieces = []
    for number, text in enumerate(texts):
        base, limit = block.offsets[number], block.offsets[number + 1]
        alone = read_block([text])
        for name in ("starts", "ends", "cores"):
            values = getattr(block, name)
            inside = values[(block.starts >= base) & (block.starts < limit)] - base
            assert inside.tolist() == getattr(alone, name).tolist()
        rows = block.sentences[(block.sentences[:, 0] >= base) & (block.sentences[:, 0] < limit)]
        assert (rows - base).tolist() == alone.sentences.tolist()
        pieces.append(len(alone.starts))
    assert sum(pieces) == len(block.starts)


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
def test_every_word_lies_in_exactly_one_sentence_and_paragraph(text: str) -> None:
    document = Document("d", text)
    for parts in (document.sentences, document.paragraphs):
        assert all(a < b for a, b in parts)
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(parts))
        for start, end in document.words:
            assert sum(a <= start and end <= b for a, b in parts) == 1


ENDING = r"[.?!…][\"'”’)\]]*\s+[\"'“‘(\[]*[A-Z0-9]"
SHORTENED = (
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Rev|St|Jr|Sr|Inc|Corp|Co|No|v|vs|Jan|Feb|Aug|"
    r"Sept|Oct|Nov|Dec|Conn|Calif|Mass|Fla|Tex|Ariz)|\b[A-Z]|\.[A-Za-z])\.$"
)


def one_sentence(unit: str) -> bool:
    """Whether no stop inside `unit` can be anything but an abbreviation's."""
    places = (match.start() + 1 for match in re.finditer(ENDING, unit))
    return all(re.search(SHORTENED, unit[:place]) for place in places)


def test_sentences_of_basil() -> None:
    """Units of BASIL joined again: the boundaries of those that are one sentence are found."""
    if not os.environ.get("FRAMING_CORPORA"):
        pytest.skip("FRAMING_CORPORA is not set")
    hit = extra = missed = 0
    for path in sorted(Path(os.environ["FRAMING_CORPORA"]).glob("basil/articles/*/*.json"))[:200]:
        paragraphs = json.loads(path.read_text())["body-paragraphs"]
        units = [unit.strip() for paragraph in paragraphs for unit in paragraph if unit.strip()]
        ends = {end for _, end in Document("d", " ".join(units)).sentences}
        begin = 0
        for unit in units:
            end = begin + len(unit)
            if one_sentence(unit):
                extra += sum(begin < place < end for place in ends)
                hit += end in ends
                missed += end not in ends
            begin = end + 1
    f1 = 2 * hit / (2 * hit + extra + missed)
    assert hit > 4000 and f1 >= 0.96, f1


@pytest.mark.parametrize("width", [40, 60, 72, 80])
def test_wrapped_lines_are_read_as_if_they_were_not(width: int) -> None:
    paragraphs = [
        "The council of Stanbury said on Monday that The Harbour Bridge would be closed until May, "
        "and The Mayor, Ann Hale, added that it was late.",
        "“A plan that nobody wanted,” said Dan Moss of the Union. He left The Hall before the vote "
        "on the budget, which the council passed with a majority of two.",
        "Nobody from the Ministry came. Mr Moss said that The Ministry had been told in January.",
    ]
    paragraphs *= 3
    plain = "\n\n".join(paragraphs)
    wrapped = "\n\n".join("\n".join(textwrap.wrap(one, width)) for one in paragraphs)
    assert len(wrapped) == len(plain)
    one, other = Document("a", plain), Document("b", wrapped)
    assert other.paragraphs == one.paragraphs
    assert other.sentences == one.sentences


@pytest.mark.parametrize(
    "text", ["'", "’’", "it's", "’s", "a’s", "James’s", "\ud83d\ude00 a", "😀 's"]
)
def test_offsets_hold_on_odd_texts(text: str) -> None:
    for whole in (text, text + " b", "c\0" + text):
        found = [whole[a:b] for a, b in Document("a", whole).words]
        assert found == re.findall(r"[^\W_]+(?:['’][^\W_]+)*", whole)


def test_headings_of_like_length_are_not_taken_for_wrapped_lines() -> None:
    text = "\n".join(f"Council number {n} votes on plan" for n in "abcdefgh")
    assert len(Document("a", text).paragraphs) == 8


def test_line_breaks_of_two_characters_are_one_break() -> None:
    for text, count in (("The first line\r\nruns on here. Next.", 1), ("One.\r\n\r\nTwo.", 2)):
        document = Document("a", text)
        assert len(document.paragraphs) == count
        assert len(Document("b", text.replace("\r\n", "\n")).paragraphs) == count


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\r", "\r\r", "\u2028", " \r\n", "\n\n"])
def test_a_cue_over_the_end_of_a_sentence_is_none(gap: str) -> None:
    text = f"The minister set{gap}Out the plan, he said. The mayor set{gap}out the plan"
    hits = annotate(Corpus([Document("a", text), Document("b", f"Ministers set{gap}Out")]), EVERY)
    assert set(hits["doc_id"]) <= {"a", "b"} and (hits["end"] <= len(text)).all()


def test_spaces_that_do_not_break_are_spaces_to_the_rules() -> None:
    text = "The bill fell. Sen. Cody Lindgren, a Republican, said the vote was a disgrace."
    wide = text.replace(" ", "\u00a0")
    one, other = (annotate(Corpus([Document("a", t)]), EVERY) for t in (text, wide))
    assert one["speaker"].tolist() == [name.replace("\u00a0", " ") if name else name
                                       for name in other["speaker"]]  # fmt: skip
    assert one[["start", "end", "voice"]].equals(other[["start", "end", "voice"]])
    assert other["text"].tolist() == [text.replace(" ", "\u00a0") for text in one["text"]]


def test_what_blanks_surround_is_trimmed_of_all_of_them() -> None:
    block = read_block(["\n \n", " Hill left.  Moss\t\n\n \nstayed", "", "  a \n", " "])
    for spans, wanted in (
        (block.paragraphs, ["Hill left.  Moss", "stayed", "a"]),
        (block.sentences, ["Hill left.", "Moss", "stayed", "a"]),
    ):
        assert [block.joined[start:end] for start, end in spans] == wanted
