"""Marked texts: every piece has its voice and its lines, nothing is lost."""

from __future__ import annotations

import pytest
from conftest import WORDS
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from framing.report import MarkedText, Report
from framing.report.marked import line_styles, marked_block
from framing.tables import BadInput


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
            ("caved", "blame", ""),
            ("", "", "Ann Other"),
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
    assert len(pages) > 4 and "Plan sunk" in pages[0] and "Long" in pages[1]
    assert sum(page.count("said Mara Quill") for page in pages) == 41


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
