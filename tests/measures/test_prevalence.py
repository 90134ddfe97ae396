"""Shares of frames by group: Wilson's interval, wider where documents are alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from framing.measures.prevalence import frame_shares
from framing.tables import BadInput, read_table, write_table


def tables(called: list[bool], events: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [str(n) for n in range(len(called))]
    labels = pd.DataFrame({
        "doc_id": ids, "sentence": range(len(ids)), "codebook": "c", "frame": "crime",
        "probability": 0.5, "label": called, "classifier": "x", "classifier_version": "1",
    })  # fmt: skip
    return labels, pd.DataFrame({"doc_id": ids, "outlet": "Mail", "event": events})


def test_wilson_reference() -> None:
    """Newcombe (1998), table I: 81 of 263 gives .2553 to .3662."""
    labels, documents = tables([True] * 81 + [False] * 182, [str(n) for n in range(263)])
    (row,) = frame_shares(labels, documents).to_dict("records")
    assert row["estimate"] == pytest.approx(81 / 263)
    assert (round(row["low"], 4), round(row["high"], 4)) == (0.2553, 0.3662)


def test_alike_documents_widen_the_interval() -> None:
    called = [True] * 20 + [False] * 20
    events = [str(n // 10) for n in range(40)]
    labels, documents = tables(called, events)
    alone = frame_shares(labels, documents).iloc[0]
    together = frame_shares(labels, documents, cluster="event").iloc[0]
    assert together["n_clusters"] == 4 and alone["n_clusters"] == 40
    assert together["high"] - together["low"] > 2 * (alone["high"] - alone["low"])


def sentences(called: list[list[bool]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Labels of the sentences of documents, given one list a document."""
    ids = [str(n) for n, mine in enumerate(called) for _ in mine]
    labels = tables(np.concatenate(called).tolist(), ids)[0].assign(doc_id=ids)
    documents = pd.DataFrame({"doc_id": [str(n) for n in range(len(called))], "outlet": "Mail"})
    return labels, documents


def test_the_interval_is_wilsons_with_the_design_effect_and_t() -> None:
    counts, size = np.array([3, 17, 8, 12, 5]), 20
    labels, documents = sentences([[True] * n + [False] * (size - n) for n in counts])
    row = frame_shares(labels, documents).iloc[0]
    share = counts.mean() / size
    effect = (counts / size).var(ddof=1) / 5 / (share * (1 - share) / 99)
    t = stats.t.ppf(0.975, 4)
    effective = 100 / effect * (stats.norm.ppf(0.975) / t) ** 2  # Korn and Graubard (1998)
    wanted = proportion_confint(share * effective, effective, method="wilson")
    assert (row["low"], row["high"]) == pytest.approx(wanted)
    assert row["n_clusters"] == 5


def test_one_document_says_nothing_of_others() -> None:
    labels, documents = sentences([[True] * 20 + [False] * 20])
    with pytest.warns(UserWarning, match=r"no interval for Mail: only one cluster \(document\)"):
        row = frame_shares(labels, documents).iloc[0]
    assert row["estimate"] == 0.5 and row["n_clusters"] == 1
    assert np.isnan([row["low"], row["high"]]).all()


@pytest.mark.parametrize("all_of_them", [False, True])
def test_documents_count_where_none_or_all_units_are_called(all_of_them: bool) -> None:
    labels, documents = sentences([[all_of_them] * 40] * 2)
    row = frame_shares(labels, documents).iloc[0]
    wanted = proportion_confint(2 * all_of_them, 2, method="wilson")
    assert (row["low"], row["high"]) == pytest.approx(wanted)


@pytest.mark.parametrize(("size", "least"), [(3, 0.94), (5, 0.92), (10, 0.92)])
def test_the_interval_of_few_documents_holds_the_truth(size: int, least: float) -> None:
    rng, held = np.random.default_rng(11), 0
    for _ in range(150):
        chance = rng.beta(2, 2, size)[:, None]
        row = frame_shares(*sentences((rng.random((size, 20)) < chance).tolist())).iloc[0]
        held += row["low"] <= 0.5 <= row["high"]
    assert held / 150 >= least


@pytest.mark.filterwarnings("ignore:no interval for 2")
def test_ids_and_groups_that_are_numbers() -> None:
    labels, documents = tables([True, False, True, True], list("abcd"))
    wanted = frame_shares(labels, documents.assign(outlet=["1", "1", "2", "2"]))
    found = frame_shares(labels, documents.assign(doc_id=range(4), outlet=[1, 1, 2, 2]))
    pd.testing.assert_frame_equal(found, wanted)
    with pytest.warns(UserWarning, match="left out: 1 label without 'outlet'"):
        found = frame_shares(labels, documents.assign(outlet=[1, 1, None, 2]))
    assert found["group"].tolist() == ["1", "2"]


def test_a_group_may_be_a_column_that_labels_have_too() -> None:
    labels, documents = tables([True, False], ["a", "b"])
    row = frame_shares(labels, documents.assign(frame="Mail"), by="frame").iloc[0]
    assert (row["group"], row["measure"], row["estimate"]) == ("Mail", "crime", 0.5)


@pytest.mark.parametrize("sentence", [None, 3])
def test_a_label_that_stands_twice_is_refused(sentence) -> None:
    labels, documents = tables([True, False], ["a", "b"])
    labels["sentence"] = sentence
    with pytest.raises(BadInput, match="the labels have document '0', frame 'crime' twice"):
        frame_shares(pd.concat([labels, labels]), documents)
    with pytest.raises(BadInput, match=r"is a DataFrame, as corpus\.metadata, not list"):
        frame_shares(labels, [])


def test_units_without_a_label_are_left_out_and_said() -> None:
    labels, documents = tables([True, False, True], list("abc"))
    labels["label"] = [True, None, True]
    with pytest.warns(UserWarning, match="left out: 1 label without a call"):
        row = frame_shares(labels, documents).iloc[0]
    assert (row["estimate"], row["n_documents"]) == (1, 2)


@pytest.mark.filterwarnings("ignore:1 labels have no label")
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".parquet"])
def test_labels_read_from_a_file_in_which_one_is_missing(tmp_path, suffix: str) -> None:
    """Beside an empty cell, true and false are read from CSV as words."""
    labels, documents = tables([True, False, True, True], list("abcd"))
    labels["label"] = labels["label"].astype(object).mask(labels["doc_id"] == "3", None)
    write_table(labels, tmp_path / f"labels{suffix}")
    found = frame_shares(read_table(tmp_path / f"labels{suffix}", "labels"), documents)
    assert found["estimate"].tolist() == [pytest.approx(2 / 3)]
    with pytest.raises(BadInput, match="a label is 'perhaps'; labels are true or false"):
        frame_shares(labels.assign(label="perhaps"), documents)


def test_bad_input() -> None:
    labels, documents = tables([True, False], ["a", "b"])
    with pytest.raises(BadInput, match="no column 'paper'"):
        frame_shares(labels, documents, by="paper")
    with pytest.raises(BadInput, match="one row a document; '0' has several"):
        frame_shares(labels, pd.concat([documents, documents]))
    with pytest.raises(BadInput, match="needs the column doc_id; this one has id"):
        frame_shares(labels, documents.rename(columns={"doc_id": "id"}))
    with pytest.raises(BadInput, match="no column 'frame'"):
        frame_shares(labels, documents, by="frame")
    with pytest.raises(BadInput, match="document '1' which the documents do not have"):
        frame_shares(labels, documents[:1])
    labels.loc[0, "classifier"] = "y"
    with pytest.raises(BadInput, match="several classifiers"):
        frame_shares(labels, documents)
