"""Attributions as a table, the table of speakers, and agreement with marked texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import framing as fr
from framing.speech import evaluate_voices, read_voices, speaker_table, speech, voice_line
from framing.tables import BadInput
from framing.text.document import Document

TEXT = (
    "Mary Oakes said the vile plan fell.\n\n“It was a stunt,” she said. Critics said it was vile."
)


def test_runs_cover_the_text_and_attributions_point_into_it() -> None:
    ((document, _, voices),) = read_voices([Document("a", TEXT)])
    line = voice_line(document, voices)
    assert line["runs"][0][0] == 0 and line["runs"][-1][1] == len(TEXT)
    assert all(a[1] == b[0] for a, b in zip(line["runs"], line["runs"][1:], strict=False))
    spoken = [TEXT[slice(*span)] for one in line["attributions"] for span in one["content"]]
    assert spoken == ["the vile plan fell", "It was a stunt,", "it was vile"]


def test_one_row_an_attribution() -> None:
    table = speech([Document("a", TEXT), Document("b", "")])
    assert table["speaker_name"].tolist() == ["Mary Oakes", "Mary Oakes", None]
    assert table["speaker_type"].tolist() == ["named", "named", "anonymous"]
    assert table["n_words"].tolist() == [4, 4, 3]
    assert fr.voices([TEXT]).drop(columns="doc_id").equals(table.drop(columns="doc_id"))


def test_speakers_with_words_and_spans() -> None:
    hits = fr.annotate([TEXT], ["loaded_language"])
    table = speaker_table(hits, speech([Document("0", TEXT)])).set_index("speaker")
    assert table.loc["Mary Oakes", ["n_words", "n_attributions"]].tolist() == [8, 2]
    assert table.loc["Mary Oakes", "loaded_language.count"] == 2
    assert table.loc["Critics", "loaded_language.per_1k"] == pytest.approx(1000 / 3)


def gold(folder: Path, name: str, text: str, marks: str) -> None:
    for part in ("text", "attributions"):
        (folder / part).mkdir(exist_ok=True)
    (folder / "text" / f"{name}.txt").write_text(text)
    (folder / "attributions" / f"{name}_x1.ann").write_text(marks)


def test_agreement_with_marked_texts(tmp_path: Path) -> None:
    text = "Mary Oakes said that it fell. Nobody came."
    marks = (
        "T1\tSource 0 10\tMary Oakes\nT2\tCue 11 15\tsaid\nT3\tContent 16 28\tthat it fell\n"
        "E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1\n"
    )
    gold(tmp_path, "one", text, marks)
    gold(tmp_path, "two", "It rained. He slept.", "T1\tContent 0 9\tIt rained\nE1\tContent:T1\n")
    found = evaluate_voices(tmp_path)
    assert found["content_precision"] == 1.0
    assert found["content_recall"] == pytest.approx(2 / 4)
    assert found["attribution_recall"] == pytest.approx(1 / 2)
    assert found["speaker"] == 1.0


def test_a_folder_without_marks_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no attributions/\*\.ann"):
        evaluate_voices(tmp_path)


def test_the_commands(tmp_path: Path, run: Callable[..., tuple[int, str, list[str]]]) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"doc_id": "a", "text": TEXT}) + "\n")
    status, output, _ = run("voices", tmp_path / "in.jsonl")
    assert status == 0 and json.loads(output)["doc_id"] == "a"
    gold(tmp_path, "one", "He said it fell.", "T1\tContent 8 15\tit fell\nE1\tContent:T1\n")
    assert "content_f1              1.000" in run("evaluate", "--voices", tmp_path)[1]
    assert run("evaluate", "--voices", tmp_path, "--out", tmp_path / "found")[0] == 0
    assert json.loads((tmp_path / "found" / "metrics.json").read_text())["content_f1"] == 1.0
