"""Voices on every published text at hand, and against marks made by people."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from framing.engine import Engine, blocks
from framing.extractors.base import as_extractors
from framing.speech import evaluate_voices, fit_voices
from framing.text.document import Document
from framing.text.goldvoices import agreement, read_gold

PLAIN, LINES = (".txt", ".ann", ".md"), (".jsonl", ".csv", ".tsv", ".json", ".jsonl.gz")
PART, REPETITIONS = 20, 500


def pieces(root: Path) -> Iterator[Document]:
    """Yield every text file, and lines of tables in parts of twenty; hostile input on purpose."""
    for path in sorted(root.rglob("*")):
        if "bench" in path.parts or not path.is_file():
            continue
        if path.name.endswith(PLAIN):
            yield Document(str(path), path.read_text("utf-8", errors="replace"))
        elif path.name.endswith(LINES):
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8", errors="replace") as file:
                lines: list[str] = []
                for number, line in enumerate(file):
                    lines.append(line)
                    if len(lines) == PART or len(line) > 20_000:
                        yield Document(f"{path}:{number}", "".join(lines))
                        lines = []
                yield Document(f"{path}:end", "".join(lines))


def test_every_text_is_read_with_exact_offsets(corpora, record):
    engine = Engine(as_extractors(None))
    documents = words = attributions = spans = 0
    for block in blocks(pieces(corpora)):
        for document, (reading, voices) in zip(block, engine.read(block), strict=True):
            edges = [edge for run in voices.runs for edge in run[:2]]
            assert edges[:1] + edges[-1:] in ([], [0, len(document.text)]), document.doc_id
            assert edges[1:-1:2] == edges[2::2], document.doc_id
            for one in voices.attributions:
                assert all(0 <= s < e <= len(document.text) for s, e in one.content)
            documents += 1
            words += reading.n_words
            attributions += len(voices.attributions)
        texts = {document.doc_id: document.text for document in block}
        for row in engine.rows(block):
            assert texts[row[0]][row[1] : row[2]] == row[3]
            spans += 1
    record(
        "every_text",
        [{"pieces": documents, "words": words, "attributions": attributions, "spans": spans}],
        [],
    )


def test_polnear(corpora, record):
    engine = Engine([])
    rows = []
    for part in ("train", "dev"):
        marked = list(read_gold(corpora / "polnear" / part))
        found = [next(engine.read([document]))[1].attributions for document, _ in marked]
        triples = [(d, gold, mine) for (d, gold), mine in zip(marked, found, strict=True)]
        rows.append({"part": part, "backend": "rules", "texts": len(triples), **agreement(triples)})
        draws = np.random.default_rng(1)
        if part == "dev":
            again = [
                agreement([triples[i] for i in draws.integers(0, len(triples), len(triples))])
                for _ in range(REPETITIONS)
            ]
            for name in ("content_f1", "attribution_f1", "speaker"):
                low, high = np.quantile([figures[name] for figures in again], [0.025, 0.975])
                rows[-1] |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    tagger = fit_voices(corpora / "polnear" / "train")
    fitted = evaluate_voices(corpora / "polnear" / "dev", tagger)
    rows.append({"part": "dev", "backend": "fitted", **fitted})
    record("voices_polnear", rows, [corpora / "polnear"])
    assert fitted["content_f1"] > rows[1]["content_f1"] + 0.03
    assert rows[1]["content_f1"] >= 0.82
    assert rows[1]["attribution_f1"] >= 0.62
    assert rows[1]["speaker"] >= 0.90
