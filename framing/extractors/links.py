"""How a word of a list hangs on a term near it, told from the few words between them.

A list has the column ``link``: the ways in which an entry counts, parted by spaces.

- ``is``: "they are vermin", "seen as pawns", "called the group scum";
- ``before``: right behind the term, as in "migration flow";
- ``behind``: as `before`, and a word may stand between, as in "migrant worker scum";
- ``adj``: right before the term, as in "mindless thugs";
- ``subject``: the term does it, as in "migrants that have swarmed";
- ``topic``: as `subject`, with a noun between, as in "the migrant crisis surged";
- ``object``: it is done to the term, as in "herding millions of people", "people were herded";
- ``list``: "looters or lowlifes";
- ``+of``, ``+in`` and so on: that preposition and then the term, as in "a wave of migrants";
  with ``+with`` and ``+by`` an object may stand between, as in "flood the town with drugs".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from framing.text.document import Match, Reading


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


BE = _words(
    """is are was were be been being am it's they're we're you're become becomes became becoming
    remain remains remained stay stayed stays get got gets getting kept look looks looked"""
)
LIKENESS = _words("as like than")
CALL = _words(
    """call called calls calling brand branded brands branding label labelled labeled labels dub
    dubbed deem deemed"""
)
FIND = _words("find finds found finding consider considers considered think thinks thought")
SEE = _words(
    """describe described describes describing depict depicted depicts depicting treat treated
    treats treating regard regarded regards see saw seen sees seeing view viewed views liken likened
    likens equate equated equates paralleled compare compared compares use used uses using portray
    portrayed portrays"""
)
HELPER = _words(
    """have has had having will would can could may might must shall should do does did to not never
    also just still now even already then again ever often always been that who which n't don't
    didn't aren't weren't isn't wasn't all set continue continues continued begin began begun start
    started"""
)
DETERMINER = _words(
    """a an the this that these those his her its their our my your all some any many most more no
    every each such other another several few both"""
)
QUANTITY = _words("millions thousands hundreds dozens scores lots tens kinds types number numbers")
SMALL = _words(
    """and or but nor so if because while when where after before until unless since though although
    whether at by for from in into of off on onto out over per through under up upon with without
    within against about around across between among during near behind toward towards he she it
    they we i you him her them us me who whom whose which what there here have has had do does did
    will would can could may might must shall should said says say not to"""
)
HEDGE = _words("so just such only mere merely really nothing no worse little better not")
CLOSED = SMALL | DETERMINER | BE | LIKENESS
ALLOWED_IN_RANK = _words("and or him them me us her to")
GROUPS_OF = _words("gang gangs mob mobs pack bunch")
COMMAS = frozenset(",–—…!?")


class _Pair(NamedTuple):
    between: Sequence[str]
    comma: bool
    before: Sequence[str]
    word: str
    term: str
    ways: Sequence[str]


def linked(reading: Reading, match: Match, term: Match) -> bool:
    """Tell whether a match hangs on a term in one of the ways its entry names.

    An entry without a column ``link`` asks for nothing.
    """
    if reading.text[max(0, term.start - 5) : term.start].casefold() == "anti-":
        return False
    ways = match.entry.extra.get("link", "").split()
    if not ways:
        return True
    if term.entry.label == "general":
        ways = [way for way in ways if way not in ("before", "behind")]
    if reading.folded[term.last] in ("they", "them"):
        ways = [way for way in ways if way != "adj"]
    behind = term.first > match.last
    low, high = (match, term) if behind else (term, match)
    words = reading.folded
    begin = reading.sentence_words[reading.sentence_at(match.start)][0]
    pair = _Pair(
        [word.replace("’", "'") for word in words[low.last + 1 : high.first]],
        not COMMAS.isdisjoint(reading.text[low.end : high.start]),
        words[max(begin, low.first - 3) : low.first],
        words[match.last],
        words[term.last],
        ways,
    )
    if behind:
        return any(_behind(way, pair) for way in ways)
    return any(check(pair) for way in ways if (check := _BEFORE.get(way)))


def _behind(way: str, pair: _Pair) -> bool:
    """Whether the term stands behind the word and is what the word says something of."""
    words = pair.between
    row = [word for word in words if word not in ("and", "or")]
    if way in ("+with", "+by"):
        place = row.index(way[1:]) if way[1:] in row else len(row)
        open_words = (CLOSED - DETERMINER - {"it"}).isdisjoint(row[:place])
        return place < len(row) and open_words and _phrase(row[place + 1 :])
    if way.startswith("+"):
        return row[:1] == [way[1:]] and _phrase(row[1:])
    if way == "object" and pair.word == "of":
        return _phrase(row)
    if pair.comma:
        return False
    if way == "adj":
        return len(words) <= 2 and CLOSED.isdisjoint(words)
    return way == "object" and _phrase(words)


def _phrase(words: Sequence[str]) -> bool:
    """Whether words may open a noun phrase: "these", "millions of", "illegal"."""
    rest = list(words)
    while rest and rest[0] in DETERMINER:
        rest.pop(0)
    if "of" in rest[1:3] and rest[rest.index("of") - 1] in QUANTITY:
        rest = [word for word in rest[rest.index("of") + 1 :] if word not in DETERMINER]
    return CLOSED.isdisjoint(rest)


def _is(pair: _Pair) -> bool:
    """Whether it says "they are vermin", "likened them to rats" or "calls the media scum"."""
    words = [word for word in pair.between if word not in HEDGE]
    if (SMALL - {"to", "and", "or"}).isdisjoint(words):
        called = CALL if pair.comma or "adj" not in pair.ways else CALL | FIND
        if not called.isdisjoint(pair.before) and len(words) <= 2:
            return True
    likened = {"as", "like", "to", "with"}
    seen = not pair.comma and not SEE.isdisjoint(pair.before) and not likened.isdisjoint(words)
    if seen and (SMALL - {"and", "or"} - likened).isdisjoint(words):
        return True
    linking = BE | LIKENESS | CALL
    places = [place for place, word in enumerate(words) if word in linking]
    if not places:
        return False
    lead, rest = words[: places[0]], words[places[-1] + 1 :]
    if any(word.endswith("ing") or word in SMALL - ALLOWED_IN_RANK for word in rest):
        return False
    if words[places[0]] in CALL:
        return not lead
    return (SMALL - HELPER).isdisjoint(lead) and not (pair.comma and lead)


def _before(pair: _Pair) -> bool:
    if pair.comma:
        return False
    ranks = pair.term in GROUPS_OF and pair.between[:1] == ["of"] and _phrase(pair.between[1:])
    return ranks or not pair.between


def _close_behind(pair: _Pair) -> bool:
    return _before(pair) or (
        not pair.comma and len(pair.between) == 1 and CLOSED.isdisjoint(pair.between)
    )


def _subject(pair: _Pair) -> bool:
    return (not pair.comma and all(map(_aside, pair.between))) or _last_of_row(pair.between)


def _aside(word: str) -> bool:
    return word in HELPER or word in BE or word.endswith("ly")


def _last_of_row(words: Sequence[str]) -> bool:
    """Whether the words go on with a row of subjects: "gangs, warlords and rebels feeding off"."""
    places = [place for place, word in enumerate(words) if word in ("and", "or")]
    if not places or places[-1] + 1 == len(words):
        return False
    last = places[-1]
    row = [*words[:last], words[last + 1]]
    return CLOSED.isdisjoint(row) and all(map(_aside, words[last + 2 :]))


def _topic(pair: _Pair) -> bool:
    words = pair.between
    noun = bool(words) and not pair.comma and words[0] not in CLOSED
    return _subject(pair) or (noun and all(map(_aside, words[1:])))


def _passive(pair: _Pair) -> bool:
    words = pair.between
    done = not BE.isdisjoint(words) and not pair.word.endswith("ing")
    return done and not pair.comma and all(map(_aside, words))


def _listed(pair: _Pair) -> bool:
    return len(pair.between) == 1 and pair.between[0] in ("and", "or")


_BEFORE: dict[str, Callable[[_Pair], bool]] = {
    "is": _is,
    "before": _before,
    "behind": _close_behind,
    "subject": _subject,
    "topic": _topic,
    "object": _passive,
    "list": _listed,
}
