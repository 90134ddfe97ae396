"""Sources of one's own; dates; the ranker that may veto."""

from __future__ import annotations

import pytest

import framing as fr
from framing.comparison.gazetteer import themes, with_entries, years
from framing.comparison.ranker import Ranker
from framing.comparison.sources import past_of, sources_in
from framing.lexicon import load
from framing.tables import BadInput
from framing.text.clauses import Unit
from framing.text.document import Document

TEXT = "The ban was likened to the custard famine."


def found(gazetteer, **options) -> list[str]:
    measure = fr.HistoricalComparison(gazetteer=gazetteer, **options)
    return fr.annotate([TEXT], [measure])["text"].tolist()


def test_entries_are_added_in_one_line() -> None:
    assert fr.annotate([TEXT], [fr.HistoricalComparison()]).empty
    assert found([{"entry": "custard famine", "start": "1911"}]) == [
        "likened to the custard famine"
    ]


def test_entries_come_from_a_file_too(tmp_path, run) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("entry\tlabel\tkind\tstart\ncustard famine\tsource\tcrisis\t1911\n")
    assert found(path) == found([{"entry": "custard famine", "start": "1911"}])
    assert run("lexicon", "check", path)[0] == 0
    path.write_text("entry\tlabel\tstart\ncustard famine\tsource\tlast year\n")
    status, out, err = run("lexicon", "check", path)
    assert status == 1 and "line 2: start 'last year' is no date" in "\n".join([out, *err])


def test_an_entry_with_a_known_id_replaces_it() -> None:
    base = load("history")
    changed = with_entries([{"id": "suez", "entry": "Suez", "start": "1956"}])
    assert len(changed.entries) == len(base.entries) and changed.sha256 != base.sha256


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([{"entry": ""}], "gazetteer, entry 1: column 'entry' is empty"),
        ([{"entry": "a b", "start": "soon"}], "gazetteer, entry 1: start 'soon' is no date"),
        (["custard famine"], "gazetteer, entry 1: is a str, not a mapping"),
    ],
)
def test_bad_entries_are_named(entries, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        found(entries)


def test_every_source_has_years_in_order() -> None:
    assert set(years()) <= set(themes())
    assert all(first <= last for first, last in years().values())
    assert years()["suez"] == (1956, 1957)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("since December 1969", ["December 1969"]),
        ("on Sept. 11, 2001, and", ["Sept. 11, 2001"]),
        ("the mid-1990s", ["1990s"]),
        ("1,500 people for $1900", []),
        ("in 2012.", ["2012"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    document = Document("a", text, meta={"date": "2026-05-04"})
    reading = document.reading
    told = past_of(document, reading, [], range(len(reading.sentences))).told
    unit = Unit(reading, reading.sentences[0], (), 0)
    found = [one for number in told for one in sources_in(unit, told[number])]
    assert [text[one.start : one.end] for one in found] == dates


def test_a_text_without_a_date_is_dated_by_all_its_years() -> None:
    text = "Not since 1929. It is 2031 now. Nor since 2026."
    for date, present, count in (("", (None, 2031), 1), ("2028-02-01", (2028, None), 0)):
        document = Document("a", text, meta={"date": date})
        past = past_of(document, document.reading, [], [0, 2])
        assert past.present == present and past.told.keys() == {0, 2}
        assert len(past.told[2].years) == count


def test_a_ranker_vetoes_and_never_adds(tmp_path) -> None:
    ranker = Ranker({"(intercept)": 1.0, "rule=01.likened": -9.0})
    mine = [{"entry": "custard famine", "start": "1911"}]
    assert found(mine, ranker=ranker) == []
    assert found(mine, ranker=Ranker({"(intercept)": 1.0})) == found(mine)
    ranker.save(tmp_path / "ranker.json")
    assert Ranker.load(tmp_path / "ranker.json").weights == ranker.weights
    (tmp_path / "ranker.json").write_text("{}")
    with pytest.raises(BadInput, match="is no saved ranker"):
        Ranker.load(tmp_path / "ranker.json")


def test_a_ranker_learns_which_rules_fail() -> None:
    cases = [["rule=a", "tense=past"], ["rule=b", "tense=past"]] * 10
    ranker = Ranker.fit(cases, [False, True] * 10, threshold=0.5)
    assert [ranker.keeps(case) for case in cases[:2]] == [False, True]
    with pytest.raises(BadInput, match="all cases are alike"):
        Ranker.fit(cases, [True] * 20)
