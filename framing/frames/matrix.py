"""Across corpora: what a classifier trained on one is worth on another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.frames.classifier import FrameClassifier
from framing.frames.duplicates import near_duplicates
from framing.frames.metrics import Outcome, estimates
from framing.frames.protocols import read_task, run
from framing.frames.units import as_documents
from framing.tables import BadInput
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

Labelled = tuple[Sequence[Any], Sequence[Any]]


def cross_corpus(
    classifier: FrameClassifier, corpora: Mapping[str, Labelled], groups: str | None = None
) -> pd.DataFrame:
    """Train on each corpus and test on each other one; on the diagonal, grouped folds inside it.

    Parameters
    ----------
    classifier : FrameClassifier
        Its settings count.
    corpora : mapping
        Name -> texts or documents, and their labels, all in the same frames.
    groups : str, optional
        Field that is kept together in the folds of the diagonal, where a corpus has it.

    Returns
    -------
    pandas.DataFrame
        `trained_on, tested_on, metric, estimate, low, high, n_units`. Texts of the training corpus
        that nearly repeat a tested text are left out.

    Examples
    --------
    >>> y = ["money", "crime", "money", "crime", "money", "crime"]
    >>> one = ["Rents rise", "Police arrest a man", "Wages fall", "Court jails a thief",
    ...        "Banks shut", "A burglar flees"]
    >>> two = ["Taxes double", "Man held by police", "Firms hire", "Robber in court",
    ...        "Rents and wages", "Thief caught"]
    >>> table = cross_corpus(FrameClassifier(folds=2, min_df=1), {"a": (one, y), "b": (two, y)})
    >>> len(table.query("metric == 'auc'"))
    4
    """
    import pandas as pd

    if len(corpora) < 2:
        raise BadInput("a matrix across corpora needs two corpora or more")
    rows = []
    corpora = {name: (as_documents(texts), list(y)) for name, (texts, y) in corpora.items()}
    for home, (documents, y) in corpora.items():
        rows += _inside(classifier, home, documents, y, groups)
        for away, (others, wanted) in corpora.items():
            if away != home:
                rows += _outside(classifier, (home, away), (documents, y), (others, wanted))
    return pd.DataFrame(rows)


def _inside(
    classifier: FrameClassifier, name: str, documents: Sequence[Document], y: Sequence[Any],
    groups: str | None,
) -> list[dict[str, Any]]:  # fmt: skip
    from framing.frames.folds import grouped_folds

    has = groups is not None and any(one.meta.get(groups) for one in documents)
    task = read_task(classifier, documents, y, [groups] if has and groups else [], None)
    group = next(iter(task.groups), "")
    folds = grouped_folds(task.group(group), task.labels.matrix, 5, classifier.seed)
    outcome = run(task, classifier.pools(task.documents), folds, f"by {group or 'text'}")
    return _rows(name, name, outcome)


def _outside(
    classifier: FrameClassifier, names: tuple[str, str], train: Labelled, test: Labelled
) -> list[dict[str, Any]]:
    from sklearn.base import clone

    count = len(train[0])
    pairs = near_duplicates([one.text for one in [*train[0], *test[0]]])
    twins = {min(pair) for pair in pairs if min(pair) < count <= max(pair)}
    kept = [at for at in range(count) if at not in twins]
    model = clone(classifier).fit([train[0][at] for at in kept], [train[1][at] for at in kept])
    labels = model.read_labels(test[1])
    if labels.frames != model.frames_:
        raise BadInput(f"{names[1]}: frames {', '.join(labels.frames)}, but {names[0]} has "
                       f"{', '.join(model.frames_)}; a matrix needs the same frames")  # fmt: skip
    chance = model.fitted_.chances(list(test[0]))
    clusters = np.arange(len(test[0]))
    outcome = Outcome(chance, model.fitted_.chosen(chance), labels.matrix, clusters, labels.kind)
    return _rows(*names, outcome)


def _rows(home: str, away: str, outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {"trained_on": home, "tested_on": away, "metric": metric, "estimate": value[0],
         "low": value[1], "high": value[2], "n_units": len(outcome.clusters)}
        for metric, value in estimates(outcome).items()
    ]  # fmt: skip
