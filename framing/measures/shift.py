"""Word shift: which terms make the difference of two rates, each with its part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.measures.grouped import PER, TwoGroups, two_groups
from framing.measures.keyness import cluster_codes, counts_table
from framing.measures.samples import sides
from framing.tables import VOICE_GROUPS, BadInput, check, nearest

if TYPE_CHECKING:
    import pandas as pd

EXTENDED = "_extended"
COLUMNS = (
    "term", "contribution", "low", "high", "count_1", "count_2", "per_1k_1", "per_1k_2",
    "documents_1", "documents_2",
)  # fmt: skip
SAME = 1e-12  # of the squares that it is the difference of: a variance of less is rounding
TOTAL = ("difference", "difference_low", "difference_high")


def shift(
    counts: Any, groups: ArrayLike, terms: ArrayLike, *, words: ArrayLike | None = None,
    clusters: ArrayLike | None = None, weights: Mapping[str, float] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Split the difference of two groups' rates into the contributions of terms.

    The contribution of a term is ``(p1 - p2) x weight``, with p its uses per 1,000 words of a
    group; the contributions add up to the difference of the (weighted) rates exactly.

    Parameters
    ----------
    counts : sparse or dense array, shape (n_documents, n_terms)
    groups : array of bool, shape (n_documents,)
        True for group 1, which stands first in the difference.
    terms : array of str, shape (n_terms,)
    words : array, shape (n_documents,), optional
        Words of each document; by default the uses of all terms together.
    clusters : array, shape (n_documents,), optional
        Documents of one cluster vary together, on whichever side they are; each document is its own
        by default, or where this is None or NaN.
    weights : mapping of str to float, optional
        Weight of each term, as its strength; 1 by default, and for terms that are not in it.

    Returns
    -------
    pandas.DataFrame
        One row a term, the largest contribution of either sign first: `term, contribution, low,
        high, count_1, count_2, per_1k_1, per_1k_2, documents_1, documents_2`, and the same in every
        row `difference, difference_low, difference_high`: the sum of all contributions.

    Notes
    -----
    After the word shifts of Dodds and Danforth (2010), Journal of Happiness Studies 11, and
    Gallagher and others (2021), EPJ Data Science 10:4 (proportion shift). The 95 % interval is a
    t interval of the linearised difference of two ratios over clusters, with one degree of freedom
    less than the group with fewer clusters has; without a second cluster there is none, and neither
    where nothing varies but for rounding, as for a term that all clusters use alike. A cluster
    has one linearised value, of both sides together, so what its documents on both sides share
    cancels (Cochran 1977, Sampling Techniques, ch. 6; as in `compare`).

    Examples
    --------
    >>> counts = [[3, 0], [2, 1], [0, 3], [1, 4]]
    >>> table = shift(counts, [True, True, False, False], ["tax", "park"], words=[500] * 4)
    >>> table[["term", "contribution"]].values.tolist()
    [['park', -6.0], ['tax', 4.0]]
    """
    from scipy import sparse

    table = counts_table(counts)
    first, names = sides(groups), np.asarray(terms, object)
    total = np.asarray(table.sum(axis=1)).ravel() if words is None else np.asarray(words, float)
    cluster = np.arange(len(first)) if clusters is None else np.asarray(clusters, object)
    _check_shapes(table.shape, first, names, total, cluster)
    weight = np.array([1.0 if weights is None else weights.get(str(n), 1.0) for n in names])
    both = sparse.hstack([table, sparse.csr_array((table @ weight)[:, None])], format="csr")
    rates = np.array([both.T @ side / (total @ side) for side in (first, ~first)])
    factor = np.append(weight, 1.0)
    value = PER * (rates[0] - rates[1]) * factor
    reach = PER * _reach(both, total, first, cluster_codes(cluster), rates) * np.abs(factor)
    found = _table(table, first, names, PER * rates[:, :-1])
    for name, column in zip(("contribution", "low", "high"), (value, value - reach, value + reach),
                            strict=True):  # fmt: skip
        found[name] = column[:-1]
        found["difference" + (f"_{name}" if name in ("low", "high") else "")] = column[-1]
    return _sorted(found)


def _check_shapes(
    shape: tuple[int, ...], first: np.ndarray, terms: np.ndarray, words: np.ndarray,
    clusters: np.ndarray,
) -> None:  # fmt: skip
    for name, size, wanted in (
        ("groups", len(first), shape[0]), ("terms", len(terms), shape[1]),
        ("words", len(words), shape[0]), ("clusters", len(clusters), shape[0]),
    ):  # fmt: skip
        if size != wanted:
            raise BadInput(f"{name} has {size} values, the counts have the shape {shape}")
    for side, name in ((first, "1"), (~first, "2")):
        if not words[side].sum() > 0:
            raise BadInput(f"group {name} has no words; a shift compares two groups")


def _reach(
    table: Any, words: np.ndarray, first: np.ndarray, clusters: np.ndarray, rates: np.ndarray
) -> np.ndarray:
    """Return the half width of the interval of the difference of every term's two rates.

    The value of a cluster is the sum over its documents of ±(uses - rate x words) / all words of
    the side, times the root of G / (G - 1) of the side; the variance is the sum of their squares.
    """
    from scipy import sparse, stats

    sides = np.array([first, ~first])
    sizes = np.array([len(np.unique(clusters[side])) for side in sides])
    if sizes.min() < 2:
        return np.full(table.shape[1], np.nan)
    scale = np.sqrt(sizes / (sizes - 1)) / (sides @ words)
    weight = np.where(first, scale[0], -scale[1])
    summing = sparse.csr_array((weight, (clusters, np.arange(len(clusters)))))
    uses, lengths = summing @ table, summing @ (sides * words).T
    squares = np.asarray(uses.power(2).sum(axis=0)).ravel()
    crossed = lengths.T @ lengths @ rates - 2 * (uses.T @ lengths).T
    variance = squares + (rates * crossed).sum(axis=0)
    size = squares + (lengths**2).sum(axis=0) @ rates**2
    variance = np.where(variance > SAME * size, variance, np.nan)
    reach: np.ndarray = float(stats.t.ppf(0.975, sizes.min() - 1)) * np.sqrt(variance)
    return reach


def _table(table: Any, first: np.ndarray, terms: np.ndarray, rates: np.ndarray) -> pd.DataFrame:
    import pandas as pd

    found: dict[str, Any] = {"term": terms}
    for number, side in ((1, first), (2, ~first)):
        found[f"count_{number}"] = (table.T @ side).astype(int)
        found[f"per_1k_{number}"] = rates[number - 1]
        found[f"documents_{number}"] = np.bincount(table[side].indices, minlength=len(terms))
    return pd.DataFrame(found)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    size = table["contribution"].abs().round(12)
    order = table.assign(size=size).sort_values(["size", "term"], ascending=[False, True])
    return order[[*COLUMNS, *TOTAL]].reset_index(drop=True)


def keyness_shift(table: pd.DataFrame, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return the contributions of the terms of a keyness table; without intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.measures.keyness.keyness`: phrases of several lengths overlap, so let it count
        single words (``ngrams=(1, 1)``) if the contributions are to be added up.
    weights : mapping of str to float, optional
        As for `shift`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "term": ["tax", "park"], "count_1": [5, 1], "count_2": [1, 7], "per_1k_1": [5.0, 1.0],
    ...     "per_1k_2": [1.0, 7.0], "documents_1": 2, "documents_2": [1, 2]})
    >>> keyness_shift(table, {"tax": 2.0})[["term", "contribution"]].values.tolist()
    [['tax', 8.0], ['park', -6.0]]
    """
    wanted = [name for name in COLUMNS if name not in ("contribution", "low", "high")]
    known = list(map(str, table.columns))
    for name in wanted:
        if name not in known:
            raise BadInput(f"keyness_shift needs the column '{name}'{nearest(name, known)}")
    weight = [1.0 if weights is None else weights.get(str(term), 1.0) for term in table["term"]]
    value = (table["per_1k_1"] - table["per_1k_2"]) * np.array(weight)
    empty = dict.fromkeys(("low", "high", *TOTAL[1:]), np.nan)
    found = _sorted(table[wanted].assign(contribution=value, difference=value.sum(), **empty))
    named = [name for name in ("target", "reference") if name in known]
    return found.assign(**{name: table[name].iloc[0] for name in named if len(table)})


def measure_shift(
    hits: pd.DataFrame, scores: pd.DataFrame, measure: str, *, by: str,
    pair: tuple[str, str | None], column: str = "text", cluster: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Split the difference of two groups in a measure into the contributions of its terms.

    Parameters
    ----------
    hits, scores : pandas.DataFrame
        Of one run over one corpus.
    measure : str
        A stem such as ``loaded_language.outlet``, or of one label ``loaded_language.insult.all``.
    by : str
        Column of the scores that names the groups.
    pair : (str, str or None)
        Group and reference; None stands for all others together.
    column : str
        What counts as one term: ``text`` (without case), ``rule`` or ``label``.
    cluster : str, optional
        As for `shift`.

    Returns
    -------
    pandas.DataFrame
        As `shift`, with the columns `measure, group, reference`; the contributions add up to the
        difference of the two pooled rates per 1,000 words.

    Examples
    --------
    >>> import pandas as pd
    >>> from framing.tables import HITS
    >>> hits = pd.DataFrame([{"doc_id": name, "text": text, "extractor": "m", "voice": "outlet"}
    ...     for name, text in (("a", "Vile"), ("a", "vile"), ("b", "grim"))], columns=list(HITS))
    >>> scores = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "outlet": ["X", "Y"], "n_words": 100, "n_words_outlet": 100,
    ...     "n_words_attributed": 0, "m.outlet.count": [2, 1]})
    >>> table = measure_shift(hits, scores, "m.outlet", by="outlet", pair=("X", "Y"))
    >>> table[["term", "contribution"]].values.tolist(), float(table["contribution"].sum())
    ([['vile', 20.0], ['grim', -10.0]], 10.0)
    """
    check(hits, "hits")
    data = two_groups(scores, measure, by=by, pair=pair, cluster=cluster)
    if column not in hits:
        known = list(map(str, hits.columns))
        raise BadInput(f"the hits have no column '{column}'{nearest(column, known)}")
    mine = _hits_of(hits, data.measure, data)
    terms = mine[column].astype(str).map(lambda term: " ".join(term.split()))
    terms = terms.str.casefold() if column == "text" else terms
    names, code = np.unique(terms.to_numpy(object), return_inverse=True)
    counts = _counted(mine, data, code, len(names))
    found = shift(counts, data.first, names, words=data.words, clusters=data.clusters)
    return found.assign(measure=data.measure, group=data.group, reference=data.reference)


def _hits_of(hits: pd.DataFrame, measure: str, data: TwoGroups) -> pd.DataFrame:
    """Return the hits that the measure counts in the documents of the two groups."""
    stem, _, voice = measure.rpartition(".")
    name, _, label = stem.partition(".")
    if voice not in VOICE_GROUPS:
        raise BadInput(f"measure='{measure}' has no voice; say '{measure}.outlet'")
    apart = hits["attributes"].astype(str).str.contains('"core": false', regex=False)
    extended = name.endswith(EXTENDED) and name not in set(hits["extractor"])
    mine = hits["extractor"] == (name.removesuffix(EXTENDED) if extended else name)
    mine &= hits["voice"].isin(VOICE_GROUPS[voice]) & hits["doc_id"].isin(data.doc_ids)
    mine &= (hits["label"] == label) if label else (apart == extended)
    return hits[mine]


def _counted(hits: pd.DataFrame, data: TwoGroups, code: np.ndarray, size: int) -> Any:
    import pandas as pd
    from scipy import sparse

    place = pd.Index(data.doc_ids).get_indexer(pd.Index(hits["doc_id"]))
    counts = sparse.coo_array((np.ones(len(place)), (place, code)), (len(data.doc_ids), size))
    table = sparse.csr_array(counts)
    wrong = np.flatnonzero(np.asarray(table.sum(axis=1)).ravel() != data.counts)
    if len(wrong):
        at = wrong[0]
        raise BadInput(
            f"document '{data.doc_ids[at]}' has {int(table[[at]].sum())} hits of this measure, "
            f"its scores count {int(data.counts[at])}; hits and scores of one run are wanted"
        )
    return table
