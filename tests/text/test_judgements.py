"""What somebody is accused of, described as or criticised for."""

from __future__ import annotations

import pytest

import framing as fr
from framing.text.document import Document


def given(text: str) -> list[str]:
    document = Document("a", text)
    fr.annotate([document])
    return [text[start:end] for start, end, voice in document.runs if voice != "outlet"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Clerks denounced the plan as a bad bargain.", ["a bad bargain"]),
        ("Hale derided the port as “a pond.”", ["a pond"]),
        ("Oakes likened the port to a pond.", ["the port to a pond"]),
        ("Clerks accused Hale of greed, and the town laughed.", ["of greed"]),
        ("Clerks accused Hale of greed, and as she left the town laughed.", ["of greed"]),
        ("Hale attacked Oakes as “no sailor,” former mayor Dan Rose derided the port.",
         ["no sailor"]),
    ],
)  # fmt: skip
def test_what_is_judged(text: str, found: list[str]) -> None:
    assert [one.removeprefix("of ").strip(",.") for one in given(text)] == [
        one.removeprefix("of ") for one in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Clerks condemned the choice of Hale as mayor.",
        "Hale attacked Oakes as he left.",
        "Oakes attacked the call for a wall.",
        "After attacking boats, sinking ships and caring for nobody, the fleet left.",
        "Clerks condemned Hale and praised Oakes as mayor.",
    ],
)
def test_no_office_and_no_aim_is_judged(text: str) -> None:
    assert given(text) == []
