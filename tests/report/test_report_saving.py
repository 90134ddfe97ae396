"""The report as a file: valid, tagged, repeatable, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from conftest import text_of
from matplotlib.figure import Figure
from pypdf import PdfReader

from framing.report import Captioned, Report
from framing.tables import BadInput


@pytest.fixture
def report(exemplar, estimates, drawn):
    return Report(
        "Two papers",
        {
            "Summary": ["First paragraph.\n\nSecond paragraph.", Captioned(estimates, "Rates")],
            "By outlet": Captioned(drawn, "Rates drawn", "Bars: 95 %."),
            "Exemplar": exemplar,
            "Limits": "Evidence, not a verdict.",
        },
        subtitle="A test",
        authors=["A. Reader", "B. Scholar"],
    )


def test_pdf_is_tagged_a4_and_its_text_can_be_selected(report, tmp_path):
    path = report.save(tmp_path / "x.pdf")
    pdf = PdfReader(path)
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1<" in path.read_bytes()
    assert pdf.metadata.title == "Two papers" and "A. Reader" in pdf.metadata.author
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    text = text_of(path)
    wanted = ["Second paragraph.", "Table 1 Rates", "loaded_language.outlet.per_1k", "Left half"]
    for words in [*wanted, "The board slammed the plan.", "Figure 1", "Mara Quill"]:
        assert words in " ".join(text.split()), words


def test_sections_keep_their_order_and_provenance_is_last(report, tmp_path):
    text = text_of(report.save(tmp_path / "x.pdf"))
    places = [text.index(title) for title in report] + [text.rindex("Provenance")]
    assert places == sorted(places)
    assert "matplotlib" in PdfReader(tmp_path / "x.pdf").pages[-1].extract_text()


def test_same_report_gives_the_same_bytes_under_any_name(report, tmp_path):
    first = report.save(tmp_path / "x.pdf").read_bytes()
    assert report.save(tmp_path / "other" / "y.pdf").read_bytes() == first


def test_same_bytes_in_another_process():
    code = (
        "import sys, tempfile, hashlib, pandas as pd\n"
        "from pathlib import Path\n"
        "from matplotlib.figure import Figure\n"
        "from framing.report import Report, MarkedText\n"
        "ax = Figure(layout='constrained').subplots(); ax.plot([1, 2], clip_on=True)\n"
        "hit = [dict(start=0, end=2, extractor=x) for x in 'abcdef']\n"
        "report = Report('T', {'A': [ax, pd.DataFrame({'n': [1]}), {'s': {'x', 'y', 'z'}},\n"
        "                            MarkedText('t', '', 'ab', [(0, 2, 'direct')], hit)]})\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    data = report.save(Path(folder, 'x.pdf')).read_bytes()\n"
        "print(hashlib.sha256(data).hexdigest())\n"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1


def test_assigning_replaces_in_place_and_new_sections_come_last(report, tmp_path):
    before = list(report)
    report["Summary"] = "Said anew."
    report["More"] = ["One.", {"Term": ["a", "b"]}]
    assert list(report) == [*before, "More"] and report["Summary"] == "Said anew."
    del report["Exemplar"]
    text = text_of(report.save(tmp_path / "x.pdf"))
    assert "Said anew." in text and "First paragraph." not in text and "slammed" not in text


def test_every_table_is_beside_the_pdf_with_all_rows(tmp_path):
    long = pd.DataFrame({"term": [f"word{i}" for i in range(60)], "n": range(60)})
    report = Report("T", {"Terms & counts": [long, long.head(2)], "Wide": long.T})
    text = text_of(report.save(tmp_path / "x.pdf"))
    folder = tmp_path / "x_tables"
    assert sorted(file.name for file in folder.iterdir()) == [
        "01-terms-counts.csv", "02-terms-counts.csv", "03-wide.csv",
    ]  # fmt: skip
    pd.testing.assert_frame_equal(pd.read_csv(folder / "01-terms-counts.csv"), long)
    assert "word39" in text and "word41" not in text
    assert "The first 40 of 60 rows are printed; all are in 01-terms-counts.csv" in text


def test_tables_of_an_earlier_save_go_but_foreign_files_stay(tmp_path):
    table = pd.DataFrame({"n": [1]})
    report = Report("T", {"A": table, "B": table})
    report.save(tmp_path / "x.pdf")
    foreign = tmp_path / "x_tables" / "my notes.csv"
    foreign.write_text("mine")
    report["B"] = "words now"
    report.save(tmp_path / "x.pdf")
    assert {file.name for file in foreign.parent.iterdir()} == {"01-a.csv", "my notes.csv"}


def test_a_contents_list_stands_in_long_reports_only(tmp_path):
    def first_page(n):
        path = Report("T", {f"Part {i}": "Words." for i in range(n)}).save(tmp_path / "x.pdf")
        return PdfReader(path).pages[0].extract_text()

    assert first_page(7).count("Part 6") == 2 and first_page(6).count("Part 5") == 1


def test_long_tables_repeat_their_header(tmp_path):
    rows = pd.DataFrame({"some": ["a " * 100] * 40, "heading": range(40)})
    path = Report("T", {"A": rows}).save(tmp_path / "x.pdf")
    heads = ["heading" in page.extract_text() for page in PdfReader(path).pages[:-1]]
    assert len(heads) > 1 and all(heads)


def test_axes_of_one_figure_are_drawn_once(drawn, tmp_path):
    drawn.axes[0].framing = SimpleNamespace(alt="Two lines that cross.")
    axes = np.array(drawn.axes)
    report = Report("T", {"A": [axes, *drawn.axes, drawn], "B": Captioned(axes, "Both")})
    path = report.save(tmp_path / "x.pdf")
    assert text_of(path).count("Left half") == 2
    assert "Two lines that cross." in structure_alts(path)


def structure_alts(path):
    reader = PdfReader(path)
    objects = (reader.get_object(number) for number in range(1, len(reader.xref[0])))
    return {str(item["/Alt"]) for item in objects if isinstance(item, dict) and "/Alt" in item}


@pytest.mark.parametrize("empty", ["", "  \n\n ", [], pd.DataFrame(), pd.DataFrame({"a": []}), {}])
def test_empty_items_are_said_to_be_empty(empty, tmp_path):
    text = text_of(Report("T", {"A": empty}).save(tmp_path / "x.pdf"))
    assert "A" in text and (isinstance(empty, dict) or "No" in text)


def test_no_sections_at_all(tmp_path):
    assert len(PdfReader(Report("", {}).save(tmp_path / "x.pdf")).pages) >= 1


def test_unwritable_targets_leave_nothing_behind(report, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "folder.pdf").mkdir()
    for target in (tmp_path / "file" / "x.pdf", tmp_path / "folder.pdf"):
        with pytest.raises(BadInput) as error:
            report.save(target)
        assert str(target) in str(error.value) and "\n" not in str(error.value)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder.pdf"]


def test_tables_that_cannot_be_written_keep_the_old_pdf(report, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"old")
    (tmp_path / "x_tables").write_text("in the way")
    with pytest.raises(BadInput, match="x_tables"):
        report.save(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2


def test_format_is_taken_from_the_suffix_or_given(report, tmp_path):
    with pytest.raises(BadInput, match="unknown report format 'docx'; use pdf"):
        report.save(tmp_path / "x.docx")
    assert report.save(str(tmp_path / "x.out"), format="pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"A": 3}, "section 'A': a report cannot show a int"),
        ({"A": [None]}, "section 'A': a report cannot show a NoneType"),
        ({"": "x"}, "section title ''"),
        ({1: "x"}, "section title 1"),
        ({"A": Captioned("words", "c")}, "a caption belongs to one table or one figure"),
        ({"A": Captioned([pd.DataFrame(), pd.DataFrame()], "c")}, "give each its own"),
        ({"A": Captioned([Figure(), Figure()], "c")}, "give each its own"),
        (["A"], "give a mapping"),
    ],
)
def test_what_a_report_cannot_show_is_said_at_once(sections, message):
    with pytest.raises(BadInput) as error:
        Report("T", sections)
    assert message in str(error.value) and "\n" not in str(error.value)
