"""Pooled rates, the time series and the profile of measures."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framing.figures import measure_profile, plotted, profile, profiles, timeline
from framing.figures.pooled import columns_of, pooled
from framing.measures.compare import compare
from framing.tables import BadInput

from .conftest import LONG, NAMES


def test_the_pooled_rate_is_sum_over_sum(make_scores):
    table = make_scores()
    for measure, words in (
        ("hedging", "n_words_outlet"),
        ("hedging.attributed", "n_words_attributed"),
        ("hedging.all.per_1k", "n_words"),
    ):
        rates = pooled(table, ["outlet"], measure).set_index("outlet")
        counts = columns_of(table, measure)[1]
        for name, mine in table.groupby("outlet"):
            row = rates.loc[name]
            assert row["estimate"] == pytest.approx(1000 * mine[counts].sum() / mine[words].sum())
            assert row["low"] < row["estimate"] < row["high"]
            assert row["n_documents"] == len(mine)


def test_the_interval_covers_the_true_rate():
    random = np.random.default_rng(3)
    inside = 0
    for _ in range(200):
        words = random.integers(200, 800, 40)
        rows = pd.DataFrame({"g": "a", "m.outlet.count": random.poisson(0.01 * words),
                             "n_words_outlet": words})  # fmt: skip
        found = pooled(rows, ["g"], "m", repeats=400).iloc[0]
        inside += found["low"] <= 10 <= found["high"]
    assert 0.90 <= inside / 200 <= 0.99


def test_intervals_of_the_smallest_groups():
    rows = pd.DataFrame({"g": ["one", "none", "none", "few", "few"], "n_words_outlet": 500,
                         "m.outlet.count": [3, 0, 0, 1, 4]})  # fmt: skip
    found = pooled(rows, ["g"], "m").set_index("g")
    assert np.isnan(found.loc["one", "high"])
    assert found.loc["none", "low"] == 0
    assert found.loc["none", "high"] == pytest.approx(3.689)
    assert found.loc["few", "low"] == 0


@pytest.mark.parametrize("size", [4, 40])
def test_documents_that_are_all_alike_have_the_interval_that_compare_gives(size):
    """They do not show how much they vary: an interval of no width says they never do."""
    rows = pd.DataFrame({
        "doc_id": [str(n) for n in range(size)], "g": "a", "m.outlet.count": [1, 2] * (size // 2),
        "n_words_outlet": [100, 200] * (size // 2), "n_words": 300, "n_words_attributed": 0,
    })  # fmt: skip
    found = pooled(rows, ["g"], "m").iloc[0]
    wanted = compare(rows, "g", measures=["m"], cluster="doc_id").iloc[0]
    assert found["low"] < found["estimate"] < found["high"]
    assert found[["low", "high"]].tolist() == pytest.approx(wanted[["low", "high"]].tolist())


def test_a_document_without_a_cluster_joins_no_other():
    """Its row number was taken for the name of a cluster."""
    rows = pd.DataFrame({"g": "a", "event": [1, np.nan, 2, 2], "m.outlet.count": [1, 2, 3, 4],
                         "n_words_outlet": 100})  # fmt: skip
    assert pooled(rows, ["g"], "m", "event")["n_clusters"].tolist() == [3]
    rows.index = [0, 0, 0, 0]
    rows["event"] = None
    assert pooled(rows, ["g"], "m", "event")["n_clusters"].tolist() == [4]


def test_clusters_widen_the_interval():
    events = np.repeat(np.arange(30), 10)
    rows = pd.DataFrame({"g": "a", "event": events, "m.outlet.count": events % 7,
                         "n_words_outlet": 400})  # fmt: skip
    alone, together = (pooled(rows, ["g"], "m", cluster).iloc[0] for cluster in (None, "event"))
    assert together["high"] - together["low"] > 2 * (alone["high"] - alone["low"])
    assert (alone["n_clusters"], together["n_clusters"]) == (300, 30)


@pytest.mark.parametrize(
    ("days", "unit"), [(20, "day"), (200, "week"), (1500, "month"), (9000, "year")]
)
def test_bins_follow_the_span(make_scores, days, unit):
    table = plotted(profile(make_scores(NAMES[:1], 60, days), "hedging")).table
    gaps = table["start"].diff().dropna().dt.days
    assert gaps.between(
        *{"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}[unit]
    ).all()


def test_the_line_shows_the_pooled_rates(make_scores):
    scores = make_scores(NAMES[:2], 80)
    ax = profile(scores, "hedging", every="month")
    table = plotted(ax).table
    for name, mine in table.groupby("group"):
        line = next(line for line in ax.lines if line.get_gid() == name)
        assert np.allclose(line.get_ydata(), mine["estimate"], equal_nan=True)
        assert mine["n_documents"].sum() == (scores["outlet"] == name).sum()
        assert (
            mine["count"].sum()
            == scores.loc[scores["outlet"] == name, "hedging.outlet.count"].sum()
        )


def test_bins_without_documents_break_the_line():
    rows = pd.DataFrame({"date": ["2024-03-01", "2024-03-01", "2024-03-03"], "outlet": "A",
                         "m.outlet.count": [1, 2, 3], "n_words_outlet": 500})  # fmt: skip
    table = plotted(profile(rows, "m")).table
    assert table["n_documents"].tolist() == [2, 0, 1]
    assert np.isnan(table["estimate"].iloc[1])


@pytest.mark.parametrize(
    "dates",
    [
        ["2024-03-01", "2024-03-02T10:00:00+02:00", None],
        [pd.Timestamp("2024-03-01", tz="UTC"), pd.Timestamp("2024-03-02", tz="UTC"), pd.NaT],
        [pd.Timestamp("2024-03-01").date(), pd.Timestamp("2024-03-02").date(), None],
        ["2024-03-01", "2024-03-02", " "],
    ],
)
def test_undated_documents_are_said(dates):
    rows = pd.DataFrame({"date": dates, "outlet": "A", "m.outlet.count": 1, "n_words_outlet": 500})
    ax = profile(rows, "m")
    assert plotted(ax).table["n_documents"].sum() == 2
    assert "1 document without a date left out" in ax.get_xlabel().replace("\n", " ")


@pytest.mark.parametrize("name", ["m.outlet.count", "n_words_outlet"])
def test_infinite_counts_are_refused(name):
    rows = pd.DataFrame({"g": "a", "m.outlet.count": [1.0, 2.0], "n_words_outlet": [90.0, 80.0]})
    rows.loc[1, name] = np.inf
    with pytest.raises(BadInput, match="is below 0 or infinite in row 1; a count is 0 or more"):
        pooled(rows, ["g"], "m")


def test_a_date_that_cannot_be_read_is_not_called_none():
    rows = pd.DataFrame({
        "date": ["2024-03-01", "last Tuesday", None, "04/03/2024"], "doc_id": ["a", "b", "c", "d"],
        "outlet": "A", "m.outlet.count": 1, "n_words_outlet": 500,
    })  # fmt: skip
    for given, where in ((rows, "b"), (rows.drop(columns="doc_id"), "1")):
        said = plotted(profile(given, "m")).alt
        assert "1 document without a date left out" in said
        assert (
            "2 documents left out with a date that is not written as 2024-03-01: 'last Tuesday' "
            f"(document {where})"
        ) in said


def test_years_in_which_one_is_missing_are_dates():
    """Read as floats, 2020.0 was no date: all documents were left out."""
    years = [2020.0, 2021.0, np.nan]
    rows = pd.DataFrame({"date": years, "m.outlet.count": [1, 2, 3], "n_words_outlet": 100})
    ax = profile(rows, "m", group=None, every="year")
    assert [start.year for start in ax.framing.table["start"]] == [2020, 2021]
    assert "1 document without a date" in ax.get_xlabel().replace("\n", " ")


def test_groups_that_are_equal_are_not_told_as_highest_and_lowest(make_scores):
    rows = make_scores()
    rows["hedging.outlet.count"] = 0
    said = plotted(measure_profile(rows, measures=["hedging"])).alt
    assert "highest" in said and "lowest" not in said


def test_nothing_dated_gives_a_message(make_scores):
    for rows in (make_scores().assign(date=None), make_scores().iloc[:0]):
        ax = profile(rows, "hedging")
        assert any(text.get_gid() == "message" for text in ax.texts)
        assert plotted(ax).alt


@pytest.mark.parametrize("draw", [lambda s, ax=None: profile(s, "hedging", ax=ax), measure_profile])
def test_axes_given_hold_two_groups(make_scores, draw):
    _, ax = plt.subplots()
    before = plt.get_fignums()
    assert draw(make_scores(NAMES[:2]), ax=ax) is ax
    assert plt.get_fignums() == before
    with pytest.raises(BadInput, match="holds two"):
        draw(make_scores(), ax=ax)


@pytest.mark.parametrize("count", [1, 2, 3, 11])
def test_any_number_of_groups_stays_on_the_page(make_scores, outside, count, monkeypatch):
    for module in (timeline, profiles):
        monkeypatch.setattr(module, "MOST_PANELS", 10)
    scores = make_scores([f"Outlet {number} {LONG}" for number in range(count)], 6)
    for ax in (profile(scores, "hedging", every="month"), measure_profile(scores)):
        assert outside(ax.figure) <= 1
        assert len(ax.figure.axes) == (1 if count < 3 else min(count, 10))
        assert plotted(ax).table["group"].nunique() == min(count, 10)
        told = " ".join(text.get_text() for text in ax.figure.texts)
        assert ("10 of 11 groups drawn" in told) == (count == 11)
        plt.close(ax.figure)


def test_measure_profile_prints_its_rates_and_n(make_scores):
    scores = make_scores(NAMES[:2])
    ax = measure_profile(scores)
    table = plotted(ax).table
    drawn = sorted(x for line in ax.lines if line.get_gid() in NAMES for x in line.get_xdata())
    assert drawn == pytest.approx(sorted(table["estimate"]))
    assert sum(text.get_gid() == "estimate" for text in ax.texts) == len(table) == 4
    key = [text.get_text() for text in ax.get_legend().get_texts()]
    assert all("30 documents" in words for words in key)


def test_measure_profile_with_little_to_show(make_scores):
    scores = make_scores()
    assert any(
        t.get_gid() == "message" for t in measure_profile(scores[["doc_id", "outlet"]]).texts
    )
    silent = scores.assign(n_words_outlet=0)
    assert plotted(measure_profile(silent)).table["estimate"].isna().all()
    chosen = plotted(measure_profile(scores, measures=["hedging.attributed"])).table
    assert chosen["measure"].unique().tolist() == ["hedging.attributed.per_1k"]


def test_an_unknown_measure_is_bad_input(make_scores):
    with pytest.raises(BadInput, match="did you mean"):
        profile(make_scores(), "hedgin")
    with pytest.raises(BadInput, match="every is one of"):
        profile(make_scores(), "hedging", every="fortnight")
    with pytest.raises(BadInput, match="'dat'"):
        profile(make_scores(), "hedging", by="dat")
