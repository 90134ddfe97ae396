"""Stretches of capitalised words, and what names they can hold, found for all texts of a block."""

from __future__ import annotations

import numpy as np

from framing.text import names as nm
from framing.text.segment import Block

FULL, BARE, HYPHEN = 1, 2, 4  # what holds of a stretch of capitals
CUT = nm.NOT_NAMES | nm.TITLES | nm.OFFICE  # from a name
NOBODY = (nm.NOT_NAMES | nm.NOT_PEOPLE) - {"a", "i"}  # which may be initials
TELLING = frozenset("mr mrs ms miss".split())  # a gender


def capital_runs(block: Block) -> np.ndarray:
    """Return the stretches of capitalised words, with initials and particles ("van", "bin").

    Those that can name nobody ("The", "Congress") are left out.

    Returns
    -------
    numpy.ndarray of int64, shape (n, 5)
        Offsets in the joined block, the first and last word, and what holds of it, as bits: `FULL`
        if it can hold a full name, `BARE` if nothing is to be cut from it, `HYPHEN` behind it.
    """
    place = np.flatnonzero(block.capitals)
    start, end = block.starts[place], block.ends[place]
    step, behind, ahead = np.diff(place), end[:-1], start[1:]
    code, gap = block.code, ahead - behind
    first = code[behind]
    spaced = (gap == 1) & ((first == ord(" ")) | (first == ord("\u00a0")))
    initial = (gap == 2) & (end - start == 1)[:-1] & (first == ord(".")) & (code[behind + 1] == 32)
    joined = (step == 1) & (spaced | initial)
    between = (step == 2) & (gap > 3) & (gap < 7) & (first == 32) & (code[ahead - 1] == 32)
    between[between] = block.among(nm.PARTICLES, place[:-1][between] + 1)
    for at in np.flatnonzero(between).tolist():
        word = "".join(map(chr, code[behind[at] : ahead[at]].tolist()))
        joined[at] = word.strip().lower() in nm.PARTICLES
    heads = np.flatnonzero(np.append(True, ~joined)[: len(place)])
    tails = np.append(heads[1:], len(place))[: len(heads)] - 1
    opening, closing, behind = place[heads], place[tails], end[tails]
    owned, second = end > block.cores[place], code[start + 1]
    known = owned | ~block.among(NOBODY, place)
    lower = (second >= ord("a")) & (second <= ord("z"))
    cut = owned | block.among(CUT, place) | ~(lower | (end == start + 1))
    hyphen = code[behind] == ord("-")
    bare = ~np.logical_or.reduceat(cut, heads)
    pair = (closing == opening + 1) & block.among(nm.OPENS_NO_PAIR, opening)
    ended = pair | block.among(nm.ENDS_NO_NAME, closing)
    full = (opening < closing) & (hyphen | ~ended)
    bits = FULL * full + BARE * bare + HYPHEN * hyphen
    found = np.stack([start[heads], behind, opening, closing, bits], axis=1)
    return found[hyphen | np.logical_or.reduceat(known, heads)]


def titles(block: Block) -> np.ndarray:
    """Return the index of each "Mr", "Mrs", "Ms" and "Miss", shape (n, 1)."""
    place = np.flatnonzero(block.capitals)
    return place[block.among(TELLING, place), None]
