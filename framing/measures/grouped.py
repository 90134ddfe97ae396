"""Two groups of a scores table as arrays: counts, words, clusters and strata side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.tables import ESTIMATES, BadInput, check, nearest

if TYPE_CHECKING:
    import pandas as pd

PER = 1000.0
WORDS = {"outlet": "n_words_outlet", "attributed": "n_words_attributed"}
OTHERS = "all others"


@dataclass(frozen=True)
class TwoGroups:
    """The documents of two groups that have words of the voice; all arrays are of one length.

    Attributes
    ----------
    measure : str
        Its whole name, with the voice.
    group, reference : str
        Names of the groups; "all others" where the reference is all the others.
    counts, words : array of float
    first : array of bool
        True for the group of interest, False for the reference.
    clusters, strata : array of int
        Codes; a document without a cluster is one of its own.
    doc_ids, stratum_names : array of object
    left_out : mapping of str to int
        Why documents of the groups are not among them, and how many.
    """

    measure: str
    group: str
    reference: str
    counts: np.ndarray
    words: np.ndarray
    first: np.ndarray
    clusters: np.ndarray
    strata: np.ndarray
    doc_ids: np.ndarray
    stratum_names: np.ndarray
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def rates(self) -> np.ndarray:
        """Each document's rate per 1,000 words."""
        return PER * self.counts / self.words

    def fewest_clusters(self) -> int:
        """The number of clusters of the side that has fewer."""
        return min(len(np.unique(self.clusters[self.first == side])) for side in (True, False))


def need_columns(scores: pd.DataFrame, *names: str | None) -> None:
    """Raise `BadInput` where a column that was named is not in the scores table."""
    known = [str(name) for name in scores.columns]
    for name in names:
        if name is not None and name not in known:
            fields = [field for field in known if "." not in field][:20]
            hint = nearest(name, fields) or (
                f"; a field comes from the corpus: give it a column '{name}', or name yours where "
                f"it is read (--map {name}=COL)"
            )
            raise BadInput(
                f"the scores table has no column '{name}'{hint}; "
                f"its columns are {', '.join(fields)}"
            )


def need_one_row_each(table: pd.DataFrame, what: str) -> None:
    """Raise `BadInput` where a table of documents has no `doc_id`, or one of them twice."""
    if not hasattr(table, "columns"):
        raise BadInput(f"{what} is a DataFrame, as corpus.metadata, not {type(table).__name__}")
    if "doc_id" not in table.columns:
        raise BadInput(f"{what} needs the column doc_id; this one has "
                       f"{', '.join(map(str, table.columns[:20]))}")  # fmt: skip
    twice = table["doc_id"].duplicated()
    if twice.any():
        name = table.loc[twice, "doc_id"].iloc[0]
        raise BadInput(f"{what} needs one row a document; '{name}' has several")


def name_of(value: object) -> str:
    """Return a group's name as it is written: 2020 for 2020, "2020" and 2020.0."""
    return f"{value}".removesuffix(".0") if isinstance(value, (float, np.floating)) else str(value)


def names_of(column: pd.Series) -> pd.Series:
    """Return the names in a column, None where there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> names_of(pd.Series([2020, None])).tolist()
    ['2020', None]
    """
    names = column.astype(str)
    if column.dtype.kind == "f":  # as pandas reads whole numbers where one is missing
        names = names.str.removesuffix(".0")
    return names.astype(object).where(column.notna(), None)


def need_groups(names: Sequence[str], by: str, *wanted: str | None) -> None:
    """Raise `BadInput` where a group that was named is not among the groups of a table."""
    if OTHERS in names:
        raise BadInput(f"column '{by}' has a group '{OTHERS}', which stands for all groups but "
                       "one in the results; give it another name")  # fmt: skip
    for name in wanted:
        if name is not None and not names:
            raise BadInput(f"column '{by}' is empty: no groups to compare")
        if name is not None and name not in names:
            raise BadInput(
                f"no group '{name}' in column '{by}'{nearest(name, names)}; there are "
                f"{', '.join(names[:20])}"
            )


def measure_of(scores: pd.DataFrame, measure: str) -> str:
    """Return the whole name of a measure: a bare one means its rate in the outlet's own voice.

    Examples
    --------
    >>> import pandas as pd
    >>> measure_of(pd.DataFrame(columns=["hedging.outlet.count", "hedging.all.count"]), "hedging")
    'hedging.outlet'
    """
    known = [str(name) for name in scores.columns]
    stems = [name[: -len(".count")] for name in known if name.endswith(".count")]
    for stem in (measure, f"{measure}.outlet"):
        if stem in stems:
            return stem
    own = [stem for stem in stems if stem.endswith(".outlet")]
    hint = nearest(measure, own) or nearest(measure, stems) or f"; there are {', '.join(own)}"
    raise BadInput(f"no measure '{measure}' in the scores table{hint}")


def two_groups(
    scores: pd.DataFrame,
    measure: str,
    *,
    by: str,
    pair: tuple[str, str | None],
    strata: str | None = None,
    cluster: str | None = None,
) -> TwoGroups:
    """Pick two groups out of a scores table.

    Parameters
    ----------
    scores : pandas.DataFrame
    measure : str
        A stem such as ``loaded_language.outlet``; ``loaded_language`` alone means the same.
    by : str
        Column that names the groups.
    pair : (str, str or None)
        Group and reference; None stands for all others. Names that are numbers may be given so.
    strata, cluster : str, optional
        Columns. Documents without a stratum are left out; one without a cluster is its own.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({
    ...     "doc_id": list("ab"), "outlet": ["X", "Y"], "n_words": 100, "n_words_outlet": 50,
    ...     "n_words_attributed": 0, "m.outlet.count": [1, 2]})
    >>> two_groups(scores, "m.outlet", by="outlet", pair=("Y", "X")).rates.tolist()
    [20.0, 40.0]
    """
    import pandas as pd

    check(scores, "scores")
    need_columns(scores, by, strata, cluster)
    need_one_row_each(scores, "a scores table")
    measure = measure_of(scores, measure)
    column = f"{measure}.count"
    groups = names_of(scores[by])
    if isinstance(pair, str) or len(pair) != 2 or pair[0] == pair[1]:
        raise BadInput(f"pair is {pair!r}; give two groups, as ('a', 'b'), or one against all "
                       "others, as ('a', None)")  # fmt: skip
    first, second = (None if name is None else name_of(name) for name in pair)
    need_groups(sorted(groups.dropna().unique()), by, first, second)
    pair_names = str(first), OTHERS if second is None else second
    words = scores[WORDS.get(measure.rsplit(".", 1)[-1], "n_words")].to_numpy(float)
    mine = (groups == first).to_numpy(bool)
    other = (groups == second) if second is not None else groups.notna() & (groups != first)
    asked = mine | other.to_numpy(bool)
    used = asked & (words > 0) & scores[column].notna().to_numpy()
    left_out = {f"without words of '{measure}'": int(asked.sum() - used.sum())}
    if strata is not None:
        placed = scores[strata].notna().to_numpy()
        left_out[f"without '{strata}'"] = int((used & ~placed).sum())
        used &= placed
    for side, name in zip((mine, ~mine), pair_names, strict=True):
        if not (used & side).any():
            also = f" and a value in '{strata}'" if strata is not None else ""
            raise BadInput(f"no document of '{name}' has words of '{measure}'{also}; nothing to "
                           "compare")  # fmt: skip
    table = scores[used]
    values = names_of(table[strata]) if strata else np.full(len(table), "all")
    codes, names = pd.factorize(values, sort=True)
    own = "\0" + table["doc_id"].astype(str)
    clusters = table[cluster].astype(str).where(table[cluster].notna(), own) if cluster else own
    return TwoGroups(
        measure, *pair_names, table[column].to_numpy(float), words[used], mine[used],
        pd.factorize(clusters, sort=True)[0], codes,
        table["doc_id"].to_numpy(object), np.asarray(names, object), left_out,
    )  # fmt: skip


def estimate_row(data: TwoGroups, **cells: Any) -> dict[str, Any]:
    """Return a row of the estimates table with the names and sizes of `data` filled in."""
    sizes = {
        "measure": data.measure, "group": data.group, "reference": data.reference,
        "n_documents": len(data.words), "n_words": int(data.words.sum()),
        "n_clusters": len(np.unique(data.clusters)), "p_adjusted": np.nan,
    }  # fmt: skip
    return {**dict.fromkeys(ESTIMATES), **sizes, **cells}


def estimates(rows: Sequence[Mapping[str, Any] | tuple[object, ...]], *added: str) -> pd.DataFrame:
    """Return rows as an estimates table with `p_adjusted`, and the columns `added` behind."""
    import pandas as pd
    from statsmodels.stats.multitest import multipletests

    table = pd.DataFrame(list(rows), columns=[*ESTIMATES, *added])
    table = table.astype({name: float for name in ("estimate", "low", "high", "p", "p_adjusted")})
    tested = table["p"].notna()
    if tested.any():
        table.loc[tested, "p_adjusted"] = multipletests(table.loc[tested, "p"], method="fdr_bh")[1]
    return table
