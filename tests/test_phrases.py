"""Hits widened to phrases: what belongs to them, and what a mark or a sentence parts from them."""

from __future__ import annotations

import pytest

import framing as fr
from framing.phrases import widen
from framing.tables import BadInput


def widened(text: str) -> list[str]:
    corpus = fr.read_corpus([text])
    found = widen(fr.annotate(corpus, ["loaded_language"]), corpus)
    for start, end, words in found[["start", "end", "text"]].itertuples(index=False):
        assert text[start:end] == words
    return found["text"].tolist()


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("It was a vile stunt of theirs.", ["vile stunt"]),
        ("It is vile.", ["vile"]),
        ("The plan is vile, critics say.", ["vile"]),
        ("The plan was vile. Critics agree.", ["vile"]),
        ("A utterly vile and shameful publicity stunt.", ["utterly vile", "shameful publicity"]),
        ("A vile 1990s plan.", ["vile"]),
    ],
)
def test_content_words_beside_a_hit_belong_to_it(text: str, phrases: list[str]) -> None:
    found = widened(text)
    for phrase in phrases:
        assert any(phrase in one for one in found), (phrase, found)
    assert all(one.split()[-1] not in ("and", "of", "critics", "Critics", "1990s") for one in found)


def test_hits_that_meet_are_one_and_the_strongest_names_it() -> None:
    corpus = fr.read_corpus(["The vile shameful stunt failed."])
    hits = fr.annotate(corpus, ["loaded_language"])
    (one,) = widen(hits, corpus).to_dict("records")
    assert one["strength"] == hits["strength"].max()
    assert one["text"] == "vile shameful stunt failed"


def test_nothing_found_stays_nothing_and_voices_stay() -> None:
    corpus = fr.read_corpus(["The council met.", "“A vile stunt,” said Mary Oakes."])
    found = widen(fr.annotate(corpus, ["loaded_language"]), corpus)
    assert found[["text", "voice", "speaker"]].values.tolist() == [
        ["vile stunt", "direct", "Mary Oakes"]
    ]
    empty = fr.read_corpus(["The council met."])
    assert not len(widen(fr.annotate(empty, ["loaded_language"]), empty))


def test_hits_of_another_corpus_are_refused() -> None:
    hits = fr.annotate(["A vile stunt."], ["loaded_language"])
    with pytest.raises(BadInput, match="no document"):
        widen(hits, fr.read_corpus([{"doc_id": "other", "text": "A vile stunt."}]))
