"""Which years the present is compared to: a timeline of sources, core above and extended below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from framing.figures.comparisons import BARE, by_id, comparisons_in, span_of_years
from framing.figures.journal import (
    GREY,
    HATCHES,
    NORMAL,
    PAIR,
    SMALL,
    TITLE,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
    tidy,
)
from framing.figures.wording import MINUS, count_of, fit, key_above, most_frequent, ruler, say
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_STEPS, _MOST_BINS = (10, 20, 50, 100, 200, 500, 1000), 45
_ROW, _ROOM = 9.5, 92.0
_Placed = tuple[dict[Any, Any], float, str, int]
_LOOK = ((True, PAIR[0], "", "core"), (False, PAIR[1], HATCHES[1], "extended"))


def source_years(
    hits: pd.DataFrame, years: Mapping[str, Any] | pd.DataFrame, n: int = 10, since: int = 1750,
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw when the sources of comparisons lie: core above the line, extended below it, apart.

    Bars count comparisons by decade (wider where the axis spans more than 450 years). A source
    that lasted stands at the middle of its years. The most frequent sources are named with their
    counts. Comparisons whose source has no year are left out, and the figure says how many;
    boilerplate does not count.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table of hits; only the historical comparisons are used.
    years : mapping or pandas.DataFrame
        Years of each entry of the gazetteer: id to (start, end), as numbers or ISO 8601 dates; or
        a table with the columns ``id``, ``start`` and ``end``. A bare year or decade is read from
        the hit.
    n : int
        Number of core sources to name, and half as many extended ones; 0 names none.
    since : int
        First year of the axis at the earliest; older sources share one bar at the left.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> hits = pd.DataFrame({
    ...     "doc_id": ["1", "2"], "start": 0, "end": [13, 12],
    ...     "text": ["a second Suez", "back to 1926"],
    ...     "extractor": "historical_comparison", "label": "LABEL", "voice": "outlet",
    ...     "attributes": ['{"core": true, "source": [9, 13], "entry": "suez"}',
    ...                    '{"core": true, "source": [8, 12], "entry": "year"}']})
    >>> ax = source_years(hits, {"suez": (1956, 1957)}, ax=Figure().add_subplot())
    >>> ax.framing.table[["source", "year", "count"]].values.tolist()
    [['1926', 1926.0, 1], ['Suez', 1956.5, 1]]
    """
    if n < 0:
        raise BadInput(f"source_years: n is {n}; it must be 0 or more")
    found = comparisons_in(hits, "source_years")
    found = found[found["voice"] != "boilerplate"]
    table, undated = _sources(found, by_id(years, ["start", "end"]))
    notes = [f"{count_of(undated, 'comparison')} without a year left out"] if undated else []
    with drawing("double") as width:
        new = ax is None
        ax = panels(1, width, 84)[0] if ax is None else ax
        if not len(table):
            message = _nothing(len(found))
            say(ax, message)
            told = message
        else:
            step = _bars(ax, table, since)
            notes.insert(0, f"by {'decade' if step == 10 else f'{step} years'}")
            _dress(ax, table, "; ".join(notes))
            if new:
                figure_of(ax).draw_without_rendering()  # the labels need the size of the axes
            _name(ax, table, n)
            told = _alt(table, undated)
        if new:
            settle(figure_of(ax))
    return attach(ax, table.drop(columns=["at", "level"], errors="ignore"), told)


def _sources(found: pd.DataFrame, years: Mapping[str, Any]) -> tuple[pd.DataFrame, int]:
    """Return one row a source and kind with its years, and the number of comparisons without."""
    import pandas as pd

    dated: dict[tuple[Any, ...], Counter[str]] = {}
    documents: dict[tuple[Any, ...], set[str]] = {}
    for row in found.to_dict("records"):
        entry, words = row["entry"], row["named"]
        bare = entry in BARE
        span = span_of_years(words) if bare else _span(years.get(entry))
        if span is None:
            continue
        if bare:
            entry = words = str(span[0]) + ("s" if span[1] > span[0] else "")
        key = (entry, not row["core"], *span)
        name = (words or str(entry).replace("_", " ")).removeprefix("the ").removeprefix("The ")
        dated.setdefault(key, Counter())[name] += 1
        documents.setdefault(key, set()).add(row["doc_id"])
    rows = [
        {"source": _usual(names), "entry": entry, "start": first, "end": last,
         "year": (first + last) / 2, "core": not extended, "count": names.total(),
         "n_documents": len(documents[entry, extended, first, last])}
        for (entry, extended, first, last), names in dated.items()
    ]  # fmt: skip
    columns = ["source", "entry", "start", "end", "year", "core", "count", "n_documents"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values(["core", "year", "source"], ascending=[False, True, True],
                              kind="stable", ignore_index=True)  # fmt: skip
    return table, len(found) - int(table["count"].sum())


def _usual(names: Counter[str]) -> str:
    """Return the name of a source written most often, of equals the shortest."""
    return min(names, key=lambda name: (-names[name], len(name), name))


def _span(given: Any) -> tuple[int, int] | None:
    """Return the first and last year of an entry, None if none is known."""
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        return None
    first, last = (_year(value) for value in given)
    first, last = (last if first is None else first), (first if last is None else last)
    return None if first is None or last is None else (first, max(first, last))


def _year(value: Any) -> int | None:
    """Return the year of a number or of a date ("1956-07-26", "-44")."""
    if isinstance(value, str):
        value = value.strip()
        value = value[:1] + value[1:].partition("-")[0]
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):  # empty, None, NaN or infinite
        return None


def _bars(ax: Axes, table: pd.DataFrame, since: int) -> int:
    """Draw the bars; add to the table where each source stands and how high its bar is."""
    tidy(ax)
    years = table["year"].to_numpy(float)
    old = years < since
    kept = years[~old] if (~old).any() else np.array([float(since)])
    reach = kept.max() - kept.min()
    step = next((s for s in _STEPS if reach / s <= _MOST_BINS), _STEPS[-1])
    left, right = (step * np.floor(kept.min() / step), step * np.floor(kept.max() / step) + step)
    left = min(left, max(right - 10 * step, step * np.floor(since / step)))
    right = max(right, left + 10 * step)
    room = 0.07 * (right - left)
    start = np.where(old, left - room, step * np.floor(years / step) + step / 2)
    table["at"] = np.where(old, left - room, years)
    for core, colour, hatch, name in _LOOK:
        mine = (table["core"] == core).to_numpy()
        heights = table["count"].where(mine, 0).groupby(start).transform("sum")
        table.loc[mine, "level"] = heights[mine]
        bars = table[mine].assign(x=start[mine]).groupby("x")["count"].sum()
        ax.bar(bars.index, bars * (1 if core else -1), 0.9 * step, color=colour,
               hatch=hatch, edgecolor="white" if core else "black", lw=0.4, gid=name)  # fmt: skip
    edge = left - 1.7 * room if old.any() else left - 0.2 * step
    ax.set_xlim(edge, right + 0.2 * step)
    _ticks(ax, (left, right), left - room if old.any() else None, since)
    return step


def _ticks(ax: Axes, ends: tuple[float, float], old: float | None, since: int) -> None:
    wide = _points(ax)[0]
    locator = MaxNLocator(min(9, max(int(wide / 42), 2)), steps=[1, 2, 2.5, 5, 10], integer=True)
    low, high = ends
    if old is not None:  # keep clear of the words under the bar of old sources
        ax.axvline((low + old) / 2, color=GREY, lw=0.6, ls=(0, (1, 2)), gid="break")
        low = max(low, old + 34 * (high - old) / wide)
    ticks = [tick for tick in locator.tick_values(*ends) if low <= tick <= high]
    words = [f"{tick:.0f}".replace("-", MINUS) for tick in ticks]
    before = ([], []) if old is None else ([old], [f"before\n{since}"])
    ax.set_xticks([*before[0], *ticks], [*before[1], *words])


def _points(ax: Axes) -> tuple[float, float]:
    """Return the width and the height of the axes in points."""
    box, dots = ax.get_window_extent(), figure_of(ax).dpi
    return 72 * box.width / dots, 72 * box.height / dots


def _dress(ax: Axes, table: pd.DataFrame, note: str) -> None:
    ax.axhline(0, color="black", lw=0.6)
    ax.set_ylabel("comparisons")
    room = max(_points(ax)[0], 120)
    ax.set_xlabel(fit(f"year of the source, {note}", room, ruler(NORMAL), 3), color=GREY)
    handles, labels = [], []
    for core, colour, hatch, name in _LOOK:
        mine = table[table["core"] == core]
        if len(mine):
            side = "above" if core else "below"
            size = f"{count_of(mine['count'].sum(), 'comparison')}, {count_of(len(mine), 'source')}"
            handles.append(Patch(facecolor=colour, hatch=hatch * 2, edgecolor="black", lw=0.4))
            labels.append(f"{name} ({side}): {size}")
    key_above(ax, handles, labels)
    title = fit("Years that the present is compared to", room, ruler(TITLE))
    ax.set_title(title, loc="left", fontsize=TITLE, pad=6 + 11 * len(handles), parse_math=False)


def _name(ax: Axes, table: pd.DataFrame, n: int) -> None:
    """Name the most frequent sources, on rows clear of the bars and of each other."""
    wide, high = _points(ax)
    most = max(int(0.32 * high / _ROW), 1)
    sides = []
    for core in (True, False):
        mine = table[table["core"] == core]
        tops = most_frequent(mine, n if core else n // 2)
        placed = _rows(ax, tops, wide, max(most if core else most // 2, 1))
        rows = 1 + max((row for *_, row in placed), default=-1)
        sides.append((1 if core else -1, float(mine["level"].max()) if len(mine) else 0, placed,
                      rows))  # fmt: skip
    bars = sum(level for _, level, _, _ in sides)
    taken = sum((rows + 0.7) * _ROW for *_, rows in sides if rows)
    unit = 1.06 * bars / max(high - taken, 0.3 * high)  # comparisons a point
    ends = [
        sign * (1.03 * level + (rows + 0.7 * bool(rows)) * _ROW * unit)
        for sign, level, _, rows in sides
    ]
    ax.set_ylim(min(ends[1], 0), max(ends[0], 0))
    _count_axis(ax, -sides[1][1], sides[0][1])
    first, last = ax.get_xlim()
    for sign, level, placed, _ in sides:
        for row, left, words, place in placed:
            y = sign * (1.02 * level + (place + 0.75) * _ROW * unit)
            ax.plot([row["at"]] * 2, [sign * row["level"], y], color=GREY, lw=0.5, ls="-",
                    marker="", zorder=1.5, gid="leader")  # fmt: skip
            x = first + left * (last - first) / wide
            text = ax.text(x, y, words, fontsize=SMALL, va="center", ha="left", gid="source",
                           parse_math=False, zorder=3)  # fmt: skip
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.6})
            text.set_in_layout(False)


def _count_axis(ax: Axes, low: float, high: float) -> None:
    """Let the axis of counts end where the bars end."""
    ticks = MaxNLocator(5, integer=True).tick_values(low, high)
    ticks = [tick for tick in ticks if low <= tick <= high]
    words = [f"{abs(tick):,.0f}" for tick in ticks]
    ax.set_yticks(ticks, words)
    ax.spines["left"].set_bounds(low, high)
    left = 14 + max(map(ruler(), words))
    ax.yaxis.set_label_coords(-left / max(_points(ax)[0], 1), (low + high) / 2,
                              transform=ax.get_yaxis_transform())  # fmt: skip


def _rows(ax: Axes, tops: pd.DataFrame, wide: float, most: int) -> list[_Placed]:
    """Return for each label its source, left edge in points, words and row; the rare give way.

    A label ends at its leader, unless the left edge is nearer. It lies above every label that it
    would overlap, so that no leader of those runs through it.
    """
    first, last = ax.get_xlim()
    measure = ruler()
    for size in range(len(tops), 0, -1):
        placed: list[_Placed] = []
        ends: list[tuple[float, float, int]] = []
        for row in tops.head(size).sort_values("at", kind="stable").to_dict("records"):
            words = f"{fit(row['source'], _ROOM, measure, 1)} {row['count']:,}"
            at, width = wide * (row["at"] - first) / (last - first), measure(words)
            left = at - width - 2 if at - width > 3 else at + 2
            over = [r for low, up, r in ends if low < left + width + 5 and left < up + 5]
            placed.append((row, left, words, 1 + max(over, default=-1)))
            ends.append((left, left + width, placed[-1][-1]))
        if max(row for *_, row in placed) < most:
            return placed
    return []


def _nothing(comparisons: int) -> str:
    if not comparisons:
        return "No historical comparisons to draw."
    return f"No year is known of the sources of {count_of(comparisons, 'comparison')}."


def _when(row: dict[Any, Any]) -> str:
    if row["source"].strip("s").isdigit():
        return ""
    ends = dict.fromkeys((row["start"], row["end"]))
    return f" ({' to '.join(map(str, ends))})"


def _alt(table: pd.DataFrame, undated: int) -> str:
    told = ["Bar chart of the years of sources of historical comparisons."]
    for core, *_, name in _LOOK:
        mine = table[table["core"] == core]
        if len(mine):
            tops = most_frequent(mine, 5).to_dict("records")
            often = ", ".join(f"{row['source']}{_when(row)} {row['count']:,}" for row in tops)
            told.append(
                f"{name.capitalize()}: {count_of(mine['count'].sum(), 'comparison')} with "
                f"{count_of(len(mine), 'source')} from {mine['start'].min()} to "
                f"{mine['end'].max()}, most often {often}."
            )
    told += [f"{count_of(undated, 'comparison')} without a year left out."] if undated else []
    return " ".join(told)
