"""Frame 6 of reported speech: "According to S, C" and "C, according to S"."""

from __future__ import annotations

from framing.text import clauses as cl
from framing.text import endings as en
from framing.text.clauses import Unit
from framing.text.nouns import noun_after
from framing.text.verbs import Cue

Range = tuple[int, int]
MEASURES = frozenset(  # what things are arranged by
    "plan schedule custom tradition size age height weight wealth income need needs ability "
    "abilities taste tastes price rank race sex gender seniority merit type colour color season "
    "circumstances preference preferences".split()
)
COUNTED = frozenset("number amount size age height weight kind type level extent".split())
NO_NOUN = cl.PREPOSITIONS | cl.PRONOUNS | cl.SUBORDINATE


def according(unit: Unit, cue: Cue) -> tuple[tuple[Range, ...], Range] | None:
    """Return the pieces of what is said, and who says it."""
    subject = noun_after(unit, cue.last + 1)
    if subject is None or _measured(unit, subject):
        return None
    behind = cl.behind_adjuncts(unit, subject[1])
    if behind < unit.size and unit.words[behind] in cl.RELATIVES:
        behind = cl.behind_adjuncts(unit, behind + 1)
    behind = _behind_apposition(unit, subject, behind)
    if cue.first == 0 or (cue.first <= 2 and not cl.has_finite(unit, 0, cue.first - 1)):
        if behind >= unit.size:
            return None
        return ((behind, en.clause_end(unit, behind)),), subject
    pieces = [(max(0, cue.first - cl.LONGEST), cue.first)]
    if behind < unit.size and unit.marks[behind] & cl.COMMA and unit.marks[cue.first] & cl.COMMA:
        word, end = unit.words[behind], en.clause_end(unit, behind)
        named = unit.capital[subject[1] - 1] and _describes(unit, behind)
        goes_on = word not in cl.RELATIVES and word not in en.LINKS and not word.endswith("ing")
        if goes_on and (not named or cl.has_finite(unit, behind, end - 1)):
            pieces.append((behind, end))
    return tuple(pieces), subject


def _measured(unit: Unit, subject: Range) -> bool:
    """Whether no one speaks: "according to age and size", "to their needs", "to the number of"."""
    first, word = subject[0], unit.words[subject[0]]
    following = unit.words[first + 1] if first + 1 < subject[1] else ""
    if word in cl.POSSESSIVES or word in cl.DETERMINERS:
        return following in (COUNTED if word in cl.DETERMINERS else MEASURES)
    return word in MEASURES and following in ("", "and", "or") and not unit.capital[first]


def _behind_apposition(unit: Unit, subject: Range, index: int) -> int:
    """Return the word behind what a name is said to be: "according to Oakes, a nurse, rents"."""
    named = unit.capital[subject[1] - 1] and index < unit.size
    if not named or not unit.marks[index] & cl.COMMA or not _describes(unit, index):
        return index
    commas = [i for i in range(index + 1, unit.size) if unit.marks[i] & cl.COMMA][:2]
    if not commas or cl.has_finite(unit, index, commas[0] - 1):
        return index
    word, last = unit.words[commas[0]], len(commas) == 1  # where the verb of the sentence must be
    if word in cl.RELATIVES or word in cl.PREPOSITIONS or word in ("and", "or", "but"):
        return index
    return commas[0] if last or cl.has_finite(unit, commas[0], commas[1] - 1) else index


def _describes(unit: Unit, index: int) -> bool:
    """Whether a description may begin: "a nurse", "director of", not "almost 90 per cent"."""
    word = unit.words[index]
    if word in cl.DETERMINERS:
        return unit.quote[index] < 0
    closed = word in NO_NOUN or unit.quote[index] >= 0
    plain = word.isalpha() and not (unit.capital[index] or unit.adverb[index] or unit.time[index])
    return plain and not closed and not word.endswith("ing")
