"""From the raw rows of any input form to documents: which field is what, and what is refused."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from framing.tables import BadInput, nearest
from framing.text.document import Document
from framing.text.notices import Notices

FIELDS = ("doc_id", "text", "title", "outlet", "date", "author", "url", "event", "side", "lang")
ENGLISH = ("en", "eng", "english")
NEAR = 0.8
NAME_IT = 'name the one that holds the text: --text COL, in Python text="COL"'


class Row(NamedTuple):
    """One document as it was found, before anybody looked into it."""

    file: str
    number: int | None
    place: str
    fields: Mapping[str, Any]
    doc_id: str
    fault: str = ""


@dataclass(frozen=True)
class Columns:
    """Which column of the input holds which of our fields.

    Examples
    --------
    >>> Columns.of(text="body", map={"outlet": "source"}).wanted
    {'outlet': 'source', 'text': 'body'}
    """

    wanted: Mapping[str, str]

    @classmethod
    def of(
        cls,
        text: str | None = None,
        id: str | None = None,
        map: Mapping[str, str] | None = None,
    ) -> Columns:
        """Merge the three options; two different columns for one field are bad input."""
        if map is not None and not isinstance(map, Mapping):
            raise BadInput(f"map is {map!r}; write it as {{'outlet': 'source'}}: our field, yours")
        wanted = dict(map or {})
        for field, column in (("text", text), ("doc_id", id)):
            if column is None:
                continue
            if wanted.get(field, column) != column:
                raise BadInput(
                    f"two columns for {field}: '{column}' and '{wanted[field]}'; name one of them"
                )
            wanted[field] = column
        if "id" in wanted:
            wanted.setdefault("doc_id", wanted.pop("id"))
        return cls(wanted)

    def without(self, field: str) -> Columns:
        """Return the columns with nothing wanted for `field`."""
        return Columns({key: value for key, value in self.wanted.items() if key != field})

    def doubts(self) -> Iterator[str]:
        """Yield a line for each field that is kept under a name very like one of ours."""
        for field in self.wanted:
            if field not in FIELDS:
                for meant in difflib.get_close_matches(field, FIELDS, n=1, cutoff=NEAR):
                    yield f"'{field}' is kept as a field of that name; did you mean '{meant}'?"

    def check(self, seen: Iterable[str], file: str) -> None:
        """Raise `BadInput` if a table with the columns `seen` lacks one that is needed."""
        columns = list(seen)
        for field, column in self.wanted.items():
            if column not in columns:
                raise BadInput(
                    f"{file}: no column '{column}' for {field}{nearest(column, columns)}; "
                    f"its columns are {_listed(columns)}"
                )
        if "text" not in self.wanted and "text" not in columns:
            raise BadInput(
                f"{file}: no column 'text'; its columns are {_listed(columns)}; {NAME_IT}"
            )

    def rename(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields under our names; a column pushed aside gets `_original` behind it."""
        sources = set(self.wanted.values())
        wanted = self.wanted.items()
        renamed = {field: fields[column] for field, column in wanted if column in fields}
        for column, value in fields.items():
            if column not in sources and column in self.wanted:
                renamed[f"{column}_original"] = value
            elif column not in sources:
                renamed[column] = value
        if "doc_id" not in renamed and "id" in renamed:
            renamed["doc_id"] = renamed.pop("id")
        return renamed


class Assembly:
    """Turns rows into documents, one by one; keeps ids apart and counts what was refused.

    Parameters
    ----------
    columns : Columns
    refused : list of dict or None
        Refused rows are put here and reading goes on; None raises at the first one.
    notices : Notices
    """

    def __init__(
        self, columns: Columns, refused: list[dict[str, Any]] | None, notices: Notices
    ) -> None:
        self._columns = columns
        self._refused = refused
        self._notices = notices
        self._first: dict[str, str] = {}
        self._unseen = set(columns.wanted.values())
        self._first_row = True

    def documents(self, rows: Iterable[Row]) -> Iterator[Document]:
        """Yield the documents of `rows`.

        Raises
        ------
        BadInput
            At the first row that cannot be used, unless such rows are collected.
        """
        row = None
        for row in rows:
            self._look_for_columns(row, last=False)
            try:
                document = self._document(row)
            except BadInput as error:
                if self._refused is None:
                    raise BadInput(f"{_where(row)}: {error}") from None
                self._refuse(row, str(error))
                continue
            self._notices.see(document)
            yield document
        if row is not None:
            self._look_for_columns(row, last=True)

    def keep(self, document: Document) -> Document:
        """Take a document that is one already."""
        self._register(document.doc_id, f"document {len(self._first) + 1}")
        self._notices.see(document)
        return document

    def _document(self, row: Row) -> Document:
        if row.fault:
            raise BadInput(row.fault)
        fields = self._columns.rename(row.fields)
        numbered = "doc_id" not in fields and row.doc_id == str(row.number)
        doc_id = _identity(fields, row, self._columns)
        text = _text(fields, row, self._columns)
        meta = {name: _plain(name, value) for name, value in fields.items() if not missing(value)}
        _check_language(meta.get("lang"))
        title = meta.pop("title", None)
        self._register(doc_id, row.place or row.file)
        self._notices.n_numbered += numbered
        return Document(doc_id, text, None if title is None else str(title), meta)

    def _register(self, doc_id: str, place: str) -> None:
        first = self._first.setdefault(doc_id, place)
        if first is not place:
            raise BadInput(f"doc_id '{doc_id}' was used before, in {first}; ids must be unique")

    def _refuse(self, row: Row, reason: str) -> None:
        assert self._refused is not None
        fields = self._columns.rename(row.fields)
        doc_id = fields.get("doc_id")
        self._refused.append(
            {
                "file": row.file,
                "row": row.number,
                "doc_id": row.doc_id if missing(doc_id) else _as_id(doc_id),
                "reason": f"{row.place}: {reason}" if row.place else reason,
            }
        )
        self._notices.refuse(f"{_where(row)}: {reason}")

    def _look_for_columns(self, row: Row, *, last: bool) -> None:
        """Complain about a mapped column: at once if it seems mistyped, else at the end."""
        if not self._unseen or row.fault:
            return
        first, self._first_row = self._first_row, False
        self._unseen.difference_update(row.fields)
        for column in sorted(self._unseen):
            hint = nearest(column, row.fields)
            mistyped = first and difflib.get_close_matches(column, row.fields, cutoff=0.85)
            if mistyped or last:
                raise BadInput(
                    f"{row.file}: no column '{column}'{hint}; "
                    f"the columns seen are {_listed(row.fields)}"
                )


def missing(value: object) -> bool:
    """Tell whether a cell holds nothing: None, NaN, NaT, NA, or only white space.

    Examples
    --------
    >>> [missing(value) for value in (None, float("nan"), " ", 0, "a")]
    [True, True, True, False, False]
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, float) and value != value


def _identity(fields: dict[str, Any], row: Row, columns: Columns) -> str:
    if "doc_id" not in fields:
        if "doc_id" in columns.wanted:
            raise BadInput(f"no field '{columns.wanted['doc_id']}', which should hold the id")
        return row.doc_id
    value = fields.pop("doc_id")
    if missing(value):
        raise BadInput("the id is empty; give every row one, or none to have them numbered")
    return _as_id(value)


def _as_id(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _text(fields: dict[str, Any], row: Row, columns: Columns) -> str:
    column = columns.wanted.get("text", "text")
    if "text" not in fields:
        raise BadInput(
            f"no field '{column}'{nearest(column, row.fields)}; this row has "
            f"{_listed(row.fields)}; {NAME_IT}"
        )
    value = fields.pop("text")
    if isinstance(value, str):
        return value
    if missing(value):
        raise BadInput(f"column '{column}' is missing here; it must hold a text (may be empty)")
    raise BadInput(f"column '{column}' holds {_shown(value)}, which is not a text")


def _check_language(value: object) -> None:
    if value is None:
        return
    code = str(value).strip().lower().replace("_", "-").split("-")[0]
    if code not in ENGLISH:
        raise BadInput(f"lang is '{value}'; only English texts (lang 'en') can be read")


def _plain(name: str, value: object) -> object:
    """Return a field as it will be kept: dates as ISO strings, NumPy scalars as Python ones."""
    if name == "date" and isinstance(value, datetime.datetime):
        return value.isoformat().removesuffix("T00:00:00")
    if name == "date" and isinstance(value, datetime.date):
        return value.isoformat()
    if type(value).__module__ == "numpy" and getattr(value, "ndim", None) == 0:
        return value.item()  # type: ignore[attr-defined]
    return value


def _where(row: Row) -> str:
    return f"{row.file}: {row.place}" if row.place else row.file


def _listed(columns: Iterable[str]) -> str:
    names = list(map(str, columns))
    shown = ", ".join(names[:20]) or "none"
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown


def _shown(value: object) -> str:
    words = repr(value)
    return f"{type(value).__name__} {words[:30]}{'...' if len(words) > 30 else ''}"
