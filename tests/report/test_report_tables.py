"""Tables in print: readable numbers, nothing dropped without a word."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from framing.report.print_table import MOST_PANELS, cell, flat, table_block


def printed(table):
    return table_block(flat(table), "01-t.csv")


def test_estimates_are_joined_with_their_interval(estimates):
    block = printed(estimates)
    (panel,) = block["panels"]
    assert panel["head"] == [
        "measure",
        "group",
        "reference",
        "estimate",
        "low to high",
        "p",
        "n words",
    ]
    last = [text.replace("\u200b", "").replace("\u00a0", " ") for text in panel["rows"][-1]]
    assert last[1:] == ["Post", "Courier", "5.27", "−0.20 to 10.00", "<0.001", "14,690"]
    assert panel["numeric"][-4:] == [True] * 4 and not panel["numeric"][0]
    assert panel["rows"][0][2] == "–"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (np.int64(-1200), "−1,200"), (np.float32(2.5), "2.50"), (float("nan"), "–"),
        (float("-inf"), "−∞"), (None, "–"), (pd.NA, "–"), (pd.NaT, "–"), (np.True_, "yes"),
        (0.0, "0.00"), (0.00001, "1.0e−05"), (pd.Timestamp("2031-05-06"), "2031-05-06"),
        (datetime.date(2031, 5, 6), "2031-05-06"), (["a", 1], "['a', 1]"), ("", ""),
        (pd.Timestamp("2031-05-06 07:08"), "2031-05-06 07:08:00"), ("x" * 999, 240),
    ],
)  # fmt: skip
def test_cells(value, told):
    made = cell(value).replace("\u200b", "")
    assert (len(made) if isinstance(told, int) else made) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([0.12345, 0.5], ["0.123", "0.500"]),
        ([1.0, 2.0, np.nan], ["1", "2", "–"]),
        ([123.456, 900.1], ["123.5", "900.1"]),
        ([np.nan, np.nan], ["–", "–"]),
        (pd.array([1, None], dtype="Int64"), ["1", "–"]),
        (pd.Categorical(["a", None]), ["a", "–"]),
        ([True, False], ["yes", "no"]),
    ],
)
def test_columns(values, told):
    rows = printed(pd.DataFrame({"x": values}))["panels"][0]["rows"]
    assert [row[0] for row in rows] == told


def test_columns_that_never_change_go_to_the_note():
    table = pd.DataFrame({c: [1, 1] for c in "abcdef"} | {"g": [1, 2], "h": [None, None]})
    block = printed(table)
    assert block["panels"][0]["head"] == ["a", "g"]
    assert block["notes"] == ["Same in every row: b 1; c 1; d 1; e 1; f 1; h empty."]


def test_wide_tables_are_cut_and_say_so():
    table = pd.DataFrame({f"some_extractor.voice{i}.per_1k": [1.5, i] for i in range(40)})
    block = printed(table)
    assert len(block["panels"]) == MOST_PANELS and block["small"]
    assert block["panels"][0]["head"][0] == block["panels"][1]["head"][0]
    shown = sum(len(panel["head"]) for panel in block["panels"]) - 1
    assert f"{40 - shown} columns not printed" in block["notes"][0]


def test_narrow_long_tables_stand_in_two_halves():
    block = printed(pd.DataFrame({"term": list("abcdefghijklmnopqrs"), "n": range(19)}))
    assert block["beside"] and [len(panel["rows"]) for panel in block["panels"]] == [10, 9]


def test_long_cells_keep_a_table_whole():
    block = printed(pd.DataFrame({"term": ["a " * 40] * 20, "n": range(20)}))
    assert not block["beside"]


def test_indexes_and_double_headings_become_columns():
    table = pd.DataFrame({"outlet": ["a", "a", "b"], "side": ["x", "y", "x"], "n": [1, 2, 3]})
    assert list(flat(table.groupby(["outlet", "side"]).agg({"n": ["sum", "max"]}))) == [
        "outlet", "side", "n sum", "n max",
    ]  # fmt: skip
    assert list(flat(table[table.n > 1])) == ["outlet", "side", "n"]
    assert list(flat(pd.DataFrame({"n": [1]}, index=["a"]))) == ["row", "n"]
    same = pd.DataFrame([[1, 2]], columns=["x", "x"])
    assert printed(same)["panels"][0]["rows"] == [["1", "2"]]
    assert list(table) == ["outlet", "side", "n"]
