"""Corpus: an immutable sequence of documents with one table of what is known about them."""

from __future__ import annotations

import hashlib
import operator
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from framing.tables import BadInput, nearest, table_of
from framing.text.document import Document
from framing.text.notices import Notices
from framing.text.readers import about_source, source_name, stream
from framing.text.rows import FIELDS

if TYPE_CHECKING:
    import pandas as pd


_DATE = re.compile(r"\d{4}(-\d\d)?")


class NoSuchDocument(BadInput, KeyError):
    """No document has this id."""

    __str__ = Exception.__str__


class Corpus(Sequence[Document]):
    """Documents in their order, found by number or by id.

    Parameters
    ----------
    documents : iterable of Document
        Their ids must differ.
    source : str
        A short name, shown and reported.
    about : str
        A sentence on what the documents are, shown in reports.

    Examples
    --------
    >>> corpus = read_corpus(["Rents rise.", "Rents fall."])
    >>> corpus
    <Corpus texts: 2 documents>
    >>> corpus["2"].text
    'Rents fall.'
    >>> corpus[[False, True]][0].doc_id
    '2'
    """

    def __init__(
        self, documents: Iterable[Document], source: str = "texts", about: str = ""
    ) -> None:
        self._documents = tuple(documents)
        self._source = source
        self.about = about
        self._places: dict[str, int] = {}
        for place, document in enumerate(self._documents):
            if not isinstance(document, Document):
                raise BadInput(
                    f"Corpus: item {place + 1} is {type(document).__name__}, not a Document; "
                    "read_corpus makes a corpus of texts, tables and files"
                )
            first = self._places.setdefault(document.doc_id, place)
            if first != place:
                raise BadInput(
                    f"doc_id '{document.doc_id}' is used twice, by documents {first + 1} and "
                    f"{place + 1}; ids must be unique"
                )

    @property
    def source(self) -> str:
        """The name of the corpus."""
        return self._source

    @cached_property
    def sha256(self) -> str:
        """A hash over ids and texts, the same wherever and in whatever form they are kept."""
        total = hashlib.sha256()
        for doc_id in sorted(self._places):
            text = self._documents[self._places[doc_id]].text
            for part in (doc_id, text):
                raw = part.encode("utf-8", "surrogatepass")
                total.update(len(raw).to_bytes(8, "big"))
                total.update(raw)
        return total.hexdigest()

    @property
    def metadata(self) -> pd.DataFrame:
        """One row a document: doc_id, title where there is one, and all other fields."""
        return self._metadata.copy()

    @cached_property
    def _metadata(self) -> pd.DataFrame:
        rows: list[dict[str, Any]] = []
        for document in self._documents:
            title = {} if document.title is None else {"title": document.title}
            rows.append({**document.meta, **title, "doc_id": document.doc_id})
        seen = dict.fromkeys(name for row in rows for name in row)
        first = [name for name in FIELDS if name in seen or name == "doc_id"]
        columns = [*first, *(name for name in seen if name not in first)]
        table = table_of([{name: row.get(name) for name in columns} for row in rows])
        return table.reindex(columns=columns)

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def __contains__(self, item: object) -> bool:
        return item in self._places if isinstance(item, str) else item in self._documents

    @overload
    def __getitem__(self, key: int | str) -> Document: ...
    @overload
    def __getitem__(self, key: slice | Sequence[Any]) -> Corpus: ...
    def __getitem__(self, key: Any) -> Document | Corpus:
        """Return a document by number or id, or a corpus by slice, mask or numbers."""
        if isinstance(key, str):
            if key not in self._places:
                raise NoSuchDocument(
                    f"no document '{key}' in {self._source}{nearest(key, self._places)}"
                )
            return self._documents[self._places[key]]
        if hasattr(key, "__index__") and not isinstance(key, bool) and not hasattr(key, "__len__"):
            return self._documents[operator.index(key)]
        if isinstance(key, slice):
            return Corpus(self._documents[key], self._source, self.about)
        chosen = [self._documents[place] for place in self._chosen(key)]
        return Corpus(chosen, self._source, self.about)

    def _chosen(self, key: Any) -> list[int]:
        """Return the numbers that a mask, or an array of numbers or ids, stands for."""
        items = key.tolist() if hasattr(key, "tolist") else list(key)
        if items and all(isinstance(item, bool) for item in items):
            if len(items) != len(self):
                raise BadInput(f"a mask of {len(items)} values for {len(self)} documents")
            return [place for place, wanted in enumerate(items) if wanted]
        places = []
        for item in items:
            if not isinstance(item, int | str) or isinstance(item, bool):
                raise BadInput(f"documents are chosen by mask, number or id, not by {item!r}")
            places.append(self._places[self[item].doc_id])
        return places

    def __repr__(self) -> str:
        count = f"{len(self)} document{'' if len(self) == 1 else 's'}"
        outlets = {str(d.meta["outlet"]) for d in self._documents if "outlet" in d.meta}
        seen = (str(d.meta["date"])[:10] for d in self._documents if "date" in d.meta)
        dates = sorted(date for date in seen if _DATE.match(date))
        parts = [count]
        if outlets:
            parts.append(f"{len(outlets)} outlet{'' if len(outlets) == 1 else 's'}")
        if dates:
            parts.append(dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}")
        return f"<Corpus {self._source}: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        from framing.text.shown import corpus_html

        return corpus_html(self)


def read_corpus(
    source: object,
    *,
    text: str | None = None,
    id: str | None = None,
    map: Mapping[str, str] | None = None,
    skip_bad: bool | None = None,
    refused: list[dict[str, Any]] | None = None,
) -> Corpus:
    """Read a corpus in any form into memory.

    Parameters
    ----------
    source : str, path, DataFrame, Corpus or iterable
        A folder of .txt, .md or .html files with `metadata.csv` keyed by file stem; one such
        file; a .csv, .tsv, .jsonl, .jsonl.gz or .parquet file; ``"-"`` for JSON lines on
        standard input; ``"@basil"`` for a published corpus; a DataFrame; a list of texts.
    text, id : str, optional
        The columns that hold the text and the id, where they are not called `text` and
        `doc_id` (or `id`).
    map : mapping, optional
        Our field -> column, as ``{"outlet": "source"}``.
    skip_bad : bool, optional
        Go on behind rows that cannot be used; a warning says how many there were.
    refused : list, optional
        Gets one dict (file, row, doc_id, reason) for each such row.

    Returns
    -------
    Corpus
        An existing corpus is handed back as it is.

    Warns
    -----
    UserWarning
        Once each for empty, short, foreign-looking and repeated texts, for refused rows, and for a
        field in `map` that is nearly one of ours.

    Raises
    ------
    BadInput
        One line: file, row, column, what is wrong and what would be right. Also where there is no
        document at all.

    Examples
    --------
    >>> read_corpus([{"id": "a", "text": "Rents rise.", "outlet": "The Globe"}])
    <Corpus texts: 1 document, 1 outlet>
    """
    if isinstance(source, Corpus):
        return source
    notices = Notices()
    documents = stream(
        source, text=text, id=id, map=map, skip_bad=skip_bad, refused=refused, notices=notices
    )
    corpus = Corpus(documents, source_name(source), about_source(source))
    for line in notices.lines():
        warnings.warn(line, stacklevel=2)
    if not corpus:
        raise BadInput(f"{corpus.source}: no document in it; one at least is needed")
    return corpus
