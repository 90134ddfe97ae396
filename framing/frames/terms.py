"""Weighted terms of texts: words and word pairs, or letters within words, as one sparse matrix.

The weights are those of scikit-learn's `TfidfVectorizer` (sublinear, smoothed, unit length), to
the last few bits; letters are looked up once a distinct word, which is where the time goes.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from framing.text.document import Document

TOKEN = re.compile(r"(?u)\b\w\w+\b")
KINDS = {"word": (1, 2), "char": (2, 5)}
MOST_CACHED = 400_000


def field_of(document: Document, name: str) -> str:
    """Return a field of a document as text; of "body" the text behind the title.

    Examples
    --------
    >>> field_of(Document("a", "Rents rise\\nThe council met.", "Rents rise"), "body")
    'The council met.'
    """
    if name == "text":
        return document.text
    if name == "title":
        return document.title or ""
    if name == "body":
        title = (document.title or "").strip()
        text = document.text.lstrip()
        return text[len(title) :].lstrip() if title and text.startswith(title) else document.text
    value = document.meta.get(name)
    return "" if value is None or value != value else str(value)


def letters(token: str, low: int = 2, high: int = 5) -> list[str]:
    """Return the letter sequences of one token, a space at both of its ends.

    Examples
    --------
    >>> letters("up", 2, 3)
    [' u', 'up', 'p ', ' up', 'up ']
    """
    padded = f" {token} "
    length = len(padded)
    found = []
    for size in range(low, high + 1):
        found += [padded[at : at + size] for at in range(max(length - size, 0) + 1)]
        if size >= length:
            break
    return found


def word_terms(text: str, low: int, high: int) -> list[str]:
    """Return the words of a text and the runs of up to `high` words, as scikit-learn cuts them."""
    tokens = TOKEN.findall(text.lower())
    found = list(tokens) if low == 1 else []
    for size in range(max(low, 2), high + 1):
        found += map(" ".join, zip(*(tokens[at:] for at in range(size)), strict=False))
    return found


@dataclasses.dataclass
class TermBlock:
    """The terms of one field of the documents, with their inverse document frequencies.

    Parameters
    ----------
    field : str
        "text", "title", or the name of any other field of the documents.
    kind : {"word", "char"}
    terms : list of str
    idf : numpy.ndarray of float64
        Values that a float32 can hold, so that nothing is lost in storage.

    Examples
    --------
    >>> block = TermBlock("text", "word", ["fall", "rents"], np.array([1.4, 1.0]))
    >>> block.weigh(block.count(["Rents!", "Rents fall."])).toarray().round(2).tolist()
    [[0.0, 1.0], [0.81, 0.58]]
    """

    field: str
    kind: str
    terms: list[str]
    idf: np.ndarray
    _index: dict[str, int] = dataclasses.field(default_factory=dict, repr=False)
    _cache: dict[str, np.ndarray] = dataclasses.field(default_factory=dict, repr=False)
    source: np.ndarray | None = dataclasses.field(default=None, repr=False)

    @property
    def ngrams(self) -> tuple[int, int]:
        """How many words, or letters, a term has."""
        return KINDS[self.kind]

    @property
    def index(self) -> dict[str, int]:
        """The column of each term."""
        if len(self._index) != len(self.terms):
            self._cache = {}
            self._index = {term: at for at, term in enumerate(self.terms)}
        return self._index

    @property
    def n_columns(self) -> int:
        """How many terms there are."""
        return len(self.terms)

    @property
    def index_of_all(self) -> dict[str, int]:
        """Every term met while counting with `grow`, in the order of first appearance."""
        return self._index

    def transform(self, documents: Sequence[Document]) -> Any:
        """Return the weights of documents, shape (n_documents, n_terms)."""
        return self.weigh(self.count([field_of(one, self.field) for one in documents]))

    def weigh(self, matrix: Any) -> Any:
        """Turn counts into weights, shape (n_texts, n_terms), rows of length 1 or empty."""
        matrix.data = (1.0 + np.log(matrix.data)) * self.idf[matrix.indices]
        lengths = np.diff(matrix.indptr)
        row = np.repeat(np.arange(len(lengths)), lengths)
        norms = np.sqrt(np.bincount(row, matrix.data**2, len(lengths)))
        matrix.data /= norms[row]
        return matrix

    def columns_of(self, token: str, *, grow: bool = False) -> np.ndarray:
        """Return the columns of the letters of one lower-case token, once for each occurrence."""
        found = self._cache.get(token)
        if found is None:
            pieces = letters(token, *self.ngrams)
            index = self._index if grow else self.index
            if grow:
                ids = [index.setdefault(piece, len(index)) for piece in pieces]
            else:
                ids = [index[piece] for piece in pieces if piece in index]
            found = np.array(ids, np.int32)
            if len(self._cache) < MOST_CACHED:
                self._cache[token] = found
        return found

    def count(self, texts: Sequence[str], *, grow: bool = False) -> Any:
        """Count terms; with `grow` every term met gets a column."""
        columns: list[np.ndarray] = []
        values: list[np.ndarray] = []
        lengths = []
        for text in texts:
            found, times = self._row(text, grow)
            columns.append(found)
            values.append(times)
            lengths.append(len(found))
        width = len(self._index) if grow else len(self.terms)
        pointer = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        data = np.concatenate(values) if values else np.empty(0)
        indices = np.concatenate(columns) if columns else np.empty(0, np.int32)
        matrix = sp.csr_matrix((data, indices, pointer), shape=(len(lengths), width))
        matrix.sum_duplicates()
        return matrix

    def _row(self, text: str, grow: bool) -> tuple[np.ndarray, np.ndarray]:
        if self.kind == "char":
            tokens = Counter(text.lower().split())
            pieces = [self.columns_of(token, grow=grow) for token in tokens]
            if not pieces:
                return np.empty(0, np.int32), np.empty(0)
            sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
            times = np.fromiter(tokens.values(), float, len(pieces))
            return np.concatenate(pieces), np.repeat(times, sizes)
        terms = word_terms(text, *self.ngrams)
        ids: Iterable[int]
        if grow:
            index = self._index
            ids = [index.setdefault(term, len(index)) for term in terms]
        else:
            index = self.index
            ids = [index[term] for term in terms if term in index]
        found = np.array(ids, np.int32)
        return found, np.ones(len(found))
