"""Agreement of coders: coefficients with intervals, category by category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D

from framing.figures.checked import Wanted, checked, within
from framing.figures.journal import GREY, SMALL, attach, drawing, figure_of, panels, settle
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
    count_of,
    fit_all,
    key_above,
    measure_title,
    name_of,
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

MOST_ROWS = 80
LINES_AT = (0.667, 0.8)
_NOTHING = "No coefficient in this table."
_WANTED = Wanted(
    "agreement_panel", ("item", "coefficient"),
    ("estimate", "low", "high", "n_units", "n_coders"), key=("item", "coefficient"), empty=True,
)  # fmt: skip


def agreement_panel(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far coders agree, one row an item, up to four coefficients beside each other.

    Dashed lines stand at .667 and .800, below and above which Krippendorff (2004) would draw no
    and firm conclusions. An item without variation has no coefficient: "not defined" is written.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns item (a label, a measure, "all"), coefficient (as ``alpha, nominal``), estimate,
        low, high, n_units, n_coders; one row an item and coefficient, items in the order drawn.
        Instead of item and n_coders, measure and the two coders coder_a, coder_b.
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
    ...     "item": ["economic", "morality"], "coefficient": "alpha, nominal",
    ...     "estimate": [0.81, 0.62], "low": [0.74, 0.51], "high": [0.87, 0.71], "n_units": 240,
    ...     "n_coders": 3})
    >>> ax = agreement_panel(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "n_units"]
    ['240', '240']
    """
    rows = checked(_by_item(table), _WANTED)
    within(rows, ["estimate"], "agreement_panel", -1, 1)
    names = list(dict.fromkeys(rows["coefficient"]))
    if len(names) > MOST_SERIES:
        raise BadInput(f"agreement_panel: {len(names)} coefficients ({', '.join(names[:6])}); it "
                       f"draws at most {MOST_SERIES}")  # fmt: skip
    items = list(dict.fromkeys(rows["item"]))
    shown = items[:MOST_ROWS]
    rows = rows[rows["item"].isin(shown)]
    with drawing("single") as width:
        tall = height_of(shown, 22 + 4.0 * len(names), row=max(3.4 * len(names), 4.4))
        axes = ax if ax is not None else panels(1, width, tall)[0]
        if not rows["estimate"].notna().any():
            say(axes, _NOTHING)
        else:
            _draw(axes, rows, shown, names)
            if len(items) > len(shown):
                axes.set_xlabel(f"{axes.get_xlabel()}\n{MOST_ROWS} of {len(items):,} items drawn")
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt(rows, names))


def _by_item(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of pairs of coders as one of items; one pair alone is not named."""
    need(table, (), "agreement_panel")
    if "item" in table or not {"coder_a", "coder_b", "measure"} <= set(table.columns):
        return table
    pairs = [f"{name_of(a)} with {name_of(b)}"
             for a, b in zip(table["coder_a"], table["coder_b"], strict=True)]  # fmt: skip
    items = [measure_title(name_of(name)) for name in table["measure"]]
    if len(set(pairs)) > 1:
        items = [f"{item}: {pair}" for item, pair in zip(items, pairs, strict=True)]
    return table.assign(item=items, n_coders=2)


def _draw(ax: Axes, rows: pd.DataFrame, shown: list[str], names: list[str]) -> None:
    dress(ax, shown)
    place = {name: at for at, name in enumerate(shown)}
    for number, name in enumerate(names):
        look, mine = look_of(number), rows[rows["coefficient"] == name]
        step = 0.76 / max(len(names), 2) * (number - (len(names) - 1) / 2)
        at = mine["item"].map(place).to_numpy(float) + step
        whiskers(ax, at, mine["low"].to_numpy(float), mine["high"].to_numpy(float), look.colour)
        dots(ax, at, mine["estimate"].to_numpy(float), np.full(len(mine), look.fill == "white"),
             marker=look.marker, colour=look.colour, size=4)  # fmt: skip
        undefined(ax, at[mine["estimate"].isna().to_numpy()])
    _scale(ax, rows)
    sizes = rows.groupby("item", sort=False)[["n_units", "n_coders"]].max().reindex(shown)
    numbers_right(ax, [
        ("units", "n_units", [short_number(n) for n in sizes["n_units"]]),
        ("coders", "n_coders", [short_number(n) for n in sizes["n_coders"]]),
    ])  # fmt: skip
    measure = ruler()
    handles = []
    for number in range(len(names)):
        look = look_of(number)
        handles.append(Line2D([], [], color=look.colour, marker=look.marker, lw=1.2, ms=4,
                              mfc=look.fill))  # fmt: skip
    key_above(ax, handles, fit_all(names, 180, measure, 1), wide(ax) + 4, HEAD)
    ax.set_xlabel("agreement, 95 % interval")


def _scale(ax: Axes, rows: pd.DataFrame) -> None:
    values = rows[["estimate", "low"]].to_numpy(float)
    low = min(float(np.nanmin(values)), 0.0)
    ax.set_xlim(max(low - 0.05, -1.05) if low < 0 else 0.0, 1.03)
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if low >= -0.1 else [-1.0, -0.5, 0.0, 0.5, 1.0]
    ax.set_xticks([tick for tick in ticks if tick >= ax.get_xlim()[0]])
    if low < 0:
        ax.axvline(0, color="black", lw=0.8, zorder=1)
    for at in LINES_AT:
        ax.axvline(at, color=GREY, lw=0.8, ls=(0, (4, 2)), zorder=1, gid="line")
        side = "right" if at < 0.7 else "left"
        ax.text(at, 1, f"{at:.3f}".lstrip("0"), transform=ax.get_xaxis_transform(), fontsize=SMALL,
                color=GREY, ha=side, va="bottom", gid="line")  # fmt: skip


def _alt(rows: pd.DataFrame, names: list[str]) -> str:
    known = rows[rows["estimate"].notna()]
    if not len(known):
        return f"An empty figure: {_NOTHING}"
    told = [f"Dot plot of agreement on {count_of(rows['item'].nunique(), 'item')}, with 95 % "
            "intervals and lines at .667 and .800."]  # fmt: skip
    for name in names:
        mine = known[known["coefficient"] == name]
        said = [
            f"{row['item']} {rate(row['estimate'])} ({span_of(row)}; "
            f"{count_of(row['n_units'], 'unit')}, {count_of(row['n_coders'], 'coder')})"
            for row in mine.head(8).to_dict("records")
        ]
        none = int((rows.loc[rows["coefficient"] == name, "estimate"].isna()).sum())
        said += [f"not defined for {count_of(none, 'item')}"] if none else []
        told.append(f"{name}: {', '.join(said)}.")
    return " ".join(told)
