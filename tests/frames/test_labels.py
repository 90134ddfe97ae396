"""Labels as people hand them in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from framing.frames.labels import read_labels
from framing.tables import BadInput


def test_kinds_are_seen_in_the_labels() -> None:
    assert read_labels(["a", "b"]).kind == "single"
    assert read_labels(["a|b", ""]).kind == "multi"
    assert read_labels([["a"], []]).kind == "multi"
    assert read_labels([True, False]).kind == "binary"
    assert read_labels(np.array([1, 0])).kind == "binary"


def test_columns_stand_in_the_order_of_the_codebook() -> None:
    found = read_labels(["b", "a"], frames=["b", "c", "a"], kind="single")
    assert found.frames == ("b", "c", "a")
    assert found.matrix.tolist() == [[True, False, False], [False, False, True]]


def test_two_values_of_a_binary_frame() -> None:
    found = read_labels(["Biased", "Non-biased"], frames=["biased"], kind="binary")
    assert found.matrix.ravel().tolist() == [True, False] and found.negative == "Non-biased"
    assert read_labels(["none", "x"], kind="binary").frames == ("x",)
    assert read_labels(["u", "v"], kind="binary", positive="v").matrix.ravel().tolist() == [
        False,
        True,
    ]


@pytest.mark.parametrize("y", [[0, 1, 2], [2.0, 1.0, 3.0], [10, 0, 2], np.array([1, 0, 5])])
def test_numbers_are_names_in_their_order_unless_all_are_0_or_1(y) -> None:
    found = read_labels(y)
    assert found.kind == "single" and found.values == tuple(sorted(set(y)))
    assert found.frames == tuple(str(int(one)) for one in found.values)
    assert [found.values[at] for at in found.matrix.argmax(axis=1)] == list(y)
    assert read_labels([0, 1], kind="single").frames == ("0", "1")


@pytest.mark.parametrize(
    ("no", "yes"),
    [("False", "True"), ("FALSE", "TRUE"), ("0", "1"), ("0.0", "1.0"), ("no", "yes"), (0, 1),
     (False, True)],
)  # fmt: skip
@pytest.mark.parametrize("kind", [None, "binary"])
def test_pairs_of_words_are_true_and_false(no, yes, kind) -> None:
    found = read_labels([yes, no, yes], kind=kind)
    assert (found.kind, found.frames, found.values) == ("binary", ("positive",), (no, yes))
    assert found.matrix.ravel().tolist() == [True, False, True]


def test_words_a_codebook_or_a_kind_names_are_no_flags() -> None:
    found = read_labels(["true", "false"], frames=["false"], kind="binary")
    assert found.matrix.ravel().tolist() == [False, True]
    assert read_labels(["yes", "no"], kind="single").frames == ("no", "yes")
    assert read_labels(["0", "1", "2"]).frames == ("0", "1", "2")


@pytest.mark.parametrize("no", ["Non-biased", "not biased", "unbiased", "un-biased", "Nonbiased"])
def test_a_value_that_denies_the_other_is_the_negative(no: str) -> None:
    found = read_labels(["Biased", no], kind="binary")
    assert found.frames == ("Biased",) and found.negative == no


def test_one_column_is_no_list_of_frames() -> None:
    for y in (np.array([["a"], ["b"]]), pd.DataFrame({"frame": ["a", "b"]}), [["a"], ["b"]]):
        assert read_labels(y).kind == "single"
    assert read_labels(np.array([[1], [0]])).kind == "binary"


def test_names_in_lists_are_stripped_and_empty_ones_left_out() -> None:
    found = read_labels([[" alpha", "beta"], ["alpha", ""], []])
    assert found.frames == ("alpha", "beta")
    assert found.matrix.sum(axis=0).tolist() == [2, 1]


def test_none_is_no_frame_where_units_may_have_several() -> None:
    assert read_labels(["a|b", None]).matrix.tolist() == [[True, True], [False, False]]
    assert read_labels(["a", None], kind="multi").matrix.tolist() == [[True], [False]]


@pytest.mark.parametrize(
    ("y", "options", "message"),
    [
        (["a", None], {}, "row 2: no label"),
        (["a", float("nan")], {}, "row 2: no label"),
        (["a", np.float32("nan")], {}, "row 2: no label"),
        (["a", pd.NA], {}, "row 2: no label"),
        (["a", "b", "NA"], {}, "row 3: 'NA' is how programs write that there is no label"),
        (["yes", "no", "NaN"], {}, "row 3: 'NaN' is how programs write"),
        (["a|b", "null"], {}, "row 2: 'null' is how programs write"),
        (pa.array(["a", None]), {}, "row 2: no label"),
        ([["a", "b"], [None]], {}, "row 2: no label"),
        ([["a", "b"], [float("nan")]], {}, "row 2: no label"),
        (["a|b", float("nan")], {}, "row 2: no label"),
        (np.eye(3, dtype=bool), {}, "rows of true and false.*lists or joined"),
        (np.eye(3, dtype=int), {"kind": "multi"}, "rows of true and false"),
        (pd.DataFrame(np.eye(3)), {}, "rows of true and false"),
        (["a", "b"], {"kind": "mulit"}, "no.* 'mulit' .did you mean 'multi'"),
        (
            ["econmic"],
            {"frames": ["economic"]},
            "row 1: 'econmic' is not one of the frames.*economic",
        ),
        (["a|b", "a"], {"kind": "single"}, "row 1: 2 frames where exactly one"),
        (["u", "v"], {"kind": "binary"}, "true and false, or two values of which one is no"),
        (["u", "v", "w"], {"kind": "binary", "positive": "u"}, "two values"),
        ([True, False], {"kind": "multi"}, "true or false"),
    ],
)
def test_bad_labels(y, options, message) -> None:
    with pytest.raises(BadInput, match=message):
        read_labels(y, **options)


def test_a_codebook_may_name_a_frame_like_a_missing_label() -> None:
    assert read_labels(["NA", "EU"], frames=["NA", "EU"], kind="single").frames == ("NA", "EU")
