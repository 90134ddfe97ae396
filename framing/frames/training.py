"""Training: labelled texts in, a stored classifier with its evaluation and card out."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from framing.amounts import count_of
from framing.frames.calibration import prevalence_thresholds
from framing.frames.classifier import FrameClassifier
from framing.frames.evaluation import Evaluation, evaluate
from framing.frames.evaluation_files import write
from framing.frames.recipes import TrainingRecipe, recipe
from framing.frames.sentence_classifier import SentenceClassifier
from framing.frames.store import save
from framing.frames.transfer import as_it_is
from framing.tables import BadInput, nearest, need_folder
from framing.text.document import Document

KEPT = ("metric", "estimate", "low", "high", "n_units")
FEWEST = 20  # labelled texts


@dataclass(frozen=True)
class Trained:
    """What a training run has made.

    Attributes
    ----------
    classifier : FrameClassifier
    evaluation : Evaluation
    folder : pathlib.Path
        Of the classifier; the evaluation stands in the folder of the same name with `_evaluation`.
    faults : list of str
        Figures outside the bands of the recipe.
    """

    classifier: FrameClassifier
    evaluation: Evaluation
    folder: Path
    faults: list[str]


def halves(encoder: bool | str = False, finetune: bool | str = False) -> dict[str, Any]:
    """Return the settings of a classifier with a second or third half beside its terms.

    A half that is fine-tuned learns anew in every inner fold, so there are two of them.
    """
    chosen: dict[str, Any] = {"encoder": encoder, "finetune": finetune}
    return chosen | ({"folds": 2} if finetune else {})


def train_recipe(
    name: str, out: str | Path, *, encoder: bool | str = False, finetune: bool | str = False
) -> Trained:
    """Train by a recipe, evaluate under grouped folds, and store.

    Parameters
    ----------
    name : str
        As in `framing.frames.recipes`.
    out : str or pathlib.Path
        Folder of the classifier.
    encoder, finetune : bool or str
        Halves beside the terms, as in `FrameClassifier`; the bands of the recipe hold without
        them, so with them only a figure below its band is a fault.
    """
    how = recipe(name)
    refuse_full(Path(out))
    documents = list(how.load())
    facts = {
        "name": how.name, "title": how.title, "corpus": how.corpus, "data": how.data,
        "licence": how.licence, "use": how.use, "limits": how.limits,
        "command": f"framing train --recipe {how.name} --out {Path(out).name}"
                   + " --encoder" * bool(encoder) + " --finetune" * bool(finetune),
    }  # fmt: skip
    y = [document.meta["frames"] for document in documents]
    groups = [document.meta.get(how.groups[0]) for document in documents] if how.groups else None
    with tempfile.TemporaryDirectory() as folder:
        start = start_of(how, folder) if finetune is True and how.first else finetune
        classifier = how.classifier(**halves(encoder, start))
        found = evaluate(classifier, documents, y, groups=how.groups, train_only=how.train_only,
                         subsets=how.subsets, extras=_extras(classifier))  # fmt: skip
        _add_variants(how, found)
        return _store(classifier, (documents, y, groups), found, facts, Path(out), how)


def start_of(how: TrainingRecipe, folder: str | Path) -> str:
    """Train the encoder on the texts a recipe has for it first, or leave it where they are missing.

    Returns
    -------
    str
        The folder to start fine-tuning from.
    """
    from framing.frames.finetune import further, start_weights

    try:
        texts = list(how.first()) if how.first else []
    except BadInput as error:
        warnings.warn(f"fine-tuned without silver labels first: {error}", stacklevel=3)
        return str(start_weights())
    wanted = np.array([[one.meta["frames"] != "none"] for one in texts])
    return str(further([one.text for one in texts], wanted, "binary", folder))


def refuse_full(out: Path) -> None:
    """Refuse, before anything is learnt, a folder that holds other files, or what is no folder."""
    if out.name in ("", ".."):
        raise BadInput(f"{out}: the folder needs a name of its own; give one such as my-frames")
    for folder in (out, out.with_name(f"{out.name}_evaluation")):
        if folder.exists() and not folder.is_dir():
            raise BadInput(f"{folder}: is a file; --out needs a new or empty folder")
    if out.is_dir() and not (out / "model.json").is_file() and any(out.iterdir()):
        raise BadInput(f"{out}: holds other files; give a new or empty folder")
    need_folder(out.parent)


def _extras(classifier: FrameClassifier) -> tuple[str, ...]:
    """Return what stands beside the scores; no learning curve where that means tuning for hours."""
    return ("rhetoric",) if classifier.finetune else ("rhetoric", "learning curve")


def _add_variants(how: TrainingRecipe, found: Evaluation) -> None:
    import pandas as pd

    strict = found.facts["strictest"]  # noqa: F841 (used in the query)
    for name, load in how.variants.items():
        rows = list(load())
        other = evaluate(how.classifier(), rows, [one.meta["frames"] for one in rows],
                         groups=how.groups, extras=(),
                         subsets=how.subsets)  # fmt: skip
        mine = other.scores.query("protocol == @strict and model.str.startswith('text')")
        mine = mine[~mine["model"].str.contains("minus")]
        mine = mine.assign(model=mine["model"].str.replace("text", f"text {name}", n=1))
        found.scores = pd.concat([found.scores, mine], ignore_index=True)


def train_table(
    documents: Iterable[Document], label: str, out: str | Path, *, codebook: str | None = None,
    groups: Sequence[str] | None = None, sentence: bool = False, **settings: Any,
) -> Trained:  # fmt: skip
    """Train on the documents of a table, labels in one of its columns.

    Parameters
    ----------
    documents : iterable of Document
    label : str
        Column of the labels: one frame, several joined by ``|``, or true/false.
    out : str or pathlib.Path
    codebook : str, optional
        Name or path; without one the frames are the values of the column.
    groups : sequence of str, optional
        Columns to keep together in folds; those that are there of article, event, speaker,
        author, period and outlet by default.
    sentence : bool
        Whether the units are sentences.
    **settings
        Of the classifier, as `encoder=True` or `measures=("loaded_language",)`.
    """
    refuse_full(Path(out))
    rows = list(documents)
    if not rows:
        raise BadInput("no documents to train on")
    known = sorted({key for one in rows for key in one.meta})
    if not any(label in one.meta for one in rows):
        raise BadInput(f"no column '{label}'{nearest(label, known)}; there are {', '.join(known)}")
    y = [one.meta.get(label) for one in rows]
    labelled = sum(value not in (None, "") and value == value for value in y)
    if labelled < FEWEST:
        raise BadInput(
            f"{count_of(labelled, 'text')} with a label in the column '{label}'; at least {FEWEST} "
            "are needed to train and to test on, and a few hundred to be of use"
        )
    if len({str(value) for value in y}) < 2:
        raise BadInput(f"all texts have the label '{y[0]}' in the column '{label}'; two or more "
                       "different ones are needed to learn from")  # fmt: skip
    classifier = (SentenceClassifier if sentence else FrameClassifier)(codebook, **settings)
    found = evaluate(classifier, rows, y, groups=groups, extras=_extras(classifier))
    facts = {"name": Path(out).name, "data": f"{count_of(len(rows), 'document')}, column '{label}'"}
    names = list(found.facts["groups"])
    values = [one.meta.get(names[0]) for one in rows] if names else None
    return _store(classifier, (rows, y, values), found, facts, Path(out), None)


def _store(
    classifier: FrameClassifier, data: tuple[list[Document], list[Any], list[Any] | None],
    found: Evaluation, facts: dict[str, Any], out: Path, how: TrainingRecipe | None,
) -> Trained:  # fmt: skip
    documents, y, groups = data
    _fit_whole(classifier, documents, y, groups)
    classifier.name_ = facts["name"]
    elsewhere = _elsewhere(classifier, how) if how else []
    classifier.facts_ = facts | {"evaluation": {**found.as_dict(), "transfer": elsewhere}}
    folder = save(classifier, out)
    write(found, folder.with_name(f"{folder.name}_evaluation"))
    more = bool(classifier.encoder or classifier.finetune)
    return Trained(classifier, found, folder, how.faults(found, more=more) if how else [])


def _elsewhere(classifier: FrameClassifier, how: TrainingRecipe) -> list[dict[str, Any]]:
    """Return the scores on other corpora; on one of them the threshold may be set."""
    rows: list[dict[str, Any]] = []
    for name, load in how.elsewhere.items():
        try:
            texts = list(load())
        except BadInput as error:
            warnings.warn(f"not tested on {name}: {error}", stacklevel=2)
            continue
        y = [one.meta["frames"] for one in texts]
        title = name
        if name == how.threshold_on:
            title = f"{name} (threshold set here)"
            _set_thresholds(classifier, texts, y)
        scores = as_it_is(classifier, texts, y).scores.replace({np.nan: None})
        rows += [{"corpus": title, **{key: row[key] for key in KEPT}}
                 for row in scores.to_dict("records")]  # fmt: skip
    return rows


def _set_thresholds(classifier: FrameClassifier, texts: list[Document], y: list[Any]) -> None:
    wanted = classifier.read_labels(y).matrix
    fitted = classifier.fitted_
    thresholds = prevalence_thresholds(fitted.chances(texts), wanted)
    classifier.fitted_ = replace(fitted, thresholds=thresholds)
    classifier.thresholds_ = thresholds


def _fit_whole(
    classifier: FrameClassifier, documents: list[Document], y: list[Any], groups: list[Any] | None
) -> None:
    try:
        classifier.fit(documents, y, groups)
    except BadInput as error:
        if "two groups" not in str(error) or groups is None:
            raise
        warnings.warn("all texts are of one group; inner folds keep near-duplicates together only",
                      stacklevel=2)  # fmt: skip
        classifier.fit(documents, y)
