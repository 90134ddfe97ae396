"""Classes of characters and their folded forms."""

from __future__ import annotations

import numpy as np

from framing.text import characters as ch


def test_classes_are_those_of_the_tables_for_every_code_point() -> None:
    code = np.arange(ch.LIMIT + 1, dtype=np.uint16)
    for found, table in zip(ch.classes(code), ch.tables(), strict=True):
        assert found.dtype == table.dtype
        np.testing.assert_array_equal(found, table)


def test_classes_can_be_changed_without_the_tables() -> None:
    kind, folded = ch.classes(ch.codes("A"))
    kind[0], folded[0] = ch.SPACE, ord(" ")
    assert [column.tolist() for column in ch.classes(ch.codes("A"))] == [[ch.LETTER], [ord("a")]]


def test_characters_are_told_from_all_others_by_a_table() -> None:
    table = ch.among("’é")
    assert len(table) == ch.LIMIT + 1
    assert np.flatnonzero(table).tolist() == [ord("é"), ord("’")]
