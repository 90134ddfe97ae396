"""The command line: every command on a small corpus, in every form, and the same from all."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from framing import cli
from framing.tables import ESTIMATES, HITS, SUFFIXES, read_table

QUICK = ("--extractors", "loaded_language,partisan_framing")
TEXTS = {
    "tram-mercury": "Ministers slammed the vile tram scheme on Monday. "
    "“It is a shameful stunt,” said Ann Moor, who leads the council.",
    "tram-herald": "The council agreed the tram plan on Monday. "
    "“It is a good plan,” said Ann Moor, who leads the council.",
    "rents-mercury": "Greedy landlords have slammed the cap on rents. It was a reckless and vile "
    "attack, they said, and nobody was there to answer it.",
    "rents-herald": "Landlords have criticised the cap on rents. The tenants have welcomed it, and "
    "the council is to vote on it in the spring.",
}


def rows() -> list[dict[str, str]]:
    made = []
    for doc_id, text in TEXTS.items():
        event, outlet = doc_id.split("-")
        made.append({"doc_id": doc_id, "text": text, "outlet": outlet, "event": event})
    return made


def as_lines(records: list) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


@pytest.fixture
def good(run):
    """Run what must go well; return its output as JSON lines, or None if it wrote a file."""

    def call(*args: str, stdin: bytes = b"") -> list[dict]:
        code, out, err = run(*args, stdin=stdin)
        assert code == 0, err
        return [json.loads(line) for line in out.splitlines()]

    return call


@pytest.fixture
def forms(tmp_path) -> dict[str, str]:
    """The corpus in every form of input, by kind."""
    folder = tmp_path / "study"
    folder.mkdir()
    for row in rows():
        (folder / f"{row['doc_id']}.txt").write_text(row["text"])
    frame = pd.DataFrame(rows()).sort_values("doc_id")
    frame.drop(columns="text").to_csv(folder / "metadata.csv", index=False)
    frame.to_csv(tmp_path / "study.csv", index=False)
    frame.to_csv(tmp_path / "study.tsv", index=False, sep="\t")
    frame.to_parquet(tmp_path / "study.parquet")
    lines = as_lines(frame.to_dict("records"))
    (tmp_path / "study.jsonl.gz").write_bytes(gzip.compress(lines))
    return {
        "folder": "study", "csv": "study.csv", "tsv": "study.tsv", "parquet": "study.parquet",
        "jsonl.gz": "study.jsonl.gz", "-": "-",
    }  # fmt: skip


def commands(group: click.Group = cli.cli, names: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*names, name))
        if isinstance(command, click.Group):
            found += commands(command, (*names, name))
    return found


@pytest.mark.parametrize("names", [(), *commands()], ids=" ".join)
def test_help_has_an_example(names):
    result = CliRunner().invoke(cli.cli, [*names, "--help"])
    assert result.exit_code == 0
    words = " ".join(result.output.split())
    example = re.search(r"Example: framing ((?:[a-z]+ ?)*)", words)
    assert example and example[1].startswith(" ".join(names))
    assert result.output.startswith("Usage: ")


def test_every_command_of_the_contract_that_is_built_is_there():
    wanted = {"annotate", "score", "compare", "report", "corpora", "lexicon", "extractors",
              "doctor"}  # fmt: skip
    assert wanted <= set(cli.cli.commands)


def test_no_command_shows_the_help_and_the_version_is_said(run):
    for args in ((), ("lexicon",)):
        code, out, err = run(*args)
        assert (code, err) == (0, []) and out.startswith("Usage: framing")
    code, out, _ = run("--version")
    assert code == 0 and re.match(r"framing \S+, Python \d", out)


@pytest.mark.parametrize("kind", ["folder", "csv", "tsv", "jsonl.gz", "parquet", "-"])
def test_every_form_of_input_gives_the_same(good, forms, kind):
    lines = as_lines(sorted(rows(), key=lambda row: row["doc_id"]))
    found = good("annotate", forms[kind], *QUICK, stdin=lines)
    assert found == good("annotate", forms["csv"], *QUICK)
    assert list(found[0]) == list(HITS)
    for hit in found:
        assert TEXTS[hit["doc_id"]][hit["start"] : hit["end"]] == hit["text"]
    said = {(hit["text"], hit["voice"]) for hit in found if hit["doc_id"] == "tram-mercury"}
    assert {("slammed", "outlet"), ("shameful", "direct")} <= said
    scores = good("score", forms[kind], *QUICK, stdin=lines)
    assert scores == good("score", forms["csv"], *QUICK)
    assert [row["doc_id"] for row in scores] == sorted(TEXTS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_of_output(good, forms, suffix):
    assert good("annotate", "study.csv", *QUICK, "--out", f"hits{suffix}") == []
    assert good("score", "study.csv", *QUICK, "--out", f"scores{suffix}") == []
    assert good("compare", f"scores{suffix}", "--out", f"new/estimates{suffix}") == []
    hits = read_table(f"hits{suffix}", "hits")
    assert hits["text"].tolist() == [hit["text"] for hit in good("annotate", "study.csv", *QUICK)]
    scores = read_table(f"scores{suffix}", "scores")
    assert scores["doc_id"].tolist() == sorted(TEXTS)
    estimates = read_table(f"new/estimates{suffix}", "estimates")
    printed = good("compare", f"scores{suffix}")
    assert tuple(printed[0]) == ESTIMATES
    assert [row["estimate"] for row in printed] == pytest.approx(estimates["estimate"].tolist())
    assert not [path.name for path in Path().iterdir() if path.name.startswith(".")]


def test_scores_from_the_corpus_and_from_its_hits_are_the_same(good, forms):
    good("annotate", "study.csv", *QUICK, "--out", "hits.parquet")
    options = ("--labels", "--each-voice", "--min-words", "5", "--per", "100")
    scores = good("score", "hits.parquet", *options)
    assert scores == good("score", "study.csv", *QUICK, *options)
    row = next(row for row in scores if row["doc_id"] == "tram-mercury")
    assert row["loaded_language.direct.count"] == row["loaded_language.attributed.count"] >= 1
    own, words = row["loaded_language.outlet.count"], row["n_words_outlet"]
    assert row["loaded_language.outlet.per_100"] == pytest.approx(100 * own / words)


def test_columns_are_named_by_options(good, forms):
    frame = pd.DataFrame(rows()).rename(
        columns={"text": "body", "doc_id": "key", "outlet": "source"}
    )
    frame.to_csv("odd.csv", index=False)
    how = ("--text", "body", "--id", "key", "--map", "outlet=source", "--map", "side=event")
    scores = good("score", "odd.csv", *QUICK, *how)
    assert [row["doc_id"] for row in scores] == list(TEXTS)
    assert {(row["outlet"], row["side"]) for row in scores} == {
        (outlet, event) for outlet in ("mercury", "herald") for event in ("tram", "rents")
    }


def test_two_processes_give_the_same_rows(good, forms):
    one = good("annotate", "study.csv", "--jobs", "1")
    assert good("annotate", "study.csv", "--jobs", "2") == one
    assert one


def test_compare_in_clusters(good, forms):
    good("score", "study.csv", *QUICK, "--out", "scores.csv")
    how = ("compare", "scores.csv", "--by", "outlet", "--cluster", "event", "--within", "event",
           "--reference", "herald", "--measure", "loaded_language.outlet")  # fmt: skip
    table = pd.DataFrame(good(*how))
    rates = table[table["reference"].isna()].set_index("group")["estimate"]
    (difference,) = table[table["reference"] == "herald"].to_dict("records")
    assert rates["mercury"] > rates["herald"]
    assert difference["group"] == "mercury" and difference["n_clusters"] == 2
    assert difference["estimate"] == pytest.approx(rates["mercury"] - rates["herald"])
    assert good(*how) == good(*how, "--seed", "0")


def test_report(run, forms):
    code, out, err = run("report", "study.csv", *QUICK, "--title", "Trams", "--out", "new/r.pdf")
    assert (code, out) == (0, "")
    assert err[-1].endswith("new/r.pdf and its tables in new/r_tables")
    assert Path("new/r.pdf").read_bytes().startswith(b"%PDF")
    tables = sorted(path.name for path in Path("new/r_tables").iterdir())
    estimates = next(name for name in tables if "table" in name)
    assert set(read_table(f"new/r_tables/{estimates}")["group"]) == {"mercury", "herald"}


def test_a_report_needs_no_outlet_no_event_and_no_hits(run, forms):
    lines = as_lines([{"text": "It rained on the town."}, {"text": ""}])
    code, _, err = run("report", "-", *QUICK, "--out", "r.pdf", stdin=lines)
    assert code == 0 and "framing: 1 document has an empty text (0 words, no rates): '2'" in err
    assert Path("r.pdf").is_file()


def test_an_empty_text_is_no_error(run, forms):
    lines = as_lines([{"id": "a", "text": ""}, {"id": "b", "text": " \n"}, *rows()])
    code, out, err = run("score", "-", *QUICK, "--min-words", "0", stdin=lines)
    assert code == 0
    assert err == ["framing: 2 documents have an empty text (0 words, no rates): 'a', 'b'"]
    code, out, _ = run("score", "-", *QUICK, stdin=lines)
    first, second, *_ = map(json.loads, out.splitlines())
    assert first["n_words"] == second["n_words"] == 0
    for row in (first, second):
        assert row["loaded_language.all.count"] == 0
        assert row["loaded_language.all.per_1k"] is None


def test_a_megabyte_on_one_line(good, tmp_path):
    text = "The council met and slammed the vile scheme again. " * 20_000
    assert len(text) > 1e6
    (tmp_path / "long.csv").write_text(f"doc_id,text\na,{text}\n")
    (row,) = good("score", "long.csv", *QUICK)
    assert row["n_words"] == 9 * 20_000
    assert row["loaded_language.all.count"] >= 2 * 20_000
    assert np.isfinite(row["loaded_language.all.per_1k"])


def test_lists(good, run):
    for args, word in (
        (("extractors",), "loaded_language"), (("lexicon", "list"), "partisan_framing"),
        (("corpora", "list"), "@basil"), (("corpora", "show", "@basil"), "name: basil"),
        (("doctor",), "package numpy"),
    ):  # fmt: skip
        code, out, err = run(*args)
        assert (code, err) == (0, []) and word in out
    entries = good("lexicon", "show", "report_verbs")
    assert len(entries) > 20 and all(entry["patterns"] for entry in entries)


def test_lexicon_check_and_count(run, good, forms):
    head = "entry\tlabel\tstrength\n"
    Path("mine.tsv").write_text(head + "vile\thot\t3\n")
    assert run("lexicon", "check", "mine.tsv") == (0, "mine.tsv: 1 entry, no fault\n", [])
    Path("bad.tsv").write_text(head + "vile\t\t3\nvile\thot\t9\n")
    code, out, err = run("lexicon", "check", "bad.tsv")
    assert code == 1 and err == []
    assert [line.split(":")[0] for line in out.splitlines()] == ["bad.tsv, line 2",
                                                                 "bad.tsv, line 3"]  # fmt: skip
    counts = good("lexicon", "count", "loaded_language", "study.csv", "--side", "outlet")
    used = [row for row in counts if row["n"]]
    assert used and all(row["per_million_mercury"] is not None for row in counts)


def test_the_program_as_others_start_it(forms, tmp_path):
    """`python -m framing` reads standard input; a reader that stops early is no fault."""
    command = [sys.executable, "-m", "framing", "annotate", "-", *QUICK]
    lines = as_lines(rows())
    done = subprocess.run(command, input=lines, capture_output=True, check=True)
    assert done.stderr == b""
    assert {json.loads(line)["doc_id"] for line in done.stdout.splitlines()} >= {"tram-mercury"}
    many = as_lines([{"text": "A vile, vile day. " * 2000} for _ in range(4)])
    (tmp_path / "many.jsonl").write_bytes(many)
    command[4] = str(tmp_path / "many.jsonl")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait() in (0, 1)
