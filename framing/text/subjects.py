"""Whom a sentence tells of before somebody speaks: subjects, looked for in the units just read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from framing.text.clauses import LONGEST, Unit, is_finite
from framing.text.document import Reading
from framing.text.nouns import first_subject
from framing.text.quotation import Quotation
from framing.text.sources import speaks

Span = tuple[int, int]
FARTHEST = 2 * LONGEST  # words before a pronoun that are read for the subject of their sentence
WHO = re.compile(r"(?:, [^,.;:]+)?,? who\b")
VERB = re.compile(r", (\w+)")


class Subjects:
    """The subjects of sentences, or of what of them stands before a pronoun, in one text.

    Parameters
    ----------
    reading : Reading
    quotations : sequence of Quotation

    Attributes
    ----------
    quoted : list of (start, end)
        The quotations.

    Examples
    --------
    >>> from framing.text.document import Document
    >>> reading = Document("a", "Ann Oakes left. Later the mayor went home.").reading
    >>> [reading.text[slice(*Subjects(reading, []).of(span))] for span in reading.sentences]
    ['Ann Oakes', 'the mayor']
    """

    def __init__(self, reading: Reading, quotations: Sequence[Quotation]) -> None:
        self._reading = reading
        self._quotations = quotations
        self.quoted = [(quotation.start, quotation.end) for quotation in quotations]
        self._found: dict[Span, Span | None] = {}
        self._unit: Unit | None = None  # that was read last
        self._before: Unit | None = None

    def follow(self, unit: Unit) -> None:
        """Remember a unit: it will not be made again where its subject, or one near, is asked."""
        self._before, self._unit = self._unit, unit

    def of(self, span: Span) -> Span | None:
        """Return the subject of a sentence, or of what of it stands in a span."""
        if span not in self._found:
            self._found[span] = self._find(span)
        return self._found[span]

    def _find(self, span: Span) -> Span | None:
        unit, size = self._window(self._within_reach(span))
        found = first_subject(unit, size)
        if found is None or not speaks(unit, found):
            return None
        return unit.starts[found[0]], unit.ends[found[1] - 1]

    def _window(self, span: Span) -> tuple[Unit, int]:
        """Return a unit that begins as a span does, and how many of its words stand in the span."""
        start, end = span
        for unit in (self._unit, self._before):
            if unit is None or unit.start != start or unit.end < end:
                continue
            size = bisect_left(unit.starts, end)
            if unit.end == end or unit.may_end(size):
                return unit, size
        first = bisect_left(self.quoted, (start,))
        last = bisect_left(self.quoted, (end,), first)
        first -= first > 0 and self.quoted[first - 1][1] > start
        unit = Unit(self._reading, span, self._quotations[first:last], first)
        return unit, unit.size

    def _within_reach(self, span: Span) -> Span:
        """Cut off what stands too far from the end of an endless sentence."""
        start, end = span
        if end - start > 2 * FARTHEST:  # letters, of which each word has one at least, and a space
            starts = self._reading.starts
            start = max(start, starts[max(bisect_left(starts, end) - FARTHEST, 0)])
        return start, end


def acts(text: str, start: int, end: int) -> bool:
    """Whether a name is told of: "Hill, 44, who", "whose head, Hill, called"."""
    if WHO.match(text, end):
        return True
    verb = VERB.match(text, end) if text.startswith(", ", start - 2) else None
    return verb is not None and is_finite(verb.group(1))
