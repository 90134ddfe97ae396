"""Hits of every measure that were read in context: how many are what they are said to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import framing as fr
from framing.measures.prevalence import wilson
from framing.text.document import Document
from tests.checks.labelled import labelled, texts

CORPUS = "article_bias_prediction"
SPAN = ("id", "start", "end", "extractor", "label")


def share(name: str, values: Sequence[bool]) -> dict[str, float]:
    low, high = wilson(sum(values) / len(values), len(values))
    return {name: sum(values) / len(values), f"{name}_low": low, f"{name}_high": high}


def test_hits_in_context(corpora, record):
    """Part "tune" was read before the measures were mended by it, "test" afterwards."""
    drawn = [line for line, _ in labelled(corpora, "hits") if line["drawn"] == "chance"]
    wanted = {line["id"] for line in drawn if line["part"] == "test"}
    articles = [Document(id, text) for id, text in texts(corpora, CORPUS) if id in wanted]
    hits = fr.annotate(fr.Corpus(articles))
    found = set(zip(*(hits[key] for key in ("doc_id", *SPAN[1:])), strict=True))
    rows: list[dict[str, Any]] = []
    for measure in sorted({line["extractor"] for line in drawn}):
        mine = [line for line in drawn if line["extractor"] == measure]
        before = [line["right"] for line in mine if line["part"] == "tune"]
        read = [line for line in mine if line["part"] == "test"]
        kept = [line for line in read if tuple(line[key] for key in SPAN) in found]
        right = [line["right"] for line in kept]
        rows.append({
            "measure": measure, "n_units": len(kept), **share("right", right),
            "right_voice": sum(line["voice_right"] for line in kept) / len(kept),
            "right_ones_still_found": sum(right) / sum(line["right"] for line in read),
            "n_before": len(before), **share("right_before", before),
        })  # fmt: skip
    record("hits_in_context", rows, [corpora / CORPUS])
    assert min(row["right_ones_still_found"] for row in rows) >= 0.9
