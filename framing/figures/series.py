"""Up to four series in one axes, told apart by marker, line and place; the colour repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from framing.figures.journal import GREY, LINES, MARKERS, PAIR

MOST_SERIES = len(MARKERS)
_COLOURS = (*PAIR, "black", GREY)


@dataclass(frozen=True)
class Look:
    """Marker, line and colour of a series."""

    marker: str
    line: Any
    colour: str
    fill: str


def look_of(number: int) -> Look:
    """Return the look of the series with that number; every other one is hollow.

    Examples
    --------
    >>> look_of(0).marker, look_of(1).marker, look_of(1).fill
    ('o', 's', 'white')
    """
    colour = _COLOURS[number]
    return Look(MARKERS[number], LINES[number], colour, "white" if number % 2 else colour)
