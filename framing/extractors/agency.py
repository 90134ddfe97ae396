"""Agency: who acts and who is acted on; passives without an agent, and actions made into nouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.extractors.metaphor import TARGETS, Groups, groups_in
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
from framing.extractors.passives import (
    AGENT,
    CONTRACTED,
    GET,
    HANDS,
    NAMING,
    SKIPPED,
    verb_groups,
)
from framing.matcher import Matches, Rows
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap

SUBJECT = 6  # words before the auxiliary within which the subject ends
MEN = frozenset("he she i we they you who people everyone".split())  # who can be used to rain
NO_AGENT = frozenset(
    "accident air and boat bus car chance check cheque comparison contrast default definition "
    "design doing email end extension far foot force half hand herself himself itself land last "
    "law mail means midnight mistake name nature next no noon now or phone post proxy rail road "
    "sea ship surprise text themselves then train virtue way".split()
)  # fmt: skip
LIMITS = cl.DAYS | cl.TIMES | frozenset(
    "end start beginning close third quarter half fifth tenth fraction margin majority landslide "
    "thousands hundreds dozen million billion percent percentage way means side roadside river "
    "sea lake age minute book deadline christmas easter mid".split()
)  # fmt: skip
ABOUT = frozenset("about almost nearly around up to more over less than just at least some".split())
NUMBERS = frozenset("one two three four five six seven eight nine ten twelve twenty".split())
UNITS = cl.TIMES | frozenset(
    "per percent percentage point points times pounds dollars pence cents miles metres meters feet "
    "inches degrees goals votes seats runs million billion trillion thirds quarters fifths".split()
)  # fmt: skip
CHANGES = frozenset(
    "cut reduced increased raised lowered extended delayed postponed shortened slashed shrunk "
    "expanded trimmed boosted inflated outnumbered beaten defeated".split()
)  # fmt: skip
NOT_GERUNDS = frozenset(
    "anything everything flooding king lightning nothing shelling something".split()
)
DESCRIBING = frozenset("competing escalating leading mounting rising soaring warring".split())
ON_LAND = frozenset("air boat bus car land law phone rail road sea ship train".split())  # but:
BY_LAND = frozenset(
    "bomb bombs companies company crew crews driver drivers enforcement firm firms forces level "
    "mine mines operator operators raid raids strike strikes students traffic union unions".split()
)
NO_OBJECT = cl.PREPOSITIONS | cl.CONJUNCTIONS | cl.COMPLEMENTISERS
LIGHT = frozenset(
    "conducted conducting conducts impose imposed imposes imposing launch launched launches "
    "launching made make makes making placed places placing take taken takes taking took".split()
)
AT_THE_HANDS = ["at", "the", "hands"]
HEAD = 4  # words behind "by" or "of" among which a term for a group is looked for
ACTED = GET | {"be", "been", "being"}  # not "is": "is limited", but "will be limited"
CLAUSE = cl.AUXILIARIES | cl.RELATIVES | CONTRACTED | frozenset("that but if than".split())
MARKS = re.compile(r"[,;:()—–]| - |--|\n\n")
QUANTITIES = frozenset(
    "all both crowd crowds dozens each few five four group groups half hundreds majority many mob "
    "mobs most none number numbers one quarter rest scores several six some ten tens third "
    "thousands three two".split()
)
ACTORS = frozenset("police army military government council state fbi ice us u.s uk".split())
PEOPLES = ("an", "i", "ish", "ese", "sh", "ch")  # "Israeli", "Russian", "Turkish", "French"
PARTIES = frozenset(
    "conservative democrat democratic green gop labour liberal republican tory".split()
)


class Agency(Extractor):
    """Passives with and without an agent, and actions told as nouns.

    A passive is a form of *be* or *get* with a past participle, up to three adverbs between.
    Where a term for a group stands as its subject or agent, the attributes `done_to` and
    `done_by` say which; the share of passives without an agent is
    ``agentless / (agentless + with agent)`` over the counts of the labels.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Mistakes were made. Migrants were held by protesters."
    >>> hits = annotate(Corpus([Document("a", text)]), [Agency()])
    >>> hits[["text", "label", "attributes"]].values.tolist()
    [['were made', 'agentless_passive', '{}'], ['were held by', 'passive_with_agent', \
'{"done_to": "Migrants", "done_by": "protesters"}']]
    """

    name = "agency"
    cues = (TARGETS,)

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Leave out the terms for groups that are beside no passive and no noun of action."""
        place, verb, _, _, _, agent = block.noted(verb_groups).T
        verb, noun = verb[agent <= verb + AGENT + HANDS], found.last[rows[self.entries.id]]
        low = np.concatenate((place - SUBJECT, verb + 2, noun + 1))
        high = np.concatenate((place, verb + AGENT + HANDS + 1 + HEAD, noun + 1 + HEAD))
        return {TARGETS: found.touching(rows[TARGETS], low, high)}

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        groups = groups_in(reading)
        for match in reading.matches(self.entries.id):
            if not _told(reading, match):
                entry, done = match.entry, _of(reading, match, groups)
                yield match.start, match.end, entry.label, entry.strength, entry.id, done
        busy = -1
        for place, verb, low, high, doubt, agent in reading.noted(verb_groups):
            if place <= busy or (doubt == verb and not _is_passive(reading, place, verb, high)):
                continue
            busy = verb
            near = agent <= verb + AGENT + HANDS and agent < high - 1
            by = _agent(reading, verb, high) if near else None
            yield _passive(reading, (place, verb, low), by, groups)


def _told(reading: Reading, match: Match) -> bool:
    """Whether the sentence says who acts: "their removal of", "police raids", "raids by"."""
    _, high = _sentence(reading, match.first)
    if _agent(reading, match.last, high) is not None:
        return True
    before = match.first - 1
    if before < 0 or _parted(reading, before, match.first):
        return False
    if _done_by_subject(reading, match):
        return True
    word = reading.folded[before]
    named = reading.capitals[before] and (word.endswith(PEOPLES) or word in PARTIES)
    if word in ACTORS or named:
        return True
    owned = (
        reading.cores[before] < reading.ends[before] or reading.text[reading.ends[before]] in "'’"
    )
    if " " in match.entry.entry:
        return owned or word in cl.POSSESSIVES
    return word in cl.PRONOUNS or word == "who"


def _done_by_subject(reading: Reading, match: Match) -> bool:
    """Whether a verb with a subject has the noun for its object: "they took military action"."""
    words = reading.folded
    low, _ = _sentence(reading, match.first)
    for place in range(match.first - 1, max(low, match.first - 5), -1):
        word = words[place]
        if _parted(reading, place, place + 1) or word in CLAUSE or word in NO_OBJECT:
            return False
        if word in LIGHT:
            return words[place - 1] not in cl.BE
    return False


def _of(reading: Reading, match: Match, groups: Groups) -> dict[str, str]:
    """Return whom a noun of action is done to: "the deportation of families"."""
    if reading.folded[match.last] not in ("of", "on", "against", "to"):
        return {}
    found = _head(reading, groups, match.last)
    return {"done_to": _written(reading, found)} if found else {}


def _is_passive(reading: Reading, place: int, verb: int, high: int) -> bool:
    """Whether an auxiliary and a participle that may be none make a passive."""
    words = reading.folded
    if _parted(reading, place, verb) or (place and words[place - 1] == "there"):
        return False  # "there is no split"
    if reading.capitals[place] and _shouted(reading, place) and not _shouted(reading, verb):
        return False  # "IS seized the town"
    return not _mere(reading, place, verb, high)


def _shouted(reading: Reading, place: int) -> bool:
    return reading.text[reading.starts[place] : reading.ends[place]].isupper()


def _mere(reading: Reading, place: int, verb: int, high: int) -> bool:
    """Whether the participle is a mere adjective here ("is committed to peace")."""
    words = reading.folded
    word, behind = words[verb], words[verb + 1] if verb + 1 < len(words) else ""
    if words[place] in GET and word in NOT_GOTTEN:
        return True
    if word == "used" and behind == "to":  # "they are used to rain", "gas was used to clear it"
        return place == 0 or words[place] in CONTRACTED or _of_men(words, place)
    if behind in MERE_BEFORE.get(word, ()):
        return True
    if word in OVER and (behind.endswith("ing") or _of_men(words, place)):
        return True
    state = word in STATES and words[place] not in ACTED and behind != "as"
    if not (state or word in ADJECTIVES or words[verb - 1] in DEGREES):
        return False
    return _agent(reading, verb, high) is None


def _of_men(words: Sequence[str], place: int) -> bool:
    """Whether people are the subject of the auxiliary at `place`: "we are", "they're"."""
    return words[place].endswith(("'re", "'m")) or (place > 0 and words[place - 1] in MEN)


def _passive(
    reading: Reading, words: tuple[int, int, int], by: int | None, groups: Groups
) -> Cells:
    place, verb, low = words
    done: dict[str, str] = {}
    subject = _subject(reading, place, low, groups)
    if subject is not None:
        done["done_to"] = _written(reading, subject)
    start = reading.starts[place]
    if by is None:
        return start, reading.ends[verb], "agentless_passive", 0.67, "agentless passive", done
    agent = _head(reading, groups, by)
    if agent is not None:
        done["done_by"] = _written(reading, agent)
    return start, reading.ends[by], "passive_with_agent", 0.33, "passive with agent", done


def _between(word: str) -> bool:
    return word in SKIPPED or (word.endswith("ly") and len(word) > 4 and word not in cl.NOT_LY)


def _participle(word: str) -> bool:
    if word in IRREGULAR:
        return True
    if not word.endswith("ed") or len(word) < 5 or word[-3] == "e" or word in FEELINGS:
        return False
    return not word.startswith("un") or word in UN_VERBS


def _agent(reading: Reading, verb: int, high: int) -> int | None:
    """Return the place of a "by" that names who did it, within a few words of the verb."""
    words = reading.folded
    near = words[verb + 1 : min(high - 1, verb + AGENT + HANDS + 1)]
    if NAMING.isdisjoint(near):
        return None
    for place in range(verb + HANDS + 1, verb + 1 + len(near)) if "hands" in near else ():
        if words[place] == "of" and words[place - 3 : place] == AT_THE_HANDS:
            return place
    for place in range(verb + 1, min(high - 1, verb + 1 + AGENT)):
        if _parted(reading, place - 1, place) or words[place] in CLAUSE:
            return None
        word = words[place]
        joined = reading.text[reading.starts[place] - 1] == "-"  # "case-by-case"
        if word == "by" and not joined and _acts(reading, verb, place + 1, high):
            return place
        if word in ("and", "or") and not _participle(words[place + 1]):
            return None
    return None


def _acts(reading: Reading, verb: int, at: int, high: int) -> bool:
    """Whether what stands behind "by" can act: no time, place, manner or amount."""
    words = reading.folded
    if _parted(reading, at - 1, at):
        return False
    if words[at] in NO_AGENT and not (words[at] in ON_LAND and words[at + 1] in BY_LAND):
        return False
    bare = words[at] not in cl.DETERMINING
    at += not bare
    while at < high and words[at] in ABOUT:
        at += 1
    if at >= high or words[at] in LIMITS:
        return False
    if words[at][:1].isdigit() or words[at] in NUMBERS:
        return _counted(reading, verb, at, high)
    gerund = words[at].endswith("ing") and words[at] not in NOT_GERUNDS
    if words[at] in DESCRIBING and at + 1 < high and not _parted(reading, at, at + 1):
        gerund = words[at + 1] in cl.DETERMINING or words[at + 1] in cl.PREPOSITIONS
    return not (bare and gerund and not reading.capitals[at])


def _counted(reading: Reading, verb: int, at: int, high: int) -> bool:
    """Whether a number behind "by" counts those who act: "by 20 officers", not "by 20 points"."""
    words, text = reading.folded, reading.text
    if words[verb] in CHANGES or at + 1 >= high:
        return False
    if text[reading.starts[at] - 1] in "£$€" or text[reading.ends[at]] != " ":
        return False
    return words[at + 1] not in UNITS and words[at + 1] not in cl.PREPOSITIONS


def _subject(reading: Reading, place: int, low: int, groups: Groups) -> Match | None:
    """Return the term for a group that is the subject of the auxiliary at `place`."""
    if not groups.terms:
        return None
    first = max(low, place - SUBJECT)
    for index in range(bisect_left(groups.lasts, place) - 1, -1, -1):
        if groups.lasts[index] < first:
            return None
        one = groups.terms[index]
        if one.first < first or _parted(reading, one.last, place):
            return None
        if _leads(reading, one, place) and _is_head(reading, one, low):
            return one
    return None


def _leads(reading: Reading, one: Match, place: int) -> bool:
    """Whether only auxiliaries, adverbs or one phrase ("in Kent") part a term and its verb."""
    words = reading.folded[one.last + 1 : place]
    if words and words[0] in cl.PREPOSITIONS:
        inside = [w for w in words if w not in cl.AUXILIARIES]
        return not any(cl.is_finite(w) or w in CLAUSE or w in ("and", "or") for w in inside)
    return all(
        w in cl.AUXILIARIES or _between(w) or w in ("who", "that", "which", "to", "all", "both")
        or w.endswith("n't")
        for w in words
    )  # fmt: skip


def _is_head(reading: Reading, one: Match, low: int) -> bool:
    """Whether no preposition makes the term a part of another phrase ("the camp for migrants")."""
    words = reading.folded
    for place in range(one.first - 1, max(low, one.first - 4) - 1, -1):
        if _parted(reading, place, place + 1) or words[place] in CLAUSE:
            return True
        if words[place] == "of":
            return place > low and words[place - 1] in QUANTITIES
        if words[place] in cl.PREPOSITIONS:
            return False
        if words[place] in cl.DETERMINING and words[place - 1] not in cl.PREPOSITIONS:
            return True
    return True


def _head(reading: Reading, groups: Groups, behind: int) -> Match | None:
    """Return the first term for a group of the phrase that a word begins ("by", "of")."""
    places = range(behind + 1, behind + 1 + HEAD)
    found = next(filter(None, map(groups.by_first.get, places)), None)
    if found is None:
        return None
    words = reading.folded[behind + 1 : found.first]
    apart = any(w in cl.PREPOSITIONS or w in CLAUSE or w in ("and", "or") for w in words)
    if apart and not (words[-1] == "of" and words[-2:-1] and words[-2] in QUANTITIES):
        return None
    if _parted(reading, behind, found.first) or _modifies(reading, found):
        return None
    return found


def _modifies(reading: Reading, one: Match) -> bool:
    """Whether a term in the singular stands before the noun it describes ("student nurses")."""
    words, at = reading.folded, one.last + 1
    if words[one.last].endswith(("s", "men", "people")) or _sentence(reading, one.first)[1] <= at:
        return False
    if one.entry.label == "general" or _parted(reading, one.last, at):
        return False
    word = words[at]
    ended = word in cl.PREPOSITIONS or word in CLAUSE or word in cl.CONJUNCTIONS or word in cl.DAYS
    if ended or word in ("last", "this", "and", "or", "earlier") or _between(word):
        return False
    return reading.text[reading.ends[one.last]] in " \u00a0-" and not word.endswith(("ed", "ing"))


def _sentence(reading: Reading, place: int) -> tuple[int, int]:
    return reading.sentence_words[reading.sentence_at(reading.starts[place])]


def _parted(reading: Reading, first: int, last: int) -> bool:
    gaps = reading.text[reading.ends[first] : reading.starts[last]]
    return gaps != " " and MARKS.search(gaps) is not None


def _written(reading: Reading, match: Match) -> str:
    return reading.text[match.start : match.end]
