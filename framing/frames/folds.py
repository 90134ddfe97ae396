"""Cutting a labelled table into folds that keep groups together and labels balanced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from framing.tables import BadInput


def grouped_folds(
    groups: Sequence[object] | np.ndarray, labels: np.ndarray, folds: int = 5, seed: int = 0
) -> np.ndarray:
    """Return the fold of each row; no group lies in two folds, labels are spread evenly.

    Parameters
    ----------
    groups : sequence
        The group of each row; a missing one (None, NaN or empty) is a group of its own.
    labels : numpy.ndarray of bool, shape (n_rows, n_frames)
    folds : int
    seed : int
        Decides the order among groups of equal size.

    Examples
    --------
    >>> groups = ["a", "a", "b", "b", "c", "c", "d", "d"]
    >>> labels = np.array([[True], [False]] * 4)
    >>> found = grouped_folds(groups, labels, folds=2)
    >>> [len(set(found[i : i + 2])) for i in (0, 2, 4, 6)], np.bincount(found).tolist()
    ([1, 1, 1, 1], [4, 4])
    """
    names = numbered(groups)
    count = int(names.max()) + 1 if len(names) else 0
    if count < 2:
        raise BadInput(
            f"folds need two groups or more of texts, these are {count}; texts of one group, and "
            "those nearly alike, stay together"
        )
    folds = min(folds, count)
    content = np.zeros((count, labels.shape[1] + 1))
    np.add.at(content, names, np.column_stack([labels, np.ones(len(labels))]).astype(float))
    wanted = content.sum(axis=0) / folds
    scale = 1.0 / np.maximum(wanted, 1.0)
    order = np.random.default_rng(seed).permutation(count)
    order = order[np.argsort(-content[order, -1], kind="stable")]
    filled = np.zeros((folds, content.shape[1]))
    chosen = np.empty(count, np.int64)
    for group in order:
        # the cost of a fold is how far it would be above its share, rare labels counting as much
        before = filled * scale
        cost = ((before + content[group] * scale) ** 2 - before**2).sum(axis=1)
        fold = int(np.argmin(cost))
        filled[fold] += content[group]
        chosen[group] = fold
    return chosen[names]


def leave_out(groups: Sequence[object] | np.ndarray, most: int = 12) -> np.ndarray:
    """Return one fold a group; with more than `most` groups the smallest share the last folds.

    Examples
    --------
    >>> leave_out(["a", "b", "a", "c"]).tolist()
    [0, 1, 0, 2]
    """
    names = numbered(groups)
    sizes = np.bincount(names)
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty(len(sizes), np.int64)
    rank[order] = np.arange(len(sizes))
    if len(sizes) > most:
        own = most // 2
        small = rank >= own
        rank[small] = own + (rank[small] - own) % (most - own)
    return rank[names]


def random_folds(labels: np.ndarray, folds: int = 5, seed: int = 0) -> np.ndarray:
    """Return folds that ignore every group: what most published figures rest on."""
    return grouped_folds(np.arange(len(labels)), labels, folds, seed)


def numbered(groups: Sequence[object] | np.ndarray) -> np.ndarray:
    """Return the number of each row's group, in the order of first appearance.

    Examples
    --------
    >>> numbered(["a", None, "a", None]).tolist()
    [0, 1, 0, 2]
    """
    seen: dict[object, int] = {}
    items = groups.tolist() if isinstance(groups, np.ndarray) else groups
    keys = (object() if missing(item) else item for item in items)
    return np.array([seen.setdefault(key, len(seen)) for key in keys], np.int64)


def named(groups: Iterable[object]) -> int:
    """Return how many groups there are, rows without one not counted."""
    return len({group for group in groups if not missing(group)})


def missing(group: object) -> bool:
    """Tell whether a row has no group: None, NaN or an empty text."""
    return group is None or group != group or group == ""
