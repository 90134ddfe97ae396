"""No text can inject markup, stop the typesetter or leave the page."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from conftest import text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from framing.report import Captioned, MarkedText, Report, provenance
from framing.report.layout import lay_out
from framing.report.pdf import pdf_bytes
from framing.report.plain import breakable, paragraphs, plain
from framing.report.report import _data

MARKUP = r'#import "x": * #panic() $x^2$ *b* _i_ `c` \ \u{41} <lab> @ref // no /* no */ ~ -- ---'
NASTY = [
    MARKUP,
    "= Heading\n- list\n+ enum\n/ term: x\n#set page(width: 1pt)",
    "\x00\x01\x07\x1b[31m\x7f\x85\x9f\u2028\u2029",
    "\ud800 lone \udfff surrogates \ufffe \uffff",
    "😀 🧑‍🚀 ❤️ 🇬🇧 中文 नमस्ते",
    "שלום עולם مرحبا \u202eoverridden\u202c",
    "W" * 5000,
    "a\u0301" * 400,
    '{"json": "/etc/passwd"} ]] }} "',
    "</text><script>x</script> ]]> &amp; <!-- -->",
]


def everywhere(text: str) -> Report:
    axes = Figure(figsize=(4, 2)).subplots()
    axes.text(0, 0, plain(text)[:50], parse_math=False)
    names = pd.Index([text, "n"], dtype=object)
    table = pd.DataFrame([[text, 1.5], ["x", None]], columns=names, dtype=object)
    hits = [{"start": 1, "end": 9, "extractor": text, "label": text, "speaker": text}]
    marked = MarkedText(text, {text: text}, text, [(0, len(text), "direct", text)], hits)
    return Report(
        text,
        {
            "S " + text: [text, Captioned(table, text, text), {text: text, "l": [text, text]}],
            "F": Captioned(axes, text, text),
            "M": [marked, MarkedText(text, text, text, (), ())],
        },
        subtitle=text,
        authors=[text],
        provenance=provenance(None, {text: text}, {text: text}),
    )


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.filterwarnings("ignore:Glyph", "ignore:No font")
def test_hostile_text_can_stand_everywhere(text, tmp_path):
    path = everywhere(text).save(tmp_path / "x.pdf")
    assert b"<pdfuaid:part>1<" in path.read_bytes()


def test_markup_is_printed_literally(tmp_path):
    text = " ".join(
        text_of(Report("T", {"A": MARKUP, "B": {"t": MARKUP}}).save(tmp_path / "x.pdf")).split()
    )
    assert text.count(MARKUP) == 2


def test_long_words_break_but_are_copied_whole(tmp_path):
    path = Report("T", {"A": "x" * 35, "B": "loaded_language.outlet.per_1k " * 9}).save(
        tmp_path / "x.pdf"
    )
    text = text_of(path)
    assert "x" * 35 in text and "\u200b" not in text


def test_a_sign_without_glyph_costs_the_claim_not_the_report():
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
        '<text y="15" font-family="DejaVu Sans">x\u0327\u0301</text></svg>'
    )
    report = Report("T", {"A": Figure(figsize=(1, 1))})
    data = _data(report, lay_out(report))
    made = pdf_bytes(data, {"figure-01.svg": drawing})
    assert made.startswith(b"%PDF-") and b"pdfuaid" not in made


def test_what_cannot_be_printed_is_replaced_one_for_one():
    text = "a\x00b\ud800c\x1b\uffffd\te"
    assert plain(text) == "a\ufffdb\ufffdc\ufffd\ufffdd e" and len(plain(text)) == len(text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=300))
def test_any_text_compiles(text):
    report = Report(text, {"A": [text, {text: [text]}, MarkedText(text, text, text)]})
    layout = lay_out(report)
    assert pdf_bytes(_data(report, layout), layout.drawings)[:5] == b"%PDF-"


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_breaks_add_nothing_that_is_seen(text):
    assert breakable(text).replace("\u200b", "") == plain(text).replace("\u200b", "")


@given(st.text("ab \n\r\t\u2028", max_size=40))
def test_paragraphs_lose_no_word(text):
    spans = paragraphs(text)
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(a < b <= c for (a, b), (c, _) in itertools.pairwise(spans))
