"""What happened when: dashed rules with numbers in a figure over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from framing.figures.journal import SMALL
from framing.figures.wording import name_of
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST = 12


def event_dates(events: Mapping[str, str]) -> dict[str, pd.Timestamp]:
    """Return the dates of events, first things first.

    Raises
    ------
    BadInput
        If one is no date, or there are more than twelve.

    Examples
    --------
    >>> list(event_dates({"vote": "2024-07-04", "debate": "2024-06-26"}))
    ['debate', 'vote']
    """
    import pandas as pd

    if len(events) > MOST:
        raise BadInput(f"profile: {len(events)} events; {MOST} can be told apart")
    found = {}
    for name, date in events.items():
        when = pd.to_datetime(str(date), errors="coerce", utc=True, format="ISO8601")
        if pd.isna(when):
            raise BadInput(f"profile: event '{name}' has the date '{date}'; write it as 2024-07-04")
        found[name_of(name)] = when.tz_localize(None)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def event_rules(ax: Axes, dates: Sequence[pd.Timestamp]) -> None:
    """Draw a numbered rule at each date; numbers that would meet stand below one another."""
    from matplotlib.dates import date2num

    before: list[float] = []
    for number, when in enumerate(dates, start=1):
        at = float(date2num(when))
        ax.axvline(at, color="black", lw=0.8, ls=(0, (2, 1.5)), zorder=1.4, gid="event")
        ax.annotate(str(number), (at, 1), (2, -1 - 8 * _depth(ax, at, before)), va="top",
                    xycoords=ax.get_xaxis_transform(), textcoords="offset points", fontsize=SMALL,
                    color="black", gid="event", zorder=1.6,
                    bbox={"fc": "white", "ec": "none", "pad": 0.3})  # fmt: skip
        before.append(at)


def _depth(ax: Axes, at: float, before: Sequence[float]) -> int:
    """Return how many numbers directly before are too near to stand beside this one."""
    near = 0.05 * max(ax.get_xlim()[1] - ax.get_xlim()[0], 1.0)
    depth = 0
    for other in reversed(before):
        if at - other >= near:
            break
        depth, at = depth + 1, other
    return depth
