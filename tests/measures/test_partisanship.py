"""Partisanship and slant: published values, bias of the plug-in, coverage of the interval."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from framing.measures.partisanship import leave_out, partisanship, plug_in, slant
from framing.tables import BadInput

HOME = Path(os.environ.get("FRAMING_CORPORA") or ".") / "gentzkow_shapiro_congress109"
REAL = pytest.mark.skipif(not HOME.is_dir(), reason="FRAMING_CORPORA is not set")


@pytest.fixture(scope="module")
def congress() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with (HOME / "congress109_ideology.csv").open(encoding="utf-8") as file:
        people = {row["name"]: row for row in csv.DictReader(file)}
    with (HOME / "congress109_counts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    speakers = sorted({row["speaker"] for row in rows})
    phrases = {p: n for n, p in enumerate(sorted({row["phrase"] for row in rows}))}
    place = {name: n for n, name in enumerate(speakers)}
    counts = np.zeros((len(speakers), len(phrases)))
    for row in rows:
        counts[place[row["speaker"]], phrases[row["phrase"]]] += float(row["count"])
    party = np.array([people[name]["party"] for name in speakers])
    share = np.array([float(people[name]["repshare"]) for name in speakers])
    return counts, party, share


@REAL
def test_published_values(congress) -> None:
    counts, party, share = congress
    two = np.isin(party, ["D", "R"])
    assert plug_in(counts[two], party[two] == "R") == pytest.approx(0.6353, abs=5e-5)
    assert leave_out(counts[two], party[two] == "R") == pytest.approx(0.6036, abs=5e-5)
    placed = slant(counts, share)["slant"]
    assert np.corrcoef(placed, share)[0, 1] == pytest.approx(0.610, abs=5e-4)


def test_the_plug_in_is_biased_upward_and_the_leave_out_is_not() -> None:
    """With 10 speakers of 50 tokens a side and nothing to tell, the plug-in reads about .61."""
    random = np.random.default_rng(0)
    sides = np.arange(20) < 10
    chance = np.full(200, 1 / 200)
    naive, honest = [], []
    for _ in range(60):
        counts = random.multinomial(50, chance, size=20)
        naive.append(plug_in(counts, sides))
        honest.append(leave_out(counts, sides))
    assert 0.59 < np.mean(naive) < 0.65
    assert np.mean(honest) == pytest.approx(0.5, abs=0.02)


def test_the_interval_holds_the_truth() -> None:
    random = np.random.default_rng(1)
    tilt = np.linspace(-0.5, 0.5, 60)
    one, two = np.exp(tilt) / np.exp(tilt).sum(), np.exp(-tilt) / np.exp(-tilt).sum()
    true = 0.5 * one @ (one / (one + two)) + 0.5 * two @ (two / (one + two))
    held = 0
    for run in range(40):
        counts = np.vstack([random.multinomial(200, one, 50), random.multinomial(200, two, 50)])
        found = partisanship(counts, np.arange(100) < 50, repetitions=40, fraction=0.4, seed=run)
        held += found.low <= true <= found.high
    assert held >= 34


def test_every_copy_of_a_speaker_is_left_out() -> None:
    random = np.random.default_rng(2)
    counts = random.poisson(1.0, (12, 30)) + (random.random((12, 30)) < 0.1)
    sides = np.arange(12) < 6
    doubled = np.vstack([counts, counts])
    names = [*range(12), *range(12)]
    together = leave_out(doubled, np.tile(sides, 2), names)
    assert together == pytest.approx(leave_out(counts, sides), abs=1e-12)
    assert leave_out(doubled, np.tile(sides, 2)) > together


def test_shuffled_groups_are_the_null() -> None:
    random = np.random.default_rng(3)
    counts = random.poisson(2.0, (60, 50)) + 0
    found = partisanship(counts, np.arange(60) < 30, repetitions=40)
    assert found.p > 0.02 and abs(found.null_mean - 0.5) < 0.01
    counts[:30, 0] += 5
    assert partisanship(counts, np.arange(60) < 30, repetitions=40).p < 0.05


def test_few_speakers_are_told() -> None:
    counts = np.ones((6, 4))
    with pytest.warns(UserWarning, match="3 speakers in the smaller group"):
        partisanship(counts, np.arange(6) < 3, repetitions=0)


def test_an_interval_that_cannot_be_is_told() -> None:
    counts = np.random.default_rng(4).poisson(3, (41, 10)) + 1
    with pytest.warns(UserWarning, match="would take all 20 of the smaller group"):
        found = partisanship(counts, np.arange(41) < 20, repetitions=5)
    assert np.isnan(found.low) and np.isnan(found.high)
    assert found.null_mean > 0


def test_speakers_without_words_are_passed_over() -> None:
    random = np.random.default_rng(5)
    counts, sides = random.poisson(1.0, (14, 9)) + 1, np.arange(14) < 6
    counts[[3, 8, 9]] = 0
    names = [n // 2 for n in range(14)]  # speaker 1 has one row left, speaker 4 none
    kept = counts.sum(axis=1) > 0
    known = leave_out(counts[kept], sides[kept], [n for n, k in zip(names, kept, strict=True) if k])
    assert leave_out(counts, sides, names) == pytest.approx(known)
    with pytest.warns(UserWarning, match="3 speakers"):
        found = partisanship(counts, sides, speakers=names, repetitions=0)
    assert found.estimate == pytest.approx(known) and (found.n_1, found.n_2) == (3, 3)


def test_the_order_of_rows_changes_nothing() -> None:
    random = np.random.default_rng(6)
    counts, sides = random.poisson(3, (60, 10)) + 1, np.arange(60) < 30
    wanted = partisanship(counts, sides, repetitions=30)
    for _ in range(3):
        order = random.permutation(60)
        assert partisanship(counts[order], sides[order], repetitions=30) == wanted


def test_speakers_without_words_need_no_score() -> None:
    found = slant([[9, 1], [0, 0], [5, 5], [1, 9]], [0.9, np.nan, 0.5, 0.1])
    assert found["slant"].tolist() == pytest.approx([0.9, np.nan, 0.5, 0.1], nan_ok=True)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plug_in([[1, 2]], [True]), "in one group"),
        (lambda: leave_out([[1, 2], [2, 1]], [True, False]), "two speakers or more"),
        (lambda: leave_out([[1], [2], [3]], [True, False]), "2 groups for 3 rows"),
        (lambda: leave_out([[1]] * 3, [True, False, True], ["a", "a", "b"]), "both groups"),
        (lambda: slant([[1, 1], [2, 2]], [0.1, 0.9]), "no term varies"),
        (lambda: plug_in([[-1], [1]], [True, False]), "0 or more"),
        (lambda: plug_in([[np.nan], [1]], [True, False]), "0 or more"),
        (lambda: leave_out([[1]] * 3, [True, False, True], ["a", "b"]), "2 speakers for 3 rows"),
        (lambda: slant([[9, 1], [5, 5], [1, 9]], [0.5] * 3), "no term varies"),
        (lambda: slant([[9, 1], [5, 5], [1, 9]], [0.1] * 3), "no term varies"),
        (lambda: slant([[9, 1]], [0.5]), "no term varies"),
        (lambda: slant([[9, 1], [5, 5], [1, 9]], [0.9, np.nan, 0.1]), "score 2 is nan"),
        (lambda: slant([[9, 1], [1, 9]], [0.9, 0.1], texts=[[1, 2, 3]]), "texts have 3 terms"),
        (lambda: slant([[9, np.nan], [1, 9]], [0.9, 0.1]), "0 or more"),
        (lambda: slant([[9, 1], [1, 9]], 0.9), "scores have the shape"),
        (lambda: partisanship([[9, 1]] * 4, [1, 1, 0, 0], fraction=2), "a fraction between 0 and"),
        (lambda: partisanship([[9, 1]] * 4, [1, 1, 0, 0], repetitions=-1), "0 repetitions or more"),
    ],
)
def test_bad_input(call, message) -> None:
    with pytest.raises(BadInput, match=message):
        call()
