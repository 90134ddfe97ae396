"""Where the content behind a cue begins and where it ends."""

from __future__ import annotations

from itertools import pairwise

from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.verbs import Cue

Range = tuple[int, int]

ADJUNCT = cl.PREPOSITIONS - {"like", "as", "because", "despite", "of"}
STOPPERS = frozenset("which who whose where whom".split())
LEADS = frozenset("in of from on at by to".split())
TURNS = frozenset("but while although though whereas".split())
LINKS = frozenset("and but or then".split())
LINKED = (["and"], ["but"], ["or"])  # behind "everyone expects that,"
HANGING = frozenset("in by without before asked for besides".split())
FRONT = frozenset("while although though despite as after when since because whereas".split())
TAGS = frozenset("said says wrote added warned told".split())
TELLING = frozenset("told asked warned urged assured reminded informed".split())
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
OPENING = cl.QUESTIONS | {"to", "not"}
ENDING = cl.RELATIVES | LINKS | {"of", "as"}
LOOSE = frozenset("of and or for in on from with".split())  # follow nouns
SINGULAR = frozenset("is was would will has isn't wasn't wouldn't".split())
PARTING = frozenset(";(—–")
ADDRESSED = cl.COMPLEMENTISERS | cl.QUESTIONS | cl.PREPOSITIONS


def complement(unit: Unit, index: int, takes: str) -> int | None:
    """Return the word at which the content behind a cue begins, or None."""
    count, moved, addressed, first = unit.size, 0, False, index
    that, nominal = not STATING.isdisjoint(takes), "n" in takes
    while index < count and moved < 12:
        word, marks = unit.words[index], unit.marks[index]
        if marks & cl.COLON:
            return index
        if unit.quote[index] >= 0 and (index == 0 or unit.quote[index - 1] != unit.quote[index]):
            return index
        if word == "that" and unit.possessive(index) and "c" in takes:
            return index  # "said that's unlikely"
        if word in cl.COMPLEMENTISERS and (that or (word == "that" and index == first)):
            bare = unit.breaks[index + 1] and unit.words[index + 1 : index + 2] in LINKED
            return index + 1 if index + 1 < unit.size and not (bare and word == "that") else None
        if marks & cl.COMMA and index > first and word not in cl.COMPLEMENTISERS:
            return None
        if (marks & cl.COMMA and index == first) or (marks & cl.BREAK and _parts(unit.gap(index))):
            parenthesis = _behind_comma(unit, index)
            if parenthesis is None or unit.words[parenthesis] not in cl.COMPLEMENTISERS:
                return _whole(unit, parenthesis, takes)
            index = parenthesis
        elif unit.time[index]:
            index += 1
            while index < count and not unit.breaks[index] and _in_time(unit, index):
                index += 1
        elif word in OPENING and (
            _asks(word, takes, index == first) or _infinitive(unit, index, takes)
        ):
            return index
        elif not nominal and unit.adverb[index]:
            index += 1
        elif word in ADJUNCT and ("c" in takes or not nominal):
            index = _behind_phrase(unit, index)
        elif "O" in takes and not addressed:
            addressed, index = True, _behind_addressee(unit, index)
        elif word == "of" and not nominal:
            index = _behind_phrase(unit, index)
            if index >= count or not (unit.marks[index] & cl.COLON or unit.quote[index] >= 0):
                return None
        elif word in ENDING:
            return None
        elif nominal or ("P" in takes and not addressed):
            return index
        elif ("c" in takes or addressed) and (
            cl.opens_clause(unit, index) or _gerund_subject(unit, index)
        ):
            return index if _clausal(unit, index, first - 1, addressed) else None
        else:
            return index if "v" in takes and word.endswith("ing") else None
        moved += 1
    return None


def _clausal(unit: Unit, start: int, cue: int, addressed: bool) -> bool:
    """Whether a clause begins here: with a verb, or partly in quotation marks."""
    near = unit.stops.find(1, start + 1, start + cl.LONGEST)  # no clause ends before
    if near > 0 and _has_verb(unit, start, near, cue):
        return True
    reach = before_relative(unit, start, clause_end(unit, start), STOPPERS)
    partly = not addressed and max(unit.quote[start : min(reach, start + NEAR)]) >= 0
    return partly or _has_verb(unit, start, reach, cue)


def _has_verb(unit: Unit, start: int, end: int, cue: int) -> bool:
    """Whether a verb stands in what may be a clause: a known one, or one by its ending.

    "The bill suppresses votes": behind a determiner or a name a word in -s that follows a noun in
    the singular, before another word of the clause; not in "it fell, said the mayor's aide".
    """
    drawn = not unit.words[start].isalpha()  # "they'll" has its verb
    loose = unit.words[cue] in CLAUSAL or unit.breaks[start]
    finite = cl.has_finite if loose else cl.has_own_finite
    drawn = drawn or bool(unit.verb[start] and unit.words[start] in cl.CARRIERS)
    if finite(unit, start + 1 - drawn, end - 1):
        return True
    inverted = cue == 0 or unit.breaks[cue] or unit.quote[cue - 1] >= 0
    if (
        inverted
        or unit.words[cue] not in SAYING
        or not (unit.words[start] in cl.DETERMINING or unit.capital[start])
    ):
        return False
    for place in range(start + 1 + (unit.words[start] in cl.DETERMINING), min(end - 1, start + 8)):
        word, before = unit.words[place], unit.words[place - 1]
        ends = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
        singular = not (before.endswith("s") or before in CLOSED or unit.possessive(place - 1))
        if unit.breaks[place] or word in cl.PREPOSITIONS:
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


def _parts(gap: str) -> bool:
    return " - " in gap or not PARTING.isdisjoint(gap)


def _infinitive(unit: Unit, index: int, takes: str) -> bool:
    """Whether "to" or "not to" begins here and the cue can take it."""
    words = unit.words[index : index + 2]
    return (words[0] == "to" or words == ["not", "to"]) and not ACTING.isdisjoint(takes)


def behind_fronted(unit: Unit, index: int) -> int | None:
    """Return where the main clause begins behind the comma that ends a short fronted one."""
    for place in range(index, min(index + 8, unit.size)):
        if unit.marks[place] & cl.COMMA and cl.opens_clause(unit, place):
            return None if cl.has_finite(unit, index, place - 1) else place
    return None


def before_relative(unit: Unit, start: int, end: int, openings: frozenset[str]) -> int:
    """Return where a relative clause behind a comma begins, or `end`."""
    index = start
    while (index := unit.breaks.find(1, index + 1, end)) > 0:
        if unit.marks[index] & cl.COMMA and unit.words[index] in openings:
            return index
    return end


def _asks(word: str, takes: str, directly: bool) -> bool:
    return word in cl.QUESTIONS and ("t" in takes or "O" in takes) and (word != "when" or directly)


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
    place, nouns = index + 1, 0
    if place < unit.size and unit.words[place] in cl.DAYS:
        return place + 1
    while place < unit.size and not unit.breaks[place]:
        word = unit.words[place]
        if word in cl.COMPLEMENTISERS or unit.quote[place] >= 0 or word in cl.RELATIVES:
            break
        pronoun = word in cl.PRONOUNS or word.partition("'")[0] in cl.PRONOUNS
        if nouns and (pronoun or word in cl.PREPOSITIONS or unit.time[place]):
            break
        if nouns and word in cl.DETERMINING:
            break
        if nouns and unit.capital[place] and not unit.capital[place - 1]:
            break
        if word not in cl.DETERMINING:
            nouns += 1
        place += 1
    return place


def _behind_addressee(unit: Unit, index: int) -> int:
    """Return the first word behind the noun phrase that is spoken to."""
    place = index
    while place < unit.size and place - index < 7 and (place == index or not unit.breaks[place]):
        word = unit.words[place]
        if place > index:
            if word in ADDRESSED or unit.time[place]:
                break
            if word in cl.PRONOUNS or unit.quote[place] >= 0:
                break
            if word in cl.DETERMINING:
                break
        place += 1
        if place - 1 == index and word in ("him", "her", "them", "me", "us", "reporters", "you"):
            break
    return place


def clause_end(unit: Unit, start: int, relative: bool = False) -> int:
    """Return the word behind the content that begins at `start`.

    Inside a relative clause ("Hill, who said it fell, left") a comma before a verb ends it, in a
    fronted clause ("While Hill said it fell, nobody left") a comma before a subject.
    """
    quote, count = unit.quote[start], unit.size
    if quote < 0 and count - start > cl.LONGEST:
        count = start + cl.LONGEST
    index = start
    while (index := unit.stops.find(1, index + 1, count)) > 0:
        if unit.quoted:
            here = unit.quote[index]
            if quote >= 0 and here != quote and unit.quote[index - 1] == quote:
                if _ends_quotation(unit, index):
                    return index
                quote = -1
            if here >= 0:
                continue
        marks = unit.marks[index]
        if marks & cl.BREAK:
            if _turns_away(unit, start, index, relative):
                return index
            parts = marks & cl.COMMA or _parts(unit.gap(index))
            if parts and _opens_main(unit, start, index) and _fronted(unit, start):
                return index
        if index in unit.heads:
            back = _own_clause(unit, index, start)
            if back is not None:
                return back
    return count


def _fronted(unit: Unit, start: int) -> bool:
    """Whether the clause of the cue is subordinate and opens its sentence."""
    place, reach, odd = start, max(start - 15, 0), unit.marks.translate(cl.ODDITY)
    while place > reach:
        place = max(odd.rfind(1, reach, place), 0 if reach == 0 else -1)
        if place < 0:
            return False
        word = unit.words[place]
        if place == 0 and word == "even" and unit.size > 1:
            word = unit.words[1]
        if word in FRONT and (place == 0 or unit.gap(place).strip()):
            return True
        if place == 0 and (word.endswith("ing") or word in HANGING):
            return True
        if place and unit.breaks[place]:
            return False
    return False


def _opens_main(unit: Unit, start: int, index: int) -> bool:
    """Whether the main clause begins at a word: a subject with its verb."""
    word = unit.words[index]
    subject = word in cl.PRONOUNS or word in cl.DETERMINING or unit.capital[index] == 1
    return subject and word != "who" and cl.has_finite(unit, start, index - 1)


def _ends_quotation(unit: Unit, index: int) -> bool:
    """Whether the content ends with the quotation that ends before the word `index`."""
    closing = unit.gap(index).strip().strip("\"”’'»").lstrip()
    if unit.text[unit.ends[index - 1]] in ",.?!" or closing[:1] in tuple(",.?!—–;("):
        return True
    return unit.words[index] in LINKS and 1 in unit.finite[index + 1 : index + 2]


def _turns_away(unit: Unit, start: int, index: int, relative: bool) -> bool:
    """Whether a semicolon, or a comma with what follows it, ends the content."""
    word, marks = unit.words[index], unit.marks[index]
    if not marks & cl.COMMA:
        resumes = relative and unit.finite[index] and unit.quote[index - 1] < 0
        return bool(marks & cl.SEMICOLON or (marks & cl.BREAK and (word == "but" or resumes)))
    if word == "even" and unit.words[index + 1 : index + 2] in (["as"], ["though"], ["if"]):
        return cl.has_finite(unit, start, index - 1)
    if word in TURNS or (relative and unit.finite[index]):
        return True
    if unit.words[start] == "to" and word in ("and", "but"):
        return 1 in unit.finite[index + 1 : index + 2]
    if word in STOPPERS:
        event = unit.words[start] == "to" and word == "which"
        return event or cl.has_finite(unit, start, index - 1)
    if word == "as" and unit.words[index + 1 : index + 2] in (["does"], ["do"], ["did"]):
        return True
    return word in LEADS and unit.words[index + 1 : index + 2] in (["which"], ["whom"])


def _own_clause(unit: Unit, head: int, start: int) -> int | None:
    """Return where the clause of a later cue begins, if that cue is not part of the content."""
    word = unit.words[head]
    if word == "according" or (unit.marks[head] & cl.COMMA and word.endswith("ing")):
        return head
    tag = unit.marks[head] & cl.COMMA and word in TAGS and head + 1 < unit.size
    if tag and cl.has_finite(unit, start, head - 1):
        return head  # "that it fell, said Mary Oakes"
    back = lowest = max(unit.breaks.rfind(1, start + 1, head + 1), start + 1, head - 10)
    if not LINKS.isdisjoint(unit.words[lowest:head]):
        for link in range(head - 1, lowest - 1, -1):
            if unit.words[link] in LINKS and not unit.marks[link] & cl.JOINED:
                near = link == head - 1 or (
                    link == head - 2 and unit.words[link + 1] in cl.PRONOUNS
                )
                return link if near or unit.marks[link] & cl.COMMA else None
    if back == head or not unit.marks[back] & cl.COMMA or cl.has_finite(unit, back, head - 1):
        return None
    follows = unit.words[head + 1] if head + 1 < unit.size else ""
    trailing = not follows or unit.breaks[head + 1] or unit.time[head + 1]
    trailing = trailing or follows in ADJUNCT or follows in cl.COMPLEMENTISERS
    trailing = trailing or (word in TELLING and follows in cl.DETERMINING)
    return back if trailing and unit.words[back] not in cl.RELATIVES else None


def content(unit: Unit, cue: Cue, start: int, end: int) -> Range | None:
    """Return the words of a clause; of a bare noun phrase only what stands in quotation marks.

    "Ordered the port to close" gives "to close", "called for a "clean break"" the words quoted.
    """
    word = unit.words[start]
    before = unit.words[start - 1]
    if word == "not":
        return start, end
    if word == "to":
        follows = unit.words[start + 1 : start + 2]
        return (start, end) if follows and _verb_like(follows[0]) else None
    if unit.quote[start] >= 0 or before in cl.COMPLEMENTISERS or word in cl.QUESTIONS:
        return start, end
    clausal = "c" in cue.takes or "O" in cue.takes
    if unit.marks[start] & cl.COLON or (
        clausal and (cl.has_finite(unit, start, start) or _has_verb(unit, start, end, cue.first))
    ):
        return start, end
    if word.endswith("ing") and word not in ("nothing", "something", "anything", "everything"):
        return start, end
    if "P" in cue.takes or "O" in cue.takes:
        for index in range(start + 1, end - 1):
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
