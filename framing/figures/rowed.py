"""Figures of one row a name: names at the left, numbers with their heads at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from framing.figures.journal import GREY, PALE, SMALL, figure_of, tidy
from framing.figures.wording import commas, fit, fit_all, ruler

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROOM = 88.0
PITCH, DEEP = 4.4, 6.6
_GAP, _TICK = 5.0, 24.0
HEAD = 9.0  # what heads of columns take above the axes, in points


def height_of(names: Sequence[str], around: float, room: float = ROOM, row: float = PITCH) -> float:
    """Return the height in mm that rows of these names want, with `around` mm beside them.

    Examples
    --------
    >>> height_of(["tax", "park"], 20) < height_of(["tax", "park", "vow"], 20)
    True
    """
    measure = ruler()
    two = any("\n" in fit(name, room, measure) for name in names)
    return around + max(row, DEEP if two else 0.0) * (max(len(names), 2) + 0.6)


def dress(ax: Axes, names: Sequence[str], room: float = ROOM) -> None:
    """Give the axes one row a name, the first on top, with a pale line through each."""
    tidy(ax)
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    ax.set_yticks(range(len(names)), fit_all(names, room, ruler()), parse_math=False)
    ax.tick_params("y", length=0, pad=5)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", color=PALE, lw=0.4)


def numbers_right(
    ax: Axes, columns: Sequence[tuple[str, str, Sequence[str]]], at: Sequence[float] | None = None,
) -> float:  # fmt: skip
    """Print columns of numbers right of the rows, each (head, gid, cells); return their width.

    Parameters
    ----------
    at : sequence of float, optional
        Heights of the cells in rows; 0, 1, 2 ... by default.
    """
    measure, right = ruler(), 3.0
    for head, gid, cells in columns:
        right += _GAP + max(measure(cell) for cell in [head, *cells])
        shift = ScaledTranslation(right / 72, 0, figure_of(ax).dpi_scale_trans)
        up = ScaledTranslation(0, 2 / 72, figure_of(ax).dpi_scale_trans)
        ax.text(1, 1, head, transform=ax.transAxes + shift + up, ha="right", va="bottom",
                color=GREY, fontsize=SMALL, gid="head")  # fmt: skip
        for y, cell in zip(at if at is not None else range(len(cells)), cells, strict=True):
            ax.text(1, y, cell, transform=ax.get_yaxis_transform() + shift, ha="right",
                    va="center", fontsize=SMALL, gid=gid)  # fmt: skip
    return right


class _Spaced(MaxNLocator):
    """At most four steps, fewer where the axis turns out too short for the labels."""

    def __call__(self) -> Any:
        axes: Any = self.axis
        wide = axes.axes.get_window_extent().width * 72 / figure_of(axes.axes).dpi
        self.set_params(nbins=int(np.clip(wide / _TICK, 1, 4)))
        return super().__call__()


def reach(ax: Axes, values: np.ndarray, line: bool = True) -> None:
    """Set the limits of the horizontal axis so that all values are seen, and a line at zero."""
    known = values[np.isfinite(values)]
    known = known if len(known) else np.array([0.0, 1.0])
    low, high = min(float(known.min()), 0.0), max(float(known.max()), 0.0)
    room = 0.06 * (high - low) or 1.0
    ax.set_xlim(low - room if low < 0 else 0.0, high + room if high > 0 or low == 0 else 0.0)
    ax.xaxis.set_major_locator(_Spaced(4))
    commas(ax.xaxis)
    if low < 0 and line:
        ax.axvline(0, color="black", lw=0.8, zorder=1)


def whiskers(
    ax: Axes, at: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str = "black",
    width: float = 1.2,
) -> None:  # fmt: skip
    """Draw the intervals that are finite."""
    known = np.isfinite(low) & np.isfinite(high)
    if known.any():
        ax.hlines(at[known], low[known], high[known], color=colour, lw=width, zorder=2.5,
                  gid="interval")  # fmt: skip


def dots(
    ax: Axes, at: np.ndarray, values: np.ndarray, hollow: np.ndarray, *, marker: str = "o",
    colour: str = "black", size: float = 4.5,
) -> None:  # fmt: skip
    """Draw the values that are finite, filled or hollow."""
    for open_ in (False, True):
        mine = np.isfinite(values) & (hollow == open_)
        if mine.any():  # an empty line without clipping would pull the layout to the corner
            ax.plot(values[mine], at[mine], marker, color=colour, ms=size, mew=1.0, ls="none",
                    mfc="white" if open_ else colour, clip_on=False, zorder=3,
                    gid="hollow" if open_ else "filled")  # fmt: skip


def undefined(ax: Axes, at: np.ndarray) -> None:
    """Write in the rows without an estimate that there is none."""
    for y in at:
        ax.annotate("not defined", (0, y), (3, 0), textcoords="offset points", va="center",
                    xycoords=ax.get_yaxis_transform(), fontsize=SMALL, color=GREY,
                    gid="undefined", bbox={"fc": "white", "ec": "none", "pad": 0.4})  # fmt: skip


def wide(ax: Axes) -> float:
    """Return the width in points of the labels left of the axes."""
    measure = ruler()
    return max((measure(line) for label in ax.get_yticklabels()
                for line in label.get_text().split("\n")), default=0.0)  # fmt: skip
