"""Heat maps with their numbers printed: cells, heads of columns, names of rows, sizes beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation

from framing.figures.journal import GREY, NORMAL, PALE, SMALL, figure_of
from framing.figures.wording import DOTS, drawable, fit, fit_all, ruler

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_ROOM, HEAD_ROOM = 92.0, 96.0
LINE, PAD = 8.6, 4.0
# from paper to the dark end of cividis: nothing is pale, and luminance alone tells the order
SHADES = LinearSegmentedColormap.from_list("shades", ["#F3F5F8", "#A9B5C9", "#54688F", "#00224E"])


def draw_cells(ax: Axes, values: np.ndarray, top: float) -> None:
    """Fill one cell for each value, pale for 0 and dark for `top`; a missing one is hatched."""
    rows, columns = values.shape
    ax.set(xlim=(0, columns), ylim=(rows, 0))
    ax.pcolormesh(np.ma.masked_invalid(values), cmap=SHADES, vmin=0, vmax=top or 1.0,
                  edgecolors="white", lw=0.8, antialiased=True)  # fmt: skip
    for y, x in np.argwhere(~np.isfinite(values)):
        ax.add_patch(Rectangle((x, y), 1, 1, fc="white", ec=PALE, hatch="/////", lw=0,
                               gid="missing"))  # fmt: skip
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def ink(value: float, top: float) -> str:
    """Return the colour of print that reads on the cell: white on dark, black on pale.

    Examples
    --------
    >>> ink(0.9, 1.0), ink(0.1, 1.0), ink(float("nan"), 1.0)
    ('white', 'black', 'black')
    """
    if not np.isfinite(value):
        return "black"
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in SHADES(value / (top or 1.0))[:3]
    )
    return "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179 else "black"


def name_rows(ax: Axes, names: Sequence[str], room: float = NAME_ROOM, lines: int = 2) -> None:
    """Write the names of the rows at the left."""
    at = np.arange(len(names)) + 0.5
    ax.set_yticks(at, fit_all(names, room, ruler(), lines), parse_math=False)
    ax.tick_params("y", labelsize=SMALL)


def head_columns(ax: Axes, names: Sequence[str], room: float) -> None:
    """Write heads above the columns of `room` points: upright if all fit, else turned."""
    measure = ruler()
    plain = [fit(name, room - PAD, measure, 3) for name in names]
    upright = all(_whole(name, told) for name, told in zip(names, plain, strict=True))
    lines, width = (3, room - PAD) if upright else (2 if room >= 2 * LINE else 1, HEAD_ROOM)
    plain = fit_all(names, width, measure, lines)
    ax.set_xticks(np.arange(len(names)) + 0.5, plain, parse_math=False)
    ax.tick_params("x", labelsize=SMALL, labeltop=True, labelbottom=False, top=False, bottom=False,
                   labelrotation=0 if upright else 90)  # fmt: skip


def _whole(name: str, told: str) -> bool:
    return DOTS not in told and " ".join(drawable(name).split()) == told.replace("\n", " ")


def sizes_right(ax: Axes, heading: str, cells: Sequence[str]) -> None:
    """Print a column right of the rows under a small heading."""
    measure = ruler()
    right = PAD + max(measure(cell) for cell in [heading, *cells])
    shift = ScaledTranslation(right / 72, 0, figure_of(ax).dpi_scale_trans)
    up = ScaledTranslation(0, 2 / 72, figure_of(ax).dpi_scale_trans)
    ax.text(1, 1, heading, transform=ax.transAxes + shift + up, ha="right", va="bottom",
            color=GREY, fontsize=SMALL)  # fmt: skip
    for y, cell in enumerate(cells):
        ax.text(1, y + 0.5, cell, transform=ax.get_yaxis_transform() + shift, ha="right",
                va="center", fontsize=SMALL, gid="n")  # fmt: skip


def note_below(ax: Axes, text: str) -> None:
    """Write a note below the cells, as wide as they are."""
    width = max(size_of(ax)[0], 120)
    ax.set_xlabel(fit(text, width, ruler(NORMAL), lines=4), loc="left", color=GREY,
                  parse_math=False)  # fmt: skip


def stretch(ax: Axes, row: float) -> None:
    """Make the figure as tall as gives the rows `row` points each; names and heads are there."""
    figure = figure_of(ax)
    for _ in range(2):  # a second time, for what the layout gave to the margins
        more = (row - pitch(ax)[1]) * ax.get_ylim()[0] / 72
        figure.set_figheight(max(figure.get_figheight() + more, 0.5))


def head_height(names: Sequence[str]) -> float:
    """Return the height in points that the heads of columns want at most.

    Examples
    --------
    >>> head_height(["crime"]) < head_height(["crime", "capacity and resources"])
    True
    """
    measure = ruler()
    lines = [line for name in names for line in fit(name, HEAD_ROOM, measure, 2).split("\n")]
    return 2 * LINE + max(measure(line) for line in lines)


def pitch(ax: Axes) -> tuple[float, float]:
    """Return width and height of a cell in points, with all laid out that is there so far."""
    width, height = size_of(ax)
    return width / ax.get_xlim()[1], height / ax.get_ylim()[0]


def size_of(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes in points, with all laid out that is there so far."""
    figure = figure_of(ax)
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
    box = ax.get_window_extent()
    return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi


def print_cells(
    ax: Axes, values: np.ndarray, top: float, choices: Sequence[Sequence[Sequence[str]]]
) -> int:
    """Print into the cells the first of the choices that fits into every one.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    values : numpy.ndarray
        What the cells are coloured by.
    top : float
        The darkest value.
    choices : sequence
        Texts by row and column, the fullest first.

    Returns
    -------
    int
        Number of the choice; as many as there are if none fits and nothing was printed.
    """
    height = pitch(ax)[1]
    for number, words in enumerate(choices):
        lines = max(cell.count("\n") + 1 for row in words for cell in row)
        if LINE * lines <= height + 0.1 and fits_wide(ax, words):
            for (y, x), value in np.ndenumerate(values):
                ax.text(x + 0.5, y + 0.5, words[y][x], ha="center", va="center", fontsize=SMALL,
                        color=ink(value, top), linespacing=1.1, gid="cell", in_layout=False,
                        bbox=None if np.isfinite(value) else {"fc": "white", "lw": 0, "pad": 1},
                        )  # fmt: skip
            return number
    return len(choices)


def fits_wide(ax: Axes, words: Sequence[Sequence[str]]) -> bool:
    """Return whether every line of the texts is narrower than a cell."""
    measure = ruler()
    lines = [line for row in words for cell in row for line in cell.split("\n")]
    return max(map(measure, lines)) <= pitch(ax)[0] - 1.5
