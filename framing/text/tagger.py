"""A tagger of attributions fitted to texts that people have marked.

A linear model looks at each word and its surroundings; two small networks, one after the other,
then look at what was thought of the words around. Each learns from thoughts about texts that the
pass before had not seen. Rules and tagger are joined in `framing.text.tagged`.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from framing.tables import BadInput
from framing.text.document import Reading
from framing.text.tagged import join
from framing.text.tagger_context import measurements
from framing.text.tagger_features import (
    TASKS,
    Array,
    Column,
    Table,
    columns,
    mark,
    vocabulary,
    words_in,
)  # fmt: skip
from framing.text.voices import Attribution, VoiceMap

VERSION = 1
FOLDS = 3
PASSES = 2
WIDTHS = (128, 32)
BATCH = 512
CONTEXT = 2000  # frequent words that tell what a word is like
EMBEDDED = 16
Example = tuple[Reading, VoiceMap, Sequence[Attribution]]
Network = list[tuple[Array, Array]]


@dataclass(frozen=True, eq=False)
class FittedAttribution:
    """A fitted tagger; made by `fit_attribution` or `load`.

    Attributes
    ----------
    vocabulary : dict
        Words, endings, gaps and kinds of cue it knows.
    arrays : dict
        All weights by name.
    threshold : float
        Words more probable than this are content.
    """

    vocabulary: Mapping[str, Sequence[str]]
    arrays: Mapping[str, Array]
    threshold: float

    def voices(self, reading: Reading, rule_voices: VoiceMap) -> VoiceMap:
        """Return the voices of a text.

        Parameters
        ----------
        reading : Reading
            With the matches of the report-verb lexicon, as the engine gives it.
        rule_voices : VoiceMap
            What `framing.text.attribution.find_voices` returns for it.
        """
        if not reading.n_words:
            return rule_voices
        return join(reading, rule_voices, self.chances(reading, rule_voices), self.threshold)

    def chances(self, reading: Reading, rule_voices: VoiceMap) -> Array:
        """Return the probability of each word to be content, cue, speaker and begin of content."""
        table = Table([mark(reading, rule_voices)], self.vocabulary)
        arrays = self.arrays
        thought = _chance(_scores(columns(table), arrays["linear"]) + arrays["bias"])
        for number in range(PASSES):
            seen = measurements(table, thought, arrays["embedding"])
            seen = _scaled(seen, arrays[f"mean{number}"], arrays[f"scale{number}"])
            runs = [_run(_network(arrays, number, fold), seen) for fold in range(FOLDS)]
            thought = np.mean(runs, axis=0)
        return thought

    def save(self, folder: str | Path) -> None:
        """Write `tagger.json` and `weights.npz` into a folder."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(folder / "weights.npz", **self.arrays)  # type: ignore[arg-type]
        facts = {
            "format": "framing tagger", "version": VERSION, "threshold": self.threshold,
            "vocabulary": {name: list(values) for name, values in self.vocabulary.items()},
            "weights_sha256": _digest((folder / "weights.npz").read_bytes()),
        }  # fmt: skip
        facts["sha256"] = _digest(_canonical(facts))
        (folder / "tagger.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: str | Path) -> FittedAttribution:
        """Read what `save` has written.

        Raises
        ------
        BadInput
            If a file is missing, was changed, or is of another version.
        """
        facts, weights = _facts(Path(folder) / "tagger.json"), Path(folder) / "weights.npz"
        if not weights.is_file():
            raise BadInput(f"{weights}: no such file; copy the folder whole, or fit again")
        if _digest(weights.read_bytes()) != facts["weights_sha256"]:
            raise BadInput(f"{weights}: not the weights that were saved; copy them again")
        with np.load(weights, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return cls(facts["vocabulary"], arrays, float(facts["threshold"]))


def _facts(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise BadInput(f"{path}: no such file; give a folder that a fitted tagger was saved in")
    try:
        facts = json.loads(path.read_bytes().decode("utf-8"))
    except ValueError as error:
        raise BadInput(f"{path}: not JSON ({error}); copy the file again") from None
    if not isinstance(facts, dict) or facts.get("format") != "framing tagger":
        raise BadInput(f"{path}: not a fitted tagger; give a folder that one was saved in")
    if facts.get("version") != VERSION:
        found = facts.get("version")
        raise BadInput(f"{path}: version {found!r}, this package reads {VERSION}; fit again")
    if facts.pop("sha256", None) != _digest(_canonical(facts)):
        raise BadInput(f"{path}: changed since it was saved (sha256 differs); copy it again")
    return facts


def _canonical(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fit_attribution(examples: Iterable[Example], *, seed: int = 0) -> FittedAttribution:
    """Fit a tagger to marked texts.

    Parameters
    ----------
    examples : iterable of (Reading, VoiceMap, sequence of Attribution)
        Texts as the engine reads them, their voices by the rules, and the marked attributions
        (`framing.text.goldvoices.read_gold`).
    seed : int
        The result depends on nothing else.

    Returns
    -------
    FittedAttribution
    """
    used = [(mark(r, v), _marks(r, gold)) for r, v, gold in examples if r.n_words]
    if len(used) < FOLDS:
        raise BadInput(f"{len(used)} marked texts with words; fitting needs {FOLDS} or more")
    targets = np.concatenate([marks for _, marks in used])
    if not targets[:, 0].any():
        raise BadInput("no marked content in any of the texts; give attributions to learn from")
    known = vocabulary([text for text, _ in used])
    table = Table([text for text, _ in used], known)
    fold = np.random.default_rng(seed).permutation(len(used))[table.text] % FOLDS
    arrays, thought = _fit_linear(table, targets, fold)
    arrays["embedding"] = _embedding(table, seed)
    for number in range(PASSES):
        seen = measurements(table, thought, arrays["embedding"])
        mean, scale = seen.mean(axis=0), seen.std(axis=0) + np.float32(1e-3)
        arrays |= {f"mean{number}": mean, f"scale{number}": scale}
        seen = _scaled(seen, mean, scale)
        thought = np.zeros(targets.shape)
        for part in range(FOLDS):
            network = _fit_network(seen[fold != part], targets[fold != part], seed + part)
            thought[fold == part] = _run(network, seen[fold == part])
            for layer, (weights, bias) in enumerate(network):
                arrays[f"weights{number}.{part}.{layer}"] = weights
                arrays[f"bias{number}.{part}.{layer}"] = bias
    return FittedAttribution(known, arrays, _threshold(thought[:, 0], targets[:, 0]))


def _marks(reading: Reading, gold: Sequence[Attribution]) -> Array:
    """Return which words are content, cue, speaker, and the first of a piece of content."""
    marks = np.zeros((reading.n_words, len(TASKS)), np.int8)
    starts = np.array(reading.starts, np.int64)
    for one in gold:
        for span in one.content:
            place = words_in(starts, span)
            marks[place, 0] = 1
            marks[place.start : place.start + 1, 3] = 1
        for task, span_or_none in ((1, one.cue), (2, one.speaker)):
            if span_or_none is not None:
                marks[words_in(starts, span_or_none), task] = 1
    return marks


def _fit_linear(table: Table, targets: Array, fold: Array) -> tuple[dict[str, Array], Array]:
    """Fit the first pass; return its mean weights and what it thinks of unseen texts."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    found = columns(table)
    ends = np.cumsum([size for _, size in found])
    ids = np.column_stack([values for values, _ in found]).astype(np.int32)
    ids += (ends - [size for _, size in found]).astype(np.int32)
    pointers = np.arange(0, ids.size + 1, len(found))
    seen = csr_matrix((np.ones(ids.size, np.float32), ids.ravel(), pointers), (len(ids), ends[-1]))
    weights = np.zeros((ends[-1], len(TASKS)))
    bias, thought = np.zeros(len(TASKS)), np.zeros(targets.shape)
    for part in range(FOLDS):
        chosen, rest = fold != part, fold == part
        train, test = seen[chosen], seen[rest]
        for task in range(len(TASKS)):
            wanted = targets[chosen, task]
            if wanted.min() == wanted.max():
                bias[task] -= 10 / FOLDS
                continue
            model = LogisticRegression(C=0.06, max_iter=100, tol=1e-3)
            _quietly(model, train, wanted)
            thought[rest, task] = model.predict_proba(test)[:, 1]
            weights[:, task] += model.coef_[0] / FOLDS
            bias[task] += model.intercept_[0] / FOLDS
    return {"linear": weights.astype(np.float32), "bias": bias.astype(np.float32)}, thought


def _scores(found: Sequence[Column], weights: Array) -> Array:
    """Add up the weights of the categories of each word."""
    total, offset = np.zeros((len(found[0][0]), weights.shape[1])), 0
    for values, size in found:
        total += weights[values + offset]
        offset += size
    return total


def _embedding(table: Table, seed: int) -> Array:
    """Return numbers for each word that are alike for words with like neighbours."""
    from scipy.sparse import coo_matrix
    from sklearn.utils.extmath import randomized_svd

    word, places = table.ids["word"], (-2, -1, 1, 2)
    near = [np.where(s < CONTEXT, s, 0) for s in (table.shift(word, by) for by in places)]
    beside = np.concatenate([ids + CONTEXT * number for number, ids in enumerate(near)])
    shape = (table.sizes["word"], CONTEXT * len(places))
    pairs = (np.tile(word, len(places)), beside)
    counts = coo_matrix((np.ones(len(beside)), pairs), shape).tocsr().tocoo()
    rows, cols = np.bincount(pairs[0], minlength=shape[0]), np.bincount(beside, minlength=shape[1])
    expected = rows[counts.row] * cols[counts.col] ** 0.75 * len(beside) ** -0.75
    information = np.maximum(np.log(counts.data / expected), 0)
    matrix = coo_matrix((information, (counts.row, counts.col)), shape).tocsr()
    left, strength, _ = randomized_svd(matrix, min(EMBEDDED, min(shape)), random_state=seed)
    found = left * np.sqrt(strength)
    return (found / (found.std(axis=0) + 1e-9)).astype(np.float32)


def _fit_network(seen: Array, targets: Array, seed: int) -> Network:
    from sklearn.neural_network import MLPClassifier

    batch = min(BATCH, len(seen))
    epochs = max(3, 300 * batch // len(seen))
    model = MLPClassifier(
        WIDTHS, alpha=0.1, batch_size=batch, max_iter=epochs, n_iter_no_change=epochs,
        random_state=seed,
    )  # fmt: skip
    _quietly(model, seen, targets.astype(np.int64))
    return [
        (weights.astype(np.float32), bias.astype(np.float32))
        for weights, bias in zip(model.coefs_, model.intercepts_, strict=True)
    ]


def _quietly(model: Any, seen: Any, wanted: Array) -> None:
    """Fit a model; that it stops before it has converged is meant."""
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(seen, wanted)


def _network(arrays: Mapping[str, Array], number: int, fold: int) -> Network:
    names = [f"{number}.{fold}.{layer}" for layer in range(len(WIDTHS) + 1)]
    return [(arrays[f"weights{name}"], arrays[f"bias{name}"]) for name in names]


def _run(network: Network, seen: Array) -> Array:
    for weights, bias in network[:-1]:
        seen = np.maximum(seen @ weights + bias, 0)
    return _chance(seen @ network[-1][0] + network[-1][1])


def _scaled(seen: Array, mean: Array, scale: Array) -> Array:
    return np.clip((seen - mean) / scale, -5, 5)


def _chance(scores: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def _threshold(chance: Array, wanted: Array) -> float:
    """Return the probability above which words are best called content."""
    best = (0.0, 0.5)
    for threshold in np.linspace(0.25, 0.6, 36):
        found = chance > threshold
        f1 = 2 * (found & (wanted == 1)).sum() / (found.sum() + wanted.sum())
        best = max(best, (float(f1), float(threshold)))
    return round(best[1], 2)
