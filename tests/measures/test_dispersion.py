"""Dispersion: the two ways to it agree, and counts that cannot be are refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from framing.measures.dispersion import dispersion, gries_dp, juilland_d, sparse_dp
from framing.tables import BadInput


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=7))
def test_parts_without_words_change_nothing(rows) -> None:
    counts = np.array(rows)
    sizes = counts.sum(axis=1)
    found = sparse_dp(sparse.csc_array(counts), sizes)
    kept = sizes > 0
    if kept.any():
        assert found == pytest.approx(gries_dp(counts[kept].T, sizes[kept]), nan_ok=True)
    else:
        assert np.isnan(found).all()


def test_gries_own_example() -> None:
    assert gries_dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]) == pytest.approx(0.18)


@pytest.mark.parametrize(
    ("counts", "sizes", "message"),
    [
        ([-1, 2], [10, 10], "part 1 has -1 uses of a term in 10 words"),
        ([[1, 2], [3, 100]], [10, 10], "part 2 has 100 uses of a term in 10 words"),
        ([math.nan, 2], [10, 10], "part 1 has nan uses"),
        ([1, 2], [10, math.nan], "part 2 has nan words"),
        ([1, 2], [10, 0], "part 2 has 0 words; leave empty parts out"),
        ([], [], "one part or more"),
        ([1, 2, 3], [10, 10], "one size a part"),
    ],
)
def test_bad_input(counts, sizes, message) -> None:
    for measure in (juilland_d, gries_dp, dispersion):
        with pytest.raises(BadInput, match=message):
            measure(counts, sizes)
