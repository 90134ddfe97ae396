"""The hits file: spans written block by block, with the documents they came from.

A Parquet file carries the documents (id, metadata, words of each voice) and the names of the
extractors in its metadata, so that `score` needs nothing else. The other formats hold spans only.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from framing.tables import (
    HITS,
    SUFFIXES,
    BadInput,
    check,
    first_line,
    packed_lines,
    plain_lines,
    read_table,
    replacing,
    suffix_of,
    table_of,
    whole,
)

if TYPE_CHECKING:
    import pandas as pd

    from framing.engine import Row

DOCUMENTS, EXTRACTORS = b"framing.documents", b"framing.extractors"
TYPES = {
    "start": "int64", "end": "int64", "strength": "float64", "negated": "bool", "in_title": "bool",
    "sentence": "int64",
}  # fmt: skip


class HitsWriter:
    """Writes rows of the hits table as they come; see `open_hits`."""

    def __init__(self, extractors: Mapping[str, Sequence[str]]) -> None:
        self.extractors = {name: list(labels) for name, labels in extractors.items()}
        self.documents: list[dict[str, Any]] = []

    def add_document(self, row: dict[str, Any]) -> None:
        """Keep a row of the documents table for the end of the file."""

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows in the order of `tables.HITS`."""
        raise NotImplementedError

    def close(self) -> None:
        """Write what stands at the end of the file."""


class _Lines(HitsWriter):
    def __init__(self, handle: IO[str], extractors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(extractors)
        self.handle = handle

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            record = dict(zip(HITS, row, strict=True))
            record["attributes"] = json.loads(record["attributes"])
            self.handle.write(json.dumps(record) + "\n")


class _Cells(HitsWriter):
    def __init__(
        self, handle: IO[str], extractors: Mapping[str, Sequence[str]], delimiter: str
    ) -> None:
        import csv

        super().__init__(extractors)
        how: Any = {"delimiter": delimiter, "lineterminator": "\n"}
        self.plain = csv.writer(handle, **how)
        self.quoted = csv.writer(handle, quoting=csv.QUOTE_NONNUMERIC, **how)
        self.plain.writerow(HITS)

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            bare = "\r" in row[3]  # would end the line if it stood there without quotation marks
            (self.quoted if bare else self.plain).writerow(row)


class _Parquet(HitsWriter):
    def __init__(self, path: Path, extractors: Mapping[str, Sequence[str]]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        super().__init__(extractors)
        kinds = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
        self.schema = pa.schema(
            [(name, kinds[TYPES[name]] if name in TYPES else pa.string()) for name in HITS]
        )
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")

    def add_document(self, row: dict[str, Any]) -> None:
        self.documents.append(row)

    def write(self, rows: Sequence[Row]) -> None:
        import pyarrow as pa

        if rows:
            columns = list(map(list, zip(*rows, strict=True)))
            try:
                table = pa.table(columns, schema=self.schema)
            except UnicodeError:
                table = pa.table([list(map(whole, c)) for c in columns], schema=self.schema)
            self.writer.write_table(table)

    def close(self) -> None:
        documents = json.dumps(self.documents, default=str)
        self.writer.add_key_value_metadata(
            {DOCUMENTS: documents.encode(), EXTRACTORS: json.dumps(self.extractors).encode()}
        )
        self.writer.close()


@contextlib.contextmanager
def open_hits(
    path: str | Path | None, extractors: Mapping[str, Sequence[str]]
) -> Iterator[HitsWriter]:
    """Open a hits file for writing; it appears whole or not at all. None is standard output.

    Raises
    ------
    BadInput
        Unknown suffix, or a target that cannot be written.
    """
    if path is None:
        yield _Lines(sys.stdout, extractors)
        return
    suffix = suffix_of(path)
    with replacing(path) as temporary, contextlib.ExitStack() as stack:
        writer: HitsWriter
        if suffix == ".parquet":
            writer = _Parquet(temporary, extractors)
            stack.callback(writer.writer.close)
        elif suffix == ".jsonl.gz":
            writer = _Lines(stack.enter_context(packed_lines(temporary)), extractors)
        else:
            handle = stack.enter_context(plain_lines(temporary))
            if suffix == ".jsonl":
                writer = _Lines(handle, extractors)
            else:
                writer = _Cells(handle, extractors, "\t" if suffix == ".tsv" else ",")
        yield writer
        writer.close()


def is_hits_file(path: str | Path) -> bool:
    """Whether a file is a hits table, by the columns it names first."""
    if not str(path).lower().endswith(SUFFIXES) or not Path(path).is_file():
        return False
    if not str(path).lower().endswith(".parquet"):
        opened: Any = gzip.open if str(path).lower().endswith(".gz") else open
        with contextlib.suppress(OSError, EOFError, zlib.error), opened(path, "rb") as handle:
            head = handle.read(4000)
            return all(name.encode() in head for name in HITS)
        return False
    import pyarrow.parquet as pq

    try:
        return set(HITS) <= set(pq.read_schema(path).names)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: not a readable Parquet file ({first_line(error)})") from error


def read_hits(path: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a Parquet hits file and the documents stored in it.

    Returns
    -------
    hits, documents : pandas.DataFrame

    Raises
    ------
    BadInput
        If the file has no documents in it: no Parquet file, or one written again by another
        program.
    """
    none = f"{path}: has spans but not their documents; give score the corpus instead"
    if suffix_of(path) != ".parquet":
        raise BadInput(f"{none}, or spans written as .parquet, which hold them")
    import pyarrow.parquet as pq

    hits = check(read_table(path), "hits")
    metadata = pq.read_schema(path).metadata or {}
    metadata = {**metadata, **(pq.read_metadata(path).metadata or {})}
    if DOCUMENTS not in metadata:
        raise BadInput(none)
    hits.attrs["extractors"] = json.loads(metadata[EXTRACTORS])
    return hits, table_of(json.loads(metadata[DOCUMENTS]))
