"""Scores: what `score` counts is what one counts by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.engine import Span, annotate
from framing.extractors.base import Extractor
from framing.lexicon import Lexicon
from framing.scoring import documents_table, per_words, score, score_columns, tally
from framing.tables import SUFFIXES, VOICES, BadInput, check, read_table, write_table
from framing.text.corpus import Corpus
from framing.text.document import Document

LEXICON = Lexicon.from_terms("toy", {"vile": "hot", "dull": "cold"})
SENTENCES = (
    "The vile plan was dropped by a dull council.",
    '"It was a dull plan," said Ann Moor.',
    "Ann Moor said that the plan was vile.",
    "They praised the so-called “dull” plan.",
    "It rained on Tuesday, and again on Friday.",
    "",
)
texts = st.lists(
    st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join), min_size=1, max_size=6
)
MEMBERS = {
    "outlet": {"outlet", "title", "scare"}, "attributed": {"direct", "indirect"},
    "all": set(VOICES) - {"boilerplate"},
}  # fmt: skip
EACH = {voice: {voice} for voice in ("direct", "indirect", "scare")}


class Toy(Extractor):
    """Finds `dull` as a span that does not belong to the core."""

    name = "toy"

    def find(self, reading, voices, document):
        for match in reading.matches("toy"):
            core = {"core": match.entry.label == "hot"}
            yield Span(match.start, match.end, match.entry.label, 1.0, match.entry.id, core)


def toy() -> Toy:
    return Toy(lexicon=LEXICON)


def corpus_of(*given: str) -> Corpus:
    return Corpus([Document(f"d{n}", text, None, {"outlet": "X"}) for n, text in enumerate(given)])


def annotated(*given: str) -> tuple[pd.DataFrame, Corpus]:
    corpus = corpus_of(*given)
    return annotate(corpus, [toy()]), corpus


def words_by_hand(document: Document, members: set[str]) -> int:
    return sum(n for voice, n in document.cache["words"].items() if voice in members)


@given(given_texts=texts, min_words=st.sampled_from([0, 1, 10]))
@settings(max_examples=60, deadline=None)
def test_counts_and_rates_are_those_counted_by_hand(given_texts, min_words):
    hits, corpus = annotated(*given_texts)
    scores = score(hits, corpus, min_words=min_words, voices="each").set_index("doc_id")
    for document in corpus:
        row = scores.loc[document.doc_id]
        mine = hits[(hits["doc_id"] == document.doc_id) & (hits["label"] == "hot")]
        assert row["n_words"] == len(document.words)
        for voice, members in (MEMBERS | EACH).items():
            count = sum(found in members for found in mine["voice"])
            words = words_by_hand(document, members)
            assert row[f"toy.{voice}.count"] == count
            rate = row[f"toy.{voice}.per_1k"]
            if words < min_words:
                assert math.isnan(rate)
            else:
                assert rate == pytest.approx(1000 * count / words if words else 0.0)


@given(given_texts=texts, data=st.data())
@settings(max_examples=30, deadline=None)
def test_the_order_of_documents_and_hits_does_not_matter(given_texts, data):
    hits, corpus = annotated(*given_texts)
    order = data.draw(st.permutations(range(len(corpus))))
    mixed = score(hits.sample(frac=1, random_state=1), corpus[order], min_words=0)
    assert mixed["doc_id"].tolist() == [corpus[place].doc_id for place in order]
    plain = score(hits, corpus, min_words=0).set_index("doc_id")
    pd.testing.assert_frame_equal(mixed.set_index("doc_id").loc[plain.index][plain.columns], plain)


def test_the_columns():
    hits, corpus = annotated(*SENTENCES)
    table = check(score(hits, corpus, labels=True), "scores")
    assert list(table)[:5] == ["doc_id", "outlet", "n_words", "n_words_outlet",
                               "n_words_attributed"]  # fmt: skip
    wanted = score_columns("toy", ("hot", "cold"), tuple(MEMBERS))
    assert set(wanted) <= set(table) and len(wanted) == len(set(wanted)) == 18
    assert not [name for name in table if name.startswith("words.")]
    by_label = table["toy.hot.all.count"] + table["toy.cold.all.count"]
    assert by_label.tolist() == hits.groupby("doc_id").size().reindex(
        table["doc_id"], fill_value=0
    ).tolist()  # fmt: skip


def test_what_is_not_core_is_counted_apart():
    hits, corpus = annotated("A vile, dull, dull day.")
    row = score(hits, corpus, min_words=0).iloc[0]
    assert (row["toy.outlet.count"], row["toy_extended.outlet.count"]) == (1, 2)
    assert row["toy_extended.outlet.per_1k"] == 400


def test_few_words_give_no_rate_and_never_zero():
    hits, corpus = annotated("", "Vile. " * 49, "Vile. " * 50)
    table = score(hits, corpus)
    assert table["toy.outlet.count"].tolist() == [0, 49, 50]
    assert table["toy.outlet.per_1k"].isna().tolist() == [True, True, False]
    assert table["toy.attributed.per_1k"].isna().all()
    assert table["n_words"].tolist() == [0, 49, 50]
    always = score(hits, corpus, min_words=0)
    assert always["toy.outlet.per_1k"].tolist() == [0, 1000, 1000]


def test_an_extractor_that_found_nothing_has_its_columns():
    hits, corpus = annotated("It rained.")
    assert hits.empty
    for table in (score(hits, corpus), score(hits.iloc[:0], corpus, extractors=[toy()])):
        assert table["toy.all.count"].tolist() == [0]
    bare = pd.DataFrame(hits.to_dict("list"))
    assert "toy.all.count" not in score(bare, corpus)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_hits_may_travel_through_a_file(tmp_path, suffix):
    hits, corpus = annotated(*SENTENCES)
    write_table(hits, tmp_path / f"hits{suffix}")
    read = read_table(tmp_path / f"hits{suffix}", "hits")
    again = score(read, corpus, min_words=0, labels=True)
    first = score(hits, corpus, min_words=0, labels=True)
    pd.testing.assert_frame_equal(again[sorted(again)], first[sorted(first)])


def test_bad_use():
    hits, corpus = annotated("A vile day.")
    with pytest.raises(BadInput, match="voices='some' is not known; leave it out or say 'each'"):
        score(hits, corpus, voices="some")
    with pytest.raises(BadInput, match="hits of document 'd0' which the corpus does not have"):
        score(hits, Corpus([Document("other", "A day.")]))
    with pytest.raises(BadInput, match="needs the corpus, or the documents table"):
        score(hits, pd.DataFrame({"doc_id": ["d0"], "text": ["A vile day."]}))
    with pytest.raises(BadInput, match="a hits table needs the columns"):
        score(hits.drop(columns="voice"), corpus)
    with pytest.raises(BadInput, match="the hits have 'vile' of document 'd0', toy, twice"):
        score(pd.concat([hits, hits]), corpus)
    with pytest.raises(BadInput, match=r"the voice 'outlets' \(did you mean 'outlet'\?\); the"):
        score(hits.assign(voice="outlets"), corpus)


def test_one_rule_may_find_two_things_in_the_same_words():
    hits, corpus = annotated("A vile day.")
    other = hits.assign(attributes='{"target": "day"}')
    table = score(pd.concat([hits, other]), corpus, min_words=0)
    assert table["toy.outlet.count"].tolist() == [2]


def test_the_hits_come_first():
    hits = fr.annotate(["The vile scheme."], ["loaded_language"])
    corpus = fr.read_corpus(["The vile scheme."])
    with pytest.raises(BadInput, match="the hits come first, then the corpus"):
        fr.score(corpus, hits)
    with pytest.raises(BadInput, match="a hits table is a DataFrame, not Corpus"):
        fr.score(corpus, corpus)


def test_documents_are_read_once_whether_scanned_or_not():
    corpus = corpus_of(*SENTENCES)
    table = documents_table(corpus)
    assert list(table) == ["doc_id", "outlet", *(f"words.{voice}" for voice in VOICES)]
    hits, read = tally(iter(corpus_of(*SENTENCES)), [toy()])
    pd.testing.assert_frame_equal(read, table)
    pd.testing.assert_frame_equal(hits, annotate(corpus, [toy()]))
    empty = documents_table([])
    assert "doc_id" in empty and len(score(hits.iloc[:0], empty)) == 0


def test_titles_and_fields_that_some_documents_lack():
    corpus = Corpus([Document("a", "x", "Head", {"side": "left"}), Document("b", "y")])
    table = documents_table(corpus).set_index("doc_id")
    assert table.loc["a", "title"] == "Head" and table.loc["a", "side"] == "left"
    assert table.loc["b", ["title", "side"]].isna().all()


def test_rates_per_other_numbers_of_words():
    hits, corpus = annotated("Vile. " * 60)
    scores = score(hits, corpus)
    assert per_words(scores, 1000) is scores
    changed = per_words(scores, 100)
    assert changed["toy.outlet.per_100"].tolist() == [100.0]
    assert not [name for name in changed if name.endswith(".per_1k")]
    assert len(changed.columns) == len(scores.columns)
    assert np.isnan(changed["toy.attributed.per_100"]).all()


def test_metadata_named_as_scores_are_refused():
    hits, corpus = annotated(*SENTENCES)
    meta = {"n_words": 5, "toy.outlet.count": 1}
    again = [Document(one.doc_id, one.text, None, meta) for one in corpus]
    with pytest.raises(BadInput, match=r"scores are: n_words, toy.outlet.count; rename or drop"):
        score(hits, Corpus(again))
    words = Document("a", "Vile.", None, {"words.outlet": 7})
    with pytest.raises(BadInput, match=r"as scores are: words.outlet; rename or drop"):
        tally([words], [toy()])
    other = documents_table(corpus).assign(**{"words.total": 9})
    assert (score(hits, other)["words.total"] == 9).all()
    rated = toy().set_params(voice="outlet").transform(Corpus(again))
    assert rated.tolist() == toy().set_params(voice="outlet").transform(SENTENCES).tolist()


def test_a_table_is_not_taken_for_texts():
    table = pd.DataFrame({"text": ["Vile."] * 3, "outlet": ["X"] * 3})
    for given_table in (table, table.to_dict("list")):
        with pytest.raises(BadInput, match=r'pass its column of texts, as df\["text"\]'):
            toy().transform(given_table)
    wanted = toy().transform(["Vile."] * 3)
    assert toy().transform(table["text"]).tolist() == wanted.tolist()
    assert toy().transform(table[["text"]]).tolist() == wanted.tolist()


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_long_numbers_keep_their_digits_where_one_is_missing(tmp_path, suffix):
    events = [9007199254740993, 9007199254740992, None]
    corpus = Corpus([Document(str(n), "Rain.", None, {"event": e}) for n, e in enumerate(events)])
    written = ["9007199254740993", "9007199254740992", None]
    for table in (documents_table(corpus), tally(corpus, [])[1]):
        assert table["event"].tolist() == written
    write_table(table, tmp_path / f"t{suffix}")
    (tmp_path / "t.jsonl").write_text("".join(f'{{"event":{e or "null"}}}\n' for e in events))
    read = read_table(tmp_path / f"t{suffix}")["event"]
    assert read.astype(object).where(read.notna(), None).tolist() == written
