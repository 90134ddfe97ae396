"""Matplotlib figures as SVG that is the same byte for byte, with words for those who hear it."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING, Any, Literal

from framing.report.plain import one_line, plain

MARGIN = 0.03  # inches
SET_TEXT = "STIXGeneral"  # the face of a text set word by word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, FigureBase


def whole_figure(item: Axes | FigureBase) -> Figure:
    """Return the figure in which axes or a part of a figure stand.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> whole_figure(figure.subplots()) is figure
    True
    """
    return item.get_figure(root=True)  # type: ignore[return-value]


def svg_of(figure: Figure, page: bool = False) -> str:
    """Return a figure as SVG text: letters stay letters, no date, no random ids.

    A figure with combining marks or joined emoji is drawn with outlines instead: Typst cannot say
    in a tagged PDF which letters such signs stand for. So is, for a web page, a text set word by
    word (`framing.figures.marked_text`): in another face its words run together.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> svg_of(figure) == svg_of(figure)
    True
    """
    _settle(figure)
    with_letters = _saved(figure, "none")
    outlined = (page and SET_TEXT in with_letters) or any(map(_is_joined, with_letters))
    return _saved(figure, "path") if outlined else with_letters


def _saved(figure: Figure, letters: Literal["none", "path"]) -> str:
    import matplotlib as mpl

    page = io.StringIO()
    steady: Any = {"svg.hashsalt": "framing", "svg.id": None, "svg.image_inline": True}
    with mpl.rc_context({**steady, "svg.fonttype": letters, "savefig.transparent": False}):
        room = figure.get_tightbbox().padded(MARGIN)
        figure.savefig(page, format="svg", metadata={"Date": None}, bbox_inches=room)
    return plain(page.getvalue())


def _is_joined(sign: str) -> bool:
    flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
    return not sign.isascii() and (flag or unicodedata.category(sign).startswith("M"))


def _settle(figure: Figure) -> None:
    """Let the layout engine work once: at every further drawing it would move things a little.

    A figure whose engine was taken away has been drawn; without any engine it is not drawn twice.
    """
    import matplotlib as mpl
    from matplotlib.layout_engine import PlaceHolderLayoutEngine

    if not isinstance(figure.get_layout_engine(), PlaceHolderLayoutEngine):
        figure.draw_without_rendering()
    with mpl.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)


def alt_of(item: Axes | FigureBase) -> str:
    """Return the words that stand for a figure: `framing.alt` of its axes, or its labels.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> _ = axes.set(title="Rates", xlabel="per 1,000 words")
    >>> alt_of(axes)
    'Chart. Rates. Horizontal: per 1,000 words.'
    """
    whole = whole_figure(item)
    told = [words for part in (item, whole, *whole.axes) if (words := _told(part))]
    if not told:
        told = ["Chart.", *(words for axes in whole.axes if (words := _labels(axes)))]
    return one_line(" ".join(dict.fromkeys(told)), 2000)


def _told(part: object) -> str:
    about = getattr(part, "framing", None)
    words = about.get("alt") if isinstance(about, dict) else getattr(about, "alt", None)
    return str(words) if words else ""


def _labels(axes: Axes) -> str:
    labels = (axes.get_title(), axes.get_xlabel(), axes.get_ylabel())
    leads = ("", "Horizontal: ", "Vertical: ")
    return " ".join(f"{lead}{label}." for lead, label in zip(leads, labels, strict=True) if label)
