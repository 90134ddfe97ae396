"""The labels table: what a classifier says of each unit."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.frames.calibration import log_odds
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

BAND = 0.4  # log-odds, a tenth at one half
UNLIKE = 4


def label_table(classifier: Any, documents: Sequence[Document]) -> pd.DataFrame:
    """Return one row a unit and frame, of a binary frame one row a unit.

    Parameters
    ----------
    classifier : FrameClassifier
        Of unit "sentence", it cuts the documents into sentences.
    documents : sequence of Document
    """
    import pandas as pd

    units, ids, sentences = (
        list(documents),
        [one.doc_id for one in documents],
        [None] * len(documents),
    )
    if classifier.unit == "sentence":
        units, ids, sentences = cut(documents)
    warn_of_length(classifier, units)
    fitted, frames = classifier.fitted_, classifier.frames_
    chance = fitted.chances(units) if units else np.empty((0, len(frames)))
    chosen = fitted.chosen(chance)
    book = classifier.read_codebook()
    count = len(frames)
    table = pd.DataFrame({
        "doc_id": np.repeat(np.array(ids, object), count),
        "sentence": pd.array(np.repeat(np.array(sentences, object), count), dtype="Int64"),
        "codebook": book.id if book else None,
        "frame": np.tile(np.array(frames, object), len(units)),
        "probability": chance.ravel(),
        "label": chosen.ravel(),
        "classifier": getattr(classifier, "name_", type(classifier).__name__),
        "classifier_version": getattr(classifier, "version_", "1"),
    })  # fmt: skip
    margin = np.abs(log_odds(chance) - log_odds(fitted.thresholds)) < BAND
    return table.assign(uncertain=margin.ravel(), threshold=np.tile(fitted.thresholds, len(units)))


def median_words(documents: Sequence[Document]) -> float:
    """Return the median number of words of documents that have any; 0 of none.

    Examples
    --------
    >>> median_words([Document("1", "Rents rise again"), Document("2", "")])
    3.0
    """
    counts = [len(one.text.split()) for one in documents]
    return float(np.median([n for n in counts if n] or [0]))


def warn_of_length(classifier: Any, units: Sequence[Document]) -> None:
    """Warn where units are four times as long as those learnt from, or as short."""
    learnt, here = getattr(classifier, "median_words_", None), median_words(units)
    if learnt and here and not learnt / UNLIKE <= here <= learnt * UNLIKE:
        name = getattr(classifier, "name_", "") or type(classifier).__name__
        warnings.warn(
            f"{name} learnt from {classifier.unit}s of {learnt:.0f} words (median), these have "
            f"{here:.0f}; the figures of its card do not hold for them",
            stacklevel=4,
        )


def cut(documents: Sequence[Document]) -> tuple[list[Document], list[str], list[Any]]:
    """Return the sentences of documents as documents, with their document's id and their number."""
    units, ids, numbers = [], [], []
    for document in documents:
        for number, (start, end) in enumerate(document.sentences):
            text = document.text[start:end]
            units.append(Document(f"{document.doc_id}#{number}", text, None, document.meta))
            ids.append(document.doc_id)
            numbers.append(number)
    return units, ids, numbers
