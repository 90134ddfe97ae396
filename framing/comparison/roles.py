"""Roles of a comparison: what is compared, who compares, and whether they stand by it."""

from __future__ import annotations

import re

from framing.comparison.rules import Cue, Found, superlative
from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.nouns import antecedent, group_before, main_subject, nearest_subject, noun_before
from framing.text.voices import Attribution, VoiceMap, speaker_text

Range = tuple[int, int]
RELATIVE = frozenset("which that who".split())
MISPLACED = frozenset(
    "overdrawn misplaced absurd lazy insulting unfair wrong false ridiculous offensive misleading "
    "overblown inaccurate nonsense ludicrous inappropriate flawed exaggerated dismissed rejected "
    "rejects reject rejecting dismisses denied denies balked bristled".split()
)
TOLD_OF = re.compile(r", (?:who|whose) ")  # behind a name
POINTING = frozenset("it this that there these those which what".split())
NOT = frozenset("not no never hardly neither nor without isn't wasn't aren't weren't".split())
WHO = frozenset(
    "some many critics others observers commentators supporters opponents people analysts pundits "
    "historians experts".split()
)
DRAWN = frozenset(
    "draw draws drew drawn drawing see sees saw make makes made making find finds found throw "
    "throws throwing threw invoke invokes invoked raise raises raised".split()
)
CALLING = frozenset("called call calls calling considered deemed branded labelled labeled".split())
LEADING = frozenset(
    "the a an possibly perhaps probably and arguably by far one of yet another its his her their "
    "sharpest second third".split()
)
LINKING = cl.BE | frozenset(
    "become became becomes becoming seems seem seemed looks look looked".split()
)


def target(unit: Unit, found: Found) -> Range | None:
    """Return the words of what is compared, as a range of words of the unit."""
    cue = found.cue
    if cue.get("object") == "1":
        return _object(unit, cue) or _subject(unit, cue)
    phrase = _called(unit, cue)
    if phrase is None and cue.get("slot") in ("none", "before", "never"):
        phrase = _modified(unit, cue)
    if phrase is not None:
        return phrase
    phrase = _apposed(unit, cue) or _subject(unit, cue)
    if phrase is None or unit.words[phrase[0]] not in POINTING or phrase[1] - phrase[0] > 1:
        return phrase
    return _named_by_superlative(unit, cue)


def _called(unit: Unit, cue: Cue) -> Range | None:
    """Return what is called something: "called *the move* unprecedented"."""
    for index in range(cue.first - 1, max(cue.first - 9, -1), -1):
        if unit.words[index] in CALLING:
            return _bare(unit, index + 1, cue.first) if index + 1 < cue.first else None
        if unit.breaks[index]:
            return None
    return None


def _apposed(unit: Unit, cue: Cue) -> Range | None:
    """Return what an apposition tells of: "*a voting law*, a throwback to the 1950s"."""
    first = cue.first
    if cue.get("slot") in ("since", "none"):
        return None
    while first > 0 and not unit.breaks[first]:
        first -= 1
        if unit.words[first] not in LEADING:
            return None
    if first == 0 or unit.marks[first] & cl.COLON:
        return None
    phrase = noun_before(unit, first) if not unit.marks[first] & cl.COMMA else None
    low = phrase[0] if phrase else _start_of_noun(unit, first - 1)
    return _bare(unit, low, first)


def _start_of_noun(unit: Unit, last: int) -> int:
    low = last
    while low > 0 and last - low < 8 and not unit.breaks[low]:
        word = unit.words[low - 1]
        if word in cl.PREPOSITIONS or word in cl.PRONOUNS or cl.has_finite(unit, low - 1, low - 1):
            break
        low -= 1
        if unit.words[low] in cl.DETERMINERS:
            break
    return low


def _modified(unit: Unit, cue: Cue) -> Range | None:
    """Return the noun phrase the cue stands in front of: "an unprecedented *attack on voters*"."""
    first = last = cue.last + 1
    joined = ("unprecedented", "unparalleled", "record", "style", "like", "esque", "type", "era")
    if unit.words[cue.last] not in joined and cue.get("slot") != "never":
        return None
    joined_by_and = unit.words[first : first + 1] == ["and"] and first + 2 < unit.size
    if joined_by_and and not unit.adverb[first + 1]:
        first = last = first + 2
    of = False
    while last < unit.size and last - first < 8 and not (last > first and unit.breaks[last]):
        word = unit.words[last]
        stop = word in cl.PREPOSITIONS or word in cl.AUXILIARIES or word in cl.RELATIVES
        if word in ("of", "on", "from") and last > first and not of:
            of = True
        elif stop or (word in cl.CONJUNCTIONS and last == first) or word in cl.COMPLEMENTISERS:
            break
        last += 1
    while last > first and unit.words[last - 1] in cl.DETERMINING | {"of", "on", "from"}:
        last -= 1
    if last == first or unit.breaks[first]:
        return None
    return first, last


def _named_by_superlative(unit: Unit, cue: Cue) -> Range | None:
    """Return the noun phrase of the superlative: "this was the best *rating of Congress* since"."""
    place = superlative(unit, cue.first) if cue.get("slot") == "since" else None
    if place is None or place + 1 >= cue.first:
        return None
    return _bare(unit, place + 1, cue.first)


def _object(unit: Unit, cue: Cue) -> Range | None:
    """Return the noun phrase behind a comparing verb: "compared *the plan* to Suez"."""
    first = cue.last + 1
    for index in range(first, min(first + 20, unit.size)):
        if unit.words[index] in ("to", "with", "as", "and"):
            return _bare(unit, first, index) if index > first else None
        if unit.breaks[index]:
            return None
    return None


def _subject(unit: Unit, cue: Cue) -> Range | None:
    """Return the subject of the clause; the antecedent, if that is a relative pronoun."""
    index = cue.first
    while index > 0 and not unit.breaks[index]:
        word = unit.words[index - 1]
        if not (word in cl.AUXILIARIES or unit.adverb[index - 1] or word in NOT):
            break
        index -= 1
    verb = next(
        (i for i in range(index - 1, max(index - 12, -1), -1) if unit.words[i] in LINKING), None
    )
    if verb is not None and not cue.get("verb"):
        index = group_before(unit, verb)
    phrase = noun_before(unit, index)
    loose = phrase is None or cl.has_finite(unit, phrase[0], phrase[1] - 1)
    if loose or cue.get("slot") in ("since", "none"):
        phrase = nearest_subject(unit, cue.first) or main_subject(unit, cue.first) or phrase
    if phrase is None:
        return None
    if unit.words[phrase[0]] in RELATIVE:
        found = antecedent(unit, phrase[0])
        phrase = (found[0], found[1] - 1) if found else phrase
    return _bare(unit, *phrase)


def _bare(unit: Unit, first: int, behind: int) -> Range | None:
    """Leave out a leading article and everything behind the first comma.

    What ends in an article ("ministers fear a" repeat of it) is no noun phrase.
    """
    if unit.words[behind - 1] in cl.DETERMINERS and behind - first > 1:
        return None
    while first < behind and unit.words[first] in cl.AUXILIARIES:
        first += 1
    while first < behind and unit.words[first] in ("the", "a", "an", "that", "this"):
        if first + 1 == behind:
            break
        first += 1
    for index in range(first + 1, behind):
        if unit.marks[index] & cl.COMMA:
            behind = index
            break
    return (first, behind) if first < behind else None


def maker(unit: Unit, found: Found, voices: VoiceMap) -> tuple[str | None, str]:
    """Return who compares, and `outlet`, `named` or `unspecified`."""
    cue = found.cue
    owner: Attribution | None = voices.attribution_at(unit.starts[cue.first])
    active = cue.get("maker") == "subject"
    if active and _passive(unit, cue):
        agent = _agent(unit, cue)
        return (agent, "named") if agent else _of(unit, owner, "unspecified")
    phrase = None
    if active:
        phrase = noun_before(unit, group_before(unit, cue.first)) or main_subject(unit, cue.first)
    elif cue.get("noun") == "1" and DRAWN & set(unit.words[: cue.first]):
        phrase = nearest_subject(unit, cue.first)
    if phrase is not None and unit.words[phrase[0]] not in RELATIVE | POINTING:
        words = unit.words[phrase[0] : phrase[1]]
        if set(words) & WHO:
            return None, "unspecified"
        if not (owner and words[0] in cl.PRONOUNS) and (active or _of_people(unit, phrase)):
            name = unit.text[unit.starts[phrase[0]] : unit.ends[phrase[1] - 1]]
            return TOLD_OF.split(name)[0], "named"
    return _of(unit, owner, "outlet")


def _of_people(unit: Unit, phrase: Range) -> bool:
    """Whether a subject can be a person: a pronoun, or a name without a determiner."""
    word = unit.words[phrase[0]]
    return word in cl.PRONOUNS or (unit.capital[phrase[0]] == 1 and word not in cl.DETERMINERS)


def _of(unit: Unit, owner: Attribution | None, otherwise: str) -> tuple[str | None, str]:
    if owner is None:
        return None, otherwise
    name = owner.speaker_name or speaker_text(unit.text, owner)
    if name is not None and WHO & set(name.lower().split()):
        name = None
    return name, "named" if name else "unspecified"


def _passive(unit: Unit, cue: Cue) -> bool:
    """Whether the cue is a participle in the passive, or hangs on a noun ("a plan likened to")."""
    if not unit.words[cue.first].endswith("ed"):
        return False
    group = group_before(unit, cue.first)
    return any(word in cl.BE for word in unit.words[group : cue.first])


def _agent(unit: Unit, cue: Cue) -> str | None:
    for index in range(cue.last + 1, min(cue.last + 14, unit.size - 1)):
        if unit.words[index] == "by" and not unit.breaks[index]:
            last = index + 1
            while last + 1 < unit.size and unit.capital[last + 1] and not unit.breaks[last + 1]:
                last += 1
            return unit.text[unit.starts[index + 1] : unit.ends[last]]
    return None


def stance(unit: Unit, found: Found, maker_kind: str, voice: str) -> str:
    """Return assert, report, reject, report_reject or question."""
    tail = unit.text[unit.starts[found.cue.first] : unit.end].rstrip("\"'”’) \n")
    reported = maker_kind != "outlet" or voice in ("direct", "indirect")
    if tail.endswith("?") or _asked(unit, found.cue):
        return "question"
    if found.cue.get("stance") == "reject" or _rejected(unit, found.cue):
        return "report_reject" if reported else "reject"
    return "report" if reported else "assert"


def _asked(unit: Unit, cue: Cue) -> bool:
    return "whether" in unit.words[max(cue.first - 12, 0) : cue.first]


def _rejected(unit: Unit, cue: Cue) -> bool:
    if cue.rule.label == "LESSON" or cue.get("slot") == "since":
        return False
    if cue.get("slot") == "none":
        near = unit.words[max(cue.first - 2, 0) : cue.first]
        return any(word in ("not", "hardly") or word.endswith("n't") for word in near)
    low = max(cue.first - 4, 0)
    near = [unit.words[i] for i in range(low, cue.first)]
    if any(word in NOT or word.endswith("n't") for word in near):
        return True
    noun = cue.get("noun") == "1"
    return noun and bool(MISPLACED & set(unit.words))
