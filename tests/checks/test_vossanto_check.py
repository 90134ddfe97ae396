"""Vossian antonomasia on the corpus Vossanto, in folds that keep each name in one."""

from __future__ import annotations

import csv
import re

import numpy as np
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from framing.comparison.antonomasia import antonomasia_classifier, slots


def test_vossanto(corpora, record):
    with (corpora / "vossanto" / "data.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = [row["text"] for row in rows]
    labels = np.array([int(row["label"]) for row in rows])
    names = np.array([_name(row) for row in rows])
    answers = cross_val_predict(
        antonomasia_classifier(), texts, labels, groups=names, cv=GroupKFold(5)
    )
    draws = np.random.default_rng(1)
    places = [draws.integers(0, len(rows), len(rows)) for _ in range(500)]
    low, high = np.quantile([f1_score(labels[at], answers[at]) for at in places], [0.025, 0.975])
    pattern = np.array(
        [any(s.link == "of" and s.article == "the" for s in slots(t)) for t in texts]
    )
    record(
        "vossanto",
        [
            {
                "detector": name, "sentences": len(rows), "folds": "by source name",
                "f1": float(f1_score(labels, found)),
                "precision": float(precision_score(labels, found)),
                "recall": float(recall_score(labels, found)),
            }
            | ({"f1_low": float(low), "f1_high": float(high)} if name == "classifier" else {})
            for name, found in (("classifier", answers), ("the X of", pattern))
        ],
        [corpora / "vossanto"],
    )  # fmt: skip
    assert f1_score(labels, answers) >= 0.91


def _name(row: dict[str, str]) -> str:
    marked = re.findall(r"'([^']+)'", row["source"])
    found = slots(row["text"])
    return (marked or [found[0].name if found else row["text"][:20]])[0].lower()
