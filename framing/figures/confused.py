"""Confusion of a classifier: what was marked against what was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Rectangle

from framing.figures.cells import (
    LINE,
    draw_cells,
    head_columns,
    head_height,
    name_rows,
    note_below,
    pitch,
    print_cells,
    sizes_right,
    stretch,
)
from framing.figures.checked import Wanted, checked, within
from framing.figures.journal import MM, attach, drawing, figure_of, panels, settle, tidy
from framing.figures.wording import DASH, count_of, short_number
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_LABELS = 15
_BOTH = "count; below it the percentage of the row"
_WANTED = Wanted("confusion", ("true", "predicted"), ("n",), "n")


def confusion(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a confusion matrix: counts, below them the percentage of the row, darker with it.

    Rows are what was marked, columns what the classifier called; framed cells are right. Labels
    stand in the order of the table. Of more than 15 the most frequent are drawn and the others
    share a row and a column.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns true, predicted, n; one row a pair. Pairs that are not there count 0; rows of the
        same pair are added.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; in narrow ones the counts, then the percentages are left out.

    Returns
    -------
    matplotlib.axes.Axes

    See Also
    --------
    classifier_panel : with reliability and errors by group in one figure.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "true": ["crime", "crime", "health"], "predicted": ["crime", "health", "health"],
    ...     "n": [30, 10, 25]})
    >>> confusion(table, ax=Figure().add_subplot()).framing.table["share"].tolist()
    [0.75, 0.25, 0.0, 1.0]
    """
    names, counts, left_out = read(table)
    totals = counts.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = counts / totals[:, None]
    with drawing("single" if len(names) <= 6 else "double") as width:
        axes = ax if ax is not None else panels(1, width, height_of(names))[0]
        tidy(axes)
        draw_cells(axes, shares, 1.0)
        plain = [name.replace("_", " ") for name in names]
        name_rows(axes, plain)
        axes.set_ylabel("marked")
        axes.set_title("called by the classifier", loc="left", fontsize=7.5)
        sizes_right(axes, "n", [short_number(total) for total in totals])
        head_columns(axes, plain, pitch(axes)[0])
        for at in range(len(names)):
            axes.add_patch(Rectangle((at, at), 1, 1, fill=False, ec="black", lw=1.0,
                                     clip_on=False, gid="right"))  # fmt: skip
        _notes(axes, left_out, 0)
        if ax is None:
            stretch(axes, _row(len(names)))
        _notes(axes, left_out, print_cells(axes, shares, 1.0, _words(counts, shares)))
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, _long(names, counts, shares), _alt(names, counts, left_out))


def read(table: pd.DataFrame) -> tuple[list[str], np.ndarray, int]:
    """Return the labels, their matrix of counts, and how many labels share the last row.

    Examples
    --------
    >>> import pandas as pd
    >>> read(pd.DataFrame({"true": ["a", "b"], "predicted": ["b", "b"], "n": [1, 2]}))[0]
    ['a', 'b']
    """
    rows = checked(table, _WANTED)
    within(rows, ["n"], "confusion")
    if not rows["n"].sum():
        raise BadInput("confusion: every n is 0; there is nothing to draw")
    names = list(dict.fromkeys([*rows["true"], *rows["predicted"]]))
    left_out = 0
    if len(names) > MOST_LABELS:
        sizes = rows.groupby("true")["n"].sum().reindex(names, fill_value=0.0)
        kept = set(sizes.sort_values(ascending=False, kind="stable").index[: MOST_LABELS - 1])
        left_out = len(names) - len(kept)
        other = f"{left_out} other labels"
        names = [name for name in names if name in kept] + [other]
        for side in ("true", "predicted"):
            rows[side] = rows[side].where(rows[side].isin(kept), other)
    counts = rows.pivot_table(index="true", columns="predicted", values="n", aggfunc="sum")
    matrix = counts.reindex(index=names, columns=names).fillna(0.0).to_numpy(float)
    return names, matrix, left_out


def height_of(names: list[str]) -> float:
    """Return the height in mm that the matrix of these labels wants.

    Examples
    --------
    >>> height_of(["crime", "health"]) < height_of(["crime", "health", "other"])
    True
    """
    return (head_height(names) + _row(len(names)) * len(names) + 60) / 72 / MM


def _row(labels: int) -> float:
    """Return the height of a row in points."""
    return 2 * LINE + (10 if labels < 4 else 3)


def _words(counts: np.ndarray, shares: np.ndarray) -> list[list[list[str]]]:
    """Return count over percentage, the same with the count in thousands, the percentage."""
    choices: list[list[list[str]]] = [[], [], []]
    for row, own in zip(counts, shares, strict=True):
        told = [f"{100 * share:.0f}" if np.isfinite(share) else DASH for share in own]
        both = list(zip(row, told, strict=True))
        choices[0].append([f"{short_number(n)}\n{share}" if n else "0" for n, share in both])
        choices[1].append([f"{_thousands(n)}\n{share}" if n else "0" for n, share in both])
        choices[2].append(told)
    return choices


def _thousands(n: float) -> str:
    return f"{n / 1000:.1f}k" if 1000 <= n < 9950 else short_number(n)


def _notes(ax: Axes, left_out: int, choice: int) -> None:
    told = (_BOTH, _BOTH, "percentage of the row", "darker: a larger share of the row")
    notes = [told[choice], "framed: called as marked"]
    if left_out:
        notes.append(f"{left_out} rarer labels share the last row and column")
    note_below(ax, "; ".join(notes))


def _long(names: list[str], counts: np.ndarray, shares: np.ndarray) -> pd.DataFrame:
    import pandas as pd

    count = len(names)
    return pd.DataFrame({
        "true": np.repeat(names, count), "predicted": names * count,
        "n": counts.ravel().astype(int), "share": shares.ravel(),
    })  # fmt: skip


def _alt(names: list[str], counts: np.ndarray, left_out: int) -> str:
    total, right = counts.sum(), np.trace(counts[: len(names) - 1 if left_out else None])
    told = [
        f"Confusion matrix of {count_of(len(names), 'label')}, {count_of(total, 'unit')}: "
        f"{int(right):,} called as marked ({100 * right / total:.0f} %)."
    ]
    wrong = counts - np.diag(np.diag(counts))
    if wrong.max() > 0:
        y, x = np.unravel_index(int(wrong.argmax()), wrong.shape)
        told.append(
            f"Most frequent error: {names[y]} called {names[x]}, {int(wrong[y, x]):,} of "
            f"{int(counts[y].sum()):,} ({100 * wrong[y, x] / counts[y].sum():.0f} %)."
        )
    found = [at for at in range(len(names) - bool(left_out)) if counts[at].sum()]
    recall = {at: counts[at, at] / counts[at].sum() for at in found}
    if len(recall) > 1:
        for word, at in (("best", max(recall, key=recall.__getitem__)),
                         ("least", min(recall, key=recall.__getitem__))):  # fmt: skip
            told.append(
                f"Found {word}: {names[at]}, {int(counts[at, at]):,} of "
                f"{int(counts[at].sum()):,} ({100 * recall[at]:.0f} %)."
            )
    return " ".join(told)
