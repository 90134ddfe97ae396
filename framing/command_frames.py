"""The commands of the classifiers: train, label, classifiers, codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from framing.command_input import OUT, Source, emit, listed, reading
from framing.progress import shown
from framing.tables import BadInput, refuse_folder


@click.command()
@click.argument("input", required=False)
@click.option("--recipe", metavar="NAME", help="Train by a recipe (see 'framing classifiers').")
@click.option("--codebook", metavar="NAME", help="Shipped codebook, or the path of a .toml file.")
@click.option("--label", metavar="COL", help="Column of the labels.")
@click.option("--groups", metavar="A,B", help="Columns kept together in folds, as outlet.")
@click.option("--unit", type=click.Choice(["document", "sentence"]), default="document")
@click.option("--text", metavar="COL", help="Column of the texts.")
@click.option("--id", metavar="COL", help="Column of the ids.")
@click.option("--map", "mapping", multiple=True, metavar="OURS=THEIRS", help="As outlet=source.")
@click.option("--measures", metavar="A,B", help="Measures whose rates are added.")
@click.option("--encoder", is_flag=True, help="Add sentence vectors (extra encoder).")
@click.option("--finetune", is_flag=True, help="Add a fine-tuned half (extra finetune; slow).")
@click.option("--out", metavar="DIR", help="Folder of the classifier; the recipe's name without.")
def train(
    input: str | None, recipe: str | None, codebook: str | None, label: str | None,
    groups: str | None, unit: str, out: str | None, **how: Any,
) -> None:  # fmt: skip
    """Train a classifier on labelled texts, evaluate it under grouped folds, store it with a card.

    Example: framing train coded.csv --label frame --groups outlet --out my-frames
    """
    from framing.frames import weak
    from framing.frames.training import halves, train_recipe, train_table
    from framing.text.corpus import read_corpus

    if (recipe is None) == (input is None) or (input is not None and label is None):
        raise BadInput("give INPUT with --label COL, or --recipe NAME alone")
    if recipe is None and out is None:
        raise BadInput("say with --out DIR where the classifier shall be stored")
    target = Path(out or str(recipe))
    if recipe == weak.NAME:
        click.echo(f"{weak.train_weak(target)} (CARD.md says more)", err=True)
        return
    parts = halves(how["encoder"], how["finetune"])
    if recipe:
        if how["measures"] or codebook or groups:
            raise BadInput("a recipe has its own measures, codebook and groups; leave them out")
        made = train_recipe(recipe, target, encoder=how["encoder"], finetune=how["finetune"])
    else:
        pairs = dict(pair.split("=", 1) for pair in how["mapping"] if "=" in pair)
        corpus = read_corpus(str(input), text=how["text"], id=how["id"], map=pairs or None)
        parts["measures"] = tuple(listed(how["measures"]) or ())
        made = train_table(corpus, str(label), target, codebook=codebook, groups=listed(groups),
                           sentence=unit == "sentence", **parts)  # fmt: skip
    rows = made.evaluation.scores.query("metric in ['macro_f1', 'micro_f1', 'ece']")
    click.echo(rows.drop(columns=["n_clusters"]).round(3).to_string(index=False))
    where = f"{made.folder} (CARD.md says more); evaluation in {made.folder}_evaluation"
    click.echo(where, err=True)
    for fault in made.faults:
        click.echo(f"outside its band: {fault}", err=True)
    if made.faults:
        raise SystemExit(1)


@click.command()
@reading
@click.option("--classifier", required=True, metavar="NAME", help="Shipped name, or a folder.")
@click.option("--unit", type=click.Choice(["document", "sentence"]),
              help="What is labelled; as the classifier was trained by default.")  # fmt: skip
@OUT
def label(input: str, classifier: str, unit: str | None, out: str | None, **how: Any) -> None:
    """Label documents or sentences with the frames of a classifier.

    Example: framing label articles.csv --classifier policy-frames-lexicon --out labels.csv
    """
    from framing.frames.store import load_classifier

    model = load_classifier(classifier)
    licence = getattr(model, "facts_", {}).get("licence")
    if licence:
        click.echo(f"{getattr(model, 'name_', classifier)}: {licence}", err=True)
    if unit:
        model.unit = unit
    source = Source(input, out, **how)
    table = model.label(list(shown(source)))
    source.finish()
    emit(table, out)


@click.command()
def classifiers() -> None:
    """List the classifiers that are shipped, and the recipes. Example: framing classifiers"""
    from framing.frames.recipes import RECIPES
    from framing.frames.store import load_classifier, shipped_classifiers

    for name in shipped_classifiers():
        facts = getattr(load_classifier(name), "facts_", {})
        click.echo(f"{name}\tshipped\t{facts.get('title', '')}\t{facts.get('licence', '')}")
    for one in RECIPES.values():
        if not one.shipped:
            click.echo(f"{one.name}\trecipe\t{one.title}\tneeds @{one.corpus}")


@click.group()
def codebook() -> None:
    """Check, list and show codebooks. Example: framing codebook check my_frames.toml"""


@codebook.command("check")
@click.argument("file")
def codebook_check(file: str) -> None:
    """Print every fault of a codebook, with its line. Example: framing codebook check mine.toml"""
    from framing.frames.codebook import check_codebook

    found, faults = check_codebook(file)
    for fault in faults:
        click.echo(fault)
    if found is None:
        raise SystemExit(1)
    click.echo(f"{file}: {len(found.frames)} frames, no fault")


@codebook.command("list")
def codebook_list() -> None:
    """List the shipped codebooks. Example: framing codebook list"""
    from framing.frames.codebook import read_codebook, shipped_codebooks

    for name in shipped_codebooks():
        book = read_codebook(name)
        click.echo(f"{name}\t{len(book.frames)} frames\t{book.kind}\t{book.title}")


@codebook.command("show")
@click.argument("name")
def codebook_show(name: str) -> None:
    """Print a codebook. Example: framing codebook show generic_news"""
    from framing.frames.codebook import read_codebook

    book = read_codebook(name)
    click.echo(f"{book.title} ({book.id}, {book.kind}, of {book.unit}s)\n{book.definition.strip()}")
    for frame in book.frames:
        click.echo(f"\n{frame.name}: {frame.definition.strip()}")
        for title, lines in (("code when", frame.code_when), ("not when", frame.code_when_not),
                             ("examples", frame.examples)):  # fmt: skip
            click.echo("\n".join([f"  {title}", *(f"    - {line}" for line in lines)]))
    for source in book.sources:
        click.echo(f"\n{source}")


def evaluate_model(model: str, input: str, label: str, groups: str | None, out: str | None) -> None:
    """Print how a stored classifier does on labelled texts, and what refitting there gives."""
    from framing.frames.store import load_classifier
    from framing.frames.transfer import transfer
    from framing.text.corpus import read_corpus

    if out:
        refuse_folder(Path(out)) if Path(out).is_file() else None
    as_it_is, refitted = transfer(load_classifier(model), read_corpus(input), label, listed(groups))
    click.echo("as it is")
    click.echo(as_it_is.scores.round(3).to_string(index=False))
    if refitted is not None:
        click.echo("\nits settings, refitted in folds of these texts")
        click.echo(refitted.scores.round(3).to_string(index=False))
    if out:
        as_it_is.save(Path(out))
        if refitted is not None:
            refitted.save(Path(out) / "refitted")
