"""Terms that mark the party of a speaker, and whether they do so in other speakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.measures.dispersion import sparse_dp
from framing.measures.keyness import SCALE, log_odds
from framing.measures.samples import sides
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

CRITICAL = 1.96
SMALL = 1e-12


@dataclass(frozen=True)
class Rules:
    """What a term must have to be kept.

    Attributes
    ----------
    min_uses, min_speakers : int
        Uses and speakers of both groups together.
    z : float
        Least absolute z, and least absolute z over speakers.
    per_side : int
        At most so many of each direction, those with the largest absolute z over speakers.
    """

    min_uses: int = 20
    min_speakers: int = 10
    z: float = CRITICAL
    per_side: int = 750


@dataclass(frozen=True)
class Stability:
    """What other speakers say; medians over random splits of the speakers into two halves.

    Attributes
    ----------
    correlation, low, high : float
        Of z in one half with z in the other, over all terms with half the uses in each half.
    kept, kept_low, kept_high : float
        Of the terms that the rules pick in one half, the share with the same direction in the
        other half, where they were not picked; low and high hold .95 of the splits.
    n_picked : int
        Terms picked in a half.
    splits : int
    """

    correlation: float
    low: float
    high: float
    kept: float
    kept_low: float
    kept_high: float
    n_picked: int
    splits: int


def slant_terms(
    counts: Any, first: ArrayLike, terms: ArrayLike, *, rules: Rules | None = None,
    splits: int = 100, seed: int = 0,
) -> tuple[pd.DataFrame, Stability]:  # fmt: skip
    """Return the terms that mark one of two groups of speakers.

    Parameters
    ----------
    counts : sparse or dense array, shape (n_speakers, n_terms)
        Uses of each term by each speaker.
    first : array of bool, shape (n_speakers,)
        True for the group that a positive z marks.
    terms : array of str, shape (n_terms,)
    rules : Rules, optional
    splits : int
        Into halves of the speakers of each group.
    seed : int

    Returns
    -------
    table : pandas.DataFrame
        Sorted by z: `term, first` (the direction), `z, z_speakers, n, n_first, speakers, dp`
        (Gries' dispersion over speakers, 0 even), `stable`: the share of halves of the speakers
        in which the term has the same direction (halves hold speakers it was learnt from).
    stability : Stability

    Notes
    -----
    z is the log-odds ratio with informative Dirichlet prior over its standard error (`log_odds`),
    which takes every use for independent. `z_speakers` is the smaller of two z whose error comes
    from speakers instead, by linearisation of the two log odds (Cochran 1977, ch. 6), where that is
    larger; it is 0 where the second has another sign than z:

    - with all speakers;
    - without the uses of the heaviest user: from every term at once, the uses of the one of each
      group who uses that term most are taken away. Delta, its variance and the prior are those of
      these reduced uses, the words of a group being their sum over all terms; they are not the
      words of the speakers who remain, which differ from term to term and stand in the error only.
      Delta therefore compares a term without its heaviest user with other terms without theirs.

    So a term of one long-winded committee chairman has a large z and hardly any over speakers.

    Examples
    --------
    >>> counts = np.array([[9, 1, 500], [8, 2, 500], [9, 3, 500], [1, 9, 500], [2, 8, 500],
    ...                    [3, 9, 500]]) * 30
    >>> first = [True, True, True, False, False, False]
    >>> names, rules = ["relief", "breaks", "today"], Rules(min_speakers=2)
    >>> table, _ = slant_terms(counts, first, names, rules=rules, splits=4)
    >>> table[["term", "first", "n", "stable"]].values.tolist()
    [['relief', True, 960, 1.0], ['breaks', False, 960, 1.0]]
    """
    import pandas as pd
    from scipy import sparse

    rules = rules or Rules()
    table = sparse.csr_array(counts).astype(float)
    mine, names = sides(first), np.asarray(terms, object)
    _check_shapes(table.shape, mine, names)
    z, z_speakers = _scores(table, mine)
    n = np.asarray(table.sum(axis=0)).ravel()
    speakers = np.diff(sparse.csc_array(table).indptr)
    same, stability = _stability(table, mine, np.sign(z), rules, splits, seed)
    found = pd.DataFrame({
        "term": names, "first": z > 0, "z": z, "z_speakers": z_speakers, "n": n.astype(int),
        "n_first": np.asarray(table[mine].sum(axis=0)).ravel().astype(int), "speakers": speakers,
        "dp": sparse_dp(sparse.csc_array(table), np.asarray(table.sum(axis=1)).ravel()),
        "stable": same,
    })  # fmt: skip
    found = found[_picked(z, z_speakers, n, speakers, rules)]
    return found.sort_values("z", ascending=False, kind="stable", ignore_index=True), stability


def _check_shapes(shape: tuple[int, ...], first: np.ndarray, terms: np.ndarray) -> None:
    if (len(first), len(terms)) != shape:
        raise BadInput(f"{len(first)} speakers and {len(terms)} terms for counts of shape {shape}")
    if min(first.sum(), (~first).sum()) < 2:
        raise BadInput("terms of two groups are learnt from two speakers or more in each")


def _scores(table: Any, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return z, and z over speakers; see the notes of `slant_terms`."""
    parts = [table[mask] for mask in (first, ~first)]
    z, robust = _z([_sums(part) for part in parts])
    _, rest = _z([_sums(part, without_heaviest=True) for part in parts])
    sign = np.sign(z)
    return z, sign * np.clip(np.minimum(robust * sign, rest * sign), 0, None)


def _sums(part: Any, without_heaviest: bool = False) -> tuple[np.ndarray, ...]:
    """Return uses of each term in a group, their squared residuals, and the words of the group."""
    words = np.asarray(part.sum(axis=1)).ravel()
    uses = np.asarray(part.sum(axis=0)).ravel()
    squares = np.asarray(part.power(2).sum(axis=0)).ravel()
    cross = np.asarray(part.T @ words).ravel()
    total, total_squares = words.sum(), (words**2).sum()
    if without_heaviest:
        who = np.asarray(part.argmax(axis=0)).ravel()
        most, its_words = part.max(axis=0).toarray().ravel(), words[who]
        uses, squares = uses - most, squares - most**2
        cross, total_squares = cross - most * its_words, total_squares - its_words**2
        total = total - its_words
    rate = uses / np.maximum(total, 1.0)
    # sum over speakers of (count - rate * words)^2, without a dense table
    residual = np.maximum(squares - 2 * rate * cross + rate**2 * total_squares, 0)
    speakers = int((words > 0).sum()) - without_heaviest
    return uses, residual * speakers / max(speakers - 1, 1), np.broadcast_to(total, uses.shape)


def _z(groups: list[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, np.ndarray]:
    """Return z, and z with the error from speakers where that is larger."""
    (one, _, _), (two, _, _) = groups
    delta, variance = log_odds(one, two)
    prior = (one + two) / max((one + two).sum(), 1.0) * SCALE
    spread = np.zeros_like(delta)
    with np.errstate(invalid="ignore", divide="ignore"):
        for uses, residual, total in groups:
            share = (uses + prior) / (total + SCALE)
            spread += residual / ((total + SCALE) * share * (1 - share)) ** 2
        z = np.nan_to_num(delta / np.sqrt(variance))
        return z, np.nan_to_num(delta / np.sqrt(np.maximum(variance, spread)))


def _picked(
    z: np.ndarray, robust: np.ndarray, n: np.ndarray, speakers: np.ndarray, rules: Rules
) -> np.ndarray:
    enough = (n >= rules.min_uses) & (speakers >= rules.min_speakers)
    clear = enough & (np.abs(z) >= rules.z) & (np.abs(robust) >= rules.z)
    picked = np.zeros(len(z), bool)
    for side in (z > 0, z < 0):
        rows = np.flatnonzero(clear & side)
        order = np.argsort(-np.abs(robust[rows]), kind="stable")
        picked[rows[order[: rules.per_side]]] = True
    return picked


def _stability(
    table: Any, first: np.ndarray, direction: np.ndarray, rules: Rules, splits: int, seed: int
) -> tuple[np.ndarray, Stability]:
    from scipy import sparse

    random = np.random.default_rng(seed)
    same = np.zeros(len(direction))
    figures = []
    for _ in range(splits):
        half = np.zeros(len(first), bool)
        for side in (first, ~first):
            members = random.permutation(np.flatnonzero(side))
            half[members[: len(members) // 2]] = True
        parts = [table[half], table[~half]]
        scores = [_scores(part, first[mask]) for part, mask in zip(parts, (half, ~half),
                                                                   strict=True)]  # fmt: skip
        same += sum((np.sign(z) == direction) / 2 for z, _ in scores)
        uses = [np.asarray(part.sum(axis=0)).ravel() for part in parts]
        people = [np.diff(sparse.csc_array(part).indptr) for part in parts]
        enough = np.minimum(*uses) >= rules.min_uses / 2
        figures.append(_agreement(scores, uses, people, enough, rules))
    values = np.array(figures).reshape(-1, 3)
    return same / max(splits, 1), _summary(values)


def _agreement(
    scores: list[tuple[np.ndarray, np.ndarray]], uses: list[np.ndarray], people: list[np.ndarray],
    enough: np.ndarray, rules: Rules,
) -> tuple[float, float, float]:  # fmt: skip
    """Return correlation of z, share that keeps its direction, and terms picked in a half."""
    one, two = (z[enough] for z, _ in scores)
    varied = len(one) > 2 and one.std() > SMALL and two.std() > SMALL
    correlation = float(np.corrcoef(one, two)[0, 1]) if varied else np.nan
    kept, picked = [], 0
    for here, there in ((0, 1), (1, 0)):
        z, robust = scores[here]
        rows = _picked(z, robust, uses[here], people[here], rules) & (uses[there] > 0)
        kept.append(np.sign(scores[there][0][rows]) == np.sign(z[rows]))
        picked += int(rows.sum())
    shares = np.concatenate(kept)
    return correlation, float(shares.mean()) if len(shares) else np.nan, picked / 2


def _summary(values: np.ndarray) -> Stability:
    if not len(values) or np.isnan(values[:, :2]).all(axis=0).any():
        none = np.nan
        return Stability(none, none, none, none, none, none, 0, len(values))
    middle = np.nanmedian(values, axis=0)
    low, high = np.nanpercentile(values, [2.5, 97.5], axis=0)
    return Stability(
        float(middle[0]), float(low[0]), float(high[0]), float(middle[1]), float(low[1]),
        float(high[1]), int(middle[2]), len(values),
    )  # fmt: skip
