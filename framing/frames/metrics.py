"""Measures of agreement between called and marked frames, with intervals over clusters.

All of them are sums over clusters, so that a resample of clusters is one product of matrices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.frames.calibration import calibration_error, equal_bins
from framing.measures.prevalence import wilson

REPETITIONS = 500
ROUNDING = 1e-6  # of single precision, in which the draws are summed


@dataclass(frozen=True, eq=False)
class Outcome:
    """What was called and what was marked.

    Attributes
    ----------
    chance : numpy.ndarray of float, shape (n_units, n_frames)
    called, wanted : numpy.ndarray of bool, shape (n_units, n_frames)
    clusters : numpy.ndarray of int, shape (n_units,)
    kind : {"multi", "single", "binary"}
    """

    chance: np.ndarray
    called: np.ndarray
    wanted: np.ndarray
    clusters: np.ndarray
    kind: str

    def only(self, rows: np.ndarray) -> Outcome:
        """Return the outcome of some units."""
        return Outcome(
            self.chance[rows], self.called[rows], self.wanted[rows], self.clusters[rows], self.kind
        )


Estimates = dict[str, tuple[float, float, float]]


def weights_of(clusters: np.ndarray, repetitions: int = REPETITIONS, seed: int = 0) -> np.ndarray:
    """Return how often each unit is drawn, shape (repetitions + 1, n_units); first all once."""
    _, place = np.unique(clusters, return_inverse=True)
    count = int(place.max()) + 1 if len(place) else 0
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / max(count, 1)),
                                                    size=repetitions)  # fmt: skip
    return np.vstack([np.ones(len(place), np.int64), drawn[:, place]]).astype(np.float32)


def estimates(outcome: Outcome, *, auc: bool = True, seed: int = 0) -> Estimates:
    """Return the measures of an outcome, each with its 95 % interval over clusters.

    `macro_f1`, `micro_f1` (equal to accuracy for one frame a unit; of a binary frame both its
    values count), `auc` (mean over frames), `brier`, `ece` (mean over frames; no interval).
    Frames that no unit has and none is called are left out of the mean of `macro_f1`, in each
    resample anew.
    """
    drawn = weights_of(outcome.clusters, seed=seed)
    found = f1_draws(outcome, drawn)
    found["brier"] = drawn @ ((outcome.chance - outcome.wanted) ** 2).mean(axis=1) / drawn.sum(1)
    if auc:
        some = drawn[:201]
        areas = np.array([auc_draws(outcome.chance[:, at], outcome.wanted[:, at], some)
                          for at in range(outcome.chance.shape[1])])  # fmt: skip
        with np.errstate(invalid="ignore"):
            found["auc"] = np.nansum(areas, axis=0) / np.isfinite(areas).sum(axis=0)
    result = {name: interval(draws) for name, draws in found.items()}
    errors = [calibration_error(outcome.chance[:, at], outcome.wanted[:, at])
              for at in range(outcome.chance.shape[1])]  # fmt: skip
    result["ece"] = (float(np.mean(errors)), np.nan, np.nan)
    return result


def interval(draws: np.ndarray) -> tuple[float, float, float]:
    """Return the first value with the 2.5 and 97.5 percentile of the others.

    Draws that are all alike, as those of one cluster, do not show how much it varies: no interval.

    Examples
    --------
    >>> interval(np.array([0.5, 0.5, 0.5]))
    (0.5, nan, nan)
    """
    rest = draws[1:][np.isfinite(draws[1:])]
    known = len(rest) > 0 and np.ptp(rest) > ROUNDING
    low, high = np.percentile(rest, [2.5, 97.5]) if known else (np.nan, np.nan)
    return float(draws[0]), float(low), float(high)


def f1_draws(outcome: Outcome, drawn: np.ndarray) -> dict[str, np.ndarray]:
    """Return macro-F1, over the frames marked or called in it, and micro-F1 for each resample."""
    called, wanted = outcome.called, outcome.wanted
    if outcome.kind == "binary":
        called, wanted = np.column_stack([~called, called]), np.column_stack([~wanted, wanted])
    hits = drawn @ (called & wanted).astype(np.float32)
    both = drawn @ (called.astype(np.float32) + wanted)
    with np.errstate(invalid="ignore", divide="ignore"):
        macro = np.nansum(2 * hits / both, axis=1) / (both > 0).sum(axis=1, dtype=np.float32)
        micro = 2 * hits.sum(axis=1) / both.sum(axis=1)
    return {"macro_f1": macro, "micro_f1": micro}


def auc_draws(chance: np.ndarray, wanted: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return the area under the ROC curve for each resample; NaN where one side is empty.

    Examples
    --------
    >>> auc_draws(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1]), np.ones((1, 4))).tolist()
    [0.75]
    """
    order = np.argsort(chance, kind="stable")
    values, wanted, drawn = chance[order], wanted[order].astype(bool), drawn[:, order]
    _, place = np.unique(values, return_inverse=True)
    first = np.flatnonzero(np.diff(place, prepend=-1))
    good = np.add.reduceat(np.where(wanted, drawn, 0), first, axis=1)
    bad = np.add.reduceat(np.where(wanted, 0, drawn), first, axis=1)
    below = np.cumsum(bad, axis=1) - bad / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        found: np.ndarray = (good * below).sum(1) / (good.sum(1) * bad.sum(1))
    return found


def frame_rows(outcome: Outcome, frames: tuple[str, ...]) -> list[dict[str, float | str]]:
    """Return one row a frame: precision, recall, F1 with interval, AUC, ECE, prevalences."""
    drawn = weights_of(outcome.clusters)
    rows: list[dict[str, float | str]] = []
    for at, frame in enumerate(frames):
        called, wanted = outcome.called[:, at], outcome.wanted[:, at]
        hits = drawn @ (called & wanted).astype(np.float32)
        with np.errstate(invalid="ignore", divide="ignore"):
            f1 = 2 * hits / (drawn @ called + drawn @ wanted)
        low, high = interval(f1)[1:]
        rows.append({
            "frame": frame, "n": int(wanted.sum()), "n_called": int(called.sum()),
            "precision": _share(hits[0], called.sum()), "recall": _share(hits[0], wanted.sum()),
            "f1": float(np.nan_to_num(f1[0])), "f1_low": low, "f1_high": high,
            "auc": float(auc_draws(outcome.chance[:, at], wanted, drawn[:1])[0]),
            "ece": calibration_error(outcome.chance[:, at], wanted),
            "prevalence": float(wanted.mean()),
            "prevalence_predicted": float(outcome.chance[:, at].mean()),
        })  # fmt: skip
    return rows


def reliability_rows(outcome: Outcome, frames: tuple[str, ...]) -> list[dict[str, float | str]]:
    """Return one row a bin and frame: mean probability, observed share with Wilson interval, n."""
    rows: list[dict[str, float | str]] = []
    for at, frame in enumerate(frames):
        for part in equal_bins(outcome.chance[:, at]):
            observed, n = float(outcome.wanted[part, at].mean()), len(part)
            low, high = wilson(observed, n)
            rows.append({
                "frame": frame, "predicted": float(outcome.chance[part, at].mean()),
                "observed": observed, "low": low, "high": high, "n": n,
            })  # fmt: skip
    return rows


def group_rows(
    outcome: Outcome, groups: np.ndarray, least: int = 20
) -> list[dict[str, float | str]]:
    """Return false-positive rate and calibration error of each group of `least` units or more.

    The calibration error is the mean predicted minus the observed share, pooled over frames; of
    exactly one frame a unit, the probability of the called frame minus the share called rightly.
    Intervals over clusters.
    """
    rows: list[dict[str, float | str]] = []
    for name in sorted({str(value) for value in groups}):
        mine = np.flatnonzero(groups.astype(str) == name)
        if len(mine) < least:
            continue
        part = outcome.only(mine)
        drawn = weights_of(part.clusters)
        wrong = drawn @ (part.called & ~part.wanted).sum(axis=1).astype(np.float32)
        free = drawn @ (~part.wanted).sum(axis=1).astype(np.float32)
        gap = part.chance - part.wanted
        if part.kind == "single":
            gap = np.where(part.called, gap, 0).sum(axis=1, keepdims=True)
        excess = drawn @ gap.mean(axis=1) / drawn.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            measures = {"false_positive_rate": wrong / free, "calibration_error": excess}
        for measure, draws in measures.items():
            value, low, high = interval(draws)
            rows.append({"group": name, "measure": measure, "estimate": value, "low": low,
                         "high": high, "n": len(mine)})  # fmt: skip
    return rows


def within_auc(outcome: Outcome, groups: np.ndarray) -> float:
    """Return the AUC inside groups, weighted by pairs: what is left when groups explain nothing."""
    total, pairs = 0.0, 0.0
    for name in np.unique(groups.astype(str)):
        mine = groups.astype(str) == name
        for at in range(outcome.chance.shape[1]):
            wanted = outcome.wanted[mine, at]
            count = float(wanted.sum() * (~wanted).sum())
            if count:
                one = np.ones((1, int(mine.sum())), np.float32)
                total += count * float(auc_draws(outcome.chance[mine, at], wanted, one)[0])
                pairs += count
    return total / pairs if pairs else np.nan


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else np.nan
