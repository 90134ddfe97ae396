"""Shares of frames by group: Wilson's interval, wider where documents are alike."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.measures.prevalence import frame_shares
from framing.tables import BadInput


def tables(called: list[bool], events: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [str(n) for n in range(len(called))]
    labels = pd.DataFrame({
        "doc_id": ids, "sentence": None, "codebook": "c", "frame": "crime", "probability": 0.5,
        "label": called, "classifier": "x", "classifier_version": "1",
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


def test_bad_input() -> None:
    labels, documents = tables([True, False], ["a", "b"])
    with pytest.raises(BadInput, match="no column 'paper'"):
        frame_shares(labels, documents, by="paper")
    labels.loc[0, "classifier"] = "y"
    with pytest.raises(BadInput, match="several classifiers"):
        frame_shares(labels, documents)
