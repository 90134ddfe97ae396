"""The tables that travel between the rooms: columns, checks, reading and writing."""

from __future__ import annotations

import contextlib
import csv
import difflib
import gzip
import io
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

HITS = (
    "doc_id", "start", "end", "text", "extractor", "label", "strength", "voice", "speaker",
    "speaker_type", "negated", "in_title", "sentence", "rule", "attributes",
)  # fmt: skip
SCORES = ("doc_id", "n_words", "n_words_outlet", "n_words_attributed")
LABELS = (
    "doc_id", "sentence", "codebook", "frame", "probability", "label", "classifier",
    "classifier_version",
)  # fmt: skip
ESTIMATES = (
    "measure", "group", "reference", "estimate", "low", "high", "p", "p_adjusted",
    "n_documents", "n_words", "n_clusters", "method",
)  # fmt: skip
TABLES: Mapping[str, tuple[str, ...]] = {
    "hits": HITS, "scores": SCORES, "labels": LABELS, "estimates": ESTIMATES,
}  # fmt: skip

VOICES = ("outlet", "direct", "indirect", "scare", "title", "boilerplate")
VOICE_GROUPS: Mapping[str, tuple[str, ...]] = {  # nobody but the outlet speaks in scare quotes
    "outlet": ("outlet", "title", "scare"),
    "attributed": ("direct", "indirect"),
    "all": ("outlet", "title", "scare", "direct", "indirect"),
}
WORDS = ("doc_id", "text")  # read from a CSV file as they stand, were it "007" or "NA"
MISSING = ("", "NA", "NaN", "nan", "null", "None")
NUMBERS = re.compile(  # columns of ours that hold numbers; all others are read as they stand
    r"start|end|strength|negated|in_title|sentence|n_\w+|probability|estimate|low|high|p|p_adjusted"
    r"|.*\.(count|per_1k|per_\d+)"
)
LEADING_ZERO = re.compile(r"[+-]?0\d")
LONG = re.compile(r"[+-]?\d{16,}")  # more digits than a float holds
EXACT = 2**53  # up to here a float holds every whole number
SAME = 1e-9  # of a rate or a bound: what is spread less is equal but for rounding
SUFFIXES = (".csv", ".tsv", ".jsonl", ".jsonl.gz", ".parquet")


class BadInput(ValueError):
    """Input that cannot be used; one line says what is wrong, where, and what would be right."""


def nearest(name: object, known: Iterable[object]) -> str:
    """Return a hint such as `` (did you mean 'outlet'?)`` or an empty string.

    Names that are numbers are compared as they are written.

    Examples
    --------
    >>> nearest("outlte", ["outlet", "date"])
    " (did you mean 'outlet'?)"
    >>> nearest("loaded", ["hedging", "loaded_language"])
    " (did you mean 'loaded_language'?)"
    """
    name, names = str(name), [str(other) for other in known]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    close = close or [other for other in names if len(name) > 3 and other.startswith(name)][:1]
    return f" (did you mean '{close[0]}'?)" if close else ""


def check(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return `table` unchanged if it has the columns of its kind.

    Parameters
    ----------
    table : pandas.DataFrame
    kind : {"hits", "scores", "labels", "estimates"}

    Raises
    ------
    BadInput
        If a column is missing, or one of counts holds what is no count; the message names it.

    Examples
    --------
    >>> import pandas as pd
    >>> check(pd.DataFrame({"doc_id": ["a"]}), "scores")
    Traceback (most recent call last):
        ...
    framing.tables.BadInput: a scores table needs the columns n_words, n_words_outlet, \
n_words_attributed; this one has doc_id
    """
    if not hasattr(table, "columns"):
        raise BadInput(f"a {kind} table is a DataFrame, not {type(table).__name__}")
    missing = [name for name in TABLES[kind] if name not in table.columns]
    if missing:
        seen = ", ".join(map(str, table.columns[:20])) or "no columns"
        raise BadInput(f"a {kind} table needs the columns {', '.join(missing)}; this one has "
                       f"{seen}")  # fmt: skip
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise BadInput(f"a {kind} table has two columns '{twice[0]}'; rename or drop one of them")
    for name in map(str, table.columns if kind == "scores" else ()):
        if not (name in SCORES[1:] or name.endswith(".count")):
            continue
        if table[name].dtype.kind not in "iuf":
            raise BadInput(f"column '{name}' of a scores table must hold numbers only")
        wrong = (table[name] < 0) | (table[name] == float("inf"))
        if wrong.any():
            row = table[wrong].iloc[0]
            raise BadInput(f"column '{name}' of a scores table has {row[name]:g} for document "
                           f"'{row['doc_id']}'; a count is 0 or more, or missing")  # fmt: skip
    return table


def refuse_table(texts: object) -> None:
    """Refuse a table or a mapping where texts are wanted: going through it gives its names."""
    if isinstance(texts, Mapping) or hasattr(texts, "columns"):
        raise BadInput(
            f"expected several texts, got a {type(texts).__name__}; pass its column of texts, as "
            'df["text"], or read_corpus(df)'
        )


def suffix_of(path: str | Path) -> str:
    """Return the suffix that decides the format, or raise `BadInput`.

    Examples
    --------
    >>> suffix_of("hits.jsonl.gz")
    '.jsonl.gz'
    """
    name = Path(path).name.lower()
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return suffix
    raise BadInput(f"{path}: unknown table suffix '{Path(path).suffix}'; use one of "
                   f"{', '.join(SUFFIXES)}")  # fmt: skip


def check_target(path: str | Path) -> str:
    """Return `path` if a table may be written there: no folder, a known suffix."""
    refuse_folder(Path(path))
    suffix_of(path)
    return str(path)


def refuse_folder(target: Path) -> None:
    if target.is_dir():
        inside = target / f"out{target.suffix or '.csv'}"
        raise BadInput(f"{target}: is a folder; --out needs a file name such as {inside}")
    blocked = next((parent for parent in target.parents if parent.is_file()), None)
    if blocked:
        raise BadInput(f"{target}: cannot be written ({blocked} is a file, not a folder)")


def need_folder(folder: Path) -> None:
    """Refuse, before long work, a folder that cannot be made or written to."""
    refuse_folder(folder / "out.csv")
    there = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    try:
        tempfile.TemporaryDirectory(prefix=".", dir=there).cleanup()
    except OSError as error:
        raise BadInput(f"{folder}: cannot be written ({error.strerror or error})") from error


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; rename it onto `path` only if all went well.

    Nothing is left half-written: on an error the temporary file is removed. A device such as
    ``/dev/stdout`` is written directly, and of a link the file it leads to is replaced.
    """
    target = Path(path)
    refuse_folder(target)
    if target.exists() and not target.is_file():
        try:
            yield target
        except OSError as error:
            raise BadInput(f"{target}: cannot be written ({error.strerror or error})") from error
        return
    temporary = None
    try:
        real = target.resolve() if target.is_symlink() else target
        real.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=real.parent, prefix=".", suffix=real.name)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(real)
    except OSError as error:
        raise BadInput(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_table(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table by the suffix of `path`, whole or not at all.

    Parameters
    ----------
    table : pandas.DataFrame
    path : str or pathlib.Path
        Ends in .csv, .tsv, .jsonl, .jsonl.gz or .parquet.

    Raises
    ------
    BadInput
        Unknown suffix, a folder as target, a target that cannot be written.
    """
    suffix = suffix_of(path)
    with replacing(path) as temporary:
        if suffix in (".csv", ".tsv"):
            table.to_csv(
                temporary, index=False, sep="\t" if suffix == ".tsv" else ",", errors="replace",
                quoting=csv.QUOTE_NONNUMERIC if _has_returns(table) else csv.QUOTE_MINIMAL,
            )  # fmt: skip
        elif suffix == ".parquet":
            _storable(table).to_parquet(temporary, index=False)
        else:
            opened: Any = packed_lines if suffix.endswith(".gz") else plain_lines
            with opened(temporary) as file:
                file.writelines(json_lines(table))


def plain_lines(path: Path) -> IO[str]:
    """Open a file for lines of text."""
    return path.open("w", encoding="utf-8", errors="replace", newline="")


@contextlib.contextmanager
def packed_lines(path: Path) -> Iterator[IO[str]]:
    """Open a gzip file for lines of text; its bytes depend on nothing but the lines."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, "utf-8", "replace", newline="") as file,
    ):
        yield file


def whole(cell: Any) -> Any:
    """Return a cell without lone surrogates, which no file in UTF-8 can hold."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _has_returns(table: pd.DataFrame) -> bool:
    """Whether a cell holds a carriage return, which the csv module would leave unquoted."""
    words = table.select_dtypes(["object", "string"])
    return any("\r" in str(cell) for _, column in words.items() for cell in column)


def _storable(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with columns of mixed kinds, or with lone surrogates, as plain strings."""
    import pyarrow as pa

    for name, column in table.items():
        try:
            pa.Array.from_pandas(column)
        except (pa.ArrowException, UnicodeError, OverflowError):
            cells = [whole(str(cell)) for cell in column]
            table = table.assign(**{str(name): column.where(column.isna(), cells)})
    return table


def json_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield a table as JSON lines: ASCII, floats in full, what is missing or infinite as null.

    Examples
    --------
    >>> import pandas as pd
    >>> list(json_lines(pd.DataFrame({"p": [1e-12, None], "n": [1, 2]})))
    ['{"p":1e-12,"n":1}\\n', '{"p":null,"n":2}\\n']
    """
    infinite = table.isin([float("inf"), float("-inf")])
    cells = table.astype(object).where(table.notna() & ~infinite, None)
    for record in cells.to_dict("records"):
        yield json.dumps(record, default=_plain, separators=(",", ":")) + "\n"


def _plain(cell: Any) -> Any:
    """Return a cell that JSON does not know: a date in ISO form, a NumPy value as Python's."""
    for method in ("isoformat", "tolist"):
        if hasattr(cell, method):
            return getattr(cell, method)()
    return str(cell)


def read_table(path: str | Path, kind: str | None = None) -> pd.DataFrame:
    """Read a table written by `write_table` (or by R) and, if `kind` is given, check it.

    Raises
    ------
    BadInput
        If the file is missing, broken, or not a table of that kind.
    """
    import pandas as pd

    suffix = suffix_of(path)
    if not Path(path).is_file():
        raise BadInput(f"{path}: no such file")
    try:
        if suffix in (".csv", ".tsv"):
            how: Any = {"sep": "\t" if suffix == ".tsv" else ",", "low_memory": False}
            header = pd.read_csv(path, nrows=0, **how).columns
            table = pd.read_csv(
                path, dtype=dict.fromkeys(WORDS, str), keep_default_na=False,
                na_values={name: [] if name in WORDS else MISSING for name in header}, **how,
            )  # fmt: skip
            names = [name for name in header if not (name in WORDS or NUMBERS.fullmatch(name))]
            places = [header.get_loc(name) for name in names]
            words = pd.read_csv(path, usecols=places, dtype=str, keep_default_na=False, **how)
            table = table.assign(**{name: _as_written(words[name], table[name]) for name in names})
        elif suffix == ".parquet":
            import pyarrow.parquet as pq

            table = pd.read_parquet(path)
            floats = set(table.select_dtypes("float").dropna(axis="columns", how="all"))
            for field in pq.read_schema(path):
                if field.name in floats and "int" in str(field.type):  # one of them is missing
                    cells = pq.read_table(path, columns=[field.name]).to_pylist()
                    table[field.name] = table_of(cells)[field.name].to_numpy()
        else:
            table = table_of(_read_lines(path, suffix))
            table = table.astype({name: float for name in table if table[name].isna().all()})
    except (ValueError, OSError, EOFError) as error:
        raise BadInput(f"{path}: cannot be read as {suffix} ({first_line(error)})") from error
    try:
        return check(table, kind) if kind else table
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None


def table_of(rows: Sequence[Mapping[Any, Any]]) -> pd.DataFrame:
    """Return rows as a table, long whole numbers as words where one of them is missing.

    As floats, which have a mark for what is missing, they would lose their last digits.

    Examples
    --------
    >>> table_of([{"event": 9007199254740993}, {"event": None}])["event"].tolist()
    ['9007199254740993', None]
    """
    import pandas as pd

    table = pd.DataFrame(rows)
    for name in [name for name in table if table[name].dtype.kind == "f"]:
        cells = [row.get(name) for row in rows]
        given = [cell for cell in cells if cell is not None and cell == cell]
        if all(isinstance(cell, int) for cell in given) and any(abs(c) > EXACT for c in given):
            words = [str(cell) if isinstance(cell, int) else None for cell in cells]
            table[name] = pd.Series(words, dtype=object)
    return table


def _as_written(words: pd.Series, read: pd.Series) -> pd.Series:
    """Return a column as read if its numbers are those written, else as words.

    Among words only the empty cell is missing; "01" is no number.
    """
    numbers = read.dtype.kind in "biuf" and (read.notna().any() or not words.any())
    given = words[~words.isin(MISSING)]
    codes = given.str.match(LEADING_ZERO)
    if read.dtype.kind == "f":
        codes |= given.str.fullmatch(LONG)
    if numbers and not codes.any():
        return read
    return words.where(words != "")


def _read_lines(path: str | Path, suffix: str) -> list[dict[str, Any]]:
    opened: Any = gzip.open if suffix.endswith(".gz") else open
    rows = []
    with opened(path, "rt", encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            row = json.loads(line) if line.strip().startswith("{") else None
            if row is None and line.strip():
                raise ValueError(f"line {number} is no JSON object")
            if row and isinstance(row.get("attributes"), dict):
                row["attributes"] = json.dumps(row["attributes"], ensure_ascii=False)
            if row:
                rows.append({key: whole(cell) for key, cell in row.items()})
    return rows


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, for one-line reports."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
