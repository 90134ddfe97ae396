"""What looks like a comparison with the past and is none."""

from __future__ import annotations

from collections.abc import Callable

from framing.comparison.rules import Found
from framing.comparison.sources import Present
from framing.text import clauses as cl
from framing.text.clauses import Unit

PRESENTING = frozenset(
    "is new neo modern creeping this his her their our today's sheer pure naked old fashioned "
    "another soft digital".split()
)
CLOSED = (
    cl.DETERMINERS | cl.PREPOSITIONS | cl.CONJUNCTIONS | cl.AUXILIARIES | cl.QUESTIONS
    | cl.COMPLEMENTISERS | {""}
)  # fmt: skip
FACTION = 25  # years in which "Blairite" and the like name people of today
SPOKEN_OF = frozenset("during since after before until through throughout amid against".split())
SPANS = frozenset(
    "era age days years time times height history rise fall end legacy period victim victims "
    "boy opponents critics".split()
)
DATED = ("year", "decade", "past")
BODIES = frozenset(
    "elementary promise foundation institute institution library university college hospital "
    "airport museum memorial center centre avenue street road school high park association "
    "society trust prize award building".split()
)
STRUCK = frozenset("shooting shootings massacre attack killings murders tragedy".split())
STYLED = frozenset("style like type esque ish level scale size sized grade".split())
STAFF = frozenset(
    "supporter supporters aide aides adviser advisers advisor advisors official officials ally "
    "allies appointee nominee donor lawyer revisionist survivor survivors veteran veterans book "
    "film movie documentary biography statue memorial museum exhibition".split()
)
OFFICE = frozenset("presidency administration term candidacy campaign run bid white".split())
FAMILY = 30  # years in which "another Clinton presidency" may be that of a living Clinton
LEGAL = frozenset(
    "act law aumf clause amendment convention charter treaty article statute privilege "
    "authority authorities powers provision code rule executive authorization".split()
)
DEAD = frozenset("trojan_horse pandora achilles damocles midas catch_22".split())
LIVING = ("marxist", "marxists")  # a doctrine of today; "fascist" alone is in no list either
SCHOOLS = frozenset(
    "public law business government medicine journalism engineering management education "
    "economics international social policy music nursing diplomacy foreign".split()
)
RENEWED = frozenset("new next modern latter second greatest worst real closest".split())
COUNTS = frozenset("two three four five six seven eight nine ten".split())
DATES_BACK = frozenset("going goes go went gone stretch stretches stretched stretching".split())
ON_THE_MOVE = cl.BE | {"not", "'re", "’re", "re", "of", "like", "keep", "start", "to", "never"}
ROOTS = frozenset("roots records record data tradition custom history".split())
TELLERS = frozenset("if let lets let's let’s".split())
SOMEONE = frozenset("you her him them me readers viewers".split())
LEVELS = frozenset("level levels border borders rate rates price prices".split())


def is_suppressed(unit: Unit, found: Found, present: Present) -> bool:
    """Whether a comparison falls to one of the known traps."""
    if _faction(found, present) or _plain_ism(unit, found) or _names_a_body(unit, found):
        return True
    if _living_family(unit, found, present):
        return True
    trap = TRAPS.get(found.cue.rule.id)
    return trap is not None and found.source is not None and trap(unit, found)


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
    if not word.endswith("ism"):
        return False
    before = unit.words[first - 1] if first and not unit.breaks[first] else ""
    if word == "mccarthyism":
        lead = unit.words[max(first - 2, 0) : first]
        spanned = before == "of" and lead[0] in SPANS
        return before in SPOKEN_OF or lead == ["such", "as"] or spanned
    described = before not in CLOSED and bool(before)
    return not described and not PRESENTING & set(unit.words[max(first - 3, 0) : first])


def _names_a_body(unit: Unit, found: Found) -> bool:
    """Whether the source is part of a name: "the road to Sandy Hook Elementary School"."""
    source = found.source
    if source is None or source.kind in DATED or found.cue.rule.label == "SUPERLATIVE":
        return False
    behind = source.last + 1
    if behind >= unit.size or unit.breaks[behind] or not unit.capital[behind]:
        return False
    following = unit.words[behind : behind + 4]
    return following[0] in BODIES and not STRUCK & set(following)


def _living_family(unit: Unit, found: Found, present: Present) -> bool:
    """Whether a family still stands for office: "another Clinton presidency"."""
    source = found.source
    if source is None or found.cue.rule.id not in ("14.another", "23.new"):
        return False
    if source.kind != "person" or source.ended is None:
        return False
    if not OFFICE & {unit.words[source.last], _behind(unit, found)}:
        return False
    return (present.written or present.latest or 2016) - source.ended < FAMILY


def _behind(unit: Unit, found: Found) -> str:
    """Return the word right behind the source, without a comma between, or ""."""
    assert found.source is not None
    place = found.source.last + 1
    return unit.words[place] if place < unit.size and not unit.breaks[place] else ""


def _belongs_to_now(unit: Unit, found: Found) -> bool:
    """Whether the source only describes: "another Soviet-born banker", "a new Obama aide"."""
    source = found.source
    assert source is not None
    behind = source.last + 1
    if behind >= unit.size:
        return False
    if unit.gap(behind) == "-" and unit.words[behind] not in STYLED:
        return True
    between = range(found.cue.last + 1, source.first)
    named = unit.capital[found.cue.last] and any(unit.capital[i] for i in between)
    return _behind(unit, found) in STAFF or bool(named) or source.entry in DEAD


def _only_named(unit: Unit, found: Found) -> bool:
    """Whether "called" gives a thing its name or takes the past for its object.

    "A group called Syriza", "called the raid an act of war", "a book called “The New Gestapo”".
    """
    source, cue = found.source, found.cue
    assert source is not None
    start, behind = cue.last + 1, source.last + 1
    if source.entry in DEAD or unit.words[source.last] in LIVING:
        return True
    if _behind(unit, found) in ("a", "an", "the"):
        return True
    quoted = any(mark in unit.gap(start) for mark in "“\"‘'`")
    if unit.words[start] in ("a", "the") and quoted and unit.capital[start]:
        return True
    opened = any(mark in unit.gap(source.first) for mark in "“\"‘'`")
    if opened and behind < unit.size and unit.capital[behind] and unit.gap(behind) == " ":
        return True
    if unit.words[start] == "the":
        renewed = RENEWED & set(unit.words[start + 1 : source.first])
        return not renewed and _behind(unit, found) not in ("of", "for")
    if start < source.first:
        return False
    passive = cl.BE & set(unit.words[max(cue.first - 2, 0) : cue.first])
    if source.kind == "person":
        return not passive
    return unit.capital[source.first] == 1 and not unit.words[source.last].endswith("s")


def _ones_own(unit: Unit, found: Found) -> bool:
    """Whether the moment or plan is that of the source: "Corbyn's strategy", "20 Selma moments"."""
    source, cue = found.source, found.cue
    assert source is not None
    last = unit.text[unit.starts[source.last] : unit.ends[source.last]]
    if last.endswith(("'s", "’s")) or unit.words[source.last] == "era":
        return True
    before = unit.words[source.first - 1] if source.first else ""
    return unit.words[cue.last].endswith("s") and (before.isdigit() or before in COUNTS)


def _owns(unit: Unit, found: Found) -> bool:
    """Whether "own" has its own noun or object: "and own it. Margaret Thatcher"."""
    assert found.source is not None
    return bool(cl.PRONOUNS & set(unit.words[found.cue.last + 1 : found.source.first]))


def _seat_of_learning(unit: Unit, found: Found) -> bool:
    """Whether a school is one: "the Lyndon Johnson School of Public Affairs"."""
    behind = found.cue.last + 1
    return bool(unit.capital[found.cue.first]) or (
        behind < unit.size and unit.words[behind] in SCHOOLS
    )


def _invokes_law(unit: Unit, found: Found) -> bool:
    """Whether a law is used: "invoked the 1807 Insurrection Act"."""
    assert found.source is not None
    words = unit.words[found.cue.last + 1 : found.source.last + 4]
    return unit.words[found.cue.first].startswith("invok") and bool(LEGAL & set(words))


def _tells(unit: Unit, found: Found) -> bool:
    """Whether a year is only told of: "Recalling his 2015 launch, he smiled"."""
    source, first = found.source, found.cue.first
    assert source is not None
    opens = first == 0 or bool(unit.breaks[first])
    return source.kind == "year" and opens and unit.words[first] in ("recall", "recalling")


def _dates_back(unit: Unit, found: Found) -> bool:
    """Whether time is only counted: "records go back to 1880", "going all the way back to 2008"."""
    source, cue = found.source, found.cue
    assert source is not None
    place = cue.first
    while place and unit.words[place - 1] in ("all", "the", "way"):
        place -= 1
    before = unit.words[max(place - 6, 0) : place]
    moving = before[-1:] + unit.words[cue.first : cue.first + 1]
    at = place - 1 if before[-1:] and before[-1] in DATES_BACK else cue.first
    ahead = unit.words[at - 1] if at and not unit.breaks[at] else ""
    if DATES_BACK & set(moving):
        if ROOTS & set(before):
            return True
        if unit.words[at] not in ("go", "gone") and not (
            ahead in ON_THE_MOVE or ahead.endswith(cl.CONTRACTED)
        ):
            return True
    if source.kind != "year":
        return False
    if TELLERS & set(before[-3:]) or SOMEONE & set(before[-1:]):
        return True
    return unit.words[source.last] in LEVELS or _behind(unit, found) in LEVELS


TRAPS: dict[str, Callable[[Unit, Found], bool]] = {
    "08.evoke": _invokes_law,
    "08.recall": _tells,
    "14.another": _belongs_to_now,
    "22.moment": _ones_own,
    "22.school": _seat_of_learning,
    "23.new": _belongs_to_now,
    "23.modern": _belongs_to_now,
    "25.own": _owns,
    "26.called": _only_named,
    "35.back_to": _dates_back,
    "35.back_days": _dates_back,
    "35.return_to": _dates_back,
}
