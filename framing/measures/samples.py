"""Samples as arrays: numbers, groups, and the spread that is more than rounding."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike

from framing.tables import BadInput

ROUNDING = 1e-12  # of the largest value
TRUTHS = ("0", "1", "0.0", "1.0", "False", "True")


def numbers(values: ArrayLike, *, finite: bool = True) -> np.ndarray:
    """Return values as a flat array of floats; text is refused, and infinity unless allowed."""
    try:
        array = np.asarray(values, float).ravel()
    except (TypeError, ValueError) as error:
        raise BadInput(f"numbers are needed: {error}") from None
    if finite and np.isinf(array).any():
        raise BadInput("numbers must be finite; leave infinite ones out, or make them NaN")
    return array


def sample(values: ArrayLike, *, finite: bool = True) -> np.ndarray:
    """Return numbers without NaN."""
    array = numbers(values, finite=finite)
    return array[~np.isnan(array)]


def sides(first: ArrayLike) -> np.ndarray:
    """Return who belongs to the first group; a name, or what is missing, belongs to neither.

    Examples
    --------
    >>> sides([1, 0, True]).tolist()
    [True, False, True]
    """
    array = np.asarray(first)
    if array.dtype.kind == "b":
        return array
    for row, value in enumerate(array.ravel().tolist()):
        if isinstance(value, str) or str(value) not in TRUTHS:
            raise BadInput(f"row {row} has {value!r} for its group; it should be true for group 1 "
                           "and false for group 2, as in table[by] == name")  # fmt: skip
    return array.astype(bool)


def group_codes(names: ArrayLike) -> np.ndarray:
    """Number the groups; a missing name (None, NaN) is a group of its own.

    Examples
    --------
    >>> group_codes(["b", None, "a", "b", np.nan]).tolist()
    [0, 2, 1, 0, 3]
    """
    import pandas as pd

    codes = pd.factorize(np.asarray(names, object).ravel())[0]
    codes[codes < 0] = codes.max(initial=-1) + 1 + np.arange((codes < 0).sum())
    return codes


def means(values: np.ndarray, codes: np.ndarray, weights: ArrayLike = 1.0) -> np.ndarray:
    """Return the mean of each group."""
    weights = np.broadcast_to(weights, values.shape)
    return np.bincount(codes, weights * values) / np.bincount(codes, weights)


def cluster_means(
    values: np.ndarray, side: np.ndarray, codes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean of each cluster and the side it lies in; both sides are refused."""
    share = means(side.astype(float), codes)
    if ((share > 0) & (share < 1)).any():
        raise BadInput(
            "a cluster has documents of both groups; compare inside it (within=, event_effects)"
        )
    return means(values, codes), share > 0


def negligible(spread: float, *values: np.ndarray) -> bool:
    """Say whether a spread is no more than the rounding of values of this size, or NaN.

    Examples
    --------
    >>> values = np.array([0.1, 0.1, 0.1])
    >>> bool(values.std() > 0), negligible(values.std(), values)
    (True, True)
    """
    return not spread > ROUNDING * max(float(np.abs(array).max(initial=0)) for array in values)


def warn_unknown(what: str, units: int) -> None:
    """Say why there is no p and no interval."""
    why = "too few units to see how they vary" if units < 2 else "no spread beyond rounding"
    warnings.warn(f"{what}: {why}, so error and p are not known", stacklevel=3)


def t_test(
    estimate: float, error: float, freedom: int, values: np.ndarray
) -> tuple[float, float, float]:
    """Return p and the bounds of the 95 % t interval; NaN without an error beyond rounding.

    Examples
    --------
    >>> [round(x, 4) for x in t_test(2.0, 1.0, 10, np.array([3.0, 5.0]))]
    [0.0734, -0.2281, 4.2281]
    """
    from scipy import stats

    if negligible(error, values) or freedom < 1:
        return np.nan, np.nan, np.nan
    reach = float(stats.t.ppf(0.975, freedom)) * error
    p = float(2 * stats.t.sf(abs(estimate) / error, freedom))
    return p, estimate - reach, estimate + reach
