"""Rates of groups and their differences, with intervals that respect clusters."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from framing.measures.cautions import FEW_CLUSTERS, Cautions, table_cautions
from framing.measures.grouped import WORDS, estimates, measure_of, need_columns, need_groups
from framing.tables import BadInput, check

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 2000
LEVEL = 0.95
ZERO_COUNT_BOUND = 3.688879  # -log(0.025): the largest Poisson mean that 0 does not reject


def compare(
    scores: pd.DataFrame,
    by: str = "outlet",
    *,
    cluster: str | None = None,
    within: str | None = None,
    reference: str | None = None,
    measures: Sequence[str] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the rates of groups of documents.

    A group's rate is pooled: all spans over all words of the voice, per 1,000 words. Its variance
    comes from clusters of documents (articles on one event are alike), by linearisation of the
    ratio; with 20 clusters or more the interval is a percentile bootstrap over clusters, with
    fewer it is a t interval with G - 1 degrees of freedom, G of the side with fewest clusters.

    Parameters
    ----------
    scores : pandas.DataFrame
        The scores table, one row a document.
    by : str
        Column that names the groups.
    cluster : str, optional
        Column of the clusters to resample, such as ``event``; by default each document is one.
    within : str, optional
        Compare inside the values of this column: each group is weighted so that every value
        counts equally for both sides, and values that one side lacks are left out.
    reference : str, optional
        Group the others are compared with; by default each group with all others together.
    measures : sequence of str, optional
        Stems such as ``loaded_language.outlet``, for which ``loaded_language`` is enough; by
        default every extractor in the outlet's voice.
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        The estimates table. Rows without `reference` are rates; rows with one are differences,
        group minus reference. `p_adjusted` is Benjamini-Hochberg over all differences.
        ``table.attrs["cautions"]`` is a list of what a reader must know, most important first.

    Warns
    -----
    Cautions
        Once a call, with the first of the cautions and their number; all are in ``attrs``.

    Raises
    ------
    BadInput
        A column, group or measure that the table does not have.

    Notes
    -----
    Cochran (1977), Sampling Techniques, ch. 6, for the ratio; Cameron, Gelbach and Miller (2008)
    for few clusters. The p-value is a t test of the linearised cluster sums with G - 1 degrees of
    freedom throughout, G being that of the side with the fewest clusters.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({
    ...     "doc_id": list("abcd"), "outlet": ["X", "X", "Y", "Y"], "n_words": 100,
    ...     "n_words_outlet": 100, "n_words_attributed": 0, "m.outlet.count": [1, 3, 4, 6],
    ... })
    >>> compare(scores, cluster="outlet", reference="X")[["group", "estimate"]].values.tolist()
    [['X', 20.0], ['Y', 50.0], ['Y', 30.0]]
    """
    check(scores, "scores")
    need_columns(scores, by, cluster, within)
    measures = [measures] if isinstance(measures, str) else measures
    wanted = _stems(scores) if measures is None else [measure_of(scores, m) for m in measures]
    known = scores[by].notna().to_numpy()
    groups = scores[by].astype(str).where(known, None).to_numpy(object)
    if not known.all():
        warnings.warn(f"{(~known).sum()} documents have no '{by}' and are left out", stacklevel=2)
    names = sorted(set(groups[known]))
    if not names:
        raise BadInput(f"column '{by}' is empty: no groups to compare")
    need_groups(names, by, reference)
    clusters = _codes(scores, cluster or "doc_id")
    strata = _codes(scores, within) if within else None
    design = _Design(groups, names, clusters, strata, cluster or "document", within, seed)
    rows = [
        row
        for stem in dict.fromkeys(wanted)
        for row in _measure_rows(
            stem, scores[f"{stem}.count"].to_numpy(float), _words(scores, stem), design, reference
        )
    ]
    table = estimates(rows)
    event = "event" if "event" in scores.columns and by != "event" else None
    said = table_cautions(scores, table, by=by, event=event, cluster=cluster)
    table.attrs["cautions"] = said
    if said:
        warnings.warn(Cautions(said), stacklevel=2)
    return table


class _Design:
    """Who belongs to which group, cluster and stratum, and the bootstrap's weights."""

    def __init__(
        self,
        groups: np.ndarray,
        names: list[str],
        clusters: np.ndarray,
        strata: np.ndarray | None,
        unit: str,
        within: str | None,
        seed: int,
    ) -> None:
        self.groups, self.names, self.clusters, self.strata = groups, names, clusters, strata
        self.unit, self.within = unit, within
        self.n_clusters = len(np.unique(clusters))
        size = int(clusters.max(initial=0)) + 1
        rng = np.random.default_rng(seed)
        self.weights = (
            rng.multinomial(size, np.full(size, 1 / size), RESAMPLES).astype(float)
            if self.n_clusters >= FEW_CLUSTERS
            else None
        )

    def sums(self, values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Sum `values` of the chosen rows in each cluster."""
        size = int(self.clusters.max(initial=0)) + 1
        return np.bincount(self.clusters[rows], weights=values[rows], minlength=size)


def _stems(scores: pd.DataFrame) -> list[str]:
    ending = ".outlet.count"
    stems = [str(c)[: -len(".count")] for c in scores.columns if str(c).endswith(ending)]
    found = [stem for stem in stems if stem.count(".") == 1]
    if not found:
        raise BadInput(f"the scores table has no column ending in '{ending}'; make it with score()")
    return found


def _words(scores: pd.DataFrame, stem: str) -> np.ndarray:
    return scores[WORDS.get(stem.rsplit(".", 1)[-1], "n_words")].to_numpy(float)


def _codes(scores: pd.DataFrame, column: str) -> np.ndarray:
    """Number the values of a column, whatever the order of rows; one without is its own."""
    own = "\0" + scores["doc_id"].astype(str)
    names = scores[column].astype(str).where(scores[column].notna(), own)
    return np.unique(names.to_numpy(object), return_inverse=True)[1]


def _measure_rows(
    stem: str, counts: np.ndarray, words: np.ndarray, design: _Design, reference: str | None
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    counted = ~np.isnan(counts + words)
    if not counted.all():
        warnings.warn(f"{(~counted).sum()} documents lack '{stem}' and are left out", stacklevel=3)
    members = {name: (design.groups == name) & counted for name in design.names}
    for name in design.names:
        rate = _Ratio(counts, words, members[name], design)
        low, high, method = _interval(rate.estimate, [rate], design)
        rows.append(
            (stem, name, None, rate.estimate, low, high, np.nan, np.nan, rate.n_documents,
             rate.n_words, rate.n_clusters, method)
        )  # fmt: skip
    if len(design.names) < 2:
        return rows
    for name in design.names:
        if name == reference:
            continue
        other = members[reference] if reference else _others(members, name)
        mine = members[name]
        if design.strata is not None:
            sides = [design.strata[rows & (words > 0)] for rows in (mine, other)]
            shared = np.intersect1d(sides[0], sides[1])
            in_shared = np.isin(design.strata, shared)
            mine, other = mine & in_shared, other & in_shared
        pair = [_Ratio(counts, words, mine, design), _Ratio(counts, words, other, design)]
        difference = pair[0].estimate - pair[1].estimate
        low, high, method = _interval(difference, pair, design)
        p = _p_value(difference, pair)
        rows.append(
            (stem, name, reference or "all others", difference, low, high, p, np.nan,
             pair[0].n_documents + pair[1].n_documents, pair[0].n_words + pair[1].n_words,
             int(np.count_nonzero(pair[0].words + pair[1].words)), method)
        )  # fmt: skip
    return rows


def _others(members: dict[str, np.ndarray], name: str) -> np.ndarray:
    return np.logical_or.reduce([rows for other, rows in members.items() if other != name])


class _Ratio:
    """A pooled rate per 1,000 words with its cluster sums and influence values."""

    def __init__(
        self, counts: np.ndarray, words: np.ndarray, rows: np.ndarray, design: _Design
    ) -> None:
        if design.strata is not None and rows.any():
            sizes = np.bincount(design.strata[rows], weights=words[rows])
            scale = np.divide(1.0, sizes, out=np.zeros_like(sizes), where=sizes > 0)
            weight = scale[np.minimum(design.strata, len(scale) - 1)]
        else:
            weight = np.ones(len(words))
        self.counts = design.sums(counts * weight, rows)
        self.words = design.sums(words * weight, rows)
        self.n_documents = int(rows.sum())
        self.n_words = int(words[rows].sum())
        self.n_clusters = int(np.count_nonzero(self.words))
        total = self.words.sum()
        self.estimate = 1000 * self.counts.sum() / total if total else np.nan
        rate = self.estimate / 1000
        self.influence = 1000 * (self.counts - rate * self.words) / total if total else self.words

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return 1000 * (weights @ self.counts) / (weights @ self.words)


def _standard_error(parts: Sequence[_Ratio]) -> tuple[float, int, int]:
    """Return the cluster-robust standard error, the number of clusters, and degrees of freedom.

    One cluster says nothing of how clusters differ: a part that has no more gives no error. A
    difference is known no better than its side with the fewest clusters, so that side gives the
    degrees of freedom: with 2 clusters against 30, G - 1 covers .71 instead of .95.
    """
    influence = parts[0].influence - (parts[1].influence if len(parts) > 1 else 0)
    used = np.logical_or.reduce([part.words > 0 for part in parts])
    clusters = int(used.sum())
    fewest = min(part.n_clusters for part in parts)
    if fewest < 2:
        return np.nan, clusters, 0
    error = np.sqrt(clusters / (clusters - 1) * np.sum(influence[used] ** 2))
    return float(error), clusters, fewest - 1


def _interval(
    estimate: float, parts: Sequence[_Ratio], design: _Design
) -> tuple[float, float, str]:
    from scipy import stats

    error, clusters, freedom = _standard_error(parts)
    pooled = f"pooled rate within {design.within}" if design.within else "pooled rate"
    if all(part.n_words and not part.counts.any() for part in parts):
        high, *other = (1000 * ZERO_COUNT_BOUND / part.n_words for part in parts)
        low = -other[0] if other else 0.0
        return low, high, f"{pooled}, no occurrence: exact Poisson upper bound"
    if design.weights is None or min(part.n_clusters for part in parts) < FEW_CLUSTERS:
        method = f"{pooled}, t interval over {design.unit} clusters (G={clusters})"
        if not error >= 0:
            return np.nan, np.nan, method
        reach = float(stats.t.ppf((1 + LEVEL) / 2, freedom)) * error
        low = estimate - reach
        return (max(low, 0.0) if len(parts) == 1 else low), estimate + reach, method
    draws = parts[0].resampled(design.weights)
    if len(parts) > 1:
        draws = draws - parts[1].resampled(design.weights)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.nanpercentile(draws, [tail, 100 - tail])
    method = f"{pooled}, percentile bootstrap over {design.unit} clusters (G={clusters})"
    return float(low), float(high), f"{method}, {RESAMPLES} resamples"


def _p_value(difference: float, pair: Sequence[_Ratio]) -> float:
    from scipy import stats

    error, _, freedom = _standard_error(pair)
    if not error > 0:
        return np.nan
    return float(2 * stats.t.sf(abs(difference) / error, freedom))
