"""Presupposition: triggers are found, the same words in plain use are not."""

from __future__ import annotations

import pytest

import framing as fr

FOUND = [
    ("Ministers must stop failing tenants.", "stop", "change"),
    ("The levy rose again.", "again", "iterative"),
    ("The board still refuses to answer.", "still", "continuation"),
    ("It is another broken promise.", "another", "iterative"),
    ("They want to return to austerity.", "return to", "iterative"),
    ("Nobody solved the problem of cold homes.", "the problem of", "definite_label"),
    ("They argued over the migrant crisis.", "the migrant crisis", "definite_label"),
    ("They argued over the climate crisis.", "the climate crisis", "definite_label"),
    ("Voters are tired of the rigged system.", "the rigged system", "definite_label"),
    ("The bank finally told the truth.", "finally", "change"),
    ("Ministers have lost control of our borders.", "lost control of", "change"),
    ("How many more must wait?", "How many more", "question"),
    ("Even his own allies doubt it.", "Even", "exception"),
    ("The mine no longer pays.", "no longer", "continuation"),
    ("Still the mine pays nothing.", "Still", "continuation"),
    ("The mine is shut again, miners say.", "again", "iterative"),
    ("They failed time and time again.", "time and time again", "iterative"),
    ("How many times must we ask?", "How many times", "question"),
]
NOT_FOUND = [
    "The boat lay on still water.",
    "She painted a still life.",
    "The bus stops at the school.",
    "She returned to Leeds by train.",
    "He ordered another coffee.",
    "Six is an even number.",
    "She lost control of the car.",
    "The shop ceased trading in May.",
    "The race starts at noon.",
    "They stood still.",
    "A crisis over migration was discussed.",
    "The two problems were solved.",
    "Still, the mine pays nothing.",
    "The answer, still, is no.",
    "Again, the mine pays nothing.",
    "It is an on-again, off-again romance.",
    "He is a born-again runner.",
    "Some left and others still stayed away.",
    "They recorded how many times the bell rang.",
    "The plan began to take shape.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["presupposition"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_left_and_right_labels_are_alike() -> None:
    sides = (
        "the border crisis",
        "the gun violence epidemic",
        "the woke agenda",
        "the climate scam",
    )
    for label in sides:
        assert hits(f"They spoke of {label} on Friday.") == [(label, "definite_label")]
