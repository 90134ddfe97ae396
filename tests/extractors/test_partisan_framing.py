"""Contested names: found with referent and side; flagged where no name is chosen."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

import framing as fr
from framing.engine import Engine
from framing.extractors.partisan_framing import PartisanFraming
from framing.lexicon import load
from framing.measures.labels import label_counts
from framing.text.document import Document

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
    ("The travel ban was struck down.", "travel ban", "travel_ban_2017"),
    ("Critics spoke of a Muslim ban.", "Muslim ban", "travel_ban_2017"),
    ("Two grammar schools opened.", "grammar schools", "selective_schools"),
    ("They rely on food stamps.", "food stamps", "food_aid"),
    ("Tax hikes are off the table.", "Tax hikes", "tax_rises"),
    ("A crash out of the EU was feared.", "crash out", "leaving_without_deal"),
    ("Their oligarchs paid no tax.", "oligarchs", "the_wealthy"),
    ("They blocked no-fault evictions.", "no-fault evictions", "renters_law"),
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
    "The riders crash out of the race.",
    "The Russian oligarch sold a yacht.",
    "The shop took a paycheck protection loan.",
    "The school went into lockdown.",
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
        "MPs debated the Border Security, Asylum and Immigration Bill on Monday.",
        "The National Right to Life Committee met in June.",
        "Supreme Court Upholds Affordable Care Act",
    ],
)
def test_the_proper_name_of_a_law_or_body_is_flagged(text: str) -> None:
    ((_, told),) = hits(text)
    assert told["proper_name"] is True


@pytest.mark.parametrize(
    "text",
    [
        'The paper no longer uses the term "illegal alien".',
        "He objects to the word illegals.",
        "The so-called bedroom tax began in April.",
        "Opponents called it a 'death tax'.",
        "He fought what he calls the deep state.",
        "The charge is known as the poll tax.",
        "The levy, dubbed the dementia tax by critics, was dropped.",
        "The act is often referred to as Obamacare.",
        "Terms such as illegal alien are banned.",
        "She rejects the far-right label.",
        '"Illegals" is a word that he avoids.',
    ],
)
def test_a_name_spoken_of_is_flagged(text: str) -> None:
    ((_, told),) = hits(text)
    assert told["mentioned"] is True


@pytest.mark.parametrize(
    "text",
    [
        "Ministers defended the Rwanda plan and its cost.",
        "Senate Kills Gun Control Bill",
        "In other words, the amnesty failed.",
        "In the long term illegal immigration fell.",
        "They met on the terms of an amnesty.",
        "She is known as a pro-life senator.",
        "The liberal media label the marchers as fools.",
        "He called for gun control on Monday.",
    ],
)
def test_a_name_that_is_used_has_no_flag(text: str) -> None:
    ((_, told),) = hits(text)
    assert not {"proper_name", "mentioned"} & set(told)


def test_spans_of_one_name_and_use_share_what_is_told() -> None:
    document = Document("a", "The bedroom tax fell. The so-called bedroom tax. A bedroom tax rose.")
    extractor = PartisanFraming()
    ((reading, voices),) = Engine([extractor]).read([document])
    used, mentioned, again = [span[5] for span in extractor.find(reading, voices, document)]
    assert used is again and mentioned == {**used, "mentioned": True}


def test_a_flagged_name_is_found_and_counted_but_is_no_choice() -> None:
    texts = ["Heirs pay the death tax.", 'The term "death tax" is old.', "The Death Tax Act fell."]
    found = fr.annotate(texts, ["partisan_framing"])
    assert len(found) == 3
    assert label_counts(found)["doc_id"].tolist() == ["1"]


def test_a_side_holds_only_for_the_country_it_was_measured_in() -> None:
    ((_, american),) = hits("The town remembers police brutality.")
    ((_, british),) = hits("Net migration fell.")
    assert american["side_us"] == "left"
    assert "side_uk" not in american
    assert british["side_uk"] == "right"
    assert "side_us" not in british


def test_the_list_has_rivals_for_both_countries_and_sides() -> None:
    referents = defaultdict(set)
    sides = defaultdict(int)
    for entry in load("partisan_framing").entries:
        referents[entry.extra["referent"]].add(entry.id)
        for country in ("side_us", "side_uk"):
            sides[country, entry.extra.get(country, "")] += 1
    assert len(referents) >= 200
    assert sum(map(len, referents.values())) >= 1000
    assert min(map(len, referents.values())) >= 2
    for country in ("side_us", "side_uk"):
        left, right = sides[country, "left"], sides[country, "right"]
        assert 0.85 < left / right < 1 / 0.85, (country, left, right)


def test_nearly_every_referent_has_names_of_both_sides() -> None:
    sides = defaultdict(set)
    for entry in load("partisan_framing").entries:
        sides[entry.extra["referent"]] |= {entry.extra["side_us"], entry.extra["side_uk"]}
    assert sum({"left", "right"} <= found for found in sides.values()) >= 0.95 * len(sides)


def test_only_measured_names_have_a_side_as_label() -> None:
    for entry in load("partisan_framing").entries:
        if entry.label in ("left", "right"):
            assert entry.extra.get("z") or entry.extra.get("z_uk"), entry.id
            assert entry.extra["source"] != "expert", entry.id


def test_a_side_measured_in_the_articles_here_does_not_rest_on_one_of_them() -> None:
    for entry in load("partisan_framing").entries:
        if entry.id in ("fracking", "voting rights", "antifa", "people of color"):
            assert abs(float(entry.extra["z_articles"])) >= 2, entry.id
        if "no side" in entry.extra["source"]:
            assert entry.label == "unverified", entry.id


@pytest.mark.parametrize(
    ("text", "cue", "side"),
    [
        ("She was Jeremy Corbyn's shadow minister.", "Corbyn's shadow minister", "left"),
        ("She was Boris Johnson's shadow minister.", "Johnson's shadow minister", "right"),
        ("A Green Party-backed motion fell.", "Green Party-backed", "left"),
        ("A Reform UK-backed motion fell.", "Reform UK-backed", "right"),
    ],
)
def test_guilt_by_association_is_a_cue_and_no_contested_name(
    text: str, cue: str, side: str
) -> None:
    assert hits(text) == []
    found = fr.annotate([text], ["party_cues"])
    assert found["text"].tolist() == [cue]
    assert json.loads(found["attributes"].iloc[0])["side"] == side
