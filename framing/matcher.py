"""All lexicons matched against many texts in one pass, on arrays.

Every word of the text has a hash (see `text.segment`). A pattern is looked up by its rarest-looking
word, its anchor, together with a neighbour where it has one; the other words are then compared only
around the anchors found. Guards are judged for the few candidates that have one, and overlaps are
resolved last, within each lexicon: leftmost first, then longest, an exact entry before a wildcard,
then the order of the file.

Hashes have 64 bits and lengths are compared too, so a false match is not to be expected in any
corpus a person will read; the tests compare with a plain reference on hostile texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.guards import Guards, exact_forms, exactly, in_name
from framing.lexicon import Entry, Lexicon
from framing.text import characters as ch
from framing.text.hashes import SPREAD, Groups, ranges, word_hash
from framing.text.segment import STARTERS, Block, read_block

HEAD = 6  # letters by which a word ending in * is looked up
COMMON = frozenset(
    (STARTERS + " of be is are was were been up out off down no not like into than more most so "
     "do does did has have had will would all any new own very to about people can could just "
     "said year years time back make made get go going over me him her them us real").split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matches:
    """Matches in one block, sorted by place; all arrays have the same length.

    Attributes
    ----------
    lexicon, entry : numpy.ndarray of int64
        Index of the lexicon handed to `Matcher` and of the entry inside it.
    start, end : numpy.ndarray of int64
        Character offsets in the joined block.
    first, last : numpy.ndarray of int64
        Indices of the first and last word.
    """

    lexicon: np.ndarray
    entry: np.ndarray
    start: np.ndarray
    end: np.ndarray
    first: np.ndarray
    last: np.ndarray


class Matcher:
    """The compiled lexicons.

    Parameters
    ----------
    lexicons : sequence of Lexicon

    Examples
    --------
    >>> lexicon = Lexicon.from_terms("mine", ["illegal", "illegal immigrant", "whip* up"])
    >>> text = "Illegal immigrants whipped\\u00a0up an illegal immigrant's anger"
    >>> found = Matcher([lexicon]).scan(read_block([text]))
    >>> [text[a:b] for a, b in zip(found.start, found.end)]
    ['Illegal', 'whipped\\xa0up', 'illegal immigrant']
    """

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self.lexicons = tuple(lexicons)
        rows = [
            (number, index, pattern)
            for number, lexicon in enumerate(self.lexicons)
            for index, entry in enumerate(lexicon.entries)
            for pattern in entry.patterns
        ]
        self._lexicon = np.array([row[0] for row in rows], np.int64)
        self._entry = np.array([row[1] for row in rows], np.int64)
        self._compile([row[2] for row in rows])
        self._sure = (self._size == 1) & (self._stem[:, 0] == 0) & ~self._possessive[:, 0]
        self._rank = np.arange(len(rows)) + len(rows) * self._stem.any(axis=1)
        pairs, paired = self._pair()
        self._pairs = _Patterns(pairs, np.flatnonzero(paired))
        anchors = np.arange(len(rows)), self._anchor
        lengths = np.minimum(self._stem[anchors], HEAD)
        self._words = _Patterns(self._head[anchors], np.flatnonzero((lengths == 0) & ~paired))
        self._stems = {
            int(length): _Patterns(self._head[anchors], np.flatnonzero(lengths == length))
            for length in np.unique(lengths[lengths > 0])
        }
        sizes = [len(lexicon.entries) for lexicon in self.lexicons]
        self._offset = np.cumsum([0, *sizes])
        self._items = [entry for lexicon in self.lexicons for entry in lexicon.entries]
        self._entries = np.array([*self._items, None], object)[:-1]
        self._guarded = np.array([bool(entry.guards) for entry in self._items], bool)
        self._capital = np.array([_capitalised(entry) for entry in self._items], bool)
        self._exact = np.array([entry.case == "exact" for entry in self._items], bool)
        self._forms = {
            at: exact_forms(self._items[at]) for at in np.flatnonzero(self._exact).tolist()
        }
        self._guards = Guards(self._items)
        self._named = np.array([entry.names for entry in self._items], bool)

    def _compile(self, patterns: Sequence[str]) -> None:
        """Read the patterns as one block and set out their words in tables, a row a pattern."""
        block = read_block(patterns)
        owner = np.searchsorted(block.offsets, block.starts, side="right") - 1
        first = np.searchsorted(block.starts, block.offsets)
        column = np.arange(len(owner)) - first[owner]
        self._size = np.diff(first)
        shape = (len(patterns), max(int(self._size.max(initial=1)), 1))
        stem = block.folded[block.ends] == ord("*")
        length = block.ends - block.starts
        self._hash = np.zeros(shape, np.uint64, "F")
        self._stem = np.zeros(shape, np.int64, "F")
        self._possessive = np.zeros(shape, bool, "F")
        self._head = np.zeros(shape, np.uint64)
        rarity = np.full(shape, -1, np.int64)
        common = np.isin(block.hashes, [word_hash(word) for word in COMMON])
        self._hash[owner, column] = block.hashes
        self._stem[owner, column] = np.where(stem, length, 0)
        self._possessive[owner, column] = block.cores != block.ends
        head = np.where(stem, np.minimum(block.starts + HEAD, block.cores), block.cores)
        self._head[owner, column] = block.span_hash(block.starts, head)
        _, word, count = np.unique(block.hashes, return_inverse=True, return_counts=True)
        shared = np.minimum(count[word], 40)
        rarity[owner, column] = 9999 + length - 900 * stem - 2000 * common - 30 * shared
        self._anchor = rarity.argmax(axis=1)
        self._odd_gaps: dict[tuple[int, int], bytes] = {}
        inner = np.flatnonzero(column > 0)
        for word in inner[~_plain_gap(block, inner)].tolist():
            behind = block.ends[word - 1] + stem[word - 1]
            gap = block.folded[behind : block.starts[word]]
            self._odd_gaps[int(owner[word]), int(column[word])] = gap.tobytes()
        self._odd_gap = np.zeros(shape[0], bool)
        self._odd_gap[[row for row, _ in self._odd_gaps]] = True

    def _pair(self) -> tuple[np.ndarray, np.ndarray]:
        """Anchor patterns at two neighbouring words where neither is a stem.

        Returns
        -------
        numpy.ndarray
            The hash of the two words, and whether the pattern has them.
        """
        rows = np.arange(len(self._size))
        first = np.where(self._anchor + 1 < self._size, self._anchor, self._anchor - 1)
        second = np.minimum(first + 1, self._hash.shape[1] - 1)
        paired = (self._size > 1) & (self._stem[rows, first] == 0) & (self._stem[rows, second] == 0)
        self._anchor = np.where(paired, first, self._anchor)
        return _paired(self._hash[rows, first], self._hash[rows, second]), paired

    def scan(self, block: Block) -> Matches:
        """Return the matches of every lexicon in `block`."""
        word, pattern = self._candidates(block)
        first = word - self._anchor[pattern]
        last = first + self._size[pattern] - 1
        inside = (first >= 0) & (last < len(block.starts))
        first, last, pattern = first[inside], last[inside], pattern[inside]
        keep = self._compare(block, first, pattern)
        first, last, pattern = first[keep], last[keep], pattern[keep]
        wants = self._possessive[pattern, self._size[pattern] - 1]
        start = block.starts[first]
        end = np.where(wants, block.ends[last], block.cores[last])
        lexicon, entry = self._lexicon[pattern], self._entry[pattern]
        keep = self._judge(block, self._offset[lexicon] + entry, (start, end, first, last))
        length = len(block.kind)
        place = (lexicon[keep] * length + start[keep]) * length - end[keep]
        ranked = self._rank[pattern[keep]].argsort()
        order = keep[ranked[place[ranked].argsort(kind="stable")]]
        kept = order[_leftmost_longest(lexicon[order], start[order], end[order])]
        kept = kept[np.argsort(start[kept], kind="stable")]
        columns = (lexicon, entry, start, end, first, last)
        return Matches(*(column[kept] for column in columns))

    def entries(self, found: Matches, order: np.ndarray) -> list[Entry]:
        """Return the entries of matches, in an order."""
        places = self._offset[found.lexicon[order]] + found.entry[order]
        entries: list[Entry] = self._entries[places].tolist()
        return entries

    def _candidates(self, block: Block) -> tuple[np.ndarray, np.ndarray]:
        found = [
            self._words.find(block.hashes),
            self._pairs.find(_paired(block.hashes[:-1], block.hashes[1:])),
        ]
        lengths = block.ends - block.starts
        for length, groups in self._stems.items():
            long = np.flatnonzero(lengths >= length)
            begin = block.starts[long]
            word, pattern = groups.find(block.span_hash(begin, begin + length))
            found.append((long[word], pattern))
        words, patterns = zip(*found, strict=True)
        return np.concatenate(words), np.concatenate(patterns)

    def _compare(self, block: Block, first: np.ndarray, pattern: np.ndarray) -> np.ndarray:
        """Return the indices of the candidates whose words and gaps are all right."""
        width, sure = self._size[pattern], self._sure[pattern]
        alive = np.flatnonzero(~sure)
        for column in range(self._hash.shape[1]):
            here = alive[width[alive] > column]
            if not len(here):
                break
            row, word = pattern[here], first[here] + column
            final = width[here] == column + 1
            has = block.cores[word] != block.ends[word]
            wants = self._possessive[row, column]
            good = np.where(final, has | ~wants, has == wants)
            good &= (self._stem[row, column] > 0) | (block.hashes[word] == self._hash[row, column])
            self._compare_stems(block, word, row, column, good)
            if column:
                self._compare_gaps(block, word, row, column, good)
            alive = np.concatenate((alive[width[alive] <= column], here[good]))
        return np.concatenate((np.flatnonzero(sure), alive))

    def _compare_stems(
        self, block: Block, word: np.ndarray, row: np.ndarray, column: int, good: np.ndarray
    ) -> None:
        at = np.flatnonzero(good & (self._stem[row, column] > 0))
        if len(at):
            begin, length = block.starts[word[at]], self._stem[row[at], column]
            reach = np.minimum(begin + length, len(block.kind))
            same = block.span_hash(begin, reach) == self._hash[row[at], column]
            good[at] = same & (begin + length <= block.ends[word[at]])

    def _compare_gaps(
        self, block: Block, word: np.ndarray, row: np.ndarray, column: int, good: np.ndarray
    ) -> None:
        at = np.flatnonzero(good)
        before, begin = block.ends[word[at] - 1], block.starts[word[at]]
        joined = _joined(block, before, begin)
        for place in np.flatnonzero(self._odd_gap[row[at]]).tolist():
            wanted = self._odd_gaps.get((int(row[at[place]]), column))
            if wanted is not None:
                gap = block.folded[before[place] : begin[place]]
                joined[place] = gap.tobytes() == wanted
        good[at] = joined

    def _judge(self, block: Block, entry: np.ndarray, place: tuple[np.ndarray, ...]) -> np.ndarray:
        """Return the indices of the candidates that pass case, name and context guards."""
        start, end, first, last = place
        upper = block.capital(start)
        good = upper | ~self._capital[entry]
        capital, guarded = upper & ~self._named[entry], self._guarded[entry]
        rows = np.flatnonzero(good & (capital | guarded))
        sentence = np.searchsorted(block.sentences[:, 0], start[rows], side="right") - 1
        low, high = block.sentence_words[sentence].T
        good[rows] = ~(capital[rows] & in_name(block, first[rows], last[rows], low, high))
        for row in np.flatnonzero(good & self._exact[entry]).tolist():
            good[row] = exactly(self._forms[entry[row]], block.joined[start[row] : end[row]])
        keep = (good & guarded)[rows]
        some = rows[keep]
        around = first[some], last[some] + 1, low[keep], high[keep]
        good[some] = self._guards.hold(block, entry[some], around)
        return np.flatnonzero(good)


def _capitalised(entry: Entry) -> bool:
    """Whether every match of an entry begins with a capital letter."""
    if entry.case != "exact":
        return entry.case == "cap"
    initials = [pattern[0] for pattern in entry.patterns]
    return all(char.isalpha() and ch.fold(char) != char for char in initials)


class _Patterns:
    """Patterns by the hash of one word."""

    def __init__(self, hashes: np.ndarray, patterns: np.ndarray) -> None:
        self.groups = Groups(hashes[patterns])
        self.patterns = patterns[self.groups.order]

    def find(self, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the index of a hash and the pattern, for all pairs with equal hash."""
        index, group = self.groups.find(hashes)
        owner, place = ranges(self.groups.begin[group], self.groups.count[group])
        return index[owner], self.patterns[place]


def _paired(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return hashes of two neighbouring words."""
    return first * SPREAD + second


def _plain_gap(block: Block, word: np.ndarray) -> np.ndarray:
    """Whether one space or hyphen stands before each of these words of the patterns."""
    kind = block.kind[block.starts[word] - 1]
    stem = block.folded[block.ends[word - 1]] == ord("*")
    alone = block.starts[word] - block.ends[word - 1] - stem == 1
    return alone & ((kind == ch.SPACE) | (kind == ch.HYPHEN))


def _joined(block: Block, end: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Whether two words are parted only by spaces, hyphens and at most one line break."""
    length = start - end
    good = length <= 4
    newlines = np.zeros(len(end), np.int64)
    for step in range(4):
        here = np.minimum(end + step, len(block.kind) - 1)
        kind = block.kind[here]
        within = step < length
        newlines += within & (kind == ch.NEWLINE)
        good &= ~within | (kind == ch.SPACE) | (kind == ch.NEWLINE) | (kind == ch.HYPHEN)
    return good & (newlines <= 1)


def _leftmost_longest(lexicon: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the indices kept; rows are sorted by lexicon and preference."""
    if not len(start):
        return np.empty(0, np.int64)
    shift = lexicon * (int(end.max()) + 1)
    reached = np.maximum.accumulate(end + shift)
    overlaps = np.zeros(len(start), bool)
    overlaps[1:] = (start + shift)[1:] < reached[:-1]
    if not overlaps.any():
        return np.arange(len(start))
    keep, starts, ends = ~overlaps, start + shift, end + shift
    rows = np.flatnonzero(overlaps)
    columns = rows, starts[rows], ends[rows], ends[rows - 1]
    previous = limit = -1
    for row, first, behind, kept in zip(*(column.tolist() for column in columns), strict=True):
        if row > previous + 1:
            limit = kept
        if first >= limit:
            keep[row] = True
            limit = behind
        previous = row
    return np.flatnonzero(keep)
