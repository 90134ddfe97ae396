"""Corpus: an immutable sequence with a metadata table; read_corpus warns once for each notice."""

from __future__ import annotations

import hashlib
import json
import warnings

import numpy as np
import pandas as pd
import pytest

from framing.tables import BadInput
from framing.text.corpus import Corpus, read_corpus
from framing.text.document import Document


@pytest.fixture
def corpus():
    return Corpus(
        [
            Document("a", "The bridge.", "Bridge", {"page": 3, "outlet": "Ferry"}),
            Document("b", "The ferry.", None, {"outlet": "Quay", "date": "2024-05-01"}),
            Document("c", "The ford.", None, {"outlet": "Quay", "date": "2023-01-09"}),
        ],
        source="river",
    )


def ids(documents):
    return [document.doc_id for document in documents]


def test_it_is_a_sequence(corpus):
    assert len(corpus) == 3
    assert ids(corpus) == ["a", "b", "c"]
    assert corpus[0].doc_id == "a"
    assert corpus[-1].doc_id == "c"
    assert corpus[np.int64(1)].doc_id == "b"
    assert corpus["b"] is corpus[1]
    assert "b" in corpus
    assert "z" not in corpus
    assert corpus[1] in corpus
    assert corpus.index(corpus[2]) == 2
    with pytest.raises(IndexError):
        corpus[3]


def test_parts_are_corpora(corpus):
    table = corpus.metadata
    for key, expected in (
        (slice(1, None), ["b", "c"]),
        ([True, False, True], ["a", "c"]),
        (np.array([False, True, False]), ["b"]),
        (table["outlet"] == "Quay", ["b", "c"]),
        (np.array([2, 0]), ["c", "a"]),
        (["c", "a"], ["c", "a"]),
        ([], []),
    ):
        part = corpus[key]
        assert isinstance(part, Corpus)
        assert ids(part) == expected
        assert part.source == "river"


def test_wrong_keys(corpus):
    with pytest.raises(KeyError) as caught:
        corpus["bb"]
    assert isinstance(caught.value, BadInput)
    assert str(caught.value) == "no document 'bb' in river (did you mean 'b'?)"
    with pytest.raises(BadInput, match="a mask of 2 values for 3 documents"):
        corpus[[True, False]]
    with pytest.raises(BadInput, match=r"not by 1\.5"):
        corpus[[1.5]]
    with pytest.raises(BadInput, match="used twice, by documents 1 and 2"):
        corpus[[1, 1]]


def test_it_holds_documents():
    with pytest.raises(BadInput, match="item 2 is str, not a Document; read_corpus makes"):
        Corpus([Document("a", "Rain."), "Wind."])


def test_it_cannot_be_changed(corpus):
    with pytest.raises(AttributeError):
        corpus.source = "sea"
    with pytest.raises(TypeError):
        corpus[0] = corpus[1]
    table = corpus.metadata
    table["outlet"] = "x"
    assert list(corpus.metadata["outlet"]) == ["Ferry", "Quay", "Quay"]


def test_its_metadata_keeps_the_digits_of_long_numbers_where_one_is_missing():
    events = [2**53 + 1, 2**53, None]
    corpus = read_corpus([{"id": n, "text": "x", "event": event} for n, event in enumerate(events)])
    table = corpus.metadata
    known = table["event"].dropna().tolist()
    assert known == ["9007199254740993", "9007199254740992"]
    assert corpus[:2].metadata["event"].tolist() == events[:2]


def test_its_metadata(corpus):
    table = corpus.metadata
    assert list(table.columns) == ["doc_id", "title", "outlet", "date", "page"]
    assert list(table["doc_id"]) == ["a", "b", "c"]
    assert table["title"].isna().tolist() == [False, True, True]
    assert table["page"].isna().tolist() == [False, True, True]
    assert list(Corpus([]).metadata.columns) == ["doc_id"]


def test_its_face(corpus):
    assert repr(corpus) == "<Corpus river: 3 documents, 2 outlets, 2023-01-09 to 2024-05-01>"
    assert repr(corpus[:1]) == "<Corpus river: 1 document, 1 outlet>"
    assert repr(Corpus([])) == "<Corpus texts: 0 documents>"


def test_its_hash_knows_ids_and_texts_only(corpus, tmp_path):
    rows = [{"text": d.text, "doc_id": d.doc_id} for d in reversed(corpus)]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    assert read_corpus(path).sha256 == corpus.sha256 == read_corpus(pd.DataFrame(rows)).sha256
    assert corpus[:2].sha256 != corpus.sha256
    assert Corpus([Document("ab", "c")]).sha256 != Corpus([Document("a", "bc")]).sha256
    assert Corpus([Document("a", "\ud800")]).sha256
    raw = b"\0\0\0\0\0\0\0\x01a" + b"\0\0\0\0\0\0\0\x0bThe bridge."
    assert corpus[:1].sha256 == hashlib.sha256(raw).hexdigest()


def test_reading_names_the_source(tmp_path):
    (tmp_path / "river.txt").write_text("The bridge is old.")
    assert read_corpus(tmp_path / "river.txt").source == "river"
    assert read_corpus(str(tmp_path)).source == tmp_path.name
    assert read_corpus(pd.DataFrame({"text": ["The bridge."]})).source == "table"
    corpus = read_corpus(["The bridge is old."])
    assert corpus.source == "texts"
    assert read_corpus(corpus) is corpus


def test_reading_warns_once_a_kind():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_corpus(["", "", "The old bridge.", "The old\nbridge."])
    assert [str(warning.message).partition(":")[0] for warning in caught] == [
        "2 documents have an empty text (0 words, no rates)",
        "1 text repeats another but for white space",
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_corpus(["The old bridge.", "The ferry."])


@pytest.mark.parametrize("source", [[], pd.DataFrame({"text": []}), "a.csv", "a.jsonl"])
def test_no_document_is_no_corpus(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("doc_id,text\n")
    (tmp_path / "a.jsonl").write_text("")
    with pytest.raises(BadInput, match=r"^(texts|table|a): no document in it; one at least"):
        read_corpus(source)


def test_reading_past_bad_rows():
    refused = []
    with pytest.warns(UserWarning, match="1 row was refused: list: item 2: column 'text' holds"):
        corpus = read_corpus(["The bridge.", 5], refused=refused)
    assert ids(corpus) == ["1"]
    assert refused == [
        {"file": "list", "row": 2, "doc_id": "2",
         "reason": "item 2: column 'text' holds int 5, which is not a text"}
    ]  # fmt: skip
    with pytest.raises(BadInput):
        read_corpus(["The bridge.", 5])
