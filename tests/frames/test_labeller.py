"""The cue labeller, and the cues it counts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from framing.frames.cues import FrameCues
from framing.frames.labeller import CueLabeller, evidence
from framing.lexicon import load
from framing.tables import BadInput
from framing.text.document import Document


def test_sixty_cues_a_frame_and_every_frame_of_the_codebook() -> None:
    counts = Counter(entry.label for entry in load("policy_frames").entries)
    frames = CueLabeller().frames_
    assert set(frames) == set(CueLabeller().read_codebook().names) - {"other"}
    assert min(counts[frame] for frame in frames) >= 60


def test_examples_of_the_codebook_point_to_their_frame() -> None:
    labeller = CueLabeller()
    right = total = 0
    for frame in labeller.read_codebook().frames:
        if frame.name in labeller.frames_:
            text = " ".join(frame.examples)
            right += labeller.frames_[labeller.predict_proba([text])[0].argmax()] == frame.name
            total += 1
    assert right >= 0.75 * total, (right, total)


def test_evidence_grows_with_different_cues_and_not_with_length() -> None:
    one = "The supreme court sat. " + "They walked home. " * 40
    two = "The supreme court sat and the lawsuit fell. " + "They walked home. " * 39
    long = one + "They walked home. " * 400
    frames = ("legality_constitutionality",)
    found = evidence([Document(str(n), text) for n, text in enumerate((one, two, long))], frames)
    assert found[1, 0] > found[0, 0] > found[2, 0] > 0


def test_no_cue_no_frame_and_every_cue_is_shown() -> None:
    labeller = CueLabeller()
    assert not labeller.predict(["", "They walked home."]).any()
    text = "Polls show that voters want a ceasefire."
    cues = labeller.explain(text)
    for spans in cues["spans"]:
        assert all(text[start:end].strip() == text[start:end] for start, end in spans)
    assert {"public_opinion", "security_and_defense"} <= set(cues["frame"])
    assert np.array_equal(labeller.predict_proba([text]), labeller.predict_proba([text]))


def test_probabilities_keep_the_calls_and_the_order_of_the_evidence() -> None:
    texts = ["The supreme court sat. " * n + "They walked home. " * 40 for n in range(6)]
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    for threshold in (0.2, 0.5, 0.8):
        labeller = CueLabeller(threshold)
        strengths, chance = labeller.strengths(documents), labeller.chances(documents)
        assert np.array_equal(labeller.predict(texts), strengths > threshold)
        assert (np.diff(chance[:, labeller.frames_.index("legality_constitutionality")]) > 0).all()
        assert chance.min() > 0 and chance.max() < 1
    assert CueLabeller(0.2).predict(texts).sum() > CueLabeller(0.8).predict(texts).sum()


def test_of_no_cue_it_is_sure() -> None:
    table = CueLabeller().label(["They walked home. " * 100])
    assert not table["uncertain"].any() and not table["label"].any()


@pytest.mark.parametrize("threshold", [0, 1, -0.1, 2])
def test_a_threshold_no_text_could_pass_is_refused(threshold: float) -> None:
    with pytest.raises(BadInput, match="between 0 and 1"):
        CueLabeller(threshold)


def test_cues_are_no_measure_of_annotate() -> None:
    from framing.extractors import shipped

    assert FrameCues.name not in shipped()
