"""What each word of a block can be, and what stands before it, found for all words at once.

The rules of `clauses` ask these questions again and again; here they are answered in arrays and
kept as strings of bytes, one byte a word, which are quick to cut, to index and to search.
"""

from __future__ import annotations

import functools

import numpy as np

from framing.text import characters as ch
from framing.text import clauses as cl
from framing.text.hashes import Classes
from framing.text.segment import Block

CLASSES = Classes(
    {
        "finite": cl.FINITE, "carrier": cl.CARRIERS, "to": frozenset({"to"}), "agent": cl.BY,
        "closed": cl.DETERMINING | cl.PREPOSITIONS, "adverb": cl.ADVERBS, "not_ly": cl.NOT_LY,
        "day": cl.DAYS, "hour": cl.TIMES, "time": cl.TIMES | cl.PLAIN_DAYS, "near": cl.NEAR,
        "no_ed": cl.NO_ED, "yesterday": frozenset({"yesterday"}),
    }
)  # fmt: skip
GAPS = (", ", ". ", ".\n\n", "-", "\n\n")  # the most frequent ones but for a space


class Traits:
    """Traits of the words of one block.

    Attributes
    ----------
    capital, adverb, time, finite, verb : bytes
        1 where a word begins with a capital, is an adverb, begins an expression of time, can be a
        finite verb, and can be one where it stands (see `framing.text.clauses`).
    opens, closes : bytes
        Whether the traits may differ where a unit begins or ends with the word.
    gaps : mapping of str to bytes
        The marks in what stands between two words.
    marks : bytes
        The marks before each word, as bits (see `framing.text.clauses.mark`).
    """

    def __init__(self, block: Block) -> None:
        words = _Words(block)
        self.gaps = _Gaps()
        marks = self._find_marks(block)
        adverb = words.all("adverb") | (
            block.ending("ly") & (block.lengths > 4) & ~(words.capital | words.all("not_ly"))
        )
        finite = words.finite()
        self.marks: bytes = marks.tobytes()
        self.capital: bytes = words.capital.tobytes()
        time, verb = _times(words, block), _verbs(words, finite, adverb, marks & cl.JOINED > 0)
        self.adverb: bytes = adverb.tobytes()
        self.time: bytes = time.tobytes()
        self.finite: bytes = finite.tobytes()
        self.verb: bytes = verb.tobytes()
        self.opens: bytes = (finite | (adverb & _shifted(finite, -1))).tobytes()
        self.closes: bytes = (time | _shifted(time, 1) | (finite & ~verb)).tobytes()

    def _find_marks(self, block: Block) -> np.ndarray:
        """Return the marks before each word."""
        before = np.concatenate(([0], block.ends[:-1]))[: len(block.starts)]
        length, first = block.starts - before, block.code[before]
        marks = np.zeros(len(length), np.uint8)
        rare = np.flatnonzero((length != 1) | (first != ord(" ")))
        last = len(block.code) - 1
        for gap in GAPS:
            same = (length[rare] == len(gap)) & (first[rare] == ord(gap[0]))
            for place, char in enumerate(gap[1:], 1):
                same &= block.code[np.minimum(before[rare] + place, last)] == ord(char)
            marks[rare[same]] = cl.mark(gap)
            rare = rare[~same]
        text = "\0".join(block.texts)
        bounds = zip(before[rare].tolist(), block.starts[rare].tolist(), strict=True)
        found = b"".join([self.gaps[text[start:end]] for start, end in bounds])
        marks[rare] = np.frombuffer(found, np.uint8)
        return marks


class _Gaps(dict[str, bytes]):
    """The marks in a gap, as one byte; each different gap is judged once."""

    def __missing__(self, gap: str) -> bytes:
        self[gap] = marks = _mark(gap)
        return marks


@functools.lru_cache(maxsize=4096)
def _mark(gap: str) -> bytes:
    return bytes((cl.mark(gap),))


class _Words:
    """The words of a block as columns."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.capital = _upper()[block.code[block.starts]]
        self.extended = block.ends > block.cores
        self._classes = CLASSES.of(block.hashes)

    def all(self, name: str) -> np.ndarray:
        """Which words are in a class."""
        return self._classes & CLASSES.bits(name) > 0

    def finite(self) -> np.ndarray:
        """Which words can be finite verbs (see `clauses.is_finite`)."""
        found = self.all("finite")
        for suffix in cl.CONTRACTED:
            found |= self.block.ending(suffix)
        return found | (self.block.ending("ed") & (self.block.lengths > 3) & ~self.all("no_ed"))


def _verbs(words: _Words, finite: np.ndarray, adverb: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Which words can be finite verbs where they stand (see `clauses.finite_at`)."""
    closed = words.all("closed")
    before = np.where(_shifted(adverb, 1), _shifted(closed, 2), _shifted(closed, 1))
    mere = words.block.ending("ed") & (before | joined | _shifted(words.all("agent"), -1))
    stands = finite & ~_shifted(words.all("to"), 1) & ~mere & ~_shifted(joined, -1)
    return stands | (~finite & words.all("carrier") & words.extended)


def _times(words: _Words, block: Block) -> np.ndarray:
    """At which words an expression of time begins (see `clauses.time_at`)."""
    found = words.all("near") & _soon(words.all("time"))
    day = np.flatnonzero(words.all("day"))
    initial = block.folded[block.starts[day]] == ord("t")
    found[day] |= words.capital[day] | initial | words.all("yesterday")[day]
    hour = np.flatnonzero(_soon(words.all("hour")))
    for place in hour[block.kind[block.starts[hour]] == ch.DIGIT].tolist():
        found[place] |= block.words[place].isdigit()
    return found


def _soon(values: np.ndarray) -> np.ndarray:
    """Whether one of the next two words is meant."""
    return _shifted(values, -1) | _shifted(values, -2)


def _shifted(values: np.ndarray, by: int) -> np.ndarray:
    """Return the values moved to later words, or to earlier ones; what comes in is false."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[by:] = values[:-by]
    else:
        moved[:by] = values[-by:]
    return moved


@functools.cache
def _upper() -> np.ndarray:
    """Return whether each code point up to `characters.LIMIT` is a capital letter."""
    return np.array([chr(code).isupper() for code in range(ch.LIMIT + 1)], bool)
