"""Partisan framing: whose name for a contested thing is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

LAWS = frozenset("act bill law plan scheme amendment pact treaty proposal agreement".split())
NAMING = frozenset("term terms phrase phrases word words label labels slogan expression".split())
SPEAKING_OF = frozenset("called call calls dubbed termed branded labelled labeled".split())
NEAR = 3  # words between a word that speaks of names and the name
EVIDENCE = ("referent", "side_us", "side_uk", "z", "z_uk", "in_quotes", "n", "outlets", "source")


class PartisanFraming(Extractor):
    """Contested names, each with its referent, side and the evidence for the side.

    The label is the measured side (left, right) or `unverified`. A document's counts say which
    names it used; an index of side is meaningful only for groups of documents. A span that is the
    proper name of a law or plan has the attribute `proper_name`, one that is spoken of as a name
    ("the term 'illegal alien'") has `mentioned`; neither is a choice, and no index counts them.

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
            if _proper(reading, match):
                evidence["proper_name"] = True
            elif _mentioned(reading, match):
                evidence["mentioned"] = True
            yield Span(match.start, match.end, entry.label, entry.strength, entry.id, evidence)


def _proper(reading: Reading, match: Match) -> bool:
    """Whether a capitalised name is, or ends in, the name of a law: "the Illegal Migration Act"."""
    own = range(match.first, match.last + 1)
    behind = match.last + 1
    while behind < min(reading.n_words, match.last + 4) and reading.capitals[behind]:
        if reading.folded[behind] in LAWS:
            return all(reading.capitals[place] for place in own)
        behind += 1
    closes = reading.folded[match.last] in LAWS and len(own) > 1
    return closes and all(reading.capitals[place] for place in own)


def _mentioned(reading: Reading, match: Match) -> bool:
    """Whether the name is spoken of: "the term", "so-called", or a naming verb before its marks."""
    low = reading.sentence_words[reading.sentence_at(match.start)][0]
    before = reading.folded[max(low, match.first - NEAR) : match.first]
    if not NAMING.isdisjoint(before):
        return True
    marked = reading.text[match.start - 1 : match.start] in ("'", '"', "‘", "“")
    told = before[-2:] == ["so", "called"]
    return told or (marked and not SPEAKING_OF.isdisjoint(before))


def _value(cell: str) -> Any:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell
