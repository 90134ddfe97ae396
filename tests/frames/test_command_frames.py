"""The commands of the classifiers: what they print, and where."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from framing.cli import cli
from framing.frames.store import load_classifier, models_folder
from framing.tables import BadInput

FRAMES = {"economic": "economic_consequences", "crime": "public_safety"}
AS = ("--text", "body", "--id", "key", "--map", "outlet=source")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words, catch_exceptions=False)


@pytest.fixture
def table(coded, tmp_path: Path) -> Path:
    """Texts and labels under names that are not ours."""
    rows = [{"key": one.doc_id, "body": one.text, "source": one.meta["outlet"], "lang": "en",
             "event": one.meta["article"], "frame": FRAMES[one.meta["frame"]]}
            for one in coded]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "coded.csv", index=False)
    return tmp_path / "coded.csv"


def test_evaluate_reads_as_every_command_does(table, tmp_path) -> None:
    with pytest.raises(BadInput, match="--text COL"):
        run("evaluate", "gun-violence-frames", str(table), "--label", "frame")
    out = tmp_path / "evaluation"
    done = run("evaluate", "gun-violence-frames", str(table), "--label", "frame", *AS,
               "--groups", "outlet", "--out", str(out))  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "gun-violence-frames as it is, on 80 texts" in done.stdout
    assert "macro-F1, mean over frames" in done.stdout and "95 % from" in done.stdout
    assert "A new classifier of the same settings" in done.stdout
    for folder in (out, out / "refitted"):
        for name in ("CARD.md", "metrics.json", "confusion.csv", "confusion.pdf", "reliability.pdf",
                     "groups.csv", "group_errors.pdf"):  # fmt: skip
            assert (folder / name).is_file(), name
    assert "the classifier with probabilities fitted to these texts" in done.stderr
    assert "fitted again to 80 labelled texts" in load_classifier(out / "recalibrated").card
    assert "nothing refitted, on 80 units" in (out / "CARD.md").read_text()
    assert pd.read_csv(out / "confusion.csv")["n"].sum() == 80
    assert set(pd.read_csv(out / "groups.csv")["field"]) == {"outlet"}


def test_evaluate_names_a_column_that_is_not_there(table) -> None:
    words = ("evaluate", "gun-violence-frames", str(table), *AS)
    told = (
        r"coded\.csv: no column 'frames' for the labels .did you mean 'frame'.*--label COL; there"
    )
    with pytest.raises(BadInput, match=told):
        run(*words, "--label", "frames")
    with pytest.raises(BadInput, match=r"no column 'label' for the labels; name it with --label"):
        run(*words)
    with pytest.raises(BadInput, match=r"no column 'outlets' .did you mean 'outlet'"):
        run(*words, "--label", "frame", "--groups", "outlets")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [(None, "no label; give one, or leave the row out"), ("econmic", "'econmic' is not one of")],
)
def test_a_label_that_cannot_be_used_is_named_with_file_and_document(table, cell, reason) -> None:
    rows = pd.read_csv(table)
    rows.loc[6, "frame"] = cell
    rows.to_csv(table, index=False)
    told = rf"coded\.csv: document '{rows['key'][6]}', column 'frame': {reason}"
    with pytest.raises(BadInput, match=told):
        run("evaluate", "gun-violence-frames", str(table), *AS, "--label", "frame")
    with pytest.raises(BadInput, match=told):
        run("train", str(table), *AS, "--label", "frame", "--codebook", "gun_violence",
            "--out", str(table.with_name("mine")))  # fmt: skip
    assert not table.with_name("mine").exists()


def test_label_says_licence_use_limits_and_unlike_texts(tmp_path, monkeypatch) -> None:
    texts = pd.DataFrame({"doc_id": ["a"], "text": ["The guns were handed in. " * 40]})
    texts.to_csv(tmp_path / "long.csv", index=False)
    with pytest.warns(UserWarning, match="learnt from documents of 12 words"):
        done = run("label", str(tmp_path / "long.csv"), "--classifier", "gun-violence-frames")
    lines = done.stderr.splitlines()
    assert lines[0].endswith("licence: Apache-2.0 (repository of the corpus)")
    assert lines[1].endswith("use: Headlines of US news on gun violence.")
    assert "limits: Headlines only (more: framing classifiers show" in lines[2]
    assert '"threshold"' in done.stdout and "licence" not in done.stdout
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run("label", str(tmp_path / "long.csv"), "--classifier", "policy-frames")


def test_classifiers_are_listed_and_shown(model, tmp_path) -> None:
    assert run("classifiers").stdout == run("classifiers", "list").stdout
    card = (models_folder() / "us-party" / "CARD.md").read_text("utf-8")
    assert run("classifiers", "show", "us-party").stdout == card
    folder = model.save(tmp_path / "mine")
    assert run("classifiers", "show", str(folder)).stdout == load_classifier(folder).card
    assert "# policy-frames-lexicon" in run("classifiers", "show", "policy-frames-lexicon").stdout
    with pytest.raises(BadInput, match="no classifier 'us-prty'"):
        run("classifiers", "show", "us-prty")


def test_train_reads_as_every_command_does(table, tmp_path) -> None:
    done = run("train", str(table), "--label", "frame", *AS, "--groups", "outlet",
               "--out", str(tmp_path / "mine"))  # fmt: skip
    assert done.exit_code == 0 and "by outlet" in done.stdout
    with pytest.raises(BadInput, match="write it as FIELD=COL"):
        run("train", str(table), "--label", "frame", "--map", "outlet", "--out", "mine")


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_an_empty_cell_is_no_frame_where_texts_have_several(coded, tmp_path, form) -> None:
    labels = ["" if n % 5 == 0 else one.meta["frame"] + "|town" * (n % 2)
              for n, one in enumerate(coded)]  # fmt: skip
    frame = pd.DataFrame({"text": [one.text for one in coded], "frames": labels})
    path = tmp_path / f"coded.{form}"
    if form == "csv":
        frame.to_csv(path, index=False)
    elif form == "jsonl":
        frame.to_json(path, orient="records", lines=True)
    else:
        frame.to_parquet(path)
    done = run("train", str(path), "--label", "frames", "--out", str(tmp_path / "mine"))
    assert done.exit_code == 0, done.output
    model = load_classifier(tmp_path / "mine")
    assert model.kind_ == "multi" and model.frames_ == ("crime", "economic", "town")
    assert "an empty cell is no frame" in " ".join(run("train", "--help").stdout.split())


@pytest.mark.parametrize("unit", ["document", "sentence"])
@pytest.mark.parametrize("words", [("False", "True"), ("0.0", "1.0")])
def test_true_and_false_of_a_csv_are_a_binary_frame(coded, tmp_path, unit, words) -> None:
    rows = [{"text": one.text, "crime": words[one.meta["frame"] == "crime"]} for one in coded]
    pd.DataFrame(rows).to_csv(tmp_path / "coded.csv", index=False)
    done = run("train", str(tmp_path / "coded.csv"), "--label", "crime", "--unit", unit,
               "--out", str(tmp_path / "mine"))  # fmt: skip
    assert done.exit_code == 0, done.output
    model = load_classifier(tmp_path / "mine")
    assert (model.kind_, model.frames_) == ("binary", ("positive",))


@pytest.mark.parametrize("out", ["notes.txt", "notes.txt/in", "/dev/fd/none"])
def test_where_an_evaluation_cannot_be_written_is_said_before_it(
    table, tmp_path, monkeypatch, out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("mine")
    monkeypatch.setattr("framing.frames.transfer.transfer", lambda *_: pytest.fail("evaluated"))
    with pytest.raises(BadInput, match="cannot be written"):
        run("evaluate", "us-party", str(table), *AS, "--label", "frame", "--out", out)
