"""How large a difference is, and whether chance alone would make it: effect sizes and tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from framing.measures.grouped import estimate_row, estimates, two_groups
from framing.measures.samples import (
    ROUNDING,
    cluster_means,
    group_codes,
    means,
    negligible,
    numbers,
    sample,
    sides,
    warn_unknown,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

SEED = 0
RESAMPLES = 9999
NODES, OUTMOST = 100, 8.5


@dataclass(frozen=True)
class Effect:
    """An effect size with its 95 % interval.

    Attributes
    ----------
    estimate, low, high, error : float
        NaN where the samples cannot tell.
    n_1, n_2 : int
        Sizes of the two samples.
    method : str
    """

    estimate: float
    low: float
    high: float
    error: float
    n_1: int
    n_2: int
    method: str


@dataclass(frozen=True)
class Test:
    """A test of no difference: the difference of means, p, and what was tested.

    Attributes
    ----------
    difference, p : float
    n : int
        Units tested: clusters where there are any.
    method : str
    """

    __test__ = False  # not one of pytest's

    difference: float
    p: float
    n: int
    method: str


def cliffs_delta(x: ArrayLike, y: ArrayLike) -> Effect:
    """Return Cliff's delta: how much more often `x` is above `y` than below.

    Parameters
    ----------
    x, y : array of float
        Two independent samples; NaN is left out.

    Returns
    -------
    Effect
        From -1 (every x below every y) to 1; with one value in a sample there is no interval.

    Notes
    -----
    Cliff (1993), Psychological Bulletin 114, with his unbiased estimate of the variance, never
    less than (1 - delta^2) / (n m - 1). Interval: the asymmetric one of Feng and Cliff (2004),
    Journal of Modern Applied Statistical Methods 3, with t of n + m - 2 degrees of freedom, as R's
    effsize does. Where the samples do not overlap the bound nearer 0 is not known, and NaN.

    Examples
    --------
    >>> found = cliffs_delta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50])
    >>> found.estimate, round(found.low, 7), round(found.high, 7)
    (-0.25, -0.7265846, 0.3890062)
    """
    from scipy import stats

    a, b = sample(x, finite=False), sample(y, finite=False)
    n, m = len(a), len(b)
    method = "Cliff's delta, asymmetric interval of Feng and Cliff (2004)"
    if min(n, m) < 2:
        warn_unknown("Cliff's delta", min(n, m))
    if not n or not m:
        return Effect(np.nan, np.nan, np.nan, np.nan, n, m, method)
    (above, untied), (below, _) = _dominance(a, b), _dominance(b, a)
    delta = float(above.mean())
    if min(n, m) < 2 or abs(delta) == 1:
        low, high = (delta, np.nan) if delta == -1 else (np.nan, delta if delta == 1 else np.nan)
        return Effect(delta, low, high, np.nan, n, m, method)
    rows, columns = np.square(above - delta).sum(), np.square(below + delta).sum()
    cells = n * m * (untied - delta**2)
    variance = (m**2 * rows + n**2 * columns - cells) / (n * m * (n - 1) * (m - 1))
    error = float(np.sqrt(max(variance, (1 - delta**2) / (n * m - 1))))
    t = float(stats.t.ppf(0.975, n + m - 2))
    root = t * error * np.sqrt((1 - delta**2) ** 2 + (t * error) ** 2)
    low, high = ((delta - delta**3 + sign * root) / (1 - delta**2 + (t * error) ** 2)
                 for sign in (-1, 1))  # fmt: skip
    return Effect(delta, max(-1.0, float(low)), min(1.0, float(high)), error, n, m, method)


def _dominance(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, float]:
    """Return for each of `a` the share of `b` below it minus the share above, and that untied."""
    ranked = np.sort(b)
    below, not_above = (np.searchsorted(ranked, a, side) / len(b) for side in ("left", "right"))
    return below - (1 - not_above), float(1 - (not_above - below).mean())


def hedges_correction(freedom: float, *, exact: bool = True) -> float:
    """Return J, which takes the bias of small samples out of a standardised difference.

    Parameters
    ----------
    freedom : float
        Degrees of freedom, n + m - 2.
    exact : bool
        By the gamma function; otherwise the approximation 1 - 3 / (4 freedom - 1).

    Notes
    -----
    Hedges (1981), Journal of Educational Statistics 6, equations 6e and 8.

    Examples
    --------
    >>> round(hedges_correction(10), 5), round(hedges_correction(10, exact=False), 5)
    (0.92275, 0.92308)
    """
    from scipy.special import gammaln

    if not exact:
        return 1 - 3 / (4 * freedom - 1)
    ratio = gammaln(freedom / 2) - gammaln((freedom - 1) / 2)
    return float(np.exp(ratio) / np.sqrt(freedom / 2))


def hedges_g(x: ArrayLike, y: ArrayLike, *, exact: bool = True) -> Effect:
    """Return Hedges' g: the difference of means in pooled standard deviations, without bias.

    Parameters
    ----------
    x, y : array of float
        Two independent samples; NaN is left out.
    exact : bool
        Whether J is exact or approximate, see `hedges_correction`.

    Returns
    -------
    Effect
        NaN, with a warning, where a sample has one value or neither varies beyond rounding.
        `error` is the large-sample one: J times the root of 1/n + 1/m + d^2 / (2 (n + m)), d the
        uncorrected difference (Borenstein et al. 2009, Introduction to Meta-Analysis, eq. 4.20,
        4.24). The interval is that of the noncentral t (Steiger and Fouladi 1997), times J.

    Examples
    --------
    >>> found = hedges_g([4, 5, 6, 7], [1, 2, 3, 4])
    >>> round(found.estimate, 4), round(found.low, 4), round(found.high, 4)
    (2.0185, 0.3359, 3.6173)
    """
    a, b = sample(x), sample(y)
    n, m = len(a), len(b)
    method = f"Hedges' g, J {'exact' if exact else 'approximate'}, noncentral t interval"
    freedom = n + m - 2
    spread = 0.0
    if min(n, m) >= 2:
        spread = float((np.square(a - a.mean()).sum() + np.square(b - b.mean()).sum()) / freedom)
    if negligible(np.sqrt(spread), a, b):
        warn_unknown("Hedges' g", min(n, m))
        return Effect(np.nan, np.nan, np.nan, np.nan, n, m, method)
    d = float(a.mean() - b.mean()) / np.sqrt(spread)
    j = hedges_correction(freedom, exact=exact)
    error = j * float(np.sqrt(1 / n + 1 / m + d**2 / (2 * (n + m))))
    scale = float(np.sqrt(1 / n + 1 / m))
    low, high = _noncentralities(d / scale, freedom)
    scale *= j
    return Effect(float(j * d), scale * low, scale * high, error, n, m, method)


def _noncentralities(t: float, freedom: int) -> tuple[float, float]:
    """Return the noncentralities with which a noncentral t is below `t` in .975 and .025 of cases.

    The distribution function is the mean of the normal's over the chi distribution, by Gauss and
    Legendre over its normal quantiles; SciPy's own gives NaN for a noncentrality far below 0.
    """
    from scipy.optimize import brentq
    from scipy.special import chdtri, ndtr

    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    quantiles = OUTMOST * nodes
    weights = OUTMOST * weights * np.exp(-(quantiles**2) / 2) / np.sqrt(2 * np.pi)
    spread = t * np.sqrt(chdtri(freedom, ndtr(-quantiles)) / freedom)
    reach = 10 + abs(t)

    def excess(centre: float, probability: float) -> float:
        return float(weights @ ndtr(spread - centre)) - probability

    low, high = (brentq(excess, t - reach, t + reach, (tail,)) for tail in (0.975, 0.025))
    return float(low), float(high)


def mean_test(values: ArrayLike, first: ArrayLike, clusters: ArrayLike | None = None) -> Test:
    """Test the difference of two groups' means, of clusters where they are given.

    Parameters
    ----------
    values : array of float
    first : array of bool
        Who belongs to the group of interest.
    clusters : array, optional
        As the outlet of each article. Articles of one outlet are alike: a test that takes each
        for an independent observation rejects far too often. Clusters must lie in one group each;
        their means are tested, so G - 2 degrees of freedom remain. A value without (None, NaN)
        is its own.

    Notes
    -----
    Student's t test with pooled variance. p is NaN, with a warning, where a group has one unit or
    neither varies beyond rounding.

    Examples
    --------
    >>> values, outlets = [1, 2, 5, 6, 3, 4, 8, 9], list("aabbccdd")
    >>> first = [True] * 4 + [False] * 4
    >>> round(mean_test(values, first).p, 3), round(mean_test(values, first, outlets).p, 3)
    (0.235, 0.517)
    """
    from scipy import stats

    y, side, codes = _clean(values, first, clusters)
    unit = "documents" if clusters is None else "cluster means"
    if clusters is not None:
        y, side = cluster_means(y, side, codes)
    difference = float(y[side].mean() - y[~side].mean())
    method = f"t test of {unit}, {len(y) - 2} degrees of freedom"
    fewest = min(side.sum(), (~side).sum())
    if fewest < 2 or negligible(max(y[side].std(), y[~side].std()), y):
        warn_unknown(f"t test of {unit}", fewest)
        return Test(difference, np.nan, len(y), method)
    return Test(difference, float(stats.ttest_ind(y[side], y[~side]).pvalue), len(y), method)


def permutation_test(
    values: ArrayLike,
    first: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Test:
    """Test the difference of two groups' means by shuffling who belongs to which.

    Parameters
    ----------
    values : array of float
    first : array of bool
        Who belongs to the group of interest.
    clusters : array, optional
        Documents that are alike. Where every cluster lies in one group (outlets with a side) whole
        clusters are shuffled; where every cluster has both (events that both cover) the sign of
        each one's difference is drawn; clusters of both kinds are refused.
    resamples : int
        Every arrangement is tried where there are no more than this.
    seed : int

    Notes
    -----
    p is twice the smaller tail; nothing depends on the order of the rows.

    Examples
    --------
    >>> permutation_test([5, 6, 7, 1, 2, 3], [1, 1, 1, 0, 0, 0]).p
    0.1
    """
    if resamples < 1:
        raise BadInput(f"resamples is {resamples}; it must be 1 or more")
    y, side, codes = _clean(values, first, clusters)
    one, other = np.unique(codes[side]), np.unique(codes[~side])
    unit = "documents" if clusters is None else "clusters"
    if clusters is not None and len(np.intersect1d(one, other)):
        if not np.array_equal(one, other):
            raise BadInput(
                "some clusters lie in one group and some in both; leave out one kind, "
                "as the events that only one group covers"
            )
        unit = "signs of cluster differences"
        samples = [means(y[side], codes[side]) - means(y[~side], codes[~side])]
    else:
        if clusters is not None:
            y, side = cluster_means(y, side, codes)
        samples = [y[side], y[~side]]
    p, exact = _permuted([np.sort(units) for units in samples], resamples, seed)
    difference = samples[0].mean() - (samples[1].mean() if len(samples) > 1 else 0)
    method = f"permutation of {unit}, " + ("exact" if exact else f"{resamples} resamples")
    return Test(float(difference), p, sum(map(len, samples)), method)


def _permuted(samples: list[np.ndarray], resamples: int, seed: int) -> tuple[float, bool]:
    """Return p of two samples, or of the signs of one, and whether all arrangements were tried."""
    from scipy import stats

    paired = len(samples) == 1
    pool = np.concatenate([*samples, -samples[0]] if paired else samples)
    for lone in (units[0] for units in samples if len(units) == 1):  # SciPy wants two
        near = ROUNDING * np.abs(pool).max()
        tails = np.mean(pool >= lone - near), np.mean(pool <= lone + near)
        return min(1.0, 2 * float(min(tails))), True
    found = stats.permutation_test(
        samples, lambda a, *b, axis: a.mean(axis=axis) - sum(one.mean(axis=axis) for one in b),
        permutation_type="samples" if paired else "independent", n_resamples=resamples,
        random_state=np.random.default_rng(seed),
    )  # fmt: skip
    return float(found.pvalue), len(found.null_distribution) != resamples


def _clean(
    values: ArrayLike, first: ArrayLike, clusters: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    y, side = numbers(values), sides(first)
    codes = np.arange(len(y)) if clusters is None else group_codes(clusters)
    if not len(y) == len(side) == len(codes):
        raise BadInput("values, groups and clusters must be of one length")
    kept = ~np.isnan(y)
    y, side = y[kept], side[kept]
    if not side.any() or side.all():
        raise BadInput("a comparison needs documents in both groups")
    return y, side, group_codes(codes[kept])


def effect_sizes(
    scores: pd.DataFrame,
    measures: list[str],
    *,
    by: str,
    pair: tuple[str, str | None],
    cluster: str | None = None,
) -> pd.DataFrame:
    """Return Cliff's delta and Hedges' g of the documents' rates for each measure.

    Parameters
    ----------
    scores : pandas.DataFrame
        The scores table.
    measures : list of str
        Stems such as ``loaded_language.outlet``.
    by : str
        Column that names the groups.
    pair : (str, str or None)
        Group and reference; None stands for all others together.
    cluster : str, optional
        Column whose values lie in one group each, as ``outlet`` under ``by="side"``: their mean
        rates are compared, not the documents.

    Returns
    -------
    pandas.DataFrame
        The estimates table with a column `effect` (``cliffs_delta``, ``hedges_g``); p is the
        permutation test's of the difference of means, the same for both.
    """
    rows = []
    for measure in [measures] if isinstance(measures, str) else measures:
        data = two_groups(scores, measure, by=by, pair=pair, cluster=cluster)
        values, side = data.rates, data.first
        if cluster is not None:
            values, side = cluster_means(values, side, data.clusters)
        test = permutation_test(values, side)
        for name, effect in (("cliffs_delta", cliffs_delta), ("hedges_g", hedges_g)):
            found = effect(values[side], values[~side])
            unit = f"{cluster} means" if cluster else "documents"
            rows.append(estimate_row(
                data, estimate=found.estimate, low=found.low, high=found.high, p=test.p,
                effect=name, method=f"{found.method}, of {unit}; p by {test.method}",
            ))  # fmt: skip
    return estimates(rows, "effect")
