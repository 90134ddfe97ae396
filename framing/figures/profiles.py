"""Every measure of a group at once: dots with intervals beside the rate of all documents."""

from __future__ import annotations

from collections.abc import Sequence
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
    attach,
    drawing,
    figure_of,
    label_outer,
    panels,
    settle,
    tidy,
)
from framing.figures.pooled import columns_of, groups_of, measures_of, pooled
from framing.figures.rowed import wide
from framing.figures.wording import (
    VOICES,
    extremes,
    fit,
    fit_all,
    key_above,
    measure_title,
    measure_words,
    rate,
    ruler,
    say,
    size_words,
    span_of,
    with_sizes,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 48
_STEPS = np.array([0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])


def measure_profile(
    scores: pd.DataFrame, by: str | None = "outlet", measures: Sequence[str] | None = None,
    cluster: str | None = None, ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the rates of all measures for each group, beside the rate of all documents.

    The axis is a square-root scale from 0, so that rare and frequent measures can both be read.
    Rates are pooled over a group's documents. The 95 % intervals come from a bootstrap of its
    documents (or clusters), or from a t interval where there are fewer than 20.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row a document, with counts and words.
    by : str, optional
        Column of the groups; None draws all documents together.
    measures : sequence of str, optional
        Measures as in `profile`; by default every extractor in the outlet's own voice.
    cluster : str, optional
        Column whose values the bootstrap draws together, such as ``event``.
    ax : matplotlib.axes.Axes, optional
        Axes for at most two groups. Without it, three and more groups have a panel each.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, of several panels the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "outlet": ["Argus", "Argus", "Beacon"], "n_words_outlet": [500, 500, 800],
    ...     "hedging.outlet.count": [2, 4, 3], "hyperbole.outlet.count": [0, 1, 8]})
    >>> ax = measure_profile(table, ax=Figure().add_subplot())
    >>> ax.framing.table["estimate"].tolist()
    [6.0, 3.75, 1.0, 10.0]
    """
    names = list(measures) if measures is not None else measures_of(scores)
    names = [columns_of(scores, name)[0] for name in names]
    parts = groups_of(scores, by)
    if ax is not None and len(parts) > 2:
        raise BadInput(
            f"measure_profile: {len(parts)} groups for one axes, which holds two; "
            "leave ax out for a panel each, or pass by=None"
        )
    shown = dict(list(parts.items())[:MOST_PANELS]) if names else {}
    table = _rates(scores, shown, names, cluster)
    overall = _rates(scores, {"all": scores}, names, None) if len(parts) > 1 else None
    with drawing("single" if len(shown) < 3 else "double") as width:
        several = ax is None and len(shown) > 2
        height = (25 if several else 31) + (7.5 if len(shown) == 2 else 5.2) * max(len(names), 2)
        top = np.nanmax(table[["estimate", "high"]].to_numpy(float), initial=0.1)
        axes = [ax] if ax is not None else panels(
            len(shown) if several else 1, width, height, sharex=True, sharey=True
        )  # fmt: skip
        if not len(table):
            say(axes[0], "No measures to draw: the table has no counts in the outlet's own voice.")
        else:
            for number, panel in enumerate(axes):
                keys = [list(shown)[number]] if several else list(shown)
                mine = table[table["group"].isin(keys)]
                _draw(panel, mine, names, overall)
                _ticks(panel, 1.05 * float(top))
            _titles(axes, table, list(shown), several)
            label_outer(axes)
            _note(axes, names, len(parts), overall is not None)
        if ax is None:
            settle(figure_of(axes[0]))
    return attach(axes[0], table, _alt(table, names))


def _rates(
    scores: pd.DataFrame, parts: dict[str, pd.DataFrame], names: list[str], cluster: str | None
) -> pd.DataFrame:
    """Return one row a measure and group; a group without words of the voice has no rate."""
    import pandas as pd

    columns = ["measure", "group", "estimate", "low", "high", "count", "n_documents", "n_words",
               "n_clusters"]  # fmt: skip
    rows = []
    for name in names:
        for key, mine in parts.items():
            found = pooled(mine.assign(group=key), ["group"], name, cluster)
            empty = {"measure": name, "group": key, "n_documents": 0, "n_words": 0}
            rows.append(found.iloc[0].to_dict() if len(found) else empty)
    return pd.DataFrame(rows, columns=columns)


def _draw(ax: Axes, table: pd.DataFrame, names: list[str], overall: pd.DataFrame | None) -> None:
    tidy(ax)
    groups = list(dict.fromkeys(table["group"]))
    ax.set_xscale("function", functions=(_root, np.square))
    ax.set_ylim(len(names) - 0.4, -0.6)
    titles = [_row_title(name) for name in names]
    ax.set_yticks(range(len(names)), fit_all(titles, 92, ruler()), parse_math=False)
    ax.tick_params("y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", color=PALE, lw=0.4)
    if overall is not None:
        ax.plot(overall["estimate"], range(len(names)), "|", color=GREY, ms=10, mew=1.2, ls="none",
                zorder=2, clip_on=False, gid="all documents")  # fmt: skip
    for number, key in enumerate(groups):
        mine = table[table["group"] == key]
        step = 0.4 * (number - (len(groups) - 1) / 2)
        at = np.arange(len(names)) + step
        colour = PAIR[number]
        ax.hlines(at, mine["low"], mine["high"], color=colour, lw=1.3, zorder=2.5)
        known = mine["estimate"].notna().to_numpy()
        if known.any():
            ax.plot(mine["estimate"].to_numpy()[known], at[known], MARKERS[number], color=colour,
                    ls="none", clip_on=False, zorder=3, gid=key)  # fmt: skip
        shift = ScaledTranslation(28 / 72, 0, figure_of(ax).dpi_scale_trans)
        for y, value in zip(at, mine["estimate"], strict=True):
            ax.text(1, y, rate(value), transform=ax.get_yaxis_transform() + shift, ha="right",
                    va="center", fontsize=SMALL, gid="estimate")  # fmt: skip


def _root(values: np.ndarray) -> np.ndarray:
    return np.sqrt(np.clip(values, 0, None))


def _row_title(name: str) -> str:
    words = measure_words(name)
    return words.title if words.voice == "outlet" else measure_title(name)


def _ticks(ax: Axes, top: float) -> None:
    """Set the axis from 0 to `top` with as many round values as stand clear of each other."""
    ax.set_xlim(0, top)
    kept = [0.0]
    for step in (value for value in _STEPS[::-1] if value <= top):
        others = np.sqrt(kept)
        if np.abs(np.sqrt(step) - others).min() >= 0.15 * np.sqrt(top):
            kept.append(float(step))
    kept.sort()
    ax.set_xticks(kept, [f"{step:,g}" for step in kept])


def _titles(axes: list[Axes], table: pd.DataFrame, keys: list[str], several: bool) -> None:
    from matplotlib.lines import Line2D

    sizes = {}
    for key in keys:
        mine = table[table["group"] == key]
        sizes[key] = size_words(mine["n_documents"].max(), mine["n_words"].max())
    if several:
        heads = fit_all(keys, 116, ruler(TITLE))
        for ax, head, size in zip(axes, heads, sizes.values(), strict=True):
            ax.set_title(f"{head}\n{size}", loc="left", fontsize=SMALL, parse_math=False)
        return
    handles = [
        Line2D([], [], color=PAIR[number], marker=MARKERS[number], lw=1.3)
        for number in range(len(keys))
    ]
    key_above(axes[0], handles, with_sizes(sizes, 190, ruler()), wide(axes[0]) + 4)


def _note(axes: list[Axes], names: list[str], groups: int, overall: bool) -> None:
    voices = {measure_words(name).voice for name in names}
    note = "per 1,000 words (square-root scale), 95 % intervals; "
    note += VOICES[voices.pop()] if len(voices) == 1 else f"{VOICES['outlet']} unless named"
    note += "; grey stroke: all documents" if overall else ""
    if groups > MOST_PANELS:
        note += f"; {MOST_PANELS} of {groups:,} groups drawn, the first by name"
    if len(axes) > 1:
        figure_of(axes[0]).supxlabel(fit(note, 470, ruler(NORMAL)), fontsize=NORMAL)
    else:
        axes[0].set_xlabel(fit(note, 150, ruler(NORMAL), lines=6))


def _alt(table: pd.DataFrame, names: list[str]) -> str:
    if not len(table):
        return "An empty figure: no measures to draw."
    told = ["Dot plot of rates per 1,000 words with 95 % intervals, one row a measure."]
    for name in names:
        mine = table[(table["measure"] == name) & table["estimate"].notna()]
        if not len(mine):
            told.append(f"{measure_title(name)}: no rate.")
            continue
        said = [
            f"{word} {row['group']} at {rate(row['estimate'])} ({span_of(row)})"
            for word, row in zip(("highest", "lowest"), extremes(mine), strict=False)
        ]
        told.append(f"{measure_title(name)}: {', '.join(said)}.")
    return " ".join(told)
