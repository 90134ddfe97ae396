"""How often a frame is called in groups of documents, with intervals over clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.tables import ESTIMATES, BadInput, check, nearest

if TYPE_CHECKING:
    import pandas as pd

Z = 1.959964


def frame_shares(
    labels: pd.DataFrame, documents: pd.DataFrame, by: str = "outlet", cluster: str | None = None
) -> pd.DataFrame:
    """Return the share of units in which each frame is called, by group.

    Parameters
    ----------
    labels : pandas.DataFrame
        The labels table of one classifier.
    documents : pandas.DataFrame
        Has `doc_id` and the columns `by` and `cluster`, as `corpus.metadata`.
    by : str
        Column that names the groups.
    cluster : str, optional
        Column of documents that are alike, as event; by default each document is one.

    Returns
    -------
    pandas.DataFrame
        The estimates table, `measure` being the frame; `n_words` is NA. The interval is Wilson's
        with the number of units divided by the design effect of the clusters. The shares are those
        of the classifier, *uncorrected* for its errors, as `method` says.

    Examples
    --------
    >>> import pandas as pd
    >>> labels = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "sentence": None, "codebook": "c", "frame": "crime",
    ...     "probability": [0.9, 0.2], "label": [True, False], "classifier": "x",
    ...     "classifier_version": "1"})
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "outlet": ["Mail", "Mail"]})
    >>> frame_shares(labels, documents)[["group", "measure", "estimate"]].values.tolist()
    [['Mail', 'crime', 0.5]]
    """
    import pandas as pd

    check(labels, "labels")
    for column in filter(None, (by, cluster)):
        if column not in documents:
            known = ", ".join(documents.columns)
            raise BadInput(
                f"no column '{column}'{nearest(column, documents.columns)}; there are {known}"
            )
    if labels["classifier"].nunique() > 1:
        raise BadInput("labels of several classifiers; give those of one")
    table = labels.merge(documents[["doc_id", *dict.fromkeys(filter(None, (by, cluster)))]],
                         on="doc_id", how="left")  # fmt: skip
    table["_cluster"] = table[cluster].astype(object) if cluster else table["doc_id"]
    table["_cluster"] = table["_cluster"].where(table["_cluster"].notna(), table["doc_id"])
    rows = []
    for (frame, group), mine in table.groupby(["frame", by], sort=False):
        low, high, clusters = _interval(mine["label"].to_numpy(float), mine["_cluster"])
        rows.append({
            "measure": frame, "group": group, "reference": None, "estimate": mine["label"].mean(),
            "low": low, "high": high, "p": np.nan, "p_adjusted": np.nan,
            "n_documents": mine["doc_id"].nunique(), "n_words": pd.NA, "n_clusters": clusters,
            "method": "share of called units, uncorrected; Wilson with design effect",
        })  # fmt: skip
    return pd.DataFrame(rows, columns=list(ESTIMATES))


def _interval(called: np.ndarray, clusters: pd.Series) -> tuple[float, float, int]:
    import pandas as pd

    n, share = len(called), float(called.mean())
    residuals = pd.Series(called - share).groupby(clusters.to_numpy()).sum()
    count = len(residuals)
    simple = share * (1 - share) * n
    effect = 1.0
    if count > 1 and simple > 0:
        spread = float((residuals**2).sum()) * count / (count - 1)
        effect = max(1.0, spread / (simple * n / (n - 1)))
    size = n / effect
    middle = (share + Z * Z / (2 * size)) / (1 + Z * Z / size)
    half = Z * np.sqrt(share * (1 - share) / size + Z * Z / (4 * size**2)) / (1 + Z * Z / size)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half)), count
