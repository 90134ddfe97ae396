"""Word shift: the contributions add up, and the interval holds the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import sparse, stats

import framing as fr
from framing.measures.compare import compare
from framing.measures.keyness import keyness
from framing.measures.shift import keyness_shift, measure_shift, shift
from framing.tables import BadInput

TEXTS = [
    ("a", "Sun", "Ministers slammed the vile scheme. Critics called it a disgrace. "),
    ("b", "Sun", "The shambolic plan was slammed again, and the town was livid. "),
    ("c", "Post", "The council set out its plan. A dreadful, vile week, said one. "),
    ("d", "Post", "The plan costs four million. Ministers set out the cost of it. "),
]


@st.composite
def corpora(draw):
    documents, terms = draw(st.integers(2, 9)), draw(st.integers(1, 6))
    cells = st.lists(st.integers(0, 9), min_size=terms, max_size=terms)
    counts = draw(st.lists(cells, min_size=documents, max_size=documents))
    more = draw(st.lists(st.integers(1, 500), min_size=documents, max_size=documents))
    first = [True, False, *draw(st.lists(st.booleans(), min_size=documents - 2,
                                         max_size=documents - 2))]  # fmt: skip
    return np.array(counts), np.array(first), np.array(counts).sum(axis=1) + more


@given(corpora(), st.lists(st.floats(-3, 3), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_contributions_add_up_to_the_difference_of_weighted_rates(corpus, weights):
    counts, first, words = corpus
    names = [f"t{n}" for n in range(counts.shape[1])]
    told = dict(zip(names, weights, strict=False))
    table = shift(counts, first, names, words=words, weights=told)
    weighed = counts @ np.array([told[name] for name in names])
    rates = [1000 * weighed[side].sum() / words[side].sum() for side in (first, ~first)]
    assert table["contribution"].sum() == pytest.approx(rates[0] - rates[1], abs=1e-9)
    assert table["difference"].to_numpy() == pytest.approx(table["contribution"].sum(), abs=1e-9)
    turned = shift(sparse.csr_array(counts), ~first, names, words=words, weights=told)
    merged = table.merge(turned, on="term")
    assert merged["contribution_x"].to_numpy() == pytest.approx(-merged["contribution_y"])
    assert merged["low_x"].to_numpy() == pytest.approx(-merged["high_y"], nan_ok=True)


@pytest.mark.parametrize("voice", ["outlet", "attributed", "all"])
@pytest.mark.parametrize("name", ["loaded_language", "historical_comparison"])
def test_on_a_corpus_the_sum_is_the_difference_that_compare_finds(voice, name):
    corpus = fr.read_corpus("corpora/newsstand")
    hits = fr.annotate(corpus, [name])
    scores = fr.score(hits, corpus)
    measure = f"{name}.{voice}"
    table = measure_shift(hits, scores, measure, by="country", pair=("UK", "US"), cluster="event")
    rates = compare(scores, by="country", measures=[measure]).dropna(subset=["estimate"])
    rates = rates[rates["reference"].isna()].set_index("group")["estimate"]
    assert table["contribution"].sum() == pytest.approx(rates["UK"] - rates["US"])
    assert (table["low"] <= table["contribution"]).all()
    assert table["contribution"].abs().is_monotonic_decreasing


def test_labels_and_comparisons_counted_apart_have_their_own_shift():
    corpus = fr.read_corpus("corpora/newsstand")
    hits = fr.annotate(corpus, ["loaded_language", "historical_comparison"])
    scores = fr.score(hits, corpus, labels=True)
    label = hits.loc[hits["extractor"] == "loaded_language", "label"].mode()[0]
    for stem in (f"loaded_language.{label}", "historical_comparison_extended"):
        table = measure_shift(hits, scores, f"{stem}.all", by="country", pair=("UK", None))
        total = table["count_1"].sum() + table["count_2"].sum()
        assert total == scores[f"{stem}.all.count"].sum() > 0


def test_of_keyness_the_contributions_are_differences_of_rates():
    counts = np.array([[3, 0], [2, 1], [0, 3], [1, 4]])
    first, terms = [True, True, False, False], ["tax", "park"]
    table = keyness_shift(keyness(counts, first, terms, repetitions=0))
    direct = shift(counts, first, terms)
    assert table["term"].tolist() == direct["term"].tolist()
    assert table["contribution"].to_numpy() == pytest.approx(direct["contribution"].to_numpy())
    named = keyness(counts, first, terms, repetitions=0).assign(target="UK", reference="US")
    assert set(keyness_shift(named)["target"]) == {"UK"}
    assert table["contribution"].sum() == pytest.approx(0)  # both groups' shares add up to 1


def test_the_interval_holds_the_truth_as_often_as_it_says():
    random = np.random.default_rng(4)
    held = []
    for _ in range(400):
        words = random.integers(200, 900, 60)
        lean = random.gamma(4, 0.25, 60)  # articles that lean by themselves
        counts = random.poisson(words * lean * 0.01)[:, None]
        row = shift(counts, np.arange(60) < 30, ["t"], words=words).iloc[0]
        held.append(row["low"] <= 0 <= row["high"])
    assert 0.92 <= np.mean(held) <= 0.98


def test_clusters_make_the_interval_wider_and_one_cluster_leaves_none():
    counts = np.repeat([[6], [0], [1], [5]], 5, axis=0)
    first, words = np.arange(20) < 10, np.full(20, 100)
    alone = shift(counts, first, ["t"], words=words).iloc[0]
    pairs = shift(counts, first, ["t"], words=words, clusters=np.repeat(list("abcd"), 5)).iloc[0]
    assert pairs["high"] - pairs["low"] > alone["high"] - alone["low"]
    none = shift(counts, first, ["t"], words=words, clusters=np.where(first, "a", "b")).iloc[0]
    assert np.isnan(none["low"])
    assert none["contribution"] == alone["contribution"]


def events(random, opposite: bool, number: int = 12):
    """Articles on events that both sides cover, with effects that run alike or opposite ways."""
    event = np.repeat(np.arange(number), 6)
    first = np.tile([True, True, True, False, False, False], number)
    effect = 0.02 * random.uniform(-0.8, 0.8, number)[event]
    words = random.integers(300, 700, len(event))
    rate = 0.02 + np.where(first & opposite, -effect, effect)
    return random.poisson(words * rate)[:, None], first, words, event


def test_what_both_sides_of_an_event_share_is_no_noise():
    random = np.random.default_rng(7)
    base = np.repeat(random.integers(1, 40, 8), 2)
    first = np.tile([True, False], 8)
    row = shift((base + 2 * first)[:, None], first, ["t"], words=np.full(16, 100),
                clusters=np.repeat(np.arange(8), 2)).iloc[0]  # fmt: skip
    assert row["contribution"] == pytest.approx(20)
    assert np.isnan([row["low"], row["high"]]).all()  # nothing is left that varies
    row = shift((base + 2 * first + (base == base[0]) * first)[:, None], first, ["t"],
                words=np.full(16, 100), clusters=np.repeat(np.arange(8), 2)).iloc[0]  # fmt: skip
    assert row["contribution"] - 5 < row["low"] < row["high"] < row["contribution"] + 5


@pytest.mark.parametrize("opposite", [False, True])
def test_over_shared_clusters_the_interval_is_that_of_compare(opposite):
    counts, first, words, event = events(np.random.default_rng(8), opposite)
    scores = pd.DataFrame({
        "doc_id": np.arange(len(first)).astype(str), "outlet": np.where(first, "X", "Y"),
        "event": event.astype(str), "n_words": words, "n_words_outlet": words,
        "n_words_attributed": 0, "m.outlet.count": counts[:, 0],
    })  # fmt: skip
    rates = compare(scores, cluster="event", reference="Y")
    wanted = rates[rates["reference"] == "Y"].iloc[0]
    row = shift(counts, first, ["t"], words=words, clusters=event).iloc[0]
    assert row[["low", "high"]].tolist() == pytest.approx(wanted[["low", "high"]].tolist())


def test_where_nothing_varies_there_is_no_interval():
    """Rounding gave one of 20.000003 to 19.999997."""
    counts, first = [[1, 0, 3], [1, 0, 0], [0, 2, 1], [0, 2, 2]], [True, True, False, False]
    table = shift(counts, first, ["a", "b", "c"], words=[100] * 4).set_index("term")
    assert table["contribution"].to_dict() == {"a": 10, "b": -20, "c": 0}
    assert table.loc[["a", "b"], ["low", "high"]].isna().all(axis=None)
    assert np.isfinite(table.loc["c", ["low", "high"]].to_numpy(float)).all()


def test_over_clusters_of_one_side_the_variances_add_up():
    random = np.random.default_rng(9)
    counts, cluster = random.poisson(3, (30, 4)), np.arange(30) // 3
    first, words = cluster < 4, random.integers(100, 300, 30)
    table = shift(counts, first, list("abcd"), words=words, clusters=cluster).set_index("term")
    for place, term in enumerate("abcd"):
        variance = 0.0
        for side in (first, ~first):
            rate = counts[side, place].sum() / words[side].sum()
            left = np.bincount(cluster[side], counts[side, place] - rate * words[side])
            size = len(set(cluster[side]))
            variance += size / (size - 1) * (left**2).sum() / words[side].sum() ** 2
        reach = 1000 * stats.t.ppf(0.975, 3) * variance**0.5
        assert table.loc[term, "high"] - table.loc[term, "contribution"] == pytest.approx(reach)


@pytest.mark.parametrize("opposite", [False, True])
def test_over_shared_clusters_the_interval_holds_the_truth_as_often_as_it_says(opposite):
    random = np.random.default_rng(10)
    held = []
    for _ in range(200):
        counts, first, words, event = events(random, opposite)
        row = shift(counts, first, ["t"], words=words, clusters=event).iloc[0]
        held.append(row["low"] <= 0 <= row["high"])
    assert 0.92 <= np.mean(held) <= 0.985


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_document_without_a_cluster_is_its_own(missing):
    counts, first = [[3], [9], [4], [2], [7], [5]], [True, True, True, False, False, False]
    how = {"words": np.full(6, 100)}
    table = shift(counts, first, ["t"], clusters=["a", "a", missing, "b", "c", missing], **how)
    named = shift(counts, first, ["t"], clusters=["a", "a", "d", "b", "c", "e"], **how)
    assert_frame_equal(table, named)
    mixed = shift(counts, first, ["t"], clusters=[1, 1, "1", 2, "2", 3.5], **how)
    assert_frame_equal(mixed, shift(counts, first, ["t"], clusters=list("aabcde"), **how))


def test_bad_input_is_one_clear_line():
    counts = [[1, 2], [3, 4]]
    with pytest.raises(BadInput, match="terms has 1 values"):
        shift(counts, [True, False], ["a"])
    with pytest.raises(BadInput, match="group 2 has no words"):
        shift(counts, [True, True], ["a", "b"])
    with pytest.raises(BadInput, match="below 0 or no number"):
        shift([[1, np.nan], [3, 4]], [True, False], ["a", "b"], words=[9, 9])
    with pytest.raises(BadInput, match=r"the shape \(2,\)"):
        shift([1, 2], [True, False], ["a", "b"])
    with pytest.raises(BadInput, match="keyness_shift needs the column 'count_1'"):
        keyness_shift(pd.DataFrame({"term": ["a"]}))
    corpus = fr.Corpus([fr.Document(i, text * 3, None, {"outlet": o}) for i, o, text in TEXTS])
    hits = fr.annotate(corpus, ["loaded_language"])
    scores = fr.score(hits, corpus)
    how = {"by": "outlet", "pair": ("Sun", "Post")}
    with pytest.raises(BadInput, match="hits and scores of one run"):
        measure_shift(hits.iloc[1:], scores, "loaded_language.outlet", **how)
    with pytest.raises(BadInput, match="no column 'txt'"):
        measure_shift(hits, scores, "loaded_language.outlet", column="txt", **how)
