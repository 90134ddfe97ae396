"""Bad use and bad input: status 2, one line that says what and where, and nothing is lost."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from framing.command_input import Source
from framing.tables import SCORES

QUICK = ("--extractors", "loaded_language")
ARTICLE = {"doc_id": "a", "text": "A vile day in the town.", "outlet": "Mercury", "event": "tram"}
LINE = json.dumps(ARTICLE).encode() + b"\n"
SECOND = b'{"doc_id": "b", "text": "It rained on the town.", "outlet": "Herald", "event": "tram"}\n'
COMMANDS = [("annotate", ".csv"), ("annotate", ".parquet"), ("score", ".jsonl"), ("report", ".pdf")]


@pytest.fixture
def refused(run):
    """Run what must be refused; return the one line it says."""

    def call(*args: object, stdin: bytes = b"") -> str:
        code, _, err = run(*args, stdin=stdin)
        assert code == 2, err
        assert len(err) == 1, err
        assert err[0].startswith("framing: ")
        return err[0].removeprefix("framing: ")

    return call


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


BAD_INPUT = [
    ("gone.csv", None, "gone.csv: no such file or folder"),
    ("a.csv", b"doc_id,body\na,x\n", "a.csv: no column 'text'; its columns are doc_id, body; name "
     "the one that holds the text: --text COL"),
    ("a.jsonl", LINE + b'{"text": \n', "a.jsonl: line 2: broken JSON ("),
    ("a.jsonl", LINE + b'{"doc_id": "b"}\n', "a.jsonl: line 2: no field 'text'"),
    ("a.jsonl", LINE + b'{"doc_id": "b", "text": null}\n', "line 2: column 'text' is missing here"),
    ("a.jsonl", LINE + b'{"doc_id": "b", "text": 5}\n', "line 2: column 'text' holds int 5, which"),
    ("a.jsonl", LINE + LINE, "a.jsonl: line 2: doc_id 'a' was used before, in line 1"),
    ("a.csv", b"text\ncaf\xe9\n", "a.csv: row 1 (line 2): line 2, byte 8 (0xe9) is not UTF-8; save "
     "the file as UTF-8 (this looks like Latin-1"),
    ("a.csv", b"doc_id,text\na,x,y\n", "a.csv: row 1 (line 2): has 3 cells where the header has 2"),
    ("a.csv", b"doc_id,text\n", "a.csv: no document in it"),
    ("a.jsonl", b"", "a.jsonl: no document in it"),
    ("a.jsonl.gz", b"no gzip", "a.jsonl.gz: broken behind line 0 (Not a gzipped file"),
    ("a.jsonl.gz", gzip.compress(LINE * 9000, mtime=0)[:70], "a.jsonl.gz: broken behind line "),
    ("a.parquet", b"PAR1 no more of it", "a.parquet: "),
    ("a.pdf", b"%PDF", "a.pdf: .pdf is not read; save its text as .txt"),
    ("a.jsonl", LINE.replace(b"}", b', "lang": "fr"}'), "a.jsonl: line 1: lang is 'fr'; only Engl"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), BAD_INPUT)
@pytest.mark.parametrize(("command", "suffix"), COMMANDS)
def test_bad_input_is_one_line_and_keeps_the_old_output(
    refused, command, suffix, name, content, message
):
    if content is not None:
        Path(name).write_bytes(content)
    out = Path(f"out{suffix}")
    out.write_bytes(b"precious")
    before = files()
    assert message in refused(command, name, *QUICK, "--out", out)
    assert files() == before


@pytest.mark.parametrize("command", ["annotate", "score", "report"])
def test_an_empty_folder_and_an_empty_standard_input(refused, command):
    Path("empty").mkdir()
    assert "empty: no text files in this folder, nothing; read are .txt" in refused(
        command, "empty"
    )
    assert "standard input: no document in it" in refused(command, "-")
    assert "standard input: line 2: broken JSON (" in refused(command, "-", stdin=LINE + b"{")
    assert os.listdir() == ["empty"]


BAD_USE = [
    (("annot", "a.jsonl"), "no command 'annot' (did you mean 'annotate'?); there are annotate, "),
    (("lexicon", "chek"), "no command 'chek' (did you mean 'check'?); there are check, "),
    (("annotate",), "Missing argument 'INPUT'"),
    (("annotate", "a.jsonl", "--jobs", "0"), "'--jobs': 0 is not in the range"),
    (("annotate", "a.jsonl", "--extractor", "x"), "No such option '--extractor'"),
    (("annotate", "a.jsonl", "--extractors", "loded_language"), "no extractor named "
     "'loded_language' (did you mean 'loaded_language'?); there are "),
    (("score", "a.jsonl", "--map", "outlet"), "--map outlet: write it as FIELD=COL, for example"),
    (("score", "a.jsonl", "--map", "outlet=outlte"), "no column 'outlte' (did you mean 'outlet'?)"),
    (("score", "a.jsonl", "--text", "txt"), "a.jsonl: no column 'txt' (did you mean 'text'?)"),
    (("score", "a.jsonl", "--per", "many"), "'--per': 'many' is not a valid integer"),
    (("report", "a.jsonl", "--by", "outlte", "--out", "r.pdf"), "the corpus has no field 'outlte' "
     "(did you mean 'outlet'?); it has doc_id, outlet, event"),
    (("report", "a.jsonl", "--cluster", "evnt"), "no field 'evnt' (did you mean 'event'?)"),
    (("report", "a.jsonl", "--out", "r.docx"), "r.docx: a report is written as .pdf"),
    (("annotate", "@basl"), "@basl: no such corpus (did you mean 'basil'?); known are "),
    (("corpora", "show", "basl"), "no such corpus (did you mean 'basil'?)"),
    (("corpora", "check", "nowhere"), "@nowhere: no such corpus; known are "),
    (("lexicon", "show", "loaded_langage"), "no lexicon named 'loaded_langage' (did you mean "),
    (("lexicon", "count", "loaded_langage", "a.jsonl"), "no lexicon named 'loaded_langage' (did"),
    (("lexicon", "show", "nope"), "no lexicon named 'nope'; there are agency, appeals, "),
    (("lexicon", "learn", "My List", "--from", "a.jsonl"), "a lexicon's name is small letters"),
    (("lexicon", "learn", "mine", "--from", "a.jsonl", "--by", "nope"),
     "the documents have no field 'nope'; there are event, outlet"),
    (("audit", "a.jsonl", "--side", "outlet", "--pairs", "gone.tsv"),
     "gone.tsv: cannot be read (No such file or directory)"),
    (("audit", "a.jsonl", "--side", "outlet", "--pairs", "a.jsonl"),
     "needs the columns kind, name, becomes, with tabs between them; this one has {"),
    (("annotate", "a.jsonl", "--extractors", " ,"), "' ,' names nothing; give names, as outlet,"),
    (("lexicon", "check", "gone.tsv"), "gone.tsv: no such lexicon; a lexicon is NAME.tsv"),
    (("annotate", "a.jsonl", "--out", "a.jsonl"), "a.jsonl: --out is the input itself; give"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "message"), BAD_USE)
def test_bad_use_is_one_line(refused, args, message):
    Path("a.jsonl").write_bytes(LINE + SECOND)
    assert message in refused(*args)
    assert files() == {"a.jsonl": LINE + SECOND}


@pytest.fixture
def scores(run) -> Path:
    Path("a.jsonl").write_bytes(LINE + SECOND)
    assert run("score", "a.jsonl", *QUICK, "--out", "scores.csv")[0] == 0
    return Path("scores.csv")


BAD_COMPARE = [
    (("--by", "outlte"), "the scores table has no column 'outlte' (did you mean 'outlet'?)"),
    (("--cluster", "evnt"), "the scores table has no column 'evnt' (did you mean 'event'?)"),
    (("--within", "evnt"), "the scores table has no column 'evnt' (did you mean 'event'?)"),
    (("--reference", "Mercry"), "no group 'Mercry' in column 'outlet' (did you mean 'Mercury'?)"),
    (("--measure", "loaded.outlet"), "no measure 'loaded.outlet' in the scores table"),
]


@pytest.mark.parametrize(("options", "message"), BAD_COMPARE)
def test_bad_comparisons(refused, scores, options, message):
    Path("out.csv").write_bytes(b"precious")
    assert message in refused("compare", scores, *options, "--out", "out.csv")
    assert Path("out.csv").read_bytes() == b"precious"


def test_tables_that_are_no_scores(refused, scores):
    assert "gone.csv: no such file" in refused("compare", "gone.csv")
    Path("b.csv").write_text("doc_id,text\na,x\n")
    assert "a scores table needs the columns n_words, " in refused("compare", "b.csv")
    Path("c.csv").write_text(",".join(SCORES) + ",outlet,m.outlet.count\na,1,1,0,X,many\n")
    assert "column 'm.outlet.count' of a scores table must hold numbers" in refused(
        "compare", "c.csv"
    )
    Path("d.parquet").write_bytes(b"PAR1")
    assert "d.parquet: cannot be read as .parquet" in refused("compare", "d.parquet")
    assert "d.parquet: not a readable Parquet file" in refused("score", "d.parquet")
    hits = pd.DataFrame({"doc_id": ["a"], "n_words": [1]})
    hits.to_csv("e.csv", index=False)
    assert "this one has doc_id, n_words" in refused("compare", "e.csv")


def test_spans_without_documents_cannot_be_scored(run, refused):
    Path("a.jsonl").write_bytes(LINE)
    assert run("annotate", "a.jsonl", *QUICK, "--out", "hits.csv")[0] == 0
    assert "hits.csv: has spans but not their documents; give score the corpus" in refused(
        "score", "hits.csv"
    )


@pytest.mark.parametrize("command", ["annotate", "score", "lexicon"])
def test_targets_that_cannot_be_written(refused, command):
    start = ("lexicon", "count", "report_verbs") if command == "lexicon" else (command,)
    Path("a.jsonl").write_bytes(LINE + SECOND)
    Path("folder.csv").mkdir()
    Path("full.csv").symlink_to("/dev/full")

    def said(out: str) -> str:
        return refused(*start, "a.jsonl", "--out", out)

    assert "folder.csv: is a folder; --out needs a file name such as" in said("folder.csv")
    assert "out.xlsx: unknown table suffix '.xlsx'; use one of .csv, " in said("out.xlsx")
    assert "/dev/full: unknown table suffix ''" in said("/dev/full")
    assert "full.csv: cannot be written (No space left on device)" in said("full.csv")
    assert "a.jsonl is a file, not a folder" in said("a.jsonl/out.csv")
    assert "/proc/nowhere/out.csv: cannot be written (" in said("/proc/nowhere/out.csv")
    assert sorted(os.listdir()) == ["a.jsonl", "folder.csv", "full.csv"]
    assert Path("a.jsonl").read_bytes() == LINE + SECOND


def test_reports_that_cannot_be_written(refused):
    Path("a.jsonl").write_bytes(LINE + SECOND)
    Path("folder.pdf").mkdir()

    def said(out: str) -> str:
        return refused("report", "a.jsonl", *QUICK, "--out", out)

    assert "folder.pdf: is a folder; --out needs a file name such as folder.pdf/out.pdf" in said(
        "folder.pdf"
    )
    assert "a.jsonl is a file, not a folder" in said("a.jsonl/r.pdf")
    assert sorted(os.listdir()) == ["a.jsonl", "folder.pdf"]


@pytest.mark.parametrize("out", ["out.csv", "new/out.parquet"])
@pytest.mark.parametrize("command", ["annotate", "score"])
def test_skipped_rows_are_written_beside_the_output(run, command, out):
    bad = b'{"doc_id": "c", "text": null}\n{"doc_id": \n' + LINE
    code, _, err = run(command, "-", *QUICK, "--skip-bad", "--out", out, stdin=LINE + bad + SECOND)
    assert code == 0
    beside = Path(out).with_name("out.refused.csv")
    assert err[0].startswith("framing: 3 rows were refused: ")
    assert f"framing: refused rows are in {beside}" in err
    table = pd.read_csv(beside)
    assert table["row"].tolist() == [2, 3, 4] and table["doc_id"].tolist() == ["c", "3", "a"]
    assert table["reason"].str.contains("text' is missing|broken JSON|used before").all()
    assert Path(out).is_file()
    if command == "score":
        read = pd.read_csv(out) if out.endswith("csv") else pd.read_parquet(out)
        assert read["doc_id"].tolist() == ["a", "b"]


def test_if_every_row_is_refused_there_is_nothing_to_do(run):
    Path("out.csv").write_bytes(b"precious")
    code, _, err = run("score", "-", "--skip-bad", "--out", "out.csv", stdin=b"{}\n[]\n")
    assert code == 2 and err[-1] == (
        "framing: standard input: no document in it; one at least is needed"
    )
    assert len(pd.read_csv("out.refused.csv")) == 2
    assert Path("out.csv").read_bytes() == b"precious"


def test_a_full_standard_output(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINE)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "framing", "annotate", tmp_path / "a.jsonl", *QUICK],
            check=False, stdout=full, stderr=subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )  # fmt: skip
    assert done.stderr == b"framing: standard output: No space left on device\n"
    assert done.returncode == 2


@pytest.fixture
def small_disk():
    """A limit on the size of files stands in for a disk that fills up on the way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("suffix", [".csv", ".jsonl.gz", ".parquet"])
@pytest.mark.parametrize("command", ["annotate", "score"])
def test_a_disk_that_fills_up_on_the_way(refused, small_disk, command, suffix):
    many = [{"doc_id": f"{n * 7**25:x}", "text": f"A vile day, number {n}."} for n in range(2000)]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, many)))
    out = Path(f"out{suffix}")
    out.write_bytes(b"precious")
    small_disk()
    assert f"{out}: cannot be written (" in refused(command, "a.jsonl", *QUICK, "--out", out)
    assert out.read_bytes() == b"precious"
    assert sorted(os.listdir()) == ["a.jsonl", out.name]


def test_what_is_read_is_never_written_over(refused, run):
    Path("texts").mkdir()
    Path("texts/a.txt").write_text("A vile day in the town.")
    Path("texts/metadata.csv").write_text("doc_id,outlet\na,Mercury\n")
    assert run("annotate", "texts", *QUICK, "--out", "h.parquet")[0] == 0
    assert run("score", "h.parquet", "--out", "s.csv")[0] == 0
    Path("link.csv").symlink_to("s.csv")
    before = files()
    itself = "--out is the input itself; give another name"
    assert refused("score", "h.parquet", "--out", "h.parquet") == f"h.parquet: {itself}"
    for out in ("s.csv", "./texts/../s.csv", "link.csv"):
        assert refused("compare", "s.csv", "--out", out) == f"{out}: {itself}"
    for command in ("annotate", "score"):
        said = refused(command, "texts", *QUICK, "--out", "texts/metadata.csv")
        assert said.startswith("texts/metadata.csv: --out is a file of the input folder texts")
    assert files() == before
    Path("texts/articles").mkdir()
    Path("texts/a.txt").rename("texts/articles/a.txt")
    said = refused("annotate", "texts/articles", *QUICK, "--out", "texts/metadata.csv")
    assert "--out is a file of the input folder texts/articles" in said
    assert run("annotate", "texts", *QUICK, "--out", "texts/new.csv")[0] == 0


@pytest.mark.parametrize(
    "more", [("--extractors", "nope"), ("--text", "body"), ("--map", "outlet=o"), ("--skip-bad",)]
)
def test_options_of_reading_are_refused_for_a_hits_file(refused, run, more):
    Path("a.jsonl").write_bytes(LINE)
    assert run("annotate", "a.jsonl", *QUICK, "--out", "h.parquet")[0] == 0
    assert refused("score", "h.parquet", *more).startswith("h.parquet: a hits file needs no --ext")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("train", "--recipe", "babe", "--label", "x"), "leave out --label"),
        (("train", "--recipe", "babe", "--unit", "sentence"), "leave out --unit sentence"),
        (("train", "--recipe", "policy-frames", "--skip-bad"), "leave out --skip-bad"),
        (("train", "--recipe", "policy-frames", "--encoder"), "leave out --encoder"),
        (("evaluate", "us-party", "a.jsonl", "--backend", "fitted"), "leave out --backend fitted"),
        (("evaluate", "us-party", "a.jsonl", "--train", "gold"), "leave out --train"),
        (("evaluate", "--voices", "gold", "--map", "outlet=o", "--groups", "outlet"),
         "leave out --groups, --map"),
    ],
)  # fmt: skip
def test_options_without_effect_are_refused(refused, words, message):
    assert message in refused(*words)


def test_a_table_of_another_kind_is_named(refused):
    Path("s.csv").write_text("doc_id,outlet\na,Mercury\n")
    assert refused("compare", "s.csv").startswith("s.csv: a scores table needs the columns n_words")


def test_a_seed_below_zero(refused):
    assert "'--seed': -1 is not in the range x>=0" in refused("compare", "s.csv", "--seed", "-1")


def test_a_field_of_sides_that_is_not_there(refused):
    Path("a.jsonl").write_bytes(LINE)
    assert "no field 'sdie'" in refused("lexicon", "count", "hedging", "a.jsonl", "--side", "sdie")


def test_a_codebook_that_is_not_there(refused):
    assert refused("codebook", "check", "gone.toml").startswith("gone.toml: No such file")


@pytest.mark.parametrize("out", [".", ".."])
def test_the_folder_one_stands_in_as_output(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_bytes(LINE)
    how = {"text": None, "id": None, "renamed": (), "skip_bad": True}
    assert Source("a.jsonl", out, **how).refused_file == Path("framing.refused.csv")
