"""Where the content behind a cue ends."""

from __future__ import annotations

from framing.text import clauses as cl
from framing.text.clauses import Unit

ADJUNCT = cl.PREPOSITIONS - {"like", "as", "because", "despite", "of"}
STOPPERS = frozenset("which who whose where whom".split())
LEADS = frozenset("in of from on at by to".split())
TURNS = frozenset("but while although though whereas".split())
LINKS = frozenset("and but or then".split())
HANGING = frozenset("in by without before asked for besides".split())
FRONT = frozenset("while although though despite as after when since because whereas".split())
SUBJECTS = cl.PRONOUNS | cl.DETERMINING  # may open one
TAGS = frozenset("said says wrote added warned told".split())
TELLING = frozenset("told asked warned urged assured reminded informed".split())
AWAY = TURNS | STOPPERS | LEADS | {"and", "as"}  # may turn away behind a comma
NOMINAL = cl.PREPOSITIONS | cl.AUXILIARIES  # behind a noun, not behind its verb
PARTING = frozenset(";(—–")


def before_relative(unit: Unit, start: int, end: int, openings: frozenset[str]) -> int:
    """Return where a relative clause behind a comma begins, or `end`."""
    index = start
    while (index := unit.breaks.find(1, index + 1, end)) > 0:
        if unit.marks[index] & cl.COMMA and unit.words[index] in openings:
            return index
    return end


def clause_end(unit: Unit, start: int, relative: bool = False) -> int:
    """Return the word behind the content that begins at `start`.

    Inside a relative clause ("Hill, who said it fell, left") a comma before a verb ends it, in a
    fronted clause ("While Hill said it fell, nobody left") a comma before a subject.
    """
    quote, count, quoted, stops = unit.quote[start], unit.size, unit.quoted, unit.stops
    if quote < 0 and count - start > cl.LONGEST:
        count = start + cl.LONGEST
    index = start
    while (index := stops.find(1, index + 1, count)) > 0:
        if quoted:
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
            apart = marks & cl.COMMA or parts(unit.gap(index))
            if apart and _opens_main(unit, start, index) and _fronted(unit, start):
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
        hangs = word.endswith("ing") and not (unit.size > 1 and unit.finite[1])
        if place == 0 and (hangs or word in HANGING):
            return True  # "Saying that", not "King said"
        if place and unit.breaks[place]:
            return False
    return False


def _opens_main(unit: Unit, start: int, index: int) -> bool:
    """Whether the main clause begins at a word: a subject with its verb."""
    word = unit.words[index]
    subject = word in SUBJECTS or unit.capital[index] == 1
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
    if relative and unit.finite[index]:
        return True
    if word not in AWAY:
        return False
    if word in TURNS:
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
    if unit.breaks[head]:
        return None
    lowest = start + 1 if head - start < 11 else head - 10
    back = unit.breaks.rfind(1, lowest, head)
    if back < 0:
        back = lowest
    if not LINKS.isdisjoint(unit.words[back:head]):
        for link in range(head - 1, back - 1, -1):
            if unit.words[link] in LINKS and not unit.marks[link] & cl.JOINED:
                follows = unit.words[head + 1] if head + 1 < unit.size else ""
                noun = word.endswith("s") and follows in NOMINAL
                if noun and not cl.has_finite(unit, start, link - 1):
                    return None  # "said his record and promises were enough"
                near = link == head - 1 or (
                    link == head - 2 and unit.words[link + 1] in cl.PRONOUNS
                )
                return link if near or unit.marks[link] & cl.COMMA else None
    if not unit.marks[back] & cl.COMMA or cl.has_finite(unit, back, head - 1):
        return None
    follows = unit.words[head + 1] if head + 1 < unit.size else ""
    trailing = not follows or unit.breaks[head + 1] or unit.time[head + 1]
    trailing = trailing or follows in ADJUNCT or follows in cl.COMPLEMENTISERS
    trailing = trailing or (word in TELLING and follows in cl.DETERMINING)
    return back if trailing and unit.words[back] not in cl.RELATIVES else None


def parts(gap: str) -> bool:
    return " - " in gap or not PARTING.isdisjoint(gap)
