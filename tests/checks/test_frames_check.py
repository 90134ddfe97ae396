"""Every training recipe under random and grouped folds, with and without the encoder half."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from framing.frames.calibration import sigmoid
from framing.frames.cue_scale import SLOPES_AND_SHIFTS
from framing.frames.evaluation import evaluate
from framing.frames.labelled import babe, basil_lexical, policy_readings
from framing.frames.labeller import CueLabeller, cue_odds
from framing.frames.labels import read_labels
from framing.frames.matrix import cross_corpus
from framing.frames.recalibration import joint_lines, left_out, mean_error
from framing.frames.recipes import RECIPES, recipe
from framing.frames.sentence_classifier import SentenceClassifier
from framing.frames.units import groups_of

COLUMNS = ("protocol", "model", "metric", "estimate", "low", "high", "n_units", "n_clusters")
WITH_ENCODER = ("babe", "gun-violence-frames", "semeval2023-frames", "ptc-techniques")
BARS = {
    ("babe", "by article: macro_f1"): 0.73, ("babe", "by outlet: macro_f1"): 0.685,
    ("gun-violence-frames", "by near-duplicate: macro_f1"): 0.60,
    ("gun-violence-frames", "by period: macro_f1"): 0.51,
    ("semeval2023-frames", "by near-duplicate: micro_f1"): 0.66,
    ("semeval2023-frames", "by near-duplicate: macro_f1"): 0.54,
    ("climate-narrative", "by article: macro_f1"): 0.58,
    ("climate-narrative", "by outlet: macro_f1"): 0.56,
    ("ptc-techniques", "by near-duplicate: micro_f1"): 0.55,
    ("basil-informational", "by event: auc"): 0.68, ("us-party", "by speaker: macro_f1"): 0.80,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_recipe(name, corpora, record):
    how = recipe(name)
    documents = list(how.load())
    y = [one.meta["frames"] for one in documents]
    found = evaluate(
        how.classifier(), documents, y, groups=how.groups, train_only=how.train_only,
        subsets=how.subsets,
    )  # fmt: skip
    rows = found.scores.assign(encoder=False)[[*COLUMNS, "encoder"]].to_dict("records")
    if name in WITH_ENCODER and find_spec("onnxruntime"):
        other = evaluate(how.classifier(encoder=True), documents, y, groups=how.groups,
                         train_only=how.train_only, extras=())  # fmt: skip
        mine = other.scores[other.scores["model"] == "text"]
        rows += mine.assign(encoder=True)[[*COLUMNS, "encoder"]].to_dict("records")
    record(f"frames_{name}", rows, [corpora / how.corpus])
    assert how.faults(found) == []
    missed = {
        key: found.value(*key.split(": ")) for (recipe_name, key), bar in BARS.items()
        if recipe_name == name and round(found.value(*key.split(": ")), 3) < bar
    }  # fmt: skip
    assert not missed


def test_probabilities_of_the_cue_labeller(corpora, record):
    """Its two numbers a frame are those of the articles that were read; outlets left out."""
    read, cues = list(policy_readings()), CueLabeller()
    outlets = groups_of(read, [one.meta["outlet"] for one in read])
    wanted = read_labels(
        [one.meta["frames"] for one in read], frames=cues.frames_, kind="multi"
    ).matrix
    odds = cue_odds(cues.strengths(read))
    shipped = np.array([SLOPES_AND_SHIFTS[frame] for frame in cues.frames_]).T
    assert np.abs(np.array(joint_lines(odds, wanted)) - shipped).max() < 0.01
    error = mean_error(sigmoid(left_out(odds, wanted, outlets)), wanted)
    row = {"corpus": "article_bias_prediction (read by a language model)", "metric": "ece",
           "estimate": error, "n_units": len({one.text for one in read})}  # fmt: skip
    record("frames_policy-frames-lexicon", [row], [corpora / "article_bias_prediction"])
    assert error <= 0.05


def test_across_corpora(corpora, record):
    """Lexical bias does not transfer: BABE to BASIL and back."""
    sets = {}
    for name, load in (("babe", babe), ("basil_lexical", basil_lexical)):
        documents = list(load())
        sets[name] = (documents, [one.meta["frames"] == "biased" for one in documents])
    table = cross_corpus(SentenceClassifier(), sets, groups="article")
    record("frames_across_corpora", table.to_dict("records"), [corpora / "babe", corpora / "basil"])
    assert len(table) == 20
