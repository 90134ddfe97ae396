"""Documents and corpora as HTML, for notebooks: what Jupyter shows of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.text.corpus import Corpus
    from framing.text.document import Document

VOICES = {
    "direct": ("background:#e8e8e8", "direct quotation"),
    "indirect": ("border-bottom:1.5px dotted #666", "reported speech"),
    "scare": ("font-style:italic", "scare quotes"),
    "title": ("font-style:italic", "name of a work"),
    "boilerplate": ("color:#666", "boilerplate, not counted"),
}
MOST = 8  # values of a field named in a summary
_CARD = "max-width:46em;overflow-wrap:anywhere"
_TEXT = "white-space:pre-wrap;line-height:1.7;font-family:Georgia,'Times New Roman',serif"
_SMALL = "font-size:.85em;opacity:.8"


def document_html(document: Document) -> str:
    """Return a text with its voices told apart, its title and its fields.

    Examples
    --------
    >>> from framing.text.document import Document
    >>> page = document_html(Document("a", "“It fell,” she said.", "A <fall>"))
    >>> "A &lt;fall&gt;" in page, '<span style="background:#e8e8e8"' in page
    (True, True)
    """
    title = (document.title or "").strip()
    head = "" if not title or document.text.lstrip().startswith(title) else title
    fields = [document.doc_id, *(f"{name}: {value}" for name, value in document.meta.items())]
    seen = {voice for _, _, voice in document.runs}
    key = " ".join(
        f'<span style="{css};margin-right:1em">{name}</span>'
        for voice, (css, name) in VOICES.items() if voice in seen
    )  # fmt: skip
    if "runs" not in document.cache and document.text:
        key += " Reported speech shows when the document has been annotated."
    page = (
        f'<article style="{_CARD}">'
        + (f"<h4>{escape(head)}</h4>" if head else "")
        + f'<p style="{_SMALL}">{escape(" · ".join(fields))}</p>'
        + f'<div style="{_TEXT}">{_marked(document.text, document.runs)}</div>'
        + f'<p style="{_SMALL}">{key}</p></article>'
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _marked(text: str, runs: Iterable[tuple[int, int, str]]) -> str:
    parts, behind = [], 0
    for start, end, voice in runs:
        parts.append(escape(text[behind:start]))
        words, behind = escape(text[start:end]), end
        css, name = VOICES.get(voice, ("", ""))
        parts.append(f'<span style="{css}" title="{name}">{words}</span>' if css else words)
    return "".join(parts) + escape(text[behind:])


def corpus_html(corpus: Corpus) -> str:
    """Return a summary of a corpus: how many documents and words, and its fields.

    Examples
    --------
    >>> from framing.text.corpus import read_corpus
    >>> page = corpus_html(read_corpus([{"id": "a", "text": "Rents rise.", "outlet": "Globe"}]))
    >>> "<b>1</b> document" in page, "Globe (1)" in page
    (True, True)
    """
    characters = sum(len(document.text) for document in corpus)
    empty = sum(not document.text.strip() for document in corpus)
    names = dict.fromkeys(name for document in corpus for name in document.meta)
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left">{escape(name)}</th>'
        f'<td style="text-align:left">{escape(_values([d.meta.get(name) for d in corpus]))}</td>'
        "</tr>" for name in names
    )  # fmt: skip
    plural = "" if len(corpus) == 1 else "s"
    return (
        f'<div style="{_CARD}"><p>{escape(corpus.source)}: <b>{len(corpus):,}</b> document{plural}'
        f", {characters:,} characters" + (f", {empty:,} empty" if empty else "") + "</p>"
        f"<table>{rows}</table></div>"
    )


def _values(values: Sequence[object]) -> str:
    """Return the commonest values with their counts, or the range where nearly all differ."""
    known = [str(value) for value in values if value is not None and str(value) not in ("", "nan")]
    counts = Counter(known)
    missing = f"; {len(values) - len(known):,} without" if len(known) < len(values) else ""
    if not counts:
        return "none" + missing
    if len(counts) > MOST and len(counts) > 0.5 * len(known):
        return f"{len(counts):,} values, {min(known)[:40]} to {max(known)[:40]}{missing}"
    shown = ", ".join(f"{value[:40]} ({count:,})" for value, count in counts.most_common(MOST))
    rest = len(counts) - MOST
    return shown + (f" and {rest:,} more" if rest > 0 else "") + missing
