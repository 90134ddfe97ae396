"""Terms: the same numbers as scikit-learn's TfidfVectorizer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from framing.frames.features import TermPool
from framing.frames.terms import field_of
from framing.text.document import Document

TEXTS = [
    "Rents rise again, and rents fall.", "The council met at noon.", "Ünïcode Ωmega, don’t stop!",
    "a b c", "", "Rise! rise\nrise\trise",
]  # fmt: skip
WAYS = {
    "word": {"analyzer": "word", "ngram_range": (1, 2)},
    "char": {"analyzer": "char_wb", "ngram_range": (2, 5)},
}


def pool(texts: list[str], kind: str, min_df: int = 1, most: int = 10**6) -> TermPool:
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    return TermPool.read(documents, "text", kind, min_df, most)


@pytest.mark.parametrize("kind", WAYS)
def test_as_scikit_learn(kind: str) -> None:
    found = pool(TEXTS, kind)
    rows = np.arange(len(TEXTS))
    block = found.learn(rows)
    oracle = TfidfVectorizer(sublinear_tf=True, **WAYS[kind])
    wanted = oracle.fit_transform(TEXTS)
    assert block.terms == oracle.get_feature_names_out().tolist()
    assert np.allclose(found.columns(block, rows).toarray(), wanted.toarray(), atol=1e-6)
    new = ["The rents of Ωmega", "don’t rise"]
    documents = [Document(text, text) for text in new]
    assert np.allclose(
        block.transform(documents).toarray(), oracle.transform(new).toarray(), atol=1e-6
    )


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_as_scikit_learn(text: str) -> None:
    for kind, way in WAYS.items():
        oracle = TfidfVectorizer(sublinear_tf=True, **way).fit(TEXTS)
        block = pool(TEXTS, kind).learn(np.arange(len(TEXTS)))
        found = block.transform([Document("a", text)]).toarray()
        assert np.allclose(found, oracle.transform([text]).toarray(), atol=1e-6)


def test_terms_are_learnt_from_the_training_rows_only() -> None:
    found = pool(TEXTS, "word")
    block = found.learn(np.array([1, 3]))
    assert "rents" not in block.terms and "council" in block.terms


def test_the_most_frequent_are_kept() -> None:
    found = pool(["a1 b1 d1", "a1 c1", "a1 b1", "b1"], "word", most=2)
    assert found.learn(np.arange(4)).terms == ["a1", "b1"]


def test_body_is_the_text_behind_the_title() -> None:
    with_title = Document("a", "Rents rise\nThe council met.", "Rents rise")
    assert field_of(with_title, "body") == "The council met."
    assert field_of(Document("a", "The council met.", "Rents rise"), "body") == "The council met."
