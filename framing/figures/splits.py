"""Topic choice and framing: the two parts of a difference, beside the difference itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from framing.figures.checked import Wanted, checked
from framing.figures.journal import (
    HATCHES,
    NORMAL,
    PAIR,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
)
from framing.figures.rowed import HEAD, dots, dress, height_of, numbers_right, reach, whiskers, wide
from framing.figures.wording import (
    MINUS,
    count_of,
    fit,
    key_above,
    measure_title,
    measure_words,
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

MOST_ROWS = 60
PARTS = {
    "composition": "topic choice: what is covered",
    "rate": "framing: how it is written of",
    "difference": "difference: the sum of both",
}
_PLACES = {"composition": -0.24, "rate": 0.0, "difference": 0.26}
_NOTHING = "No split difference in this table (columns part and estimate)."
_WANTED = Wanted(
    "decomposition_bars", ("measure", "group", "reference", "part"),
    ("estimate", "low", "high", "n_documents"), key=("measure", "group", "reference", "part"),
    empty=True,
)  # fmt: skip


def decomposition_bars(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw differences split into topic choice and framing, each part with its 95 % interval.

    A row is a difference of two groups in one measure: two bars for its parts, a diamond for their
    sum, documents at the right.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.measures.decomposition.decompose`, or several of them one below the other:
        measure, group, reference, part (``difference``, ``composition``, ``rate``), estimate, low,
        high, n_documents.
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
    ...     "measure": "hedging.outlet", "group": "Argus", "reference": "Beacon",
    ...     "part": ["difference", "composition", "rate"], "estimate": [4.1, 2.9, 1.2],
    ...     "low": [2.0, 1.1, -0.4], "high": [6.0, 4.6, 2.9], "n_documents": 92})
    >>> ax = decomposition_bars(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "n_documents"]
    ['92']
    """
    rows = checked(table, _WANTED)
    for name in dict.fromkeys(rows["part"]):
        if name not in PARTS:
            raise BadInput(f"decomposition_bars: no part '{name}'{nearest(name, list(PARTS))}; "
                           f"they are {', '.join(PARTS)}")  # fmt: skip
    rows = rows.assign(row=_labels(rows))
    labels = list(dict.fromkeys(rows["row"]))
    shown = labels[:MOST_ROWS]
    rows = rows[rows["row"].isin(shown)]
    with drawing("single") as width:
        axes = ax if ax is not None else panels(1, width, height_of(shown, 37, row=9.5))[0]
        if not rows["estimate"].notna().any():
            say(axes, _NOTHING)
        else:
            _draw(axes, rows, shown, len(labels))
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows.drop(columns="row"), _alt(rows))


def _labels(rows: pd.DataFrame) -> list[str]:
    """Return the name of each row's difference: without what all of them share."""
    alone = {name: rows[name].nunique() == 1 for name in ("measure", "reference")}
    found = []
    for measure, group, reference in rows[["measure", "group", "reference"]].to_numpy():
        name = group if alone["reference"] else f"{group} {MINUS} {reference}"
        found.append(name if alone["measure"] else f"{measure_title(measure)}: {name}")
    return found


def _draw(ax: Axes, rows: pd.DataFrame, shown: list[str], total: int) -> None:
    dress(ax, shown)
    place = {label: at for at, label in enumerate(shown)}
    for number, part in enumerate(("composition", "rate")):
        mine = rows[(rows["part"] == part) & rows["estimate"].notna()]
        at = mine["row"].map(place).to_numpy(float) + _PLACES[part]
        ax.barh(at, mine["estimate"], 0.22, color=PAIR[1 - number], hatch=HATCHES[1 - number],
                edgecolor="black", lw=0.4, gid=part, zorder=2)  # fmt: skip
        whiskers(ax, at, mine["low"].to_numpy(float), mine["high"].to_numpy(float), width=0.9)
    whole = rows[rows["part"] == "difference"]
    at = whole["row"].map(place).to_numpy(float) + _PLACES["difference"]
    whiskers(ax, at, whole["low"].to_numpy(float), whole["high"].to_numpy(float))
    values = whole["estimate"].to_numpy(float)
    dots(ax, at, values, np.zeros(len(values), bool), marker="D", size=3.8)
    reach(ax, rows[["estimate", "low", "high"]].to_numpy(float).ravel())
    if ax.get_xlim()[0] >= 0 or ax.get_xlim()[1] <= 0:
        ax.axvline(0, color="black", lw=0.8, zorder=1)
    sizes = rows.groupby("row", sort=False)["n_documents"].max().reindex(shown)
    numbers_right(ax, [("docs", "n_documents", [short_number(n) for n in sizes])])
    handles = [
        Patch(facecolor=PAIR[1], hatch=HATCHES[1] * 2, edgecolor="black", lw=0.4),
        Patch(facecolor=PAIR[0], edgecolor="black", lw=0.4),
        Line2D([], [], color="black", marker="D", ms=3.8, lw=1.2),
    ]
    key_above(ax, handles, list(PARTS.values()), wide(ax) + 4, HEAD)
    ax.set_xlabel(_axis(rows, len(shown), total), parse_math=False)


def _axis(rows: pd.DataFrame, shown: int, total: int) -> str:
    room = ruler(NORMAL)
    words = measure_words(rows["measure"].iloc[0])
    lines = [f"minus {rows['reference'].iloc[0]}" if rows["reference"].nunique() == 1 else
             "difference"]  # fmt: skip
    if rows["measure"].nunique() == 1:
        lines.insert(0, measure_title(rows["measure"].iloc[0]))
    lines[-1] += f", {words.unit or 'in units of the measure'}"
    lines.append("95 % interval")
    if total > shown:
        lines.append(f"{shown} of {total:,} rows drawn, the first of the table")
    return "\n".join(fit(line, 190, room, 2) for line in lines)


def _alt(rows: pd.DataFrame) -> str:
    if not rows["estimate"].notna().any():
        return f"An empty figure: {_NOTHING}"
    told = ["Bars of differences split into topic choice and framing, with 95 % intervals."]
    for _, mine in rows.groupby("row", sort=False):
        first = mine.iloc[0]
        said = [
            f"{part} {rate(row['estimate'])} ({span_of(row)})"
            for part, row in mine.set_index("part").iterrows()
        ]
        told.append(f"{measure_title(first['measure'])}, {first['group']} minus "
                    f"{first['reference']} ({count_of(mine['n_documents'].max(), 'document')}): "
                    f"{', '.join(said)}.")  # fmt: skip
    return " ".join(told)
