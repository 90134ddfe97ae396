"""Naming: modifiers, titles and appositions that stand with a name, role or group."""

from __future__ import annotations

import json

import pytest

import framing as fr
from framing.audit.swaps import read_pairs
from framing.extractors.naming import naming_table
from framing.lexicon import load

FOUND = [
    ("The embattled minister spoke.", "embattled", "minister", "modifier", -1),
    ("The disgraced wealthy senator Tom Brandt wept.", "wealthy", "Tom Brandt", "modifier", 0),
    ("Firebrand Mary Oakes spoke.", "Firebrand", "Mary Oakes", "title", -1),
    ("Mary Oakes, a kingmaker, spoke.", "kingmaker", "Mary Oakes", "appositive", 1),
    ("Mary Oakes, the party's darling, spoke.", "darling", "Mary Oakes", "appositive", 1),
    ("Veteran campaigner Ada Holm wrote it.", "Veteran", "Ada Holm", "modifier", 1),
    ("He met hard-line activists.", "hard-line", "activists", "modifier", -1),
    ("The left-wing MP voted.", "left-wing", "MP", "modifier", 0),
    ("The right-wing MP voted.", "right-wing", "MP", "modifier", 0),
    ("A respected judge wrote to Respected Ada Holm.", "Respected", "Ada Holm", "modifier", 1),
    ("The radical and loud MPs left.", "radical", "MPs", "modifier", -1),
    ("The loyal aide to Mary Oakes left.", "loyal", "aide", "modifier", 1),
    ("A corrupt council in Ohio was named.", "corrupt", "council", "modifier", -1),
    ("They met the liberal Ohio councillor on Monday.", "liberal", "Ohio", "modifier", 0),
    (
        "The conservative Leeds Gazette writer Ada Holm left.",
        "conservative",
        "Leeds Gazette",
        "modifier",
        0,
    ),
    ("It was said of Crooked Mary.", "Crooked", "Mary", "modifier", -1),
    ("It was heard by Muslim women in Leeds.", "Muslim", "women", "modifier", 0),
    ("They wrote to Catholic Republicans in Ohio.", "Catholic", "Republicans", "modifier", 0),
    ("The feared minister spoke.", "feared", "minister", "modifier", -1),
    ("The has-been Tom Brandt sang.", "has-been", "Tom Brandt", "title", -1),
    ("Strongman Ivan Petrov won.", "Strongman", "Ivan Petrov", "title", -1),
]
NOT_FOUND = [
    "The brave decision came on Monday.",
    "A radical change of the timetable was agreed.",
    "He put the joke in a letter.",
    "The star faded at dawn.",
    "The road to the mill is poor.",
    "The giant wave hit the pier.",
    "A champion horse won in May.",
    "The moderate wind turned.",
    "The icon on the screen is blue.",
    "The soup was cold, the bread was hard.",
    # before a preposition, a verb, a pronoun, "and" with a name
    "The measure is popular with voters.",
    "It made her more liberal than most Democrats.",
    "The week was divisive and Republicans went home.",
    "He was so arrogant they left.",
    "The plan is controversial among ministers.",
    # before a thing
    "The popular vote in Leeds was close.",
    "She read his influential book on Mary Oakes.",
    "The popular Oakes budget passed.",
    "It was a brutal Russian winter.",
    "He has fanatical faith in voters.",
    # part of a name
    "They met at the Catholic Church in Leeds.",
    "The vote split the Muslim Brotherhood in May.",
    "It stood on the Resolute Desk for a year.",
    "It was so in the Progressive Era of old.",
    # a verb, a place, an address
    "They feared Mary Oakes.",
    "The voters hated Mary Oakes.",
    "It is a moderate Ohio of small towns.",
    "A letter to the Honourable Mary Oakes came.",
    "Ada Holm, who has been mayor, left.",
    "Often, the young activists lost.",
    "In Britain, a new activist is at work.",
    "Mary Oakes, the whistleblower's aunt, left.",
]


def hits(text: str) -> list[tuple[str, str, str, int]]:
    table = fr.annotate([text], ["naming"])
    told = [json.loads(cell) for cell in table["attributes"]]
    return [(words, one["entity"], one["kind"], one["polarity"])
            for words, one in zip(table["text"], told, strict=True)]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "entity", "kind", "polarity"), FOUND)
def test_found(text: str, words: str, entity: str, kind: str, polarity: int) -> None:
    assert (words, entity, kind, polarity) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_surnames_and_titles_are_led_back_to_the_full_name() -> None:
    text = (
        "Mary Oakes, the prime minister, came. The embattled Oakes met hardline MP Jim Hill. "
        "Hill, a firebrand, left before the disgraced Mrs Oakes did."
    )
    table = naming_table(fr.annotate([text], ["naming"]))
    assert set(zip(table["entity"], table["called"], strict=True)) == {
        ("Mary Oakes", "embattled"), ("Jim Hill", "hardline"), ("Jim Hill", "firebrand"),
        ("Mary Oakes", "disgraced"),
    }  # fmt: skip


def test_the_table_tells_own_voice_from_others() -> None:
    text = "The embattled minister spoke. “The embattled minister is late,” said Ada Holm."
    table = naming_table(fr.annotate([text, text], ["naming"]))
    (row,) = table.to_dict("records")
    assert (row["entity"], row["called"]) == ("minister", "embattled")
    assert (row["outlet"], row["attributed"], row["n_documents"]) == (2, 2, 2)


def test_a_table_without_hits_is_empty() -> None:
    assert naming_table(fr.annotate(["Rain fell."], ["naming"])).empty


def test_the_sides_are_treated_alike() -> None:
    for sides in (("Democrats", "Republicans"), ("Tories", "Liberals")):
        texts = [f"It was said of the Radical Right {side} of Leeds." for side in sides]
        assert [len(hits(text)) for text in texts] == [1, 1]
    names = {entry.id.replace(" (n)", "") for entry in load("naming").entries}
    for one, other in (("left-wing", "right-wing"), ("conservative", "liberal"),
                       ("pro-trump", "anti-trump"), ("thatcherite", "blairite"),
                       ("pro-brexit", "anti-brexit"), ("brexiteer", "remainer")):  # fmt: skip
        assert {one, other} <= {name.lower() for name in names}, (one, other)


@pytest.mark.parametrize(
    "text",
    [
        "The radical {} came by.", "They met the radical magazine {} on Monday.",
        "It was the controversial {} plan again.", "It was said of Crooked {} on Monday.",
        "The vote of The Radical {} came.", "They met, and {}, a firebrand, spoke.",
    ],
)  # fmt: skip
def test_no_name_is_called_something_rather_than_the_name_it_is_swapped_with(text: str) -> None:
    pairs = [pair for pair in read_pairs() if pair.kind != "party"]
    texts = [text.format(name) for pair in pairs for name in (pair.name, pair.becomes)]
    found = fr.annotate(texts, ["naming"])["doc_id"].value_counts()
    counts = [int(found.get(str(number), 0)) for number in range(1, len(texts) + 1)]
    assert counts[::2] == counts[1::2]
