"""Sourcing: nobody in particular, hearsay, refusals to comment, and crowds without members."""

from __future__ import annotations

import json

import pytest

import framing as fr

FOUND = [
    ("Sources said the sale was off.", "Sources", "anonymous"),
    ("A source close to the talks expects a deal.", "source close to", "anonymous"),
    ("A person familiar with the matter left early.", "person familiar with", "anonymous"),
    ("He spoke on condition of anonymity.", "on condition of anonymity", "anonymous"),
    ("One aide said the plan was dead.", "One aide", "anonymous"),
    ("Labour sources were pleased.", "Labour sources", "anonymous"),
    ("Conservative sources were pleased.", "Conservative sources", "anonymous"),
    ("The leaked memo ran to nine pages.", "leaked memo", "anonymous"),
    ("The owner is understood to have sold the yard.", "is understood to", "hearsay"),
    ("It has emerged that the yard was sold.", "It has emerged", "hearsay"),
    ("The yard was reportedly sold.", "reportedly", "hearsay"),
    ("Rumour has it that the yard was sold.", "Rumour has it", "hearsay"),
    ("The rumors that he left are old.", "rumors that", "hearsay"),
    ("The firm declined to comment.", "declined to comment", "no_comment"),
    ("The owner could not be reached on Sunday.", "could not be reached", "no_comment"),
    ("The trust has been contacted for comment.", "for comment", "no_comment"),
    ("The firm did not respond to our letter.", "did not respond to", "no_comment"),
    ("Critics say the toll is unfair.", "Critics", "crowd"),
    ("Many believe the pier is cursed.", "Many", "crowd"),
    ("According to experts, the dam is sound.", "According to experts", "crowd"),
    ("There are fears the dam will burst.", "There are fears", "crowd"),
    ("The museum has come under fire for the sale.", "come under fire", "crowd"),
    ("The toll is widely seen as unfair.", "is widely seen as", "crowd"),
    ("According to two senior officials, the dam is sound.", "senior officials", "anonymous"),
    ("The dam is sound, a military official told reporters.", "military official", "anonymous"),
    ("ACCORDING TO two senior officials, the dam is sound.", "senior officials", "anonymous"),
    ("The paper, citing U.S. officials, gave no date.", "U.S. officials", "anonymous"),
    ("Industry sources familiar with the plan say it is dead.", "Industry sources", "anonymous"),
    ("One of the officials said the dam was sound.", "officials", "anonymous"),
    ("Others say the toll is unfair.", "Others", "crowd"),
    ("Many residents say the toll is unfair.", "residents", "crowd"),
    ("The yard was apparently sold.", "apparently", "hearsay"),
    ("To those who say it is fair he has no reply.", "those who say", "crowd"),
]
NOT_FOUND = [
    "The sources of the river are dry.",
    "Mary Oakes said the ferry was late.",
    "Critics of both towns met on Friday.",
    "Experts at the university of Leeds met on Friday.",
    "The patient did not respond to treatment.",
    "The island could not be reached by road.",
    "The ship did not return to port.",
    "The blog has no comment section.",
    "She understood the map well.",
    "Many of the lamps were lit.",
    "Friends met for lunch in Leeds.",
    "The patrol came under fire near the river.",
    "The toll was paid by senior officials in May.",
    "Government officials locked the yard.",
    "A clerk told security officials that the dam was sound.",
    "A former White House official, Mary Oakes, said the dam was sound.",
    "Administration official Mary Oakes said the dam was sound.",
    "The targeting of town officials suggests a plan.",
    "The law protects the whistleblower from his firm.",
    "Stories from anonymous sources fill the paper.",
    "The lawyers said the yard was sold.",
    "Hill's lawyers said the yard was sold.",
    "Four Leeds residents said the yard was sold.",
    "Some 53% of voters say the toll is unfair.",
    "The mill and others worry two of the owners.",
    "It was an apparently endless queue.",
    "The theft was reported to the police.",
    "I wouldn't say the pier is cursed.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["sourcing"])
    return list(zip(table["text"], table["label"], strict=True))


def types(text: str) -> list[tuple[str, str | None]]:
    table = fr.annotate([text], ["sourcing"])
    return [
        (words, json.loads(attributes).get("speaker_type"))
        for words, attributes in zip(table["text"], table["attributes"], strict=True)
    ]


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert hits(text) == [(words, label)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_the_type_of_the_speaker_the_words_name() -> None:
    assert types("Critics say the toll is unfair.") == [("Critics", "anonymous")]
    assert types("A senior official said the dam was sound.") == [("senior official", "anonymous")]


def test_hearsay_is_the_cue_of_an_attribution_to_nobody() -> None:
    assert types("It is understood that the yard was sold.") == [
        ("It is understood", "unspecified")
    ]


def test_no_type_where_no_attribution_overlaps() -> None:
    assert types("The firm declined to comment.") == [("declined to comment", None)]
    assert types("Mary Oakes said the firm declined to comment.") == [("declined to comment", None)]


def test_of_two_reports_each_has_its_own_type() -> None:
    text = "Critics say the toll is unfair. It is claimed that it pays for the pier."
    assert types(text) == [("Critics", "anonymous"), ("It is claimed", "unspecified")]


def test_the_voice_is_that_of_the_words() -> None:
    (hit,) = fr.annotate(['"Critics say it is unfair," Mary Oakes said.'], ["sourcing"]).to_dict(
        "records"
    )
    assert (hit["voice"], hit["speaker"]) == ("direct", "Mary Oakes")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Labour", "Conservative"), ("Democratic", "Republican"), ("Green", "Reform")],
)
def test_the_parties_are_treated_alike(one: str, other: str) -> None:
    texts = [f"A {party} source was pleased." for party in (one, other)]
    strengths = fr.annotate(texts, ["sourcing"])["strength"].tolist()
    assert len(strengths) == 2 and len(set(strengths)) == 1
