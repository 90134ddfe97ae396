"""Hits of every loaded entry over every text at hand, beside what reading in context has found."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np

from framing.engine import blocks
from framing.lexicon import load
from framing.matcher import Matcher
from framing.text.readers import stream
from framing.text.segment import read_block
from tests.checks.test_voices_check import pieces

READ = Path(__file__).parents[2] / "corpora" / "development" / "loaded_entries.tsv"
OFTEN, MOST_FREQUENT, JUNK = 20, 100, "no running text"


def readings() -> dict[str, dict[str, str]]:
    with READ.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}


def test_every_frequent_entry_was_read(corpora, record):
    lexicon = load("loaded_language")
    matcher, counts, words = Matcher([lexicon]), Counter(), 0
    bench = stream(str(corpora / "bench" / "bench_10k.jsonl.gz"))
    for documents in blocks(chain(pieces(corpora), bench)):
        block = read_block([document.text for document in documents])
        counts.update(matcher.scan(block).entry.tolist())
        words += len(block.starts)
    hits = {entry.id: counts[place] for place, entry in enumerate(lexicon.entries)}
    read = readings()
    often = [entry for entry in lexicon.entries if hits[entry.id] >= OFTEN]
    shares = {name: int(row["right"]) / int(row["read"]) for name, row in read.items()
              if int(row["read"])}  # fmt: skip
    top = sorted(often, key=lambda entry: -hits[entry.id])[:MOST_FREQUENT]
    rows = [
        {"entries": len(lexicon.entries), "words": words, "hits": sum(hits.values()),
         "entries with a hit": sum(map(bool, hits.values())), f"with {OFTEN} hits": len(often),
         "mean precision by entry": float(np.mean([shares[e.id] for e in often if e.id in shares])),
         "precision by hit": float(np.average([shares[e.id] for e in often if e.id in shares],
                                              weights=[hits[e.id] for e in often
                                                       if e.id in shares]))},
        *({"entry": e.id, "label": e.label, "hits": hits[e.id], "read": int(read[e.id]["read"]),
           "precision": shares.get(e.id)} for e in top),
    ]  # fmt: skip
    record("loaded_coverage", rows, [])
    assert [entry.id for entry in often if entry.id not in read] == []
    low = [e.id for e in often if shares.get(e.id, 1) < 0.5 and not e.guards
           and JUNK not in read[e.id]["remark"]]  # fmt: skip
    assert low == []
