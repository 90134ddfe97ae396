"""Two groups of a scores table: names that are numbers, and tables that are refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.measures.decomposition import decompose, event_effects
from framing.measures.effects import effect_sizes
from framing.measures.grouped import name_of, names_of, two_groups
from framing.measures.pairs import matched_pairs
from framing.tables import BadInput, nearest

YEARS = [2020, 2020, 2021, 2022]


def table(groups: list[object]) -> pd.DataFrame:
    words = {"n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0}
    return pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(groups))], "year": groups, **words,
                         "m.outlet.count": range(len(groups))})  # fmt: skip


@pytest.mark.parametrize("pair", [(2020, 2021), ("2020", "2021"), (2020.0, "2021"),
                                  (np.int64(2020), np.float64(2021))])  # fmt: skip
@pytest.mark.parametrize("years", [YEARS, [str(year) for year in YEARS], [*YEARS[:3], None]])
def test_groups_and_strata_named_with_numbers(pair, years):
    found = two_groups(table(years), "m", by="year", pair=pair, strata="year")
    assert found.doc_ids.tolist() == ["d0", "d1", "d2"]
    assert found.first.tolist() == [True, True, False]
    assert found.stratum_names.tolist() == ["2020", "2021"]
    others = two_groups(table(years), "m", by="year", pair=(pair[0], None))
    assert len(others.first) == len([year for year in years if year is not None])


@given(st.lists(st.integers(-(10**6), 10**6) | st.none(), min_size=1))
def test_a_missing_number_changes_no_name(values):
    known = [None if value is None else str(value) for value in values]
    assert names_of(pd.Series(values, dtype=float)).tolist() == known
    assert names_of(pd.Series(values, dtype="Int64")).tolist() == known
    assert [name_of(value) for value in values if value is not None] == [
        name for name in known if name is not None
    ]


def test_names_are_as_written():
    assert names_of(pd.Series(["2020.0", "x", None])).tolist() == ["2020.0", "x", None]
    assert names_of(pd.Series([1.5, 2.0])).tolist() == ["1.5", "2"]
    assert (name_of("2020.0"), name_of(1.5), name_of(True)) == ("2020.0", "1.5", "True")


def test_bad_tables_are_one_clear_line():
    with pytest.raises(BadInput, match=r"no group '202' .*\(did you mean '202[012]'\?\)"):
        two_groups(table(YEARS), "m", by="year", pair=(2020, 202))
    with pytest.raises(BadInput, match="one row a document; 'd0' has several"):
        two_groups(pd.concat([table(YEARS)] * 2), "m", by="year", pair=(2020, 2021))
    with pytest.raises(BadInput, match="'year' has a group 'all others'"):
        two_groups(table(["a", "all others"]), "m", by="year", pair=("a", None))


@pytest.mark.parametrize("reference", [0, False])
def test_a_reference_named_0_or_false_is_not_all_others(reference):
    scores = table([str(reference)] * 3 + ["1"] * 3 + ["2"] * 3)
    scores["event"] = list("abc") * 3
    scores["m.outlet.count"] = [1, 5, 2, 8, 3, 9, 4, 4, 6]
    how = {"by": "year", "pair": (1, reference)}
    tables = [
        decompose(scores, "m", **how),
        event_effects(scores, "m", **how),
        matched_pairs(scores, "m", **how),
        effect_sizes(scores, ["m"], **how),
    ]
    for found in tables:
        assert set(found["group"]) == {"1"}
        assert set(found["reference"]) == {str(reference)}
        assert set(found["n_documents"]) == {6}


def test_what_lacks_is_said():
    scores = table(YEARS).assign(event=None)
    with pytest.raises(BadInput, match=r"'2020' has words of 'm\.outlet' and a value in 'event'"):
        two_groups(scores, "m", by="year", pair=(2020, 2021), strata="event")
    with pytest.raises(BadInput, match="column 'year' is empty"):
        two_groups(table([None, None]), "m", by="year", pair=(2020, 2021))


@pytest.mark.parametrize("pair", ["2020", (2020,), (2020, 2020), (2020, 2021, 2022)])
def test_a_pair_is_two_groups(pair):
    with pytest.raises(BadInput, match="give two groups, as"):
        two_groups(table(YEARS), "m", by="year", pair=pair)


def test_the_nearest_name_may_be_a_number():
    assert nearest(2002, [2020, "x"]) == " (did you mean '2020'?)"
    assert nearest(7, ["outlet", 2020]) == ""
