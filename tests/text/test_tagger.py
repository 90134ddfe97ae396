"""The fitted tagger: learns what the rules have no word for, is kept without pickle."""

from __future__ import annotations

import json

import numpy as np
import pytest

from framing.engine import Engine
from framing.tables import BadInput
from framing.text import fit_attribution
from framing.text.document import Document
from framing.text.tagger import FittedAttribution
from framing.text.voices import Attribution

ENGINE = Engine([])
NAMES = ("Mary Oakes", "The mayor", "Mr Hill", "The ministry", "Ann Reed", "The union")
WISHES = ("to close the bridge", "a new harbour", "to raise the toll", "to sell the old mill")
FACTS = ("walked to the harbour", "opened the old mill", "met the union", "left the town early")


def marked() -> list:
    """Texts whose writers mark what somebody "wants", a verb no rule counts."""
    texts = []
    for name in NAMES:
        for wish, fact in zip(WISHES, FACTS, strict=True):
            text = f"{name} wants {wish}. {name} {fact}."
            start = len(name) + 7
            gold = Attribution(
                "indirect", ((start, start + len(wish)),), (len(name) + 1, start - 1),
                (0, len(name)),
            )  # fmt: skip
            texts.append((text, gold))
    found = []
    for text, gold in texts:
        ((reading, voices),) = ENGINE.read([Document("a", text)])
        found.append((reading, voices, [gold]))
    return found


@pytest.fixture(scope="module")
def tagger() -> FittedAttribution:
    return fit_attribution(marked())


def contents(tagger: FittedAttribution, text: str) -> list[tuple[str, str | None]]:
    ((reading, voices),) = ENGINE.read([Document("a", text)])
    return [
        (text[slice(*one.content[0])], text[slice(*one.speaker)] if one.speaker else None)
        for one in tagger.voices(reading, voices).attributions
    ]


def test_it_learns_a_cue_the_rules_do_not_know(tagger: FittedAttribution) -> None:
    text = "Mrs Vale wants to close the bridge. Mrs Vale met the union."
    ((_, voices),) = ENGINE.read([Document("a", text)])
    assert voices.attributions == []
    assert contents(tagger, text) == [("to close the bridge", "Mrs Vale")]


def test_a_saved_tagger_answers_alike(tagger: FittedAttribution, tmp_path) -> None:
    tagger.save(tmp_path)
    again = FittedAttribution.load(tmp_path)
    assert again.threshold == tagger.threshold and set(again.arrays) == set(tagger.arrays)
    for reading, voices, _ in marked()[:4]:
        assert np.array_equal(again.chances(reading, voices), tagger.chances(reading, voices))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tagger.json", "weights.npz"]


def test_fitting_twice_gives_the_same_weights() -> None:
    first, again = (fit_attribution(marked()[:6]) for _ in range(2))
    assert again.vocabulary == first.vocabulary
    for name, array in first.arrays.items():
        assert np.array_equal(again.arrays[name], array), name


def test_what_is_not_as_saved_is_refused(tagger: FittedAttribution, tmp_path) -> None:
    with pytest.raises(BadInput, match=r"tagger\.json: no such file"):
        FittedAttribution.load(tmp_path)
    tagger.save(tmp_path)
    whole = (tmp_path / "tagger.json").read_text()
    (tmp_path / "weights.npz").write_bytes(b"changed")
    with pytest.raises(BadInput, match="not the weights that were saved"):
        FittedAttribution.load(tmp_path)
    page = json.loads(whole)
    for changed, message in (
        (page | {"version": 9}, "version 9"),
        (page | {"threshold": 0.9}, "changed since it was saved"),
        ([], "not a fitted tagger"),
    ):
        (tmp_path / "tagger.json").write_text(json.dumps(changed))
        with pytest.raises(BadInput, match=message):
            FittedAttribution.load(tmp_path)
    (tmp_path / "tagger.json").write_text(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="not JSON"):
        FittedAttribution.load(tmp_path)


def test_too_little_to_learn_from_is_bad_input() -> None:
    ((reading, voices),) = ENGINE.read([Document("a", "It rained.")])
    with pytest.raises(BadInput, match="fitting needs 3 or more"):
        fit_attribution([(reading, voices, [])])
    with pytest.raises(BadInput, match="no marked content"):
        fit_attribution([(reading, voices, [])] * 3)


@pytest.mark.parametrize("text", ["", "…", "“Unclosed, she said. " * 3, "x\n\ny"])
def test_runs_cover_odd_texts(tagger: FittedAttribution, text: str) -> None:
    ((reading, voices),) = ENGINE.read([Document("a", text)])
    runs = tagger.voices(reading, voices).runs
    assert "".join(text[start:end] for start, end, _ in runs) == text
