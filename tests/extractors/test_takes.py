"""What verbs take: told from arrays, and asked again of the words."""

from __future__ import annotations

import numpy as np
import pytest

from framing.extractors.takes import opened, openings
from framing.text.segment import read_block

BEHIND = [
    ("said he left.", True),
    ("said the old pier was shut.", True),
    ("said the pier isn't safe.", True),
    ("said quickly that it fell.", True),  # an adverb first: not looked at
    ("said of the pier it was shut.", False),
    ("said the pier, which was shut.", False),
    ("said the pier and it was shut.", False),
    ("said the long, old pier was shut.", False),
    ("said the men of the old town on the hill was", False),
    ("said nothing", False),
]


@pytest.mark.parametrize(("text", "open_"), BEHIND)
def test_a_clause_needs_a_pronoun_or_a_verb_before_the_next_mark(text, open_):
    found = opened(read_block([text]), np.array([1]), openings([("clause",)]))
    assert found.tolist() == [open_]


DRIVEN = [
    ("forced the old men to go.", True),
    ("talked them into going.", True),
    ("forced to go.", True),
    ("forced a vote.", False),
    ("forced a vote, to the delight of all.", False),
    ("forced the men of the old town on the hill to go.", False),
]


@pytest.mark.parametrize(("text", "open_"), DRIVEN)
def test_an_object_needs_to_or_into_before_the_next_mark(text, open_):
    found = opened(read_block([text]), np.array([1]), openings([("object",)]))
    assert found.tolist() == [open_]
