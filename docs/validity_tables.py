"""Tables of what has been measured, from the files that the long checks leave in validity/."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
NOT_MEASURED = "*Not measured yet.*"
SHOWN = {
    "auc": "AUC", "f1": "F1", "macro_f1": "macro-F1", "micro_f1": "micro-F1", "ece": "ECE",
    "n_units": "units", "n_clusters": "clusters", "n_found": "found", "brier": "Brier score",
    "auc_within_outlet": "AUC within outlets",
}  # fmt: skip
CORPORA = {
    "abp": "Article Bias Prediction", "babe": "BABE", "basil": "BASIL",
    "basil informational": "BASIL", "basil lexical": "BASIL",
    "checkthat_subjectivity_en": "CheckThat! subjectivity", "polnear": "PolNeAR",
    "ptc_semeval2020": "PTC (SemEval 2020)", "vossanto": "VossAnto",
    "labels": "contested names and the sides of outlets",
    "us_slant": "US phrases, then and now",
    "every_text": "reading every text at hand without a fault",
    "development": "our own development labels",
    "hits_in_context": "hits read in context",
}  # fmt: skip


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """Return every file of the folder by its stem."""
    pages = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    return dict(sorted(pages.items()))


def words(name: str) -> str:
    """Return a column or value as a reader would write it."""
    return SHOWN.get(name) or " ".join(SHOWN.get(part, part) for part in name.split("_"))


def corpus_name(name: str) -> str:
    return CORPORA.get(name, words(name))


def number(value: Any) -> str:
    """Return a value for a cell: fractions with two decimals, nothing for what is missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{words(key)}: {number(part)}" for key, part in value.items())
    if isinstance(value, list):
        return f"{len(value)} entries"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        places = 3 if 0 < abs(value) < 0.005 else 2 if abs(value) < 100 else 0
        return f"{value:,.{places}f}".replace("-", "−")
    return words(str(value))


def interval(value: Any, low: Any, high: Any) -> str:
    """Return an estimate with its interval, where it has one."""
    if number(low) == "–" or number(high) == "–":
        return number(value)
    return f"{number(value)} [{number(low)}, {number(high)}]".replace(" ", "\N{NO-BREAK SPACE}")


def pipe_table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |"
                     for line in lines) + "\n"  # fmt: skip


def same_columns(rows: Iterable[Row]) -> list[list[Row]]:
    """Part rows into runs with the same estimates: each is a table of its own."""
    parts: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        parts.setdefault(tuple(c for c in row if not c.endswith(("_low", "_high"))), []).append(row)
    return list(parts.values())


def table(rows: Sequence[Row]) -> str:
    """Return rows of any kind as tables; what is the same in all rows stands above them."""
    return "\n".join(_one_table(part) for part in same_columns(by_metric(rows)))


def by_metric(rows: Sequence[Row]) -> list[Row]:
    """Put the estimates of several metrics side by side."""
    if not all({"metric", "estimate"} <= set(row) for row in rows):
        return list(rows)
    joined: dict[str, dict[str, Any]] = {}
    metrics = list(dict.fromkeys(row["metric"] for row in rows))
    for row in rows:
        rest = {k: v for k, v in row.items() if k not in ("metric", "estimate", "low", "high")}
        whole = joined.setdefault(str(rest), rest | dict.fromkeys(metrics))
        whole[row["metric"]] = row["estimate"]
        whole |= {f"{row['metric']}_{end}": row.get(end) for end in ("low", "high")}
    return list(joined.values())


def _one_table(rows: Sequence[Row]) -> str:
    columns = [c for c in rows[0] if not c.endswith(("_low", "_high")) and c not in ("low", "high")]
    fixed = [c for c in columns if len(rows) > 1 and not isinstance(rows[0][c], float)
             and len({str(row[c]) for row in rows}) == 1]  # fmt: skip
    shown = [c for c in columns if c not in fixed]
    said = "; ".join(f"{words(c)}: {number(rows[0][c])}" for c in fixed)
    body = [[_cell(row, c) for c in shown] for row in rows]
    return (f"{said[0].upper()}{said[1:]}.\n\n" if said else "") + pipe_table(
        [words(c) for c in shown], body
    )


def _cell(row: Row, column: str) -> str:
    ends = ("low", "high") if column == "estimate" else (f"{column}_low", f"{column}_high")
    return interval(row[column], row.get(ends[0]), row.get(ends[1]))


def sentence_rows(pages: Mapping[str, Mapping[str, Any]], measure: str) -> list[Row]:
    """Return the rows that set a measure beside marks of people, of all files."""
    return [row for name, page in pages.items() if name.startswith("measures_")
            for row in page["rows"] if row.get("measure") == measure]  # fmt: skip


def against_marks(rows: Iterable[Row]) -> str:
    """Return a table of a measure against marks of people: own voice beside all voices."""
    by_voice: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        by_voice.setdefault((row["corpus"], row["gold"]), {})[row["voice"]] = row
    body = []
    for (corpus, gold), voices in by_voice.items():
        own = voices.get("outlet") or next(iter(voices.values()))
        auc = [_cell(voices[v], "estimate") if v in voices else "–" for v in ("outlet", "all")]
        size = f"{number(own['n_units'])} {own['unit']}s, {number(own['n_clusters'])} clusters"
        body.append([corpus_name(corpus), words(gold).lower(), number(own["share_gold"]), *auc,
                     number(own["precision"]), number(own["recall"]), size])  # fmt: skip
    head = ["corpus", "marked by people as", "share so marked", "AUC, own voice", "AUC, all voices",
            "precision, own voice", "recall, own voice", "size"]  # fmt: skip
    return pipe_table(head, body)
