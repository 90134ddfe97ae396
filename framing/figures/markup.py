"""The marked text as HTML: for notebooks and web pages, readable in greyscale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from framing.figures.journal import PAIR
from framing.figures.marks import BAND
from framing.figures.spans import (
    SPEECH,
    VOICE_KEYS,
    Piece,
    Readable,
    alt_text,
    cut,
    hits_in,
    key_counts,
    mark_numbers,
    runs_of,
)
from framing.figures.wording import name_of

if TYPE_CHECKING:
    import pandas as pd

_BLUE, _ORANGE = PAIR
_MARKS = (
    ("border", f"1.5px solid {_BLUE}"), ("border-bottom", f"3px solid {_ORANGE}"),
    ("wave", f"underline wavy {_BLUE} 1.5px"), ("border-bottom", f"4px double {_ORANGE}"),
    ("border", f"1.5px dashed {_ORANGE}"), ("border-bottom", f"2px dashed {_BLUE}"),
    ("border-top", f"3px solid {_ORANGE}"), ("border", f"2px dotted {_BLUE}"),
)  # fmt: skip
_VOICES = {
    "direct": f"background:{BAND}", "indirect": "border-bottom:1.5px dotted #666",
    "scare": "font-style:italic", "title": "font-style:italic", "boilerplate": "color:#666",
}  # fmt: skip
_PAGE = (
    "background:#fff;color:#000;font:16px/1.9 Georgia,'Times New Roman',serif;max-width:46em;"
    "padding:1em;overflow-wrap:anywhere"
)
_NUMBER = "font:10px system-ui,sans-serif;color:#666"
_KEY = "font:13px/2 system-ui,sans-serif;border-top:1px solid #ccc;padding-top:.5em"


def marked_html(
    document: Readable, hits: pd.DataFrame, runs: Iterable[Sequence[Any]] | None = None
) -> str:
    """Return a document's text as HTML with its hits marked and its voices told apart.

    The shapes and voices are those of `marked_text`. Resting on a mark shows the measure, label,
    rule, voice and speaker. The piece is self-contained (styles inline, no script, plain ASCII)
    and can be written to a file or shown with ``IPython.display.HTML``.

    Parameters
    ----------
    document : Document or any object with ``doc_id`` and ``text``
    hits : pandas.DataFrame
        Table of hits; those of other documents only keep the marks alike from text to text.
    runs : iterable of (start, end, voice), optional
        Voices of the text; by default the document's ``runs``, where it has them.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> note = SimpleNamespace(doc_id="a", text="An end to <chaos>.")
    >>> found = pd.DataFrame({"doc_id": ["a"], "start": [11], "end": [16], "rule": ["chaos"],
    ...                       "extractor": ["loaded_language"], "voice": ["outlet"]})
    >>> page = marked_html(note, found)
    >>> "&lt;<mark" in page, 'title="loaded language; rule: chaos; voice: outlet"' in page
    (True, True)
    """
    mine = hits_in(document, hits)
    marks = mark_numbers(hits)
    pieces = cut(len(document.text), mine, runs_of(document, runs))
    rows: list[dict[str, Any]] = mine.to_dict("records")  # type: ignore[assignment]
    tips = [_tip(row) for row in rows]
    parts = []
    for piece in pieces:
        words = escape(document.text[piece.start : piece.end])
        tip = escape(" | ".join(tips[hit] for hit in piece.hits))
        for hit in reversed(piece.hits):
            number = marks[name_of(rows[hit]["extractor"])]
            css = _hit_css(piece, rows[hit], number)
            ends = piece.end == rows[hit]["end"] and len(marks) > len(_MARKS)
            words = f'<mark style="{css}" title="{tip}">{words}</mark>' + (
                f'<sup style="{_NUMBER}">{number + 1}</sup>' if ends else ""
            )
        voice = _VOICES.get(piece.voice)
        said = escape(VOICE_KEYS.get(piece.voice, piece.voice))
        parts.append(f'<span style="{voice}" title="{said}">{words}</span>' if voice else words)
    title = str(getattr(document, "title", None) or "").strip()
    repeated = document.text.lstrip().startswith(title)
    page = (
        f'<article style="{_PAGE}" aria-label="{escape(alt_text(document, mine))}">'
        + ("" if repeated else f'<h3 style="line-height:1.3">{escape(title)}</h3>')
        + f'<div style="white-space:pre-wrap">{"".join(parts)}</div>'
        + f'<p style="{_KEY}">{_key(mine, pieces, marks)}</p></article>'
    )
    clean = page.encode("utf-8", "replace").decode("utf-8")
    return clean.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _tip(row: dict[str, Any]) -> str:
    words = [name_of(row["extractor"]).replace("_", " ")]
    for field in ("label", "rule", "voice", "speaker"):
        if isinstance(row[field], str) and row[field]:
            words.append(f"{field}: {row[field]}")
    return "; ".join(words)


def _hit_css(piece: Piece, row: dict[str, Any], number: int) -> str:
    """Return the style of one piece of a hit: a box is open where the hit goes on."""
    own = row["voice"] not in (*SPEECH, "boilerplate")
    css = ["background:none", "color:inherit", f"font-weight:{'bold' if own else 'normal'}"]
    css.append(_mark_css(number))
    if _MARKS[number % len(_MARKS)][0] == "border":
        css += ["border-left:0"] if piece.start > row["start"] else []
        css += ["border-right:0"] if piece.end < row["end"] else []
    return ";".join(css)


def _mark_css(number: int) -> str:
    edge, stroke = _MARKS[number % len(_MARKS)]
    return f"text-decoration:{stroke}" if edge == "wave" else f"{edge}:{stroke};padding:1px 0"


def _key(hits: pd.DataFrame, pieces: list[Piece], marks: dict[str, int]) -> str:
    entries = []
    for name, counts in key_counts(hits).items():
        number = f"{marks[name] + 1} " if len(marks) > len(_MARKS) else ""
        title = escape(number + name.replace("_", " "))
        entries.append(f'<span style="{_mark_css(marks[name])}">{title}</span>: {counts}')
    if any(voice not in (*SPEECH, "boilerplate") for voice in hits["voice"]):
        entries.append("<b>bold</b>: in the outlet's own voice")
    found = {piece.voice for piece in pieces}
    entries += [
        f'<span style="{_VOICES[voice]}">{words}</span>'
        for voice, words in VOICE_KEYS.items() if voice in found
    ]  # fmt: skip
    entry = '<span style="display:inline-block;margin-right:1.5em">'
    return " ".join(f"{entry}{words}</span>" for words in entries)
