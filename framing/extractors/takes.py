"""What verbs take: clauses, infinitives, objects and others, told from the words behind.

Each kind is a test of `TESTS`, over the folded words behind a verb up to the nearest mark; what
opens some of them is asked before, for all verbs of a block at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from framing.extractors.places import marked
from framing.text import clauses as cl
from framing.text.hashes import Classes
from framing.text.segment import Block


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


REACH = 7  # words a subject or an object may have before its verb
SPEAKERS = _set("i he she they we")
POINTERS = _set("it there this these those you that")
ASKED = _set("how why what where who when whom whose")
BROKEN = ASKED | _set(
    "and but or which if because as while that though although than unless until after before "
    "since whether"
)
OBJECTS = _set("him me us them")
NO_SUBJECT = (cl.PREPOSITIONS | cl.AUXILIARIES | OBJECTS | BROKEN) - POINTERS
OPENERS = {  # the words that open some complements, with their kinds
    ASKED: ("question", "gist"),
    SPEAKERS | POINTERS: ("told", "that"),
    _set("to not"): ("infinitive",),
}
BREAKING = BROKEN | {"to"}  # end a subject that has no verb yet
DRIVING = _set("to into")  # stand behind an object: "forced him to", "talked him into"
KINDS = Classes(
    {"none": NO_SUBJECT, "pronoun": SPEAKERS | POINTERS, "break": BREAKING, "verb": cl.AUXILIARIES}
)
NOT_CLAUSES = cl.TIMES | _set("way kind sort point moment much many far")  # behind "that"
STATES = _set(
    "accept admit appreciate be become believe dominate embody expect fear feel hate have know "
    "like love mean realise realize recognise recognize regret rely represent resent see seem "
    "symbolise symbolize think trust understand view"
)
SEEN_AS = _set("as that how")
NOT_VERBS = (
    cl.DETERMINING | cl.PREPOSITIONS | cl.DAYS | cl.CONJUNCTIONS | OBJECTS
    | _set("all many most more nobody everyone everybody someone who whom one")
)  # fmt: skip
NOT_GERUNDS = _set(
    "anything being building ceiling during evening everything king meeting morning nothing "
    "something spring string thing wedding wing"
)
PARTICLES = cl.PREPOSITIONS | _set("down back out away home")
WITH_TO = _set(  # nouns that take an infinitive: "led an effort to ..."
    "ability attempt attempts battle bid bids call calls campaign campaigns charge coalition "
    "decision decisions demand demands drive effort efforts failure fight group measure measures "
    "move movement moves need pledge plan plans promise proposal proposals push pushes right "
    "rights team vote votes vow way ways"
)


def openings(verbs: Sequence[Sequence[str]]) -> np.ndarray:
    """Return what may open what verbs take: `OPENERS`, a clause, an object, or anything.

    Parameters
    ----------
    verbs : sequence of sequences of str
        The kinds that each verb takes.

    Returns
    -------
    numpy.ndarray of bool, shape (n_verbs, len(OPENERS) + 3)
    """
    listed = [*OPENERS.values(), ("clause", "finding"), ("object", "somebody")]
    other = set(TESTS).difference(*listed)
    rows = [[not set(kinds).isdisjoint(some) for some in (*listed, other)] for kinds in verbs]
    return np.array(rows, bool).reshape(-1, len(listed) + 1)


def opened(block: Block, behind: np.ndarray, openings: np.ndarray) -> np.ndarray:
    """Whether the word behind, or one behind an adverb, may open what is taken."""
    behind = np.minimum(behind, len(block.starts) - 1)
    *listed, clause, driven, other = openings.T
    opened = other | block.ending("ly")[behind] | block.among(cl.DAYS, behind)
    for words, wanted in zip(OPENERS, listed, strict=True):
        opened |= wanted & block.among(words, behind)
    rows = np.flatnonzero(clause & ~opened)
    opened[rows] = _verb_ahead(block, behind[rows])
    rows = np.flatnonzero(driven & ~opened)
    opened[rows] = _driven(block, behind[rows])
    return opened


def _driven(block: Block, first: np.ndarray) -> np.ndarray:
    """Whether "to" or "into" is near, with no mark before it."""
    places = np.minimum(first[:, None] + np.arange(REACH), len(block.starts) - 1)
    driving = block.among(DRIVING, places.ravel()).reshape(places.shape)
    apart = np.logical_or.accumulate(block.noted(marked)[places[:, 1:]], axis=1)
    return driving[:, 0] | (driving[:, 1:] & ~apart).any(axis=1)


def _verb_ahead(block: Block, first: np.ndarray) -> np.ndarray:
    """Whether a pronoun stands first, or a verb is near a noun that may be its subject."""
    places = np.minimum(first[:, None] + np.arange(REACH), len(block.starts) - 1)
    kinds = KINDS.of(block.hashes[places.ravel()]).reshape(places.shape)
    none, pronoun, broken, verb = (
        kinds & KINDS.bits(name) > 0 for name in ("none", "pronoun", "break", "verb")
    )
    within = ~np.logical_or.accumulate((broken | block.noted(marked)[places])[:, 1:], axis=1)
    verb |= block.ending("n't")[places]
    return ~none[:, 0] & (pronoun[:, 0] | (verb[:, 1:] & within).any(axis=1))


def _that(words: list[str]) -> bool:
    return len(words) > 2 and words[0] == "that" and words[1] not in NOT_CLAUSES


def _pronoun(words: list[str]) -> bool:
    if len(words) < 2 or words[0] in SPEAKERS:
        return len(words) > 1
    return words[0] in POINTERS and any(map(cl.is_finite, words[1:3]))


def _told(words: list[str]) -> bool:
    return _pronoun(words) or (_that(words) and words[1] not in cl.PREPOSITIONS)


def _clause(words: list[str]) -> bool:
    """Whether a clause begins: "that ...", "he ...", or a subject and a finite verb."""
    if not words or words[0] in NO_SUBJECT:
        return False
    if words[0] in SPEAKERS:
        return len(words) > 1
    if words[0] in POINTERS:
        return _that(words) or _pronoun(words)
    for word in words[1:REACH]:
        if word in BREAKING:
            return False
        if word in cl.AUXILIARIES or word.endswith("n't"):
            return True
    return False


def _finding(words: list[str]) -> bool:
    return _clause(words) and "should" not in words


def _gist(words: list[str]) -> bool:
    """Whether a clause with "what" for its subject begins: "what we see is ..."."""
    return words[:1] == ["what"] and not cl.BE.isdisjoint(words[3:9])


def _addressed(words: list[str]) -> bool:
    return "that" in words[1:6] and any(map(cl.is_finite, words[words.index("that") + 2 :]))


def _question(words: list[str]) -> bool:
    return len(words) > 1 and words[0] in ASKED and words[1] != "to"


def _base(words: list[str]) -> bool:
    word = words[1] if len(words) > 1 and words[0].endswith("ly") else words[0] if words else ""
    return word.isalpha() and word not in NOT_VERBS and not word.endswith(("ing", "ed"))


def _state(words: list[str]) -> bool:
    if words[:1] == ["see"]:  # "came to see it as a threat", never "came to see her play"
        return not SEEN_AS.isdisjoint(words[1:REACH])
    return bool(words) and words[0] in STATES


def _infinitive(words: list[str]) -> bool:
    rest = words[1:] if words[:1] == ["not"] else words
    return rest[:1] == ["to"] and _base(rest[1:])


def _ing(words: list[str]) -> bool:
    return bool(words) and words[0].endswith("ing") and words[0] not in NOT_GERUNDS


def _object(words: list[str]) -> bool:
    return _base(words[1:]) if words[:1] == ["to"] else _somebody(words)


def _somebody(words: list[str]) -> bool:
    if not words or _ing(words):
        return False
    if words[0] in PARTICLES:  # "bullied into signing"
        return words[0] == "into" and _ing(words[1:])
    for index, word in enumerate(words[:REACH]):
        if word in BROKEN or word in cl.AUXILIARIES:
            return False
        if word == "to":
            return words[index - 1] not in WITH_TO and _base(words[index + 1 :])
        if word == "into":
            return _ing(words[index + 1 :])
    return False


TESTS: dict[str, Callable[[list[str]], bool]] = {
    "that": _that,
    "told": _told,
    "clause": _clause,
    "finding": _finding,
    "gist": _gist,
    "addressed": _addressed,
    "base": _base,
    "state": _state,
    "infinitive": _infinitive,
    "ing": _ing,
    "somebody": _somebody,
    "question": _question,
    "object": _object,
    "word": lambda words: True,
}
