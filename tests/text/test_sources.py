"""Sources: phrases that can speak, and who speaks where the one beside the verb cannot."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.text import sources
from framing.text.clauses import Unit
from framing.text.document import Document


def last_source(text: str) -> str | None:
    row = fr.voices([Document("a", text)]).iloc[-1]
    return row["speaker_name"] or row["speaker"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ray Dunn read it and issued a statement saying that rents fell.", "Ray Dunn"),
        ("The league filed a lawsuit arguing that rents fell.", "the league"),
        ("Ray Dunn has gone on record stating that rents fell.", "Ray Dunn"),
        ("Conservatives are more likely to say they lost a friend.", "Conservatives"),
        ("Ray Dunn, though, testified that such thinking is \"not based on logic.\"", "Ray Dunn"),
        ("The mayor took the rare step of calling the story \"not accurate.\"", "The mayor"),
        ("He was called by a top official who said that rents fell.", "a top official"),
        ("It has provoked a storm of anger from teachers who said that rents fell.", "teachers"),
        ("The rise has rattled lawmakers, who said that rents fell.", "lawmakers"),
        ("Voters were swayed by Ray Dunn's claim that rents fell.", "Ray Dunn"),
        ("There is no reason to think that the port will close.", None),
        ("\"The port will close soon,\" according to a Leeds report from March.", "a Leeds report"),
        ("Ray Dunn, who as recently as May brushed it off as a stunt, swears that it works.",
         "Ray Dunn"),
        ("We will keep hearing that rents fell.", "We"),
        ("Ann Rose, the author of \"The Port,\" said that rents fell.", "Ann Rose"),
        ("After the game, left-leaning teachers said that rents fell.", "left-leaning teachers"),
        ("So did Carla Moss, the loud head of the port, who said that rents fell.", "Carla Moss"),
        ("Carla Moss, the head of the port, who runs it well, said that rents fell.",
         "Carla Moss"),
        ("Late on Sunday, the head of the port, who runs it well, said that rents fell.",
         "the head of the port, who runs it well"),
        ("Carla Moss, whose son Rory, 9, was asleep when it fell, said that she was glad.",
         "Carla Moss"),
        ("A Tory peer who spoke for it in May but against it in the end, and who hid from us, "
         "conceded that rents fell.",
         "A Tory peer who spoke for it in May but against it in the end, and who hid from us"),
        ("Ann Hale left. I have heard it said on the train that rents fell.", None),
        ("\"You hear it said that 'rents fell',\" Ann Hale said.", None),
        ("Nurse Dana Moss, of Clean Rivers Now, signed it but said that rents fell.", "Dana Moss"),
    ],
)  # fmt: skip
def test_who_speaks_where_no_noun_phrase_stands_beside_the_verb(text, source) -> None:
    assert last_source(text) == source


@pytest.mark.parametrize(
    "subject",
    [
        "Rep. Mary Oakes (D-Fla.), a former nurse seen as a rival,",
        "Sen. Mary Oakes (R-N.Y.), who leads the panel,",
        "The Labour MP Mary Oakes (Leeds East), a former nurse,",
        "Mary Oakes (Lab)",
    ],
)
def test_a_name_with_party_and_seat_in_brackets_speaks(subject: str) -> None:
    assert last_source(f"{subject} said the plan would fail.") == "Mary Oakes"


def test_who_compares_is_named_without_the_clause_behind_the_name() -> None:
    text = (
        'Carla Moss, the head of the port, who calls it a "boat tax," likened the measure to the '
        "poll tax."
    )
    hits = fr.annotate([Document("a", text)], ["historical_comparison"])
    (made,) = map(json.loads, hits["attributes"])
    assert made["maker"] == "Carla Moss, the head of the port"


ASIDES = "Hill , meanwhile though turn in for her part Monday today last week a".split()


@given(st.lists(st.sampled_from(ASIDES), max_size=6).map(" ".join))
def test_an_aside_ends_with_one_of_a_few_words(phrase: str) -> None:
    phrase = phrase.replace(" ,", ",")
    assert sources.without_aside(phrase) == sources.ASIDE.sub("", phrase)


@given(
    st.sampled_from(sorted(sources.PERSONAL)),
    st.lists(st.sampled_from("Has had that been asking , - said about as".split()), max_size=4),
)
def test_a_personal_pronoun_can_always_speak(pronoun: str, around: list[str]) -> None:
    for place in range(len(around) + 1):
        text = " ".join([*around[:place], pronoun, *around[place:]])
        unit = Unit(Document("a", text).reading, (0, len(text)), [], 0)
        place = unit.words.index(pronoun)
        assert sources.speaks(unit, (place, place + 1))
        assert not sources.impersonal(unit, (place, place + 1))
