"""The place of a match: the words around it, up to the nearest marks."""

from __future__ import annotations

import functools

import numpy as np

from framing.text.document import Match, Reading
from framing.text.segment import Block

BEFORE, BEHIND = 8, 12  # words in front of a match and behind it that are looked at
TO = frozenset({"to"})


def edges(block: Block) -> np.ndarray:
    """Whether a stretch of words may end before each word: at a mark, or a name behind "to"."""
    odd = np.frombuffer(block.traits.marks, np.uint8) > 0
    return odd | (np.append(False, block.among(TO)[:-1]) & block.capitals)


class Place:
    """What stands around a match: its form, and the words about it up to the nearest marks.

    Attributes
    ----------
    form : str
        The match, folded.
    before, behind : list of str
        Folded words; `before` has the nearest first, and ends at the edge of the sentence; `behind`
        has a dozen at most, and ends before a name behind "to": a place or a person, and no verb.
    opens : bool
        Whether the last of `before` has a capital.
    asked : bool
        Whether the sentence is a question.
    """

    def __init__(self, reading: Reading, stops: bytes, match: Match) -> None:
        self._reading, self._stops, self._match = reading, stops, match
        self.behind = self._find_behind()

    def _find_behind(self) -> list[str]:
        reading, match, first = self._reading, self._match, self._match.last + 1
        if match.end != reading.ends[match.last]:  # a possessive 's
            return []
        stop = min(first + BEHIND, len(reading.starts))
        place = self._stops.find(1, first, stop)
        while place >= 0 and not (self._parted(place) or self._names(place)):
            place = self._stops.find(1, place + 1, stop)
        return reading.folded[first : place if place >= 0 else stop]

    @functools.cached_property
    def before(self) -> list[str]:
        reading, first = self._reading, self._match.first
        sentence = reading.sentence_at(self._match.start)
        low = max(reading.sentence_words[sentence][0], first - BEFORE)
        place = self._stops.rfind(1, low + 1, first + 1)
        while place >= 0 and not self._parted(place):
            place = self._stops.rfind(1, low + 1, place)
        return reading.folded[max(low, place) : first][::-1]

    def _parted(self, place: int) -> bool:
        """Whether a mark or an empty line stands before a word."""
        gap = self._reading.text[self._reading.ends[place - 1] : self._reading.starts[place]]
        return bool(gap.strip(" \u00a0-\n\r")) or gap.count("\n") > 1

    def _names(self, place: int) -> bool:
        """Whether a name stands behind "to", and the match itself is none."""
        reading = self._reading
        if not reading.capitals[place] or reading.capitals[self._match.first]:
            return False
        return reading.folded[place - 1] == "to"

    @property
    def form(self) -> str:
        return self._reading.text[self._match.start : self._match.end].lower()

    @property
    def opens(self) -> bool:
        before = len(self.before)
        return before > 0 and self._reading.capitals[self._match.first - before]

    @property
    def asked(self) -> bool:
        reading, match = self._reading, self._match
        end = reading.sentences[reading.sentence_at(match.start)][1]
        return "?" in reading.text[max(match.end, end - 3) : end]
