"""Agency: passives with and without an agent, actions made into nouns, and who is done to."""

from __future__ import annotations

import json

import pytest

import framing as fr
from framing.lexicon import load

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
    ("The cuts to bus routes begin in May.", "cuts to", "nominalisation"),
    ("The privatization of the clinic took a year.", "privatization of", "nominalisation"),
    ("The privatisation of the clinic took a year.", "privatisation of", "nominalisation"),
    ("The criticized plan has been shelved.", "been shelved", "agentless_passive"),
    ("The claims weren't checked.", "weren't checked", "agentless_passive"),
    ("The claims weren’t checked.", "weren’t checked", "agentless_passive"),
    ("They're accused of theft.", "They're accused", "agentless_passive"),
    ("Force was used against the crowd.", "was used", "agentless_passive"),
    ("Gas was used to clear the square.", "was used", "agentless_passive"),
    ("Crimes were committed.", "were committed", "agentless_passive"),
    ("Two hundred jobs were axed.", "were axed", "agentless_passive"),
    ("The prisoners were freed.", "were freed", "agentless_passive"),
    ("They were put in camps.", "were put", "agentless_passive"),
    ("He is expected to resign.", "is expected", "agentless_passive"),
    ("The flag was unveiled.", "was unveiled", "agentless_passive"),
    ("She was not even told.", "was not even told", "agentless_passive"),
    ("He got fired on Friday.", "got fired", "agentless_passive"),
    ("The bill was opposed by two members.", "was opposed by", "passive_with_agent"),
    ("They were held by 20 officers.", "were held by", "passive_with_agent"),
    ("He was backed by Beijing.", "was backed by", "passive_with_agent"),
    ("Two men were tried and hanged by rebels.", "were tried and hanged by", "passive_with_agent"),
    ("The mill was hit by shelling in May.", "was hit by", "passive_with_agent"),
    ("Farms were hurt by rising prices.", "were hurt by", "passive_with_agent"),
    ("Two men were shot by law enforcement.", "were shot by", "passive_with_agent"),
    ("He was beaten at the hands of rebels.", "was beaten at the hands of", "passive_with_agent"),
    ("The note had been classified.", "been classified", "agentless_passive"),
    ("The hours will be limited.", "be limited", "agentless_passive"),
    ("He was honoured with a medal.", "was honoured", "agentless_passive"),
    ("What must be done is plain.", "be done", "agentless_passive"),
    ("The use of lethal force shocked them.", "lethal force", "nominalisation"),
    ("The death of a man in custody led to a march.", "death of", "nominalisation"),
    ("Mistakes Were Made, Says Mayor", "Were Made", "agentless_passive"),
]
WITHOUT_AGENT = [
    "Rents were cut by 10%.",
    "The rate was cut by two thirds.",
    "Funding was reduced by about half.",
    "The road was closed by the end of May.",
    "The letter was sent by post.",
    "The gate was shut by mistake.",
    "The debt was cut by £20 a head.",
    "The rule is weighed on a case-by-case basis.",
    "He was told that officers ran the camp by the book.",
    "The men were held, and others died by the river.",
    "The row was ended by leading the way.",
    "They were sent by law and by land.",
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
    "It was red.",
    "The party is committed to reform.",
    "The town is opposed to the road.",
    "We are prepared for rain.",
    "He is tired and worried.",
    "She was surprised by the cold.",
    "The result was unexpected.",
    "His boss was Mohammed.",
    "The claim was far-fetched.",
    "The house is run-down-looking.",
    "He got started early.",
    "They're used to rain.",
    "Police raids went on.",
    "Israeli airstrikes went on.",
    "Tory cutbacks went on.",
    "Labour cutbacks went on.",
    "Democratic cutbacks went on.",
    "Republican cutbacks went on.",
    "Their removal of the tents took a day.",
    "The council's demolition of the house took a day.",
    "The shooting of the dog by a farmer shocked her.",
    "Each night he raids the fridge.",
    "The film cuts to a beach.",
    "Judges defend the separation of powers.",
    "The group IS seized the town.",
    "The plan is directed at farmers.",
    "More rain is needed.",
    "There is no split among the judges.",
    "The vote is scheduled for May.",
    "The note is classified.",
    "Their time is limited.",
    "The fear is justified.",
    "The guards are armed.",
    "The coast is too exposed.",
    "We are honoured to host it.",
    "We are honored to host it.",
    "She was elated by the news.",
    "Fairness be damned.",
    "He wasn’t done; she was not finished.",
    "The baker is done slicing.",
    "The two teams are tied with ten points.",
    "Ministers took military action.",
    "The county imposed new restrictions on boats.",
    "Seven states conducted executions.",
    "The shooting of a teenager -- at the hands of a guard -- shocked her.",
    "The staff hold clearances of all kinds.",
    "They let the tax cuts to families lapse.",
    "Fans felt the death of the singer was sad.",
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


@pytest.mark.parametrize("text", WITHOUT_AGENT)
def test_by_is_not_always_an_agent(text: str) -> None:
    assert {label for _, label, _ in hits(text)} == {"agentless_passive"}


def test_an_agent_of_the_next_clause_is_not_taken() -> None:
    found = [label for _, label, _ in hits("He was told that the camp had been run by officers.")]
    assert found == ["agentless_passive", "passive_with_agent"]


def test_one_passive_is_counted_once() -> None:
    for text in ("The bridge is being rebuilt.", "It could have been being rebuilt."):
        assert len(hits(text)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two of the migrants were held.", {"done_to": "migrants"}),
        ("Hundreds of refugees have to be moved.", {"done_to": "refugees"}),
        ("Migrants in Kent were held.", {"done_to": "Migrants"}),
        ("Protesters who had not been charged left.", {"done_to": "Protesters"}),
        (
            "Refugees were met by crowds of strikers.",
            {"done_to": "Refugees", "done_by": "strikers"},
        ),
        ("The mill was looted by a gang.", {"done_by": "gang"}),
        ("Migrants said the camp was cleared.", {}),
        ("The camp for migrants was cleared.", {}),
        ("Migrant boats were seized.", {}),
        ("The boats were taken by the friends of migrants.", {}),
        ("The boat was taken by student nurses.", {}),
        ("The team was led by African-Americans.", {}),
        ("Migrants slept; the camp was cleared.", {}),
    ],
)
def test_only_the_head_of_a_phrase_is_done_to_or_done_by(text: str, told: dict[str, str]) -> None:
    assert [found[2] for found in hits(text)] == [told]


@pytest.mark.parametrize("name", ["Tories", "Democrats", "Muslims", "Christians", "landlords"])
def test_groups_are_named_alike(name: str) -> None:
    ((_, label, told),) = hits(f"The {name} were removed by the {name}.")
    assert (label, told) == ("passive_with_agent", {"done_to": name, "done_by": name})


def test_every_label_has_a_strength_of_its_own() -> None:
    table = fr.annotate(["Mistakes were made. It was made by a nurse."], ["agency"])
    assert table["strength"].tolist() == [0.67, 0.33]


def test_at_least_120_entries() -> None:
    entries = load("agency").entries
    assert len({entry.id for entry in entries}) == len(entries) >= 120


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
