"""Where pages break, what stands beside a long paragraph, and signs that no font has."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import text_of
from pypdf import PdfReader

from framing.report import Captioned, MarkedText, Report
from framing.report.glyphs import without_glyph
from framing.report.marked import LONGEST_PIECE, marked_block

SENTENCE = "The board met in the harbour and the ferries ran to the island as before. "


def pages_of(report, tmp_path):
    return [page.extract_text() for page in PdfReader(report.save(tmp_path / "x.pdf")).pages]


def page_with(pages, words):
    return next(number for number, text in enumerate(pages) if words in text)


@pytest.mark.parametrize("above", range(22, 40, 3))
def test_an_article_is_not_parted_from_its_head(above, tmp_path):
    facts = {"outlet": "Daily Harbour"}
    before = MarkedText("First", "", "\n\n".join([SENTENCE] * above), (), ())
    after = MarkedText("Second head", facts, "Opening words. " * 9, (), ())
    pages = pages_of(Report("T", {"A": [before, after]}), tmp_path)
    places = {page_with(pages, words) for words in ("Second head", "Daily Harbour", "Opening")}
    assert len(places) == 1


@pytest.mark.parametrize("above", range(20, 34, 2))
def test_the_ends_of_a_table_stay_with_others(above, tmp_path):
    rows = pd.DataFrame({"name": [f"row{n:02d}" for n in range(24)], "words": SENTENCE})
    table = Captioned(rows, "Long caption", "Some note.")
    words = "\n\n".join(["One line."] * above)
    pages = pages_of(Report("T", {"A": [words, table]}), tmp_path)
    first = {page_with(pages, words) for words in ("Long caption", "row00", "row02")}
    last = {page_with(pages, words) for words in ("row21", "row23", "Some note.")}
    assert len(first) == len(last) == 1


@pytest.mark.parametrize("above", range(14, 30, 3))
def test_two_halves_of_a_table_stand_on_one_page(above, tmp_path):
    rows = pd.DataFrame({"name": [f"row{n:02d}" for n in range(30)], "n": range(30)})
    words = "\n\n".join(["One line."] * above)
    pages = pages_of(Report("T", {"A": [words, Captioned(rows, "Halves")]}), tmp_path)
    assert len({page_with(pages, f"row{n:02d}") for n in range(30)}) == 1


def test_notes_stand_beside_a_part_of_a_long_paragraph():
    text = (SENTENCE * 300).strip()
    starts = range(4, len(text), 400)
    hits = [{"start": n, "end": n + 5, "extractor": "x", "label": str(n)} for n in starts]
    rows = marked_block(MarkedText("T", "", text, (), hits), {"x": 0})["paragraphs"]
    told = ["".join(part["t"] for part in row["parts"]) for row in rows]
    assert "".join(told) == text and max(map(len, told)) <= LONGEST_PIECE
    assert all(words.endswith("before. ") for words in told[:-1])
    assert [row["more"] for row in rows] == [True] * (len(rows) - 1) + [False]
    assert [int(note["label"]) for row in rows for note in row["notes"]] == list(starts)
    assert all(len(row["notes"]) <= LONGEST_PIECE // 400 + 1 for row in rows)


def test_a_paragraph_without_spaces_is_parted_too():
    rows = marked_block(MarkedText("T", "", "x" * 4000, (), ()), {})["paragraphs"]
    assert len(rows) == 3


def test_signs_without_a_font_are_told(tmp_path):
    report = Report("T", {"A": "市 and ไ, “Київ”", "Limits": "Some."})
    with pytest.warns(UserWarning, match=r"boxes: Thai \(1\), CJK \(1\)\."):
        path = report.save(tmp_path / "x.pdf")
    assert "printed as boxes: Thai (1), CJK (1)." in " ".join(text_of(path).split())


def test_signs_that_a_font_has_are_not_told(tmp_path, recwarn):
    words = "“Ἑλλάς”, Київ, שלום, café – naïve … − × → € 1 000 ﬁ \u200b\u0301 \ufe0f"
    assert without_glyph({"words": words}) == []
    Report("T", {"A": words}).save(tmp_path / "x.pdf")
    assert not list(recwarn)
