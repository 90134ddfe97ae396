"""Where sentences end, found for all texts of a block at once."""

from __future__ import annotations

import functools

import numpy as np

from framing.text import characters as ch
from framing.text.hashes import Groups, hashed

# Never end a sentence before a capital.
TITLES = (
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col sgt capt cmdr adm maj brig cpl "
    "rev hon st mt ft messrs mme supt insp det pres amb atty asst vs v fig eg ie cf approx sec min "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri ave blvd rd"
)
# End a sentence only before a word that commonly opens one.
MAYBE = "inc ltd co corp jr sr etc al bros plc llc assn dept univ ph.d ed vol pp esq"
# The same, where they are capitalised.
PLACES = (
    "conn calif mass pa fla tex ill mich minn wis ariz colo ore wash va ga ala miss mo ky tenn la "
    "ark okla kan neb nev ind md del vt cong no"
)
STARTERS = (
    "the a an it its he she they we i you this that these those there here in on at for from with "
    "by as after before when while if but and or so yet however although though since under over "
    "his her their our my one two some many most several all both no not last next earlier later "
    "what who why how where also then now once still even asked speaking according meanwhile"
)
CUES = "said says asked asks told tells wrote writes added adds replied shouted cried demanded"


@functools.cache
def _word_sets() -> dict[str, Groups]:
    lists = {"titles": TITLES, "maybe": MAYBE, "starters": STARTERS, "places": PLACES,
             "cues": CUES, "no": "no nos"}  # fmt: skip
    return {name: hashed(frozenset(words.split())) for name, words in lists.items()}


def _in(values: np.ndarray, name: str) -> np.ndarray:
    return _word_sets()[name].has(values)


def sentence_ends(
    kind: np.ndarray,
    folded: np.ndarray,
    code: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    hashes: np.ndarray,
) -> np.ndarray:
    """Positions just behind the last character of a sentence inside a paragraph."""
    stop = np.flatnonzero((kind == ch.STOP) | (kind == ch.ENDMARK))
    if not len(stop) or not len(starts):
        return np.empty(0, np.int64)
    after = _past(kind, stop + 1, 5, ch.STOP, ch.ENDMARK, ch.CLOSER, ch.DOUBLE, ch.APOSTROPHE)
    begin = _past(kind, after, 6, ch.SPACE)
    glued = ch.members(ch.DOUBLE, ch.APOSTROPHE, ch.CLOSER)[kind[after - 1]] & (after - stop > 1)
    glued &= (kind[after] == ch.LETTER) & (code[after] != folded[after])
    keep = (begin > after) | glued  # a line break may be lost behind a quotation mark
    # a mark that belongs to a longer run ("?!", "...") is judged at its last mark
    final = np.append(after[1:] != after[:-1], True)
    stop, after, begin = stop[keep & final], after[keep & final], begin[keep & final]
    opening = ch.DOUBLE, ch.APOSTROPHE, ch.OPENER, ch.STOP, ch.ENDMARK, ch.SPACE
    head = _past(kind, begin, 5, *opening)
    capital = (kind[head] == ch.LETTER) & (code[head] != folded[head])
    start_like = capital | ch.members(ch.DIGIT, ch.OTHER)[kind[head]]
    words = np.searchsorted(starts, stop)
    following, before = np.minimum(words, len(starts) - 1), np.maximum(words - 1, 0)
    begun, touching = starts[before], ends[before] == stop
    dot = kind[stop] == ch.STOP
    word = hashes[before]
    single = touching & (stop - begun == 1) & (kind[stop - 1] == ch.LETTER)
    upper = single & (code[stop - 1] != folded[stop - 1])
    lettered = single & (begun > 0) & (kind[begun - 1] == ch.STOP)
    starter = _in(hashes[following], "starters")
    is_title = touching & _in(word, "titles") & (stop == after - 1)
    named = _in(word, "places") & (code[begun] != folded[begun])
    is_maybe = touching & (_in(word, "maybe") | upper | lettered | named)
    is_number = touching & _in(word, "no") & (kind[head] == ch.DIGIT)
    abbreviation = dot & (is_title | is_number | (is_maybe & ~starter & (after - stop == 1)))
    unsure = np.flatnonzero(~dot & (after - stop > 1))  # quoted: a question may go on with a cue
    for ahead in (1, 2, 3):
        told = _in(hashes[np.minimum(following[unsure] + ahead, len(hashes) - 1)], "cues")
        start_like[unsure[told]] = False
    return after[start_like & ~abbreviation]


def _past(kind: np.ndarray, place: np.ndarray, most: int, *kinds: int) -> np.ndarray:
    """Return each place moved behind what is of some kinds, by `most` characters at most."""
    place, table = place.copy(), ch.members(*kinds)
    moving = np.flatnonzero(table[kind[place]])
    for _ in range(most):
        place[moving] += 1
        moving = moving[table[kind[place[moving]]]]
    return place
