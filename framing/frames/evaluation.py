"""Evaluation that survives a new outlet: random and grouped folds side by side, with baselines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.frames.audit import leaks
from framing.frames.baselines import majority, metadata_only
from framing.frames.classifier import FrameClassifier
from framing.frames.features import Pool, RatePool
from framing.frames.folds import named
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
from framing.frames.protocols import Task, field_values, folds_of, parts, read_task, run
from framing.progress import shown
from framing.tables import BadInput
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

LEAST = 40
OTHER = "other frame"
SIDES = ("outlet", "side", "period")
RHETORIC = (
    "loaded_language", "partisan_framing", "historical_comparison", "hedging", "hyperbole",
    "presupposition", "appeals", "report_verbs", "sourcing", "scare_quotes", "metaphor",
    "moral_vocabulary", "dehumanisation", "party_cues",
)  # fmt: skip


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
        training units, leakage of the random folds, all of the strictest protocol. Units of a frame
        the classifier does not have are marked "other frame" in the confusion.
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
        """Write `CARD.md`, `metrics.json`, one CSV a table, and the figures as PDF and PNG."""
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


def evaluate(
    classifier: FrameClassifier,
    X: Iterable[Any],
    y: Iterable[Any],
    *,
    groups: Sequence[str] | None = None,
    train_only: Mapping[str, str] | None = None,
    extras: Sequence[str] = ("rhetoric", "learning curve"),
    subsets: Mapping[str, Callable[[Document], bool]] | None = None,
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
        groups are left out one by one, more go into five folds. A text without the field is a
        group of its own; a field with fewer than two values is left out with a warning.
        Near-duplicates count as one group; where whole outlets or periods are left out, training
        texts nearly equal to a test text are left out of the training part instead. Folds follow
        the order of the rows: the same texts in another order give slightly other figures.
    train_only : mapping, optional
        Field -> value of units that only train where that field is left out, as
        {"period": "Duplicate"}.
    extras : sequence of {"rhetoric", "learning curve"}
        The rates of the shipped measures alone, and the score by number of training units.
    subsets : mapping, optional
        Name -> condition; the tested units that meet it get rows of their own.

    Returns
    -------
    Evaluation
        Its tables hold, by protocol, every score with its interval, the baselines beside it, the
        errors by group and side, calibration and the audit for leakage.

    Raises
    ------
    BadInput
        For labels outside the codebook, fields the texts do not have, or too few groups.

    Notes
    -----
    Method: folds by group and cluster-bootstrap intervals over the groups (Cameron, Gelbach and
    Miller 2008). Intervals cover the choice of groups, not of the annotators; with fewer than ten
    groups they are too narrow.

    Examples
    --------
    >>> from framing.frames.classifier import FrameClassifier
    >>> texts = [f"{a} {b}" for a in ("Rents rise in", "Police arrest two in")
    ...          for b in ("Leeds", "Hull", "York", "Bath", "Derby", "Ely")]
    >>> y = ["economic"] * 6 + ["crime"] * 6
    >>> found = evaluate(FrameClassifier(min_df=1, folds=2), texts, y, extras=())
    >>> found.value("random", "macro_f1")
    1.0
    """
    import pandas as pd

    task = read_task(classifier, X, y, groups, train_only)
    pools = classifier.pools(task.documents)
    protocols = folds_of(task)
    outcomes = {
        name: run(task, pools, folds, name) for name, folds in shown(protocols.items(), "protocols")
    }
    strict = list(protocols)[-1]
    scores = [row for name in protocols for row in _scores(task, name, outcomes[name])]
    fields = [name for name in SIDES if any(one.meta.get(name) for one in task.documents)]
    scores += _subsets(task, outcomes, subsets or {})
    for name, folds in protocols.items():
        scores += _baselines(task, name, folds, outcomes[name], fields)
    if "rhetoric" in extras:
        alone: list[list[Pool]] = [[RatePool.read(task.documents, RHETORIC)]]
        for name, folds in protocols.items():
            scores += _scores(task, name, run(task, alone, folds, name), "rhetoric")
    frames = task.labels.frames
    outcome = outcomes[strict]
    tested = task.tested(strict)
    fine = Outcome(outcome.chance, outcome.called, outcome.wanted, task.clusters()[tested],
                   outcome.kind)  # fmt: skip
    by_group = [
        {"field": name, **row} for name in fields
        for row in group_rows(fine, field_values(task, name)[tested])
    ]  # fmt: skip
    learning = _learning(task, pools, protocols) if "learning curve" in extras else []
    return Evaluation(
        scores=pd.DataFrame(scores),
        frames=pd.DataFrame([{"protocol": name, **row} for name, one in outcomes.items()
                             for row in frame_rows(one, frames)]),
        reliability=pd.DataFrame(reliability_rows(outcome, frames)),
        groups=pd.DataFrame(by_group, columns=["field", "group", "measure", "estimate", "low",
                                               "high", "n"]),
        confusion=pd.DataFrame(confusion(outcome, task.labels),
                               columns=["true", "predicted", "n"]),
        learning=pd.DataFrame(learning, columns=["n_train", "estimate", "low", "high", "folds"]),
        leaks=pd.DataFrame(leaks(task.documents, protocols["random"], task.groups),
                           columns=["leak", "what", "n", "share"]),
        facts=_facts(task, strict),
    )  # fmt: skip


def _scores(
    task: Task, protocol: str, outcome: Outcome, model: str = "text"
) -> list[dict[str, Any]]:
    found = estimates(outcome, seed=task.seed)
    rows = [_row(protocol, model, name, value, outcome) for name, value in found.items()]
    for name in ("outlet", "period"):
        if model == "text" and any(one.meta.get(name) for one in task.documents):
            values = field_values(task, name)[task.tested(protocol)]
            inside = within_auc(outcome, values)
            rows.append(_row(protocol, model, f"auc_within_{name}", (inside, np.nan, np.nan),
                             outcome))  # fmt: skip
    return rows


def _subsets(
    task: Task, outcomes: Mapping[str, Outcome], subsets: Mapping[str, Callable[[Document], bool]]
) -> list[dict[str, Any]]:
    rows = []
    for subset, holds in subsets.items():
        for protocol, outcome in outcomes.items():
            mine = np.flatnonzero([holds(task.documents[at]) for at in task.tested(protocol)])
            rows += [
                _row(protocol, f"text, {subset}", name, value, outcome.only(mine))
                for name, value in estimates(outcome.only(mine), seed=task.seed).items()
            ]
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
    matrix, kind, held = task.labels.matrix, task.labels.kind, task.tested(protocol)
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


def confusion(outcome: Outcome, labels: Labels) -> list[tuple[str, str, int]]:
    """Return called against marked; of several frames a unit one pair of rows a frame.

    Of exactly one frame a unit, those whose frame the classifier does not have are "other frame".
    """
    if labels.kind == "single":
        wanted = {name: outcome.wanted[:, at] for at, name in enumerate(labels.frames)}
        if (none := outcome.wanted.sum(axis=1) == 0).any():
            wanted[OTHER] = none
        return [
            (true, name, int((units & outcome.called[:, at]).sum()))
            for true, units in wanted.items() for at, name in enumerate(labels.frames)
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
            if kept.sum() < LEAST:
                continue
            sizes = [len(train) for train, _ in parts(task, folds, protocol, kept)]
            outcome = run(task, pools, folds, protocol, kept)
            value = interval(f1_draws(outcome, weights_of(outcome.clusters))["macro_f1"])
            rows.append((int(np.mean(sizes)), *value, kind))
    return rows


def _facts(task: Task, strict: str) -> dict[str, Any]:
    matrix = task.labels.matrix
    return {
        "n_units": len(matrix), "n_tested": len(task.tested(strict)),
        "frames": list(task.labels.frames), "kind": task.labels.kind, "strictest": strict,
        "units_per_frame": matrix.sum(axis=0).tolist(),
        "near_duplicate_pairs": len(task.duplicates),
        "groups": {name: named(values) for name, values in task.groups.items()},
    }  # fmt: skip
