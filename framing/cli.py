"""The command line: one short function a command, no logic of its own."""

from __future__ import annotations

import difflib
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from framing import command_corpora
from framing.amounts import count_of
from framing.command_audit import audit
from framing.command_frames import classifiers, codebook, evaluate_model, label, train
from framing.command_input import (
    EXTRACTORS,
    OUT,
    Source,
    emit,
    emit_lines,
    how_to_read,
    listed,
    reading,
    refuse_input,
    refuse_options,
    say_warning,
    written,
)
from framing.command_measures import compare, keyness
from framing.progress import shown
from framing.tables import BadInput, refuse_folder, replacing


class Commands(click.Group):
    """A group that names the nearest command for an unknown one, and without one shows its help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["--help"])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0] if args else ""
        if name and self.get_command(ctx, name) is None:
            close = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f" (did you mean '{close[0]}'?)" if close else ""
            known = ", ".join(self.list_commands(ctx))
            raise BadInput(f"no command '{name}'{hint}; there are {known}")
        return super().resolve_command(ctx, args)


def say_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    from framing.doctor import examine

    if wanted:
        click.echo(next(examine()))
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=say_version,
              help="Show the version and exit.")  # fmt: skip
def cli() -> None:
    """Measure how news and political text frames what it reports, and in whose voice.

    Example: framing report corpora/newsstand --out reports/demo.pdf
    """


@cli.command()
@reading
@EXTRACTORS
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@OUT
def annotate(input: str, extractors: str | None, jobs: int, out: str | None, **how: Any) -> None:
    """Find the spans of every measure: one row a span.

    A .parquet file also holds what `framing score` needs to know of the documents; others do not.

    Example: framing annotate articles.csv --map outlet=source --out hits.parquet
    """
    from framing.engine import annotate_blocks
    from framing.hitsfile import open_hits
    from framing.scoring import document_row

    chosen, source = _extractors(extractors), Source(input, out, **how)
    names = {extractor.name: extractor.label_names for extractor in chosen}
    count = 0
    with open_hits(out, names) as file:
        for documents, rows in annotate_blocks(shown(source), chosen, jobs):
            file.write(rows)
            count += len(rows)
            for document in documents:
                file.add_document(document_row(document))
        source.finish()
    written(out, count)


@cli.command()
@reading
@click.option("--out", metavar="FILE", help="A .jsonl file; standard output by default.")
def voices(input: str, out: str | None, **how: Any) -> None:
    """Find whose words stand where: one JSON line a document with runs and attributions.

    Example: framing voices corpora/newsstand --out voices.jsonl
    """
    from framing.speech import read_voices, voice_line

    source = Source(input, out, **how)
    lines = (voice_line(document, found) for document, _, found in read_voices(shown(source)))
    emit_lines(lines, out)
    source.finish()


@cli.command()
@click.argument("model", required=False)
@click.argument("input", required=False)
@how_to_read
@click.option("--label", default="label", show_default=True, help="Column of the labels.")
@click.option("--groups", metavar="A,B", help="Columns kept together in folds, as outlet.")
@click.option("--voices", metavar="FOLDER", help="Text and attributions in the layout of PolNeAR.")
@click.option("--backend", type=click.Choice(["rules", "fitted"]), default="rules")
@click.option("--train", metavar="FOLDER", help="Marked texts to fit on; for --backend fitted.")
@click.option("--out", metavar="FOLDER", help="For metrics, tables, figures; or the fitted tagger.")
def evaluate(
    model: str | None, input: str | None, label: str, groups: str | None, voices: str | None,
    backend: str, train: str | None, out: str | None, **how: Any,
) -> None:  # fmt: skip
    """Compare what is found with what people have marked: a classifier's labels, or voices.

    Example: framing evaluate my-frames coded.csv --groups outlet --out evaluation
    """
    from framing.speech import evaluate_voices, fit_voices

    if (voices is None) == (model is None) or (model is not None and input is None):
        raise BadInput("give MODEL and INPUT, or --voices FOLDER alone")
    if model is not None:
        refuse_options("a classifier has no taggers of voices",
                       {"--backend fitted": backend == "fitted", "--train": train}, {})  # fmt: skip
        return evaluate_model(model, str(input), label, groups, out, **how)
    given = {"--label": label != "label", "--groups": groups}
    refuse_options("--voices reads the folder as it is", given, how)
    if (backend == "fitted") != (train is not None):
        raise BadInput("--backend fitted and --train FOLDER belong together; give both or neither")
    tagger = fit_voices(train) if train else None
    if tagger is not None and out:
        tagger.save(out)
    scores = evaluate_voices(str(voices), tagger)
    for name, value in scores.items():
        click.echo(f"{name:24}{value:.3f}")
    if tagger is None and out:
        with replacing(Path(out) / "metrics.json") as path:
            path.write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    return None


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
    from framing.scoring import per_words, score, tally

    if is_hits_file(input):
        if extractors or any(how.values()):
            raise BadInput(f"{input}: a hits file needs no --extractors, --text, --id, --map or "
                           "--skip-bad; leave them out")  # fmt: skip
        refuse_input(input, out)
        hits, documents = read_hits(input)
    else:
        chosen, source = _extractors(extractors), Source(input, out, **how)
        hits, documents = tally(shown(source), chosen)
        source.finish()
    voices = "each" if each_voice else None
    scores = score(hits, documents, min_words=min_words, voices=voices, labels=labels)
    emit(per_words(scores, per), out)


@cli.command()
@reading
@click.option("--by", metavar="COL", help="Column that names the groups; outlet if there is one.")
@click.option("--cluster", metavar="COL", help="Column of the clusters; event if there is one.")
@click.option("--title", help="Title of the report.")
@click.option("--extractors", metavar="A,B", help="Extractors to run; all by default.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; by default at most two.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "html"]),
    help="A PDF or one web page; by default what the name in --out says.",
)
@click.option("--out", metavar="FILE", help="Ends in .pdf or .html.  [default: report.pdf]")
def report(
    input: str, extractors: str | None, jobs: int | None, form: str | None, out: str | None,
    **how: Any,
) -> None:  # fmt: skip
    """Write a report of a corpus, its tables as CSV beside it.

    Example: framing report corpora/newsstand --out reports/demo.pdf
    """
    from framing.standard_report import processes, standard_report
    from framing.text.corpus import Corpus
    from framing.text.readers import about_source, source_name

    out = out or f"report.{form or 'pdf'}"
    if form is None and not out.lower().endswith((".pdf", ".html")):
        raise BadInput(
            f"{out}: a report is written as .pdf or .html; give --out a name such as report.pdf"
        )
    refuse_folder(Path(out))
    wanted = {name: how.pop(name) for name in ("by", "cluster", "title")}
    source = Source(input, out, **how)
    corpus = Corpus(source, source_name(input), about_source(input))
    source.finish()
    made = standard_report(
        corpus, _extractors(extractors), jobs=jobs or processes(corpus), **wanted
    )
    path = made.save(out, form)
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
    click.echo(f"{file}: {count_of(len(found.entries), 'entry')}, no fault")


@lexicon.command("list")
def lexicon_list() -> None:
    """List the shipped lexicons. Example: framing lexicon list"""
    from framing.lexicon import load, shipped

    for name in shipped():
        item = load(name)
        title, size = item.info.get("title", ""), count_of(len(item.entries), "entry")
        click.echo(f"{name}\t{size}\tversion {item.version}\t{title}")


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
    counts = count_entries(name, shown(source), side)
    source.finish()
    if side != "side" and not any(str(name).startswith("per_million_") for name in counts):
        raise BadInput(f"the documents have no field '{side}'; --side names the field of the sides")
    emit(counts, out)


@lexicon.command("learn")
@click.argument("name")
@click.option("--from", "input", required=True, metavar="INPUT", help="Texts with sides.")
@click.option("--by", default="side", show_default=True, help="Column of the two sides.")
@click.option("--speaker", default="author", show_default=True, help="Column of the speakers.")
@click.option("--out", default=".", metavar="DIR", help="Folder for the .tsv and .toml.")
def lexicon_learn(name: str, input: str, by: str, speaker: str, out: str) -> None:
    """Learn the terms that tell two sides' speakers apart, and write them as a lexicon.

    Example: framing lexicon learn us_slant --from @congress_statements_2025
    """
    from framing.slant_lexicon import check_name, learn, save
    from framing.text.corpus import read_corpus
    from framing.text.readers import source_name

    check_name(name)
    for suffix in (".tsv", ".toml"):
        refuse_input(input, Path(out) / f"{name}{suffix}")
    corpus = input if input.startswith("@") else source_name(input)
    found = learn(shown(read_corpus(input)), by=by, speaker=speaker, corpus=corpus)
    for path in save(found, name, out):
        click.echo(path)


@cli.command()
def extractors() -> None:
    """List the extractors with their lexicons. Example: framing extractors"""
    from framing.extractors.base import as_extractors

    for extractor in as_extractors(None):
        found = extractor.entries
        size = count_of(len(found.entries), "entry")
        click.echo(f"{extractor.name}\t{size}\t{found.info.get('title', '')}")


@cli.group(cls=Commands)
def corpora() -> None:
    """Published corpora: recipes, and where they are found. Example: framing corpora list"""


@cli.command()
def doctor() -> None:
    """Say what is installed, what is found and what is missing. Example: framing doctor"""
    from framing.doctor import examine

    for line in examine():
        click.echo(line)


for _command in (compare, keyness, train, label, classifiers, codebook, audit):
    cli.add_command(_command)
for _command in command_corpora.COMMANDS:
    corpora.add_command(_command)


def _extractors(names: str | None) -> list[Any]:
    from framing.extractors.base import as_extractors

    return as_extractors(listed(names))


def main() -> None:
    """Run the program; bad use and bad input end with one line and exit status 2."""
    import warnings

    warnings.simplefilter("default", UserWarning)  # what is said of a result, no setting hides
    warnings.showwarning = say_warning
    try:
        status = cli.main(standalone_mode=False, prog_name="framing") or 0
        sys.stdout.flush()
    except click.exceptions.Abort:
        status = 130
    except BrokenPipeError:  # whoever read the output has seen enough
        status = 1
    except (click.ClickException, BadInput, OSError, UnicodeError) as error:
        click.echo(f"framing: {' '.join(_reason(error).splitlines())}", err=True)
        status = 2
    try:
        sys.stdout.flush()
    except OSError:  # or Python would try again at its end and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _reason(error: Exception) -> str:
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError):  # what writes a file names it in a BadInput
        return f"{error.filename or 'standard output'}: {error.strerror or error}"
    return str(error)
