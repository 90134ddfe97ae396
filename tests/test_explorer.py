"""The span explorer without a browser: what is sent, corrections, and what comes back."""

from __future__ import annotations

import pytest

import framing as fr
from framing.explorer import SpanExplorer, explore
from framing.tables import BadInput

TEXTS = [
    {"id": "one", "title": "A row", "text": "Ministers slammed the vile scheme."},
    {"id": "two", "text": "𝒳 “It is a vile scheme,” she said."},
    {"id": "three", "text": "Nothing to see."},
]


@pytest.fixture
def explorer() -> SpanExplorer:
    return explore(fr.annotate(fr.read_corpus(TEXTS), ["loaded_language"]), fr.read_corpus(TEXTS))


def test_documents_with_their_number_of_hits(explorer: SpanExplorer) -> None:
    assert [(d["title"], d["hits"]) for d in explorer.documents] == [
        ("A row", 2), ("two", 1), ("three", 0)
    ]  # fmt: skip
    assert "conflict_verb" in explorer.measures["loaded_language"]


def test_turning_a_page_sends_that_text_with_offsets_in_code_points(explorer: SpanExplorer) -> None:
    explorer.current = 1
    (hit,) = explorer.page["hits"]
    assert explorer.page["text"][hit["start"] : hit["end"]] == "vile"
    assert hit["number"] == 2 and hit["voice"] == "direct"
    explorer.current = 2
    assert explorer.page["hits"] == []


def test_corrections_as_the_browser_sends_them(explorer: SpanExplorer) -> None:
    explorer.marks = {"2": {"label": "no hit", "note": "irony"}, "0": {"label": "slur", "note": ""}}
    table = explorer.corrections
    assert table["text"].tolist() == ["slammed", "vile"]
    assert table["correct_label"].tolist() == ["slur", "no hit"]
    left = explorer.corrected_hits()
    assert left["text"].tolist() == ["slammed", "vile"] and left["label"].iloc[0] == "slur"
    assert left["doc_id"].tolist() == ["one", "one"]


def test_a_correction_must_name_a_hit_and_a_label(explorer: SpanExplorer) -> None:
    with pytest.raises(BadInput, match="no hit 9; the table has 3 rows"):
        explorer.correct(9, "no hit")
    with pytest.raises(BadInput, match="no label 'nonsense'; there are "):
        explorer.correct(0, "nonsense")


def test_hits_of_other_texts_are_refused() -> None:
    hits = fr.annotate(fr.read_corpus(TEXTS), ["loaded_language"])
    with pytest.raises(BadInput, match="hits of document 'one', which is not in the corpus"):
        explore(hits, ["Another text."])


def test_no_documents_no_hits() -> None:
    empty = explore(fr.annotate(["Nothing to see."], ["loaded_language"]), ["Nothing to see."])
    assert empty.page["hits"] == [] and empty.corrections.empty
