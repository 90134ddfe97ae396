"""Stretches of capitalised words, and what names they can hold, found for all texts of a block."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.text import names as nm
from framing.text.hashes import Classes
from framing.text.segment import Block

GENDERS = ("", "m", "f")
ASK = len(GENDERS)  # in place of a gender
ODD, CUT, KNOWN = (np.uint16(1 << place) for place in (13, 14, 15))  # beside the classes of words
BARE, HYPHEN, PLAIN, LAST = 4, 8, 16, 32  # what holds of a stretch of capitals
CLASSES = Classes(
    {
        "closed": nm.NOT_NAMES, "title": nm.ADDRESSES, "office": nm.OFFICE,
        "nobody": nm.NOT_PEOPLE, "kept": nm.KEPT_TITLES, "lord": nm.MALE_TITLES,
        "lady": nm.FEMALE_TITLES, "not_last": nm.NOT_LAST, "not_first": nm.NOT_FIRST,
        "male": nm.MALE, "female": nm.FEMALE, "initial": frozenset("ai"),
        "telling": frozenset("mr mrs ms miss".split()),
    }
)  # fmt: skip
BEFORE = Classes(
    {
        "place": frozenset("for in at of near from".split()), "the": frozenset({"the"}),
        "the_place": frozenset("for in at of".split()),
        "office": frozenset("of for to and the".split()),
    }
)  # fmt: skip


class Table(NamedTuple):
    """Columns of numbers of all texts of a block, and where those of each text begin."""

    columns: list[memoryview]
    edges: list[int]

    def of(self, text: int) -> list[memoryview]:
        """Return the columns of one text."""
        low, high = self.edges[text : text + 2]
        return [column[low:high] for column in self.columns]


def capitals(block: Block) -> tuple[Table, Table, Table]:
    """Return the stretches of capitalised words, with initials and particles ("van", "bin").

    Those that can name nobody ("The", "Congress") are left out. Places are offsets in their text.

    Returns
    -------
    runs : Table
        Where each begins and ends; where its name begins, behind titles and the like, where the
        last word of it begins and where that ends, without a possessive 's; and what holds of it,
        as bits: `BARE` if nothing is to be cut from it, `HYPHEN` behind it, `PLAIN` if its name is
        what stands where these columns say, `LAST` if the last word names somebody or no word does.
    full : Table
        Of those that are full names, or can be: the same but for the last word, and the place of
        the gender in `GENDERS`, or `ASK` and bits if rules are to tell whether it is a name.
    titles : Table
        Where "Mr", "Mrs", "Ms" and "Miss" stand.
    """
    words = _Words(block)
    runs = _Runs(words)
    titles = words.start[words.are("telling")]
    return _table(block, *runs.shown()), _table(block, *runs.full()), _table(block, titles[None])


def _table(block: Block, places: np.ndarray, *held: np.ndarray) -> Table:
    """Return columns of places, which count from where the text begins, and what holds there."""
    edges = places[0].searchsorted(block.offsets)
    places = places - np.repeat(block.offsets[:-1], np.diff(edges))
    return Table([column.data for column in np.vstack((places, *held))], edges.tolist())


def _ends_with(block: Block, suffix: str, ends: np.ndarray) -> np.ndarray:
    """Whether the word that ends at each of some places ends in a suffix."""
    letters = [block.folded[ends - back] == ord(char) for back, char in enumerate(suffix[::-1], 1)]
    return np.logical_and.reduce(letters)


def _between(holds: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Whether something holds of a word from each first to each last one."""
    count = np.append(0, holds.cumsum())
    return count[last + 1] > count[first]


class _Words:
    """The capitalised words of a block as columns, and what holds of each."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.place = place = np.flatnonzero(block.capitals)
        self.start, self.end, self.core = block.starts[place], block.ends[place], block.cores[place]
        self.classes = CLASSES.of(block.hashes[place])
        self.owned = self.end > self.core
        self.single = self.end == self.start + 1
        second = block.code[self.start + 1]
        self.plain = ((second >= ord("a")) & (second <= ord("z"))) | self.single
        self.upper = np.zeros(len(place), bool)
        rare = np.flatnonzero(~self.plain)
        bounds = zip(self.start[rare].tolist(), self.core[rare].tolist(), strict=True)
        self.upper[rare] = [block.joined[start:core].isupper() for start, core in bounds]
        self.odd = ~(self.plain | self.upper)
        owned = np.flatnonzero(self.owned)
        sign, letter = block.code[self.core[owned]], block.code[self.end[owned] - 1]
        strange = owned[((sign != 39) & (sign != 0x2019)) | (letter != ord("s"))]
        self.core[strange], self.odd[strange] = self.end[strange], True

    def are(self, names: str, places: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Which words, or which of those at `places`, are in one of some classes."""
        return self.classes[places] & CLASSES.bits(names) > 0

    def drawn(self) -> np.ndarray:
        """To which words a verb may be drawn: "they've"."""
        folded, core = self.block.folded, self.core
        return ((folded[core - 2] == 39) | (folded[core - 3] == 39)) & ~self.single

    def joined(self) -> tuple[np.ndarray, np.ndarray]:
        """Which words are joined to the next one, and which of them are initials."""
        code, place = self.block.code, self.place
        behind, ahead = self.end[:-1], self.start[1:]
        step, gap, first = np.diff(place), ahead - behind, code[behind]
        spaced = (gap == 1) & ((first == ord(" ")) | (first == ord("\u00a0")))
        initial = (gap == 2) & self.single[:-1] & (first == ord(".")) & (code[behind + 1] == 32)
        joined = (step == 1) & (spaced | initial)
        between = (step == 2) & (gap > 3) & (gap < 7) & (first == 32) & (code[ahead - 1] == 32)
        between[between] = self.block.among(nm.PARTICLES, place[:-1][between] + 1)
        for at in np.flatnonzero(between).tolist():
            word = "".join(map(chr, code[behind[at] : ahead[at]].tolist()))
            joined[at] = word.strip().lower() in nm.PARTICLES
        return joined, initial

    def apart(self, at: np.ndarray) -> np.ndarray:
        """Whether other words stand between some words and the capitalised ones before them."""
        return self.place[at] - self.place[at - 1] > 1

    def placed(self, first: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which words stand behind "in", "near the" and the like, and which behind "of the".

        See `people.PLACED` and `people.OFFICE_OF`. For the last ones, rules are to tell: those that
        open a line behind such a word.
        """
        block, before = self.block, self.place[first] - 1
        classes, spaced = BEFORE.of(block.hashes[before]), _is_spaced(block, before)
        placed, office = (classes & BEFORE.bits(name) > 0 for name in ("place", "office"))
        the = np.flatnonzero(spaced & (classes & BEFORE.bits("the") > 0))
        farther = before[the] - 1
        of_place = BEFORE.of(block.hashes[farther]) & BEFORE.bits("the_place") > 0
        placed[the] = of_place & _is_spaced(block, farther) & ~block.capitals[farther]
        wrapped = (classes > 0) & (block.code[self.start[first] - 1] == ord("\n"))
        return placed & spaced, office & spaced, wrapped


def _is_spaced(block: Block, word: np.ndarray) -> np.ndarray:
    """Whether one space and the next word stand behind each of some words."""
    behind = block.cores[word]
    gap = block.starts[np.minimum(word + 1, len(block.starts) - 1)] - behind
    return (gap == 1) & ((block.code[behind] == ord(" ")) | (block.code[behind] == 0xA0))


class _Runs:
    """The stretches of capitalised words of a block.

    `first` and `last` are their words; `head` is the first one behind titles and function words,
    where there is one, and the last one otherwise.
    """

    def __init__(self, words: _Words) -> None:
        self.words = words
        joined, initial = words.joined()
        count = len(words.place)
        self.first = np.flatnonzero(np.append(True, ~joined)[:count])
        self.last = np.append(self.first[1:], count)[: len(self.first)] - 1
        index = np.arange(count)
        loud = words.upper & (words.end - words.start > 3)
        lead = words.are("closed") | (~words.owned & (words.are("title") | loud))
        names = np.minimum.accumulate(np.where(lead, count, index)[::-1])[::-1]
        self.next_name = np.append(names, count)
        head = self.next_name[self.first]
        self.empty = head > self.last
        self.head = np.minimum(head, self.last)
        closed, lone = words.are("closed"), words.are("initial")
        behind = index > np.repeat(head, self.last - self.first + 1)
        drawn = words.drawn()
        odd = drawn | words.odd | (closed & behind)
        odd[:-1] |= (lone[:-1] & initial) | (words.owned[:-1] & joined)  # "A. Hill", "Hill's Moss"
        cut = words.owned | ~words.plain | words.are("closed title office")
        known = words.owned | lone | ~words.are("closed nobody")
        held = words.classes & np.where(words.owned, 0, CLASSES.bits("title kept lord lady"))
        held |= ODD * odd | CUT * cut | KNOWN * known
        self.held = np.bitwise_or.reduceat(held, self.first)
        code, behind = words.block.code, words.end[self.last]
        self.hyphen = hyphen = code[behind] == ord("-")
        hyphen[hyphen] = words.block.capital(np.minimum(behind[hyphen] + 1, len(code) - 1))
        self.alone = (self.first == self.last) | ~(closed | drawn)[self.last]
        self.particle = (self.head > self.first) & words.apart(self.head)

    def have(self, bit: np.uint16) -> np.ndarray:
        """Which stretches have a word of which something holds."""
        return self.held & bit > 0

    def shown(self) -> tuple[np.ndarray, np.ndarray]:
        """Return columns of those that can name somebody."""
        words, odd = self.words, self.have(ODD)
        bare = ~self.have(CUT)
        plain = ~(odd | self.hyphen | self.particle)
        kept = np.flatnonzero(self.hyphen | (self.have(KNOWN) & ~(self.empty & ~odd)))
        first, head, last = self.first[kept], self.head[kept], self.last[kept]
        alone = ~self.hyphen & (self.alone | bare)
        bits = BARE * bare + HYPHEN * self.hyphen + PLAIN * plain + LAST * alone
        bounds = words.start[first], words.end[last]
        places = np.stack((*bounds, words.start[head], words.start[last], words.core[last]))
        return places, bits[kept]

    def full(self) -> tuple[np.ndarray, np.ndarray]:
        """Return columns of those that are full names (see `names.is_person`), or can be."""
        words, place, block = self.words, self.words.place, self.words.block
        at = self._of_several()
        first, last, hyphen, held = self.first[at], self.last[at], self.hyphen[at], self.held[at]
        offices = np.where(words.are("office") & ~words.owned, np.arange(len(place)), -1)
        office = np.maximum.reduceat(offices, self.first)[at]
        behind = np.where(office < last, office + 1, 0)
        head = np.minimum(self.next_name[np.maximum(behind, first)], last)
        size, cut = place[last] - place[head] + 1, head > first
        start, core = words.start[head], words.core[head]
        heard = words.are("male female", head)
        doubtful = (core - start > 6) & _ends_with(block, "ing", core)
        doubtful |= _between(words.upper & (words.core - words.start > 2), head, last)
        sure = (size > 1) & (size < 5) & ~_between(words.are("nobody"), head, last)
        sure &= heard | (held & CLASSES.bits("title") > 0) | ~doubtful
        sure &= ~(words.are("not_last", last) | words.are("not_first", head))
        placed, office, wrapped = words.placed(first)
        sure &= ~placed | heard | cut | words.owned[last]
        ask = (held & (ODD | CLASSES.bits("kept")) > 0) | hyphen
        ask |= wrapped | (office & (size > 2) & (size < 5))
        ask |= cut & words.apart(head)  # "President de Hill"
        ask |= words.single[first] & (block.code[words.start[first] - 1] == ord("."))  # "U.S. Hill"
        bare = held & CUT == 0
        told = np.where(ask, ASK + BARE * bare + HYPHEN * hyphen, self._genders(held, head))
        places = np.stack((words.start[first], words.end[last], start, words.core[last]))
        kept = np.flatnonzero(sure | ask)
        return places[:, kept], told[kept]

    def _of_several(self) -> np.ndarray:
        """Return the stretches of two words or more that lists do not rule out."""
        words, first, last = self.words, self.first, self.last
        at = np.flatnonzero(first < last)
        first, last = first[at], last[at]
        pair = words.place[first] + 1 == words.place[last]
        ended = words.are("nobody not_last", last) & ~words.are("closed", last)
        ended |= pair & words.are("closed title office nobody not_first", first)
        return at[self.hyphen[at] | ~ended]

    def _genders(self, held: np.ndarray, head: np.ndarray) -> np.ndarray:
        """Return the place in `GENDERS` that titles or the first name tell (see `names.gender`)."""
        male, female = self.words.are("male", head), self.words.are("female", head)
        named = (male & ~female) + 2 * (female & ~male)
        lord, lady = held & CLASSES.bits("lord") > 0, held & CLASSES.bits("lady") > 0
        return np.where(lord, 1, np.where(lady, 2, named))
