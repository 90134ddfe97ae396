"""The span tagger learns which words people mark, and refuses what it cannot learn from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from framing.frames.span_tagger import SpanTagger, best_threshold
from framing.tables import BadInput
from framing.text.document import Document

LOADED = ("vile", "sordid", "plain", "new")
FRAMES = [
    "The {} bridge came before the council. It met on Monday.",
    "The {} tram will cost ten million pounds. Work starts in May.",
    "The {} market drew forty traders. Rain kept others away.",
    "The {} library lends tools as well. Members pay nothing.",
    "The {} harbour handles timber and salt. Ships wait outside.",
    "The {} museum shows maps of the coast. Doors open at ten.",
]
TEXTS = [frame.format(word) for frame in FRAMES for word in LOADED]
SPANS = [[(4, 4 + len(word))] if word in LOADED[:2] else [] for _ in FRAMES for word in LOADED]


@pytest.fixture(scope="module")
def tagger() -> SpanTagger:
    return SpanTagger(folds=3).fit(TEXTS, SPANS)


def test_it_marks_the_words_it_has_learnt_in_texts_it_has_not(tagger: SpanTagger) -> None:
    hits = tagger.annotate(["The sordid ferry came before the council. The new one did not."])
    assert hits[["text", "extractor", "label"]].values.tolist() == [["sordid", "marked", "marked"]]
    assert (hits["strength"] >= tagger.threshold_).all()


def test_with_an_encoder_it_marks_words_it_has_not_seen_but_that_are_used_alike() -> None:
    pytest.importorskip("onnxruntime")
    found = SpanTagger(encoder=True, folds=3).fit(TEXTS, SPANS)
    hits = found.annotate(["The disgusting ferry came before the council. The old one did not."])
    assert hits["text"].tolist() == ["disgusting"]
    assert len(found.annotate([""])) == 0
    assert found.annotate(["", TEXTS[0]])["text"].tolist() == ["vile"]


def test_hits_carry_their_voice(tagger: SpanTagger) -> None:
    hits = tagger.annotate(['"The vile ferry came before the council," Mary Oakes said.'])
    assert hits[["text", "voice", "speaker"]].values.tolist() == [["vile", "direct", "Mary Oakes"]]


def test_one_probability_a_word_and_empty_texts_have_none(tagger: SpanTagger) -> None:
    documents = [Document("a", ""), Document("b", TEXTS[0]), Document("c", "")]
    found = tagger.chances(documents)
    assert [len(one) for one in found] == [0, 11, 0]
    assert ((found[1] >= 0) & (found[1] <= 1)).all()


@pytest.mark.parametrize("texts", [[""], ["", ""], [" \n"]])
def test_texts_without_a_word_have_no_hits(tagger: SpanTagger, texts: list[str]) -> None:
    assert len(tagger.annotate(texts)) == 0
    assert [len(one) for one in tagger.chances([Document("a", one) for one in texts])] == [
        0 for _ in texts
    ]


def test_spans_may_be_arrays(tagger: SpanTagger) -> None:
    spans = [np.array(mine, int).reshape(-1, 2) for mine in SPANS]
    document = [Document("a", TEXTS[0])]
    again = SpanTagger(folds=3).fit(TEXTS, spans)
    assert np.array_equal(again.chances(document)[0], tagger.chances(document)[0])


def test_sentences_without_a_mark_in_one_document_only_are_refused() -> None:
    texts = [f"The vile {noun} came." for noun in ("bridge", "tram", "market", "ferry", "museum")]
    spans = [[(4, 8)] for _ in texts]
    with pytest.raises(BadInput, match="too few texts hold a sentence without a mark"):
        SpanTagger().fit([*texts, "Rain fell on the town all day."], [*spans, []])


def test_fitting_twice_gives_the_same(tagger: SpanTagger) -> None:
    again = SpanTagger(folds=3).fit(TEXTS, SPANS)
    document = [Document("a", TEXTS[0])]
    assert np.array_equal(again.chances(document)[0], tagger.chances(document)[0])


@pytest.mark.parametrize(
    ("texts", "spans", "message"),
    [
        (TEXTS, SPANS[:-1], "24 documents but 23 lists of spans"),
        (TEXTS[:2], SPANS[:2], "2 documents are too few for 4 folds"),
        (TEXTS, [[] for _ in TEXTS], "no word is marked"),
        (TEXTS, [[(4, 900)], *SPANS[1:]], "document '1': span 4 to 900 lies outside its text"),
        ([f"The {w}." for w in "abcd"], [[(0, 3)]] * 4, "every sentence holds a mark"),
    ],
)
def test_what_it_cannot_learn_from_is_refused(texts, spans, message) -> None:
    with pytest.raises(BadInput, match=message):
        SpanTagger().fit(texts, spans)


def test_an_unfitted_tagger_says_so() -> None:
    with pytest.raises(NotFittedError, match="fit the tagger first"):
        SpanTagger().annotate(TEXTS[:1])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=40))
def test_no_other_threshold_is_better(words: list[tuple[bool, int]]) -> None:
    marked, chance = (np.array(column) for column in zip(*words, strict=True))
    marked = marked.astype(bool)

    def f1(cut: float) -> float:
        called = chance >= cut
        return 2 * (marked & called).sum() / max(marked.sum() + called.sum(), 1)

    best = best_threshold(marked, chance.astype(float))
    assert f1(best) == pytest.approx(max(f1(cut) for cut in range(11)))
