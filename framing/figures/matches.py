"""Event-matched pairs: both groups' rates on the same event, and the mean difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D

from framing.figures.checked import Wanted, checked
from framing.figures.journal import (
    GREY,
    MARKERS,
    NORMAL,
    PAIR,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
)
from framing.figures.rowed import HEAD, dots, dress, height_of, numbers_right, reach, wide
from framing.figures.wording import count_of, fit, fit_all, key_above, name_of, rate, ruler, say
from framing.tables import SAME, BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_ROWS = 80
_NUMBERS = ("group", "reference", "n_group", "n_reference")
_NOTHING = "No event is covered by both groups."


def matched_pairs(
    pairs: pd.DataFrame, *, names: tuple[str, str] = ("group", "reference"), event: str = "event",
    unit: str = "per 1,000 words", ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw both groups' rates on each event they both cover, and the mean difference last.

    Events stand in the order of their differences. In the last row the thick line is the 95 %
    interval of the mean difference (t, events less one), drawn from the reference's mean; there is
    none with one event, or where all events have the same difference.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Of `framing.measures.pairs.event_pairs`: the event, the rates group and reference, and
        n_group, n_reference, the documents behind them.
    names : (str, str)
        What the group and the reference are called.
    event : str
        Column of the events.
    unit : str
        Of the rates.
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
    ...     "event": ["budget", "flood", "strike"], "group": [6.1, 4.0, 9.5],
    ...     "reference": [2.0, 3.1, 4.4], "n_group": [4, 3, 6], "n_reference": [5, 3, 4]})
    >>> ax = matched_pairs(table, names=("Argus", "Beacon"), ax=Figure().add_subplot())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['strike', 'budget', 'flood', 'mean of 3 events']
    """
    if isinstance(names, str) or len(names) != 2:
        raise BadInput(f"matched_pairs: names is {names!r}; it should be the names of two groups")
    told = name_of(names[0]), name_of(names[1])
    wanted = Wanted("matched_pairs", (event,), _NUMBERS, "group", key=(event,), empty=True)
    rows = checked(pairs, wanted)
    rows = rows[rows["group"].notna() & rows["reference"].notna()]
    rows = rows.assign(difference=(rows["group"] - rows["reference"]).astype(float))
    rows = rows.sort_values(["difference", event], ascending=[False, True], ignore_index=True)
    mean = _mean(rows)
    with drawing("single") as width:
        shown = _thinned(rows)
        labels = [*shown[event], f"mean of {count_of(len(rows), 'event')}"]
        axes = ax if ax is not None else panels(1, width, height_of(labels, 37))[0]
        if not len(rows):
            say(axes, _NOTHING)
        else:
            _draw(axes, shown, labels, mean)
            _dress(axes, told, mean, unit, (len(shown), len(rows)))
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, _table(rows, event, mean), _alt(rows, told, mean, event))


def _thinned(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows evenly by rank where there are too many to be drawn: neither side is cut off."""
    if len(rows) <= MOST_ROWS:
        return rows
    return rows.iloc[np.linspace(0, len(rows) - 1, MOST_ROWS).round().astype(int)]


def _mean(rows: pd.DataFrame) -> dict[str, float]:
    """Return the mean rates and the mean difference with its t interval; events count once."""
    from scipy import stats

    found = rows["difference"].to_numpy(float)
    size = len(found)
    estimate = float(found.mean()) if size else np.nan
    width = np.nan
    if size > 1:
        width = float(stats.t.ppf(0.975, size - 1) * found.std(ddof=1) / np.sqrt(size))
        most = float(np.abs(rows[["group", "reference"]].to_numpy(float)).max())
        width = width if width > SAME * most else np.nan
    return {
        "group": float(rows["group"].mean()) if size else np.nan,
        "reference": float(rows["reference"].mean()) if size else np.nan,
        "difference": estimate, "low": estimate - width, "high": estimate + width,
        "n_group": rows["n_group"].sum(), "n_reference": rows["n_reference"].sum(),
    }  # fmt: skip


def _table(rows: pd.DataFrame, event: str, mean: dict[str, float]) -> pd.DataFrame:
    import pandas as pd

    if not len(rows):
        return rows
    last = pd.DataFrame([{event: f"mean of {count_of(len(rows), 'event')}", **mean}])
    return pd.concat([rows, last], ignore_index=True)


def _draw(ax: Axes, rows: pd.DataFrame, labels: list[str], mean: dict[str, float]) -> None:
    dress(ax, labels)
    at = np.arange(len(labels), dtype=float)
    one, two = (np.append(rows[name].to_numpy(float), mean[name]) for name in
                ("group", "reference"))  # fmt: skip
    ax.hlines(at[:-1], np.minimum(one, two)[:-1], np.maximum(one, two)[:-1], color=GREY, lw=0.9,
              zorder=2, gid="pair")  # fmt: skip
    low, high = mean["reference"] + mean["low"], mean["reference"] + mean["high"]
    if np.isfinite([low, high]).all():
        ax.hlines(at[-1:], low, high, color="black", lw=3.2, alpha=0.35, zorder=2, gid="interval")
    ax.axhline(len(rows) - 0.5, color="black", lw=0.6)
    dots(ax, at, two, np.ones(len(at), bool), marker=MARKERS[1], colour=PAIR[1], size=5.8)
    dots(ax, at, one, np.zeros(len(at), bool), marker=MARKERS[0], colour=PAIR[0], size=4.5)
    reach(ax, np.concatenate([one, two, [low, high]]))
    sizes = [
        f"{a:,.0f} + {b:,.0f}"
        for a, b in zip([*rows["n_group"], mean["n_group"]],
                        [*rows["n_reference"], mean["n_reference"]], strict=True)
    ]  # fmt: skip
    numbers_right(ax, [("docs", "n", sizes)])


def _dress(
    ax: Axes, names: tuple[str, str], mean: dict[str, float], unit: str, size: tuple[int, int]
) -> None:
    measure = ruler()
    handles = [Line2D([], [], color=PAIR[n], marker=MARKERS[n], ls="none", ms=4.5,
                      mfc=PAIR[0] if n == 0 else "white", mew=1.0) for n in (0, 1)]  # fmt: skip
    labels = fit_all(names, 190, measure, 1)
    if np.isfinite(mean["low"]):
        handles.append(Line2D([], [], color="black", lw=3.2, alpha=0.35))
        labels.append("95 % interval of the mean difference")
    key_above(ax, handles, labels, wide(ax) + 4, HEAD)
    lines = [unit, f"mean difference {_interval(mean, size[1], '95 %: ')}"]
    if size[1] > size[0]:
        lines.append(f"{size[0]} of {size[1]:,} events drawn, evenly by rank")
    ax.set_xlabel("\n".join(fit(line, 200, ruler(NORMAL)) for line in lines), parse_math=False)


def _interval(mean: dict[str, float], events: int, before: str) -> str:
    if not np.isfinite(mean["low"]):
        why = "one event" if events < 2 else "all events differ alike"
        return f"{rate(mean['difference'])} (no interval: {why})"
    return f"{rate(mean['difference'])} ({before}{rate(mean['low'])} to {rate(mean['high'])})"


def _alt(rows: pd.DataFrame, names: tuple[str, str], mean: dict[str, float], event: str) -> str:
    if not len(rows):
        return f"An empty figure: {_NOTHING}"
    first, last = rows.iloc[0], rows.iloc[-1]
    ends = " ".join(
        f"{word} difference on {row[event]}: {rate(row['group'])} against {rate(row['reference'])}."
        for word, row in (("Largest", first), ("Smallest", last))
    )
    return (
        f"Pairs of rates of {names[0]} and {names[1]} on {count_of(len(rows), 'event')}, "
        f"{count_of(mean['n_group'], 'document')} against {mean['n_reference']:,.0f}. Mean "
        f"difference {_interval(mean, len(rows), '95 % interval ')}. {ends}"
    )
