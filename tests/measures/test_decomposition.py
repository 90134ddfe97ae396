"""Topic choice and framing told apart: by hand, against statsmodels, and by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from framing.measures.cautions import Cautions
from framing.measures.decomposition import decompose, event_effects, kitagawa, within_effect
from framing.measures.pairs import event_pairs, matched_pairs
from framing.tables import ESTIMATES, BadInput, check

M = "m.outlet"
XY = {"by": "outlet", "pair": ("X", "Y")}


def table(outlets: str, events: str, counts: list[float], **columns: object) -> pd.DataFrame:
    """One document of 100 words for every letter of `outlets`."""
    words = {"n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0}
    ids = [f"d{n:03}" for n in range(len(outlets))]
    frame = {"doc_id": ids, "outlet": list(outlets), "event": list(events), **words}
    return pd.DataFrame({**frame, f"{M}.count": counts} | columns)


def parts(found: pd.DataFrame) -> dict[str, float]:
    return dict(zip(found["part"], found["estimate"], strict=True))


def test_kitagawa_by_hand():
    composition, rate = kitagawa([0.5, 0.2, 0.1], [0.6, 0.3, 0.1], [0.4, 0.3, 0.1], [0.2, 0.3, 0.5])
    assert composition == pytest.approx(0.4 * 0.45 + 0 - 0.4 * 0.1)
    assert rate == pytest.approx(0.1 * 0.4 - 0.1 * 0.3 + 0)
    assert composition + rate == pytest.approx(0.37 - 0.22)


def test_where_one_side_has_none_of_a_stratum_all_is_composition():
    composition, rate = kitagawa([0.5, np.nan], [1, 0], [np.nan, 0.2], [0, 1])
    assert (composition, rate) == (pytest.approx(0.3), 0)


def test_kitagawa_wants_shares_that_add_up_and_one_length():
    with pytest.raises(BadInput, match="shares of a side add up to 90, not 1"):
        kitagawa([1, 2], [50, 40], [1, 2], [0.5, 0.5])
    with pytest.raises(BadInput, match="they have 2, 2, 3 and 3"):
        kitagawa([1, 2], [0.5, 0.5], [1, 2, 3], [0.5, 0.5, 0])
    with pytest.raises(BadInput, match="numbers are needed"):
        kitagawa(["a"], [1], [2], [1])


def test_decomposition_of_a_table_adds_up_and_turns_with_the_groups():
    scores = table(
        "XXXXYYYY", "sstusttu", [6, 5, 1, 3, 3, 1, 2, 2], n_words_outlet=[100] * 7 + [300]
    )
    found = check(decompose(scores, M, **XY), "estimates")
    assert tuple(found)[: len(ESTIMATES)] == ESTIMATES
    split = parts(found)
    assert split["difference"] == pytest.approx(1000 * (15 / 400 - 8 / 600))
    assert split["composition"] + split["rate"] == pytest.approx(split["difference"])
    turned = parts(decompose(scores, M, by="outlet", pair=("Y", "X")))
    assert turned == pytest.approx({part: -value for part, value in split.items()})


def test_same_framing_of_other_topics_is_all_composition():
    scores = table("XXXXYYYY", "ssststtt", [8, 8, 8, 1, 8, 1, 1, 1])
    split = parts(decompose(scores, M, **XY))
    assert split["rate"] == pytest.approx(0) and split["composition"] == pytest.approx(35)


def test_same_topics_otherwise_framed_are_all_rate():
    split = parts(decompose(table("XXYY", "stst", [8, 4, 4, 2]), M, **XY))
    assert split["composition"] == pytest.approx(0) and split["rate"] == pytest.approx(30)


def test_few_clusters_give_the_jackknife_many_the_bootstrap():
    rng = np.random.default_rng(4)
    scores = table("XY" * 60, "abcdef" * 20, rng.poisson(4, 120).tolist())
    bootstrap = decompose(scores, M, **XY)
    assert bootstrap["method"].str.contains("percentile bootstrap").all()
    jackknife = decompose(scores.assign(c=scores.index // 2 % 15), M, **XY, cluster="c")
    assert jackknife["method"].str.contains("jackknife").all()
    width = (bootstrap["high"] - bootstrap["low"]).to_numpy()
    error = 4 * np.sqrt(2 * 4 / 60) / 100 * 1000  # Poisson counts, 60 documents a side
    assert width[0] == pytest.approx(error, rel=0.25)
    pd.testing.assert_frame_equal(bootstrap, decompose(scores, M, **XY))


def test_the_jackknife_of_a_mean_is_its_standard_error():
    counts = [1, 4, 2, 6, 3, 3, 8, 5]
    found = decompose(table("XXXXYYYY", "s" * 8, counts), M, **XY).iloc[0]
    one, other = 10 * np.array(counts[:4]), 10 * np.array(counts[4:])
    error = np.sqrt(one.var(ddof=1) / 4 + other.var(ddof=1) / 4)
    reach = stats.t.ppf(0.975, 3) * error
    assert found["high"] - found["low"] == pytest.approx(2 * reach, rel=0.2)


def matched(rng: np.random.Generator, events: int, each: int) -> pd.DataFrame:
    """As many documents of either side on each event; the true difference of rates is 10."""
    event = np.repeat(np.arange(events), 2 * each)
    first = np.tile([True] * each + [False] * each, events)
    rates = np.linspace(40, 60, events)[event] + 10 * first + rng.normal(0, 3, len(event))
    scores = table("".join(np.where(first, "X", "Y")), ["e"] * len(event), rates.tolist())
    words = {"n_words": 1000, "n_words_outlet": 1000}
    return scores.assign(event=[f"e{number:02}" for number in event], **words)


@pytest.mark.filterwarnings("ignore:decompose, composition")
@pytest.mark.parametrize(("events", "each"), [(30, 1), (15, 2), (10, 3), (6, 5)])
def test_documents_as_clusters_hold_the_rate_however_few_an_event_has(monkeypatch, events, each):
    monkeypatch.setattr("framing.measures.decomposition.RESAMPLES", 500)
    rng, covered = np.random.default_rng(5), []
    for _ in range(120):
        row = decompose(matched(rng, events, each), M, **XY).set_index("part").loc["rate"]
        assert row["low"] < row["estimate"] < row["high"]
        covered.append(row["low"] <= 10 <= row["high"])
    assert 0.9 <= np.mean(covered) <= 0.99


def test_where_events_have_one_document_a_side_events_are_the_clusters():
    scores = matched(np.random.default_rng(1), 30, 1)
    with pytest.warns(UserWarning, match="decompose, composition: no spread beyond rounding"):
        found = decompose(scores, M, **XY)
    with pytest.warns(UserWarning, match="composition"):
        pd.testing.assert_frame_equal(found, decompose(scores, M, **XY, cluster="event"))
    assert (found["n_clusters"] == 30).all() and "over event clusters" in found["method"][0]
    gaps = scores[f"{M}.count"].to_numpy().reshape(30, 2) @ [1, -1]
    rng = np.random.default_rng(0)
    weights = [rng.multinomial(30, np.full(30, 1 / 30), 250) for _ in range(8)]
    low, high = np.percentile(np.concatenate(weights) @ gaps / 30, [2.5, 97.5])
    rate = found.set_index("part").loc["rate"]
    assert (rate["estimate"], rate["low"], rate["high"]) == pytest.approx((gaps.mean(), low, high))
    assert rate["p"] == pytest.approx(stats.ttest_1samp(gaps, 0).pvalue, rel=1e-6)
    with pytest.warns(UserWarning):
        shuffled = decompose(scores.sample(frac=1, random_state=1), M, **XY)
    pd.testing.assert_frame_equal(found, shuffled)


def test_documents_stay_the_clusters_where_thin_strata_matter_little_or_clusters_cross_them():
    rng = np.random.default_rng(2)
    scores = matched(rng, 6, 10)
    thin = scores["event"].isin(["e00", "e01"]) & scores["outlet"].eq("Y")
    few = scores[~thin | scores.index.isin([10, 30])]  # one document of Y in two events
    assert "over event clusters" in decompose(few, M, **XY)["method"][0]
    little = few.assign(n_words_outlet=np.where(few["event"].isin(["e00", "e01"]), 10, 1000))
    assert "bootstrap over document clusters" in decompose(little, M, **XY)["method"][0]
    four = matched(rng, 10, 4)
    assert "jackknife t interval over document" in decompose(four, M, **XY)["method"][0]
    crossing = matched(rng, 30, 1).assign(desk=[f"{n % 2}{n // 2 % 10}" for n in range(60)])
    with pytest.warns(UserWarning, match="the rate part rests on values of 'event' of which"):
        decompose(crossing, M, **XY, cluster="desk")


@pytest.mark.parametrize("find", [decompose, event_effects, matched_pairs])
def test_one_event_gives_no_interval_and_says_so(find):
    with pytest.warns(UserWarning, match="too few units to see how they vary"):
        found = find(table("XY", "ss", [4, 2]), M, **XY)
    assert found["estimate"].iloc[-1] == 20
    assert found[["low", "high", "p"]].isna().all(axis=None)


def test_the_same_difference_in_every_event_has_no_p_in_tenths_as_in_whole_numbers():
    for values in ([1, 3, 4, 6], [0.1, 0.3, 0.4, 0.6]):
        with pytest.warns(UserWarning, match="no spread beyond rounding"):
            found = within_effect(values, [0, 1, 0, 1], list("aabb"))
        assert found.estimate == pytest.approx(values[1] - values[0])
        assert np.isnan([found.p, found.low, found.high]).all()
    with pytest.warns(UserWarning, match="no spread beyond rounding"):
        row = matched_pairs(table("XYXY", "sstt", [0.3, 0.1, 0.6, 0.4]), M, **XY).iloc[0]
    assert row["estimate"] == pytest.approx(2) and np.isnan(row["p"])


def test_documents_without_an_event_are_left_out_and_those_without_a_cluster_are_their_own():
    values, first = [3, 1, 8, 5, 9, 7, 50, 0], [1, 0, 1, 0, 1, 0, 1, 0]
    found = within_effect(values, first, [*"aabbcc", None, np.nan])
    plain = within_effect(values[:6], first[:6], list("aabbcc"))
    assert (found.estimate, found.error, found.n) == (plain.estimate, plain.error, 6)
    missing = within_effect(values[:6], first[:6], list("aabbcc"), clusters=[None, *"xxyy", None])
    named = within_effect(values[:6], first[:6], list("aabbcc"), clusters=list("1xxyy2"))
    assert (missing.error, missing.n_clusters) == (named.error, 4)


def test_pairs_need_a_shared_event_and_a_column_of_another_name():
    with pytest.raises(BadInput, match="no event is covered by both groups"):
        matched_pairs(table("XXYY", "sstt", [1, 2, 3, 4]), M, **XY)
    scores = table("XYXY", "sstt", [1, 2, 3, 4]).rename(columns={"event": "group"})
    with pytest.raises(BadInput, match="column of the events is named 'group'"):
        event_pairs(scores, M, **XY, event="group")


def test_fixed_effects_equal_least_squares_with_dummies():
    rng = np.random.default_rng(2)
    events, first = rng.integers(0, 12, 200), rng.random(200) < 0.4
    clusters, weights = rng.integers(0, 25, 200), rng.uniform(1, 5, 200)
    y = rng.normal(size=200) + events + 0.7 * first
    dummies = (events[:, None] == np.arange(12)).astype(float)
    design = np.column_stack([first, dummies])
    model = sm.WLS(y, design, weights).fit(
        cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": True}, use_t=True
    )
    found = within_effect(y, first, events, clusters=clusters, weights=weights)
    assert found.estimate == pytest.approx(model.params[0], abs=1e-10)
    assert found.error == pytest.approx(model.bse[0], rel=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(model.conf_int()[0]))
    assert found.p == pytest.approx(model.pvalues[0])
    assert (found.freedom, found.n, found.n_events) == (24, 200, 12)


def test_effects_nested_in_clusters_are_not_counted_as_parameters():
    rng = np.random.default_rng(2)
    events, first = np.repeat(np.arange(30), 2), np.tile([True, False], 30)
    y = rng.normal(size=60) + events
    dummies = (events[:, None] == np.arange(30)).astype(float)
    model = sm.OLS(y, np.column_stack([first, dummies])).fit(
        cov_type="cluster", cov_kwds={"groups": events}, use_t=True
    )
    found = within_effect(y, first, events)
    assert found.error == pytest.approx(model.bse[0] * np.sqrt((60 - 31) / (60 - 2)))
    # one document a side and event: the paired t test, but for the factor (N - 1)/(N - 2)
    gaps = y[::2] - y[1::2]
    assert found.estimate == pytest.approx(gaps.mean())
    assert found.error == pytest.approx(gaps.std(ddof=1) / np.sqrt(30) * np.sqrt(59 / 58))


def test_events_of_one_side_say_nothing_within_events():
    scores = table("XYXYXXY", "ssttuuv", [5, 3, 4, 1, 90, 80, 70])
    row = event_effects(scores, M, **XY).iloc[0]
    assert row["estimate"] == pytest.approx(25)
    assert (row["n_documents"], row["n_clusters"], row["n_words"]) == (4, 2, 400)
    with pytest.raises(BadInput, match="no event is covered by both groups"):
        event_effects(table("XXYY", "sstt", [1, 2, 3, 4]), M, **XY)


def test_matched_pairs_are_the_paired_t_test():
    scores = table("XYXYXYXX", "ssttuuvv", [5, 3, 4, 1, 9, 8, 7, 7])
    row = matched_pairs(scores, M, **XY).iloc[0]
    pairs = event_pairs(scores, M, **XY)
    assert pairs["event"].tolist() == ["u", "s", "t"]
    assert pairs["difference"].tolist() == [10, 20, 30]
    test = stats.ttest_rel([50, 40, 90], [30, 10, 80])
    low, high = test.confidence_interval()
    assert row["estimate"] == 20 and row["p"] == pytest.approx(test.pvalue)
    assert (row["low"], row["high"]) == (pytest.approx(low), pytest.approx(high))
    assert (row["n_documents"], row["n_clusters"]) == (6, 3)


@pytest.mark.parametrize("measured", [event_effects, matched_pairs, event_pairs])
def test_how_many_documents_are_left_out_and_why_is_said(measured):
    scores = table("XYXYXXYXY", "ssttuuv" + "ss", [5, 3, 4, 1, 90, 80, 70, 1, 1])
    scores.loc[7, "n_words_outlet"] = 0
    scores.loc[8, "event"] = None
    with pytest.warns(Cautions) as caught:
        found = measured(scores, M, **XY)
    assert len(caught) == 1 and found.attrs["cautions"] == caught[0].message.lines == [
        "4 of 9 documents of X and Y count; left out: 1 without words of 'm.outlet', 1 without "
        "'event', 3 of values of 'event' that only one of them covers"
    ]  # fmt: skip


def test_what_only_one_side_covers_stays_in_a_decomposition():
    scores = table("XXYYX", "sstsu", [1, 2, 3, 4, 5])
    assert "cautions" not in decompose(scores, M, **XY).attrs
    scores["event"] = [None, None, "t", "s", "u"]
    assert decompose(scores, M, by="outlet", pair=("X", None)).attrs["cautions"] == [
        "3 of 5 documents of X and all others count; left out: 2 without 'event'"
    ]


def test_bad_use_is_one_clear_line():
    scores = table("XXYY", "stst", [1, 2, 3, 4])
    for call, message in (
        ({"by": "outlte", "pair": ("X", "Y")}, r"no column 'outlte' \(did you mean 'outlet'\?\)"),
        ({"by": "outlet", "pair": ("X", "Z")}, "no group 'Z' in column 'outlet'"),
    ):
        with pytest.raises(BadInput, match=message):
            decompose(scores, M, **call)
    with pytest.raises(BadInput, match=r"no measure 'n.outlet' .*\(did you mean 'm.outlet'\?\)"):
        decompose(scores, "n.outlet", **XY)
    with pytest.raises(BadInput, match="nothing to compare"):
        decompose(scores.assign(n_words_outlet=[100, 100, 0, 0]), M, **XY)


EVENTS, ARTICLES, TRUE = 60, 16, 0.02
PULL, SPREAD, NOISE = 1.25, 0.139, 0.1


def simulated(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return values, group and event where the group seeks out the events of high values."""
    level = rng.normal(0, 1, EVENTS)
    event = np.repeat(np.arange(EVENTS), ARTICLES)
    first = rng.random(len(event)) < 1 / (1 + np.exp(-PULL * level[event]))
    values = 0.4 + SPREAD * level[event] + TRUE * first + rng.normal(0, NOISE, len(event))
    return values, first, event


def test_naive_comparison_finds_topic_choice_and_event_fixed_effects_find_framing():
    """The true difference is .02: naive .151 with coverage 0, within events .020 with .95."""
    rng = np.random.default_rng(7)
    naive, within, covers = [], [], []
    for _ in range(200):
        values, first, event = simulated(rng)
        test = stats.ttest_ind(values[first], values[~first])
        low, high = test.confidence_interval()
        found = within_effect(values, first, event)
        naive.append((values[first].mean() - values[~first].mean(), low <= TRUE <= high))
        within.append(found.estimate)
        covers.append(found.low <= TRUE <= found.high)
    estimate, coverage = np.mean(naive, axis=0)
    assert estimate == pytest.approx(0.151, abs=0.01) and coverage == 0
    assert np.mean(within) == pytest.approx(TRUE, abs=0.002)
    assert 0.91 <= np.mean(covers) <= 0.985


def test_the_split_finds_both_parts_and_its_intervals_hold_them():
    rng = np.random.default_rng(8)
    found = []
    for _ in range(40):
        values, first, event = simulated(rng)
        counts = np.round(1000 * np.maximum(values, 0))
        scores = table("XY", "st", [0, 0]).iloc[:0].reindex(range(len(values))).assign(
            doc_id=[str(n) for n in range(len(values))], outlet=np.where(first, "X", "Y"),
            event=event, n_words=1e6, n_words_outlet=1e6, n_words_attributed=0,
        )  # fmt: skip
        scores[f"{M}.count"] = counts
        split = decompose(scores, M, **XY, cluster="event").set_index("part")
        rate = split.loc["rate"]
        found.append((*split["estimate"], rate["low"] <= TRUE <= rate["high"]))
    difference, composition, rate, covered = np.mean(found, axis=0)
    assert difference == pytest.approx(composition + rate)
    assert 0.12 < composition < 0.142 and rate == pytest.approx(TRUE, abs=0.004)
    assert covered >= 0.85
