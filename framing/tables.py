"""The tables that travel between the rooms: columns, checks, reading and writing."""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

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
SUFFIXES = (".csv", ".tsv", ".jsonl", ".jsonl.gz", ".parquet")


class BadInput(ValueError):
    """Input that cannot be used; one line says what is wrong, where, and what would be right."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint such as `` (did you mean 'outlet'?)`` or an empty string.

    Examples
    --------
    >>> nearest("outlte", ["outlet", "date"])
    " (did you mean 'outlet'?)"
    """
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
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
        If a column is missing; the message names the missing and the present ones.

    Examples
    --------
    >>> import pandas as pd
    >>> check(pd.DataFrame({"doc_id": ["a"]}), "scores")
    Traceback (most recent call last):
        ...
    framing.tables.BadInput: a scores table needs the columns n_words, n_words_outlet, \
n_words_attributed; this one has doc_id
    """
    missing = [name for name in TABLES[kind] if name not in table.columns]
    if missing:
        seen = ", ".join(map(str, table.columns[:20])) or "no columns"
        raise BadInput(
            f"a {kind} table needs the columns {', '.join(missing)}; this one has {seen}"
        )
    return table


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
    raise BadInput(
        f"{path}: unknown table suffix '{Path(path).suffix}'; use one of {', '.join(SUFFIXES)}"
    )


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; rename it onto `path` only if all went well.

    Nothing is left half-written: on an error the temporary file is removed. A device such as
    ``/dev/stdout`` is written directly.
    """
    target = Path(path)
    if target.is_dir():
        raise BadInput(
            f"{target}: is a folder; --out needs a file name such as {target / 'out.csv'}"
        )
    if target.exists() and not target.is_file():
        try:
            yield target
        except OSError as error:
            raise BadInput(f"{target}: cannot be written ({error.strerror or error})") from error
        return
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.name)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(target)
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
            separator = "\t" if suffix == ".tsv" else ","
            table.to_csv(temporary, index=False, sep=separator, errors="replace")
        elif suffix == ".parquet":
            table.to_parquet(temporary, index=False)
        else:
            table.to_json(
                temporary, orient="records", lines=True, force_ascii=True, date_format="iso",
                compression="gzip" if suffix.endswith(".gz") else None,
            )  # fmt: skip


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
            table = pd.read_csv(path, sep="\t" if suffix == ".tsv" else ",", dtype={"doc_id": str})
        elif suffix == ".parquet":
            table = pd.read_parquet(path)
        else:
            table = pd.read_json(path, orient="records", lines=True, dtype={"doc_id": str})
    except (ValueError, OSError, EOFError) as error:
        raise BadInput(f"{path}: cannot be read as {suffix} ({first_line(error)})") from error
    return check(table, kind) if kind else table


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, for one-line reports."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
