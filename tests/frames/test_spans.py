"""Spans by leaving words out: where they stand, whose voice, and where each comes from."""

from __future__ import annotations

import json

import pytest

from framing.frames.classifier import FrameClassifier
from framing.frames.spans import propose_spans
from framing.frames.store import load_classifier
from framing.tables import BadInput, check

LOADED = "Ministers slammed the vile and idiotic scheme."
PLAIN = "The council met on Monday and agreed the timetable."
SAID = "“This is a disgusting, pathetic betrayal,” she said."


@pytest.fixture(scope="module")
def classifier():
    return load_classifier("lexical-bias")


def test_offsets_and_columns(classifier):
    hits = check(propose_spans(classifier, [f"{PLAIN} {LOADED}", SAID]), "hits")
    texts = {"1": f"{PLAIN} {LOADED}", "2": SAID}
    for row in hits.to_dict("records"):
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["text"]
        assert 0 < row["strength"] <= 1 and row["label"] == "biased"
    assert set(hits.loc[hits["doc_id"] == "2", "voice"]) == {"direct"}
    assert (hits.loc[hits["doc_id"] == "1", "start"] > len(PLAIN)).all()


def test_each_span_says_where_it_comes_from(classifier):
    hits = propose_spans(classifier, [LOADED])
    told = [json.loads(cell) for cell in hits["attributes"]]
    assert all(one["from"] and set(one["from"]) <= {"lexicon", "classifier"} for one in told)
    for one, rule in zip(told, hits["rule"], strict=True):
        assert ("lexicon" in one["from"]) == (rule != "lexical-bias")
        assert ("drop" in one) == ("classifier" in one["from"])
    assert any("classifier" in one["from"] for one in told)
    alone = propose_spans(classifier, [LOADED], lexicon=False)
    assert set(alone["rule"]) == {"lexical-bias"}


def test_spans_do_not_overlap_and_do_not_depend_on_the_batch(classifier):
    together = propose_spans(classifier, [LOADED, PLAIN, SAID])
    for text, (_, mine) in zip((LOADED, SAID), together.groupby("doc_id"), strict=True):
        single = propose_spans(classifier, [text])
        columns = ["start", "end", "rule", "attributes"]
        assert single[columns].values.tolist() == mine[columns].values.tolist()
        ends = mine["end"].tolist()
        assert all(a <= b for a, b in zip(ends, mine["start"].tolist()[1:], strict=False))


def test_a_plain_sentence_and_no_text_have_none(classifier):
    assert propose_spans(classifier, [PLAIN, "", "   "]).empty


def test_a_higher_share_proposes_no_more(classifier):
    few = propose_spans(classifier, [LOADED, SAID], share=0.5, lexicon=False)
    many = propose_spans(classifier, [LOADED, SAID], share=0.05, lexicon=False)
    covered = {(row.doc_id, at) for row in many.itertuples() for at in range(row.start, row.end)}
    for row in few.itertuples():
        assert {(row.doc_id, at) for at in range(row.start, row.end)} <= covered


def test_bad_use(classifier):
    with pytest.raises(BadInput, match="share is 2"):
        propose_spans(classifier, [PLAIN], share=2)
    with pytest.raises(BadInput, match="binary classifier"):
        propose_spans(FrameClassifier(), [PLAIN])
    with pytest.raises(BadInput, match="binary classifier"):
        propose_spans(load_classifier("policy-frames"), [PLAIN])
