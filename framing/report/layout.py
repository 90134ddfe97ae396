"""Sections laid out: data for the template, drawings beside it, tables to be written as CSV."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from framing.report.drawing import alt_of, svg_of, whole_figure
from framing.report.items import Captioned, MarkedText, items_of, kind_of
from framing.report.links import Targets, find_targets, linked
from framing.report.marked import line_styles, marked_block
from framing.report.plain import breakable
from framing.report.plain import paragraphs as paragraphs_of
from framing.report.print_table import flat, table_block

if TYPE_CHECKING:
    import pandas as pd

Block = dict[str, Any]
LONGEST_NAME = 60


@dataclass
class Layout:
    """All a report hands to the template and to the folder of tables.

    Parameters
    ----------
    sections : list of dict
        `title` and `blocks` of each section.
    drawings : dict of str to str
        File name to SVG text.
    tables : dict of str to pandas.DataFrame
        File name to the table with all its rows.
    page : bool
        For a web page, whose reader may lack a drawing's fonts.
    """

    sections: list[Block] = field(default_factory=list)
    drawings: dict[str, str] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    targets: Targets = field(default_factory=dict)
    page: bool = False


def lay_out(sections: Mapping[str, object], page: bool = False) -> Layout:
    r"""Return the layout of an ordered mapping of section titles to items.

    Examples
    --------
    >>> layout = lay_out({"Summary": "One.\n\nTwo."})
    >>> layout.sections[0]["blocks"]
    [{'kind': 'words', 'paragraphs': ['One.', 'Two.']}]
    """
    layout = Layout(page=page)
    content = {title: _each_figure_once(items_of(value)) for title, value in sections.items()}
    layout.targets = find_targets(content)
    texts = (item for items in content.values() for item in items if isinstance(item, MarkedText))
    layout.styles = line_styles(texts)
    for title, items in content.items():
        blocks = [_block(item, title, layout) for item in items]
        printed = breakable(" ".join(title.split()))
        place = f"section-{len(layout.sections) + 1}"
        layout.sections.append({"title": printed, "id": place, "blocks": blocks})
    return layout


def file_stem(title: str) -> str:
    """Return a title as a file name.

    Examples
    --------
    >>> file_stem("Terms, by outlet: Été/*?")
    'terms-by-outlet-ete'
    """
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", folded.lower())[:LONGEST_NAME].strip("-") or "table"


def _each_figure_once(items: list[object]) -> list[object]:
    """Drop axes whose figure a section shows already: the figure is drawn whole."""
    kept, seen = [], set()
    for item in items:
        inner = item.shown() if isinstance(item, Captioned) else item
        if kind_of(inner) == "figure":
            figure = whole_figure(inner)  # type: ignore[arg-type]
            if id(figure) in seen:
                continue
            seen.add(id(figure))
        kept.append(item)
    return kept


def _block(item: Any, title: str, layout: Layout) -> Block:
    if isinstance(item, Captioned):
        block = _block(item.shown(), title, layout)
        block["caption"] = breakable(item.caption)
        block["id"] = layout.targets[item.name].place if item.name else ""
        if item.note:
            block.setdefault("notes", []).append(breakable(item.note))
        if item.data is not None and block["kind"] == "table":
            file = list(layout.tables)[-1]
            layout.tables[file] = flat(item.data)
            if not any(file in note for note in block["notes"]):
                rows = f"{len(item.data):,} row{'s' * (len(item.data) != 1)}"
                told = f"The whole data ({rows}) are in {file}, "
                block["notes"].append(told + "in the folder of tables saved with the report.")
        return block
    kind = kind_of(item)
    if kind == "words":
        return {"kind": "words", "paragraphs": _words(item, layout.targets)}
    if kind == "marked":
        return marked_block(item, layout.styles)
    if kind == "definitions":
        return _definitions(item, layout.targets)
    if kind == "table":
        table = flat(item)
        file = f"{len(layout.tables) + 1:02d}-{file_stem(title)}.csv"
        layout.tables[file] = table
        return table_block(table, file)
    file = f"figure-{len(layout.drawings) + 1:02d}.svg"
    layout.drawings[file] = svg_of(whole_figure(item), page=layout.page)
    return {"kind": "figure", "file": file, "alt": alt_of(item)}


def _words(text: object, targets: Targets) -> list[str | list[Block]]:
    text = str(text)
    whole = (" ".join(text[a:b].split()) for a, b in paragraphs_of(text))
    return [linked(paragraph, targets) for paragraph in whole]


def _definitions(item: Mapping[object, object], targets: Targets) -> Block:
    """Return terms with what is told of them; a mapping of mappings is titled groups of terms."""
    if item and all(isinstance(told, Mapping) for told in item.values()):
        groups = [
            {"title": breakable(" ".join(str(title).split())) or "–",
             "entries": [_entry(*pair, targets) for pair in told.items()]}
            for title, told in item.items() if isinstance(told, Mapping)
        ]  # fmt: skip
        return {"kind": "groups", "groups": groups}
    return {"kind": "definitions", "entries": [_entry(*pair, targets) for pair in item.items()]}


def _entry(term: object, told: object, targets: Targets) -> Block:
    paragraphs: list[str | list[Block]] = []
    points: list[str] = []
    if isinstance(told, list | tuple | set | frozenset):
        listed = sorted(map(str, told)) if isinstance(told, set | frozenset) else told
        points = [breakable(" ".join(str(point).split())) for point in listed]
    elif told is not None:
        paragraphs = _words(told, targets)
    return {"term": breakable(term), "paragraphs": paragraphs, "points": points}
