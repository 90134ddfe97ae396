"""Which words of the list `naming` may be attached to somebody, told from the arrays of a block."""

from __future__ import annotations

import functools

import numpy as np

from framing.extractors.places import marked
from framing.lexicon import Lexicon
from framing.matcher import Matches
from framing.text import clauses as cl
from framing.text.hashes import Classes
from framing.text.segment import Block

MODIFIER = "modifier"  # the label of words that stand before what they describe, never behind

REACH = 2  # words between a modifier and its name or noun
BEFORE = 4  # words before an epithet among which its article stands
ARTICLES = frozenset("a an the his her their its one".split())
WALLS = (
    cl.PREPOSITIONS | cl.AUXILIARIES | cl.PRONOUNS | cl.DETERMINING | cl.RELATIVES | cl.NEGATIONS
    | cl.ADVERBS | cl.QUESTIONS | cl.COMPLEMENTISERS
    | frozenset("but enough given how him me much so such than them these those us very".split())
)  # fmt: skip
PLACING = frozenset("among of from for in to at on via like".split())


KINDS = Classes({"article": ARTICLES, "wall": WALLS, "placing": PLACING})
BEHIND, AHEAD = np.arange(1, REACH + 3), np.arange(1, BEFORE + 1)


def attachable(
    block: Block, found: Matches, words: np.ndarray, groups: np.ndarray, lexicon: Lexicon
) -> np.ndarray:
    """Return the rows of the words near which somebody may stand.

    Parameters
    ----------
    block : Block
    found : Matches
    words, groups : numpy.ndarray of int64
        The rows of the words and of the terms for groups in `found`.
    lexicon : Lexicon
        That of the words.
    """
    size = len(block.starts)
    capital = np.zeros(size + REACH + 4, bool)  # with room behind the last word
    capital[:size] = block.capitals
    someone = capital.copy()
    someone[found.first[groups]] = True
    first, last = found.first[words, None], found.last[words, None]
    places = np.hstack((last + BEHIND, first - AHEAD)).clip(0, size - 1)
    kinds = KINDS.of(block.hashes[places.ravel()]).reshape(places.shape)
    article, wall, placing = (
        kinds & KINDS.bits(name) > 0 for name in ("article", "wall", "placing")
    )
    within, named = ~(wall | block.noted(marked)[places]), np.zeros(len(words), bool)
    for step in range(REACH + 1):
        place = places[:, step]
        placed = placing[:, step + 1] & (capital[place + 2] | capital[place + 3])
        named |= within[:, : step + 1].all(axis=1) & (someone[place] | placed)
    marks = np.frombuffer(block.traits.marks, np.uint8)
    apposed = (article & (marks[places] & cl.COMMA > 0))[:, len(BEHIND) :].any(axis=1)
    return words[named | (apposed & ~_modifies(lexicon)[found.entry[words]])]


@functools.cache
def _modifies(lexicon: Lexicon) -> np.ndarray:
    return np.array([entry.label == MODIFIER for entry in lexicon.entries], bool)
