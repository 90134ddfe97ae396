"""Scare quotes: marks that quote nobody, told from names, mentions and quotations."""

from __future__ import annotations

import json

import pytest

import framing as fr
from framing.extractors.scare_quotes import ScareQuotes
from framing.lexicon import Lexicon

FOUND = [
    ('The "reform" came a year late.', "reform", "distance"),
    ("The ‘reform’ came a year late.", "reform", "distance"),
    ("The “clean break” cost two jobs.", "clean break", "distance"),
    ('Their "free" parking costs a pound.', "free", "distance"),
    ('The so-called "experts" met again.', "experts", "so_called"),
    ('A self-styled "prophet" bought the mill.', "prophet", "so_called"),
    ('The alleged "plot" was a picnic.', "plot", "so_called"),
    ('A trick known as "salting" is old.', "salting", "naming"),
    ('The pair were dubbed "the herons" at school.', "the herons", "naming"),
    ('Nobody used the word "reform" at dinner.', "reform", "mention"),
    ('The box was marked "fragile" in red.', "fragile", "mention"),
    ('A would-be "prophet" bought the mill.', "prophet", "so_called"),
    ('These lamps would be "grandfathered" in.', "grandfathered", "distance"),
    ('Silence here means "consent" to them.', "consent", "distance"),
    ('And that is why they call it a "debate" there.', "debate", "naming"),
    ('The slope is known as the "ghost" hill.', "ghost", "naming"),
    ('The site has new "like" buttons.', "like", "naming"),
    ('He paid for the concept of "slow parking" here.', "slow parking", "naming"),
    ('Lamps were declared "inactive" in May.', "inactive", "naming"),
    ('Home moves, or "flits," cost a day.', "flits,", "naming"),
    ('The glut (the "herring hump") is over.', "herring hump", "naming"),
    ('The trade has a "confirmation bias" too.', "confirmation bias", "naming"),
    ('The town has a "lights-out" policy in May.', "lights-out", "naming"),
    ('"Proficient" means the pupil can swim.', "Proficient", "mention"),
    ('The "reform" means that tolls will rise.', "reform", "distance"),
    ('Nobody liked the "wet" label much.', "wet", "mention"),
    ('The use of "northern" as an insult is old.', "northern", "mention"),
]
NOT_FOUND = [
    "The reform came a year late.",
    '"It is late," she said.',
    'The warden said it was "too late" for the ferry.',
    'The warden called for "a clean break" with the past.',
    'The novel "Winter Harbour" is set in a port.',
    'John "Jack" Hill ran the shop.',
    'She has an "A" rating from the guild.',
    'In the mayor\'s view, the work is "going well" now.',
    'The mayor pointed to the "slow drip" of letters.',
    'The town is run by a "cartel" (as the mayor would have it) of grocers.',
    'He criticised the wardens for giving "inadequate" answers.',
    'A rule that would bar any shop "affiliated" with the mill was late.',
    'His friends were shouting "Cartel!" at the gate.',
    '"The council must do something," Mary Oakes said. But "something" is not a plan.',
    "Oakes calls bridge 'a danger' and 'too narrow' for town",
    'The "',
    '""',
    "The sailors' rest is shut, and the captain's house too.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["scare_quotes"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert hits(text) == [(words, label)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_every_label_has_an_entry() -> None:
    entries = ScareQuotes().entries
    assert {entry.label for entry in entries.entries} == set(entries.labels)


def test_a_nickname_needs_capitals_on_both_sides() -> None:
    assert hits('The "Jack" was lifted, Hill saw.') == [("Jack", "distance")]
    assert hits('In Leeds "reform" came late.') == [("reform", "distance")]


def test_a_lead_counts_only_right_before_the_marks() -> None:
    assert hits('The word was that the "reform" was late.') == [("reform", "distance")]
    assert hits('The so-called old "experts" met.') == [("experts", "distance")]
    assert hits('That is the word. "Reform" came late.')[-1][1] != "mention"


def test_a_label_goes_on_through_a_list() -> None:
    text = 'Nobody used the words "reform" or "rescue" at dinner.'
    assert hits(text) == [("reform", "mention"), ("rescue", "mention")]
    assert hits('The so-called "reform" or "rescue" was late.')[-1] == ("rescue", "distance")


def test_the_authors_own_verb_of_speech_gives_the_words_to_nobody() -> None:
    assert hits('I say the "reform" was late.') == [("reform", "distance")]
    assert hits('Tell us about any "reform" you met.') == [("reform", "distance")]


def test_each_of_two_in_a_sentence_counts() -> None:
    text = 'The "reform" and the so-called "rescue" were late.'
    assert hits(text) == [("reform", "distance"), ("rescue", "so_called")]


def test_the_voice_is_scare_and_nobody_speaks() -> None:
    (hit,) = fr.annotate(['The "reform" came late.'], ["scare_quotes"]).to_dict("records")
    assert (hit["voice"], hit["speaker"], hit["rule"]) == ("scare", None, "distance")
    assert json.loads(hit["attributes"]) == {"n_words": 1}


def test_nobody_else_speaks_so_the_rate_is_the_outlets_own() -> None:
    texts = ['The "reform" came late.']
    scores = fr.score(fr.annotate(texts, ["scare_quotes"]), texts, min_words=0).iloc[0]
    for voice, count in {"outlet": 1, "attributed": 0, "all": 1}.items():
        assert scores[f"scare_quotes.{voice}.count"] == count
        assert scores[f"scare_quotes.{voice}.per_1k"] == 250 * count


def test_a_list_of_ones_own_may_leave_distance_out() -> None:
    mine = ScareQuotes(lexicon=Lexicon.from_terms("mine", {"quote unquote": "spoken"}))
    texts = ['The "reform" and the quote unquote "rescue" were late.']
    assert fr.annotate(texts, [mine])["text"].tolist() == ["rescue"]
