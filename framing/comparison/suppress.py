"""What looks like a comparison with the past and is none."""

from __future__ import annotations

from framing.comparison.rules import Found
from framing.comparison.sources import Present
from framing.text.clauses import Unit

PRESENTING = frozenset(
    "is new neo modern creeping this his her their our today's sheer pure naked old fashioned "
    "another soft digital".split()
)
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
    """Whether an -ism is spoken of as such: "Francoism lasted", not "it is Stalinism"."""
    source = found.source
    if source is None or found.cue.rule.id != "21.eponym":
        return False
    word = unit.words[source.last]
    if not word.endswith("ism") or word == "mccarthyism":
        return False
    return not PRESENTING & set(unit.words[max(source.first - 3, 0) : source.first])
