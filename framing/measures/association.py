"""Two-by-two tables of a term: chi2, G2, PMI, log ratio and %DIFF, with their conventions.

Everywhere the cells are named as in

====================  =========  =========
..                    group 1    group 2
====================  =========  =========
the term              a          b
all other words       c          d
====================  =========  =========

so a + c and b + d are the sizes of the groups. For a pair of words read "with the second word"
and "without it" for the groups; chi2, G2 and PMI do not change when rows and columns are swapped.
All functions take numbers or arrays of one shape, pass NaN on, and count every occurrence as
independent, which words of one article are not: rank by them, and take intervals from
`framing.measures.keyness`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

CORRECTIONS = ("none", "yates", "conditional", "williams")
SMALL_EXPECTATION = 5.0


def cells(
    count_1: ArrayLike, total_1: ArrayLike, count_2: ArrayLike, total_2: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the cells a, b, c, d of a term from its counts and the sizes of the groups.

    Examples
    --------
    >>> [float(cell) for cell in cells(3, 10, 1, 20)]
    [3.0, 1.0, 7.0, 19.0]
    """
    one, whole, two, other = _arrays(count_1, total_1, count_2, total_2)
    return _checked(one, two, whole - one, other - two)


def chi2(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    correction: str = "none",
    signed: bool = False,
) -> Any:
    """Pearson's chi-squared of a two-by-two table.

    ``N (|ad - bc| - y)^2 / ((a + b)(c + d)(a + c)(b + d))`` with y = 0.

    Parameters
    ----------
    a, b, c, d : float or array
        The cells (see the module).
    correction : {"none", "yates", "conditional", "williams"}
        ``yates``: y = min(N / 2, |ad - bc|). ``conditional``: the same, but only where an expected
        count is below 5 and |ad - bc| >= N / 2, as quanteda.textstats does under the names
        "default" and "yates". ``williams``: the uncorrected value over q (see `g2`); tables with
        an empty cell stay as they are.
    signed : bool
        Give the value the sign of ad - bc: positive where the term marks group 1.

    Returns
    -------
    float or numpy.ndarray
        NaN where a row or column of the table is empty.

    Notes
    -----
    Yates (1934), JRSS Supplement 1; Williams (1976), Biometrika 63.

    Examples
    --------
    >>> round(chi2(10, 0, 3, 31764), 1), round(chi2(12, 5, 7, 9, correction="yates"), 4)
    (24441.5, 1.456)
    """
    return _statistic("chi2", _checked(a, b, c, d), correction, signed)


def g2(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    correction: str = "none",
    signed: bool = False,
) -> Any:
    """Dunning's log-likelihood ratio of a two-by-two table.

    ``G2 = 2 sum O ln(O / E)`` over the four cells, with E = row total * column total / N and
    0 ln 0 = 0.

    Parameters
    ----------
    a, b, c, d : float or array
        The cells (see the module).
    correction : {"none", "yates", "conditional", "williams"}
        ``yates`` moves every cell by min(.5, |O - E|) towards its expectation; ``conditional``
        moves by .5 only where an expected count is below 5 and |ad - bc| > N / 2 (what
        quanteda.textstats applies by default, although it documents Williams). ``williams``
        divides by q = 1 + (N/(a+b) + N/(c+d) - 1)(N/(a+c) + N/(b+d) - 1) / 6N, and leaves tables
        with an empty cell as they are.
    signed : bool
        Give the value the sign of ad - bc.

    Returns
    -------
    float or numpy.ndarray
        NaN where a row or column of the table is empty.

    Notes
    -----
    Dunning (1993), Computational Linguistics 19(1). The four-cell form: the two-cell form of some
    corpus tools leaves out c and d and is smaller.

    Examples
    --------
    >>> round(g2(10, 0, 3, 31764), 2)
    167.23
    """
    return _statistic("g2", _checked(a, b, c, d), correction, signed)


def pmi(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    base: float = 2.0,
    normalised: bool = False,
) -> Any:
    """Pointwise mutual information of term and group (or of two words).

    ``log(a N / ((a + b)(a + c)))``; -inf where a is 0 but the term and the group have words.

    Parameters
    ----------
    a, b, c, d : float or array
        The cells (see the module).
    base : float
        Of the logarithm: 2 for bits (Church and Hanks), e for quanteda's convention.
    normalised : bool
        Divide by ``-log(a / N)``, so that it lies in [-1, 1] (Bouma 2009); -1 where it is -inf.

    Returns
    -------
    float or numpy.ndarray
        NaN where a + b or a + c is 0, as nothing is known of the term or of the group; normalised
        also where a is all there is, as 0 / 0.

    Notes
    -----
    Church and Hanks (1990), Computational Linguistics 16(1). It is largest for the rarest terms;
    read it beside the counts.

    Examples
    --------
    >>> round(pmi(8, 1097, 36, 14998859), 2)
    11.27
    """
    one, two, three, four = _checked(a, b, c, d)
    total = one + two + three + four
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(one * total / ((one + two) * (one + three)))
        if normalised:
            value = np.where(np.isneginf(value), -1.0, value / -np.log(one / total))
    return _plain(value if normalised else value / np.log(base))


def log_ratio(
    count_1: ArrayLike,
    total_1: ArrayLike,
    count_2: ArrayLike,
    total_2: ArrayLike,
    *,
    zero: float = 0.5,
) -> Any:
    """Binary logarithm of the ratio of two relative frequencies: 1 means twice as frequent.

    Parameters
    ----------
    count_1, count_2 : float or array
        Uses in each group.
    total_1, total_2 : float or array
        Words of each group.
    zero : float
        Put in place of a count of 0; with 0 the result is infinite.

    Returns
    -------
    float or numpy.ndarray
        NaN where both counts are 0, or a group has no words.

    Notes
    -----
    Hardie (2014), "Log Ratio: an informal introduction", with .5 for a count of 0.

    Examples
    --------
    >>> log_ratio(40, 1000, 10, 1000), log_ratio(4, 1000, 0, 1000)
    (2.0, 3.0)
    """
    a, b, c, d = cells(count_1, total_1, count_2, total_2)
    one, two = np.where(a > 0, a, zero), np.where(b > 0, b, zero)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log2(one / (a + c)) - np.log2(two / (b + d))
    unknown = ((a == 0) & (b == 0)) | (a + c == 0) | (b + d == 0)
    return _plain(np.where(unknown, np.nan, value))


def percent_diff(
    count_1: ArrayLike,
    total_1: ArrayLike,
    count_2: ArrayLike,
    total_2: ArrayLike,
    *,
    zero: float = 0.0,
) -> Any:
    """%DIFF: by how many per cent the relative frequency in group 1 exceeds that in group 2.

    ``100 (f1 - f2) / f2`` with f = count / total.

    Parameters
    ----------
    count_1, count_2 : float or array
        Uses in each group.
    total_1, total_2 : float or array
        Words of each group.
    zero : float
        Put in place of a relative frequency f2 of 0. The default gives infinity; Gabrielatos and
        Marchi put 1e-18.

    Returns
    -------
    float or numpy.ndarray
        NaN where both counts are 0 and `zero` is 0, or a group has no words.

    Notes
    -----
    Gabrielatos and Marchi (2011), "Keyness: matching metrics to definitions".

    Examples
    --------
    >>> round(percent_diff(206523, 959641, 178174, 1562358), 1)
    88.7
    """
    a, b, c, d = cells(count_1, total_1, count_2, total_2)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = a / (a + c), b / (b + d)
        second = np.where(second == 0, zero, second)
        return _plain(100 * (first - second) / second)


def association(
    count_1: ArrayLike,
    total_1: ArrayLike,
    count_2: ArrayLike,
    total_2: ArrayLike,
    *,
    correction: str = "none",
) -> pd.DataFrame:
    """Return all measures of this module for many terms.

    Parameters
    ----------
    count_1, count_2, total_1, total_2 : array
        As in `log_ratio`.
    correction : str
        As in `chi2`; for chi2 and G2.

    Returns
    -------
    pandas.DataFrame
        Columns chi2 and g2 (signed: positive marks group 1), p_chi2 and p_g2 (1 degree of freedom,
        occurrences taken as independent), pmi (bits), log_ratio, percent_diff.

    Examples
    --------
    >>> association([40, 5], 1000, [10, 9], 1000).round(2)[["g2", "log_ratio"]].values.tolist()
    [[19.74, 2.0], [-1.17, -0.85]]
    """
    import pandas as pd
    from scipy import stats

    table = cells(*np.atleast_1d(*_arrays(count_1, total_1, count_2, total_2)))
    pearson = chi2(*table, correction=correction, signed=True)
    likelihood = g2(*table, correction=correction, signed=True)
    sizes = (table[0], table[0] + table[2], table[1], table[1] + table[3])
    return pd.DataFrame({
        "chi2": pearson, "p_chi2": stats.chi2.sf(np.abs(pearson), 1),
        "g2": likelihood, "p_g2": stats.chi2.sf(np.abs(likelihood), 1),
        "pmi": pmi(*table), "log_ratio": log_ratio(*sizes), "percent_diff": percent_diff(*sizes),
    })  # fmt: skip


def _arrays(*given: ArrayLike) -> tuple[np.ndarray, ...]:
    arrays = [np.asarray(one, float) for one in given]
    try:
        return np.broadcast_arrays(*arrays)
    except ValueError:
        shapes = ", ".join(str(one.shape) for one in arrays)
        raise BadInput(f"counts have the shapes {shapes}; numbers or arrays of one shape are "
                       "wanted") from None  # fmt: skip


def _checked(*given: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    arrays = _arrays(*given)
    for name, cell in zip("abcd", arrays, strict=True):
        if (cell < 0).any():
            raise BadInput(
                f"cell {name} of a two-by-two table is {cell.min():g}; cells are counts, "
                "and a term's count cannot exceed the size of its group"
            )
    one, two, three, four = arrays
    return one, two, three, four


def _statistic(
    kind: str, table: tuple[np.ndarray, ...], correction: str, signed: bool
) -> float | np.ndarray:
    if correction not in CORRECTIONS:
        hint = nearest(str(correction), CORRECTIONS)
        raise BadInput(f"correction={correction!r} is not one of {', '.join(CORRECTIONS)}{hint}")
    a, b, c, d = table
    total = a + b + c + d
    cross = a * d - b * c
    rows, columns = (a + b, c + d), (a + c, b + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = [row * column / total for row in rows for column in columns]
        shift = _shift(kind, correction, np.abs(cross), total, expected)
        if kind == "chi2":
            margins = rows[0] * rows[1] * columns[0] * columns[1]
            value = total * (np.abs(cross) - shift * total) ** 2 / margins
        else:
            step = np.sign(cross) * shift
            moved = (a - step, b + step, c + step, d - step)
            value = 2 * sum(
                np.where(seen > 0, seen * np.log(np.where(seen > 0, seen, 1) / hoped), 0 * seen)
                for seen, hoped in zip(moved, expected, strict=True)
            )
        if correction == "williams":
            q = 1 + (total / rows[0] + total / rows[1] - 1) * (
                total / columns[0] + total / columns[1] - 1
            ) / (6 * total)
            value = np.where(a * b * c * d > 0, value / q, value)
        empty = np.any([margin == 0 for margin in (*rows, *columns)], axis=0)
        value = np.where(empty, np.nan, value)
    return _plain(value * np.sign(cross) if signed else value)


def _shift(
    kind: str,
    correction: str,
    cross: np.ndarray,
    total: np.ndarray,
    expected: list[np.ndarray],
) -> np.ndarray:
    """By how much each cell moves towards its expectation: |O - E| is |ad - bc| / N in all four."""
    if correction == "yates":
        return np.minimum(0.5, cross / total)
    if correction == "conditional":
        enough = cross >= total / 2 if kind == "chi2" else cross > total / 2
        return np.where(enough & (np.min(expected, axis=0) < SMALL_EXPECTATION), 0.5, 0.0)
    return np.zeros_like(total)


def _plain(value: np.ndarray) -> float | np.ndarray:
    return float(value) if np.ndim(value) == 0 else value
