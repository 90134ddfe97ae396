"""The standard report: many groups, few articles, words that say what was done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import text_of
from pypdf import PdfReader

from framing.cli import cli
from framing.extractors.base import as_extractors
from framing.report.references import WORKS, references
from framing.standard_report import standard_report
from framing.standard_report.pictures import _pages, largest
from framing.standard_report.summary import MANY
from framing.text.corpus import read_corpus

LINES = (
    "The council slammed the reckless plan for the harbour on Monday. ",
    "Ferries ran to the island every hour, and few passengers complained. ",
    "“It is a shameful betrayal,” said the mayor, Mara Quill. ",
)


def article(outlet, number):
    lines = [LINES[(number + line) % 3] * 2 for line in range(3 + outlet % 3)]
    return {
        "doc_id": f"{outlet}-{number}",
        "outlet": f"Paper {outlet:02d}",
        "title": f"Harbour plan {number}",
        "date": f"2031-0{1 + number % 9}-11",
        "text": "\n\n".join([f"Day {number} of {outlet}.", *lines]),
    }


def articles(outlets, each):
    return read_corpus([article(a, b) for a in range(outlets) for b in range(each)])


@pytest.fixture(scope="module")
def chosen():
    return as_extractors(["loaded_language", "hedging"])


@pytest.mark.filterwarnings("ignore:only")
def test_many_groups_are_drawn_as_far_as_they_can_be_read(chosen, tmp_path, monkeypatch):
    monkeypatch.setattr("framing.standard_report.pictures.FOREST_ROWS", 4)
    monkeypatch.setattr(
        "framing.standard_report.pictures.PANELS", {"profile": 2, "time": 2, "terms": 2}
    )
    report = standard_report(articles(MANY + 5, 1), chosen)
    path = report.save(tmp_path / "x.pdf")
    text = " ".join(text_of(path).split())
    assert f"the 4 of {MANY + 5} groups with most words" in text
    assert f"The first 40 of {MANY + 5} rows are printed" in text
    assert b"<pdfuaid:part>1<" in path.read_bytes() and path.stat().st_size < 3_000_000


@pytest.mark.filterwarnings("ignore:only")
@pytest.mark.parametrize(("outlets", "each"), [(3, 1), (1, 1), (2, 3)])
def test_few_articles_make_a_whole_report(chosen, outlets, each, tmp_path):
    report = standard_report(articles(outlets, each), chosen)
    text = " ".join(text_of(report.save(tmp_path / "x.pdf")).split())
    for words in (*report, "Table 1", "Figure 1", "Paper 00"):
        assert words in text, words
    assert "[[" not in text
    assert len(PdfReader(tmp_path / "x.pdf").outline) == len(report) + 1


@pytest.mark.filterwarnings("ignore:only")
def test_methods_say_what_was_run_and_references_what_was_cited(chosen):
    corpus = articles(2, 3)
    report = standard_report(corpus, chosen, seed=3)
    words, lists = report["Methods"]
    assert corpus.sha256[:12] in words and "6 documents" in words
    assert "hedging" in words and "loaded language" in words and "sourcing" not in words
    assert "t interval" in words and "bootstrap" not in words
    assert any(line.startswith("hedging: version") for line in lists["Word lists used"])
    cited = report["References"]
    assert any("Cameron" in work for work in cited) and not any("Efron" in work for work in cited)
    assert all(work in WORKS.values() for work in cited)
    many = standard_report(articles(3, 25), chosen, seed=3)["Methods"][0]
    assert "2,000 bootstrap samples of clusters (Efron and Tibshirani 1993), seed 3" in many


@pytest.mark.filterwarnings("ignore:only")
def test_the_number_of_processes_changes_nothing(chosen, tmp_path):
    corpus = articles(3, 2)
    one, two = (standard_report(corpus, chosen, jobs=jobs) for jobs in (1, 2))
    assert one["Methods"] == two["Methods"]
    assert one._repr_html_() == two._repr_html_()


def test_references_know_both_ways_to_cite():
    assert references("by Kitagawa (1955) and (Garwood 1936)") == [
        WORKS["Garwood 1936"], WORKS["Kitagawa 1955"],
    ]  # fmt: skip
    assert references("nothing") == "No work is cited."


def test_figures_are_parted_over_pages_evenly():
    measures = list("abcdefg")
    for groups in (1, 4, 12, 13, 30):
        parts = list(_pages(measures, groups))
        assert [name for part in parts for name in part] == measures
        assert max(map(len, parts)) - min(map(len, parts)) <= 3
    assert [len(part) for part in _pages(measures[:4], 30)] == [2, 2]
    assert list(_pages([], 3)) == []


def test_largest_leaves_out_documents_without_a_group():
    scores = articles(2, 1).metadata.assign(n_words=[5, 9])
    scores.loc[1, "outlet"] = None
    assert largest(scores, "outlet", 5) == (["Paper 00"], "")


@pytest.mark.filterwarnings("ignore:only")
def test_the_command_writes_pages_too(tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(json.dumps(article(outlet, 0)) for outlet in (0, 1)))
    for named in (["--out", "x.html"], ["--format", "html", "--out", "x.htm"]):
        named[-1] = str(tmp_path / named[-1])
        how = ["report", str(source), "--extractors", "hedging", *named]
        done = CliRunner().invoke(cli, how, catch_exceptions=False)
        assert done.exit_code == 0
        assert Path(named[-1]).read_text("utf-8").startswith("<!DOCTYPE html>")
