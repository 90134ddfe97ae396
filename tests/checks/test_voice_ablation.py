"""What voice changes: every measure voice-blind and in the outlet's own words, on two corpora."""

from __future__ import annotations

import json

import pandas as pd

import framing as fr
from framing.speech import read_voices
from framing.text.layouts import basil_text

SIDES = ("left", "center", "right")


def rates(corpus, by: str, cluster: str) -> list[dict]:
    """Pooled rates a 1,000 words and their differences, voice by voice."""
    scores = fr.score(fr.annotate(corpus), corpus)
    stems = [name.removesuffix(".count") for name in scores if name.endswith(".count")]
    table = fr.compare(scores, by=by, cluster=cluster, measures=stems).astype(object)
    return table.where(table.notna(), None).to_dict("records")


def voice_columns(rows: list[dict]) -> list[dict]:
    """One row a measure and group: outlet, attributed and voice-blind side by side."""
    found: dict[tuple, dict] = {}
    for row in rows:
        measure, voice = row["measure"].removesuffix(".per_1k").rsplit(".", 1)
        key = (measure, row["group"], row["reference"])
        names = ("measure", "group", "reference")
        line = found.setdefault(key, dict(zip(names, key, strict=True)))
        values = row["estimate"], row["low"], row["high"]
        line |= dict(zip((voice, f"{voice}_low", f"{voice}_high"), values, strict=True))
    return list(found.values())


def test_article_bias_prediction(corpora, record):
    corpus = fr.read_corpus("@article_bias_prediction")
    rows = voice_columns(rates(corpus, "side", "outlet"))
    record("voice_ablation_abp", rows, [corpora / "article_bias_prediction"])
    assert {row["group"] for row in rows} >= set(SIDES)


def basil_marks(folder) -> pd.DataFrame:
    """Marked bias spans of BASIL: where, lexical or informational, in a quotation or not."""
    rows = []
    for path in sorted((folder / "annotations").rglob("*_ann.json")):
        stem = path.stem.removesuffix("_ann")
        article = json.loads((folder / "articles" / path.parent.name / f"{stem}.json").read_text())
        text, starts = basil_text(article["body-paragraphs"])
        for mark in json.loads(path.read_text())["phrase-level-annotations"]:
            if mark["id"].startswith("p") and int(mark["id"][1:]) < len(starts):
                at = starts[int(mark["id"][1:])]
                start, end = at + mark["start"], at + mark["end"]
                if text[start:end] == mark["txt"]:
                    rows.append((stem, start, end, mark["bias"], mark["quote"] == "yes"))
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "bias", "quoted"])


def test_basil(corpora, record):
    corpus = fr.read_corpus("@basil")
    table = voice_columns(rates(corpus, "outlet", "event"))
    marks = basil_marks(corpora / "basil")
    maps = {document.doc_id: voices for document, _, voices in read_voices(corpus)}
    middles = zip(marks.doc_id, (marks.start + marks.end) // 2, strict=True)
    marks["voice"] = [maps[doc_id].voice_at(middle) for doc_id, middle in middles]
    marks["own"] = marks.voice.isin(["outlet", "scare", "title"])
    rows = []
    for bias, part in marks.groupby("bias"):
        rows.append(
            {
                "measure": f"marks_{bias}", "spans": len(part), "quoted": int(part.quoted.sum()),
                "quoted_found_not_own": float((~part.own[part.quoted]).mean()),
                "unquoted_found_own": float(part.own[~part.quoted].mean()),
            }
        )  # fmt: skip
    hits = fr.annotate(corpus)
    for extractor, found in hits.groupby("extractor"):
        for name, part in (("all", found), ("outlet", found[found.voice == "outlet"])):
            rows.append(
                {
                    "measure": extractor, "voice": name, "spans": len(part),
                    "in_lexical_mark": _share_inside(part, marks[marks.bias == "lex"]),
                    "in_any_mark": _share_inside(part, marks),
                }
            )  # fmt: skip
    record("voice_ablation_basil", [*table, *rows], [corpora / "basil"])


def _share_inside(hits: pd.DataFrame, marks: pd.DataFrame) -> float:
    if hits.empty:
        return float("nan")
    by_text = {name: part[["start", "end"]].to_numpy() for name, part in marks.groupby("doc_id")}
    inside = [
        any(hit.start < end and start < hit.end for start, end in by_text.get(hit.doc_id, ()))
        for hit in hits.itertuples()
    ]
    return sum(inside) / len(inside)
