"""The marks of measures and voices in a text: told apart by shape, the colour only repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Rectangle

from framing.figures.journal import GREY, PAIR

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAND = "#E3E3E3"
DASHES, DOTS = (0, (3, 1.5)), (0, (1, 1.2))
_ASCENT, _DESCENT, _STEP = 7.2, 2.5, 1.8


@dataclass(frozen=True)
class Mark:
    """A shape (box, line, double, wave, over), its stroke and its colour."""

    shape: str
    stroke: Any
    colour: str


MARKS = (
    Mark("box", "-", PAIR[0]), Mark("line", "-", PAIR[1]), Mark("wave", "-", PAIR[0]),
    Mark("double", "-", PAIR[1]), Mark("box", DASHES, PAIR[1]), Mark("line", DASHES, PAIR[0]),
    Mark("over", "-", PAIR[1]), Mark("box", DOTS, PAIR[0]),
)  # fmt: skip


def mark_of(number: int) -> Mark:
    """Return the mark of the measure with that number; they repeat after eight.

    Examples
    --------
    >>> mark_of(0).shape, mark_of(1).shape, mark_of(8) == mark_of(0)
    ('box', 'line', True)
    """
    return MARKS[number % len(MARKS)]


def draw_mark(ax: Axes, mark: Mark, span: tuple[float, float], base: float, level: int = 0) -> None:
    """Draw a mark from left to right around the text whose baseline is `base` (y points down)."""
    left, right = span
    style: dict[str, Any] = {
        "ls": mark.stroke,
        "color": mark.colour,
        "marker": "",
        "gid": mark.shape,
    }
    deep = base + _DESCENT + 0.4 + _STEP * level
    if mark.shape == "box":
        out = 0.7 + 1.1 * level
        ax.add_patch(
            Rectangle(
                (left - out, base - _ASCENT - out), right - left + 2 * out,
                _ASCENT + _DESCENT + 2 * out, fill=False, lw=0.9, ls=mark.stroke, ec=mark.colour,
                gid="box", zorder=2,
            )
        )  # fmt: skip
    elif mark.shape == "line":
        ax.plot([left, right], [deep, deep], lw=1.6, solid_capstyle="butt", **style)
    elif mark.shape == "double":
        for y in (deep - 0.5, deep + 1.1):
            ax.plot([left, right], [y, y], lw=0.7, **style)
    elif mark.shape == "over":
        top = base - _ASCENT - 0.8 - _STEP * level
        ax.plot([left, right], [top, top], lw=1.6, solid_capstyle="butt", **style)
    else:
        x = np.linspace(left, right, max(8, int(right - left) * 3))
        ax.plot(x, deep + 0.3 + 0.8 * np.sin((x - left) * 1.9), lw=0.9, **style)


def draw_voice(ax: Axes, voice: str, span: tuple[float, float], base: float) -> None:
    """Draw what lies behind direct quotation and below reported speech."""
    left, right = span
    if voice == "direct":
        ax.add_patch(
            Rectangle(
                (left - 0.6, base - _ASCENT - 0.8), right - left + 1.2, _ASCENT + _DESCENT + 1.4,
                color=BAND, lw=0, zorder=0, gid="direct",
            )
        )  # fmt: skip
    elif voice == "indirect":
        ax.plot([left, right], [base + 1.7] * 2, ls=DOTS, color=GREY, lw=0.8, marker="",
                zorder=1, gid="indirect")  # fmt: skip
