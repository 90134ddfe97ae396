"""The training command: halves and measures asked for stand in what is stored."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from framing.cli import cli
from framing.frames import labelled, recipes, training
from framing.frames.store import load_classifier
from framing.frames.training import train_recipe, train_table
from framing.tables import BadInput
from framing.text.document import Document

needs_encoder = pytest.mark.skipif(not find_spec("onnxruntime"), reason="extra encoder is missing")


@pytest.fixture
def table(coded, tmp_path: Path) -> Path:
    rows = [{"doc_id": one.doc_id, "text": one.text, **one.meta} for one in coded]
    pd.DataFrame(rows).to_csv(tmp_path / "coded.csv", index=False)
    return tmp_path / "coded.csv"


@needs_encoder
def test_measures_and_encoder_are_kept(table, tmp_path) -> None:
    command = ["train", str(table), "--label", "frame", "--groups", "outlet", "--encoder",
               "--measures", "loaded_language,hedging",
               "--out", str(tmp_path / "mine")]  # fmt: skip
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    model = load_classifier(tmp_path / "mine")
    assert model.measures == ["loaded_language", "hedging"] and model.encoder
    assert (tmp_path / "mine_evaluation" / "metrics.json").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--recipe", "babe", "--measures", "hedging"], "a recipe has its own measures"),
        (["--recipe", "bbae"], "no recipe 'bbae' (did you mean 'babe'?)"),
        (["--recipe", "policy-frmes"], "(did you mean 'policy-frames'?)"),
        (["--recipe", "babe", "--out", "."], "the folder needs a name of its own"),
        (["--recipe", "policy-frames", "--out", ".."], "the folder needs a name of its own"),
        (["--recipe", "babe", "--out", "/dev/fd/none/x"], "cannot be written ("),
        (["coded.csv", "--label", "frame"], "say with --out DIR"),
        (["coded.csv"], "give INPUT with --label COL, or --recipe NAME alone"),
    ],
)
def test_what_is_missing_is_said(words, said) -> None:
    with pytest.raises(BadInput) as error:
        CliRunner().invoke(cli, ["train", *words], catch_exceptions=False)
    assert said in str(error.value)


def test_too_few_labelled_texts_are_said(table, tmp_path) -> None:
    few = pd.read_csv(table).head(6)
    few.to_csv(table, index=False)
    alike = [Document(str(n), f"Rain fell on town {n}.", None, {"frame": "a"}) for n in range(30)]
    with pytest.raises(BadInput, match="all texts have the label 'a' in the column 'frame'; two"):
        train_table(alike, "frame", tmp_path / "mine")
    with pytest.raises(BadInput, match="6 texts with a label in the column 'frame'; at least 20"):
        CliRunner().invoke(
            cli, ["train", str(table), "--label", "frame", "--out", str(tmp_path / "m")],
            catch_exceptions=False,
        )  # fmt: skip


@pytest.mark.filterwarnings("ignore:'outlet' has fewer")
@pytest.mark.parametrize("groups", [[], ["--groups", "outlet"]])
def test_texts_of_one_outlet_can_be_trained_on_and_evaluated(table, tmp_path, groups) -> None:
    rows = pd.read_csv(table).drop(columns="article").assign(outlet="Mail")
    rows.to_csv(table, index=False)
    words = [str(table), "--label", "frame", *groups]
    mine, out = str(tmp_path / "mine"), str(tmp_path / "found")
    with pytest.warns(UserWarning, match="'outlet' has fewer than two values; no folds by outlet"):
        done = CliRunner().invoke(cli, ["train", *words, "--out", mine], catch_exceptions=False)
    assert done.exit_code == 0 and "random" in done.stdout and "by outlet" not in done.stdout
    with pytest.warns(UserWarning, match="no folds by outlet"):
        done = CliRunner().invoke(
            cli, ["evaluate", mine, *words, "--out", out], catch_exceptions=False
        )
    assert done.exit_code == 0 and "as it is" in done.stdout and "random" in done.stdout
    scores = pd.read_csv(Path(out) / "scores.csv")
    assert (scores["n_clusters"] > 1).all() and (tmp_path / "found" / "recalibrated").is_dir()


@pytest.mark.parametrize(
    ("blocked", "said"),
    [("mine/notes.txt", "mine: holds other files"), ("mine", "mine: is a file"),
     ("mine_evaluation", "mine_evaluation: is a file")],
)  # fmt: skip
def test_where_it_cannot_be_stored_is_said_before_training(
    table, tmp_path, monkeypatch, blocked, said
) -> None:
    (tmp_path / blocked).parent.mkdir(exist_ok=True)
    (tmp_path / blocked).write_text("mine")
    monkeypatch.setattr(training, "evaluate", lambda *_, **__: pytest.fail("it was trained"))
    monkeypatch.setattr("framing.frames.weak.train_weak", lambda out: pytest.fail("trained"))
    for source in ([str(table), "--label", "frame"], ["--recipe", "gun-violence-frames"],
                   ["--recipe", "policy-frames"]):  # fmt: skip
        with pytest.raises(BadInput, match=said):
            CliRunner().invoke(
                cli, ["train", *source, "--out", str(tmp_path / "mine")], catch_exceptions=False
            )


@needs_encoder
def test_with_an_encoder_only_figures_below_the_band_are_faults(coded, tmp_path, monkeypatch):
    rows = [replace(one, meta={**one.meta, "frames": one.meta["frame"]}) for one in coded]
    for low, high, faults in ((0.1, 0.2, 0), (1.1, 1.2, 1)):
        mine = replace(
            recipes.RECIPES["gun-violence-frames"], load=lambda: iter(rows), groups=("outlet",),
            settings={"folds": 2}, bands={"by outlet: macro_f1": (low, high)}, train_only={},
        )  # fmt: skip
        monkeypatch.setattr(training, "recipe", lambda name, mine=mine: mine)
        made = train_recipe("gun-violence-frames", tmp_path / f"m{high}", encoder=True)
        assert len(made.faults) == faults
        assert made.classifier.facts_["command"].endswith(" --encoder")


def test_the_bands_of_recipes_are_of_protocols_they_have() -> None:
    for one in recipes.RECIPES.values():
        protocols = {key.partition(": ")[0] for key in one.bands}
        named = {f"by {name}" for name in one.groups}
        assert protocols <= {"random", "by near-duplicate"} | named, one.name
        if one.groups and not {"period"} & set(one.groups):
            assert "by near-duplicate" not in protocols, f"{one.name}: its groups hold duplicates"


def test_without_the_corpus_of_silver_labels_the_start_is_the_encoder_as_it_was(
    tmp_path, monkeypatch
) -> None:
    def missing():
        raise BadInput("no anno_lexical here")

    monkeypatch.setattr("framing.frames.finetune.start_weights", lambda: Path("as/it/was"))
    how = replace(recipes.RECIPES["babe"], first=missing)
    with pytest.warns(UserWarning, match="without silver labels first: no anno_lexical here"):
        assert training.start_of(how, tmp_path) == str(Path("as/it/was"))


def test_silver_labels_share_no_outlet_and_no_sentence_with_babe(monkeypatch) -> None:
    told = [("Fox-Business", "A"), ("usa-today", "B"), ("vox", "The  vile ferry!"), ("vox", "C")]
    rows = [Document(text, text, None, {"outlet": outlet}) for outlet, text in told]
    monkeypatch.setattr(labelled, "anno_lexical", lambda: iter(rows))
    monkeypatch.setattr(labelled, "babe", lambda: iter([Document("a", "The vile ferry.")]))
    assert [one.text for one in labelled.silver()] == ["C"]
