"""The rows of the hits table: what stands around a span is found as by reading word by word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from framing.engine import annotate
from framing.extractors.base import Extractor
from framing.hitrows import NEGATED, NEGATORS
from framing.lexicon import Lexicon
from framing.text.document import Document

WORDS = ("vile", "vile", "no", "isn't", "it", "a", "Never", "hill")
TOY = Lexicon.from_terms("toy", {"vile": "hot"})
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)


class Toy(Extractor):
    name = "toy"


def expected(words: list[str]) -> list[bool]:
    """Whether each "vile" of a sentence has a negator among the few words before it."""
    negates = [word.lower() in NEGATORS or word.endswith("n't") for word in words]
    return [
        any(negates[max(0, at - NEGATED) : at]) for at, word in enumerate(words) if word == "vile"
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(sentences, max_size=4), min_size=1, max_size=3))
def test_negators_stand_few_words_before_in_the_same_sentence(texts: list[list[list[str]]]) -> None:
    documents = [
        Document(str(number), " ".join(" ".join(["So", *words]) + "." for words in text))
        for number, text in enumerate(texts)
    ]
    hits = annotate(documents, [Toy(lexicon=TOY)])
    wanted = [
        (str(number), place, negated)
        for number, text in enumerate(texts)
        for place, words in enumerate(text)
        for negated in expected(words)
    ]
    found = zip(hits["doc_id"], hits["sentence"], hits["negated"], strict=True)
    assert [(one, place, bool(negated)) for one, place, negated in found] == wanted


def test_a_negator_in_another_voice_negates_nothing() -> None:
    hits = annotate([Document("a", "“Never,” she said, vile as he was.")], [Toy(lexicon=TOY)])
    assert hits["text"].tolist() == ["vile"] and not hits["negated"].any()
