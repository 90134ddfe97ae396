"""Evaluation: leakage is caught, baselines stand beside, intervals hold."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from framing.frames.audit import headline_in_body, leaks
from framing.frames.baselines import metadata_only
from framing.frames.calibration import (
    apply_curves,
    calibration_error,
    choose,
    fit_curve,
    prevalence_thresholds,
)
from framing.frames.classifier import FrameClassifier
from framing.frames.evaluation import evaluate
from framing.frames.folds import grouped_folds, leave_out
from framing.frames.metrics import Outcome, auc_draws, estimates, wilson
from framing.frames.protocols import folds_of, read_task
from framing.tables import BadInput
from framing.text.document import Document


@pytest.fixture(scope="module")
def found(coded):
    y = [one.meta["frame"] for one in coded]
    return evaluate(FrameClassifier(folds=3), coded, y, groups=["article", "outlet"])


def test_random_and_grouped_folds_stand_side_by_side(found) -> None:
    assert set(found.scores["protocol"]) == {"random", "by article", "by outlet"}
    models = set(found.scores["model"])
    assert {
        "text",
        "majority",
        "metadata: outlet",
        "text minus metadata: outlet",
        "rhetoric",
    } <= models
    for protocol in ("random", "by article", "by outlet"):
        assert found.value(protocol, "macro_f1") > 0.9
        assert found.value(protocol, "macro_f1", "majority") < 0.6
    rows = found.scores.query("metric == 'macro_f1'")
    assert (rows["low"] <= rows["estimate"]).all() and (rows["estimate"] <= rows["high"]).all()


def test_what_is_written_can_be_read(found, tmp_path) -> None:
    folder = found.save(tmp_path / "out")
    page = json.loads((folder / "metrics.json").read_text())
    assert page["n_units"] == 80 and page["strictest"] == "by outlet"
    assert len(page["scores"]) == len(found.scores) and (folder / "scores.csv").is_file()


def test_a_duplicated_article_across_folds_is_caught() -> None:
    texts = ["The council met at noon to talk of rents.", "Rain fell on the town all day.",
             "The council met at noon to talk of rents!"]  # fmt: skip
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    (row,) = leaks(documents, np.array([0, 0, 1]), {})
    assert (row["leak"], row["n"]) == ("near-duplicate", 2)
    assert leaks(documents, np.array([0, 1, 0]), {}) == []


def test_an_outlet_in_both_parts_is_caught() -> None:
    documents = [
        Document(str(n), text) for n, text in enumerate(("Rain fell.", "Rents rose.", "Ice."))
    ]
    (row,) = leaks(documents, np.array([0, 1, 1]), {"outlet": ["Mail", "Mail", "Post"]})
    assert (row["leak"], row["what"], row["n"]) == ("group", "outlet", 2)
    assert leaks(documents, np.array([0, 0, 1]), {"outlet": ["Mail", "Mail", "Post"]}) == []


def test_a_headline_repeated_in_the_body_is_caught() -> None:
    title = "Rents rise in the old town"
    again = Document("a", f"{title}\n\nRents rise in the old town, the council said.", title)
    once = Document("b", f"{title}\n\nThe council met.", title)
    assert headline_in_body(again) and not headline_in_body(once)
    (row,) = leaks([again, once], np.array([0, 0]), {})
    assert (row["leak"], row["n"]) == ("headline in body", 1)


def test_near_duplicates_of_a_test_text_never_train() -> None:
    """A label that only a copy could know must not be found under grouped folds."""
    rng = np.random.default_rng(0)
    words = [f"word{n}" for n in range(400)]
    texts, y = [], []
    for number in range(60):
        text = " ".join(rng.choice(words, 12))
        texts += [text, text + "!"]
        y += [str(number % 2)] * 2
    y = [f"f{label}" for label in y]
    found = evaluate(
        FrameClassifier(folds=3, min_df=1), texts, y, extras=()
    )
    assert found.value("random", "macro_f1") > 0.9
    assert found.value("by near-duplicate", "macro_f1") < 0.7
    assert "near-duplicate" in set(found.leaks["leak"])


def test_what_only_trains_is_tested_where_its_field_is_not_left_out(coded) -> None:
    y = [one.meta["frame"] for one in coded]
    task = read_task(FrameClassifier(), coded, y, ["outlet"], {"outlet": "Mail"})
    mail = np.array([one.meta["outlet"] == "Mail" for one in coded])
    folds = folds_of(task)
    assert (folds["random"] >= 0).all()
    assert (folds["by outlet"][mail] == -1).all() and (folds["by outlet"][~mail] >= 0).all()
    assert task.tested("by outlet").tolist() == np.flatnonzero(~mail).tolist()


def test_an_unknown_group_is_bad_input(coded) -> None:
    y = [one.meta["frame"] for one in coded]
    with pytest.raises(BadInput, match="no document has the field 'paper'"):
        evaluate(FrameClassifier(), coded, y, groups=["paper"])


def test_groups_never_lie_in_two_folds() -> None:
    rng = np.random.default_rng(1)
    groups = rng.integers(0, 40, 300)
    folds = grouped_folds(groups, rng.random((300, 3)) < 0.3, 5)
    assert all(len(set(folds[groups == g])) == 1 for g in range(40))
    sizes = np.bincount(folds)
    assert len(sizes) == 5 and sizes.min() > 40
    assert set(leave_out(["a", "b", "a"]).tolist()) == {0, 1}


def test_measures_agree_with_scikit_learn() -> None:
    rng = np.random.default_rng(2)
    wanted = rng.random((200, 3)) < 0.4
    chance = np.round(np.clip(wanted * 0.3 + rng.random((200, 3)) * 0.7, 0, 1), 2)
    called = chance > 0.5
    outcome = Outcome(chance, called, wanted, np.arange(200), "multi")
    found = estimates(outcome)
    assert found["macro_f1"][0] == pytest.approx(
        f1_score(wanted, called, average="macro"), abs=1e-6
    )
    assert found["micro_f1"][0] == pytest.approx(
        f1_score(wanted, called, average="micro"), abs=1e-6
    )
    assert found["auc"][0] == pytest.approx(roc_auc_score(wanted, chance), abs=1e-6)
    binary = Outcome(chance[:, :1], called[:, :1], wanted[:, :1], np.arange(200), "binary")
    both = f1_score(wanted[:, 0], called[:, 0], average="macro")
    assert estimates(binary)["macro_f1"][0] == pytest.approx(both, abs=1e-6)
    drawn = rng.integers(0, 3, (1, 200)).astype(float)
    weighted = roc_auc_score(wanted[:, 0], chance[:, 0], sample_weight=drawn[0])
    assert auc_draws(chance[:, 0], wanted[:, 0], drawn)[0] == pytest.approx(weighted, abs=1e-6)


def test_intervals_over_clusters_are_wider_than_over_units() -> None:
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(20), 20)
    good = np.repeat(rng.random(20), 20)
    wanted = rng.random((400, 1)) < 0.5
    called = np.where(rng.random(400) < good, wanted[:, 0], ~wanted[:, 0])[:, None]
    width = []
    for groups in (clusters, np.arange(400)):
        low, high = estimates(Outcome(called * 1.0, called, wanted, groups, "binary"))["macro_f1"][
            1:
        ]
        width.append(high - low)
    assert width[0] > 1.5 * width[1]


def test_wilson_reference() -> None:
    """Newcombe (1998), table I: 81 of 263 gives .2553 to .3662."""
    low, high = wilson(81 / 263, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_calibration_mends_probabilities() -> None:
    rng = np.random.default_rng(4)
    score = rng.normal(size=4000)
    wanted = rng.random(4000) < 1 / (1 + np.exp(-(2 * score - 1)))
    for method in ("sigmoid", "isotonic"):
        curve = fit_curve(score[:2000], wanted[:2000], method)
        chance = apply_curves(score[2000:, None], [curve], single=False)[:, 0]
        assert calibration_error(chance, wanted[2000:]) < 0.04
        assert calibration_error(np.clip(score[2000:], 0, 1), wanted[2000:]) > 0.1
    slope = fit_curve(score, wanted, "sigmoid")
    assert slope[1][0] == pytest.approx(2, abs=0.25) and slope[2][0] == pytest.approx(-1, abs=0.25)


def test_thresholds_call_as_often_as_it_is_there() -> None:
    rng = np.random.default_rng(5)
    chance = rng.random((500, 2)) * np.array([0.3, 0.9])
    wanted = rng.random((500, 2)) < np.array([0.1, 0.6])
    called = choose(chance, prevalence_thresholds(chance, wanted), single=False)
    assert np.abs(called.sum(0) - wanted.sum(0)).max() <= 1
    one = choose(chance, np.array([0.5, 0.5]), single=True)
    assert (one.sum(axis=1) == 1).all() and (one.argmax(1) == chance.argmax(1)).all()


def test_outlet_only_baseline_sees_only_the_other_folds() -> None:
    wanted = np.array([[True], [False], [False], [False]])
    folds = np.array([0, 1, 0, 1])
    guess = metadata_only(wanted, ["a", "a", "b", "b"], folds, "binary")
    assert guess.ravel().tolist() == [False, True, False, False]
