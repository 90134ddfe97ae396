"""Label choice: whose names for things groups use, over all referents and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D

from framing.figures.checked import Wanted, checked, within
from framing.figures.journal import (
    GREY,
    MARKERS,
    PAIR,
    PALE,
    SMALL,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
)
from framing.figures.rowed import (
    HEAD,
    dots,
    dress,
    height_of,
    numbers_right,
    undefined,
    whiskers,
    wide,
)
from framing.figures.series import MOST_SERIES, look_of
from framing.figures.wording import (
    VOICES,
    count_of,
    fit_all,
    key_above,
    measure_words,
    name_of,
    rate,
    ruler,
    say,
    span_of,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_ROWS = 100
_ENDS = "names of the left  \N{LEFTWARDS ARROW}     \N{RIGHTWARDS ARROW}  names of the right"
_NO_INDEX = "No group has used enough names of a side (5 uses in 3 articles)."
_NO_SHARES = "No referent has been called by a name of a side."
_INDEX = Wanted(
    "label_choice", ("group", "measure"), ("estimate", "low", "high", "n_uses", "n_documents"),
    key=("group", "measure"), empty=True,
)  # fmt: skip
_SHARES = Wanted(
    "referent_shares", ("referent", "group"),
    ("estimate", "low", "high", "n_left", "n_right", "n_documents"), key=("referent", "group"),
    empty=True,
)  # fmt: skip


def label_choice(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the label index of groups from left (-1) to right (1), with intervals, uses, articles.

    Groups stand from right to left of the first measure; a group with too few uses has a row and
    its numbers, and no mark. Two tables one below the other, as own voice and voice-blind, are two
    marks a row, the second hollow.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.measures.labels.label_index`: measure, group, estimate, low, high, n_uses,
        n_documents; at most two measures.
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
    ...     "measure": "label_index.us.outlet", "group": ["Sun", "Star", "Post"],
    ...     "estimate": [0.6, None, -0.4], "low": [0.2, None, -0.7], "high": [0.9, None, -0.1],
    ...     "n_uses": [21, 2, 34], "n_documents": [9, 1, 14]})
    >>> ax = label_choice(table, ax=Figure().add_subplot())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Sun', 'Post', 'Star']
    """
    rows = checked(table, _INDEX)
    within(rows, ["estimate"], "label_choice", -1, 1)
    measures = list(dict.fromkeys(rows["measure"]))
    if len(measures) > 2:
        raise BadInput(f"label_choice: {len(measures)} measures ({', '.join(measures[:4])}); it "
                       "draws one, or two beside each other")  # fmt: skip
    groups = _order(rows, measures)
    shown = groups[:MOST_ROWS]
    rows = rows[rows["group"].isin(shown)]
    with drawing("single") as width:
        tall = height_of(shown, 22 + 4.0 * len(measures), row=max(3.3 * len(measures), 4.4))
        axes = ax if ax is not None else panels(1, width, tall)[0]
        if not len(rows):
            say(axes, _NO_INDEX)
        else:
            _draw_index(axes, rows, shown, measures)
            _note(axes, len(shown), len(groups), "groups")
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt_index(rows, measures))


def _order(rows: pd.DataFrame, measures: list[str]) -> list[str]:
    known = rows[rows["estimate"].notna() & (rows["measure"] == (measures or [""])[0])]
    known = known.sort_values(["estimate", "group"], ascending=[False, True])
    return list(dict.fromkeys([*known["group"], *rows["group"]]))


def _draw_index(ax: Axes, rows: pd.DataFrame, shown: list[str], measures: list[str]) -> None:
    dress(ax, shown)
    place = {name: at for at, name in enumerate(shown)}
    told: dict[str, list[tuple[float, float]]] = {"n_uses": [], "n_documents": []}
    for number, name in enumerate(measures):
        mine = rows[rows["measure"] == name]
        at = mine["group"].map(place).to_numpy(float) + _step(number, len(measures))
        whiskers(ax, at, mine["low"].to_numpy(float), mine["high"].to_numpy(float), PAIR[number])
        dots(ax, at, mine["estimate"].to_numpy(float), np.full(len(mine), number == 1),
             marker=MARKERS[number], colour=PAIR[number])  # fmt: skip
        for column, cells in told.items():
            cells += zip(at, mine[column].to_numpy(float), strict=True)
    _side_axis(ax, -1.0, 1.0, 0.0)
    for name in set(shown) - set(rows.loc[rows["estimate"].notna(), "group"]):
        ax.text(0, place[name], "too few uses", ha="center", va="center", fontsize=SMALL, zorder=4,
                color=GREY, gid="message",
                bbox={"fc": "white", "ec": "none", "pad": 0.6})  # fmt: skip
    _numbers(ax, [("uses", "n_uses"), ("articles", "n_documents")], told)
    handles = [Line2D([], [], color=PAIR[n], marker=MARKERS[n], lw=1.2, ms=4.5,
                      mfc="white" if n else PAIR[0]) for n in range(len(measures))]  # fmt: skip
    key_above(ax, handles, [_voice(name) for name in measures], wide(ax) + 4, HEAD)
    ax.set_xlabel(f"label index, 95 % interval\n{_ENDS}")


def _step(number: int, count: int) -> float:
    return 0.44 * (number - (count - 1) / 2)


def _voice(measure: str) -> str:
    words = measure_words(measure)
    return VOICES.get(words.voice, words.title)


def _numbers(
    ax: Axes, heads: list[tuple[str, str]], told: dict[str, list[tuple[float, float]]]
) -> None:
    at = [y for y, _ in told[heads[0][1]]]
    columns = [(head, gid, [f"{n:,.0f}" if np.isfinite(n) else "0" for _, n in told[gid]])
               for head, gid in heads]  # fmt: skip
    numbers_right(ax, columns, at)


def _side_axis(ax: Axes, low: float, high: float, middle: float) -> None:
    room = 0.03 * (high - low)
    ax.set_xlim(low - room, high + room)
    ax.set_xticks([low, (low + middle) / 2, middle, (middle + high) / 2, high])
    ax.axvline(middle, color="black", lw=0.8, zorder=1)


def _note(ax: Axes, shown: int, total: int, what: str) -> None:
    if total > shown:
        ax.set_xlabel(f"{ax.get_xlabel()}\n{shown} of {total:,} {what} drawn")


def _alt_index(rows: pd.DataFrame, measures: list[str]) -> str:
    if not len(rows):
        return f"An empty figure: {_NO_INDEX}"
    told = ["Dot plot of the label index, from -1, names of the left, to 1, names of the right, "
            "with 95 % intervals."]  # fmt: skip
    for name in measures:
        mine = rows[rows["measure"] == name]
        known = mine[mine["estimate"].notna()].sort_values("estimate", ascending=False)
        told.append(f"In the {_voice(name)}: {count_of(len(known), 'group')} with an index, "
                    f"{len(mine) - len(known)} with too few uses.")  # fmt: skip
        ends = known if len(known) <= 6 else known.iloc[[0, 1, 2, -3, -2, -1]]
        told += [
            f"{row['group']} {rate(row['estimate'])} ({span_of(row)}; "
            f"{count_of(row['n_uses'], 'use')} in {count_of(row['n_documents'], 'article')})."
            for row in ends.to_dict("records")
        ]
    return " ".join(told)


def referent_shares(table: pd.DataFrame, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw, for each referent, what share of a group's names for it are those of the right.

    Uses of names of the left and of the right stand beside it; where there is no share, "not
    defined" is written. The referents named most often are
    drawn; of more than four groups the four that use most names.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.measures.referents.label_shares`: referent, group, estimate, low, high, n_left,
        n_right, n_documents.
    n : int
        Number of referents.
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
    ...     "referent": ["estate_tax", "estate_tax"], "group": ["Sun", "Post"],
    ...     "estimate": [0.8, 0.25], "low": [0.49, 0.07], "high": [0.94, 0.59],
    ...     "n_left": [2, 6], "n_right": [8, 2], "n_documents": [5, 4]})
    >>> ax = referent_shares(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "uses"]
    ['2 : 8', '6 : 2']
    """
    if n < 1:
        raise BadInput(f"referent_shares: n is {n}; it must be 1 or more")
    rows = checked(table, _SHARES)
    within(rows, ["estimate"], "referent_shares", 0, 1)
    rows = rows.assign(uses=rows["n_left"] + rows["n_right"])
    groups, total = _most(rows, "group"), rows["referent"].nunique()
    drawn = groups[:MOST_SERIES]
    rows = rows[rows["group"].isin(drawn)]
    shown = _most(rows, "referent")[: min(n, MOST_ROWS)]
    rows = rows[rows["referent"].isin(shown)].drop(columns="uses")
    with drawing("single") as width:
        tall = 24 + 4.0 * len(drawn) + 3.6 * (len(rows) + 0.6 * max(len(shown), 2))
        axes = ax if ax is not None else panels(1, width, tall)[0]
        if not rows["estimate"].notna().any():
            say(axes, _NO_SHARES)
        else:
            _draw_shares(axes, rows, shown, drawn)
            _note(axes, len(shown), total, "referents")
            _note(axes, len(drawn), len(groups), "groups")
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt_shares(rows))


def _most(rows: pd.DataFrame, column: str) -> list[str]:
    """Return the values of a column, the one with most uses first."""
    uses = rows.groupby(column, sort=True)["uses"].sum()
    return list(uses.sort_values(ascending=False, kind="stable").index)


def _stacked(rows: pd.DataFrame, shown: list[str], groups: list[str]) -> list[np.ndarray]:
    """Return the heights of each referent's groups: one line for each that has named it."""
    found, top = [], 0.0
    for name in shown:
        present = [g for g in groups if ((rows["referent"] == name) & (rows["group"] == g)).any()]
        found.append(top + np.arange(len(present), dtype=float))
        top += len(present) + 0.5
    return found


def _draw_shares(ax: Axes, rows: pd.DataFrame, shown: list[str], groups: list[str]) -> None:
    blocks = _stacked(rows, shown, groups)
    dress(ax, [_title(name) for name in shown])
    ax.set_yticks([block.mean() for block in blocks], [t.get_text() for t in ax.get_yticklabels()],
                  parse_math=False)  # fmt: skip
    ax.grid(False)
    ax.set_ylim(blocks[-1][-1] + 0.75, -0.75)
    for block in blocks[1:]:
        ax.axhline(block[0] - 0.75, color=PALE, lw=0.6, zorder=0)
    heights: list[float] = []
    uses: list[str] = []
    for name, block in zip(shown, blocks, strict=True):
        here = rows[rows["referent"] == name].set_index("group")
        here = here.loc[[group for group in groups if group in here.index]]
        for y, (group, row) in zip(block, here.iterrows(), strict=True):
            look, at = look_of(groups.index(str(group))), np.array([y])
            low, high, value = (np.array([row[n]], float) for n in ("low", "high", "estimate"))
            whiskers(ax, at, low, high, look.colour)
            dots(ax, at, value, np.array([look.fill == "white"]), marker=look.marker,
                 colour=look.colour, size=4)  # fmt: skip
            undefined(ax, at[np.isnan(value)])
            heights.append(float(y))
            uses.append(f"{row['n_left']:,.0f} : {row['n_right']:,.0f}")
    _side_axis(ax, 0.0, 1.0, 0.5)
    ax.set_xticks([0, 0.5, 1.0], ["0", "50", "100"])
    numbers_right(ax, [("left : right", "uses", uses)], heights)
    handles = []
    for number in range(len(groups)):
        look = look_of(number)
        handles.append(Line2D([], [], color=look.colour, marker=look.marker, lw=1.2, ms=4,
                              mfc=look.fill))  # fmt: skip
    measure = ruler()
    key_above(ax, handles, fit_all(groups, 180, measure, 1), wide(ax) + 4, HEAD)
    ax.set_xlabel("% names of the right, 95 % interval")


def _title(referent: str) -> str:
    words = name_of(referent).replace("_", " ")
    return words[:1].upper() + words[1:]


def _alt_shares(rows: pd.DataFrame) -> str:
    rows = rows[rows["estimate"].notna()]
    if not len(rows):
        return f"An empty figure: {_NO_SHARES}"
    told = ["Dot plot of the share of names of the right in each group's names for a thing, with "
            "95 % intervals."]  # fmt: skip
    told += [
        f"{_title(row['referent'])}, {row['group']}: {100 * row['estimate']:.0f} % "
        f"({span_of(row, lambda share: f'{100 * share:.0f}')}; {row['n_left']:,.0f} of the left, "
        f"{row['n_right']:,.0f} of the right)."
        for row in rows.head(12).to_dict("records")
    ]
    return " ".join(told)
