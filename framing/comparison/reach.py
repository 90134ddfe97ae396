"""Which cues may have a source beside them, told from the arrays of a block.

Nearly all cues are common words ("as", "since", "like") with nothing of the past near them. How
far from a cue its source may stand is the `slot` and the `window` of its rule (see `rules`).
"""

from __future__ import annotations

import functools

import numpy as np

from framing.comparison.rules import FAR, Cue, window_of
from framing.comparison.sources import LEADING, TRAILING, signs
from framing.lexicon import load
from framing.matcher import Matches
from framing.text.segment import Block

CUES = "comparison_cues"
ALONE = "none"  # the slot of a cue that needs no source
ANYWHERE = 1 << 20


def in_reach(block: Block, found: Matches, cues: np.ndarray, names: np.ndarray) -> np.ndarray:
    """Return the rows of the cues that may make a comparison.

    Parameters
    ----------
    block : Block
    found : Matches
    cues, names : numpy.ndarray of int64
        The rows of the cues and of the gazetteer's names in `found`.
    """
    told = block.noted(signs)[:, 0], found.first[names], found.last[names]
    places = np.sort(np.concatenate(told))
    before, behind, alone = _reaches()[found.entry[cues]].T
    sentence = block.sentences[:, 0].searchsorted(found.start[cues], "right") - 1
    low, high = block.sentence_words[sentence].T
    low = np.maximum(low, found.first[cues] - before)
    high = np.minimum(high, found.last[cues] + 1 + behind)
    beside = places.searchsorted(low) < places.searchsorted(high)
    return cues[beside | (alone > 0)]


@functools.cache
def _reaches() -> np.ndarray:
    """Return how far before and behind each cue a source is told of, and whether it needs none."""
    return np.array([_reach(Cue(0, 0, entry)) for entry in load(CUES).entries], np.int64)


def _reach(cue: Cue) -> tuple[int, int, int]:
    slot = cue.get("slot")
    if slot in (ALONE, "around"):
        return ANYWHERE, ANYWHERE, slot == ALONE
    if slot == "before":
        return 1 + TRAILING, 0, 0
    return 0, 1 + window_of(cue) + (FAR if slot in ("link", "remind") else 0) + LEADING, 0
