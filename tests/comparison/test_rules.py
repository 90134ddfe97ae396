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
    ("It was 1986 all over again.", "LABEL"),
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
    ("They called it a poll tax.", "LABEL"),
    ("He was painted as the new Stalin.", "LABEL"),
    ("Protesters were called Nazis.", "LABEL"),
    ("Critics call it another Vietnam-style quagmire.", "LABEL"),
    ("It is the Marie Antoinette school of budgeting.", "LABEL"),
    ("She was accused of McCarthyism.", "LABEL"),
    ("She is the Iron Lady of the allotments.", "VOSSIAN"),
    ("He hoped to be the Franklin Roosevelt of 2008.", "VOSSIAN"),
    ("The memory of Suez still haunts the cabinet.", "LESSON"),
    ("The queues brought back memories of the three-day week.", "ANALOGY"),
    ("The minister invoked the Blitz.", "ANALOGY"),
    ("We are not going back to the 1950s.", "ERA"),
    ("The bill takes us back to 1964.", "ERA"),
    ("The strike was unparalleled in modern times.", "PRECEDENT"),
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
    "McCarthyism of its time": "Writers lost their posts during McCarthyism.",
    "so-called": "The so-called Arab Spring began in Tunisia.",
    "an object of called": "The senator called the Benghazi attack an act of war.",
    "a name": "The group was called the Black Panthers.",
    "a title": "Her thriller is called “The New Gestapo” in Britain.",
    "a name in marks": "He dubbed his choir “Hamilton Singers” for fun.",
    "a doctrine of today": "The bishop has been called a Marxist.",
    "a dead metaphor": "Tenants called it a Trojan horse.",
    "a plan of one's own": "Thatcher’s strategy was to wait.",
    "numbered moments": "See 20 March on Washington moments in our gallery.",
    "a school": "She teaches at the Lyndon Johnson School of Public Affairs.",
    "an origin": "He sold it to another Soviet-born banker.",
    "staff": "A new Reagan biography is out, and another Nixon aide has died.",
    "a party and a time": "As a Republican in the 1980s he lost twice.",
    "a living family": "Voters dread another Clinton presidency.",
    "a school's name": "Police closed the road to Sandy Hook Elementary School.",
    "a law": "The governor may invoke the 1807 Insurrection Act.",
    "a memory honoured": "The march honoured the memory of Martin Luther King.",
    "memories": "He is proud of his memories of the Korean War.",
    "a year told": "Recalling his 2015 launch, the mayor laughed.",
    "a duty": "He was recalled to duty during the Korean War.",
    "that": "She repeated that Gaddafi was a threat.",
    "whether": "It is not clear whether Alexander Hamilton agreed.",
    "by contrast": "Owen, by contrast, wrote with the Chartists in mind.",
    "as many": "There are twice as many as in the 1980s.",
    "such as": "Governors such as Thomas Dewey had a chance.",
    "the side of history": "We stand on the right side of history, they on the wrong one.",
    "a history of one's own": "Her credit history shows that she paid late.",
    "what happened": "What happened in Charlottesville shocked the town.",
    "dating back": "The audit covers accounts going all the way back to 2008.",
    "going back": "He has files going back to the 1950s, and the feud goes back to the 1960s.",
    "records": "Records go back to 1880.",
    "a story": "Let's go back to 1974 for a moment.",
    "levels": "Output may return to pre-2008 levels.",
    "a by-name of no person": "The big lie of the campaign was the tax pledge.",
    "own with a noun": "They want to satisfy their own will to power.",
    "a person of a year": "They admire the Reagan of 1980.",
    "a person of a decade": "They prefer the Nixon of the 1950s and the Perot of the late 90s.",
    "a person of a work": "The Abraham Lincoln of the novel is a lonely man.",
    "best known": "The firm best known for bridges has met the council since 2008.",
    "last years": "Most shops have closed in the last five years, and half since 2000.",
    "one's own eyes": "It is the nicest garden I have ever seen.",
    "ahead": "The first woman in office will loom large in history.",
    "unparalleled skill": "He showed an unparalleled skill in chess.",
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


def test_a_source_of_the_latest_year_of_an_undated_text_is_not_yet_history() -> None:
    text = "Like George Floyd, he grieved in public. The vote is in {}."
    assert kinds(text.format(2020), "") == [] and kinds(text.format(2026), "") == ["ANALOGY"]


def test_a_trap_leaves_the_comparison_beside_it() -> None:
    assert [hit["rule"] for hit in hits("It is like Nixon’s strategy.")] == ["15.like"]


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
