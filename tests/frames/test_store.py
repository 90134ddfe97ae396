"""Storing: what was saved comes back, everything else is refused."""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
import warnings
import zipfile

import numpy as np
import pytest

from framing.frames.classifier import FrameClassifier
from framing.frames.sentence_classifier import SentenceClassifier
from framing.frames.store import (
    HASHES,
    load_classifier,
    models_folder,
    save,
    shipped_classifiers,
)
from framing.tables import BadInput

TEXTS = ["Police arrest a thief", "Rents climb", "", "Ünïcode, 3 % of — everything"]


@pytest.fixture
def folder(model, tmp_path):
    return model.save(tmp_path / "mine")


def rehash(folder) -> None:
    names = [line.split("  ")[1] for line in (folder / HASHES).read_text().splitlines()]
    lines = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (folder / HASHES).write_text("".join(lines))


def test_stored_and_loaded_agree(model, folder) -> None:
    again = load_classifier(folder)
    assert np.allclose(again.predict_proba(TEXTS), model.predict_proba(TEXTS), atol=1e-6)
    assert again.frames_ == model.frames_ and again.kind_ == model.kind_


@pytest.mark.parametrize("kind", ["single", "multi", "binary"])
@pytest.mark.parametrize("calibration", ["sigmoid", "isotonic"])
def test_the_pipeline_is_equal(coded, kind: str, calibration: str) -> None:
    y = [one.meta["frame"] for one in coded]
    make = FrameClassifier
    if kind == "multi":
        y = [f"{frame}|{one.meta['outlet']}" for frame, one in zip(y, coded, strict=True)]
    if kind == "binary":
        make, y = SentenceClassifier, [frame == "crime" for frame in y]
    model = make(folds=3, calibration=calibration, measures=("loaded_language",)).fit(coded, y)
    texts = [*TEXTS, *(one.text for one in coded)]
    pipeline = model.to_sklearn()
    assert pipeline.classes_.tolist() == model.classes_.tolist()
    assert np.allclose(pipeline.predict_proba(texts), model.predict_proba(texts), atol=1e-6)
    assert (pipeline.predict(texts) == model.predict(texts)).all()
    with pytest.raises(BadInput, match="fit FrameClassifier"):
        pipeline.fit(texts, y)


@pytest.mark.parametrize("name", shipped_classifiers())
def test_the_pipelines_of_shipped_classifiers(name: str) -> None:
    model = load_classifier(name)
    if name == "policy-frames-lexicon":
        with pytest.raises(BadInput, match="counts cues"):
            model.to_sklearn()
        return
    pipeline = model.to_sklearn()
    assert pipeline.classes_.tolist() == model.classes_.tolist()
    assert np.allclose(pipeline.predict_proba(TEXTS), model.predict_proba(TEXTS), atol=1e-6)
    assert (pipeline.predict(TEXTS) == model.predict(TEXTS)).all()


def test_saving_twice_gives_the_same_bytes(model, tmp_path) -> None:
    one, two = model.save(tmp_path / "a"), model.save(tmp_path / "b")
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


def test_a_changed_file_is_refused(folder) -> None:
    data = bytearray((folder / "weights.npz").read_bytes())
    data[100] ^= 1
    (folder / "weights.npz").write_bytes(bytes(data))
    with pytest.raises(BadInput, match=r"weights\.npz: changed since it was saved"):
        load_classifier(folder)


@pytest.mark.parametrize("name", ["model.json", "weights.npz", "terms.json.gz", "CARD.md", HASHES])
def test_a_missing_file_is_refused(folder, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(BadInput, match=name.replace(".", r"\.")):
        load_classifier(folder)


def test_a_strange_file_is_refused(folder) -> None:
    (folder / "extra.pkl").write_bytes(pickle.dumps([1]))
    with pytest.raises(BadInput, match=r"extra\.pkl does not belong"):
        load_classifier(folder)


def test_what_a_desktop_leaves_is_passed_over(folder) -> None:
    for name in (".DS_Store", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    assert load_classifier(folder).frames_
    (folder / "sub").mkdir()
    (folder / "sub" / ".DS_Store").write_bytes(b"x")
    with pytest.raises(BadInput, match="sub does not belong"):
        load_classifier(folder)


def test_a_pickle_inside_is_refused(folder) -> None:
    with zipfile.ZipFile(folder / "weights.npz", "a") as archive:
        data = np.array([{"a": 1}], dtype=object)
        with archive.open("evil.npy", "w") as handle:
            np.lib.format.write_array(handle, data, allow_pickle=True)
    rehash(folder)
    with pytest.raises(BadInput, match="allow_pickle"):
        load_classifier(folder)


@pytest.mark.parametrize("line", ["../../outside", "/etc/passwd", "sub/model.json"])
def test_path_tricks_are_refused(folder, line: str) -> None:
    with (folder / HASHES).open("a") as handle:
        handle.write(f"{'0' * 64}  {line}\n")
    with pytest.raises(BadInput, match="is not 'SHA-256  file'"):
        load_classifier(folder)


def test_a_link_is_refused(folder, tmp_path) -> None:
    path = folder / "CARD.md"
    (tmp_path / "elsewhere").write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="is a link"):
        load_classifier(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 99}, "format version 99"),
        ({"format": "other"}, "not a classifier"),
        ({"frames": ["economic"]}, "weights of shape"),
        ({"heads": []}, "cannot be read|weights"),
        ({"kind": None}, "cannot be read|kind"),
    ],
)
def test_an_unknown_version_or_shape_is_refused(folder, change, message) -> None:
    page = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(page | change))
    rehash(folder)
    with pytest.raises(BadInput, match=message):
        load_classifier(folder)


def test_terms_that_do_not_match_are_refused(folder) -> None:
    terms = json.loads(gzip.decompress((folder / "terms.json.gz").read_bytes()))
    (folder / "terms.json.gz").write_bytes(
        gzip.compress(json.dumps([terms[0][:-1], *terms[1:]]).encode())
    )
    rehash(folder)
    with pytest.raises(BadInput, match="do not match"):
        load_classifier(folder)


def test_labels_outside_the_codebook_are_refused(tmp_path) -> None:
    texts = ["They quarrel", "It costs money", "They fight", "Prices rise"] * 3
    y = ["conflict", "economic_consequences"] * 6
    model = FrameClassifier("generic_news", kind="single", folds=2, min_df=1)
    folder = model.fit(texts, y, groups=range(12)).save(tmp_path / "mine")
    assert load_classifier(folder).read_codebook().id == "generic_news"
    text = (folder / "codebook.toml").read_text().replace('name = "conflict"', 'name = "quarrel"')
    (folder / "codebook.toml").write_text(text)
    rehash(folder)
    with pytest.raises(BadInput, match="label 'conflict' is not in its codebook"):
        load_classifier(folder)


def test_a_folder_with_other_files_is_not_overwritten(model, tmp_path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(BadInput, match="holds other files"):
        model.save(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    with pytest.raises(BadInput, match="not fitted"):
        save(FrameClassifier(), tmp_path / "new")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(BadInput, match="policy-frames-lexicon"):
        load_classifier("policy-frame-lexicon")
    with pytest.raises(BadInput, match="no classifier"):
        load_classifier("../models")


@pytest.mark.parametrize("name", shipped_classifiers())
def test_shipped_classifiers_load_and_label(name: str) -> None:
    model = load_classifier(name)
    table = model.label(["The Supreme Court ruled on the ban. Police arrested a man."])
    assert table["probability"].between(0, 1).all() and len(table) >= 1
    assert model.facts_["licence"] and model.facts_["limits"]


@pytest.mark.parametrize("path", sorted(models_folder().iterdir()), ids=lambda path: path.name)
def test_shipped_cards_are_those_save_writes(path, tmp_path) -> None:
    again = load_classifier(path.name).save(tmp_path / path.name)
    for name in ("CARD.md", "weights.npz"):
        assert (path / name).read_bytes() == (again / name).read_bytes(), name
    card = load_classifier(path.name).card
    assert (path / "CARD.md").read_text("utf-8") == card
    assert "Expect macro-F1" in card or "On other texts: macro-F1" in card


def test_the_card_begins_with_the_figure_to_expect() -> None:
    card = load_classifier("gun-violence-frames").card
    first, second, third = card.split("## Scores")[1].strip().splitlines()[:3]
    assert "by period" in first and "Random folds" in second and "Weakest frame" in third
    assert "need not be the most probable" in card
    assert "need not be" not in load_classifier("policy-frames").card
    assert "cues alone" in load_classifier("policy-frames-lexicon").card


def test_texts_of_another_length_give_a_warning(model, folder, coded) -> None:
    again = load_classifier(folder)
    assert again.card.replace("# mine", "# classifier") == model.card
    assert again.median_words_ == model.median_words_ == again.facts_["median_words"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again.label(coded[:4])
        again.label([])
        again.predict(["", "Rents climb in Ashby"])
    for call in (again.label, again.predict, again.predict_proba):
        with pytest.warns(UserWarning, match=r"learnt from documents of 6 words .* these have 60"):
            call(["word " * 60] * 2)
    with pytest.warns(UserWarning, match="these have 1;"):
        again.label(["Rents"])
    again.median_words_ = None  # as of a folder that was written before lengths were
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again.label(["word " * 60])
