"""What each word of a block can be, and what stands before it, found for all words at once.

The rules of `clauses` ask these questions again and again; here they are answered in arrays and
kept as strings of bytes, one byte a word, which are quick to cut, to index and to search.
"""

from __future__ import annotations

import functools

import numpy as np

from framing.text import characters as ch
from framing.text import clauses as cl
from framing.text.hashes import SPREAD, Classes, Groups, pick
from framing.text.segment import Block, read_block
from framing.text.verbs import DEGREES, GROUP, HELPS, LEADS, NOUNS_ING

ENDINGS = {"ly": ("ly",), "ed": ("ed",), "n't": ("n't",), "contracted": cl.CONTRACTED}
CLASSES = Classes(
    {
        "finite": cl.FINITE, "carrier": cl.CARRIERS, "to": frozenset({"to"}), "agent": cl.BY,
        "closed": cl.DETERMINING | cl.PREPOSITIONS, "adverb": cl.ADVERBS, "not_ly": cl.NOT_LY,
        "day": cl.DAYS, "hour": cl.TIMES, "time": cl.TIMES | cl.PLAIN_DAYS, "near": cl.NEAR,
        "no_ed": cl.NO_ED, "yesterday": frozenset({"yesterday"}), "noun_ing": NOUNS_ING,
        "leads": LEADS | cl.PREPOSITIONS | GROUP | DEGREES | HELPS | {"worth"},
    }
    | dict.fromkeys(ENDINGS, frozenset())
)  # fmt: skip
GAPS = (  # the most frequent ones but for a space
    ", ", ". ", ".\n\n", "-", "\n\n", " “", ": ", ",” ", ".", " — ", ' "', '," ', ".”\n\n", " (",
    ".\n\n“", "” ", ". “", '."\n\n', '.\n\n"', '" ', ") ", " $", '. "', " – ", " -- ", "/", "? ",
    "' ", "; ", "’ ", ".” ", "—", ":", ", “", "?\n\n", " '", "% ", "., ", ', "', ":\n\n", " [",
)  # fmt: skip
LONGEST = 4  # letters of a gap that may be among them


class Traits:
    """Traits of the words of one block.

    Attributes
    ----------
    capital, adverb, time, finite, verb : bytes
        1 where a word begins with a capital, is an adverb, begins an expression of time, can be a
        finite verb, and can be one where it stands (see `framing.text.clauses`).
    extended : bytes
        1 where a possessive 's belongs to a word.
    plain : bytes
        1 where nothing before a verb makes it a noun or belongs to its group, as in "Hill said".
    opens, closes : bytes
        How unsure traits are where a unit begins or ends with the word: they are judged again if
        the two make more than 1.
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
            words.all("ly") & (block.lengths > 4) & ~(words.capital | words.all("not_ly"))
        )
        finite = words.finite()
        self.marks: bytes = marks.tobytes()
        self.capital: bytes = words.capital.tobytes()
        self.extended: bytes = words.extended.tobytes()
        verb = _verbs(words, finite, adverb, marks & cl.JOINED > 0)
        time, days = _times(words, block)
        self.adverb: bytes = adverb.tobytes()
        self.time: bytes = time.tobytes()
        self.finite: bytes = finite.tobytes()
        self.verb: bytes = verb.tobytes()
        self.plain: bytes = _plain(words, adverb, marks).tobytes()
        self.opens: bytes = _opens(words, finite, verb, adverb, marks).tobytes()
        self.closes: bytes = _closes(words, finite & ~verb, time, days).tobytes()

    def _find_marks(self, block: Block) -> np.ndarray:
        """Return the marks before each word."""
        before = np.concatenate(([0], block.ends[:-1]))[: len(block.starts)]
        length, first = block.starts - before, pick(block.code, before)
        marks = np.zeros(len(length), np.uint8)
        rare = np.flatnonzero((length != 1) | (first != ord(" ")))
        groups, values = _frequent()
        index, group = groups.find(_spelled(block, before[rare], length[rare]))
        marks[rare[index]] = values[group]
        rare = np.delete(rare, index)
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


def _spelled(block: Block, before: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Return a hash of each gap, of all longer ones the same."""
    key = np.zeros(len(before), np.uint64)
    for ahead in range(LONGEST):
        letter = block.code.take(before + ahead, mode="clip")
        key = key << np.uint64(16) | letter * (ahead < length)
    return key * (length <= LONGEST) * SPREAD


@functools.cache
def _frequent() -> tuple[Groups, np.ndarray]:
    """Return the hashes of the frequent gaps, and the marks in each."""
    block = read_block(["x".join(GAPS)])
    length = np.array([len(gap) for gap in GAPS])
    groups = Groups(_spelled(block, np.cumsum(length + 1) - length - 1, length))
    return groups, np.array([cl.mark(gap) for gap in GAPS], np.uint8)[groups.order]


class _Words:
    """The words of a block as columns."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.capital = pick(_upper(), pick(block.code, block.starts))
        self.extended = block.ends > block.cores
        classes = CLASSES.of(block.hashes[block.distinct[0]])
        for name, suffixes in ENDINGS.items():
            for suffix in suffixes:
                classes |= block.distinct_ending(suffix) * CLASSES.bits(name)
        self._classes = block.spread(classes)

    def all(self, names: str) -> np.ndarray:
        """Which words are in a class, or one of several."""
        return self._classes & CLASSES.bits(names) > 0

    def finite(self) -> np.ndarray:
        """Which words can be finite verbs (see `clauses.is_finite`)."""
        found = self.all("finite contracted")
        return found | (self.all("ed") & (self.block.lengths > 3) & ~self.all("no_ed"))


def _verbs(words: _Words, finite: np.ndarray, adverb: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Which words can be finite verbs where they stand (see `clauses.finite_at`)."""
    closed = words.all("closed")
    before = np.where(_shifted(adverb, 1), _shifted(closed, 2), _shifted(closed, 1))
    mere = words.all("ed") & (before | joined | _shifted(words.all("agent"), -1))
    stands = finite & ~_shifted(words.all("to"), 1) & ~mere & ~_shifted(joined, -1)
    return stands | (~finite & words.all("carrier") & words.extended)


def _plain(words: _Words, adverb: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """At which verbs `verbs.is_noun` and `verbs.verb_group` would find nothing before them."""
    beside = words.all("leads") | adverb | words.extended | words.all("n't")
    apart = marks & (cl.BREAK | cl.JOINED) == cl.BREAK
    alone = (marks == 0) & ~_shifted(beside, 1) & ~words.all("noun_ing")
    return (alone | (apart & ~_shifted(words.all("leads"), 1))) & ~words.capital


def _opens(
    words: _Words, finite: np.ndarray, verb: np.ndarray, adverb: np.ndarray, marks: np.ndarray
) -> np.ndarray:
    """How unsure the verbs are where a unit begins: those that hang on what stands before it."""
    unsure, place = finite & ~verb, np.flatnonzero(finite & (marks > 0))
    before = words.block.code[words.block.starts[place] - 1]
    for char in '-/_"':  # may join them where the unit begins between the two
        unsure[place[before == ord(char)]] = True
    unsure |= _shifted(unsure | (finite & _shifted(adverb & words.all("closed"), 1)), -1)
    judged = finite | (adverb & _shifted(finite, -1))
    return unsure * (judged + np.uint8(1))


def _closes(words: _Words, unsure: np.ndarray, time: np.ndarray, days: np.ndarray) -> np.ndarray:
    """How unsure verb and times are where a unit ends: those that hang on what stands behind it."""
    near = words.all("hour") | (_shifted(words.all("near"), 1) & words.all("time"))
    hanging = time & ~days
    unsure = unsure | hanging | (_shifted(hanging, 1) & ~near)
    return unsure + (unsure | time | _shifted(time, 1)).astype(np.uint8)


def _times(words: _Words, block: Block) -> tuple[np.ndarray, np.ndarray]:
    """At which words an expression of time begins (see `clauses.time_at`), and which are days."""
    days = words.all("day")
    day = np.flatnonzero(days)
    initial = block.folded[block.starts[day]] == ord("t")
    days[day] = words.capital[day] | initial | words.all("yesterday")[day]
    found = days | (words.all("near") & _soon(words.all("time")))
    hour = np.flatnonzero(_soon(words.all("hour")))
    for place in hour[block.kind[block.starts[hour]] == ch.DIGIT].tolist():
        found[place] |= block.words[place].isdigit()
    return found, days


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
