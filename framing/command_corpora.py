"""The commands of the published corpora: list, show, check, add, fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from framing.amounts import count_of
from framing.tables import BadInput

if TYPE_CHECKING:
    from framing.text.fetching import Arrival


@click.command("list")
def corpora_list() -> None:
    """List the recipes and whether the corpus is found. Example: framing corpora list"""
    from framing.text import recipes

    for recipe in recipes.list_recipes():
        click.echo(f"@{recipe.name}\t{_found(recipe.name)}\t{recipe.title}")


@click.command("show")
@click.argument("name")
def corpora_show(name: str) -> None:
    """Print a recipe. Example: framing corpora show basil"""
    from dataclasses import asdict

    from framing.text import recipes

    for key, value in asdict(recipes.get(name.removeprefix("@"))).items():
        click.echo(f"{key}: {value}")


@click.command("check")
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


@click.command("add")
@click.argument("name")
@click.option("--from", "folder", metavar="PATH", required=True, help="Folder that holds it.")
def corpora_add(name: str, folder: str) -> None:
    """Check a folder against the recipe NAME and copy it into FRAMING_CORPORA.

    Example: framing corpora add basil --from downloads/BASIL
    """
    from framing.text import fetching

    _say(fetching.add(name, folder))


@click.command("fetch")
@click.argument("name")
def corpora_fetch(name: str) -> None:
    """Download a corpus with public files into FRAMING_CORPORA, its hashes compared.

    Example: framing corpora fetch checkthat_subjectivity_en
    """
    from framing.text import fetching

    _say(fetching.fetch(name))


COMMANDS = (corpora_list, corpora_show, corpora_add, corpora_fetch, corpora_check)


def _say(arrival: Arrival) -> None:
    for remark in arrival.remarks:
        click.echo(f"framing: {remark}", err=True)
    click.echo(f"{arrival.folder}: {count_of(arrival.n_documents, 'document')}")


def _found(name: str) -> str:
    from framing.text import recipes

    try:
        return str(recipes.find(name))
    except BadInput:
        return "not found"
