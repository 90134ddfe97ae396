"""Protocols: which units are tested together, what may train for them, what is said of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.frames.classifier import FrameClassifier
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.features import Pool
from framing.frames.fitting import fit
from framing.frames.folds import grouped_folds, leave_out, named, random_folds
from framing.frames.labels import Labels
from framing.frames.metrics import Outcome
from framing.frames.units import as_documents, need_one_each
from framing.tables import BadInput
from framing.text.document import Document

GROUPS = ("article", "event", "speaker", "author", "period", "outlet")
FEW_GROUPS = 12


@dataclass(frozen=True, eq=False)
class Task:
    """The labelled units of one evaluation, read once."""

    classifier: FrameClassifier
    documents: list[Document]
    labels: Labels
    groups: dict[str, list[Any]]
    duplicates: list[tuple[int, int]]
    train_only: Mapping[str, str]
    seed: int = 0

    def tested(self, protocol: str) -> np.ndarray:
        """Return which units a protocol tests: all, or where a field is left out those that may."""
        name = protocol.removeprefix("by ")
        if name not in self.train_only:
            return np.arange(len(self.documents))
        never = self.train_only[name]
        return np.flatnonzero([one.meta.get(name) != never for one in self.documents])

    def group(self, name: str) -> np.ndarray:
        """Return group numbers, near-duplicates joined."""
        return merge(self.groups[name] if name else [None] * len(self.documents), self.duplicates)

    def clusters(self, name: str = "") -> np.ndarray:
        """Return what intervals resample and inner folds keep: groups, of few the finest there are.

        Nothing can be learnt about outlets from resampling five of them; such intervals hold for
        these outlets only.
        """
        if name and not whole(self, name):
            return self.group(name)
        many = [field for field in self.groups if not whole(self, field)]
        return self.group(many[0] if many else "")


def read_task(
    classifier: FrameClassifier, X: Iterable[Any], y: Iterable[Any],
    groups: Sequence[str] | None, train_only: Mapping[str, str] | None,
) -> Task:  # fmt: skip
    """Read labelled units; a group that no document has is bad input, one of all is left out."""
    documents, labels = as_documents(X), classifier.read_labels(y)
    need_one_each(documents, labels.matrix, "label")
    there = {key for one in documents for key, value in one.meta.items() if value not in (None, "")}
    names = [name for name in GROUPS if name in there] if groups is None else list(groups)
    for name in names:
        if name not in there:
            known = ", ".join(sorted(there))
            raise BadInput(f"no document has the field '{name}'; there are {known}")
    names = several(documents, names)
    values = {name: [one.meta.get(name) for one in documents] for name in names}
    pairs = near_duplicates([one.text for one in documents])
    return Task(classifier, documents, labels, values, pairs, train_only or {}, classifier.seed)


def several(documents: Sequence[Document], names: Iterable[str]) -> list[str]:
    """Return the fields with two values or more, which can be left out in turn; warn of others."""
    kept = []
    for name in names:
        if named(one.meta.get(name) for one in documents) > 1:
            kept.append(name)
        else:
            warnings.warn(f"'{name}' has fewer than two values; no folds by {name}", stacklevel=2)
    return kept


def folds_of(task: Task) -> dict[str, np.ndarray]:
    """Return the folds of every protocol, random ones first; -1 is never tested."""
    matrix = task.labels.matrix
    found = {"random": random_folds(matrix, 5, task.seed)}
    if task.duplicates and all(whole(task, name) for name in task.groups):
        found["by near-duplicate"] = grouped_folds(task.group(""), matrix, 5, task.seed)
    for name, values in task.groups.items():
        if named(values[row] for row in task.tested(f"by {name}")) <= FEW_GROUPS:
            found[f"by {name}"] = leave_out(values)
        else:
            found[f"by {name}"] = grouped_folds(task.group(name), matrix, 5, task.seed)
    for name, folds in found.items():
        folds[np.setdiff1d(np.arange(len(matrix)), task.tested(name))] = -1
    return found


def run(
    task: Task, pools: Sequence[Sequence[Pool]], folds: np.ndarray, protocol: str,
    kept: np.ndarray | None = None,
) -> Outcome:  # fmt: skip
    """Fit in every fold and return what is said of the units left out; only `kept` ones train."""
    labels, name = task.labels, protocol.removeprefix("by ")
    clusters = task.clusters(name if name in task.groups else "")
    inner = np.arange(len(task.documents)) if protocol == "random" else clusters
    chance = np.full(labels.matrix.shape, np.nan)
    called = np.zeros(labels.matrix.shape, bool)
    settings = task.classifier.settings(labels.kind)
    for train, test in parts(task, folds, protocol, kept):
        groups = inner if len(np.unique(inner[train])) > 1 else task.group("")
        fitted = fit(pools, labels.matrix, groups, train, settings)
        chance[test] = fitted.chances_of(pools, test)
        called[test] = fitted.chosen(chance[test])
    rows = task.tested(protocol)
    return Outcome(chance[rows], called[rows], labels.matrix[rows], clusters[rows], labels.kind)


def parts(
    task: Task, folds: np.ndarray, protocol: str, kept: np.ndarray | None = None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the training and test rows of each fold; unless random, no near-duplicate in both."""
    twins: dict[int, set[int]] = {}
    for one, other in task.duplicates if protocol != "random" else ():
        twins.setdefault(one, set()).add(other)
        twins.setdefault(other, set()).add(one)
    for fold in np.unique(folds[folds >= 0]):
        test = np.flatnonzero(folds == fold)
        near = {twin for row in test.tolist() for twin in twins.get(row, ())}
        train = np.setdiff1d(np.flatnonzero(folds != fold), list(near))
        yield train if kept is None else train[kept[train]], test


def whole(task: Task, group: str) -> bool:
    """Tell whether a protocol leaves out whole groups, so few that inner folds cannot."""
    return bool(group) and named(task.groups[group]) <= FEW_GROUPS


def field_values(task: Task, name: str) -> np.ndarray:
    """Return a field of all documents as text."""
    return np.array([str(one.meta.get(name) or "unknown") for one in task.documents], object)
