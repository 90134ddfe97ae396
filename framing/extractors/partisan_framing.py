"""Partisan framing: whose name for a contested thing is used."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.hitrows import Shared
from framing.lexicon import Entry, Lexicon
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

LAWS = frozenset(
    "act bill law plan scheme amendment pact treaty proposal agreement programme program directive "
    "initiative protocol ordinance statute convention".split()
)
BODIES = frozenset(
    "agency association caucus coalition commission committee council federation foundation "
    "institute league society".split()
)
NAMED = LAWS | BODIES
SMALL = frozenset("and of for to".split())
UNCAPITALISED = SMALL | frozenset("a an the in on at by as with from or but over after".split())
REACH = 6  # words of a law's name behind the contested name, and words looked at before a name
NAMES = frozenset("term phrase word label slogan expression moniker epithet".split())
PLURAL_NAMES = frozenset("terms phrases words labels slogans expressions epithets".split())
TAGS = frozenset("label tag moniker epithet nickname".split())
OTHER_SENSE = frozenset(
    "long short near medium first second third full fixed last other in to will would can could "
    "should must they we you i who".split()
)
CALLED = frozenset("called call calls dubbed termed branded labelled labeled describe".split())
NAMED_AS = frozenset("known styled billed".split())
CHRISTENED = frozenset("dubbed nicknamed christened".split())
ANNOUNCING = NAMES | PLURAL_NAMES | CALLED | CHRISTENED | {"of", "like", "as"}
ARTICLES = frozenset("a an the his her its their our this".split())
THESE = frozenset("the these those such loaded".split())
STATES = frozenset("is was as remains became are were".split())
OPENING, CLOSING = frozenset("'\"‘“"), frozenset("'\"’”")
NEAR = 3  # words between a verb of naming and a name in quotation marks
EVIDENCE = ("referent", "side_us", "side_uk", "z", "z_uk", "in_quotes", "n", "outlets", "source")
MEASURED = {"side_us": "z", "side_uk": "z_uk"}


class PartisanFraming(Extractor):
    """Contested names, each with its referent, side and the evidence for the side.

    The label is the measured side (left, right) or `unverified`. A document's counts say which
    names it used; an index of side is meaningful only for groups of documents. A span that is the
    proper name of a law, plan or body, or stands in one, has the attribute `proper_name`; one that
    is spoken of as a name ("the term 'illegal alien'") has `mentioned`. Neither is a choice, and no
    index counts them. A measured name has a side only for the country it was measured in; the sides
    of an unverified name are expert judgement.

    Parameters
    ----------
    voice, labels, min_words, lexicon
        As for every extractor: `framing.extractors.base.Extractor`.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> corpus = Corpus([Document("a", "Illegal aliens, or undocumented workers?")])
    >>> annotate(corpus, [PartisanFraming()])[["text", "label"]].values.tolist()
    [['Illegal aliens', 'right'], ['undocumented', 'left']]
    """

    name = "partisan_framing"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        known = _evidence(self.entries)
        for match in reading.matches(self.entries.id):
            entry, start, end, _, _ = match
            use = _use(reading, match)
            if (told := known.get((entry.id, use))) is None:
                told = known[entry.id, use] = _told(entry, use)
            yield start, end, entry.label, entry.strength, entry.id, told


def _use(reading: Reading, match: Match) -> str:
    """Return what a name is that is no choice, or an empty string."""
    if _proper(reading, match):
        return "proper_name"
    return "mentioned" if _mentioned(reading, match) else ""


def _proper(reading: Reading, match: Match) -> bool:
    """Whether a capitalised name is in the name of a law or body: "the Illegal Migration Act"."""
    capitals, folded = reading.capitals, reading.folded
    if not capitals[match.first]:
        return False
    own = range(match.first, match.last + 1)
    if any(not capitals[n] and folded[n] not in SMALL for n in own):
        return False
    low, high = reading.sentence_words[reading.sentence_at(match.start)]
    end = match.last if len(own) > 1 and folded[match.last] in NAMED else None
    for place in range(match.last + 1, min(high, match.last + 1 + REACH)):
        gap = reading.text[reading.cores[place - 1] : reading.starts[place]]
        if end is not None or gap.strip(" ,-\u00a0"):
            break
        if capitals[place] and folded[place] in NAMED:
            end = place
        elif not capitals[place] and folded[place] not in SMALL:
            break
    if end is None:
        return False
    first = match.first
    while first > low and capitals[first - 1]:
        first -= 1
    around = [*range(low, first), *range(end + 1, high)]
    return folded[end] == "act" or not _title_case(reading, around)


def _title_case(reading: Reading, words: list[int]) -> bool:
    """Whether all about a name is capitalised too, as in a headline: it proves nothing."""
    shown = [reading.capitals[n] for n in words if reading.folded[n] not in UNCAPITALISED]
    return not shown or sum(shown) > 0.8 * len(shown)


def _mentioned(reading: Reading, match: Match) -> bool:
    """Whether the name is spoken of: "the term", "so-called", "known as the", "what he calls"."""
    start, first, folded = match.start, match.first, reading.folded
    marked = start > 0 and reading.text[start - 1] in OPENING
    if not (
        marked or not TAGS.isdisjoint(folded[match.last + 1 : match.last + 2])
        or not ANNOUNCING.isdisjoint(folded[max(first - 2, 0) : first])
    ):  # fmt: skip
        return False
    low, high = reading.sentence_words[reading.sentence_at(start)]
    before = folded[max(low, first - REACH) : first]
    if before and _announced(before, marked) and _unbroken(reading, match):
        return True
    if marked and not CALLED.isdisjoint(before[-NEAR:]):
        return True
    return _named_behind(reading, match, high, marked)


def _announced(before: list[str], marked: bool) -> bool:
    """Whether the words before a name say that a name follows."""
    loose = before[-1] in ("a", "an") and not marked
    words = before[:-1] if before[-1] in ARTICLES else before
    if not words or words[-1] not in ANNOUNCING:
        return False
    *rest, head = ["", "", "", *words]
    if head in NAMES:
        return rest[-1] not in OTHER_SENSE
    if head in PLURAL_NAMES:
        return marked or rest[-1] in THESE
    if head == "of":
        return marked and rest[-1] in NAMES
    if head == "like" or (head == "as" and rest[-1] == "such"):
        noun = rest[-1] if head == "like" else rest[-2]
        return noun in NAMES or noun in PLURAL_NAMES
    if head == "as":
        return not loose and (rest[-1] in NAMED_AS or rest[-2:] == ["referred", "to"])
    if head in CALLED | CHRISTENED:
        return "what" in rest or (not loose and (rest[-1] == "so" or head in CHRISTENED))
    return False


def _unbroken(reading: Reading, match: Match) -> bool:
    """Whether no mark but quotation marks parts the name from the word before it."""
    gap = reading.text[reading.cores[match.first - 1] : match.start]
    return gap.isspace() or set(gap.strip()) <= OPENING | set(":-")


def _named_behind(reading: Reading, match: Match, high: int, marked: bool) -> bool:
    """Whether the words behind a name call it one: "the far-right label", "is a word he avoids"."""
    behind = reading.folded[match.last + 1 : min(high, match.last + 5)]
    if not behind or not (marked or behind[0] in TAGS):
        return False
    gap = reading.text[match.end : reading.starts[match.last + 1]]
    noun = behind[0] in TAGS and (len(behind) == 1 or behind[1] not in ARTICLES)
    if noun and set(gap) <= CLOSING | set(" -"):
        return True
    closed = marked and reading.text[match.end : match.end + 1] in CLOSING
    if not closed or "," in gap:
        return False
    return behind[0] in NAMES or (behind[0] in STATES and not NAMES.isdisjoint(behind))


@functools.cache
def _evidence(lexicon: Lexicon) -> dict[tuple[str, str], Shared]:
    """Return the evidence for the names of a list, by name and use, as far as it was asked."""
    return {}


def _told(entry: Entry, use: str) -> Shared:
    """Return referent, sides and evidence of a name; measured sides alone, if any is."""
    told = {key: _value(entry.extra[key]) for key in EVIDENCE if entry.extra.get(key)}
    if entry.label in ("left", "right"):
        for side, z in MEASURED.items():
            if z not in told:
                told.pop(side, None)
    return Shared({**told, use: True} if use else told)


def _value(cell: str) -> Any:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell
