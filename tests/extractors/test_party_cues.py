"""Party cues: placed, moved, tied; each side treated as the other."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import framing as fr
import framing.lexicon

FOUND = [
    ("It follows a steady creep to the right on rents.", "creep to the right", "right"),
    ("It follows a steady creep to the left on rents.", "creep to the left", "left"),
    ("The party lurched leftward in June.", "lurched leftward", "left"),
    ("A rightward drift worries donors.", "rightward drift", "right"),
    ("The right-wing think tank closed.", "right-wing think tank", "right"),
    ("The left-wing think tank closed.", "left-wing think tank", "left"),
    ("A Corbyn-backed candidate won.", "Corbyn-backed", "left"),
    ("A Farage-backed candidate won.", "Farage-backed", "right"),
    ("Two Trump loyalists resigned.", "Trump loyalists", "right"),
    ("Two Biden loyalists resigned.", "Biden loyalists", "left"),
    ("A longtime Trump aide wrote it.", "Trump aide", "right"),
    ("A longtime Obama aide wrote it.", "Obama aide", "left"),
    ("Limousine liberals loved it.", "Limousine liberals", "left"),
]
NOT_FOUND = [
    "Turn to the right at the junction.",
    "The car swung to the left on the road.",
    "He trumped his rival's bid.",
    "The Labour party met in Leeds.",
    "The Republican party met in Ohio.",
    "The left bank of the river flooded.",
    "She was right to leave.",
    "A bank-backed loan was repaid.",
    "Voters moved to the coast.",
    "The winger scored twice.",
    "A Trump aide wrote the letter.",
    "An Obama aide wrote the letter.",
    "Two Freedom Caucus members voted.",
    "Two Squad members voted.",
    "Mr Trump backed the plan in June.",
    "Mr Obama backed the plan in June.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["party_cues"])
    return [(found, json.loads(told)["side"])
            for found, told in zip(table["text"], table["attributes"], strict=True)]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "side"), FOUND)
def test_found_with_its_side(text: str, cue: str, side: str) -> None:
    assert hits(text) == [(cue, side)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_every_cue_of_one_side_has_its_mirror_of_the_other() -> None:
    path = Path(framing.lexicon.__file__).with_name("lexicons") / "party_cues.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["entry"].replace("@", "").lower(): row
                for row in csv.DictReader(file, delimiter="\t")}  # fmt: skip
    assert len(rows) > 700
    for name, row in rows.items():
        mirror = rows[row["mirror"].replace("@", "").lower()]
        assert {row["side"], mirror["side"]} == {"left", "right"}, name
        assert (mirror["strength"], mirror["label"]) == (row["strength"], row["label"]), name
