"""Learning curve: the score by number of training units, in random and in grouped folds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.transforms import ScaledTranslation

from framing.figures.cells import size_of
from framing.figures.checked import Wanted, checked, within
from framing.figures.journal import NORMAL, SMALL, attach, drawing, figure_of, panels, settle, tidy
from framing.figures.series import look_of
from framing.figures.wording import DASH, count_of, fit, ruler, short_number, span_of
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FOLDS = ("random", "grouped")
_WANTED = Wanted(
    "learning_curve", ("folds",), ("n_train", "estimate", "low", "high"), key=("folds", "n_train")
)
_LABEL = 19.0


def learning_curve(table: pd.DataFrame, *, score: str = "macro-F1", ax: Axes | None = None) -> Axes:
    """Draw a score by number of training units, a line with a 95 % band for each kind of folds.

    Grouped folds leave out whole outlets or events; the gap below random folds is what a new
    outlet costs. The training units stand on a logarithmic scale where they span a factor of four.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns n_train, estimate, low, high, folds (``random`` or ``grouped``).
    score : str
        What the estimates are, for the axis.
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
    ...     "n_train": [50, 200], "estimate": [0.5, 0.66], "low": [0.44, 0.6],
    ...     "high": [0.55, 0.71], "folds": "grouped"})
    >>> ax = learning_curve(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts]
    ['grouped folds\\n0.66 (0.60–0.71)']
    """
    rows = _read(table)
    names = [name for name in FOLDS if name in set(rows["folds"])]
    with drawing("single") as width:
        axes = ax if ax is not None else panels(1, width, 58)[0]
        tidy(axes)
        _scales(axes, rows)
        for name in names:
            _line(axes, rows[rows["folds"] == name], FOLDS.index(name))
        axes.set_xlabel("training units")
        axes.set_ylabel(f"{fit(score, 120, ruler(NORMAL), 3)}\n95 % band", parse_math=False)
        _labels(axes, rows, names)
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt(rows, names, score))


def _read(table: pd.DataFrame) -> pd.DataFrame:
    rows = checked(table, _WANTED)
    for name in dict.fromkeys(rows["folds"]):
        if name not in FOLDS:
            raise BadInput(
                f"learning_curve: no folds '{name}'{nearest(name, FOLDS)}; they are 'random' or "
                "'grouped'"
            )
    within(rows, ["n_train"], "learning_curve", 1)
    rows = rows[rows["n_train"].notna()]
    if rows["estimate"].isna().all():
        raise BadInput("learning_curve: no row has both n_train and an estimate; there is nothing "
                       "to draw")  # fmt: skip
    return rows.sort_values(["folds", "n_train"], ascending=[False, True], ignore_index=True)


def _scales(ax: Axes, rows: pd.DataFrame) -> None:
    sizes = np.unique(rows["n_train"].to_numpy())
    scaled = np.log(sizes) if sizes[-1] >= 4 * sizes[0] else sizes
    if scaled is not sizes:
        ax.set_xscale("log")
    span = max(scaled[-1] - scaled[0], 0.0 if scaled is not sizes else 0.5 * sizes[-1])
    kept: list[int] = []
    for at in range(len(sizes) - 1, -1, -1):  # from the right: the full training set has a tick
        if not kept or scaled[kept[-1]] - scaled[at] >= 0.11 * span:
            kept.append(at)
    ax.set_xticks(sizes[kept], [short_number(value) for value in sizes[kept]])
    ax.set_xticks([], minor=True)
    room = 0.04 * span + (span - scaled[-1] + scaled[0]) / 2
    low, high = scaled[0] - room, scaled[-1] + room
    ax.set_xlim((np.exp(low), np.exp(high)) if scaled is not sizes else (low, high))
    values = rows[["estimate", "low", "high"]].to_numpy()
    low, high = np.nanmin(values), np.nanmax(values)
    room = 0.08 * (high - low) or 0.05
    ax.set_ylim(low - room, high + room)
    ax.locator_params(axis="y", nbins=6)


def _line(ax: Axes, rows: pd.DataFrame, number: int) -> None:
    look = look_of(number)
    known = rows[rows["estimate"].notna()]
    if not len(known):
        return
    ax.fill_between(known["n_train"], known["low"], known["high"], color=look.colour, alpha=0.18,
                    lw=0, gid="band", zorder=1)  # fmt: skip
    for side in ("low", "high"):
        ax.plot(known["n_train"], known[side], color=look.colour, lw=0.5, ls=look.line, marker="",
                zorder=1.5, gid="edge")  # fmt: skip
    if len(known) == 1:
        ax.vlines(known["n_train"], known["low"], known["high"], color=look.colour, lw=1.1,
                  gid="interval")  # fmt: skip
    ax.plot(known["n_train"], known["estimate"], look.marker, ls=look.line, color=look.colour,
            mfc=look.fill, mew=1.0, zorder=3, clip_on=False, gid=FOLDS[number])  # fmt: skip


def _labels(ax: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Write the name of each line and its last value at its right end, clear of the other."""
    tall = size_of(ax)[1]
    low, high = ax.get_ylim()
    last = {}
    for name in names:
        known = rows[(rows["folds"] == name) & rows["estimate"].notna()]
        if len(known):
            last[name] = known.iloc[-1]
    order = sorted(last, key=lambda name: -last[name]["estimate"])
    at = [(last[name]["estimate"] - low) / (high - low) * tall for name in order]
    if len(at) == 2 and at[0] - at[1] < _LABEL:
        middle = float(np.clip(sum(at) / 2, _LABEL, max(tall - _LABEL, _LABEL)))
        at = [middle + _LABEL / 2, middle - _LABEL / 2]
    shift = ScaledTranslation(5 / 72, 0, figure_of(ax).dpi_scale_trans)
    for name, y in zip(order, at, strict=True):
        row = last[name]
        ax.text(1, y / tall, f"{name} folds\n{_interval(row, DASH)}", va="center", ha="left",
                transform=ax.transAxes + shift, fontsize=SMALL, linespacing=1.1,
                gid="label")  # fmt: skip


def _interval(row: pd.Series, between: str) -> str:
    said = span_of(row, "{:.2f}".format).replace(" to ", between)
    return f"{row['estimate']:.2f} ({said})"


def _alt(rows: pd.DataFrame, names: list[str], score: str) -> str:
    told = [f"Learning curve: {score} by number of training units, with 95 % bands."]
    for name in names:
        known = rows[(rows["folds"] == name) & rows["estimate"].notna()]
        if not len(known):
            told.append(f"{name} folds: no estimate.")
            continue
        first, last = known.iloc[0], known.iloc[-1]
        said = f"{_interval(last, ' to ')} with {count_of(last['n_train'], 'unit')}"
        if len(known) > 1:
            units = count_of(first["n_train"], "unit")
            said = f"from {_interval(first, ' to ')} with {units} to {said}"
        told.append(f"{name.capitalize()} folds: {said}.")
    return " ".join(told)
