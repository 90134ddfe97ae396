"""Whose words: the cue frames, each on sentences written for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.engine import Engine
from framing.extractors.base import as_extractors
from framing.tables import HITS
from framing.text.document import Document
from framing.text.voices import Attribution, VoiceMap, paint

ENGINE = Engine([])


def voices(text: str) -> VoiceMap:
    ((_, found),) = ENGINE.read([Document("a", text)])
    return found


def told(text: str) -> list[tuple[str, list[str], str | None]]:
    """Return (kind, pieces of content, speaker as written) of every attribution."""
    return [
        (
            one.kind,
            [text[start:end].strip(" .,") for start, end in one.content],
            text[slice(*one.speaker)] if one.speaker else None,
        )
        for one in voices(text).attributions
    ]


FRAMES = [
    # 1-2: S V (that) C
    ("Mary Oakes said that the bridge was closed.", "the bridge was closed", "Mary Oakes"),
    ("The minister claimed the bridge was safe.", "the bridge was safe", "The minister"),
    ("Mr Hill admitted on Monday that he had signed it.", "he had signed it", "Mr Hill"),
    ("She said in a statement that tolls would rise.", "tolls would rise", "She"),
    ("They say the fare will double.", "the fare will double", "They"),
    ("They've said that tolls would rise.", "tolls would rise", "They"),
    ("The council asked whether the bridge was safe.", "the bridge was safe", "The council"),
    ("The Harbour Times says the bridge is safe.", "the bridge is safe", "The Harbour Times"),
    # 3: C, S V and C, V S
    ("The bridge was closed, Mary Oakes said.", "The bridge was closed", "Mary Oakes"),
    ("The bridge was closed, said Mary Oakes.", "The bridge was closed", "Mary Oakes"),
    ("The wall protects the harbour, Mary Oakes says.", "The wall protects the harbour",
     "Mary Oakes"),
    ("The wall protects the harbour, the notice states.", "The wall protects the harbour",
     "the notice"),
    # 6: according to
    ("According to Mary Oakes, the bridge was closed.", "the bridge was closed", "Mary Oakes"),
    ("The bridge was closed, according to the council.", "The bridge was closed", "the council"),
    # 7: S V A that C
    ("Mr Hill told reporters that tolls would rise.", "tolls would rise", "Mr Hill"),
    ("Mr Hill told the committee on Friday tolls would rise.", "tolls would rise", "Mr Hill"),
    # 8: S V to-infinitive
    ("Mr Hill vowed to rebuild the bridge.", "to rebuild the bridge", "Mr Hill"),
    ("Mr Hill threatened to close the bridge.", "to close the bridge", "Mr Hill"),
    # 9: S accused A of C
    ("Mr Hill accused the board of hiding it.", "hiding it", "Mr Hill"),
    ("Mr Hill described the bridge as a trap.", "the bridge as a trap", "Mr Hill"),
    ("Mr Hill criticised the board for hiding it.", "hiding it", "Mr Hill"),
    # 13: the claim that C
    ("The claim that the bridge was safe did not last.", "the bridge was safe did not last", None),
    # 14: hearsay
    ("It is understood that the bridge will close.", "the bridge will close", None),
    # 15: a poll found that C
    ("A poll found that most people wanted a bridge.", "most people wanted a bridge", "A poll"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content", "speaker"), FRAMES)
def test_frames_of_reported_speech(text: str, content: str, speaker: str | None) -> None:
    assert told(text) == [("indirect", [content], speaker)]


QUOTES = [
    ("“The bridge is safe,” Mary Oakes said.", ["The bridge is safe"], "Mary Oakes"),
    ("“The bridge is safe,” said Mary Oakes, who runs it.", ["The bridge is safe"], "Mary Oakes"),
    ("Mary Oakes said: “The bridge is safe.”", ["The bridge is safe"], "Mary Oakes"),
    ("Mary Oakes told the BBC: “The bridge is safe.”", ["The bridge is safe"], "Mary Oakes"),
    ("“The bridge,” she said, “is safe.”", ["The bridge", "is safe"], "she"),
    ("“It is safe,” she said. “I crossed it.”", ["It is safe", "I crossed it"], "she"),
    ("“Is it safe?” asked Mary Oakes.", ["Is it safe?"], "Mary Oakes"),
    ("“It is safe,” the minister gushed.", ["It is safe"], "the minister"),
    ("The minister branded the bridge “a trap”.", ["a trap"], "The minister"),
    ("The minister called it “unsafe”.", ["unsafe"], "The minister"),
]


@pytest.mark.parametrize(("text", "content", "speaker"), QUOTES)
def test_direct_quotation(text: str, content: list[str], speaker: str) -> None:
    assert told(text) == [("direct", content, speaker)]


def test_a_mixed_quotation_is_direct_within_its_marks_and_indirect_around_them() -> None:
    text = "Mr Hill said the bridge was “a death trap” for lorries."
    assert told(text) == [
        ("mixed", ["the bridge was", "a death trap", "for lorries"], "Mr Hill")
    ]  # fmt: skip
    found = voices(text)
    assert found.voice_at(text.index("death")) == "direct"
    assert found.voice_at(text.index("bridge")) == "indirect"
    assert found.voice_at(text.index("said")) == "outlet"


OUTLET = [
    "Why didn't Mr Hill say the bridge was safe?",
    "How could the council claim the bridge was safe?",
    "Did the board say the bridge was safe?",
    "Mr Hill has never said the bridge was safe.",
    "Mr Hill declined to say whether the bridge was safe.",
    "The council did not say that tolls would rise.",
    "Ministers slammed the vile scheme.",
    "The claim was settled in court.",
    "Ministers met in the United States on Monday.",
    "The firm reported a loss of two million pounds.",
]


@pytest.mark.parametrize("text", OUTLET)
def test_negated_saying_and_nouns_stay_with_the_outlet(text: str) -> None:
    assert {run[2] for run in voices(text).runs} == {"outlet"}


def test_who_is_criticised_does_not_speak() -> None:
    for text in ("Council slammed over “vile” plan", "Oakes criticised for “vile” remarks"):
        assert [one.speaker_name for one in voices(text).attributions if one.speaker] == []
    ((_, content, speaker),) = told("Oakes criticised the board for “vile” remarks.")
    assert speaker == "Oakes" and "vile" in content[0]


def test_a_trailing_relative_clause_goes_back_to_the_outlet() -> None:
    text = "Mr Hill said the bridge was safe, which nobody believed."
    assert told(text) == [("indirect", ["the bridge was safe"], "Mr Hill")]


def test_but_with_a_new_clause_goes_back_to_the_outlet() -> None:
    text = "Mr Hill said the bridge was safe, but it fell in May."
    assert told(text)[0][1] == ["the bridge was safe"]


def test_scare_quotes_and_titles() -> None:
    assert voices("The “reform” of the bridge failed.").runs[1][2] == "scare"
    assert voices("The film “The Long Bridge” opened.").runs[1][2] == "title"


def test_a_quotation_without_a_cue_goes_to_the_last_speaker() -> None:
    text = "“It is safe,” said Mary Oakes.\n\n“I crossed it myself on Monday.”"
    assert [one.speaker_name for one in voices(text).attributions] == ["Mary Oakes"] * 2


def test_captions_and_bylines_are_boilerplate() -> None:
    text = "The bridge fell.\n\nRead more: all about bridges\n\nNobody was hurt."
    assert [run[2] for run in voices(text).runs] == ["outlet", "boilerplate", "outlet"]


NAMES = [
    ("Sir Ivo Hill spoke. “It fell,” Sir Ivo said.", "Sir Ivo Hill"),
    ("Sir Ivo Hill spoke. Mr Hill said it fell.", "Sir Ivo Hill"),
    ("Mary Oakes spoke. Oakes said it fell.", "Mary Oakes"),
    ("Prime Minister Mary Oakes spoke. The prime minister said it fell.", "Mary Oakes"),
    ("Prime Minister Mary Oakes spoke. The PM said it fell.", "Mary Oakes"),
    ("Mary Oakes, the mayor, spoke. The mayor said it fell.", "Mary Oakes"),
    ("Mary Oakes said it fell. She said nobody was hurt.", "Mary Oakes"),
    ("John Hill met Mary Oakes. He said it fell.", "John Hill"),
    ("Mary Oakes of the Friends of the Library said it fell.", "Mary Oakes"),
    ("The Department of Transport said it fell.", "the Department of Transport"),
    ("The Bank of England said it fell.", "the Bank of England"),
    ("The charity Lantern said it fell.", "Lantern"),
    ("He left over what the union called an “insulting” offer.", "the union"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_later_names_are_led_back_to_the_full_name(text: str, name: str) -> None:
    assert voices(text).attributions[-1].speaker_name == name


KINDS = [
    ("Critics said it fell.", "anonymous"),
    ("The Ministry of Works said it fell.", "org"),
    ("A report said it fell.", "document"),
    ("The minister said it fell.", "role"),
    ("Mary Oakes said it fell.", "named"),
    ("It is understood that it fell.", "unspecified"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_speaker_types(text: str, kind: str) -> None:
    assert voices(text).attributions[-1].speaker_type == kind


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="said claim that he ,.:“”\"'‘’ \n according to Hill", max_size=300))
def test_runs_cover_any_text_without_gap_or_overlap(text: str) -> None:
    found = voices(text)
    assert [run[0] for run in found.runs] == [0, *[run[1] for run in found.runs[:-1]]][
        : len(found.runs)
    ]
    assert not found.runs or found.runs[-1][1] == len(text)
    for one in found.attributions:
        assert all(0 <= start < end <= len(text) for start, end in one.content)


def test_of_two_nested_reports_the_inner_owns_its_words() -> None:
    outer = Attribution("indirect", ((0, 9),), speaker_name="outer")
    inner = Attribution("indirect", ((4, 9),), speaker_name="inner")
    painted = paint([(0, 9, "indirect", outer), (4, 9, "indirect", inner)])
    assert [(start, end, owner.speaker_name) for start, end, _, owner in painted if owner] == [
        (0, 4, "outer"),
        (4, 9, "inner"),
    ]


INNER = [
    ("“The minister told me ‘we have no plan’ and left,” she said.", "we have no plan"),
    ("“Mr Hill said the plan was dead,” she told reporters.", "the plan was dead"),
]


@pytest.mark.parametrize(("text", "inner"), INNER)
def test_what_somebody_quoted_tells_of_others_is_theirs_too(text: str, inner: str) -> None:
    found = voices(text)
    place = text.index(inner)
    chain = [text[slice(*one.speaker)] for one in found.chain_at(place) if one.speaker]
    assert chain[0] == "she" and len(chain) == 2
    assert found.voice_at(place) == "direct"


def test_the_chain_of_words_one_speaker_gives_is_that_speaker() -> None:
    found = voices("“The plan is dead,” Mr Hill said.")
    assert [one.speaker_name for one in found.chain_at(5)] == ["Hill"]
    assert found.chain_at(25) == ()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 25)), max_size=12))
def test_a_chain_is_all_that_hold_a_place_the_longest_first(parts: list[tuple[int, int]]) -> None:
    made = [
        Attribution("direct", ((start, start + size),), None, None, str(number), "named")
        for number, (start, size) in enumerate(parts)
    ]
    found = VoiceMap(70, paint([(*one.content[0], "direct", one) for one in made]), made)
    for place in range(70):
        held = [one for one in made if one.content[0][0] <= place < one.content[0][1]]
        longest = sorted(held, key=lambda one: one.content[0][0] - one.content[0][1])
        assert [one.speaker_name for one in found.chain_at(place)] == [
            one.speaker_name for one in longest
        ]


def test_hits_in_nested_words_name_every_speaker() -> None:
    text = "“Ann Hill said ‘the vile plan is over’ and left,” Mary Oakes said."
    engine = Engine(as_extractors(["loaded_language"]))
    (row,) = engine.rows([Document("a", text)])
    assert row[HITS.index("speaker")] == "Ann Hill"
    assert json.loads(row[-1])["speaker_chain"] == ["Mary Oakes", "Ann Hill"]


def test_a_paragraph_announced_with_a_colon_is_a_quotation_without_marks() -> None:
    text = "Mary Oakes wrote on Friday:\n\nWe will not give up on this town.\n\nShe then left."
    (one,) = voices(text).attributions
    assert [text[start:end] for start, end in one.content] == ["We will not give up on this town."]
    assert (one.kind, one.speaker_name) == ("direct", "Mary Oakes")
    listed = "The plan has three parts:\n\nTolls will go up by a third this year."
    assert voices(listed).attributions == []


@pytest.mark.parametrize(
    "text",
    [
        "The closure followed months of furious protest that left the transport chief humiliated.",
        "A report that shocked the town was published on Friday.",
        "There was speculation that will embarrass the minister.",
        "They could have their asylum claims decided in the port under a new law.",
        "Police called the fire brigade a second time.",
        "After a long night in the old port, the mayor said.",
    ],
)
def test_a_relative_clause_or_participle_reports_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("The claim that ministers lied was never proven.", "ministers lied", None),
        ("The allegation that the board had hidden losses has been denied by the firm.",
         "the board had hidden losses", None),
        ("He heard the warning that injured workers were sent home.",
         "injured workers were sent home", None),
        ("Rosa Lind, whose charity runs the shelter there, said turning people away was wrong.",
         "turning people away was wrong", "Rosa Lind, whose charity runs the shelter there"),
        ("Anne Hill called him a liar and left the room.", "a liar", "Anne Hill"),
        ("Her silence shames a country that vowed to lead the fight.", "to lead the fight",
         "a country that"),
        ("The mayor called the decision a betrayal.", "a betrayal", "The mayor"),
    ],
)  # fmt: skip
def test_where_content_begins_and_ends(text: str, content: str, speaker: str | None) -> None:
    ((_, found, who),) = told(text)
    assert found == [content] and who == speaker


def test_what_is_expected_of_something_leaves_out_the_pronoun_that_stands_for_it() -> None:
    text = "It goes to the council, which is widely expected to wave it through."
    (one,) = voices(text).attributions
    assert [text[start:end] for start, end in one.content] == ["to wave it through"]


def test_a_block_announced_with_a_colon_may_quote_others() -> None:
    said = "The port is “a pond” by now, and the clerk said that it will be shut for a year."
    text = f"Dan Hale wrote on Friday:\n\n{said}\n\nThe town slept."
    start = text.index(said)
    inside = {voice for low, high, voice in voices(text).runs if start <= low and high > low}
    assert voices(text).voice_at(start) == "direct"
    assert voices(text).voice_at(text.index("will be shut")) == "direct"
    assert "scare" not in inside and "indirect" not in inside


def test_a_tweet_belongs_to_the_name_behind_its_dash():
    text = "It fell.\n\nIt is safe \n — Ann Hale (@annhale)\n\nNo - no: go -- Bo Li (@boli) left."
    spoken = [text[slice(*run[:2])] for run in voices(text).runs if run[2] == "direct"]
    assert spoken == ["It is safe", "No"]
    assert [one.speaker_name for one in voices(text).attributions] == ["Ann Hale", "Bo Li"]


@pytest.mark.parametrize(("letters", "speakers"), [(60, 1), (61, 0)])
def test_the_name_of_a_tweet_has_sixty_letters_at_most(letters: int, speakers: int) -> None:
    text = f"It is safe — A{'n' * (letters - 1)} (@annhale)"
    assert len(voices(text).attributions) == speakers
