"""Every training recipe under random and grouped folds, with and without the encoder half."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from framing.frames.evaluation import evaluate
from framing.frames.labelled import babe, basil_lexical
from framing.frames.matrix import cross_corpus
from framing.frames.recipes import RECIPES, recipe
from framing.frames.sentence_classifier import SentenceClassifier

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


def test_across_corpora(corpora, record):
    """Lexical bias does not transfer: BABE to BASIL and back."""
    sets = {}
    for name, load in (("babe", babe), ("basil_lexical", basil_lexical)):
        documents = list(load())
        sets[name] = (documents, [one.meta["frames"] == "biased" for one in documents])
    table = cross_corpus(SentenceClassifier(), sets, groups="article")
    record("frames_across_corpora", table.to_dict("records"), [corpora / "babe", corpora / "basil"])
    assert len(table) == 20
