"""Words of the list `naming`: which may be attached to somebody, told from arrays."""

from __future__ import annotations

import numpy as np
import pytest

from framing.extractors.attached import attachable
from framing.lexicon import load
from framing.matcher import Matcher
from framing.text.segment import read_block

KEPT = [
    "The radical Oakes spoke.",
    "The embattled and weary Oakes spoke.",
    "She met the loyal aide to Oakes.",
    "The radical protesters left.",
    "Mary Oakes, a firebrand, spoke.",
]
DROPPED = [
    "The plan was radical.",
    "It was a radical plan for the town.",
    "Nobody was radical, said Oakes.",
    "They were radical about Oakes.",
    "The speech of a firebrand was heard.",
]


@pytest.mark.parametrize(("text", "kept"), [(t, 1) for t in KEPT] + [(t, 0) for t in DROPPED])
def test_words_near_nobody_are_dropped(text, kept):
    matcher = Matcher([load("naming"), load("metaphor_targets")])
    block = read_block([text])
    found = matcher.scan(block)
    words, groups = (np.flatnonzero(found.lexicon == number) for number in (0, 1))
    assert len(words) == 1
    assert len(attachable(block, found, words, groups, load("naming"))) == kept
