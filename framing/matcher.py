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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.guards import Guards, exact_forms, exactly, in_name
from framing.lexicon import Entry, Lexicon
from framing.text import characters as ch
from framing.text.hashes import MIX, Groups, ranges
from framing.text.segment import Block, read_block
from framing.text.sentences import STARTERS

HEAD = 6  # letters by which a word ending in * is looked up
COMMON = frozenset(
    (STARTERS + " of be is are was were been up out off down no not like into than more most so "
     "do does did has have had will would all any new own very to about people can could just "
     "said year years time back make made get go going over me him her them us real u s "
     "united states white house").split()
)  # fmt: skip


Rows = Mapping[str, np.ndarray]  # of the matches of each lexicon


@dataclass(frozen=True, slots=True)
class Matches:
    """Matches in one block, by text, lexicon and place; all arrays have the same length.

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

    def touching(self, rows: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Return those of some rows with a word in one of the ranges of words [low, high)."""
        begun = np.sort(low).searchsorted(self.last[rows], "right")
        ended = np.sort(high).searchsorted(self.first[rows], "right")
        return rows[begun > ended]

    def only(self, rows: np.ndarray) -> Matches:
        """Return some of the matches, told by their rows."""
        return Matches(*(getattr(self, column).take(rows) for column in self.__slots__))


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
        sizes = [len(lexicon.entries) for lexicon in self.lexicons]
        self._offset = np.cumsum([0, *sizes])
        self._item = self._offset[self._lexicon] + self._entry
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
        """Read the patterns as one block and note of each word what it asks of a word of a text."""
        block = read_block(patterns)
        first = block.starts.searchsorted(block.offsets)
        self._first, self._size = first[:-1], np.diff(first)
        self._owner = np.arange(len(patterns)).repeat(self._size)
        self._column = np.arange(len(self._owner)) - self._first[self._owner]
        self._final = self._column == self._size[self._owner] - 1
        stem, length = block.folded[block.ends] == ord("*"), block.ends - block.starts
        self._hash, self._stem = block.hashes, np.where(stem, length, 0)
        self._possessive = block.cores != block.ends
        plain = np.ones(len(patterns), bool)
        plain[self._owner[stem]] = False
        self._sure = (self._size == 1) & plain
        self._sure[self._owner[self._possessive]] = False
        shorter = 2 * (self._size.max(initial=0) - self._size)
        shorter[self._owner[self._final & ~self._possessive]] += 1
        self._preference = (2 * shorter + ~plain) * len(patterns) + np.arange(len(patterns))
        self._preferences = self._preference.max(initial=0) + 1
        self._odd_gap = np.zeros(len(self._owner), bool)
        self._odd_gaps: dict[int, bytes] = {}
        inner = np.flatnonzero(self._column > 0)
        for word in inner[~_plain_gap(block, inner)].tolist():
            behind = block.ends[word - 1] + stem[word - 1]
            self._odd_gaps[word] = block.folded[behind : block.starts[word]].tobytes()
            self._odd_gap[word] = True
        self._choose_anchors(block)

    def _choose_anchors(self, block: Block) -> None:
        """Choose the pair of words, or the word, by which each pattern is looked up.

        Two neighbouring words, neither a stem, stand together far less often than each alone.
        """
        stem, length = self._stem > 0, block.ends - block.starts
        rarity = 9999 + length - 900 * stem - 3000 * (stem & (length < HEAD))
        rarity -= 2000 * block.among(COMMON) + 30 * np.minimum(_sharing(self._hash), 40)
        left = np.flatnonzero(~self._final[:-1] & ~stem[:-1] & ~stem[1:])
        pairs = _paired(self._hash[left], self._hash[left + 1])
        score = rarity[left] + rarity[left + 1] - 300 * np.minimum(_sharing(pairs), 40)
        best = _best(self._owner[left], score)
        self._pairs = _Anchors(pairs[best], left[best])
        alone = np.ones(len(self._size), bool)
        alone[self._owner[left]] = False
        words = np.flatnonzero(alone[self._owner])
        anchors = words[_best(self._owner[words], rarity[words])]
        lengths = np.minimum(self._stem[anchors], HEAD)
        whole = anchors[lengths == 0]
        self._words = _Anchors(self._hash[whole], whole)
        self._stems: dict[int, _Anchors] = {}
        for size in np.unique(lengths[lengths > 0]).tolist():
            mine = anchors[lengths == size]
            begin = block.starts[mine]
            self._stems[size] = _Anchors(block.span_hash(begin, begin + size), mine)

    def scan(self, block: Block) -> Matches:
        """Return the matches of every lexicon in `block`."""
        word, anchor = self._candidates(block)
        pattern, first = self._owner[anchor], word - self._column[anchor]
        last = first + self._size[pattern] - 1
        inside = (first >= 0) & (last < len(block.starts))
        first, last, pattern = first[inside], last[inside], pattern[inside]
        keep = self._compare(block, first, pattern)
        first, last, pattern = first[keep], last[keep], pattern[keep]
        wants = self._possessive[self._first[pattern] + self._size[pattern] - 1]
        start = block.starts[first]
        end = np.where(wants, block.ends[last], block.cores[last])
        keep = self._judge(block, self._item[pattern], (start, end, first, last))
        pattern, first, last = pattern[keep], first[keep], last[keep]
        lexicon, start, end = self._lexicon[pattern], start[keep], end[keep]
        place = lexicon * len(block.starts) + first
        order = (place * self._preferences + self._preference[pattern]).argsort()
        kept = order[_leftmost_longest(lexicon[order], start[order], end[order])]
        kept = kept[block.text_at(start[kept]).argsort(kind="stable")]
        columns = (lexicon, self._entry[pattern], start, end, first, last)
        return Matches(*(column[kept] for column in columns))

    def entries(self, found: Matches) -> np.ndarray:
        """Return the entries of matches."""
        return self._entries[self._offset[found.lexicon] + found.entry]

    def _candidates(self, block: Block) -> tuple[np.ndarray, np.ndarray]:
        """Return the words of the block that are an anchor, and the anchor."""
        index, single = self._single(block)
        count = np.bincount(index, minlength=len(block.distinct[0]))
        word = np.flatnonzero(block.spread(count > 0))
        which = block.distinct[1][word]
        owner, place = ranges((count.cumsum() - count)[which], count[which])
        first, pair = self._pairs.find(_paired(block.hashes[:-1], block.hashes[1:]))
        return np.append(first, word[owner]), np.append(pair, single[place])

    def _single(self, block: Block) -> tuple[np.ndarray, np.ndarray]:
        """Return which of the different words are an anchor alone, in turn, and the anchor."""
        chosen = block.distinct[0]
        found = [self._words.find(block.hashes[chosen])]
        for length, anchors in self._stems.items():
            long = np.flatnonzero(block.lengths[chosen] >= length)
            begin = block.starts[chosen[long]]
            word, anchor = anchors.find(block.span_hash(begin, begin + length))
            found.append((long[word], anchor))
        index, anchor = map(np.concatenate, zip(*found, strict=True))
        order = index.argsort(kind="stable")
        return index[order], anchor[order]

    def _compare(self, block: Block, first: np.ndarray, pattern: np.ndarray) -> np.ndarray:
        """Return the indices of the candidates whose words and gaps are all right."""
        unsure = np.flatnonzero(~self._sure[pattern])
        begin = self._first[pattern[unsure]]
        owner, wanted = ranges(begin, self._size[pattern[unsure]])
        word = wanted + (first[unsure] - begin)[owner]
        stem = self._stem[wanted] > 0
        good = np.ones(len(unsure), bool)
        good[owner[~stem & (block.hashes[word] != self._hash[wanted])]] = False
        left = good[owner]
        owner, wanted, word, stem = owner[left], wanted[left], word[left], stem[left]
        has, wants = block.cores[word] != block.ends[word], self._possessive[wanted]
        fits = np.where(self._final[wanted], has | ~wants, has == wants)
        self._compare_stems(block, word, wanted, fits)
        self._compare_gaps(block, word, wanted, fits)
        good[owner[~fits]] = False
        keep = np.ones(len(pattern), bool)
        keep[unsure[~good]] = False
        return np.flatnonzero(keep)

    def _compare_stems(
        self, block: Block, word: np.ndarray, wanted: np.ndarray, good: np.ndarray
    ) -> None:
        at = np.flatnonzero(good & (self._stem[wanted] > 0))
        begin, length = block.starts[word[at]], self._stem[wanted[at]]
        reach = np.minimum(begin + length, len(block.kind))
        same = block.span_hash(begin, reach) == self._hash[wanted[at]]
        good[at] = same & (begin + length <= block.ends[word[at]])

    def _compare_gaps(
        self, block: Block, word: np.ndarray, wanted: np.ndarray, good: np.ndarray
    ) -> None:
        at = np.flatnonzero(good & (self._column[wanted] > 0))
        before, begin = block.ends[word[at] - 1], block.starts[word[at]]
        joined = _joined(block, before, begin)
        for place in np.flatnonzero(self._odd_gap[wanted[at]]).tolist():
            gap = block.folded[before[place] : begin[place]]
            joined[place] = gap.tobytes() == self._odd_gaps[int(wanted[at[place]])]
        good[at] = joined

    def _judge(self, block: Block, entry: np.ndarray, place: tuple[np.ndarray, ...]) -> np.ndarray:
        """Return the indices of the candidates that pass case, name and context guards."""
        start, end, first, last = place
        upper = block.capitals[first]
        good = upper | ~self._capital[entry]
        rows = np.flatnonzero(good & upper & ~self._named[entry])
        good[rows] = ~in_name(block, first[rows], last[rows], *_sentences(block, start[rows]))
        rows = np.flatnonzero(good & self._exact[entry])
        columns = (rows.tolist(), entry[rows].tolist(), start[rows].tolist(), end[rows].tolist())
        for row, item, begin, behind in zip(*columns, strict=True):
            good[row] = exactly(self._forms[item], block.joined[begin:behind])
        rows = np.flatnonzero(good & self._guarded[entry])
        around = first[rows], last[rows] + 1, *_sentences(block, start[rows])
        good[rows] = self._guards.hold(block, entry[rows], around)
        return np.flatnonzero(good)


def _sentences(block: Block, start: np.ndarray) -> np.ndarray:
    """Return the first word of the sentences of some places, and the first word behind them."""
    sentence = block.sentences[:, 0].searchsorted(start, "right") - 1
    return block.sentence_words[sentence].T


def _capitalised(entry: Entry) -> bool:
    """Whether every match of an entry begins with a capital letter."""
    if entry.case != "exact":
        return entry.case == "cap"
    initials = [pattern[0] for pattern in entry.patterns]
    return all(char.isalpha() and ch.fold(char) != char for char in initials)


class _Anchors:
    """Words of patterns by their hash, or by that of the words they begin."""

    def __init__(self, hashes: np.ndarray, anchors: np.ndarray) -> None:
        self.groups = Groups(hashes)
        self.anchors = anchors[self.groups.order]

    def find(self, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the index of a hash and the anchor, for all pairs with equal hash."""
        index, group = self.groups.find(hashes)
        owner, place = ranges(self.groups.begin[group], self.groups.count[group])
        return index[owner], self.anchors[place]


def _paired(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return hashes of two neighbouring words."""
    return first * MIX + second


def _sharing(hashes: np.ndarray) -> np.ndarray:
    """Return of each hash how often it is there."""
    _, which, count = np.unique(hashes, return_inverse=True, return_counts=True)
    return count[which]


def _best(owner: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Return the index of the highest score of each owner, the first of equal ones."""
    order = np.lexsort((-score, owner))
    return order[np.diff(owner[order], prepend=-1) > 0]


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
