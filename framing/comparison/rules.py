"""The rules: what a comparator must have beside it to set something beside the past.

A rule is a line of the lexicon `comparison_cues`: a cue, where its source may stand (`slot`,
`window`), what kinds of source it takes, and what else its sentence must hold. Slots:

========= ======================================================================
after     the source follows the cue: "reminiscent of Suez"
before    it stands right before the cue: "a Suez moment"
link      it follows a word that links: "compared the plan *to* Suez"
since     it follows the cue, and a superlative stands before: "the worst since"
did       it follows the cue and a verb follows it: "as Thatcher did"
around    it stands anywhere in the sentence: "deja vu for those who remember Suez"
remind    it follows `of` behind the cue: "reminds me of Suez"
looklike  it stands between the cue and "look": "makes Suez look like a picnic"
none      no source is named: "unprecedented", "in living memory"
========= ======================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from framing.comparison.sources import Source, year_of
from framing.comparison.superlatives import SMALL, superlative
from framing.lexicon import Entry
from framing.text import clauses as cl
from framing.text.clauses import Unit

NEAR, FAR = 3, 8  # words before a source: of "makes ... look like", and behind a linking word
LINKS = ("to", "with", "between", "of", "from", "in", "and")
NUMBER = re.compile(r"\d|%|\bper ?cent\b|\b[mb]illion\b", re.IGNORECASE)
YEAR = re.compile(r"(?:1[5-9]|20)\d\ds?\W?$")
ATTITUDES = frozenset(
    "attitudes attitude thinking politics rhetoric tactics values mentality morality morals ideas "
    "views policies mindset sensibilities radicalism paranoia propaganda stereotypes".split()
)
DATING = frozenset(
    "dating dates dated date stretching stretches stretch traced trace traces reaching from".split()
)
MOTION = frozenset(
    "take takes taking took drag drags dragging dragged bring brings bringing brought send sends "
    "go going turn turns turned throw throws set sets roll rolls rolling pull pulls step leap us"
    .split()
)  # fmt: skip
ADVICE = frozenset("must should let lest never to we remember don please".split())
TIMED = frozenset("during in under after before".split())
TIMES = frozenset("era regime policy law ideology movement crisis".split())
AWAY = frozenset("on with for about into over among who".split())  # end a noun phrase
DID = frozenset("did had once does could".split())
SAID = frozenset("said put wrote called read told observed remarked noted quipped say".split())
FEW = frozenset("1 2 3 4".split())  # years that make no history
HEADS = frozenset(
    "speech address scandal crisis era years days government administration presidency regime "
    "campaign movement war affair election debate ministry premiership riots attacks laws "
    "act".split()
)
HAUNTED = frozenset(
    "haunt haunts haunted haunting hang hangs hung hanging loom looms loomed looming invoke "
    "invokes invoked invoking evoke evokes evoked evoking stir stirs stirred stirring revive "
    "revives revived reviving awaken awakens awakened bring brings brought bringing prompt prompts "
    "prompted".split()
)
TIMELY = frozenset(
    "history modern since times time century centuries decades decade years era memory postwar "
    "peacetime before".split()
)
COMING = frozenset("will would could may might".split())
THINGS = frozenset(
    "lie land railroad zero empire revolution reformation government rule theses serfdom".split()
)
ARTICLES = frozenset("the a an another".split())
PAST_TIMES = frozenset("old history yore 1940s 1930s".split())
LATE = re.compile(r"'?[2-9]0s")
BARE = frozenset("legend myth memory fans".split())
WORKS = BARE | frozenset(
    "novel novels play book books film films movie bible campaign stories years days ads "
    "advertisements musical portrait painting fiction summer spring autumn".split()
)
HELD = cl.AUXILIARIES | cl.PAST | cl.PRESENT


class Cue(NamedTuple):
    """A match of a rule in a unit: first and last word, and the rule."""

    first: int
    last: int
    rule: Entry

    def get(self, column: str) -> str:
        return self.rule.extra.get(column, "")


class Found(NamedTuple):
    """A comparator with its source, None if the rule names none."""

    cue: Cue
    source: Source | None


def apply(unit: Unit, cue: Cue, sources: Sequence[Source]) -> Found | None:
    """Return the comparison a cue makes in its sentence, or None."""
    slot = cue.get("slot")
    if not _held(unit, cue):
        return None
    if slot == "none":
        return Found(cue, None)
    fitting = [source for source in sources if _fits(unit, source, cue.get("sources"))]
    source = None
    if slot == "before":
        source = next((s for s in reversed(fitting) if s.last == cue.first - 1), None)
        if source is not None and unit.breaks[cue.first] and not unit.marks[cue.first] & cl.JOINED:
            return None
    elif slot == "around":
        away = [s for s in fitting if s.last < cue.first or s.first > cue.last]
        source = min(away, key=lambda s: abs(s.first - cue.first), default=None)
    elif slot == "remind":
        source = _linked(unit, cue, fitting, ("of",))
    elif slot == "looklike":
        source = _behind(unit, cue.last, fitting, NEAR)
        if source is not None and "look" not in unit.words[source.last + 1 : source.last + 3]:
            return None
    elif slot == "link":
        source = _linked(unit, cue, fitting, LINKS if cue.get("noun") else LINKS[:2])
    else:
        strict = cue.get("stance") == "reject" or cue.get("needs") == "entry_now"
        source = _behind(unit, cue.last, fitting, window_of(cue), strict)
        if source is not None and slot == "after" and cue.rule.label == "ERA":
            source = None if _only_dates(unit, cue, source) else source
        if source is not None and slot == "did" and not _did(unit, source):
            return None
    counted = cue.get("needs") == "no_number"
    if source is None or (counted and _counted(unit, cue, source)):
        return None
    return Found(cue, source if slot == "before" else _whole(unit, source, sources))


def _only_dates(unit: Unit, cue: Cue, source: Source) -> bool:
    """Whether a return is one in time only: "returned to China in 1997", "records back to 1856"."""
    between = unit.words[cue.last + 1 : source.first]
    if "from" in between or (source.kind == "year" and "in" in between):
        return True
    before = unit.words[max(cue.first - 5, 0) : cue.first + 1]
    return source.kind == "year" and cue.rule.id == "35.back_to" and not MOTION & set(before)


def _whole(unit: Unit, source: Source, sources: Sequence[Source]) -> Source:
    """Take in what belongs to the source: "Powell's 1968 speech", "the Suez crisis of 1956"."""
    last = source.last
    for other in sources:
        if last < other.first <= last + 3 and not _parts(unit, other.first):
            between = unit.words[last + 1 : other.first]
            if all(word in ("of", "in", "the") or word in HEADS for word in between):
                last = max(last, other.last)
    while last + 1 < unit.size and unit.words[last + 1] in HEADS and not _parts(unit, last + 1):
        last += 1
    return source._replace(last=last, end=unit.ends[last]) if last > source.last else source


def _counted(unit: Unit, cue: Cue, source: Source) -> bool:
    """Whether numbers are compared: a figure within six words, outside the source."""
    near = range(max(cue.first - 6, 0), min(cue.last + 7, unit.size))
    outside = [i for i in near if not source.first <= i <= source.last]
    words = [unit.text[unit.starts[i] : unit.ends[i] + 1] for i in outside]
    if any(NUMBER.search(word) and not YEAR.match(word) for word in words):
        return True
    return any(word in SMALL for word in unit.words[cue.last + 1 : cue.last + 4])


def window_of(cue: Cue) -> int:
    """Return how many words may stand between a cue and its source, or the word that links it."""
    return int(cue.get("window") or 5)


def _fits(unit: Unit, source: Source, wanted: str) -> bool:
    dated = source.kind in ("year", "decade", "past")
    if source.eponym and wanted not in ("", "any"):
        return False
    if wanted == "notyear":
        return source.kind != "year"
    if wanted == "entry":
        return not dated
    if wanted == "time":
        the = unit.words[max(source.first - 2, 0) : source.first]
        return dated or source.kind in TIMES or (source.kind != "person" and "the" in the)
    if wanted == "person":
        return is_personal(unit, source)
    if wanted == "thing":
        return not dated and source.kind != "person"
    if wanted == "event":
        return not dated and source.kind not in ("person", "era", "ideology")
    return True


def _behind(
    unit: Unit, at: int, sources: Sequence[Source], window: int, strict: bool = False,
    clause: bool = False,
) -> Source | None:  # fmt: skip
    """Return the first source behind a word with nothing but a noun phrase between.

    With `clause` a short relative clause may stand there: "to what they did *in 1929*".
    """
    near = [s for s in sources if at < s.first <= at + 1 + window]
    for source in near:
        between = range(at + 1, source.first)
        timed = clause and any(word in TIMED for word in unit.words[at + 1 : source.first][-3:])
        if not timed and any(
            unit.words[i] in HELD or unit.words[i] in cl.RELATIVES for i in between
        ):
            return None
        if any(_parts(unit, i) for i in range(at + 1, source.first + 1)):
            return None
        if any(unit.words[i] in AWAY or unit.words[i] in ("whether", "if") for i in between):
            return None
        if strict and any(_loose(unit.words[i]) for i in between):
            return None
        return max((s for s in near if s.first == source.first), key=lambda s: s.end)
    return None


def _loose(word: str) -> bool:
    return word.endswith(("ing", "ly", "ed")) or word in cl.PREPOSITIONS


def _parts(unit: Unit, index: int) -> bool:
    """Whether a comma, a dash or a semicolon stands before a word."""
    gap = unit.gap(index)
    if gap == " " or (gap.strip() == "," and _adjoins(unit, index)):
        return False
    return any(mark in gap for mark in ",;:—–()") or " - " in gap or "--" in gap


def _adjoins(unit: Unit, index: int) -> bool:
    """Whether a comma stands between adjectives of one noun, or before "and" in a list."""
    if unit.words[index] in ("and", "or"):
        return True
    before = unit.words[max(index - 3, 0) : index]
    return (
        before[-2:-1] != []
        and any(word in cl.DETERMINERS for word in before[:-1])
        and (unit.words[index] not in cl.DETERMINING and not unit.capital[index])
    )


def _linked(unit: Unit, cue: Cue, sources: Sequence[Source], links: Sequence[str]) -> Source | None:
    stop = min(cue.last + 1 + window_of(cue), unit.size)
    for index in range(cue.last + 1, stop):
        if unit.marks[index] & cl.SEMICOLON or (
            index > cue.last + 1 and unit.words[index] in cl.RELATIVES
        ):
            return None
        if links == ("of",) and _parts(unit, index):
            return None
        if unit.words[index] in links:
            source = _behind(unit, index, sources, FAR, clause=True)
            if source is not None:
                return source
    return None


def _did(unit: Unit, source: Source) -> bool:
    behind = unit.words[source.last + 1 : source.last + 4]
    return bool(DID & set(behind[:3])) and not SAID & set(behind)


def first_time(unit: Unit, cue: Cue) -> bool:
    """Whether the cue belongs to "the first time since", a precedent rather than a yardstick."""
    since = cue.get("slot") == "since" or cue.get("needs") == "years"
    place = superlative(unit, cue.first) if since else None
    return place is not None and unit.words[place : place + 2] == ["first", "time"]


def _held(unit: Unit, cue: Cue) -> bool:
    """Whether what the rule asks of its sentence is there."""
    needs = cue.get("needs")
    if needs == "years" and any(word in FEW for word in unit.words[cue.first : cue.last]):
        return False
    if needs in ("superlative", "years") or cue.get("slot") == "since":
        place = superlative(unit, cue.first)
        if place is None or cue.get("slot") == "since":
            return place is not None
        between = unit.words[place : cue.first]
        if unit.words[cue.first] == "ever" and {"i", "i've", "i’ve"} & set(between[-3:]):
            return False
        return not any(word in cl.BE or word in COMING for word in between)
    if needs == "more":
        near = unit.words[max(cue.first - 4, 0) : cue.first]
        return any(word in ("more", "less") or word.endswith("er") for word in near)
    if needs == "attitude":
        return any(word in ATTITUDES for word in unit.words[cue.last + 1 : cue.last + 3])
    if needs == "not_dating":
        return not any(word in DATING for word in unit.words[max(cue.first - 3, 0) : cue.first])
    if needs == "not_example":
        before = unit.words[cue.first - 1] if cue.first else ""
        plural = before.endswith("s") and not before.endswith(("ss", "us", "is", "'s"))
        return not plural or unit.breaks[cue.first] == 1
    if needs == "not_person":
        return not _person_before(unit, cue.first)
    if needs == "haunting":
        return bool(HAUNTED & set(unit.words[max(cue.first - 6, 0) : cue.last + 12]))
    if needs == "timed":
        return bool(TIMELY & set(unit.words[max(cue.first - 6, 0) : cue.last + 9]))
    if needs == "advice":
        return (cue.first == 0 and unit.words[0] != "what") or any(
            word in ADVICE or word.endswith("n't")
            for word in unit.words[max(cue.first - 4, 0) : cue.first]
        )
    return True


def _person_before(unit: Unit, index: int) -> bool:
    """Whether the subject is a pronoun for people or a bare name: "Hill recalled 1968"."""
    before = index - 1
    while before > 0 and unit.adverb[before]:
        before -= 1
    if before < 0 or unit.breaks[before + 1]:
        return before >= 0
    word = unit.words[before]
    person = word in cl.PRONOUNS - {"it", "there"} or word in ("who", "to")
    return person or (unit.capital[before] == 1 and unit.words[before - 1] not in cl.DETERMINERS)


def vossian(unit: Unit, source: Source) -> int | None:
    """Return the last word of X in "the Churchill of X", or None."""
    behind = source.last + 1
    if not is_personal(unit, source) or source.first == 0 or behind + 1 >= unit.size:
        return None
    if unit.words[source.first - 1] not in ARTICLES or unit.words[behind] != "of":
        return None
    last = behind + 1
    while last + 1 < unit.size and not unit.breaks[last + 1] and last - behind < 5:
        word = unit.words[last + 1]
        if word in cl.PREPOSITIONS or word in HELD or word in cl.CONJUNCTIONS:
            break
        last += 1
    shown = unit.words[behind + 1 : last + 1]
    return None if shown[0] in PAST_TIMES or _of_himself(shown, source) else last


def _of_himself(shown: Sequence[str], source: Source) -> bool:
    """Whether it is the person of one time or work: "the Nixon of 1950", "of the novel"."""
    if shown[-1] in BARE or (shown[-1] in WORKS and shown[0] in cl.DETERMINING):
        return True
    if any(map(LATE.fullmatch, shown)):
        return True
    if source.began is None or source.ended is None:
        return False
    known = range(source.began - 9, source.ended + 5)
    return any(YEAR.fullmatch(word) and year_of(word[:4]) in known for word in shown)


def is_personal(unit: Unit, source: Source) -> bool:
    """Whether the source is somebody's name: "Lincoln", "the Iron Lady", not "the big lie"."""
    if source.kind != "person" or source.eponym:
        return False
    named = unit.capital[source.last] and unit.words[source.last] not in THINGS
    return source.named or bool(named)
