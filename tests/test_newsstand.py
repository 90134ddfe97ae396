"""The demonstration corpus against its hand-marked spans: regression, no evidence of validity."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.engine import Engine
from framing.text.goldvoices import agreement
from framing.text.voices import Attribution

FOLDER = Path(__file__).parents[1] / "corpora" / "newsstand"


@pytest.fixture(scope="module")
def corpus() -> fr.Corpus:
    return fr.read_corpus(FOLDER)


@pytest.fixture(scope="module")
def marks(corpus: fr.Corpus) -> pd.DataFrame:
    """The hand marks, each with the first hit of its measure that overlaps it."""
    hits = fr.annotate(corpus)
    table = pd.read_csv(FOLDER / "spans.csv", keep_default_na=False)
    found = []
    for mark in table.itertuples():
        same = hits[(hits.doc_id == mark.doc_id) & (hits.extractor == mark.extractor)]
        same = same[(same.start < mark.end) & (same.end > mark.start)]
        found.append(same.voice.iloc[0] if len(same) else None)
    return table.assign(found=found)


def test_marks_lie_where_they_say(corpus: fr.Corpus) -> None:
    for name in ("spans.csv", "voices.csv"):
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = corpus[row["doc_id"]].text
                assert text[int(row["start"]) : int(row["end"])] == row["text"], row


@pytest.mark.parametrize(
    ("measure", "least"),
    [("loaded_language", 0.45), ("historical_comparison", 0.37), ("partisan_framing", 0.32)],
)
def test_marked_spans_are_still_found(marks: pd.DataFrame, measure: str, least: float) -> None:
    mine = marks[marks.extractor == measure]
    assert mine.found.notna().mean() >= least


def test_voices_of_the_marked_spans(marks: pd.DataFrame) -> None:
    found = marks[marks.found.notna()]
    assert (found.voice == found.found).mean() >= 0.9


def test_attributions_agree_with_the_marked_ones(corpus: fr.Corpus) -> None:
    table = pd.read_csv(FOLDER / "voices.csv", keep_default_na=False)
    engine = Engine([])
    pairs = []
    for document, (_, voices) in zip(corpus, engine.read(list(corpus)), strict=True):
        mine = table[table.doc_id == document.doc_id]
        gold = [
            Attribution("", tuple(zip(group.start, group.end, strict=True)))
            for _, group in mine.groupby("attribution")
        ]
        pairs.append((document, gold, voices.attributions))
    scores = agreement(pairs)
    assert scores["content_f1"] >= 0.85
    assert scores["attribution_f1"] >= 0.7
