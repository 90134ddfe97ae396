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
    ("text", "found"),
    [
        ("The bridge was shut for a week, two clerks told the Harbour Press.",
         ["The bridge was shut for a week"]),
        ("The bridge, clerks tell reporters, is still shut.", ["The bridge", "is still shut"]),
        ("The port, he once observed, was too small.", ["The port", "was too small"]),
        ("The port was too small, the team posits.", ["The port was too small"]),
        ("The bridge was shut, both clerks say.", ["The bridge was shut"]),
        ("The port, Hale says, is small and is closed.", ["The port", "is small and is closed"]),
        ("The port is small, Hale adds, and was never full.",
         ["The port is small", "and was never full"]),
        ("The port is small, Hale adds, and the town left it.", ["The port is small"]),
        ("The mayor left, telling the town of his plan.", []),
        ("Dan Hale, a teacher who lived there, told the tale.", []),
        ("As the bridge was shut, clerks told the tale.", []),
        ("The bridge was shut, but time will tell if it holds.", ["it holds"]),
    ],
)  # fmt: skip
def test_what_is_told_may_stand_before_its_verb(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor maintains a narrow focus because he was a banker.", []),
        ("The board announced a plan that was too dear.", []),
        ("The board stressed the part of the town when it was poor.", []),
        ("Clerks noted the boats that sank were old.", ["the boats that sank were old"]),
        ("He says the plan that they made will fail.", ["the plan that they made will fail"]),
        ("Hale said he's late.", ["he's late"]),
        ("Clerks claim there's a boat in the port.", ["there's a boat in the port"]),
    ],
)
def test_a_clause_has_a_verb_of_its_own(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A court ruled that the port is public.", ["the port is public"]),
        ("The port is public, a court stated.", ["The port is public"]),
        ("A clerk was concerned that the port was lost.", ["the port was lost"]),
        ("He's convinced that the port was lost.", ["the port was lost"]),
        ("The clerk was concerned about rules that had kept it safe.", []),
        ("The mayor's stated aim was to keep the port that was lost.", []),
    ],
)
def test_a_verb_in_ed_suits_every_subject(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "They need to know that the port is safe.",
        "One would think that the port was safe.",
        "It is worth noting that the port was safe.",
        "It is hard to imagine that the port was safe.",
        "Voters may find that the port was safe.",
        "This suggests that the port was safe.",
        "It shows how the port was lost.",
        "The mayor left, which explains why the port was lost.",
    ],
)
def test_what_nobody_has_said_or_thought_is_the_outlets(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The paper read a memo that suggested the port was lost.",
        "The survey came late, and it showed that the port was lost.",
        "The mayor would say only that the port was lost.",
        "This paper suggests that the port was lost.",
    ],
)
def test_what_a_paper_shows_is_reported(text: str) -> None:
    assert reported(text) == ["the port was lost"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hale — who believes the port is lost — declined to come.", ["the port is lost"]),
        ("Even though Hale admitted that the port was lost, the town slept.",
         ["the port was lost"]),
        ("While Hale said the port was lost — she was right — the town slept.",
         ["the port was lost"]),
        ("Everyone expects that, and the town was glad.", []),
        ("The town left the port, saying nothing of the wall.", []),
        ("He said “it was lost for good” (in truth it was open).", []),
    ],
)  # fmt: skip
def test_where_a_report_ends(text: str, found: list[str]) -> None:
    assert [one.rstrip(" —") for one in reported(text)] == [one.rstrip() for one in found]


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("According to Media Watch, a left-leaning group, rents will soar.", "rents will soar"),
        ("According to Oakes, head of the lobby, rents will soar.", "rents will soar"),
        ("According to the Leeds Post, the biggest paper in town, both firms and the bank fell.",
         "both firms and the bank fell"),
        ("Rents will soar, according to Mary Oakes, a notorious lobbyist.", "Rents will soar"),
        ("According to police, a robbery, a fire and a brawl took place.",
         "a robbery, a fire and a brawl took place"),
        ("According to the union, almost half of tenants, mostly young ones, fear eviction.",
         "almost half of tenants, mostly young ones, fear eviction"),
    ],
)  # fmt: skip
def test_what_a_source_is_said_to_be_is_not_what_it_says(text: str, said: str) -> None:
    (row,) = fr.voices([Document("a", text)]).to_dict("records")
    assert row["text"] == said


def test_a_work_before_the_verb_is_part_of_who_speaks() -> None:
    text = 'Ann Rose, author of "The Port," said rents had risen.'
    assert reported(text) == ["rents had risen"]
    assert reported('"The port will close," said Ann Rose of Leeds.') == []


def test_a_verb_with_its_particle_reports_nothing() -> None:
    assert fr.voices([Document("a", "When the tenants found out, they sued.")]).empty


@pytest.mark.parametrize("owner", ["Hale’s", "Sanders’", "Cruz’", "Marx’"])
def test_names_of_every_ending_own(owner: str) -> None:
    assert reported(f"Aides teed off on {owner} proposed ban on rents.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There is no doubt that the port was small.", []),
        ("There was no suggestion that Hale had lied.", []),
        ("Hale has no doubt that the port is small.", ["the port is small"]),
        ("It helps explain why the port closed.", []),
        ("The long strike helps to explain why the port closed.", []),
        ("The firm best known for building the pier has left.", []),
        ("Hale is the first person known to have swum it.", []),
        ("Hale is known to have swum it.", ["Hale", "to have swum it"]),
        ("He said things that nobody had said before.", []),
        ("He said things had got worse.", ["things had got worse"]),
        ("Berths are given out according to size and age.", []),
        ("The fee is set according to the number of berths.", []),
        ("The fee is fair, according to numbers from the port.", ["The fee is fair"]),
        ("They must answer any questions that might be asked.", []),
        ("She wrote in a letter that was leaked on Monday that the port was small.",
         ["the port was small"]),
        ("A note found in the cabin only had Hale's name on it.", []),
        ("The more worrying question is whether the pier is safe.", []),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_report(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hale said that it's the worst he has seen.", ["it's the worst he has seen"]),
        ("She argued that they’re the only ones left.", ["they’re the only ones left"]),
        ("The clerk argued that based on the count he had lost.",
         ["based on the count he had lost"]),
        ("Anyone there will tell you that is not a plan.", ["that is not a plan"]),
        ("The mayor said over 40 ports have closed.", ["over 40 ports have closed"]),
        ("Clerks said until they decide, the boats cannot leave.",
         ["until they decide, the boats cannot leave"]),
        ("Clerks have said since May they were slow.", ["they were slow"]),
        ("But, clerks said, the pier might fall.", ["the pier might fall"]),
        ("And yet, the mayor said, in the end she won.", ["in the end she won"]),
        ("The tide will rise, say pilots.", ["The tide will rise"]),
        ("The tide will rise, say the men who steer the boats.", ["The tide will rise"]),
        ("People who live there say the pier is old.", ["the pier is old"]),
        ("Pilots say poor families pay more for a berth.",
         ["poor families pay more for a berth"]),
        ("A pilot said critics miss the point.", ["critics miss the point"]),
        ("Pilots say they back the plan.", ["they back the plan"]),
        ("He said the same thing four years ago.", []),
        ("She said prayers for the dead.", []),
        ("The pier was shut, Hale said during an earlier Thursday news conference.",
         ["The pier was shut"]),
    ],
)  # fmt: skip
def test_reports_without_a_known_sign(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The clerk asked Hale whether he would pay.", ["he would pay"]),
        ("They asked the men if they came to work.", ["they came to work"]),
        ("A reporter asked her how she felt.", ["how she felt"]),
        ("Asked about a plan to leave early, Hale laughed.", []),
        ("She warned the town against moves to sell the park.", []),
        ("She urged the head of the union to quit.", ["to quit"]),
        ("They asked anyone with news about the pilots to call.", ["to call"]),
    ],
)
def test_what_is_asked(text: str, found: list[str]) -> None:
    assert reported(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor told members of the panel that rents rose.", ["rents rose"]),
        ("She reminded the people of Hull that it fell.", ["it fell"]),
        ("He told the story of a pilot who left.", []),
        ("He told the pilots who had left that it fell.", []),
        ("He told them who had left.", ["who had left"]),
        ("They do not know exactly who he is.", ["who he is"]),
        ("A clerk said that is unfair.", ["that is unfair"]),
        ("Months of protest that left the board divided are over.", []),
        ("Some 43 percent say they will stay.", ["they will stay"]),
        ("It was a port he argued had too many clerks.", ["had too many clerks"]),
        ("Above all, say several pilots, Hale needs to stay.",
         ["Above all", "Hale needs to stay"]),
        ("Hale said Oakes's record and pledges before the vote were enough.",
         ["Oakes's record and pledges before the vote were enough"]),
    ],
)  # fmt: skip
def test_who_is_told_and_what(text: str, found: list[str]) -> None:
    assert reported(text) == found
