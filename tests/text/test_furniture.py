"""Headlines a page has put into its text."""

from __future__ import annotations

import pytest

import framing as fr
from framing.text.document import Document
from framing.text.furniture import links


def voices(text: str) -> dict[str, list[str]]:
    document = Document("a", text)
    fr.annotate([document])
    found: dict[str, list[str]] = {}
    for start, end, voice in document.runs:
        found.setdefault(voice, []).append(text[start:end])
    return found


def test_headlines_glued_to_a_name_are_boilerplate() -> None:
    glued = "Daniel (Dan) Rose OakesHale says port was sold Town: 'We were broke' MORE"
    text = f"Mayor Dan Oakes {glued} (Lab.) has left the port."
    assert voices(text) == {
        "outlet": ["Mayor Dan Oakes ", " (Lab.) has left the port."],
        "boilerplate": [glued],
    }


def test_headlines_glued_to_a_name_do_not_end_a_quotation() -> None:
    glued = "Dan OakesBoats shut out for a year MORE"
    text = f"“I never met Dan Oakes {glued} in my life,” the mayor said."
    found = voices(text)
    assert found["boilerplate"] == [glued]
    assert found["direct"] == ["I never met Dan Oakes ", " in my life,"]


@pytest.mark.parametrize(
    "text",
    [
        "McHale and Hale went to the MORE hall.",
        "Hale told Dan Hale that there was MORE to come.",
    ],
)
def test_a_name_in_capitals_is_no_list_of_links(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    "byline", ["By Anna Hale", "By Anna Hale in Leeds", "By Anna Hale, Rents Editor"]
)
def test_a_byline_counts_nowhere(byline: str) -> None:
    found = voices(f"{byline}\n\nRents rose by a third last year.")
    assert found == {"boilerplate": [byline], "outlet": ["\n\nRents rose by a third last year."]}
