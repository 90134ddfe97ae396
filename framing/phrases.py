"""Hits widened to the phrases people mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framing.slant_lexicon import FUNCTION_WORDS
from framing.tables import BadInput
from framing.text.corpus import Corpus
from framing.text.document import Document, Reading

if TYPE_CHECKING:
    import pandas as pd

JOINED = (" ", "\u00a0", "-")


def widen(hits: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the hits with the content word on either side: "vile" in "a vile stunt" with "stunt".

    A list holds words; people who mark loaded language mark the phrase around them. Compare with
    their marks on these spans, and count on the hits as they are.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table.
    corpus : Corpus
        The documents of the hits.

    Returns
    -------
    pandas.DataFrame
        The hits table with `start`, `end` and `text` widened by one word on either side, where no
        mark stands between, and the word is in the same sentence and no function word or number.
        Hits of one extractor that now meet are one row, that of the strongest.

    Raises
    ------
    BadInput
        For hits of a document that the corpus does not have.

    Notes
    -----
    Measured on the tokens of PTC marked as loaded language, near-duplicate articles together
    (`docs/validity/loaded_tokens.json`). Verbs come with a subject or object that is not loaded.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.extractors.base import as_extractors
    >>> corpus = Corpus([Document("a", "It was a vile publicity stunt, and it failed.")])
    >>> widen(annotate(corpus, as_extractors(["loaded_language"])), corpus)["text"].tolist()
    ['vile publicity stunt']
    """
    import pandas as pd

    documents = {one.doc_id: one for one in corpus}
    rows: list[dict[str, Any]] = []
    for (doc_id, _), mine in hits.groupby(["doc_id", "extractor"], sort=False, observed=True):
        if doc_id not in documents:
            raise BadInput(f"the corpus has no document '{doc_id}'; give the corpus of the hits")
        rows += _widened(documents[doc_id], mine.sort_values(["start", "end"]))
    table = pd.DataFrame(rows, columns=list(hits.columns)) if rows else hits.copy()
    order = ["doc_id", "start", "end"]
    known = {name: place for place, name in enumerate(documents)}
    table = table.sort_values(order, key=lambda c: c.map(known) if c.name == "doc_id" else c)
    table.attrs = dict(hits.attrs)
    return table.reset_index(drop=True)


def _widened(document: Document, hits: pd.DataFrame) -> list[dict[str, Any]]:
    reading = document.reading
    rows: list[dict[str, Any]] = []
    for found in hits.to_dict("records"):
        row: dict[str, Any] = {str(key): value for key, value in found.items()}
        first, last = reading.word_at(row["start"]), reading.word_at(row["end"]) - 1
        start, end = row["start"], row["end"]
        if first <= last and _belongs(reading, first - 1, first - 1):
            start = min(start, reading.starts[first - 1])
        if first <= last and _belongs(reading, last + 1, last):
            end = max(end, reading.ends[last + 1])
        if rows and start < rows[-1]["end"]:
            before = rows[-1]
            start, end = before["start"], max(end, before["end"])
            row = before if before["strength"] >= row["strength"] else row
            rows.pop()
        rows.append({**row, "start": start, "end": end, "text": document.text[start:end]})
    return rows


def _belongs(reading: Reading, word: int, left: int) -> bool:
    """Whether a word next to a hit is a content word that nothing parts from it.

    `left` is the left one of the two words that meet.
    """
    if word < 0 or word >= reading.n_words:
        return False
    between = reading.text[reading.ends[left] : reading.starts[left + 1]]
    near, far = (reading.sentence_at(reading.starts[at]) for at in (left, left + 1))
    written = reading.folded[word]
    joined = between in JOINED and near == far
    return joined and written.isalpha() and written not in FUNCTION_WORDS
