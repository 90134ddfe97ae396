"""Moral vocabulary: praise and blame under their concern, plain uses of the words not."""

from __future__ import annotations

import pytest

import framing as fr
from framing.lexicon import load

FOUND = [
    ("They treated the widow with compassion.", "compassion", "care"),
    ("The law lets down the vulnerable.", "the vulnerable", "care"),
    ("It was a callous decision.", "callous", "harm"),
    ("Guards tortured the prisoners.", "tortured", "harm"),
    ("Workers want their fair share.", "fair share", "fairness"),
    ("The ruling was impartial.", "impartial", "fairness"),
    ("Landlords exploit their tenants.", "exploit", "cheating"),
    ("She called it pure hypocrisy.", "hypocrisy", "cheating"),
    ("A true patriot would resign.", "patriot", "loyalty"),
    ("The unions showed solidarity.", "solidarity", "loyalty"),
    ("He betrayed his voters.", "betrayed", "betrayal"),
    ("They were stabbed in the back.", "stabbed in the back", "betrayal"),
    ("The party of law and order lost.", "law and order", "authority"),
    ("Children should obey.", "obey", "authority"),
    ("Ministers think they are above the law.", "above the law", "subversion"),
    ("The square fell to mob rule.", "mob rule", "subversion"),
    ("Life is sacred.", "sacred", "sanctity"),
    ("The trade is sordid.", "sordid", "degradation"),
    ("They desecrated the grave.", "desecrated", "degradation"),
]
NOT_FOUND = [
    "The village held its fair.",
    "The road was treacherous with ice.",
    "The justice minister spoke.",
    "Two and two equals four.",
    "The brutal winter went on.",
    "Lily Savage sang at noon.",
    "The abbey choir sang sacred music.",
    "The tour sold out in an hour.",
    "The private equity firm bought the mill.",
    "Police found the wicked witch costume in a bin.",
    "It is a virtuous circle.",
    "The farm slaughtered its cattle.",
    "They just left.",
    "The plastic will degrade in soil.",
    "Is it fair to say that the bridge is late?",
    "He obstructed justice.",
    "The newest justice wrote it.",
    "The civil rights lawyer left.",
    "The human rights lawyer left.",
    "In fairness to the clerk, it was late.",
    "To be honest, it was late.",
    "Lawful permanent residents may apply.",
    "The vulnerable Democrats and the vulnerable Republicans met.",
    "They charged her with dual loyalty.",
    "She wrote an anti-racist guide.",
    "It was a decent strategy.",
    "The humanitarian aid came by sea.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["moral_vocabulary"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


DONE_TO_PEOPLE = [
    ("We must protect the children.", "protect"),
    ("Protect the health and safety of older workers.", "Protect"),
    ("The tenants must be protected.", "protected"),
    ("It is the protection of the unborn.", "protection of"),
    ("The dam will harm the families below it.", "harm"),
    ("It did great harm to gun owners.", "harm"),
    ("Nobody was told that patients were harmed.", "harmed"),
    ("It would safeguard the elderly.", "safeguard"),
]
DONE_TO_THINGS = [
    "He vowed to protect the holiday.",
    "I came to protect Mr Dale.",
    "The notes are protected under the rule.",
    "The freedoms dear to them will be protected.",
    "We protect voting laws for the children.",
    "The levy will harm trade.",
    "It kept them out of harm.",
    "The safeguards of the fund are weak.",
    "She wanted to shield her tax returns.",
]


@pytest.mark.parametrize(("text", "words"), DONE_TO_PEOPLE)
def test_care_and_harm_of_people_and_animals(text: str, words: str) -> None:
    assert words in [found for found, _ in hits(text)]


@pytest.mark.parametrize("text", DONE_TO_THINGS)
def test_things_are_not_cared_for(text: str) -> None:
    assert hits(text) == []


def test_virtues_and_vices_are_ten() -> None:
    assert len(load("moral_vocabulary").labels) == 10


def test_negation_is_flagged() -> None:
    table = fr.annotate(["They showed no mercy."], ["moral_vocabulary"])
    assert table["negated"].tolist() == [True]
