"""Whom a phrase names: a person of the text, a new one, or nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.text import names, people
from framing.text.document import Document

TEXT = "Ann Oakes met Bo Hill and Ms. Pell of the Leeds Post."


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Rep. Oakes", "Ann Oakes"),
        ("the White House", None),
        ("the Supreme Court", None),
        ("Supreme Court lawyer Nora Hale", "Nora Hale"),
        ("Oakes supporters", None),
        ("Oakes herself", "Ann Oakes"),
        ("Officials in the town", None),
        ("Officials", None),
        ("Jo Hale of the Senate", "Jo Hale"),
        ("The prime minister", None),
    ],
)
def test_a_phrase_is_led_to_a_person(phrase, name):
    found = Document("a", TEXT).reading.people.find(phrase, 0)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Pell left. Mr. Pell’s son, Mrs. Pell and Mr. London’s wife stayed.",
        "Mr. Pell’s son left. Mr. Pell, Mrs. Pell and Mr. London’s wife stayed.",
    ],
)
def test_people_of_whom_only_title_and_surname_are_told(text):
    found = Document("a", text).reading.people.full
    told = [(person.name, person.start, person.gender) for person in found.values()]
    assert told == [("Pell", 4, "m"), ("Mrs. Pell", text.index("Mrs. ") + 5, "f")]


WORDS = st.sampled_from("Ann Oakes McPell DeHill Mr Hill's van A. III May Sir Ohio O’Dell".split())


@given(st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_of_a_whole_name_nothing_is_cut(name):
    if people._whole(name):
        assert names.bare(names.behind_office(name)) == tuple(name.split())


@given(st.text("ab,- \n’", max_size=30), st.sampled_from(["", ", the ", ", a b-b ", ", who is "]))
def test_what_stands_before_a_role_is_found_from_any_letter_on(text, tail):
    plain = re.compile(people.APPOSED.pattern.removeprefix(r"(?<!\S)"))
    once, again = (pattern.search(text + tail) for pattern in (people.APPOSED, plain))
    assert (once and once.span(1)) == (again and again.span(1))
