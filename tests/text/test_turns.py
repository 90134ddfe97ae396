"""Turns of transcripts."""

from __future__ import annotations

import pytest

import framing as fr
from framing.engine import Engine
from framing.text.document import Document

INTERVIEW = """The harbour was the only subject of the evening.

ANN HALE: Welcome. Why was the port sold?

DAN OAKES: The town was broke. It could not go on.

Nobody wanted the boats either.

ANN HALE: Who says so?

DAN OAKES (HARBOUR MASTER): The council says that every year. ANN HALE: Thank you.

The port will open in May."""


def voices(text: str) -> dict[str, list[str]]:
    document = Document("a", text)
    fr.annotate([document])
    found: dict[str, list[str]] = {}
    for start, end, voice in document.runs:
        found.setdefault(voice, []).append(text[start:end])
    return found


def test_turns_of_a_transcript_are_direct() -> None:
    found = voices(INTERVIEW)
    assert found["direct"] == [
        "Welcome. Why was the port sold?",
        "The town was broke. It could not go on.\n\nNobody wanted the boats either.",
        "Who says so?",
        "The council says that every year. ",
        "Thank you.",
    ]
    assert "indirect" not in found
    assert found["outlet"][-1] == "\n\nThe port will open in May."


def test_a_turn_ends_at_a_note_in_brackets() -> None:
    text = INTERVIEW.replace("could not go on.", "could not go on. [Harbour Radio, 4 May]")
    assert not any("boats" in said for said in voices(text)["direct"])


def test_the_speaker_of_a_turn_is_its_label() -> None:
    ((_, found),) = Engine([]).read([Document("a", INTERVIEW)])
    names = [one.speaker_name or "" for one in found.attributions if one.cue is None]
    assert [name.casefold() for name in names] == ["ann hale", "dan oakes"] * 2 + ["ann hale"]


@pytest.mark.parametrize(
    "text",
    [
        "MYTH: The port is open.\n\nFACT: It is shut.\n\nMYTH: Hale sold it.\n\nFACT: Oakes did.",
        "DATE: Monday.\n\nPLACE: The port.\n\nPRICE: Four crowns.\n\nSEATS: None.",
        "ANN HALE: Welcome.\n\nThe port was sold in May.",
    ],
)
def test_capitals_before_a_colon_need_not_be_a_turn(text: str) -> None:
    assert "direct" not in voices(text)
