"""What the present is compared to: entries of the gazetteer, years, decades and dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from framing.text import characters as ch
from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block

MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
YEAR = re.compile(  # what stands before is looked at behind the first digit
    r"(?P<year>[12](?<![\w$£€].)(?<!\d[.,].)(?:(?<=1)[0-9]{3}|(?<=2)0[0-4][0-9]))"
    r"(?P<decade>s|’s|'s)?(?![\w%]|[.,]\d)"
)
MONTH = re.compile(rf"(?<![\w$£€])(?<!\d[.,]){MONTHS} (?:\d{{1,2}},? )?\Z")  # before a year
BEFORE = 20  # characters in which month and day stand before a year
PAST = re.compile(
    r"\b(?:bygone (?:era|age|day|time)s?|(?:bad |good )old days|yesteryear|days of yore|"
    r"(?:a|two|three|four|five|six|seven|eight|nine|ten|\d+|several|many) "
    r"(?:generations?|centuries|century|decades) ago|"
    r"(?:\d\d+|twenty|thirty|forty|fifty|sixty) years ago|"
    r"(?:earlier|previous|past) (?:generations?|centur(?:y|ies)|eras?))\b",
    re.IGNORECASE,
)
AGO = frozenset("ago bygone yesteryear yore".split())
PREVIOUS = frozenset("earlier previous past".split())
TIMELESS = AGO | PREVIOUS | {"old"}
LEADING, TRAILING = 2, 4  # words of a source before the word that tells of it, at most, and behind
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


class Told(NamedTuple):
    """What may be a source in one sentence.

    Matches of the gazetteer, matches of `YEAR` that are old enough, and whether a word stands
    there without which no other time in the past is told.
    """

    names: list[Match]
    years: list[re.Match[str]]
    past: list[int]


class Present(NamedTuple):
    """When a text was written: the year if it is known, else the latest year in the text."""

    written: int | None
    latest: int | None


class Past(NamedTuple):
    """What a text tells of the past: what may be a source, by its sentence, and the present."""

    told: Mapping[int, Told]
    present: Present


def year_of(date: str) -> int:
    """Return the year of a date ("1956-07-26", "476", "-44")."""
    return int(date[:1] + date[1:].partition("-")[0])


def signs(block: Block) -> np.ndarray:
    """Return the words that may be years, by three digits, or tell of the past, one a row."""
    digits = np.flatnonzero(block.kind == ch.DIGIT)
    first = digits[:-2][digits[2:] - digits[:-2] == 2]
    first = first[(block.code[first] == ord("1")) | (block.code[first] == ord("2"))]
    numbers = block.starts.searchsorted(first, "right") - 1
    places = np.flatnonzero(block.among(TIMELESS)).tolist()
    past = np.array([place for place in places if _tells_past(block, place)], np.int64)
    return np.union1d(numbers, past)[:, None]


def _tells_past(block: Block, place: int) -> bool:
    """Whether a word tells of the past here: "ago", "old days", "past" before g, c or e."""
    word, following = block.words[place], block.words[place + 1 : place + 2]
    if word in AGO or not following:
        return word in AGO
    if block.joined[block.ends[place] : block.starts[place + 1]] != " ":
        return False
    return following == ["days"] if word == "old" else following[0].startswith(("g", "c", "e"))


def past_of(
    document: Document, reading: Reading, names: Sequence[Match], numbers: Iterable[int]
) -> Past:
    """Return what some sentences of a text tell of the past.

    Parameters
    ----------
    document : Document
    reading : Reading
    names : sequence of Match
        Matches of the gazetteer; those that run over the end of a sentence are left out.
    numbers : iterable of int
        The sentences.
    """
    told = {number: Told([], [], []) for number in numbers}
    written = _written(document)
    years: list[tuple[int, re.Match[str]]] = []
    for name in names:
        number = reading.sentence_at(name.start)
        if number in told and name.end <= reading.sentences[number][1]:
            told[number].names.append(name)
    for (word,) in reading.noted(signs):
        start = reading.starts[word]
        number = reading.sentence_at(start)
        if number not in told and written is not None:
            continue
        if reading.folded[word] not in TIMELESS:
            if (year := YEAR.match(reading.text, start)) is not None:
                years.append((number, year))
        elif number in told:
            told[number].past.append(word)
    latest = None
    if written is None:
        latest = max((int(year["year"]) for _, year in years), default=None)
    present = Present(written, latest)
    for number, year in years:
        if number in told and _is_past(_last_year(year), present):
            told[number].years.append(year)
    return Past(told, present)


def sources_in(unit: Unit, told: Told) -> list[Source]:
    """Return the sources in a sentence, from left to right."""
    found = [_entry(match, unit) for match in told.names]
    taken = [(source.start, source.end) for source in found]
    dated = [_date(unit, year) for year in told.years]
    found += [_named_after(unit, one) for one in dated if one and not _meets(one, taken)]
    if told.past:
        found += [source for source in _past(unit) if not _meets(source, taken)]
    return sorted(found, key=lambda source: (source.start, -source.end))


def _meets(source: Source, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < source.end and source.start < end for start, end in taken)


def _date(unit: Unit, found: re.Match[str]) -> Source | None:
    """Return a year or decade as a source, with its day and month, or None."""
    start, end = found.span()
    month = MONTH.search(unit.text, max(start - BEFORE, unit.start), start)
    start = month.start() if month else start
    first, behind = bisect_left(unit.starts, start), bisect_left(unit.starts, end)
    year = int(found["year"])
    following = unit.words[behind] if behind < unit.size else ""
    if year < 1400 and unit.words[first - 1 : first] not in (["in"], ["since"], ["of"]):
        return None
    if following in COUNTED:
        return None
    kind = "decade" if found["decade"] else "year"
    return Source(start, end, first, behind - 1, kind, kind, year, _last_year(found))


def _last_year(found: re.Match[str]) -> int:
    return int(found["year"]) + (9 if found["decade"] else 0)


def _past(unit: Unit) -> Iterator[Source]:
    """Yield times without a name: "a bygone era", "two generations ago"."""
    for match in PAST.finditer(unit.text, unit.start, unit.end):
        first, behind = (bisect_left(unit.starts, edge) for edge in match.span())
        yield Source(*match.span(), first, behind - 1, "past", "past", None, None)


def is_eponym(text: str, match: Match) -> bool:
    """Whether a match of the gazetteer is a word made of its name: "Thatcherite"."""
    eponyms = match.entry.extra.get("eponyms")
    return bool(eponyms) and text[match.start : match.end].lower() in eponyms.lower().split("|")


def _entry(match: Match, unit: Unit) -> Source:
    extra = match.entry.extra
    began = year_of(extra["start"]) if extra.get("start") else None
    ended = year_of(extra["end"]) if extra.get("end") else began
    surface = unit.text[match.start : match.end].lower()
    name = match.entry.patterns[0].lower().split()
    named = any(word.removesuffix("'s").removesuffix("’s") in name for word in surface.split())
    return Source(
        match.start, match.end, match.first - unit.low, match.last - unit.low, match.entry.id,
        extra.get("kind", ""), began, ended, is_eponym(unit.text, match), named,
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
    while last + 1 < unit.size and last - source.last < TRAILING and not unit.breaks[last + 1]:
        word = unit.words[last + 1]
        if word in cl.PREPOSITIONS or word in cl.CONJUNCTIONS or word in cl.RELATIVES:
            break
        if cl.is_finite(word) or word in cl.COMPLEMENTISERS or word in cl.PRONOUNS:
            break
        last += 1
    return source._replace(last=last, end=unit.ends[last])


def _written(document: Document) -> int | None:
    """Return the year in which a text was written, as far as its date tells."""
    year = str(document.meta.get("date") or "")[:4]
    return int(year) if year.isdigit() else None


def _is_past(year: int, present: Present) -> bool:
    """Whether a bare year or decade is old enough; see `is_old`."""
    written = present.written
    if written is None:
        written = max(UNDATED, present.latest or 0)
    return written - year >= MIN_AGE


def is_old(source: Source, present: Present) -> bool:
    """Whether the source ended five years or more before the text was written.

    Of a text without a date its latest year tells, if the source is not later than that. A bare
    year in an undated text is taken to be read in 2016 at least, as the package is made for the
    2010s and later; so is a source of the latest year of the text.
    """
    ended, (written, latest) = source.ended, present
    if ended is None:
        return True
    if source.kind in ("year", "decade"):
        return _is_past(ended, present)
    if written is None:
        if latest is None or latest < ended or (latest == ended <= UNDATED - MIN_AGE):
            return True
        written = latest
    return written - ended >= MIN_AGE
