"""Word shift: the contributions add up, and the interval holds the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

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


def test_bad_input_is_one_clear_line():
    counts = [[1, 2], [3, 4]]
    with pytest.raises(BadInput, match="terms has 1 values"):
        shift(counts, [True, False], ["a"])
    with pytest.raises(BadInput, match="group 2 has no words"):
        shift(counts, [True, True], ["a", "b"])
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
