"""Distinctive terms of two groups: log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.measures.association import cells, g2, log_ratio
from framing.measures.samples import sides
from framing.tables import SAME, BadInput, nearest

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
        article are not: read it beside a resampled interval (`keyness`). Delta is NaN for a term
        that neither group uses (with the informative prior), or that is all words of a group.

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
    if not (one >= 0).all() or not (two >= 0).all():
        raise BadInput("a count is below 0 or NaN; counts of both groups are wanted")
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
    found = np.asarray(prior, float)
    if found.shape not in ((), one.shape):
        raise BadInput(f"the prior has the shape {found.shape}, the counts {one.shape}; give a "
                       "number, or one for each term")  # fmt: skip
    if not (found > 0).all():
        raise BadInput("a prior is 0 or below, or NaN; pseudo-counts are positive")
    return np.broadcast_to(found, one.shape)


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
        Documents of one cluster (outlet, article, event) are resampled together, on whichever side
        they are; each document is a cluster of its own by default, or where this is None or NaN.
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
        than 3 clusters) where a difference may be an accident. As in `log_odds`, delta is NaN for
        a term without uses; low and high are NaN where a group has a single cluster, and for a
        term that all draws give one delta, as where all clusters are alike.

    Notes
    -----
    The interval is a percentile bootstrap that draws clusters with replacement: those of each group
    by themselves where no cluster is on both sides (Efron and Tibshirani 1993, ch. 8), else all
    together, so that what both sides of a cluster share is not taken for noise (Cameron, Gelbach
    and Miller 2008, Review of Economics and Statistics 90). It does not depend on the order of
    documents. With few clusters on a side it is too narrow: two can be drawn in three ways only.

    Examples
    --------
    >>> import numpy as np
    >>> counts = np.array([[3, 0], [2, 1], [0, 3], [1, 4]])
    >>> table = keyness(counts, [True, True, False, False], ["tax", "park"], repetitions=50)
    >>> table[["term", "count_1", "count_2"]].values.tolist()
    [['tax', 5, 1], ['park', 1, 7]]
    """
    import pandas as pd

    table, first = counts_table(counts), sides(groups)
    names = np.asarray(clusters, object) if clusters is not None else np.arange(len(first))
    _check_shapes(table.shape, first, names, np.asarray(terms, object))
    code = _numbered(table, first, names)
    one, two = (table.T @ side.astype(float) for side in (first, ~first))
    for name, mine in ((1, one), (2, two)):
        if len(mine) and not mine.any():
            raise BadInput(f"group {name} has no uses of any term; keyness compares two groups")
    delta, variance = log_odds(one, two, prior=prior)
    low, high = _interval(table, code, first, (one, two), (prior, repetitions, seed))
    spread, dp = _spread(table, code)
    articles = [np.bincount(table[side].indices, minlength=len(one)) for side in (first, ~first)]
    n_1, n_2 = one.sum(), two.sum()
    flag = np.where(articles[0] + articles[1] <= 1, "one article",
                    np.where(spread < FEW_SOURCES, "few sources", ""))  # fmt: skip
    found = pd.DataFrame({
        "term": np.asarray(terms, object), "count_1": one.astype(int), "count_2": two.astype(int),
        "per_1k_1": 1000 * one / n_1, "per_1k_2": 1000 * two / n_2,
        "documents_1": articles[0], "documents_2": articles[1], "clusters": spread,
        "delta": delta, "z": delta / np.sqrt(variance), "low": low, "high": high,
        "log_ratio": log_ratio(one, n_1, two, n_2),
        "g2": g2(*cells(one, n_1, two, n_2), signed=True), "dp": dp,
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


def counts_table(counts: Any) -> Any:
    """Return counts as a sparse table of numbers, in which a 0 that is written out is no use.

    Examples
    --------
    >>> counts_table([[3, 0], [1, 2]]).nnz
    3
    """
    from scipy import sparse

    shape = np.shape(counts)
    if len(shape) != 2:
        raise BadInput(f"counts have the shape {shape}; a row a document, a column a term")
    table = sparse.csr_array(counts).astype(float)
    table.sum_duplicates()
    table.eliminate_zeros()
    if not (np.isfinite(table.data) & (table.data > 0)).all():
        raise BadInput("a count is below 0 or no number; counts are numbers of 0 or more")
    return table


def cluster_codes(clusters: ArrayLike) -> np.ndarray:
    """Number the clusters of documents; a document without one (None, NaN) is its own.

    Values are told apart as Python does it: 1 and "1" are two clusters.

    Examples
    --------
    >>> cluster_codes(["a", None, "a", None]).tolist()
    [0, 1, 0, 2]
    """
    import pandas as pd

    code, names = pd.factorize(np.asarray(clusters, object))
    code[code < 0] = len(names) + np.arange(np.count_nonzero(code < 0))
    return code


def row_keys(table: Any, seed: int = 0) -> np.ndarray:
    """Return a number for every row by what is in it, to draw rows in an order of their own.

    Examples
    --------
    >>> keys = row_keys(np.array([[3, 0], [1, 2], [3, 0]]))
    >>> bool(keys[0] == keys[2] != keys[1])
    True
    """
    factors = np.random.default_rng(seed).integers(1, 1 << 31, table.shape[1])
    return np.asarray(table @ factors.astype(float))  # whole numbers: exact in any order


def _numbered(table: Any, first: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Return the number of each document's cluster, given by what is in the clusters."""
    code = cluster_codes(clusters)
    keys = np.where(first, row_keys(table), row_keys(table, 1))
    return np.argsort(np.argsort(np.bincount(code, weights=keys)))[code]


def _summed(table: Any, code: np.ndarray, rows: np.ndarray) -> Any:
    """Return the counts of the rows, summed over each cluster."""
    from scipy import sparse

    shape = (int(code.max()) + 1, len(code))
    return sparse.csr_array((np.ones(len(rows)), (code[rows], rows)), shape) @ table


def _spread(table: Any, code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return in how many clusters each term is used, and its dispersion over them."""
    from scipy import sparse

    from framing.measures.dispersion import sparse_dp

    used = sparse.csc_array(_summed(table, code, np.arange(len(code))))
    return np.diff(used.indptr), sparse_dp(used, np.asarray(used.sum(axis=1)).ravel())


def _interval(
    table: Any, code: np.ndarray, first: np.ndarray, counts: tuple[np.ndarray, np.ndarray],
    how: tuple[str | float, int, int],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return the 95 % interval of delta over clusters drawn with replacement."""
    from scipy import sparse

    prior, repetitions, seed = how
    empty = np.full(table.shape[1], np.nan)
    sides = [np.flatnonzero(side) for side in (first, ~first)]
    members = [np.unique(code[rows]) for rows in sides]
    if repetitions < 1 or min(map(len, members)) < 2:
        return empty, empty
    times = _drawn(members, repetitions, np.random.default_rng(seed))
    a = _prior(*counts, prior)
    columns = [sparse.csr_array(_summed(table, code, rows).T) for rows in sides]
    n_1, n_2 = (mine.sum(axis=0) @ times + a.sum() for mine in columns)
    low, high = empty.copy(), empty.copy()
    for start in range(0, len(empty), CHUNK):
        part = slice(start, start + CHUNK)
        one, two = (mine[part] @ times + a[part, np.newaxis] for mine in columns)
        with np.errstate(divide="ignore", invalid="ignore"):
            delta = np.log(one * (n_2 - two) / (two * (n_1 - one)))
        low[part], high[part] = np.percentile(delta, [2.5, 97.5], axis=1)
    alike = high - low <= SAME * np.abs(low)
    low[alike] = high[alike] = np.nan
    return low, high


def _drawn(members: list[np.ndarray], repetitions: int, random: Any) -> np.ndarray:
    """Return how often each cluster is drawn, so that each side has one or more of its own."""
    one, two = members
    together = np.union1d(one, two)
    strata = members if len(together) == len(one) + len(two) else [together]
    times = np.zeros((len(together), repetitions))
    for drawn in times.T:
        while not all(drawn[rows].any() for rows in members):
            for rows in strata:
                drawn[rows] = random.multinomial(len(rows), np.full(len(rows), 1 / len(rows)))
    return times
