"""The terms found most often, the outlet's own words told from those it attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Patch

from framing.figures.journal import (
    GREY,
    HATCHES,
    NORMAL,
    PAIR,
    SMALL,
    TITLE,
    across,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
    tidy,
)
from framing.figures.pooled import groups_of
from framing.figures.rowed import wide
from framing.figures.wording import (
    commas,
    count_of,
    fit_all,
    head_above,
    key_above,
    most_frequent,
    need,
    ruler,
    say,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 48
_SPEECH = ("direct", "indirect")
_KEYS = ("in the outlet's own voice (first number)", "attributed (second number)")


def top_terms(
    hits: pd.DataFrame, by: str | None = None, n: int = 12, column: str = "text",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the most frequent terms as bars: own voice plain, attributed voice hatched.

    Hits in boilerplate are not counted. Numbers are own + attributed. Terms with equally many hits
    are drawn all or not at all, unless all have as many; the figure says how many are drawn.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table of hits, with the column `by` joined to it.
    by : str, optional
        Column of the groups, such as ``outlet``; each has a panel with its own terms.
    n : int
        Number of terms a group, at most.
    column : str
        What counts as one term: ``text`` (compared without case), ``rule`` or ``label``.
    ax : matplotlib.axes.Axes, optional
        Axes for a single group.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, of several panels the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "doc_id": ["1", "1", "2"], "text": ["Chaos", "chaos", "vow"],
    ...     "voice": ["outlet", "direct", "outlet"]})
    >>> top_terms(table, ax=Figure().add_subplot()).framing.table["count"].tolist()
    [2, 1]
    """
    need(hits, ["doc_id", "voice", column], "top_terms")
    if n < 1:
        raise BadInput(f"top_terms: n is {n}; it must be 1 or more")
    parts = groups_of(hits[hits["voice"] != "boilerplate"], by)
    if ax is not None and len(parts) > 1:
        raise BadInput(
            f"top_terms: {len(parts)} groups for one axes; leave ax out for a panel each, "
            "or pass the hits of one"
        )
    shown = dict(list(parts.items())[:MOST_PANELS])
    counted = {key: _counts(mine, column).assign(group=key) for key, mine in shown.items()}
    tables = {key: most_frequent(table, n) for key, table in counted.items()}
    notes = [_drawn(len(tables[key]), len(table)) for key, table in counted.items()]
    with drawing("double" if len(shown) > 1 else "single") as width:
        step = across(max(len(shown), 1))
        sizes = [len(table) for table in tables.values()]
        rows = [max(sizes[at : at + step]) for at in range(0, len(shown), step)]
        heights = [(26.0 if len(shown) == 1 else 28.0) + 4.2 * max(count, 2) for count in rows]
        axes = [ax] if ax is not None else panels(max(len(shown), 1), width, heights or 30)
        if not shown:
            say(axes[0], "No hits to draw.")
        top = max((int(table["count"].max()) for table in tables.values()), default=1)
        for panel, table in zip(axes, tables.values(), strict=False):
            _draw(panel, table, top, 88 if len(shown) < 3 else 72)
        if shown:
            left = 4 + max(map(wide, axes))
            several = len(shown) > 1
            names = fit_all(list(shown), 140 if several else 210, ruler(TITLE))
            for panel, name, mine, note in zip(axes, names, shown.values(), notes, strict=True):
                head_above(panel, f"{name}\n{_size(mine)}", left, 3 if several else 27)
                panel.set_xlabel(note if several else "; ".join(filter(None, ["hits", note])))
            _legend(axes, len(parts), left)
        if ax is None:
            settle(figure_of(axes[0]))
    return attach(axes[0], _joined(list(tables.values())), _alt(tables, notes))


def _drawn(some: int, all_: int) -> str:
    return f"{some:,} of {all_:,} terms drawn" if some < all_ else ""


def _counts(hits: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the terms, most frequent first, ties in the order of the alphabet."""
    terms = hits[column].astype(str).map(lambda term: " ".join(term.split()))
    terms = terms.str.casefold() if column == "text" else terms
    told = hits["voice"].isin(_SPEECH)
    table = (
        hits.assign(term=terms, outlet=~told, attributed=told)
        .groupby("term", as_index=False)
        .agg(outlet=("outlet", "sum"), attributed=("attributed", "sum"),
             count=("voice", "size"), n_documents=("doc_id", "nunique"))
    )  # fmt: skip
    return table.sort_values(["count", "term"], ascending=[False, True], kind="stable")


def _draw(ax: Axes, table: pd.DataFrame, top: int, room: float) -> None:
    tidy(ax)
    at = np.arange(len(table))
    own, told = table["outlet"].to_numpy(float), table["attributed"].to_numpy(float)
    ax.barh(at, own, 0.72, color=PAIR[0], gid="outlet")
    ax.barh(at, told, 0.72, left=own, color=PAIR[1], hatch=HATCHES[1], edgecolor="black",
            linewidth=0.4, gid="attributed")  # fmt: skip
    for y, mine, theirs in zip(at, own, told, strict=True):
        ax.annotate(f"{mine:,.0f} + {theirs:,.0f}", (mine + theirs, y), (3, 0), va="center",
                    textcoords="offset points", fontsize=SMALL, gid="count")  # fmt: skip
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.set_xlim(0, top * 1.04)
    ax.locator_params(axis="x", nbins=3, integer=True)
    commas(ax.xaxis)
    labels = fit_all([term.replace("_", " ") for term in table["term"]], room, ruler(), lines=1)
    ax.set_yticks(at, labels, parse_math=False)
    ax.tick_params("y", length=0)


def _size(hits: pd.DataFrame) -> str:
    return f"{count_of(len(hits), 'hit')} in {count_of(hits['doc_id'].nunique(), 'document')}"


def _legend(axes: list[Axes], groups: int, left: float) -> None:
    handles = [
        Patch(facecolor=PAIR[0]),
        Patch(facecolor=PAIR[1], hatch=HATCHES[1] * 2, edgecolor="black", linewidth=0.4),
    ]
    if len(axes) == 1:
        key_above(axes[0], handles, _KEYS, left)
        return
    figure = figure_of(axes[0])
    figure.legend(handles, _KEYS, loc="outside upper left", ncols=2, fontsize=NORMAL)
    note = f"; {MOST_PANELS} of {groups:,} groups drawn" if groups > MOST_PANELS else ""
    figure.supxlabel(f"hits{note}", fontsize=NORMAL, color=GREY)


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    columns = ["group", "term", "outlet", "attributed", "count", "n_documents"]
    return pd.concat(tables)[columns] if tables else pd.DataFrame(columns=columns)


def _alt(tables: dict[str, pd.DataFrame], notes: list[str]) -> str:
    if not tables:
        return "An empty figure: no hits to draw."
    told = ["Bars of the most frequent terms, hits in the outlet's own voice plus attributed."]
    for (key, table), note in zip(tables.items(), notes, strict=True):
        first = ", ".join(
            f"{term} {own:,} + {theirs:,}"
            for term, own, theirs in table[["term", "outlet", "attributed"]].head(3).to_numpy()
        )
        told.append(f"{key}: {first}{note and f' ({note})'}.")
    return " ".join(told)
