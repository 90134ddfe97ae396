"""Appeals: set phrases of every side are found, the same words in plain use are not."""

from __future__ import annotations

import pytest

import framing as fr

FOUND = [
    ("They want to take our freedoms away.", "our freedoms", "values"),
    ("It is a threat to our way of life.", "our way of life", "values"),
    ("She stood up for Western values.", "Western values", "values"),
    ("The tax punishes hardworking families.", "hardworking families", "people"),
    ("It is a budget for working people.", "working people", "people"),
    ("Those people do not care.", "Those people", "us_them"),
    ("They serve the billionaire class.", "the billionaire class", "us_them"),
    ("They serve the metropolitan elite.", "the metropolitan elite", "us_them"),
    ("Hands off our NHS.", "our NHS", "flag"),
    ("He spoke for our brave troops.", "our brave troops", "flag"),
    ("We must act before it is too late.", "before it is too late", "fear"),
    ("They are coming for your pension.", "coming for your", "fear"),
    ("The science is clear.", "The science is clear", "authority"),
    ("History shows that walls fall.", "History shows", "authority"),
    ("The British people have spoken.", "The British people have spoken", "bandwagon"),
    ("The American people want change.", "The American people want", "bandwagon"),
    ("It is the will of the people.", "the will of the people", "bandwagon"),
    ("Millions of Americans want it.", "Millions of Americans", "bandwagon"),
    ("Millions of Britons want it.", "Millions of Britons", "bandwagon"),
    ("They pay nothing while the rest of us pay.", "the rest of us", "us_them"),
    ("You know what the other side wants.", "the other side", "us_them"),
    ("They want you to forget it.", "They want you to", "us_them"),
    ("Our free press is under attack.", "under attack", "fear"),
    ("We stand for free speech.", "free speech", "values"),
    ("We fight for social justice.", "social justice", "values"),
]
NOT_FOUND = [
    "Those people who were injured are well.",
    "He thanked them for their kind words.",
    "The treaty led to the establishment of a court.",
    "The shop is on Main Street.",
    "Birds nest in the swamp.",
    "The castle was under siege by an army.",
    "The dog ran between us and them.",
    "The team flew home.",
    "The values in the table are in metres.",
    "The family moved to Leeds.",
    "Each one of us has a key.",
    "The garden is overrun by weeds.",
    "The drug would help millions of Americans.",
    "The drug would help millions of Britons.",
    "The drug is safe for the vast majority of people.",
    "She wrote to all of those people.",
    "Each side heard the other side out.",
    "Visit the shops they want you to use.",
    "The annex came under attack at dawn.",
    "The posts abroad were under threat.",
    "The ruler saw the port as an existential threat.",
    "The ruling turned on a free speech clause.",
    "The social justice activists met in Leeds.",
    "He votes for Democratic values.",
    "Look at it from the taxpayer's point of view.",
    "He joined the elite police unit.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["appeals"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_swapping_the_country_changes_nothing() -> None:
    for word in ("British", "American"):
        assert [label for _, label in hits(f"The {word} people know it.")] == ["bandwagon"]
