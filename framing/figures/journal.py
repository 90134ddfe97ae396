"""Journal style: widths, fonts, colours, the layout of panels, and saving with sidecars."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from cycler import cycler
from matplotlib import style as mpl_style
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from framing.tables import BadInput, replacing, write_table

if TYPE_CHECKING:
    import pandas as pd

MM = 1 / 25.4
WIDTHS = {"single": 84.0, "double": 174.0}
PAIR = ("#0072B2", "#E69F00")
GREY, PALE = "#666666", "#DDDDDD"
SEQUENTIAL = "cividis"
MARKERS = ("o", "s", "D", "^")
LINES: tuple[Any, ...] = ("-", (0, (4, 1.5)), (0, (1, 1)), (0, (5, 1, 1, 1)))
HATCHES = ("", "/////", ".....", "xxxxx")
SMALL, NORMAL, TITLE = 7.0, 7.5, 8.0

_SALT = "framing"
_MOST_DOTS = 60_000
_FORMATS: dict[str, dict[str, str | None]] = {
    "pdf": {"CreationDate": None},
    "svg": {"Date": None},
    "png": {"Software": None},
}
_RC: dict[str, Any] = {
    "font.family": ["DejaVu Sans"], "font.size": NORMAL, "axes.titlesize": TITLE,
    "axes.labelsize": NORMAL, "xtick.labelsize": SMALL, "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL, "figure.titlesize": 9.0, "axes.titlelocation": "left",
    "axes.linewidth": 0.6, "axes.spines.top": False, "axes.spines.right": False,
    "axes.axisbelow": True, "xtick.major.width": 0.6, "ytick.major.width": 0.6,
    "xtick.major.size": 2.5, "ytick.major.size": 2.5, "lines.linewidth": 1.2,
    "lines.markersize": 4.5, "hatch.linewidth": 0.5, "legend.frameon": False,
    "figure.dpi": 150, "savefig.dpi": 300, "image.cmap": SEQUENTIAL,
    "axes.prop_cycle": cycler(color=list(PAIR), linestyle=list(LINES[:2])),
    "pdf.fonttype": 42, "ps.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": _SALT,
    "text.parse_math": False, "text.usetex": False, "text.hinting": "no_hinting",
}  # fmt: skip


@dataclass(frozen=True)
class Plotted:
    """What a figure shows: the plotted numbers and a description in words.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a mark, with the estimates, intervals and counts as drawn.
    alt : str
        For those who cannot see it, and for the report.
    """

    table: pd.DataFrame
    alt: str


@contextlib.contextmanager
def style(width: str = "single") -> Iterator[None]:
    """Draw in journal style: 84 or 174 mm wide, 7 to 9 points, fonts kept as text in PDF and SVG.

    Every figure opens this style by itself; open it around a call to choose the width. Nothing of
    it is left behind, and the user's own settings of matplotlib have no say inside.

    Parameters
    ----------
    width : {"single", "double"}
        84 or 174 mm.

    Yields
    ------
    None

    Raises
    ------
    BadInput
        For any other width.

    Examples
    --------
    >>> import matplotlib as mpl
    >>> with style("double"):
    ...     round(mpl.rcParams["figure.figsize"][0] * 25.4)
    174
    """
    if width not in WIDTHS:
        raise BadInput(f"style: no width {width!r}; use 'single' (84 mm) or 'double' (174 mm)")
    size = (WIDTHS[width] * MM, 0.62 * WIDTHS[width] * MM)
    with mpl_style.context(["default", {**_RC, "figure.figsize": size}]):
        yield
        interactive = mpl.is_interactive()
    mpl.interactive(interactive)  # a notebook turns it on with its first figure, inside the style


@contextlib.contextmanager
def drawing(width: str) -> Iterator[float]:
    """Open the style at `width`, unless the caller has opened it already; give the width in mm."""
    if mpl.rcParams["svg.hashsalt"] == _SALT:
        yield mpl.rcParams["figure.figsize"][0] / MM
    else:
        with style(width):
            yield WIDTHS[width]


def panels(
    count: int, width: float, height: float | Sequence[float], columns: int = 3, **share: Any
) -> list[Axes]:
    """Return `count` axes of one new figure, row by row; `height` in mm is of one row or of each.

    The figure is laid out by `settle`, once, when all is drawn. Axes beyond `count` are removed.
    """
    import matplotlib.pyplot as plt

    columns = across(count, columns)
    rows = math.ceil(count / columns)
    heights = [float(height)] * rows if isinstance(height, (int, float)) else list(height)
    _, grid = plt.subplots(
        rows, columns, figsize=(width * MM, sum(heights) * MM), layout="constrained",
        squeeze=False, gridspec_kw={"height_ratios": heights}, **share,
    )  # fmt: skip
    axes = list(grid.flat)
    for spare in axes[count:]:
        spare.remove()
    return axes[:count]


def across(count: int, most: int = 3) -> int:
    """Return how many of `count` panels stand in a row, so that no row is nearly empty.

    Examples
    --------
    >>> [across(count) for count in (1, 2, 3, 4, 5, 7)]
    [1, 2, 3, 2, 3, 3]
    """
    return math.ceil(count / math.ceil(count / most))


def label_outer(axes: Sequence[Axes], most: int = 3) -> None:
    """Label the axis below where no panel stands under it, the one at the left in one column."""
    columns = across(len(axes), most)
    for number, ax in enumerate(axes):
        lowest, first = number + columns >= len(axes), number % columns == 0
        ax.tick_params("x", labelbottom=lowest)
        ax.tick_params("y", labelleft=first)
        ax.xaxis.get_offset_text().set_visible(lowest)
        ax.xaxis.label.set_visible(lowest)
        ax.yaxis.label.set_visible(first)


def tidy(ax: Axes) -> None:
    """Give axes made by somebody else the sizes and spines of the style."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=SMALL, width=0.6, length=2.5)
    ax.set_axisbelow(True)
    for label in (ax.xaxis.label, ax.yaxis.label):
        label.set_fontsize(NORMAL)


def settle(figure: Figure | SubFigure) -> None:
    """Lay the figure out once and keep it so: saved twice, it gives the same bytes."""
    if isinstance(figure, Figure) and figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def figure_of(ax: Axes) -> Figure:
    """Return the whole figure that holds `ax`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> figure_of(figure.add_subplot()) is figure
    True
    """
    holder: Any = ax.figure
    while not isinstance(holder, Figure):
        holder = holder.figure
    return holder


def attach(ax: Axes, table: pd.DataFrame, alt: str) -> Axes:
    """Keep the plotted numbers and the alt text with the axes, as ``ax.framing``."""
    holder: Any = ax
    holder.framing = Plotted(table.reset_index(drop=True), alt)
    return ax


def plotted(source: Axes | Figure) -> Plotted:
    """Return the numbers that a figure shows and its alt text.

    Parameters
    ----------
    source : matplotlib.axes.Axes or matplotlib.figure.Figure
        Of a figure with several drawn axes, the tables come one below the other.

    Returns
    -------
    Plotted

    Raises
    ------
    BadInput
        For a figure that was not drawn here.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> ax = attach(Figure().add_subplot(), pd.DataFrame({"estimate": [4.2]}), "One rate.")
    >>> plotted(ax).alt
    'One rate.'
    """
    import pandas as pd

    own = getattr(source, "framing", None)
    if isinstance(own, Plotted):
        return own
    figure = source if isinstance(source, Figure) else figure_of(source)
    found = [ax.framing for ax in figure.axes if hasattr(ax, "framing")]
    if not found:
        raise BadInput("this figure was not drawn by framing.figures: no plotted table is with it")
    tables = [part.table for part in found]
    return Plotted(pd.concat(tables, ignore_index=True), " ".join(part.alt for part in found))


def save(source: Axes | Figure, stem: str | Path) -> dict[str, Path]:
    """Write a figure as PDF, SVG and PNG, its numbers as CSV and its alt text as TXT.

    The same figure gives the same bytes each time: no dates are written.

    Parameters
    ----------
    source : matplotlib.axes.Axes or matplotlib.figure.Figure
        A figure made by `framing.figures`, or any axes of it; the whole figure is written.
    stem : str or pathlib.Path
        Path without suffix; one of these suffixes is taken off.

    Returns
    -------
    dict of str to pathlib.Path
        Keyed by pdf, svg, png, csv, txt.

    Examples
    --------
    >>> import pandas as pd, tempfile
    >>> from matplotlib.figure import Figure
    >>> ax = attach(Figure().add_subplot(), pd.DataFrame({"estimate": [4.2]}), "One rate.")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(save(ax, folder + "/rates"))
    ['csv', 'pdf', 'png', 'svg', 'txt']
    """
    figure = source if isinstance(source, Figure) else figure_of(source)
    shown = plotted(figure)
    kinds = (*_FORMATS, "csv", "txt")
    stem = Path(stem)
    stem = stem.with_suffix("") if stem.suffix.lower().lstrip(".") in kinds else stem
    paths = {kind: stem.with_name(f"{stem.name}.{kind}") for kind in kinds}
    told = {"pdf": {"Subject": shown.alt}, "svg": {"Description": shown.alt}, "png": {}}
    settle(figure)
    dots = min(300.0, _MOST_DOTS / max(figure.get_size_inches()))
    with style():
        for kind, metadata in _FORMATS.items():
            with replacing(paths[kind]) as temporary:
                figure.savefig(
                    temporary, format=kind, dpi=dots, metadata={**metadata, **told[kind]}
                )
    write_table(shown.table, paths["csv"])
    with replacing(paths["txt"]) as temporary:
        temporary.write_text(shown.alt + "\n", encoding="utf-8")
    return paths
