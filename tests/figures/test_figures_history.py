"""Comparisons with the past: the table, the themes by group, and the years of the sources."""

import json

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framing.figures import history, journal
from framing.figures.comparisons import comparison_table
from framing.figures.history import DATED, OTHER, UNNAMED, comparison_themes
from framing.figures.journal import plotted, save
from framing.figures.years import source_years
from framing.tables import BadInput, read_table, write_table
from framing.text.corpus import Corpus
from framing.text.document import Document

from .conftest import LONG, NAMES

THEMES = {"suez": "empire;decline", "poll_tax": ["protest"], "weimar": "", "blitz": np.nan}
YEARS = {
    "suez": ("1956-07-26", "1957"), "poll_tax": (1989, 1993), "weimar": (1919, None),
    "blitz": (None, None), "augustus": ("-27", "14"),
}  # fmt: skip
TEXT = {
    "a": "The levy was compared to the poll tax. Is it a second\nSuez?",
    "b": "Prices are the highest since 1926, worse than in the 1970s. Nobody had seen its like.",
    "c": "Nothing happened.",
}
FOUND = [  # document, span, comparator's source, what the program says of it
    ("a", "compared to the poll tax", "poll tax",
     {"type": "ANALOGY", "core": True, "entry": "poll_tax", "maker_kind": "outlet",
      "stance": "assert", "target": [4, 8]}),
    ("b", "since 1926", "1926", {"type": "SUPERLATIVE", "core": False, "entry": "year"}),
    ("a", "a second\nSuez", "Suez",
     {"type": "LABEL", "core": True, "entry": "suez", "maker": "Ada Holm", "maker_kind": "named",
      "stance": "question"}),
    ("b", "worse than in the 1970s", "the 1970s",
     {"type": "CONTRAST", "core": True, "entry": "decade"}),
    ("b", "Nobody had seen its like", None, {"type": "PRECEDENT", "core": False, "entry": None}),
]  # fmt: skip


def hit(doc_id, text, start, source, told, voice="outlet"):
    at = None if source is None else start + text.index(source)
    told = {**told, "source": None if source is None else [at, at + len(source)]}
    return {"doc_id": doc_id, "start": start, "end": start + len(text), "text": text,
            "extractor": "historical_comparison", "label": told["type"], "voice": voice,
            "attributes": json.dumps(told)}  # fmt: skip


@pytest.fixture
def corpus():
    outlets = {"a": "Harbour Argus", "b": "Northern Beacon", "c": "Harbour Argus"}
    return Corpus([Document(id, text, meta={"outlet": outlets[id]}) for id, text in TEXT.items()])


@pytest.fixture
def found():
    rows = [hit(id, span, TEXT[id].index(span), *rest) for id, span, *rest in FOUND]
    other = {**rows[0], "extractor": "hedging", "attributes": None}
    return pd.DataFrame([*rows, other])


@pytest.fixture
def many():
    """Return hits and documents of any number of outlets, three comparisons a document."""

    def make(outlets, documents=6):
        entries = [*list(THEMES)[:3], "augustus", "year"]
        hits, read = [], []
        for number, outlet in enumerate(outlets):
            for place in range(documents):
                id = f"{number}-{place}"
                read.append({"doc_id": id, "outlet": outlet, "event": f"e{place}", "n_words": 500})
                for step in range(3):
                    entry = entries[(number * place + step) % 5]
                    core = bool((place + step) % 3)
                    source = "1938" if entry == "year" else f"The {entry}"
                    told = {"type": "ERA" if core else "PRECEDENT", "core": core, "entry": entry}
                    hits.append(hit(id, f"back to {source}", 9, source, told))
        return pd.DataFrame(hits), pd.DataFrame(read)

    return make


def message(ax):
    return next((t.get_text() for t in ax.texts if t.get_gid() == "message"), "").replace("\n", " ")


def test_the_table_says_what_stands_there(found, corpus):
    table = comparison_table(found, corpus)
    assert table["core"].tolist() == [True, True, True, False, False]
    assert table["doc_id"].tolist() == ["a", "a", "b", "b", "b"]
    assert table.iloc[0].tolist() == [
        "a", "Harbour Argus", "ANALOGY", "compared to the poll tax", "poll tax", "levy", "outlet",
        "assert", "outlet", True,
    ]  # fmt: skip
    assert table.loc[1, ["text", "source", "maker"]].tolist() == ["a second Suez", "Suez",
                                                                  "Ada Holm"]  # fmt: skip
    assert table.loc[4, "source"] is None


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_hits_read_back_from_a_file_say_the_same(found, corpus, tmp_path, suffix):
    write_table(found, tmp_path / f"hits{suffix}")
    back = read_table(tmp_path / f"hits{suffix}")
    pd.testing.assert_frame_equal(comparison_table(back, corpus), comparison_table(found, corpus))
    assert plotted(source_years(back, YEARS)).alt == plotted(source_years(found, YEARS)).alt


def test_a_comparison_counts_under_each_theme_and_core_is_apart(found, corpus):
    table = plotted(comparison_themes(found, corpus, THEMES, by=None)).table
    assert table["theme"].tolist() == ["decline", "empire", "protest", DATED]
    assert table["count"].tolist() == [1, 1, 1, 1]
    assert np.allclose(table["estimate"], 1000 / 3)
    extended = plotted(comparison_themes(found, corpus, THEMES, by=None, core=False)).table
    assert extended["theme"].tolist() == [DATED, UNNAMED]


def test_rates_and_intervals_are_of_the_group(many):
    hits, read = many(NAMES[:3], 30)
    hits.loc[::4, "voice"] = "direct"
    hits.loc[1::4, "voice"] = "boilerplate"
    read["n_words_attributed"] = 80
    for voice, base in (("all", "n_words"), ("attributed", "n_words_attributed")):
        ax = comparison_themes(hits, read, THEMES, voice=voice, per="words", cluster="doc_id")
        table = plotted(ax).table
        used = hits[hits["voice"] == "direct"] if voice == "attributed" else hits
        used = used[(used["voice"] != "boilerplate") & (used["label"] == "ERA")]
        used = used[used["attributes"].str.contains("suez")].merge(read)
        mine = table[table["theme"] == "empire"].set_index("group")
        for name, part in read.groupby("outlet"):
            count = int((used["outlet"] == name).sum())
            row = mine.loc[name]
            assert row["count"] == count
            assert row["estimate"] == pytest.approx(1e5 * count / part[base].sum())
            assert row["low"] <= row["estimate"] <= row["high"]
        printed = [t.get_text() for t in ax.texts if t.get_gid() == "count"]
        first = table[table["group"] == table["group"].iloc[0]]
        assert printed == [str(n) for n in first["count"]]


def test_themes_come_as_mapping_or_table_and_gaps_are_named(many):
    hits, read = many(NAMES[:1])
    table = pd.DataFrame({"id": list(THEMES)[:3], "theme": ["empire; decline", "protest", None]})
    one, two = (plotted(comparison_themes(hits, read, t)).table for t in (table, THEMES))
    pd.testing.assert_frame_equal(one, two)
    assert OTHER in set(one["theme"])  # augustus is not listed, weimar has none
    fewer = comparison_themes(hits, read, THEMES, n=1)
    assert plotted(fewer).table["theme"].tolist() == ["decline", OTHER]
    assert "1 of 3 themes drawn" in fewer.get_xlabel().replace("\n", " ")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 11])
def test_any_number_of_outlets_stays_on_the_page(many, outside, count, monkeypatch):
    monkeypatch.setattr(history, "MOST_PANELS", 10)
    hits, read = many([f"Outlet {number} {LONG}" for number in range(count)], 3)
    ax = comparison_themes(hits, read, THEMES)
    assert outside(ax.figure) <= 1
    drawn = min(count, history.MOST_PANELS)
    assert plotted(ax).table["group"].nunique() == drawn
    assert len(ax.figure.axes) == (1 if count < 3 else drawn)
    told = " ".join(text.get_text() for text in ax.figure.texts)
    assert ("10 of 11 groups drawn" in told) == (count == 11)
    width = ax.figure.get_size_inches()[0] / journal.MM
    assert width == pytest.approx(84 if count < 3 else 174)


def test_axes_given_are_used(many):
    hits, read = many(NAMES[:2])
    _, (left, right) = plt.subplots(1, 2)
    before = plt.get_fignums()
    assert comparison_themes(hits, read, THEMES, ax=left) is left
    assert source_years(hits, YEARS, ax=right) is right
    assert plt.get_fignums() == before
    with pytest.raises(BadInput, match="holds two"):
        comparison_themes(*many(NAMES), THEMES, ax=left)


@pytest.mark.parametrize("outlet", [np.nan, "Argus"])
def test_nothing_to_draw_is_said_in_words(many, found, outlet):
    hits, read = many(["Argus"])
    read["outlet"] = outlet
    empty = comparison_themes(hits.iloc[:0], read, THEMES)
    assert message(empty) == "No core historical comparison in 6 documents."
    assert message(comparison_themes(hits.iloc[:0], read.iloc[:0], THEMES)).startswith("Nothing")
    assert "attributed voice" in message(comparison_themes(hits, read, THEMES, voice="attributed"))
    assert message(source_years(hits.iloc[:0], YEARS)) == "No historical comparisons to draw."
    assert message(source_years(hits[hits["text"] != "back to 1938"], {})).startswith("No year is")
    assert plotted(empty).alt and not len(plotted(empty).table)


def test_tables_without_any_attribute(many, found, corpus):
    hits, read = many(NAMES[:2])
    bare = hits.assign(attributes=np.nan)
    table = plotted(comparison_themes(bare, read, THEMES)).table
    assert set(table["theme"]) == {UNNAMED}
    assert table["count"].sum() == (hits["label"] == "ERA").sum()
    assert message(source_years(bare, YEARS))
    said = comparison_table(found.assign(attributes=np.nan), corpus)
    assert said["core"].sum() == 3
    assert said["source"].isna().all()
    nothing = hits.assign(**{name: np.nan for name in hits.columns})
    assert not len(comparison_table(nothing, corpus))
    assert message(comparison_themes(nothing, read, THEMES)) and message(source_years(nothing, {}))
    silent = read.assign(n_words=np.nan, outlet=None)
    assert plotted(comparison_themes(hits, silent, THEMES, per="words")).table[
        "estimate"].isna().all()  # fmt: skip


def test_years_of_entries_and_of_bare_dates(found):
    ax = source_years(found, YEARS)
    table = plotted(ax).table
    assert table[["source", "start", "end", "core"]].values.tolist() == [
        ["Suez", 1956, 1957, True], ["1970s", 1970, 1979, True], ["poll tax", 1989, 1993, True],
        ["1926", 1926, 1926, False],
    ]  # fmt: skip
    assert "1 comparison without a year left out" in ax.get_xlabel().replace("\n", " ")
    above = sum(bar.get_height() for bar in ax.patches if bar.get_height() > 0)
    below = sum(bar.get_height() for bar in ax.patches if bar.get_height() < 0)
    assert (above, below) == (3, -1)


def test_old_sources_share_a_bar_and_frequent_ones_are_named(many, outside):
    hits, _ = many(NAMES, 12)
    ax = source_years(hits, YEARS)
    assert any("before" in label.get_text() for label in ax.get_xticklabels())
    assert outside(ax.figure) <= 1
    table = plotted(ax).table
    assert (table["start"] < 0).sum() == 2
    named = {text.get_text() for text in ax.texts if text.get_gid() == "source"}
    first = table[table["core"]].nlargest(1, "count").iloc[0]
    assert f"{first['source']} {first['count']}" in named
    old = source_years(hits, YEARS, since=-500, n=0)
    assert not any("before" in label.get_text() for label in old.get_xticklabels())
    assert not any(text.get_gid() == "source" for text in old.texts)


@pytest.mark.parametrize("width", ["single", "double"])
def test_names_stay_clear_of_bars_and_of_each_other(outside, width):
    rows, years = [], {}
    for number in range(40):
        entry = f"e{number}"
        years[entry] = (1900 + 2 * number, 1900 + 2 * number)
        for place in range(1 + number % 7):
            told = {"type": "ERA", "core": number % 3 > 0, "entry": entry}
            source = f"Great Quarrel number {number}"
            rows.append(hit(f"d{place}", f"back to {source}", 0, source, told))
    with journal.style(width):
        ax = source_years(pd.DataFrame(rows), years)
    assert outside(ax.figure) <= 1
    texts = [text for text in ax.texts if text.get_gid() == "source"]
    boxes = [text.get_window_extent() for text in texts]
    assert len(boxes) >= 3
    for at, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[at + 1 :])
        assert not any(box.overlaps(bar.get_window_extent()) for bar in ax.patches)


def test_core_and_extended_are_told_apart_without_colour(found):
    ax = source_years(found, YEARS)
    hatches = {bar.get_height() > 0: bar.get_hatch() for bar in ax.patches}
    assert not hatches[True] and hatches[False]


def test_saved_twice_the_bytes_are_the_same(many, tmp_path):
    hits, read = many(NAMES)
    for name, ax in (("themes", comparison_themes(hits, read, THEMES)),
                     ("years", source_years(hits, YEARS))):  # fmt: skip
        one, two = (save(ax, tmp_path / f"{name}{number}") for number in (1, 2))
        assert all(one[kind].read_bytes() == two[kind].read_bytes() for kind in ("pdf", "svg"))
        assert len(plotted(ax).alt) > 80


def test_what_cannot_be_drawn_is_bad_input(many, corpus):
    hits, read = many(NAMES[:1])
    with pytest.raises(BadInput, match="same corpus"):
        comparison_themes(hits, corpus, THEMES)
    with pytest.raises(BadInput, match="pass the table of scores"):
        comparison_themes(hits, read.drop(columns="n_words"), THEMES, per="words")
    with pytest.raises(BadInput, match="one of documents, words"):
        comparison_themes(hits, read, THEMES, per="pages")
    with pytest.raises(BadInput, match="one of outlet, attributed, all"):
        comparison_themes(hits, read, THEMES, voice="direct")
    with pytest.raises(BadInput, match="did you mean 'outlet'"):
        comparison_themes(hits, read, THEMES, by="outlte")
    with pytest.raises(BadInput, match="no JSON"):
        source_years(hits.assign(attributes="{core"), YEARS)
    with pytest.raises(BadInput, match="'attributes'"):
        comparison_table(hits.drop(columns="attributes"), corpus)
    with pytest.raises(BadInput, match="0 or more"):
        source_years(hits, YEARS, n=-1)
