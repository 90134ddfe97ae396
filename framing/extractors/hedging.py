"""Hedging: how firmly a text commits itself to what it says."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.extractors.places import Around, Place, followed
from framing.extractors.takes import ASKED, OBJECTS, POINTERS, SPEAKERS, TESTS, opened, openings
from framing.lexicon import Lexicon
from framing.matcher import Matches, Rows
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


IMPLICATIVE = "implicative"
ASKING = ASKED | {"if", "whether"}
WEAK = _set("could might may can cannot would should")
UNANSWERED = WEAK | OBJECTS | _set("will won't must shall to let please you god heaven")
REALISED = _set(  # before "to": what follows comes about
    "had has used began begun begins continued continues continue started starts seems seemed "
    "appears appeared proceeded managed came got forced compelled alleged said thought"
)
WISHED = _set(  # before "to": what follows is open
    "try tries trying tried attempt attempts attempted attempting seek seeks sought seeking want "
    "wants wanted wanting hope hopes hoped hoping plan plans planned planning intend intends "
    "intended threaten threatens threatened threatening wish wishes aim aims aimed need needs "
    "needed ability able unable power authority way ways effort efforts bid willing unwilling "
    "ready prepared unlikely hard harder easy easier difficult order designed meant means "
    "possible impossible reluctant refuse refused declined failed campaign push right free"
)
UNSURE = _set("if unless whether")
WISHES = _set("wish wishes wished before")
NOBODY = _set("nobody nothing none how")
ABLE_TO = _set("all everything anything whatever best nothing wherever however whom where if as")
COMPARED = _set("more less as equally far times")
TO_THAN_AS = (["to"], ["than"], ["as"])
DENIED = _set("not never nobody nor hardly barely without n't")
PERSONS = SPEAKERS | {"you", "it", "one"}
DEGREE = _set(  # adjectives, and adverbs of degree, that "really" makes stronger
    "good bad big hard sad nice great high low long strong weak important difficult angry strange "
    "bizarre proud serious different happy tough tired worried excited interested concerned "
    "disappointed upset nervous glad scared scary smart dumb stupid funny fun close early late old "
    "young small large cheap rich poor fast slow deep sick pretty ugly easy heavy crazy busy cool "
    "hot cold warm weird odd rare many well quite dark simple clear sorry lucky tight rough mean "
    "recent decent urgent intelligent excellent violent shocked surprised frustrated impressed "
    "upsetting shocking frightening interesting exciting concerning disturbing surprising "
    "disappointing troubling amazing terrible horrible fine lovely crucial critical special key "
    "really down silly harsh painful bright quick quickly badly far frightened scarce"
)
DEGREE_ENDS = ("ful", "ous", "ical", "onal", "cial", "tial", "ental", "able", "ible", "ish", "less",
               "itive", "ative", "ctive", "ssive")  # fmt: skip


class Hedging(Extractor):
    """Hedges, boosters, and verbs that take what they report for granted.

    Entries with a column `takes` count only before the complement it names: `clause` (a clause,
    with "that" or without), `that`, `told` (with "that", or a pronoun for its subject), `finding`
    (a clause that proposes nothing), `gist` ("what we see is ..."), `addressed` (somebody, then
    "that"), `question` (how, why, what ..., where its answer is not left open), `infinitive`,
    `base` (a bare verb, the entry ends in "to"), `state` (the same, of thought or being), `ing`,
    `object` (somebody or nobody, then "to" and a verb), `somebody` (the same, never nobody),
    `word` (any word, without a mark between). Implicatives count only where what they imply is not
    left open by "could", "try to", "if" or the like. The column `unless` names uses that do not
    count: `able`, `asked`, `denied`, `degree`, `compared`, `filler`.

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

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Leave out nouns, and verbs behind which nothing begins that they take."""
        mine = rows[self.entries.id]
        wanted = _openings(self.entries)[found.entry[mine]]
        taking = wanted.any(axis=1)
        verbs, wanted = mine[taking], wanted[taking]
        good = followed(block, found, verbs)
        verbs, wanted = verbs[good], wanted[good]
        verbs = verbs[opened(block, found.last[verbs] + 1, wanted)]
        return {self.entries.id: np.concatenate((mine[~taking], verbs))}

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        rules, around = _rules(self.entries), Around(reading)
        for match in reading.matches(self.entries.id):
            entry = match.entry
            rule = rules.get(entry.id)
            if rule is None or _holds(rule, around, match):
                yield match.start, match.end, entry.label, entry.strength, entry.id, None


class Rule(NamedTuple):
    """When an entry counts: what it takes, uses that do not count, and whether it is implied."""

    takes: tuple[str, ...]
    unless: tuple[str, ...]
    implied: bool


@functools.cache
def _rules(lexicon: Lexicon) -> Mapping[str, Rule]:
    """Return the rules of the entries that do not always count, by id."""
    found = {}
    for entry in lexicon.entries:
        takes, unless = (entry.extra.get(column, "") for column in ("takes", "unless"))
        rule = Rule(_kinds(takes), _kinds(unless), entry.label == IMPLICATIVE)
        if any(rule):
            found[entry.id] = rule
    return found


def _kinds(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@functools.cache
def _openings(lexicon: Lexicon) -> np.ndarray:
    rules = _rules(lexicon)
    return openings([rules[e.id].takes if e.id in rules else () for e in lexicon.entries])


def _holds(rule: Rule, around: Around, match: Match) -> bool:
    takes, unless, implied = rule
    if takes and not _complemented(around, match, takes):
        return False
    if not (unless or implied):
        return True
    place = Place(around, match)
    if any(UNLESS[kind](place) for kind in unless):
        return False
    return not (implied and _unrealised(place, takes))


def _complemented(around: Around, match: Match, takes: tuple[str, ...]) -> bool:
    words = around.behind(match)
    if words[0] in cl.DAYS or (words[0].endswith("ly") and words[0] not in cl.NOT_LY):
        words = words[1:]
    for kind in takes:
        if TESTS[kind](words):
            further = FURTHER.get(kind)
            if further is None or further(Place(around, match), words):
                return True
    return False


def _answered(place: Place, words: list[str]) -> bool:
    """Whether a text that goes on with how, why or what gives the answer as known."""
    before = [word for word in place.before if not _adverb(word)]
    if place.asked or any(_denying(word) for word in place.before[:3]) or not before:
        return False
    if before[0] in UNANSWERED:
        return False
    return not before[0].endswith("'ll") and before[:2] != ["and", "wait"]


def _forced(place: Place, words: list[str]) -> bool:
    return words[0] != "to" or place.form.endswith("ed")  # "the forces to come" are a noun


def _adverb(word: str) -> bool:
    return word in cl.ADVERBS or (word.endswith("ly") and word not in cl.NOT_LY)


def _denying(word: str) -> bool:
    return word in DENIED or word.endswith("n't")


def _unrealised(place: Place, takes: Sequence[str]) -> bool:
    """Whether what a verb implies is left open: "could force", "tried to force", "if it fails"."""
    moved = "object" in takes or "somebody" in takes
    before = [word for word in place.before if not _adverb(word) and word not in cl.BE]
    if moved and any(_denying(word) for word in place.before[:3]):
        return True
    if not UNSURE.isdisjoint(place.before):
        return True
    if not before or before[0] in WEAK:
        return bool(before)
    if before[0] == "have":
        return before[1:2] != [] and before[1] in WEAK
    if before[0] != "to" or len(before) < 2:
        return before[0] == "to" and moved
    return before[1] in WISHED or (moved and before[1] not in REALISED)


def _able(place: Place) -> bool:
    """Whether "could" tells of what somebody was able to do: "so that she could", "all I could"."""
    before = place.before
    if not before:
        return False
    subject = before[0] in PERSONS
    if before[0] in NOBODY or before[:2] == ["one", "no"]:
        return True
    if subject and before[1:2] and before[1] in ABLE_TO:
        return True
    if not WISHES.isdisjoint(before[:5]):
        return True
    purpose = "so" in before[1:5] and before[0] not in POINTERS
    return purpose and not (place.opens and before[-1] == "so") and before[-1] != "far"


def _asked(place: Place) -> bool:
    return place.asked or not ASKING.isdisjoint(place.before[:6])


def _denied(place: Place) -> bool:
    return any(map(_denying, place.before[:4]))


def _degree(place: Place) -> bool:
    """Whether an adjective or adverb of degree follows: "really good", "really badly"."""
    word = place.behind[0] if place.behind else ""
    return word in DEGREE or word.endswith(DEGREE_ENDS) or (word.endswith("ly") and word != "only")


def _compared(place: Place) -> bool:
    """Whether two chances are compared: "more likely to vote than men"."""
    return not COMPARED.isdisjoint(place.before[:1]) and place.behind[:1] in TO_THAN_AS


def _filler(place: Place) -> bool:
    return place.before[:1] == ["you"] and place.behind[:1] != ["that"]


FURTHER: dict[str, Callable[[Place, list[str]], bool]] = {  # asked where the same of TESTS holds
    "question": _answered,
    "object": _forced,
}
UNLESS: dict[str, Callable[[Place], bool]] = {
    "able": _able,
    "asked": _asked,
    "compared": _compared,
    "degree": _degree,
    "denied": _denied,
    "filler": _filler,
}
