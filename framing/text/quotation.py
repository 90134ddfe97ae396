"""Quotation marks paired into quotations, paragraph by paragraph; nothing here ever raises."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from framing.text.document import Reading

OPENING_DOUBLE, CLOSING_DOUBLE = "“„‟«", "”»″"
OPENING_SINGLE, CLOSING_SINGLE = "‘‛`", "’´ʼ"
BEFORE_OPEN = " \t\u00a0([{<-–—/\"“‘'«„"
AFTER_CLOSE = " \t\u00a0.,;:!?…)]}>-–—/\"”’'»"
SHORTEST = 4  # words of a quotation whose opening mark is lost
FARTHEST = 3000  # characters, from a paragraph left open to its closing mark
ELIDED = ("em", "til", "tis", "twas", "cause", "bout", "n", "cos", "ere", "round")


@dataclass(frozen=True, slots=True)
class Quotation:
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
    marks = reading.marks
    found: list[Quotation] = []
    if not marks:
        return found
    text = reading.text
    at, closing = 0, -1
    carried: str = ""
    for start, end in reading.paragraphs:
        inside = []
        while at < len(marks) and marks[at] < end:
            if marks[at] >= start:
                inside.append(marks[at])
            at += 1
        if start < closing:  # its marks stand paragraphs apart
            stop = min(closing, end)
            found.append(Quotation(start, min(stop + 1, end), start, stop, continues=True))
            inside, start = [mark for mark in inside if mark > closing], stop + 1
        if not inside:
            carried = ""
            continue
        continues = bool(carried and inside and inside[0] == start)
        quotations, left_open = _paragraph(text, inside, (start, end))
        if continues and quotations and quotations[0].open == start:
            recovered = quotations[0].recovered and quotations[0].end == end
            quotations[0] = replace(quotations[0], recovered=recovered, depth=0, continues=True)
        found += quotations
        carried = left_open
        if left_open == "double" and text[quotations[-1].open] in OPENING_DOUBLE:
            closing = _closed_later(text, marks[at : at + 40], end)
    return _without_false_recoveries(found, reading)


def _closed_later(text: str, marks: list[int], end: int) -> int:
    """Return the closing mark of a quotation left open, if no other opens before it; or -1."""
    double = (mark for mark in marks if text[mark] in OPENING_DOUBLE + CLOSING_DOUBLE + '"')
    place = next(double, -1)
    near = end < place < end + FARTHEST and text[place] in CLOSING_DOUBLE
    return place if near and not text[place - 1].isspace() else -1


def _paragraph(text: str, marks: list[int], bounds: tuple[int, int]) -> tuple[list[Quotation], str]:
    """Pair the marks of one paragraph; also return the kind of mark left open at its end."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    skip = -1

    def close(item: _Open, end: int, behind: int, recovered: bool = False) -> None:
        depth = sum(other is not item for other in stack)
        if text[item.start : end].strip():
            found.append(
                Quotation(
                    item.place, behind, item.start, end, item.single, recovered, min(depth, 1)
                )
            )

    def orphan(end: int, width: int) -> None:
        """Close a quotation that began before this paragraph, as where its start was cut off."""
        if not found and text[end - 1] == "," and text.count(" ", bounds[0], end) >= SHORTEST:
            found.append(Quotation(bounds[0], end + width, bounds[0], end, recovered=True))

    for number, place in enumerate(marks):
        if place == skip:
            continue
        char = text[place]
        width, single = 1, char in OPENING_SINGLE + CLOSING_SINGLE + "'"
        twin = text[place + 1 : place + 2] == char and place + 1 in marks[number + 1 :][:1]
        closing = stack and stack[-1].single and not text[place - 1].isspace()
        if single and twin and not closing:
            width, single, skip = 2, False, place + 1
        before = text[place - 1] if place > bounds[0] else " "
        after = text[place + width] if place + width < bounds[1] else " "
        if single:
            _single(text, marks, number, (before, after), stack, close)
        else:
            detached = _detached(text, marks[number : number + 2], (before, after))
            _double((place, width), char, (before, after), stack, close, detached, orphan)
    left_open = ""
    for depth, item in enumerate(stack):
        left_open = "double" if not item.single else left_open or "single"
        end = bounds[1]
        found.append(Quotation(item.place, end, item.start, end, item.single, True, min(depth, 1)))
    found.sort(key=lambda quotation: quotation.open)
    return found, left_open


def _detached(text: str, pair: list[int], around: tuple[str, str]) -> bool:
    """Whether a mark behind a full stop opens the words behind its space, as in lost line breaks.

    In `... the plan." It is over," she said` the first mark belongs to "It", if none is open.
    """
    if len(pair) < 2 or around[0] not in ".!?" or not around[1].isspace():
        return False
    first, second = pair
    capital = text[first + 2 : first + 3].isupper()
    closing = text[second - 1] in ".,!?" or text[second - 1].isalnum()
    return capital and closing and text[second + 1 : second + 2] in ("", " ", "\n", ",", ".")


def _double(  # type: ignore[no-untyped-def]
    place, char, around, stack, close, detached, orphan
) -> None:
    begin, width = place
    before, after = around
    opened = next((item for item in reversed(stack) if not item.single), None)
    can_open = before in BEFORE_OPEN and not after.isspace()
    can_close = not before.isspace() and (after in AFTER_CLOSE or not after.isalnum())
    if char in OPENING_DOUBLE or char == "`":
        opens = not (opened and can_close and not can_open)
    elif char in CLOSING_DOUBLE or char == "’":
        opens = opened is None and can_open and not can_close
    else:
        opens = opened is None or (can_open and not can_close and before.isspace())
    if opens:
        if not can_open and (before.isdigit() or after.isspace()) and not detached:
            orphan(begin, width)
            return
        if opened is not None:
            stack.remove(opened)
            close(opened, begin, begin, True)
        lost = 1 if detached and not can_open else 0  # the mark counts to the words it opens
        stack.append(_Open(begin + lost * (width + 1), begin + width + lost, False))
    elif opened is not None:
        while stack and stack[-1] is not opened:
            stack.pop()
        stack.pop()
        close(opened, begin, begin + width)


def _single(text, marks, number, around, stack, close) -> None:  # type: ignore[no-untyped-def]
    place = marks[number]
    before, after = around
    opened = stack[-1] if stack and stack[-1].single else None
    char = text[place]
    following = text[place + 1 : place + 8].lower()
    elided = following[:2].isdigit() or any(
        following.startswith(word) and not following[len(word) : len(word) + 1].isalnum()
        for word in ELIDED
    )
    word = after.isalnum() or after == "["
    opens = char not in CLOSING_SINGLE and before in BEFORE_OPEN and word and not elided
    if char in OPENING_SINGLE and not after.isspace() and not elided and opened is None:
        opens = True
    glued = before in ".,!?:" and after.isupper()
    lost = glued and before != "," and opened is None and char not in CLOSING_SINGLE
    if lost or (opens and (opened is None or char in OPENING_SINGLE)):
        stack.append(_Open(place + lost, place + 1, True))
        return
    if opened is None or before.isspace() or (after.isalnum() and not glued):
        return
    possessive = (
        before in "sS"
        and after == " "
        and text[place + 2 : place + 3].islower()
        and any(_closes_single(text, later) for later in marks[number + 1 :])
    )
    if not possessive:
        stack.remove(opened)
        close(opened, place, place + 1)


def _closes_single(text: str, place: int) -> bool:
    return (
        text[place] in CLOSING_SINGLE + "'"
        and not text[place - 1].isspace()
        and not text[place + 1 : place + 2].isalnum()
    )


def _without_false_recoveries(found: list[Quotation], reading: Reading) -> list[Quotation]:
    """Drop an unclosed mark that is neither continued nor followed by a whole sentence."""
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
            quotation = replace(quotation, depth=0)
        if not quotation.depth:
            flat_to = quotation.end
        kept.append(quotation)
    return kept
