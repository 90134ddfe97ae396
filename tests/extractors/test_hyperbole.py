"""Hyperbole: overstatement is found, counting and measuring is not."""

from __future__ import annotations

import pytest

import framing as fr

FOUND = [
    ("It was the utter collapse of everything.", "utter", "totality"),
    ("It was the utter collapse of everything.", "everything", "absolute"),
    ("It is the worst ever ferry line.", "worst ever", "superlative"),
    ("The party always blames somebody else.", "always", "absolute"),
    ("They cut every single bus.", "every single", "absolute"),
    ("The launch was total chaos.", "total", "totality"),
    ("It is the greatest swindle ever.", "ever", "superlative"),
    ("The council has failed an entire generation.", "entire", "totality"),
    ("We have heard it a million times.", "a million times", "number"),
    ("There are countless reasons to refuse.", "countless", "number"),
    ("I am 110 per cent behind the plan.", "110 per cent", "number"),
    ("High streets are on their knees.", "on their knees", "image"),
    ("Trade fell off a cliff after the vote.", "fell off a cliff", "image"),
    ("Nobody in their right mind would sign.", "Nobody in their right mind", "absolute"),
    ("It was the mother of all rows.", "the mother of all", "superlative"),
]
NOT_FOUND = [
    "All 12 seats were won.",
    "The total cost was two million pounds.",
    "Every ward has one clerk.",
    "She read the entire book.",
    "The complete works fill six volumes.",
    "He did not utter a word.",
    "It was the heaviest egg ever recorded.",
    "The shirt is 100 per cent cotton.",
    "The kite fell in the field.",
    "The pilgrims fell on their knees to pray.",
    "He was born in the worst winter of the war.",
    "The name literally means stone.",
    "There are infinitely many primes.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["hyperbole"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_per_cent_in_one_word_or_two() -> None:
    for written in ("100 per cent", "100 percent"):
        assert hits(f"She is {written} wrong.") == [(written, "number")]
