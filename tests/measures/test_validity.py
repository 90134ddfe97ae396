"""Perturbations, known groups, the multiverse and the audit, with small measures of our own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from framing.measures import validity
from framing.tables import BadInput

NAMES = {"Labour": "Conservative", "Conservative": "Labour"}


def swap(text: str) -> str:
    return " ".join(NAMES.get(word, word) for word in text.split())


def fair(texts):
    return [{"insults": text.count("liar"), "words": len(text.split())} for text in texts]


def unfair(texts):
    return [{"insults": text.count("liar") * text.count("Labour")} for text in texts]


TEXTS = ["A Labour liar spoke", "A Conservative liar spoke", "Nobody spoke"]


def test_a_fair_measure_does_not_see_the_swap_and_an_unfair_one_does():
    assert validity.invariance(TEXTS, fair, swap).empty
    found = validity.invariance(TEXTS, unfair, swap)
    assert found[["text", "before", "after"]].values.tolist() == [[0, 1, 0], [1, 0, 1]]


def test_what_cannot_be_scored_twice_is_no_change():
    def score(texts):
        return [{"rate": float("nan")} for _ in texts]

    assert validity.invariance(TEXTS, score, swap).empty
    with pytest.raises(BadInput, match="one mapping for each text"):
        validity.perturbed(TEXTS, lambda texts: [], swap)


def test_a_measure_missing_from_one_reading_counts_as_none():
    def score(texts):
        return [{word: 1 for word in text.split()} for text in texts]

    found = validity.invariance(["Labour won"], score, swap)
    assert found[["measure", "before", "after"]].values.tolist() == [
        ["Labour", 1, 0], ["Conservative", 0, 1],
    ]  # fmt: skip


def test_direction_counts_what_moved_and_what_moved_against():
    def louder(text):
        return text.replace("liar", "liar liar") if "Labour" in text else text.replace("liar", "")

    row = validity.direction(TEXTS, fair, louder, {"insults": 1}).iloc[0]
    assert (row["n"], row["moved"], row["against"]) == (
        3,
        pytest.approx(1 / 3),
        pytest.approx(1 / 3),
    )
    still = validity.direction(TEXTS, fair, swap, {"insults": 0}).iloc[0]
    assert (still["moved"], still["against"]) == (1, 0)
    with pytest.raises(BadInput, match=r"no measure 'insult' \(did you mean 'insults'\?\)"):
        validity.direction(TEXTS, fair, swap, {"insult": 1})


def test_known_groups_hold_only_where_the_interval_is_above_zero():
    rng = np.random.default_rng(1)
    groups = {"comment": rng.normal(2, 1, 40), "news": rng.normal(0, 1, 40),
              "wire": rng.normal(0, 1, 40), "rant": [90.0, 91.0]}  # fmt: skip
    found = validity.known_groups(groups, [("comment", "news"), ("news", "wire"), ("rant", "news")])
    assert found["held"].tolist() == [True, False, True]
    assert found["n_higher"].tolist() == [40, 40, 2]
    with pytest.raises(BadInput, match="no group 'opinion'"):
        validity.known_groups(groups, [("opinion", "news")])


@pytest.mark.filterwarnings("ignore:Cliff's delta")
def test_groups_that_do_not_overlap_hold_only_where_chance_would_not_part_them():
    for higher, lower, held in ((1, 1, False), (2, 2, False), (3, 3, False), (4, 4, True),
                                (2, 8, True), (2, 7, False), (1, 40, True)):  # fmt: skip
        groups = {"a": np.arange(higher) + 100.0, "b": np.arange(lower) * 1.0}
        found = validity.known_groups(groups, [("a", "b"), ("b", "a")])
        assert found["delta"].tolist() == [1, -1]
        exact = stats.mannwhitneyu(groups["a"], groups["b"], alternative="greater", method="exact")
        assert found["held"].tolist() == [held, False] == [exact.pvalue <= 0.025, False]
    found = validity.known_groups({1: [1.0, 2, 3, 4, 5], 2: [4.0, 5, 6, 7]}, [(2, 1)])
    assert found["higher"].tolist() == [2]
    with pytest.raises(BadInput, match="no group '3' among the values"):
        validity.known_groups({1: [1.0], 2: [2.0]}, [(1, 3)])


def test_a_multiverse_runs_every_combination_once_and_keeps_all():
    seen = []

    def run(prior, threshold, lexicon):
        seen.append((prior, threshold, lexicon))
        value = prior * threshold - len(lexicon)
        return (value, value - 1, value + 1) if threshold else (float("nan"),) * 3

    options = {
        "prior": {"flat": 1, "strong": 4}, "threshold": {"none": 0, "two": 2, "three": 3},
        "lexicon": {"ours": "abc", "theirs": "abcdef"},
    }  # fmt: skip
    table = validity.multiverse(options, run)
    assert len(table) == len(seen) == len(set(seen)) == 12
    assert table["estimate"].isna().sum() == 4
    assert table["estimate"].dropna().is_monotonic_increasing
    top = table.dropna().iloc[-1]
    assert (top["prior"], top["threshold"], top["lexicon"]) == ("strong", "three", "ours")
    whole = validity.robustness(table)
    assert whole["n"] == 12 and (whole["smallest"], whole["largest"]) == (-4, 9)
    assert whole["same_sign"] == pytest.approx(4 / 12)  # 12 NaN, zero and negative ones do not
    with pytest.raises(BadInput, match="one option or more"):
        validity.multiverse({"prior": {}}, run)
    with pytest.raises(BadInput, match="a choice is called 'low'"):
        validity.multiverse({"low": {"yes": 1}}, lambda low: (low, 0.0, 2.0))


def test_error_rates_by_side_by_hand():
    rows = [("left", True, True)] * 8 + [("left", False, True)] * 2 + [("left", True, False)] * 4
    rows += [("right", True, True)] * 5
    judged = pd.DataFrame(rows, columns=["side", "found", "marked"]).assign(measure="m")
    found = validity.error_rates(judged, "side").set_index(["group", "error"])
    assert found.loc[("left", "missed"), "estimate"] == 0.2
    assert found.loc[("left", "false"), "estimate"] == pytest.approx(4 / 12)
    low, high = proportion_confint(2, 10, method="wilson")
    assert found.loc[("left", "missed"), ["low", "high"]].tolist() == pytest.approx([low, high])
    assert found.loc[("right", "false"), "estimate"] == 0
    assert found.loc[("right", "missed"), "n"] == 5


def test_units_that_were_not_judged_are_left_out_and_said():
    rows = [("left", True, True), ("left", True, None), ("left", None, True), (None, True, True)]
    judged = pd.DataFrame(rows, columns=["side", "found", "marked"]).assign(measure="m")
    with pytest.warns(UserWarning, match="left out: 3 units without measure or side"):
        found = validity.error_rates(judged, "side")
    pd.testing.assert_frame_equal(found, validity.error_rates(judged[:1], "side"))
    assert found["n"].tolist() == [1, 1]


def test_bad_tables_are_one_clear_line():
    judged = pd.DataFrame({"measure": "m", "side": ["left"], "found": True, "marked": True})
    with pytest.raises(BadInput, match="level is 95; it should be between 0 and 1"):
        validity.error_rates(judged, "side", level=95)
    with pytest.raises(BadInput, match=r"needs the column 'sid' \(did you mean 'side'\?\)"):
        validity.error_rates(judged, "sid")
    with pytest.raises(BadInput, match=r"column 'marked' .* must hold true or false"):
        validity.error_rates(judged.assign(marked="yes"), "side")
    table = pd.DataFrame({"estimate": [1.0], "low": 0.5, "high": 2.0})
    with pytest.raises(BadInput, match="needs the column 'low'"):
        validity.robustness(table.drop(columns="low"))
    for empty in (table[:0], table.assign(estimate=np.nan)):
        with pytest.raises(BadInput, match="without an estimate"):
            validity.robustness(empty)


def scores() -> pd.DataFrame:
    words = {"n_words": 400, "n_words_outlet": 300, "n_words_attributed": 100}
    return pd.DataFrame({
        "doc_id": [f"d{n}" for n in range(40)], "side": ["left", "right"] * 20, **words,
        "m.outlet.count": [n % 5 for n in range(40)], "m.attributed.count": 1, "m.all.count": 2,
        "m.fear.outlet.count": 1,
    })  # fmt: skip


def changes(*cues: bool) -> pd.DataFrame:
    rows = [("d1", "m", "fear", "outlet", "x", "gone", cue) for cue in cues]
    return pd.DataFrame(rows, columns=list(validity.CHANGES))


def test_the_audit_gives_rates_by_side_and_the_verdict_of_the_swap():
    found = validity.audit(scores(), "side", lambda: changes(True, True))
    assert found.even_handed and found.wanting.empty and found.errors is None
    assert set(found.estimates["measure"]) == {"m.outlet", "m.attributed"}
    rates = found.estimates[found.estimates["reference"].isna()]
    assert len(rates) == 4 and rates[["low", "high"]].notna().all(axis=None)
    assert len(found.estimates) == 8
    wanting = validity.audit(scores(), "side", lambda: changes(True, False))
    assert not wanting.even_handed and len(wanting.wanting) == 1
    assert validity.audit(scores(), "side", changes).even_handed
    with pytest.raises(BadInput, match="a swap run needs the columns cue"):
        validity.audit(scores(), "side", lambda: changes(True).drop(columns="cue"))
