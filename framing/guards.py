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


@dataclass(frozen=True, slots=True)
class _Guard:
    """Guard words sorted by kind: whole words, word beginnings, phrases; and the longest."""

    words: frozenset[str]
    stems: tuple[str, ...]
    phrases: tuple[tuple[tuple[str, bool], ...], ...]
    reach: int

    def single(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))

    def begins(self, words: Sequence[str]) -> bool:
        """Whether the guard stands at the beginning of `words`."""
        if words and self.single(words[0]):
            return True
        return any(_same(phrase, words[: len(phrase)]) for phrase in self.phrases)

    def ends(self, words: Sequence[str]) -> bool:
        """Whether the guard stands at the end of `words`."""
        if words and self.single(words[-1]):
            return True
        return any(_same(phrase, words[-len(phrase) :]) for phrase in self.phrases)

    def within(self, words: Sequence[str]) -> bool:
        """Whether the guard stands anywhere in `words`."""
        if not self.words.isdisjoint(words):
            return True
        if self.stems and any(word.startswith(self.stems) for word in words):
            return True
        return any(
            _same(phrase, words[place : place + len(phrase)])
            for phrase in self.phrases
            if phrase[0][1] or phrase[0][0] in words
            for place in range(len(words))
        )


def _same(phrase: Sequence[tuple[str, bool]], words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(
        word.startswith(wanted) if stem else word == wanted
        for (wanted, stem), word in zip(phrase, words, strict=True)
    )


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
        max(map(len, compiled)),
    )


def passes(
    entry: Entry, block: Block, place: tuple[int, int, int, int], sentences: dict[int, list[str]]
) -> bool:
    """Whether the guards of an entry hold for a match.

    Parameters
    ----------
    place : (first, behind, low, high)
        First word of the match, first word behind it, and the same of its sentence.
    sentences : dict
        The words of the sentences looked at before, by their first word.
    """
    first, behind, low, high = place
    for name, alternatives in entry.guards.items():
        guard = _guard(alternatives)
        if name.endswith("next"):
            found = guard.begins(block.words(behind, min(behind + guard.reach, high)))
        elif name.endswith("prev"):
            found = guard.ends(block.words(max(first - guard.reach, low), first))
        else:
            if low not in sentences:
                sentences[low] = block.words(low, high)
            words = sentences[low]
            found = guard.within(words[: first - low]) or guard.within(words[behind - low :])
        if found != name.startswith("need"):
            return False
    return True
