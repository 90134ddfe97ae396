"""Probabilities fitted again: the ranking stays, the share is right, bad input is refused."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.frames.calibration import apply_curves, log_odds, sigmoid
from framing.frames.classifier import FrameClassifier
from framing.frames.labels import Labels
from framing.frames.recalibration import joint_lines, left_out, moved, recalibrate
from framing.frames.store import load_classifier
from framing.tables import BadInput
from framing.text.document import Document


@pytest.fixture(scope="module")
def several(coded) -> FrameClassifier:
    y = [one.meta["frame"] for one in coded]
    return FrameClassifier(kind="multi", folds=3).fit(coded, y)


@pytest.fixture(scope="module")
def rarer(coded) -> list[str]:
    """Other coders, who see crime in one of two texts where the first did."""
    return [one.meta["frame"] if one.meta["frame"] == "economic" or at % 2 else ""
            for at, one in enumerate(coded)]  # fmt: skip


def test_lines_are_found_and_few_units_are_drawn_to_the_others() -> None:
    rng = np.random.default_rng(3)
    odds = rng.normal(0, 2, (20_000, 3))
    true = np.array([[0.6, 0.8, 1.0], [-1.5, -1.0, -0.5]])
    wanted = rng.random(odds.shape) < sigmoid(odds * true[0] + true[1])
    slopes, shifts = joint_lines(odds, wanted)
    assert np.abs(slopes - true[0]).max() < 0.05
    assert np.abs(shifts - true[1]).max() < 0.08
    few = joint_lines(odds[:60], wanted[:60])
    assert np.ptp(few[0]) < np.ptp(true[0]) + 0.3
    assert np.isfinite(few).all()


def test_a_frame_that_nobody_marks_gets_small_probabilities() -> None:
    rng = np.random.default_rng(4)
    odds = rng.normal(0, 2, (200, 2))
    wanted = np.column_stack([rng.random(200) < sigmoid(odds[:, 0]), np.zeros(200, bool)])
    slopes, shifts = joint_lines(odds, wanted)
    assert (slopes > 0).all()
    assert sigmoid(odds[:, 1] * slopes[1] + shifts[1]).mean() < 0.1


def test_no_group_judges_itself() -> None:
    """Every group has a share of its own; what is learnt from the others cannot know it."""
    groups = np.repeat(np.arange(10), 30)
    odds = np.where(groups % 2, 3.0, -3.0)[:, None] + np.zeros((300, 1))
    wanted = (groups % 2 == 0)[:, None]
    wanted[groups == 0] = False
    inside = joint_lines(odds, wanted)
    unseen = left_out(odds, wanted, groups)
    assert inside[0][0] == pytest.approx(0.05)  # upside down: the flattest slope there is
    assert not np.allclose(unseen, odds * inside[0] + inside[1])


@pytest.mark.parametrize("thresholds", ["keep", "prevalence"])
def test_the_order_of_texts_stays(several, coded, rarer, thresholds) -> None:
    found = recalibrate(several, coded, rarer, thresholds=thresholds)
    before, after = several.predict_proba(coded), found.predict_proba(coded)
    for at in range(2):
        order = np.argsort(before[:, at], kind="stable")
        assert (np.diff(after[order, at]) >= -1e-9).all()
    same = np.array_equal(several.predict(coded), found.predict(coded))
    assert same == (thresholds == "keep")
    wanted = np.array([[name == frame for frame in several.frames_] for name in rarer])
    assert np.abs(after.mean(axis=0) - wanted.mean(axis=0)).max() < 0.06
    if thresholds == "prevalence":
        called = found.predict(coded).sum(axis=0)
        assert np.abs(called - wanted.sum(axis=0)).max() <= 2
    assert "evaluation" not in found.facts_ and found.facts_["recalibration"]["n"] == len(coded)
    assert not hasattr(several, "facts_") or "recalibration" not in several.facts_


@pytest.mark.parametrize("kind", ["isotonic", "flat"])
def test_kept_thresholds_call_the_same_texts_of_every_curve(several, coded, kind) -> None:
    """Between two steps a line of probabilities, and one that gives every text the threshold."""
    rows = np.linspace(-2, 2, 400)
    for seed in range(30):
        rng = np.random.default_rng(seed)
        share = rng.uniform(0.1, 0.9)
        curve = ("isotonic", np.array([-1.0, 1.0]), np.array([0.05, 0.9]))
        threshold = rng.uniform(0.1, 0.9)
        if kind == "flat":
            curve = ("sigmoid", np.zeros(1), log_odds(np.array([share])))
            threshold = float(sigmoid(curve[2])[0])
        old = replace(several.fitted_, curves=[curve] * 2, thresholds=np.full(2, threshold))
        model = copy.copy(several).take(old, Labels(np.empty((0, 2), bool), ("a", "b"), "multi"))
        y = [["", "a", "b", "a|b"][n] for n in rng.integers(0, 4, len(coded))]
        new = recalibrate(model, coded, y, thresholds="keep").fitted_
        scores = np.column_stack([rows, rows])
        before, after = (apply_curves(scores, one.curves, single=False) > one.thresholds
                         for one in (old, new))  # fmt: skip
        assert np.array_equal(before, after)


def test_of_exactly_one_frame_nearly_all_calls_are_kept(model, coded) -> None:
    y = [one.meta["frame"] for one in coded]
    y[:10] = ["crime" if name == "economic" else "economic" for name in y[:10]]
    found = recalibrate(model, coded, y, thresholds="keep")
    assert (found.predict(coded) == model.predict(coded)).mean() > 0.95


def test_it_is_stored_and_its_card_says_so(several, coded, rarer, tmp_path) -> None:
    found = recalibrate(several, coded, rarer)
    again = load_classifier(found.save(tmp_path / "mine"))
    assert np.abs(again.predict_proba(coded) - found.predict_proba(coded)).max() < 1e-6
    assert f"fitted again to {len(coded)} labelled texts" in again.card


def test_exactly_one_frame_still_sums_to_one(model, coded) -> None:
    y = [one.meta["frame"] for one in coded]
    y[:10] = ["crime" if name == "economic" else "economic" for name in y[:10]]
    chance = recalibrate(model, coded, y).predict_proba(coded)
    assert np.allclose(chance.sum(axis=1), 1)


@settings(max_examples=50)
@given(st.floats(0.05, 3), st.floats(-3, 3))
def test_curves_of_both_kinds_move_alike(slope: float, shift: float) -> None:
    scores = np.linspace(-2, 2, 9)
    steps = ("isotonic", scores, sigmoid(scores))
    line = ("sigmoid", np.ones(1), np.zeros(1))
    knots = moved(steps, slope, shift)[2]
    _, stretch, lift = moved(line, slope, shift)
    assert np.allclose(knots, sigmoid(scores * stretch + lift))
    assert np.isfinite(log_odds(np.array([0.0, 1.0]))).all()


def test_frames_of_the_codebook_that_it_lacks_are_left_out() -> None:
    """Labels of `other` were refused when all the evaluation was done."""
    model = load_classifier("policy-frames")
    texts = [f"{'The court ruled on' if n % 2 else 'Rain fell on town'} {n}." for n in range(60)]
    marks = ["legality_constitutionality" if n % 2 else "" for n in range(60)]
    more = [f"{mark}|other" if n % 3 else mark for n, mark in enumerate(marks)]
    odds = [recalibrate(model, texts, y).predict_proba(texts) for y in (marks, more)]
    np.testing.assert_array_equal(*odds)


def test_bad_input_says_what_would_be_right(several, coded, rarer) -> None:
    with pytest.raises(BadInput, match="40 labelled texts; 50 are the least"):
        recalibrate(several, coded[:40], rarer[:40])
    with pytest.raises(BadInput, match="80 texts but 79 labels"):
        recalibrate(several, coded, rarer[:-1])
    with pytest.raises(BadInput, match="sport"):
        recalibrate(several, coded, [*rarer[:-1], "sport"])
    with pytest.raises(BadInput, match="'prevalence' or 'keep'"):
        recalibrate(several, coded, rarer, thresholds="half")
    with pytest.raises(BadInput, match="learnt nothing"):
        recalibrate(load_classifier("policy-frames-lexicon"), coded, rarer)
    with pytest.raises(BadInput, match="learnt nothing"):
        recalibrate(FrameClassifier(), [Document("a", "b")] * 60, ["x"] * 60)
