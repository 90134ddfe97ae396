"""What a cue verb is where it stands: noun or verb, its group, whether it fits its subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from framing.text import clauses as cl
from framing.text.clauses import Unit

Range = tuple[int, int]
PLURAL = frozenset(
    "they we i you people many some others most both few several those these men women police all "
    "democrats republicans tories which who that majority per percent half media".split()
)
NO_PLURAL = frozenset("times news politics mathematics economics series headquarters".split())
ASKS = cl.AUXILIARIES | frozenset(
    "why how when where didn't don't doesn't won't wouldn't can't couldn't shouldn't".split()
)
THESE = frozenset("this that these those".split())
ALONE = frozenset("some both each any either neither".split())  # may be a subject of their own
NOUN_LEADS = cl.DETERMINING - THESE
LEADS = NOUN_LEADS | THESE | cl.BE
TO = frozenset("to and or".split())
RELATIVE = cl.RELATIVES | {"that"}
REFUSED = frozenset("declined refused declines refuses failed fails".split())
GROUP = REFUSED | cl.NEGATIONS | cl.AUXILIARIES | {"to"}  # before a verb, beside adverbs
GOES = frozenset("go goes went gone".split())
LINKS = frozenset("and but or then".split())
NOUNS_ING = frozenset("warning finding ruling understanding feeling reading".split())
NOUNS = frozenset("cut set hit put left saw felt fell rose met shot bid".split())  # and verbs


UNREAL = frozenset("would could should might must may".split())
WANTED = frozenset(  # before an infinitive
    "need needs needed have has had ought possible impossible important essential crucial vital "
    "worth fair hard easy difficult reasonable tempting".split()
)
SHOWING = frozenset("explain underscore underline highlight illustrate demonstrate".split())
INFERRING = SHOWING | frozenset("suggest imply indicate show reveal feel".split())
DEGREES = frozenset("more most less least very too".split())
THINGS = frozenset("words things something nothing anything".split())
BASED = frozenset("based given compared".split())  # open a clause like prepositions
HELPS = frozenset("help helps helped".split())
KNOWING = frozenset("recognise discover find note observe".split())
BEHIND = frozenset(  # may follow a clause, but want "that" before one
    "observe remark muse posit theorise hypothesise conjecture postulate rule reaffirm concur "
    "clarify".split()
)
FEELING = frozenset("better worse good bad safe sorry free strongly pretty great same".split())
PARTICLES = frozenset("out up off".split())
GIVING_NONE = THINGS | PARTICLES | FEELING  # behind some verbs
GIVING_LITTLE = frozenset("assuming known".split())  # themselves
POINTING = frozenset("it this that which".split())
SEEMING = frozenset("seems seem seemed appears appear appeared used continued continues".split())
MAIN = frozenset("is was has had will would".split()), frozenset("are were have had".split())
TURNS = frozenset(
    "that if because when while although though since unless until what whether why how where "
    "and but or".split()
)
ASKED = cl.COMPLEMENTISERS | cl.QUESTIONS | cl.PREPOSITIONS


@dataclass(slots=True)
class Cue:
    """A match of the report-verb lexicon in a unit: first and last word, entry, what it takes."""

    first: int
    last: int
    entry: Any
    takes: str


def is_noun(unit: Unit, cue: Cue) -> bool:
    """Whether the cue word is a noun or an adjective here ("the claim", "alleged attacker")."""
    words, first, behind = unit.words, cue.first, cue.last + 1
    if (unit.marks[first] | unit.marks[behind]) & cl.JOINED:
        return True
    if first == 0:
        return False
    if unit.capital[first] and unit.quote[first - 1] < 0 and not unit.in_title_case():
        return True
    if unit.breaks[first]:
        return False
    word, before = words[first], words[first - 1]
    following = words[behind] if behind < unit.size else ""
    if before in LEADS:
        if before in cl.BE and following == "of" and word.endswith("s"):
            return True  # "they are rebukes of"
        if before in NOUN_LEADS:
            return before not in ALONE or word.endswith("s") or first > 1
        if before in THESE and not word.endswith(("ed", "s")):
            return following not in cl.COMPLEMENTISERS
    if word.endswith("ed"):  # "the highly anticipated summit"
        return first > 1 and unit.adverb[first - 1] == 1 and words[first - 2] in NOUN_LEADS
    if word in cl.PAST:
        return False
    if unit.possessive(first - 1):
        return True
    if not word.endswith("ing"):
        return before in cl.PREPOSITIONS and (before != "to" or word.endswith("s"))
    if before in DEGREES and following not in cl.COMPLEMENTISERS:
        return True  # "the more worrying question"
    if word in NOUNS_ING and first > 1 and words[first - 2] in NOUN_LEADS:
        return following in cl.PREPOSITIONS  # "a stern warning about"
    return before in cl.DETERMINERS and following not in cl.COMPLEMENTISERS


def agrees(unit: Unit, cue: Cue, subject: Range | None) -> bool:
    """Whether a form that is none of `PAST` fits: bare to a plural, in -s to a singular subject."""
    words, first = unit.words, cue.first
    word = words[first]
    if word.endswith("ed") and word not in cl.NO_ED:
        before = first and first - 1  # "the mayor's stated aim", but "he's asked"
        return words[before] in cl.CARRIERS or not unit.possessive(before)
    base = cue.entry.patterns[0].partition(" ")[0]
    if subject is None:
        return word != base or (first > 0 and words[first - 1] in TO)
    if word != base and word.removeprefix(base) not in ("s", "es"):
        return True
    start, end = subject
    head = start + 1
    while head < end and words[head] not in cl.PREPOSITIONS:
        head += 1
    last = words[head - 1]
    if word != base:
        return last not in PLURAL or last in RELATIVE
    if words[start] in ASKS or (start > 0 and words[start - 1] in ASKS and not unit.breaks[start]):
        return False  # a question: "why didn't Sanders say"
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is")) and last not in NO_PLURAL
    plural = plural or last in PLURAL or last in RELATIVE or unit.breaks[first] == 1
    return plural or "and" in words[start:end]


def verb_group(unit: Unit, first: int) -> tuple[int, bool, bool]:
    """Return the first word of the verb's group, whether it is passive, and whether negated."""
    index, passive, negated = first - 1, False, False
    while index >= 0 and not unit.breaks[index + 1]:
        word = unit.words[index]
        contracted = "'" in word and word.endswith("n't")
        if not (contracted or word in GROUP or unit.adverb[index]):
            break
        if contracted or word in cl.NEGATIONS:
            negated = True
        elif word in REFUSED:
            return index, passive, True
        elif word in cl.BE:
            past = unit.words[first]
            passive = passive or (participle(past) and not past.endswith("ing"))
        elif word == "to":
            if index and unit.words[index - 1] in ("declined", "refused", "refuses", "refusing"):
                return index - 1, passive, True
            if index > 1 and unit.words[index - 1] == "on" and unit.words[index - 2] in GOES:
                index -= 2
        index -= 1
    return index + 1, passive, negated


def gives_none(unit: Unit, cue: Cue, group: int, following: str) -> bool:
    """Whether a verb gives no words, as in "they feel better", "best known for"."""
    words, first, behind = unit.words, cue.first, cue.last + 1
    word = words[first]
    if word == "assuming" or (word == "known" and cl.HAVE.isdisjoint(words[group:first])):
        return True
    adjective = cue.takes == "t" and cue.entry.id.endswith("(adjective)")
    if not adjective and following not in GIVING_NONE:
        return False
    if following in THINGS and words[behind + 1 : behind + 2] == ["that"]:
        return True  # "said things that"
    if adjective and (following == "about" or "that" not in words[behind : behind + 4]):
        return True
    if following in PARTICLES:  # "when she found out, she left"
        return behind + 1 < unit.size and unit.breaks[behind + 1] == 1
    return following in FEELING and cue.entry.id == "feel"


def tells(unit: Unit, cue: Cue, group: int, negated: bool) -> bool:
    """Whether the verb's group lets somebody say something: not "to claim", "should know"."""
    if unit.words[group] == "to":
        behind = cue.last + 1
        if not ("that" in unit.words[behind : behind + 4] or states(unit, group)):
            return False
    return negated or not unreal(unit, cue, group)


def unreal(unit: Unit, cue: Cue, group: int) -> bool:
    """Whether nobody has said or thought it: "they should know that", "it is worth noting that"."""
    before = unit.words[group - 1] if group else ""
    if before == "worth" or (before in HELPS and cue.entry.id == "explain"):
        return True
    if group == cue.first:
        return False
    if unit.words[group] == "to":
        return before in WANTED
    knows = cue.entry.label == "thought" or cue.entry.id in KNOWING
    return knows and not UNREAL.isdisjoint(unit.words[group : cue.first])


def states(unit: Unit, to: int) -> bool:
    """Whether an infinitive tells what was said: "seems to show", "was quick to add"."""
    before = unit.words[max(to - 2, 0) : to]
    return bool(before) and (before[-1] in SEEMING or before[0] in cl.BE or before[-1] == "on")


def infers(unit: Unit, cue: Cue, subject: Range) -> bool:
    """Whether the text itself concludes where one of `POINTING` is the subject: "this suggests"."""
    first, word = subject[0], unit.words[subject[0]]
    if subject[1] - first > 1:
        return False
    if word == "which" or (word == "that" and first and not unit.breaks[first]):
        return cue.entry.id in SHOWING
    if cue.entry.id not in INFERRING:
        return False
    return word != "it" or not participle(unit.words[cue.first])  # it may be a paper


def denied(unit: Unit, noun: int) -> bool:
    """Whether nobody has it: "there is no doubt that", "left no question that"."""
    if noun < 2 or unit.words[noun - 1] != "no" or unit.breaks[noun]:
        return False
    return unit.words[noun - 2] not in cl.HAVE


def participle(word: str) -> bool:
    return word.endswith(("ed", "en", "wn")) or word in cl.PAST


def hangs(unit: Unit, verb: int) -> bool:
    """Whether a participle hangs on the noun before it ("a storm expected to hit")."""
    if verb == 0 or not unit.words[verb].endswith("ed") or unit.breaks[verb]:
        return False
    before = unit.words[verb - 1]
    return not (before in LINKS or before in cl.AUXILIARIES or unit.adverb[verb - 1])


def modifies(unit: Unit, index: int) -> bool:
    """Whether a verb follows "that": "a report that shocked the town" reports nothing."""
    if index >= unit.size or unit.capital[index] or not unit.verb[index]:
        return False
    word = unit.words[index]
    if unit.possessive(index) or word in BASED or ("'" in word and not word.endswith("n't")):
        return False  # "it's the", "they're the", "based on that"
    following = unit.words[index + 1] if index + 1 < unit.size else ""
    behind = following in cl.DETERMINERS or following in cl.PRONOUNS
    behind = behind or following in cl.PREPOSITIONS or not following
    return behind or word in cl.AUXILIARIES or (word in cl.PAST and word not in NOUNS)


def before_main_verb(unit: Unit, clause: Range, plural: bool) -> int:
    """Return where the main verb begins behind a clause: "the claim that he lied was denied"."""
    start, end = clause
    verb = unit.verb.find(1, start + unit.words[start].endswith("ed"), end)
    while (
        0 <= verb < end - 1
        and (unit.words[verb + 1] in cl.AUXILIARIES or unit.verb[verb + 1] or unit.adverb[verb + 1])
        and unit.words[verb] in cl.AUXILIARIES
    ):
        verb += 1
    for place in range(verb + 1, end if verb >= 0 else 0):
        word = unit.words[place]
        if word in TURNS or word in cl.RELATIVES or place in unit.heads or unit.quote[place] >= 0:
            break
        if word in MAIN[plural] and unit.words[place - 1] not in cl.PRONOUNS:
            return place
    return end


def told_behind(unit: Unit, cue: Cue, begin: int, subject: Range) -> bool:
    """Whether the verb may stand behind its content: "it fell, aides told the paper"."""
    if "c" in cue.takes:
        return True
    behind, words = cue.last + 1, unit.words
    spoken = cue.entry.id == "tell" and behind < unit.size and not unit.breaks[behind]
    spoken = spoken and words[behind] not in ASKED  # "time will tell if"
    if not (spoken or cue.entry.id in BEHIND) or cue.first < subject[0]:
        return False
    hanging = words[cue.first].endswith("ing") or words[begin].endswith("ing")
    return not (hanging or unit.quote[begin] >= 0 or opens_adverbial(unit, begin))


def opens_adverbial(unit: Unit, index: int) -> bool:
    """Whether a clause begins as "In May" or "When asked" do."""
    outside = unit.words[index] in cl.PREPOSITIONS or unit.words[index] in cl.RELATIVES
    return outside or bool(unit.time[index] or unit.adverb[index])
