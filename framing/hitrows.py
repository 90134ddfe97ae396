"""Spans placed in their text: the rows of the hits table."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.text.document import Document, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap, speaker_text

if TYPE_CHECKING:
    from framing.engine import Cells

Row = tuple[Any, ...]
Found = tuple[int, int, str, "Cells"]
NEGATORS = frozenset(
    "no not never without neither nor hardly cannot barely scarcely n't nobody nothing".split()
)
NEGATED = 3  # words before a span among which a negator may stand

_encode = json.JSONEncoder(ensure_ascii=False).encode


class Shared(dict[str, Any]):
    """Attributes that many spans have: never changed, and made JSON once."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.json = _as_json(values)


def hit_rows(
    document: Document, reading: Reading, voices: VoiceMap, found: Sequence[Found]
) -> list[Row]:
    """Return the rows of the hits table for the spans of one text, sorted by where they begin."""
    text, doc_id, title_end = document.text, document.doc_id, _title_end(document)
    runs, owners = voices.runs or [(0, 0, "outlet")], voices.owners or [None]
    begins, nested = voices.starts, voices.nested
    openings = iter([begin for begin, _ in reading.sentences[1:]])
    scopes = iter(reading.places(_scopes))
    rows: list[Row] = []
    beyond = len(text) + 1
    sentence, next_sentence = 0, next(openings, beyond)
    negator, reach = next_scope = (-1, -1)
    run_start = run_end = -1
    for start, end, name, (_, _, label, strength, rule, values) in found:
        middle = (start + end) // 2
        if not run_start <= middle < run_end:
            run = bisect_right(begins, middle, 1) - 1
            (run_start, run_end, voice), owner = runs[run], owners[run]
            speaker, kind = None, ""
            if owner is not None:
                speaker, kind = owner.speaker_name or speaker_text(text, owner), owner.speaker_type
        while start >= next_sentence:
            sentence, next_sentence = sentence + 1, next(openings, beyond)
        while start > next_scope[0]:
            (negator, reach), next_scope = next_scope, next(scopes, (beyond, beyond))
        negated = start <= reach and run_start <= negator < run_end
        if nested and bisect_right(nested, middle) % 2:
            chain = [who.speaker_name for who in voices.chain_at(middle)]
            values = {**(values or {}), "speaker_chain": chain} if len(chain) > 1 else values
        rows.append((
            doc_id, start, end, text[start:end], name, label, strength, voice, speaker, kind,
            negated, start < title_end, sentence, rule, _as_json(values) if values else "{}",
        ))  # fmt: skip
    return rows


def _scopes(block: Block) -> np.ndarray:
    """Return where each negator begins, and the last place where a span is that it negates.

    Negators are the words of the list, and those that end in "n't".
    """
    word = np.flatnonzero(block.among(NEGATORS) | block.ending("n't"))
    start, length = block.starts[word], len(block.code)
    opening = np.append(block.sentences[:, 0], length)
    reach = np.append(block.starts, np.full(NEGATED, length))[word + NEGATED]
    following = opening[opening.searchsorted(start, "right")]
    return np.stack((start, np.minimum(reach, following - 1)), axis=1)


def _as_json(values: Mapping[str, Any]) -> str:
    """Return a flat mapping as JSON; plain cells need no encoder of their own."""
    if type(values) is Shared:
        return values.json
    cells = []
    for key, cell in values.items():  # in a comprehension it would take a third longer
        cells.append(f"{quoted(key)}: {quoted(cell) if type(cell) is str else _cell(cell)}")
    return f"{{{', '.join(cells)}}}"


def _cell(cell: Any) -> str:
    kind = type(cell)
    if kind is str:
        return quoted(cell)
    if kind is bool:
        return "true" if cell else "false"
    if kind is int or (kind is float and isfinite(cell)):
        return repr(cell)
    if kind is list:
        return f"[{', '.join(map(_cell, cell))}]"
    return "null" if cell is None else _encode(cell)


def _title_end(document: Document) -> int:
    """Where a headline that opens the text ends; 0 if the text does not begin with its title."""
    if not document.title:
        return 0
    title = document.title.strip()
    lead = len(document.text) - len(document.text.lstrip())
    return lead + len(title) if title and document.text.startswith(title, lead) else 0
