"""Noun phrases beside a verb, found by closed classes: who says it."""

from __future__ import annotations

from framing.text import clauses as cl
from framing.text.clauses import Unit

Range = tuple[int, int]
REACH = 24
LONG_REACH = 40
EDGE = frozenset(
    "but when as while because if that where although though since so yet whether unless after "
    "before until".split()
)
WALLS = (  # of a phrase
    EDGE | cl.PRONOUNS | cl.AUXILIARIES | cl.PAST | cl.NEGATIONS | {"what"}
) - {"left"}  # "the radical left of the party"
HALTS = WALLS | cl.CONJUNCTIONS
LEADS = cl.MODALS | {"to"}  # of an infinitive
ENDS = EDGE | cl.CONJUNCTIONS | cl.PRONOUNS  # no phrase of several words ends with one
NO_VERB = cl.DETERMINERS | cl.PREPOSITIONS
SUBJECTS = frozenset("he she they who".split())
RELATIVE = frozenset("who which that".split())
HANGING = cl.RELATIVES | {"that"}
ASKING = frozenset("why how when where what whether".split())
PARTIES = frozenset("r d i".split())  # of "R-Ohio"
LINKS = frozenset("and but or so then yet".split())
HERE = frozenset("here there".split())
BETWEEN = cl.TIMES | HERE  # a subject and its verb
NO_SUBJECT = cl.PREPOSITIONS | ASKING
TITLED = frozenset("of called titled entitled named".split())  # right before a title
STOP_RIGHT = frozenset(
    "in on at during after as to when outside while about adding by with before because through "
    "last this yesterday today earlier later told said and if following via since despite amid "
    "that over under without also but though although until upon".split()
)


def noun_before(unit: Unit, index: int) -> Range | None:
    """Return the noun phrase that ends before the word `index`, or None."""
    words, last = unit.words, index - 1
    if last > 0 and (unit.time[last] or words[last] in BETWEEN):
        last = _before_time(unit, last)
    if last < 0 or unit.quote[last] >= 0:
        return (0, index) if last > 0 and _ends_with_title(unit, last, index) else None
    if words[last] in RELATIVE and not unit.possessive(last):
        return (last, last + 1)
    if unit.marks[index] & cl.PAUSE:
        if unit.marks[index] & cl.COMMA:
            first = _apposed(unit, index)
            if first is not None:
                return (first, index)
            last = _before_comma(unit, last)
        else:
            last = _behind_bracket(unit, last) if ")" in unit.gap(index) else -1
    if last < 0:
        return None
    word = words[last]
    if word in ENDS:
        return (last, index) if word in cl.PRONOUNS else None
    first = _walk_left(unit, last)
    if first == last and words[last - 1] in cl.BE and word.endswith("ed"):
        return behind_who(unit, last, index)
    first = _trimmed(unit, first, last)
    if first and words[first - 1] in LEADS:
        behind = range(first + 1, last + 1)  # "will bear a label": a label
        first = next((i for i in behind if words[i] in cl.DETERMINING), first)
    return (first, index)


def _before_time(unit: Unit, end: int) -> int:
    """Return the last word before a time or place that ends with a word, as "on Monday there"."""
    words, last = unit.words, end
    while last > 0 and (unit.time[last] or words[last] in cl.TIMES):
        if unit.marks[last] & cl.PAUSE:
            break
        last -= 1
    if last < end and words[last] in cl.PREPOSITIONS:
        last -= 1
    if last > 0 and words[last] in HERE and not unit.marks[last] & cl.PAUSE:
        last -= 1
    return last


def _ends_with_title(unit: Unit, last: int, verb: int) -> bool:
    """Whether a subject ends with a work: "Oakes, author of "The Port," said rents rose"."""
    if unit.quote[0] >= 0:
        return False
    first = last
    while first > 0 and unit.quote[first - 1] == unit.quote[last]:
        first -= 1
    if not (first > 1 and unit.words[first - 1] in TITLED and unit.capital[first]):
        return False
    return cl.has_finite(unit, verb + 1, cl.behind_adjuncts(unit, verb + 1) - 1)


def _before_comma(unit: Unit, end: int) -> int:
    """Return the last word of the phrase before the last comma up to a word, or -1."""
    for place in range(end, max(end - REACH, 0), -1):
        if unit.marks[place] & cl.COMMA:
            last = _before_party(unit, place - 1)
            return _behind_bracket(unit, last) if ")" in unit.gap(last + 1) else last
    return -1


def _before_party(unit: Unit, last: int) -> int:
    """Return the last word before a party and place: "John Hill, R-Ohio" ends with "Hill"."""
    for place in range(last, max(last - 4, 0), -1):
        if unit.marks[place] & cl.COMMA:
            return place - 1 if unit.words[place] in PARTIES else last
    return last


def antecedent(unit: Unit, index: int) -> Range | None:
    """Return the noun phrase a relative pronoun stands for, with the pronoun."""
    if index == 0 or unit.quote[index - 1] >= 0:
        return None
    first = _walk_left(unit, index - 1)
    for place in range(index - 1, first, -1):  # "silence shames a country that": a country
        before = unit.words[place - 1]
        verb = before.endswith("s") and before not in NO_VERB
        if unit.words[place] in ("a", "an") and verb and not unit.capital[place - 1]:
            first = place
            break
    return (_named(unit, _trimmed(unit, first, index - 1)), index + 1) if first < index else None


def behind_who(unit: Unit, last: int, end: int) -> Range | None:
    """Return the subject of "an official who did not want to be named said"."""
    for place in range(last, max(last - 12, 0), -1):
        if unit.words[place] == "who":
            found = antecedent(unit, place)
            return (found[0], end) if found else None
        if unit.marks[place] & cl.PAUSE:
            break
    return None


def noun_after(unit: Unit, index: int) -> Range | None:
    """Return the noun phrase that begins at the word `index`, or None."""
    if index >= unit.size or unit.quote[index] >= 0:
        return None
    if unit.marks[index] and unit.gap(index).strip(" \u00a0\n"):
        return None
    place = index
    while place < unit.size and place - index < 14:
        word = unit.words[place]
        if word in STOP_RIGHT or unit.quote[place] >= 0:
            break
        parted = unit.marks[place] and unit.gap(place).strip(" \u00a0\n-.’'&/")
        if place > index and (parted or word in cl.PRONOUNS or word in cl.BE or unit.time[place]):
            break
        place += 1
        if word in cl.PRONOUNS:
            break
    return (index, place) if place > index else None


def main_subject(unit: Unit, index: int) -> Range | None:
    """Return the first subject of the sentence before the word `index`."""
    found = first_subject(unit, index)
    if found is not None or index in (0, unit.size) or _behind_semicolon(unit, index):
        return found
    opening = noun_after(unit, 0)
    if opening is None or unit.words[opening[0]] in ASKING:
        return None
    return opening if opening[1] - opening[0] < 6 and opening[1] < index else None


def first_subject(unit: Unit, index: int) -> Range | None:
    """Return the subject of the first finite verb before the word `index`, or the first pronoun."""
    if index == 0:
        return None
    own = first = _behind_semicolon(unit, index)
    while own < index and unit.quote[own] >= 0:
        own += 1
    verb = own
    while (verb := unit.verb.find(1, verb + 1, index)) >= 0:
        if unit.quote[verb] >= 0:
            continue
        start = verb
        while start > first + 1 and _aside(unit, start - 1):
            start -= 1
        found = noun_before(unit, start)
        if found is not None and unit.words[found[0]] not in NO_SUBJECT:
            return found
    if SUBJECTS.isdisjoint(unit.words[own:index]):
        return None
    for place in range(own, index):
        if unit.words[place] in SUBJECTS and unit.quote[place] < 0:
            return place, place + 1
    return None


def _behind_semicolon(unit: Unit, index: int) -> int:
    """Return the first word before a later one in what semicolons part, within what is allowed."""
    lowest, place = index - cl.LONGEST if index > cl.LONGEST else 0, index
    if unit.text.find(";", unit.start, unit.end) < 0:
        return lowest
    while (place := unit.breaks.rfind(1, lowest + 1, place)) > 0:
        if unit.marks[place] & cl.SEMICOLON:
            return place
    return lowest


def nearest_subject(unit: Unit, index: int) -> Range | None:
    """Return the subject of the last finite verb before a word."""
    for verb in range(index - 1, 0, -1):
        if unit.marks[verb + 1] & cl.SEMICOLON:
            return None
        if unit.verb[verb] and not unit.adverb[verb] and unit.words[verb] not in cl.MODALS:
            phrase = noun_before(unit, group_before(unit, verb))
            if phrase is not None and unit.words[phrase[0]] not in cl.PREPOSITIONS:
                return phrase
    return None


def group_before(unit: Unit, verb: int) -> int:
    """Return the first word of a verb's auxiliaries and adverbs."""
    while verb > 0 and (unit.words[verb - 1] in cl.AUXILIARIES or _aside(unit, verb - 1)):
        verb -= 1
    return verb


def _aside(unit: Unit, index: int) -> bool:
    """Whether a word is an adverb, and not the end of a name as in "Warm Homes Now"."""
    return unit.adverb[index] == 1 and not (
        index > 0 and unit.capital[index] and unit.capital[index - 1] and not unit.marks[index]
    )


def _behind_bracket(unit: Unit, last: int) -> int:
    """Return the last word before the bracket that closes behind the word `last`."""
    for place in range(last, max(last - REACH, 0), -1):
        if "(" in unit.gap(place):
            return place - 1
    return last


def _apposed(unit: Unit, index: int) -> int | None:
    """Return where a subject with appositions between commas begins ("Oakes, 44, who runs it,")."""
    words, marks, quote, bracket = unit.words, unit.marks, unit.quote, ")" in unit.gap(index)
    first, lowest, commas = index - 1, max(index - LONG_REACH, 0), []
    while first > lowest:
        mark = marks[first]
        ends = words[first - 1] in EDGE or quote[first - 1] >= 0
        ends = ends or (mark & cl.PAUSE > 0 and _divides(unit.gap(first)))
        if ends and not (bracket and "(" in unit.gap(first)):
            break
        if mark & cl.COMMA:
            commas.append(first)
        first -= 1
    commas.reverse()
    for place in commas:
        if words[place] == "and" and words[place + 1 : place + 2] == ["who"]:
            return _twice_told(unit, commas[0])
    place = first + 1
    while (place := unit.breaks.rfind(1, lowest + 1, place)) > 0:
        if unit.marks[place] & cl.COMMA and _tells(unit, place, index):
            last = _before_party(unit, place - 1)
            last = _behind_bracket(unit, last) if ")" in unit.gap(place) else last
            return _named(unit, _trimmed(unit, _walk_left(unit, last), last))
        if unit.marks[place] & cl.SEMICOLON:
            break
    for start, stop in zip([first, *commas], commas, strict=False):
        start = _trimmed(unit, start, stop - 1)
        word = words[start]
        closed = word in cl.PREPOSITIONS or word in EDGE or word in cl.RELATIVES
        loose = closed or word.endswith("ing") or unit.adverb[start] or unit.time[start]
        if not loose and not cl.has_finite(unit, start, stop - 1):
            return start
    return None


def _named(unit: Unit, first: int) -> int:
    """Return where the name before a description begins: "Ann Oakes, the head of it, who"."""
    start = first
    if unit.words[first] in ("the", "a", "an") and unit.marks[first] == cl.mark(", "):
        while start and unit.capital[start - 1] and (start == first or not unit.marks[start]):
            start -= 1
    whole = first - start > 1 and unit.words[start] not in cl.PREPOSITIONS | cl.DETERMINING
    held = start > 0 and unit.words[start - 1] in cl.PREPOSITIONS
    return start if whole and not held and not any(unit.time[start:first]) else first


def _twice_told(unit: Unit, index: int) -> int | None:
    """Return where "a peer who left, and who hid," begins, from its second clause."""
    reach = range(index - 1, max(index - LONG_REACH, 0), -1)
    place = next((place for place in reach if unit.words[place] == "who"), 0)
    found = antecedent(unit, place) if place else None
    return found[0] if found else None


def _tells(unit: Unit, place: int, index: int) -> bool:
    """Whether a relative clause begins, as in "Oakes, whose son, 9, was ill, said"."""
    word = unit.words[place]
    return word in ("who", "which") or (
        word == "whose" and cl.has_finite(unit, place + 1, index - 1)
    )


def _divides(gap: str) -> bool:
    return bool(gap.strip(" \u00a0\n-.’'&/,")) or "--" in gap or " - " in gap


def _walk_left(unit: Unit, last: int) -> int:
    words, marks, quoted, first = unit.words, unit.marks, unit.quoted, last
    lowest = last - REACH if last > REACH else 0
    while first > lowest:
        word = words[first - 1]
        if marks[first] & cl.PAUSE or (quoted and unit.quote[first - 1] >= 0):
            break
        if word in HALTS:
            if word in WALLS:
                break
            begin = first - 1 if quoted else 0
            while begin > 0 and unit.quote[begin - 1] < 0:
                begin -= 1
            if cl.has_finite(unit, begin, first - 2):
                break
        first -= 1
    return first


def _trimmed(unit: Unit, first: int, last: int) -> int:
    """Leave out an adjunct in front ("On Monday the minister", "In Ohio he")."""
    words = unit.words
    if words[first] in LINKS:
        first += 1
    if first == last or words[last] in cl.PRONOUNS:
        return last
    while first < last and (unit.time[first] or unit.adverb[first]):
        first += 1
    if unit.marks[first] & cl.PAUSE and 0 < first < last and words[first].endswith("ing"):
        first += 1
    if words[first] in cl.PREPOSITIONS or first == last:
        for place in range(last, first, -1):
            leads = words[place] in cl.DETERMINERS or words[place] == "one"
            if leads and words[place - 1] not in ("of", "for", "in", "at"):
                return place
        place = last
        while place > first + 1 and unit.capital[place] and unit.capital[place - 1]:
            place -= 1
        return place
    return first


def describes(unit: Unit, index: int) -> bool:
    """Whether a description of the speaker begins here: "said Hill, a teacher who moved there"."""
    if unit.words[index] not in cl.DETERMINERS:
        return False
    behind = range(index + 1, unit.size)
    ends = (i for i in behind if unit.breaks[i] or unit.words[i] in HANGING)
    return not cl.has_finite(unit, index + 1, next(ends, unit.size) - 1)
