"""Event-matched pairs: both groups' rates on the same event, and their mean difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.measures.grouped import PER, TwoGroups, estimate_row, estimates, two_groups

if TYPE_CHECKING:
    import pandas as pd


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
        n_reference`, the documents of each; in the order of the differences.

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
    return _pairs(data, event)


def _pairs(data: TwoGroups, event: str) -> pd.DataFrame:
    import pandas as pd

    size = len(data.stratum_names)
    sides: dict[str, np.ndarray] = {}
    for name, rows in (("group", data.first), ("reference", ~data.first)):
        strata = data.strata[rows]
        words = np.bincount(strata, weights=data.words[rows], minlength=size)
        counts = np.bincount(strata, weights=data.counts[rows], minlength=size)
        sides[name] = PER * np.divide(counts, words, out=np.full(size, np.nan), where=words > 0)
        sides[f"n_{name}"] = np.bincount(strata, minlength=size)
    table = pd.DataFrame({event: data.stratum_names, **sides})
    table.insert(3, "difference", table["group"] - table["reference"])
    table = table[[event, "group", "reference", "difference", "n_group", "n_reference"]]
    return table.dropna().sort_values(["difference", event], ignore_index=True)


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
        degree of freedom less than there are events.
    """
    from scipy import stats

    data = two_groups(scores, measure, by=by, pair=pair, strata=event)
    table = _pairs(data, event)
    found, n = table["difference"].to_numpy(float), len(table)
    mean = float(found.mean()) if n else np.nan
    error = float(found.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
    reach = float(stats.t.ppf(0.975, n - 1)) * error if n > 1 else np.nan
    p = float(2 * stats.t.sf(abs(mean) / error, n - 1)) if error > 0 else np.nan
    used = np.isin(data.stratum_names[data.strata], table[event])
    return estimates([estimate_row(
        data, group=pair[0], reference=pair[1] or "all others", estimate=mean,
        low=mean - reach, high=mean + reach, p=p, n_documents=int(used.sum()),
        n_words=int(data.words[used].sum()), n_clusters=n,
        method=f"mean of paired differences over {n} values of {event}, t interval",
    )])  # fmt: skip
