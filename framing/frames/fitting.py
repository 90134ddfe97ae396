"""Fitting: folds inside the training part give scores of unseen units, those the calibration."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp

from framing.frames.calibration import (
    Curve,
    apply_curves,
    choose,
    fit_curve,
    prevalence_thresholds,
    sigmoid,
)  # fmt: skip
from framing.frames.encoder import VectorPool
from framing.frames.features import Block, Pool
from framing.frames.finetune import TunedPool
from framing.frames.folds import grouped_folds
from framing.tables import BadInput
from framing.text.document import Document

STRENGTHS = (1.0, 0.25, 0.0625)


@dataclass(frozen=True)
class Settings:
    """How a classifier learns; see `framing.frames.classifier.FrameClassifier`."""

    kind: str
    C: float = 1.0
    balanced: bool = True
    calibration: str = "auto"
    thresholds: str = "prevalence"
    folds: int = 5
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Head:
    """Blocks and the weights of their columns.

    Attributes
    ----------
    blocks : list of Block
    weights : numpy.ndarray of float32, shape (n_frames, n_columns)
    bias : numpy.ndarray of float, shape (n_frames,)
    """

    blocks: list[Block]
    weights: np.ndarray
    bias: np.ndarray

    def scaled(self, factor: float) -> Head:
        """Return the head with all its scores multiplied."""
        return Head(self.blocks, (self.weights * factor).astype(np.float32), self.bias * factor)

    def scores(self, columns: Any) -> np.ndarray:
        """Return the scores of units whose columns are given."""
        found: np.ndarray = columns @ self.weights.T.astype(float) + self.bias
        return found


@dataclass(frozen=True, eq=False)
class Fitted:
    """What fitting has found: heads that score, curves, thresholds and bands.

    Attributes
    ----------
    heads : list of Head
        Their probabilities are averaged before the curves.
    curves : list
        One a frame, see `framing.frames.calibration`.
    thresholds : numpy.ndarray
        One a frame.
    single : bool
    """

    heads: list[Head]
    curves: list[Curve]
    thresholds: np.ndarray
    single: bool

    def chances(self, documents: Sequence[Document]) -> np.ndarray:
        """Return the probability of each frame, shape (n_documents, n_frames)."""
        found = [head.scores(stack([b.transform(documents) for b in head.blocks]))
                 for head in self.heads]  # fmt: skip
        return apply_curves(together(found), self.curves, single=self.single)

    def chances_of(self, pools: Sequence[Sequence[Pool]], rows: np.ndarray) -> np.ndarray:
        """Return the same of rows that the pools have read."""
        found = [head.scores(_columns(mine, head.blocks, rows))
                 for head, mine in zip(self.heads, pools, strict=True)]  # fmt: skip
        return apply_curves(together(found), self.curves, single=self.single)

    def chosen(self, chance: np.ndarray) -> np.ndarray:
        """Return which frames are called."""
        return choose(chance, self.thresholds, single=self.single)


def stack(parts: Sequence[Any]) -> Any:
    """Return columns side by side."""
    return sp.hstack([sp.csr_matrix(part) for part in parts], format="csr")


def together(scores: Sequence[np.ndarray]) -> np.ndarray:
    """Return the scores of one head, or the log-odds of the mean probability of several."""
    if len(scores) == 1:
        return scores[0]
    mean = np.clip(np.mean([sigmoid(one) for one in scores], axis=0), 1e-9, 1 - 1e-9)
    found: np.ndarray = np.log(mean / (1 - mean))
    return found


def fit(
    pools: Sequence[Sequence[Pool]], wanted: np.ndarray, groups: np.ndarray, rows: np.ndarray,
    settings: Settings,
) -> Fitted:  # fmt: skip
    """Fit heads on some rows; curves and thresholds from folds inside them.

    Parameters
    ----------
    pools : sequence of sequences of Pool
        For each head the pools it sees.
    wanted : numpy.ndarray of bool, shape (n_units, n_frames)
        Of all units.
    groups : numpy.ndarray of int
        Of all units; no group lies in two inner folds.
    rows : numpy.ndarray of int
        The units to learn from.
    settings : Settings
    """
    mine = wanted[rows]
    inner = grouped_folds(groups[rows], mine, settings.folds, settings.seed)
    tried = [_best(part, wanted, rows, inner, settings) for part in pools]
    parts, tuned = zip(*tried, strict=True)
    heat = [1.0] if len(pools) == 1 else [_sharpness(one, mine) for one in parts]
    scores = together([one * factor for one, factor in zip(parts, heat, strict=True)])
    single = settings.kind == "single"
    curves = [
        fit_curve(scores[:, at], mine[:, at], settings.calibration) for at in range(mine.shape[1])
    ]
    chance = apply_curves(scores, curves, single=single)
    heads = [_fit_head(part, wanted, rows, one).scaled(factor)
             for part, one, factor in zip(pools, tuned, heat, strict=True)]  # fmt: skip
    thresholds = np.full(mine.shape[1], 0.5)
    if settings.thresholds == "prevalence":
        thresholds = prevalence_thresholds(chance, mine)
    return Fitted(heads, curves, thresholds, single)


def _best(
    part: Sequence[Pool], wanted: np.ndarray, rows: np.ndarray, inner: np.ndarray,
    settings: Settings,
) -> tuple[np.ndarray, Settings]:  # fmt: skip
    """Return the scores of units left out, and the settings that gave them.

    Where there are fewer than two units for each number of a vector, the inner folds choose how
    strongly the vectors' weights are held back; with more, the choice made F1 no better.
    """
    first = part[0]
    if not isinstance(first, VectorPool) or len(rows) >= 2 * first.raw.shape[1]:
        return _unseen(part, wanted, rows, inner, settings), settings
    tried = [replace(settings, C=settings.C * strength) for strength in STRENGTHS]
    found = [(_unseen(part, wanted, rows, inner, one), one) for one in tried]
    return min(found, key=lambda one: _loss(one[0], wanted[rows]))


def _unseen(
    part: Sequence[Pool], wanted: np.ndarray, rows: np.ndarray, inner: np.ndarray,
    settings: Settings,
) -> np.ndarray:  # fmt: skip
    """Return the scores of units by heads fitted on the other inner folds."""
    found = np.empty(wanted[rows].shape)
    for fold in np.unique(inner):
        head = _fit_head(part, wanted, rows[inner != fold], settings)
        found[inner == fold] = head.scores(_columns(part, head.blocks, rows[inner == fold]))
    return found


def _loss(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Return the log loss of scores once sigmoid curves are fitted to them."""
    curves = [fit_curve(scores[:, at], wanted[:, at], "sigmoid") for at in range(wanted.shape[1])]
    chance = np.clip(apply_curves(scores, curves, single=False), 1e-9, 1 - 1e-9)
    return float(-np.log(np.where(wanted, chance, 1 - chance)).mean())


def _sharpness(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Return by what to multiply scores so that they are log-odds (1 / temperature)."""
    from scipy.optimize import minimize_scalar

    sign = np.where(wanted, 1.0, -1.0)
    found = minimize_scalar(
        lambda log: float(np.logaddexp(0, -sign * scores * np.exp(log)).mean()),
        bounds=(-4, 3), method="bounded",
    )  # fmt: skip
    return float(np.exp(found.x))


def _columns(pools: Sequence[Pool], blocks: Sequence[Block], rows: np.ndarray) -> Any:
    return stack([pool.columns(block, rows) for pool, block in zip(pools, blocks, strict=True)])


def _fit_head(
    pools: Sequence[Pool], wanted: np.ndarray, rows: np.ndarray, settings: Settings
) -> Head:
    if isinstance(pools[0], TunedPool):
        frames = wanted.shape[1]
        block = pools[0].learn_for(rows, wanted, settings.kind, settings.seed)
        return Head([block], np.eye(frames, dtype=np.float32), np.zeros(frames))
    blocks = [pool.learn(rows) for pool in pools]
    columns = _columns(pools, blocks, rows)
    if not columns.shape[1]:
        raise BadInput("nothing to learn from: no term is in as many of the texts as min_df says, "
                       "and no measures or vectors were asked for")  # fmt: skip
    weights = np.zeros((wanted.shape[1], columns.shape[1]), np.float32)
    bias = np.zeros(wanted.shape[1])
    for frame in range(wanted.shape[1]):
        weights[frame], bias[frame] = _line(columns, wanted[rows, frame], settings)
    return Head(blocks, weights, bias)


def _line(columns: Any, wanted: np.ndarray, settings: Settings) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression

    if wanted.all() or not wanted.any():
        return np.zeros(columns.shape[1]), 10.0 if wanted.any() else -10.0
    model = LogisticRegression(
        C=settings.C, class_weight="balanced" if settings.balanced else None, solver="liblinear",
        dual=True, tol=1e-3, max_iter=300, random_state=settings.seed,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # near its optimum is near enough for 100,000 columns
        model.fit(columns, wanted)
    return model.coef_[0], float(model.intercept_[0])
