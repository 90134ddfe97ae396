"""What stands behind a cue: where the content begins, and what belongs to it."""

from __future__ import annotations

from itertools import pairwise

from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.endings import ADJUNCT, LINKS, STOPPERS, before_relative, clause_end, parts
from framing.text.verbs import NO_PLURAL, Cue, modifies

Range = tuple[int, int]
LINKED = (["and"], ["but"], ["or"])  # behind "everyone expects that,"
CLOSED = cl.DETERMINING | cl.PREPOSITIONS | cl.CONJUNCTIONS
SAYING = frozenset(
    form + ending
    for form in "argue allege acknowledge concede believe reckon contend insist maintain claim "
    "suggest agree".split()
    for ending in ("", "s", "d", "ed")
) | frozenset("say says said think thinks thought admit admits admitted deny denies denied".split())
STATING, ACTING = frozenset("tcO"), frozenset("iP")  # what a cue takes: a clause, an infinitive
CLAUSAL = frozenset(  # what follows is hardly ever a noun phrase alone
    "say says said saying think thinks thought thinking argue argues argued arguing tell tells "
    "told telling insist insists insisted insisting contend contends contended contending".split()
)
GERUND, NEAR = 10, 8
TOPICS = frozenset("about against over".split())
KNOWLEDGE = frozenset("information details news evidence knowledge concerns questions".split())
DOUBTED = frozenset("if whether how why".split())
OBJECTS = cl.PRONOUNS | frozenset("him her them us me himself herself themselves".split())
ABOUT = frozenset("about around over under between".split())  # before a number
OPENS = CLOSED | cl.QUESTIONS | cl.AUXILIARIES | cl.COMPLEMENTISERS
SAYS = frozenset("say says said".split())
PLURALS = frozenset("men women people children police they we you i".split())
THINGS = frozenset("things words prayers lots goodbyes".split())
FRONTED = frozenset("until although though because once unless since while".split())
OPENING = cl.QUESTIONS | {"to", "not"}
ENDING = cl.RELATIVES | LINKS | {"of", "as"}
PARTING = cl.COMPLEMENTISERS | cl.RELATIVES  # end a prepositional phrase
BEHIND_NOUNS = cl.PRONOUNS | cl.PREPOSITIONS | cl.DETERMINING | cl.AUXILIARIES  # end one, too
LOOSE = frozenset("of and or for in on from with".split())  # follow nouns
SINGULAR = frozenset("is was would will has isn't wasn't wouldn't".split())
ADDRESSED = (cl.COMPLEMENTISERS | cl.QUESTIONS | cl.PREPOSITIONS | cl.RELATIVES) - {"of"}
TOLD = frozenset("story stories tale tales truth joke jokes lie lies".split())  # to nobody named


def complement(unit: Unit, index: int, takes: str) -> int | None:
    """Return the word at which the content behind a cue begins, or None."""
    count, moved, first, addressed, of = unit.size, 0, index, False, False
    nominal = "n" in takes
    while index < count and moved < 12:
        word, marks = unit.words[index], unit.marks[index]
        if marks and _marked(unit, index):
            return index
        if word in cl.COMPLEMENTISERS and ((word == "that" and index == first) or _states(takes)):
            drawn = word == "that" and "c" in takes and unit.possessive(index)  # "that's"
            return index if drawn else _behind_complementiser(unit, index, first)
        if (comma := marks & cl.COMMA) and index > first and word not in cl.COMPLEMENTISERS:
            return None
        if word in FRONTED and index == first and "c" in takes and _opens_whole(unit, index):
            return index  # "said although it leaks, it stands"
        if marks and ((comma and index == first) or (marks & cl.BREAK and parts(unit.gap(index)))):
            parenthesis = _behind_comma(unit, index)
            if parenthesis is None or unit.words[parenthesis] not in cl.COMPLEMENTISERS:
                return _whole(unit, parenthesis, takes)
            index = parenthesis
        elif unit.time[index]:
            index = _behind_time(unit, index)
        elif word in OPENING and (_asks(unit, index, takes, first) or _acts(unit, index, takes)):
            return index
        elif not nominal and unit.adverb[index]:
            index += 1
        elif word in ABOUT and index + 1 < count and unit.words[index + 1].isdigit():
            return index if "c" in takes else None  # "said over 40 nations will join"
        elif word in ADJUNCT and ("c" in takes or not nominal):
            index = _behind_phrase(unit, index)
            follows = unit.words[index] if index < count else ""
            if follows in cl.AUXILIARIES or (follows == "to" and word in TOPICS):
                return None  # "a gun found in it was old", "asked about a plan to"
        elif "O" in takes and not addressed:
            begin, index, addressed = index, _behind_addressee(unit, index), True
            of = "of" in unit.words[begin:index]  # "told the court of fears"
            if not TOLD.isdisjoint(unit.words[begin:index]):
                return None
        elif word == "of" and not nominal:
            index = _behind_phrase(unit, index)
            if index >= count or not (unit.marks[index] & cl.COLON or unit.quote[index] >= 0):
                return None
        elif word in ENDING:
            return None
        elif nominal or ("P" in takes and not addressed):
            return index
        elif ("c" in takes or addressed) and not of and _opens(unit, index):
            return index if _clausal(unit, index, first - 1, addressed) else None
        else:
            return index if "v" in takes and word.endswith("ing") else None
        moved += 1
    return None


def _states(takes: str) -> bool:
    return not STATING.isdisjoint(takes)


def _marked(unit: Unit, index: int) -> bool:
    """Whether a colon or a quotation mark opens the content here."""
    if unit.marks[index] & cl.COLON:
        return True
    return unit.quote[index] >= 0 and (index == 0 or unit.quote[index - 1] != unit.quote[index])


def _behind_complementiser(unit: Unit, index: int, first: int) -> int | None:
    """Return where the content begins at "that", "if" or "whether", some words behind a cue."""
    word, behind = unit.words[index], index + 1
    if word == "if" and index > first and unit.adverb[index - 1]:
        return None  # "only if"
    if index > first and modifies(unit, behind):
        if unit.words[index - 1] in OBJECTS:
            return index  # "tell you that is so"
        later = _next_that(unit, behind)  # "in a letter that was leaked that C"
        return None if later < 0 else _behind_complementiser(unit, later, first)
    bare = word == "that" and unit.breaks[behind] and unit.words[behind : behind + 1] in LINKED
    return behind if behind < unit.size and not bare else None


def _opens(unit: Unit, index: int) -> bool:
    return cl.opens_clause(unit, index) or _gerund_subject(unit, index)


def _opens_whole(unit: Unit, index: int) -> bool:
    """Whether a clause that opens here is followed by the main one behind a comma."""
    comma = unit.breaks.find(1, index + 2)
    if unit.marks[index] & cl.COMMA:
        return False
    if unit.words[index + 1 : index + 2] == ["then"] or 1 in unit.time[index + 1 : index + 2]:
        return False  # "since then", "since May"
    if comma < 0 or comma >= unit.size or not unit.marks[comma] & cl.COMMA:
        return False
    word = unit.words[comma]
    subject = word in cl.PRONOUNS or word in cl.DETERMINING or unit.capital[comma] == 1
    return subject and cl.has_finite(unit, comma, unit.size - 1)


def _next_that(unit: Unit, index: int) -> int:
    """Return the next "that" before a mark, or -1."""
    for place in range(index, min(index + GERUND, unit.size)):
        if unit.breaks[place]:
            return -1
        if unit.words[place] == "that":
            return place
    return -1


def _clausal(unit: Unit, start: int, cue: int, addressed: bool) -> bool:
    """Whether a clause begins here: with a verb, or partly in quotation marks."""
    near = unit.stops.find(1, start + 1, start + cl.LONGEST)  # no clause ends before
    if near > 0 and _has_verb(unit, start, near, cue):
        return True
    reach = before_relative(unit, start, clause_end(unit, start), STOPPERS)
    partly = unit.quoted and not addressed
    partly = partly and max(unit.quote[start : min(reach, start + NEAR)]) >= 0
    known = reach != near and _has_verb(unit, start, reach, cue)
    return partly or known or _plural_verb(unit, start, reach, cue)


def _plural_verb(unit: Unit, start: int, end: int, cue: int) -> bool:
    """Whether a noun in the plural and a word that may be its verb follow: "say families pay"."""
    if unit.words[cue] not in SAYS or cue == 0 or unit.breaks[cue] or unit.quote[cue - 1] >= 0:
        return False
    for place in range(start, min(end, start + NEAR) - 1):
        word, verb = unit.words[place], place + 1
        if unit.breaks[verb] or unit.quote[place] >= 0 or word in cl.COMPLEMENTISERS:
            return False
        single = word in NO_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is"))
        if single and word not in PLURALS:
            continue
        verb += unit.adverb[verb] and verb + 1 < end
        follows = unit.words[verb]
        closed = follows in CLOSED or follows in OBJECTS or follows in cl.RELATIVES
        counted = word in cl.TIMES or word in THINGS or unit.possessive(place)
        if closed or counted or unit.time[verb]:
            continue
        if follows.isalpha() and not unit.capital[verb]:
            verbal = follows.endswith("ss") or not follows.endswith(("s", "ing", "ly"))
            return verbal and follows not in cl.COMPLEMENTISERS
    return False


def _has_verb(unit: Unit, start: int, end: int, cue: int) -> bool:
    """Whether a verb stands in what may be a clause: a known one, or one by its ending.

    "The bill suppresses votes": behind a determiner or a name a word in -s that follows a noun in
    the singular, before another word of the clause; not in "it fell, said the mayor's aide".
    """
    word, said = unit.words[start], unit.words[cue]
    drawn = not word.isalpha() or (unit.verb[start] and word in cl.CARRIERS)  # "they'll"
    first = start if drawn else start + 1
    if said in CLAUSAL or unit.breaks[start]:
        known = 1 in unit.verb[first:end]
    else:
        known = cl.has_own_finite(unit, first, end - 1)
    if known:
        return True
    if said not in SAYING or not (word in cl.DETERMINING or unit.capital[start]):
        return False
    if cue == 0 or unit.breaks[cue] or unit.quote[cue - 1] >= 0:
        return False
    for place in range(start + 1 + (word in cl.DETERMINING), min(end - 1, start + 8)):
        word, before = unit.words[place], unit.words[place - 1]
        ends = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
        singular = not (before.endswith("s") or before in CLOSED or unit.possessive(place - 1))
        if unit.breaks[place] or word in cl.PREPOSITIONS or word in cl.TIMES:
            return False
        if ends and singular and not (unit.capital[place] or unit.possessive(place)):
            return unit.words[place + 1] not in LOOSE
    return False


def _whole(unit: Unit, index: int | None, takes: str) -> int | None:
    """Return a word if a whole clause begins there and the cue can take it."""
    if index is None or "c" not in takes:
        return None
    return index if cl.has_finite(unit, index + 1, clause_end(unit, index) - 1) else None


def _gerund_subject(unit: Unit, index: int) -> bool:
    """Whether an -ing phrase is the subject of a clause: "said turning them away was wrong"."""
    if not unit.words[index].endswith("ing"):
        return False
    for place in range(index + 2, min(index + GERUND, unit.size)):
        word = unit.words[place]
        if unit.marks[place] & cl.BREAK or word in cl.COMPLEMENTISERS or word in cl.RELATIVES:
            return False
        if word in SINGULAR:
            return unit.words[place - 1] not in cl.PRONOUNS
    return False


def _acts(unit: Unit, index: int, takes: str) -> bool:
    """Whether "to" or "not to" begins here and the cue can take it."""
    words = unit.words[index : index + 2]
    return (words[0] == "to" or words == ["not", "to"]) and not ACTING.isdisjoint(takes)


def behind_fronted(unit: Unit, index: int) -> int | None:
    """Return where the main clause begins behind the comma that ends a short fronted one."""
    for place in range(index, min(index + 8, unit.size)):
        if unit.marks[place] & cl.COMMA and cl.opens_clause(unit, place):
            return None if cl.has_finite(unit, index, place - 1) else place
    return None


def _asks(unit: Unit, index: int, takes: str, first: int) -> bool:
    """Whether a question begins here: "told me who", not "told the men who left"."""
    word, before = unit.words[index], unit.words[index - 1]
    if word not in cl.QUESTIONS or not ("t" in takes or "O" in takes):
        return False
    near = index == first or before in OBJECTS or before.endswith("ly")
    return near or word not in ("when", "who", "which")


def _behind_time(unit: Unit, index: int) -> int:
    index += 1
    while index < unit.size and not unit.breaks[index] and _in_time(unit, index):
        index += 1
    return index


def _in_time(unit: Unit, index: int) -> bool:
    word = unit.words[index]
    return word in cl.TIMES or word in cl.DAYS or word.isdigit()


def _behind_comma(unit: Unit, index: int) -> int | None:
    """Return the complementiser behind a short parenthesis ("said, however, that")."""
    for place in range(index, min(index + 12, unit.size)):
        if unit.words[place] in cl.COMPLEMENTISERS and unit.marks[place] & cl.COMMA:
            return place
    if unit.words[index] in cl.PREPOSITIONS:  # "says, in his view, C"
        return behind_fronted(unit, index + 1)
    return None


def _behind_phrase(unit: Unit, index: int) -> int:
    """Return the first word behind a prepositional phrase."""
    place, nouns = index + 1, False
    if place < unit.size and unit.words[place] in cl.DAYS:
        return place + 1
    while place < unit.size and not unit.breaks[place]:
        word = unit.words[place]
        if word in PARTING or (unit.quoted and unit.quote[place] >= 0):
            break
        if nouns and _behind_noun(unit, place):
            break
        nouns = nouns or word not in cl.DETERMINING
        place += 1
    return place


def _behind_noun(unit: Unit, index: int) -> bool:
    """Whether a word behind the noun of a phrase stands no longer in it."""
    word = unit.words[index]
    if word in BEHIND_NOUNS or unit.time[index]:
        return True
    if unit.capital[index] and not unit.capital[index - 1]:
        return True
    return "'" in word and word.partition("'")[0] in cl.PRONOUNS


def _behind_addressee(unit: Unit, index: int) -> int:
    """Return the first word behind the noun phrase that is spoken to."""
    place = index
    while place < unit.size and place - index < 9 and (place == index or not unit.breaks[place]):
        word = unit.words[place]
        if place > index:
            if word in ADDRESSED or unit.time[place]:
                break
            if word in cl.PRONOUNS or unit.quote[place] >= 0:
                break
            if word in cl.DETERMINING and unit.words[place - 1] != "of":
                break
        place += 1
        if place - 1 == index and word in ("him", "her", "them", "me", "us", "reporters", "you"):
            break
    return place


def content(unit: Unit, cue: Cue, start: int, end: int) -> Range | None:
    """Return the words of a clause; of a bare noun phrase only what stands in quotation marks.

    "Ordered the port to close" gives "to close", "called for a "clean break"" the words quoted.
    """
    word, before = unit.words[start], unit.words[start - 1]
    if word == "not":
        return start, end
    if word == "to":
        follows = unit.words[start + 1 : start + 2]
        return (start, end) if follows and _verb_like(follows[0]) else None
    if unit.quote[start] >= 0 or before in cl.COMPLEMENTISERS or word in cl.QUESTIONS:
        return start, end
    if unit.marks[start] & cl.COLON or word in FRONTED:
        return start, end
    if "c" in cue.takes or "O" in cue.takes:
        known = unit.verb[start] or _has_verb(unit, start, end, cue.first)
        if known or _plural_verb(unit, start, end, cue.first):
            return start, end
    if word.endswith("ing") and word not in ("nothing", "something", "anything", "everything"):
        return start, end
    if "P" in cue.takes or "O" in cue.takes:
        for index in range(start + 1, end - 1):
            if unit.words[index] in TOPICS and unit.words[index - 1] not in KNOWLEDGE:
                break  # "asked the town about a plan to"
            if unit.words[index] in DOUBTED:  # "asked them if they came to work"
                marked = unit.quote[index] >= 0 or unit.words[index] not in cl.COMPLEMENTISERS
                return index + (not marked), end
            if unit.words[index] == "to" and _verb_like(unit.words[index + 1]):
                return index, end
    return quoted_words(unit, start, end)


def _verb_like(word: str) -> bool:
    return not (word in cl.DETERMINING or word in cl.PRONOUNS or word.isdigit() or word == "one")


def quoted_words(unit: Unit, start: int, end: int) -> Range | None:
    """Return the first words in quotation marks, on to the last ones near them."""
    if not unit.quoted:
        return None
    quoted = [index for index in range(start, end) if unit.quote[index] >= 0]
    if not quoted:
        return None
    last = next((a for a, b in pairwise(quoted) if b - a > 3), quoted[-1])
    return quoted[0], last + 1
