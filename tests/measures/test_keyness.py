"""Keyness: published values, the bootstrap's coverage, and terms that are accidents."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import sparse

from framing.keyterms import count_terms, keyness_of
from framing.measures.association import chi2, g2, log_ratio, percent_diff, pmi
from framing.measures.cautions import Cautions
from framing.measures.dispersion import gries_dp, juilland_d
from framing.measures.keyness import keyness, log_odds
from framing.tables import BadInput
from framing.text.corpus import Corpus
from framing.text.document import Document

CORPORA = os.environ.get("FRAMING_CORPORA")
CONGRESS = (
    Path(CORPORA or ".") / "gentzkow_shapiro_congress109" / "congress109_phrases_by_party.csv"
)
SIZES = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]


def test_published_values_of_association() -> None:
    assert g2(10, 0, 3, 31764) == pytest.approx(167.23, abs=0.005)  # Dunning 1993
    found = percent_diff(206523, 959641, 178174, 1562358)  # Gabrielatos and Marchi 2011
    assert found == pytest.approx(88.7, abs=0.05)
    assert pmi(8, 1097, 36, 14998859) == pytest.approx(11.27, abs=0.005)  # Church and Hanks 1990
    assert log_ratio(40, 1000, 10, 1000) == pytest.approx(2.0)


def test_chi2_as_scipy() -> None:
    from scipy.stats import chi2_contingency

    for table in ([[12, 5], [7, 9]], [[100, 80], [900, 1200]]):
        (a, b), (c, d) = table
        assert chi2(a, b, c, d) == pytest.approx(chi2_contingency(table, correction=False)[0])
        assert chi2(a, b, c, d, correction="yates") == pytest.approx(chi2_contingency(table)[0])
        assert g2(a, b, c, d) == pytest.approx(
            chi2_contingency(table, correction=False, lambda_="log-likelihood")[0]
        )


def test_published_values_of_dispersion() -> None:
    counts = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
    assert juilland_d(counts, SIZES) == pytest.approx(0.60388, abs=5e-6)
    assert 1 - gries_dp(counts, SIZES) == pytest.approx(0.50093, abs=5e-6)


@pytest.mark.skipif(not CONGRESS.is_file(), reason="FRAMING_CORPORA is not set")
def test_published_values_of_log_odds() -> None:
    with CONGRESS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    right, left = (np.array([float(row[c]) for row in rows]) for c in ("count_R", "count_D"))
    delta, variance = log_odds(right, left, prior=0.01)
    z = dict(zip([row["phrase"] for row in rows], delta / np.sqrt(variance), strict=True))
    wanted = {"stem.cel": 26.37, "natural.ga": 25.89, "class.action": 19.92,
              "trade.agreement": -14.74}  # fmt: skip
    assert {name: round(float(z[name]), 2) for name in wanted} == wanted


def test_log_odds_are_antisymmetric_and_shrunk_by_the_prior() -> None:
    one, two = np.array([30.0, 5, 65]), np.array([10.0, 5, 85])
    forth, back = log_odds(one, two)[0], log_odds(two, one)[0]
    assert np.allclose(forth, -back)
    weak, strong = log_odds(one, two, prior=0.01)[0], log_odds(one, two, prior=50.0)[0]
    assert (np.abs(strong) <= np.abs(weak) + 1e-12).all()
    four = log_odds(one, two, terms=4)[1]
    assert (four > log_odds(one, two)[1]).all()
    unused = log_odds([0, 30, 70], [0, 10, 90])[0]
    assert np.isnan(unused[0]) and np.isfinite(unused[1:]).all()
    assert np.isfinite(log_odds([0, 30, 70], [0, 10, 90], prior="uniform")[0]).all()


def test_the_bootstrap_over_clusters_covers_what_z_does_not() -> None:
    """Uses of one outlet are alike: z calls half of nothing a finding, the interval does not."""
    random = np.random.default_rng(1)
    covered = significant = 0
    runs = 60
    for run in range(runs):
        outlets = np.repeat(np.arange(24), 5)
        rate = 0.02 * random.gamma(2, 0.5, 24)[outlets]
        uses = random.poisson(rate * 500)
        counts = np.column_stack([uses, 500 - np.minimum(uses, 500)])
        table = keyness(counts, outlets < 12, ["x", "rest"], clusters=outlets, seed=run)
        row = table[table["term"] == "x"].iloc[0]
        covered += row["low"] <= 0 <= row["high"]
        significant += abs(row["z"]) > 1.96
    assert covered / runs >= 0.85 and significant / runs >= 0.3


@pytest.mark.parametrize("opposite", [False, True])
def test_the_bootstrap_draws_events_that_both_sides_cover_once(opposite) -> None:
    random = np.random.default_rng(2)
    held = []
    for run in range(120):
        event = np.repeat(np.arange(30), 4)
        first = np.tile([True, True, False, False], 30)
        effect = random.uniform(-0.8, 0.8, 30)[event]
        uses = random.poisson(10 * (1 + np.where(first & opposite, -effect, effect)))
        counts = np.column_stack([uses, 500 - uses])
        table = keyness(counts, first, ["x", "rest"], clusters=event, seed=run)
        row = table[table["term"] == "x"].iloc[0]
        held.append(row["low"] <= 0 <= row["high"])
    assert 0.88 <= np.mean(held) <= 0.985


def test_clusters_of_one_side_are_drawn_inside_it() -> None:
    """The interval is that of a plain bootstrap of each side by itself."""
    random = np.random.default_rng(3)
    cluster = np.arange(60) // 3
    first = cluster < 8
    counts = random.poisson([3.0, 5.0, 20.0] * random.gamma(4, 0.25, 20)[cluster, None])
    sums = np.array([counts[cluster == number].sum(axis=0) for number in range(20)])
    drawn = [
        [sums[random.choice(rows, len(rows))].sum(axis=0) for _ in range(4000)]
        for rows in (np.arange(8), np.arange(8, 20))
    ]
    prior = 500 * counts.sum(axis=0) / counts.sum()
    one, two = (np.array(side) + prior for side in drawn)
    odds = [side / (side.sum(axis=1, keepdims=True) - side) for side in (one, two)]
    wanted = np.percentile(np.log(odds[0] / odds[1]), [2.5, 97.5], axis=0)
    table = keyness(counts, first, list("abc"), clusters=cluster, repetitions=4000)
    found = table.set_index("term").loc[list("abc"), ["low", "high"]].to_numpy().T
    assert found == pytest.approx(wanted, abs=0.02)


@given(st.randoms(use_true_random=False), st.sampled_from(["documents", "own", "shared"]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_documents_changes_nothing(shuffled, kind) -> None:
    counts = np.random.default_rng(4).poisson(2, (40, 6))
    first = np.arange(40) < 20
    names = {"documents": None, "own": np.arange(40) // 4, "shared": np.arange(40) % 9}[kind]
    order = list(range(40))
    shuffled.shuffle(order)
    one = keyness(counts, first, list("abcdef"), clusters=names, repetitions=30)
    names = None if names is None else names[order]
    two = keyness(counts[order], first[order], list("abcdef"), clusters=names, repetitions=30)
    assert_frame_equal(one, two)


def test_a_cluster_on_both_sides_is_one_source() -> None:
    counts = np.array([[5, 9], [4, 8], [3, 9], [2, 8]])
    first, events = [True, False, True, False], ["e1", "e1", "e2", "e2"]
    table = keyness(counts, first, ["a", "b"], clusters=events).set_index("term")
    assert table["clusters"].tolist() == [2, 2]
    assert table["flag"].tolist() == ["few sources", "few sources"]
    whole = np.array([[9, 17], [5, 17]])
    assert table.loc[["a", "b"], "dp"].tolist() == pytest.approx(
        gries_dp(whole.T, whole.sum(axis=1)).tolist()
    )


def test_documents_without_uses_and_written_zeros_are_no_uses() -> None:
    counts = np.array([[3, 0, 1], [2, 1, 0], [0, 3, 2], [1, 4, 0], [0, 0, 0]])
    first, terms = [True, True, False, False, False], ["tax", "park", "zoo"]
    table = keyness(counts, first, terms, repetitions=0).set_index("term")
    known = gries_dp(counts[:4].T, counts[:4].sum(axis=1))
    assert table.loc[terms, "dp"].tolist() == pytest.approx(known.tolist())
    assert table.loc[terms, "dp"].round(4).tolist() == [0.4216, 0.2868, 0.4706]
    rows, columns = np.indices(counts.shape)
    written = sparse.coo_array((counts.ravel(), (rows.ravel(), columns.ravel())))
    found = keyness(sparse.csr_array(written), first, terms, repetitions=0).set_index("term")
    assert_frame_equal(found, table)


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_document_without_a_cluster_is_its_own(missing) -> None:
    counts = np.array([[5, 9], [4, 8], [3, 9], [2, 8]])
    table = keyness(counts, [True, True, False, False], ["a", "b"], clusters=[missing] * 4)
    assert_frame_equal(table, keyness(counts, [True, True, False, False], ["a", "b"]))
    assert table["clusters"].tolist() == [4, 4]


def corpus_of(sides, outlets) -> Corpus:
    texts = zip(sides, outlets, strict=True)
    return Corpus([
        Document(f"d{n}", "The tax cut helps. " * 5, None, {"side": side, "outlet": outlet})
        for n, (side, outlet) in enumerate(texts)
    ])  # fmt: skip


@pytest.mark.parametrize("missing", ["", None, float("nan")])
def test_documents_without_a_group_are_left_out(missing) -> None:
    corpus = corpus_of(["left", "left", "right", missing, missing], list("abcde"))
    table = keyness_of(corpus, target="left", ngrams=(1, 1))
    assert (table["count_1"] == 10).all() and (table["count_2"] == 5).all()


@pytest.mark.parametrize("outlets", [[0, 0, 1, 1, 2], ["o0", "o0", "o1", "o1", "o2"]])
def test_an_outlet_may_be_named_0(outlets) -> None:
    corpus = corpus_of(["left", "left", "right", "right", "mid"], outlets)
    table = keyness_of(corpus, target="left", ngrams=(1, 1))
    assert set(table["clusters"]) == {3}
    assert table.attrs["cautions"][0].startswith("only 1 and 2 clusters (outlet)")


@pytest.mark.parametrize("missing", ["", None])
def test_an_outlet_that_is_not_given_is_none_of_those_named(missing) -> None:
    corpus = corpus_of(["left", "left", "right", "right"], ["a", missing, "b", missing])
    table = keyness_of(corpus, ngrams=(1, 1))
    assert set(table["clusters"]) == {4}
    assert table.attrs["cautions"][0].startswith("only 2 and 2 clusters (outlet)")


def test_numbers_name_groups_as_text() -> None:
    corpus = corpus_of([2020, 2020, 2021, 2022], list("abcd"))
    table = keyness_of(corpus, target=2020, reference=2021, ngrams=(1, 1))
    assert set(table["target"]) == {"2020"} and set(table["reference"]) == {"2021"}
    assert (table["count_1"] == 10).all() and (table["count_2"] == 5).all()
    with pytest.raises(BadInput, match="no group '2019'"):
        keyness_of(corpus, target=2019)


def test_accidents_are_flagged() -> None:
    counts = np.array([[5, 1, 0], [0, 1, 4], [0, 1, 3], [0, 1, 0]])
    table = keyness(counts, [True, True, False, False], ["one", "all", "two"], repetitions=0)
    flags = dict(zip(table["term"], table["flag"], strict=True))
    assert flags == {"one": "one article", "two": "few sources", "all": ""}
    assert table["low"].isna().all()


def test_counts_agree_with_a_plain_count() -> None:
    texts = ["The tax cut, the tax cut. Rents rise", "A tax-cut plan; the tax’s cut"]
    found = count_terms([Document(str(n), t) for n, t in enumerate(texts)], min_count=1,
                        min_documents=1)  # fmt: skip
    table = dict(zip(found.terms, found.counts.toarray().T.tolist(), strict=True))
    assert (
        table["tax cut"] == [2, 2] and table["the tax"] == [2, 1] and table["the tax cut"] == [2, 1]
    )
    assert "cut the" not in table and "cut rents" not in table


@given(st.lists(st.lists(st.text("abcd", min_size=1, max_size=3), max_size=30), max_size=6))
def test_no_two_phrases_are_taken_for_one(documents: list[list[str]]) -> None:
    texts = [Document(str(n), " ".join(words)) for n, words in enumerate(documents)]
    found = count_terms(texts, ngrams=(1, 3), min_count=3, min_documents=1)
    plain = Counter(
        " ".join(words[at : at + size])
        for words in documents for size in (1, 2, 3) for at in range(len(words) - size + 1)
    )  # fmt: skip
    totals = np.asarray(found.counts.sum(axis=0)).ravel().tolist()
    assert dict(zip(found.terms.tolist(), totals, strict=True)) == {
        term: uses for term, uses in plain.items() if uses >= 3
    }


def test_a_term_is_shown_as_first_written() -> None:
    texts = [Document(n, text) for n, text in (("a", "the tax’s cut"), ("b", "tax cut, tax cut"))]
    found = count_terms(texts, ngrams=(2, 2), min_count=3)
    assert found.terms.tolist() == ["tax's cut"]
    assert found.counts.toarray().tolist() == [[1], [2]]


def test_few_clusters_and_other_topics_are_said() -> None:
    rows = [
        (f"{side}{n}", {"side": side, "outlet": f"{side}{n % 3}", "event": event})
        for side, event in (("l", "storm"), ("r", "vote")) for n in range(12)
    ]  # fmt: skip
    corpus = Corpus([Document(name, "The storm hit the town. " * 9, None, m) for name, m in rows])
    with pytest.warns(Cautions, match="only 3 and 3 clusters .* is likely too narrow") as caught:
        said = keyness_of(corpus).attrs["cautions"]
    assert len(caught) == 1 and caught[0].message.lines == said
    assert said[0].startswith("only 3 and 3 clusters (outlet)") and "too narrow" in said[0]
    assert "100%" in said[1] and "event" in said[1]


def test_where_a_side_has_one_cluster_no_interval_is_called_narrow() -> None:
    corpus = Corpus([Document(f"{side}{n}", "A tax cut. " * 3, None, {"side": side, "outlet": by})
                     for n in range(3)
                     for side, by in (("l", "x"), ("r", f"y{n}"))])  # fmt: skip
    with pytest.warns(Cautions, match=r"only 1 and 3 clusters \(outlet\): .* there is no interval"):
        assert keyness_of(corpus)["low"].isna().all()


def test_that_there_is_no_term_is_said() -> None:
    corpus = Corpus([Document(side, "Rain.", None, {"side": side}) for side in "lr"])
    with pytest.warns(Cautions, match="no word or phrase is used five times"):
        assert keyness_of(corpus).empty
    with pytest.raises(BadInput, match="ngrams=2: give the shortest and the longest"):
        keyness_of(corpus, ngrams=2)


def test_only_the_words_of_a_voice() -> None:
    texts = ["The vile plan failed. “A decent plan,” said Mary Oakes."] * 2
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    own = count_terms(documents, voice="outlet", min_count=1).terms.tolist()
    said = count_terms(documents, voice="attributed", min_count=1).terms.tolist()
    assert "vile plan" in own and "decent" not in own
    assert "decent plan" in said and "vile" not in said


def test_bad_input() -> None:
    corpus = Corpus([Document(str(n), "x y z", None, {"side": s}) for n, s in enumerate("abc")])
    with pytest.raises(BadInput, match="name the group of interest"):
        keyness_of(corpus)
    with pytest.raises(BadInput, match="no group 'd'"):
        keyness_of(corpus, target="d")
    with pytest.raises(BadInput, match="the corpus has no field 'outlet'; it has doc_id, side"):
        keyness_of(corpus, by="outlet")
    with pytest.raises(BadInput, match="all documents are in one group"):
        keyness(np.ones((2, 1)), [True, True], ["x"])
    with pytest.raises(BadInput, match="pseudo-counts are positive"):
        log_odds([1.0], [2.0], prior=0.0)
    with pytest.raises(BadInput, match="pseudo-counts are positive"):
        log_odds([1.0], [2.0], prior=np.nan)
    with pytest.raises(BadInput, match=r"the prior has the shape \(3,\), the counts \(2,\)"):
        log_odds([5, 3], [2, 3], prior=[1, 2, 3])
    with pytest.raises(BadInput, match="a count is below 0 or NaN"):
        log_odds([5, np.nan], [2, 3])
    with pytest.raises(BadInput, match="a count is below 0 or no number"):
        keyness([[3, np.nan], [1, 2]], [True, False], ["a", "b"])
    with pytest.raises(BadInput, match=r"counts have the shape \(2,\)"):
        keyness([1, 2], [True, False], ["a", "b"])
    with pytest.raises(BadInput, match="group 1 has no uses of any term"):
        keyness([[0, 0], [1, 2]], [True, False], ["a", "b"])
    with pytest.raises(BadInput, match="voice='quoted'"):
        count_terms(corpus, voice="quoted")


def test_a_letter_is_not_taken_for_another_in_a_later_document() -> None:
    letters = list("abcdefghij")
    texts = [Document(str(n), " ".join(letters)) for n in range(200)]
    found = count_terms(texts, ngrams=(1, 1), min_count=1, min_documents=1)
    assert sorted(found.terms) == letters
    assert found.counts.toarray().tolist() == [[1] * 10] * 200


def test_what_never_varies_has_no_interval():
    """Clusters that are all alike gave an interval without a width."""
    table = keyness([[3, 1], [3, 1], [1, 2], [1, 2]], [1, 1, 0, 0], ["tax", "park"])
    assert np.isfinite(table["delta"]).all()
    assert table[["low", "high"]].isna().all(axis=None)
    table = keyness([[3, 1], [2, 1], [1, 2], [1, 2]], [1, 1, 0, 0], ["tax", "park"])
    assert (table["low"] < table["high"]).all()


def test_years_read_as_floats_are_named_as_they_are_written():
    lines = ("A fair share now. ", "A tax cut now. ")
    corpus = Corpus([
        Document(str(n), lines[n % 2] * 4, "Same" if n < 4 else None, {"year": 2020.0 + n % 2})
        for n in range(8)
    ])  # fmt: skip
    for year in (2020, "2020", 2020.0):
        table = keyness_of(corpus, "year", target=year)
        assert set(table["target"]) == {"2020"} and set(table["reference"]) == {"all others"}
        assert table.set_index("term").loc["fair", "count_1"] == 16
    together = keyness_of(corpus, "year", cluster="title").set_index("term")
    assert together.loc["now", "clusters"] == 5  # one of the title, four documents without
