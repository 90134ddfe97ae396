"""The place of a match: the words around it, up to the nearest marks."""

from __future__ import annotations

import functools

import numpy as np

from framing.text.document import Match, Reading
from framing.text.hashes import ranges
from framing.text.segment import Block

BEFORE, BEHIND = 8, 12  # words in front of a match and behind it that are looked at
TO = frozenset({"to"})
SOFT = tuple(map(ord, " \u00a0-\n\r"))  # between words that no mark parts
MARK, NAME = b"\1", b"\2"


def edges(block: Block) -> np.ndarray:
    """Return `MARK` for words behind a mark or an empty line, `NAME` for names behind "to"."""
    odd = np.flatnonzero(np.frombuffer(block.traits.marks, np.uint8) > 0)
    before = np.append(0, block.ends)[odd]
    gap, place = ranges(before, block.starts[odd] - before)
    code = block.code[place]
    hard = np.bincount(gap, ~np.isin(code, SOFT), len(odd))
    lines = np.bincount(gap, code == ord("\n"), len(odd))
    named = np.flatnonzero(block.capitals[1:])  # words before a name
    found = np.zeros(len(block.starts), np.uint8)
    found[named[block.among(TO, named)] + 1] = ord(NAME)
    found[odd[(hard > 0) | (lines > 1)]] = ord(MARK)
    return found


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
        free = self._stops[first : first + BEHIND].partition(MARK)[0]
        if not reading.capitals[match.first]:
            free = free.partition(NAME)[0]
        return reading.folded[first : first + len(free)]

    @functools.cached_property
    def before(self) -> list[str]:
        reading, first = self._reading, self._match.first
        sentence = reading.sentence_at(self._match.start)
        low = max(reading.sentence_words[sentence][0], first - BEFORE)
        place = self._stops.rfind(MARK, low + 1, first + 1)
        return reading.folded[max(low, place) : first][::-1]

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
