"""Agency: passives with and without an agent, actions made into nouns, and who is done to."""

from __future__ import annotations

import json

import pytest

import framing as fr

FOUND = [
    ("Mistakes were made.", "were made", "agentless_passive"),
    ("The camp was cleared at dawn.", "was cleared", "agentless_passive"),
    ("The camp was quietly cleared.", "was quietly cleared", "agentless_passive"),
    ("The plan has not been published.", "been published", "agentless_passive"),
    ("The bridge is being rebuilt.", "is being rebuilt", "agentless_passive"),
    ("Two shops got looted on Friday.", "got looted", "agentless_passive"),
    ("The bill will be debated on Monday.", "be debated", "agentless_passive"),
    ("The letter was written by a nurse.", "was written by", "passive_with_agent"),
    ("The mill was bought last year by a bank.", "was bought last year by", "passive_with_agent"),
    ("The work was finished by Monday.", "was finished", "agentless_passive"),
    ("The row was ended by selling the land.", "was ended", "agentless_passive"),
    ("The deportation of families began.", "deportation of", "nominalisation"),
    ("Raids went on through the night.", "Raids", "nominalisation"),
]
NOT_FOUND = [
    "She is interested in trains.",
    "He was married in June.",
    "They are used to rain.",
    "The kite was red.",
    "The road is wide and the hill is steep.",
    "Officers arrested two men.",
    "The plan is based on a survey.",
    "The town is located on a river.",
    "She was, he added, late.",
    "It was indeed late.",
    "The office gets letters every day.",
]


def hits(text: str) -> list[tuple[str, str, dict[str, str]]]:
    table = fr.annotate([text], ["agency"])
    told = map(json.loads, table["attributes"])
    return list(zip(table["text"], table["label"], told, strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in [found[:2] for found in hits(text)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


def test_who_is_done_to_and_by_whom() -> None:
    ((_, _, told),) = hits("Migrants were held by protesters.")
    assert told == {"done_to": "Migrants", "done_by": "protesters"}
    ((_, _, told),) = hits("The deportation of migrants began.")
    assert told == {"done_to": "migrants"}
    ((_, _, told),) = hits("The lamp was broken.")
    assert told == {}


def test_the_sides_are_treated_alike() -> None:
    for one, other in (("Democrats", "Republicans"), ("Tories", "Labour")):
        texts = [f"{name} were beaten by a single vote." for name in (one, other)]
        assert [h[:2] for h in hits(texts[0])] == [h[:2] for h in hits(texts[1])]
