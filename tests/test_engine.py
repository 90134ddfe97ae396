"""The engine: spans with their voice, whatever the blocks, the order and the processes."""

from __future__ import annotations

import gc
import json
import signal
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import engine
from framing.engine import Engine, Span, annotate, annotate_blocks, blocks, hits_table
from framing.extractors.base import Extractor, as_extractors
from framing.lexicon import Lexicon
from framing.tables import HITS, VOICES, BadInput
from framing.text.corpus import Corpus
from framing.text.document import Document

LEXICON = Lexicon.from_terms("toy", {"vile": "hot", "dull": "cold", "plain dealing": "cold"})
SENTENCES = (
    "The vile plan was dropped.",
    '"It was a dull plan," said Ann Moor.',
    "Nobody had asked for plain dealing.",
    "It rained on Tuesday, and again on Friday.",
    "A dull, dull day.",
    "🙂 Vile!",
    "",
)
ALL = as_extractors(None)
SCRAPS = (  # cues, pronouns, marks and links without what they want beside them
    "say says said asked claims alleged reportedly according to that who which he she it they his "
    "by was been and but , . “ ” \" ' — : ; ( ) Hill Mr the of on Monday not refused both why if "
    "'s illegal migrants people Churchill like wave"
).split()
texts = st.lists(st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join), max_size=8)


class Toy(Extractor):
    name = "toy"


class Noted(Extractor):
    """Its spans carry attributes and come in the wrong order."""

    name = "noted"

    def find(self, reading, voices, document):
        for match in reversed(reading.matches("toy")):
            yield Span(match.start, match.end, "x", 0.33, "r", {"core": False, "name": "é"})


def toy() -> Toy:
    return Toy(lexicon=LEXICON)


def corpus_of(*given: str, title: str | None = None) -> Corpus:
    return Corpus([Document(f"d{n}", text, title) for n, text in enumerate(given)])


def hits_of(*given: str, title: str | None = None) -> pd.DataFrame:
    return annotate(corpus_of(*given, title=title), [toy()])


def test_a_negation_somebody_else_speaks_does_not_negate() -> None:
    text = "“It is not so,” vile men said."
    (hit,) = hits_of(text).to_dict("records")
    assert hit["text"] == "vile" and not hit["negated"]


def test_a_span_says_where_it_is_and_whose():
    text = 'The vile plan.\n\n"It is not a dull plan," said Ann Moor.'
    first, second = hits_of(text).to_dict("records")
    assert tuple(first) == HITS
    assert (first["text"], first["voice"], first["label"]) == ("vile", "outlet", "hot")
    assert (first["start"], first["end"], first["sentence"]) == (4, 8, 0)
    assert first["speaker"] is None and not first["negated"]
    assert (second["text"], second["voice"], second["speaker"]) == ("dull", "direct", "Ann Moor")
    assert second["negated"] and second["sentence"] == 1
    assert text[second["start"] : second["end"]] == "dull"
    assert second["rule"] == "dull" and second["attributes"] == "{}"


def test_offsets_count_code_points():
    (hit,) = hits_of("🙂🙂 e\u0301\u200b vile").to_dict("records")
    assert (hit["start"], hit["end"]) == (7, 11)


def test_a_headline_that_opens_the_text_is_marked():
    text = " A vile plan\n\nThe vile plan was dropped."
    assert hits_of(text, title="A vile plan ")["in_title"].tolist() == [True, False]
    assert not hits_of(text, title="Another title")["in_title"].any()
    assert not hits_of(text)["in_title"].any()


def test_spans_come_in_the_order_of_the_text():
    noted = Noted(lexicon=LEXICON)
    table = annotate(corpus_of("A vile, dull day.", "A vile day."), [noted, toy()])
    places = table[["doc_id", "start", "extractor"]].apply(tuple, axis=1).tolist()
    assert places == sorted(places) and len(places) == 6
    attributes = table.loc[table["extractor"] == "noted", "attributes"]
    assert [json.loads(cell) for cell in attributes] == [{"core": False, "name": "é"}] * 3
    assert table.attrs["extractors"] == {"noted": ["hot", "cold"], "toy": ["hot", "cold"]}


@pytest.mark.parametrize("text", ["a", "é", "0", "“", "’s", "a’s", "\n", "\0", "to A"])
def test_texts_of_hardly_a_character_are_read_by_every_measure(text):
    rows = [row for _, found in annotate_blocks([Document("a", text)], ALL) for row in found]
    assert {row[0] for row in rows} <= {"a"}


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=9).map(" ".join))
def test_scraps_of_sentences_are_read_by_every_measure(text):
    engine, document = Engine(ALL), Document("a", text)
    for _, start, end, written, *_ in engine.rows([document]):
        assert text[start:end] == written
    _, voices = next(engine.read([document]))
    assert voices.runs[-1][1] == len(text)
    for one in voices.attributions:
        for place in (*one.content, one.cue, one.speaker):
            assert place is None or 0 <= place[0] < place[1] <= len(text), one


@pytest.mark.parametrize("text", ["says who", "told who", "Asked he"])
def test_a_pronoun_at_the_end_is_no_subject_of_the_verb_that_opens_the_text(text):
    _, voices = next(Engine([]).read([Document("a", text)]))
    assert all(one.speaker is None for one in voices.attributions)


def test_no_documents_and_no_hits_give_an_empty_table():
    for table in (hits_of(), hits_of("", " ", "It rained."), hits_table([], [toy()])):
        assert table.empty and tuple(table.columns) == HITS
        assert table["start"].dtype == "int64" and table["negated"].dtype == "bool"


def test_extractors_must_differ():
    with pytest.raises(BadInput, match="extractor 'toy' is given twice"):
        Engine([toy(), toy()])
    other = Noted(lexicon=Lexicon.from_terms("toy", ["other"]))
    with pytest.raises(BadInput, match="two different lexicons have the id 'toy'"):
        Engine([toy(), other])


def test_every_word_has_one_voice():
    document = Document("a", " ".join(SENTENCES))
    ((reading, _),) = Engine([]).read([document])
    words = document.cache["words"]
    assert set(words) == set(VOICES)
    assert sum(words.values()) == reading.n_words == len(document.words)
    assert words["direct"] == 5


@given(text=st.lists(st.sampled_from(SCRAPS), max_size=40).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_rows_have_one_order_whatever_that_of_the_extractors(text):
    rows = Engine(ALL[::-1]).rows([Document("a", text)])
    assert rows == Engine(ALL).rows([Document("a", text)])
    places = [(row[1], row[2], row[4]) for row in rows]
    assert places == sorted(places)


@given(text=st.lists(st.sampled_from([*SCRAPS, *SENTENCES]), max_size=40).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_what_is_made_for_a_block_holds_no_cycle(text):
    reader = Engine(ALL)
    gc.disable()
    gc.freeze()
    try:
        reader.rows([Document("a", text), Document("b", text[::-1])])
        assert not gc.isenabled()
        assert gc.collect() == 0
    finally:
        gc.unfreeze()
        gc.enable()


def test_cycles_are_looked_for_again_behind_a_block():
    class Failing(Toy):
        def find(self, reading, voices, document):
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Engine([Failing(lexicon=LEXICON)]).rows([Document("a", "A dull day.")])
    assert gc.isenabled()


@given(sizes=st.lists(st.integers(0, 50), max_size=30), limit=st.integers(1, 100))
@settings(max_examples=60, deadline=None)
def test_blocks_hold_every_document_once_and_are_small(sizes, limit):
    documents = [Document(str(n), "x" * size) for n, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "BLOCK", limit)
        made = list(blocks(iter(documents)))
    assert [d for block in made for d in block] == documents
    assert all(block for block in made)
    assert all(len(b) == 1 or sum(len(d.text) for d in b) <= limit for b in made)


@given(given_texts=texts, limit=st.integers(1, 200))
@settings(max_examples=40, deadline=None)
def test_the_size_of_blocks_does_not_matter(given_texts, limit):
    at_once = hits_of(*given_texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "BLOCK", limit)
        pd.testing.assert_frame_equal(hits_of(*given_texts), at_once)


@given(data=st.data(), given_texts=texts)
@settings(max_examples=40, deadline=None)
def test_the_order_of_documents_does_not_matter(data, given_texts):
    corpus = corpus_of(*given_texts)
    shuffled = Corpus(data.draw(st.permutations(list(corpus))))
    keys = ["doc_id", "start"]
    mine, other = (
        annotate(one, [toy()]).sort_values(keys).reset_index(drop=True)
        for one in (corpus, shuffled)
    )
    pd.testing.assert_frame_equal(mine, other)


def test_two_processes_find_what_one_finds(monkeypatch):
    monkeypatch.setattr(engine, "BLOCK", 40)

    def run(jobs: int) -> tuple[list, list]:
        corpus = corpus_of(*SENTENCES * 3)
        found = list(annotate_blocks(iter(corpus), [toy()], jobs))
        order = [document.doc_id for documents, _ in found for document in documents]
        assert order == [document.doc_id for document in corpus]
        words = [document.cache["words"] for documents, _ in found for document in documents]
        return [row for _, rows in found for row in rows], words

    one, two = run(1), run(2)
    assert one == two and len(one[0]) == 18


def test_worker_processes_leave_an_interrupt_to_the_one_that_started_them():
    with ProcessPoolExecutor(1, initializer=engine._start, initargs=((toy(),),)) as pool:
        assert pool.submit(signal.getsignal, signal.SIGINT).result() is signal.SIG_IGN


def test_a_fault_of_the_input_comes_through_from_several_processes():
    def broken():
        yield Document("a", "A vile day.")
        raise BadInput("row 2: broken")

    with pytest.raises(BadInput, match="row 2: broken"):
        list(annotate_blocks(broken(), [toy()], 2))


def test_one_name_is_a_list_of_one() -> None:
    import framing as fr

    text = ["Ministers slammed the vile scheme."]
    found = fr.annotate(text, "loaded_language")
    assert found.equals(fr.annotate(text, ["loaded_language"])) and len(found)
    assert found.equals(fr.annotate(text, fr.LoadedLanguage()))
    with pytest.raises(BadInput, match="no extractor named 'loaded_languag'"):
        fr.annotate(text, "loaded_languag")
    for wrong in (fr.LoadedLanguage, [fr.LoadedLanguage]):
        with pytest.raises(BadInput, match=r"LoadedLanguage is a class; give LoadedLanguage\(\)"):
            fr.annotate(text, wrong)
