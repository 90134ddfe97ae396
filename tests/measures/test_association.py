"""Two-by-two tables: what is passed on as unknown, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from framing.measures.association import association, chi2, g2, log_ratio, percent_diff, pmi
from framing.tables import BadInput


@pytest.mark.parametrize("correction", ["none", "yates", "conditional", "williams"])
@pytest.mark.parametrize("place", range(4))
def test_what_is_unknown_stays_unknown(place, correction) -> None:
    cells = [3.0, 1.0, 10.0, 20.0]
    cells[place] = math.nan
    assert math.isnan(chi2(*cells, correction=correction))
    assert math.isnan(g2(*cells, correction=correction))
    assert g2([3, cells[0]], [1, cells[1]], 10, [20, cells[3]])[0] == g2(3, 1, 10, 20)


@pytest.mark.parametrize("counts", [(3, 10, 0, 0), (0, 0, 3, 10), (0, 10, 0, 0), (0, 0, 0, 0)])
def test_of_a_group_without_words_nothing_is_said(counts) -> None:
    for zero in (0.5, 0.0):
        assert math.isnan(log_ratio(*counts, zero=zero))
    for zero in (0.0, 1e-18):
        assert math.isnan(percent_diff(*counts, zero=zero))
    table = association(*([count] for count in counts))
    assert table[["chi2", "g2", "log_ratio", "percent_diff"]].isna().all(axis=None)


def test_a_count_of_0_keeps_the_published_conventions() -> None:
    assert log_ratio(4, 1000, 0, 1000) == 3.0 and log_ratio(4, 1000, 0, 1000, zero=0) == math.inf
    assert percent_diff(4, 1000, 0, 1000) == math.inf
    assert percent_diff(0, 9, 3, 9) == pytest.approx(-100)
    assert percent_diff(5, 10, 0, 20, zero=1e-18) == pytest.approx(5e19)
    assert percent_diff(0, 10, 0, 20, zero=1e-18) == pytest.approx(-100)
    assert math.isnan(log_ratio(0, 10, 0, 20)) and math.isnan(percent_diff(0, 10, 0, 20))


@pytest.mark.parametrize(
    ("cells", "bits", "normalised"),
    [
        ((0, 3, 5, 5), -math.inf, -1.0),
        ((5, 0, 0, 20), math.log2(5), 1.0),
        ((0, 0, 5, 5), math.nan, math.nan),  # the term is not used
        ((0, 5, 0, 5), math.nan, math.nan),  # the group has no words
        ((5, 0, 0, 0), 0.0, math.nan),  # there is nothing else
    ],
)
def test_pmi_where_cells_are_empty(cells, bits, normalised) -> None:
    assert pmi(*cells) == pytest.approx(bits, nan_ok=True)
    assert pmi(*cells, normalised=True) == pytest.approx(normalised, nan_ok=True)


def test_bad_input() -> None:
    shapes = r"the shapes \(2,\), \(3,\)"
    with pytest.raises(BadInput, match=shapes):
        g2([1, 2], [1, 2, 3], 1, 1)
    with pytest.raises(BadInput, match=shapes):
        log_ratio([1, 2], [10, 20, 30], 1, 10)
    with pytest.raises(BadInput, match=shapes):
        association([1, 2], [10, 20, 30], 1, 10)
    with pytest.raises(BadInput, match="cannot exceed"):
        log_ratio(np.array([1, 11]), 10, 0, 20)
