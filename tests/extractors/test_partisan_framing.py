"""Contested names: found with referent and side; flagged where no name is chosen."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

import framing as fr
from framing.lexicon import load

FOUND = [
    ("Illegals poured off the ferry.", "Illegals", "unauthorised_migrants"),
    ("Undocumented workers picked the fruit.", "Undocumented", "unauthorised_migrants"),
    ("The minister spoke of irregular migration.", "irregular migration", "unauthorised_migrants"),
    ("Failed asylum seekers will be flown out.", "Failed asylum seekers", "refused_applicants"),
    ("People refused asylum may appeal.", "People refused asylum", "refused_applicants"),
    ("The bedroom tax hit the town.", "bedroom tax", "housing_benefit_cut"),
    ("The spare room subsidy was withdrawn.", "spare room subsidy", "housing_benefit_cut"),
    ("Heirs pay the death tax.", "death tax", "inheritance_tax"),
    ("Heirs pay the estate tax.", "estate tax", "inheritance_tax"),
    ("She fears a climate emergency.", "climate emergency", "climate_change"),
    ("He mocked climate alarmism.", "climate alarmism", "climate_change"),
    ("Critics of gender ideology met.", "gender ideology", "sex_and_gender_beliefs"),
    ("Union bosses met the bakers.", "Union bosses", "union_leaders"),
    ("A red wall of union barons.", "union barons", "union_leaders"),
    ("They blocked no-fault evictions.", "no-fault evictions", "housing"),
]
NOT_FOUND = [
    "The court ruled the payment illegal.",
    "She woke to the sound of rain.",
    "He sought asylum in Byzantium.",
    "The tax office opens at nine.",
    "A spare room was let to a student.",
    "The estate was sold in June.",
    "The climate of the island is mild.",
    "The union of the two clubs was agreed.",
    "The ferry was late on Monday.",
    "Workers picked the fruit.",
]


def hits(text: str) -> list[tuple[str, dict[str, object]]]:
    table = fr.annotate([text], ["partisan_framing"])
    return list(zip(table["text"], map(json.loads, table["attributes"]), strict=True))


@pytest.mark.parametrize(("text", "name", "referent"), FOUND)
def test_found_with_its_referent(text: str, name: str, referent: str) -> None:
    assert (name, referent) in [(found, told["referent"]) for found, told in hits(text)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Parliament passed the Illegal Migration Act in July.",
        "Senators voted on the Affordable Care Act.",
        "The Rwanda Plan was scrapped.",
    ],
)
def test_the_proper_name_of_a_law_is_flagged(text: str) -> None:
    ((_, told),) = hits(text)
    assert told["proper_name"] is True


@pytest.mark.parametrize(
    "text",
    [
        'The paper no longer uses the term "illegal alien".',
        "He objects to the word illegals.",
        "The so-called bedroom tax began in April.",
        "Opponents called it a 'death tax'.",
    ],
)
def test_a_name_spoken_of_is_flagged(text: str) -> None:
    ((_, told),) = hits(text)
    assert told["mentioned"] is True


def test_a_name_that_is_used_has_no_flag() -> None:
    ((_, told),) = hits("Ministers defended the Rwanda plan and its cost.")
    assert not {"proper_name", "mentioned"} & set(told)


def test_the_list_has_rivals_for_both_countries_and_sides() -> None:
    referents = defaultdict(set)
    sides = defaultdict(int)
    for entry in load("partisan_framing").entries:
        referents[entry.extra["referent"]].add(entry.id)
        for country in ("side_us", "side_uk"):
            sides[country, entry.extra.get(country, "")] += 1
    assert len(referents) >= 120
    assert sum(map(len, referents.values())) >= 300
    rivals = [name for name, names in referents.items() if len(names) > 1]
    assert len(rivals) >= 0.9 * len(referents)
    for country in ("side_us", "side_uk"):
        left, right = sides[country, "left"], sides[country, "right"]
        assert 0.7 < left / right < 1 / 0.7, (country, left, right)


def test_only_measured_names_have_a_side_as_label() -> None:
    for entry in load("partisan_framing").entries:
        if entry.label in ("left", "right"):
            assert entry.extra.get("z") or entry.extra.get("z_uk"), entry.id
            assert entry.extra["source"] != "expert", entry.id
