"""Loaded words of PTC by token: lexicon, learnt list, and the span tagger in grouped folds."""

from __future__ import annotations

from collections import Counter

import numpy as np

from framing.engine import annotate
from framing.extractors.base import as_extractors
from framing.frames import tagged_words
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.folds import grouped_folds
from framing.frames.labelled import LOADED, ptc_spans
from framing.frames.span_tagger import SpanTagger
from framing.frames.tagged_words import read_words
from framing.phrases import widen

FOLDS, RESAMPLES = 5, 1000


def covered(document, spans):
    reading = document.reading
    found = np.zeros(reading.n_words, bool)
    for low, high in spans:
        found |= (np.array(reading.starts) < high) & (np.array(reading.ends) > low)
    return found


def f1(gold, found):
    return float(2 * (gold & found).sum() / (gold.sum() + found.sum()))


def interval(gold, found, cluster):
    _, own = np.unique(cluster, return_inverse=True)
    sums = np.array([np.bincount(own, gold & found), np.bincount(own, gold.astype(int) + found)])
    chance = np.random.default_rng(0)
    size = sums.shape[1]
    drawn = [sums[:, chance.integers(0, size, size)].sum(axis=1) for _ in range(RESAMPLES)]
    low, high = np.quantile([2 * a / b for a, b in drawn], [0.025, 0.975])
    return float(low), float(high)


def learnt(words, gold, train, rest):
    """Call words marked at least twice, and in half of their uses, in the training part."""
    uses = Counter(words[train].tolist())
    marked = Counter(words[train & gold].tolist())
    known = {word for word, n in marked.items() if n >= 2 and n >= 0.5 * uses[word]}
    return np.array([word in known for word in words[rest].tolist()])


def remembered(read):
    """Read the vectors of each document once, for all folds."""
    known = {}

    def vectors(documents, encoder):
        for one in documents:
            if one.doc_id not in known:
                known[one.doc_id] = read([one], encoder)
        return np.concatenate([known[one.doc_id] for one in documents])

    return vectors


def test_tokens_of_ptc(corpora, record, monkeypatch):
    documents, spans = ptc_spans()
    gold = np.concatenate([covered(*pair) for pair in zip(documents, spans, strict=True)])
    words = read_words(documents, as_extractors(["loaded_language"]))
    groups = merge(range(len(documents)), near_duplicates([one.text for one in documents]))
    folds = grouped_folds(groups, np.array([[bool(mine)] for mine in spans]), FOLDS, 0)
    fold = folds[words.document]
    phrases = widen(annotate(documents, as_extractors(["loaded_language"])), documents)
    places = {name: list(zip(mine.start, mine.end, strict=True))
              for name, mine in phrases.groupby("doc_id")}  # fmt: skip
    called = {
        "lexicon only": words.plain[:, 0] > 0,
        "lexicon only, phrases": np.concatenate(
            [covered(one, places.get(one.doc_id, [])) for one in documents]
        ),
    }
    models = ("learnt list", "span tagger", "span tagger with encoder")
    called |= {name: np.zeros(len(gold), bool) for name in models}
    monkeypatch.setattr(tagged_words, "_vectors", remembered(tagged_words._vectors))
    for number in range(FOLDS):
        train, rest = (np.flatnonzero((folds == number) == held) for held in (False, True))
        for name in models[1:]:
            tagger = SpanTagger(encoder="encoder" in name)
            tagger.fit([documents[i] for i in train], [spans[i] for i in train])
            chance = np.concatenate(tagger.chances([documents[i] for i in rest]))
            called[name][fold == number] = chance >= tagger.threshold_
        called["learnt list"][fold == number] = learnt(
            words.folded, gold, fold != number, fold == number
        )
    table = []
    for name, found in called.items():
        low, high = interval(gold, found, groups[words.document])
        table.append({
            "corpus": "ptc_semeval2020", "unit": "token", "gold": LOADED, "model": name,
            "metric": "f1", "estimate": f1(gold, found), "low": low, "high": high,
            "precision": float(gold[found].mean()), "recall": float(found[gold].mean()),
            "n_units": len(gold), "n_clusters": int(groups.max()) + 1,
        })  # fmt: skip
    record("loaded_tokens", table, [corpora / "ptc_semeval2020"])
    estimate = {row["model"]: row["estimate"] for row in table}
    assert estimate["lexicon only, phrases"] >= 0.19
    assert estimate["span tagger"] >= 0.25
    assert estimate["span tagger with encoder"] >= 0.28
