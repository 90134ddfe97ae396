"""Labels as people hand them in."""

from __future__ import annotations

import numpy as np
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


@pytest.mark.parametrize(
    ("y", "options", "message"),
    [
        (["a", None], {}, "row 2: no label"),
        (["a", float("nan")], {}, "row 2: no label"),
        (["econmic"], {"frames": ["economic"]}, "row 1: 'econmic' is no frame.*economic"),
        (["a|b", "a"], {"kind": "single"}, "row 1: 2 frames where exactly one"),
        (["u", "v"], {"kind": "binary"}, "needs two values and positive="),
        (["u", "v", "w"], {"kind": "binary", "positive": "u"}, "two values"),
        ([True, False], {"kind": "multi"}, "true or false"),
    ],
)
def test_bad_labels(y, options, message) -> None:
    with pytest.raises(BadInput, match=message):
        read_labels(y, **options)
