"""What a classifier sees of a document: weighted terms, rates of the measures, numbers.

A pool looks at all documents once; a block is what was learnt from some of them. Cutting a table
into folds again and again then costs no second reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp

from framing.frames.terms import TermBlock, field_of
from framing.tables import BadInput
from framing.text.document import Document

RATE_WEIGHT = 0.1
SENTENCE_WORDS = 60


class Block(Protocol):
    """Something learnt that turns documents into columns."""

    @property
    def n_columns(self) -> int: ...
    def transform(self, documents: Sequence[Document]) -> Any: ...


class Pool(Protocol):
    """All documents as seen by one kind of block, before anything is learnt."""

    def learn(self, rows: np.ndarray) -> Block: ...
    def columns(self, block: Any, rows: np.ndarray) -> Any: ...


@dataclass
class TermPool:
    """The counts of all terms of one field."""

    field: str
    kind: str
    names: list[str]
    counts: Any
    min_df: int
    most: int

    @classmethod
    def read(
        cls, documents: Sequence[Document], field: str, kind: str, min_df: int, most: int
    ) -> TermPool:
        growing = TermBlock(field, kind, [], np.empty(0))
        counts = growing.count([field_of(one, field) for one in documents], grow=True)
        names = list(growing.index_of_all)
        common = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= min_df)
        order = common[np.argsort(np.array(names, object)[common], kind="stable")]
        return cls(field, kind, [names[at] for at in order], counts[:, order], min_df, most)

    def learn(self, rows: np.ndarray) -> TermBlock:
        """Return the terms of some documents: the `most` frequent in `min_df` or more."""
        seen = self.counts[rows]
        frequency = np.bincount(seen.indices, minlength=seen.shape[1])
        kept = np.flatnonzero(frequency >= self.min_df)
        if len(kept) > self.most:
            kept = np.sort(kept[np.argsort(-frequency[kept], kind="stable")[: self.most]])
        idf = np.log((1 + len(rows)) / (1 + frequency[kept])) + 1
        terms = [self.names[at] for at in kept]
        block = TermBlock(self.field, self.kind, terms, idf.astype(np.float32).astype(float))
        block.source = kept
        return block

    def columns(self, block: TermBlock, rows: np.ndarray) -> Any:
        return block.weigh(self.counts[rows][:, block.source])


@dataclass
class RateBlock:
    """How often each label of some measures is used, as log(1 + count) over its deviation.

    Attributes
    ----------
    measures : tuple of str
        Names of extractors, or "policy_frames" for the cues of `framing.frames.cues`.
    names : list of str
        Columns of the scores table.
    scale : numpy.ndarray
        Each column's multiplier: `RATE_WEIGHT` over the deviation in the texts learnt from.
    per_1k : bool
        Whether texts are long enough for rates.
    """

    measures: tuple[str, ...]
    names: list[str]
    scale: np.ndarray
    per_1k: bool

    @property
    def n_columns(self) -> int:
        return len(self.names)

    def transform(self, documents: Sequence[Document]) -> Any:
        names, raw = measured(documents, self.measures, self.per_1k)
        place = {name: number for number, name in enumerate(names)}
        known = np.zeros((len(documents), len(self.names)))  # what is nowhere found has no column
        for number, name in enumerate(self.names):
            if name in place:
                known[:, number] = raw[:, place[name]]
        return sp.csr_matrix(known * self.scale)


@dataclass
class RatePool:
    """The rates of all documents."""

    measures: tuple[str, ...]
    names: list[str]
    raw: np.ndarray
    per_1k: bool

    @classmethod
    def read(cls, documents: Sequence[Document], measures: Sequence[str]) -> RatePool:
        words = [one.text.count(" ") + 1 for one in documents]
        per_1k = bool(words) and float(np.median(words)) > SENTENCE_WORDS
        names, raw = measured(documents, tuple(measures), per_1k)
        return cls(tuple(measures), names, raw, per_1k)

    def learn(self, rows: np.ndarray) -> RateBlock:
        spread = self.raw[rows].std(axis=0)
        scale = np.where(spread > 0, RATE_WEIGHT / np.maximum(spread, 1e-9), 0.0)
        return RateBlock(self.measures, self.names, scale, self.per_1k)

    def columns(self, block: RateBlock, rows: np.ndarray) -> Any:
        return sp.csr_matrix(self.raw[rows] * block.scale)


def measured(
    documents: Sequence[Document], measures: tuple[str, ...], per_1k: bool
) -> tuple[list[str], np.ndarray]:
    """Return names and values of the measures' columns, one row a document.

    Behind the measures stand the length of the text and the share of words that are not its own.
    """
    from framing.engine import Engine, blocks, hits_table
    from framing.frames.cues import as_measures
    from framing.scoring import counted_words, score
    from framing.text.corpus import Corpus

    extractors = as_measures(measures)
    corpus = Corpus([Document(str(n), d.text, None, d.meta) for n, d in enumerate(documents)])
    engine = Engine(extractors, named=False)
    hits = hits_table([row for block in blocks(corpus) for row in engine.rows(block)], extractors)
    words_of = counted_words(corpus)
    table = score(hits, words_of, min_words=0, labels=True, extractors=extractors)
    ending = ".per_1k" if per_1k else ".count"
    names = [name for name in table.columns if name.endswith((f".all{ending}", f".outlet{ending}"))]
    words = table["n_words"].to_numpy(float)
    spoken = table["n_words_attributed"].to_numpy(float) / np.maximum(words, 1)
    columns = [np.log1p(table[names].to_numpy(float)), np.log1p(words)[:, None], spoken[:, None]]
    return [*names, "log_words", "share_attributed"], np.hstack(columns)


@dataclass
class NumberBlock:
    """Numeric fields of the documents, centred and scaled."""

    fields: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray

    @property
    def n_columns(self) -> int:
        return len(self.fields)

    def transform(self, documents: Sequence[Document]) -> Any:
        return sp.csr_matrix((numbers(documents, self.fields) - self.mean) * self.scale)


@dataclass
class NumberPool:
    """The numbers of all documents."""

    fields: tuple[str, ...]
    raw: np.ndarray

    @classmethod
    def read(cls, documents: Sequence[Document], fields: Sequence[str]) -> NumberPool:
        return cls(tuple(fields), numbers(documents, tuple(fields)))

    def learn(self, rows: np.ndarray) -> NumberBlock:
        seen = self.raw[rows]
        spread = seen.std(axis=0)
        scale = np.where(spread > 0, 0.3 / np.maximum(spread, 1e-9), 0.0)
        return NumberBlock(self.fields, seen.mean(axis=0), scale)

    def columns(self, block: NumberBlock, rows: np.ndarray) -> Any:
        return sp.csr_matrix((self.raw[rows] - block.mean) * block.scale)


def numbers(documents: Sequence[Document], fields: tuple[str, ...]) -> np.ndarray:
    """Return numeric fields, one row a document; one that is missing is bad input."""
    found = np.empty((len(documents), len(fields)))
    for row, document in enumerate(documents):
        for column, name in enumerate(fields):
            value = document.meta.get(name)
            try:
                found[row, column] = float(value)  # type: ignore[arg-type]
            except (TypeError, ValueError):
                found[row, column] = np.nan
            if not np.isfinite(found[row, column]):
                raise BadInput(
                    f"document {document.doc_id}: the classifier needs a number in the field "
                    f"'{name}', found {value!r}"
                )
    return found
