"""Reliability of probabilities: what was observed against what was predicted, bin by bin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.transforms import ScaledTranslation

from framing.figures.cells import size_of
from framing.figures.checked import Wanted, checked, within
from framing.figures.journal import (
    GREY,
    NORMAL,
    PALE,
    SMALL,
    TITLE,
    attach,
    drawing,
    figure_of,
    label_outer,
    panels,
    settle,
    tidy,
)
from framing.figures.series import MOST_SERIES, look_of
from framing.figures.wording import count_of, fit_all, key_above, need, ruler, short_number, span_of
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 48
FLOOR, CEILING = -0.3, -0.07  # of the strip that counts the units of each bin
_NUMBERS = ("predicted", "observed", "low", "high", "n")


def reliability(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a reliability diagram: the observed share with its interval by predicted probability.

    On the diagonal the probabilities can be taken at their word; below it they are too high. The
    strip at the foot counts the units of each bin.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns predicted (mean of the bin), observed, low, high, n; one row a bin. A column
        ``classifier`` or ``frame``, or both, tells several series apart.
    ax : matplotlib.axes.Axes, optional
        Axes for at most four series. Without it, five and more have a panel each.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, of several panels the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "predicted": [0.1, 0.5, 0.9], "observed": [0.12, 0.4, 0.88], "low": [0.06, 0.3, 0.8],
    ...     "high": [0.2, 0.51, 0.94], "n": [100, 80, 90]})
    >>> ax = reliability(table, ax=Figure().add_subplot())
    >>> ax.framing.table["observed"].tolist()
    [0.12, 0.4, 0.88]
    """
    rows = read(table)
    names = list(dict.fromkeys(rows["series"]))
    if ax is not None and len(names) > MOST_SERIES:
        raise BadInput(
            f"reliability: {len(names)} series for one axes, which holds {MOST_SERIES}; leave ax "
            "out for a panel each, or choose with frequent()"
        )
    several = len(names) > MOST_SERIES
    shown = names[:MOST_PANELS]
    most = float(np.nanmax(rows["n"].to_numpy(), initial=1.0))
    with drawing("double" if several else "single") as width:
        if ax is not None:
            axes = [ax]
        elif several:
            axes = panels(len(shown), width, 62, sharex=True, sharey=True)
        else:
            axes = panels(1, width, width * 0.98 + 3.5 * len(names))
        heads = fit_all([_plain(name) for name in shown], 116, ruler(TITLE))
        for number, panel in enumerate(axes):
            mine = [shown[number]] if several else shown
            _draw(panel, rows, mine, most)
            _words(panel, rows, mine, heads[number] if several else None)
            _print_counts(panel, rows[rows["series"].isin(mine)], most, several)
        label_outer(axes)
        if len(names) > len(shown):
            figure_of(axes[0]).supxlabel(f"{len(shown)} of {len(names)} series drawn, the first "
                                         "of the table", fontsize=NORMAL)  # fmt: skip
        if ax is None:
            settle(figure_of(axes[0]))
    rows = rows[rows["series"].isin(shown)]
    return attach(axes[0], rows, _alt(rows, shown))


def read(table: pd.DataFrame) -> pd.DataFrame:
    """Return the checked rows by series and predicted probability, with a column ``series``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"predicted": [0.9, 0.1], "observed": [1, 0], "low": 0, "high": 1,
    ...                       "n": 5, "frame": "economic"})
    >>> read(table)[["series", "predicted"]].values.tolist()
    [['economic', 0.1], ['economic', 0.9]]
    """
    need(table, (), "reliability")
    keys = [name for name in ("classifier", "frame") if name in table.columns]
    wanted = Wanted("reliability", tuple(keys), _NUMBERS, "observed")
    rows = checked(table, wanted)
    within(rows, ["predicted", "observed", "low", "high"], "reliability", 0, 1)
    within(rows, ["n"], "reliability")
    telling = [name for name in keys if rows[name].nunique() > 1] or keys[:1]
    parts = [rows[name].tolist() for name in telling] or [["all"] * len(rows)]
    rows["series"] = [", ".join(told) for told in zip(*parts, strict=True)]
    if rows["predicted"].isna().all():
        raise BadInput("reliability: no row has a number in 'predicted'; there is nothing to draw")
    rank = {name: place for place, name in enumerate(dict.fromkeys(rows["series"]))}
    order = np.lexsort([rows["predicted"], rows["series"].map(rank)])
    return rows.iloc[order].reset_index(drop=True)


def frequent(table: pd.DataFrame, most: int = MOST_SERIES) -> tuple[pd.DataFrame, int]:
    """Return the rows of the series most often observed, and how many series there are.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"predicted": 0.5, "observed": [0.2, 0.6], "low": 0, "high": 1,
    ...                       "n": 50, "frame": ["crime", "health"]})
    >>> frequent(table, 1)[0]["frame"].tolist()
    ['health']
    """
    rows = read(table)
    found = (rows["observed"] * rows["n"]).groupby(rows["series"], sort=False).sum()
    kept = found.sort_values(ascending=False, kind="stable").index[:most]
    return rows[rows["series"].isin(kept)].drop(columns="series"), len(found)


def _draw(ax: Axes, rows: pd.DataFrame, names: Sequence[str], most: float) -> None:
    tidy(ax)
    ax.set(xlim=(-0.02, 1.02), ylim=(FLOOR, 1.02))
    ax.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls=(0, (5, 3)), marker="", zorder=1, gid="diagonal")
    ax.axhline(CEILING + 0.035, color=PALE, lw=0.6, zorder=0)
    steps = [0, 0.25, 0.5, 0.75, 1]
    ax.set_xticks(steps, [f"{step:g}" for step in steps])
    ax.set_yticks(steps, [f"{step:g}" for step in steps])
    ax.spines["left"].set_bounds(0, 1)
    ax.spines["bottom"].set_bounds(0, 1)
    for number, name in enumerate(names):
        mine, look = rows[rows["series"] == name], look_of(number)
        known = mine[mine["predicted"].notna() & mine["observed"].notna()]
        _count(ax, mine, most, (number, len(names)))
        if not len(known):
            continue
        aside = 0.009 * (number - (len(names) - 1) / 2)
        ax.vlines(known["predicted"] + aside, known["low"], known["high"], color=look.colour,
                  lw=1.1, zorder=2, gid="interval")  # fmt: skip
        ax.plot(known["predicted"] + aside, known["observed"], look.marker, ls=look.line, lw=0.9,
                color=look.colour, mfc=look.fill, mew=0.9, ms=4, zorder=3, clip_on=False,
                gid=name)  # fmt: skip
    ax.text(1.02, FLOOR, "n", ha="left", va="bottom", fontsize=SMALL, color=GREY)


def _count(ax: Axes, rows: pd.DataFrame, most: float, place: tuple[int, int]) -> None:
    """Draw a bar for the units of each bin into the strip."""
    number, series = place
    look = look_of(number)
    at = rows["predicted"].to_numpy()
    gaps = np.diff(np.unique(at[np.isfinite(at)]))
    wide = float(np.clip(0.8 * gaps.min(initial=1.0), 0.008, 0.034)) / series
    at = at + wide * (number - (series - 1) / 2)
    tall = rows["n"].fillna(0).to_numpy() / most * (CEILING - FLOOR - 0.05)
    ax.bar(at, tall, wide, FLOOR, fc=look.fill, ec=look.colour, lw=0.6, gid="n", zorder=2)


def _print_counts(ax: Axes, rows: pd.DataFrame, most: float, several: bool) -> None:
    """Print the units of each bin above its bar; where they do not fit, what the tallest means."""
    measure, scale = ruler(), 0.0 if several else 1.04 / max(size_of(ax)[0], 1.0)
    rows = rows[rows["predicted"].notna()]
    told = [short_number(n) for n in rows["n"]]
    at, half = rows["predicted"].to_numpy(), [0.5 * scale * measure(cell) for cell in told]
    clear = all(
        at[place] + half[place] + scale < at[place + 1] - half[place + 1]
        for place in range(len(at) - 1)
    )
    reach = CEILING - FLOOR - 0.05
    if rows["series"].nunique() == 1 and clear and not several:
        for x, n, cell in zip(at, rows["n"].fillna(0), told, strict=True):
            ax.text(x, FLOOR + reach * n / most + 0.006, cell, ha="center", va="bottom",
                    fontsize=SMALL, gid="count")  # fmt: skip
        return
    ax.plot([0, 1], [FLOOR + reach] * 2, color=PALE, lw=0.6, marker="", ls="-", zorder=0)
    left = ScaledTranslation(-5 / 72, 0, figure_of(ax).dpi_scale_trans)
    for y, cell in ((FLOOR + reach, short_number(most)), (FLOOR, "0")):
        ax.text(0, y, cell, transform=ax.get_yaxis_transform() + left, ha="right", va="center",
                fontsize=SMALL, gid="scale")  # fmt: skip


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _words(ax: Axes, rows: pd.DataFrame, names: Sequence[str], head: str | None) -> None:
    from matplotlib.lines import Line2D

    ax.set_xlabel(f"predicted probability{chr(10) if head is not None else ' '}(mean of the bin)")
    ax.set_ylabel("observed share, 95 % interval")
    sizes = {name: _size(rows[rows["series"] == name]) for name in names}
    if head is not None:
        ax.set_title(f"{head}\n{sizes[names[0]]}", loc="left", fontsize=SMALL, parse_math=False)
        return
    measure = ruler()
    if len(names) > 1:
        sizes = {name: size.partition(" (")[0] for name, size in sizes.items()}
    room = 162 - max(map(measure, sizes.values()))
    told = fit_all([_plain(name) for name in names], room, measure, 1)
    handles = []
    for number in range(len(names)):
        look = look_of(number)
        handles.append(Line2D([], [], color=look.colour, marker=look.marker, ls=look.line, ms=4,
                              mfc=look.fill, mew=0.9, lw=0.9))  # fmt: skip
    labels = [size if names == ["all"] else f"{name}, {size}"
              for name, size in zip(told, sizes.values(), strict=True)]  # fmt: skip
    key_above(ax, handles, labels, 12)


def _size(rows: pd.DataFrame) -> str:
    few, many = rows["n"].min(), rows["n"].max()
    span = f"{short_number(few)} a bin" if few == many else (
        f"{short_number(few)} to {short_number(many)} a bin"
    )  # fmt: skip
    return f"n = {short_number(rows['n'].sum())} ({span})"


def _alt(rows: pd.DataFrame, names: Sequence[str]) -> str:
    told = ["Reliability diagram: observed share by predicted probability, with 95 % intervals."]
    for name in names:
        mine = rows[rows["series"] == name]
        known = mine[mine["observed"].notna() & mine["predicted"].notna()]
        head = "" if name == "all" else f"{name}: "
        if not len(known):
            told.append(f"{head}no bin with an observed share.")
            continue
        gap = (known["observed"] - known["predicted"]).abs()
        worst = known.iloc[int(gap.to_numpy().argmax())]
        off = ((known["low"] > known["predicted"]) | (known["high"] < known["predicted"])).sum()
        told.append(
            f"{head}{count_of(len(known), 'bin')}, {_size(mine)}; {off} of {len(known)} intervals "
            f"miss the diagonal; furthest from it: predicted {worst['predicted']:.2f}, observed "
            f"{worst['observed']:.2f} ({span_of(worst, '{:.2f}'.format)}, "
            f"n = {short_number(worst['n'])})."
        )
    return " ".join(told)
