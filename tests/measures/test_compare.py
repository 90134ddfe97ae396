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
    error = 1000 * np.sqrt(6 / 5 * np.sum(np.square(x + y)))
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
    with pytest.warns(UserWarning, match="1 documents .* and are left out"):
        found = compare(gap)
    pd.testing.assert_frame_equal(found, compare(scores.drop(index=1)))


def test_documents_without_a_cluster_are_each_their_own():
    scores = table("XXXYYY", [1, 3, 2, 4, 6, 2], event=["a", None, None, "b", None, "b"])
    assert rates(compare(scores, cluster="event"))["n_clusters"].tolist() == [3, 2]


def test_few_clusters_are_said():
    scores = table("XY" * 20, [1, 2] * 20, event=[n % 19 for n in range(40)])
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
    with pytest.warns(Cautions, match="1 of 3 cautions, all in the table's attrs") as caught:
        found = compare(scores)
    assert len(caught) == 1
    first, *others = found.attrs["cautions"]
    assert first.endswith("articles on one event are not; cluster by 'event', which the table has")
    assert [line.split(":")[0] for line in others] == [f"{g} - all others, m.outlet" for g in "XY"]
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
