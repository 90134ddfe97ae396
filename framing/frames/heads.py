"""What each half of a classifier sees: terms, rates and numbers; sentence vectors; a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from framing.frames.features import NumberPool, Pool, RatePool, TermPool
from framing.tables import BadInput
from framing.text.document import Document

if TYPE_CHECKING:
    from framing.frames.classifier import FrameClassifier


def pools_of(classifier: FrameClassifier, documents: Sequence[Document]) -> list[list[Any]]:
    """Return for each half its pools over all documents."""
    fields, terms, measures, numbers = (
        (one,) if isinstance(one, str) else tuple(one)
        for one in (classifier.fields, classifier.terms, classifier.measures, classifier.numbers)
    )
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
