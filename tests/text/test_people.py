"""Whom a phrase names: a person of the text, a new one, or nobody."""

import pytest

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
