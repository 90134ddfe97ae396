"""Weak supervision: a classifier of policy frames that no person has labelled texts for.

The cue labeller marks public-domain Congress statements; a linear model learns from its marks and
from the examples of the codebook; its log-odds and those of the cues are averaged. What it adds is
the words that go with a frame and stand in no list. Its probabilities are those of news articles
that were read with the codebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from framing.frames.calibration import log_odds, prevalence_thresholds, sigmoid
from framing.frames.classifier import FrameClassifier
from framing.frames.fitting import Fitted, Head
from framing.frames.labeller import CueLabeller, cue_odds
from framing.frames.labels import Labels
from framing.frames.metrics import Outcome, estimates, f1_draws, interval, weights_of
from framing.frames.recalibration import left_out, recalibrate
from framing.frames.units import groups_of
from framing.tables import BadInput
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
        chance = np.clip(labeller.strengths(documents), EDGE, 1 - EDGE)
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
    """Fit on the Congress statements, calibrate on articles that were read, measure, and store."""
    from framing.frames import labelled
    from framing.frames.store import save

    read = list(labelled.policy_readings())
    learnt = fit_weak(list(labelled.congress(masked=False)))
    model = recalibrate(
        learnt, read, [one.meta["frames"] for one in read],
        groups=[one.meta["outlet"] for one in read], thresholds="keep",
    )  # fmt: skip
    model.name_ = NAME
    model.facts_ = {
        "name": NAME, "title": "Policy frames, learnt from cues (weak supervision)",
        "corpus": "congress_statements_2025",
        "data": "Weak supervision: 6,252 statements of members of the US Congress (public domain), "
        "marked by the cues of policy-frames-lexicon, not by people, and the codebook's examples; "
        "two numbers a frame, which turn its scores into probabilities, from readings of 200 US "
        "news articles with the codebook, two each, by a language model (of their texts nothing "
        "is in the weights)",
        "licence": "CC0-1.0",
        "use": "A first look at which policy frames news and political texts touch.",
        "limits": "No person has labelled what it learnt from; it repeats the cues' mistakes. "
        "Its probabilities are those of a reading with the codebook, whole article, frames that "
        "carry a substantial part. Other coders mark other things: against the annotators of "
        "SemEval-2023 they are not calibrated (below).",
        "command": f"framing train --recipe {NAME} --out {NAME}",
        "evaluation": {"transfer": transfer_rows(model, learnt, read)},
        **model.facts_,
    }  # fmt: skip
    return save(model, out)


def transfer_rows(
    model: FrameClassifier, learnt: FrameClassifier, read: Sequence[Document]
) -> list[dict[str, Any]]:
    """Return its scores where people and readers marked frames, those of the cues, the difference.

    On the articles that were read the probabilities of both are those of folds that leave outlets
    out; on SemEval-2023 task 3, if it is there, those that are shipped. `learnt` is the model as it
    was before it was calibrated.
    """
    from framing.frames import labelled

    cues, outlets = CueLabeller(), groups_of(read, [one.meta["outlet"] for one in read])
    wanted = _wanted(read, model.frames_)
    chance, alone = (
        sigmoid(left_out(odds, wanted, outlets))
        for odds in (log_odds(learnt.fitted_.chances(read)), cue_odds(cues.strengths(read)))
    )
    called = [model.predict(read), cues.predict(read)]
    rows = _rows("article_bias_prediction (read by a language model)", read, [chance, alone],
                 called, outlets)  # fmt: skip
    try:
        coded = list(labelled.semeval_frames())
    except BadInput:
        return rows
    chances = [one.fitted_.chances(coded) for one in (model, cues)]
    called = [one.predict(coded) for one in (model, cues)]
    return _rows("semeval2023_task3_en", coded, chances, called, np.arange(len(coded))) + rows


def _rows(
    corpus: str, texts: Sequence[Document], chances: Sequence[np.ndarray],
    called: Sequence[np.ndarray], clusters: np.ndarray,
) -> list[dict[str, Any]]:  # fmt: skip
    wanted, count = _wanted(texts, CueLabeller().frames_), len({one.text for one in texts})
    both = zip(("", ", cues alone"), chances, called, strict=True)
    said = {name: Outcome(chance, calls, wanted, clusters, "multi") for name, chance, calls in both}
    drawn = {name: f1_draws(one, weights_of(clusters)) for name, one in said.items()}
    rows = [_row(corpus + name, metric, value, count)
            for name, one in said.items() for metric, value in estimates(one).items()]  # fmt: skip
    for metric in ("micro_f1", "macro_f1"):
        gap = interval(drawn[""][metric] - drawn[", cues alone"][metric])
        rows.append(_row(f"{corpus}, less cues alone", metric, gap, count))
    return rows


def _wanted(texts: Sequence[Document], frames: Sequence[str]) -> np.ndarray:
    return np.array([[f in one.meta["frames"].split("|") for f in frames] for one in texts])


def _row(corpus: str, metric: str, value: tuple[float, float, float], n: int) -> dict[str, Any]:
    low, high = (None if bound != bound else bound for bound in value[1:])
    return {"corpus": corpus, "metric": metric, "estimate": value[0], "low": low, "high": high,
            "n_units": n}  # fmt: skip
