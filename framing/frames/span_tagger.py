"""Words people would mark, learnt from texts whose spans they marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import NotFittedError

from framing import engine
from framing.engine import Span
from framing.extractors.base import as_extractors
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.encoder import encoder
from framing.frames.folds import grouped_folds
from framing.frames.tagged_words import FirstLook, Words, read_words
from framing.tables import BadInput
from framing.text.corpus import read_corpus
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("loaded_language", "hyperbole", "moral_vocabulary", "dehumanisation", "appeals")
Place = tuple[int, int]


class SpanTagger:
    """Find the words that readers mark, such as the loaded words of PTC.

    Logistic regressions look at each word (its letters, its neighbours, what the measures find)
    and at each sentence; gradient boosting then weighs their log-odds with those of the
    neighbours, the sentence and the document. What the second stage learns from comes from
    documents the first has not seen.

    Parameters
    ----------
    name : str
        The extractor and label its hits carry.
    measures : sequence of str
        Whose hits it sees; of the first also the strength.
    encoder : bool or path
        Adds the vectors words have in their sentences (extra `encoder`): of the packaged MiniLM,
        or of a local folder with `model.onnx` and `tokenizer.json`. A minute for 50,000 words.
    folds : int
        Of documents, for the second stage and the threshold. Near-duplicates stay together.
    seed : int

    Attributes
    ----------
    threshold_ : float
        The probability from which a word is called: where the F1 of words is highest in documents
        that were not learnt from.

    Raises
    ------
    BadInput
        From `fit`, if there are fewer documents than folds, documents and spans differ in
        number, a span lies outside its text, no word is marked, or too few sentences are not.

    Notes
    -----
    On PTC (loaded language, 364 articles, near-duplicates together) the F1 of words is in
    `docs/validity/loaded_tokens.json`. It is low for any method: annotators mark .88 of the
    strings once only. It is fitted in the session and cannot be stored. Stacking: Wolpert (1992).

    Examples
    --------
    >>> texts = [f"The {word} scheme {end}" for word in ("vile", "new") for end in
    ...          ("came in May.", "was dropped.", "will cost more.", "was put to the council.")]
    >>> spans = [[(4, 8)] if "vile" in text else [] for text in texts]
    >>> tagger = SpanTagger(folds=2).fit(texts, spans)
    >>> tagger.annotate(["Nobody wants the vile plan."])["text"].tolist()
    ['vile']
    """

    def __init__(
        self, *, name: str = "marked", measures: Sequence[str] = MEASURES,
        encoder: bool | str | Path = False, folds: int = 4, seed: int = 0,
    ) -> None:  # fmt: skip
        self.name, self.measures, self.encoder = name, tuple(measures), encoder
        self.folds, self.seed = folds, seed

    def fit(self, corpus: Any, spans: Sequence[Sequence[Place]]) -> SpanTagger:
        """Learn from a corpus and, document by document, the (start, end) of its marks."""
        documents = list(read_corpus(corpus))
        if len(documents) != len(spans):
            raise BadInput(f"{len(documents)} documents but {len(spans)} lists of spans")
        if len(documents) < self.folds:
            raise BadInput(f"{len(documents)} documents are too few for {self.folds} folds")
        marked = np.concatenate([_covered(*pair) for pair in zip(documents, spans, strict=True)])
        if not marked.any():
            raise BadInput("no word is marked; give (start, end) offsets into each text")
        words = self._read(documents)
        plain = ~np.isin(words.sentence, words.sentence[marked])
        if not plain.any():
            raise BadInput("every sentence holds a mark; give whole texts, not only marked ones")
        near = near_duplicates([one.text for one in documents])
        fold = grouped_folds(
            merge(range(len(documents)), near), np.array([[len(mine) > 0] for mine in spans]),
            self.folds, self.seed,
        )[words.document]  # fmt: skip
        parts = [fold == number for number in range(int(fold.max()) + 1)]
        if sum(marked[part].any() for part in parts) < 2:
            raise BadInput("the marks lie in documents that nearly repeat each other; give more")
        if sum(plain[part].any() for part in parts) < 2:
            raise BadInput("too few texts hold a sentence without a mark; give more whole texts")
        self._first = [FirstLook(words, marked, ~part) for part in parts]
        seen = np.zeros((len(fold), 0))
        for part, look in zip(parts, self._first, strict=True):
            numbers = look.numbers(words)
            seen = seen if seen.size else np.zeros_like(numbers)
            seen[part] = numbers[part]
        unseen = np.zeros(len(fold))
        for part in parts:
            second = _boosting(seen[~part], marked[~part], self.seed)
            unseen[part] = second.predict_proba(seen[part])[:, 1]
        self.threshold_ = best_threshold(marked, unseen)
        self._second = _boosting(seen, marked, self.seed)
        return self

    def chances(self, documents: Sequence[Document]) -> list[np.ndarray]:
        """Return for each document the probability of each of its words to be marked."""
        if not hasattr(self, "threshold_"):
            raise NotFittedError("fit the tagger first: SpanTagger().fit(corpus, spans)")
        words = self._read(documents)
        if not len(words.document):
            return [np.zeros(0) for _ in documents]
        seen = np.mean([look.numbers(words) for look in self._first], axis=0)
        chance = self._second.predict_proba(seen)[:, 1]
        ends = np.cumsum(np.bincount(words.document, minlength=len(documents)))
        return np.split(chance, ends[:-1])

    def _read(self, documents: Sequence[Document]) -> Words:
        model = None
        if self.encoder:
            model = encoder(None if self.encoder is True else str(self.encoder))
        return read_words(documents, as_extractors(self.measures), model)

    def annotate(self, corpus: Any) -> pd.DataFrame:
        """Return the hits table: runs of words called, `strength` the highest probability."""
        documents = list(read_corpus(corpus))
        found = {
            one.doc_id: list(_runs(one.reading, chance, self.threshold_))
            for one, chance in zip(documents, self.chances(documents), strict=True)
        }
        return engine.annotate(documents, [_Found(self.name, found)])


class _Found:
    """Hands the tagger's spans to the engine, which adds voice and speaker."""

    lexicons = ()

    def __init__(self, name: str, found: dict[str, list[tuple[int, int, float]]]) -> None:
        self.name, self.label_names, self._found = name, (name,), found

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        for start, end, chance in self._found.get(document.doc_id, []):
            yield Span(start, end, self.name, chance, "span tagger", {"probability": chance})


def _boosting(seen: np.ndarray, marked: np.ndarray, seed: int) -> HistGradientBoostingClassifier:
    leaf = min(80, max(2, len(marked) // 100))
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=leaf,
        l2_regularization=5.0, early_stopping=False, random_state=seed,
    ).fit(seen, marked)  # fmt: skip


def best_threshold(marked: np.ndarray, chance: np.ndarray) -> float:
    """Return the probability from which calling gives the highest F1.

    Examples
    --------
    >>> best_threshold(np.array([False, True, False, True]), np.array([0.1, 0.3, 0.5, 0.9]))
    0.3
    """
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(marked[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + marked.sum())
    last = np.r_[np.diff(chance[order]) != 0, True]  # words of equal probability go together
    return float(chance[order][np.argmax(np.where(last, f1, -1.0))])


def _covered(document: Document, spans: Sequence[Place]) -> np.ndarray:
    reading = document.reading
    found = np.zeros(reading.n_words, bool)
    for start, end in spans:
        if not 0 <= start < end <= len(document.text):
            raise BadInput(
                f"document '{document.doc_id}': span {start} to {end} lies outside its text of "
                f"{len(document.text)} characters"
            )
        found |= (np.asarray(reading.starts) < end) & (np.asarray(reading.ends) > start)
    return found


def _runs(
    reading: Reading, chance: np.ndarray, threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Yield neighbouring called words of a sentence as one span."""
    called = np.flatnonzero(chance >= threshold).tolist()
    while called:
        first = last = called.pop(0)
        while called and called[0] == last + 1 and _joined(reading, last):
            last = called.pop(0)
        top = round(float(chance[first : last + 1].max()), 3)
        yield reading.starts[first], reading.cores[last], top


def _joined(reading: Reading, word: int) -> bool:
    between = reading.text[reading.ends[word] : reading.starts[word + 1]]
    return between in (" ", "\u00a0", "-")
