"""The use of a lexicon in a corpus, counted entry by entry."""

from __future__ import annotations

import math

import pytest

from framing.lexicon import Lexicon, load
from framing.tables import BadInput
from framing.text.document import Document
from framing.usage import count_entries

LEXICON = Lexicon.from_terms("toy", {"vile": "hot", "dull": "cold", "murky": "cold"})


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.setattr("framing.usage.load", lambda name: LEXICON)


def document(doc_id: str, text: str, **meta: str) -> Document:
    return Document(doc_id, text, None, meta)


DOCUMENTS = (
    document("a", "A vile, vile plan of the town.", outlet="Mercury", side="left"),
    document("b", "“A vile plan,” said Ann Moor. It was dull.", outlet="Herald", side="right"),
    document("c", "A dull day.", outlet="Herald", side="right"),
    document("d", "A dull day."),
    document("e", ""),
)


def test_counts_are_those_counted_by_hand(toy):
    table = count_entries("toy", iter(DOCUMENTS)).set_index("entry")
    assert table["n"].to_dict() == {"vile": 3, "dull": 3, "murky": 0}
    assert table["n_documents"].to_dict() == {"vile": 2, "dull": 3, "murky": 0}
    assert table["n_outlets"].to_dict() == {"vile": 2, "dull": 1, "murky": 0}
    assert table["label"].tolist() == ["hot", "cold", "cold"]
    assert table.loc["vile", "in_quotes"] == pytest.approx(1 / 3)
    assert table.loc["dull", "in_quotes"] == 0
    assert math.isnan(table.loc["murky", "in_quotes"])


def test_rates_by_side_leave_out_what_stands_in_quotation_marks(toy):
    table = count_entries("toy", DOCUMENTS).set_index("entry")
    sides = [name for name in table if name.startswith("per_million_")]
    assert sides == ["per_million_left", "per_million_right"]
    assert table.loc["vile", "per_million_left"] == pytest.approx(1e6 * 2 / 7)
    assert table.loc["vile", "per_million_right"] == 0
    own = len("said Ann Moor It was dull A dull day".split())
    assert table.loc["dull", "per_million_right"] == pytest.approx(1e6 * 2 / own)


def test_any_field_may_hold_the_sides(toy):
    table = count_entries("toy", DOCUMENTS, side="outlet")
    assert {"per_million_Mercury", "per_million_Herald"} <= set(table)
    assert not [n for n in count_entries("toy", DOCUMENTS, side="none") if "per_million" in n]


def test_a_shipped_lexicon_has_a_row_for_every_entry():
    table = count_entries("partisan_framing", [document("a", "")])
    assert len(table) == len(load("partisan_framing").entries)
    assert table["n"].sum() == 0


def test_an_unknown_lexicon():
    with pytest.raises(BadInput, match=r"no lexicon named 'loaded_langage' \(did you mean"):
        count_entries("loaded_langage", [])
