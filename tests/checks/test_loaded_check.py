"""Loaded words of PTC by token: lexicon, learnt list, and a fitted tagger in grouped folds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression

import framing as fr
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.folds import grouped_folds
from framing.frames.spans import propose_spans
from framing.frames.store import load_classifier
from framing.text.document import Document

TECHNIQUE = "Loaded_Language"
FOLDS, RESAMPLES = 5, 300


def articles(root: Path) -> tuple[list[Document], list[list[tuple[int, int]]]]:
    home = root / "ptc_semeval2020"
    documents, spans = [], []
    for path in sorted((home / "train-articles").glob("*.txt")):
        documents.append(Document(path.stem, path.read_text("utf-8")))
        labels = (
            home / "train-labels-task2-technique-classification" / f"{path.stem}.task2-TC.labels"
        )
        lines = [line.split("\t") for line in labels.read_text("utf-8").splitlines()]
        spans.append([(int(low), int(high)) for _, name, low, high in lines if name == TECHNIQUE])
    return documents, spans


def covered(words: list[tuple[int, int]], spans: list[tuple[int, int]]) -> np.ndarray:
    found = np.zeros(len(words), bool)
    for low, high in spans:
        found |= np.array([start < high and end > low for start, end in words])
    return found


def f1(gold: np.ndarray, found: np.ndarray) -> float:
    both = (gold & found).sum()
    return float(2 * both / max(gold.sum() + found.sum(), 1))


def interval(gold: np.ndarray, found: np.ndarray, cluster: np.ndarray) -> tuple[float, float]:
    names, own = np.unique(cluster, return_inverse=True)
    sums = np.array([np.bincount(own, weights) for weights in
                     (gold & found, gold.astype(int) + found)])  # fmt: skip
    chance = np.random.default_rng(0)
    drawn = [sums[:, chance.integers(0, len(names), len(names))].sum(axis=1)
             for _ in range(RESAMPLES)]  # fmt: skip
    low, high = np.quantile([2 * a / b for a, b in drawn], [0.025, 0.975])
    return float(low), float(high)


def features(document: Document, listed: dict[int, float], proposed: set[int]) -> list[dict]:
    reading = document.reading
    words = reading.folded
    rows = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else "^"
        after = words[at + 1] if at + 1 < len(words) else "$"
        strength = listed.get(at, 0.0)
        rows.append({
            f"w={word}": 1, f"s={word[-4:]}": 1, f"p={word[:5]}": 1, f"b={before}": 1,
            f"a={after}": 1, f"bw={before} {word}": 1, f"aw={word} {after}": 1,
            f"listed={strength:.2f}": 1, f"near={any(n in listed for n in (at - 1, at + 1))}": 1,
            f"proposed={at in proposed}": 1, f"capital={reading.capitals[at]}": 1,
        })  # fmt: skip
    return rows


def places(document: Document, hits) -> dict[int, float]:
    found = {}
    for row in hits.itertuples():
        first = document.reading.word_at(row.start)
        while first < document.reading.n_words and document.reading.starts[first] < row.end:
            found[first] = row.strength
            first += 1
    return found


def learnt(words: list[str], gold: np.ndarray, train: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Call words marked at least twice, and in half of their uses, in the training part."""
    uses = Counter(words[at] for at in np.flatnonzero(train))
    marked = Counter(words[at] for at in np.flatnonzero(train & gold))
    known = {word for word, n in marked.items() if n >= 2 and n >= 0.5 * uses[word]}
    return np.array([words[at] in known for at in np.flatnonzero(rest)])


def best_threshold(gold: np.ndarray, chance: np.ndarray) -> float:
    cuts = np.quantile(chance, np.linspace(0.8, 0.995, 60))
    return float(max(cuts, key=lambda cut: f1(gold, chance >= cut)))


def test_tokens_of_ptc(corpora, record):
    documents, spans = articles(corpora)
    corpus = fr.read_corpus(documents)
    hits = fr.annotate(corpus, ["loaded_language"])
    loaded = dict(list(hits.groupby("doc_id")))
    hits = propose_spans(load_classifier("lexical-bias"), corpus, lexicon=False)
    proposals = dict(list(hits.groupby("doc_id")))
    rows, words, gold, listed, cluster = [], [], [], [], []
    for number, (document, mine) in enumerate(zip(documents, spans, strict=True)):
        found = places(document, loaded[document.doc_id]) if document.doc_id in loaded else {}
        near = (
            set(places(document, proposals[document.doc_id]))
            if document.doc_id in proposals
            else set()
        )
        rows += features(document, found, near)
        words += document.reading.folded
        gold.append(covered(document.words, mine))
        listed.append(np.isin(np.arange(len(document.words)), list(found)))
        cluster.append(np.full(len(document.words), number))
    gold, listed, cluster = (np.concatenate(part) for part in (gold, listed, cluster))
    pairs = near_duplicates([one.text for one in documents])
    groups = merge(list(range(len(documents))), pairs)
    marks = np.array([[bool(mine)] for mine in spans])
    fold = grouped_folds(np.asarray(groups), marks, FOLDS, 0)[cluster]
    columns = FeatureHasher(1 << 18).transform(rows)
    tagger, list_learnt = np.zeros(len(gold), bool), np.zeros(len(gold), bool)
    for number in range(FOLDS):
        train, rest = fold != number, fold == number
        inner = train & (fold == (number + 1) % FOLDS)
        model = LogisticRegression(C=1.0, class_weight={True: 4.0, False: 1.0}, solver="liblinear",
                                   max_iter=200)  # fmt: skip
        model.fit(columns[train & ~inner], gold[train & ~inner])
        cut = best_threshold(gold[inner], model.predict_proba(columns[inner])[:, 1])
        tagger[rest] = model.predict_proba(columns[rest])[:, 1] >= cut
        list_learnt[rest] = learnt(words, gold, train, rest)
    table = []
    for name, found in (("lexicon only", listed), ("learnt list", list_learnt),
                        ("fitted tagger", tagger)):  # fmt: skip
        low, high = interval(gold, found, cluster)
        table.append({
            "corpus": "ptc_semeval2020", "unit": "token", "gold": TECHNIQUE, "model": name,
            "metric": "f1", "estimate": f1(gold, found), "low": low, "high": high,
            "precision": float(gold[found].mean()), "recall": float(found[gold].mean()),
            "n_units": len(gold), "n_clusters": len(documents),
        })  # fmt: skip
    record("loaded_tokens", table, [corpora / "ptc_semeval2020"])
    assert table[0]["estimate"] > 0.1
