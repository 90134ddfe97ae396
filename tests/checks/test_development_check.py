"""Voices and historical comparisons against the labels of corpora/development."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from framing.engine import Engine
from framing.extractors.base import as_extractors
from framing.tables import HITS
from framing.text.document import Document
from framing.text.goldvoices import agreement
from framing.text.quotation import find_quotations
from framing.text.voices import Attribution
from tests.checks.labelled import labelled, moved

VOICES = ("outlet", "direct", "indirect")
ROLES = ("source", "comparator", "target")
EXTENDED = ("SUPERLATIVE", "PRECEDENT")


def letters(text: str, spans: Iterable[tuple[int, int]]) -> np.ndarray:
    """Which letters and digits lie inside the spans."""
    inside = np.zeros(len(text), bool)
    for start, end in spans:
        inside[start:end] = True
    return inside & np.array([char.isalnum() for char in text], bool)


def f1(found: float, wanted: float, both: float) -> dict[str, float]:
    precision, recall = both / max(found, 1), both / max(wanted, 1)
    return {
        "precision": precision, "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-12),
    }  # fmt: skip


def test_voices(corpora, record):
    engine = Engine([])
    counts: dict[str, np.ndarray] = {}
    triples = []
    for line, text in labelled(corpora, "voices"):
        document = Document(f"{line['id']}-{line['start']}", text)
        ((reading, voices),) = engine.read([document])
        gold = [
            Attribution(
                one["kind"], tuple(moved(span, line["start"]) for span in one["content"]),
                moved(one["cue"], line["start"]), moved(one["speaker"], line["start"]),
            )
            for one in line["attributions"]
        ]  # fmt: skip
        triples.append((document, gold, voices.attributions))
        marks = letters(text, [(q.start, q.end) for q in find_quotations(reading) if not q.depth])
        whole = letters(text, [s for one in gold if one.kind == "direct" for s in one.content])
        mixed = letters(text, [s for one in gold if one.kind == "mixed" for s in one.content])
        plain = letters(text, [s for one in gold if one.kind == "indirect" for s in one.content])
        direct = whole | (mixed & marks)
        indirect = (plain | (mixed & ~marks)) & ~direct
        wanted = dict(zip(VOICES, (~direct & ~indirect, direct, indirect), strict=True))
        for voice in VOICES:
            here = [run[:2] for run in voices.runs if run[2] == voice]
            if voice == "outlet":
                here = [run[:2] for run in voices.runs if run[2] not in VOICES[1:]]
            mine = letters(text, here)
            gold_letters = wanted[voice] & letters(text, [(0, len(text))])
            tally = np.array([mine.sum(), gold_letters.sum(), (mine & gold_letters).sum()])
            counts[voice] = counts.get(voice, 0) + tally
    rows = [{"voice": voice, **f1(*counts[voice].tolist())} for voice in VOICES]
    rows.append({"voice": "macro", "f1": sum(row["f1"] for row in rows) / 3})
    rows.append({"texts": len(triples), **agreement(triples)})
    record("voices_development", rows, [])
    assert rows[3]["f1"] >= 0.88


def test_history(corpora, record):
    rows = []
    for part in ("tune", "test"):
        cases = [
            (line, text) for line, text in labelled(corpora, "history") if line["part"] == part
        ]
        rows += history(cases, part)
    record("history_development", rows, [])
    assert next(r for r in rows if r["part"] == "test" and r["group"] == "all")["f1"] >= 0.85


def history(cases: list[tuple[dict[str, Any], str]], part: str) -> list[dict[str, Any]]:
    """P, R and F1 of comparisons by group of sentences and by rule; roles of those found."""
    engine = Engine(as_extractors(["historical_comparison"]))
    tallies: dict[str, Counter] = {}
    roles: Counter[str] = Counter()
    for line, text in cases:
        meta = {"date": line["date"]} if line["date"] else {}
        found = [
            dict(zip(HITS, row, strict=True))
            for row in engine.rows([Document("a", text, "", meta)])
        ]
        for hit in found:
            hit.update(json.loads(hit["attributes"]))
        gold = [_moved(hit, line["start"]) for hit in line["hits"]]
        pairs, used = [], set()
        for hit in found:
            match = next(
                (n for n, one in enumerate(gold) if n not in used and _meet(hit, one)), None
            )
            used |= {match}
            pairs.append((hit, gold[match] if match is not None else None))
        left = [(None, one) for n, one in enumerate(gold) if n not in used]
        for hit, one in pairs + left:
            kind = (one or hit)["type"]
            groups = ["all", line["stratum"], "extended" if kind in EXTENDED else "core", kind]
            if hit is not None:
                groups.append(f"rule {hit['rule']}")
            if hit is not None and one is None and hit["entry"]:
                groups.append(f"wrong entry {hit['entry']}")
            outcome = "both" if hit and one else "found" if hit else "wanted"
            for group in groups:
                tallies.setdefault(group, Counter())[outcome] += 1
            if hit and one:
                _roles(hit, one, roles)
    rows = [
        {
            "part": part, "group": group, "right": n["both"], "wrong": n["found"],
            "missed": n["wanted"],
            **f1(n["both"] + n["found"], n["both"] + n["wanted"], n["both"]),
        }
        for group, n in sorted(tallies.items())
    ]  # fmt: skip
    shares = {
        name: roles[name] / max(roles[f"{name}_of"], 1)
        for name in (*ROLES, "type", "stance", "core")
    }
    return [*rows, {"part": part, "group": "roles", "sentences": len(cases), **shares}]


def _moved(hit: dict[str, Any], by: int) -> dict[str, Any]:
    spans = {role: moved(hit[role], by) for role in ROLES}
    edges = [edge for role in ROLES[:2] if spans[role] for edge in spans[role]]
    return {**hit, **spans, "start": min(edges), "end": max(edges)}


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return max(one["start"], other["start"]) < min(one["end"], other["end"])


def _roles(hit: dict[str, Any], one: dict[str, Any], roles: Counter[str]) -> None:
    overlap: Callable = lambda a, b: max(a[0], b[0]) < min(a[1], b[1])
    for role in ROLES:
        roles[f"{role}_of"] += 1
        mine, wanted = hit[role], one[role]
        roles[role] += overlap(mine, wanted) if mine and wanted else mine is None is wanted
    for name in ("type", "stance"):
        roles[f"{name}_of"] += 1
        roles[name] += hit[name] == one[name]
    roles["core_of"] += 1
    roles["core"] += hit["core"] == (one["type"] not in EXTENDED)
