"""Numbers of things in words."""

import pytest

from framing.amounts import count_of


@pytest.mark.parametrize(
    ("number", "thing", "words"),
    [(1, "label", "1 label"), (0, "unit", "0 units"), (1234.0, "hit", "1,234 hits"),
     (1, "entry", "1 entry"), (3, "entry", "3 entries"), (2, "day", "2 days"),
     (float("nan"), "row", "0 rows")],
)  # fmt: skip
def test_one_is_one_and_more_are_several(number, thing, words):
    assert count_of(number, thing) == words
