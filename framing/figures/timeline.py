"""A measure over time: pooled rates in days, weeks, months or years, with 95 % bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.figures.happened import event_dates, event_rules
from framing.figures.journal import (
    GREY,
    LINES,
    MARKERS,
    NORMAL,
    PAIR,
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
from framing.figures.pooled import FEW, columns_of, groups_of, pooled
from framing.figures.wording import (
    commas,
    count_of,
    extremes,
    fit,
    fit_all,
    key_above,
    measure_title,
    measure_words,
    need,
    rate,
    ruler,
    say,
    size_words,
    with_sizes,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

BINS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
MOST_PANELS = 48
_LIMITS = (("day", 45), ("week", 400), ("month", 12 * 366))


def profile(
    scores: pd.DataFrame, measure: str, by: str = "date", group: str | None = "outlet",
    every: str | None = None, cluster: str | None = None, ax: Axes | None = None,
    *, events: Mapping[str, str] | None = None,
) -> Axes:  # fmt: skip
    """Draw the pooled rate of a measure over time, a line and a 95 % band for each group.

    The rate of a bin is all its occurrences over all its words. The band comes from drawing its
    documents (or clusters) again 1,000 times, or from a t interval where there are fewer than 20.
    A hollow point rests on fewer than five documents. An arrow marks a band cut by the frame.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row a document, with counts, words and dates.
    measure : str
        ``hedging`` (in the outlet's own voice), ``hedging.attributed``, or a column's name.
    by : str
        Column of dates (ISO 8601 where it is text). Documents without one, or with one that cannot
        be read, are left out, and the figure says how many.
    group : str, optional
        Column of the groups; None draws all documents together.
    every : {"day", "week", "month", "year"}, optional
        Width of the bins; by default days up to 45 days, weeks up to 400, months up to 12 years.
    cluster : str, optional
        Column whose values the bootstrap draws together, such as ``event``.
    ax : matplotlib.axes.Axes, optional
        Axes for at most two groups. Without it, three and more groups have a panel each.
    events : mapping of str to str, optional
        Name and date (ISO 8601) of what happened: a dashed rule with a number, named below.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, of several panels the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "date": ["2024-03-01", "2024-03-01", "2024-03-03"], "outlet": "Argus",
    ...     "hedging.outlet.count": [2, 4, 3], "n_words_outlet": [500, 500, 600]})
    >>> ax = profile(table, "hedging", ax=Figure().add_subplot())
    >>> ax.framing.table["estimate"].tolist()
    [6.0, nan, 5.0]
    """
    name = columns_of(scores, measure)[0]
    ruled = event_dates(events or {})
    dated, every, left_out = _binned(scores, by, every)
    parts = groups_of(dated, group)
    if ax is not None and len(parts) > 2:
        raise BadInput(
            f"profile: {len(parts)} groups for one axes, which holds two; "
            "leave ax out for a panel each, or pass group=None"
        )
    tables = {key: _series(mine, measure, every, cluster) for key, mine in parts.items()}
    shown = dict(list(tables.items())[:MOST_PANELS])
    with drawing("single" if len(shown) < 3 else "double") as width:
        axes = [ax] if ax is not None else _axes(len(shown), width)
        overall = _series(dated, measure, every, cluster) if len(axes) > 1 else None
        for number, (key, table) in enumerate(shown.items()):
            panel = axes[number if len(axes) > 1 else 0]
            if overall is not None:
                panel.plot(overall["start"], overall["estimate"], ".-", color=GREY, lw=0.8, ms=2.5,
                           zorder=1, gid="all documents")  # fmt: skip
            _draw(panel, table, key, 0 if len(axes) > 1 else number)
        top = max((_top(table) for table in shown.values()), default=0.0) or 1.0
        cut = [_arrows(axes[number if len(axes) > 1 else 0], table, top)
               for number, table in enumerate(shown.values())]  # fmt: skip
        notes = "; ".join([
            _bins(every, list(shown.values())), *(["arrows: the interval goes on"] * any(cut)),
            *left_out, *_notes(len(tables), overall is not None),
            *(f"{number}: {what}" for number, what in enumerate(ruled, start=1)),
        ])  # fmt: skip
        for panel in axes if tables else []:
            event_rules(panel, list(ruled.values()))
        _time_axis(axes, shown, every)
        _dress(axes, shown, name, notes)
        if not any(table["estimate"].notna().any() for table in shown.values()):
            say(axes[0], f"Nothing to draw: no document has a readable date ('{by}') and words of "
                         "this voice.")  # fmt: skip
        if ax is None:
            settle(figure_of(axes[0]))
    return attach(axes[0], _joined(shown, group, name), _alt(shown, name, notes))


def _axes(count: int, width: float) -> list[Axes]:
    if count < 3:
        return panels(1, width, 58)
    return panels(count, width, 38, _columns(count), sharex=True, sharey=True)


def _columns(count: int) -> int:
    return 3 if count <= 9 else 4


def _binned(
    scores: pd.DataFrame, by: str, every: str | None
) -> tuple[pd.DataFrame, str, list[str]]:
    """Return the dated rows with a column of bins, the bins' width, and what is left out."""
    import pandas as pd

    need(scores, [by], "profile")
    if every is not None and every not in BINS:
        raise BadInput(f"profile: no bins '{every}'; every is one of {', '.join(BINS)}")
    dates = scores[by]
    if not pd.api.types.is_datetime64_any_dtype(dates):
        text = dates.astype(object).where(dates.notna(), None)
        dates = pd.to_datetime(text.map(_written), errors="coerce", utc=True, format="ISO8601")
    if getattr(dates.dt, "tz", None) is not None:
        dates = dates.dt.tz_localize(None)
    dated, left_out = scores[dates.notna()], _undated(scores[dates.isna()], by)
    dates = dates[dates.notna()]
    if every is None:
        span = (dates.max() - dates.min()).days if len(dates) else 0
        every = next((unit for unit, limit in _LIMITS if span <= limit), "year")
    return dated.assign(bin=dates.dt.to_period(BINS[every])), every, left_out


def _undated(rows: pd.DataFrame, by: str) -> list[str]:
    """Say how many documents have no date, and how many one that cannot be read."""
    none = rows[by].isna() | (rows[by].astype(str).str.strip() == "")
    notes = [f"{count_of(n, 'document')} without a date left out"] if (n := int(none.sum())) else []
    if len(odd := rows[~none]):
        name = odd["doc_id"].iloc[0] if "doc_id" in odd else odd.index[0]
        notes.append(f"{count_of(len(odd), 'document')} left out with a date that is not written "
                     f"as 2024-03-01: '{odd[by].iloc[0]}' (document {name})")  # fmt: skip
    return notes


def _written(date: object) -> str:
    """Return a date as text: years in which one is missing are read as 2020.0."""
    return str(int(date)) if isinstance(date, float) and date.is_integer() else str(date)


def _series(rows: pd.DataFrame, measure: str, every: str, cluster: str | None) -> pd.DataFrame:
    """Return one row a bin from the first to the last, empty ones included."""
    import pandas as pd

    table = pooled(rows, ["bin"], measure, cluster)
    if not len(rows):
        return table.assign(start=pd.Series(dtype="datetime64[ns]"))
    bins = pd.period_range(rows["bin"].min(), rows["bin"].max(), freq=BINS[every])
    table = table.set_index("bin").reindex(bins)
    numbers = ["count", "n_documents", "n_words", "n_clusters"]
    table[numbers] = table[numbers].fillna(0).astype(int)
    return table.assign(start=bins.start_time).reset_index(drop=True)


def _draw(ax: Axes, table: pd.DataFrame, name: str, number: int) -> None:
    tidy(ax)
    start, values = table["start"].to_numpy(), table["estimate"].to_numpy(float)
    low, high = table["low"].to_numpy(float), table["high"].to_numpy(float)
    colour = PAIR[number]
    ax.fill_between(
        start, low, high, color=colour, alpha=0.2, lw=0, hatch=("", "////")[number],
        edgecolor=(colour, "white")[number],
    )  # fmt: skip
    alone = _alone(low)
    ax.vlines(start[alone], low[alone], high[alone], color=colour, lw=1.0, alpha=0.6)
    ax.plot(start, values, ls=LINES[number], marker="", color=colour, gid=name)
    few = table["n_documents"].to_numpy() < FEW
    size = 3.6 if len(table) <= 40 else 2.2
    for hollow in (True, False):
        mine = (few == hollow) & np.isfinite(values)
        if mine.any():
            ax.plot(
                start[mine], values[mine], MARKERS[number], ms=size, color=colour, ls="none",
                mfc="white" if hollow else colour, mew=0.8, zorder=3, clip_on=False,
                gid="hollow" if hollow else "filled",
            )  # fmt: skip


def _alone(values: np.ndarray) -> np.ndarray:
    """Return which finite values have no finite neighbour: a band does not show them."""
    finite = np.concatenate([[False], np.isfinite(values), [False]])
    return finite[1:-1] & ~finite[:-2] & ~finite[2:]


def _arrows(ax: Axes, table: pd.DataFrame, top: float) -> bool:
    """End the axis at `top` and mark the bins whose interval goes on above it."""
    ax.set_ylim(0, top)
    commas(ax.yaxis)
    cut = table["high"].to_numpy(float) > top
    if cut.any():
        ax.plot(table["start"].to_numpy()[cut], np.full(cut.sum(), top), "^", color="black", ms=3,
                ls="none", clip_on=False, zorder=3, gid="cut")  # fmt: skip
    return bool(cut.any())


def _time_axis(axes: list[Axes], shown: dict[str, pd.DataFrame], every: str) -> None:
    import pandas as pd
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    starts = pd.concat([table["start"] for table in shown.values()]) if shown else pd.Series()
    for ax in axes:
        locator = AutoDateLocator(minticks=2, maxticks=5)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        if starts.nunique() == 1:
            around = pd.Timedelta(days=2 * _DAYS[every])
            ax.set_xlim(starts.iloc[0] - around, starts.iloc[0] + around)


def _dress(axes: list[Axes], shown: dict[str, pd.DataFrame], name: str, notes: str) -> None:
    """Add titles with n, the unit, and one line of notes."""
    from matplotlib.lines import Line2D

    words, measure = measure_words(name), ruler(TITLE)
    if len(axes) > 1:
        figure = figure_of(axes[0])
        heads = fit_all(list(shown), 116, measure)
        for ax, head, table in zip(axes, heads, shown.values(), strict=True):
            ax.set_title(f"{head}\n{_size(table)}", loc="left", fontsize=SMALL, parse_math=False)
        label_outer(axes, _columns(len(axes)))
        figure.suptitle(measure_title(name), x=0.01, ha="left", parse_math=False)
        figure.supylabel(words.unit, fontsize=NORMAL)
        figure.supxlabel(fit(notes, 470, ruler(NORMAL), lines=5), fontsize=NORMAL, color=GREY)
        return
    ax = axes[0]
    ax.set_ylabel(words.unit)
    ax.set_xlabel(fit(notes, 190, ruler(NORMAL), lines=6), color=GREY, labelpad=9)
    ax.set_title(fit(measure_title(name), 190, measure), loc="left", fontsize=TITLE,
                 pad=6 + 11 * len(shown), parse_math=False)  # fmt: skip
    handles = [
        Line2D([], [], color=PAIR[number], ls=LINES[number], marker=MARKERS[number], ms=3.6)
        for number in range(len(shown))
    ]
    labels = with_sizes({key: _size(table) for key, table in shown.items()}, 170, ruler())
    if handles:
        key_above(ax, handles, labels)


def _top(table: pd.DataFrame) -> float:
    """Return the end of the axis: all points, most bands, at most three times the highest rate."""
    highs = table["high"].dropna()
    band = float(highs.quantile(0.9)) if len(highs) else 0.0
    line = float(np.nanmax(table["estimate"].to_numpy(float), initial=0.0))
    return 1.08 * max(line, min(band, 3 * line) if line else band)


def _size(table: pd.DataFrame) -> str:
    return size_words(table["n_documents"].sum(), table["n_words"].sum())


def _bins(every: str, tables: list[pd.DataFrame]) -> str:
    """Say how wide the bins are and what is drawn of them."""
    known = [table[table["estimate"].notna()] for table in tables]
    alone = [part[part["low"].isna()] for part in known]
    drawn = any(part["low"].notna().any() for part in known)
    notes = [f"by {every}", *(["band: 95 % interval"] if drawn else [])]
    if any(map(len, alone)):
        one = "document" if all((part["n_documents"] == 1).all() for part in alone) else "cluster"
        notes.append(f"no interval: one {one}")
    if any((part["n_documents"] < FEW).any() for part in known):
        notes.append(f"hollow: fewer than {FEW} documents")
    return "; ".join(notes)


def _notes(groups: int, overall: bool) -> list[str]:
    notes = ["grey: all documents"] if overall else []
    if groups > MOST_PANELS:
        notes.append(f"{MOST_PANELS} of {groups:,} groups drawn, the first by name")
    return notes


def _joined(shown: dict[str, pd.DataFrame], group: str | None, name: str) -> pd.DataFrame:
    import pandas as pd

    columns = ["measure", "group", "start", "estimate", "low", "high", "count", "n_documents",
               "n_words", "n_clusters"]  # fmt: skip
    parts = [table.assign(group=key, measure=name) for key, table in shown.items()]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _alt(shown: dict[str, pd.DataFrame], name: str, notes: str) -> str:
    told = [f"Time series of {measure_title(name)}, pooled rate {notes}."]
    for key, table in shown.items():
        known = table[table["estimate"].notna()]
        if not len(known):
            told.append(f"{key}: nothing to draw.")
            continue
        top = extremes(known)[0]
        told.append(
            f"{key} ({_size(table)}): from {rate(known['estimate'].iloc[0])} in the first to "
            f"{rate(known['estimate'].iloc[-1])} in the last of {count_of(len(known), 'bin')}, "
            f"highest {rate(top['estimate'])} from {top['start'].date()}."
        )
    return " ".join(told)
