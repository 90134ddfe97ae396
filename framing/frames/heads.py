"""What each half of a classifier sees: terms, rates and numbers; sentence vectors; a network."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from framing.frames.features import NumberPool, Pool, RatePool, TermPool
from framing.frames.terms import KINDS
from framing.tables import BadInput, nearest
from framing.text.document import Document

if TYPE_CHECKING:
    from framing.frames.classifier import FrameClassifier

CHOICES = {
    "calibration": ("auto", "sigmoid", "isotonic"), "thresholds": ("prevalence", "half"),
}  # fmt: skip
LEAST = {"folds": 2, "min_df": 1, "max_terms": 1}
ALWAYS = ("text", "title", "body")


def pools_of(classifier: FrameClassifier, documents: Sequence[Document]) -> list[list[Any]]:
    """Return for each half its pools over all documents; a setting that cannot be is bad input."""
    fields, terms, measures, numbers = (
        (one,) if isinstance(one, str) else tuple(one)
        for one in (classifier.fields, classifier.terms, classifier.measures, classifier.numbers)
    )
    _check(classifier, terms, fields, documents)
    seen: list[Pool] = [
        TermPool.read(documents, field, kind, classifier.min_df, classifier.max_terms)
        for field in fields for kind in terms
    ]  # fmt: skip
    if measures:
        seen.append(RatePool.read(documents, measures))
    if numbers:
        seen.append(NumberPool.read(documents, numbers))
    heads: list[list[Any]] = [seen] if seen else []
    if classifier.encoder:
        from framing.frames.encoder import VectorPool

        dense: list[Any] = [VectorPool.read(documents, fields, classifier.encoder)]
        if numbers:
            dense.append(NumberPool.read(documents, numbers))
        heads.append(dense)
    if classifier.finetune:
        from framing.frames.finetune import TunedPool

        heads.append([TunedPool.read(documents, fields, classifier.finetune)])
    if not heads:
        raise BadInput("a classifier needs terms, measures, numbers or an encoder")
    return heads


def _check(
    classifier: FrameClassifier, terms: Sequence[str], fields: Sequence[str],
    documents: Sequence[Document],
) -> None:  # fmt: skip
    known = [*ALWAYS, *sorted({name for one in documents for name in one.meta})]
    asked = [(name, getattr(classifier, name), words) for name, words in CHOICES.items()]
    asked += [("terms", one, tuple(KINDS)) for one in terms]
    asked += [("fields", one, tuple(known)) for one in fields]
    for name, value, words in asked:
        if value not in words:
            hint = nearest(value, words)
            raise BadInput(f"{name}: no '{value}'{hint}; there are {', '.join(words)}")
    for name, least in LEAST.items():
        number = getattr(classifier, name)
        if not isinstance(number, Integral) or number < least:
            raise BadInput(f"{name} is {number!r}; it must be a whole number, {least} is the least")
    if not isinstance(classifier.C, Real) or not classifier.C > 0:
        raise BadInput(f"C is {classifier.C!r}; it must be a number over 0, and 1 is usual")
