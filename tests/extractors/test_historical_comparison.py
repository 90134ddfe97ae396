"""The gazetteer: two sentences where each source is compared to, one where it is not; its facts."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.lexicon import load

SENTENCES = Path(__file__).with_name("history_sentences.tsv")
ENTRIES = load("history").entries
KINDS = set(
    "event war atrocity crisis scandal speech slogan law policy regime ideology person era "
    "disaster election trial movement work".split()
)
REGIONS = {"UK", "US", "Europe", "World", "Ancient"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def found(texts: list[str]) -> list[list[str | None]]:
    """Return the ids of the sources found in each text, dated so that all of them are old."""
    table = pd.DataFrame({"doc_id": range(len(texts)), "text": texts, "date": "2030-06-01"})
    hits = fr.annotate(table.astype({"doc_id": str}), ["historical_comparison"])
    sources: list[list[str | None]] = [[] for _ in texts]
    for place, attributes in zip(hits["doc_id"], hits["attributes"], strict=True):
        sources[int(place)].append(json.loads(attributes)["entry"])
    return sources


def test_every_entry_has_its_sentences(rows: list[dict[str, str]]) -> None:
    assert [row["id"] for row in rows] == [entry.id for entry in ENTRIES]
    assert all(row["first"] and row["second"] and row["negative"] for row in rows)


@pytest.mark.parametrize("column", ["first", "second"])
def test_sources_are_found_where_they_are_compared_to(
    rows: list[dict[str, str]], column: str
) -> None:
    sources = found([row[column] for row in rows])
    missed = [
        (row["id"], row[column])
        for row, names in zip(rows, sources, strict=True)
        if not {row["id"], "year"} & set(names)
    ]
    assert len(missed) <= 0.02 * len(rows), missed[:10]


def test_plain_history_and_other_senses_are_no_comparison(rows: list[dict[str, str]]) -> None:
    sources = found([row["negative"] for row in rows])
    wrong = [row["negative"] for row, names in zip(rows, sources, strict=True) if names]
    assert len(wrong) <= 0.02 * len(rows), wrong[:10]


def year(date: str) -> int:
    return int(date[:1] + date[1:].partition("-")[0])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_facts_are_well_formed(entry) -> None:
    start, end = entry.extra.get("start", ""), entry.extra.get("end", "")
    for date in filter(None, (start, end)):
        assert re.fullmatch(r"-?\d{1,4}(-\d\d(-\d\d)?)?", date), date
    if start and end:
        assert year(start) <= year(end)
    assert entry.extra["kind"] in KINDS
    assert entry.extra["region"] in REGIONS
    assert -2 <= int(entry.extra["valence"]) <= 2


def test_names_belong_to_one_entry() -> None:
    owner: dict[str, str] = {}
    for entry in ENTRIES:
        for name in {pattern.lower().replace("-", " ") for pattern in entry.patterns}:
            assert owner.setdefault(name, entry.id) == entry.id, (
                f"{name}: {entry.id}, {owner[name]}"
            )
