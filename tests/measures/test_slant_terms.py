"""Slant terms: direction, who carries them, and figures that do not flatter."""

from __future__ import annotations

import numpy as np
import pytest

from framing.measures.keyness import log_odds
from framing.measures.slant_terms import Rules, slant_terms
from framing.tables import BadInput

TERMS = np.array([f"t{n:03}" for n in range(120)], object)


def spoken(random: np.random.Generator, tilt: np.ndarray, speakers: int = 40) -> np.ndarray:
    """Counts of speakers, half of each group, each with habits of their own."""
    rows = []
    for number in range(speakers):
        habit = random.normal(0, 0.5, len(tilt))
        chance = np.exp((tilt if number < speakers // 2 else -tilt) + habit)
        rows.append(random.multinomial(3000, chance / chance.sum()))
    return np.array(rows)


FIRST = np.arange(40) < 20
TILT = np.where(np.arange(120) < 15, 0.6, np.where(np.arange(120) < 30, -0.6, 0.0))


def test_terms_with_a_tilt_are_found_and_named_right() -> None:
    table, stability = slant_terms(spoken(np.random.default_rng(0), TILT), FIRST, TERMS, splits=10)
    found = dict(zip(table["term"], table["first"], strict=True))
    assert all(found[term] for term in TERMS[:15])
    assert not any(found[term] for term in TERMS[15:30])
    assert stability.kept > 0.8
    assert (np.diff(table["z"]) <= 0).all()


def test_z_is_the_log_odds_of_the_groups() -> None:
    counts = spoken(np.random.default_rng(1), TILT)
    table, _ = slant_terms(counts, FIRST, TERMS, splits=0)
    delta, variance = log_odds(counts[FIRST].sum(axis=0), counts[~FIRST].sum(axis=0))
    known = dict(zip(TERMS, delta / np.sqrt(variance), strict=True))
    assert table["z"].tolist() == pytest.approx([known[term] for term in table["term"]])
    assert (np.abs(table["z_speakers"]) <= np.abs(table["z"]) + 1e-9).all()


def test_a_term_of_one_long_winded_speaker_is_not_kept() -> None:
    counts = spoken(np.random.default_rng(2), TILT * 0)
    counts[0, 7] += 2000
    table, _ = slant_terms(counts, FIRST, TERMS, splits=0)
    assert "t007" not in set(table["term"])
    delta, variance = log_odds(counts[FIRST].sum(axis=0), counts[~FIRST].sum(axis=0))
    assert delta[7] / variance[7] ** 0.5 > 10


def z_over_speakers(counts: np.ndarray, heaviest: bool) -> np.ndarray:
    """z with the error from speakers as the notes of `slant_terms` say it, from dense tables."""
    groups = []
    for side in (counts[FIRST], counts[~FIRST]):
        words, rest = side.sum(axis=1)[:, None], np.ones(side.shape, bool)
        if not heaviest:
            rest[side.argmax(axis=0), np.arange(side.shape[1])] = False
        uses, total = (side * rest).sum(axis=0), (words * rest).sum(axis=0)
        gap = (side - uses / total * words) * rest
        n = rest[:, 0].sum()
        groups.append((uses, total, (gap**2).sum(axis=0) * n / (n - 1)))
    (one, *_), (two, *_) = groups
    delta, variance = log_odds(one, two)
    prior = 500 * (one + two) / (one + two).sum()
    spread = np.zeros(len(delta))
    for uses, total, residual in groups:
        share = (uses + prior) / (total + 500)
        spread += residual / ((total + 500) * share * (1 - share)) ** 2
    return delta / np.sqrt(np.maximum(variance, spread))


def test_z_over_speakers_is_what_the_notes_say() -> None:
    counts = spoken(np.random.default_rng(5), TILT)
    counts[0, :40] += 300  # the heaviest user of many terms at once
    table, _ = slant_terms(counts, FIRST, TERMS, rules=Rules(z=0), splits=0)
    both = np.array([z_over_speakers(counts, heaviest) for heaviest in (True, False)])
    sign = np.sign(both[0])
    known = dict(zip(TERMS, sign * np.clip((both * sign).min(axis=0), 0, None), strict=True))
    assert table["z_speakers"].tolist() == pytest.approx([known[term] for term in table["term"]])
    assert (table["z_speakers"] == 0).any() and (table["z_speakers"] != 0).any()


def test_where_nothing_tells_the_groups_apart_other_speakers_do_not_confirm() -> None:
    """Terms picked by chance keep their direction in half of the cases; few pass over speakers."""
    kept, share = [], []
    for run in range(8):
        counts = spoken(np.random.default_rng(100 + run), TILT * 0)
        table, stability = slant_terms(counts, FIRST, TERMS, splits=10)
        kept.append(stability.kept)
        share.append(len(table) / len(TERMS))
    assert np.mean(share) < 0.10
    assert np.nanmean(kept) == pytest.approx(0.5, abs=0.15)


def test_swapping_the_groups_turns_every_sign() -> None:
    counts = spoken(np.random.default_rng(3), TILT)
    one, _ = slant_terms(counts, FIRST, TERMS, splits=4)
    two, _ = slant_terms(counts, ~FIRST, TERMS, splits=4)
    one, two = (table.sort_values("term") for table in (one, two))
    assert one["term"].tolist() == two["term"].tolist()
    assert one["z"].tolist() == pytest.approx((-two["z"]).tolist())
    assert one["z_speakers"].tolist() == pytest.approx((-two["z_speakers"]).tolist())


def test_rules_bound_the_table() -> None:
    counts = spoken(np.random.default_rng(4), TILT)
    counts[3:, 0] = 0
    table, _ = slant_terms(counts, FIRST, TERMS, rules=Rules(per_side=5), splits=0)
    assert table["first"].value_counts().tolist() == [5, 5]
    assert "t000" not in set(table["term"])
    assert (table["n"] >= 20).all() and (table["speakers"] >= 10).all()


def test_bad_input() -> None:
    with pytest.raises(BadInput, match="counts of shape"):
        slant_terms(np.ones((4, 3)), [True, True, False], TERMS[:3])
    with pytest.raises(BadInput, match="two speakers"):
        slant_terms(np.ones((3, 3)), [True, True, False], TERMS[:3])
