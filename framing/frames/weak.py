"""Weak supervision: a classifier of policy frames that no person has labelled texts for.

The cue labeller marks public-domain Congress statements; a linear model learns from its marks and
from the examples of the codebook; its log-odds and those of the cues are averaged. What it adds is
the words that go with a frame and stand in no list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from framing.frames.calibration import prevalence_thresholds
from framing.frames.classifier import FrameClassifier
from framing.frames.fitting import Fitted, Head
from framing.frames.labeller import CueLabeller
from framing.frames.labels import Labels
from framing.text.document import Document

NAME = "policy-frames"
LEARNT = 0.3
EDGE = 1e-3


@dataclass
class CueBlock:
    """The log-odds the cue labeller gives each frame.

    Attributes
    ----------
    frames : tuple of str
    """

    frames: tuple[str, ...]

    @property
    def n_columns(self) -> int:
        return len(self.frames)

    def transform(self, documents: Sequence[Document]) -> np.ndarray:
        labeller = CueLabeller()
        chance = np.clip(labeller.chances(documents), EDGE, 1 - EDGE)
        places = [labeller.frames_.index(frame) for frame in self.frames]
        found: np.ndarray = np.log(chance / (1 - chance))[:, places]
        return found

    def shares(self, document: Document, weights: np.ndarray) -> dict[tuple[str, str], float]:
        """Return what each cue adds to a score; ("no cue", "meaning") is where it starts."""
        (odds,) = self.transform([document])
        start = np.log(EDGE / (1 - EDGE))
        found: dict[tuple[str, str], float] = {("no cue", "meaning"): float(weights.sum() * start)}
        cues = CueLabeller().explain(document)
        for place, frame in enumerate(self.frames):
            mine = cues[cues["frame"] == frame]
            gain = float(weights[place] * (odds[place] - start))
            parts = mine["strength"] * (1 + np.log(mine["n"].astype(float)))
            for what, part in zip(mine["what"], parts / max(parts.sum(), 1e-9), strict=True):
                if gain:
                    found[str(what), "cue"] = found.get((str(what), "cue"), 0.0) + gain * part
        return found


def fit_weak(documents: Sequence[Document]) -> FrameClassifier:
    """Return a classifier of policy frames fitted to what the cues mark in unlabelled texts.

    Parameters
    ----------
    documents : sequence of Document
        Unlabelled political texts.
    """
    labeller = CueLabeller()
    frames = labeller.frames_
    marks = labeller.predict(documents)
    texts, rows = list(documents), marks.tolist()
    for frame in labeller.read_codebook().frames:
        if frame.name in frames:
            texts += [Document(f"{frame.name} {n}", t) for n, t in enumerate(frame.examples)]
            rows += [[name == frame.name for name in frames]] * len(frame.examples)
    y = ["|".join(np.array(frames, object)[np.array(row)]) for row in rows]
    model = FrameClassifier(
        "policy_frames", kind="multi", terms=("word",), min_df=5, max_terms=20_000,
        calibration="sigmoid",
    )  # fmt: skip
    joined = _with_cues(model.fit(texts, y))
    thresholds = prevalence_thresholds(joined.fitted_.chances(documents), marks)
    joined.fitted_ = replace(joined.fitted_, thresholds=thresholds)
    joined.thresholds_ = thresholds
    return joined


def _with_cues(model: FrameClassifier) -> FrameClassifier:
    """Average the log-odds of what was learnt with those of the cues, in one linear head."""
    (head,), frames = model.fitted_.heads, model.frames_
    slope = np.array([first[0] for _, first, _ in model.fitted_.curves])
    shift = np.array([second[0] for _, _, second in model.fitted_.curves])
    learnt = LEARNT * slope[:, None] * head.weights
    weights = np.hstack([learnt, (1 - LEARNT) * np.eye(len(frames))]).astype(np.float32)
    bias = LEARNT * (slope * head.bias + shift)
    joined = Head([*head.blocks, CueBlock(frames)], weights, bias)
    curves: list[Any] = [("sigmoid", np.ones(1), np.zeros(1)) for _ in frames]
    fitted = Fitted([joined], curves, np.full(len(frames), 0.5), False)
    return model.take(fitted, Labels(np.empty((0, len(frames)), bool), frames, "multi"))


def train_weak(out: str | Path) -> Path:
    """Fit on the Congress statements, measure on SemEval-2023 if it is there, and store."""
    from framing.frames import labelled
    from framing.frames.store import save

    model = fit_weak(list(labelled.congress(masked=False)))
    model.name_ = NAME
    model.facts_ = {
        "name": NAME, "title": "Policy frames, learnt from cues (weak supervision)",
        "corpus": "congress_statements_2025",
        "data": "Weak supervision: 6,252 statements of members of the US Congress (public domain), "
        "marked by the cues of policy-frames-lexicon, not by people, and the codebook's examples",
        "licence": "CC0-1.0",
        "use": "A first look at which policy frames news and political texts touch.",
        "limits": "No person has labelled what it learnt from; it repeats the cues' mistakes. "
        "Its probabilities order texts and are not calibrated to any coder.",
        "command": f"framing train --recipe {NAME} --out {NAME}",
        "evaluation": {"transfer": transfer_rows(model)},
    }  # fmt: skip
    return save(model, out)


def transfer_rows(model: FrameClassifier) -> list[dict[str, Any]]:
    """Return its scores on SemEval-2023 task 3, those of the cues alone, and the difference."""
    from framing.frames import labelled
    from framing.frames.metrics import Outcome, estimates, f1_draws, interval, weights_of
    from framing.tables import BadInput

    try:
        texts = list(labelled.semeval_frames())
    except BadInput:
        return []
    frames = model.frames_
    wanted = np.array([[f in d.meta["frames"].split("|") for f in frames] for d in texts])
    rows, drawn = [], {}
    clusters = np.arange(len(texts))
    for name, one in (("", model), (", cues alone", CueLabeller())):
        chance = one.fitted_.chances(texts)
        outcome = Outcome(chance, one.fitted_.chosen(chance), wanted, clusters, "multi")
        drawn[name] = f1_draws(outcome, weights_of(clusters))
        for metric, value in estimates(outcome).items():
            rows.append(_row(f"semeval2023_task3_en{name}", metric, value, len(texts)))
    for metric in ("micro_f1", "macro_f1"):
        gap = interval(drawn[""][metric] - drawn[", cues alone"][metric])
        rows.append(_row("semeval2023_task3_en, less cues alone", metric, gap, len(texts)))
    return rows


def _row(corpus: str, metric: str, value: tuple[float, float, float], n: int) -> dict[str, Any]:
    low, high = (None if bound != bound else bound for bound in value[1:])
    return {"corpus": corpus, "metric": metric, "estimate": value[0], "low": low, "high": high,
            "n_units": n}  # fmt: skip
