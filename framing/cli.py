"""The command line: one short function a command, no logic of its own."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from framing.tables import BadInput, write_table


class Commands(click.Group):
    """A group that names the nearest command for an unknown one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0] if args else ""
        if name and self.get_command(ctx, name) is None:
            close = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f" (did you mean '{close[0]}'?)" if close else ""
            known = ", ".join(self.list_commands(ctx))
            raise BadInput(f"no command '{name}'{hint}; there are {known}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="framing-analysis", prog_name="framing")
def cli() -> None:
    """Measure how news and political text frames what it reports, and in whose voice.

    Example: framing report corpora/newsstand --out reports/demo.pdf
    """


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument INPUT and the options that say how to read it."""
    options = (
        click.argument("input", metavar="INPUT"),
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


OUT = click.option("--out", metavar="FILE", help="Ends in .csv .tsv .jsonl .jsonl.gz .parquet.")
EXTRACTORS = click.option(
    "--extractors", metavar="A,B", help="Extractors to run, by name; all by default."
)


@cli.command()
@reading
@EXTRACTORS
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@OUT
def annotate(input: str, extractors: str | None, jobs: int, out: str | None, **how: Any) -> None:
    """Find the spans of every measure: one row a span.

    Example: framing annotate articles.csv --map outlet=source --out hits.parquet
    """
    from framing.engine import annotate_blocks
    from framing.hitsfile import open_hits
    from framing.scoring import document_row
    from framing.tables import suffix_of

    if out:
        suffix_of(out)
    chosen = _extractors(extractors)
    source = Source(input, out, **how)
    names = {extractor.name: extractor.label_names for extractor in chosen}
    with open_hits(out, names) as file:
        for documents, rows in annotate_blocks(progress(source), chosen, jobs):
            file.write(rows)
            for document in documents:
                file.add_document(document_row(document))
        source.finish()


@cli.command()
@reading
@EXTRACTORS
@click.option("--per", type=click.IntRange(1), default=1000, show_default=True,
              help="Rates per so many words.")  # fmt: skip
@click.option("--min-words", type=click.IntRange(0), default=50, show_default=True,
              help="Fewer words of a voice give no rate.")  # fmt: skip
@click.option("--each-voice", is_flag=True, help="Add direct, indirect and scare one by one.")
@click.option("--labels", is_flag=True, help="Add one set of columns per label.")
@OUT
def score(
    input: str, extractors: str | None, per: int, min_words: int, each_voice: bool, labels: bool,
    out: str | None, **how: Any,
) -> None:  # fmt: skip
    """Count spans by voice and give rates: one row a document. INPUT is a corpus or hits.parquet.

    Example: framing score hits.parquet --out scores.csv
    """
    from framing.hitsfile import is_hits_file, read_hits
    from framing.scoring import per_words, score

    settings: dict[str, Any] = {
        "min_words": min_words, "voices": "each" if each_voice else None, "labels": labels,
    }  # fmt: skip
    if is_hits_file(input):
        scores = score(*read_hits(input), **settings)
    else:
        hits, documents = _hits_and_documents(Source(input, out, **how), _extractors(extractors))
        scores = score(hits, documents, **settings)
    emit(per_words(scores, per), out)


@cli.command()
@click.argument("scores", metavar="SCORES")
@click.option("--by", default="outlet", show_default=True, help="Column that names the groups.")
@click.option("--cluster", metavar="COL", help="Column of the clusters to resample, as event.")
@click.option("--within", metavar="COL", help="Compare inside the values of this column.")
@click.option("--reference", metavar="NAME", help="Group the others are compared with.")
@click.option("--measure", "measures", multiple=True, metavar="STEM",
              help="As loaded_language.outlet; may be repeated.")  # fmt: skip
@click.option("--seed", default=0, show_default=True, help="Of the bootstrap.")
@OUT
def compare(scores: str, out: str | None, measures: tuple[str, ...], **options: Any) -> None:
    """Compare groups of documents: rates and differences with intervals.

    Example: framing compare scores.csv --by outlet --cluster event --out estimates.csv
    """
    from framing.measures.compare import compare
    from framing.tables import read_table

    table = read_table(scores, "scores")
    emit(compare(table, measures=measures or None, **options), out)


@cli.command()
@reading
@click.option("--by", metavar="COL", help="Column that names the groups; outlet if there is one.")
@click.option("--cluster", metavar="COL", help="Column of the clusters; event if there is one.")
@click.option("--title", help="Title of the report.")
@click.option("--extractors", metavar="A,B", help="Extractors to run; all by default.")
@click.option("--out", default="report.pdf", show_default=True, help="The PDF to write.")
def report(
    input: str, by: str | None, cluster: str | None, title: str | None, extractors: str | None,
    out: str, **how: Any,
) -> None:  # fmt: skip
    """Write a PDF report of a corpus, its tables as CSV beside it.

    Example: framing report corpora/newsstand --out reports/demo.pdf
    """
    from framing.standard_report import standard_report
    from framing.text.corpus import Corpus
    from framing.text.readers import source_name

    if not out.lower().endswith(".pdf"):
        raise BadInput(f"{out}: a report is written as .pdf; give --out a name such as report.pdf")
    source = Source(input, out, **how)
    corpus = Corpus(source, source_name(input))
    source.finish()
    made = standard_report(corpus, _extractors(extractors), by=by, cluster=cluster, title=title)
    path = made.save(out)
    click.echo(f"{path} and its tables in {path.with_name(path.stem + '_tables')}", err=True)


@cli.group(cls=Commands)
def lexicon() -> None:
    """Check, list and show lexicons. Example: framing lexicon check my_words.tsv"""


@lexicon.command("check")
@click.argument("file")
def lexicon_check(file: str) -> None:
    """Print every fault of a lexicon file. Example: framing lexicon check my_words.tsv"""
    from framing.lexicon import read_lexicon

    found, faults = read_lexicon(file)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo(f"{file}: {len(found.entries)} entries, no fault")


@lexicon.command("list")
def lexicon_list() -> None:
    """List the shipped lexicons. Example: framing lexicon list"""
    from framing.lexicon import load, shipped

    for name in shipped():
        item = load(name)
        title = item.info.get("title", "")
        click.echo(f"{name}\t{len(item.entries)} entries\tversion {item.version}\t{title}")


@lexicon.command("show")
@click.argument("name")
def lexicon_show(name: str) -> None:
    """Print a lexicon as JSON lines. Example: framing lexicon show loaded_language"""
    from framing.lexicon import load

    for entry in load(name).entries:
        row = {"id": entry.id, "label": entry.label, "strength": entry.strength}
        click.echo(json.dumps(row | {"patterns": entry.patterns} | dict(entry.extra)))


@lexicon.command("count")
@click.argument("name")
@reading
@click.option("--side", metavar="COL", default="side", show_default=True, help="Column of sides.")
@OUT
def lexicon_count(name: str, input: str, side: str, out: str | None, **how: Any) -> None:
    """Count each entry of a lexicon in a corpus: uses, documents, outlets, share in quotes, sides.

    Example: framing lexicon count partisan_framing @article_bias_prediction --out counts.csv
    """
    from framing.usage import count_entries

    source = Source(input, out, **how)
    emit(count_entries(name, progress(source), side), out)
    source.finish()


@cli.command()
def extractors() -> None:
    """List the extractors with their lexicons. Example: framing extractors"""
    from framing.extractors.base import as_extractors

    for extractor in as_extractors(None):
        title = extractor.entries.info.get("title", "")
        click.echo(f"{extractor.name}\t{len(extractor.entries.entries)} entries\t{title}")


@cli.group(cls=Commands)
def corpora() -> None:
    """Published corpora: recipes, and where they are found. Example: framing corpora list"""


@corpora.command("list")
def corpora_list() -> None:
    """List the recipes and whether the corpus is found. Example: framing corpora list"""
    from framing.text import recipes

    for recipe in recipes.list_recipes():
        click.echo(f"@{recipe.name}\t{_found(recipe.name)}\t{recipe.title}")


@corpora.command("show")
@click.argument("name")
def corpora_show(name: str) -> None:
    """Print a recipe. Example: framing corpora show basil"""
    from dataclasses import asdict

    from framing.text import recipes

    for key, value in asdict(recipes.get(name.removeprefix("@"))).items():
        click.echo(f"{key}: {value}")


@corpora.command("check")
@click.argument("path")
def corpora_check(path: str) -> None:
    """Compare a corpus with the hashes of its recipe. Example: framing corpora check basil"""
    from framing.text import recipes

    problems = recipes.check(path)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    click.echo(f"{path}: all files as recorded")


@cli.command()
def doctor() -> None:
    """Say what is installed, what is found and what is missing. Example: framing doctor"""
    from framing.doctor import examine

    for line in examine():
        click.echo(line)


class Source(Iterable[Any]):
    """The documents of INPUT, read as they are asked for; `finish` says what was noticed."""

    def __init__(
        self, input: str, out: str | None, *, text: str | None, id: str | None,
        renamed: tuple[str, ...], skip_bad: bool,
    ) -> None:  # fmt: skip
        from framing.text.notices import Notices
        from framing.text.readers import stream

        self.notices = Notices()
        self.refused: list[dict[str, Any]] | None = [] if skip_bad else None
        beside = Path(out) if out else Path("framing")
        self.refused_file = beside.with_name(beside.name.split(".")[0] + ".refused.csv")
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
        if self.refused:
            import pandas as pd

            write_table(pd.DataFrame(self.refused), self.refused_file)
            click.echo(f"framing: refused rows are in {self.refused_file}", err=True)


def progress(items: Iterable[Any]) -> Iterable[Any]:
    """Show a progress bar on standard error, silent when that is no terminal."""
    from tqdm import tqdm

    return tqdm(items, unit=" documents", disable=not sys.stderr.isatty())


def emit(table: Any, out: str | None) -> None:
    """Write a table to a file by its suffix, or as JSON lines to standard output."""
    if out:
        write_table(table, out)
    else:
        sys.stdout.write(table.to_json(orient="records", lines=True, date_format="iso"))


def _extractors(names: str | None) -> list[Any]:
    from framing.extractors.base import as_extractors

    return as_extractors([name.strip() for name in names.split(",")] if names else None)


def _hits_and_documents(source: Source, chosen: list[Any]) -> tuple[Any, Any]:
    import pandas as pd

    from framing.engine import annotate_blocks, hits_table
    from framing.scoring import document_row

    rows, documents = [], []
    for block, found in annotate_blocks(progress(source), chosen):
        rows += found
        documents += [document_row(document) for document in block]
    source.finish()
    return hits_table(rows, chosen), pd.DataFrame(documents)


def _found(name: str) -> str:
    from framing.text import recipes

    try:
        return str(recipes.find(name))
    except BadInput:
        return "not found"


def main() -> None:
    """Run the program; bad use and bad input end with one line and exit status 2."""
    import warnings

    warnings.showwarning = lambda message, *_: click.echo(f"framing: {message}", err=True)
    try:
        sys.exit(cli.main(standalone_mode=False, prog_name="framing"))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        click.echo(f"framing: {error.format_message()}", err=True)
        sys.exit(2)
    except BadInput as error:
        click.echo(f"framing: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"framing: {where}{error.strerror or error}", err=True)
        sys.exit(2)
