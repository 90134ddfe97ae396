"""Pooled rates of groups of documents, with bootstrap intervals over documents or clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from framing.figures.wording import VOICES, name_of, need
from framing.tables import SAME, BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

FEW = 5
FEW_CLUSTERS = 20
_NO_COUNT_LIMIT = 3.689  # exact Poisson upper limit (97.5 %) of a count of 0
_BLOCK = 2_000_000


def measures_of(scores: pd.DataFrame, voice: str = "outlet") -> list[str]:
    """Return the measures that a scores table counts in one voice, without those of labels.

    Examples
    --------
    >>> import pandas as pd
    >>> measures_of(pd.DataFrame(columns=["hedging.outlet.count", "hedging.all.count"]))
    ['hedging.outlet']
    """
    need(scores, (), "this figure")
    ending = f".{voice}.count"
    names = [str(name) for name in scores.columns if str(name).endswith(ending)]
    return [name.removesuffix(".count") for name in names if name.count(".") == 2]


def columns_of(scores: pd.DataFrame, measure: str) -> tuple[str, str, str]:
    """Return the full name of a measure and its columns of counts and words.

    Parameters
    ----------
    scores : pandas.DataFrame
    measure : str
        ``hedging`` (the outlet's own voice), ``hedging.attributed`` or the name of a column.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(columns=["hedging.outlet.count", "n_words_outlet"])
    >>> columns_of(table, "hedging")
    ('hedging.outlet.per_1k', 'hedging.outlet.count', 'n_words_outlet')
    """
    need(scores, (), "this figure")
    stem = measure.removesuffix(".per_1k").removesuffix(".count")
    if stem.rsplit(".", 1)[-1] not in VOICES:
        stem += ".outlet"
    voice = stem.rsplit(".", 1)[-1]
    words = "n_words" if voice == "all" else f"n_words_{voice}"
    counts = f"{stem}.count"
    if counts not in scores.columns:
        known = measures_of(scores) + measures_of(scores, "attributed")
        hint = nearest(stem, known) or f"; it has {', '.join(known[:6]) or 'no counts'}"
        raise BadInput(f"this scores table has no column '{counts}'{hint}")
    need(scores, [words], f"the rate of '{stem}'")
    return f"{stem}.per_1k", counts, words


def pooled(
    scores: pd.DataFrame, by: Sequence[str], measure: str, cluster: str | None = None,
    repeats: int = 1000, seed: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Return one row a group: occurrences per 1,000 words over all its documents together.

    Parameters
    ----------
    scores : pandas.DataFrame
    by : sequence of str
        Columns that form the groups.
    measure : str
        See `columns_of`.
    cluster : str, optional
        Column whose values are drawn together, such as ``event``; documents by default.
    repeats, seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        `by`, then measure, estimate, low, high, count, n_documents, n_words, n_clusters.

    Notes
    -----
    The 95 % interval is a percentile bootstrap with 20 clusters or more and a t interval of the
    linearised ratio with fewer, as in `framing.compare`. Without a single occurrence it reaches
    up to the exact Poisson limit, and where all clusters have the same rate, so that they do not
    show how much they vary, it is the exact Poisson one; of a single cluster there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["Argus", "Argus"], "hedging.outlet.count": [1, 3],
    ...                       "n_words_outlet": [400, 600]})
    >>> pooled(table, ["outlet"], "hedging")["estimate"].tolist()
    [4.0]
    """
    import pandas as pd

    name, counts, words = columns_of(scores, measure)
    need(scores, [*by, *([cluster] if cluster else [])], "this figure")
    wrong = scores[counts].lt(0) | scores[counts].eq(np.inf) | scores[words].eq(np.inf)
    if wrong.any():
        raise BadInput(f"'{counts}' or '{words}' is below 0 or infinite in row "
                       f"{scores.index[wrong][0]}; a count is 0 or more, or missing")  # fmt: skip
    used = scores[scores[counts].notna() & (scores[words] > 0)]
    rows = []
    for key, mine in used.groupby(list(by), sort=True, dropna=False, observed=True):
        numbers = mine[[counts, words]].astype(float)
        if cluster:
            # a document without a cluster is one of its own
            own = [f"\0{place}" for place in range(len(mine))]
            labels = mine[cluster].astype(str).where(mine[cluster].notna(), own)
            numbers = numbers.groupby(labels.to_numpy(), sort=False).sum()
        drawn = numbers.to_numpy()
        low, high = _interval(drawn, repeats, seed)
        count, total = drawn.sum(axis=0)
        rows.append(
            [*key, name, 1000 * count / total, low, high, int(count), len(mine), int(total),
             len(drawn)]
        )  # fmt: skip
    columns = [
        *by, "measure", "estimate", "low", "high", "count", "n_documents", "n_words", "n_clusters",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _interval(drawn: np.ndarray, repeats: int, seed: int) -> tuple[float, float]:
    """Return the interval of the pooled rate of clusters given as rows (count, words)."""
    if len(drawn) < 2:
        return np.nan, np.nan
    if not drawn[:, 0].any():
        return 0.0, 1000 * _NO_COUNT_LIMIT / float(drawn[:, 1].sum())
    if np.ptp(drawn[:, 0] / drawn[:, 1]) <= SAME * (drawn[:, 0] / drawn[:, 1]).max():
        return _poisson(*drawn.sum(axis=0))
    return _t_interval(drawn) if len(drawn) < FEW_CLUSTERS else _bootstrap(drawn, repeats, seed)


def _poisson(count: float, words: float) -> tuple[float, float]:
    """Return the exact interval of a rate by its count alone (Garwood 1936)."""
    from scipy import stats

    low, high = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.isf(0.025, 2 * count + 2) / 2
    return 1000 * float(low) / float(words), 1000 * float(high) / float(words)


def _t_interval(drawn: np.ndarray) -> tuple[float, float]:
    from scipy import stats

    count, words = drawn.sum(axis=0)
    size, estimate = len(drawn), count / words
    influence = (drawn[:, 0] - estimate * drawn[:, 1]) / words
    error = np.sqrt(size / (size - 1) * np.sum(influence**2))
    reach = float(stats.t.ppf(0.975, size - 1) * error)
    return 1000 * max(float(estimate) - reach, 0.0), 1000 * (float(estimate) + reach)


def _bootstrap(drawn: np.ndarray, repeats: int, seed: int) -> tuple[float, float]:
    size, random = len(drawn), np.random.default_rng(seed)
    block = max(1, _BLOCK // size)
    rates = []
    for done in range(0, repeats, block):
        draws = min(block, repeats - done)
        sums = random.multinomial(size, np.full(size, 1 / size), size=draws) @ drawn
        rates.append(1000 * sums[:, 0] / sums[:, 1])
    low, high = np.percentile(np.concatenate(rates), [2.5, 97.5])
    return float(low), float(high)


def groups_of(scores: pd.DataFrame, by: str | None) -> dict[str, pd.DataFrame]:
    """Return the documents of each group, in the order of the names; without `by` all together.

    Examples
    --------
    >>> import pandas as pd
    >>> list(groups_of(pd.DataFrame({"outlet": ["b", None, "a"]}), "outlet"))
    ['a', 'b', 'not given']
    """
    if by is None:
        return {"all documents": scores} if len(scores) else {}
    need(scores, [by], "this figure")
    names = scores[by].map(name_of)
    return {name: scores[names == name] for name in sorted(set(names))}
