"""Forest plots of estimates: each group's rate, or differences from a reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.transforms import ScaledTranslation

from framing.figures.journal import (
    GREY,
    MARKERS,
    NORMAL,
    PAIR,
    PALE,
    SMALL,
    TITLE,
    across,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
    tidy,
)
from framing.figures.wording import (
    MINUS,
    VOICES,
    commas,
    count_of,
    extremes,
    fit,
    fit_all,
    measure_title,
    measure_words,
    name_of,
    need,
    probability,
    rate,
    ruler,
    say,
    short_number,
    span_of,
)
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_ROWS = 150
FILLED = "filled: adjusted p below .05"
HALVES = ("uncorrected", "corrected")
_COLUMNS = ("measure", "group", "reference", "estimate", "low", "high", "n_documents", "n_words")
_ORDER = ["outlet", "attributed", "all"]


@dataclass(frozen=True)
class _Kind:
    """What sets group rates and differences apart."""

    name: str
    nothing: str
    differences: bool
    printed: tuple[tuple[str, str, Callable[[float], str]], ...]
    note: str = ""


_NUMBERS = (("docs", "n_documents", short_number), ("words", "n_words", short_number))
_RATES = _Kind(
    "outlet_forest", "No group rates in this table (rows without a reference).", False, _NUMBERS
)
_DIFFERENCES = _Kind(
    "difference_forest", "No differences in this table (rows with a reference).", True,
    (("adj. p", "p_adjusted", probability), *_NUMBERS),
)  # fmt: skip


def outlet_forest(
    estimates: pd.DataFrame, measure: str | Sequence[str] | None = None, ax: Axes | None = None,
    *, corrected: pd.DataFrame | None = None,
) -> Axes:  # fmt: skip
    """Draw each group's own rate with its 95 % interval, documents and words at the right.

    Parameters
    ----------
    estimates : pandas.DataFrame
        Table of estimates; the rows without a reference are drawn.
    measure : str or sequence of str, optional
        Measures to draw, or the first parts of their names: ``"hedging"`` takes all its voices.
        All by default.
    ax : matplotlib.axes.Axes, optional
        Axes for a single measure. Without it, several measures are panels side by side.
    corrected : pandas.DataFrame, optional
        Table of estimates of the same measures, corrected for the errors of whoever labelled: each
        is drawn filled below the uncorrected one, which is then hollow.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, of several panels the first. Groups stand in the order of the first measure.

    See Also
    --------
    difference_forest : the rows with a reference.
    plotted : the numbers drawn and the alt text.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "measure": "hedging.outlet.per_1k", "group": ["Argus", "Beacon"], "reference": None,
    ...     "estimate": [3.1, 5.2], "low": [2.0, 4.0], "high": [4.4, 6.6],
    ...     "n_documents": [40, 52], "n_words": [21000, 30500]})
    >>> ax = outlet_forest(table, ax=Figure().add_subplot())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Beacon', 'Argus']
    """
    if corrected is None:
        return _forest(estimates, measure, ax, _RATES)
    import pandas as pd

    need(corrected, _COLUMNS, "outlet_forest, corrected=")
    halves = [corrected.assign(half=HALVES[1]), estimates.assign(half=HALVES[0])]
    return _forest(pd.concat(halves, ignore_index=True), measure, ax, _RATES)


def difference_forest(
    estimates: pd.DataFrame, measure: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw differences between groups around zero; filled where the adjusted p is below .05.

    Parameters
    ----------
    estimates : pandas.DataFrame
        Table of estimates; the rows with a reference are drawn: group minus reference.
    measure, ax
        As in `outlet_forest`.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "measure": "hedging.outlet.per_1k", "group": ["Beacon"], "reference": ["Argus"],
    ...     "estimate": [2.1], "low": [0.3], "high": [4.0], "p_adjusted": [0.02],
    ...     "n_documents": [92], "n_words": [51500]})
    >>> difference_forest(table, ax=Figure().add_subplot()).framing.table["estimate"].tolist()
    [2.1]
    """
    return _forest(estimates, measure, ax, _DIFFERENCES)


def _forest(
    estimates: pd.DataFrame, measure: str | Sequence[str] | None, ax: Axes | None, kind: _Kind
) -> Axes:
    rows = _rows(estimates, measure, kind)
    measures = list(dict.fromkeys(rows["measure"]))
    if ax is not None and len(measures) > 1:
        raise BadInput(
            f"{kind.name}: {len(measures)} measures for one axes ({', '.join(measures[:4])}); "
            "choose one with measure=, or leave ax out for a panel each"
        )
    order = _order(rows, measures)
    shown, left_out = order[:MOST_ROWS], len(order) - MOST_ROWS
    rows = rows[rows["row"].isin(shown)]
    with drawing("double" if len(measures) > 1 else "single") as width:
        room = ruler()
        names = dict(zip(shown, fit_all(shown, 86, room), strict=True))
        pitch = 6.6 if "half" in rows or any("\n" in name for name in names.values()) else 4.4
        height = (28 if kind.differences else 22) + pitch * (max(len(shown), 1) + 0.8)
        axes = [ax] if ax is not None else panels(max(len(measures), 1), width, height, sharey=True)
        if not len(rows):
            say(axes[0], kind.nothing)
        kind = _said_once(kind, rows) if len(measures) > 1 else kind
        for panel, name in zip(axes, measures, strict=False):
            mine = rows[rows["measure"] == name]
            _draw(panel, mine, names, kind, labels=panel in axes[:: across(len(axes))])
        if left_out > 0:
            _note(axes[0], f"{MOST_ROWS} of {len(order):,} rows drawn, the first by size")
        if ax is None:
            _label_once(axes)
            settle(figure_of(axes[0]))
    return attach(axes[0], rows.drop(columns="row"), _alt(rows, kind))


def _said_once(kind: _Kind, rows: pd.DataFrame) -> _Kind:
    """Put documents and words into the label where all differences are of the same ones."""
    sizes = rows[["n_documents", "n_words"]].drop_duplicates()
    if not kind.differences or len(sizes) != 1 or len(rows) == 1:
        return kind
    documents, words = sizes.to_numpy()[0]
    note = f"{count_of(documents, 'document')}, {count_of(words, 'word')}; "
    return replace(kind, printed=kind.printed[:1], note=note)


def _label_once(axes: Sequence[Axes]) -> None:
    """Give panels with the same label below one label for all."""
    labels = {ax.get_xlabel() for ax in axes}
    if len(axes) > 1 and len(labels) == 1:
        figure_of(axes[0]).supxlabel(labels.pop(), fontsize=NORMAL, parse_math=False)
        for ax in axes:
            ax.set_xlabel("")


def _rows(
    estimates: pd.DataFrame, measure: str | Sequence[str] | None, kind: _Kind
) -> pd.DataFrame:
    need(estimates, [*_COLUMNS, *(["p_adjusted"] if kind.differences else [])], kind.name)
    rows = estimates[estimates["reference"].notna() == kind.differences]
    names = list(dict.fromkeys(estimates["measure"].astype(str)))
    wanted = _choose(names, measure, kind.name)
    rows = rows[rows["measure"].isin(wanted)].copy()
    numbers = ["estimate", "low", "high", "n_documents", "n_words"]
    numbers += ["p_adjusted"] if kind.differences else []
    rows[numbers] = rows[numbers].astype(float).replace([np.inf, -np.inf], np.nan)
    rows["row"] = [name_of(group) for group in rows["group"]]
    if kind.differences and _references(rows) > 1:
        pairs = zip(rows["row"], rows["reference"], strict=True)
        rows["row"] = [f"{group} {MINUS} {name_of(reference)}" for group, reference in pairs]
    twice = rows.duplicated(["measure", "row", *(["half"] if "half" in rows else [])], keep=False)
    if twice.any() and "method" in rows:
        rows.loc[twice, "row"] += " (" + rows.loc[twice, "method"].map(name_of) + ")"
    rank = {name: place for place, name in enumerate(wanted)}
    return rows.sort_values("measure", key=lambda column: column.map(rank), kind="stable")


def _references(rows: pd.DataFrame) -> int:
    return int(rows["reference"].nunique())


def _choose(names: list[str], measure: str | Sequence[str] | None, figure: str) -> list[str]:
    """Return the measures meant, exact names before first parts of names."""
    if measure is None:
        return names
    chosen: list[str] = []
    for wish in [measure] if isinstance(measure, str) else measure:
        found = [wish] if wish in names else [n for n in names if n.startswith(f"{wish}.")]
        if not found and names:
            raise BadInput(
                f"{figure}: no measure '{wish}'{nearest(wish, names)}; "
                f"the table has {', '.join(names[:8])}"
            )
        chosen += found
    return list(dict.fromkeys(chosen))


def _order(rows: pd.DataFrame, measures: list[str]) -> list[str]:
    """Return the labels by the first measure that has a value for them, largest first."""
    ordered: list[str] = []
    for name in measures:
        mine = rows[(rows["measure"] == name) & rows["estimate"].notna()]
        mine = mine.sort_values(["estimate", "row"], ascending=[False, True], kind="stable")
        ordered += list(mine["row"])
    return list(dict.fromkeys([*ordered, *rows["row"]]))


def _draw(ax: Axes, rows: pd.DataFrame, names: dict[str, str], kind: _Kind, labels: bool) -> None:
    tidy(ax)
    place = {label: at for at, label in enumerate(names)}
    at = rows["row"].map(place).to_numpy(float)
    first = np.ones(len(rows), bool)
    if "half" in rows:
        first = (rows["half"] == HALVES[0]).to_numpy()
        at = at + np.where(first, -0.17, 0.17)
    name = str(rows["measure"].iloc[0])
    words = measure_words(name)
    style = _ORDER.index(words.voice) if words.voice in _ORDER else 0
    colour = (*PAIR, GREY)[style]
    ax.set_ylim(len(names) - 0.4, -1.0)
    ax.set_yticks(range(len(names)), list(names.values()), parse_math=False)
    ax.tick_params("y", length=0, labelleft=labels)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", color=PALE, lw=0.4)
    ax.hlines(at, rows["low"], rows["high"], color=colour, lw=1.3, zorder=2.5)
    sure = rows["p_adjusted"].to_numpy() < 0.05 if kind.differences else np.ones(len(rows), bool)
    sure = ~first if "half" in rows else sure
    values = rows["estimate"].to_numpy()
    for filled in (True, False):
        mine = (sure == filled) & np.isfinite(values)
        if mine.any():  # an empty line without clipping would pull the layout to the corner
            ax.plot(
                values[mine], at[mine], MARKERS[style], color=colour, clip_on=False, zorder=3,
                mfc=colour if filled else "white", mew=1.0, ls="none",
                gid="filled" if filled else "hollow",
            )  # fmt: skip
    _limits(ax, rows, kind)
    _titles(ax, rows, kind)
    once = rows[~rows["row"].duplicated()]
    _print_numbers(ax, once, once["row"].map(place).to_numpy(float), kind)


def _limits(ax: Axes, rows: pd.DataFrame, kind: _Kind) -> None:
    values = rows[["estimate", "low", "high"]].to_numpy()
    values = values[np.isfinite(values)]
    if not len(values):
        ax.set_xticks([])
        ax.text(0.5, 0.5, "no rates: too few words", transform=ax.transAxes, ha="center",
                va="center", fontsize=SMALL, color=GREY, gid="message",
                backgroundcolor="white")  # fmt: skip
        return
    low, high = min(values.min(), 0.0), max(values.max(), 0.0)
    room = 0.06 * (high - low) or 1.0
    ax.set_xlim(low - room if low < 0 else 0.0, high + room if high > 0 or low == 0 else 0.0)
    ax.locator_params(axis="x", nbins=4)
    commas(ax.xaxis)
    if kind.differences:
        ax.axvline(0, color="black", lw=0.8, zorder=1)


def _titles(ax: Axes, rows: pd.DataFrame, kind: _Kind) -> None:
    name = str(rows["measure"].iloc[0])
    words = measure_words(name)
    unit = words.unit or "estimate"
    measure = ruler(TITLE)
    title = [fit(words.title, 130, measure)]
    if words.voice:
        title.append(VOICES[words.voice])
    ax.set_title("\n".join(title), loc="left", fontsize=TITLE, parse_math=False)
    if not kind.differences:
        told = f"{unit}, 95 % interval"
        ax.set_xlabel(f"{told}\nfilled: corrected; hollow: not" if "half" in rows else told)
        return
    reference = name_of(rows["reference"].iloc[0])
    label = f"minus {reference}, {unit}"
    if _references(rows) > 1:
        label = f"difference, {unit}"
    elif len(rows) == 1:
        label = f"{name_of(rows['group'].iloc[0])} minus {reference}, {unit}"
    note = f"{fit(label, 130, ruler(NORMAL))}\n95 % interval; {kind.note}{FILLED}"
    ax.set_xlabel(note, parse_math=False)


def _print_numbers(ax: Axes, rows: pd.DataFrame, at: np.ndarray, kind: _Kind) -> None:
    """Print p and n in columns right of the axes, under small headings."""
    measure, right = ruler(), 3.0
    for heading, column, write in kind.printed:
        cells = [write(value) for value in rows[column]]
        right += 5.0 + max(measure(cell) for cell in [heading, *cells])
        shift = ScaledTranslation(right / 72, 0, figure_of(ax).dpi_scale_trans)
        where = ax.transAxes + shift, ax.get_yaxis_transform() + shift
        ax.text(1, 1.0, heading, transform=where[0], ha="right", va="top", color=GREY,
                fontsize=SMALL)  # fmt: skip
        for y, cell in zip(at, cells, strict=True):
            ax.text(1, y, cell, transform=where[1], ha="right", va="center", fontsize=SMALL,
                    gid=column)  # fmt: skip


def _note(ax: Axes, text: str) -> None:
    ax.text(0, -0.02, text, transform=ax.transAxes, va="top", fontsize=SMALL, color=GREY)


def _alt(rows: pd.DataFrame, kind: _Kind) -> str:
    if not len(rows):
        return f"An empty figure: {kind.nothing}"
    what = "differences between groups" if kind.differences else "rates of groups"
    told = [f"Forest plot of {what} with 95 % intervals."]
    for name, mine in rows.groupby("measure", sort=False):
        known = mine[mine["estimate"].notna()]
        head = f"{measure_title(str(name))}: {count_of(len(mine), 'row')}"
        if "half" in mine:
            head += ", corrected and uncorrected"
            known = known[known["half"] == HALVES[1]]
        if not len(known):
            told.append(f"{head}, none with enough words.")
            continue
        said = [
            f"{word} {row['row']} at {rate(row['estimate'])} ({span_of(row)})"
            for word, row in zip(("highest", "lowest"), extremes(known), strict=False)
        ]
        told.append(f"{head}, " + ", ".join(said) + ".")
        if kind.differences:
            sure = int((known["p_adjusted"] < 0.05).sum())
            told.append(f"{sure} of {len(known)} have an adjusted p below .05.")
    return " ".join(told)
