"""Slant is not topic choice: what of a difference is what is covered, and what is how."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from framing.amounts import count_of
from framing.measures.cautions import FEW_CLUSTERS, say_left_out
from framing.measures.grouped import PER, TwoGroups, estimate_row, estimates, two_groups
from framing.measures.samples import group_codes, means, numbers, sides, t_test, warn_unknown
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

JOINED, RESAMPLED = 3, 5  # clusters of a stratum and side: fewer are joined, are not resampled
LITTLE = 0.25
RESAMPLES = 2000
CHUNK = 250
PARTS = ("difference", "composition", "rate")


def kitagawa(
    rates: ArrayLike, shares: ArrayLike, other_rates: ArrayLike, other_shares: ArrayLike
) -> tuple[float, float]:
    """Split the difference of two overall rates into a part of composition and one of rates.

    Parameters
    ----------
    rates, other_rates : array, shape (n_strata,)
        Rate of each stratum in the group and in the reference; NaN where a side has none of it.
    shares, other_shares : array, shape (n_strata,)
        Shares of the strata; each adds up to 1.

    Returns
    -------
    composition, rate : float
        They add up to the difference.

    Notes
    -----
    Kitagawa (1955), JASA 50: composition is the sum over strata of (share - other share) x mean of
    the two rates; the rate part is the sum of (rate - other rate) x mean of the two shares. In a
    stratum that one side lacks no difference of rates can be seen: it is given the rate of the
    other side, so all of its difference is composition.

    Examples
    --------
    >>> composition, rate = kitagawa([30, 10], [0.75, 0.25], [20, 10], [0.25, 0.75])
    >>> round(composition, 6), round(rate, 6)
    (7.5, 5.0)
    """
    one, p, other, q = map(numbers, (rates, shares, other_rates, other_shares))
    if not len(one) == len(p) == len(other) == len(q):
        raise BadInput(
            "rates and shares must be of one length, one for each stratum; "
            f"they have {len(one)}, {len(p)}, {len(other)} and {len(q)}"
        )
    for whole in (p.sum(), q.sum()):
        if not np.isclose(whole, 1, rtol=0, atol=1e-6):
            raise BadInput(
                f"the shares of a side add up to {whole:.7g}, not 1; divide each by their sum"
            )
    return tuple(map(float, _split(one, p, other, q)))  # type: ignore[return-value]


def _split(
    one: np.ndarray, p: np.ndarray, other: np.ndarray, q: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    first = np.where(np.isnan(one), other, one)
    second = np.where(np.isnan(other), one, other)
    first, second = np.nan_to_num(first), np.nan_to_num(second)
    composition = ((p - q) * (first + second) / 2).sum(axis=-1)
    return composition, ((first - second) * (p + q) / 2).sum(axis=-1)


def decompose(
    scores: pd.DataFrame,
    measure: str,
    *,
    by: str,
    pair: tuple[str, str | None],
    strata: str = "event",
    cluster: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Split the difference of two groups' rates into topic choice and framing.

    Parameters
    ----------
    scores : pandas.DataFrame
        The scores table.
    measure : str
        A stem such as ``loaded_language.outlet``.
    by : str
        Column that names the groups.
    pair : (str, str or None)
        Group and reference; None stands for all others together.
    strata : str
        Column of what is covered, as ``event`` or ``topic``; documents without are left out.
    cluster : str, optional
        Column of the clusters to resample; by default each document is one. Where strata are so
        fine that clusters inside them cannot vary, the strata are the clusters (see Notes).
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        The estimates table with a column `part`: ``difference``, ``composition`` (what is
        covered, weighed by words) and ``rate`` (how it is written of); the last two add up to
        the first. With 20 clusters or more on either side the interval is a percentile bootstrap
        over clusters, with fewer a t interval with the jackknife's error; p is always the latter's.

    Warns
    -----
    UserWarning
        Where p is NaN (one cluster on a side, a part that does not vary), or strata of one or two
        clusters cannot be the clusters, as these lie in several.
    Cautions
        Where documents are left out: how many and why, also in ``.attrs["cautions"]``.

    Notes
    -----
    How a stratum's rate varies does not show where a side has one cluster of it, and resamples of
    n show (n - 1)/n of it (Rao and Wu 1988, JASA 83). With clusters alike a stratum adds weight^2
    (1/n1 + 1/n2) to the variance of the rate part, the weight being the mean of its two shares.
    Where more than a quarter of that is of strata of which a side has one or two clusters, the
    strata are the clusters, if every cluster lies in one; where it is of those with up to four,
    the interval is the jackknife's. A stratum that a draw loses on one side keeps its rate there.
    One that a side lacks by chance puts its difference of rates into composition: with few
    documents in fine strata the rate part is too small, whatever its interval.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({
    ...     "doc_id": list("abcdefgh"), "outlet": list("XXXXYYYY"), "event": list("sstsstst"),
    ...     "n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0,
    ...     "m.outlet.count": [4, 4, 1, 4, 3, 1, 3, 1]})
    >>> found = decompose(scores, "m.outlet", by="outlet", pair=("X", "Y"))
    >>> found[["part", "estimate"]].values.tolist()
    [['difference', 12.5], ['composition', 6.25], ['rate', 6.25]]
    """
    data = two_groups(scores, measure, by=by, pair=pair, strata=strata, cluster=cluster)
    sums, unit = _Sums(data), cluster or "document"
    if sums.thin(JOINED) > LITTLE and sums.nested:
        data, unit = replace(data, clusters=data.strata), strata
        sums = _Sums(data)
    elif sums.thin(JOINED) > LITTLE:
        warnings.warn(
            f"decompose: the rate part rests on values of '{strata}' of which a side has one or "
            f"two of '{unit}'; its interval is likely too narrow, cluster by '{strata}'",
            stacklevel=2,
        )  # fmt: skip
    values = sums.parts(sums.totals)[:, 0]
    few = data.fewest_clusters()
    errors = sums.jackknife() if few > 1 else np.full(3, np.nan)
    enough = few >= FEW_CLUSTERS and sums.thin(RESAMPLED) <= LITTLE
    draws = sums.bootstrap(seed) if enough else None
    method = f"Kitagawa split over {count_of(sums.n_strata, 'value')} of {strata}"
    if sums.n_unshared:
        method += f" ({sums.n_unshared} on one side only)"
    rows = []
    for number, part in enumerate(PARTS):
        p, low, high = t_test(values[number], errors[number], few - 1, data.rates)
        how = f"{method}, jackknife t interval over {unit} clusters"
        if draws is not None:
            low, high = np.percentile(draws[number], [2.5, 97.5])
            how = f"{method}, percentile bootstrap over {unit} clusters, {RESAMPLES} resamples"
        rows.append(estimate_row(
            data, estimate=values[number], low=low, high=high, p=p, method=how, part=part,
        ))  # fmt: skip
    if unknown := [row["part"] for row in rows if np.isnan(row["p"])]:
        warn_unknown(f"decompose, {', '.join(unknown)}", few)
    return say_left_out(estimates(rows, "part"), data, strata)


class _Sums:
    """Counts and words of both groups by cluster and stratum, ready to be weighted."""

    def __init__(self, data: TwoGroups) -> None:
        from scipy.sparse import csr_matrix

        shape = (int(data.clusters.max()) + 1, len(data.stratum_names))
        self.n_clusters, self.n_strata = shape
        self.tables = []
        for side in (True, False):
            rows = data.first == side
            place = (data.clusters[rows], data.strata[rows])
            for values in (data.counts, data.words):
                self.tables.append(csr_matrix((values[rows], place), shape=shape))
        self.totals = np.array([np.asarray(table.sum(axis=0)) for table in self.tables])
        words = self.tables[1] + self.tables[3]
        self.nested = words.getnnz(axis=1).max() == 1
        self.sizes = np.array([table.getnnz(axis=0) for table in self.tables[1::2]])
        self.shared = (self.sizes > 0).all(axis=0)
        self.divided = self.shared & (words.getnnz(axis=0) > 1)
        self.n_unshared = self.n_strata - int(self.shared.sum())

    def thin(self, under: int) -> float:
        """Return the part of the rate part's variance, were clusters alike, of thin strata.

        Those are shared, not each one cluster, and have fewer clusters than `under` on a side.
        """
        words = self.totals[1::2, 0]
        weights = (words / words.sum(axis=1, keepdims=True)).mean(axis=0)
        variances = self.shared * weights**2 * (1 / np.maximum(self.sizes, 1)).sum(axis=0)
        thin = self.divided & (self.sizes.min(axis=0) < under)
        return float(variances[thin].sum() / variances.sum()) if self.shared.any() else 0.0

    def parts(self, sums: np.ndarray) -> np.ndarray:
        """Return difference, composition and rate for sums of shape (4, n_draws, n_strata).

        A rate that a draw has lost is that of the whole: no draw changes which strata are shared.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            whole = PER * self.totals[::2] / self.totals[1::2]
            rates = np.where(sums[1::2] > 0, PER * sums[::2] / sums[1::2], whole)
            shares = [words / words.sum(axis=-1, keepdims=True) for words in sums[1::2]]
        composition, rate = _split(rates[0], shares[0], rates[1], shares[1])
        return np.array([composition + rate, composition, rate])

    def bootstrap(self, seed: int) -> np.ndarray:
        rng = np.random.default_rng(seed)
        even = np.full(self.n_clusters, 1 / self.n_clusters)
        found = []
        for _ in range(RESAMPLES // CHUNK):
            weights = rng.multinomial(self.n_clusters, even, CHUNK).astype(float)
            found.append(self.parts(np.array([(t.T @ weights.T).T for t in self.tables])))
        drawn = np.concatenate(found, axis=1)
        return drawn[:, np.isfinite(drawn).all(axis=0)]

    def jackknife(self) -> np.ndarray:
        left_out = []
        for start in range(0, self.n_clusters, CHUNK):
            stop = min(start + CHUNK, self.n_clusters)
            rest = [total - t[start:stop].toarray() for total, t in zip(self.totals, self.tables,
                                                                       strict=True)]  # fmt: skip
            left_out.append(self.parts(np.array(rest)))
        values = np.concatenate(left_out, axis=1)
        squares = np.square(values - values.mean(axis=1, keepdims=True)).sum(axis=1)
        return np.sqrt((self.n_clusters - 1) / self.n_clusters * squares)


@dataclass(frozen=True)
class WithinEffect:
    """A difference inside events, with its clustered standard error.

    Attributes
    ----------
    estimate, error, low, high, p : float
    freedom : int
        Clusters less one.
    n, n_events, n_clusters : int
        Of the documents in events that both groups cover; the others say nothing.
    used : array of bool
        Which documents those are.
    """

    estimate: float
    error: float
    low: float
    high: float
    p: float
    freedom: int
    n: int
    n_events: int
    n_clusters: int
    used: np.ndarray


def within_effect(
    values: ArrayLike,
    first: ArrayLike,
    events: ArrayLike,
    *,
    clusters: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> WithinEffect:
    """Return the difference of two groups with a fixed effect for every event.

    Parameters
    ----------
    values : array of float
    first : array of bool
        Who belongs to the group of interest.
    events : array
        A document without (None, NaN) is left out.
    clusters : array, optional
        Of the standard error; the events by default. A document without is its own.
    weights : array of float, optional
        Analytic weights, as the number of words.

    Warns
    -----
    UserWarning
        Where p and interval are NaN: one cluster, too few documents, or nothing varies.

    Notes
    -----
    The coefficient of least squares of `values` on `first` and a dummy for every event, computed
    by subtracting event means. The error is Liang and Zeger's with Stata's small-sample factor
    G/(G - 1) x (N - 1)/(N - K); K counts the coefficient and the constant, and the other event
    effects unless events are nested in clusters (Cameron and Miller 2015, Journal of Human
    Resources 50, section III.B); interval and p from t with G - 1 degrees of freedom.

    Examples
    --------
    >>> found = within_effect([3, 1, 8, 5, 9, 7], [1, 0, 1, 0, 1, 0], list("aabbcc"))
    >>> round(found.estimate, 4), round(found.error, 4), found.freedom
    (2.3333, 0.3727, 2)
    """
    y, d, event = numbers(values), sides(first), group_codes(events)
    cluster = event if clusters is None else group_codes(clusters)
    w = np.ones(len(y)) if weights is None else numbers(weights)
    if not len(y) == len(d) == len(event) == len(cluster) == len(w):
        raise BadInput("values, first, events, clusters and weights must be of one length")
    weighted = np.isfinite(y) & (w > 0)
    both = np.intersect1d(event[d & weighted], event[~d & weighted])
    used = np.isin(event, both) & weighted
    if not used.any():
        raise BadInput("no event is covered by both groups; nothing can be compared within events")
    event, cluster = group_codes(event[used]), group_codes(cluster[used])
    given, x, w = y[used], d[used].astype(float), w[used]
    y, x = given - means(given, event, w)[event], x - means(x, event, w)[event]
    bread = float((w * x * x).sum())
    estimate = float((w * x * y).sum()) / bread
    scores = np.bincount(cluster, weights=w * x * (y - estimate * x))
    n, groups = len(y), len(scores)
    nested = len(np.unique(np.stack([event, cluster]), axis=1).T) == len(both)
    parameters = 2 if nested else 1 + len(both)
    error = np.nan
    if groups > 1 and n > parameters:
        factor = groups / (groups - 1) * (n - 1) / (n - parameters)
        error = float(np.sqrt(factor * np.sum(scores**2))) / bread
    p, low, high = t_test(estimate, error, groups - 1, given)
    if np.isnan(p):
        warn_unknown("difference within events", groups)
    return WithinEffect(estimate, error, low, high, p, groups - 1, n, len(both), groups, used)


def event_effects(
    scores: pd.DataFrame,
    measure: str,
    *,
    by: str,
    pair: tuple[str, str | None],
    event: str = "event",
    cluster: str | None = None,
) -> pd.DataFrame:
    """Return the difference of two groups' rates with event fixed effects, weighed by words.

    Parameters
    ----------
    scores, measure, by, pair
        As for `decompose`.
    event : str
        Column of the events; those that one side lacks are left out.
    cluster : str, optional
        Column of the clusters of the standard error; the events by default.

    Returns
    -------
    pandas.DataFrame
        One row of the estimates table; see `within_effect`. How many documents are left out and
        why is warned of, and in ``.attrs["cautions"]``.
    """
    data = two_groups(scores, measure, by=by, pair=pair, strata=event, cluster=cluster or event)
    found = within_effect(
        data.rates, data.first, data.strata, clusters=data.clusters, weights=data.words
    )
    method = (
        f"{event} fixed effects over {count_of(found.n_events, 'value')} that both cover, weighed "
        f"by words; errors clustered by {cluster or event} (G={found.n_clusters}), t interval"
    )
    table = estimates([estimate_row(
        data, estimate=found.estimate, low=found.low, high=found.high, p=found.p,
        n_documents=found.n, n_words=int(data.words[found.used].sum()),
        n_clusters=found.n_clusters, method=method,
    )])  # fmt: skip
    return say_left_out(table, data, event, found.used)
