"""Guards: what must or must not stand around a match, its case, and proper names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from framing.lexicon import Entry
from framing.text import characters as ch
from framing.text.hashes import MIX, Groups, ranges
from framing.text.segment import Block, read_block

HEAD = 5  # letters by which the beginning of a word is looked up
NEAR = 500  # words on either side, in the same sentence, that are near: some texts have no stops
_WORD = re.compile(r"\w+(?:['.,]\w+)*\*?")


def exact_forms(entry: Entry) -> tuple[str, ...]:
    """Return how a match may begin that has the case of one of its entry's patterns."""
    return tuple(pattern.rstrip("*").replace("-", " ") for pattern in entry.patterns)


def exactly(forms: tuple[str, ...], surface: str) -> bool:
    """Tell whether a match begins with one of the forms, with their case."""
    plain = " ".join(surface.replace("’", "'").replace("-", " ").split())
    return plain.startswith(forms)


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


class Guards:
    """The guards of all entries, judged for all candidates of a block at once.

    Each alternative of a guard ("trade", "immigr*", "trade union") is looked up by one word, mixed
    with the number of its guard: the word itself, or the one of a phrase nearest to the match; of
    the beginning of a word only the first letters. Only where these stand is the rest compared.

    Parameters
    ----------
    entries : sequence of Entry
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        guards = [
            (index, name.partition("_")[0], name.partition("_")[2], alternatives)
            for index, entry in enumerate(entries)
            for name, alternatives in entry.guards.items()
        ]
        owner = np.array([index for index, _, _, _ in guards], np.int64)
        self._begin = owner.searchsorted(np.arange(len(entries) + 1))
        self._needed = np.array([needed == "need" for _, needed, _, _ in guards], bool)
        self._where = [where for _, _, where, _ in guards]
        self._near = np.array([where == "near" for where in self._where], bool)
        self._next = np.array([where == "next" for where in self._where], bool)
        self._phrases: list[list[Phrase]] = [[] for _ in guards]
        rows: list[tuple[int, str, int, bool]] = []
        for number, (_, _, where, alternatives) in enumerate(guards):
            for phrase in filter(None, map(_phrase, alternatives)):
                word, stem = phrase[-1 if where == "prev" else 0]
                head = word[:HEAD] if stem else word
                sure = len(phrase) == 1 and head == word
                rows.append((number, head, len(head) if stem else 0, sure))
                if not sure:
                    self._phrases[number].append(phrase)
        owner = np.array([row[0] for row in rows], np.int64)
        hashes = _hashes([row[1] for row in rows])
        length = np.array([row[2] for row in rows], np.int64)
        alone = np.array([row[3] for row in rows], bool)
        self._tables = {
            int(size): _Table(owner[mine], hashes[mine], alone[mine], len(guards))
            for size in np.unique(length)
            for mine in [length == size]
        }

    def hold(self, block: Block, entry: np.ndarray, place: Sequence[np.ndarray]) -> np.ndarray:
        """Tell which candidates meet all conditions of their entries.

        Parameters
        ----------
        entry : numpy.ndarray of int64
        place : four numpy.ndarray of int64
            First word of each candidate, first word behind it, first word of its sentence and
            first word behind that.
        """
        count = self._begin[entry + 1] - self._begin[entry]
        candidate, guard = ranges(self._begin[entry], count)
        first, behind, low, high = (column[candidate] for column in place)
        near, following = self._near[guard], self._next[guard]
        beside = np.flatnonzero(~near & np.where(following, behind < high, first > low))
        wide = np.flatnonzero(near)
        begin, end = np.maximum(low, first - NEAR)[wide], np.minimum(high, behind + NEAR)[wide]
        owner, around = ranges(begin, end - begin)
        pair = np.concatenate((wide[owner], beside))
        word = np.concatenate((around, np.where(following, behind, first - 1)[beside]))
        found = np.zeros(len(guard), bool)
        bounds = first, behind, low, high
        asked = guard[pair]
        for length, table in self._tables.items():
            at, sure = table.find(block, asked, word, length)
            here, mine = word[at], pair[at]
            outside = (here < first[mine]) | (here >= behind[mine])
            found[mine[outside & sure]] = True
            for row in np.flatnonzero(outside & ~sure).tolist():
                one = mine[row]
                if not found[one]:
                    limits = [int(bound[one]) for bound in bounds]
                    found[one] = self._stands(block.words, int(guard[one]), int(here[row]), limits)
        good = np.ones(len(entry), bool)
        good[candidate[found != self._needed[guard]]] = False
        return good

    def _stands(self, words: Sequence[str], guard: int, at: int, limits: Sequence[int]) -> bool:
        """Tell whether a phrase of a guard begins at a word, or ends there right before a match."""
        first, _, low, high = limits
        for phrase in self._phrases[guard]:
            begin = at - len(phrase) + 1 if self._where[guard] == "prev" else at
            end = begin + len(phrase)
            inside = low <= begin and end <= (first if at < first else high)
            if inside and _same(phrase, words, begin):
                return True
        return False


class _Table:
    """Words by the guard that looks for them, all of one kind: whole, or beginnings of a length."""

    def __init__(
        self, guard: np.ndarray, hashes: np.ndarray, sure: np.ndarray, n_guards: int
    ) -> None:
        self.salt = np.arange(n_guards).astype(np.uint64) * MIX
        self.keys = Groups(hashes ^ self.salt[guard])
        self.sure = np.logical_or.reduceat(sure[self.keys.order], self.keys.begin)
        self.used = np.zeros(n_guards, bool)
        self.used[guard] = True

    def find(
        self, block: Block, guard: np.ndarray, word: np.ndarray, length: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return where a word stands that may meet its guard, and whether it surely does."""
        mine = np.flatnonzero(self.used[guard])
        if length:
            mine = mine[block.lengths[word[mine]] >= length]
            begin = block.starts[word[mine]]
            hashes = block.span_hash(begin, begin + length)
        else:
            hashes = block.hashes[word[mine]]
        index, key = self.keys.find(hashes ^ self.salt[guard[mine]])
        return mine[index], self.sure[key]


def _hashes(words: Sequence[str]) -> np.ndarray:
    """Return the hashes of folded words, as `Block.hashes` has them."""
    block = read_block(words)
    return block.span_hash(block.offsets[:-1], block.offsets[1:] - 1)


def _phrase(written: str) -> Phrase:
    return tuple((word.rstrip("*"), word.endswith("*")) for word in _WORD.findall(ch.fold(written)))


def _same(phrase: Phrase, words: Sequence[str], place: int) -> bool:
    for wanted, stem in phrase:
        word = words[place]
        if word != wanted and not (stem and word.startswith(wanted)):
            return False
        place += 1
    return True
