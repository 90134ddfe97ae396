"""Word shift: the terms that make the difference of two rates, and what the others add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Patch

from framing.figures.checked import Wanted, checked
from framing.figures.journal import (
    HATCHES,
    NORMAL,
    PAIR,
    SMALL,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
)
from framing.figures.rowed import HEAD, dress, height_of, numbers_right, reach, whiskers, wide
from framing.figures.wording import (
    count_of,
    fit,
    fit_all,
    key_above,
    measure_title,
    name_of,
    rate,
    ruler,
    say,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_TERMS = 60
_NOTHING = "No term contributes to a difference in this table."
_WANTED = Wanted(
    "word_shift", ("term",), ("contribution", "low", "high", "count_1", "count_2"),
    "contribution", key=("term",), empty=True,
)  # fmt: skip


def word_shift(
    table: pd.DataFrame, *, n: int = 20, names: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the terms that make the difference between two groups, largest first.

    Bars to the right add to the rate of the first group, bars to the left to that of the second;
    the last two rows print what all other terms add, and the difference itself: the sum of all,
    with its interval where the table has difference_low and difference_high.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.measures.shift`: term, contribution, low, high, count_1, count_2; the columns
        measure, group, reference name what is compared where they are.
    n : int
        Number of terms drawn by themselves.
    names : (str, str), optional
        What the groups are called; by default the columns group (or target) and reference say it.
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
    ...     "term": ["chaos", "vow", "plan"], "contribution": [1.2, -0.5, 0.1],
    ...     "low": [0.4, -1.1, -0.2], "high": [2.0, 0.1, 0.4], "count_1": [24, 3, 9],
    ...     "count_2": [6, 11, 8]})
    >>> ax = word_shift(table, n=2, ax=Figure().add_subplot())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['chaos', 'vow', '1 other term', 'difference: sum of all']
    """
    if n < 1:
        raise BadInput(f"word_shift: n is {n}; it must be 1 or more")
    rows = checked(table, _WANTED)
    rows = rows[rows["contribution"].notna()]
    size = rows["contribution"].abs().round(12)
    rows = rows.assign(size=size).sort_values(["size", "term"], ascending=[False, True])
    rows = rows.drop(columns="size").reset_index(drop=True)
    told = _names(table, names)
    shown = _summed(rows, min(n, MOST_TERMS), _bounds(table))
    with drawing("single") as width:
        axes = ax if ax is not None else panels(1, width, height_of(list(shown["term"]), 29))[0]
        if not len(rows):
            say(axes, _NOTHING)
        else:
            _draw(axes, shown)
            _dress(axes, table, told, bool(shown["low"].notna().any()))
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, shown, _alt(shown, len(rows), told))


def _names(table: pd.DataFrame, names: tuple[str, str] | None) -> tuple[str, str]:
    if names is not None:
        return name_of(names[0]), name_of(names[1])
    one, two = (
        next((name_of(table[name].iloc[0]) for name in columns if name in table and len(table)),
             f"group {number}")
        for number, columns in enumerate((("group", "target"), ("reference",)), start=1)
    )  # fmt: skip
    return one, two


def _bounds(table: pd.DataFrame) -> tuple[float, float]:
    """Return the interval of the whole difference, NaN without one."""
    low, high = (
        float(table[name].iloc[0]) if name in table and len(table) else np.nan
        for name in ("difference_low", "difference_high")
    )
    return low, high


def _summed(rows: pd.DataFrame, n: int, bounds: tuple[float, float]) -> pd.DataFrame:
    """Return the first `n` rows, the sum of all others, and the sum of all."""
    import pandas as pd

    first, others = rows.head(n).assign(kind="term"), rows.iloc[n:]
    nothing = (np.nan, np.nan)
    added = [("other", count_of(len(others), "other term"), others, nothing)] if len(others) else []
    added += [("sum", "difference: sum of all", rows, bounds)] if len(rows) else []
    sums = [
        {"term": name, "kind": kind, "low": low, "high": high,
         **part[["contribution", "count_1", "count_2"]].sum()}
        for kind, name, part, (low, high) in added
    ]  # fmt: skip
    return pd.concat([first, pd.DataFrame(sums)], ignore_index=True) if sums else first


def _draw(ax: Axes, shown: pd.DataFrame) -> None:
    dress(ax, [str(term).replace("_", " ") for term in shown["term"]])
    at, values = np.arange(len(shown), dtype=float), shown["contribution"].to_numpy(float)
    term = (shown["kind"] == "term").to_numpy()
    for number, side in enumerate((values > 0, values <= 0)):
        mine = side & term
        ax.barh(at[mine], values[mine], 0.66, color=PAIR[number], hatch=HATCHES[number],
                edgecolor="black", lw=0.4, zorder=2,
                gid=("more in group 1", "more in group 2")[number])  # fmt: skip
    low, high = shown["low"].to_numpy(float), shown["high"].to_numpy(float)
    whiskers(ax, at[term], low[term], high[term], width=0.9)
    reach(ax, np.concatenate([values[term], low[term], high[term]]), line=False)
    edge = int(term.sum()) - 0.5
    ax.plot([0, 0], [-0.6, edge], color="black", lw=0.8, zorder=2.6, gid="zero")
    ax.axhline(edge, color="black", lw=0.6)
    for y, ends in zip(at[~term], zip(low[~term], high[~term], strict=True), strict=True):
        if np.isfinite(ends).all():  # on the scale of single terms it would hide them
            ax.text(0.98, y, f"95 %: {rate(ends[0])} to {rate(ends[1])}", fontsize=SMALL,
                    ha="right", va="center", transform=ax.get_yaxis_transform(), gid="whole",
                    bbox={"fc": "white", "ec": "none", "pad": 0.6})  # fmt: skip
    uses = [f"{one:,.0f} : {two:,.0f}"
            for one, two in zip(shown["count_1"], shown["count_2"], strict=True)]  # fmt: skip
    numbers_right(ax, [("adds", "contribution", [rate(value) for value in values]),
                       ("uses", "uses", uses)])  # fmt: skip


def _dress(ax: Axes, table: pd.DataFrame, names: tuple[str, str], intervals: bool) -> None:
    measure = ruler()
    handles = [Patch(facecolor=PAIR[n], hatch=HATCHES[n] * 2, edgecolor="black", lw=0.4)
               for n in (0, 1)]  # fmt: skip
    labels = [f"more in {name}" for name in fit_all(names, 170, measure, 1)]
    key_above(ax, handles, labels, wide(ax) + 4, HEAD)
    lines = ["contribution per 1,000 words" + ", with 95 % interval" * intervals]
    if "measure" in table and len(table):
        lines.insert(0, measure_title(str(table["measure"].iloc[0])))
    ax.set_xlabel("\n".join(fit(line, 200, ruler(NORMAL)) for line in lines), parse_math=False)


def _ends(row: dict[Any, Any]) -> str:
    known = np.isfinite([row["low"], row["high"]]).all()
    return f"{rate(row['low'])} to {rate(row['high'])}; " if known else ""


def _alt(shown: pd.DataFrame, terms: int, names: tuple[str, str]) -> str:
    if not terms:
        return f"An empty figure: {_NOTHING}"
    first = [
        f"{row['term']} {rate(row['contribution'])} ({_ends(row)}"
        f"{row['count_1']:,.0f} to {row['count_2']:,.0f} uses)"
        for row in shown[shown["kind"] == "term"].head(5).to_dict("records")
    ]
    total = shown["contribution"].iloc[-1]
    return (
        f"Word shift of {count_of(terms, 'term')}: contributions to the difference {names[0]} "
        f"minus {names[1]} of {rate(total)} per 1,000 words. Largest: {', '.join(first)}."
    )
