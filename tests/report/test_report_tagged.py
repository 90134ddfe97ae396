"""The PDF as a screen reader meets it: tags, language, words for every figure."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from conftest import text_of
from matplotlib.figure import Figure
from pypdf import PdfReader

from framing.report import Captioned, Report
from framing.tables import BadInput


@pytest.fixture
def report(exemplar, estimates, drawn):
    other = Figure(figsize=(2, 2))
    other.subplots().set(title="Another", xlabel="share")
    words = "Rates stand in [[rates]], drawn in [[drawn]]; see [[Limits & ends]], not [[nowhere]]."
    return Report(
        "Two papers",
        {
            "Summary": [words, Captioned(estimates, "Rates", name="rates")],
            "Drawn": [other, Captioned(drawn, "Rates drawn", name="drawn")],
            "Exemplar": exemplar,
            "Codebook": {"Hedging": {"Rule": "A word."}, "Naming": {"Rule": "See [[rates]]."}},
            "Limits & ends": "Evidence.",
        },
    )


def elements(node, above=""):
    """Yield (type, element) of the structure tree in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child, above)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), node
        if "/K" in node:
            yield from elements(node["/K"])


def tree(path):
    return list(elements(PdfReader(path).trailer["/Root"]["/StructTreeRoot"]["/K"]))


def test_the_document_says_what_it_is(report, tmp_path):
    path = report.save(tmp_path / "x.pdf")
    pdf = PdfReader(path)
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"] is not False
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] and pdf.metadata.title == "Two papers"
    assert b"<pdfuaid:part>1<" in path.read_bytes()
    assert path.stat().st_size < 3_000_000


def test_every_figure_has_words_of_its_own(report, tmp_path):
    found = tree(report.save(tmp_path / "x.pdf"))
    told = [str(element.get("/Alt", "")) for kind, element in found if kind == "/Figure"]
    assert len(told) == 2 and all(told)
    assert "Another" in told[0] and "Left half" in told[1]


def test_tables_have_header_cells_and_headings_are_in_order(report, tmp_path):
    kinds = [kind for kind, _ in tree(report.save(tmp_path / "x.pdf"))]
    assert kinds.count("/TH") >= 7 and "/THead" in kinds and "/TD" in kinds
    levels = [int(kind[2:]) for kind in kinds if kind in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))
    assert levels.count(2) == 3  # the article and two measures of the codebook


def test_references_are_links_to_what_is_there(report, tmp_path):
    path = report.save(tmp_path / "x.pdf")
    text = " ".join(text_of(path).split())
    assert "Rates stand in Table 1, drawn in Figure 1; see Limits & ends, not [[nowhere]]." in text
    assert "See Table 1." in text
    links = [
        note for page in PdfReader(path).pages for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]  # fmt: skip
    assert len(links) >= 4


def test_names_of_items_are_their_own():
    twice = [Captioned(pd.DataFrame({"n": [1]}), caption, name="rates") for caption in "ab"]
    with pytest.raises(BadInput, match="two items of the report have the name 'rates'"):
        Report("T", {"A": twice})._repr_html_()
