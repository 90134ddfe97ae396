"""Hits of every measure that were read in context: how many are what they are said to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import framing as fr
from framing.measures.prevalence import wilson
from framing.text.document import Document
from tests.checks.labelled import labelled, texts

SPAN = ("id", "start", "end", "extractor", "label")


def summary(lines: Iterable[dict[str, Any]], found: dict[tuple[Any, ...], str]) -> dict[str, Any]:
    """Return the share of right ones among the hits that were read and are still found."""
    lines = list(lines)
    kept = [line for line in lines if tuple(line[key] for key in SPAN) in found]
    right = sum(line["right"] for line in kept)
    low, high = wilson(right / len(kept), len(kept))
    same = [line for line in kept if found[tuple(line[key] for key in SPAN)] == line["voice"]]
    return {
        "n_read": len(lines), "n_still_found": len(kept), "precision": right / len(kept),
        "precision_low": low, "precision_high": high,
        "right_ones_kept": right / sum(line["right"] for line in lines),
        "voice": sum(line["voice_right"] for line in same) / len(same),
    }  # fmt: skip


def test_hits_in_context(corpora, record):
    lines = [line for line, _ in labelled(corpora, "hits")]
    wanted = {line["id"] for line in lines}
    corpus = "article_bias_prediction"
    articles = [Document(id, text) for id, text in texts(corpora, corpus) if id in wanted]
    hits = fr.annotate(fr.Corpus(articles))
    keys = zip(*(hits[key] for key in ("doc_id", *SPAN[1:])), strict=True)
    found = dict(zip(keys, hits["voice"], strict=True))
    rows = []
    for measure in sorted({line["extractor"] for line in lines}):
        for part in ("tune", "test"):
            drawn = [line for line in lines if line["drawn"] == "chance"
                     and (line["extractor"], line["part"]) == (measure, part)]  # fmt: skip
            rows.append({"measure": measure, "part": part, **summary(drawn, found)})
    record("hits_in_context", rows, [corpora / corpus])
    assert all(row["precision"] >= 0.5 for row in rows if row["part"] == "test")
