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
    ("They said that prisoners stay caged for life.", "caged", "animal"),
    ("The town spoke of gangs of filthy beasts.", "beasts", "animal"),
    ("She uses pensioners as mere pawns.", "pawns", "object"),
    ("He calls Republicans scum.", "scum", "disgust"),
    ("He calls Democrats scum.", "scum", "disgust"),
    ("They shouted about lefty scum.", "scum", "disgust"),
    ("They shouted about fascist scum.", "scum", "disgust"),
    ("She compared socialists with termites.", "termites", "vermin"),
    ("He would herd thousands of tenants away.", "herd", "animal"),
    ("Thugs, looters or lowlifes came.", "lowlifes", "disgust"),
    ("He is no voter, he is of the zombie terrorist army.", "zombie", "denial_of_mind"),
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
    "The lobbyists held a pig roast.",
    "The leftists praised a loathsome attack.",
    "He mocked the deranged Democratic plan.",
    "He mocked the deranged Republican plan.",
    "They fought a vile leftist-fascist slogan.",
    "It is the rage of an anti-Muslim mob mentality.",
    "The strikers helped to tame a fire in the woods.",
    "The officials spawned a new term.",
    "The students are idiots.",
    "They were brainwashing young Muslims there.",
    "People without infection may leave.",
    "The bill, which the women say is revolting, was dropped.",
    "The mayor thanked the community, and Savage said so too.",
    "The vote that the senators and protesters scuttled was lost.",
    "The damage hit the crime infested streets where they live.",
    "He wants to eradicate a habit of the villagers.",
    "It is the collateral damage that war does to civilians.",
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


@pytest.mark.parametrize("group", ["Tories", "Democrats", "Republicans", "Muslims", "landlords"])
@pytest.mark.parametrize(
    "frame",
    [
        "He called the {} vermin.",
        "The {} are like rats.",
        "The feral {} met.",
        "A swarm of {} came.",
    ],
)
def test_every_group_is_linked_alike(group: str, frame: str) -> None:
    assert len(hits(frame.format(group))) == 1


def test_a_topic_is_no_group() -> None:
    assert hits("Crime is a cancer.") == []


def test_with_metaphor_beside_it_both_are_found() -> None:
    table = fr.annotate(["A swarm of migrants came."], ["metaphor", "dehumanisation"])
    assert sorted(table["extractor"]) == ["dehumanisation", "metaphor"]
