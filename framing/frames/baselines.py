"""What can be guessed without reading a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def majority(wanted: np.ndarray, folds: np.ndarray, kind: str) -> np.ndarray:
    """Return the commonest frames of the other folds, as many as a unit has on average."""
    return metadata_only(wanted, ["all"] * len(wanted), folds, kind)


def metadata_only(
    wanted: np.ndarray, values: Sequence[str] | np.ndarray, folds: np.ndarray, kind: str
) -> np.ndarray:
    """Return the commonest frames of the other folds among units of the same outlet (or side).

    Parameters
    ----------
    wanted : numpy.ndarray of bool, shape (n_units, n_frames)
    values : sequence of str
        A value not met in the other folds gets what is commonest over all.
    folds : numpy.ndarray of int
    kind : {"multi", "single", "binary"}

    Examples
    --------
    >>> wanted = np.array([[True], [True], [False], [False]])
    >>> metadata_only(wanted, ["a", "a", "b", "b"], np.array([0, 1, 0, 1]), "binary").ravel()
    array([ True,  True, False, False])
    """
    names = np.asarray(values, object)
    called = np.zeros(wanted.shape, bool)
    for fold in np.unique(folds[folds >= 0]):
        train = folds != fold
        for name in np.unique(names[folds == fold].astype(str)):
            test = (folds == fold) & (names == name)
            alike = train & (names == name)
            called[test] = _commonest(wanted[alike if alike.any() else train], kind)
    return called


def _commonest(wanted: np.ndarray, kind: str) -> np.ndarray:
    share = wanted.mean(axis=0)
    if kind == "binary":
        return share >= 0.5
    count = 1 if kind == "single" else max(1, round(float(share.sum())))
    found = np.zeros(len(share), bool)
    found[np.argsort(-share, kind="stable")[:count]] = True
    return found
