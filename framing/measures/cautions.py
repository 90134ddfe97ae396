"""What makes a comparison of groups doubtful: few clusters, other topics, one document."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from framing.measures.grouped import OTHERS, PER, TwoGroups, need_columns, two_groups
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

FEW_CLUSTERS = 20
FEWEST = 5  # of resampled clusters: fewer understate what another draw would give
OTHER_TOPICS = 0.25
SHUFFLES = 199
FEW_SPANS = 5  # fewer, and the interval says enough
FEW_DOCUMENTS = 10
NO_INTERVAL = "no interval: "  # in a method, before the reason
NAMED = 5  # rows that a caution names
LEVEL = 0.05


class Cautions(UserWarning):
    """Says the first of the cautions of a comparison, and how many there are.

    Attributes
    ----------
    lines : list of str
        All of them, the most important first.
    """

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        where = "the table's attrs['cautions'] has it"
        if len(self.lines) > 1:
            where = f"1 of {len(self.lines)} cautions, all in the table's attrs['cautions']"
        return f"{self.lines[0]} ({where})"


def cautions(
    scores: pd.DataFrame,
    measure: str,
    *,
    by: str,
    pair: tuple[str, str | None],
    event: str | None = None,
    cluster: str | None = None,
) -> list[str]:
    """Return one line for each thing a reader of this comparison must know.

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
    event : str, optional
        Column of what is covered: says when the groups differ in it by more than chance would.
    cluster : str, optional
        Column of the clusters; by default each document is one.

    Returns
    -------
    list of str
        Empty where there is nothing to say.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({
    ...     "doc_id": [str(n) for n in range(40)], "outlet": ["X", "Y"] * 20, "n_words": 100,
    ...     "n_words_outlet": 100, "n_words_attributed": 0, "m.outlet.count": [30] + [1] * 39})
    >>> cautions(scores, "m.outlet", by="outlet", pair=("X", "Y"))
    ['without document 0 the difference is 0, with it 14.5']
    """
    data = two_groups(scores, measure, by=by, pair=pair, cluster=cluster)
    topics = _other_topics(scores, measure, by, pair, event)
    worst = _one_document(data)
    found = (_hangs(*worst) if worst else "", topics, _few(data, cluster or "document"))
    return [line for line in found if line]


def table_cautions(
    scores: pd.DataFrame,
    table: pd.DataFrame,
    *,
    by: str,
    event: str | None = None,
    cluster: str | None = None,
) -> list[str]:
    """Return the cautions for a table made by `compare`, each said once, what counts most first.

    First what holds of all rows (few clusters, documents taken as independent), then rows without
    an interval, documents without which a difference is half or gone (each of its own where the
    adjusted p is under .05, the others counted in one line), groups that write of other things,
    and sides with few clusters.

    Parameters
    ----------
    scores : pandas.DataFrame
        The scores table that was compared.
    table : pandas.DataFrame
        The estimates table.
    by, event, cluster
        As for `cautions`; `event` is left out where documents have none.

    Examples
    --------
    >>> import pandas as pd
    >>> from framing.measures.compare import compare
    >>> scores = pd.DataFrame({
    ...     "doc_id": [str(n) for n in range(40)], "outlet": ["X", "Y"] * 20, "n_words": 100,
    ...     "n_words_outlet": 100, "n_words_attributed": 0, "m.outlet.count": [30] + [1] * 39})
    >>> table = compare(scores, reference="Y", cluster="doc_id")
    >>> table_cautions(scores, table, by="outlet", cluster="doc_id")
    ['1 difference that may be chance (adjusted p of 0.05 or more) hangs on one document: 0']
    """
    need_columns(scores, by, event, cluster)
    general = _of_all(scores, event, cluster)
    alone: dict[str, None] = {}
    chance: list[str] = []
    topics: dict[tuple[object, ...], str] = {}
    few: dict[str, None] = {}
    for row in table[table["p"].notna()].to_dict("records"):
        measure, group, reference = row["measure"], row["group"], row["reference"]
        pair = (group, None if reference == OTHERS else reference)
        name = f"{group} - {reference}"
        data = two_groups(scores, measure, by=by, pair=pair, cluster=cluster)
        worst = _one_document(data)
        if worst and row["p_adjusted"] < LEVEL:
            alone.setdefault(f"{name}, {measure}: {_hangs(*worst)}")
        elif worst:
            chance.append(worst[0])
        if (line := _few(data, cluster or "document")) and "clusters" not in general:
            few.setdefault(f"{name}: {line}")
        whose = (name, measure.rsplit(".", 1)[-1])
        if whose not in topics:
            line = _other_topics(scores, measure, by, pair, event)
            topics[whose] = line and f"{name}: {line}"
    hanging = [*alone, _of_chance(chance)]
    said = [*general.values(), *_without_interval(table), *hanging, *topics.values(), *few]
    return [line for line in dict.fromkeys(said) if line]


def say_left_out(
    table: pd.DataFrame, data: TwoGroups, stratum: str, used: np.ndarray | None = None
) -> pd.DataFrame:
    """Warn of the documents of both groups that a table leaves out, and keep it in its attrs.

    Parameters
    ----------
    table : pandas.DataFrame
        Returned as it is.
    data : TwoGroups
    stratum : str
        Column of what is covered.
    used : array of bool, optional
        Which of the documents are of values that both groups cover, where only those count.
    """
    count = len(data.words) if used is None else int(used.sum())
    one_sided = f"of values of '{stratum}' that only one of them covers"
    reasons = {**data.left_out, one_sided: len(data.words) - count}
    said = [f"{n} {reason}" for reason, n in reasons.items() if n]
    if said:
        line = (f"{count} of {count + sum(reasons.values())} documents of {data.group} and "
                f"{data.reference} count; left out: {', '.join(said)}")  # fmt: skip
        table.attrs["cautions"] = [line]
        warnings.warn(Cautions([line]), stacklevel=3)
    return table


def _of_chance(documents: list[str]) -> str:
    """Count the differences that may be chance and hang on one document; "" if none."""
    if not documents:
        return ""
    n, names = len(documents), list(dict.fromkeys(documents))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return (
        f"{n} difference{'s' * (n > 1)} that may be chance (adjusted p of {LEVEL} or more) "
        f"hang{'s' * (n == 1)} on one document{' each' * (n > 1)}: {', '.join(names[:NAMED])}{more}"
    )


def term_cautions(
    documents: pd.DataFrame, *, by: str, pair: tuple[str, str | None], cluster: str | None,
    event: str | None,
) -> list[str]:  # fmt: skip
    """Return the cautions for terms that tell two groups apart: few clusters, other topics.

    Parameters
    ----------
    documents : pandas.DataFrame
        `doc_id`, `n_words`, the column of the groups, and those of the clusters and events.
    by, pair, cluster, event
        As for `cautions`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"doc_id": list("abcd"), "side": ["l", "l", "r", "r"], "n_words": 50})
    >>> term_cautions(table, by="side", pair=("l", "r"), cluster=None, event=None)
    ['only 2 and 2 clusters (document): the interval rests on few cases and is likely too narrow']
    """
    scores = documents.copy()
    scores["n_words_outlet"] = scores["n_words"]
    scores["n_words_attributed"] = scores["terms.all.count"] = 0
    data = two_groups(scores, "terms.all", by=by, pair=pair, cluster=cluster)
    topics = _other_topics(scores, "terms.all", by, pair, event)
    return [line for line in (_few(data, cluster or "document"), topics) if line]


def _without_interval(table: pd.DataFrame) -> list[str]:
    """Say which rows have no interval, one line for each reason."""
    found: dict[str, dict[str, None]] = {}
    for row in table.to_dict("records"):
        _, mark, reason = row["method"].partition(NO_INTERVAL)
        if mark:
            against = f" - {row['reference']}" if isinstance(row["reference"], str) else ""
            found.setdefault(reason, {})[f"{row['group']}{against}"] = None
    return [
        f"no interval for {', '.join(list(names)[:NAMED])}"
        f"{f' and {len(names) - NAMED} more' if len(names) > NAMED else ''}: {reason}"
        for reason, names in found.items()
    ]


def _of_all(scores: pd.DataFrame, event: str | None, cluster: str | None) -> dict[str, str]:
    """Return what holds of every row, by what it is about: the clusters, their independence."""
    said = {}
    column = scores[cluster or "doc_id"]
    n = int(column.nunique() + column.isna().sum())
    if n < FEW_CLUSTERS:
        said["clusters"] = (
            f"only {n} cluster{'s' * (n != 1)} ({cluster or 'document'}): intervals are wide and "
            "rest on a t distribution; read them with care"
        )
    if cluster is None:
        there = f"; cluster by '{event}', which the table has" if event else ""
        said["independence"] = (
            "no column of clusters was given, so documents count as independent, which articles on "
            f"one event are not{there}"
        )
    return said


def _few(data: TwoGroups, unit: str) -> str:
    counts = [len(np.unique(data.clusters[data.first == side])) for side in (True, False)]
    if min(counts) >= FEW_CLUSTERS:
        return ""
    what = "the interval rests on few cases"
    if min(counts) < FEWEST:
        what += " and is likely too narrow"
    if min(counts) < 2:
        what = "one alone does not show how clusters vary, so there is no interval"
    return f"only {counts[0]} and {counts[1]} clusters ({unit}): {what}"


def _rate(data: TwoGroups, side: bool) -> tuple[float, float]:
    rows = data.first == side
    return float(data.counts[rows].sum()), float(data.words[rows].sum())


def _one_document(data: TwoGroups) -> tuple[str, float, float] | None:
    """Return the document without which the difference is turned or halved; it with and without."""
    sums = {side: _rate(data, side) for side in (True, False)}
    whole = PER * (sums[True][0] / sums[True][1] - sums[False][0] / sums[False][1])
    mine = np.where(data.first, sums[True][0], sums[False][0]) - data.counts
    words = np.where(data.first, sums[True][1], sums[False][1]) - data.words
    other = np.where(data.first, sums[False][0] / sums[False][1], sums[True][0] / sums[True][1])
    rate = np.divide(mine, words, out=np.full(len(words), np.nan), where=words > 0)
    without = PER * np.where(data.first, rate - other, other - rate)
    left = without * np.sign(whole)
    rare = data.counts.sum() < FEW_SPANS or len(left) < FEW_DOCUMENTS
    if whole == 0 or rare or np.isnan(left).all():
        return None
    worst = int(np.nanargmin(left))
    if left[worst] > abs(whole) / 2:
        return None
    return str(data.doc_ids[worst]), whole, float(without[worst])


def _hangs(document: str, whole: float, without: float) -> str:
    return f"without document {document} the difference is {without:.3g}, with it {whole:.3g}"


def topic_distance(data: TwoGroups) -> float:
    """Return how far apart the groups' shares of words by stratum are: 0 alike, 1 nothing shared.

    Half the sum of the absolute differences (total variation).
    """
    return _distance(data, data.first)


def _distance(data: TwoGroups, first: np.ndarray) -> float:
    size = len(data.stratum_names)
    shares = []
    for rows in (first, ~first):
        words = np.bincount(data.strata[rows], weights=data.words[rows], minlength=size)
        shares.append(words / words.sum())
    return float(np.abs(shares[0] - shares[1]).sum() / 2)


def _other_topics(
    scores: pd.DataFrame, measure: str, by: str, pair: tuple[str, str | None], event: str | None
) -> str:
    if event is None:
        return ""
    need_columns(scores, event)
    known = scores[scores[event].notna()]
    try:
        data = two_groups(known, measure, by=by, pair=pair, strata=event)
    except BadInput:  # one of the groups has no event
        return ""
    distance = topic_distance(data)
    if distance < OTHER_TOPICS:
        return ""
    rng = np.random.default_rng(0)
    shuffled = [_distance(data, rng.permutation(data.first)) for _ in range(SHUFFLES)]
    p = (1 + sum(one >= distance for one in shuffled)) / (1 + SHUFFLES)
    if p > 0.05:
        return ""
    return (
        f"the groups write of other things: {distance:.0%} of the words would have to change their "
        f"{event} (p {p:.3f}); compare within {event}, or decompose"
    )
