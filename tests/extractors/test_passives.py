"""Participles told from arrays are those that the rule of agency takes for some."""

from __future__ import annotations

import numpy as np

from framing.extractors.agency import _participle
from framing.extractors.participles import FEELINGS, IRREGULAR, UN_VERBS
from framing.extractors.passives import participles, verb_groups
from framing.text.segment import read_block

WORDS = sorted(IRREGULAR | FEELINGS | UN_VERBS) + (
    "need agreed freed bed red used unused ended unhurried under un Held HOUSED house’s led’s ed "
    "fed shed sped speed tied tired blamed úned embed".split()
)


def test_participles_in_arrays_and_in_words():
    block = read_block([" ".join(WORDS)])
    found = participles(block, np.arange(len(block.starts)))
    assert found.tolist() == [_participle(word) for word in block.words]


def test_no_verb_group_without_a_participle():
    block = read_block(["It was a need. They were worried. He was held."])
    assert [block.words[verb] for verb in verb_groups(block)[:, 1]] == ["held"]
