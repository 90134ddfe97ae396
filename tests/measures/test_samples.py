"""Samples as arrays: who belongs to which of two groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.measures.decomposition import within_effect
from framing.measures.effects import mean_test
from framing.measures.keyness import keyness
from framing.measures.partisanship import plug_in
from framing.measures.samples import sides
from framing.measures.shift import shift
from framing.measures.slant_terms import slant_terms
from framing.tables import BadInput

COUNTS, TERMS = [[1, 2], [2, 1], [1, 1], [4, 1]], ["a", "b"]
TAKING = {
    "within_effect": lambda first: within_effect([1, 2, 3, 4], first, ["s"] * 4),
    "mean_test": lambda first: mean_test([1, 2, 3, 4], first),
    "keyness": lambda first: keyness(COUNTS, first, TERMS, repetitions=0),
    "plug_in": lambda first: plug_in(COUNTS, first),
    "shift": lambda first: shift(COUNTS, first, TERMS),
    "slant_terms": lambda first: slant_terms(COUNTS, first, TERMS, splits=0),
}


@pytest.mark.parametrize("name", sorted(TAKING))
def test_a_missing_group_is_not_taken_for_the_first(name):
    """NumPy takes NaN and any name for true: the row was counted for group 1."""
    with pytest.raises(BadInput, match="row 3 has nan for its group; it should be true"):
        TAKING[name]([1, 1, 0, np.nan])
    with pytest.raises(BadInput, match="row 0 has 'l' for its group"):
        TAKING[name](["l", "l", "r", "r"])


@pytest.mark.parametrize("first", [
    [1, 0], [1.0, 0.0], [True, False], np.array([1, 0], object), pd.Series([True, False]),
    pd.array([True, False], dtype="boolean"),
])  # fmt: skip
def test_groups_may_be_written_as_1_and_0(first):
    assert sides(first).tolist() == [True, False]
    with pytest.raises(BadInput, match="row 1 has <NA>"):
        sides(pd.array([True, None], dtype="boolean"))
