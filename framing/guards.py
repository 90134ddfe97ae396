"""Guards: what must or must not stand around a match, its case, and proper names."""

from __future__ import annotations

import functools
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


@functools.lru_cache(maxsize=4096)
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
    (rows,) = found.nonzero()
    (long,) = (block.ends - block.starts > 3).nonzero()
    count, capitals = (
        words.searchsorted(high[rows]) - words.searchsorted(low[rows])
        for words in (long, long[capital[long]])
    )
    found[rows] = capitals <= 0.8 * np.maximum(count, 1)
    return found


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
        rows: list[tuple[int, str, int, Phrase]] = []
        for number, (_, _, where, alternatives) in enumerate(guards):
            for phrase in filter(None, map(_phrase, alternatives)):
                word, stem = phrase[-1 if where == "prev" else 0]
                head = word[:HEAD] if stem else word
                rows.append((number, head, len(head) if stem else 0, phrase))
        owner = np.array([row[0] for row in rows], np.int64)
        hashes = _hashes([row[1] for row in rows])
        length = np.array([row[2] for row in rows], np.int64)
        self._tables: dict[int, _Table] = {}
        self._lengths = np.zeros(len(guards), np.uint8)  # of those to look up, as bits
        for size in np.unique(length).tolist():
            mine = np.flatnonzero(length == size)
            phrases = [rows[row][3] for row in mine.tolist()]
            self._tables[size] = _Table(owner[mine], hashes[mine], phrases)
            self._lengths[owner[mine]] |= 1 << size

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
        asked = guard.take(pair)
        lengths = self._lengths.take(asked)
        for length, table in self._tables.items():
            rows = np.flatnonzero(lengths & (1 << length))
            index, group = table.find(block, asked.take(rows), word.take(rows), length)
            rows = rows[index]
            here, mine = word[rows], pair[rows]
            outside, sure = (here < first[mine]) | (here >= behind[mine]), table.sure[group]
            found[mine[outside & sure]] = True
            rows = np.flatnonzero(outside & ~sure & ~found[mine])
            mine = mine[rows]
            columns = mine, guard[mine], group[rows], here[rows], first[mine], low[mine], high[mine]
            for one, number, key, *place in zip(*(c.tolist() for c in columns), strict=True):
                ending = self._where[number] == "prev"
                if _stands(block.words, table.phrases(key), ending, place):
                    found[one] = True
        good = np.ones(len(entry), bool)
        good[candidate[found != self._needed[guard]]] = False
        return good


class _Table:
    """Words by the guard that looks for them, all of one kind: whole, or beginnings of a length.

    Attributes
    ----------
    sure : numpy.ndarray of bool
        Whether nothing has to be compared where the words of a group stand.
    """

    def __init__(self, guard: np.ndarray, hashes: np.ndarray, phrases: Sequence[Phrase]) -> None:
        self.keys = Groups(_salted(hashes, guard))
        self._phrases = [phrases[row] for row in self.keys.order.tolist()]
        sure = np.array([_is_found_whole(phrase) for phrase in self._phrases], bool)
        self.sure = np.logical_or.reduceat(sure, self.keys.begin)

    def find(
        self, block: Block, guard: np.ndarray, word: np.ndarray, length: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return where a word stands that may meet its guard, and the group it is in."""
        if not length:
            return self.keys.find(_salted(block.hashes.take(word), guard))
        long = np.flatnonzero(block.lengths.take(word) >= length)
        begin = block.starts.take(word.take(long))
        hashes = block.span_hash(begin, begin + length)
        index, key = self.keys.find(_salted(hashes, guard.take(long)))
        return long[index], key

    def phrases(self, group: int) -> list[Phrase]:
        """Return the phrases that are looked up by the words of a group."""
        begin = self.keys.begin[group]
        return self._phrases[begin : begin + self.keys.count[group]]


def _salted(hashes: np.ndarray, guard: np.ndarray) -> np.ndarray:
    """Return hashes mixed with the number of the guard that asks for them."""
    return hashes ^ (guard.view(np.uint64) * MIX)


def _hashes(words: Sequence[str]) -> np.ndarray:
    """Return the hashes of folded words, as `Block.hashes` has them."""
    block = read_block(words)
    return block.span_hash(block.offsets[:-1], block.offsets[1:] - 1)


def _phrase(written: str) -> Phrase:
    return tuple((word.rstrip("*"), word.endswith("*")) for word in _WORD.findall(ch.fold(written)))


def _is_found_whole(phrase: Phrase) -> bool:
    """Tell whether nothing is left of a phrase to compare where the word stands it is found by."""
    word, stem = phrase[0]
    return len(phrase) == 1 and not (stem and len(word) > HEAD)


def _stands(
    words: Sequence[str], phrases: Sequence[Phrase], ending: bool, place: Sequence[int]
) -> bool:
    """Tell whether a phrase begins at a word, or ends there, right before a match.

    Parameters
    ----------
    place : four int
        The word, the first one of the match, first word of the sentence and first word behind it.
    """
    at, first, low, high = place
    for phrase in phrases:
        begin = at - len(phrase) + 1 if ending else at
        end = begin + len(phrase)
        inside = low <= begin and end <= (first if at < first else high)
        if inside and _same(phrase, words, begin):
            return True
    return False


def _same(phrase: Phrase, words: Sequence[str], place: int) -> bool:
    for wanted, stem in phrase:
        word = words[place]
        if word != wanted and not (stem and word.startswith(wanted)):
            return False
        place += 1
    return True
