"""How well words tell two groups of speakers apart, and how a text leans by them."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.amounts import count_of
from framing.measures.keyness import row_keys
from framing.measures.samples import sides
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

FEW_SPEAKERS = 20


@dataclass(frozen=True)
class Partisanship:
    """The estimate with what is needed to read it.

    Attributes
    ----------
    estimate : float
        Leave-out; .5 where nothing tells the groups apart, 1 where one word tells for sure.
    low, high : float
        95 % interval by subsampling speakers; NaN without, and where a subsample would take all
        speakers of a group, as of 20 or fewer.
    plug_in : float
        The naive figure, biased upward; for contrast only.
    null_mean, null_high, p : float
        Mean and 95th percentile of the leave-out estimate with shuffled groups, and the share of
        shuffles at or above the estimate.
    n_1, n_2 : int
        Speakers with words in each group.
    """

    estimate: float
    low: float
    high: float
    plug_in: float
    null_mean: float
    null_high: float
    p: float
    n_1: int
    n_2: int


def plug_in(counts: Any, groups: ArrayLike) -> float:
    """Return the plug-in estimate of partisanship: biased upward when texts are short.

    The expected posterior that an observer with an even prior gives to the true group of a speaker
    after one phrase, with the sample's own frequencies for the true ones.

    Parameters
    ----------
    counts : array, shape (n_speakers, n_terms)
    groups : array of bool, shape (n_speakers,)

    Notes
    -----
    Gentzkow, Shapiro and Taddy (2019), Econometrica 87(4), section 4.

    Examples
    --------
    >>> plug_in([[3, 1], [1, 3]], [True, False])
    0.625
    """
    table, first = _checked(counts, groups)
    one, two = _shares(table[first]), _shares(table[~first])
    rho = _posterior(one, two)
    return float(0.5 * one @ rho + 0.5 * two @ (1 - rho))


def leave_out(counts: Any, groups: ArrayLike, speakers: Sequence[Any] | None = None) -> float:
    """Return the leave-out estimate: each speaker is judged by the words of the others.

    Parameters
    ----------
    counts : array, shape (n_rows, n_terms)
        A row a speaker, or several rows a speaker where `speakers` names them.
    groups : array of bool, shape (n_rows,)
    speakers : sequence, optional
        Who speaks in each row; every row of a speaker is left out together. Rows without words
        are passed over.

    Returns
    -------
    float
        Biased downward with fewer than about 20 speakers a group.

    Notes
    -----
    Gentzkow, Shapiro and Taddy (2019), Econometrica 87(4), equation 7.

    Examples
    --------
    >>> counts = [[9, 1], [8, 2], [1, 9], [2, 8]]
    >>> round(leave_out(counts, [True, True, False, False]), 3)
    0.742
    """
    table, first = _checked(counts, groups, speakers)
    if min(first.sum(), (~first).sum()) < 2:
        raise BadInput("leave-out needs two speakers or more in each group")
    sums = {True: table[first].sum(axis=0), False: table[~first].sum(axis=0)}
    totals = {side: float(mine.sum()) for side, mine in sums.items()}
    means = []
    for side in (True, False):
        found = []
        for row in table[first == side]:
            used = np.flatnonzero(row)
            said = row.sum()
            own = (sums[side][used] - row[used]) / max(totals[side] - said, 1e-12)
            other = sums[not side][used] / totals[not side]
            found.append(float((row[used] / said) @ _posterior(own, other)))
        means.append(np.mean(found))
    return float(np.mean(means))


def partisanship(
    counts: Any, groups: ArrayLike, *, speakers: Sequence[Any] | None = None,
    repetitions: int = 100, fraction: float = 0.2, seed: int = 0,
) -> Partisanship:  # fmt: skip
    """Return the leave-out estimate with an interval, a permutation null and the plug-in figure.

    Parameters
    ----------
    counts : array, shape (n_rows, n_terms)
    groups : array of bool, shape (n_rows,)
    speakers : sequence, optional
        As in `leave_out`.
    repetitions : int
        Of the subsampling and of the permutations; 0 leaves both out.
    fraction : float
        Share of the speakers in a subsample; raised so that 20 a group are drawn.
    seed : int

    Notes
    -----
    Interval: subsampling without replacement (Politis, Romano and Wolf 1999), rate the root of the
    number of speakers; a bootstrap would put copies of a speaker on both sides of the leave-out.
    Neither it nor p depends on the order of rows.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> counts = random.poisson(3, (60, 40)) + 1
    >>> found = partisanship(counts, np.arange(60) < 30, repetitions=20)
    >>> found.plug_in > found.estimate, abs(found.estimate - 0.5) < 0.02
    (True, True)
    """
    if repetitions < 0 or not 0 < fraction < 1:
        raise BadInput(f"repetitions={repetitions}, fraction={fraction}: give 0 repetitions or "
                       "more, and a fraction between 0 and 1")  # fmt: skip
    table, first = _checked(counts, groups, speakers)
    order = np.lexsort((row_keys(table), first))
    table, first = table[order], first[order]
    n_1, n_2 = int(first.sum()), int((~first).sum())
    if min(n_1, n_2) < FEW_SPEAKERS:
        warnings.warn(f"{count_of(min(n_1, n_2), 'speaker')} in the smaller group; under "
                      f"about {FEW_SPEAKERS} the leave-out estimate is biased downward",
                      stacklevel=2)  # fmt: skip
    estimate = leave_out(table, first)
    low = high = null_mean = null_high = p = np.nan
    if repetitions:
        random = np.random.default_rng(seed)
        low, high = _subsampled(table, first, estimate, (repetitions, fraction), random)
        null = np.array([leave_out(table, random.permutation(first)) for _ in range(repetitions)])
        null_mean, null_high = float(null.mean()), float(np.quantile(null, 0.95))
        p = float((1 + (null >= estimate).sum()) / (repetitions + 1))
    naive = plug_in(table, first)
    return Partisanship(estimate, low, high, naive, null_mean, null_high, p, n_1, n_2)


def slant(counts: Any, score: ArrayLike, *, texts: Any = None) -> pd.DataFrame:
    """Return the slant of speakers, or of other texts, on the scale of a known score.

    Two regressions: each term's relative frequency on the speakers' score gives an intercept a and
    a slope b; a text's slant is ``sum b (f - a) / sum b^2``.

    Parameters
    ----------
    counts : array, shape (n_speakers, n_terms)
    score : array, shape (n_speakers,)
        Known of the speakers, as the share of votes for one party at home.
    texts : array, shape (n_texts, n_terms), optional
        Texts to place; the speakers themselves by default (in-sample, then).

    Returns
    -------
    pandas.DataFrame
        `slant, n_words`, one row a text; NaN without words.

    Notes
    -----
    Gentzkow and Shapiro (2010), Econometrica 78(1), section 3.

    Examples
    --------
    >>> slant([[9, 1], [5, 5], [1, 9]], [0.9, 0.5, 0.1])["slant"].round(2).tolist()
    [0.9, 0.5, 0.1]
    """
    import pandas as pd

    table = _dense(counts)
    known = np.asarray(score, float)
    if known.shape != (len(table),):
        raise BadInput(f"scores have the shape {known.shape} for {len(table)} speakers")
    used = table.sum(axis=1) > 0
    for at in np.flatnonzero(used & ~np.isfinite(known))[:1]:
        raise BadInput(f"score {at + 1} is {known[at]:g}; leave speakers without a score out")
    shares = table[used] / table[used].sum(axis=1, keepdims=True)
    design = np.column_stack([np.ones(used.sum()), known[used]])
    (a, b), _, rank, _ = np.linalg.lstsq(design, shares, rcond=None)
    if rank < 2 or not (b @ b) > 1e-18:
        raise BadInput("no term varies with the score; nothing can be placed by it")
    placed = table if texts is None else _dense(texts)
    if placed.shape[1] != table.shape[1]:
        raise BadInput(f"texts have {placed.shape[1]} terms, the speakers {table.shape[1]}")
    words = placed.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (placed / words[:, None] - a) @ b / (b @ b)
    return pd.DataFrame({"slant": found, "n_words": words.astype(int)})


def _checked(
    counts: Any, groups: ArrayLike, speakers: Sequence[Any] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and groups of the speakers that have words, a row a speaker."""
    table, first = _dense(counts), sides(groups)
    if first.shape != (len(table),):
        raise BadInput(f"{len(first)} groups for {len(table)} rows of counts")
    if speakers is not None and len(speakers) != len(table):
        raise BadInput(f"{len(speakers)} speakers for {len(table)} rows of counts")
    used = table.sum(axis=1) > 0
    table, first = table[used], first[used]
    if speakers is not None:
        table, first = _by_speaker(table, first, list(itertools.compress(speakers, used)))
    if first.all() or not first.any():
        raise BadInput("all speakers with words are in one group; partisanship compares two")
    return table, first


def _dense(counts: Any) -> np.ndarray:
    found = counts.toarray() if hasattr(counts, "toarray") else counts
    table = np.asarray(found, float)
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any():
        raise BadInput("counts are a table of numbers of 0 or more, a row a speaker")
    return table


def _shares(table: np.ndarray) -> np.ndarray:
    total = table.sum(axis=0)
    found: np.ndarray = total / total.sum()
    return found


def _posterior(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        found: np.ndarray = np.nan_to_num(one / (one + two), nan=0.5)
    return found


def _by_speaker(
    table: np.ndarray, first: np.ndarray, speakers: list[Any]
) -> tuple[np.ndarray, np.ndarray]:
    names: dict[Any, int] = {}
    place = np.array([names.setdefault(name, len(names)) for name in speakers])
    found = np.zeros((len(names), table.shape[1]))
    np.add.at(found, place, table)
    side = np.zeros(len(names))
    np.add.at(side, place, first)
    rows = np.bincount(place)
    if ((side > 0) & (side < rows)).any():
        name = list(names)[int(np.flatnonzero((side > 0) & (side < rows))[0])]
        raise BadInput(f"speaker {name!r} stands in both groups")
    return found, side > 0


def _subsampled(
    table: np.ndarray, first: np.ndarray, estimate: float, how: tuple[int, float], random: Any
) -> tuple[float, float]:
    repetitions, fraction = how
    sides = [np.flatnonzero(first), np.flatnonzero(~first)]
    least = max(min(FEW_SPEAKERS / len(side), 1.0) for side in sides)
    share = max(fraction, least)
    if share >= 1:
        warnings.warn(f"no interval: a subsample of {FEW_SPEAKERS} speakers or more would take all "
                      f"{min(map(len, sides))} of the smaller group", stacklevel=3)  # fmt: skip
        return np.nan, np.nan
    sizes = [max(2, round(share * len(side))) for side in sides]
    drawn = []
    for _ in range(repetitions):
        rows = np.concatenate([random.choice(side, size, replace=False)
                               for side, size in zip(sides, sizes, strict=True)])  # fmt: skip
        drawn.append(leave_out(table[rows], first[rows]))
    whole = len(table)
    scale = np.sqrt(sum(sizes) / (whole - sum(sizes)))
    spread = (np.array(drawn) - np.mean(drawn)) * scale
    low, high = np.quantile(spread, [0.025, 0.975])
    return estimate - float(high), estimate - float(low)
