"""Hedging: how firmly a text commits itself to what it says."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.extractors.places import Around, Place
from framing.lexicon import Lexicon
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


IMPLICATIVE = "implicative"
REACH = 7  # words a subject or an object may have before its verb
SPEAKERS = _set("i he she they we")
POINTERS = _set("it there this these those you that")
ASKED = _set("how why what where who when whom whose")
ASKING = ASKED | {"if", "whether"}
BROKEN = ASKED | _set(
    "and but or which if because as while that though although than unless until after before "
    "since whether"
)
OBJECTS = _set("him me us them")
NO_SUBJECT = (cl.PREPOSITIONS | cl.AUXILIARIES | OBJECTS | BROKEN) - POINTERS
BREAKING = BROKEN | {"to"}  # end a subject that has no verb yet
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

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        rules, around = _rules(self.entries), Around(reading)
        for match in reading.matches(self.entries.id):
            entry = match.entry
            rule = rules.get(entry.id)
            if rule is None or _holds(rule, around, match):
                yield Span(match.start, match.end, entry.label, entry.strength, entry.id)


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


def _holds(rule: Rule, around: Around, match: Match) -> bool:
    takes, unless, implied = rule
    if takes and (_is_noun(around.reading, match) or not _complemented(around, match, takes)):
        return False
    if not (unless or implied):
        return True
    place = Place(around, match)
    if any(UNLESS[kind](place) for kind in unless):
        return False
    return not (implied and _unrealised(place, takes))


def _is_noun(reading: Reading, match: Match) -> bool:
    """Whether a match is no verb: "his claim", "know-how", "crisis-driven"."""
    folded, first = reading.folded, match.first
    owned = first > 0 and folded[first - 1] in cl.DETERMINING
    if owned and folded[match.last + 1 : match.last + 2] != ["that"]:
        return True
    text, start, end = reading.text, match.start, match.end
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"


def _complemented(around: Around, match: Match, takes: tuple[str, ...]) -> bool:
    words = around.behind(match)
    if not words:
        return False
    if words[0] in cl.DAYS or (words[0].endswith("ly") and words[0] not in cl.NOT_LY):
        words = words[1:]
    for kind in takes:
        if TESTS[kind](words):
            further = FURTHER.get(kind)
            if further is None or further(Place(around, match), words):
                return True
    return False


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


def _answered(place: Place, words: list[str]) -> bool:
    """Whether a text that goes on with how, why or what gives the answer as known."""
    before = [word for word in place.before if not _adverb(word)]
    if place.asked or any(_denying(word) for word in place.before[:3]) or not before:
        return False
    if before[0] in UNANSWERED:
        return False
    return not before[0].endswith("'ll") and before[:2] != ["and", "wait"]


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


def _forced(place: Place, words: list[str]) -> bool:
    return words[0] != "to" or place.form.endswith("ed")  # "the forces to come" are a noun


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


TESTS: dict[str, Callable[[list[str]], bool]] = {  # of the words behind
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
