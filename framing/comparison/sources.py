"""What the present is compared to: entries of the gazetteer, years, decades and dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.document import Document, Match, Reading

MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DATE = re.compile(
    rf"(?<![\w$£€])(?<!\d[.,])(?:{MONTHS} (?:\d{{1,2}},? )?)?(?P<year>1[0-9]{{3}}|20[0-4][0-9])"
    rf"(?P<decade>s|’s|'s)?(?![\w%]|[.,]\d)"
)
YEAR = re.compile(  # the years of `DATE`; what stands before is looked at behind the first digit
    r"[12](?<![\w$£€].)(?<!\d[.,].)(?:(?<=1)[0-9]{3}|(?<=2)0[0-4][0-9])"
    r"(?=(?:s|’s|'s)?(?![\w%]|[.,]\d))"
)
PAST = re.compile(
    r"\b(?:bygone (?:era|age|day|time)s?|(?:bad |good )old days|yesteryear|days of yore|"
    r"(?:a|two|three|four|five|six|seven|eight|nine|ten|\d+|several|many) "
    r"(?:generations?|centuries|century|decades) ago|"
    r"(?:\d\d+|twenty|thirty|forty|fifty|sixty) years ago|"
    r"(?:earlier|previous|past) (?:generations?|centur(?:y|ies)|eras?))\b",
    re.IGNORECASE,
)
TIMELESS = ("ago", "bygone", "old days", "yesteryear", "yore", "earlier ", "previous ", "past ")
MIN_AGE = 5
UNDATED = 2016
COUNTED = frozenset(
    "people men women jobs times miles pounds dollars votes years days deaths".split()
)


class Source(NamedTuple):
    """A past thing: offsets, words of the unit, entry id or "year", kind, and years.

    `named` tells whether the text gives it a word of its name, and no by-name ("the big lie").
    """

    start: int
    end: int
    first: int
    last: int
    entry: str
    kind: str
    began: int | None
    ended: int | None
    eponym: bool = False
    named: bool = False


def year_of(date: str) -> int:
    """Return the year of a date ("1956-07-26", "476", "-44")."""
    return int(date[:1] + date[1:].partition("-")[0])


def sources_in(unit: Unit, names: Sequence[Match]) -> list[Source]:
    """Return the sources in a sentence, from left to right.

    Parameters
    ----------
    unit : Unit
    names : sequence of Match
        Matches of the gazetteer in that sentence.
    """
    found = [_entry(match, unit) for match in names]
    taken = [(source.start, source.end) for source in found]
    for match in DATE.finditer(unit.text, unit.start, unit.end):
        start, end = match.span()
        if any(s < end and start < e for s, e in taken):
            continue
        first, behind = bisect_left(unit.starts, start), bisect_left(unit.starts, end)
        year = int(match["year"])
        following = unit.words[behind] if behind < unit.size else ""
        if year < 1400 and unit.words[first - 1 : first] not in (["in"], ["since"], ["of"]):
            continue
        if following in COUNTED or first >= behind:
            continue
        kind, last = ("decade", year + 9) if match["decade"] else ("year", year)
        found.append(_named_after(unit, Source(
            start, end, first, behind - 1, kind, kind, year, last
        )))  # fmt: skip
    found += [source for source in _past(unit) if not _meets(source, taken)]
    return sorted(found, key=lambda source: (source.start, -source.end))


def _meets(source: Source, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < source.end and source.start < end for start, end in taken)


def tells_past(text: str) -> bool:
    """Whether a word stands in the text without which no time in the past is told but a year."""
    return any(map(text.__contains__, TIMELESS))


def _past(unit: Unit) -> list[Source]:
    """Return times without a name: "a bygone era", "two generations ago"."""
    found: list[Source] = []
    if not tells_past(unit.text[unit.start : unit.end].casefold()):
        return found
    for match in PAST.finditer(unit.text, unit.start, unit.end):
        first, behind = (bisect_left(unit.starts, edge) for edge in match.span())
        found.append(Source(*match.span(), first, behind - 1, "past", "past", None, None))
    return found


def _entry(match: Match, unit: Unit) -> Source:
    extra = match.entry.extra
    began = year_of(extra["start"]) if extra.get("start") else None
    ended = year_of(extra["end"]) if extra.get("end") else began
    surface = unit.text[match.start : match.end].lower()
    eponym = surface in extra.get("eponyms", "").lower().split("|")
    name = match.entry.patterns[0].lower().split()
    named = any(word.removesuffix("'s").removesuffix("’s") in name for word in surface.split())
    return Source(
        match.start, match.end, match.first - unit.low, match.last - unit.low, match.entry.id,
        extra.get("kind", ""), began, ended, eponym, named,
    )  # fmt: skip


def _named_after(unit: Unit, source: Source) -> Source:
    """Take in the nouns of "the 1994 crime bill"."""
    before = range(source.first - 1, max(source.first - 5, -1), -1)
    lead = next((i for i in before if unit.words[i] in cl.DETERMINING), None)
    if lead is None or any(
        unit.words[i] in cl.PREPOSITIONS or (cl.is_finite(unit.words[i]) and i != source.first - 1)
        for i in range(lead, source.first)
    ):
        return source
    last = source.last
    while last + 1 < unit.size and last - source.last < 4 and not unit.breaks[last + 1]:
        word = unit.words[last + 1]
        if word in cl.PREPOSITIONS or word in cl.CONJUNCTIONS or word in cl.RELATIVES:
            break
        if cl.is_finite(word) or word in cl.COMPLEMENTISERS or word in cl.PRONOUNS:
            break
        last += 1
    return source._replace(last=last, end=unit.ends[last])


class Present:
    """When a text was written: the year if it is known, else the latest year in the text.

    Attributes
    ----------
    written, latest : int or None
    """

    def __init__(self, written: int | None, text: str) -> None:
        self.written = written
        self._text = text

    @cached_property
    def latest(self) -> int | None:
        if self.written is not None:
            return None
        years = (int(match[0]) for match in YEAR.finditer(self._text))
        return max((year for year in years if year < 2050), default=None)


def present_of(document: Document, reading: Reading) -> Present:
    """Return when a text was written, as far as its date and its years tell."""
    written = str(document.meta.get("date") or "")[:4]
    return Present(int(written) if written.isdigit() else None, reading.text)


def is_old(source: Source, present: Present) -> bool:
    """Whether the source ended five years or more before the text was written.

    Of a text without a date its latest year tells, if the source is not later than that. A bare
    year in an undated text is taken to be read in 2016 at least, as the package is made for the
    2010s and later; so is a source of the latest year of the text.
    """
    ended, written, latest = source.ended, present.written, present.latest
    if ended is None:
        return True
    if written is None:
        if source.kind in ("year", "decade"):
            written = max(UNDATED, latest or 0)
        elif latest is None or latest < ended or (latest == ended <= UNDATED - MIN_AGE):
            return True
        else:
            written = latest
    return written - ended >= MIN_AGE
