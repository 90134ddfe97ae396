"""The commands that compare texts by their words: keyness."""

from __future__ import annotations

from typing import Any

import click

from framing.command_input import OUT, Source, emit, reading
from framing.progress import shown


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
        click.echo(f"{accidents} terms stand in one article or in fewer than 3 clusters "
                   "(column flag)", err=True)  # fmt: skip
    emit(table, out)
