"""The layout as one web page: self-contained, printable, no script, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib import resources
from typing import Any

from framing.report.vector import inline_svg

LANGUAGE = "en-GB"
STYLES, COLOURS = 6, 7
Block = Mapping[str, Any]


def page(data: Block, drawings: Mapping[str, str]) -> str:
    """Return the whole page, to be written to a file.

    Parameters
    ----------
    data : Mapping
        What the template of the PDF reads.
    drawings : Mapping of str to str
        File name to SVG text.

    Examples
    --------
    >>> empty = {"title": "A & B", "subtitle": "", "authors": [], "corpus": "", "sections": [],
    ...          "provenance": []}
    >>> page(empty, {}).splitlines()[0], "<title>A &amp; B</title>" in page(empty, {})
    ('<!DOCTYPE html>', True)
    """
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(data['title'])}</title>\n<style>\n"
        "@media (prefers-color-scheme: dark) { body { background: #16181b; } }\n"
        f"body {{ margin: 0; }}\n{_css()}</style>\n</head>\n<body>\n<main>\n"
        f"{_article(data, drawings)}</main>\n</body>\n</html>\n"
    )


def fragment(data: Block, drawings: Mapping[str, str]) -> str:
    """Return the page as a piece that can stand in another one, such as a notebook."""
    return f"<style>\n{_css()}</style>\n{_article(data, drawings)}"


def _css() -> str:
    return resources.files("framing.report").joinpath("page.css").read_text(encoding="utf-8")


def _article(data: Block, drawings: Mapping[str, str]) -> str:
    return "".join(_pieces(data, drawings))


def _pieces(data: Block, drawings: Mapping[str, str]) -> Iterator[str]:
    yield f'<article class="framing-report" lang="{LANGUAGE}">\n<header>\n'
    yield f"<h1>{_words(data['title'])}</h1>\n"
    for line in (data["subtitle"], ", ".join(data["authors"]), data["corpus"]):
        if line:
            yield f'<p class="sub">{_words(line)}</p>\n'
    yield f"</header>\n{_contents(data['sections'])}"
    counts = {"table": 0, "figure": 0}
    for section in data["sections"]:
        place = section["id"]
        yield f'<section aria-labelledby="{place}">\n'
        yield f'<h2 id="{place}">{_words(section["title"])}</h2>\n'
        for block in section["blocks"]:
            yield _SHOWN[block["kind"]](block, _number(block, counts), drawings)
        yield "" if section["blocks"] else "<p>Nothing to report.</p>\n"
        yield "</section>\n"
    yield _provenance(data["provenance"])
    yield "</article>\n"


def _contents(sections: Iterable[Block]) -> str:
    links = [f'<li><a href="#{part["id"]}">{_words(part["title"])}</a></li>' for part in sections]
    links.append('<li><a href="#provenance">Provenance</a></li>')
    return f'<nav aria-label="Contents">\n<ol>\n{"".join(links)}\n</ol>\n</nav>\n'


def _number(block: Block, counts: dict[str, int]) -> str:
    """Return "Table 1" or "Figure 1" for a block with a caption, counted as the PDF counts."""
    kind = block["kind"]
    if kind not in counts or "caption" not in block or (kind == "table" and not block["panels"]):
        return ""
    counts[kind] += 1
    return f"{kind.capitalize()} {counts[kind]}"


def _words(words: str | list[dict[str, str]]) -> str:
    if isinstance(words, str):
        return escape(words).replace("\u200b", "<wbr>")
    return "".join(
        f'<a href="#{part["to"]}">{_words(part["t"])}</a>' if "to" in part else _words(part["t"])
        for part in words
    )


def _paragraphs(block: Block, number: str, drawings: Mapping[str, str]) -> str:
    shown = "".join(f"<p>{_words(words)}</p>\n" for words in block["paragraphs"])
    return shown or "<p>Nothing to report.</p>\n"


def _definitions(block: Block, number: str, drawings: Mapping[str, str]) -> str:
    rows = "".join(
        f"<dt>{_words(entry['term'])}</dt><dd>{_told(entry)}</dd>\n" for entry in block["entries"]
    )
    return f"<dl>\n{rows}</dl>\n" if rows else ""


def _told(entry: Block) -> str:
    points = "".join(f"<li>{_words(point)}</li>" for point in entry["points"])
    shown = "".join(f"<p>{_words(words)}</p>" for words in entry["paragraphs"])
    return shown + (f"<ul>{points}</ul>" if points else "")


def _groups(block: Block, number: str, drawings: Mapping[str, str]) -> str:
    return "".join(
        f"<h3>{_words(group['title'])}</h3>\n{_definitions(group, '', drawings)}"
        for group in block["groups"]
    )


def _caption(block: Block, number: str) -> str:
    return f"<b>{number}</b> {_words(block['caption'])}" if number else ""


def _notes(block: Block) -> str:
    return "".join(f'<p class="note">{_words(note)}</p>\n' for note in block.get("notes", ()))


def _place(block: Block) -> str:
    return f' id="{block["id"]}"' if block.get("id") else ""


def _table(block: Block, number: str, drawings: Mapping[str, str]) -> str:
    panels = block["panels"]
    if block.get("beside"):
        panels = [{**panels[0], "rows": [row for panel in panels for row in panel["rows"]]}]
    title = f"<p><b>{_words(block['caption'])}</b></p>\n" if "caption" in block else ""
    shown = "" if panels else title
    for place, panel in enumerate(panels):
        caption = _caption(block, number) if place == 0 else f"{number} (more columns)".strip()
        shown += _panel(panel, caption)
    return f"<div{_place(block)}>\n{shown}{_notes(block)}</div>\n"


def _panel(panel: Block, caption: str) -> str:
    sides = [' class="n"' if numeric else "" for numeric in panel["numeric"]]
    head = "".join(
        f'<th scope="col"{side}>{_words(name)}</th>'
        for name, side in zip(panel["head"], sides, strict=True)
    )
    rows = "".join(f"<tr>{_row(row, sides)}</tr>\n" for row in panel["rows"])
    named = f"<caption>{caption}</caption>\n" if caption else ""
    return (
        f'<div class="scroll" tabindex="0">\n<table>\n{named}<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _row(cells: Iterable[str], sides: list[str]) -> str:
    (first, side), *rest = zip(cells, sides, strict=True)
    others = "".join(f"<td{side}>{_words(cell)}</td>" for cell, side in rest)
    return f'<th scope="row"{side}>{_words(first)}</th>{others}'


def _figure(block: Block, number: str, drawings: Mapping[str, str]) -> str:
    name = re.sub(r"\W", "", block["file"])
    label = number + (": " + block["caption"].replace("\u200b", "") if number else "")
    drawn = inline_svg(drawings[block["file"]], name, label or "Figure", block["alt"])
    caption = f"<figcaption>{_caption(block, number)}</figcaption>\n" if number else ""
    return f"<figure{_place(block)}>\n{drawn}\n{caption}</figure>\n{_notes(block)}"


def _marked(block: Block, number: str, drawings: Mapping[str, str]) -> str:
    title = "".join(map(_part, block["title"]))
    meta = f'<p class="sub">{_words(block["meta"])}</p>\n' if block["meta"] else ""
    lines = "".join(map(_line, block["paragraphs"])) or "<p>The text is empty.</p>\n"
    return f"<h3>{title}</h3>\n{meta}{_legend(block['legend'])}{lines}"


def _legend(legend: Block) -> str:
    voices = [f"<span>{_voiced(item['v'], _words(item['t']))}</span>" for item in legend["voices"]]
    marks = [f"<span>{_mark(item['m'], 0, item['t'])}</span>" for item in legend["extractors"]]
    return f'<p class="legend">{"".join(voices)}<br>{"".join(marks)}</p>\n'


def _line(paragraph: Block) -> str:
    notes = "".join(f"<li>{_note(note)}</li>" for note in paragraph["notes"])
    beside = f'<ul aria-label="Marks">{notes}</ul>' if notes else ""
    more = " more" if paragraph["more"] else ""
    return (
        f'<div class="line{more}"><p>{"".join(map(_part, paragraph["parts"]))}</p>{beside}</div>\n'
    )


def _note(note: Block) -> str:
    who = f"<i>{_words(note['who'])}</i>"
    if not note["t"]:
        return f"speaker: {who}"
    label = f' <span class="label">{_words(note["label"])}</span>' if note["label"] else ""
    return _mark(note["m"], 0, note["t"]) + label + (f" — {who}" if note["who"] else "")


def _part(part: Block) -> str:
    shown = _words(part["t"])
    for depth, style in enumerate(part["m"]):
        shown = f"<mark{_mark_class(style, depth)}>{shown}</mark>"
    return _voiced(part["v"], shown)


def _mark(style: int, depth: int, words: str) -> str:
    return f"<mark{_mark_class(style, depth)}>{_words(words)}</mark>"


def _mark_class(style: int, depth: int) -> str:
    return f' class="m{style % STYLES} c{style % COLOURS} d{min(depth, 2)}"'


def _voiced(voice: str, shown: str) -> str:
    return shown if voice == "outlet" else f'<span class="{voice}">{shown}</span>'


def _provenance(groups: Iterable[Block]) -> str:
    shown = [
        '<section aria-labelledby="provenance">\n<h2 id="provenance">Provenance</h2>\n',
        "<p>The same input, settings and versions give this page again, byte for byte.</p>\n",
    ]
    for group in groups:
        panel = {"head": ["Name", "Value"], "numeric": [False, False], "rows": group["rows"]}
        shown.append(_panel(panel, _words(group["head"])))
    return "".join([*shown, "</section>\n"])


_SHOWN = {
    "words": _paragraphs, "definitions": _definitions, "groups": _groups, "table": _table,
    "figure": _figure, "marked": _marked,
}  # fmt: skip
