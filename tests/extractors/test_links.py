"""Ways in which a word hangs on a term: each is found, and a word that only stands near is not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import framing as fr
from framing.extractors.dehumanisation import Dehumanisation
from framing.lexicon import Lexicon, make_entry

WAYS = [
    ("is", "The strikers are mould.", "The mould near strikers grew."),
    ("is", "They were seen as mould by strikers called mould.", "Strikers fought for mould rules."),
    ("adj", "The mould strikers left.", "The mould in which strikers slept was wet."),
    ("before", "The striker mould must end.", "The striker cleaned the mould."),
    ("subject", "The strikers mould.", "The strikers, in wet rooms full of mould, left."),
    ("list", "Strikers or mould, he said.", "Strikers left when mould grew."),
    ("+of", "A mould of strikers grew.", "A mould in strikers grew."),
    ("+of", "A mould of these angry strikers grew.", "A mould of the room where strikers sat."),
]


def found(way: str, text: str) -> list[str]:
    lexicon = Lexicon.from_terms("dehumanisation", ["mould"])
    row = {"entry": "mould", "label": "vermin", "link": way}
    entry = make_entry(row, "here")
    own = Dehumanisation(lexicon=replace(lexicon, entries=(entry,)))
    return [json.loads(one)["group"].lower() for one in fr.annotate([text], [own])["attributes"]]


@pytest.mark.parametrize(("way", "linked", "near"), WAYS)
def test_a_way_holds_where_the_word_hangs_on_the_term(way: str, linked: str, near: str) -> None:
    assert found(way, linked)
    assert not found(way, near)


def test_ways_are_told_apart() -> None:
    assert not found("+of", "The strikers are mould.")
    assert not found("is", "A mould of strikers grew.")


def test_what_is_against_a_group_is_not_said_of_it() -> None:
    assert not found("adj", "The mould anti-strikers left.")
