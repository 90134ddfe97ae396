"""Inflection and spelling."""

from __future__ import annotations

import pytest

from framing.inflect import inflect, spelling_variants


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("slam", "slams slammed slamming"),
        ("blast", "blasts blasted blasting"),
        ("stoke", "stokes stoked stoking"),
        ("decry", "decries decried decrying"),
        ("destroy", "destroys destroyed destroying"),
        ("pander", "panders pandered pandering"),
        ("savage", "savages savaged savaging"),
        ("lash", "lashes lashed lashing"),
        ("panic", "panics panicked panicking"),
        ("admit", "admits admitted admitting"),
        ("target", "targets targeted targeting"),
        ("attack", "attacks attacked attacking"),
        ("vow", "vows vowed vowing"),
        ("vex", "vexes vexed vexing"),
        ("free", "frees freed freeing"),
        ("ban", "bans banned banning"),
        ("spew", "spews spewed spewing"),
    ],
)
def test_regular_verbs(verb: str, forms: str) -> None:
    assert inflect(verb, "v", []) == [verb, *forms.split()]


def test_phrases() -> None:
    assert inflect("hit out", "v", ["hits", "hit", "hitting"])[1:] == ["hits out", "hitting out"]
    assert inflect("witch hunt", "n", []) == ["witch hunt", "witch hunts"]
    assert inflect("son@ of the soil", "n", []) == ["son of the soil", "sons of the soil"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("demonise", "demonize"), ("demonize", "demonise"), ("demonising", "demonizing"),
        ("honour", "honor"), ("rancor", "rancour"), ("paralyse", "paralyze"),
        ("defence", "defense"), ("offense", "offence"), ("centre", "center"),
        ("centred", "centered"), ("bedevilled", "bedeviled"), ("demagogue", "demagog"),
        ("labour", "labor"),
    ],
)  # fmt: skip
def test_spellings_go_both_ways(one: str, other: str) -> None:
    assert other in spelling_variants(one)


@pytest.mark.parametrize(
    "word",
    "rise four science tense hour mired promise referred stirred hatred hundred sacred".split(),
)
def test_words_without_a_variant(word: str) -> None:
    assert spelling_variants(word) == [word]
