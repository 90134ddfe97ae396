"""The stretches of a text that the rules read: sentences glued where a quotation runs over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from framing.text.clauses import Unit
from framing.text.document import Match, Reading
from framing.text.quotation import Quotation
from framing.text.verbs import Cue
from framing.text.voices import Span


def quotations_with_cues(
    quotations: Sequence[Quotation], pairs: Sequence[Quotation], cues: Sequence[Match]
) -> Iterator[tuple[Quotation, tuple[list[Quotation], Sequence[Match]]]]:
    """Yield the quotations in which somebody's words are told, with their marks and cues."""
    opens, starts = [pair.open for pair in pairs], [cue.start for cue in cues]
    for quotation in quotations:
        bounds = quotation.start, quotation.end
        low, high = (bisect_left(starts, edge) for edge in bounds)
        if low < high:
            first, last = (bisect_left(opens, edge) for edge in bounds)
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
    starts, ends = [start for start, _ in sentences], [end for _, end in sentences]
    cue_starts = [cue.start for cue in cues]
    count, quote, low = len(quotations), 0, 0
    while quote < count or low < len(cues):
        number = len(sentences)
        if quote < count:
            number = bisect_right(ends, quotations[quote].open)
        if low < len(cues):
            number = min(number, bisect_right(starts, cue_starts[low]) - 1)
        if not 0 <= number < len(sentences):
            return
        start = starts[number]
        end, behind = _reach(sentences, number, quotations, quote)
        inside = range(quote, behind)
        high = bisect_left(cue_starts, end, low)
        silent = ("x",) if inside else ("x", "q")  # cues that give no words, or none without marks
        useful = [
            (cue, takes)
            for cue in cues[low:high]
            if (takes := cue.entry.extra["takes"]) not in silent and cue.end <= end
        ]
        if useful or inside:
            unit = Unit(reading, (start, end), quotations[quote:behind], quote)
            yield (
                unit,
                inside,
                [
                    Cue(cue.first - unit.low, cue.last - unit.low, cue.entry, takes)
                    for cue, takes in useful
                    if unit.quote[cue.first - unit.low] < 0
                ],
            )
        quote, low = behind, high


def _reach(
    sentences: Sequence[Span], number: int, quotations: Sequence[Quotation], quote: int
) -> tuple[int, int]:
    """Return where the unit that a sentence begins ends, and the first quotation behind it."""
    end = sentences[number][1]
    while quote < len(quotations) and quotations[quote].open < end:
        while quote < len(quotations) and quotations[quote].open < end:
            end = max(end, quotations[quote].close)
            quote += 1
        while number + 1 < len(sentences) and sentences[number + 1][0] < end:
            number += 1
            end = max(end, sentences[number][1])
    return end, quote
