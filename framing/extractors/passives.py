"""Where a passive may stand: a form of be or get and, behind adverbs, a participle."""

from __future__ import annotations

import numpy as np

from framing.extractors.participles import (
    ADJECTIVES,
    DEGREES,
    FEELINGS,
    IRREGULAR,
    MERE_BEFORE,
    NOT_GOTTEN,
    OVER,
    STATES,
    UN_VERBS,
)
from framing.text import clauses as cl
from framing.text.hashes import Classes
from framing.text.segment import Block

GET = frozenset("get gets got getting gotten".split())
CONTRACTED = frozenset("isn't aren't wasn't weren't ain't they're we're you're i'm".split())
PASSIVE = cl.BE | GET | CONTRACTED
SKIPPED = (
    cl.ADVERBS | cl.NEGATIONS | frozenset("being been badly twice since yet well thus".split())
)
BETWEEN = 3  # adverbs and negations between the auxiliary and the participle
AGENT = 7  # words behind the participle within which "by" names the agent
HANDS = 3  # more words for "at the hands of"
NAMING = frozenset(["by", "hands"])  # one of them stands before every agent
MERE = ADJECTIVES | NOT_GOTTEN | OVER | STATES | frozenset([*MERE_BEFORE, "used"])
KINDS = Classes(
    {
        "passive": PASSIVE, "naming": NAMING, "skipped": SKIPPED, "not_ly": cl.NOT_LY,
        "irregular": IRREGULAR, "feeling": FEELINGS, "un": UN_VERBS, "mere": MERE,
        "degree": DEGREES, "there": frozenset(["there"]),
    }
)  # fmt: skip


def _kinds(block: Block) -> np.ndarray:
    return block.spread(KINDS.of(block.hashes[block.distinct[0]]))


def _among(block: Block, kind: str, places: np.ndarray | slice = slice(None)) -> np.ndarray:
    """Which words, or which of those at `places`, are of a kind; all are looked up together."""
    return block.noted(_kinds)[places] & KINDS.bits(kind) > 0


def verb_groups(block: Block) -> np.ndarray:
    """Return where an auxiliary stands and where, behind adverbs, a participle does.

    Each row of words goes on with the first of the sentence, the first behind it, the word to look
    at before the two are a passive (the auxiliary if there is no doubt, else the participle), and
    the next word that may name an agent.
    """
    place = np.flatnonzero(_among(block, "passive", slice(-1)))
    adverb, at = block.ending("ly") & (block.lengths > 4), place + 1
    rows = np.arange(len(place))
    for _ in range(BETWEEN):
        here = at[rows]
        between = _among(block, "skipped", here)
        between |= adverb[here] & ~_among(block, "not_ly", here)
        rows = rows[between]
        at[rows] = np.minimum(at[rows] + 1, len(block.starts) - 1)
    participle = participles(block, at)
    place, at = place[participle], at[participle]
    sentence = block.sentences[:, 0].searchsorted(block.starts[place], "right") - 1
    low, high = block.sentence_words[sentence].T
    named = block.capitals[at] & ~block.capitals[place]  # "his boss was Ahmed"
    beside = block.code[[block.starts[at] - 1, block.ends[at]]]
    joined = (beside == ord("-")).any(axis=0)  # "was run-down"
    doubt = np.where(_doubtful(block, place, at), at, place)
    naming = np.append(np.flatnonzero(_among(block, "naming")), len(block.starts))
    agent = naming[naming.searchsorted(at, "right")]
    rows = np.stack([place, at, low, high, doubt, agent], axis=1)
    return rows[(at < high) & ~named & ~joined]


def participles(block: Block, places: np.ndarray) -> np.ndarray:
    """Which words can be participles of something done to somebody: "held", not "need"."""
    found = _among(block, "irregular", places)
    regular = block.ending("ed")[places] & (block.lengths[places] > 4)
    rows = np.flatnonzero(regular & ~found)
    words = places[rows]
    start, third = block.starts[words], block.folded[block.cores[words] - 3]
    undone = (block.folded[start] == ord("u")) & (block.folded[start + 1] == ord("n"))
    found[rows] = (third != ord("e")) & ~_among(block, "feeling", words)
    found[rows] &= ~undone | _among(block, "un", words)
    return found


def _doubtful(block: Block, place: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Whether two words must be looked at: a mark between, capitals, "there", an adjective."""
    marks = np.frombuffer(block.traits.marks, np.uint8)
    odd = block.capitals[place] | _among(block, "there", place - 1) | _among(block, "mere", at)
    odd |= _among(block, "degree", at - 1)
    for step in range(1, BETWEEN + 2):
        odd |= marks[np.minimum(place + step, at)] > 0
    return odd
