"""Whose words: the voice of every stretch of a text, and the attributions it comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

Span = tuple[int, int]
RELATIVE = re.compile(r",? (?:who|which|that)$")
RELATIVES = ("who", "which", "that")
RANK = {"indirect": 1, "scare": 2, "title": 2, "direct": 3, "boilerplate": 4}


class Attribution(NamedTuple):
    """Words given to somebody.

    Attributes
    ----------
    kind : {"direct", "mixed", "indirect"}
    content : tuple of (start, end)
        The pieces of what is said, marks and complementiser excluded.
    cue, speaker : (start, end) or None
    speaker_name : str or None
        Canonical within the document ("Sir Keir Starmer" for "he").
    speaker_type : str
        named, role, org, document, group, anonymous, unspecified or author; empty if unknown.
    """

    kind: str
    content: tuple[Span, ...]
    cue: Span | None = None
    speaker: Span | None = None
    speaker_name: str | None = None
    speaker_type: str = ""


def speaker_text(text: str, one: Attribution) -> str | None:
    """Return the speaker as written, without a relative pronoun at its end."""
    if one.speaker is None:
        return None
    written = text[slice(*one.speaker)]
    return RELATIVE.sub("", written) if written.endswith(RELATIVES) else written


Piece = tuple[int, int, str, Attribution | None]


def paint(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces sorted and without overlap: quotation before report, inner before outer.

    Examples
    --------
    >>> paint([(0, 9, "indirect", None), (3, 5, "direct", None)])
    [(0, 3, 'indirect', None), (3, 5, 'direct', None), (5, 9, 'indirect', None)]
    """
    painted: list[Piece] = []
    touching: list[Piece] = []
    reach = -1
    for piece in sorted([p for p in pieces if p[0] < p[1]], key=itemgetter(0)):
        if piece[0] > reach:
            painted += _without_overlap(touching) if len(touching) > 1 else touching
            touching = []
        touching.append(piece)
        if piece[1] > reach:
            reach = piece[1]
    return painted + _without_overlap(touching)


def _without_overlap(order: list[Piece]) -> list[Piece]:
    if len(order) < 2:
        return order
    edges = sorted({edge for piece in order for edge in piece[:2]})
    painted: list[Piece] = []
    active: list[Piece] = []
    at = 0
    for low, high in pairwise(edges):
        while at < len(order) and order[at][0] <= low:
            active.append(order[at])
            at += 1
        active = [piece for piece in active if piece[1] > low]
        top = active[0] if len(active) == 1 else max(active, key=_rank)
        if painted and painted[-1][2:] == top[2:]:
            painted[-1] = (painted[-1][0], high, *top[2:])
        else:
            painted.append((low, high, *top[2:]))
    return painted


def _rank(piece: Piece) -> tuple[int, int, int]:
    return RANK[piece[2]], piece[0], -piece[1]


class VoiceMap:
    """The voices of one text.

    Parameters
    ----------
    length : int
        Number of code points of the text.
    pieces : sequence of (start, end, voice, attribution or None)
        Sorted, without overlap; what they leave over is the outlet's own.

    Examples
    --------
    >>> voices = VoiceMap(10, [(2, 5, "direct", None)])
    >>> voices.runs, voices.voice_at(3)
    ([(0, 2, 'outlet'), (2, 5, 'direct'), (5, 10, 'outlet')], 'direct')
    """

    def __init__(
        self,
        length: int,
        pieces: Sequence[Piece],
        attributions: Sequence[Attribution] = (),
    ) -> None:
        runs: list[tuple[int, int, str]] = []
        owners: list[Attribution | None] = []
        position = 0
        for start, end, voice, attribution in pieces:
            if end <= start:
                continue
            if start > position:
                runs.append((position, start, "outlet"))
                owners.append(None)
            runs.append((start, end, voice))
            owners.append(attribution)
            position = end
        if position < length:
            runs.append((position, length, "outlet"))
            owners.append(None)
        self.runs = runs
        self.attributions = list(attributions)
        self.nested = _overlaps(sorted([span for one in attributions for span in one.content]))
        self.owners = owners
        self.starts = [run[0] for run in runs]

    def voice_at(self, offset: int) -> str:
        """Return the voice of one character."""
        return self.runs[self.run_at(offset)][2] if self.runs else "outlet"

    def attribution_at(self, offset: int) -> Attribution | None:
        """Return the innermost attribution that holds one character."""
        return self.owners[self.run_at(offset)] if self.runs else None

    def speakers(self, text: str) -> dict[int, str]:
        """Return who speaks in the runs of a known speaker, by the start of the run."""
        found = {}
        for start, one in zip(self.starts, self.owners, strict=True):
            name = (one.speaker_name or speaker_text(text, one)) if one else None
            if name:
                found[start] = name
        return found

    def chain_at(self, offset: int) -> tuple[Attribution, ...]:
        """Return the attributions that hold one character, outermost first."""
        if bisect_right(self.nested, offset) % 2:
            begins, reaches, spans = self._spans
            held: set[int] = set()
            place = bisect_right(begins, offset) - 1
            while place >= 0 and reaches[place] > offset:
                _, end, number = spans[place]
                if end > offset:
                    held.add(number)
                place -= 1
            return tuple(sorted([self.attributions[at] for at in sorted(held)], key=_reach))
        one = self.attribution_at(offset)
        return (one,) if one else ()

    @cached_property
    def _spans(self) -> tuple[list[int], list[int], list[tuple[int, int, int]]]:
        """Return where spans begin, how far those up to each reach, and the spans with whose."""
        spans = sorted(
            [
                (start, end, number)
                for number, one in enumerate(self.attributions)
                for start, end in one.content
            ]
        )
        ends = accumulate([end for _, end, _ in spans], max)
        return [start for start, _, _ in spans], list(ends), spans

    def run_at(self, offset: int) -> int:
        """Return the index of the run that holds one character."""
        return bisect_right(self.starts, offset, 1) - 1


def _reach(one: Attribution) -> int:
    """Sort the longest first."""
    return one.content[0][0] - one.content[-1][1]


def _overlaps(spans: Sequence[Span]) -> list[int]:
    """Return where stretches begin and end, in turn, that are in two or more of sorted spans.

    Examples
    --------
    >>> _overlaps([(0, 9), (2, 4), (3, 6), (9, 12)])
    [2, 6]
    """
    edges: list[int] = []
    reach = -1
    for start, end in spans:
        if start < reach:
            behind = min(end, reach)
            if edges and start <= edges[-1]:
                edges[-1] = max(edges[-1], behind)
            else:
                edges += (start, behind)
        if end > reach:
            reach = end
    return edges
