"""The place of a match: the words around it, up to the nearest marks."""

from __future__ import annotations

import functools

import numpy as np

from framing.matcher import Matches
from framing.text import characters as ch
from framing.text import clauses as cl
from framing.text.document import Match, Reading
from framing.text.hashes import ranges
from framing.text.segment import Block

BEFORE, BEHIND = 8, 12  # words in front of a match and behind it that are looked at
TO, THAT = frozenset({"to"}), frozenset({"that"})
SOFT = ch.among(" \u00a0-\n\r")  # characters between words that no mark parts


def marked(block: Block) -> np.ndarray:
    """Whether a mark or an empty line stands before each word."""
    odd = np.flatnonzero(np.frombuffer(block.traits.marks, np.uint8) > 0)
    before = np.where(odd > 0, block.ends[odd - 1], 0)
    length = block.starts[odd] - before
    hard = ~SOFT[block.code[before]] & (length > 0)
    rest = np.flatnonzero(~hard)  # what begins with a space or the like
    gap, place = ranges(before[rest], length[rest])
    code = block.code[place]
    lines = np.bincount(gap, code == ord("\n"), len(rest))
    hard[rest] = (np.bincount(gap, ~SOFT[code], len(rest)) > 0) | (lines > 1)
    found = np.zeros(len(block.starts), bool)
    found[odd[hard]] = True
    return found


def barred(block: Block) -> np.ndarray:
    """Whether the same stands before each word, or "to" before a name: no verb follows."""
    found = block.noted(marked).copy()
    named = np.flatnonzero(block.capitals[1:])  # words before a name
    found[named[block.among(TO, named)] + 1] = True
    return found


def _marked(block: Block) -> bytes:
    return block.noted(marked).tobytes()


def _barred(block: Block) -> bytes:
    return block.noted(barred).tobytes()


def followed(block: Block, found: Matches, rows: np.ndarray) -> np.ndarray:
    """Which matches are no nouns ("his claim", "know-how") and have words behind them."""
    first, last, end = found.first[rows], found.last[rows], found.end[rows]
    before, behind = first - 1, np.minimum(last + 1, len(block.starts) - 1)
    ends = block.noted(marked)[behind], block.noted(barred)[behind]
    barring = np.where(block.capitals[first], *ends)
    text = block.offsets.searchsorted(block.starts[[before, first]], "right")
    owned = (text[0] == text[1]) & block.among(cl.DETERMINING, before)
    owned &= ~block.among(THAT, behind)
    joined = (block.code[[block.starts[first] - 1, end]] == ord("-")).any(axis=0)
    possessive = end != block.ends[last]
    return ~(barring | owned | joined | possessive | (behind == last))


class Around:
    """The words around the matches of one text, up to the nearest marks.

    Attributes
    ----------
    reading : Reading
    marked : bytes
        1 at words with a mark before them.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.marked, self._barred = reading.flags(_marked), reading.flags(_barred)

    def behind(self, match: Match) -> list[str]:
        """Return the folded words behind a match, a dozen at most.

        They end before a name behind "to", which is a place or a person, and no verb.
        """
        reading, first = self.reading, match.last + 1
        if match.end != reading.ends[match.last]:  # a possessive 's
            return []
        bars = self.marked if reading.capitals[match.first] else self._barred
        end = bars.find(1, first, first + BEHIND)
        return reading.folded[first : first + BEHIND if end < 0 else end]


class Place:
    """What stands around one match.

    Attributes
    ----------
    form : str
        The match, folded.
    before, behind : list of str
        Folded words; `before` has the nearest first, and ends at the edge of the sentence.
    opens : bool
        Whether the last of `before` has a capital.
    asked : bool
        Whether the sentence is a question.
    """

    def __init__(self, around: Around, match: Match) -> None:
        reading, first = around.reading, match.first
        self._around, self._reading, self._match = around, reading, match
        low = reading.sentence_words[reading.sentence_at(match.start)][0]
        low = max(low, first - BEFORE)
        low = max(low, around.marked.rfind(1, low + 1, first + 1))
        self.before: list[str] = reading.folded[low:first][::-1]

    @functools.cached_property
    def behind(self) -> list[str]:
        return self._around.behind(self._match)

    @property
    def form(self) -> str:
        return self._reading.text[self._match.start : self._match.end].lower()

    @property
    def opens(self) -> bool:
        before = len(self.before)
        return before > 0 and self._reading.capitals[self._match.first - before] > 0

    @property
    def asked(self) -> bool:
        reading, match = self._reading, self._match
        end = reading.sentences[reading.sentence_at(match.start)][1]
        return "?" in reading.text[max(match.end, end - 3) : end]
