"""What is said of a comparison before it is believed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.measures.cautions import cautions, table_cautions, topic_distance
from framing.measures.compare import compare
from framing.measures.grouped import two_groups
from framing.tables import BadInput

M = "m.outlet"
XY = {"by": "outlet", "pair": ("X", "Y")}


def table(n: int, **columns: object) -> pd.DataFrame:
    """As many documents of 100 words, of X and Y by turns, with 2 or 3 hits each."""
    words = {"n_words": 100, "n_words_outlet": 100, "n_words_attributed": 0}
    base = {"doc_id": [f"d{k}" for k in range(n)], "outlet": ["X", "Y"] * (n // 2), **words}
    counts = [3 - (k // 2 + k) % 2 for k in range(n)]
    return pd.DataFrame({**base, f"{M}.count": counts} | columns)


def test_nothing_is_said_of_a_sound_comparison():
    rng = np.random.default_rng(1)
    scores = table(80, event=list("aabbccdd" * 10))
    scores[f"{M}.count"] = rng.poisson(np.where(scores["outlet"] == "X", 6, 2))
    assert cautions(scores, M, **XY, event="event") == []


def test_few_clusters_are_counted_by_side():
    scores = table(80, c=[0 if k % 2 else k for k in range(80)])
    (line,) = [one for one in cautions(scores, M, **XY, cluster="c") if "clusters" in one]
    assert line.startswith("only 40 and 1 clusters (c)")


def test_one_document_that_makes_the_difference_is_named():
    scores = table(60)
    scores.loc[7, f"{M}.count"] = 80
    (line,) = cautions(scores, M, **XY)
    assert line.startswith("without document d7 the difference is ")
    scores[f"{M}.count"] = np.where(scores["outlet"] == "X", 6, 2)
    assert cautions(scores, M, **XY) == []


def test_other_topics_are_said_where_chance_would_not_make_them():
    scores = table(80, event=["ab"[k % 2 if k < 60 else 1 - k % 2] for k in range(80)])
    (line,) = [one for one in cautions(scores, M, **XY, event="event") if "event" in one]
    assert line.startswith("the groups write of other things: 50%")
    alone = table(80, event=[str(k) for k in range(80)])  # nothing shared, as chance would have it
    assert not [one for one in cautions(alone, M, **XY, event="event") if "other things" in one]


def test_topic_distance_by_hand():
    scores = table(8, event=list("aabacbcb"), n_words_outlet=[100] * 7 + [200])
    data = two_groups(scores, M, **XY, strata="event")
    shares = np.array([[1, 1, 2], [2, 3, 0]]) / [[4], [5]]
    assert topic_distance(data) == pytest.approx(np.abs(shares[0] - shares[1]).sum() / 2)


def test_the_cautions_of_a_table_are_said_once():
    scores = table(80, event=["ab"[k % 2 if k < 60 else 1 - k % 2] for k in range(80)])
    scores["n.outlet.count"] = scores[f"{M}.count"]
    scores.loc[7, "n.outlet.count"] = 80
    found = table_cautions(scores, compare(scores), by="outlet", event="event")
    topics = [line for line in found if "other things" in line]
    assert [line.split(":")[0] for line in topics] == ["X - all others", "Y - all others"]
    alone = [line for line in found if "d7" in line]
    of_chance = "2 differences that may be chance (adjusted p of 0.05 or more) hang on one document"
    assert alone == [f"{of_chance} each: d7"]
    sure = compare(scores).assign(p_adjusted=0.01)
    found = table_cautions(scores, sure, by="outlet", event="event")
    alone = [line for line in found if "d7" in line]
    assert len(alone) == 2
    assert all(", n.outlet: without document d7 the difference is" in line for line in alone)


def test_groups_named_with_numbers():
    scores = table(60)
    scores.loc[7, f"{M}.count"] = 80
    years = scores.assign(outlet=np.where(scores["outlet"] == "X", 2020, 2021))
    assert cautions(years, M, by="outlet", pair=(2020, 2021)) == cautions(scores, M, **XY)


@pytest.mark.parametrize("call", [
    lambda scores: cautions(scores, M, **XY, event="evt"),
    lambda scores: table_cautions(scores, compare(scores), by="outlet", event="evt"),
])  # fmt: skip
def test_a_column_of_events_that_is_not_there(call):
    with pytest.raises(BadInput, match=r"no column 'evt' \(did you mean 'event'\?\)"):
        call(table(40, event="a"))
