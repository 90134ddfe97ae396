"""Every measure against what people marked: sentences of four corpora, own voice and voice-blind.

A measure is not expected to find what another construct's annotators marked; the table shows what
each says of each, so that nobody has to guess.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scipy.stats import rankdata

import framing as fr
from framing.frames.labelled import babe, basil_informational, basil_lexical
from framing.text.document import Document

RESAMPLES = 300
TECHNIQUES = (
    "Loaded_Language", "Name_Calling,Labeling", "Exaggeration,Minimisation", "Flag-Waving",
    "Appeal_to_fear-prejudice", "Doubt", "Bandwagon,Reductio_ad_hitlerum",
)  # fmt: skip


class Marked(NamedTuple):
    """Units that people judged: (document, its lines' bounds), one verdict and cluster a unit."""

    documents: list[Document]
    bounds: list[tuple[int, int, int]]  # number of the document, start, end
    gold: dict[str, np.ndarray]
    cluster: np.ndarray


def sentences(documents: list[Document], wanted: str, cluster: str, gold: str) -> Marked:
    return Marked(
        documents, [(at, 0, len(one.text)) for at, one in enumerate(documents)],
        {gold: np.array([one.meta["frames"] == wanted for one in documents])},
        np.array([str(one.meta[cluster]) for one in documents]),
    )  # fmt: skip


def subjective(root: Path) -> Marked:
    rows = []
    for part in ("train", "dev"):
        with (root / "checkthat_subjectivity_en" / f"{part}_en.tsv").open(encoding="utf-8") as file:
            rows += list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    documents = [Document(row["sentence_id"], row["sentence"], None,
                          {"frames": row["label"], "own": row["sentence_id"]})
                 for row in rows]  # fmt: skip
    return sentences(documents, "SUBJ", "own", "subjective")


def propaganda(root: Path) -> Marked:
    home = root / "ptc_semeval2020"
    documents, bounds, cluster, marks = [], [], [], []
    for at, path in enumerate(sorted((home / "train-articles").glob("*.txt"))):
        text = path.read_text("utf-8")
        number = path.stem.removeprefix("article")
        documents.append(Document(number, text))
        folder = home / "train-labels-task2-technique-classification"
        spans = [
            line.split("\t")
            for line in (folder / f"{path.stem}.task2-TC.labels").read_text("utf-8").splitlines()
        ]
        for start, end in lines(text):
            bounds.append((at, start, end))
            cluster.append(number)
            marks.append({name for _, name, low, high in spans
                          if int(low) < end and int(high) > start})  # fmt: skip
    gold = {name: np.array([name in mine for mine in marks]) for name in TECHNIQUES}
    return Marked(documents, bounds, gold, np.array(cluster))


def lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def strengths(marked: Marked) -> Iterator[tuple[str, str, np.ndarray]]:
    """Yield measure, voice, and the summed strength of its hits in each unit."""
    hits = fr.annotate(fr.read_corpus(marked.documents))
    place = {one.doc_id: at for at, one in enumerate(marked.documents)}
    starts = np.array([at * 10**9 + start for at, start, _ in marked.bounds])
    where = hits["doc_id"].map(place).to_numpy() * 10**9 + hits["start"].to_numpy()
    unit = np.searchsorted(starts, where, side="right") - 1
    for measure in sorted(hits["extractor"].unique()):
        for voice, allowed in (("outlet", ("outlet", "title", "scare")), ("all", None)):
            mine = hits["extractor"].eq(measure)
            mine &= hits["voice"].isin(allowed) if allowed else True
            found = np.bincount(unit[mine], hits["strength"][mine], len(starts))
            yield measure, voice, found


def auc(score: np.ndarray, gold: np.ndarray) -> float:
    positive = gold.sum()
    ranks = rankdata(score)[gold].sum() - positive * (positive + 1) / 2
    return float(ranks / (positive * (len(gold) - positive)))


def interval(score: np.ndarray, gold: np.ndarray, cluster: np.ndarray) -> tuple[float, float]:
    names, own = np.unique(cluster, return_inverse=True)
    members = np.split(np.argsort(own, kind="stable"), np.cumsum(np.bincount(own))[:-1])
    chance = np.random.default_rng(0)
    drawn = []
    for _ in range(RESAMPLES):
        rows = np.concatenate([members[at] for at in chance.integers(0, len(names), len(names))])
        if 0 < gold[rows].sum() < len(rows):
            drawn.append(auc(score[rows], gold[rows]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


SETS: dict[str, Callable[[Path], Marked]] = {
    "babe": lambda _: sentences(list(babe()), "biased", "article", "biased"),
    "basil lexical": lambda _: sentences(list(basil_lexical()), "biased", "event", "lexical bias"),
    "basil informational": lambda _: sentences(
        list(basil_informational()), "biased", "event", "informational bias"),
    "checkthat_subjectivity_en": subjective,
    "ptc_semeval2020": propaganda,
}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_measures_against_marks(name, corpora, record):
    marked = SETS[name](corpora)
    rows = []
    for measure, voice, score in strengths(marked):
        for gold_name, gold in marked.gold.items():
            found = score > 0
            low, high = interval(score, gold, marked.cluster)
            rows.append({
                "corpus": name, "unit": "sentence", "gold": gold_name, "measure": measure,
                "voice": voice, "metric": "auc", "estimate": auc(score, gold), "low": low,
                "high": high, "precision": float(gold[found].mean()) if found.any() else None,
                "recall": float(found[gold].mean()), "share_gold": float(gold.mean()),
                "n_found": int(found.sum()), "n_units": len(gold),
                "n_clusters": len(Counter(marked.cluster)),
            })  # fmt: skip
    folder = name.split()[0]
    record(f"measures_{name.replace(' ', '_')}", rows, [corpora / folder])
    best = {row["gold"]: row["estimate"] for row in rows
            if row["measure"] == "loaded_language" and row["voice"] == "all"}  # fmt: skip
    assert all(value > 0.5 for value in best.values()), best
