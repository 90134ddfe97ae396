"""Arrays and terms that no classifier has, in folders whose hashes are right: refused."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import numpy as np
import pytest

from framing.frames.store import load_classifier
from framing.tables import BadInput
from tests.frames.test_store import rehash

NAN = np.array([np.nan, 0.5])
STEPS = np.array([0.0, 1.0])


@pytest.fixture
def folder(model, tmp_path):
    return model.save(tmp_path / "mine")


def change_arrays(folder, **change) -> None:
    """Change arrays; an empty one is taken out."""
    with np.load(folder / "weights.npz") as stored:
        arrays = {name: stored[name] for name in stored.files} | change
    np.savez(folder / "weights.npz", **{k: a for k, a in arrays.items() if np.size(a)})
    rehash(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"thresholds": NAN}, "thresholds of weights.npz holds what is no number"),
        ({"thresholds": np.array([0.5, 7.0])}, "a threshold is no probability"),
        ({"thresholds": np.array(0.5)}, "1 thresholds for 2 frames"),
        ({"bias0": np.array([np.inf, 0])}, "bias0 of weights.npz"),
        ({"weights0": np.array([["a"]])}, "weights0 of weights.npz"),
        ({"weights0": np.array([[1j]])}, "weights0 of weights.npz"),
        ({"weights0": NAN}, "weights0 of weights.npz"),
        ({"array3": NAN}, "array3 of weights.npz"),
        ({"array3": np.ones(2)}, "do not match"),
        ({"curve0.sigmoid.0": STEPS}, "curve 0 does not rise"),
        ({"curve0.sigmoid.0": []}, "there is no curve 0"),
    ],
)
def test_arrays_that_are_no_classifiers_are_refused(folder, change, message) -> None:
    change_arrays(folder, **change)
    with pytest.raises(BadInput, match=message) as caught:
        load_classifier(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("scores", "chance"),
    [(STEPS[::-1], STEPS), (STEPS, STEPS[::-1]), (STEPS, STEPS * 2), (STEPS, STEPS - 1)],
)
def test_steps_that_do_not_rise_are_refused(folder, scores, chance) -> None:
    steps = {"curve0.isotonic.0": scores, "curve0.isotonic.1": chance}
    change_arrays(folder, **{"curve0.sigmoid.0": [], "curve0.sigmoid.1": []}, **steps)
    with pytest.raises(BadInput, match="curve 0 does not rise"):
        load_classifier(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda terms: [*range(len(terms))], "terms are not texts"),
        (lambda terms: [terms[0], *terms[:-1]], "a term stands twice"),
    ],
)
def test_terms_that_are_none_are_refused(folder, change, message) -> None:
    terms = json.loads(gzip.decompress((folder / "terms.json.gz").read_bytes()))
    terms[0] = change(terms[0])
    (folder / "terms.json.gz").write_bytes(gzip.compress(json.dumps(terms).encode()))
    rehash(folder)
    with pytest.raises(BadInput, match=message):
        load_classifier(folder)


def huge_header() -> bytes:
    """An archive of one array that says it has 10^13 numbers."""
    array, whole = io.BytesIO(), io.BytesIO()
    np.lib.format.write_array_header_1_0(
        array, {"descr": "<f8", "fortran_order": False, "shape": (10**13,)}
    )
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("thresholds.npy", array.getvalue())
    return whole.getvalue()


PACKED = gzip.compress(json.dumps([["a", "b"] * 500]).encode(), mtime=0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("terms.json.gz", PACKED[:-12]),
        ("terms.json.gz", PACKED[:12] + b"\xff" * 20 + PACKED[32:]),
        ("terms.json.gz", gzip.compress(b"[" * 100_000)),
        ("model.json", b"[" * 100_000),
        ("weights.npz", huge_header()),
        ("weights.npz", b"PK"),
    ],
    ids=["cut off", "garbled", "deep terms", "deep page", "huge array", "no archive"],
)
def test_broken_files_are_refused_in_one_line(folder, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    rehash(folder)
    with pytest.raises(BadInput, match=r"cannot be read|not JSON") as caught:
        load_classifier(folder)
    assert "\n" not in str(caught.value)
