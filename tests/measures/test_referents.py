"""Shares of names by referent: counts by hand, Wilson's interval, articles that stick to a name."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from framing.measures.labels import label_index
from framing.measures.prevalence import wilson
from framing.measures.referents import _share, label_shares
from framing.tables import HITS, BadInput

FIVE = [
    ("a0", "migrants", "right"), ("a0", "migrants", "right"), ("a1", "migrants", "left"),
    ("a1", "migrants", "right"), ("a2", "taxes", "left"), ("a2", "taxes", "unverified"),
]  # fmt: skip


def table(rows: list[tuple]) -> pd.DataFrame:
    """Hits of (doc_id, referent, side[, voice])."""
    found = []
    for doc_id, referent, side, *voice in rows:
        told = {"referent": referent} | ({"side_us": side} if side != "unverified" else {})
        found.append({"doc_id": doc_id, "extractor": "partisan_framing", "label": side,
                      "voice": voice[0] if voice else "outlet",
                      "attributes": json.dumps(told)})  # fmt: skip
    return pd.DataFrame(found, columns=list(HITS))


def articles(count: int) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [f"a{n}" for n in range(count)], "outlet": "Post"})


def test_counts_by_hand_and_unverified_names_left_out() -> None:
    found = label_shares(table(FIVE), articles(4)).set_index("referent")
    assert found.index.tolist() == ["migrants", "taxes"]
    assert found.loc["migrants", ["n_left", "n_right", "n_documents"]].tolist() == [1, 3, 2]
    assert found.loc["migrants", "estimate"] == 0.75
    assert found.loc["taxes", ["n_left", "n_right", "estimate"]].tolist() == [1, 0, 0.0]


def test_with_one_use_an_article_the_interval_is_wilsons() -> None:
    sides = ["right"] * 13 + ["left"] * 7
    rows = [(f"a{n}", "migrants", side) for n, side in enumerate(sides)]
    row = label_shares(table(rows), articles(20)).iloc[0]
    # the variance over articles has the factor n / (n - 1): an effective size just below 20
    low, high = proportion_confint(0.65 * 19, 19, method="wilson")
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-9)


def test_articles_that_stick_to_a_name_count_once() -> None:
    rows = [(f"a{n}", "migrants", "right" if n % 2 else "left") for n in range(10)] * 8
    row = label_shares(table(rows), articles(10)).iloc[0]
    assert (row["n_left"], row["n_right"]) == (40, 40)
    low, high = wilson(0.5, 9, float(stats.t.ppf(0.975, 9)))
    assert (row["low"], row["high"]) == pytest.approx((low, high))


@pytest.mark.parametrize("count", [4, 10])
def test_the_interval_holds_with_few_articles(count: int) -> None:
    """Articles lean by themselves; the normal quantile holds in .91 of runs."""
    rng, held = np.random.default_rng(count), 0
    for _ in range(400):
        uses = rng.integers(2, 9, count).astype(float)
        right = rng.binomial(uses.astype(int), rng.beta(2, 2, count)).astype(float)
        _, low, high = _share(uses - right, right)
        held += low <= 0.5 <= high
    assert 0.92 <= held / 400 <= 0.995


def test_one_side_only_has_an_interval_from_the_articles() -> None:
    rows = [("a0", "migrants", "right")] * 30
    row = label_shares(table(rows), articles(1)).iloc[0]
    low, high = proportion_confint(1, 1, method="wilson")
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_shares_and_index_tell_the_same_story() -> None:
    shares = label_shares(table(FIVE), articles(4))
    index = label_index(table(FIVE), articles(4)).iloc[0]
    assert index["estimate"] == pytest.approx(np.mean(2 * shares["estimate"] - 1))
    assert index["n_uses"] == (shares["n_left"] + shares["n_right"]).sum()


def test_voices_countries_and_groups() -> None:
    rows = [*FIVE, ("a3", "taxes", "right", "direct")]
    documents = articles(4).assign(outlet=["Sun", "Sun", "Post", None])
    assert set(label_shares(table(rows), documents)["group"]) == {"Sun", "Post"}
    assert not len(label_shares(table(rows), documents, country="uk"))
    told = label_shares(table(rows), articles(4), voice="attributed")
    assert told[["referent", "n_right"]].values.tolist() == [["taxes", 1]]


def test_ids_and_groups_that_are_numbers() -> None:
    rows = [(name.removeprefix("a"), *rest) for name, *rest in FIVE]
    wanted = label_shares(table(FIVE), articles(4).assign(outlet=["1", "1", "2", "2"]))
    documents = pd.DataFrame({"doc_id": range(4), "outlet": [1, 1, 2, None]})
    pd.testing.assert_frame_equal(label_shares(table(rows), documents), wanted)


def test_names_of_documents_that_are_not_there_are_not_lost() -> None:
    with pytest.raises(BadInput, match="hits of document 'a2' which the documents do not have"):
        label_shares(table(FIVE), articles(2))


def test_ids_that_are_numbers_on_both_sides() -> None:
    hits, documents = table(FIVE), articles(4)
    wanted = label_shares(hits, documents)
    hits["doc_id"] = [int(name[1:]) for name in hits["doc_id"]]
    documents["doc_id"] = range(4)
    pd.testing.assert_frame_equal(label_shares(hits, documents), wanted)


def test_bad_input_is_one_clear_line() -> None:
    with pytest.raises(BadInput, match="one row a document; 'a0' has several"):
        label_shares(table(FIVE), pd.concat([articles(4), articles(4)]))
    with pytest.raises(BadInput, match="voice='own' is not one of outlet, attributed, all"):
        label_shares(table(FIVE), articles(4), voice="own")
    with pytest.raises(BadInput, match="no column 'paper'"):
        label_shares(table(FIVE), articles(4), by="paper")
    empty = label_shares(table([]), pd.DataFrame({"doc_id": [], "outlet": []}))
    assert list(empty) == ["referent", "group", "estimate", "low", "high", "n_left", "n_right",
                           "n_documents"]  # fmt: skip
