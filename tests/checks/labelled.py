"""The pieces of text that corpora/development labels, found again in the published corpora."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framing.text.readers import stream

LABELS = Path(__file__).parents[2] / "corpora" / "development"
CLIMATE = "narrative_framing_climate"
TABLES = {
    CLIMATE: (f"{CLIMATE}/articles_metadata.tsv", "\t", "ID"),
    "political_texts/uk_commons_immigration_2010": (
        "political_texts/uk_commons_immigration_2010.csv", ",", ""),
    "political_texts/un_general_debate_2017": (
        "political_texts/un_general_debate_2017.csv", ",", ""),
}  # fmt: skip


def texts(corpora: Path, corpus: str) -> Iterator[tuple[str, str]]:
    """Yield (id, text) of a corpus; rows of a table without an id are numbered."""
    if corpus not in TABLES:
        yield from ((document.doc_id, document.text) for document in stream(f"@{corpus}"))
        return
    path, delimiter, column = TABLES[corpus]
    csv.field_size_limit(sys.maxsize)
    with (corpora / path).open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter=delimiter)):
            yield row[column] if column else str(number), row["text"]


def labelled(corpora: Path, name: str) -> list[tuple[dict[str, Any], str]]:
    """Return labels with their piece of text; offsets are made to count from its start."""
    lines = [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text().splitlines()]
    wanted: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in lines:
        wanted.setdefault((line["corpus"], line["id"]), []).append(line)
    found = []
    for corpus in sorted({line["corpus"] for line in lines}):
        for id, text in texts(corpora, corpus):
            for line in wanted.get((corpus, str(id)), ()):
                piece = text[line["start"] : line["end"]]
                digest = hashlib.sha256(piece.encode()).hexdigest()[:16]
                assert digest == line["sha256"], f"{corpus} {id}: the text has changed"
                found.append((line, piece))
    assert len(found) == len(lines)
    return found


def moved(span: list[int] | None, by: int) -> tuple[int, int] | None:
    return (span[0] - by, span[1] - by) if span else None
