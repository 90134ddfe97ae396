"""How evenly a term is spread over the parts of a corpus: range, Juilland's D, Gries' DP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse


def juilland_d(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Juilland's D: 1 for a term spread evenly, 0 for one that stands in a single part.

    ``D = 1 - V / sqrt(n - 1)`` with V = s(p) / mean(p), p_i = v_i / s_i the relative frequency in
    part i, and s the standard deviation with divisor n.

    Parameters
    ----------
    counts : array, shape (n_parts,) or (n_terms, n_parts)
        Uses of the term in each part.
    sizes : array, shape (n_parts,)
        Words of each part.

    Returns
    -------
    float or numpy.ndarray of shape (n_terms,)
        NaN for a term without uses, or with a single part.

    Notes
    -----
    Juilland, Brodin and Davidovitch (1970), with relative frequencies because parts differ in
    size, as in Gries (2008), International Journal of Corpus Linguistics 13(4).

    Examples
    --------
    >>> sizes = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
    >>> round(juilland_d([2, 0, 1, 1, 3, 0, 3, 0, 0, 0], sizes), 5)
    0.60388
    """
    uses, words = _checked(counts, sizes)
    rates = uses / words
    with np.errstate(divide="ignore", invalid="ignore"):
        variation = rates.std(axis=-1) / rates.mean(axis=-1)
        value = 1 - variation / np.sqrt(len(words) - 1)
    return _plain(value)


def gries_dp(counts: ArrayLike, sizes: ArrayLike, *, normalised: bool = False) -> Any:
    """Gries' deviation of proportions: near 0 for an even spread, towards 1 for a clumped one.

    ``DP = sum |v_i / f - s_i| / 2`` with v_i / f the share of the term's uses in part i and s_i
    the share of all words in it. ``1 - DP`` runs the same way as Juilland's D.

    Parameters
    ----------
    counts, sizes : array
        As in `juilland_d`.
    normalised : bool
        Divide by 1 - min(s), so that 1 can be reached.

    Returns
    -------
    float or numpy.ndarray of shape (n_terms,)
        NaN for a term without uses, and normalised for a single part.

    Notes
    -----
    Gries (2008), International Journal of Corpus Linguistics 13(4); normalised as in Lijffijt and
    Gries (2012), 17(1).

    Examples
    --------
    >>> sizes = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
    >>> round(1 - gries_dp([2, 0, 1, 1, 3, 0, 3, 0, 0, 0], sizes), 5)
    0.50093
    """
    uses, words = _checked(counts, sizes)
    shares = words / words.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = uses / uses.sum(axis=-1, keepdims=True)
        value = np.abs(parts - shares).sum(axis=-1) / 2
        if normalised:
            value = value / (1 - shares.min())
    return _plain(value)


def dispersion(counts: ArrayLike, sizes: ArrayLike) -> pd.DataFrame:
    """Return every measure of this module for many terms.

    Parameters
    ----------
    counts : array, shape (n_terms, n_parts) or (n_parts,)
    sizes : array, shape (n_parts,)

    Returns
    -------
    pandas.DataFrame
        One row a term: count, range (parts with a use), juilland_d, dp, dp_normalised,
        evenness (1 - DP).

    Examples
    --------
    >>> dispersion([[2, 2], [4, 0]], [100, 100])[["range", "evenness"]].values.tolist()
    [[2.0, 1.0], [1.0, 0.5]]
    """
    import pandas as pd

    uses = np.atleast_2d(np.asarray(counts, float))
    dp = gries_dp(uses, sizes)
    return pd.DataFrame({
        "count": uses.sum(axis=1), "range": (uses > 0).sum(axis=1),
        "juilland_d": juilland_d(uses, sizes), "dp": dp,
        "dp_normalised": gries_dp(uses, sizes, normalised=True), "evenness": 1 - dp,
    })  # fmt: skip


def sparse_dp(counts: sparse.csc_array, sizes: np.ndarray) -> np.ndarray:
    """Gries' DP of every column of a sparse matrix of parts by terms.

    Parts without a use contribute their share of the words, so only the filled cells are visited.

    Parameters
    ----------
    counts : scipy.sparse.csc_array, shape (n_parts, n_terms)
    sizes : array, shape (n_parts,)
        Words of each part; one without words has no share in anything.

    Returns
    -------
    numpy.ndarray of shape (n_terms,)
        NaN for a term without uses.

    Examples
    --------
    >>> from scipy import sparse
    >>> sparse_dp(sparse.csc_array(np.array([[2, 4], [2, 0]])), np.array([100, 100])).tolist()
    [0.0, 0.5]
    """
    totals = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    lengths = np.diff(counts.indptr)
    column = np.repeat(np.arange(counts.shape[1]), lengths)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (sizes / sizes.sum())[counts.indices]
        gap = np.abs(counts.data / totals[column] - part) - part
        value = (np.bincount(column, weights=gap, minlength=counts.shape[1]) + 1) / 2
    return np.where(totals > 0, value, np.nan)


def _checked(counts: ArrayLike, sizes: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    uses, words = np.asarray(counts, float), np.asarray(sizes, float)
    if words.ndim != 1 or uses.shape[-1:] != words.shape:
        raise BadInput(
            f"dispersion needs one size a part: counts have the shape {uses.shape}, "
            f"sizes {words.shape}"
        )
    if not len(words):
        raise BadInput("dispersion needs one part or more")
    if not (words > 0).all():
        place = int(np.argmin(words > 0))
        raise BadInput(f"part {place + 1} has {words[place]:g} words; leave empty parts out")
    wrong = ~((uses >= 0) & (uses <= words))
    if wrong.any():
        place = int(np.argwhere(wrong)[0, -1])
        raise BadInput(
            f"part {place + 1} has {uses[wrong][0]:g} uses of a term in {words[place]:g} words; "
            "uses are 0 or more, and no more than the words"
        )
    return uses, words


def _plain(value: np.ndarray) -> float | np.ndarray:
    return float(value) if np.ndim(value) == 0 else value
