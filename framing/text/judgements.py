"""Frame 9 of reported speech: "accused A of C", "described A as C", "criticised A for C"."""

from __future__ import annotations

from framing.text import clauses as cl
from framing.text import complements as cm
from framing.text import endings as en
from framing.text.clauses import Unit
from framing.text.nouns import main_subject
from framing.text.verbs import RELATIVE, TURNS, Cue

Range = tuple[int, int]
JUDGING = {"A": ("of", "for"), "S": ("as",), "F": ("for", "as")}  # accuse, describe, criticise
LIKENED = ("to",)
OFTEN = frozenset("time times while minute day week month year".split())
WANTING = frozenset(  # nouns that take "for" themselves
    "support supports demand demands call calls need plan plans push bid request case".split()
)
OFFICES = frozenset(  # one holds an office "as"
    "selection nomination appointment choice role record tenure service time work career status "
    "years job".split()
)


def judgement(unit: Unit, cue: Cue, subject: Range | None) -> tuple[Range, Range | None] | None:
    """Return what somebody is judged to be or to have done, and who judges."""
    first = cue.last + 1
    if first >= unit.size or (unit.breaks[first] and unit.quote[first] < 0):
        return None
    relative = subject is not None and unit.words[subject[0]] in RELATIVE
    end = en.clause_end(unit, first, relative)
    kind = cue.takes[-1]
    end = en.before_relative(unit, first, end, RELATIVE)
    link = _link(unit, cue, first, end)
    if link is None:
        words = cm.quoted_words(unit, first, end)
        words = words or (_named(unit, first, end) if kind == "S" else None)
    else:
        start = first if kind == "S" else link + 1
        if unit.words[link] == "as" and kind == "F":
            end = min(end, en.clause_end(unit, start, relative))
        words = start, _before_own(unit, link + 1, end)
    return (words, subject or main_subject(unit, cue.first)) if words else None


def _link(unit: Unit, cue: Cue, first: int, end: int) -> int | None:
    """Return the word that leads to the judgement: "of" in "accused him of a lie"."""
    kind, words = cue.takes[-1], unit.words
    links = LIKENED if cue.entry.id == "liken" else JUDGING[kind]
    for place in range(first, end - 1):
        if words[place] not in links or words[place - 1] in ("such", "well"):
            continue
        if kind != "F" or _blames(unit, cue, place, end):
            return place
    return None


def _blames(unit: Unit, cue: Cue, link: int, end: int) -> bool:
    """Whether "for" or "as" tells why: not "left it for Rome", "attacked him as he left"."""
    words, between = unit.words, range(cue.last + 2, link)
    if cue.entry.label != "negative" or unit.capital[link + 1]:
        return False
    if any(unit.marks[i] & cl.COMMA and (words[i].endswith("ing") or words[i] == "and")
           for i in range(cue.last + 2, link + 1)):  # fmt: skip
        return False
    if words[link] == "for":
        return words[link - 1] not in WANTING
    others = (i for i in between if i in unit.heads and words[i - 1] in en.LINKS)
    if any(others) or not OFFICES.isdisjoint(words[between.start : link]):
        return False
    behind = link + 1
    return unit.quote[behind] >= 0 or not (
        words[behind] in cl.PRONOUNS or cl.has_finite(unit, behind, min(end - 1, behind + 6))
    )


def _before_own(unit: Unit, start: int, end: int) -> int:
    """Return where ", and" begins a sentence of the outlet's: "of a lie, and the town laughed"."""
    for place in range(start + 1, end - 2):
        joins = unit.words[place] in ("and", "so") and unit.marks[place] & cl.COMMA
        if joins and unit.quote[place] < 0 and _opens(unit, place + 1, end):
            return place
    return end


def _opens(unit: Unit, index: int, end: int) -> bool:
    word = unit.words[index]
    if word in cl.RELATIVES:
        return True
    subject = word in cl.PRONOUNS or word in cl.DETERMINING or unit.capital[index]
    verb = unit.verb.find(1, index + 1, min(end, index + 6))
    return bool(subject) and verb > 0 and not any(unit.breaks[index + 1 : verb + 1])


def _named(unit: Unit, first: int, end: int) -> Range | None:
    """Return what something is called: "a liar" in "called him a liar"."""
    for place in range(first + 1, min(first + 8, end - 1)):
        if unit.breaks[place] or unit.words[place - 1] in cl.PREPOSITIONS:
            return None
        if unit.words[place] in ("a", "an"):
            behind = range(place + 1, end)
            end = next((i for i in behind if unit.breaks[i] or unit.words[i] in TURNS), end)
            return None if OFTEN & set(unit.words[place:end]) else (place, end)
    return None
