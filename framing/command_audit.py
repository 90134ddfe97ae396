"""The command that looks whether the measures treat sides alike: audit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from framing.command_input import EXTRACTORS, OUT, Source, emit, listed, reading, refuse_input
from framing.progress import shown
from framing.tables import read_table, write_table


@click.command()
@reading
@click.option("--side", default="side", show_default=True, help="Column that names the sides.")
@click.option("--cluster", metavar="COL", help="Column of the clusters of the intervals.")
@click.option("--pairs", metavar="FILE", help="A TSV of names to swap, in place of the shipped.")
@click.option("--marked", metavar="FILE", help="Spans marked by a reader; gives errors by side.")
@EXTRACTORS
@OUT
def audit(
    input: str, side: str, cluster: str | None, pairs: str | None, marked: str | None,
    extractors: str | None, out: str | None, **how: Any,
) -> None:  # fmt: skip
    """Print every measure's rates by side, and what changes when names are swapped.

    Parties, persons and outlets are swapped for one of the same kind on the other side. A hit that
    comes or goes outside the names is a fault: exit status 1, and the hits in a file beside --out.

    Example: framing audit articles.csv --side side --out audit.csv
    """
    from framing.audit.run import audit_corpus
    from framing.audit.swaps import Swapper, read_pairs
    from framing.audit.table import audit_lines, audit_table, verdict
    from framing.extractors.base import as_extractors

    for read in (pairs, marked):
        refuse_input(read, out)
    chosen = as_extractors(listed(extractors))
    swapper = Swapper(read_pairs(pairs)) if pairs else None
    spans = read_table(marked) if marked else None
    source = Source(input, out, **how)
    documents = list(shown(source))
    source.finish()
    found = audit_corpus(documents, chosen, side, cluster=cluster, swapper=swapper, marked=spans)
    table = audit_table(found, [extractor.name for extractor in chosen])
    emit(table, out)
    if out:
        for line in audit_lines(table):
            click.echo(line)
        if len(found.changes):
            path = Path(out)
            changes = path.with_name(f"{path.name.split('.')[0]}.changes.csv")
            write_table(found.changes, changes)
            click.echo(f"framing: what the swap changed is in {changes}", err=True)
    for line in verdict(found):
        click.echo(line, err=not out)
    if not found.even_handed:
        raise SystemExit(1)
