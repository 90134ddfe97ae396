"""Guards: what must or must not stand around a match, its case, and proper names."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    capital = block.capitals
    before = (first - 1 > low) & capital[np.maximum(first - 1, 0)]
    after = (last + 1 < high) & capital[np.minimum(last + 1, len(capital) - 1)]
    found = (first > low) & (last < high) & (before | after)
    long = (block.ends - block.starts) > 3
    all_long, capital_long = (
        np.concatenate(([0], np.cumsum(words))) for words in (long, capital & long)
    )
    count = np.maximum(all_long[high] - all_long[low], 1)
    return found & (capital_long[high] - capital_long[low] <= 0.8 * count)


Phrase = tuple[tuple[str, bool], ...]
Place = tuple[int, int, int, int]


class Guard:
    """One condition of an entry: words and phrases that must or must not stand somewhere.

    Parameters
    ----------
    name : str
        One of `framing.lexicon.GUARDS`.
    alternatives : sequence of str
        Words, word beginnings ("immigr*") and phrases; any of them will do.
    """

    def __init__(self, name: str, alternatives: Sequence[str]) -> None:
        self.needed = name.startswith("need")
        self.where = name.partition("_")[2]
        compiled = [_phrase(phrase) for phrase in alternatives]
        self._words = frozenset(p[0][0] for p in compiled if len(p) == 1 and not p[0][1])
        self._stems = tuple(p[0][0] for p in compiled if len(p) == 1 and p[0][1])
        self._phrases = [p for p in compiled if len(p) > 1]
        self._openings = frozenset(p[0][0] for p in self._phrases)
        self._loose = any(p[0][1] for p in self._phrases)

    def holds(self, words: Sequence[str], place: Place) -> bool:
        """Whether the condition is met around a match."""
        first, behind, low, high = place
        if self.where == "next":
            found = behind < high and self._begins(words, behind, high)
        elif self.where == "prev":
            found = first > low and self._ends(words, low, first)
        else:
            found = self._within(words, low, first) or self._within(words, behind, high)
        return found == self.needed

    def _begins(self, words: Sequence[str], place: int, high: int) -> bool:
        """Whether a word or a phrase begins at `place`."""
        word = words[place]
        if word in self._words or (self._stems and word.startswith(self._stems)):
            return True
        if not self._loose and word not in self._openings:
            return False
        return any(
            place + len(phrase) <= high and _same(phrase, words, place) for phrase in self._phrases
        )

    def _ends(self, words: Sequence[str], low: int, place: int) -> bool:
        """Whether a word or a phrase ends right before `place`, from word `low` on."""
        word = words[place - 1]
        if word in self._words or (self._stems and word.startswith(self._stems)):
            return True
        for phrase in self._phrases:
            begin = place - len(phrase)
            if begin >= low and _same(phrase, words, begin):
                return True
        return False

    def _within(self, words: Sequence[str], low: int, high: int) -> bool:
        """Whether a word or a phrase stands anywhere from word `low` up to word `high`."""
        nearby = words[low:high]
        if not self._words.isdisjoint(nearby):
            return True
        if self._stems and any(word.startswith(self._stems) for word in nearby):
            return True
        if not self._phrases or not (self._loose or not self._openings.isdisjoint(nearby)):
            return False
        return any(
            _same(phrase, words, place)
            for phrase in self._phrases
            for place in range(low, high - len(phrase) + 1)
        )


def guards_of(entry: Entry) -> list[Guard]:
    """Return the compiled guards of an entry."""
    return [Guard(name, alternatives) for name, alternatives in entry.guards.items()]


def _phrase(written: str) -> Phrase:
    return tuple((word.rstrip("*"), word.endswith("*")) for word in _WORD.findall(ch.fold(written)))


def _same(phrase: Phrase, words: Sequence[str], place: int) -> bool:
    for wanted, stem in phrase:
        word = words[place]
        if word != wanted and not (stem and word.startswith(wanted)):
            return False
        place += 1
    return True
