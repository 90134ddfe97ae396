"""Spans placed in their text: the rows of the hits table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.text.document import Document, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap, speaker_text

if TYPE_CHECKING:
    from framing.engine import Span

Row = tuple[Any, ...]
Found = tuple[int, int, str, "Span"]
NEGATORS = frozenset(
    "no not never without neither nor hardly cannot barely scarcely n't nobody nothing".split()
)
NEGATED = 3  # words before a span among which a negator may stand

_encode = json.JSONEncoder(ensure_ascii=False).encode


def hit_rows(
    document: Document, reading: Reading, voices: VoiceMap, found: Sequence[Found]
) -> list[Row]:
    """Return the rows of the hits table for the spans of one text, in their order."""
    text, doc_id, title_end = document.text, document.doc_id, _title_end(document)
    negators = reading.column(_negators).tobytes()
    told: dict[int, tuple[str, str | None, str]] = {}
    rows: list[Row] = []
    for start, end, name, span in found:
        middle, sentence = (start + end) // 2, reading.sentence_at(start)
        run = voices.run_at(middle)
        if run not in told:
            told[run] = _voice(text, voices, run)
        negated = False
        if reading.sentences:
            word, opening = reading.word_at(start), reading.sentence_words[sentence][0]
            place = negators.rfind(1, max(opening, word - NEGATED), word)
            negated = place >= 0 and voices.run_at(reading.starts[place]) == run
        values = span.attributes
        if voices.nested and len(chain := voices.chain_at(middle)) > 1:
            values = {**(values or {}), "speaker_chain": [who.speaker_name for who in chain]}
        rows.append((
            doc_id, start, end, text[start:end], name, span.label, span.strength, *told[run],
            negated, start < title_end, sentence, span.rule,
            _as_json(values) if values else "{}",
        ))  # fmt: skip
    return rows


def _negators(block: Block) -> np.ndarray:
    """Whether each word negates: a word of the list, or one that ends in "n't"."""
    return block.among(NEGATORS) | block.ending("n't")


def _voice(text: str, voices: VoiceMap, run: int) -> tuple[str, str | None, str]:
    """Return voice, speaker and type of speaker of one run of a text."""
    if not voices.runs:
        return "outlet", None, ""
    owner, voice = voices.owners[run], voices.runs[run][2]
    if owner is None:
        return voice, None, ""
    return voice, owner.speaker_name or speaker_text(text, owner), owner.speaker_type


def _as_json(values: Mapping[str, Any]) -> str:
    """Return a flat mapping as JSON; cells that are strings need no encoder of their own."""
    cells = [f"{quoted(key)}: {_cell(cell)}" for key, cell in values.items()]
    return f"{{{', '.join(cells)}}}"


def _cell(cell: Any) -> str:
    kind = type(cell)
    return quoted(cell) if kind is str else str(cell) if kind is int else _encode(cell)


def _title_end(document: Document) -> int:
    """Where a headline that opens the text ends; 0 if the text does not begin with its title."""
    if not document.title:
        return 0
    title = document.title.strip()
    lead = len(document.text) - len(document.text.lstrip())
    return lead + len(title) if title and document.text.startswith(title, lead) else 0
