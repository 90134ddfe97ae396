"""Comparisons of groups: by hand, by simulation, and what is said where too little is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from framing.measures.cautions import Cautions
from framing.measures.compare import compare
from framing.measures.pairs import matched_pairs
from framing.tables import ESTIMATES, BadInput, check

M = "m.outlet.count"
NUMBERS = ["estimate", "low", "high", "p", "p_adjusted", "n_documents", "n_words", "n_clusters"]


def table(outlets: str, counts: list[float], **columns: object) -> pd.DataFrame:
    """One document of 100 words for every letter of `outlets`."""
    ids = [f"d{n:03}" for n in range(len(outlets))]
    words = {"n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0}
    return pd.DataFrame({"doc_id": ids, "outlet": list(outlets), **words, M: counts} | columns)


def rates(estimates: pd.DataFrame) -> pd.DataFrame:
    return estimates[estimates["reference"].isna()].set_index("group")


def differences(estimates: pd.DataFrame) -> pd.DataFrame:
    return estimates[estimates["reference"].notna()].set_index("group")


def test_rate_difference_and_t_interval_by_hand():
    scores = table("XXXYYY", [1, 3, 2, 4, 6, 2], n_words_outlet=[50, 200, 150, 100, 300, 100])
    found = check(compare(scores, reference="X"), "estimates")
    assert tuple(found) == ESTIMATES
    assert rates(found)["estimate"].tolist() == [15.0, 24.0]  # 6 of 400 words, 12 of 500
    assert rates(found)["n_words"].tolist() == [400, 500]
    row = differences(found).loc["Y"]
    assert row["estimate"] == 9.0 and row["reference"] == "X"
    assert (row["n_documents"], row["n_words"], row["n_clusters"]) == (6, 900, 6)
    x = [(1 - 0.015 * 50) / 400, (3 - 0.015 * 200) / 400, (2 - 0.015 * 150) / 400]
    y = [(4 - 0.024 * 100) / 500, (6 - 0.024 * 300) / 500, (2 - 0.024 * 100) / 500]
    error = 1000 * np.sqrt(3 / 2 * np.sum(np.square(x + y)))
    reach = stats.t.ppf(0.975, 2) * error  # 3 clusters a side
    assert [row["low"], row["high"]] == pytest.approx([9 - reach, 9 + reach])
    assert row["p"] == pytest.approx(2 * stats.t.sf(9 / error, 2))


def test_without_a_reference_each_group_meets_all_others():
    row = differences(compare(table("XXYYZZ", [1, 1, 2, 2, 6, 6]))).loc["Z"]
    assert row["reference"] == "all others" and row["estimate"] == pytest.approx(60 - 15)


def test_documents_of_one_cluster_count_as_one():
    scores = table("XXXXYYYY", [1, 2, 5, 6, 3, 4, 7, 9], event=list("aabbccdd"))
    joined = scores.groupby("event", as_index=False).agg(
        {"outlet": "first", "n_words": "sum", "n_words_outlet": "sum", "n_words_attributed": "sum",
         M: "sum"}
    )  # fmt: skip
    found = compare(scores, cluster="event")
    by_hand = compare(joined.assign(doc_id=joined["event"]))
    same = ["estimate", "low", "high", "p", "n_words", "n_clusters"]
    pd.testing.assert_frame_equal(found[same], by_hand[same])
    assert found["method"].str.contains("event clusters").all()


def test_within_weighs_every_event_alike_and_drops_what_one_side_lacks():
    scores = table(
        "XYXYXY", [2, 1, 9, 3, 50, 0], event=list("aabbcc"),
        n_words_outlet=[100, 100, 300, 100, 100, 0],
    )  # fmt: skip
    row = differences(compare(scores, within="event", reference="Y")).loc["X"]
    assert row["estimate"] == pytest.approx((20 + 30) / 2 - (10 + 30) / 2)
    assert row["n_documents"] == 4 and "within event" in row["method"]


def test_p_values_are_adjusted_over_all_rows_of_a_call():
    rng = np.random.default_rng(5)
    scores = table("WXYZ" * 10, rng.poisson(2, 40).tolist())
    for name in "abc":
        scores[f"{name}.outlet.count"] = rng.poisson([1, 2, 2, 4] * 10)
    found = compare(scores)
    assert set(found["measure"]) == {"m.outlet", "a.outlet", "b.outlet", "c.outlet"}
    p = differences(found)["p"]
    assert len(p) == 16 and p.notna().all()
    wanted = multipletests(p, method="fdr_bh")[1]
    np.testing.assert_allclose(differences(found)["p_adjusted"], wanted)
    assert rates(found)[["p", "p_adjusted"]].isna().all(axis=None)
    assert set(compare(scores, measures=["a.outlet"])["measure"]) == {"a.outlet"}


def test_each_voice_has_its_own_words():
    scores = table("XX", [1, 1], n_words=400, n_words_attributed=250)
    scores[["m.attributed.count", "m.all.count"]] = [5, 8]
    found = compare(scores, measures=["m.outlet", "m.attributed", "m.all"])
    assert found["estimate"].tolist() == [10.0, 20.0, 20.0]


def test_no_occurrence_gives_the_exact_poisson_bound():
    found = compare(table("X" * 30 + "Y" * 60, [0] * 90))
    bound = [1000 * stats.chi2.ppf(0.975, 2) / 2 / words for words in (3000, 6000)]
    assert rates(found)["low"].tolist() == [0, 0]
    assert rates(found)["high"].tolist() == pytest.approx(bound)
    row = differences(found).loc["X"]
    assert [row["low"], row["high"]] == pytest.approx([-bound[1], bound[0]])
    assert np.isnan(row["p"]) and "exact Poisson" in row["method"]


def test_one_cluster_on_a_side_gives_a_difference_but_no_interval():
    for scores, cluster in (
        (table("XYYYYYYY", [9, 1, 2, 1, 3, 2, 2, 1]), None),
        (table("XXYY", [9, 8, 1, 2]), "outlet"),
    ):
        row = differences(compare(scores, cluster=cluster)).loc["X"]
        assert np.isfinite(row["estimate"])
        assert row[["low", "high", "p", "p_adjusted"]].isna().all()


def test_one_cluster_without_an_occurrence_has_no_interval_either():
    """Its one count was taken for Poisson's, which says nothing of other clusters."""
    found = compare(table("XYYY", [0, 0, 0, 0]))
    assert rates(found)["high"].isna().tolist() == [True, False]
    assert differences(found)[["low", "high"]].isna().all(axis=None)
    assert "no interval: only one cluster (document)" in rates(found).loc["X", "method"]


def test_single_document_single_group_no_words():
    (row,) = compare(table("X", [3])).to_dict("records")
    assert row["estimate"] == 30 and np.isnan(row["low"]) and row["n_clusters"] == 1
    assert compare(table("XXX", [1, 2, 3]), reference="X")["reference"].isna().all()
    silent = compare(table("XXYY", [0] * 4, n_words_outlet=0))
    assert silent[["estimate", "low", "high", "p"]].isna().all(axis=None)


@pytest.mark.parametrize("column", ["outlet", M, "n_words_outlet"])
def test_documents_that_lack_something_are_left_out_and_said(column):
    scores = table("XXXYYY", [1, 3, 2, 4, 6, 2])
    gap = scores.astype({M: float, "n_words_outlet": float})
    gap.loc[1, column] = None
    with pytest.warns(UserWarning, match="left out: 1 document without"):
        found = compare(gap)
    pd.testing.assert_frame_equal(found, compare(scores.drop(index=1)))


def test_documents_without_a_cluster_are_each_their_own():
    scores = table("XXXYYY", [1, 3, 2, 4, 6, 2], event=["a", None, None, "b", None, "b"])
    assert rates(compare(scores, cluster="event"))["n_clusters"].tolist() == [3, 2]


def test_few_clusters_are_said():
    scores = table("XY" * 20, [1, 2, 3, 4] * 10, event=[n % 19 for n in range(40)])
    with pytest.warns(UserWarning, match=r"only 19 clusters \(event\)"):
        found = compare(scores, cluster="event")
    assert found["method"].str.contains("t interval").all()
    found = compare(scores)
    assert not [line for line in found.attrs["cautions"] if line.startswith("only")]
    assert found["method"].str.contains("percentile bootstrap").all()


def test_a_bare_name_is_the_rate_in_the_outlets_own_voice():
    scores = table("XXYY", [1, 3, 2, 4]).assign(**{"m.all.count": [9, 9, 9, 9]})
    whole = compare(scores, measures=["m.outlet"])
    for meant in (["m"], "m", ["m", "m.outlet"]):
        pd.testing.assert_frame_equal(compare(scores, measures=meant), whole)


def test_the_cautions_are_in_the_table_and_warned_of_once():
    scores = table("XY" * 20, [1, 2] * 20, event=[n % 25 for n in range(40)])
    scores.loc[7, M] = 200
    with pytest.warns(Cautions, match="1 of 2 cautions, all in the table's attrs") as caught:
        found = compare(scores)
    assert len(caught) == 1
    first, other = found.attrs["cautions"]
    assert first.endswith("articles on one event are not; cluster by 'event', which the table has")
    assert other.endswith("hang on one document each: d007")
    assert "no column of clusters" not in str(compare(scores, cluster="event").attrs["cautions"])


def test_a_group_without_events_is_compared():
    scores = table("XY" * 20, [1, 2, 2, 3] * 10, event=[n if n % 2 else None for n in range(40)])
    assert differences(compare(scores, reference="X"))["p"].notna().all()


def test_bad_use():
    scores = table("XY", [1, 2])
    for call, message in (
        ({"by": "outlte"}, r"no column 'outlte' \(did you mean 'outlet'\?\)"),
        ({"cluster": "event"}, r"no column 'event'; .*\(--map event=COL\); its columns are doc_id"),
        ({"within": "event"}, "no column 'event'"),
        ({"reference": "Z"}, "no group 'Z' in column 'outlet'"),
        ({"measures": ["n.outlet"]}, r"no measure 'n.outlet' .*\(did you mean 'm.outlet'\?\)"),
    ):
        with pytest.raises(BadInput, match=message):
            compare(scores, **call)
    with pytest.raises(BadInput, match=r"no column ending in '.outlet.count'"):
        compare(scores.drop(columns=M))
    with pytest.raises(BadInput, match="'outlet' is empty"):
        compare(scores.iloc[:0])
    with pytest.raises(BadInput, match="one row a document; 'd000' has several"):
        compare(pd.concat([scores, scores]))
    with pytest.raises(BadInput, match="has a group 'all others', which stands for"):
        compare(scores.assign(outlet=["X", "all others"]))


def garwood(count: float, words: int) -> tuple[float, float]:
    """The exact interval of a Poisson count, per 1,000 words."""
    low = stats.gamma.ppf(0.025, count) if count else 0.0
    return 1000 * low / words, 1000 * stats.gamma.ppf(0.975, count + 1) / words


def test_each_side_has_its_own_number_of_clusters():
    x, y = [1, 3, 2], [5, 6, 4, 9]
    row = differences(compare(table("XXXYYYY", x + y), reference="X")).loc["Y"]
    error = 10 * np.sqrt(np.var(x, ddof=1) / 3 + np.var(y, ddof=1) / 4)
    reach = stats.t.ppf(0.975, 2) * error
    assert error == pytest.approx(12.247, abs=5e-4)
    assert [row["low"], row["high"]] == pytest.approx([40 - reach, 40 + reach])
    assert row["p"] == pytest.approx(2 * stats.t.sf(40 / error, 2))


def test_clusters_of_both_sides_are_paired():
    counts = [4, 1, 3, 2, 7, 5, 9, 9, 6, 1]
    scores = table("XY" * 5, counts, event=list("aabbccddee"))
    row = differences(compare(scores, cluster="event", reference="Y")).loc["X"]
    apart = 10 * np.subtract(counts[::2], counts[1::2])
    assert row["p"] == pytest.approx(stats.ttest_1samp(apart, 0).pvalue)


@pytest.mark.parametrize("how", [{"cluster": "event", "within": "event"}, {"within": "event"},
                                 {"cluster": "event"}])  # fmt: skip
def test_a_difference_that_never_varies_has_no_interval(how):
    base = np.repeat([3, 17, 8, 31, 22, 5, 12, 39], 2)
    scores = table("XY" * 8, base + np.tile([2, 0], 8), event=np.repeat(np.arange(8), 2))
    found = compare(scores, reference="Y", **how)
    row = differences(found).loc["X"]
    assert row["estimate"] == pytest.approx(20)
    assert row[["low", "high", "p"]].isna().all()
    wanted = "no interval for X - Y: the difference is the same in every cluster (event)"
    assert wanted in found.attrs["cautions"]


def test_what_does_not_vary_is_not_certain():
    found = compare(table("XXYY", [1, 1, 0, 0]), reference="X")
    x, y = garwood(2, 200), garwood(0, 200)
    assert rates(found)[["low", "high"]].values.tolist() == [pytest.approx(x), pytest.approx(y)]
    row = differences(found).loc["Y"]
    low, high = -10 - (x[1] - 10), -10 + np.hypot(10 - x[0], y[1])
    assert [row["low"], row["high"]] == pytest.approx([low, high])
    assert 0.05 < row["p"] < 1


def test_a_side_without_an_occurrence_makes_the_difference_uncertain():
    counts = [0] * 30 + [1, 3, 2, 0, 4] * 6
    found = compare(table("X" * 30 + "Y" * 30, counts), reference="X")
    row, y = differences(found).loc["Y"], rates(found).loc["Y"]
    reach = stats.t.ppf(0.975, 29) * 10 * np.std(counts[30:], ddof=1) / np.sqrt(30)
    assert row["low"] == pytest.approx(20 - np.hypot(reach, garwood(0, 3000)[1]))
    assert row["high"] == pytest.approx(20 + reach)
    assert "bootstrap" in y["method"] and "exact Poisson" in row["method"]


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_the_p_of_what_does_not_vary_is_the_level_of_its_interval():
    words = [80] * 3 + [10_000] * 40
    counts = [0] * 3 + [500, 501] * 20  # as good as known: 50.05 per 1,000
    row = differences(compare(table("X" * 3 + "Y" * 40, counts, n_words_outlet=words)))
    poisson = 2 * stats.poisson.pmf(0, 0.05005 * 240)  # a mean of 12 gives no occurrence
    assert row.loc["X", "p"] == pytest.approx(poisson, rel=0.01)
    for y in (range(1, 9), range(0, 12, 4), (0, 0, 1), (2, 3), (20, 21)):
        row = differences(compare(table("XXX" + "Y" * len(y), [0, 0, 0, *y]))).loc["X"]
        assert (row["p"] < 0.05) == (row["high"] < 0)


def test_rare_words_are_not_missing_for_certain():
    rng, held, wrong = np.random.default_rng(4), 0, 0
    words = [100] * 3 + [1000] * 30
    for _ in range(60):
        scores = table("X" * 3 + "Y" * 30, rng.poisson(0.003 * np.array(words)),
                       n_words_outlet=words)  # fmt: skip
        row = differences(compare(scores, reference="Y")).loc["X"]
        held, wrong = held + (row["low"] <= 0 <= row["high"]), wrong + (row["p"] < 0.05)
    assert held >= 57 and wrong <= 3


def by_events(rng: np.random.Generator, sizes: tuple[int, int], n: int = 10) -> pd.DataFrame:
    """Articles of X and Y on events that differ much more than the articles on one do."""
    side = np.tile(np.repeat(["X", "Y"], sizes), n)
    event = np.repeat(np.arange(n), sum(sizes))
    counts = rng.normal(150, 20, n)[event] + rng.normal(0, 5, len(event))
    return table("".join(side), counts, event=event, source=np.tile(np.arange(sum(sizes)), n))


def test_within_events_it_is_the_articles_of_one_event_that_vary():
    scores = by_events(np.random.default_rng(1), (3, 2))
    row = differences(compare(scores, within="event", reference="Y")).loc["X"]
    cells = (10 * scores[M]).groupby([scores["outlet"], scores["event"]])
    error = np.sqrt((cells.var() / cells.size()).sum()) / 10
    reach = stats.t.ppf(0.975, 10) * error  # of Y: 20 articles on 10 events
    means = cells.mean()
    middle = means["X"].mean() - means["Y"].mean()
    assert [row["low"], row["high"]] == pytest.approx([middle - reach, middle + reach])
    assert row["p"] == pytest.approx(2 * stats.t.sf(abs(middle) / error, 10))


def test_within_events_clusters_may_cover_many_of_them():
    scores = by_events(np.random.default_rng(2), (3, 4))
    row = differences(compare(scores, within="event", cluster="source", reference="Y")).loc["X"]
    cells = [scores["outlet"], scores["source"]]
    means = (10 * scores[M]).groupby(cells).mean()  # each source has each event
    x, y = means["X"], means["Y"]
    error = np.sqrt(x.var() / 3 + y.var() / 4)
    assert row["p"] == pytest.approx(2 * stats.t.sf(abs(x.mean() - y.mean()) / error, 2))


@pytest.mark.parametrize("sizes", [(1, 1), (1, 3)])
def test_within_events_with_one_article_a_side_the_events_are_the_clusters(sizes):
    scores = by_events(np.random.default_rng(3), sizes)
    found = compare(scores, within="event", reference="Y")
    row = differences(found).loc["X"]
    pair = matched_pairs(scores, "m.outlet", by="outlet", pair=("X", "Y")).iloc[0]
    same = ["estimate", "low", "high", "p", "n_clusters"]
    assert row[same].tolist() == pytest.approx(pair[same].tolist())
    assert "over event clusters (G=10)" in row["method"]
    by_event = compare(scores, within="event", cluster="event", reference="Y")
    pd.testing.assert_series_equal(row, differences(by_event).loc["X"])


@pytest.mark.parametrize("sizes", [(3, 3), (2, 4), (1, 1)])
def test_intervals_within_events_cover_and_are_not_wide(sizes):
    rng, held, widths, found = np.random.default_rng(5), 0, [], []
    for _ in range(70):
        row = differences(compare(by_events(rng, sizes), within="event", reference="Y")).loc["X"]
        held += row["low"] <= 0 <= row["high"]
        widths.append((row["high"] - row["low"]) / 2)
        found.append(row["estimate"])
    assert 0.88 <= held / 70 <= 0.995
    assert np.mean(widths) < 1.5 * 1.96 * np.std(found)


def test_groups_named_with_numbers():
    counts = [1, 3, 2, 4, 6, 2]
    words = table("AAABBB", counts)
    wanted = compare(words.assign(outlet=["2020"] * 3 + ["2021"] * 3), reference="2020")
    assert differences(wanted).index.tolist() == ["2021"]
    years = [2020] * 3 + [2021] * 3
    for reference in (2020, 2020.0, "2020"):
        for outlets in (years, pd.array(years, "Int64"), np.array(years, float)):
            found = compare(words.assign(outlet=outlets), reference=reference)
            pd.testing.assert_frame_equal(found, wanted)
    with pytest.warns(UserWarning, match="left out: 1 document without 'outlet'"):
        found = compare(words.assign(outlet=[*years[:5], None]))
    assert set(found["group"]) == {"2020", "2021"}
    with pytest.raises(BadInput, match=r"no group '2022' .*\(did you mean '202[01]'\?\)"):
        compare(words.assign(outlet=years), reference=2022)


def test_what_has_no_interval_is_said():
    found = compare(table("XYYYZZ", [9, 1, 2, 1, 3, 2]), reference="Y")
    assert [one for one in found.attrs["cautions"] if one.startswith("no interval")] == [
        "no interval for X: only one cluster (document)",
        "no interval for X - Y: only one cluster (document) on a side",
    ]
    apart = table("XXYY", [1, 2, 3, 4], event=list("abcd"))
    with pytest.warns(Cautions):
        found = compare(apart, within="event", reference="Y")
    assert "no interval for X - Y: no event shared" in found.attrs["cautions"]
    assert differences(found)[["estimate", "low", "high", "p"]].isna().all(axis=None)
    many = compare(table("ABCDEFGH", range(1, 9)), cluster="outlet")
    assert [one for one in many.attrs["cautions"] if one.startswith("no interval")] == [
        "no interval for A, B, C, D, E and 3 more: only one cluster (outlet)",
        "no interval for A - all others, B - all others, C - all others, D - all others, "
        "E - all others and 3 more: only one cluster (outlet) on a side",
    ]


@given(order=st.permutations(range(48)), clustered=st.booleans(), within=st.booleans())
@settings(max_examples=25, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_the_order_of_rows_changes_nothing(order, clustered, within):
    counts = [n * 7 % 5 for n in range(48)]
    scores = table("XY" * 24, counts, event=[n // 2 if n % 7 else None for n in range(48)])
    how = {"cluster": "event" if clustered else None, "within": "event" if within else None}
    first, second = compare(scores, **how), compare(scores.iloc[order], **how)
    assert within or first["method"].str.contains("bootstrap").all()
    pd.testing.assert_frame_equal(first[NUMBERS], second[NUMBERS], rtol=1e-9, atol=1e-9)


@given(factor=st.integers(2, 50), seed=st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_rates_scale_with_counts(factor, seed):
    scores = table("XY" * 12, [n * 5 % 7 for n in range(24)])
    once, more = compare(scores, seed=seed), compare(scores.assign(**{M: scores[M] * factor}))
    np.testing.assert_allclose(more["estimate"], once["estimate"] * factor, atol=1e-9)
    np.testing.assert_allclose(more["p"], once["p"])
    pd.testing.assert_frame_equal(compare(scores, seed=seed), once)


def covered(n_clusters: int, crossed: bool, cluster: str | None, repetitions: int = 200) -> float:
    """Share of intervals that hold the true difference, which is 0; five documents a cluster."""
    rng = np.random.default_rng(20250601)
    events = np.repeat(np.arange(n_clusters), 5)
    side = np.arange(len(events)) % 2 if crossed else events % 2
    hits = 0
    for _ in range(repetitions):
        mean = 4 * rng.gamma(4, 1 / 4, n_clusters)[events]
        scores = table("".join("XY"[one] for one in side), rng.poisson(mean).tolist(), event=events)
        row = differences(compare(scores, cluster=cluster, reference="X")).loc["Y"]
        hits += row["low"] <= 0 <= row["high"]
    return hits / repetitions


@pytest.mark.parametrize("n_clusters", [12, 40])
def test_intervals_over_clusters_cover_and_those_over_documents_do_not(n_clusters):
    assert 0.90 <= covered(n_clusters, False, "event") <= 0.99
    assert covered(n_clusters, False, None, 60) < 0.87


def test_intervals_cover_where_both_groups_report_the_same_events():
    assert 0.90 <= covered(40, True, "event") <= 0.99


def test_two_clusters_against_thirty_do_not_reject_what_is_true():
    rng = np.random.default_rng(3)
    wrong = 0
    for _ in range(100):
        level = rng.gamma(4, 0.5, 32)
        scores = table("X" * 2 + "Y" * 30, rng.poisson(10 * level))
        wrong += differences(compare(scores, reference="X")).loc["Y", "p"] < 0.05
    assert wrong <= 8
