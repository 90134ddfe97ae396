"""Report verbs: the cue of every attribution under its class, with the speaker it belongs to."""

from __future__ import annotations

import json
from typing import Any

import pytest

import framing as fr
from framing.extractors.report_verbs import ReportVerbs
from framing.lexicon import Lexicon, load

FOUND = [
    ("The dealer claimed that the vase was old.", "claimed", "doubt"),
    ("The guide explained that the tower had been moved.", "explained", "positive"),
    ("The clerk said the letter was missing.", "said", "neutral"),
    ("The colonel thundered that the gates were open.", "thundered", "manner"),
    ("The firm admitted that the pipes had burst.", "admitted", "negative"),
    ("The coroner criticised the hotel for locking the door.", "criticised", "negative"),
    ("The owner vowed to open again in spring.", "vowed", "directive"),
    ("The auditor suspected that the books were wrong.", "suspected", "thought"),
    ("According to the warden, the gate was shut.", "According to", "neutral"),
    ("The ferry was allegedly sold for scrap.", "allegedly", "doubt"),
    ("The tenant's allegation that the key was copied stood.", "allegation", "doubt"),
    ('"Ask somebody else," the porter snapped.', "snapped", "manner"),
    ("It is understood that the sale is off.", "understood", "thought"),
    ("The guard pointed out that the lift was broken.", "pointed out", "positive"),
    ("The warden asked the crew to wait.", "asked", "directive"),
    ("The warden told the crew to wait.", "told", "directive"),
    ("The warden told the crew she had to wait.", "told", "neutral"),
    ("The owner agreed to pay the fee.", "agreed", "directive"),
    ("The owner suggested that the crew should wait.", "suggested", "directive"),
    ("The owner suggested that the crew was late.", "suggested", "doubt"),
]
NOT_FOUND = [
    "She claimed her expenses on Monday.",
    "The warden declined to comment.",
    "The pilot told a long story.",
    "She did not claim that the vase was old.",
    "The claim was paid in May.",
    '"It is over."',
    "The ferry sank.",
]


def hits(text: str, **options: Any) -> list[dict[str, Any]]:
    return fr.annotate([text], [ReportVerbs(**options)]).to_dict("records")


def speakers(text: str) -> list[tuple[str, str, str]]:
    found = [(hit["text"], json.loads(hit["attributes"])) for hit in hits(text)]
    return [(cue, values["speaker_name"], values["speaker_type"]) for cue, values in found]


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert [(hit["text"], hit["label"]) for hit in hits(text)] == [(words, label)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The warden said the crew was known for a raid.", "known"),
        ("The warden said the law would deny care to sailors.", "deny"),
        ("The warden said that he faced questions from the crew.", "questions"),
        ("The warden said that mass protests followed.", "protests"),
    ],
)
def test_a_word_that_gives_no_words_is_not_counted(text: str, word: str) -> None:
    assert word not in [hit["text"] for hit in hits(text)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_every_class_has_entries_and_every_entry_that_gives_words_an_example() -> None:
    lexicon = load("report_verbs")
    assert {entry.label for entry in lexicon.entries} == set(lexicon.labels)
    silent = {entry.id for entry in lexicon.entries} - {e.id for e in ReportVerbs().entries.entries}
    assert silent == {entry.id for entry in lexicon.entries if not entry.example}
    assert {"decline", "refute"} <= silent


def test_the_speaker_is_that_of_the_attribution() -> None:
    text = "Mary Oakes said the pier was safe. She insisted that no plank was loose."
    assert speakers(text) == [
        ("said", "Mary Oakes", "named"),
        ("insisted", "Mary Oakes", "named"),
    ]


def test_a_speaker_without_a_name_is_given_as_written() -> None:
    assert speakers("Sources claimed that the pier was sold.") == [
        ("claimed", "Sources", "anonymous")
    ]
    assert speakers("It is understood that the sale is off.") == [
        ("understood", None, "unspecified")
    ]


def test_the_voice_is_that_of_the_cue() -> None:
    inside, outside = hits('"The dealer claimed the vase was old," Mary Oakes said.')
    assert (inside["text"], inside["voice"], inside["speaker"]) == (
        "claimed", "direct", "Mary Oakes",
    )  # fmt: skip
    assert (outside["text"], outside["voice"]) == ("said", "outlet")


def test_marks_around_a_report_leave_its_cue_and_class() -> None:
    plain = "The dealer claimed that the vase was old."
    inside = [h for h in hits(f'"{plain[:-1]}," she said.') if h["text"] != "said"]
    assert [(h["start"] - 1, h["rule"], h["label"]) for h in inside] == [
        (h["start"], h["rule"], h["label"]) for h in hits(plain)
    ]


def test_a_nested_report_counts_both_cues_each_with_its_speaker() -> None:
    text = "Mary Oakes said her rival John Hill had claimed that the vase was fake."
    assert speakers(text) == [("said", "Mary Oakes", "named"), ("claimed", "John Hill", "named")]


def test_one_cue_of_two_pieces_counts_once() -> None:
    (hit,) = hits('"It is late," said Mary Oakes, "and the bar is shut."')
    assert (hit["text"], hit["rule"]) == ("said", "say")


def test_the_kind_tells_quotation_from_report() -> None:
    kinds = [
        json.loads(hit["attributes"])["kind"]
        for text in ('"It is late," he said.', "He said it was late.", 'He said it was "too late".')
        for hit in hits(text)
    ]
    assert kinds == ["direct", "indirect", "mixed"]


def test_a_list_of_ones_own_reclassifies_the_cues() -> None:
    mine = Lexicon.from_terms("mine", {"said": "plain", "thundered": "loud"})
    text = "Mary Oakes said it was late. John Hill thundered that it was not. He claimed it was."
    found = hits(text, lexicon=mine)
    assert [(hit["text"], hit["label"]) for hit in found] == [
        ("said", "plain"),
        ("thundered", "loud"),
    ]


def test_shares_of_the_classes_come_with_labels() -> None:
    names = ReportVerbs(labels=True, voice="outlet").get_feature_names_out()
    assert "report_verbs.doubt.outlet.count" in names
