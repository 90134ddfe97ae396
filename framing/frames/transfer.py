"""A stored classifier on labelled texts it was not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from framing.frames.classifier import FrameClassifier
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.evaluation import SIDES, Evaluation, confusion, evaluate
from framing.frames.labels import own_labels
from framing.frames.metrics import (
    Outcome,
    estimates,
    frame_rows,
    group_rows,
    reliability_rows,
)
from framing.frames.protocols import several
from framing.tables import BadInput, nearest
from framing.text.document import Document

AS_IT_IS = "as it is"


def transfer(
    classifier: Any, corpus: Iterable[Document], label: str, groups: Sequence[str] | None = None
) -> tuple[Evaluation, Evaluation | None]:
    """Evaluate a fitted classifier as it is, and its settings refitted in folds.

    Parameters
    ----------
    classifier : FrameClassifier or CueLabeller
    corpus : iterable of Document
        Texts with labels; texts it learnt from make the first result worthless, so keep them out.
    label : str
        Column of the labels.
    groups : sequence of str, optional
        Clusters of the intervals (the first), and groups of the folds; one with fewer than two
        values is left out with a warning.

    Returns
    -------
    as_it_is, refitted : Evaluation, Evaluation or None
        None where there is nothing to refit, or too little to refit on.
    """
    documents = list(corpus)
    known = sorted({key for one in documents for key in one.meta})
    for name in (label, *(groups or ())):
        if name not in known:
            hint = nearest(name, known)
            raise BadInput(f"no column '{name}'{hint}; there are {', '.join(known)}")
    groups = None if groups is None else several(documents, groups)
    y = [one.meta.get(label) for one in documents]
    found = as_it_is(classifier, documents, y, groups)
    refitted = None
    if isinstance(classifier, FrameClassifier) and len(documents) >= 50:
        refitted = evaluate(classifier, documents, y, groups=groups, extras=("learning curve",))
    return found, refitted


def as_it_is(
    classifier: Any, documents: Sequence[Document], y: Sequence[Any],
    groups: Sequence[str] | None = None,
) -> Evaluation:  # fmt: skip
    """Return the evaluation of a fitted classifier on labelled texts."""
    import pandas as pd

    frames = classifier.frames_
    labels = own_labels(classifier, y)
    chance = classifier.fitted_.chances(list(documents))
    called = classifier.fitted_.chosen(chance)
    names = [one.meta.get(groups[0]) for one in documents] if groups else [None] * len(documents)
    clusters = merge(names, near_duplicates([one.text for one in documents]))
    outcome = Outcome(chance, called, labels.matrix, clusters, labels.kind)
    scores = [
        {"protocol": AS_IT_IS, "model": "text", "metric": metric, "estimate": value[0],
         "low": value[1], "high": value[2], "n_units": len(documents),
         "n_clusters": len(np.unique(clusters))}
        for metric, value in estimates(outcome).items()
    ]  # fmt: skip
    by_group = [
        {"field": name, **row}
        for name in dict.fromkeys([*SIDES, *(groups or ())])
        if any(one.meta.get(name) for one in documents)
        for row in group_rows(outcome, np.array([str(d.meta.get(name)) for d in documents], object))
    ]  # fmt: skip
    empty = pd.DataFrame()
    return Evaluation(
        pd.DataFrame(scores),
        pd.DataFrame([{"protocol": AS_IT_IS, **row} for row in frame_rows(outcome, frames)]),
        pd.DataFrame(reliability_rows(outcome, frames)),
        pd.DataFrame(by_group),
        pd.DataFrame(confusion(outcome, labels), columns=["true", "predicted", "n"]), empty, empty,
        {"n_units": len(documents), "n_tested": len(documents), "frames": list(frames),
         "kind": labels.kind, "strictest": AS_IT_IS},
    )  # fmt: skip
