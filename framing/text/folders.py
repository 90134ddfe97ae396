"""Texts in files of their own: one file, or a folder with `metadata.csv` keyed by file stem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from framing.tables import BadInput, nearest
from framing.text.formats import Lines, decode, opened, read_csv
from framing.text.notices import Notices
from framing.text.pages import read_article
from framing.text.rows import Columns, Row, missing

TEXT_SUFFIXES = (".txt", ".md", ".html", ".htm")
METADATA = "metadata.csv"
ARTICLES = "articles"
_ABOUT = ("readme", "source", "license", "licence", "license-note", "changelog")
_BOM = b"\xef\xbb\xbf"


def read_text(path: Path) -> Row:
    """Return the row of one text file; its stem is the id, its text unmodified (no web page's)."""
    with opened(path) as handle:
        raw = handle.read()
    start = len(_BOM) if raw.startswith(_BOM) else 0
    text, fault = decode(raw[start:], start)
    if fault:
        fault = f"line {_line_of_fault(raw)}, {fault}"
    if path.suffix.lower() in (".html", ".htm"):
        fields: dict[str, Any] = read_article(text)
    else:
        fields = {"text": text}
    return Row(str(path), None, "", fields, path.stem, fault)


def read_folder(folder: Path, columns: Columns, notices: Notices) -> Iterator[Row]:
    """Yield the rows of a folder of texts, sorted by name.

    Parameters
    ----------
    folder : pathlib.Path
        Holds the texts, or a folder `articles` with them, and perhaps `metadata.csv`.
    columns : Columns
        The column wanted for `doc_id` is the one that holds the file stems.
    notices : Notices
        Told of files that are not read or have no row in `metadata.csv`.
    """
    if "text" in columns.wanted:
        raise BadInput(f"{folder}: the texts of a folder are its files; --text is for tables")
    texts = folder / ARTICLES
    if not (texts.is_dir() and _texts_in(texts)):
        texts = folder
    files = _texts_in(texts)
    if not files:
        raise BadInput(_nothing_in(folder))
    table = next((p for p in (folder / METADATA, texts / METADATA) if p.is_file()), None)
    if table is None and folder.name == ARTICLES and (folder.parent / METADATA).is_file():
        table = folder.parent / METADATA
    listed = _Metadata(table, columns) if table is not None else None
    files = _without_notes(files, listed)
    _tell(files, texts, listed, notices)
    if listed is not None:
        yield from listed.faults([path.stem for path in files])
    for path in files:
        row = read_text(path)
        if listed is not None:
            row = listed.join(row)
        yield row


class _Metadata:
    """The rows of `metadata.csv` by file stem."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self.path = path
        self.rows: dict[str, Row] = {}
        self._faults: list[Row] = []
        with opened(path) as handle:
            rows = list(read_csv(Lines(handle, str(path)), str(path), None))
        if not rows:
            return
        names = list(next((row.fields for row in rows if not row.fault), rows[0].fields))
        self._key = _key(names, columns, str(path))
        columns.check([*names, "text"], str(path))
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        key = PurePath(str(row.fields.get(self._key, "")))
        stem = key.stem if key.suffix.lower() in TEXT_SUFFIXES else key.name
        first = self.rows.get(stem)
        if row.fault or not stem:
            fault = row.fault or f"column '{self._key}' is empty; it must hold a file stem"
            self._faults.append(row._replace(fault=fault, doc_id=stem))
        elif first is not None:
            fault = f"a second row for '{stem}', after {first.place}; keep one of them"
            self._faults.append(row._replace(fault=fault, doc_id=stem))
        else:
            self.rows[stem] = row

    def faults(self, stems: Sequence[str]) -> Iterator[Row]:
        """Yield the rows that cannot be used, those without a file among them."""
        yield from self._faults
        known = set(stems)
        without = [stem for stem in self.rows if stem not in known]
        for stem in without:
            hint = nearest(stem, stems) if stem == without[0] else ""
            fault = f"no text file '{stem}'{hint} for this row"
            yield self.rows[stem]._replace(fault=fault, doc_id=stem)

    def join(self, row: Row) -> Row:
        """Return the row of a text with what `metadata.csv` says about it."""
        listed = self.rows.get(row.doc_id)
        if listed is None:
            return row
        fields = dict(row.fields)
        for name, value in listed.fields.items():
            if name == "text":
                fields["text_original"] = value
            elif name != self._key and (name not in fields or not missing(value)):
                fields[name] = value
        return row._replace(fields=fields)


def _key(names: Sequence[str], columns: Columns, file: str) -> str:
    wanted = columns.wanted.get("doc_id")
    choices = (wanted,) if wanted else ("file", "doc_id", "id")
    for name in choices:
        if name in names:
            return name
    raise BadInput(
        f"{file}: no column {' or '.join(choices)} with the file stems; "
        f"its columns are {', '.join(names[:20])}"
    )


def _texts_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in TEXT_SUFFIXES and path.is_file() and path.name[0] != "."
    )


def _without_notes(files: list[Path], listed: _Metadata | None) -> list[Path]:
    """Leave out README.md and the like, unless the metadata names them or nothing else is there."""
    rows = listed.rows if listed is not None else {}
    kept = [
        path
        for path in files
        if path.stem in rows or path.suffix.lower() != ".md" or path.stem.lower() not in _ABOUT
    ]
    return kept or files


def _tell(files: list[Path], texts: Path, listed: _Metadata | None, notices: Notices) -> None:
    read = {path.name for path in files} | {METADATA}
    others = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in sorted(texts.iterdir())
        if path.name not in read and path.name[0] != "."
    ]
    if others:
        notices.say(f"{texts}: not read: {_some(others, 'entry', 'entries')}")
    bare = [path.name for path in files if listed is not None and path.stem not in listed.rows]
    if bare and listed is not None:
        notices.say(f"{listed.path}: no row for {_some(bare, 'text file', 'text files')}")


def _some(names: list[str], one: str, many: str) -> str:
    more = ", ..." if len(names) > 3 else ""
    return f"{len(names)} {one if len(names) == 1 else many} ({', '.join(names[:3])}{more})"


def _nothing_in(folder: Path) -> str:
    seen = sorted({path.suffix.lower() or "folders" for path in folder.iterdir()})
    there = f"only {', '.join(seen[:8])}" if seen else "nothing"
    return (
        f"{folder}: no text files in this folder, {there}; "
        f"read are {', '.join(TEXT_SUFFIXES)} (with an optional {METADATA})"
    )


def _line_of_fault(raw: bytes) -> int:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return raw.count(b"\n", 0, error.start) + 1
    return 1
