"""A fitted backend for voices: a token tagger that learns from marked texts what rules miss."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from framing.tables import BadInput
from framing.text.clauses import Unit
from framing.text.document import Reading
from framing.text.nouns import noun_after, noun_before
from framing.text.quotation import find_quotations
from framing.text.speakers import Cast
from framing.text.tagger_features import BITS, covered, features, words_of
from framing.text.voices import Attribution, Piece, Span, VoiceMap, paint

VERSION = 1
FILES = ("attribution.json", "weights.npy")
MIN_USES, MIN_SHARE = 4, 0.25  # of a word inside marked cues, to count as a cue
SHORTEST = 3  # words of content that no rule attribution claims
Marked = tuple[Reading, VoiceMap, Sequence[Attribution]]


class FittedAttribution:
    """Voices by rule, corrected by a tagger fitted on marked texts.

    Parameters
    ----------
    weights : numpy.ndarray of float32, shape (2**18 + 1,)
        One weight for each hashed feature; the last is the intercept.
    cues : sequence of str
        Words that stand in marked cues.
    threshold : float
        A word is attributed if its probability is at least that.
    """

    def __init__(self, weights: np.ndarray, cues: Sequence[str], threshold: float = 0.42) -> None:
        self.weights = weights
        self.cues = frozenset(cues)
        self.threshold = threshold

    def probabilities(self, reading: Reading, rules: VoiceMap) -> np.ndarray:
        """Return how probable it is that each word is somebody else's, shape (n_words,)."""
        columns = features(words_of(reading, rules, self.cues))
        scores = self.weights[columns].sum(1) + self.weights[-1]
        return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))

    def voices(self, reading: Reading, rules: VoiceMap) -> VoiceMap:
        """Return the voices of a text.

        Attributions of the rules are cut or extended to the words tagged; tagged words that no
        rule claims belong to the subject of the nearest cue. Titles, scare quotes and boilerplate
        stay as the rules have them.
        """
        if not reading.n_words:
            return rules
        tagged = self.probabilities(reading, rules) >= self.threshold
        kept = _with_rules(reading, rules.attributions, tagged)
        claimed = covered(reading, (span for one in kept for span in one.content)) > 0
        kept += _without_rules(reading, tagged & ~claimed, self.cues)
        aside: list[Piece] = [
            (start, end, voice, None)
            for start, end, voice in rules.runs
            if voice in ("scare", "title", "boilerplate")
        ]
        pieces = paint([*aside, *_pieces(reading, kept)])
        return VoiceMap(len(reading.text), pieces, sorted(kept, key=lambda one: one.content[0]))

    def save(self, folder: str | Path) -> None:
        """Write `attribution.json` and `weights.npy`; nothing is pickled."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / FILES[1], self.weights, allow_pickle=False)
        page = {
            "version": VERSION,
            "bits": BITS,
            "threshold": self.threshold,
            "cues": sorted(self.cues),
            "sha256": hashlib.sha256((folder / FILES[1]).read_bytes()).hexdigest(),
        }
        (folder / FILES[0]).write_text(json.dumps(page, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: str | Path) -> FittedAttribution:
        """Read what `save` wrote.

        Raises
        ------
        BadInput
            If a file is missing, of another version, or not the one that was saved.
        """
        page = _page(Path(folder))
        file = Path(folder) / FILES[1]
        if hashlib.sha256(file.read_bytes()).hexdigest() != page["sha256"]:
            raise BadInput(f"{file}: is not the file that was saved (its hash differs); fit again")
        weights = np.load(file, allow_pickle=False)
        if weights.shape != ((1 << BITS) + 1,) or weights.dtype != np.float32:
            raise BadInput(f"{file}: holds {weights.dtype} {weights.shape}, not the weights")
        return cls(weights, page["cues"], page["threshold"])


def _page(folder: Path) -> dict[str, Any]:
    for name in FILES:
        if not (folder / name).is_file():
            raise BadInput(f"{folder}: there is no {name}; give a folder written by save()")
    try:
        page = json.loads((folder / FILES[0]).read_text("utf-8"))
        known = page["version"] == VERSION and page["bits"] == BITS
        float(page["threshold"]), list(page["cues"]), str(page["sha256"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{folder / FILES[0]}: is no saved tagger ({error!r})") from error
    if not known:
        raise BadInput(f"{folder / FILES[0]}: version {page['version']}, this package reads 1")
    return page


def fit_attribution(marked: Iterable[Marked], *, seed: int = 0) -> FittedAttribution:
    """Fit a tagger on texts whose attributions people have marked.

    Parameters
    ----------
    marked : iterable of (Reading, VoiceMap, sequence of Attribution)
        The text, its voices by rule, and the marked attributions; `framing.speech.read_marked`
        yields them from a folder in the layout of PolNeAR.
    seed : int

    Returns
    -------
    FittedAttribution

    Notes
    -----
    Logistic regression over hashed features, with the answers of the rules among them, by averaged
    stochastic gradient descent (Bottou 2010); tokens inside any marked content against all others.
    Attributions that nobody has a word for ("wants", "plans") are learnt where they are marked.
    """
    from scipy import sparse
    from sklearn.linear_model import SGDClassifier

    texts = list(marked)
    if not any(attributions for _, _, attributions in texts):
        raise BadInput("no marked attribution to fit on; give texts with marked attributions")
    cues = _cues(texts)
    columns = [features(words_of(reading, rules, cues)) for reading, rules, _ in texts]
    inside = [covered(r, (s for one in gold for s in one.content)) for r, _, gold in texts]
    table = np.concatenate([part for part in columns if len(part)])
    rows, width = table.shape
    matrix = sparse.csr_matrix(
        (np.ones(rows * width, np.float32), table.ravel(), np.arange(0, rows * width + 1, width)),
        shape=(rows, 1 << BITS),
    )
    model = SGDClassifier(
        loss="log_loss", alpha=5e-5, average=True, max_iter=8, tol=None, random_state=seed
    ).fit(matrix, np.concatenate(inside))
    weights = np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)
    return FittedAttribution(weights, cues)


def _cues(texts: Sequence[Marked]) -> list[str]:
    """Return the words that stand in marked cues often enough."""
    used: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for reading, _, gold in texts:
        total.update(reading.folded)
        for one in gold:
            if one.cue:
                words = slice(reading.word_at(one.cue[0]), reading.word_at(one.cue[1]))
                used.update(set(reading.folded[words]))
    return [w for w, n in used.items() if n >= MIN_USES and n / total[w] > MIN_SHARE]


def _with_rules(
    reading: Reading, attributions: Sequence[Attribution], tagged: np.ndarray
) -> list[Attribution]:
    """Cut or extend the content of rule attributions to the tagged words."""
    claimed = covered(reading, (span for one in attributions for span in one.content)) > 0
    kept = []
    for one in attributions:
        pieces = [
            piece for span in one.content if (piece := _fitted(reading, span, tagged, claimed))
        ]
        if pieces:
            kept.append(replace(one, content=tuple(pieces)))
    return kept


def _fitted(reading: Reading, span: Span, tagged: np.ndarray, claimed: np.ndarray) -> Span | None:
    """Return a piece from its first to its last tagged word, on to tagged words nobody claims."""
    first, behind = reading.word_at(span[0]), reading.word_at(span[1])
    inside = np.flatnonzero(tagged[first:behind])
    if not len(inside):
        return None
    low, high = first + int(inside[0]), first + int(inside[-1])
    sentence = reading.sentences[reading.sentence_at(reading.starts[high])]
    while (
        high + 1 == behind
        and behind < len(tagged)
        and tagged[behind]
        and not claimed[behind]
        and reading.starts[behind] < sentence[1]
    ):
        high, behind = behind, behind + 1
    start = span[0] if low == first else reading.starts[low]
    end = span[1] if high + 1 == reading.word_at(span[1]) else reading.ends[high]
    return start, max(end, reading.ends[high])


def _without_rules(reading: Reading, free: np.ndarray, cues: frozenset[str]) -> list[Attribution]:
    """Make attributions of tagged words that no rule claims, a sentence at a time."""
    if not free.any():
        return []
    quotations = find_quotations(reading)
    cast = Cast(reading, quotations)
    found = []
    places = np.flatnonzero(free).tolist()
    for number, group in groupby(places, key=lambda at: reading.sentence_at(reading.starts[at])):
        unit = Unit(reading, reading.sentences[number], (), 0)
        for _, run in groupby(enumerate(group), key=lambda pair: pair[1] - pair[0]):
            words = [place for _, place in run]
            if len(words) < SHORTEST:
                continue
            span = reading.starts[words[0]], reading.ends[words[-1]]
            cue, speaker = _cue_of(unit, words[0] - unit.low, words[-1] - unit.low, cues)
            quoted = any(q.start <= span[0] < q.end for q in quotations)
            who = cast.resolve(speaker) if speaker else None
            found.append(Attribution(
                "direct" if quoted else "indirect", (span,), cue,
                speaker, who.name if who else None, who.kind if who else "unspecified",
            ))  # fmt: skip
    return found


def _cue_of(
    unit: Unit, first: int, last: int, cues: frozenset[str]
) -> tuple[Span | None, Span | None]:
    """Return the nearest cue before or behind some words, and its subject."""
    before = [i for i in range(first - 1, -1, -1) if unit.words[i] in cues]
    behind = [i for i in range(last + 1, len(unit)) if unit.words[i] in cues]
    cue = next(iter(before + behind), None)
    if cue is None:
        return None, None
    subject = noun_before(unit, cue) or noun_after(unit, cue + 1)
    place = (unit.starts[subject[0]], unit.ends[subject[1] - 1]) if subject else None
    return (unit.starts[cue], unit.ends[cue]), place


def _pieces(reading: Reading, attributions: Sequence[Attribution]) -> list[Piece]:
    quoted = covered(reading, [(q.start, q.end) for q in find_quotations(reading) if q.depth == 0])
    pieces: list[Piece] = []
    for one in attributions:
        for start, end in one.content:
            inside = quoted[min(reading.word_at(start), len(quoted) - 1)]
            pieces.append((start, end, "direct" if inside else "indirect", one))
    return pieces
