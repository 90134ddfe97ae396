"""The classifier panel: confusion, reliability and errors by group in one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framing.figures import calibration, confused, errors
from framing.figures.journal import MM, WIDTHS, attach, settle, style
from framing.figures.series import MOST_SERIES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SMALL_MATRIX = 6
_SQUARE = 88.0


def classifier_panel(
    confusion: pd.DataFrame, reliability: pd.DataFrame, groups: pd.DataFrame
) -> Axes:
    """Draw what a classifier gets wrong in one figure: confusion, reliability, errors by group.

    The figure is 174 mm wide. A matrix of more than six labels has a row of its own.

    Parameters
    ----------
    confusion : pandas.DataFrame
        As for `confusion`: true, predicted, n.
    reliability : pandas.DataFrame
        As for `reliability`: predicted, observed, low, high, n. Of more than four series the four
        most often observed are drawn.
    groups : pandas.DataFrame
        As for `group_errors`: group, measure, estimate, low, high, n.

    Returns
    -------
    matplotlib.axes.Axes
        The axes of the confusion matrix; `save` and `plotted` of its figure give all three.

    Examples
    --------
    >>> import pandas as pd
    >>> matrix = pd.DataFrame({"true": ["a", "b"], "predicted": ["a", "b"], "n": [40, 60]})
    >>> bins = pd.DataFrame({"predicted": [0.2, 0.8], "observed": [0.25, 0.7], "low": [0.1, 0.6],
    ...                      "high": [0.4, 0.8], "n": 50})
    >>> rates = pd.DataFrame({"group": ["Argus"], "measure": "false_positive_rate",
    ...                       "estimate": 0.1, "low": 0.05, "high": 0.2, "n": 100})
    >>> len(classifier_panel(matrix, bins, rates).figure.figure.axes)
    3
    """
    import matplotlib.pyplot as plt

    shown, series = calibration.frequent(reliability)
    labels = confused.read(confusion)[0]
    rows = errors.read(groups)
    count = min(rows["group"].nunique(), errors.MOST_ROWS)
    tall = errors.height_of(count, rows["measure"].nunique()) + 6
    matrix = confused.height_of(labels) + 6
    square = _SQUARE + 3.5 * min(series, MOST_SERIES)
    with style("double"):
        figure = plt.figure(layout="constrained")
        parts = _parts(figure, len(labels), (matrix, square, tall))
        axes = [part.subplots() for part in parts]
        heads = ("Confusion", "Reliability", "Errors by group")
        for part, letter, head in zip(parts, "abc", heads, strict=True):
            part.suptitle(f"{letter}  {head}", x=4 * figure.dpi / 72 / part.bbox.width, ha="left",
                          fontsize=9, weight="bold")  # fmt: skip
        confused.confusion(confusion, ax=axes[0])
        calibration.reliability(shown, ax=axes[1])
        errors.group_errors(groups, ax=axes[2])
        if series > MOST_SERIES:
            axes[1].set_xlabel(
                f"{axes[1].get_xlabel()}\n{MOST_SERIES} of {series} series drawn, the most frequent"
            )
        settle(figure)
    for ax, name in zip(axes, ("confusion", "reliability", "groups"), strict=True):
        told: Any = ax
        shown = told.framing.table
        attach(ax, shown.assign(panel=name)[["panel", *shown.columns]], told.framing.alt)
    return axes[0]


def _parts(figure: Any, labels: int, heights: tuple[float, float, float]) -> list[Any]:
    """Divide the figure: a small matrix beside the reliability, a large one above it."""
    matrix, square, tall = heights
    width = WIDTHS["double"]
    if labels <= SMALL_MATRIX:
        above = max(matrix, square)
        figure.set_size_inches(width * MM, (above + tall) * MM)
        top, foot = figure.subfigures(2, 1, height_ratios=[above, tall])
        return [*top.subfigures(1, 2, width_ratios=[1.06, 1]), foot]
    below = max(square, tall)
    figure.set_size_inches(width * MM, (matrix + below) * MM)
    top, foot = figure.subfigures(2, 1, height_ratios=[matrix, below])
    left, right = foot.subfigures(1, 2)
    if tall > square:
        left = left.subfigures(2, 1, height_ratios=[square, tall - square])[0]
    return [top, left, right]
