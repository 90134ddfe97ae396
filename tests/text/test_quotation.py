"""Quotation marks: pairing, nesting, house styles, and marks that do not balance."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.text.document import Document
from framing.text.quotation import _carried_on, find_quotations


def quoted(text: str, depth: int = 0) -> list[str]:
    found = find_quotations(Document("a", text).reading)
    return [text[q.start : q.end] for q in found if q.depth == depth]


PAIRED = [
    ('"The bridge is safe," she said.', ["The bridge is safe,"]),
    ("“The bridge is safe,” she said. “Go home.”", ["The bridge is safe,", "Go home."]),
    ('"The bridge is safe,” she said.', ["The bridge is safe,"]),
    ("“The bridge is safe,\" she said.", ["The bridge is safe,"]),
    ("‘The bridge is safe,’ she said.", ["The bridge is safe,"]),
    ("'The bridge is safe,' she said.", ["The bridge is safe,"]),
    ("«The bridge is safe», she said.", ["The bridge is safe"]),
    ("''The bridge is safe,'' she said.", ["The bridge is safe,"]),
    ("``The bridge is safe,'' she said.", ["The bridge is safe,"]),
    ("It's the council's bridge, and the workers' too.", []),
    ("The '90s bridge wasn't safe, nor were the drivers' cabins.", []),
    ("She stood 5' 11\" tall and left.", []),
    ("The board’s “urgent” review and the drivers’ “safe” bridge.", ["urgent", "safe"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAIRED)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_inside_a_quotation_is_one_deeper() -> None:
    text = "“He told me ‘no’ and left,” she said."
    assert quoted(text) == ["He told me ‘no’ and left,"]
    assert quoted(text, 1) == ["no"]


def test_single_marks_outside_and_double_marks_inside() -> None:
    text = "'He told me \"no way\" and left,' she said."
    assert [text[a:b] for a, b in [(q.start, q.end) for q in _all(text)]][:1] == [
        'He told me "no way" and left,'
    ]


def _all(text: str):
    return find_quotations(Document("a", text).reading)


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = (
        "“The bridge is safe,” she said. “It was\n\n“checked twice.\n\n“I crossed it.”\n\nShe left."
    )
    found = _all(text)
    assert [q.continues for q in found] == [False, False, True, True]
    assert text[found[-1].start : found[-1].end] == "I crossed it."


def test_an_unclosed_mark_is_recovered_at_the_end_of_the_paragraph() -> None:
    text = "“The bridge is safe, she said and walked away.\n\nNobody followed."
    (found,) = _all(text)
    assert found.recovered
    assert found.end == text.index("\n")


def test_marks_may_stand_paragraphs_apart() -> None:
    text = (
        "She wrote:\n“The bridge is old. It creaks.\nIt must be mended.\n"
        "We ask for help,” and left.\nThe town is asleep."
    )
    assert [(text[q.start : q.end], q.continues) for q in _all(text)] == [
        ("The bridge is old. It creaks.", False), ("It must be mended.", True),
        ("We ask for help,", True),
    ]  # fmt: skip


def test_a_later_quotation_does_not_close_one_left_open() -> None:
    text = "She wrote: “The bridge is old and creaks.\nNobody came.\n“It must be mended,” he said."
    assert "Nobody came." not in [text[q.start : q.end] for q in _all(text)]


def test_a_stray_mark_is_dropped() -> None:
    assert _all("The bridge is safe” and open.\n\nNobody came.") == []


@given(st.text(alphabet="ab .,“”\"‘’'«»\n", max_size=120))
def test_any_marks_give_ordered_spans_inside_the_text(text: str) -> None:
    found = _all(text)
    assert [q.open for q in found] == sorted(q.open for q in found)
    for one in found:
        assert 0 <= one.open <= one.start <= one.end <= one.close <= len(text)
        assert one.open < one.start or one.continues or one.recovered  # without a mark of its own
        assert text[one.start : one.end].strip()
    flat = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start for a, b in itertools.pairwise(flat))


@given(
    st.text(alphabet="aB .,“”\"‘’'\n\r\0", max_size=120)
    | st.lists(
        st.sampled_from(
            ["“It", "no,”", '"Go', 'on."', "the", "drivers’", "said", "\n\n", "“‘A", "’b"]
        ),
        max_size=20,
    ).map(" ".join)
)
def test_what_is_read_at_once_is_read_paragraph_by_paragraph_too(text: str) -> None:
    reading = Document("a", text).reading
    assert find_quotations(reading) == _carried_on(reading)
