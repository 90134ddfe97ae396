"""What the commands share: options that say how to read, the source itself, and output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from framing.progress import shown
from framing.tables import BadInput, check_target, json_lines, replacing, write_table

MOST_CAUTIONS = 5


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument INPUT and the options that say how to read it."""
    return click.argument("input", metavar="INPUT")(how_to_read(command))


def how_to_read(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how to read INPUT."""
    options = (
        click.option("--text", metavar="COL", help="Column that holds the text."),
        click.option("--id", metavar="COL", help="Column that holds the document id."),
        click.option("--map", "renamed", metavar="FIELD=COL", multiple=True,
                     help="Our field = your column, as outlet=source; may be repeated."),
        click.option("--skip-bad", is_flag=True,
                     help="Write refused rows with their reason to a file and go on."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


OUT = click.option(
    "--out", metavar="FILE",
    help="Ends in .csv .tsv .jsonl .jsonl.gz .parquet; without it JSON lines on standard output.",
    callback=lambda ctx, param, path: check_target(path) if path else None,
)  # fmt: skip
EXTRACTORS = click.option(
    "--extractors", metavar="A,B", help="Extractors to run, by name; all by default."
)


def refuse_input(input: str | None, out: str | Path | None) -> None:
    """Refuse an output that would replace the input, or a file in the folder of texts.

    A PDF is none of the texts, so that a report may be written there anew.
    """
    from framing.text.folders import ARTICLES

    if not (input and out and Path(out).exists() and Path(input).exists()):
        return
    folder, target = Path(input), Path(out)
    if os.path.samefile(folder, target):
        raise BadInput(f"{out}: --out is the input itself; give another name")
    home = folder.resolve().parent if folder.resolve().name == ARTICLES else folder.resolve()
    inside = folder.is_dir() and home in target.resolve().parents
    if inside and target.is_file() and target.suffix.lower() != ".pdf":
        raise BadInput(f"{out}: --out is a file of the input folder {input}; give another name")


class Source(Iterable[Any]):
    """The documents of INPUT, read as they are asked for; `finish` says what was noticed."""

    def __init__(
        self, input: str, out: str | None, *, text: str | None, id: str | None,
        renamed: tuple[str, ...], skip_bad: bool,
    ) -> None:  # fmt: skip
        from framing.text.notices import Notices
        from framing.text.readers import STDIN, stream

        refuse_input(input, out)
        self.name = STDIN if input == "-" else input
        self.notices = Notices()
        self.refused: list[dict[str, Any]] | None = [] if skip_bad else None
        beside = Path(out or "framing")
        stem = beside.name.split(".")[0] or "framing"
        self.refused_file = beside.parent / f"{stem}.refused.csv"
        if skip_bad:
            refuse_input(input, self.refused_file)
        pairs = [item.partition("=") for item in renamed]
        for name, equals, column in pairs:
            if not (name and equals and column):
                raise BadInput(f"--map {name}: write it as FIELD=COL, for example outlet=source")
        self.documents = stream(
            input, text=text, id=id, map={name: column for name, _, column in pairs} or None,
            refused=self.refused, notices=self.notices,
        )  # fmt: skip

    def __iter__(self) -> Iterator[Any]:
        return iter(self.documents)

    def finish(self) -> None:
        for line in self.notices.lines():
            click.echo(f"framing: {line}", err=True)
        if self.notices.n_numbered:
            click.echo("framing: no column doc_id or id: the documents are numbered 1, 2, ...; "
                       "name one with --id COL", err=True)  # fmt: skip
        if self.refused:
            import pandas as pd

            write_table(pd.DataFrame(self.refused), self.refused_file)
            click.echo(f"framing: refused rows are in {self.refused_file}", err=True)
        if not self.notices.n_documents:
            raise BadInput(f"{self.name}: no document in it; one at least is needed")


def read_all(input: str, out: str | None, **how: Any) -> list[Any]:
    """Return all documents of INPUT, and say what was noticed."""
    source = Source(input, out, **how)
    found = list(shown(source))
    source.finish()
    return found


def refuse_options(reason: str, given: Mapping[str, Any], how: Mapping[str, Any]) -> None:
    """Refuse options that would be without effect, those of `how_to_read` among them."""
    names = {"renamed": "--map", "skip_bad": "--skip-bad"}
    asked = [name for name, value in given.items() if value]
    asked += [names.get(name, f"--{name}") for name, value in how.items() if value]
    if asked:
        raise BadInput(f"{reason}; leave out {', '.join(asked)}")


def emit(table: Any, out: str | None) -> None:
    """Write a table to a file by its suffix, or as JSON lines to standard output."""
    if out:
        write_table(table, out)
        written(out, len(table))
    else:
        sys.stdout.writelines(json_lines(table))


def written(out: str | None, count: int) -> None:
    """Say on standard error what was written."""
    if out:
        click.echo(f"{out}: {count:,} row{'s' * (count != 1)}", err=True)


def say_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    """Print a warning as one line, and of many cautions the first few."""
    lines = getattr(message, "lines", [str(message)])
    for line in lines[:MOST_CAUTIONS]:
        click.echo(f"framing: {line}", err=True)
    if len(lines) > MOST_CAUTIONS:
        click.echo(f"framing: and {len(lines) - MOST_CAUTIONS} more cautions", err=True)


def emit_lines(rows: Iterable[Any], out: str | None) -> None:
    """Write objects as JSON lines, as they come, to a file or to standard output."""
    if out is None:
        sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return
    count = 0
    if not out.endswith(".jsonl"):
        raise BadInput(f"{out}: this is written as JSON lines; give --out a name ending in .jsonl")
    with replacing(out) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    written(out, count)


def listed(words: str | None) -> list[str] | None:
    """Return the words of an option such as "outlet,event"; a comma may end it."""
    if words is None:
        return None
    found = [word.strip() for word in words.split(",") if word.strip()]
    if not found:
        raise BadInput(f"'{words}' names nothing; give names, as outlet,event, or leave it out")
    return found
