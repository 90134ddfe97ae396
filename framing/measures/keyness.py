"""Distinctive terms of two groups: log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.measures.association import cells, g2, log_ratio
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

PRIORS = ("informative", "uniform")
SCALE = 500.0
FEW_SOURCES = 3
CHUNK = 1 << 12  # terms whose intervals are found at once


def log_odds(
    count_1: ArrayLike, count_2: ArrayLike, *, prior: str | float | ArrayLike = "informative",
    terms: int = 2,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return the log-odds ratio of each term and its variance; positive marks group 1.

    With y the count of a term in a group of n words and a its prior, a0 their sum:
    ``delta = ln((y1 + a) / (n1 + a0 - y1 - a)) - ln((y2 + a) / (n2 + a0 - y2 - a))``.

    Parameters
    ----------
    count_1, count_2 : array, shape (n_terms,)
        Uses of each term, all terms of the groups together.
    prior : {"informative", "uniform"} or float or array, shape (n_terms,)
        "informative": proportional to the uses in both groups, with the weight of 500 words (a
        term in both alike is pulled to 0); a number: the same for each term, as .01; "uniform" is
        .01; an array: the pseudo-counts themselves.
    terms : {2, 4}
        Of the variance: ``1/(y1 + a) + 1/(y2 + a)``, with 4 also the two of all other words.

    Returns
    -------
    delta, variance : numpy.ndarray
        z is ``delta / sqrt(variance)``. It takes every use for independent, which the uses of one
        article are not: read it beside a resampled interval (`keyness`).

    Notes
    -----
    Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), equations 15, 16, 20 and 22.

    Examples
    --------
    >>> delta, variance = log_odds([30, 5, 65], [10, 5, 85], prior=0.01)
    >>> (delta / variance**0.5).round(2).tolist()
    [3.7, 0.0, -6.77]
    """
    one, two = np.asarray(count_1, float), np.asarray(count_2, float)
    if one.shape != two.shape or one.ndim != 1:
        raise BadInput(f"counts have the shapes {one.shape} and {two.shape}; one list a group")
    if (one < 0).any() or (two < 0).any():
        raise BadInput("a count is below 0; counts of both groups are wanted")
    if terms not in (2, 4):
        raise BadInput(f"terms={terms}: the variance has 2 or 4 terms")
    a = _prior(one, two, prior)
    with np.errstate(divide="ignore", invalid="ignore"):
        n_1, n_2 = one.sum() + a.sum(), two.sum() + a.sum()
        first, second = one + a, two + a
        delta = np.log(first / (n_1 - first)) - np.log(second / (n_2 - second))
        variance = 1 / first + 1 / second
        if terms == 4:
            variance = variance + 1 / (n_1 - first) + 1 / (n_2 - second)
    return delta, variance


def _prior(one: np.ndarray, two: np.ndarray, prior: Any) -> np.ndarray:
    if isinstance(prior, str):
        if prior not in PRIORS:
            raise BadInput(f"prior={prior!r} is not one of {', '.join(PRIORS)}"
                           f"{nearest(prior, PRIORS)}, a number or an array")  # fmt: skip
        if prior == "uniform":
            return np.full(one.shape, 0.01)
        both = one + two
        return both / max(both.sum(), 1.0) * SCALE
    found = np.broadcast_to(np.asarray(prior, float), one.shape)
    if (found <= 0).any():
        raise BadInput("a prior is 0 or below; pseudo-counts are positive")
    return found


def keyness(
    counts: Any, groups: ArrayLike, terms: ArrayLike, *, clusters: ArrayLike | None = None,
    prior: str | float = "informative", repetitions: int = 200, seed: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Return the distinctive terms of two groups of documents.

    Parameters
    ----------
    counts : sparse or dense array, shape (n_documents, n_terms)
        Uses of each term in each document (see `framing.keyterms.count_terms`).
    groups : array of bool, shape (n_documents,)
        True for group 1.
    terms : array of str, shape (n_terms,)
    clusters : array, shape (n_documents,), optional
        Documents of one cluster (outlet, article, event) are resampled together; each document is
        a cluster of its own by default.
    prior : {"informative", "uniform"} or float
        See `log_odds`.
    repetitions : int
        Of the bootstrap; 0 gives no interval.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a term, sorted by z: `term, count_1, count_2, per_1k_1, per_1k_2, documents_1,
        documents_2, clusters, delta, z, low, high` (interval of delta over clusters), `log_ratio,
        g2, dp` (Gries' dispersion over clusters), `flag`: "one article" or "few sources" (fewer
        than 3 clusters) where a difference may be an accident.

    Notes
    -----
    The bootstrap draws clusters of each group with replacement (Efron and Tibshirani 1993).

    Examples
    --------
    >>> import numpy as np
    >>> counts = np.array([[3, 0], [2, 1], [0, 3], [1, 4]])
    >>> table = keyness(counts, [True, True, False, False], ["tax", "park"], repetitions=50)
    >>> table[["term", "count_1", "count_2"]].values.tolist()
    [['tax', 5, 1], ['park', 1, 7]]
    """
    import pandas as pd
    from scipy import sparse

    from framing.measures.dispersion import sparse_dp

    table = sparse.csr_array(counts).astype(float)
    first = np.asarray(groups, bool)
    names = np.asarray(clusters, object) if clusters is not None else np.arange(len(first))
    _check_shapes(table.shape, first, names, np.asarray(terms, object))
    one, two = (np.asarray(table[mask].sum(axis=0)).ravel() for mask in (first, ~first))
    delta, variance = log_odds(one, two, prior=prior)
    where, places = _by_cluster(table, first, names)
    low, high = _interval(where, places, (one, two), prior, repetitions, seed)
    used = sparse.csc_array(where)
    sizes = np.maximum(np.asarray(where.sum(axis=1)).ravel(), 1)
    spread = np.diff(used.indptr)
    n_1, n_2 = max(one.sum(), 1.0), max(two.sum(), 1.0)
    articles = [np.diff(sparse.csc_array(table[mask]).indptr) for mask in (first, ~first)]
    flag = np.where(articles[0] + articles[1] <= 1, "one article",
                    np.where(spread < FEW_SOURCES, "few sources", ""))  # fmt: skip
    found = pd.DataFrame({
        "term": np.asarray(terms, object), "count_1": one.astype(int), "count_2": two.astype(int),
        "per_1k_1": 1000 * one / n_1, "per_1k_2": 1000 * two / n_2,
        "documents_1": articles[0], "documents_2": articles[1], "clusters": spread,
        "delta": delta, "z": delta / np.sqrt(variance), "low": low, "high": high,
        "log_ratio": log_ratio(one, n_1, two, n_2),
        "g2": g2(*cells(one, n_1, two, n_2), signed=True), "dp": sparse_dp(used, sizes),
        "flag": flag,
    })  # fmt: skip
    return found.sort_values("z", ascending=False, kind="stable", ignore_index=True)


def _check_shapes(
    shape: tuple[int, ...], first: np.ndarray, clusters: np.ndarray, terms: np.ndarray
) -> None:
    for name, size, wanted in (("groups", len(first), shape[0]), ("terms", len(terms), shape[1]),
                               ("clusters", len(clusters), shape[0])):  # fmt: skip
        if size != wanted:
            raise BadInput(f"{name} has {size} values, the counts have the shape {shape}")
    if first.all() or not first.any():
        raise BadInput("all documents are in one group; keyness compares two")


def _by_cluster(table: Any, first: np.ndarray, names: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return counts summed over each cluster of each group, and which are of group 1."""
    from scipy import sparse

    keys: dict[tuple[object, bool], int] = {}
    place = np.array([
        keys.setdefault((name, bool(mine)), len(keys))
        for name, mine in zip(names.tolist(), first.tolist(), strict=True)
    ])  # fmt: skip
    ones = np.ones(len(place))
    summing = sparse.csr_array((ones, (place, np.arange(len(place)))), (len(keys), len(place)))
    return sparse.csr_array(summing @ table), np.array([mine for _, mine in keys])


def _interval(
    table: Any, first: np.ndarray, counts: tuple[np.ndarray, np.ndarray], prior: str | float,
    repetitions: int, seed: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return the 95 % interval of delta over clusters drawn with replacement inside each group."""
    empty = np.full(table.shape[1], np.nan)
    if repetitions < 1 or min(first.sum(), (~first).sum()) < 2:
        return empty, empty
    from scipy import sparse

    random = np.random.default_rng(seed)
    sides = [np.flatnonzero(mask) for mask in (first, ~first)]
    times = np.zeros((2, table.shape[0], repetitions))  # how often each cluster is drawn
    for number in range(repetitions):
        for side, rows in enumerate(sides):
            share = np.full(len(rows), 1 / len(rows))
            times[side, rows, number] = random.multinomial(len(rows), share)
    a = _prior(*counts, prior)
    columns = sparse.csr_array(table.T)
    words = table.sum(axis=1)
    n_1, n_2 = (words @ drawn + a.sum() for drawn in times)
    low, high = empty.copy(), empty.copy()
    for start in range(0, len(empty), CHUNK):
        part = slice(start, start + CHUNK)
        one, two = (columns[part] @ drawn + a[part, np.newaxis] for drawn in times)
        with np.errstate(divide="ignore", invalid="ignore"):
            delta = np.log(one * (n_2 - two) / (two * (n_1 - one)))
        low[part], high[part] = np.percentile(delta, [2.5, 97.5], axis=1)
    return low, high
