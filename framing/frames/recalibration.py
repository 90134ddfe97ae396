"""Probabilities fitted again to labels of the texts they are used on; the ranking stays."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from framing.amounts import count_of
from framing.frames.calibration import (
    Curve,
    calibration_error,
    log_odds,
    prevalence_thresholds,
    sigmoid,
)  # fmt: skip
from framing.frames.classifier import FrameClassifier
from framing.frames.fitting import Fitted
from framing.frames.folds import grouped_folds
from framing.frames.labels import own_labels
from framing.frames.units import as_documents, groups_of, need_one_each
from framing.tables import BadInput
from framing.text.document import Document

Model = TypeVar("Model", bound=FrameClassifier)
FEWEST = 50
SHIFT_SPREAD = 1.0
SLOPE_SPREAD = 0.3
FLATTEST = 0.05


def recalibrate(
    classifier: Model, X: Iterable[Any], y: Iterable[Any], *,
    groups: Sequence[object] | None = None, thresholds: str = "prevalence",
) -> Model:  # fmt: skip
    """Return the classifier with probabilities that hold for texts like these.

    What the classifier has learnt stays, and so does the order in which a frame ranks texts. The
    log-odds of each frame are stretched and shifted (Platt scaling): all frames by one slope and
    one shift, each frame by a deviation from them that few labels keep small (partial pooling:
    normal priors with deviations 0.3 and 1).

    Parameters
    ----------
    classifier : FrameClassifier or SentenceClassifier
        A fitted or loaded one.
    X : iterable of str or Document
        Texts drawn by chance from those it will be used on; 100 to 200 are enough.
    y : iterable
        Their labels, as for `fit`.
    groups : sequence, optional
        The outlet, speaker or event of each text; no group lies in two folds of the error that is
        reported.
    thresholds : {"prevalence", "keep"}
        Whether a frame is called as often as it stands in `y`, or in the same texts as before. Of
        exactly one frame "keep" moves each threshold with its frame, and a few calls may change:
        frames are stretched apart, and what they sum to changes from text to text.

    Returns
    -------
    FrameClassifier or SentenceClassifier
        A new one, without the stored evaluation of the old. `facts_["recalibration"]` holds the
        number of different texts and the expected calibration error (mean over frames, ten bins)
        before, and after in folds that keep groups together.

    Raises
    ------
    BadInput
        Fewer than 50 texts, labels the classifier does not have, or a classifier without curves.

    Notes
    -----
    With few texts the error in bins is mostly chance: of perfect probabilities 200 texts show an
    error of about .04.

    Examples
    --------
    >>> from framing.frames.store import load_classifier
    >>> texts = [f"The court ruled on case {n}." for n in range(40)]
    >>> texts += [f"Rain fell on day {n}." for n in range(40)]
    >>> marks = ["legality_constitutionality"] * 40 + [""] * 40
    >>> model = recalibrate(load_classifier("policy-frames"), texts, marks)
    >>> model.facts_["recalibration"]["n"]
    80
    """
    if not hasattr(getattr(classifier, "fitted_", None), "curves"):
        raise BadInput("recalibrate needs a fitted classifier; this one has learnt nothing")
    if thresholds not in ("prevalence", "keep"):
        raise BadInput(f"thresholds is 'prevalence' or 'keep', not '{thresholds}'")
    documents = as_documents(X)
    wanted = own_labels(classifier, y).matrix
    need_one_each(documents, wanted, "label")
    if len(documents) < FEWEST:
        raise BadInput(f"{count_of(len(documents), 'labelled text')}; {FEWEST} are the least, "
                       "100 to 200 good")  # fmt: skip
    odds = _odds(classifier, documents)
    slopes, shifts = joint_lines(odds, wanted)
    unseen = left_out(odds, wanted, groups_of(documents, groups))
    single, fitted = classifier.fitted_.single, classifier.fitted_
    curves = [moved(*one) for one in zip(fitted.curves, slopes, shifts, strict=True)]
    if thresholds == "keep":
        called = sigmoid(log_odds(fitted.thresholds) * slopes + shifts)
        called = called if single else same_calls(fitted, curves, called, documents)
    else:
        called = prevalence_thresholds(_normal(sigmoid(odds * slopes + shifts), single), wanted)
    found = copy.copy(classifier)
    found.fitted_ = replace(fitted, curves=curves, thresholds=called)
    found.thresholds_ = called
    errors = [mean_error(_normal(sigmoid(one), single), wanted) for one in (odds, unseen)]
    texts = {one.text for one in documents}
    found.facts_ = {key: value for key, value in getattr(classifier, "facts_", {}).items()
                    if key != "evaluation"}  # fmt: skip
    found.facts_["recalibration"] = {
        "n": len(texts), "ece_before": errors[0], "ece_after": errors[1],
    }  # fmt: skip
    return found


def joint_lines(odds: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return slope and shift of each frame's log-odds, partially pooled over frames.

    Parameters
    ----------
    odds : numpy.ndarray of float, shape (n_units, n_frames)
    wanted : numpy.ndarray of bool, shape (n_units, n_frames)

    Returns
    -------
    slopes, shifts : numpy.ndarray of float, shape (n_frames,)
        Slopes are at least .05, so that texts keep their order.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> odds = rng.normal(0, 2, (20_000, 2))
    >>> slopes, shifts = joint_lines(odds, rng.random(odds.shape) < sigmoid(0.5 * odds - 1))
    >>> slopes.round(1).tolist(), shifts.round(1).tolist()
    ([0.5, 0.5], [-1.0, -1.0])
    """
    from scipy.optimize import minimize

    frames = odds.shape[1]

    def lines(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return x[0] + x[2 : 2 + frames], x[1] + x[2 + frames :]

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        slopes, shifts = lines(x)
        z = odds * slopes + shifts
        slope_gaps, shift_gaps = x[2 : 2 + frames], x[2 + frames :]
        value = np.logaddexp(0, z).sum() - z[wanted].sum()
        value += ((slope_gaps / SLOPE_SPREAD) ** 2).sum() / 2
        value += ((shift_gaps / SHIFT_SPREAD) ** 2).sum() / 2
        wrong = sigmoid(z) - wanted
        slope_pull, shift_pull = (wrong * odds).sum(axis=0), wrong.sum(axis=0)
        pulls = [slope_pull.sum(), shift_pull.sum()]
        own = [slope_pull + slope_gaps / SLOPE_SPREAD**2, shift_pull + shift_gaps / SHIFT_SPREAD**2]
        return float(value), np.concatenate([pulls, *own])

    start = np.zeros(2 + 2 * frames)
    start[0] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    slopes, shifts = lines(found)
    return np.maximum(slopes, FLATTEST), shifts


def left_out(odds: np.ndarray, wanted: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return log-odds recalibrated in five folds, each by the units outside it; groups together."""
    found, folds = np.empty_like(odds), grouped_folds(groups, wanted)
    for fold in np.unique(folds):
        mine = folds == fold
        slopes, shifts = joint_lines(odds[~mine], wanted[~mine])
        found[mine] = odds[mine] * slopes + shifts
    return found


def moved(curve: Curve, slope: float, shift: float) -> Curve:
    """Return a curve whose probabilities have their log-odds stretched and shifted.

    Examples
    --------
    >>> moved(("sigmoid", np.array([2.0]), np.array([1.0])), 0.5, 3.0)
    ('sigmoid', array([1.]), array([3.5]))
    """
    kind, first, second = curve
    if kind == "sigmoid":
        return kind, first * slope, second * slope + shift
    return kind, first, sigmoid(log_odds(second) * slope + shift)


def same_calls(
    fitted: Fitted, curves: Sequence[Curve], thresholds: np.ndarray, documents: Sequence[Document]
) -> np.ndarray:
    """Return moved thresholds that moved curves pass in the same texts as before.

    Between the steps of an isotonic curve probabilities move on a straight line, and so must the
    threshold; what lay on a threshold must not pass it by rounding.
    """
    found = thresholds.copy()
    for at, (old, new) in enumerate(zip(fitted.curves, curves, strict=True)):
        if old[0] == "isotonic":
            found[at] = np.interp(fitted.thresholds[at], [0, *old[2], 1], [0, *new[2], 1])
    called = fitted.chances(documents) > fitted.thresholds
    chance = replace(fitted, curves=list(curves)).chances(documents)
    highest: np.ndarray = np.maximum(found, np.where(called, 0, chance).max(axis=0))
    return highest


def mean_error(chance: np.ndarray, wanted: np.ndarray) -> float:
    """Return the expected calibration error, mean over frames."""
    return float(np.mean([calibration_error(chance[:, at], wanted[:, at])
                          for at in range(wanted.shape[1])]))  # fmt: skip


def _odds(classifier: FrameClassifier, documents: Sequence[Document]) -> np.ndarray:
    """Return the log-odds the curves give, of exactly one frame before they sum to 1."""
    fitted = replace(classifier.fitted_, single=False)
    return log_odds(fitted.chances(documents))


def _normal(chance: np.ndarray, single: bool) -> np.ndarray:
    return chance / chance.sum(axis=1, keepdims=True) if single else chance
