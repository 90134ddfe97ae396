"""Headlines a page has put into its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.text.document import Document
from framing.text.furniture import BOILERPLATE, CREDIT, NUMBERED, TERMINAL, boilerplate, links

OPENINGS = (
    "Read more", "MORE to follow", "This is a breaking news story", "Advertisement", "Follow us",
    "Sign up", "Click here", "Related:", "Photo:", "Photograph:", "Image:", "Picture:", "Video:",
    "Getty", "Copyright", "©", "Enlarge this image", "Toggle caption", "Hide caption",
    "Story continues", "Read or share this", "More on this", "More from", "Contributing:", "Ad",
    "By Anna Hale, of the Post",
)  # fmt: skip
PARAGRAPHS = (
    *(f"{opening} as ever." for opening in OPENINGS),
    *OPENINGS,
    "Rents rose by a third last year.",
    "The old port at Leeds in May",
    "2. The old port at Leeds in May",
    "Hale (@hale) at the old port",
    "Anna Hale contributed to this report.",
    "Anna Hale contributed to this story",
    "Anna Hale contributed to this article.",
    "The old port (Photo: Anna Hale)",
    "The old port was shut in May. Picture: Anna Hale",
    "Hale is on Twitter: @hale.",
)


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


def test_lists_of_links_stand_on_lines_of_their_own() -> None:
    first, second = "Ann Rose HaleTown hall shut MORE", "Bo LiPort sold, he says MORE"
    text = f"Mayor Ann Hale {first} spoke.\nMay MORE fell. Bo Li {second} MORE\nNo MORE."
    assert [text[slice(*piece[:2])] for piece in links(text)] == [first, second]


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


@pytest.mark.parametrize("opening", OPENINGS)
def test_what_opens_as_notes_of_the_site_do_counts_nowhere(opening: str) -> None:
    assert "boilerplate" in voices(f"Rents rose by a third.\n\n{opening}\n\nNobody knew why.")


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=6).map("\n\n".join))
def test_paragraphs_passed_over_are_none_that_the_patterns_know(text: str) -> None:
    reading = Document("a", text).reading
    bounds, expected = reading.paragraphs, []
    for number, (start, end) in enumerate(bounds):
        own = text[start:end]
        beside = [text[bounds[at][1] - 1] for at in (number - 1, number + 1) if at < len(bounds)]
        caption = 0 < number < len(bounds) - 1 and set(TERMINAL).issuperset(beside)
        caption = caption and own[-1] not in TERMINAL and own.count(" ") >= 3 and "(@" not in own
        if BOILERPLATE.match(own) or CREDIT.match(own) or (caption and not NUMBERED.match(own)):
            expected.append((start, end))
    assert boilerplate(reading) == expected
