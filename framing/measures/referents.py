"""Label choice referent by referent: what share of a group's names are those of the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.measures.grouped import names_of, need_one_row_each
from framing.measures.labels import VOICES, label_counts
from framing.measures.prevalence import wilson
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("referent", "group", "estimate", "low", "high", "n_left", "n_right", "n_documents")


def label_shares(
    hits: pd.DataFrame, documents: pd.DataFrame, by: str = "outlet", *, voice: str = "outlet",
    country: str = "us",
) -> pd.DataFrame:  # fmt: skip
    """Return the share of names of the right among the names of a side for each referent.

    Parameters
    ----------
    hits : pandas.DataFrame
    documents : pandas.DataFrame
        Has `doc_id` and the column `by`, as `corpus.metadata` or the scores; one row a document.
    by : str
        Column that names the groups; names in documents without one are left out.
    voice : {"outlet", "attributed", "all"}
        Whose names count.
    country : {"us", "uk"}
        Whose sides; see `framing.measures.labels.label_counts`.

    Returns
    -------
    pandas.DataFrame
        `referent, group, estimate, low, high, n_left, n_right, n_documents`, the referents named
        most often first. The 95 % interval is Wilson's, with the uses divided by the design effect
        of articles that stick to a name: n counts as ``n / deff``, never more than the uses. The
        quantile is t's with one degree of freedom less than there are articles.

    Notes
    -----
    Wilson (1927), JASA 22; effective sizes as in Kish (1965), Survey Sampling: the variance of the
    ratio linearised over articles against that of a simple random sample; Korn and Graubard (1998)
    for the quantile. Where every article has one name, the normal quantile stays; where all names
    are of one side the design effect cannot be seen, and articles are counted instead of uses.

    Examples
    --------
    >>> import pandas as pd
    >>> from framing.tables import HITS
    >>> told = '{"referent": "gun_policy", "side_us": "%s"}'
    >>> hits = pd.DataFrame([
    ...     {"doc_id": name, "extractor": "partisan_framing", "label": side, "voice": "outlet",
    ...      "attributes": told % side}
    ...     for name, side in zip("abc", ["right", "right", "left"])], columns=list(HITS))
    >>> documents = pd.DataFrame({"doc_id": list("abc"), "outlet": "Sun"})
    >>> label_shares(hits, documents)[["referent", "n_left", "n_right"]].values.tolist()
    [['gun_policy', 1, 2]]
    """
    import pandas as pd

    if voice not in VOICES:
        raise BadInput(f"voice={voice!r} is not one of {', '.join(VOICES)}{nearest(voice, VOICES)}")
    columns = list(map(str, documents.columns))
    for name in ("doc_id", by):
        if name not in columns:
            raise BadInput(f"the documents have no column '{name}'{nearest(name, columns)}")
    need_one_row_each(documents, "the table of documents")
    names = label_counts(hits, country)
    names = names[names["voice"].isin(VOICES[voice]) & names["side"].isin(("left", "right"))]
    groups = names_of(documents[by]).set_axis(names_of(documents["doc_id"]))
    named = names_of(names["doc_id"])
    strange = named[~named.isin(groups.index)]
    if len(strange):
        raise BadInput(f"hits of document '{strange.iloc[0]}' which the documents do not have; "
                       "same corpus?")  # fmt: skip
    names = names.assign(group=named.map(groups).astype(object)).dropna(subset="group")
    wide = names.pivot_table(index=["group", "referent", "doc_id"], columns="side", values="count",
                             aggfunc="sum", fill_value=0)  # fmt: skip
    wide = wide.reindex(columns=["left", "right"], fill_value=0)
    rows = []
    for (group, referent), mine in wide.groupby(level=[0, 1], sort=True):
        left, right = (mine[side].to_numpy(float) for side in ("left", "right"))
        share, low, high = _share(left, right)
        rows.append((referent, str(group), share, low, high, int(left.sum()), int(right.sum()),
                     len(mine)))  # fmt: skip
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    uses = (found["n_left"] + found["n_right"]).groupby(found["referent"]).transform("sum")
    order = found.assign(uses=uses).sort_values(
        ["uses", "referent", "group"], ascending=[False, True, True], ignore_index=True
    )
    return order.drop(columns="uses")


def _share(left: np.ndarray, right: np.ndarray) -> tuple[float, float, float]:
    """Return the share of `right` over articles with its interval."""
    from scipy import stats

    uses, articles = left + right, len(left)
    total, share = uses.sum(), right.sum() / (left + right).sum()
    simple = share * (1 - share) / total
    if simple > 0 and articles > 1:
        residual = right - share * uses
        variance = articles / (articles - 1) * float((residual**2).sum()) / total**2
        size = total / max(variance / simple, 1.0)
        quantile = float(stats.t.ppf(0.975, articles - 1)) if total > articles else None
    else:
        size, quantile = float(articles), None
    low, high = wilson(float(share), float(size), quantile)
    return float(share), low, high
