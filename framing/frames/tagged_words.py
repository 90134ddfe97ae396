"""What a word looks like to the span tagger: sparse properties, and numbers of its surroundings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from framing import engine
from framing.frames.encoder import Encoder
from framing.text.document import Document, Reading

COLUMNS = 1 << 19
OPENING = ('"', "“", "‘")
FAR = -9.0  # the log-odds that stand in for a neighbour beyond the sentence
OTHERS, VECTOR_C = 8, 3.0  # words not marked for each that is; strength of the vectors
PRIOR, WEIGHT = 0.01, 5.0  # of the share of a word's uses that are marked


class Words(NamedTuple):
    """The words of some documents: row by row their properties, sentence and document."""

    folded: np.ndarray
    sparse: sparse.csr_matrix
    plain: np.ndarray
    sentence: np.ndarray
    document: np.ndarray
    vectors: np.ndarray

    def of(self, documents: np.ndarray) -> np.ndarray:
        """Return which rows belong to the documents of these numbers."""
        return np.isin(self.document, documents)


def read_words(
    documents: Sequence[Document], extractors: Sequence[Any], encoder: Encoder | None = None
) -> Words:
    """Return the words of documents with what the first extractor and the others find in them.

    With an encoder also the vector each word has in its sentence.
    """
    hits = engine.annotate(documents, extractors)
    found = {key: rows for key, rows in hits.groupby(["doc_id", "extractor"], observed=True)}
    rows: list[dict[str, float]] = []
    plain: list[list[float]] = []
    words: list[str] = []
    sentences: list[int] = []
    sizes: list[int] = []
    count = 0
    for document in documents:
        reading = document.reading
        listed, *others = (
            _strengths(reading, found.get((document.doc_id, one.name))) for one in extractors
        )
        own = [reading.sentence_at(start) for start in reading.starts]
        rows += _properties(reading, listed, others)
        plain += _numbers(reading, own, listed, others)
        words += reading.folded
        sentences += [count + one for one in own]
        sizes.append(reading.n_words)
        count += len(document.sentences)
    return Words(
        np.array(words, object), FeatureHasher(COLUMNS).transform(rows) if rows else
        sparse.csr_matrix((0, COLUMNS)), np.array(plain, float) if rows else np.zeros((0, 0)),
        np.array(sentences, int), np.repeat(np.arange(len(documents)), sizes),
        _vectors(documents, encoder) if encoder else np.zeros((len(rows), 0), np.float32),
    )  # fmt: skip


def _vectors(documents: Sequence[Document], encoder: Encoder) -> np.ndarray:
    texts, places = [], []
    for reading in (one.reading for one in documents if one.reading.n_words):
        for (low, high), (first, behind) in zip(
            reading.sentences, reading.sentence_words, strict=True
        ):
            texts.append(reading.text[low:high])
            places.append([(reading.starts[at] - low, reading.ends[at] - low)
                           for at in range(first, behind)])  # fmt: skip
    return encoder.word_vectors(texts, places).astype(np.float16)


def _strengths(reading: Reading, hits: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    for start, end, strength in () if hits is None else zip(hits.start, hits.end, hits.strength,
                                                            strict=True):  # fmt: skip
        for word in range(reading.word_at(start), reading.word_at(end)):
            found[word] = max(strength, found.get(word, 0.0))
    return found


def _properties(
    reading: Reading, listed: dict[int, float], others: list[dict[int, float]]
) -> list[dict[str, float]]:
    padded = ["^", "^", *reading.folded, "$", "$"]
    rows = []
    for at, word in enumerate(reading.folded):
        before, after = padded[at + 1], padded[at + 3]
        row: dict[str, float] = dict.fromkeys(
            (f"w={word}", f"s={word[-4:]}", f"s={word[-3:]}", f"p={word[:5]}", f"p={word[:4]}",
             f"b={before}", f"a={after}", f"bw={before} {word}", f"aw={word} {after}",
             f"listed={listed.get(at, 0.0):.2f}", f"near={at - 1 in listed or at + 1 in listed}",
             f"capital={bool(reading.capitals[at])}", f"opens={_opens(reading, at)}"), 1.0,
        )  # fmt: skip
        row.update(dict.fromkeys((f"bb={padded[at]}", f"aa={padded[at + 4]}"), 0.5))
        row.update((f"c={word[i : i + 3]}", 0.3) for i in range(len(word) - 2))
        row.update((f"o={number}", 1.0) for number, one in enumerate(others) if at in one)
        rows.append(row)
    return rows


def _opens(reading: Reading, at: int) -> bool:
    return reading.text[max(reading.starts[at] - 1, 0) : reading.starts[at]] in OPENING


def _numbers(
    reading: Reading, own: list[int], listed: dict[int, float], others: list[dict[int, float]]
) -> list[list[float]]:
    n = reading.n_words
    rows = []
    for at, (word, sentence) in enumerate(zip(reading.folded, own, strict=True)):
        low, high = reading.sentences[sentence]
        rows.append([
            listed.get(at, 0.0), sum(at in one for one in others), len(word),
            reading.capitals[at], _opens(reading, at), at / n, high - low,
            (reading.starts[at] - low) / max(high - low, 1), n, len(listed) / n,
        ])  # fmt: skip
    return rows


class FirstLook:
    """Two logistic regressions on sparse properties, of words and of sentences, and word counts.

    With vectors a third one, of words in their sentences.
    """

    def __init__(self, words: Words, marked: np.ndarray, use: np.ndarray) -> None:
        self.word = LogisticRegression(C=0.3, solver="liblinear", max_iter=60, tol=5e-3)
        self.word.fit(words.sparse[use], marked[use])
        inside, known = _sentences(words), np.unique(words.sentence[use])
        holds = np.zeros(inside.shape[0], bool)
        np.logical_or.at(holds, words.sentence, marked)
        self.sentence = LogisticRegression(C=3.0, solver="liblinear", class_weight="balanced")
        self.sentence.fit(inside[known], holds[known])
        self.vector = _vector_model(words.vectors, marked, np.flatnonzero(use))
        self.uses = Counter(words.folded[use].tolist())
        self.marks = Counter(words.folded[use & marked].tolist())

    def numbers(self, words: Words) -> np.ndarray:
        """Return plain numbers and those of word, neighbours, sentence and document."""
        sentence, document = words.sentence, words.document
        own = self.word.decision_function(words.sparse)
        seen = [] if self.vector is None else _beside(
            self.vector.decision_function(words.vectors.astype(np.float32)), sentence
        )  # fmt: skip
        around = self.sentence.decision_function(_sentences(words))[sentence]
        uses = np.array([self.uses[word] for word in words.folded], float)
        marks = np.array([self.marks[word] for word in words.folded], float)
        rate = (marks + PRIOR * WEIGHT) / (uses + WEIGHT)
        own, before, after, top = _beside(own, sentence)
        chance = 1 / (1 + np.exp(-own))
        of_sentence = np.bincount(sentence, chance)[sentence]
        size = np.bincount(document)
        of_document = (np.bincount(document, chance) / np.maximum(size, 1))[document]
        tone = (np.bincount(document, around) / np.maximum(size, 1))[document]
        return np.column_stack([
            words.plain, np.log1p(uses), rate, own, around, before, after, top, own - top,
            of_sentence, of_document, tone, *seen,
        ])  # fmt: skip


def _beside(own: np.ndarray, sentence: np.ndarray) -> list[np.ndarray]:
    """Return the log-odds of words, of the words before and behind, and the sentence's highest."""
    same = sentence[1:] == sentence[:-1]
    before = np.r_[FAR, np.where(same, own[:-1], FAR)]
    after = np.r_[np.where(same, own[1:], FAR), FAR]
    top = np.full(sentence.max() + 1, FAR)
    np.maximum.at(top, sentence, own)
    return [own, before, after, top[sentence]]


def _vector_model(
    vectors: np.ndarray, marked: np.ndarray, rows: np.ndarray
) -> LogisticRegression | None:
    """Fit a regression on the vectors of all marked words and of some others."""
    if not vectors.shape[1]:
        return None
    others = rows[~marked[rows]]
    most = max(OTHERS * int(marked[rows].sum()), 1)
    drawn = np.random.default_rng(0).permutation(others)[:most]
    chosen = np.sort(np.concatenate([rows[marked[rows]], drawn]))
    model = LogisticRegression(C=VECTOR_C, max_iter=200)
    return model.fit(vectors[chosen].astype(np.float32), marked[chosen])


def _sentences(words: Words) -> sparse.csr_matrix:
    """Return the summed properties of each sentence's words, of length 1."""
    rows = np.arange(len(words.sentence))
    inside = sparse.csr_matrix(
        (np.ones(len(rows)), (words.sentence, rows)), (int(words.sentence.max()) + 1, len(rows))
    )
    summed = inside @ words.sparse
    summed.data = np.sign(summed.data) * np.log1p(np.abs(summed.data))
    return normalize(summed)
