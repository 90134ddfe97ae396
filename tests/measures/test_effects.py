"""Effect sizes against published values and definitions; tests that respect clusters."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from framing.measures.compare import compare
from framing.measures.effects import (
    cliffs_delta,
    effect_sizes,
    hedges_correction,
    hedges_g,
    mean_test,
    permutation_test,
)
from framing.tables import ESTIMATES, BadInput, check

SAMPLES = st.lists(st.integers(0, 9), min_size=2, max_size=12)


def sample(mean: float, spread: float, n: int) -> np.ndarray:
    """A sample of exactly this mean and standard deviation."""
    raw = np.linspace(-1, 1, n)
    return mean + spread * raw / raw.std(ddof=1)


@given(x=SAMPLES, y=SAMPLES)
@settings(max_examples=60, deadline=None)
def test_cliffs_delta_is_what_it_says(x, y):
    found = cliffs_delta(x, y)
    signs = np.sign(np.subtract.outer(x, y))
    n, m, d = len(x), len(y), signs.mean()
    assert found.estimate == pytest.approx(d)
    rows, columns = (np.square(signs.mean(axis=a) - d).sum() for a in (1, 0))
    cells = np.square(signs - d).sum()
    variance = (m**2 * rows + n**2 * columns - cells) / (n * m * (n - 1) * (m - 1))
    if abs(d) < 1:
        floor = (1 - d**2) / (n * m - 1)
        assert found.error == pytest.approx(np.sqrt(max(variance, floor)))
        assert -1 <= found.low <= found.estimate <= found.high <= 1
    turned = cliffs_delta(y, x)
    assert turned.estimate == pytest.approx(-d)
    assert (turned.low, turned.high) == (
        pytest.approx(-found.high, nan_ok=True), pytest.approx(-found.low, nan_ok=True)
    )  # fmt: skip


def test_cliffs_delta_as_rs_effsize_prints_it():
    found = cliffs_delta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50])
    assert found.estimate == -0.25
    assert (round(found.low, 7), round(found.high, 7)) == (-0.7265846, 0.3890062)


def test_cliffs_delta_where_samples_do_not_overlap():
    found = cliffs_delta([5, 6, 7], [1, 2])
    assert (found.estimate, found.high) == (1, 1) and np.isnan(found.low)
    for x, estimate in (([], np.nan), ([3], 1 / 3)):
        with pytest.warns(UserWarning, match="Cliff's delta: too few units"):
            found = cliffs_delta(x, [1, 2, 4])
        assert found.estimate == pytest.approx(estimate, nan_ok=True) and np.isnan(found.low)


def test_hedges_correction_exact_and_approximate():
    for freedom in (2, 5, 10, 98):
        exact = special.gamma(freedom / 2) / (
            np.sqrt(freedom / 2) * special.gamma((freedom - 1) / 2)
        )
        assert hedges_correction(freedom) == pytest.approx(exact, rel=1e-10)
        assert hedges_correction(freedom, exact=False) == 1 - 3 / (4 * freedom - 1)
    assert hedges_correction(2) == pytest.approx(1 / np.sqrt(np.pi))


def test_hedges_g_of_borenstein_and_others_2009():
    """Chapter 4: means 103 and 100, deviations 5.5 and 4.5, 50 a group; g .5924, error .2028."""
    found = hedges_g(sample(103, 5.5, 50), sample(100, 4.5, 50), exact=False)
    assert (round(found.estimate, 4), round(found.error, 4)) == (0.5924, 0.2028)


def test_the_interval_of_g_is_that_of_the_noncentral_t():
    x, y = sample(1.2, 1, 9), sample(0, 1, 7)
    found = hedges_g(x, y)
    t, j = stats.ttest_ind(x, y).statistic, hedges_correction(14)
    scale = j * np.sqrt(1 / 9 + 1 / 7)
    assert found.estimate == pytest.approx(scale * t)
    assert stats.nct.cdf(t, 14, found.low / scale) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(t, 14, found.high / scale) == pytest.approx(0.025, abs=1e-6)


def test_g_is_unbiased_and_its_interval_covers_in_small_samples():
    rng = np.random.default_rng(11)
    found = [hedges_g(rng.normal(0.8, 1, 6), rng.normal(0, 1, 6)) for _ in range(200)]
    assert np.mean([one.estimate for one in found]) == pytest.approx(0.8, abs=0.1)
    shrunk = hedges_correction(10) * 0.8
    assert 0.91 <= np.mean([one.low <= shrunk <= one.high for one in found]) <= 0.985


CONSTANTS = [
    ([1, 1], [2, 2]),
    ([0.1] * 3, [0.2] * 3),
    ([1000 * 3 / 300, 1000 * 7 / 700] * 3, [1000 * 1.4 / 20, 1000 * 2.1 / 30] * 3),
    ([1000 / 300] * 7, [7000 / 231] * 5),
]


@pytest.mark.parametrize(("x", "y"), CONSTANTS)
def test_without_spread_beyond_rounding_neither_g_nor_t_is_known(x, y):
    with pytest.warns(UserWarning, match="Hedges' g: no spread beyond rounding"):
        assert np.isnan(hedges_g(x, y).estimate)
    with pytest.warns(UserWarning, match="t test of documents: no spread beyond rounding"):
        found = mean_test(x + y, [True] * len(x) + [False] * len(y))
    assert np.isnan(found.p) and found.difference == pytest.approx(x[0] - y[0])


@given(x=st.floats(-1e6, 1e6), y=st.floats(-1e6, 1e6), n=st.integers(2, 9), m=st.integers(2, 9))
@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("ignore:Hedges' g")
def test_g_of_constants_is_never_known_and_of_a_small_spread_is(x, y, n, m):
    assert np.isnan(hedges_g([x] * n, [y] * m).estimate)
    spread = np.linspace(0, 1e-6 * max(abs(x), abs(y), 1), n)
    assert np.isfinite(hedges_g(x + spread, [y] * m).estimate)


def test_g_with_one_value_is_not_known_and_wants_finite_numbers():
    with pytest.warns(UserWarning, match="Hedges' g: too few units"):
        assert np.isnan(hedges_g([1], [2, 3]).low)
    with pytest.raises(BadInput, match="numbers must be finite"):
        hedges_g([np.inf, 1, 2], [1, 2, 3])
    with pytest.raises(BadInput, match=r"numbers are needed: .*'a'"):
        hedges_g(["a", 1], [1, 2, 3])


@given(lone=st.integers(0, 9), others=st.lists(st.integers(0, 9), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_one_unit_against_others_has_the_exact_p(lone, others):
    pool = np.array([lone, *others])
    null = np.array([one - np.delete(pool, at).mean() for at, one in enumerate(pool)])
    tails = [np.mean(sign * null >= sign * null[0] - 1e-9) for sign in (1, -1)]
    for first in (pool == pool, pool != pool):
        first[0] = ~first[0]
        found = permutation_test(pool, first)
        assert found.p == pytest.approx(min(1, 2 * min(tails)))
        assert found.method == "permutation of documents, exact"


def test_p_of_the_fewest_units_and_resamples():
    assert permutation_test([1, 2], [1, 0]).p == 1
    assert permutation_test(range(10), [1] + [0] * 9).p == pytest.approx(2 / 10)
    one = permutation_test([1, 2, 3, 4], [1, 0, 1, 0], list("aaaa"))
    assert (one.p, one.n, one.difference) == (1, 1, -1)
    with pytest.raises(BadInput, match="resamples is 0; it must be 1 or more"):
        permutation_test([1, 2, 3, 4], [1, 0, 1, 0], resamples=0)


@pytest.mark.parametrize("clusters", [None, np.arange(40) // 2])
def test_p_does_not_depend_on_the_order_of_rows(clusters):
    rng = np.random.default_rng(1)
    values, order = rng.normal(size=40), rng.permutation(40)
    first = np.arange(40) < 20 if clusters is None else np.arange(40) % 2 < 1
    turned = None if clusters is None else clusters[order]
    p = permutation_test(values, first, clusters).p
    assert p == permutation_test(values[order], first[order], turned).p
    paired = values[::2] - values[1::2]
    test = stats.ttest_ind(values[first], values[~first])
    if clusters is not None:
        test = stats.ttest_1samp(paired, 0)
    assert p == pytest.approx(test.pvalue, abs=0.03)


@pytest.mark.parametrize("missing", [None, np.nan])
def test_a_document_without_a_cluster_is_its_own(missing):
    values, first = [1, 5, 3, 2, 8, 4], [1, 1, 1, 0, 0, 0]
    for test in (mean_test, permutation_test):
        found = test(values, first, [missing, "a", "a", "b", "b", missing])
        assert found == test(values, first, list("caabbd")) and found.n == 4


def test_a_permutation_test_tries_every_arrangement_of_few():
    x, y = [3, 5, 9], [1, 2, 4, 6]
    pool, gap = np.array(x + y), np.mean(x) - np.mean(y)
    drawn = [
        pool[list(c)].mean() - np.delete(pool, list(c)).mean()
        for c in itertools.combinations(range(7), 3)
    ]
    found = permutation_test(x + y, [True] * 3 + [False] * 4)
    share = np.mean(np.array(drawn) >= gap - 1e-12)
    assert found.p == pytest.approx(2 * share) and found.method.endswith("exact")


def test_permutation_of_clusters_and_of_signs():
    values, outlets = [9, 8, 7, 6, 5, 4, 1, 2], list("aabbccdd")
    whole = permutation_test(values, [True] * 4 + [False] * 4, outlets)
    assert whole.n == 4 and whole.p == pytest.approx(2 / 6)  # 6 ways to halve four clusters
    paired = permutation_test([5, 3, 4, 1, 9, 8], [1, 0, 1, 0, 1, 0], list("aabbcc"))
    assert paired.n == 3 and paired.difference == 2 and paired.p == pytest.approx(2 / 8)
    with pytest.raises(BadInput, match="some clusters lie in one group and some in both"):
        permutation_test([1, 2, 3, 4], [1, 0, 1, 0], list("aabc"))
    assert permutation_test(range(40), [True] * 20 + [False] * 20).method.endswith("9999 resamples")


def test_a_cluster_of_both_groups_has_no_mean_to_test():
    with pytest.raises(BadInput, match="a cluster has documents of both groups"):
        mean_test([1, 2, 3, 4], [1, 0, 1, 0], list("aabb"))
    with pytest.raises(BadInput, match="documents in both groups"):
        mean_test([1, 2], [True, True])


def test_effect_sizes_make_a_table_of_estimates():
    rng = np.random.default_rng(3)
    words = {"n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0}
    scores = pd.DataFrame({
        "doc_id": [f"d{n}" for n in range(24)], "side": ["left", "right"] * 12,
        "outlet": [f"o{n % 6}" for n in range(24)], **words,
        "m.outlet.count": rng.poisson(3, 24),
    })  # fmt: skip
    how = {"by": "side", "pair": ("left", "right")}
    found = check(effect_sizes(scores, ["m.outlet"], **how), "estimates")
    assert tuple(found)[: len(ESTIMATES)] == ESTIMATES
    left = 10 * scores.loc[::2, "m.outlet.count"]
    right = 10 * scores.loc[1::2, "m.outlet.count"]
    wanted = [cliffs_delta(left, right).estimate, hedges_g(left, right).estimate]
    assert found["estimate"].tolist() == pytest.approx(wanted)
    assert found["effect"].tolist() == ["cliffs_delta", "hedges_g"]
    clustered = effect_sizes(scores, ["m.outlet"], **how, cluster="outlet")
    assert clustered["method"].str.contains("of outlet means").all()
    assert (clustered["n_clusters"] == 6).all()


def test_a_group_of_one_document_has_effects_without_intervals():
    scores = pd.DataFrame({
        "doc_id": list("abcd"), "side": ["left", *["right"] * 3], "n_words": 100,
        "n_words_outlet": 100, "n_words_attributed": 0, "m.outlet.count": [9, 1, 2, 3],
    })  # fmt: skip
    with pytest.warns(UserWarning, match="too few units"):
        found = effect_sizes(scores, ["m.outlet"], by="side", pair=("left", "right"))
    assert found["p"].tolist() == [0.5, 0.5]  # 2/n
    assert found["estimate"].iloc[0] == 1 and np.isnan(found["estimate"].iloc[1])


def eight_outlets(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fifty articles of each of eight outlets; a fifth of the variance is the outlets'."""
    outlet = np.repeat(np.arange(8), 50)
    level, own = rng.normal(0, np.sqrt(0.2), 8), rng.normal(0, np.sqrt(0.8), 400)
    return 5 + level[outlet] + own, outlet < 4, outlet


def test_articles_taken_for_independent_reject_most_true_nulls_and_outlet_means_do_not():
    """At a nominal .05: articles .56, outlet means .0475."""
    rng = np.random.default_rng(1)
    articles, means = [], []
    for _ in range(200):
        values, left, outlet = eight_outlets(rng)
        articles.append(mean_test(values, left).p < 0.05)
        means.append(mean_test(values, left, outlet).p < 0.05)
    assert np.mean(articles) == pytest.approx(0.56, abs=0.08)
    assert 0.015 <= np.mean(means) <= 0.09


@pytest.mark.filterwarnings("ignore:only")
def test_compare_over_outlets_rejects_no_more_true_nulls_than_it_says():
    rng = np.random.default_rng(1)
    found = {"doc_id": [], "outlet": []}
    for _ in range(30):
        values, left, outlet = eight_outlets(rng)
        scores = pd.DataFrame({
            "doc_id": np.arange(400).astype(str), "side": np.where(left, "left", "right"),
            "outlet": outlet, "n_words": 1000, "n_words_outlet": 1000, "n_words_attributed": 0,
            "m.outlet.count": values,
        })  # fmt: skip
        for unit, rejected in found.items():
            cluster = None if unit == "doc_id" else unit
            table = compare(scores, "side", cluster=cluster, reference="right")
            rejected.append(table["p"].iloc[-1] < 0.05)
    assert np.mean(found["doc_id"]) > 0.4
    assert np.mean(found["outlet"]) <= 0.1
