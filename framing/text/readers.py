"""Read any input form document by document, with flat memory."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from framing.tables import BadInput, nearest
from framing.text import formats, recipes
from framing.text.document import Document
from framing.text.folders import TEXT_SUFFIXES, read_folder, read_text
from framing.text.notices import Notices
from framing.text.rows import Assembly, Columns, Row

if TYPE_CHECKING:
    import pandas as pd

STDIN = "standard input"
_FIRST_SENTENCE = re.compile(r"^(.*?[.!?])\s.*$")
_HINTS = {
    ".json": "write one object a line and call it .jsonl",
    ".docx": "save it as plain text (.txt, UTF-8)",
    ".doc": "save it as plain text (.txt, UTF-8)",
    ".odt": "save it as plain text (.txt, UTF-8)",
    ".rtf": "save it as plain text (.txt, UTF-8)",
    ".pdf": "save its text as .txt (UTF-8)",
    ".xlsx": "save the sheet as .csv (UTF-8)",
    ".xls": "save the sheet as .csv (UTF-8)",
}


def stream(
    source: object,
    *,
    text: str | None = None,
    id: str | None = None,
    map: Mapping[str, str] | None = None,
    skip_bad: bool | None = None,
    refused: list[dict[str, Any]] | None = None,
    notices: Notices | None = None,
) -> Iterator[Document]:
    """Return an iterator over the documents of a corpus in any form.

    Parameters
    ----------
    source : str, path, DataFrame, Corpus or iterable
        A folder of .txt, .md or .html files with `metadata.csv`; one such file; a .csv, .tsv,
        .jsonl, .jsonl.gz or .parquet file; ``"-"`` for JSON lines on standard input;
        ``"@basil"`` for a published corpus; a DataFrame; texts, mappings or documents.
    text, id : str, optional
        The columns that hold the text and the id, where they are not called so.
    map : mapping, optional
        Our field -> column, as ``{"outlet": "source"}``.
    skip_bad : bool, optional
        Whether to go on behind a row that cannot be used; by default if `refused` is given.
    refused : list, optional
        Gets one dict (file, row, doc_id, reason) for each such row.
    notices : Notices, optional
        Counts what is worth saying; complete when the iterator is at its end.

    Raises
    ------
    BadInput
        One line: file, row, column, what is wrong and what would be right.

    Examples
    --------
    >>> [document.doc_id for document in stream(["Rents rise.", "Rents fall."])]
    ['1', '2']
    """
    columns = Columns.of(text, id, map)
    skip = refused is not None if skip_bad is None else skip_bad
    collected = (refused if refused is not None else []) if skip else None
    notices = Notices() if notices is None else notices
    for line in columns.doubts():
        notices.say(line)
    rows: Iterable[Row]
    if isinstance(source, str) and source.startswith("@"):
        rows, columns = recipes.rows(source, columns, notices)
    elif isinstance(source, str | Path):
        path = Path(source)
        rows = _rows_of_path(str(source), columns, notices)
        if str(source) != "-" and path.is_dir():
            columns = columns.without("doc_id")
        elif path.suffix.lower() not in TEXT_SUFFIXES:
            notices.column = columns.wanted.get("text", "text")
    elif _is_frame(source):
        rows = formats.read_frame(source, columns)
        notices.column = columns.wanted.get("text", "text")
    elif isinstance(source, Iterable) and not isinstance(source, Mapping | bytes | bytearray):
        items = iter(source)
        first = list(itertools.islice(items, 1))
        items = itertools.chain(first, items)
        if first and isinstance(first[0], Document):
            return map_documents(items, Assembly(columns, collected, notices))
        rows = formats.read_items(items)
    else:
        raise BadInput(
            f"a corpus is a path, '-', '@NAME', a DataFrame or a list of texts, "
            f"not {type(source).__name__}"
        )
    return Assembly(columns, collected, notices).documents(rows)


def map_documents(documents: Iterable[object], assembly: Assembly) -> Iterator[Document]:
    """Yield documents that are documents already."""
    for number, document in enumerate(documents, 1):
        if not isinstance(document, Document):
            raise BadInput(
                f"list: item {number} is {type(document).__name__}, those before it are documents"
            )
        yield assembly.keep(document)


def source_name(source: object) -> str:
    """Return a short name for a source: no folders, no suffix.

    Examples
    --------
    >>> source_name("study/articles.jsonl.gz"), source_name("@basil"), source_name(["A text."])
    ('articles', 'basil', 'texts')
    """
    if isinstance(source, str) and source.startswith("@"):
        return source[1:]
    if isinstance(source, str | Path):
        if str(source) == "-":
            return STDIN
        path = Path(source)
        if path.is_dir():
            path = path.resolve()
            return path.parent.name if path.name == "articles" else path.name
        suffix = formats.suffix_of(path)
        return path.name[: -len(suffix)] if suffix else path.stem
    return "table" if _is_frame(source) else "texts"


def about_source(source: object) -> str:
    """Return the first sentence of the SOURCE.md beside the texts of a folder, if it has one.

    Examples
    --------
    >>> about_source(["A text."])
    ''
    """
    if not isinstance(source, str | Path):
        return ""
    folder = Path(source).resolve()
    file = (folder.parent if folder.name == "articles" else folder) / "SOURCE.md"
    if not folder.is_dir() or not file.is_file():
        return ""
    lines = file.read_text("utf-8", "replace").splitlines()
    words = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return _FIRST_SENTENCE.sub(r"\1", re.sub("[*_`]", "", words))


def _rows_of_path(name: str, columns: Columns, notices: Notices) -> Iterable[Row]:
    if name == "-":
        lines = formats.Lines(sys.stdin.buffer, STDIN)
        return formats.read_jsonl(lines, STDIN)
    path = Path(name)
    if not name:
        raise BadInput("no path was given; '.' is the folder you are in")
    sentence = name.count(" ") > 2 and name.rstrip().endswith((".", "!", "?", "”", '"'))
    if "\n" in name or len(name) > 1000 or (sentence and not path.exists()):
        raise BadInput(
            "a path is wanted, this is a text; to read a text itself pass a list, [text]"
        )
    if path.is_dir():
        return read_folder(path, columns, notices)
    if not path.is_file():
        hint = _neighbour(path)
        if " " in name and not path.suffix:
            hint += "; to read a text itself pass a list, [text]"
        raise BadInput(f"{name}: no such file or folder{hint}")
    if formats.suffix_of(path):
        return formats.read_file(path, columns)
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return iter([read_text(path)])
    hint = _HINTS.get(suffix, "")
    read = ", ".join((*TEXT_SUFFIXES, *formats.TABLE_SUFFIXES))
    raise BadInput(
        f"{name}: {suffix or 'a file without suffix'} is not read; {hint or f'read are {read}'}"
    )


def _neighbour(path: Path) -> str:
    folder = path.parent
    return nearest(path.name, [p.name for p in folder.iterdir()]) if folder.is_dir() else ""


def _is_frame(source: object) -> TypeGuard[pd.DataFrame]:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(source, pandas.DataFrame)
