"""From scores to probabilities, from probabilities to labels."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

FEW = 1000
BINS = 10
EDGE = 1e-6
Curve = tuple[str, np.ndarray, np.ndarray]


def fit_curve(scores: np.ndarray, wanted: np.ndarray, method: str = "auto") -> Curve:
    """Return the curve that turns the scores of a frame into probabilities.

    Parameters
    ----------
    scores : numpy.ndarray of float
        Of units the scoring model had not seen.
    wanted : numpy.ndarray of bool
    method : {"auto", "sigmoid", "isotonic"}
        "auto" is sigmoid under 1,000 units and isotonic from there (Niculescu-Mizil and Caruana
        2005).

    Returns
    -------
    curve : tuple
        ("sigmoid", [slope], [intercept]) or ("isotonic", scores, probabilities).
    """
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression

    if method == "auto":
        method = "sigmoid" if len(scores) < FEW else "isotonic"
    share = (wanted.sum() + 1) / (len(wanted) + 2)
    if wanted.all() or not wanted.any() or np.ptp(scores) == 0:
        return "sigmoid", np.zeros(1), np.array([np.log(share / (1 - share))])
    if method == "isotonic":
        model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
        model.fit(scores, wanted.astype(float))
        edge = 1 / (len(wanted) + 2)
        chance = np.clip(model.y_thresholds_, edge, 1 - edge)
        return "isotonic", np.asarray(model.X_thresholds_), chance
    spread = scores.std()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        line = LogisticRegression(C=100.0, max_iter=1000).fit(scores[:, None] / spread, wanted)
    slope = float(line.coef_[0, 0]) / spread
    if slope <= 0:  # the scores say nothing; the share of the frame is all there is to say
        return "sigmoid", np.zeros(1), np.array([np.log(share / (1 - share))])
    return "sigmoid", np.array([slope]), np.asarray(line.intercept_, float)


def silent_frames(curves: Sequence[Curve], frames: Sequence[str]) -> str:
    """Say which frames get one probability for every text; "" if none.

    Examples
    --------
    >>> silent_frames([("sigmoid", np.zeros(1), np.zeros(1))], ["crime"])[:41]
    'nothing was learnt about the frame crime:'
    """
    flat = [name for name, (kind, first, second) in zip(frames, curves, strict=True)
            if not (first.any() if kind == "sigmoid" else np.ptp(second))]  # fmt: skip
    if not flat:
        return ""
    frames_ = f"frame {flat[0]}" if len(flat) == 1 else f"frames {', '.join(flat)}"
    return (
        f"nothing was learnt about the {frames_}: on texts left out the scores do not rise with "
        "the label, so every text gets the same probability; more labelled texts are needed"
    )


def apply_curves(scores: np.ndarray, curves: Sequence[Curve], *, single: bool) -> np.ndarray:
    """Return probabilities, shape (n_units, n_frames); of exactly one frame they sum to 1."""
    found = np.empty(scores.shape)
    for column, (kind, first, second) in enumerate(curves):
        if kind == "sigmoid":
            found[:, column] = sigmoid(scores[:, column] * first[0] + second[0])
        else:
            found[:, column] = np.interp(scores[:, column], first, second)
    if single:
        found /= found.sum(axis=1, keepdims=True)
    return found


def sigmoid(values: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-values))."""
    from scipy.special import expit

    found: np.ndarray = expit(values)
    return found


def log_odds(chance: np.ndarray) -> np.ndarray:
    """Return log(p / (1 - p)), of 0 and 1 that of a millionth from them."""
    clipped = np.clip(chance, EDGE, 1 - EDGE)
    found: np.ndarray = np.log(clipped / (1 - clipped))
    return found


def prevalence_thresholds(chance: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return for each frame the probability above which as many units lie as carry it."""
    found = np.empty(chance.shape[1])
    for column in range(chance.shape[1]):
        ordered = np.sort(chance[:, column])[::-1]
        count = int(wanted[:, column].sum())
        if count in (0, len(ordered)):
            found[column] = 0.5
        else:
            found[column] = (ordered[count - 1] + ordered[count]) / 2
    return np.clip(found, 0.01, 0.99)


def choose(chance: np.ndarray, thresholds: np.ndarray, *, single: bool) -> np.ndarray:
    """Return which frames are called, shape (n_units, n_frames).

    Of exactly one frame it is the one whose odds are largest in proportion to its threshold's, so
    that a rare frame is called as often as it is there, though a frequent one is more probable.

    Examples
    --------
    >>> choose(np.array([[0.39, 0.37, 0.24]]), np.array([0.5, 0.4, 0.3]), single=True).tolist()
    [[False, True, False]]
    """
    if not single:
        return chance > thresholds
    odds = np.log(np.clip(chance, 1e-9, 1 - 1e-9) / np.clip(1 - chance, 1e-9, 1))
    margin = odds - np.log(thresholds / (1 - thresholds))
    return np.eye(chance.shape[1], dtype=bool)[margin.argmax(axis=1)]


def by_class(chance: np.ndarray, kind: str) -> np.ndarray:
    """Return probabilities of the classes: of a binary frame its absence, then its presence."""
    return np.column_stack([1 - chance, chance]) if kind == "binary" else chance


def by_call(chosen: np.ndarray, classes: np.ndarray, kind: str) -> np.ndarray:
    """Return the class of each unit, or for several frames a unit true and false."""
    if kind == "multi":
        return chosen
    places = chosen[:, 0].astype(int) if kind == "binary" else chosen.argmax(axis=1)
    return np.asarray(classes[places])


def calibration_error(chance: np.ndarray, wanted: np.ndarray, bins: int = BINS) -> float:
    """Return the expected calibration error in bins of equal count (Naeini et al. 2015).

    Examples
    --------
    >>> calibration_error(np.array([0.2] * 10), np.array([True] * 2 + [False] * 8))
    0.0
    """
    total = 0.0
    for part in equal_bins(chance, bins):
        total += len(part) * abs(float(chance[part].mean()) - float(wanted[part].mean()))
    return round(total / max(len(chance), 1), 12)


def equal_bins(chance: np.ndarray, bins: int = BINS) -> list[np.ndarray]:
    """Return the rows of each bin of about equal count; equal probabilities share a bin."""
    if not len(chance):
        return []
    edges = np.sort(chance)[np.arange(1, bins) * len(chance) // bins]
    place = np.searchsorted(np.unique(edges), chance, side="right")
    return [part for at in range(bins) if len(part := np.flatnonzero(place == at))]
