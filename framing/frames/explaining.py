"""Why a classifier calls a frame: what each word adds to the score, and where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from framing.frames.features import NumberBlock, RateBlock
from framing.frames.finetune import TunedBlock
from framing.frames.labeller import CueLabeller
from framing.frames.terms import TermBlock, field_of
from framing.frames.weak import CueBlock
from framing.tables import BadInput, nearest, whole
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("frame", "what", "field", "contribution", "spans")
BETWEEN = r"\W+(?:\w\W+)*"  # words of one letter are no terms, a pair reaches over them
Found = dict[tuple[str, str], float]


def explain(classifier: Any, document: Document, frame: str | None) -> pd.DataFrame:
    """Return what speaks for and against a frame, the strongest first.

    With the biases contributions sum to the score; of several halves, to the mean of their scores.
    """
    import pandas as pd

    frames, fitted = classifier.frames_, classifier.fitted_
    if frame is not None and frame not in frames:
        raise BadInput(f"no frame '{frame}'{nearest(frame, frames)}; there are {', '.join(frames)}")
    at = frames.index(frame) if frame else int(fitted.chances([document])[0].argmax())
    found: Found = defaultdict(float)
    for head in fitted.heads:
        offset = 0
        for block in head.blocks:
            row = csr_matrix(block.transform([document]))
            weights = head.weights[at, offset : offset + block.n_columns].astype(float)
            offset += block.n_columns
            for (what, field), value in _of_block(block, row, weights, document).items():
                found[what, field] += value / len(fitted.heads)
    ordered = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
    rows = [
        (frames[at], whole(what), field, value, _places(what, field, document))
        for (what, field), value in ordered
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_block(block: Any, row: Any, weights: np.ndarray, document: Document) -> Found:
    parts = row.data * weights[row.indices]
    if isinstance(block, CueBlock):
        return block.shares(document, weights)
    if isinstance(block, (RateBlock, NumberBlock)):
        names = block.names if isinstance(block, RateBlock) else block.fields
        return {(names[at], "rate"): float(v) for at, v in zip(row.indices, parts, strict=True)}
    if not isinstance(block, TermBlock):
        what = "fine-tuned network" if isinstance(block, TunedBlock) else "sentence vector"
        return {(what, "vector"): float(parts.sum())}
    if block.kind == "word":
        return {
            (block.terms[at], block.field): float(value)
            for at, value in zip(row.indices, parts, strict=True)
        }
    return _letters(block, dict(zip(row.indices.tolist(), parts.tolist(), strict=True)), document)


def _letters(block: TermBlock, parts: dict[int, float], document: Document) -> Found:
    """Share what each sequence of letters adds among the words it stands in."""
    tokens = field_of(document, block.field).lower().split()
    times: dict[int, int] = defaultdict(int)
    columns = [block.columns_of(token).tolist() for token in tokens]
    for mine in columns:
        for column in mine:
            times[column] += 1
    found: Found = defaultdict(float)
    for token, mine in zip(tokens, columns, strict=True):
        word = re.sub(r"^\W+|\W+$", "", token) or token
        found[word, block.field] += sum(parts[column] / times[column] for column in mine)
    return dict(found)


def _places(what: str, field: str, document: Document) -> list[tuple[int, int]]:
    if field in ("rate", "vector", "meaning"):
        return []
    if field == "cue":
        cues = CueLabeller().explain(document)
        return [span for spans in cues.loc[cues["what"] == what, "spans"] for span in spans]
    pattern = BETWEEN.join(re.escape(word) for word in what.split())
    text = field_of(document, field)
    shift = len(document.text) - len(text) if field == "body" else 0
    return [
        (found.start() + shift, found.end() + shift)
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    ]
