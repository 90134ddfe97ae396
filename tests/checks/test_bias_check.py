"""Loaded language and sentence bias on BABE: errors by side, quotations, plain outlets."""

from __future__ import annotations

import numpy as np

import framing as fr
from framing.frames.evaluation import evaluate
from framing.frames.labelled import babe
from framing.frames.recipes import recipe
from framing.text.document import Document

SIDES = {
    "Alternet": "left", "HuffPost": "left", "MSNBC": "left", "Daily Beast": "left",
    "Reuters": "centre", "USA Today": "centre", "Breitbart": "right", "Federalist": "right",
    "Fox News": "right", "Daily Stormer": "right",
}  # fmt: skip
PLAIN = ("Reuters", "USA Today")
STRONG, RESAMPLES = 0.66, 1000
MARKS = '"“”'


def test_errors_by_side(corpora, record):
    """False-positive rate and calibration error by article; nothing is evened out."""
    how = recipe("babe")
    documents = [Document(one.doc_id, one.text, None, {**one.meta, "side": SIDES[name]})
                 for one in babe() if (name := one.meta["outlet"])]  # fmt: skip
    y = [one.meta["frames"] for one in documents]
    found = evaluate(how.classifier(), documents, y, groups=("article",), extras=())
    rows = found.groups.to_dict("records")
    rates = {row["group"]: row["estimate"] for row in rows
             if row["field"] == "side" and row["measure"] == "false_positive_rate"}  # fmt: skip
    rows.append({"field": "side", "group": "left minus right", "measure": "false_positive_rate",
                 "estimate": rates["left"] - rates["right"]})  # fmt: skip
    record("babe_errors_by_side", rows, [corpora / "babe"])
    assert abs(rates["left"] - rates["right"]) <= 0.06


def test_own_voice_and_plain_outlets(corpora, record):
    documents = {one.doc_id: one for one in babe()}
    biased = {key: one.meta["frames"] == "biased" for key, one in documents.items()}
    hits = fr.annotate(fr.read_corpus(documents.values()), ["loaded_language"])
    quoting = [key for key, one in documents.items() if any(mark in one.text for mark in MARKS)]
    own = set(hits.loc[hits["voice"].isin(["outlet", "scare", "title"]), "doc_id"])
    rows = _precision(documents, biased, quoting, {"own voice": own, "all": set(hits["doc_id"])})
    strong = hits.loc[hits["strength"] >= STRONG, "doc_id"].value_counts()
    rates = {}
    for label in (True, False):
        ids = [key for key, one in documents.items()
               if one.meta["outlet"] in PLAIN and biased[key] is label]  # fmt: skip
        words = sum(len(documents[key].words) for key in ids)
        rates[label] = 1000 * int(strong.reindex(ids).fillna(0).sum()) / words
        rows.append({"unit": "1,000 words", "measure": "hits of strength .67 or more",
                     "group": f"Reuters and USA Today, {'biased' if label else 'not biased'}",
                     "estimate": rates[label], "n_units": len(ids), "n_words": words})  # fmt: skip
    record("babe_loaded_language", rows, [corpora / "babe"])
    assert rows[2]["low"] > 0
    assert rates[False] <= 0.55 * rates[True]


def _precision(documents, biased, ids, called):
    """Return the share of called sentences that are marked biased, and the difference."""
    articles = np.array([str(documents[key].meta["article"] or key) for key in ids])
    _, cluster = np.unique(articles, return_inverse=True)
    gold = np.array([biased[key] for key in ids])
    sums = {}
    for name, found in called.items():
        hit = np.array([key in found for key in ids])
        sums[name] = np.stack([np.bincount(cluster, hit & gold), np.bincount(cluster, hit)])
    chance = np.random.default_rng(0)
    size = cluster.max() + 1
    picks = chance.integers(0, size, (RESAMPLES, size))
    value = {name: part[0].sum() / part[1].sum() for name, part in sums.items()}
    drawn = {name: part[0][picks].sum(1) / part[1][picks].sum(1) for name, part in sums.items()}
    value["own voice minus all"] = value["own voice"] - value["all"]
    drawn["own voice minus all"] = drawn["own voice"] - drawn["all"]
    rows = []
    for name, estimate in value.items():
        low, high = np.quantile(drawn[name], [0.025, 0.975])
        rows.append({"unit": "sentence with quotation marks", "measure": "precision",
                     "group": name, "estimate": float(estimate), "low": float(low),
                     "high": float(high), "n_units": len(ids), "n_clusters": int(size),
                     })  # fmt: skip
    return rows
