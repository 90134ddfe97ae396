"""Top terms: counts are those of the hits, own and attributed apart."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framing.figures import plotted, top_terms
from framing.figures.wording import (
    fit,
    measure_title,
    measure_words,
    name_of,
    ruler,
    short_number,
)
from framing.tables import BadInput

from .conftest import LONG, NAMES


@pytest.fixture
def terms():
    words = ["chaos", "Chaos", "$5bn raid", f"so-called {LONG}", "vow", "vow", "fury", "flood"]
    voices = ["outlet", "direct", "indirect", "scare", "boilerplate"]
    rows = [
        {"doc_id": f"{outlet}{n % 9}", "outlet": outlet, "text": words[n % 8],
         "voice": voices[n % 5], "rule": "r"}
        for outlet in NAMES for n in range(60)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_bars_are_the_counts(terms):
    counted = terms[terms["voice"] != "boilerplate"]
    ax = top_terms(terms)
    table = plotted(ax).table
    expected = counted["text"].str.casefold().value_counts()
    assert dict(zip(table["term"], table["count"], strict=True)) == expected.to_dict()
    assert (table["outlet"] + table["attributed"]).tolist() == table["count"].tolist()
    assert table["attributed"].sum() == counted["voice"].isin(["direct", "indirect"]).sum()
    containers = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert containers == [table["outlet"].tolist(), table["attributed"].tolist()]
    printed = [text.get_text() for text in ax.texts if text.get_gid() == "count"]
    assert printed == [
        f"{a} + {b}" for a, b in zip(table["outlet"], table["attributed"], strict=True)
    ]


def test_voices_are_told_apart_by_hatch(terms):
    own, told = top_terms(terms).containers
    assert {bar.get_hatch() or "" for bar in own} == {""}
    assert all(bar.get_hatch() for bar in told)


def test_each_group_has_a_panel(terms, outside):
    ax = top_terms(terms, by="outlet", n=3)
    assert len(ax.figure.axes) == len(NAMES)
    assert outside(ax.figure) <= 1
    table = plotted(ax).table
    assert (table.groupby("group").size() == 3).all()
    heads = [t.get_text() for panel in ax.figure.axes for t in panel.texts if t.get_gid() == "head"]
    assert all("hits in 9 documents" in head.replace("\n", " ") for head in heads)


def test_given_axes_hold_one_group(terms):
    _, ax = plt.subplots()
    before = plt.get_fignums()
    assert top_terms(terms, ax=ax) is ax
    assert plt.get_fignums() == before
    with pytest.raises(BadInput, match="4 groups for one axes"):
        top_terms(terms, by="outlet", ax=ax)


def test_nothing_and_bad_arguments(terms):
    ax = top_terms(terms.iloc[:0], by="outlet")
    assert any(text.get_gid() == "message" for text in ax.texts)
    with pytest.raises(BadInput, match="'voice'"):
        top_terms(terms.drop(columns="voice"))
    with pytest.raises(BadInput, match="1 or more"):
        top_terms(terms, n=0)
    assert plotted(top_terms(terms, column="rule")).table["term"].tolist() == ["r"]


def test_ties_are_in_the_order_of_the_alphabet():
    rows = pd.DataFrame({"doc_id": "a", "voice": "outlet", "text": ["b", "c", "a"]})
    assert plotted(top_terms(rows)).table["term"].tolist() == ["a", "b", "c"]


def test_wording():
    assert measure_title("loaded_language.outlet.per_1k") == "Loaded language, outlet's own voice"
    assert measure_words("economy").unit == ""
    assert [name_of(v) for v in (None, float("nan"), pd.NA, pd.NaT, " ", 7)] == [
        "not given"
    ] * 5 + ["7"]
    assert [short_number(v) for v in (9999, 12345, 1_234_567)] == ["9,999", "12k", "1.2M"]
    measure = ruler()
    for lines in (1, 2, 3):
        for text in (LONG, "x" * 300, "a b", ""):
            found = fit(text, 60, measure, lines).split("\n")
            assert len(found) <= lines
            assert all(measure(part) <= 61 for part in found)
