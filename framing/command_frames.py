"""The commands of the classifiers: train, label, classifiers, codebook."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from framing.amounts import count_of
from framing.command_input import OUT, emit, how_to_read, listed, read_all, reading, refuse_options
from framing.tables import BadInput, nearest, need_folder


@click.command()
@click.argument("input", required=False)
@click.option("--recipe", metavar="NAME", help="Train by a recipe (see 'framing classifiers').")
@click.option("--codebook", metavar="NAME", help="Shipped codebook, or the path of a .toml file.")
@click.option("--label", metavar="COL",
              help="Column of the labels: one frame, true/false (yes/no, 1/0), or several as a|b; "
                   "where texts may have several, an empty cell is no frame.")  # fmt: skip
@click.option("--groups", metavar="A,B", help="Columns kept together in folds, as outlet.")
@click.option("--unit", type=click.Choice(["document", "sentence"]), default="document")
@how_to_read
@click.option("--measures", metavar="A,B", help="Measures whose rates are added.")
@click.option("--encoder", is_flag=True, help="Add sentence vectors (extra encoder).")
@click.option("--finetune", is_flag=True, help="Add a fine-tuned half (extra finetune; slow).")
@click.option("--out", metavar="DIR", help="Folder of the classifier; the recipe's name without.")
def train(
    input: str | None, recipe: str | None, codebook: str | None, label: str | None,
    groups: str | None, unit: str, measures: str | None, encoder: bool, finetune: bool,
    out: str | None, **how: Any,
) -> None:  # fmt: skip
    """Train a classifier on labelled texts, evaluate it under grouped folds, store it with a card.

    Example: framing train coded.csv --label frame --groups outlet --out my-frames
    """
    from framing.frames import weak
    from framing.frames.training import halves, refuse_full, train_recipe, train_table

    if (recipe is None) == (input is None) or (input is not None and label is None):
        raise BadInput("give INPUT with --label COL, or --recipe NAME alone")
    if recipe:
        own = {"--label": label, "--codebook": codebook, "--groups": groups, "--measures": measures,
               "--unit sentence": unit == "sentence"}  # fmt: skip
        refuse_options(
            "a recipe has its own measures, codebook, groups, labels and texts", own, how
        )
    if recipe is None and out is None:
        raise BadInput("say with --out DIR where the classifier shall be stored")
    target = Path(out or str(recipe))
    there = ", in place of the classifier that was there" * (target / "model.json").is_file()
    if recipe == weak.NAME:
        refuse_options("this recipe learns from cues alone",
                       {"--encoder": encoder, "--finetune": finetune}, {})  # fmt: skip
        refuse_full(target)
        click.echo(f"{weak.train_weak(target)} (CARD.md says more)", err=True)
        return
    parts = halves(encoder, finetune)
    if recipe:
        made = train_recipe(recipe, target, encoder=encoder, finetune=finetune)
    else:
        documents = read_all(str(input), out, **how)
        parts["measures"] = tuple(listed(measures) or ())
        with labels_of(str(input), str(label), documents):
            made = train_table(documents, str(label), target, codebook=codebook,
                               groups=listed(groups), sentence=unit == "sentence",
                               **parts)  # fmt: skip
    show_scores(made.evaluation)
    where = f"{made.folder} (CARD.md says more){there}; evaluation in {made.folder}_evaluation"
    click.echo(where, err=True)
    for fault in made.faults:
        click.echo(f"outside its band: {fault}", err=True)
    if made.faults:
        raise SystemExit(1)


@contextlib.contextmanager
def labels_of(input: str, column: str, documents: list[Any]) -> Iterator[None]:
    """Name file, document and column of a label that cannot be used, or is not there."""
    from framing.frames.labels import BadLabel

    known = sorted({key for one in documents for key in one.meta})
    if documents and column not in known:
        raise BadInput(f"{input}: no column '{column}' for the labels{nearest(column, known)}; "
                       f"name it with --label COL; there are {', '.join(known)}")  # fmt: skip
    try:
        yield
    except BadLabel as error:
        name = documents[error.row - 1].doc_id
        raise BadInput(f"{input}: document '{name}', column '{column}': {error.reason}") from None


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
    say_what_it_is(model, classifier)
    if unit:
        model.unit = unit
    emit(model.label(read_all(input, out, **how)), out)


def say_what_it_is(model: Any, given: str) -> None:
    """Print a classifier's licence, use and first limit on standard error."""
    facts, name = getattr(model, "facts_", {}), getattr(model, "name_", given)
    limits = str(facts.get("limits") or "").split(". ")[0].rstrip(".")
    more = f" (more: framing classifiers show {given})"
    for title, said in (("licence", facts.get("licence")), ("use", facts.get("use")),
                        ("limits", limits and f"{limits}{more}")):  # fmt: skip
        if said:
            click.echo(f"{name}: {title}: {said}", err=True)


@click.group(invoke_without_command=True)
@click.pass_context
def classifiers(ctx: click.Context) -> None:
    """List the shipped classifiers and the recipes, or show a card. Example: framing classifiers"""
    if ctx.invoked_subcommand is None:
        ctx.invoke(classifiers_list)


@classifiers.command("show")
@click.argument("name", metavar="NAME|FOLDER")
def classifiers_show(name: str) -> None:
    """Print the card of a classifier. Example: framing classifiers show policy-frames"""
    from framing.frames.store import load_classifier

    click.echo(load_classifier(name).card, nl=False)


@classifiers.command("list")
def classifiers_list() -> None:
    """List the shipped classifiers and the recipes. Example: framing classifiers list"""
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
    if not Path(file).exists():
        raise BadInput(faults[0])
    for fault in faults:
        click.echo(fault)
    if found is None:
        raise SystemExit(1)
    click.echo(f"{file}: {count_of(len(found.frames), 'frame')}, no fault")


@codebook.command("list")
def codebook_list() -> None:
    """List the shipped codebooks. Example: framing codebook list"""
    from framing.frames.codebook import read_codebook, shipped_codebooks

    for name in shipped_codebooks():
        book = read_codebook(name)
        click.echo(f"{name}\t{count_of(len(book.frames), 'frame')}\t{book.kind}\t{book.title}")


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


MEASURES = {
    "macro_f1": "macro-F1, mean over frames", "micro_f1": "micro-F1, all calls together",
    "auc": "AUC, ranking (.5 is chance)", "ece": "calibration error (0 is best)",
}  # fmt: skip


def show_scores(found: Any) -> None:
    """Print the main scores of an evaluation, in words."""
    rows = found.scores[found.scores["metric"].isin(MEASURES)]
    table = rows.assign(metric=rows["metric"].map(MEASURES)).rename(columns={
        "protocol": "left out", "model": "judged by", "metric": "measure", "estimate": "value",
        "low": "95 % from", "high": "to", "n_units": "units", "n_clusters": "clusters",
    })  # fmt: skip
    if set(table["left out"]) == {"as it is"}:
        table = table.drop(columns=["left out", "judged by"])
    click.echo(table.to_string(index=False, float_format="{:.3f}".format, na_rep=""))


def evaluate_model(
    model: str, input: str, label: str, groups: str | None, out: str | None, **how: Any
) -> None:
    """Print how a stored classifier does on labelled texts, and what refitting there gives."""
    from framing.frames.store import load_classifier
    from framing.frames.transfer import transfer

    if out:
        need_folder(Path(out))
    classifier, documents = load_classifier(model), read_all(input, out, **how)
    with labels_of(input, label, documents):
        as_it_is, refitted = transfer(classifier, documents, label, listed(groups))
    click.echo(f"{model} as it is, on {count_of(len(documents), 'text')} of {input}")
    show_scores(as_it_is)
    if refitted is not None:
        click.echo(
            "\nA new classifier of the same settings, learnt from these texts and tested on those "
            "left out: at random, or whole groups. Beside it guesses from other things."
        )
        show_scores(refitted)
    if out:
        as_it_is.save(Path(out))
        if refitted is not None:
            refitted.save(Path(out) / "refitted")
        click.echo(f"{out}: CARD.md, metrics.json, tables and figures", err=True)
        _recalibrate(classifier, documents, label, listed(groups), Path(out) / "recalibrated")


def _recalibrate(
    classifier: Any, documents: list[Any], label: str, groups: list[str] | None, folder: Path
) -> None:
    """Store the classifier with probabilities that hold for these texts, if there are enough."""
    from framing.frames.classifier import FrameClassifier
    from framing.frames.protocols import several
    from framing.frames.recalibration import FEWEST, recalibrate

    if not isinstance(classifier, FrameClassifier) or len(documents) < FEWEST:
        return
    y = [one.meta.get(label) for one in documents]
    kept = several(documents, groups or ())
    names = [one.meta.get(kept[0]) for one in documents] if kept else None
    found = recalibrate(classifier, documents, y, groups=names)
    error = found.facts_["recalibration"]
    click.echo(
        f"{found.save(folder)}: the classifier with probabilities fitted to these texts, "
        f"calibration error {error['ece_before']:.3f}, now {error['ece_after']:.3f} on texts left "
        "out; use it for more texts like them", err=True,
    )  # fmt: skip
