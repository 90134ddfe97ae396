"""Frames by outlet: a heat map with every value and its interval printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.figures.cells import (
    LINE,
    draw_cells,
    fits_wide,
    head_columns,
    head_height,
    name_rows,
    note_below,
    pitch,
    print_cells,
    sizes_right,
    stretch,
)
from framing.figures.checked import Wanted, checked
from framing.figures.journal import MM, attach, drawing, figure_of, panels, settle, tidy
from framing.figures.wording import DASH, count_of, extremes, rate, short_number, span_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_GROUPS, MOST_FRAMES = 60, 15
_WANTED = Wanted(
    "frame_heatmap", ("group", "frame"), ("estimate", "low", "high", "n_documents"),
    key=("group", "frame"),
)  # fmt: skip


def frame_heatmap(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how much of each frame each group has: one row a group, one column a frame.

    The estimate stands in the cell, its interval below it, the documents at the right; darker is
    more. Estimates between 0 and 1 are printed as percentages. Rows and columns stand in the order
    of the table; a cell without an estimate is hatched.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns group, frame, estimate, low, high, n_documents; one row a cell.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; in narrow ones the intervals, then the estimates are left out.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "group": ["Argus", "Beacon"], "frame": "economic", "estimate": [0.31, 0.12],
    ...     "low": [0.22, 0.07], "high": [0.42, 0.2], "n_documents": [90, 120]})
    >>> ax = frame_heatmap(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "cell"]
    ['31\\n22–42', '12\\n7–20']
    """
    rows = checked(table, _WANTED)
    groups, frames = (list(dict.fromkeys(rows[name])) for name in ("group", "frame"))
    notes = [
        f"{most} of {len(names):,} {what} drawn, the first of the table"
        for names, most, what in ((groups, MOST_GROUPS, "groups"), (frames, MOST_FRAMES, "frames"))
        if len(names) > most
    ]
    groups, frames = groups[:MOST_GROUPS], frames[:MOST_FRAMES]
    rows = rows[rows["group"].isin(groups) & rows["frame"].isin(frames)]
    values, low, high = (
        rows.pivot(index="group", columns="frame", values=name).reindex(groups, columns=frames)
        .to_numpy(float) for name in ("estimate", "low", "high")
    )  # fmt: skip
    known = rows[["estimate", "low", "high"]].to_numpy()
    percent = not (np.nanmin(known) < 0 or np.nanmax(known) > 1)
    top = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
    with drawing("single" if len(frames) <= 5 else "double") as width:
        axes = ax if ax is not None else panels(1, width, _height(len(groups), frames))[0]
        tidy(axes)
        draw_cells(axes, values, top)
        name_rows(axes, groups)
        sizes_right(axes, "docs", [_sizes(rows, group) for group in groups])
        head_columns(axes, [name.replace("_", " ") for name in frames], pitch(axes)[0])
        words = _words((values, low, high), percent)
        note_below(axes, "; ".join([_unit(percent, 0), *notes]))
        if ax is None:
            stretch(axes, LINE * (2 if fits_wide(axes, words[0]) else 3) + 3)
        choice = print_cells(axes, values, top, words)
        note_below(axes, "; ".join([_unit(percent, choice), *notes]))
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt(rows, percent))


def _height(groups: int, frames: list[str]) -> float:
    """Return about how many mm the figure wants; `stretch` makes it exact."""
    return (head_height(frames) + (2 * LINE + 3) * groups + 40) / 72 / MM


def _sizes(rows: pd.DataFrame, group: str) -> str:
    """Return the documents of a group; from fewest to most where its frames differ."""
    found = rows.loc[rows["group"] == group, "n_documents"]
    few, many = short_number(found.min()), short_number(found.max())
    return few if few == many else f"{few}{DASH}{many}"


def _write(value: float, percent: bool) -> str:
    if not np.isfinite(value):
        return DASH
    return f"{100 * value:.0f}" if percent else rate(value)


def _words(
    numbers: tuple[np.ndarray, np.ndarray, np.ndarray], percent: bool
) -> list[list[list[str]]]:
    """Return estimate over interval, the same with the interval in two lines, the estimate."""
    choices: list[list[list[str]]] = [[], [], []]
    for values, lows, highs in zip(*numbers, strict=True):
        told: list[list[str]] = [[], [], []]
        for value, low, high in zip(values, lows, highs, strict=True):
            one = _write(value, percent)
            has = np.isfinite([value, low, high]).all()
            ends = _write(low, percent), _write(high, percent)
            told[0].append(f"{one}\n{ends[0]}{DASH}{ends[1]}" if has else one)
            told[1].append(f"{one}\n{ends[0]}{DASH}\n{ends[1]}" if has else one)
            told[2].append(one)
        for choice, row in zip(choices, told, strict=True):
            choice.append(row)
    return choices


def _unit(percent: bool, choice: int) -> str:
    unit = "% of documents" if percent else "estimate"
    return f"{unit}; below it the 95 % interval" if choice < 2 else f"{unit}; darker is more"


def _alt(rows: pd.DataFrame, percent: bool) -> str:
    count = (rows["group"].nunique(), rows["frame"].nunique())
    told = [
        f"Heat map of {count_of(count[1], 'frame')} in {count_of(count[0], 'group')}, "
        f"{'percentage of documents' if percent else 'estimates'} with 95 % intervals."
    ]
    for frame, mine in rows.groupby("frame", sort=False):
        known = mine[mine["estimate"].notna()]
        if not len(known):
            told.append(f"{frame}: no estimate.")
            continue
        said = [
            f"{word} {row['group']} at {_write(row['estimate'], percent)} "
            f"({span_of(row, lambda value: _write(value, percent))}, "
            f"{count_of(row['n_documents'], 'document')})"
            for word, row in zip(("highest", "lowest"), extremes(known), strict=False)
        ]
        told.append(f"{frame}: {', '.join(dict.fromkeys(said))}.")
    return " ".join(told)
