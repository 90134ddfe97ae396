"""Guards: what must or must not stand around a match, its case, and proper names."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.lexicon import Entry
from framing.text import characters as ch
from framing.text.segment import Block

_WORD = re.compile(r"\w+(?:['.,]\w+)*\*?")


def needs_judging(entry: Entry) -> bool:
    return bool(entry.case or entry.guards)


def right_case(entry: Entry, surface: str) -> bool:
    if entry.case == "cap":
        return surface[:1].isupper()
    plain = " ".join(surface.replace("’", "'").replace("-", " ").split())
    return any(plain.startswith(p.rstrip("*").replace("-", " ")) for p in entry.patterns)


def in_name(
    block: Block, first: np.ndarray, last: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Whether matches stand beside a capitalised word in mid-sentence.

    Parameters
    ----------
    first, last : numpy.ndarray of int64
        First and last word of each match.
    low, high : numpy.ndarray of int64
        First word of its sentence, and the first word behind it.

    Notes
    -----
    Sentences in title case, with more than 80 % of the longer words capitalised, do not count.
    """
    capital = block.capital(block.starts)
    before = (first - 1 > low) & capital[np.maximum(first - 1, 0)]
    after = (last + 1 < high) & capital[np.minimum(last + 1, len(capital) - 1)]
    found = (first > low) & (last < high) & (before | after)
    long = (block.ends - block.starts) > 3
    for place in np.flatnonzero(found).tolist():
        words = slice(low[place], high[place])
        count = int(long[words].sum())
        found[place] = (capital[words] & long[words]).sum() <= 0.8 * max(count, 1)
    return found


Phrase = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Guard:
    """Guard words sorted by kind: whole words, word beginnings, phrases."""

    words: frozenset[str]
    stems: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    def single(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))

    def behind(self, words: Sequence[str], place: int, high: int) -> bool:
        """Whether the guard begins at word `place`, before word `high`."""
        if place >= high:
            return False
        return self.single(words[place]) or any(
            place + len(phrase) <= high and _same(phrase, words, place) for phrase in self.phrases
        )

    def before(self, words: Sequence[str], low: int, place: int) -> bool:
        """Whether the guard ends right before word `place`, from word `low` on."""
        if place <= low:
            return False
        return self.single(words[place - 1]) or any(
            place - len(phrase) >= low and _same(phrase, words, place - len(phrase))
            for phrase in self.phrases
        )

    def within(self, words: Sequence[str], low: int, high: int) -> bool:
        """Whether the guard stands anywhere from word `low` up to word `high`."""
        nearby = words[low:high]
        if not self.words.isdisjoint(nearby):
            return True
        if self.stems and any(word.startswith(self.stems) for word in nearby):
            return True
        return any(
            _same(phrase, words, place)
            for phrase in self.phrases
            if phrase[0][1] or phrase[0][0] in nearby
            for place in range(low, high - len(phrase) + 1)
        )


def _same(phrase: Phrase, words: Sequence[str], place: int) -> bool:
    for offset, (wanted, stem) in enumerate(phrase):
        word = words[place + offset]
        if not (word.startswith(wanted) if stem else word == wanted):
            return False
    return True


@functools.cache
def _guard(alternatives: tuple[str, ...]) -> _Guard:
    compiled = [
        tuple((word.rstrip("*"), word.endswith("*")) for word in _WORD.findall(ch.fold(phrase)))
        for phrase in alternatives
    ]
    return _Guard(
        frozenset(p[0][0] for p in compiled if len(p) == 1 and not p[0][1]),
        tuple(p[0][0] for p in compiled if len(p) == 1 and p[0][1]),
        tuple(p for p in compiled if len(p) > 1),
    )


def passes(entry: Entry, words: Sequence[str], place: tuple[int, int, int, int]) -> bool:
    """Whether the guards of an entry hold for a match.

    Parameters
    ----------
    words : sequence of str
        Of the block, folded.
    place : (first, behind, low, high)
        First word of the match, first word behind it, and the same of its sentence.
    """
    first, behind, low, high = place
    for name, alternatives in entry.guards.items():
        guard = _guard(alternatives)
        if name.endswith("next"):
            found = guard.behind(words, behind, high)
        elif name.endswith("prev"):
            found = guard.before(words, low, first)
        else:
            found = guard.within(words, low, first) or guard.within(words, behind, high)
        if found != name.startswith("need"):
            return False
    return True
