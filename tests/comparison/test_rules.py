"""The grammar of comparisons: every rule on sentences written for it, and every trap."""

from __future__ import annotations

import json
from typing import Any

import pytest

from framing.engine import Engine
from framing.extractors.historical_comparison import HistoricalComparison
from framing.tables import HITS
from framing.text.document import Document

ENGINE = Engine([HistoricalComparison()])


def hits(text: str, date: str = "2024-05-01") -> list[dict[str, Any]]:
    """Return the comparisons of a text, attributes and columns together."""
    rows = ENGINE.rows([Document("a", text, "", {"date": date} if date else {})])
    found = [dict(zip(HITS, row, strict=True)) for row in rows]
    return [hit | json.loads(hit["attributes"]) for hit in found]


def kinds(text: str, date: str = "2024-05-01") -> list[str]:
    return [hit["type"] for hit in hits(text, date)]


RULES = [
    ("The toll was compared to the poll tax.", "ANALOGY"),
    ("She likened the summit to Munich.", "ANALOGY"),
    ("The row drew comparisons with Watergate.", "ANALOGY"),
    ("He sees parallels between the vote and Suez.", "ANALOGY"),
    ("The speech echoes Enoch Powell.", "ANALOGY"),
    ("The queues are reminiscent of the three-day week.", "ANALOGY"),
    ("The cuts evoke memories of the 1930s.", "ANALOGY"),
    ("The bill harks back to the New Deal.", "ANALOGY"),
    ("Backbenchers saw in the vote the ghost of Suez.", "ANALOGY"),
    ("The order smacks of McCarthyism.", "ANALOGY"),
    ("It was Watergate all over again.", "LABEL"),
    ("Ministers fear a repeat of the winter of discontent.", "ANALOGY"),
    ("It is just like Watergate.", "ANALOGY"),
    ("The budget is straight out of the Reagan playbook.", "ANALOGY"),
    ("She walks in the footsteps of Margaret Thatcher.", "ANALOGY"),
    ("A leader in the mould of Winston Churchill.", "ANALOGY"),
    ("Critics mocked a Stalin-style purge.", "ANALOGY"),
    ("The mayor gave a Churchillian speech.", "LABEL"),
    ("This is a Suez moment for the government.", "LABEL"),
    ("She has been called the new Thatcher.", "LABEL"),
    ("It could become another Vietnam.", "LABEL"),
    ("He is the Winston Churchill of the allotments.", "VOSSIAN"),
    ("The leak is worse than Watergate.", "CONTRAST"),
    ("Unlike Suez, this crisis has no end date.", "CONTRAST"),
    ("It is a far cry from the New Deal.", "CONTRAST"),
    ("This is no Munich.", "CONTRAST"),
    ("Ministers ignored the lessons of Suez.", "LESSON"),
    ("History is repeating itself.", "LESSON"),
    ("The bill drags us back to the 1950s.", "ERA"),
    ("It would turn the clock back to the 1950s.", "ERA"),
    ("Wages fell by the most since the three-day week.", "SUPERLATIVE"),
    ("It was the hottest June on record.", "SUPERLATIVE"),
    ("Labour won the seat for the first time since 1945.", "PRECEDENT"),
    ("It was the worst drought in 50 years.", "SUPERLATIVE"),
    ("The move was unprecedented.", "PRECEDENT"),
    ("Not since Suez has a minister fallen so fast.", "SUPERLATIVE"),
]


@pytest.mark.parametrize(("text", "kind"), RULES, ids=[text[:40] for text, _ in RULES])
def test_a_rule_finds_its_comparison(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


TRAPS = {
    "biography": "He was born in 1968 in Suez.",
    "homonym": "Justice Kennedy asked the first question.",
    "era adjective": "The Soviet-era hotel reopened.",
    "number": "Forty per cent agreed, compared with 35 last spring.",
    "echo": "She echoed the chancellor's warning.",
    "literal group": "Police found Nazi flags in the flat.",
    "few years": "It was the worst drought in 3 years.",
    "duration": "The shop has been open since the 1980s.",
    "set": "Eight of the ten largest fires have burned since 2002.",
    "quoting": "As Richard Nixon once said, nobody won.",
    "dating": "The custom dates back to the 1950s.",
    "example": "They studied presidents like Ronald Reagan.",
    "going on record": "Senators should go on record about the deal.",
    "one another": "They fought one another after 9/11.",
    "an -ism of its own time": "Francoism lasted for decades in Spain.",
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_no_comparison(text: str) -> None:
    assert hits(text) == []


def test_what_ended_less_than_five_years_ago_is_no_history() -> None:
    text = "It was the worst result since 2021."
    assert kinds(text, "2024-05-01") == [] and kinds(text, "2027-05-01") == ["SUPERLATIVE"]


def test_without_a_date_the_years_of_the_text_tell() -> None:
    assert kinds("Riots in 1992 recalled Watts. It was the worst since 1965.", "") != []
    assert kinds("In 1992 it was the worst since 1990.", "") != []  # a bare year is read in 2016


def test_core_and_extended_are_told_apart() -> None:
    (core,) = hits("The toll was compared to the poll tax.")
    (extended,) = hits("The move was unprecedented.")
    assert core["core"] is True and extended["core"] is False


ROLES = [
    ("The toll was compared to the poll tax.", "toll", "poll tax", None, "unspecified", "report"),
    ("Ann Reed likened the toll to the poll tax.", "toll", "poll tax", "Ann Reed", "named",
     "report"),
    ("The toll is reminiscent of the poll tax.", "toll", "poll tax", None, "outlet", "assert"),
    ("This is no Munich.", None, "Munich", None, "outlet", "reject"),
    ("“This is no Munich,” said Ann Reed.", None, "Munich", "Ann Reed", "named", "report_reject"),
    ("Is this another Vietnam?", None, "Vietnam", None, "outlet", "question"),
    ("Critics have compared the toll to the poll tax.", "toll", "poll tax", None, "unspecified",
     "report"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target", "source", "maker", "kind", "stance"), ROLES)
def test_roles(text, target, source, maker, kind, stance) -> None:
    (hit,) = hits(text)
    at = lambda role: text[slice(*hit[role])] if hit[role] else None
    assert at("source").endswith(source)
    assert (at("target") == target) or (target is None and at("target") in (None, "This", "this"))
    assert (hit["maker"], hit["maker_kind"], hit["stance"]) == (maker, kind, stance)
    assert text[hit["start"] : hit["end"]] == hit["text"]


def test_a_hit_says_why() -> None:
    (hit,) = hits("The toll was compared to the poll tax.")
    assert hit["why"] == "“compared to” beside poll tax (policy; rule 01.compared)"
