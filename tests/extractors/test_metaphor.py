"""Metaphor: a word of another domain beside its target is found, literal use is not."""

from __future__ import annotations

import json

import pytest

import framing as fr
from framing.lexicon import load

FOUND = [
    ("A tide of arrivals is on its way.", "tide", "water"),
    ("Kent has been swamped by asylum seekers.", "swamped", "water"),
    ("Paris promised to stem the flow of small boats.", "stem the flow", "water"),
    ("Violent crime surged in June.", "surged", "water"),
    ("She called it an invasion of migrants.", "invasion", "war"),
    ("The bank is battling inflation.", "battling", "war"),
    ("The war on drugs goes on.", "war on", "war"),
    ("They fear a swarm of migrants.", "swarm", "vermin"),
    ("The estate is infested with criminals.", "infested", "vermin"),
    ("He called bankers parasites.", "parasites", "parasite"),
    ("Claimants sponge off the state, he wrote.", "sponge off", "parasite"),
    ("Refugees were called a drain on the town.", "drain on", "burden"),
    ("Debt is a burden that the economy cannot bear.", "burden", "burden"),
    ("Smugglers moved their human cargo of migrants.", "human cargo", "commodity"),
    ("Migrants became bargaining chips.", "bargaining chips", "commodity"),
    ("Knife crime is a plague.", "plague", "disease"),
    ("The ailing economy shrank.", "ailing", "disease"),
    ("The migrant crisis is surging again.", "surging", "water"),
    ("Migration flows have slowed.", "flows", "water"),
    ("A surge in numbers of migrants was seen.", "surge", "water"),
    ("The suburb was swamped by illegal migrants.", "swamped", "water"),
    ("Smugglers flood the town with drugs.", "flood", "water"),
    ("They spoke of an invasion of gangs and migrants.", "invasion", "war"),
    ("The paper wrote of a Muslim invasion.", "invasion", "war"),
    ("The fight over the border is a battle over immigration.", "battle", "war"),
    ("The town must absorb large numbers of refugees.", "absorb", "burden"),
    ("Gangs, warlords and barons feeding off aid.", "feeding off", "parasite"),
]
NOT_FOUND = [
    "Tide times for Dover are on page two.",
    "A wave hit the small boat in rough seas.",
    "The flood cost the economy a billion pounds.",
    "The troops stormed the town and refugees fled.",
    "The cholera epidemic hit the refugees.",
    "The zoo's rats are fed by students.",
    "The burden of proof lies with the bank.",
    "Bees left in a swarm.",
    "He was a parasite.",
    "The tide turned; migrants slept in the hall.",
    "The tide turned. Migrants slept in the hall.",
    "It was a tide, wrote the old poet of the northern coast, of migrants.",
    "The cargo of wheat went to the refugees.",
    "A wave of people danced.",
    "A wave of Democrats won.",
    "A wave of Republicans won.",
    "The Tories wave the plan through.",
    "Voters flocked to the Labour leader.",
    "Protesters stormed the gate.",
    "Robbery suspects stormed the shop.",
    "According to Bunker, wages rose.",
    "She was held for weapons and drug offences.",
    "The pills are a new cancer drug.",
    "Addicts have more disease, poverty and debt.",
    "The prisoners were quarantined.",
    "He has the lead in a lame-duck session on the taxes of the state.",
    "The activists put pressure on banks.",
    "A security breach led to theft.",
    "Thousands of protesters poured into the square.",
    "The money went down the drain, an economy minister said.",
    "The debate reached fever pitch over immigration.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["metaphor"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_every_kind_of_target_is_known() -> None:
    kinds = set(load("metaphor_targets").labels)
    for entry in load("metaphor").entries:
        assert set(entry.extra.get("near", "").split()) <= kinds, entry.id


def test_the_nearest_target_is_named() -> None:
    table = fr.annotate(["Crime rose, and a tide of migrants came."], ["metaphor"])
    assert [json.loads(a)["target"] for a in table["attributes"]] == ["migrants"]


def test_four_words_and_no_more() -> None:
    assert hits("A tide of one two migrants came.") == [("tide", "water")]
    assert hits("A tide of one two three migrants came.") == []


@pytest.mark.parametrize("party", ["Tory", "Labour", "Democratic", "Republican"])
def test_the_fortunes_of_a_party_are_no_topic(party: str) -> None:
    assert hits(f"A {party} wave is building, and the tide of {party} anger swamped them.") == []


def test_a_worn_out_metaphor_is_weak() -> None:
    table = fr.annotate(["A surge in migration, or a tsunami of migrants."], ["metaphor"])
    assert table["strength"].tolist() == [0.33, 1.0]


@pytest.mark.parametrize("group", ["Tories", "Democrats", "landlords", "strikers", "bankers"])
def test_groups_are_treated_alike(group: str) -> None:
    assert ("parasites", "parasite") in hits(f"The {group} are parasites.")
