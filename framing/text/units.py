"""The stretches of a text that the rules read: sentences glued where a quotation runs over them."""

from __future__ import annotations

from bisect import bisect_left
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
    count = len(quotations)
    cue_starts = [cue.start for cue in cues]
    quote, number = 0, 0
    while number < len(sentences):
        start, end = sentences[number]
        first = quote
        while True:
            while quote < count and quotations[quote].open < end:
                end = max(end, quotations[quote].close)
                quote += 1
            while number + 1 < len(sentences) and sentences[number + 1][0] < end:
                number += 1
                end = max(end, sentences[number][1])
            if quote >= count or quotations[quote].open >= end:
                break
        number += 1
        low, high = bisect_left(cue_starts, start), bisect_left(cue_starts, end)
        useful = [cue for cue in cues[low:high] if _gives_words(cue, first < quote)]
        if not useful and first == quote:
            continue
        inside = range(first, quote)
        unit = Unit(reading, (start, end), quotations[first:quote], first)
        local = [
            Cue(cue.first - unit.low, cue.last - unit.low, cue.entry)
            for cue in useful
            if unit.quote[cue.first - unit.low] < 0
        ]
        yield unit, inside, local


def _gives_words(cue: Match, quoted: bool) -> bool:
    """Whether a cue can give words here: some never do, some only with quotation marks."""
    takes = cue.entry.extra["takes"]
    return bool(takes != "x" and (quoted or takes != "q"))
