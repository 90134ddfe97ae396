"""Guards: what must or must not stand around a match, its case, and proper names."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

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


def in_name(block: Block, first: int, last: int, low: int, high: int) -> bool:
    """Whether a capitalised match stands beside another capitalised word in mid-sentence."""
    if first == low or last >= high:
        return False
    capitals = block.capital(block.starts[low:high])
    longer = (block.ends[low:high] - block.starts[low:high]) > 3
    if capitals[longer].sum() > 0.8 * max(longer.sum(), 1):
        return False
    before = first - 1 > low and bool(capitals[first - 1 - low])
    after = last + 1 < high and bool(capitals[last + 1 - low])
    return before or after


@dataclass(frozen=True, slots=True)
class _Guard:
    """Guard words sorted by kind: whole words, word beginnings, and phrases."""

    words: frozenset[str]
    stems: tuple[str, ...]
    phrases: tuple[tuple[tuple[str, bool], ...], ...]

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
        return bool(self.phrases) and any(
            _same(phrase, words[i : i + len(phrase)])
            for phrase in self.phrases
            for i in range(len(words))
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
    )


def passes(entry: Entry, block: Block, place: tuple[int, int, int, int]) -> bool:
    first, last, low, high = place
    for name, alternatives in entry.guards.items():
        guard = _guard(alternatives)
        if name.endswith("next"):
            found = guard.begins(block.words(last + 1, min(last + 5, high)))
        elif name.endswith("prev"):
            found = guard.ends(block.words(max(first - 4, low), first))
        else:
            found = guard.within(block.words(low, first)) or guard.within(
                block.words(last + 1, high)
            )
        if found != name.startswith("need"):
            return False
    return True
