"""Evaluation that survives a new outlet: random and grouped folds side by side, with baselines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.frames.audit import leaks
from framing.frames.baselines import majority, metadata_only
from framing.frames.classifier import FrameClassifier, as_documents
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.features import Pool, RatePool
from framing.frames.fitting import fit
from framing.frames.folds import grouped_folds, leave_out, numbered, random_folds
from framing.frames.labels import Labels
from framing.frames.metrics import (
    Outcome,
    estimates,
    f1_draws,
    frame_rows,
    group_rows,
    interval,
    reliability_rows,
    weights_of,
    within_auc,
)  # fmt: skip
from framing.tables import BadInput
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("article", "event", "speaker", "author", "period", "outlet")
SIDES = ("outlet", "side", "period", "event_type")
FEW_GROUPS = 12
RHETORIC = ("loaded_language", "partisan_framing", "historical_comparison")


@dataclass
class Evaluation:
    """What an evaluation has found, as tables.

    Attributes
    ----------
    scores : pandas.DataFrame
        `protocol, model, metric, estimate, low, high, n_units, n_clusters`; protocols are
        "random" and "by <group>", models "text", "text minus metadata", "metadata: <field>",
        "majority", "rhetoric".
    frames : pandas.DataFrame
        One row a protocol and frame.
    reliability, groups, confusion, learning, leaks : pandas.DataFrame
        Reliability bins, errors by outlet and side, called against marked, scores by number of
        training units, leakage of the random folds, all of the strictest protocol.
    facts : dict
        Corpus, units, labels, agreement of the annotators where known.
    """

    scores: pd.DataFrame
    frames: pd.DataFrame
    reliability: pd.DataFrame
    groups: pd.DataFrame
    confusion: pd.DataFrame
    learning: pd.DataFrame
    leaks: pd.DataFrame
    facts: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return facts and tables as plain lists."""
        return self.facts | {
            name: json.loads(getattr(self, name).to_json(orient="records", double_precision=6))
            for name in ("scores", "frames", "reliability", "groups", "confusion", "learning",
                         "leaks")
        }  # fmt: skip

    def save(self, folder: str | Path) -> Path:
        """Write `metrics.json`, one CSV a table, and the figures as PDF and PNG."""
        from framing.frames.evaluation_files import write

        return write(self, Path(folder))

    def value(self, protocol: str, metric: str, model: str = "text") -> float:
        """Return one estimate of the scores table."""
        row = self.scores.query("protocol == @protocol and metric == @metric and model == @model")
        if row.empty:
            raise BadInput(f"no {metric} of {model} under '{protocol}'")
        return float(row["estimate"].iloc[0])

    def _repr_html_(self) -> str:
        return str(self.scores.round(3).to_html(index=False))


@dataclass(frozen=True, eq=False)
class Task:
    """The labelled units of one evaluation, read once."""

    classifier: FrameClassifier
    documents: list[Document]
    labels: Labels
    groups: dict[str, list[Any]]
    duplicates: list[tuple[int, int]]
    held: np.ndarray
    seed: int = 0

    def group(self, name: str) -> np.ndarray:
        """Return group numbers, near-duplicates joined."""
        return merge(self.groups[name] if name else [None] * len(self.documents), self.duplicates)

    def clusters(self, name: str = "") -> np.ndarray:
        """Return what intervals resample: the groups, or where they are few the finest there are.

        Nothing can be learnt about outlets from resampling five of them; such intervals hold for
        these outlets only.
        """
        if name and not _whole(self, name):
            return self.group(name)
        many = [field for field in self.groups if not _whole(self, field)]
        return self.group(many[0] if many else "")


def evaluate(
    classifier: FrameClassifier,
    X: Iterable[Any],
    y: Iterable[Any],
    *,
    groups: Sequence[str] | None = None,
    train_only: Mapping[str, str] | None = None,
    rhetoric: bool = True,
    learning_curve: bool = True,
    seed: int = 0,
) -> Evaluation:
    """Evaluate the settings of a classifier on labelled texts, refitted in every fold.

    Parameters
    ----------
    classifier : FrameClassifier
        Its settings count; what it has learnt is not used.
    X : iterable of str or Document
    y : iterable
        Labels as `FrameClassifier.fit` takes them.
    groups : sequence of str, optional
        Fields of the documents that must not lie on both sides of a fold; by default those of
        article, event, speaker, author, period and outlet that the documents have. Up to 12
        groups are left out one by one, more go into five folds. Near-duplicates count as one
        group; where whole outlets or periods are left out, training texts nearly equal to a test
        text are left out of the training part instead.
    train_only : mapping, optional
        Field -> value of units that are never tested, as {"period": "Duplicate"}.
    rhetoric : bool
        Whether the rates of the shipped measures alone are evaluated beside the text.
    learning_curve : bool
    seed : int

    Returns
    -------
    Evaluation

    Examples
    --------
    >>> from framing.frames.classifier import FrameClassifier
    >>> texts = [f"{a} {b}" for a in ("Rents rise in", "Police arrest two in")
    ...          for b in ("Leeds", "Hull", "York", "Bath", "Derby", "Ely")]
    >>> y = ["economic"] * 6 + ["crime"] * 6
    >>> found = evaluate(FrameClassifier(min_df=1, folds=2), texts, y, rhetoric=False,
    ...                  learning_curve=False)
    >>> found.value("random", "macro_f1")
    1.0
    """
    import pandas as pd

    task = read_task(classifier, X, y, groups, train_only, seed)
    pools = classifier.pools(task.documents)
    protocols = folds_of(task)
    outcomes = {name: run(task, pools, folds, name) for name, folds in protocols.items()}
    strict = list(protocols)[-1]
    scores = [row for name in protocols for row in _scores(task, name, outcomes[name])]
    fields = [name for name in SIDES if any(one.meta.get(name) for one in task.documents)]
    for name, folds in protocols.items():
        scores += _baselines(task, name, folds, outcomes[name], fields)
    if rhetoric:
        alone: list[list[Pool]] = [[RatePool.read(task.documents, RHETORIC)]]
        for name, folds in protocols.items():
            scores += _scores(task, name, run(task, alone, folds, name), "rhetoric")
    frames = task.labels.frames
    outcome = outcomes[strict]
    fine = Outcome(outcome.chance, outcome.called, outcome.wanted, task.clusters()[task.held],
                   outcome.kind)  # fmt: skip
    by_group = [
        {"field": name, **row} for name in fields
        for row in group_rows(fine, np.array(field_values(task, name), object)[task.held])
    ]  # fmt: skip
    learning = _learning(task, pools, protocols) if learning_curve else []
    return Evaluation(
        scores=pd.DataFrame(scores),
        frames=pd.DataFrame([{"protocol": name, **row} for name, one in outcomes.items()
                             for row in frame_rows(one, frames)]),
        reliability=pd.DataFrame(reliability_rows(outcome, frames)),
        groups=pd.DataFrame(by_group, columns=["field", "group", "measure", "estimate", "low",
                                               "high", "n"]),
        confusion=pd.DataFrame(_confusion(outcome, task.labels),
                               columns=["true", "predicted", "n"]),
        learning=pd.DataFrame(learning, columns=["n_train", "estimate", "low", "high", "folds"]),
        leaks=pd.DataFrame(leaks(task.documents, protocols["random"], task.groups),
                           columns=["leak", "what", "n", "share"]),
        facts=_facts(task, strict),
    )  # fmt: skip


def read_task(
    classifier: FrameClassifier, X: Iterable[Any], y: Iterable[Any],
    groups: Sequence[str] | None, train_only: Mapping[str, str] | None, seed: int,
) -> Task:  # fmt: skip
    """Read labelled units; a group that no document has is bad input."""
    documents, labels = as_documents(X), classifier.read_labels(y)
    if len(documents) != len(labels.matrix):
        raise BadInput(f"{len(documents)} texts but {len(labels.matrix)} labels")
    there = {key for one in documents for key, value in one.meta.items() if value not in (None, "")}
    names = [name for name in GROUPS if name in there] if groups is None else list(groups)
    for name in names:
        if name not in there:
            known = ", ".join(sorted(there))
            raise BadInput(f"no document has the field '{name}'; there are {known}")
    values = {name: [one.meta.get(name) for one in documents] for name in names}
    held = np.array([
        all(one.meta.get(key) != value for key, value in (train_only or {}).items())
        for one in documents
    ])  # fmt: skip
    pairs = near_duplicates([one.text for one in documents])
    return Task(classifier, documents, labels, values, pairs, np.flatnonzero(held), seed)


def folds_of(task: Task) -> dict[str, np.ndarray]:
    """Return the folds of every protocol, random ones first; -1 is never tested."""
    matrix = task.labels.matrix
    found = {"random": random_folds(matrix, 5, task.seed)}
    if task.duplicates and all(_whole(task, name) for name in task.groups):
        found["by near-duplicate"] = grouped_folds(task.group(""), matrix, 5, task.seed)
    for name, values in task.groups.items():
        numbers = numbered(values)
        if len(set(numbers[task.held].tolist())) <= FEW_GROUPS:
            found[f"by {name}"] = leave_out(numbers)
        else:
            found[f"by {name}"] = grouped_folds(task.group(name), matrix, 5, task.seed)
    tested = np.zeros(len(matrix), bool)
    tested[task.held] = True
    return {name: np.where(tested, folds, -1) for name, folds in found.items()}


def run(
    task: Task, pools: Sequence[Sequence[Pool]], folds: np.ndarray, protocol: str
) -> Outcome:
    """Fit in every fold and return what is said of the units left out."""
    labels, name = task.labels, protocol.removeprefix("by ")
    group = name if name in task.groups else ""
    inner = task.group("" if _whole(task, group) else group)
    if protocol == "random":
        inner = np.arange(len(task.documents))
    twins: dict[int, set[int]] = {}
    for one, other in task.duplicates:
        twins.setdefault(one, set()).add(other)
        twins.setdefault(other, set()).add(one)
    chance = np.full(labels.matrix.shape, np.nan)
    called = np.zeros(labels.matrix.shape, bool)
    settings = task.classifier.settings(labels.kind)
    for fold in np.unique(folds[folds >= 0]):
        test = np.flatnonzero(folds == fold)
        train = np.flatnonzero(folds != fold)
        if protocol != "random":
            near = {twin for row in test.tolist() for twin in twins.get(row, ())}
            train = train[~np.isin(train, list(near))]
        fitted = fit(pools, labels.matrix, inner, train, settings)
        chance[test] = fitted.chances_of(pools, test)
        called[test] = fitted.chosen(chance[test])
    rows = task.held
    clusters = task.clusters(group)[rows]
    return Outcome(chance[rows], called[rows], labels.matrix[rows], clusters, labels.kind)


def _whole(task: Task, group: str) -> bool:
    """Tell whether a protocol leaves out whole groups, so few that inner folds cannot."""
    return bool(group) and len(set(map(str, task.groups[group]))) <= FEW_GROUPS


def field_values(task: Task, name: str) -> list[str]:
    """Return a field of all documents as text."""
    return [str(one.meta.get(name) or "unknown") for one in task.documents]


def _scores(
    task: Task, protocol: str, outcome: Outcome, model: str = "text"
) -> list[dict[str, Any]]:
    found = estimates(outcome, seed=task.seed)
    rows = [_row(protocol, model, name, value, outcome) for name, value in found.items()]
    for name in ("outlet", "period"):
        if model == "text" and any(one.meta.get(name) for one in task.documents):
            values = np.array(field_values(task, name), object)[task.held]
            inside = within_auc(outcome, values)
            rows.append(_row(protocol, model, f"auc_within_{name}", (inside, np.nan, np.nan),
                             outcome))  # fmt: skip
    return rows


def _row(
    protocol: str, model: str, metric: str, value: tuple[float, float, float], outcome: Outcome
) -> dict[str, Any]:
    return {
        "protocol": protocol, "model": model, "metric": metric, "estimate": value[0],
        "low": value[1], "high": value[2], "n_units": len(outcome.clusters),
        "n_clusters": len(np.unique(outcome.clusters)),
    }  # fmt: skip


def _baselines(
    task: Task, protocol: str, folds: np.ndarray, text: Outcome, fields: Sequence[str]
) -> list[dict[str, Any]]:
    matrix, kind, held = task.labels.matrix, task.labels.kind, task.held
    guesses = {"majority": majority(matrix, folds, kind)}
    for name in fields:
        guesses[f"metadata: {name}"] = metadata_only(matrix, field_values(task, name), folds, kind)
    rows = []
    drawn = weights_of(text.clusters, seed=task.seed)
    own = f1_draws(text, drawn)
    for model, called in guesses.items():
        mine = called[held]
        outcome = Outcome(mine.astype(float), mine, text.wanted, text.clusters, kind)
        other = f1_draws(outcome, drawn)
        for metric in ("macro_f1", "micro_f1"):
            rows.append(_row(protocol, model, metric, interval(other[metric]), outcome))
            if model != "majority":
                gap = interval(own[metric] - other[metric])
                rows.append(_row(protocol, f"text minus {model}", metric, gap, outcome))
    return rows


def _confusion(outcome: Outcome, labels: Labels) -> list[tuple[str, str, int]]:
    """Return called against marked; of several frames a unit one pair of rows a frame."""
    if labels.kind == "single":
        true, called = outcome.wanted.argmax(1), outcome.called.argmax(1)
        return [
            (labels.frames[a], labels.frames[b], int(((true == a) & (called == b)).sum()))
            for a in range(len(labels.frames)) for b in range(len(labels.frames))
        ]  # fmt: skip
    rows = []
    for at, frame in enumerate(labels.frames):
        absent = labels.negative or f"not {frame}"
        for true, name in ((True, frame), (False, absent)):
            for called, other in ((True, frame), (False, absent)):
                both = (outcome.wanted[:, at] == true) & (outcome.called[:, at] == called)
                rows.append((name, other, int(both.sum())))
    return rows


def _learning(
    task: Task, pools: Sequence[Sequence[Pool]], protocols: Mapping[str, np.ndarray]
) -> list[tuple[int, float, float, float, str]]:
    """Return macro-F1 by number of training units, for random and for the strictest folds."""
    rows = []
    random = np.random.default_rng(task.seed)
    kinds = {"random": "random", list(protocols)[-1]: "grouped"}
    for protocol, kind in kinds.items():
        for share in (0.125, 0.25, 0.5, 1.0):
            folds = protocols[protocol]
            kept = random.random(len(folds)) < share
            sizes: list[int] = []
            outcome = _thinned(task, pools, folds, kept, protocol, sizes)
            value = interval(f1_draws(outcome, weights_of(outcome.clusters))["macro_f1"])
            rows.append((int(np.mean(sizes)), *value, kind))
    return rows


def _thinned(
    task: Task, pools: Sequence[Sequence[Pool]], folds: np.ndarray, kept: np.ndarray,
    protocol: str, sizes: list[int],
) -> Outcome:  # fmt: skip
    labels, settings = task.labels, task.classifier.settings(task.labels.kind)
    chance = np.full(labels.matrix.shape, np.nan)
    called = np.zeros(labels.matrix.shape, bool)
    group = protocol.removeprefix("by ")
    clusters = task.clusters(group if group in task.groups else "")
    for fold in np.unique(folds[folds >= 0]):
        test, train = np.flatnonzero(folds == fold), np.flatnonzero((folds != fold) & kept)
        fitted = fit(pools, labels.matrix, task.group(""), train, settings)
        chance[test] = fitted.chances_of(pools, test)
        called[test] = fitted.chosen(chance[test])
        sizes.append(len(train))
    rows = task.held
    return Outcome(chance[rows], called[rows], labels.matrix[rows], clusters[rows], labels.kind)


def _facts(task: Task, strict: str) -> dict[str, Any]:
    matrix = task.labels.matrix
    return {
        "n_units": len(matrix), "n_tested": len(task.held),
        "frames": list(task.labels.frames), "kind": task.labels.kind, "strictest": strict,
        "units_per_frame": matrix.sum(axis=0).tolist(),
        "near_duplicate_pairs": len(task.duplicates),
        "groups": {name: len(set(map(str, values))) for name, values in task.groups.items()},
    }  # fmt: skip
