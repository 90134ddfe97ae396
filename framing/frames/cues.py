"""Cues of the policy frames: words and phrases of which each points to one frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from framing.extractors.base import Extractor, as_extractors


class FrameCues(Extractor):
    """Words and phrases that point to a policy frame; no measure of rhetoric.

    Not among the extractors of `annotate`, since a cue is no framing by itself; pass it to
    `annotate(corpus, [FrameCues()])` to see the spans behind the labeller `policy-frames-lexicon`.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> corpus = Corpus([Document("a", "The Supreme Court ruled on Friday.")])
    >>> annotate(corpus, [FrameCues()])[["text", "label"]].values.tolist()
    [['Supreme Court', 'legality_constitutionality']]
    """

    name = "policy_frames"


def as_measures(names: Sequence[str]) -> list[Any]:
    """Turn names of measures into extractors; "policy_frames" is the cues above."""
    return [FrameCues() if name == FrameCues.name else as_extractors([name])[0] for name in names]
