"""Hedging: how firmly a text commits itself to what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

REACH = 7  # words a subject or an object may have before its verb
SPEAKERS = frozenset("i he she they we".split())
POINTERS = frozenset("it there this these those you that".split())
ASKED = frozenset("how why what where who".split())
BROKEN = frozenset("and but or who which whose whom if because as while when where".split())
OBJECTS = frozenset("him me us them".split())
NO_SUBJECT = cl.PREPOSITIONS | cl.AUXILIARIES | OBJECTS | BROKEN
STATES = frozenset(
    "accept admit appreciate be become believe dominate embody expect fear feel hate have know "
    "like love mean realise realize recognise recognize regret rely represent resent see seem "
    "symbolise symbolize think trust understand view".split()
)
NOT_VERBS = (
    cl.DETERMINING | cl.PREPOSITIONS | cl.DAYS | cl.CONJUNCTIONS | OBJECTS
    | frozenset("all many most more nobody everyone everybody someone who whom one".split())
)  # fmt: skip
NOT_GERUNDS = frozenset(
    "anything being building ceiling during evening everything king meeting morning nothing "
    "something spring string thing wedding wing".split()
)


class Hedging(Extractor):
    """Hedges, boosters, and verbs that take what they report for granted.

    Entries with a column `takes` count only before the complement it names: `clause` (a clause,
    with "that" or without), `that`, `infinitive`, `base` (a bare verb, the entry ends in "to"),
    `state` (the same, of thought or being), `ing`, `object` (somebody or nobody, then "to" and a
    verb), `somebody` (the same, never nobody).

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Perhaps he managed to halt the sale. She managed the shop."
    >>> annotate(Corpus([Document("a", text)]), [Hedging()])[["text", "label"]].values.tolist()
    [['Perhaps', 'hedge'], ['managed', 'implicative']]
    """

    name = "hedging"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            takes = entry.extra.get("takes")
            if not takes or _complemented(reading, match, takes):
                yield Span(match.start, match.end, entry.label, entry.strength, entry.id)


def _complemented(reading: Reading, match: Match, takes: str) -> bool:
    folded, first = reading.folded, match.first
    owned = first > 0 and folded[first - 1] in cl.DETERMINING  # a noun: "his claim"
    if owned and folded[match.last + 1 : match.last + 2] != ["that"]:
        return False
    words = _behind(reading, match)
    if words and words[0].endswith("ly") and words[0] not in cl.NOT_LY:
        words = words[1:]
    return any(TESTS[kind](words) for kind in takes.split("|"))


def _behind(reading: Reading, match: Match) -> list[str]:
    """Return the words behind a match up to the first mark, at most a dozen."""
    first, behind = match.last + 1, min(match.last + 13, reading.n_words)
    marks, base = reading.traits.marks, reading.first_word
    for index in range(first, behind):
        if index == first or marks[base + index]:
            end = match.end if index == first else reading.ends[index - 1]
            gap = reading.text[end : reading.starts[index]]
            if gap.strip(" \u00a0-\n\r") or gap.count("\n") > 1:
                return reading.folded[first:index]
    return reading.folded[first:behind]


def _that(words: list[str]) -> bool:
    return len(words) > 2 and words[0] == "that"


def _clause(words: list[str]) -> bool:
    """Whether a clause begins: "that ...", "how ...", "he ...", or a subject and a finite verb."""
    if len(words) < 2:
        return False
    if _that(words) or words[0] in SPEAKERS or words[0] in ASKED:
        return True
    if words[0] in POINTERS:
        return any(map(cl.is_finite, words[1:3]))
    if words[0] in NO_SUBJECT:
        return False
    for word in words[1:REACH]:
        if word in BROKEN or word == "to":
            return False
        if word in cl.AUXILIARIES or word.endswith("n't"):
            return True
    return False


def _base(words: list[str]) -> bool:
    word = words[1] if len(words) > 1 and words[0].endswith("ly") else words[0] if words else ""
    return word.isalpha() and word not in NOT_VERBS and not word.endswith(("ing", "ed"))


def _state(words: list[str]) -> bool:
    return bool(words) and words[0] in STATES


def _infinitive(words: list[str]) -> bool:
    rest = words[1:] if words[:1] == ["not"] else words
    return rest[:1] == ["to"] and _base(rest[1:])


def _ing(words: list[str]) -> bool:
    return bool(words) and words[0].endswith("ing") and words[0] not in NOT_GERUNDS


def _object(words: list[str]) -> bool:
    for index, word in enumerate(words[:REACH]):
        if word in BROKEN or word in cl.AUXILIARIES:
            return False
        if word == "to":
            return _base(words[index + 1 :])
        if word == "into":
            return _ing(words[index + 1 :])
    return False


def _somebody(words: list[str]) -> bool:
    return words[:1] != ["to"] and _object(words)


TESTS: dict[str, Callable[[list[str]], bool]] = {
    "that": _that,
    "clause": _clause,
    "base": _base,
    "state": _state,
    "infinitive": _infinitive,
    "ing": _ing,
    "object": _object,
    "somebody": _somebody,
}
