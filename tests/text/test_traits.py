from hypothesis import given
from hypothesis import strategies as st

from framing.lexicon import load
from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.document import Document
from framing.text.verbs import Cue, is_noun, verb_group

WORDS = (
    "Is it Asked closed by was both the to said says warning Monday last week 3 days early is run "
    "didn't not that's Oakes's claim of May today worth put quickly told ( - , -- “ ” . ? \n\n"
).split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=24).map(" ".join)
SAY = next(entry for entry in load("report_verbs").entries if entry.id == "say")


def units_of(text: str) -> list[Unit]:
    reading = Document("a", text.replace(" - ", "-")).reading
    found = [Unit(reading, span, (), 0) for span in reading.sentences]
    return [unit for unit in found if unit.size]


@given(st.lists(st.text(" ,.-\n“”’\"':;?\u00a0—a", min_size=1, max_size=6), max_size=9))
def test_the_marks_are_those_of_each_gap(gaps: list[str]) -> None:
    text = "x" + "x".join(gaps) + "x"
    reading = Document("a", text).reading
    between = zip(reading.ends, reading.starts[1:], strict=False)
    assert list(reading.traits.marks[1:]) == [cl.mark(text[a:b]) for a, b in between]


def test_an_owner_ends_with_an_s_and_an_apostrophe() -> None:
    unit = units_of("Bob left. Oakes’s and the ministers' aide said BOB'S it´s fine")[1]
    owners = [unit.words[index] for index in range(unit.size) if unit.possessive(index)]
    assert owners == ["oakes", "ministers", "bob"]


def test_no_word_of_an_endless_sentence_stands_in_a_quotation_if_there_is_none() -> None:
    (unit,) = units_of("and so " * cl.LONGEST)
    assert not unit.quoted and set(unit.quote[: unit.size]) == {-1}
    assert unit.quote[unit.size - 1] == -1


def test_a_text_without_words_has_no_traits() -> None:
    assert Document("a", "").reading.traits.marks == b""


@given(TEXTS)
def test_times_do_not_hang_on_words_behind_the_unit(text: str) -> None:
    for unit in units_of(text):
        late = range(max(unit.size - 2, 0), unit.size)
        assert list(unit.time[-2:]) == [cl.time_at(unit, index) for index in late]


@given(TEXTS)
def test_the_first_verb_does_not_hang_on_words_before_the_unit(text: str) -> None:
    for unit in units_of(text):
        assert unit.verb[0] == cl.finite_at(unit, 0)


@given(TEXTS)
def test_nothing_stands_before_a_plain_verb(text: str) -> None:
    for unit in units_of(text):
        for index in range(1, unit.size):
            if unit.plain[index] and not unit.marks[index + 1] & cl.JOINED:
                assert not is_noun(unit, Cue(index, index, SAY, "cti"))
                assert verb_group(unit, index) == (index, False, False)
