"""A marked exemplar cut into the pieces the template prints: voice, hits, notes in the margin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from framing.report.items import MarkedText, rows_of
from framing.report.labels import label_words
from framing.report.plain import breakable, one_line, paragraphs
from framing.tables import VOICES

VOICE_NAMES = {
    "outlet": "the outlet’s own words",
    "direct": "quoted",
    "indirect": "reported",
    "scare": "scare quotes",
    "title": "name of a work",
    "boilerplate": "boilerplate, counted nowhere",
}
LONGEST_PIECE = 1500
_SENTENCE_END = re.compile(r"\w{4}[.!?][”’\"')]*\s+")
Block = dict[str, Any]


def line_styles(texts: Iterable[MarkedText]) -> dict[str, int]:
    """Return the number of the line style of each extractor, the same in a whole report.

    Examples
    --------
    >>> line_styles([MarkedText("", "", "ab", (), [{"start": 0, "end": 1, "extractor": "x"}])])
    {'x': 0}
    """
    names = {str(row["extractor"]) for text in texts for row in rows_of(text.hits)}
    return {name: number for number, name in enumerate(sorted(names))}


def marked_block(item: MarkedText, styles: dict[str, int]) -> Block:
    """Return the data of one marked text for the template.

    Parameters
    ----------
    item : MarkedText
    styles : dict of str to int
        Line style of each extractor, from `line_styles`.

    Returns
    -------
    dict
        `title`, `meta`, `legend` and `paragraphs`; a paragraph has `parts` (text, voice, line
        styles), `notes` (the words, label and speaker of its hits) and `more`: what follows
        belongs to it. A very long one is parted, so that notes stand beside their words.
    """
    rows = [_with_words(row, item.text) for row in rows_of(item.hits)]
    in_text = [row for row in rows if not _in_title(row, item)]
    title = _parts(item.title, (0, len(item.title)), (), _only_title(rows, item), styles)
    return {
        "kind": "marked",
        "title": title or [_part("(no title)", "outlet", [])],
        "meta": _facts(item),
        "legend": _legend(item, rows, styles),
        "paragraphs": [
            {
                "parts": _parts(item.text, span, item.runs, in_text, styles),
                "notes": _notes(span, item.runs, in_text, styles),
                "more": more,
            }
            for whole in paragraphs(item.text)
            for span, more in _pieces(item.text, whole)
        ],
    }


def _pieces(text: str, span: tuple[int, int]) -> Iterator[tuple[tuple[int, int], bool]]:
    """Part a paragraph of more than `LONGEST_PIECE` letters where a sentence or a word ends."""
    start, end = span
    while end - start > LONGEST_PIECE:
        room = text[start + LONGEST_PIECE // 2 : start + LONGEST_PIECE]
        ends = list(_SENTENCE_END.finditer(room)) or list(re.finditer(r"\s+", room))
        cut = start + LONGEST_PIECE // 2 + (ends[-1].end() if ends else len(room))
        yield (start, cut), True
        start = cut
    yield (start, end), False


def _facts(item: MarkedText) -> str:
    if isinstance(item.meta, str):
        return breakable(item.meta)
    facts = (one_line(_text(value), 120) for value in (item.meta or {}).values())
    return breakable(" · ".join(fact for fact in facts if fact))


def _only_title(rows: Sequence[dict[str, Any]], item: MarkedText) -> list[dict[str, Any]]:
    return [row for row in rows if _in_title(row, item)]


def _in_title(row: dict[str, Any], item: MarkedText) -> bool:
    """Tell whether the offsets of a hit point into the title, which is kept apart from the text."""
    if row.get("in_title") is not True:
        return False
    here = slice(int(row["start"]), int(row["end"]))
    return bool(item.title[here] == row["text"] != item.text[here])


def _legend(item: MarkedText, rows: Iterable[dict[str, Any]], styles: dict[str, int]) -> Block:
    heard = {"outlet", *(run[2] for run in item.runs)}
    used = sorted({str(row["extractor"]) for row in rows})
    return {
        "voices": [{"v": voice, "t": VOICE_NAMES[voice]} for voice in VOICES if voice in heard],
        "extractors": [{"m": styles[name], "t": _words(name)} for name in used],
    }


def _parts(
    text: str,
    span: tuple[int, int],
    runs: Sequence[Sequence[Any]],
    rows: Sequence[dict[str, Any]],
    styles: dict[str, int],
) -> list[Block]:
    start, end = span
    voices = [run for run in runs if run[0] < end and run[1] > start]
    marks = [row for row in rows if row["start"] < end and row["end"] > start]
    cuts = {start, end}
    for low, high in [(run[0], run[1]) for run in voices] + [(r["start"], r["end"]) for r in marks]:
        cuts |= {min(max(int(low), start), end), min(max(int(high), start), end)}
    borders = sorted(cuts)
    parts = []
    for low, high in itertools.pairwise(borders):
        voice = next((run[2] for run in voices if run[0] <= low and high <= run[1]), "outlet")
        over = {styles[str(r["extractor"])] for r in marks if r["start"] <= low < r["end"]}
        parts.append(_part(text[low:high], voice, sorted(over)))
    return parts


def _part(text: str, voice: str, marks: list[int]) -> Block:
    return {"t": breakable(text).replace("\n", " "), "v": voice, "m": marks}


def _notes(
    span: tuple[int, int],
    runs: Sequence[Sequence[Any]],
    rows: Iterable[dict[str, Any]],
    styles: dict[str, int],
) -> list[Block]:
    """Return the notes in the margin in the order of the text: every hit, and who else is heard."""
    start, end = span
    found: list[tuple[int, Block]] = []
    named = set()
    for row in rows:
        if start <= row["start"] < end:
            speaker = one_line(_text(row.get("speaker")), 60)
            named.add(speaker)
            note = {
                "t": breakable(one_line(row["text"], 60)),
                "m": styles[str(row["extractor"])],
                "label": breakable(_label(row)),
                "who": breakable(speaker),
            }
            found.append((int(row["start"]), note))
    for run in runs:
        speaker = one_line(_text(run[3]), 60) if len(run) == 4 else ""
        if speaker and speaker not in named and start <= run[0] < end:
            named.add(speaker)
            found.append((run[0], {"t": "", "m": 0, "label": "", "who": breakable(speaker)}))
    notes = [note for _, note in sorted(found, key=lambda one: one[0])]
    return [note for place, note in enumerate(notes) if note not in notes[:place]]


def _label(row: dict[str, Any]) -> str:
    label = _text(row.get("label")) or str(row["extractor"])
    return one_line(label_words(label, row.get("attributes")), 60)


def _with_words(row: dict[str, Any], text: str) -> dict[str, Any]:
    return {"text": text[int(row["start"]) : int(row["end"])], **row}


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _words(name: object) -> str:
    return one_line(str(name).replace("_", " "), 60)
