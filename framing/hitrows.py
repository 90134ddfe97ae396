"""Spans placed in their texts: the rows of the hits table, made for one block at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framing.text.document import Document
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


class Marked(NamedTuple):
    """A document, its voices, and its spans: (start, end, name of the extractor, span)."""

    document: Document
    voices: VoiceMap
    found: list[Found]


def hit_rows(block: Block, texts: Sequence[Marked]) -> list[Row]:
    """Return the rows of the hits table for the texts of a block."""
    numbers = np.repeat(np.arange(len(texts)), [len(one.found) for one in texts])
    starts = np.array([item[0] for one in texts for item in one.found], np.int64)
    sentences, negated = _places(block, numbers, starts + block.offsets[numbers])
    rows: list[Row] = []
    for one in texts:
        behind = len(rows) + len(one.found)
        rows += _rows(one, sentences[len(rows) : behind], negated[len(rows) : behind])
    return rows


def _places(block: Block, text: np.ndarray, start: np.ndarray) -> tuple[list[int], list[bool]]:
    """Return each span's sentence, and whether a negator stands before it in that sentence."""
    opening = block.sentences[:, 0]
    if not len(opening):
        return [0] * len(start), [False] * len(start)
    first = opening.searchsorted(block.offsets)[text]
    sentence = np.maximum(opening.searchsorted(start, "right") - 1, first)
    word = block.starts.searchsorted(start)
    low = block.starts.searchsorted(opening[np.minimum(sentence, len(opening) - 1)])
    negators = np.concatenate(([0], np.cumsum(block.among(NEGATORS) | block.ending("n't"))))
    negated = negators[word] > negators[np.maximum(low, word - NEGATED)]
    return (sentence - first).tolist(), negated.tolist()


def _rows(one: Marked, sentences: list[int], negated: list[bool]) -> list[Row]:
    document, voices, found = one
    text, doc_id, title_end = document.text, document.doc_id, _title_end(document)
    told: dict[int, tuple[str, str | None, str]] = {}
    rows: list[Row] = []
    for (start, end, name, span), sentence, no in zip(found, sentences, negated, strict=True):
        middle = (start + end) // 2
        run = voices.run_at(middle)
        if run not in told:
            told[run] = _voice(text, voices, run)
        values = span.attributes
        if voices.nested and len(chain := voices.chain_at(middle)) > 1:
            values = {**(values or {}), "speaker_chain": [who.speaker_name for who in chain]}
        rows.append((
            doc_id, start, end, text[start:end], name, span.label, span.strength, *told[run], no,
            start < title_end, sentence, span.rule, _as_json(values) if values else "{}",
        ))  # fmt: skip
    return rows


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
    cells = [
        f"{quoted(key)}: {quoted(cell) if type(cell) is str else _encode(cell)}"
        for key, cell in values.items()
    ]
    return f"{{{', '.join(cells)}}}"


def _title_end(document: Document) -> int:
    """Where a headline that opens the text ends; 0 if the text does not begin with its title."""
    if not document.title:
        return 0
    title = document.title.strip()
    lead = len(document.text) - len(document.text.lstrip())
    return lead + len(title) if title and document.text.startswith(title, lead) else 0
