"""Partisan framing: whose name for a contested thing is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap

EVIDENCE = ("referent", "side_us", "side_uk", "z", "z_uk", "in_quotes", "n", "outlets", "source")


class PartisanFraming(Extractor):
    """Contested names, each with its referent, side and the evidence for the side.

    The label is the measured side (left, right) or `unverified`. A document's counts say which
    names it used; an index of side is meaningful only for groups of documents.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> corpus = Corpus([Document("a", "Illegal aliens, or undocumented workers?")])
    >>> annotate(corpus, [PartisanFraming()])[["text", "label"]].values.tolist()
    [['Illegal aliens', 'right'], ['undocumented', 'left']]
    """

    name = "partisan_framing"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            evidence = {key: _value(entry.extra[key]) for key in EVIDENCE if entry.extra.get(key)}
            yield Span(match.start, match.end, entry.label, entry.strength, entry.id, evidence)


def _value(cell: str) -> Any:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell
