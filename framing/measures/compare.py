"""Rates of groups and their differences, with intervals that respect clusters."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from framing.amounts import count_of
from framing.measures.cautions import FEW_CLUSTERS, NO_INTERVAL, Cautions, table_cautions
from framing.measures.grouped import (
    OTHERS,
    PER,
    WORDS,
    estimates,
    measure_of,
    name_of,
    names_of,
    need_columns,
    need_groups,
    need_one_row_each,
)
from framing.tables import SAME, BadInput, check

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 2000
TAIL = 0.025  # beyond either end of a 95 % interval
LEAST_LOG_P = -600.0


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
        counts equally for both sides, and values that one side lacks are left out. Where both
        sides have two clusters or more in each value, what varies is the clusters inside it, and
        the interval is a t interval; otherwise clusters that lie inside one value each are joined,
        and the values are the clusters.
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
        A column, group or measure that the table does not have; a document that has two rows.

    Notes
    -----
    Cochran (1977), Sampling Techniques, ch. 6 (6.10 in strata), for the ratio; Cameron, Gelbach
    and Miller (2008) for few clusters. A cluster's influence on a rate is ``z = root(G / (G - 1))
    (count - rate x words) / W``, W the words and G the clusters of its side; the variance of a
    rate is the sum of ``z^2``, that of a difference the sum of ``(z1 - z2)^2``, so that clusters of
    one side each add up and those of both sides are paired. Inside the values of `within`, rate
    and G are those of the value, W is its words times the number of values, and each value takes
    a degree of freedom. The p-value is a t test of these sums throughout.

    Clusters that all have one rate, as that of no occurrence, do not show how much they vary. The
    rate then has the exact Poisson interval of its count (Garwood 1936), a difference that of
    square-and-add (Zou and Donner 2008): the distance to a bound is the root of the summed squares
    of the two rates' distances, and p is the level at which the bound reaches 0. One cluster gives
    no interval, and neither does a difference that is the same in all clusters.

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
    need_one_row_each(scores, "a scores table")
    measures = [measures] if isinstance(measures, str) else measures
    wanted = _stems(scores) if measures is None else [measure_of(scores, m) for m in measures]
    known = scores[by].notna().to_numpy()
    groups = names_of(scores[by]).to_numpy(object)
    if not known.all():
        without = count_of((~known).sum(), "document")
        warnings.warn(f"left out: {without} without '{by}'", stacklevel=2)
    names = sorted(set(groups[known]))
    if not names:
        raise BadInput(f"column '{by}' is empty: no groups to compare")
    reference = None if reference is None else name_of(reference)
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
        self.unit, self.within, self.seed = unit, within, seed
        self.size = int(clusters.max(initial=0)) + 1

    @cached_property
    def weights(self) -> np.ndarray:
        """How often each resample has each cluster."""
        rng = np.random.default_rng(self.seed)
        chance = np.full(self.size, 1 / self.size)
        return rng.multinomial(self.size, chance, RESAMPLES).astype(float)

    @cached_property
    def joined(self) -> _Design:
        """The design whose clusters are the strata."""
        assert self.strata is not None and self.within is not None
        return _Design(self.groups, self.names, self.strata, self.strata, self.within,
                       self.within, self.seed)  # fmt: skip

    def sums(self, values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Sum `values` of the chosen rows in each cluster."""
        return np.bincount(self.clusters[rows], weights=values[rows], minlength=self.size)

    def per_level(self, levels: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return how many clusters the chosen rows have in each of the levels."""
        pairs = np.unique(levels[rows] * self.size + self.clusters[rows])
        return np.bincount(pairs // self.size, minlength=int(levels.max(initial=0)) + 1)

    def units(self, sides: Sequence[np.ndarray]) -> tuple[_Design, bool]:
        """Return the design whose clusters vary, and whether they do so inside the strata."""
        if self.strata is None:
            return self, False
        if all(not (self.per_level(self.strata, rows) == 1).any() for rows in sides):
            return self, True
        rows = np.logical_or.reduce(sides)
        apart = self.per_level(self.strata, rows).sum() == len(np.unique(self.clusters[rows]))
        return (self.joined if apart else self), False


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
    counted = ~np.isnan(counts + words)
    if not counted.all():
        warnings.warn(
            f"left out: {count_of((~counted).sum(), 'document')} without '{stem}'", stacklevel=3
        )
    members = {name: (design.groups == name) & counted for name in design.names}
    rows = [
        (stem, name, None, *_estimate(counts, words, [members[name]], design))
        for name in design.names
    ]
    if len(design.names) < 2:
        return rows
    for name in design.names:
        if name == reference:
            continue
        other = members[reference] if reference is not None else _others(members, name)
        found = _estimate(counts, words, [members[name], other], design)
        rows.append((stem, name, OTHERS if reference is None else reference, *found))
    return rows


def _others(members: dict[str, np.ndarray], name: str) -> np.ndarray:
    return np.logical_or.reduce([rows for other, rows in members.items() if other != name])


def _estimate(
    counts: np.ndarray, words: np.ndarray, sides: list[np.ndarray], design: _Design
) -> tuple[object, ...]:
    """Return the cells from `estimate` on: of a rate, or the difference of two sides' rates."""
    if design.strata is not None and len(sides) > 1:
        mine, other = (design.strata[rows & (words > 0)] for rows in sides)
        shared = np.isin(design.strata, np.intersect1d(mine, other))
        sides = [rows & shared for rows in sides]
    design, inside = design.units([rows & (words > 0) for rows in sides])
    parts = [_Ratio(counts, words, rows, design, inside) for rows in sides]
    value = parts[0].estimate - sum(part.estimate for part in parts[1:])
    low, high, p, method = _inference(value, parts, design, inside)
    return (
        value, low, high, p if len(parts) > 1 else np.nan, np.nan,
        sum(part.n_documents for part in parts), sum(part.n_words for part in parts),
        _clusters(parts), method,
    )  # fmt: skip


class _Ratio:
    """A pooled rate per 1,000 words with its cluster sums and influence values."""

    def __init__(
        self, counts: np.ndarray, words: np.ndarray, rows: np.ndarray, design: _Design, inside: bool
    ) -> None:
        weight = np.ones(len(words))
        if design.strata is not None:
            sizes = np.bincount(design.strata, weights=np.where(rows, words, 0))
            weight = np.divide(1.0, sizes, out=np.zeros_like(sizes), where=sizes > 0)[design.strata]
        self.counts = design.sums(counts * weight, rows)
        self.words = design.sums(words * weight, rows)
        self.n_documents, self.n_words = int(rows.sum()), int(words[rows].sum())
        self.n_spans = float(counts[rows].sum())
        self.n_clusters = int(np.count_nonzero(self.words))
        total = self.words.sum()
        self.estimate = PER * self.counts.sum() / total if total else np.nan
        level = design.strata if inside and design.strata is not None else np.zeros(len(words), int)
        each = design.per_level(level, rows & (words > 0))
        self.freedom = min(int(np.maximum(each - 1, 0).sum()), self.n_clusters - 1)
        over, under = (
            np.bincount(level[rows], weights=(weight * values)[rows], minlength=len(each))
            for values in (counts, words)
        )
        rate = np.divide(over, under, out=np.zeros(len(each)), where=under > 0)[level]
        factor = np.sqrt(each / np.maximum(each - 1, 1))[level]
        scale = PER * weight * factor / (total or 1.0)
        self.influence = design.sums(scale * (counts - rate * words), rows)
        self.error = float(np.linalg.norm(self.influence))

    @property
    def flat(self) -> bool:
        """Whether the clusters, equal but for rounding, do not show how much they vary."""
        return self.error <= SAME * self.estimate

    def bounds(self, tail: float) -> tuple[float, float]:
        """Return the t bounds, or those of an exact Poisson count where the clusters are equal."""
        from scipy import stats

        if not self.flat:
            reach = float(stats.t.isf(tail, self.freedom)) * self.error
            return max(self.estimate - reach, 0.0), self.estimate + reach
        span = self.estimate / self.n_spans if self.n_spans else PER / self.n_words
        low = stats.chi2.ppf(tail, 2 * self.n_spans) / 2 if self.n_spans else 0.0
        return span * float(low), span * float(stats.chi2.isf(tail, 2 * self.n_spans + 2)) / 2

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return PER * (weights @ self.counts) / (weights @ self.words)


def _inference(
    value: float, parts: Sequence[_Ratio], design: _Design, inside: bool
) -> tuple[float, float, float, str]:
    """Return low, high and p of a rate or of a difference of two, and how they were found."""
    from scipy import stats

    pooled = f"pooled rate within {design.within}" if design.within else "pooled rate"
    freedom = min(part.freedom for part in parts)
    several = freedom > 0 and all(part.n_words for part in parts)
    if several and not any(part.n_spans for part in parts):
        below, above = _distances(parts, TAIL)
        method = f"{pooled}, no occurrence: exact Poisson upper bound"
        return value - below, value + above, np.nan, method
    if several and any(part.flat for part in parts):
        below, above = _distances(parts, TAIL)
        method = f"{pooled}, {design.unit} clusters all alike: exact Poisson bounds"
        return value - below, value + above, _level_reaching_0(value, parts), method
    error = float(np.linalg.norm(parts[0].influence - sum(part.influence for part in parts[1:])))
    reason = _no_interval(parts, design, error)
    if reason:
        return np.nan, np.nan, np.nan, f"{pooled}, {NO_INTERVAL}{reason}"
    p = float(2 * stats.t.sf(abs(value) / error, freedom))
    clusters = f"over {design.unit} clusters (G={_clusters(parts)})"
    if inside or min(part.n_clusters for part in parts) < FEW_CLUSTERS:
        reach = float(stats.t.isf(TAIL, freedom)) * error
        low = value - reach if len(parts) > 1 else max(value - reach, 0.0)
        return low, value + reach, p, f"{pooled}, t interval {clusters}"
    draws = parts[0].resampled(design.weights)
    for part in parts[1:]:
        draws = draws - part.resampled(design.weights)
    low, high = np.nanpercentile(draws, [100 * TAIL, 100 * (1 - TAIL)])
    method = f"{pooled}, percentile bootstrap {clusters}, {RESAMPLES} resamples"
    return float(low), float(high), p, method


def _clusters(parts: Sequence[_Ratio]) -> int:
    return int(np.count_nonzero(sum(part.words for part in parts)))


def _no_interval(parts: Sequence[_Ratio], design: _Design, error: float) -> str:
    """Say why there is no interval, if so.

    One cluster says nothing of how clusters differ. A difference is known no better than its side
    with the fewest clusters: with 2 clusters against 30, G - 1 covers .71 instead of .95.
    """
    side = " on a side" if len(parts) > 1 else ""
    if not all(part.n_words for part in parts):
        return f"no {design.within} shared" if design.within and side else f"no words{side}"
    if min(part.freedom for part in parts) < 1:
        return f"only one cluster ({design.unit}){side}"
    if error <= SAME * max(part.estimate for part in parts):
        return f"the difference is the same in every cluster ({design.unit})"
    return ""


def _distances(parts: Sequence[_Ratio], tail: float) -> tuple[float, float]:
    """Return how far the bounds are below and above: one rate's, or two by square-and-add."""
    apart = np.array([np.subtract(part.bounds(tail), part.estimate) for part in parts])
    apart[1:] = apart[1:, ::-1]
    below, above = np.hypot.reduce(apart, axis=0)
    return float(below), float(above)


def _level_reaching_0(value: float, parts: Sequence[_Ratio]) -> float:
    """Return the p with which the interval of a difference by square-and-add reaches 0."""
    from scipy import optimize

    def beyond(log_p: float) -> float:
        return _distances(parts, np.exp(log_p) / 2)[int(value < 0)] - abs(value)

    if len(parts) < 2:
        return np.nan
    if beyond(0.0) >= 0:
        return 1.0
    if beyond(LEAST_LOG_P) <= 0:
        return float(np.exp(LEAST_LOG_P))
    return float(np.exp(optimize.brentq(beyond, LEAST_LOG_P, 0.0)))
