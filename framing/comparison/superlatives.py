"""Superlatives before a yardstick: "the *steepest* fall since 1929", "not seen since"."""

from __future__ import annotations

import re

from framing.text import clauses as cl
from framing.text.clauses import Unit

FIRST = frozenset("first only last most least worst best record highest lowest".split())
STATES = frozenset("is are was were".split())
SEEN = frozenset("seen witnessed experienced been happened known felt heard".split())
REACH = 24
NEVER = frozenset("not nothing never no".split())
EST = re.compile(r"^[a-z]{2,}(?:[^aeiou]|[ei])est$")
NO_EST = frozenset(
    "interest request forest protest arrest invest honest modest suggest digest contest harvest "
    "quest nest budapest manifest conquest unrest everest tempest northwest southwest midwest west "
    "east northeast southeast guest test rest chest latest earnest divest ingest infest detest "
    "attest ernest interest nearest earliest closest ernest trieste".split()
)
SMALL = frozenset("two three four five six seven eight nine ten dozen half third quarter".split())
PASSED = cl.PLAIN_DAYS | frozenset(  # behind "last", which then is no superlative
    "thing week month year night summer spring autumn fall winter weekend two three four five "
    "six seven eight nine ten few several couple decade century quarter name resort word minute "
    "ditch".split()
)
FIXED = {
    "last": PASSED, "best": frozenset("known selling remembered".split()),
    "most": frozenset("of likely recent recently people".split()),
    "first": frozenset("lady responders amendment began came".split()),
}  # fmt: skip


def superlative(unit: Unit, index: int) -> int | None:
    """Return the last superlative before a word in its clause, or None.

    Examples
    --------
    >>> from framing.text.document import Document
    >>> reading = Document("a", "It was the steepest fall since 1929.").reading
    >>> superlative(Unit(reading, (0, 36), (), 0), 5)
    3
    """
    for place in range(index - 1, max(index - REACH, -1), -1):
        word, marks = unit.words[place], unit.marks[place]
        if (word in FIRST or word.endswith("est")) and _most(unit, place):
            return place
        if word in NEVER and _never(unit, place, index):
            return place
        if marks & cl.SEMICOLON or (marks & cl.COMMA and index - place > 8):
            return None
        if word in STATES and not _time_behind(unit, place):
            return None
    return None


def _most(unit: Unit, place: int) -> bool:
    word = unit.words[place]
    if word == "only":
        return "the" in (unit.words[place - 1 : place] + unit.words[place + 1 : place + 2])
    most = word in FIRST or (EST.match(word) is not None and word not in NO_EST)
    return most and not _in_a_set(unit, place) and not _fixed(unit, place)


def _fixed(unit: Unit, place: int) -> bool:
    """Whether it compares nothing: "last week", "best known", "at least", "most voters"."""
    word, before = unit.words[place], unit.words[place - 1] if place else ""
    following = unit.words[place + 1] if place + 1 < unit.size else ""
    if following in FIXED.get(word, ()) or (word == "last" and following.isdigit()):
        return True
    if word in ("best", "least", "most", "first", "last") and before == "at":
        return True
    plural = following.endswith("s") and not following.endswith(("ous", "ss"))
    return word == "most" and plural and before not in cl.DETERMINING | {"by", "second"}


def _never(unit: Unit, place: int, index: int) -> bool:
    """Whether a negation makes "since" a yardstick: "not seen since", "no leader since"."""
    if index - place > 11:
        return False
    seen = SEEN & set(unit.words[max(index - 3, 0) : index])
    return bool(seen) or (unit.words[place] != "not" and (place == 0 or index - place < 4))


def _time_behind(unit: Unit, place: int) -> bool:
    return "time" in unit.words[max(place - 6, 0) : place]


def _in_a_set(unit: Unit, place: int) -> bool:
    """Whether the superlative belongs to a number ("20 largest") or a compound ("best-known")."""
    numbered = place > 0 and (unit.words[place - 1].isdigit() or unit.words[place - 1] in SMALL)
    return numbered or (place + 1 < unit.size and unit.gap(place + 1) == "-")
