"""Keeping classifiers: a flat folder of JSON and arrays, hashes checked, nothing executed.

`model.json` (codebook, labels, thresholds, versions, hashes, scores), `weights.npz`,
`terms.json.gz`, `CARD.md`, `codebook.toml` where there is one, and `sha256.txt` over all of them.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from framing.frames.blocks import block_of, facts_of
from framing.frames.calibration import Curve
from framing.frames.classifier import FrameClassifier
from framing.frames.codebook import KINDS, Codebook, check_codebook, file_of
from framing.frames.fitting import Fitted, Head
from framing.frames.labels import Labels
from framing.frames.sentence_classifier import SentenceClassifier
from framing.tables import BadInput, first_line, nearest

FORMAT, VERSION = "framing classifier", 1
FILES = ("model.json", "weights.npz", "terms.json.gz", "CARD.md", "codebook.toml", "tuned.onnx",
         "tokenizer.json")  # fmt: skip
NEEDED = FILES[:4]
HASHES = "sha256.txt"
LEFT_BY_DESKTOPS = {".DS_Store", "Thumbs.db"}
MOST = 1 << 30
FIXED = (1980, 1, 1, 0, 0, 0)
ROUNDING = 1e-9
HALVES = ("encoder", "finetune")
MADE_WITH = ("framing-analysis", "numpy", "scikit-learn")
PARAMETERS = (
    "kind", "fields", "terms", "measures", "numbers", "C", "balanced", "min_df", "max_terms",
    "calibration", "thresholds", "folds", "seed",
)  # fmt: skip


def models_folder() -> Path:
    """Return the folder of the classifiers that come with the package."""
    return Path(__file__).parent / "models"


def shipped_classifiers() -> list[str]:
    """Return the names of the classifiers that come with the package."""
    from framing.frames.labeller import NAME

    return sorted([path.parent.name for path in models_folder().glob("*/model.json")] + [NAME])


def save(
    classifier: FrameClassifier, folder: str | Path, *, facts: Mapping[str, Any] | None = None
) -> Path:
    """Write a fitted classifier; the folder appears whole or not at all.

    Parameters
    ----------
    classifier : FrameClassifier
    folder : str or pathlib.Path
        One that holds a classifier and nothing else is replaced, any other that is not empty is
        refused.
    facts : mapping, optional
        What else is known: name, licence, data, use, limits, evaluation; kept in `model.json`. The
        card is written from it. The classifier's `facts_` by default.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    BadInput
        For a classifier that is not fitted, a folder with other files in it, or a file or link.
    """
    if not hasattr(classifier, "fitted_"):
        raise BadInput("this classifier is not fitted; fit it before saving")
    target = Path(folder)
    _check_target(target)
    page, arrays, terms = _contents(classifier)
    known = dict(facts) if facts is not None else getattr(classifier, "facts_", {})
    if getattr(classifier, "median_words_", None):
        known = {**known, "median_words": classifier.median_words_}
    page["facts"] = known
    made = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".classifier-", dir=target.parent))
        _write(classifier, made, page, arrays, terms)
        made.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        os.replace(made, target)
    except OSError as error:
        raise BadInput(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
    return target


def _check_target(target: Path) -> None:
    """Refuse a target with anything in it that `save` has not written."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise BadInput(f"{target}: is a file or a link; give a new or empty folder")
    there = list(target.iterdir()) if target.exists() else []
    ours = {*FILES, HASHES} | LEFT_BY_DESKTOPS
    strange = [path.name for path in there if path.name not in ours or not path.is_file()]
    if not strange and {path.name for path in there} - LEFT_BY_DESKTOPS:
        with contextlib.suppress(BadInput, OSError):
            if _json(target / "model.json").get("format") == FORMAT:
                return
        strange = ["no classifier"]
    if strange:
        raise BadInput(f"{target}: holds other files ({min(strange)}); give a new or empty folder")


def _write(
    classifier: FrameClassifier, folder: Path, page: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray], terms: list[Any],
) -> None:  # fmt: skip
    from framing.frames.card import card_text

    text = json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True, default=_plain)
    (folder / "model.json").write_text(text + "\n", "utf-8")
    _write_arrays(folder / "weights.npz", arrays)
    packed = gzip.compress(json.dumps(terms, ensure_ascii=False).encode("utf-8"), mtime=0)
    (folder / "terms.json.gz").write_bytes(packed)
    (folder / "CARD.md").write_text(card_text(classifier, page["facts"]), "utf-8")
    if book := classifier.read_codebook():
        (folder / "codebook.toml").write_bytes(file_of(book))
    for head in classifier.fitted_.heads:
        for name, data in getattr(head.blocks[0], "files", {}).items():
            (folder / name).write_bytes(data)
    lines = [f"{_digest(folder / name)}  {name}\n" for name in FILES if (folder / name).is_file()]
    (folder / HASHES).write_text("".join(lines), "utf-8")


def load_classifier(name: str | Path) -> Any:
    """Return a classifier by its shipped name or from a folder.

    Parameters
    ----------
    name : str or pathlib.Path
        As `framing classifiers` lists them, or the path of a folder that `save` has written.

    Returns
    -------
    FrameClassifier, SentenceClassifier or CueLabeller
        Ready to `predict` and `label`; `card` says what it learnt from and how far to trust it.

    Raises
    ------
    BadInput
        For an unknown name; for a folder with a file missing, changed or unexpected, of another
        version, or whose labels are not in its codebook. Nothing in the folder is executed.

    Examples
    --------
    >>> load_classifier("policy-frames-lexicon").frames_[:2]
    ('economic', 'capacity_and_resources')
    """
    from framing.frames.labeller import NAME, CueLabeller

    folder = Path(name)
    if str(name) == NAME and not folder.is_dir():
        return CueLabeller()
    if not folder.is_dir():
        folder = models_folder() / str(name)
        if not (folder / "model.json").is_file() or Path(str(name)).name != str(name):
            known = shipped_classifiers()
            raise BadInput(
                f"no classifier '{name}'{nearest(str(name), known)}; there are {', '.join(known)}, "
                "or give the path of a folder"
            )
    _verify(folder)
    page = _json(folder / "model.json")
    if page.get("format") != FORMAT:
        raise BadInput(f"{folder / 'model.json'}: not a classifier of this package")
    found = page.get("version")
    if type(found) is not int or found != VERSION:
        raise BadInput(f"{folder}: format version {found!r}, this package reads {VERSION}; "
                       "train it again or update the package")  # fmt: skip
    return _rebuild(folder, page)


def _contents(classifier: FrameClassifier) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    fitted, book = classifier.fitted_, classifier.read_codebook()
    arrays: dict[str, Any] = {"thresholds": fitted.thresholds}
    terms: list[Any] = []
    heads = []
    for number, head in enumerate(fitted.heads):
        arrays |= {f"weights{number}": head.weights, f"bias{number}": head.bias}
        blocks = []
        for block in head.blocks:
            facts, kept, words = facts_of(block)
            blocks.append(facts | {"arrays": {k: f"array{len(arrays) + i}" for i, k in
                                              enumerate(kept)}, "terms": len(terms)})  # fmt: skip
            arrays |= {blocks[-1]["arrays"][key]: value for key, value in kept.items()}
            terms.append(words)
        heads.append({"blocks": blocks})
    for number, (kind, first, second) in enumerate(fitted.curves):
        arrays |= {f"curve{number}.{kind}.0": first, f"curve{number}.{kind}.1": second}
    page = {
        "format": FORMAT, "version": VERSION, "name": getattr(classifier, "name_", ""),
        "classifier_version": classifier.version_, "unit": classifier.unit,
        "frames": list(classifier.frames_), "kind": classifier.kind_,
        "negative": classifier.negative_, "heads": heads,
        "codebook": book.id if book else None,
        "codebook_sha256": hashlib.sha256(file_of(book)).hexdigest() if book else None,
        "parameters": {key: getattr(classifier, key) for key in PARAMETERS},
        "encoder": classifier.encoder, "finetune": classifier.finetune,
        "made_with": {name: version(name) for name in MADE_WITH},
    }  # fmt: skip
    if classifier.classes_.dtype != object:
        page["values"] = classifier.classes_.tolist()
    return page, arrays, terms


def _plain(value: Any) -> Any:
    """Return what JSON does not know: a NumPy value as Python's, a path as text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _verify(folder: Path) -> None:
    """Refuse a folder whose files are not exactly those that were saved."""
    hashes = folder / HASHES
    if not hashes.is_file():
        raise BadInput(f"{folder}: no {HASHES}; this is no folder that save() has written")
    listed: dict[str, str] = {}
    for number, line in enumerate(hashes.read_text("utf-8", "replace").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if name not in FILES or len(digest) != 64:
            raise BadInput(f"{hashes}: line {number} is not 'SHA-256  file' of a classifier's file")
        listed[name] = digest
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    there -= {HASHES} | LEFT_BY_DESKTOPS
    for name in NEEDED:
        if name not in listed or name not in there:
            raise BadInput(f"{folder}: {name} is missing; copy the folder again")
    for name in sorted(there - set(listed)):
        raise BadInput(f"{folder}: {name} does not belong to a classifier; take it out")
    for name, digest in listed.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            raise BadInput(f"{path}: is missing, or is a link; copy the folder again")
        if _digest(path) != digest:
            raise BadInput(f"{path}: changed since it was saved (SHA-256 differs); copy it again")


def _rebuild(folder: Path, page: Mapping[str, Any]) -> FrameClassifier:
    try:
        _check_page(page)
        arrays = _read_arrays(folder / "weights.npz")
        with gzip.open(folder / "terms.json.gz") as handle:
            terms = json.loads(handle.read(MOST).decode("utf-8"))
        heads = [
            Head([block_of(facts, {k: arrays[name] for k, name in facts["arrays"].items()},
                           terms[facts["terms"]], folder) for facts in head["blocks"]],
                 arrays[f"weights{number}"], arrays[f"bias{number}"])
            for number, head in enumerate(page["heads"])
        ]  # fmt: skip
        frames = tuple(page["frames"])
        curves = [_curve(arrays, number) for number in range(len(frames))]
        none, values = np.empty((0, len(frames)), bool), tuple(page.get("values", ()))
        labels = Labels(none, frames, page["kind"], page["negative"], values)
        fitted = Fitted(heads, curves, arrays["thresholds"], page["kind"] == "single")
        make = SentenceClassifier if page["unit"] == "sentence" else FrameClassifier
        halves = {key: page.get(key, False) for key in HALVES}
        found = make(**halves, **page["parameters"])
        found.name_, found.facts_ = page["name"] or folder.name, page.get("facts", {})
        found.median_words_ = found.facts_.get("median_words")
    except Exception as error:  # a broken file may make its reader raise anything
        raise BadInput(f"{folder}: cannot be read ({first_line(error)}); train it again") from None
    _check_shapes(folder, fitted, frames)
    found.codebook = _codebook(folder, frames)
    return found.take(fitted, labels, str(page["classifier_version"]))


def _check_page(page: Mapping[str, Any]) -> None:
    frames, kind, facts = page["frames"], page["kind"], page.get("facts", {})
    texts = isinstance(frames, list) and all(isinstance(one, str) and one for one in frames)
    if not texts or len(set(frames)) < len(frames):
        raise ValueError("frames are not different names")
    if not page["heads"] or kind not in KINDS or page["unit"] not in ("document", "sentence"):
        raise ValueError("heads, kind or unit are not those of a classifier")
    if not frames or (kind == "binary" and len(frames) > 1):
        raise ValueError(f"{len(frames)} frames of kind '{kind}'")
    if not isinstance(facts, dict) or not isinstance(facts.get("median_words", 0), (int, float)):
        raise ValueError("facts or median_words are not those of a classifier")
    if not all(isinstance(page[key], str) for key in ("name", "negative", "classifier_version")):
        raise ValueError("name, negative or classifier_version is no text")
    values, classes = page.get("values", []), len(frames) + (kind == "binary")
    plain = all(isinstance(one, (bool, int, float, str)) for one in values)
    if values and not (plain and len(values) == len(set(values)) == classes):
        raise ValueError("values are not those of its classes")
    if not all(isinstance(page.get(key, False), (bool, str)) for key in HALVES):
        raise ValueError("encoder or finetune is no path")


def _curve(arrays: Mapping[str, np.ndarray], number: int) -> Curve:
    for kind in ("sigmoid", "isotonic"):
        if f"curve{number}.{kind}.0" in arrays:
            first, second = (arrays[f"curve{number}.{kind}.{part}"] for part in (0, 1))
            good = first.shape == second.shape and first.ndim == 1 and first.size > 0
            if kind == "sigmoid":
                good = good and first.size == 1
            elif good:
                rising = (np.diff(first) >= 0).all() and (np.diff(second) >= -ROUNDING).all()
                good = bool(rising and second.min() >= 0 and second.max() <= 1)
            if not good:
                raise ValueError(f"curve {number} does not rise from 0 to 1")
            return kind, first, second
    raise ValueError(f"there is no curve {number}")


def _check_shapes(folder: Path, fitted: Fitted, frames: tuple[str, ...]) -> None:
    for head in fitted.heads:
        width = sum(block.n_columns for block in head.blocks)
        if head.weights.shape != (len(frames), width) or head.bias.shape != (len(frames),):
            raise BadInput(f"{folder}: weights of shape {head.weights.shape}, "
                           f"{(len(frames), width)} expected; train it again")  # fmt: skip
    if fitted.thresholds.shape != (len(frames),):
        raise BadInput(f"{folder}: {fitted.thresholds.size} thresholds for {len(frames)} frames")
    if not ((fitted.thresholds >= 0) & (fitted.thresholds <= 1)).all():
        raise BadInput(f"{folder}: a threshold is no probability; train it again")


def _codebook(folder: Path, frames: tuple[str, ...]) -> Codebook | None:
    path = folder / "codebook.toml"
    if not path.is_file():
        return None
    book, faults = check_codebook(path)
    if book is None:
        raise BadInput(faults[0])
    strange = [name for name in frames if name not in book.names]
    if strange:
        raise BadInput(f"{folder}: its label '{strange[0]}' is not in its codebook {book.id}; "
                       f"the frames there are {', '.join(book.names)}")  # fmt: skip
    return book


def _write_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays as .npz whose bytes depend on nothing but the arrays."""
    with zipfile.ZipFile(path, "w") as archive:  # weights do not shrink; unpacking costs time
        for name in sorted(arrays):
            item = zipfile.ZipInfo(f"{name}.npy", FIXED)
            with archive.open(item, "w") as handle:
                np.lib.format.write_array(handle, np.ascontiguousarray(arrays[name]),
                                          allow_pickle=False)  # fmt: skip


def _read_arrays(path: Path) -> dict[str, np.ndarray]:
    with zipfile.ZipFile(path) as archive:
        sizes = sum(item.file_size for item in archive.infolist())
    if sizes > MOST:
        raise BadInput(f"{path}: unpacks to {sizes} bytes; no classifier is that large")
    with np.load(path, allow_pickle=False) as stored:
        found = {name: stored[name] for name in stored.files}
    for name, array in found.items():
        if array.dtype.kind not in "fiu" or not np.isfinite(array).all():
            raise ValueError(f"{name} of {path.name} holds what is no number")
    return found


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: not JSON ({first_line(error)}); copy it again") from None
    if not isinstance(found, dict):
        raise BadInput(f"{path}: not a classifier of this package")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
