"""The report as a web page: whole, harmless, readable without anything from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from conftest import WORDS
from matplotlib.figure import Figure
from test_report_hostile import NASTY, everywhere

from framing.report import Captioned, Report

VOID = {"meta", "br", "wbr", "img", "link", "hr", "input"}
OUTSIDE = re.compile(r"""(?:src|href|action|data)\s*=\s*["'](?!#)|url\((?!#)|@import|https?://""")


class Reader(HTMLParser):
    """Collects elements and fails where one is closed that is not open."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.found, self.words = [], [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


@pytest.fixture
def report(exemplar, estimates, drawn):
    other = Figure(figsize=(2, 2))
    other.subplots().plot([0, 1])
    return Report(
        "Two & more papers",
        {
            "Summary": ["See [[rates]].", Captioned(estimates, "Rates", "A note.", name="rates")],
            "Drawn": [Captioned(drawn, "Drawn"), Captioned(other, "Other")],
            "Exemplar": exemplar,
            "Codebook": {"Hedging": {"Rule": ["a", "b"]}},
            "Empty": [],
        },
        authors="A. Reader",
    )


@pytest.fixture
def page(report, tmp_path):
    return report.save(tmp_path / "x.html").read_text(encoding="utf-8")


def test_the_page_is_what_the_notebook_shows_saved(report, page, tmp_path):
    article = page[page.index("<article") : page.index("</main>")]
    assert report._repr_html_().endswith(article)
    assert (tmp_path / "x_tables" / "01-summary.csv").is_file()
    assert report.save(tmp_path / "y.out", format="html").read_text("utf-8") == page


def test_nothing_is_fetched(page):
    assert not OUTSIDE.search(page)
    assert not {"script", "iframe", "object", "embed", "link", "img"} & {
        tag for tag, _ in read(page).found
    }


def test_language_title_and_headings_in_order(page):
    found = read(page).found
    assert ("html", {"lang": "en-GB"}) in found
    assert "<title>Two &amp; more papers</title>" in page
    levels = [int(tag[1]) for tag, _ in found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


def test_ids_are_single_and_links_arrive(page):
    found = read(page).found
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for tag, attrs in found if tag == "a"]
    assert "#item-1" in links and {link.lstrip("#") for link in links} <= set(ids)
    within = re.findall(r'(?:url\(#|xlink:href="#)([^)"]+)', page)
    assert within and set(within) <= set(ids)


def test_drawings_are_named_and_told(page):
    found = read(page).found
    drawings = [attrs for tag, attrs in found if tag == "svg"]
    ids = {attrs.get("id") for _, attrs in found}
    assert len(drawings) == 2
    for attrs in drawings:
        assert attrs["role"] == "img" and set(attrs["aria-labelledby"].split()) <= ids
    assert "Left half" in page and page.count("</desc>") == 2


def test_tables_are_tables_with_captions_and_scopes(page):
    reader = read(page)
    heads = [attrs for tag, attrs in reader.found if tag == "th"]
    assert heads and all(attrs.get("scope") in ("col", "row") for attrs in heads)
    text = " ".join("".join(reader.words).split())
    assert "Table 1 Rates" in text and "Figure 2 Other" in text and "A note." in text
    for line in WORDS.split("\n\n"):
        assert line in text


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_hostile_text_stays_text(text, tmp_path):
    page = everywhere(text).save(tmp_path / "x.html").read_text(encoding="utf-8")
    reader = read(page)
    assert not {"script", "b onload"} & {tag for tag, _ in reader.found}
    assert not [name for _, attrs in reader.found for name in attrs if name.startswith("on")]
    assert not OUTSIDE.search(page)


def test_markup_is_shown_literally(tmp_path):
    evil = '<img src=x onerror="alert(1)"> & </section></style>'
    report = Report(evil, {evil: [evil, pd.DataFrame({evil: [evil]}), {evil: evil}]})
    reader = read(report.save(tmp_path / "x.html").read_text(encoding="utf-8"))
    assert "".join(reader.words).count(evil) >= 6
    assert "img" not in {tag for tag, _ in reader.found}
