"""Quotation marks paired into quotations, paragraph by paragraph; nothing here ever raises."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from framing.text import characters as ch
from framing.text.document import Reading
from framing.text.segment import Block

OPENING_DOUBLE, CLOSING_DOUBLE = "“„‟«", "”»″"
OPENING_SINGLE, CLOSING_SINGLE = "‘‛`", "’´ʼ"
SINGLE = OPENING_SINGLE + CLOSING_SINGLE + "'"
BEFORE_OPEN = " \t\u00a0([{<-–—/\"“‘'«„"
IDLE = CLOSING_SINGLE + "'"  # behind a word they open nothing
SHORTEST = 4  # words of a quotation whose opening mark is lost
FARTHEST = 3000  # characters, from a paragraph left open to its closing mark
ELIDED = ("em", "til", "tis", "twas", "cause", "bout", "n", "cos", "ere", "round")


class Quotation(NamedTuple):
    """Words between quotation marks.

    Attributes
    ----------
    open, close : int
        Offset of the opening mark, and the offset behind the closing one.
    start, end : int
        The words between the marks.
    single, recovered : bool
        Single marks; an unbalanced mark was closed by rule.
    depth : int
        0 outside, 1 inside another quotation.
    continues : bool
        The quotation goes on from the paragraph before, whose mark was not closed.
    """

    open: int
    close: int
    start: int
    end: int
    single: bool = False
    recovered: bool = False
    depth: int = 0
    continues: bool = False


_made = partial(tuple.__new__, Quotation)


@dataclass(slots=True)
class _Open:
    place: int
    start: int
    single: bool


def find_quotations(reading: Reading) -> list[Quotation]:
    """Return the quotations of a text in the order of their opening marks.

    Examples
    --------
    >>> from framing.text.document import Document
    >>> text = "“It is ‘very’ late,” he said."
    >>> [(q.start, q.end, q.depth) for q in find_quotations(Document("a", text).reading)]
    [(1, 19, 0), (8, 12, 1)]
    """
    rows = reading.places(_in_turn)
    found = [
        _made((place, behind + 1, place + 1, behind, False, False, 0, False))
        for place, behind, _, _ in rows
        if behind > place
    ]
    if len(found) == len(rows):
        return found
    odd = [row for row in rows if row[0] == row[1]]
    for bounds, marks in groupby(odd, key=itemgetter(2, 3)):
        quotations, left_open = _Pairing(reading.text, [row[0] for row in marks], bounds).pair()
        if left_open:
            return _carried_on(reading)
        found += quotations
    found.sort(key=attrgetter("open"))
    return _without_false_recoveries(found, reading)


def _carried_on(reading: Reading) -> list[Quotation]:
    """Return the quotations of a text in which some go on in the next paragraph."""
    marks, text = reading.places(_loose_marks), reading.text
    found: list[Quotation] = []
    at, closing = 0, -1
    carried: str = ""
    for start, end in reading.paragraphs:
        first, at = at, bisect_left(marks, end, at)
        inside = marks[first:at]
        if start < closing:  # its marks stand paragraphs apart
            stop = min(closing, end)
            found.append(Quotation(start, min(stop + 1, end), start, stop, continues=True))
            inside, start = [mark for mark in inside if mark > closing], stop + 1
        if not inside:
            carried = ""
            continue
        continues = bool(carried) and inside[0] == start
        quotations, carried = _Pairing(text, inside, (start, end)).pair()
        if continues and quotations and quotations[0].open == start:
            recovered = quotations[0].recovered and quotations[0].end == end
            quotations[0] = quotations[0]._replace(recovered=recovered, depth=0, continues=True)
        found += quotations
        if carried == "double" and text[quotations[-1].open] in OPENING_DOUBLE:
            closing = _closed_later(text, marks[at : at + 40], end)
    return _without_false_recoveries(found, reading)


def _closed_later(text: str, marks: list[int], end: int) -> int:
    """Return the closing mark of a quotation left open, if no other opens before it; or -1."""
    double = (mark for mark in marks if text[mark] in OPENING_DOUBLE + CLOSING_DOUBLE + '"')
    place = next(double, -1)
    near = end < place < end + FARTHEST and text[place] in CLOSING_DOUBLE
    return place if near and not text[place - 1].isspace() else -1


def _loose_marks(block: Block) -> np.ndarray:
    """Return the places of quotation marks and apostrophes that stand in no word."""
    places = np.flatnonzero((block.kind == ch.DOUBLE) | (block.kind == ch.APOSTROPHE))
    if not len(block.starts):
        return places
    word = block.starts.searchsorted(places, "right") - 1
    return places[(word < 0) | (places >= block.ends[word])]


def _in_turn(block: Block) -> np.ndarray:
    """Return both marks of each quotation, and its paragraph, where double marks open and close
    in turn; elsewhere each mark, twice, and its paragraph.
    """
    marks, (starts, ends) = block.noted(_loose_marks), block.paragraphs.T
    owner = starts.searchsorted(marks, "right") - 1
    acting = np.flatnonzero(~_idle(block, marks))
    count = np.bincount(owner[acting], minlength=len(starts))
    turn = np.arange(len(acting)) - (count.cumsum() - count)[owner[acting]]
    plain = count % 2 == 0
    pairs = np.flatnonzero(plain[owner[acting]] & (turn % 2 == 0))
    opening, closing = acting[pairs], acting[pairs + 1]
    paired = _paired(block, marks[opening], marks[closing], starts[owner[opening]])
    plain[owner[opening[~paired]]] = False
    kept, behind = ~plain[owner], marks.copy()
    behind[opening] = np.where(kept[opening], marks[opening], marks[closing])
    kept[opening] = True
    return np.stack((marks, behind, starts[owner], ends[owner]), axis=1)[kept]


def _idle(block: Block, marks: np.ndarray) -> np.ndarray:
    """Whether a mark is an apostrophe that opens nothing, as in "the drivers' cabins"."""
    word, mark = ch.members(ch.LETTER, ch.DIGIT), ch.members(ch.DOUBLE, ch.APOSTROPHE)
    idle = ch.among(IDLE)[block.code[marks]]
    return idle & word[block.kind[marks - 1]] & ~mark[block.kind[marks + 1]]


def _paired(
    block: Block, opening: np.ndarray, closing: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Which pairs of marks, in paragraphs that begin at `start`, open and close a quotation."""
    code, kinds, space = block.code, ch.tables()[0], ch.members(ch.SPACE, ch.NEWLINE)
    left, right = code[opening], code[closing]
    fits = (left == ord('"')) & (right == left) | (left == ord("“")) & (right == ord("”"))
    fits &= (opening == start) | ch.among(BEFORE_OPEN)[code[opening - 1]]
    inner = space[kinds[code[opening + 1]]] | space[kinds[code[closing - 1]]]
    return fits & ~inner & (closing > opening + 1)


class _Pairing:
    """Pairs the marks of one paragraph: `stack` holds what is open, `found` what is closed."""

    def __init__(self, text: str, marks: list[int], bounds: tuple[int, int]) -> None:
        self.text = text
        self.marks = marks
        self.first, self.end = bounds
        self.stack: list[_Open] = []
        self.found: list[Quotation] = []

    def pair(self) -> tuple[list[Quotation], str]:
        """Return the quotations, and the kind of mark left open at the end."""
        text, marks, first, end = self.text, self.marks, self.first, self.end
        skip = -1
        for number, place in enumerate(marks):
            if place == skip:
                continue
            width, single = 1, text[place] in SINGLE
            if single and self._is_twin(number):
                width, single, skip = 2, False, place + 1
            before = text[place - 1] if place > first else " "
            after = text[place + width] if place + width < end else " "
            if single:
                self._single(number, before, after)
            else:
                self._double(number, width, before, after)
        left_open = ""
        for depth, item in enumerate(self.stack):
            left_open = "double" if not item.single else left_open or "single"
            self.found.append(
                Quotation(item.place, end, item.start, end, item.single, True, min(depth, 1))
            )
        self.found.sort(key=attrgetter("open"))
        return self.found, left_open

    def _is_twin(self, number: int) -> bool:
        """Whether two single marks in a row stand for a double one."""
        place, text = self.marks[number], self.text
        if text[place + 1 : place + 2] != text[place]:
            return False
        closing = self.stack and self.stack[-1].single and not text[place - 1].isspace()
        return not closing and place + 1 in self.marks[number + 1 : number + 2]

    def _close(self, item: _Open, end: int, behind: int, recovered: bool = False) -> None:
        if self.text[item.start : end].strip():
            depth = 1 if self.stack else 0
            self.found.append(
                Quotation(item.place, behind, item.start, end, item.single, recovered, depth)
            )

    def _orphan(self, end: int, width: int) -> None:
        """Close a quotation that began before this paragraph, as where its start was cut off."""
        first, text = self.first, self.text
        if not self.found and text[end - 1] == "," and text.count(" ", first, end) >= SHORTEST:
            self.found.append(Quotation(first, end + width, first, end, recovered=True))

    def _double(self, number: int, width: int, before: str, after: str) -> None:
        place, stack = self.marks[number], self.stack
        char = self.text[place]
        opened = None
        for item in stack:
            if not item.single:
                opened = item
        can_open = before in BEFORE_OPEN and not after.isspace()
        can_close = not (before.isspace() or after.isalnum())
        if char in OPENING_DOUBLE or char == "`":
            opens = not (opened and can_close and not can_open)
        elif char in CLOSING_DOUBLE or char == "’":
            opens = opened is None and can_open and not can_close
        else:
            opens = opened is None or (can_open and not can_close and before.isspace())
        if opens:
            detached = not can_open and before in ".!?" and after.isspace()
            detached = detached and _detached(self.text, self.marks[number : number + 2])
            if not (can_open or detached) and (before.isdigit() or after.isspace()):
                self._orphan(place, width)
                return
            if opened is not None:
                stack.remove(opened)
                self._close(opened, place, place, True)
            lost = 1 if detached else 0  # the mark counts to the words it opens
            stack.append(_Open(place + lost * (width + 1), place + width + lost, False))
        elif opened is not None:
            while stack.pop() is not opened:
                pass
            self._close(opened, place, place + width)

    def _single(self, number: int, before: str, after: str) -> None:
        text, place, stack = self.text, self.marks[number], self.stack
        opened = stack[-1] if stack and stack[-1].single else None
        char = text[place]
        if char in CLOSING_SINGLE:
            opens = lost = False
        else:
            opens = before in BEFORE_OPEN and (after.isalnum() or after == "[")
            opens = opens or (char in OPENING_SINGLE and opened is None and not after.isspace())
            opens = opens and (opened is None or char in OPENING_SINGLE)
            opens = opens and not _elided(text[place + 1 : place + 8].lower())
            lost = opened is None and before in ".!?:" and after.isupper()
        if lost or opens:
            stack.append(_Open(place + lost, place + 1, True))
            return
        glued = before in ".,!?:" and after.isupper()
        if opened is None or before.isspace() or (after.isalnum() and not glued):
            return
        possessive = (
            before in "sS"
            and after == " "
            and text[place + 2 : place + 3].islower()
            and any(_closes_single(text, later) for later in self.marks[number + 1 :])
        )
        if not possessive:
            stack.remove(opened)
            self._close(opened, place, place + 1)


def _detached(text: str, pair: list[int]) -> bool:
    """Whether a mark between full stop and space opens what follows, as in lost line breaks.

    In `... the plan." It is over," she said` the first mark belongs to "It", if none is open.
    """
    if len(pair) < 2:
        return False
    first, second = pair
    capital = text[first + 2 : first + 3].isupper()
    closing = text[second - 1] in ".,!?" or text[second - 1].isalnum()
    return capital and closing and text[second + 1 : second + 2] in ("", " ", "\n", ",", ".")


def _elided(following: str) -> bool:
    """Whether an apostrophe stands for what was left out before these letters: "'em", "'90s"."""
    if following.startswith(ELIDED):
        lengths = [len(word) for word in ELIDED if following.startswith(word)]
        return not all(following[length : length + 1].isalnum() for length in lengths)
    return following[:2].isdigit()


def _closes_single(text: str, place: int) -> bool:
    return (
        text[place] in CLOSING_SINGLE + "'"
        and not text[place - 1].isspace()
        and not text[place + 1 : place + 2].isalnum()
    )


def _without_false_recoveries(found: list[Quotation], reading: Reading) -> list[Quotation]:
    """Drop an unclosed mark that is neither continued nor followed by a whole sentence."""
    if not any(q.recovered for q in found):
        return found
    kept: list[Quotation] = []
    continued = {q.open for q in found if q.continues}
    openings = [start for start, _ in reading.paragraphs]
    dropped_to, flat_to = -1, 0
    for quotation in found:
        if quotation.recovered and not quotation.continues:
            following = bisect_left(openings, quotation.end)
            goes_on = following < len(openings) and openings[following] in continued
            words = reading.word_at(quotation.end) - reading.word_at(quotation.start)
            first = quotation.open == openings[max(following - 1, 0)]
            lead = reading.text[max(quotation.open - 2, 0) : quotation.open].strip()
            led_in = first or lead.endswith(":")
            if not goes_on and (words < 3 or (quotation.single and not led_in)):
                dropped_to = quotation.end
                continue
        if quotation.depth and quotation.end <= dropped_to and quotation.open >= flat_to:
            quotation = quotation._replace(depth=0)
        if not quotation.depth:
            flat_to = quotation.end
        kept.append(quotation)
    return kept
