"""Errors of a classifier by group: dots with intervals, one marker a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.transforms import ScaledTranslation

from framing.figures.checked import Wanted, checked
from framing.figures.journal import (
    GREY,
    PALE,
    SMALL,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
    tidy,
)
from framing.figures.rowed import undefined
from framing.figures.series import MOST_SERIES, look_of
from framing.figures.wording import (
    commas,
    count_of,
    extremes,
    fit,
    fit_all,
    key_above,
    measure_words,
    name_of,
    need,
    rate,
    ruler,
    short_number,
    span_of,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_ROWS = 100
_WANTED = Wanted(
    "group_errors", ("group", "measure"), ("estimate", "low", "high", "n"),
    key=("group", "measure"),
)  # fmt: skip


def group_errors(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the errors of a classifier in each group with their intervals, n at the right.

    Groups stand by their first measure, the largest first.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns group, measure (``false_positive_rate``, ``calibration_error`` ...), estimate, low,
        high, n; one row a group and measure, at most four measures. A column ``field`` with more
        than one value (``outlet``, ``side``) is named before the group.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "group": ["Argus", "Beacon"], "measure": "false_positive_rate",
    ...     "estimate": [0.08, 0.15], "low": [0.05, 0.1], "high": [0.12, 0.21], "n": [210, 180]})
    >>> ax = group_errors(table, ax=Figure().add_subplot())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Beacon', 'Argus']
    """
    rows = read(table)
    measures = list(dict.fromkeys(rows["measure"]))
    groups = _order(rows, measures[0])
    shown = groups[:MOST_ROWS]
    rows = rows[rows["group"].isin(shown)]
    with drawing("single") as width:
        axes = ax if ax is not None else panels(1, width, height_of(len(shown), len(measures)))[0]
        _dress(axes, shown)
        for number, name in enumerate(measures):
            _points(axes, rows[rows["measure"] == name], shown, (number, len(measures)))
        _print_sizes(axes, rows, shown, measures)
        _limits(axes, rows)
        _key(axes, measures)
        if len(groups) > len(shown):
            axes.set_xlabel(f"error with 95 % interval\n{MOST_ROWS} of {len(groups):,} groups "
                            "drawn, the first by size")  # fmt: skip
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt(rows, measures))


def read(table: pd.DataFrame) -> pd.DataFrame:
    """Return the checked rows, of at most four measures; groups of several fields name theirs.

    Examples
    --------
    >>> import pandas as pd
    >>> read(pd.DataFrame({"group": [None], "measure": "brier_score", "estimate": 0.2, "low": 0.1,
    ...                    "high": 0.3, "n": 40}))["group"].tolist()
    ['not given']
    """
    need(table, (), "group_errors")
    if "field" in table and table["field"].nunique() > 1:
        pairs = zip(table["field"], table["group"], strict=True)
        table = table.assign(group=[f"{name_of(a)}: {name_of(b)}" for a, b in pairs])
    rows = checked(table, _WANTED)
    measures = list(dict.fromkeys(rows["measure"]))
    if len(measures) > MOST_SERIES:
        raise BadInput(
            f"group_errors: {len(measures)} measures ({', '.join(measures[:6])}); it draws at "
            f"most {MOST_SERIES}"
        )
    return rows


def height_of(groups: int, measures: int) -> float:
    """Return the height in mm that so many groups and measures want.

    Examples
    --------
    >>> height_of(50, 2) > height_of(5, 2)
    True
    """
    return 16 + 4.0 * measures + max(3.3 * measures, 6.4) * (groups + 0.6)


def _order(rows: pd.DataFrame, measure: str) -> list[str]:
    """Return the groups by the measure, the largest first; those without it stand last."""
    mine = rows[(rows["measure"] == measure) & rows["estimate"].notna()]
    mine = mine.sort_values(["estimate", "group"], ascending=[False, True], kind="stable")
    return list(dict.fromkeys([*mine["group"], *rows["group"]]))


def _dress(ax: Axes, groups: Sequence[str]) -> None:
    tidy(ax)
    ax.set_ylim(len(groups) - 0.4, -0.6)
    ax.set_yticks(range(len(groups)), fit_all(groups, 92, ruler()), parse_math=False)
    ax.tick_params("y", length=0)
    ax.spines["left"].set_visible(False)
    for at in range(1, len(groups)):
        ax.axhline(at - 0.5, color=PALE, lw=0.5, zorder=0)
    ax.set_xlabel("error with 95 % interval")


def _steps(number: int, count: int) -> float:
    """Return how far below the middle of its row a measure is drawn."""
    return 0.76 / max(count, 2) * (number - (count - 1) / 2)


def _points(ax: Axes, rows: pd.DataFrame, groups: Sequence[str], place: tuple[int, int]) -> None:
    look = look_of(place[0])
    at = np.array([groups.index(name) for name in rows["group"]]) + _steps(*place)
    ax.hlines(at, rows["low"], rows["high"], color=look.colour, lw=1.2, zorder=2.5,
              gid="interval")  # fmt: skip
    known = rows["estimate"].notna().to_numpy()
    if known.any():
        ax.plot(rows["estimate"].to_numpy()[known], at[known], look.marker, color=look.colour,
                mfc=look.fill, mew=0.9, ms=4, ls="none", zorder=3, clip_on=False,
                gid=rows["measure"].iloc[0])  # fmt: skip
    undefined(ax, at[~known])


def _print_sizes(
    ax: Axes, rows: pd.DataFrame, groups: Sequence[str], measures: Sequence[str]
) -> None:
    """Print n at the right: once a group, or once a measure where they differ."""
    told: list[tuple[float, str]] = []
    for at, group in enumerate(groups):
        mine = rows[rows["group"] == group]
        if mine["n"].nunique(dropna=False) == 1:
            told.append((at, short_number(mine["n"].iloc[0])))
            continue
        for name, n in zip(mine["measure"], mine["n"], strict=True):
            told.append((at + _steps(measures.index(name), len(measures)), short_number(n)))
    measure = ruler()
    right = 6 + max(measure(cell) for _, cell in told)
    shift = ScaledTranslation(right / 72, 0, figure_of(ax).dpi_scale_trans)
    ax.text(1, 1, "n", transform=ax.transAxes + shift, ha="right", va="bottom", color=GREY,
            fontsize=SMALL)  # fmt: skip
    for y, cell in told:
        ax.text(1, y, cell, transform=ax.get_yaxis_transform() + shift, ha="right", va="center",
                fontsize=SMALL, gid="n")  # fmt: skip


def _limits(ax: Axes, rows: pd.DataFrame) -> None:
    values = rows[["estimate", "low", "high"]].to_numpy()
    low, high = min(np.nanmin(values), 0.0), max(np.nanmax(values), 0.0)
    room = 0.05 * (high - low) or 0.05
    ax.set_xlim(low - room if low < 0 else 0.0, high + room)
    ax.locator_params(axis="x", nbins=5)
    commas(ax.xaxis)
    if low < 0:
        ax.axvline(0, color="black", lw=0.8, zorder=1)


def _key(ax: Axes, measures: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    handles = []
    for number in range(len(measures)):
        look = look_of(number)
        handles.append(Line2D([], [], color=look.colour, marker=look.marker, lw=1.2, ms=4,
                              mfc=look.fill, mew=0.9))  # fmt: skip
    room = ruler()
    key_above(ax, handles, [fit(measure_words(name).title, 120, room, 1) for name in measures])


def _alt(rows: pd.DataFrame, measures: Sequence[str]) -> str:
    told = [f"Dot plot of errors in {count_of(rows['group'].nunique(), 'group')}, with 95 % "
            "intervals."]  # fmt: skip
    for name in measures:
        mine = rows[rows["measure"] == name]
        known = mine[mine["estimate"].notna()]
        title = measure_words(name).title
        if not len(known):
            told.append(f"{title}: no estimate.")
            continue
        said = [
            f"{word} {row['group']} at {rate(row['estimate'])} ({span_of(row)}, "
            f"n = {short_number(row['n'])})"
            for word, row in zip(("highest", "lowest"), extremes(known), strict=False)
        ]
        missing = (
            f"; {len(mine) - len(known)} without an estimate" if len(mine) > len(known) else ""
        )
        told.append(f"{title}: {', '.join(dict.fromkeys(said))}{missing}.")
    return " ".join(told)
