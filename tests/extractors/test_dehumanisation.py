"""Dehumanisation: each component beside a term for people, and no animal, illness or thing."""

from __future__ import annotations

import json

import pytest

import framing as fr

FOUND = [
    ("He said the gang members are animals.", "animals", "animal"),
    ("They breed, he said of the migrants.", "breed", "animal"),
    ("Refugees were herded onto a coach.", "herded", "animal"),
    ("She called the Tories vermin.", "vermin", "vermin"),
    ("She called the Democrats vermin.", "vermin", "vermin"),
    ("The paper likened migrants to cockroaches.", "cockroaches", "vermin"),
    ("The estate is infested with addicts.", "infested", "vermin"),
    ("He said immigrants poison the blood of the nation.", "poison the blood", "disease"),
    ("Muslims are a cancer, the caller said.", "cancer", "disease"),
    ("The bankers are scum.", "scum", "disgust"),
    ("The protesters were called the dregs of society.", "dregs of society", "disgust"),
    ("Civilians are collateral damage to them.", "collateral damage", "object"),
    ("A batch of deportees left.", "batch of", "object"),
    ("Mindless hooligans ran through the town.", "Mindless", "denial_of_mind"),
    ("The activists have been brainwashed.", "brainwashed", "denial_of_mind"),
]
NOT_FOUND = [
    "The cattle market opens on Monday.",
    "Tenants found cockroaches in the kitchen.",
    "Students build robots.",
    "The patient was treated for cancer, and refugees nursed her.",
    "The students found the food disgusting.",
    "They found the book disgusting.",
    "Animal rights activists met.",
    "Police found vermin.",
    "The dog was a mongrel.",
    "Penguins come ashore; they breed in winter.",
    "They breed in winter, like all penguins.",
    "The tourists saw lions and hyenas.",
    "The grain was shipped as cargo.",
    "People and animals were saved from the farm.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["dehumanisation"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_the_group_is_named() -> None:
    table = fr.annotate(["The strikers are vermin, and pensioners agreed."], ["dehumanisation"])
    assert [json.loads(a)["group"] for a in table["attributes"]] == ["strikers"]


def test_a_topic_is_no_group() -> None:
    assert hits("Crime is a cancer.") == []


def test_with_metaphor_beside_it_both_are_found() -> None:
    table = fr.annotate(["A swarm of migrants came."], ["metaphor", "dehumanisation"])
    assert sorted(table["extractor"]) == ["dehumanisation", "metaphor"]
