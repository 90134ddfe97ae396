"""Reported speech: where it begins and ends, and what only looks like it."""

from __future__ import annotations

import pytest

import framing as fr
from framing.text.document import Document


def reported(text: str) -> list[str]:
    document = Document("a", text)
    fr.annotate([document])
    return [text[start:end] for start, end, voice in document.runs if voice == "indirect"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Scholars say that's unlikely.", ["that's unlikely"]),
        ("They said in a joint letter they'll vote for it.", ["they'll vote for it"]),
        ("The plan was dead, said Dan Hale, a teacher who moved there.",
         ["The plan was dead"]),
        ("He warned that it was dead, told a friend that it fell, and left.",
         ["it was dead", "it fell, and left"]),
        ("They told people to leave or hide, which sent many away.", ["to leave or hide"]),
        ("Many feel that he is late, as does the mayor.", ["he is late"]),
        ("He vowed anew not to send ships.", ["not to send ships"]),
        ("Oakes, who is known to like parades, will be glad.", ["to like parades"]),
        ("Oakes's biggest claim is that the wall will hold.", ["the wall will hold"]),
        ("They were confident that the wall would hold.", ["the wall would hold"]),
        ("Some dismissed the report as envy.", ["the report as envy"]),
        ("Administration accused of hiding the report", ["of hiding the report"]),
        ("Democrats claim the bill suppresses votes.", ["the bill suppresses votes"]),
        ("The firm claims the lives of its staff.", []),
        ("He was accused of fraud after leaked emails.", ["of fraud"]),
        ("A mess that he said defied hopes.", ["defied hopes"]),
        ("It threatens to divide the town.", []),
        ("They may skip the highly anticipated summit that the town holds.", []),
        ("The credit that fuels growth was late.", []),
        ("He sold the port, an announcement that drew anger.", []),
    ],
)  # fmt: skip
def test_what_is_reported(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    "line",
    [
        "AD", "Enlarge this image", "The Harbour Press contributed to this report.",
        "A voter leaves the hall on Tuesday. (Photo: Ann Hale, Harbour Press)",
        "Dan Hale on Twitter: @danhale.", "More On This...",
    ],
)  # fmt: skip
def test_furniture_of_the_page_is_nobodys_voice(line: str) -> None:
    text = f"The mayor came late.\n\n{line}\n\nThe mayor left early."
    document = Document("a", text)
    fr.annotate([document])
    start = text.index(line)
    assert (start, start + len(line), "boilerplate") in document.runs


def test_a_numbered_heading_is_the_outlets() -> None:
    text = "The mayor came late.\n\n2. The wall loses another round\n\nThe mayor left early."
    document = Document("a", text)
    fr.annotate([document])
    assert [voice for _, _, voice in document.runs] == ["outlet"]


def test_a_heading_behind_a_colon_is_no_quotation() -> None:
    text = "What to expect, according to the palace:\n\nWhere it will happen in May:\n\nAt home."
    document = Document("a", text)
    fr.annotate([document])
    assert "direct" not in {voice for _, _, voice in document.runs}
