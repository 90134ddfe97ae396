"""What looks like a comparison with the past and is none."""

from __future__ import annotations

from framing.comparison.rules import Found
from framing.comparison.sources import Present
from framing.text import clauses as cl
from framing.text.clauses import Unit

PRESENTING = frozenset(
    "is new neo modern creeping this his her their our today's sheer pure naked old fashioned "
    "another soft digital".split()
)
CLOSED = cl.DETERMINERS | cl.PREPOSITIONS | cl.CONJUNCTIONS | cl.AUXILIARIES | {""}
FACTION = 25  # years in which "Blairite" and the like name people of today


def is_suppressed(unit: Unit, found: Found, present: Present) -> bool:
    """Whether a comparison falls to one of the known traps."""
    return _faction(found, present) or _plain_ism(unit, found)


def _faction(found: Found, present: Present) -> bool:
    """Whether an eponym names a living faction: "Clintonites" in 2016, not "Cromwellian"."""
    source = found.source
    if source is None or not source.eponym or found.cue.rule.id != "21.eponym":
        return False
    year = present.written or present.latest
    return source.ended is not None and year is not None and year - source.ended < FACTION


def _plain_ism(unit: Unit, found: Found) -> bool:
    """Whether an -ism or -ist is spoken of as such: "Francoism lasted", "Darwinist Ann Hill".

    One that a noun or an adjective describes ("climate Lysenkoism") is put on something present.
    """
    source = found.source
    if source is None or found.cue.rule.id != "21.eponym":
        return False
    word, first = unit.words[source.last], source.first
    if word.endswith(("ist", "ite", "ian")) and source.last + 1 < unit.size:
        return unit.capital[source.last + 1] == 1 and not unit.breaks[source.last + 1]
    if not word.endswith("ism") or word == "mccarthyism":
        return False
    before = unit.words[first - 1] if first and not unit.breaks[first] else ""
    described = before not in CLOSED and bool(before)
    return not described and not PRESENTING & set(unit.words[max(first - 3, 0) : first])
