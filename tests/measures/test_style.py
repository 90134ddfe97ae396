"""Readability and style: values of the published formulas, syllables, and odd texts."""

from __future__ import annotations

import math
import random

import numpy as np
import pandas as pd
import pytest

from framing.measures import style as st
from framing.measures.syllables import syllables
from framing.tables import BadInput
from framing.text.corpus import Corpus
from framing.text.document import Document

WORDS = {
    1: "the made makes asked called through eye queue tongue league plague strength fruit guess "
    "whole holes called bowled hedge loved priest and years played tea",
    2: "table tables centre wanted settled hundred houses judges watches movement safety nineteen "
    "people being business every quiet lion poem ruin cruel player nation special union region "
    "million argue household spokesman science create lovely isn't didn't didn’t yellow beyond",
    3: "media radio video medium museum violence racism theatre idea area beautiful "
    "parliament obvious everything announcement seventeen creating easier tobacco element",
    4: "january reality initiate continuous situation economy coalition catastrophe immediate "
    "society variety",
    5: "university ideology opportunity refrigerator immediately unbelievable",
}
INITIALS = {"EU": 2, "EU's": 2, "MPs": 2, "NHS": 3, "BBC": 3, "WHO": 1, "WTO": 1, "TV": 2, "WC": 4}


@pytest.mark.parametrize("count", WORDS)
def test_syllables(count: int) -> None:
    wrong = {word: syllables(word) for word in WORDS[count].split() if syllables(word) != count}
    assert not wrong


def test_initials_and_what_is_no_word() -> None:
    assert {word: syllables(word) for word in INITIALS} == INITIALS
    assert [syllables(word) for word in ("1,200", "1918", "é", "Ωμέγα", "'", "", "\ud800")] == [
        1
    ] * 7
    assert syllables("café") == syllables("cafe\u0301") == 2


@pytest.mark.parametrize(
    ("words", "sentences", "count", "ease"),
    [(6, 1, 6, 116.145), (16, 1, 23, 68.982), (13, 1, 24, 37.455), (100, 5, 150, 59.635)],
)
def test_flesch_reading_ease(words: int, sentences: int, count: int, ease: float) -> None:
    assert st.flesch_reading_ease(words, sentences, count) == pytest.approx(ease, abs=1e-3)


@pytest.mark.parametrize(
    ("words", "sentences", "count", "grade"),
    [(6, 1, 6, -1.45), (1, 1, 1, -3.4), (100, 5, 150, 9.91), (100, 4, 170, 14.22)],
)
def test_flesch_kincaid(words: int, sentences: int, count: int, grade: float) -> None:
    assert st.flesch_kincaid(words, sentences, count) == pytest.approx(grade, abs=1e-9)


def test_gunning_fog() -> None:
    assert st.gunning_fog(100, 5, 10) == pytest.approx(0.4 * (20 + 10))
    assert st.gunning_fog(50, 2, 0) == pytest.approx(10)


def test_mtld_of_the_example_of_its_paper() -> None:
    assert st.mtld("of the people by the people for the people".split()) == 9


def test_mtld_counts_what_is_left_over_in_part() -> None:
    tokens = "a b c d e f g h i a".split()  # a ratio of .9 left over: .1 / .28 of a stretch
    assert st.mtld(tokens) == pytest.approx(28)
    assert st.mtld(tokens, threshold=0.95) == pytest.approx(10)


def test_mtld_is_the_mean_of_both_directions() -> None:
    tokens = "a a b c d e f".split()
    forwards = 7 / 1  # "a a" ends a stretch, nothing else repeats
    backwards = 7 / ((1 - 6 / 7) / 0.28)
    assert st.mtld(tokens) == pytest.approx((forwards + backwards) / 2)


def test_mtld_is_not_defined_without_a_repeated_word() -> None:
    assert math.isnan(st.mtld("a b c".split())) and math.isnan(st.mtld([]))


def test_moving_average_against_every_window_counted_anew() -> None:
    tokens = random.Random(3).choices("abcdefgh", k=200)
    for window in (1, 7, 50, 200):
        ratios = [
            len(set(tokens[at : at + window])) / window for at in range(len(tokens) - window + 1)
        ]
        assert st.mattr(tokens, window) == pytest.approx(np.mean(ratios))


def test_moving_average_of_a_text_shorter_than_its_window_is_missing() -> None:
    assert math.isnan(st.mattr(["a"] * 49))
    assert st.mattr(["a"] * 50) == pytest.approx(1 / 50)


def test_a_document_counted_by_hand() -> None:
    text = "The mayor sold the old theatre. The pier is next, and nobody asked the town."
    row = st.style([Document("a", text)]).iloc[0]
    total = 7 + 3 + 9 + 1  # the mayor sold the old theatre (9); the pier is next ... (11)
    assert (row["n_words"], row["n_sentences"], row["n_syllables"]) == (15, 2, total)
    assert row["words_per_sentence"] == 7.5
    assert row["type_token_ratio"] == pytest.approx(12 / 15)
    assert row["hapax_share"] == pytest.approx(11 / 12)
    letters = sum(map(len, text.replace(".", "").replace(",", "").split()))
    assert row["letters_per_word"] == pytest.approx(letters / 15)
    assert row["flesch_reading_ease"] == pytest.approx(206.835 - 1.015 * 7.5 - 84.6 * total / 15)


def test_names_and_endings_are_not_complex() -> None:
    fog = lambda text: st.style([Document("a", text)])["gunning_fog"].iloc[0]
    assert fog("They saw Barcelona.") == pytest.approx(0.4 * 3)
    assert fog("Barcelona saw them.") == pytest.approx(0.4 * (3 + 100 / 3))
    assert fog("They saw catastrophe.") == pytest.approx(0.4 * (3 + 100 / 3))
    assert fog("They were wandering.") == pytest.approx(0.4 * 3)


def test_case_marks_and_possessives_make_no_new_words() -> None:
    row = st.style([Document("a", "Hill said Hill’s hill and hill's HILL")]).iloc[0]
    assert row["type_token_ratio"] == pytest.approx(3 / 7)


def test_texts_without_words_are_missing_not_zero() -> None:
    table = st.style(
        [Document("a", ""), Document("b", " \n"), Document("c", "?!"), Document("d", "\ud800")]
    )
    assert table["n_words"].tolist()[:3] == [0, 0, 0]
    assert table.loc[:2, "flesch_reading_ease":].isna().all().all()


def test_one_row_a_document_with_its_fields() -> None:
    corpus = Corpus([Document("a", "A door.", None, {"outlet": "Mail"}), Document("b", "No.")])
    table = st.style(corpus)
    assert table["doc_id"].tolist() == ["a", "b"]
    assert table["outlet"].tolist()[0] == "Mail" and pd.isna(table["outlet"][1])
    assert list(st.style([]).columns) == ["doc_id", *st.COLUMNS]


def test_a_window_of_no_words_is_refused() -> None:
    with pytest.raises(BadInput, match="window=0"):
        st.mattr(list("abab"), window=0)
    with pytest.raises(BadInput, match="threshold=1"):
        st.mtld(list("abab"), threshold=1)
    with pytest.raises(BadInput, match="window=0"):
        st.style([], window=0)
    with pytest.raises(BadInput, match="style reads documents, as read_corpus gives them, not str"):
        st.style(["The cat sat."])


def test_fields_of_the_document_are_kept_and_none_is_overwritten() -> None:
    document = Document("a", "The cat sat.", "A cat", {"outlet": "Mail"})
    row = st.style(Corpus([document])).iloc[0]
    assert (row["title"], row["outlet"], row["n_words"]) == ("A cat", "Mail", 3)
    taken = Document("a", "The cat sat.", None, {"n_words": 90})
    with pytest.raises(BadInput, match="columns named as measures of style are: n_words; rename"):
        st.style(Corpus([taken]))
