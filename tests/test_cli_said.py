"""What the command line says on standard error, and the figure that `compare` draws."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from framing.command_input import MOST_CAUTIONS
from framing.tables import read_table

QUICK = ("--extractors", "loaded_language")
ARTICLE = "Ministers slammed the vile tram scheme on Monday, and nobody answered."
QUIET = " The town was quiet on Tuesday, and the market was open as on any other day."


def write(name: str, header: str, *rows: str) -> str:
    Path(name).write_text("\n".join([header, *rows]) + "\n")
    return name


@pytest.fixture
def scores(run) -> str:
    texts = [ARTICLE * (k % 3 + 1) + QUIET * (k % 5) for k in range(24)]
    rows = [f'{k},"{text}",paper {k % 8},{k // 2}' for k, text in enumerate(texts)]
    write("articles.csv", "doc_id,text,outlet,event", *rows)
    code, out, err = run("score", "articles.csv", *QUICK, "--min-words", 0, "--out", "scores.csv")
    assert (code, out) == (0, "") and "scores.csv: 24 rows" in err
    return "scores.csv"


@pytest.mark.parametrize("name", ["hits.csv", "hits.jsonl", "hits.parquet"])
def test_what_was_written_is_said(run, scores, name):
    rows = len(run("annotate", "articles.csv", *QUICK)[1].splitlines())
    assert run("annotate", "articles.csv", *QUICK, "--out", name)[2][-1] == f"{name}: {rows} rows"
    assert "v.jsonl: 24 rows" in run("voices", "articles.csv", "--out", "v.jsonl")[2]


def test_ids_that_are_numbers_only_are_said(run):
    write("bare.csv", "key,text", f'k1,"{ARTICLE}"')
    (line,) = run("annotate", "bare.csv", *QUICK)[2]
    assert line.endswith("the documents are numbered 1, 2, ...; name one with --id COL")
    assert run("annotate", "bare.csv", *QUICK, "--id", "key")[2] == []


def test_a_field_that_is_nearly_ours_is_said(run):
    write("odd.csv", "id,text,newspaper", f'a,"{ARTICLE}",Mercury')
    how = ("annotate", "odd.csv", *QUICK, "--map")
    (line,) = run(*how, "outlte=newspaper")[2]
    assert line == "framing: 'outlte' is kept as a field of that name; did you mean 'outlet'?"
    for field in ("outlet", "section", "subtitle"):
        assert run(*how, f"{field}=newspaper")[2] == []


def test_a_column_that_holds_no_texts_is_said(run):
    rows = [f'{k},"{ARTICLE} {k}",2025-11-0{k}' for k in range(1, 5)]
    write("dated.csv", "id,text,published", *rows)
    line = "most texts are shorter than five words; is 'published' the column of the texts?"
    assert f"framing: {line}" in run("score", "dated.csv", *QUICK, "--text", "published")[2]
    assert run("score", "dated.csv", *QUICK)[2] == []


@pytest.mark.filterwarnings("default")
def test_of_many_cautions_the_first_are_said_and_all_are_written(run, scores):
    code, _, err = run("compare", scores, "--measure", "loaded_language", "--out", "new/e.csv")
    assert code == 0 and len(read_table("new/e.csv", "estimates")) == 16
    said = [line.removeprefix("framing: ") for line in err[:MOST_CAUTIONS]]
    assert said[0].startswith("no column of clusters was given")
    kept = Path("new/e.cautions.txt").read_text().splitlines()
    assert kept[:MOST_CAUTIONS] == said and len(kept) > MOST_CAUTIONS
    assert err[MOST_CAUTIONS:] == [
        f"framing: and {len(kept) - MOST_CAUTIONS} more cautions", "new/e.csv: 16 rows",
        f"framing: all {len(kept)} cautions are in new/e.cautions.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "start"), [("o.pdf", b"%PDF"), ("o.PNG", b"\x89PNG"),
                                             ("new/o.svg", b"<?xml")])  # fmt: skip
def test_compare_draws_its_rates(run, scores, name, start):
    code, out, err = run("compare", scores, "--measure", "loaded_language", "--figure", name)
    assert code == 0 and out and name in err
    assert Path(name).read_bytes().startswith(start)


def test_a_figure_needs_a_suffix_that_is_drawn(run, scores):
    code, _, err = run("compare", scores, "--figure", "o.csv")
    assert code == 2
    assert err == ["framing: o.csv: --figure needs a name that ends in .pdf, .svg, .png"]


def test_without_out_json_lines_are_promised(run):
    for command in ("annotate", "score", "compare", "keyness", "label", "audit"):
        help_ = " ".join(run(command, "--help")[1].split())
        assert "without it JSON lines on standard output" in help_, command


@pytest.mark.parametrize("setting", ["ignore", "error"])
def test_no_setting_of_warnings_hides_a_caution(run, scores, setting):
    with warnings.catch_warnings():
        warnings.simplefilter(setting)
        code, _, err = run("compare", scores, "--cluster", "event")
    assert code == 0 and any("only 12 clusters (event)" in line for line in err)
