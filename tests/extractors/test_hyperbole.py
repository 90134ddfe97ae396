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
    "The choice of a retired bishop is not unprecedented.",
    "It is wet, but it is not the end of the world.",
    "He lost nearly every single vote.",
    "A truce won't last forever.",
    "The deal holds if everybody agrees to sign.",
    "She asked a man who had served on earth.",
    "The statute says what makes a national emergency.",
    "The party won total control of the council.",
]
PLAIN_NEVER = [
    "The board never voted on it.",
    "I have never signed a form.",
    "The two towns had never even heard of it.",
    "The ferry was never sold.",
    "We must never let it sink.",
    "You never know.",
    "She would never climb unless the rope held.",
    "He would never have sold it.",
    "They never came back, the clerk said.",
    "A third report never hearing the bell.",
    "Most people say they never or rarely cycle.",
]
FOR_ALL_TIME = [
    "The mayor will never listen.",
    "They'll never win a vote again.",
    "They never listen to tenants.",
    "I never thought it would sink.",
    "She never had to pay.",
    "It has never been more urgent.",
    "We have never seen such waste.",
    "It was never a question of money.",
    "Never have I seen a worse map.",
    "You're never asked what you need.",
    "We have never seen this kind of waste.",
    "It was a storm we never could have foreseen.",
    "He sat there, never speaking to us.",
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


@pytest.mark.parametrize("text", PLAIN_NEVER)
def test_never_of_one_event_a_duty_or_a_condition_is_plain(text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize("text", FOR_ALL_TIME)
def test_never_for_all_time_is_an_absolute(text: str) -> None:
    assert ("never", "absolute") in [(words.lower(), label) for words, label in hits(text)]


def test_no_matter_what_counts_at_the_end_of_a_clause() -> None:
    for text in ("We will build it no matter what.", "No matter what, we will build it."):
        assert [label for _, label in hits(text)] == ["absolute"]
    assert hits("We will build it no matter what the report says.") == []


def test_what_is_raised_by_a_denial_still_counts() -> None:
    for text in ("It is not just unprecedented.", "It was a bad year, if not the worst ever."):
        assert [label for _, label in hits(text)] == ["superlative"]


def test_per_cent_in_one_word_or_two() -> None:
    for written in ("100 per cent", "100 percent"):
        assert hits(f"She is {written} wrong.") == [(written, "number")]
