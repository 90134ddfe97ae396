"""Marked texts: every piece has its voice and its lines, nothing is lost."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import WORDS, text_of
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from framing.engine import annotate
from framing.extractors.base import as_extractors
from framing.figures import marked_text
from framing.report import MarkedText, Report
from framing.report.layout import lay_out
from framing.report.marked import line_styles, marked_block
from framing.tables import BadInput
from framing.text.corpus import read_corpus
from framing.text.document import Document


def parts_of(item):
    block = marked_block(item, line_styles([item]))
    return block, [part for paragraph in block["paragraphs"] for part in paragraph["parts"]]


def test_voices_and_hits_are_where_they_belong(exemplar):
    block, parts = parts_of(exemplar)
    found = {part["t"]: (part["v"], part["m"]) for part in parts}
    assert found["slammed"] == ("outlet", [0])
    assert found["shameful"] == ("direct", [0]) and found["surrender"] == ("direct", [1])
    assert found["caved"] == ("indirect", [0])
    assert found["Read more: the quarrel in brief"] == ("boilerplate", [])
    assert [voice["v"] for voice in block["legend"]["voices"]] == [
        "outlet", "direct", "indirect", "boilerplate",
    ]  # fmt: skip
    assert [e["t"] for e in block["legend"]["extractors"]] == [
        "loaded language",
        "partisan framing",
    ]
    assert block["meta"] == "Daily · 2031-05-06"


def test_speakers_stand_in_the_margin(exemplar):
    block, _ = parts_of(exemplar)
    notes = [[(n["t"], n["label"], n["who"]) for n in p["notes"]] for p in block["paragraphs"]]
    assert notes == [
        [("slammed", "attack", "")],
        [
            ("shameful", "blame", "Mara Quill"),
            ("surrender", "contested name", "Mara Quill"),
            ("", "", "Ann Other"),
            ("caved", "blame", ""),
        ],
        [],
    ]


def test_overlapping_hits_carry_both_lines():
    hits = [{"start": 0, "end": 6, "extractor": "a"}, {"start": 4, "end": 10, "extractor": "b"}]
    _, parts = parts_of(MarkedText("t", "", "one two three", (), hits))
    assert [(part["t"], part["m"]) for part in parts] == [
        ("one ", [0]), ("tw", [0, 1]), ("o th", [1]), ("ree", []),
    ]  # fmt: skip


def test_hits_of_a_title_kept_apart_mark_the_title():
    hit = {"start": 5, "end": 10, "extractor": "a", "text": "slams", "in_title": True}
    block, parts = parts_of(MarkedText("Body slams plan", "", "Words of the text.", (), [hit]))
    assert [part["m"] for part in block["title"]] == [[], [0], []]
    assert all(not part["m"] for part in parts)


@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8), st.data())
def test_every_character_is_printed_once(pairs, data):
    text = data.draw(st.text("ab c", min_size=1, max_size=50))
    hits = [{"start": min(p), "end": max(p), "extractor": str(i)} for i, p in enumerate(pairs)]
    _, parts = parts_of(MarkedText("t", "", text, [(0, 9, "direct")], hits))
    assert "".join(part["t"] for part in parts) == text.strip()


def test_long_articles_break_over_pages(exemplar, tmp_path):
    long = MarkedText("Long", "", "\n\n".join([WORDS] * 40), exemplar.runs, exemplar.hits)
    pdf = PdfReader(Report("T", {"A": [exemplar, long]}).save(tmp_path / "x.pdf"))
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 4 and "Plan sunk" in pages[0]
    assert sum(page.count("said Mara Quill") for page in pages) == 41


@pytest.mark.parametrize(("paragraphs", "page"), [(1, 0), (11, 1)])
def test_an_article_begins_a_page_only_behind_one_that_fills_its(
    exemplar, paragraphs, page, tmp_path
):
    text = "\n\n".join([WORDS] * paragraphs)
    first, second = (MarkedText(title, "", text, exemplar.runs, exemplar.hits)
                     for title in ("Upper", "Lower"))  # fmt: skip
    pdf = PdfReader(Report("T", {"A": [first, second]}).save(tmp_path / "x.pdf"))
    assert "Upper" in pdf.pages[0].extract_text() and "Lower" in pdf.pages[page].extract_text()


@pytest.mark.parametrize(
    ("runs", "hits", "message"),
    [
        ([(0, 1, "shouted")], (), "with a voice of outlet, direct"),
        ([(0, 1)], (), "must be (start, end, voice"),
        ((), [{"start": 0, "end": 1}], "lack extractor"),
    ],
)
def test_wrong_runs_and_hits_are_said_at_once(runs, hits, message):
    with pytest.raises(BadInput) as error:
        Report("T", {"A": MarkedText("t", "", "text", runs, hits)})
    assert message in str(error.value)


def test_text_must_be_text():
    with pytest.raises(BadInput, match="is a NoneType, not a str"):
        Report("T", {"A": MarkedText("t", "", None)})  # type: ignore[arg-type]


def annotated(text, **about):
    corpus = read_corpus([{"doc_id": "a", "text": text, **about}])
    return corpus[0], annotate(corpus, as_extractors(["loaded_language"]))


def test_a_section_takes_an_annotated_document_and_its_hits():
    text = "Ministers slammed the vile plan.\n\n“It is late,” said Mara Quill."
    document, hits = annotated(text, title="Plan", outlet="Daily")
    others = hits.assign(doc_id="b", start=0, end=1, text="x")
    pair = (document, pd.concat([hits, others]))
    layout = lay_out({"One": pair, "Two": [pair, "words"]})
    (block,), (again, _) = (section["blocks"] for section in layout.sections)
    assert block == again and block["meta"] == "Daily"
    assert [note["t"] for note in block["paragraphs"][0]["notes"]] == ["slammed", "vile"]
    assert [note["who"] for note in block["paragraphs"][1]["notes"]] == ["Mara Quill"]


def test_hits_of_another_text_are_refused():
    document, hits = annotated("Ministers slammed the vile plan.")
    with pytest.raises(BadInput, match="'One': document 'a': the hit at 10-17 reads 'slammed'"):
        Report("T", {"One": (Document("a", "Nobody came to the harbour."), hits)})
    with pytest.raises(BadInput, match=r"cannot show a Document; give .*\(document, hits\)"):
        Report("T", {"One": document})


def test_labels_are_words_for_readers():
    told = '{"referent": "channel_crossings", "side_us": "left"}'
    hits = [
        {"start": 0, "end": 3, "extractor": "a", "label": "left", "attributes": told},
        {"start": 4, "end": 7, "extractor": "b", "label": "one_sided_descriptor"},
        {"start": 8, "end": 9, "extractor": "b", "label": "PRECEDENT", "attributes": "{"},
    ]
    block, _ = parts_of(MarkedText("t", "", "one two three", (), hits))
    assert [note["label"] for note in block["paragraphs"][0]["notes"]] == [
        "contested name: channel crossings", "one-sided description", "precedent",
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [40, 41, 42, 43, 44, 45, 46])
def test_links_at_the_end_make_no_page(lines, tmp_path):
    body = "\n\n".join(["A line."] * lines)
    text = f"{body}\n\nRead more"
    runs = [(len(body), len(text), "boilerplate")]
    for item in (MarkedText("Long", "", text, runs), MarkedText("Long", "", body)):
        Report("T", {"A": item, "B": item}).save(tmp_path / f"{len(item.text)}.pdf")
    with_links, without = (PdfReader(tmp_path / f"{len(one)}.pdf") for one in (text, body))
    assert len(with_links.pages) == len(without.pages)


def test_a_text_of_nothing_but_links_is_printed(tmp_path):
    item = MarkedText("Links", "", "Read more", [(0, 9, "boilerplate")])
    path = Report("T", {"A": item}).save(tmp_path / "x.pdf")
    assert "Read more" in text_of(path)


def test_a_marked_figure_is_drawn_with_outlines_in_a_page(tmp_path):
    document, hits = annotated("Ministers slammed the vile plan.")
    report = Report("T", {"A": marked_text(document, hits)})
    report.save(tmp_path / "x.html")
    assert "<text" not in (tmp_path / "x.html").read_text("utf-8")
    assert "slammed" in text_of(report.save(tmp_path / "x.pdf"))
