"""The stretches of a text that the rules read: sentences glued where a quotation runs over them."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from framing.text.clauses import Unit
from framing.text.document import Match, Reading
from framing.text.quotation import Quotation
from framing.text.verbs import Cue
from framing.text.voices import Span

NOWHERE = sys.maxsize  # behind every text
NONE = range(0)
OPEN, START = attrgetter("open"), attrgetter("start")


def quotations_with_cues(
    quotations: Sequence[Quotation], pairs: Sequence[Quotation], cues: Sequence[Match]
) -> Iterator[tuple[Quotation, tuple[list[Quotation], Sequence[Match]]]]:
    """Yield the quotations in which somebody's words are told, with their marks and cues."""
    opens, starts = list(map(OPEN, pairs)), [*map(START, cues), NOWHERE]
    low = 0
    for quotation in quotations:
        start, end = quotation.start, quotation.end
        low = bisect_left(starts, start, low)
        if starts[low] < end:
            high = bisect_left(starts, end, low)
            first = bisect_left(opens, start)
            last = bisect_left(opens, end, first)
            yield quotation, (list(pairs[first:last]), cues[low:high])


def sentences_inside(reading: Reading, quotation: Quotation) -> list[Span]:
    """Return the sentences inside a quotation."""
    first, last = reading.sentence_at(quotation.start), reading.sentence_at(quotation.end - 1)
    start, end = quotation.start, quotation.end
    bounds = ((max(s, start), min(e, end)) for s, e in reading.sentences[first : last + 1])
    return [(low, high) for low, high in bounds if low < high]


def units(
    reading: Reading,
    sentences: Sequence[Span],
    quotations: Sequence[Quotation],
    cues: Sequence[Match],
) -> Iterator[tuple[Unit, range, list[Cue]]]:
    """Yield the stretches that hold a cue or a quotation, with both."""
    opens, begins = [*map(OPEN, quotations), NOWHERE], [*map(START, cues), NOWHERE]
    words = reading.sentence_words if sentences is reading.sentences else None
    quote = low = 0
    for number, (start, end) in enumerate(sentences):
        if begins[low] >= end and opens[quote] >= end:
            continue
        first, last, inside = quote, number, NONE
        if opens[quote] < end:
            end, quote, last = _reach(sentences, number, quotations, opens, quote)
            inside = range(first, quote)
        if words:
            inner = words[number][0], words[last][1]
        else:
            inner = reading.word_at(start), reading.word_at(end)
        base, heard, unit = inner[0], [], None
        if inside:
            unit = Unit(reading, (start, end), quotations[first:quote], first, inner)
        while begins[low] < end:
            entry, _, behind, head, tail = cues[low]
            low += 1
            takes = entry.extra["takes"]
            if takes == "x" or (takes == "q" and not inside) or behind > end:
                continue  # it gives no words, or none without marks
            if unit is None or unit.quote[head - base] < 0:
                heard.append(Cue(head - base, tail - base, entry, takes))
        if heard and unit is None:
            unit = Unit(reading, (start, end), (), first, inner)
        if unit is not None:
            yield unit, inside, heard


def _reach(
    sentences: Sequence[Span], number: int, quotations: Sequence[Quotation], opens: Sequence[int],
    quote: int,
) -> tuple[int, int, int]:  # fmt: skip
    """Return where the unit that a sentence begins ends, what follows, and its last sentence."""
    end, count = sentences[number][1], len(sentences)
    while opens[quote] < end:
        if quotations[quote].close > end:
            end = quotations[quote].close
            while number + 1 < count and sentences[number + 1][0] < end:
                number += 1
                end = max(end, sentences[number][1])
        quote += 1
    return end, quote, number
