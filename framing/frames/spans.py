"""Spans a sentence classifier rests on, joined with the spans of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framing import engine
from framing.engine import Span
from framing.lexicon import Lexicon, load
from framing.tables import BadInput
from framing.text.corpus import read_corpus
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap

if TYPE_CHECKING:
    import pandas as pd

NAME, LEXICON = "lexical_bias", "loaded_language"
SHARE = 0.12
BATCH = 4_000


class Proposal(NamedTuple):
    """A stretch whose removal lowers the probability, and by how much."""

    start: int
    end: int
    drop: float


def propose_spans(
    classifier: Any, corpus: Any, *, share: float = SHARE, lexicon: bool = True
) -> pd.DataFrame:
    """Find the words that make a classifier call a sentence, beside those the lexicon lists.

    In every sentence that is called, each word is left out in turn; words whose removal lowers
    the probability by `share` of it or more are proposed, neighbours as one span. Spans of the
    lexicon stand in every sentence.

    Parameters
    ----------
    classifier : SentenceClassifier
        Binary, such as ``load_classifier("lexical-bias")``.
    corpus : Corpus, or anything `read_corpus` takes
    share : float
        Between 0 and 1.
    lexicon : bool
        Whether to join the spans of `loaded_language`.

    Returns
    -------
    pandas.DataFrame
        The hits table. `rule` is the classifier's name or the lexicon's entry; where both meet,
        the span covers both, and the attribute `from` names both. `drop` is the fall of the
        probability. `strength` is the entry's, else the share of the probability that falls.

    Raises
    ------
    BadInput
        If the classifier is not binary, or `share` is not between 0 and 1.

    Notes
    -----
    Leave-one-out of words explains the classifier, not the writer: of two loaded words in a
    sentence neither may be needed for the call, and then neither is proposed.

    Examples
    --------
    >>> from framing.frames.store import load_classifier
    >>> text = "Ministers slammed the vile and idiotic scheme. The council met on Monday."
    >>> hits = propose_spans(load_classifier("lexical-bias"), [text])
    >>> hits[["text", "rule"]].values.tolist()
    [['slammed', 'slam (v)'], ['vile', 'vile'], ['idiotic', 'idiotic']]
    """
    if getattr(classifier, "frames_", None) is None or len(classifier.frames_) != 1:
        raise BadInput("propose_spans needs a fitted binary classifier, such as lexical-bias")
    if not 0 < share < 1:
        raise BadInput(f"share is {share}; it must lie between 0 and 1")
    documents = list(read_corpus(corpus))
    found = {one.doc_id: mine for one, mine in _proposals(classifier, documents, share)}
    name = getattr(classifier, "name_", None) or NAME
    return engine.annotate(documents, [_Proposed(found, name, load(LEXICON) if lexicon else None)])


def _proposals(
    classifier: Any, documents: list[Document], share: float
) -> Iterator[tuple[Document, list[Proposal]]]:
    """Yield each document with its proposals; sentences are read in large batches."""
    waiting: list[Document] = []
    for document in documents:
        waiting.append(document)
        if sum(len(one.text) for one in waiting) > 50 * BATCH:
            yield from _batch(classifier, waiting, share)
            waiting = []
    yield from _batch(classifier, waiting, share)


def _batch(
    classifier: Any, documents: list[Document], share: float
) -> Iterator[tuple[Document, list[Proposal]]]:
    sentences = [(one, span) for one in documents for span in one.sentences]
    texts = [one.text[slice(*span)] for one, span in sentences]
    chance = _chances(classifier, texts)
    called = classifier.fitted_.chosen(chance[:, None])[:, 0] if len(texts) else chance > 1
    mine: dict[str, list[Proposal]] = {one.doc_id: [] for one in documents}
    todo = np.flatnonzero(called).tolist()
    words = {at: _words(*sentences[at]) for at in todo}
    without = [(at, word) for at in todo for word in words[at]]
    left = _chances(classifier, [_without(texts[at], sentences[at][1][0], w) for at, w in without])
    for (at, word), rest in zip(without, left.tolist(), strict=True):
        drop = float(chance[at]) - rest
        if drop >= share * chance[at]:
            document = sentences[at][0]
            _append(mine[document.doc_id], Proposal(*word, drop), document.text)
    for document in documents:
        yield document, mine[document.doc_id]


def _words(document: Document, span: tuple[int, int]) -> list[tuple[int, int]]:
    reading = document.reading
    first, last = reading.word_at(span[0]), reading.word_at(span[1])
    return list(zip(reading.starts[first:last], reading.ends[first:last], strict=True))


def _without(text: str, base: int, word: tuple[int, int]) -> str:
    start, end = word[0] - base, word[1] - base
    return text[:start].rstrip(" ") + text[end:]


def _chances(classifier: Any, texts: list[str]) -> np.ndarray:
    if not texts:
        return np.empty(0)
    parts = [
        classifier.fitted_.chances([Document("s", one) for one in texts[at : at + BATCH]])[:, 0]
        for at in range(0, len(texts), BATCH)
    ]
    found: np.ndarray = np.concatenate(parts)
    return found


def _append(found: list[Proposal], new: Proposal, text: str) -> None:
    """Add a proposal, or lengthen the last one where only a space or hyphen parts them."""
    if found and text[found[-1].end : new.start] in (" ", "\u00a0", "-"):
        last = found.pop()
        new = Proposal(last.start, new.end, max(last.drop, new.drop))
    found.append(new)


class _Proposed:
    """Hands proposals and the lexicon's matches to the engine, which adds voice and speaker."""

    name = NAME
    label_names = ("biased",)

    def __init__(
        self, found: dict[str, list[Proposal]], rule: str, lexicon: Lexicon | None
    ) -> None:
        self.found, self.rule = found, rule
        self.lexicons = (lexicon,) if lexicon is not None else ()

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        open_ = [(one.start, one.end, one, None) for one in self.found.get(document.doc_id, [])]
        listed = [(one.start, one.end, None, one.entry) for one in reading.matches(LEXICON)]
        pieces: list[tuple[int, int, Any, Any]] = sorted(
            [*open_, *listed], key=lambda piece: piece[:2]
        )
        while pieces:
            start, end, proposed, entry = pieces.pop(0)
            while pieces and pieces[0][0] < end:
                _, other_end, other, other_entry = pieces.pop(0)
                end = max(end, other_end)
                proposed, entry = proposed or other, entry or other_entry
            yield self._span(start, end, proposed, entry)

    def _span(self, start: int, end: int, proposed: Proposal | None, entry: Any) -> Span:
        told: dict[str, Any] = {"from": []}
        if entry is not None:
            told["from"].append("lexicon")
        if proposed is not None:
            told["from"].append("classifier")
            told["drop"] = round(proposed.drop, 3)
        if entry is not None:
            return Span(start, end, "biased", entry.strength, entry.id, told)
        return Span(start, end, "biased", min(1.0, told["drop"] or 0.01), self.rule, told)
