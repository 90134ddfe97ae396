"""The commands that compare groups of documents: compare, keyness."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.amounts import count_of
from framing.command_input import MOST_CAUTIONS, OUT, Source, emit, reading, refuse_input
from framing.progress import shown
from framing.tables import BadInput, refuse_folder, replacing

if TYPE_CHECKING:
    import pandas as pd

DRAWN = (".pdf", ".svg", ".png")


def _figure_target(_: click.Context, __: click.Parameter, path: str | None) -> str | None:
    if path and Path(path).suffix.lower() not in DRAWN:
        raise BadInput(f"{path}: --figure needs a name that ends in {', '.join(DRAWN)}")
    if path:
        refuse_folder(Path(path))
    return path


@click.command()
@click.argument("scores", metavar="SCORES")
@click.option("--by", default="outlet", show_default=True, help="Column that names the groups.")
@click.option("--cluster", metavar="COL", help="Column of the clusters to resample, as event.")
@click.option("--within", metavar="COL", help="Compare inside the values of this column.")
@click.option("--reference", metavar="NAME", help="Group the others are compared with.")
@click.option("--measure", "measures", multiple=True, metavar="NAME",
              help="As loaded_language, or loaded_language.all; may be repeated.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
              help="Of the bootstrap.")  # fmt: skip
@click.option("--figure", metavar="FILE", callback=_figure_target,
              help="Draw the groups' rates with intervals; ends in .pdf .svg .png.")  # fmt: skip
@OUT
def compare(
    scores: str, measures: tuple[str, ...], figure: str | None, out: str | None, **options: Any
) -> None:
    """Compare groups of documents: rates and differences with intervals.

    Example: framing compare scores.csv --by outlet --cluster event --out estimates.csv
    """
    from framing.measures.compare import compare
    from framing.tables import read_table

    refuse_input(scores, out)
    table = compare(read_table(scores, "scores"), measures=measures or None, **options)
    if figure:
        draw(table, figure)
    emit(table, out)
    said = table.attrs["cautions"]
    if out and len(said) > MOST_CAUTIONS:
        notes = Path(out).with_name(f"{Path(out).name.split('.')[0]}.cautions.txt")
        with replacing(notes) as path:
            path.write_text("\n".join(said) + "\n", encoding="utf-8")
        click.echo(f"framing: all {len(said)} cautions are in {notes}", err=True)


def draw(estimates: pd.DataFrame, path: str) -> None:
    """Draw the rates of a table of estimates as one file, by the suffix of `path`."""
    from framing import figures

    with tempfile.TemporaryDirectory() as folder, replacing(path) as target:
        made = figures.save(figures.outlet_forest(estimates), Path(folder) / "rates")
        shutil.copyfile(made[Path(path).suffix.lower()[1:]], target)
    click.echo(path, err=True)


@click.command()
@reading
@click.option("--by", default="side", show_default=True, help="Column that names the groups.")
@click.option("--target", metavar="NAME", help="Group of interest; needed with more than two.")
@click.option("--reference", metavar="NAME", help="Group it is compared with; all others.")
@click.option("--voice", type=click.Choice(["outlet", "attributed"]), help="Whose words count.")
@click.option("--cluster", metavar="COL", help="Column of the clusters; outlet if there is one.")
@click.option("--words", type=click.IntRange(1, 5), default=3, show_default=True,
              help="Longest phrase.")  # fmt: skip
@OUT
def keyness(
    input: str, by: str, target: str | None, reference: str | None, voice: str | None,
    cluster: str | None, words: int, out: str | None, **how: Any,
) -> None:  # fmt: skip
    """Find the terms that tell two groups apart: log-odds with intervals over clusters.

    Example: framing keyness articles.csv --by side --target left --reference right --out terms.csv
    """
    from framing.keyterms import keyness_of
    from framing.text.corpus import Corpus
    from framing.text.readers import source_name

    source = Source(input, out, **how)
    corpus = Corpus(shown(source), source_name(input))
    source.finish()
    table = keyness_of(corpus, by, target=target, reference=reference, voice=voice,
                       cluster=cluster, ngrams=(1, words))  # fmt: skip
    accidents = int((table["flag"] != "").sum())
    if accidents:
        click.echo(f"in one article or in fewer than 3 clusters: {count_of(accidents, 'term')} "
                   "(column flag)", err=True)  # fmt: skip
    emit(table, out)
