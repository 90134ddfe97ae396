"""Tables of documents, row by row: CSV, TSV, JSON lines, Parquet, data frames, lists."""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from framing.amounts import count_of
from framing.tables import BadInput, first_line
from framing.text.rows import Columns, Row

if TYPE_CHECKING:
    import pandas as pd

TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".jsonl.gz", ".parquet")
_SUFFIXES = (*TABLE_SUFFIXES, ".csv.gz", ".tsv.gz", ".ndjson", ".ndjson.gz")
_LONGEST_CELL = 2**31 - 1
_BATCH = 256
_BUFFER = 1 << 20
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Lines:
    """The lines of a binary file as text, with an account of bytes that are not UTF-8.

    Iterate it; after each record `take_fault()` says whether one of its lines was broken.
    """

    def __init__(self, handle: IO[bytes], file: str) -> None:
        self._handle = handle
        self._file = file
        self._offset = 0
        self._fault = ""
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            raw = self._handle.readline()
        except (EOFError, OSError, zlib.error) as error:
            raise BadInput(
                f"{self._file}: broken behind line {self.number} ({first_line(error)}); "
                f"pack or copy the file again"
            ) from None
        if not raw:
            raise StopIteration
        if not self.number:
            if raw.startswith(_UTF16):
                raise BadInput(f"{self._file}: is UTF-16; save it as UTF-8")
            raw = self._without_mark(raw)
        self.number += 1
        line, fault = decode(raw, self._offset)
        if fault and not self._fault:
            self._fault = f"line {self.number}, {fault}"
        self._offset += len(raw)
        return line

    def take_fault(self) -> str:
        """Return the fault of the lines read since the last call."""
        fault, self._fault = self._fault, ""
        return fault

    def _without_mark(self, raw: bytes) -> bytes:
        if raw.startswith(_BOM):
            self._offset = len(_BOM)
            return raw[len(_BOM) :]
        return raw


def decode(raw: bytes, offset: int = 0) -> tuple[str, str]:
    """Return the text of UTF-8 bytes and, if they are not that, what is wrong.

    Parameters
    ----------
    raw : bytes
        A line, or a whole file.
    offset : int
        Where in the file they stand, counted in bytes.

    Examples
    --------
    >>> decode(b"caf\\xe9")[1]
    'byte 3 (0xe9) is not UTF-8; save the file as UTF-8 (this looks like Latin-1 or Windows-1252)'
    """
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        fault = (
            f"byte {offset + error.start} (0x{raw[error.start]:02x}) is not UTF-8; save the file "
            f"as UTF-8 (this looks like Latin-1 or Windows-1252)"
        )
        return raw.decode("utf-8", "replace"), fault


def opened(path: Path) -> IO[bytes]:
    """Open a file for reading bytes."""
    try:
        return path.open("rb")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror or error})") from None


def suffix_of(path: Path) -> str:
    """Return the table suffix of a path, or an empty string if it has none."""
    name = path.name.lower()
    return next((s for s in sorted(_SUFFIXES, key=len, reverse=True) if name.endswith(s)), "")


def read_file(
    path: Path,
    columns: Columns,
    *,
    delimiter: str | None = None,
    quoted: bool = True,
    short: bool = False,
) -> Iterator[Row]:
    """Yield the rows of a table file by its suffix."""
    suffix = suffix_of(path)
    if suffix == ".parquet":
        yield from read_parquet(path, columns)
        return
    with opened(path) as raw:
        packed = suffix.endswith(".gz")
        lines = Lines(cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw, str(path))
        if ".csv" in suffix or ".tsv" in suffix:
            wanted = delimiter or ("\t" if ".tsv" in suffix else None)
            yield from read_csv(
                lines, str(path), columns, delimiter=wanted, quoted=quoted, short=short
            )
        else:
            yield from read_jsonl(lines, str(path))


def read_csv(
    lines: Lines,
    file: str,
    columns: Columns | None,
    *,
    delimiter: str | None = None,
    quoted: bool = True,
    short: bool = False,
) -> Iterator[Row]:
    """Yield the rows of a delimited table.

    Parameters
    ----------
    lines : Lines
        Of the whole file, the header first.
    file : str
        What messages call it.
    columns : Columns or None
        Checked against the header, if given.
    delimiter : str or None
        None takes the comma, or the semicolon or tab where the header has no comma.
    quoted : bool
        Whether quotation marks enclose cells.
    short : bool
        Whether a row may lack its last cells.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    first = next(lines, None)
    if first is None:
        raise BadInput(f"{file}: is empty; it needs a header line with the names of its columns")
    reader = csv.reader(
        itertools.chain([first], lines),
        delimiter=delimiter or _delimiter(first),
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
    header = _header(reader, lines, file)
    if columns is not None:
        columns.check(header, file)
    number = 0
    while True:
        start = lines.number + 1
        try:
            cells = next(reader, None)
            fault = lines.take_fault()
        except csv.Error as error:
            cells, fault = [], _csv_fault(error)
            lines.take_fault()
            if lines.number > start:
                fault += f" Lines {start} to {lines.number} were read as one row."
        if cells is None:
            return
        if not cells and not fault:
            continue
        number += 1
        fits = len(cells) == len(header) or (short and len(cells) < len(header))
        if not fault and not fits:
            fault = (
                f"has {count_of(len(cells), 'cell')} where the header has {len(header)}; "
                f"put cells that hold the delimiter in quotation marks"
            )
        fields = dict(zip(header, cells, strict=False))
        yield Row(file, number, f"row {number} (line {start})", fields, str(number), fault)


def _csv_fault(error: csv.Error) -> str:
    if "new-line character" in str(error):
        return "broken CSV: a carriage return inside a cell that is not in quotation marks"
    return f"broken CSV ({error}); an unmatched quotation mark?"


def _delimiter(header: str) -> str:
    if "," not in header:
        for delimiter in (";", "\t"):
            if delimiter in header:
                return delimiter
    return ","


def _header(reader: Iterator[list[str]], lines: Lines, file: str) -> list[str]:
    try:
        names = [name.strip() for name in next(reader)]
    except csv.Error as error:
        raise BadInput(f"{file}: its header cannot be read as CSV ({error})") from None
    if fault := lines.take_fault():
        raise BadInput(f"{file}: {fault}")
    _refuse_twice(names, file)
    return [name or f"column_{number}" for number, name in enumerate(names, 1)]


def _refuse_twice(names: list[str], file: str) -> None:
    for name in names:
        if name and names.count(name) > 1:
            raise BadInput(f"{file}: two columns are called '{name}'; rename one of them")


def read_jsonl(lines: Lines, file: str) -> Iterator[Row]:
    """Yield the rows of JSON lines: one object a line, blank lines allowed."""
    number = 0
    for line in lines:
        if not line.strip():
            lines.take_fault()
            continue
        number += 1
        fields: Any = {}
        fault = lines.take_fault().partition(", ")[2]
        if not fault:
            try:
                fields = json.loads(line)
            except (ValueError, RecursionError) as error:
                fault = f"broken JSON ({first_line(error)}); each line must be one whole object"
        if not isinstance(fields, dict):
            fault = f'holds {type(fields).__name__}, not an object such as {{"text": "..."}}'
            fields = {}
        yield Row(file, number, f"line {lines.number}", fields, str(number), fault)


def read_parquet(path: Path, columns: Columns) -> Iterator[Row]:
    """Yield the rows of a Parquet file, a batch in memory at a time."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    number = 0
    try:
        with pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as table:
            _refuse_twice(table.schema_arrow.names, str(path))
            columns.check(table.schema_arrow.names, str(path))
            for batch in table.iter_batches(batch_size=_BATCH):
                for fields in batch.to_pylist():
                    number += 1
                    yield Row(str(path), number, f"row {number}", fields, str(number))
    except (pa.ArrowException, OSError) as error:
        raise BadInput(
            f"{path}: cannot be read as Parquet behind row {number} ({first_line(error)})"
        ) from None


def read_frame(frame: pd.DataFrame, columns: Columns) -> Iterator[Row]:
    """Yield the rows of a data frame; an index called doc_id or id counts as a column."""
    if frame.index.name in ("doc_id", "id") and frame.index.name not in frame.columns:
        frame = frame.reset_index()
    names = [str(name) for name in frame.columns]
    _refuse_twice(names, "DataFrame")
    columns.check(names, "DataFrame")
    cells = (frame.iloc[:, place] for place in range(len(names)))
    for number, values in enumerate(zip(*cells, strict=True), 1):
        fields = dict(zip(names, values, strict=True))
        yield Row("DataFrame", number, f"row {number}", fields, str(number))


def read_items(items: Iterable[object]) -> Iterator[Row]:
    """Yield the rows of a list of texts, or of mappings with our fields."""
    for number, item in enumerate(items, 1):
        fields = item if isinstance(item, Mapping) else {"text": item}
        yield Row("list", number, f"item {number}", fields, str(number))
