"""The standard report: many groups, few articles, words that say what was done."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import text_of
from pypdf import PdfReader

from framing.cli import cli
from framing.extractors.base import as_extractors
from framing.report import Report
from framing.report.references import WORKS, references
from framing.standard_report import standard_report
from framing.standard_report.doubts import MOST_PRINTED, doubts, first_caution
from framing.standard_report.pictures import MOST_TERMS, PANELS, _drawn_terms, _pages, largest
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
@pytest.mark.parametrize(("outlets", "each"), [(3, 1), (1, 2), (2, 3)])
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
    words = report["Methods"]
    assert "6 documents" in words and corpus.sha256[:12] not in words
    assert "hedging" in words and "loaded language" in words and "sourcing" not in words
    assert "t interval" in words and "bootstrap" not in words
    cited = report["References"]
    assert any("Cameron" in work for work in cited) and not any("Efron" in work for work in cited)
    assert all(work in WORKS.values() for work in cited)
    many = standard_report(articles(3, 25), chosen, seed=3)["Methods"]
    assert "2,000 bootstrap samples of clusters (Efron and Tibshirani 1993), seed 3" in many


@pytest.mark.filterwarnings("ignore:only", "ignore:no interval", "ignore:.* repeat another")
def test_methods_say_why_nothing_was_tested_and_what_alike_clusters_give(chosen):
    plain = [{**article(0, 0), "doc_id": str(n), "outlet": n // 3, "text": LINES[1] * 9}
             for n in range(6)]  # fmt: skip
    words = standard_report(read_corpus(plain), chosen)["Methods"]
    assert "None was tested: no clusters show how they vary." in words
    alone = standard_report(read_corpus(plain[2:4]), chosen)["Methods"]
    assert "None was tested: no group has two clusters of its own." in alone
    alike = standard_report(read_corpus([{**row, "text": LINES[0] * 9} for row in plain]), chosen)
    assert "do not show how much they vary" in alike["Methods"]
    assert "a t test of the linearised cluster sums, or the level at which" in alike["Methods"]


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


def test_one_article_is_marked_and_compared_with_nothing(chosen, tmp_path, recwarn):
    report = standard_report(articles(1, 1), chosen)
    assert list(report)[:2] == ["The article", "What was found"]
    pages = PdfReader(report.save(tmp_path / "x.pdf")).pages
    assert "Harbour plan 0" in pages[0].extract_text()
    text = " ".join(page.extract_text() for page in pages)
    assert "Figure 1" not in text and "interval" not in report["Methods"] and not list(recwarn)
    assert "Hedging" not in report["Codebook"] and "Loaded language" in report["Codebook"]


@pytest.mark.filterwarnings("ignore:only")
def test_the_first_page_says_what_was_found(chosen):
    words, _ = standard_report(articles(2, 3), chosen)["Summary"]
    assert re.search(
        r"Loaded language: from [\d.]+ \(Paper 0\d\) to [\d.]+ \(Paper 0\d\) per 1,000 own words; "
        r"(none|\d) of 2 differences (has|have) an adjusted p below \.05\.", words,
    )  # fmt: skip


def test_a_folder_says_what_it_is(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("The harbour board met and it was late.")
    assert read_corpus(tmp_path).about == ""
    (tmp_path / "SOURCE.md").write_text("# Harbour\n\n**All made up.** Written in 2031.\n")
    corpus = read_corpus(tmp_path)
    assert read_corpus(tmp_path / "articles").about == "All made up."
    assert corpus.about == corpus[:1].about == "All made up."
    assert "1 document · All made up." in Report("T", {"A": "b"}, corpus=corpus)._repr_html_()


@pytest.mark.filterwarnings("ignore:only")
def test_tables_print_a_choice_in_words_and_save_every_row(chosen, tmp_path):
    report = standard_report(articles(4, 3), chosen)
    estimates, terms = report["Tables"][:2]
    differences = estimates.data["p_adjusted"].notna()
    assert set(estimates.data["measure"]) == {"loaded_language.outlet", "hedging.outlet"}
    assert set(estimates.item["measure"]) <= {"Loaded language", "Hedging"}
    assert len(estimates.item) == min(20, differences.sum()) < len(estimates.data)
    assert estimates.item["p_adjusted"].is_monotonic_increasing
    assert (terms.item["uses"] >= 3).all() and terms.item["uses"].is_monotonic_decreasing
    assert {"extractor", "label", "voice", "n"} <= set(terms.data)
    report.save(tmp_path / "x.html")
    saved = pd.read_csv(tmp_path / "x_tables" / "02-tables.csv")
    assert len(saved) == len(estimates.data)
    assert "The whole data (16 rows) are in 02-tables.csv" in (tmp_path / "x.html").read_text()


@pytest.mark.filterwarnings("ignore:only")
@pytest.mark.parametrize(("each", "told"), [(1, ", all groups together"), (3, " by outlet")])
def test_terms_of_each_group_are_drawn_where_they_are_used_often(chosen, each, told):
    (shown,) = standard_report(articles(2, each), chosen)["Terms"]
    assert shown.caption == f"Loaded terms used 3 times or more{told}"


@pytest.mark.filterwarnings("ignore:only")
def test_terms_seldom_used_are_not_drawn(chosen):
    corpus = read_corpus([{**article(n, 0), "text": LINES[0]} for n in (0, 1)])
    report = standard_report(corpus, chosen)
    assert report["Terms"] == ["Too few loaded terms used 3 times or more to draw."]
    assert report["Tables"][1].caption == "Terms: none is used 3 times"


@pytest.mark.filterwarnings("ignore:only")
def test_the_first_caution_is_on_the_first_page_and_all_are_in_a_table(chosen, tmp_path):
    lines = []
    with pytest.warns(UserWarning) as said:
        report = standard_report(articles(3, 2), chosen)
    for warning in said:
        lines += getattr(warning.message, "lines", [])
    assert len(lines) > 1 and lines[0].startswith("only 6 clusters")
    first = " ".join(PdfReader(report.save(tmp_path / "x.pdf")).pages[0].extract_text().split())
    assert "A caution. Only 6 clusters" in first and f"All {len(lines)} cautions" in first
    (table,) = [one for one in report["Tables"] if getattr(one, "name", "") == "cautions"]
    assert table.data["caution"].tolist() == [
        one.split(": ", 1)[1] if " - " in one else one for one in lines
    ]


@pytest.mark.filterwarnings("ignore:only")
@pytest.mark.parametrize(
    ("measures", "told"),
    [
        (1, "[[forest]] draws the rates, [[differences]] their differences."),
        (2, "[[forest]] and [[forest 2]] draw the rates, "
            "[[differences]] and [[differences 2]] their differences."),
    ],
)  # fmt: skip
def test_the_summary_names_the_figures_that_are_there(chosen, measures, told, monkeypatch):
    parts = (lambda names, _: [[name] for name in names]) if measures > 1 else None
    if parts:
        monkeypatch.setattr("framing.standard_report.pictures._pages", parts)
    report = standard_report(articles(2, 3), chosen)
    assert told in report["Summary"][0]
    names = [figure.name for figure in report["Rates and differences"]]
    assert all(f"[[{name}]]" in report["Summary"][0] for name in names) and all(names)


def test_the_first_page_says_how_many_cautions_are_printed():
    lines = [f"A - B, hedging.outlet: -{n}.5 with it" for n in range(MOST_PRINTED + 4)]
    words = first_caution(lines)
    assert f"The first {MOST_PRINTED} of {len(lines)} cautions stand in" in words
    assert "−0.5 with it" in words and "All" not in words
    (table,) = doubts(lines)
    assert table.item["caution"].str.startswith("−").all()
    assert table.data["caution"].str.startswith("-").all()
    assert f"All {MOST_PRINTED} cautions" in first_caution(lines[:MOST_PRINTED])


def test_limits_speak_of_the_measures_that_the_codebook_has(chosen):
    some = standard_report(articles(1, 1), chosen)
    assert "known failures of each measure with a span here stand" in some["Limits"]
    nothing = read_corpus([{"doc_id": "a", "text": "Ferries ran to the island."}])
    none = standard_report(nothing, chosen)
    assert set(none["Codebook"]) == {"Loaded language", "Hedging"}
    assert "known failures of each measure stand" in none["Limits"]


def test_a_caption_says_how_many_of_the_terms_are_drawn():
    uses = {f"term{n:02d}": 40 - n for n in range(MOST_TERMS + 7)}
    often = pd.DataFrame(
        [{"doc_id": "a", "text": term, "voice": "outlet"} for term, n in uses.items()
         for _ in range(n)]
    )  # fmt: skip
    some = _drawn_terms(often, "terms used")
    assert some.caption == f"Terms used; the {MOST_TERMS} most used of {len(uses)}"
    few = often[often["text"] < f"term{MOST_TERMS:02d}"]
    assert _drawn_terms(few, "terms used").caption == "Terms used"


@pytest.mark.filterwarnings("ignore:only", "ignore:no column")
def test_one_group_is_not_said_to_be_a_group_by_something(chosen):
    corpus = read_corpus(
        [{k: v for k, v in article(0, n).items() if k != "outlet"} for n in (0, 1)]
    )
    report = standard_report(corpus, chosen)
    words, rates = report["Summary"]
    assert "by corpus" not in words + rates.caption
    assert not any("by corpus" in figure.caption for figure in report["Profile"])


@pytest.mark.filterwarnings("ignore:only")
def test_terms_of_all_groups_together_are_of_all_groups(chosen, monkeypatch):
    monkeypatch.setitem(PANELS, "terms", 2)
    (shown,) = standard_report(articles(5, 1), chosen)["Terms"]
    assert shown.caption.endswith("all groups together")
    assert (shown.item.framing.table["n_documents"] == 5).any()
