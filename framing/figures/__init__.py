"""Figures: each takes a table and ``ax=None`` and returns the axes; matplotlib loads at first use.

A figure made without `ax` is laid out at journal width; open ``style("double")`` around the call
to choose the width. `save` writes any of them as PDF, SVG, PNG, CSV and alt text, and `plotted`
gives back the numbers that were drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.figures.agreement import agreement_panel
    from framing.figures.calibration import reliability
    from framing.figures.choice import label_choice, referent_shares
    from framing.figures.comparisons import comparison_table
    from framing.figures.confused import confusion
    from framing.figures.errors import group_errors
    from framing.figures.forest import difference_forest, outlet_forest
    from framing.figures.frames import frame_heatmap
    from framing.figures.funnel import term_forest, term_funnel
    from framing.figures.history import comparison_themes
    from framing.figures.journal import Plotted, plotted, save, style
    from framing.figures.learning import learning_curve
    from framing.figures.marked import marked_text
    from framing.figures.markup import marked_html
    from framing.figures.matches import matched_pairs
    from framing.figures.panel import classifier_panel
    from framing.figures.profiles import measure_profile
    from framing.figures.shifts import word_shift
    from framing.figures.specifications import specification_curve
    from framing.figures.splits import decomposition_bars
    from framing.figures.terms import top_terms
    from framing.figures.timeline import profile
    from framing.figures.years import source_years

__all__ = [
    "Plotted", "agreement_panel", "classifier_panel", "comparison_table", "comparison_themes",
    "confusion", "decomposition_bars", "difference_forest", "frame_heatmap", "group_errors",
    "label_choice", "learning_curve", "marked_html", "marked_text", "matched_pairs",
    "measure_profile", "outlet_forest", "plotted", "profile", "referent_shares", "reliability",
    "save", "source_years", "specification_curve", "style", "term_forest", "term_funnel",
    "top_terms", "word_shift",
]  # fmt: skip

# A file never has the name of a function: importing it would hide the function of this door.
_WHERE = {
    "Plotted": "journal", "plotted": "journal", "save": "journal", "style": "journal",
    "difference_forest": "forest", "outlet_forest": "forest", "marked_text": "marked",
    "marked_html": "markup", "measure_profile": "profiles", "profile": "timeline",
    "top_terms": "terms", "comparison_table": "comparisons", "comparison_themes": "history",
    "source_years": "years", "confusion": "confused", "reliability": "calibration",
    "group_errors": "errors", "learning_curve": "learning", "frame_heatmap": "frames",
    "classifier_panel": "panel", "agreement_panel": "agreement", "decomposition_bars": "splits",
    "label_choice": "choice", "matched_pairs": "matches", "referent_shares": "choice",
    "specification_curve": "specifications", "term_forest": "funnel", "term_funnel": "funnel",
    "word_shift": "shifts",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
