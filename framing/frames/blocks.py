"""Blocks as stored: facts for JSON, arrays, and a list of terms; and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from framing.frames.features import Block, NumberBlock, RateBlock
from framing.frames.terms import KINDS, TermBlock
from framing.lexicon import fingerprint

Stored = tuple[dict[str, Any], dict[str, np.ndarray], list[str]]


def facts_of(block: Block) -> Stored:
    """Return what must be kept of a block.

    Examples
    --------
    >>> facts_of(TermBlock("text", "word", ["rents"], np.array([1.0])))[0]
    {'block': 'terms', 'field': 'text', 'kind': 'word'}
    """
    facts: dict[str, Any]
    if isinstance(block, TermBlock):
        facts = {"block": "terms", "field": block.field, "kind": block.kind}
        return facts, {"idf": block.idf.astype(np.float32)}, block.terms
    if isinstance(block, RateBlock):
        hashes = {item.id: item.sha256 for item in lexicons_of(block.measures)}
        facts = {"block": "rates", "measures": list(block.measures), "per_1k": block.per_1k,
                 "lexicons": hashes}  # fmt: skip
        return facts, {"scale": block.scale}, block.names
    if isinstance(block, NumberBlock):
        return {"block": "numbers"}, {"mean": block.mean, "scale": block.scale}, list(block.fields)
    from framing.frames.encoder import VectorBlock
    from framing.frames.finetune import TunedBlock, digest
    from framing.frames.weak import CueBlock

    if isinstance(block, CueBlock):
        hashes = {item.id: item.sha256 for item in lexicons_of(("policy_frames",))}
        return {"block": "cues", "lexicons": hashes}, {}, list(block.frames)
    if isinstance(block, VectorBlock):
        return block.facts(), {}, []
    if isinstance(block, TunedBlock):
        facts = {"block": "tuned", "fields": list(block.fields), "single": block.single,
                 "n_columns": block.n_columns, "sha256": digest(block)}  # fmt: skip
        return facts, {}, []
    raise TypeError(f"no way to store a {type(block).__name__}")


def block_of(
    facts: Mapping[str, Any], arrays: Mapping[str, np.ndarray], terms: Sequence[str],
    folder: Path,
) -> Block:  # fmt: skip
    """Return the block that `facts_of` has described.

    Raises
    ------
    ValueError
        For an unknown block, terms and numbers that do not match, or a measure whose lexicon has
        changed since.
    """
    kind = facts["block"]
    if not isinstance(terms, list) or set(map(type, terms)) - {str}:
        raise ValueError("terms are not texts")
    if any(array.shape != (len(terms),) for array in arrays.values()):
        raise ValueError("terms and their weights do not match")
    if kind == "terms":
        if facts["kind"] not in KINDS or not isinstance(facts["field"], str):
            raise ValueError("a field or kind of terms is unknown")
        if len(set(terms)) < len(terms) or not (arrays["idf"] > 0).all():
            raise ValueError("a term stands twice or weighs nothing")
        return TermBlock(facts["field"], facts["kind"], list(terms), arrays["idf"].astype(float))
    if kind == "rates":
        measures = tuple(facts["measures"])
        _same_lexicons(facts["lexicons"])
        return RateBlock(measures, list(terms), arrays["scale"], bool(facts["per_1k"]))
    if kind == "cues":
        from framing.frames.weak import CueBlock

        _same_lexicons(facts["lexicons"])
        return CueBlock(tuple(terms))
    if kind == "numbers":
        return NumberBlock(tuple(terms), arrays["mean"], arrays["scale"])
    if kind == "vectors":
        from framing.frames.encoder import VectorBlock

        return VectorBlock.from_facts(facts)
    if kind == "tuned":
        from framing.frames.finetune import TunedBlock, loaded

        like = TunedBlock(tuple(facts["fields"]), int(facts["n_columns"]), np.asarray,
                          bool(facts["single"]))  # fmt: skip
        model, tokenizer = folder / "tuned.onnx", folder / "tokenizer.json"
        return loaded(model.read_bytes(), tokenizer.read_bytes(), like)
    raise ValueError(f"unknown block '{kind}'")


def _same_lexicons(hashes: Mapping[str, str]) -> None:
    for name, digest in hashes.items():
        if fingerprint(name) != digest:
            raise ValueError(f"the lexicon {name} is not the one it was fitted with")


def lexicons_of(measures: Sequence[str]) -> list[Any]:
    """Return the lexicons that some measures match."""
    from framing.frames.cues import as_measures

    return [item for extractor in as_measures(measures) for item in extractor.lexicons]
