"""Storing: what was saved comes back, everything else is refused."""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
import pickle
import warnings
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from sklearn.base import clone

from framing.frames.classifier import FrameClassifier
from framing.frames.labels import Labels
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


def change_page(folder, change, *without: str) -> None:
    page = json.loads((folder / "model.json").read_text()) | change
    page = {key: value for key, value in page.items() if key not in without}
    (folder / "model.json").write_text(json.dumps(page))
    rehash(folder)


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


def test_the_pipeline_of_a_block_without_terms_is_equal(coded) -> None:
    make = FrameClassifier(terms="word", min_df=1000, measures=("loaded_language",), folds=3)
    model = make.fit(coded, [one.meta["frame"] for one in coded])
    assert [block.n_columns > 0 for block in model.fitted_.heads[0].blocks] == [False, True]
    pipeline = model.to_sklearn()
    assert np.allclose(pipeline.predict_proba(TEXTS), model.predict_proba(TEXTS), atol=1e-6)
    assert (pipeline.predict(TEXTS) == model.predict(TEXTS)).all()


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
        ({"version": True}, "format version True"),
        ({"kind": "binary", "frames": ["a", "b", "c"]}, "3 frames of kind 'binary'"),
        ({"frames": ["crime", "crime"]}, "frames are not different names"),
        ({"frames": [1, 2]}, "frames are not different names"),
        ({"frames": "ab"}, "frames are not different names"),
        ({"facts": None}, "facts or median_words"),
        ({"facts": {"median_words": "six"}}, "facts or median_words"),
        ({"negative": None}, "is no text"),
        ({"encoder": 3}, "is no path"),
        ({"values": [1]}, "values are not those of its classes"),
        ({"values": [[], {}]}, "cannot be read|values"),
    ],
)
def test_an_unknown_version_or_shape_is_refused(folder, change, message) -> None:
    change_page(folder, change)
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


@pytest.fixture(scope="module")
def quarrels() -> FrameClassifier:
    texts = ["They quarrel", "It costs money", "They fight", "Prices rise"] * 3
    model = FrameClassifier("generic_news", kind="single", folds=2, min_df=1)
    return model.fit(texts, ["conflict", "economic_consequences"] * 6, groups=range(12))


def test_a_codebook_made_by_hand_is_stored(quarrels, tmp_path) -> None:
    book = replace(quarrels.read_codebook(), title='Ours, "quoted"\n\x7f \\ ü', version="2")
    mine = copy.copy(quarrels).set_params(codebook=book)
    folder = mine.save(tmp_path / "mine")
    again = load_classifier(folder).read_codebook()
    assert replace(again, sha256=book.sha256) == book
    page = json.loads((folder / "model.json").read_text())
    assert page["codebook_sha256"] == again.sha256 != book.sha256
    mine.codebook = replace(book, kind="binary")
    with pytest.raises(BadInput, match="needs exactly one frame"):
        mine.save(tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_loaded_classifier_outlives_its_folder(quarrels, tmp_path) -> None:
    folder = quarrels.save(tmp_path / "first")
    data = (folder / "codebook.toml").read_bytes()
    again = load_classifier(folder)
    folder.rename(tmp_path / "moved")
    assert set(again.label(["They quarrel"])["codebook"]) == {"generic_news"}
    assert (again.save(tmp_path / "second") / "codebook.toml").read_bytes() == data
    assert clone(again).read_codebook() == quarrels.read_codebook()


def test_labels_outside_the_codebook_are_refused(quarrels, tmp_path) -> None:
    folder = quarrels.save(tmp_path / "mine")
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


@pytest.mark.parametrize("page", ['{"keras": 1}', "[", '{"format": "framing classifier"}'])
def test_no_file_of_another_program_is_removed(model, tmp_path, page: str) -> None:
    (tmp_path / "sub").mkdir()
    kept = {"model.json": page, "thesis.txt": "mine", "sub/data.csv": "a,b"}
    for name, text in kept.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(BadInput, match=r"holds other files \(sub\)"):
        model.save(tmp_path)
    assert {name: (tmp_path / name).read_text() for name in kept} == kept


def test_only_a_classifier_of_ours_is_replaced(model, folder, tmp_path) -> None:
    (folder / ".DS_Store").write_bytes(b"x")
    assert load_classifier(model.save(folder)).frames_ == model.frames_
    (folder / "CARD.md").unlink()
    (folder / "CARD.md").mkdir()
    with pytest.raises(BadInput, match=r"holds other files \(CARD\.md\)"):
        model.save(folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "model.json").write_text('{"keras": 1}')
    with pytest.raises(BadInput, match="holds other files"):
        model.save(other)
    assert (other / "model.json").read_text() == '{"keras": 1}'


def test_a_target_that_is_no_folder_is_refused(model, folder, tmp_path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(folder)
    for name in ("file", "link"):
        with pytest.raises(BadInput, match="is a file or a link"):
            model.save(tmp_path / name)
    with pytest.raises(BadInput, match="cannot be written"):
        model.save(tmp_path / "file" / "below")
    assert (tmp_path / "file").read_text() == "mine" and load_classifier(folder).frames_


def test_values_of_numpy_are_stored_as_plain_ones(coded, tmp_path) -> None:
    y = [one.meta["frame"] for one in coded]
    model = FrameClassifier(min_df=np.int64(2), C=np.float32(1), balanced=np.bool_(True),
                            fields=np.array(["text"]), folds=3)  # fmt: skip
    model.fit(coded, y).facts_ = {"n": np.int64(3), "shares": np.array([0.5]), "at": tmp_path}
    again = load_classifier(model.save(tmp_path / "mine"))
    assert (again.min_df, again.C, again.balanced, again.fields) == (2, 1.0, True, ["text"])
    assert again.facts_["n"] == 3 and again.facts_["shares"] == [0.5]
    assert np.array_equal(again.fit(coded, y).predict(coded), model.predict(coded))


@pytest.mark.parametrize(
    "values", [(False, True), (0, 1), ("no", "yes"), ("none", "crime"), (1, 2), (0.5, 1.5)]
)
def test_a_loaded_classifier_calls_by_what_was_written_in_the_labels(
    coded, tmp_path, values
) -> None:
    y = [values[one.meta["frame"] == "crime"] for one in coded]
    model = FrameClassifier(folds=3).fit(coded, y)
    again = load_classifier(model.save(tmp_path / "mine"))
    assert again.predict(coded).tolist() == model.predict(coded).tolist()
    assert again.classes_.dtype == model.classes_.dtype and set(again.classes_) == set(values)
    assert again.to_sklearn().predict([one.text for one in coded][:3]).dtype == again.classes_.dtype


def test_the_halves_are_stored_and_folders_without_them_load(model, folder, tmp_path) -> None:
    labels = Labels(np.empty((0, 2), bool), model.frames_, "single")
    halves = FrameClassifier(encoder=tmp_path / "own", finetune=True).take(model.fitted_, labels)
    again = load_classifier(halves.save(tmp_path / "halves"))
    assert (again.encoder, again.finetune) == (str(tmp_path / "own"), True)
    assert clone(again).get_params()["encoder"] == again.encoder
    change_page(folder, {}, "encoder", "finetune")
    old = load_classifier(folder)
    assert (old.encoder, old.finetune) == (False, False)


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
