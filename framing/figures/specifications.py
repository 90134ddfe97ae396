"""Specification curve: one estimate under every defensible choice, and the choices below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from framing.figures.checked import Wanted, checked
from framing.figures.journal import (
    GREY,
    MARKERS,
    NORMAL,
    PAIR,
    PALE,
    SMALL,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
    tidy,
)
from framing.figures.wording import (
    DASH,
    count_of,
    fit,
    fit_all,
    need,
    rate,
    ruler,
    say,
    short_number,
    span_of,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_SPECIFICATIONS, MOST_OPTIONS = 400, 40
_NUMBERS = ("estimate", "low", "high", "n")
_NOTHING = "No specification has an estimate in this table."
_TOP = 44.0
_ROW = 3.6


def specification_curve(
    table: pd.DataFrame, choices: Sequence[str] | None = None, *, label: str = "estimate",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw estimates in the order of their size, and below each the choices that led to it.

    A filled point has an interval that leaves out 0; where the table has a column ``main``, an
    upright line marks the specification chosen beforehand.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a specification: estimate, low, high, a column for each choice (lexicon,
        threshold, prior ...), and perhaps n and ``main``, true for one row.
    choices : sequence of str, optional
        The columns of choices; by default all others of the table.
    label : str
        What the estimate is, for the axis.
    ax : matplotlib.axes.Axes, optional
        Axes to draw in; they hold two smaller ones, the curve and the choices.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that hold both.

    Notes
    -----
    Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "lexicon": ["full", "full", "core"], "voice": ["outlet", "all", "outlet"],
    ...     "estimate": [2.1, 0.4, 1.6], "low": [0.9, -0.5, 0.5], "high": [3.2, 1.3, 2.8], "n": 92})
    >>> ax = specification_curve(table, ax=Figure().add_subplot())
    >>> ax.framing.table["estimate"].tolist()
    [0.4, 1.6, 2.1]
    """
    columns = _choices(table, choices)
    sized = "n" in table
    table = table if sized else table.assign(n=np.nan)
    rows = checked(table, Wanted("specification_curve", tuple(columns), _NUMBERS, empty=True))
    without = int(rows["estimate"].isna().sum())
    options = [(name, value) for name in columns for value in dict.fromkeys(rows[name])]
    rows["main"] = table["main"].fillna(False).to_numpy(bool) if "main" in table else False
    rows = rows[rows["estimate"].notna()].sort_values("estimate", kind="stable", ignore_index=True)
    drawn = _thinned(rows)
    with drawing("double") as width:
        tall = _TOP + 16 + _ROW * (min(len(options), MOST_OPTIONS) + 0.6 * len(columns))
        axes = ax if ax is not None else panels(1, width, tall)[0]
        if not len(rows):
            say(axes, _NOTHING)
        else:
            share = _TOP / (tall - 10)
            axes.set_axis_off()
            upper = axes.inset_axes((0, 1 - share + 0.03, 1, share - 0.03))
            lower = axes.inset_axes((0, 0, 1, 1 - share))
            _curve(upper, drawn, label)
            _table(lower, drawn, options)
            _words(lower, rows, drawn, len(options), without)
        if ax is None:
            settle(figure_of(axes))
    return attach(
        axes, rows.drop(columns=[] if sized else "n"), _alt(rows, columns, label, without)
    )


def _choices(table: pd.DataFrame, choices: Sequence[str] | None) -> list[str]:
    need(table, (), "specification_curve")
    others = [str(name) for name in table.columns if str(name) not in (*_NUMBERS, "main")]
    found = others if choices is None else list(choices)
    if not found:
        raise BadInput("specification_curve: no column of choices beside estimate, low, high, n")
    return found


def _thinned(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows evenly by rank where there are too many to be drawn; the main one stays."""
    if len(rows) <= MOST_SPECIFICATIONS:
        return rows
    kept = np.linspace(0, len(rows) - 1, MOST_SPECIFICATIONS).round().astype(int)
    return rows.iloc[sorted({*kept.tolist(), *np.flatnonzero(rows["main"]).tolist()})]


def _curve(ax: Axes, rows: pd.DataFrame, label: str) -> None:
    tidy(ax)
    at, values = np.arange(len(rows)), rows["estimate"].to_numpy(float)
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    known = np.isfinite(low) & np.isfinite(high)
    wide = 1.0 if len(rows) <= 100 else 0.4
    ax.vlines(at[known], low[known], high[known], color="#8A8A8A", lw=wide, zorder=2,
              gid="interval")  # fmt: skip
    sure = known & ((low > 0) | (high < 0))
    size = 4.0 if len(rows) <= 60 else 2.4
    for number, mine in enumerate((sure, ~sure)):
        if mine.any():
            ax.plot(at[mine], values[mine], MARKERS[number], color=PAIR[number], ls="none", ms=size,
                    mfc="white" if number else PAIR[0], mew=0.8, zorder=3,
                    gid="hollow" if number else "filled")  # fmt: skip
    ax.axhline(0, color="black", lw=0.8, zorder=1)
    _main(ax, rows)
    _across(ax, len(rows))
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.locator_params(axis="y", nbins=5)
    ax.set_ylabel(fit(label, 124, ruler(NORMAL), 2) + "\n95 % interval", parse_math=False)


def _main(ax: Axes, rows: pd.DataFrame) -> None:
    for at in np.flatnonzero(rows["main"].to_numpy(bool)).tolist():
        ax.axvline(at, color="black", lw=0.8, ls=(0, (3, 2)), zorder=1.5, gid="main")


def _across(ax: Axes, count: int) -> None:
    room = max(0.02 * count, 0.6)
    ax.set_xlim(-room, count - 1 + room)


def _table(ax: Axes, rows: pd.DataFrame, options: list[tuple[str, str]]) -> None:
    """Mark which option of each choice a specification took."""
    tidy(ax)
    places, labels, y, before = [], [], 0.0, ""
    measure, bold = ruler(), ruler(SMALL, bold=True)
    room = figure_of(ax).get_figwidth() * 72
    told: list[str] = []
    for _, same in groupby(options[:MOST_OPTIONS], key=lambda option: option[0]):
        told += fit_all([value for _, value in same], min(78, 0.2 * room), measure, 1)
    left = 12 + max(measure(value) for value in told)
    for (name, value), said in zip(options, told, strict=False):
        if name != before and before:
            ax.axhline(y - 0.2, color=GREY, lw=0.4)
            y += 0.6
        if name != before:
            head = fit(name.replace("_", " "), min(58, 0.13 * room), bold, 1)
            ax.annotate(head, (0, y), (-left, 0), xycoords=ax.get_yaxis_transform(), gid="choice",
                        textcoords="offset points", va="center", ha="right", fontsize=SMALL,
                        weight="bold", annotation_clip=False, parse_math=False)  # fmt: skip
        before = name
        mine = np.flatnonzero(rows[name].to_numpy(object) == value)
        ax.vlines(mine, y - 0.36, y + 0.36, color="black", gid="option",
                  lw=min(4.0, max(0.5, 180 / max(len(rows), 1))))  # fmt: skip
        ax.axhline(y, color=PALE, lw=0.4, zorder=0)
        places.append(y)
        labels.append(said)
        y += 1
    ax.set_ylim(y - 0.4, -0.6)
    ax.set_yticks(places, labels, parse_math=False)
    ax.tick_params("y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xticks([])
    _main(ax, rows)
    _across(ax, len(rows))


def _words(ax: Axes, rows: pd.DataFrame, drawn: pd.DataFrame, options: int, without: int) -> None:
    low, high = short_number(rows["n"].min()), short_number(rows["n"].max())
    sizes = low if low == high else f"{low}{DASH}{high}"
    lines = [f"{count_of(len(rows), 'specification')}, by size of the estimate"]
    if rows["n"].notna().any():
        lines[0] += f"; n = {sizes}"
    lines[0] += "; filled: the interval leaves out zero"
    if without:
        lines.append(f"{count_of(without, 'specification')} without an estimate, not drawn")
    if rows["main"].any():
        lines[0] += "; dashed: chosen beforehand"
    if len(drawn) < len(rows):
        lines.append(f"{len(drawn)} of them drawn, evenly by rank")
    if options > MOST_OPTIONS:
        lines.append(f"{MOST_OPTIONS} of {options} options drawn")
    room = min(300, 0.55 * figure_of(ax).get_figwidth() * 72)
    ax.set_xlabel("\n".join(fit(line, room, ruler(NORMAL), 5) for line in lines))


def _alt(rows: pd.DataFrame, columns: list[str], label: str, without: int) -> str:
    if not len(rows):
        return f"An empty figure: {_NOTHING}"
    values = rows["estimate"]
    sure = int(((rows["low"] > 0) | (rows["high"] < 0)).sum())
    told = [
        f"Specification curve of {label}: {count_of(len(rows), 'specification')} over "
        f"{', '.join(columns)}; from {rate(values.min())} to {rate(values.max())}, median "
        f"{rate(values.median())}; {int((values > 0).sum())} above 0; {sure} with a 95 % interval "
        "that leaves out 0."
    ]
    if without:
        told.append(f"{count_of(without, 'specification')} without an estimate.")
    for _, row in rows[rows["main"]].iterrows():
        size = f", n = {short_number(row['n'])}" if np.isfinite(row["n"]) else ""
        told.append(f"Chosen beforehand: {rate(row['estimate'])} ({span_of(row)}{size}).")
    return " ".join(told)
