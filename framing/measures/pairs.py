"""Event-matched pairs: both groups' rates on the same event, and their mean difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.amounts import count_of
from framing.measures.cautions import say_left_out
from framing.measures.grouped import PER, TwoGroups, estimate_row, estimates, two_groups
from framing.measures.samples import t_test, warn_unknown
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("group", "reference", "difference", "n_group", "n_reference")


def event_pairs(
    scores: pd.DataFrame,
    measure: str,
    *,
    by: str,
    pair: tuple[str, str | None],
    event: str = "event",
) -> pd.DataFrame:
    """Return both groups' pooled rates on every event that both cover.

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
    event : str
        Column of the events.

    Returns
    -------
    pandas.DataFrame
        `event, group, reference, difference`, the rates per 1,000 words, and `n_group,
        n_reference`, the documents of each; in the order of the differences. How many documents
        are left out and why is warned of, and in ``.attrs["cautions"]``.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({
    ...     "doc_id": list("abcde"), "outlet": list("XYXYX"), "event": list("sstta"),
    ...     "n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0,
    ...     "m.outlet.count": [4, 1, 3, 2, 9]})
    >>> event_pairs(scores, "m.outlet", by="outlet", pair=("X", "Y"))["difference"].tolist()
    [10.0, 30.0]
    """
    data = two_groups(scores, measure, by=by, pair=pair, strata=event)
    table = _pairs(data, event)
    return say_left_out(table, data, event, _used(data, table, event))


def _pairs(data: TwoGroups, event: str) -> pd.DataFrame:
    import pandas as pd

    if event in COLUMNS:
        raise BadInput(
            f"the column of the events is named '{event}', as one of the table of pairs; rename it "
            f"(to 'event', say)"
        )
    size = len(data.stratum_names)
    sides: dict[str, np.ndarray] = {}
    for name, rows in (("group", data.first), ("reference", ~data.first)):
        strata = data.strata[rows]
        words = np.bincount(strata, weights=data.words[rows], minlength=size)
        counts = np.bincount(strata, weights=data.counts[rows], minlength=size)
        sides[name] = PER * np.divide(counts, words, out=np.full(size, np.nan), where=words > 0)
        sides[f"n_{name}"] = np.bincount(strata, minlength=size)
    table = pd.DataFrame({event: data.stratum_names, **sides})
    table["difference"] = table["group"] - table["reference"]
    return table[[event, *COLUMNS]].dropna().sort_values(["difference", event], ignore_index=True)


def _used(data: TwoGroups, table: pd.DataFrame, event: str) -> np.ndarray:
    """Return which documents are of the events of a table of pairs."""
    return np.isin(data.stratum_names[data.strata], table[event])


def matched_pairs(
    scores: pd.DataFrame,
    measure: str,
    *,
    by: str,
    pair: tuple[str, str | None],
    event: str = "event",
) -> pd.DataFrame:
    """Return the mean difference over events, every event counting once.

    Parameters
    ----------
    scores, measure, by, pair, event
        As for `event_pairs`.

    Returns
    -------
    pandas.DataFrame
        One row of the estimates table: mean of the paired differences, t interval with one
        degree of freedom less than there are events. p and interval are NaN, with a warning,
        for one event or where all events have the same difference. How many documents are left
        out and why is warned of, and in ``.attrs["cautions"]``.
    """
    data = two_groups(scores, measure, by=by, pair=pair, strata=event)
    table = _pairs(data, event)
    found, n = table["difference"].to_numpy(float), len(table)
    if not n:
        raise BadInput(f"no {event} is covered by both groups; there are no pairs to compare")
    mean = float(found.mean())
    error = float(found.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
    p, low, high = t_test(mean, error, n - 1, table[["group", "reference"]].to_numpy(float))
    if np.isnan(p):
        warn_unknown(f"mean of paired differences over {event}", n)
    used = _used(data, table, event)
    row = estimates([estimate_row(
        data, estimate=mean, low=low, high=high, p=p, n_documents=int(used.sum()),
        n_words=int(data.words[used].sum()), n_clusters=n,
        method=f"mean of paired differences over {count_of(n, 'value')} of {event}, t interval",
    )])  # fmt: skip
    return say_left_out(row, data, event, used)
