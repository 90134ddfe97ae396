"""Attributions of a text: quotations and reported speech joined into one map of voices."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.document import Match, Reading
from framing.text.nouns import main_subject, noun_after, noun_before
from framing.text.quotation import Quotation, find_quotations
from framing.text.reported import Cue, Range, find_reports
from framing.text.speakers import Cast, Speaker
from framing.text.voices import Attribution, Piece, Span, VoiceMap, paint

SHORT = 4
BOILERPLATE = re.compile(
    r"(?:read more|more to follow|this is a breaking news story|advertisement|follow us|sign up|"
    r"click here|related:|photo(?:graph)?:|image:|picture:|video:|getty|copyright|©|"
    r"by [A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,| and|$))",
    re.IGNORECASE,
)
TERMINAL = (".", "?", "!", "…", ":", ";", '"', "”", "’", "'", ")", ",")
TWEET = re.compile(r"\s+[—–-]{1,2} ([^()\n—]{2,60}) \(@\w{2,20}\)")
NAMING = frozenset("called dubbed known termed named titled entitled so-called branded".split())
WORKS = frozenset(
    "film book novel song album play essay article documentary poem report series show memoir "
    "titled entitled called column podcast pamphlet exhibition painting hashtag headlined".split()
)


def find_voices(reading: Reading, cues: Sequence[Match]) -> VoiceMap:
    """Return the voices of a text.

    Parameters
    ----------
    reading : Reading
    cues : sequence of Match
        Matches of the report-verb lexicon, in the order of the text.

    Notes
    -----
    Quotations are paired first; sentences that a quotation runs over are read as one unit. In
    each unit the frames of `reported` look around the cues; what a frame covers belongs to its
    subject, marks or not. Quotations no frame covers go to a floating speaker, or are titles,
    terms or scare quotes.
    """
    aside = [(start, end, "boilerplate", None) for start, end in boilerplate(reading)]
    quotations = [q for q in find_quotations(reading) if q.depth == 0]
    finder = _Finder(reading, quotations)
    finder.read_tweets()
    edges = [start for start, _, _, _ in aside]
    for unit, inside, local in _units(reading, quotations, cues):
        index = bisect_right(edges, unit.start) - 1
        if index < 0 or unit.start >= aside[index][1]:
            finder.read(unit, inside, local)
    pieces = paint([*finder.pieces, *aside])
    return VoiceMap(len(reading.text), pieces, finder.attributions)


def boilerplate(reading: Reading) -> list[Span]:
    """Return the paragraphs that are captions, bylines or notes of the site."""
    found = []
    paragraphs = reading.paragraphs
    for number, (start, end) in enumerate(paragraphs):
        text = reading.text[start : min(end, start + 400)]
        if BOILERPLATE.match(text) and end - start < 300:
            found.append((start, end))
            continue
        caption = end - start < 200 and not text.endswith(TERMINAL) and "(@" not in text
        if caption and 0 < number < len(paragraphs) - 1:
            before = reading.text[paragraphs[number - 1][1] - 1]
            after = reading.text[paragraphs[number + 1][1] - 1]
            if before in TERMINAL and after in TERMINAL and text.count(" ") >= 3:
                found.append((start, end))
    return found


def _units(
    reading: Reading, quotations: Sequence[Quotation], cues: Sequence[Match]
) -> Iterator[tuple[Unit, range, list[Cue]]]:
    """Yield the stretches that hold a cue or a quotation, with both."""
    sentences, count = reading.sentences, len(quotations)
    cue_starts = [cue.start for cue in cues]
    quote, number = 0, 0
    while number < len(sentences):
        start, end = sentences[number]
        first = quote
        while True:
            while quote < count and quotations[quote].open < end:
                end = max(end, quotations[quote].close)
                quote += 1
            while number + 1 < len(sentences) and sentences[number + 1][0] < end:
                number += 1
                end = max(end, sentences[number][1])
            if quote >= count or quotations[quote].open >= end:
                break
        number += 1
        low, high = bisect_left(cue_starts, start), bisect_left(cue_starts, end)
        useful = [cue for cue in cues[low:high] if _gives_words(cue, first < quote)]
        if not useful and first == quote:
            continue
        inside = range(first, quote)
        unit = Unit(reading, (start, end), quotations[first:quote], first)
        local = [
            Cue(cue.first - unit.low, cue.last - unit.low, cue.entry)
            for cue in useful
            if unit.quote[cue.first - unit.low] < 0
        ]
        yield unit, inside, local


def _gives_words(cue: Match, quoted: bool) -> bool:
    """Whether a cue can give words here: some never do, some only with quotation marks."""
    takes = cue.entry.extra["takes"]
    return bool(takes != "x" and (quoted or takes != "q"))


class _Finder:
    """Reads unit after unit and remembers who spoke last."""

    def __init__(self, reading: Reading, quotations: Sequence[Quotation]) -> None:
        self.reading = reading
        self.quotations = quotations
        self._starts = [quotation.start for quotation in quotations]
        self.cast = Cast(reading, quotations)
        self.attributions: list[Attribution] = []
        self.pieces: list[Piece] = []
        self._last: Attribution | None = None
        self._last_end = 0

    def read_tweets(self) -> None:
        """Give what stands before "— Name (@handle)" in a paragraph to that name."""
        text, end = self.reading.text, 0
        if "(@" not in text:
            return
        openings = [start for start, _ in self.reading.paragraphs]
        for match in TWEET.finditer(text):
            start = max(openings[bisect_right(openings, match.start()) - 1], end)
            end = match.end()
            speaker = self.cast.resolve(match.span(1))
            name = speaker.name or match.group(1)
            span = (start, match.start())
            self._keep(Attribution("direct", (span,), None, match.span(1), name, "named"), "direct")

    def read(self, unit: Unit, inside: range, cues: list[Cue]) -> None:
        claimed: set[int] = set()
        for report in find_reports(unit, cues):
            quotes = {quote for low, high in report.pieces for quote in unit.quote[low:high]}
            if report.takes != "q" or quotes - {-1}:
                self._add(unit, report.pieces, report.cue, report.subject)
                claimed |= quotes
        for number in inside:
            if number not in claimed:
                self._unclaimed(unit, number)
        self._last_end = unit.end

    def _unclaimed(self, unit: Unit, number: int) -> None:
        quotation = self.quotations[number]
        span = (bisect_left(unit.starts, quotation.start), bisect_left(unit.starts, quotation.end))
        words = range(*span)
        if not words:
            return
        if self._whole(unit, quotation, words):
            subject, cue = _tag(unit, span)
            if subject is None and span[0] and ":" in unit.gaps[span[0]]:
                subject = main_subject(unit, span[0]) or noun_before(unit, span[0])
            if subject is not None:
                self._add(unit, (span,), cue, subject)
            else:
                self._float(unit, span, quotation)
            return
        voice = _class_of(unit, words)
        if voice == "direct":
            subject = main_subject(unit, len(unit)) if words[0] else None
            self._add(unit, (span,), None, subject)
        else:
            self.pieces.append((quotation.start, quotation.end, voice, None))

    def _whole(self, unit: Unit, quotation: Quotation, words: range) -> bool:
        """Whether the quotation is a sentence or more rather than a part of one."""
        lead = unit.gaps[words[0]]
        alone = quotation.open <= unit.start + 1
        last = unit.text[quotation.end - 1 : quotation.end]
        behind = unit.gaps[words[-1] + 1]
        tagged = last in ",?!." or "," in behind[:3]
        if alone and (words[-1] + 1 == len(unit) or tagged) and len(words) > 1:
            return True
        return quotation.continues or ":" in lead or (alone and len(words) >= 8)

    def _float(self, unit: Unit, span: Range, quotation: Quotation) -> None:
        """A quotation without a cue: the last speaker goes on, or nobody is named."""
        last = self._last
        near = unit.start - self._last_end < 40 or quotation.continues
        if last is not None and near and self._goes_on(last, unit):
            self._extend(last, (quotation.start, quotation.end))
            return
        if last is not None and near:
            attribution = Attribution(
                "direct", ((quotation.start, quotation.end),), None, last.speaker,
                last.speaker_name, last.speaker_type,
            )  # fmt: skip
            self._keep(attribution)
            return
        self._add(unit, (span,), None, None)

    def _goes_on(self, last: Attribution, unit: Unit) -> bool:
        newest = last is self.attributions[-1] and last.kind == "direct"
        return newest and "\n" not in unit.text[self._last_end : unit.start]

    def _extend(self, last: Attribution, span: Span) -> None:
        """Give one more piece of the same quotation to its attribution."""
        longer = replace(last, content=(*last.content, span))
        self.attributions[-1] = self._last = longer
        for index in range(max(len(self.pieces) - 2 * len(longer.content), 0), len(self.pieces)):
            if self.pieces[index][3] is last:
                self.pieces[index] = (*self.pieces[index][:3], longer)
        self.pieces.append((*span, "direct", longer))

    def _add(
        self, unit: Unit, ranges: Sequence[Range], cue: Range | None, subject: Range | None
    ) -> None:
        speaker: Speaker | None = None
        if subject is not None:
            place = (unit.starts[subject[0]], unit.ends[subject[1] - 1])
            speaker = self.cast.resolve(place)
        content: list[Span] = []
        quoted = plain = 0
        for low, high in ranges:
            for first, last in _runs(unit, low, high):
                content.append((unit.starts[first], unit.ends[last]))
                inside = unit.quote[first] >= 0
                quoted += inside
                plain += not inside
        if not content:
            return
        kind = "direct" if quoted and not plain else "mixed" if quoted else "indirect"
        self._keep(
            Attribution(
                kind,
                tuple(self._widened(span) for span in content),
                (unit.starts[cue[0]], unit.ends[cue[1] - 1]) if cue else None,
                (speaker.start, speaker.end) if speaker else None,
                speaker.name if speaker else None,
                speaker.kind if speaker else "unspecified",
            )
        )

    def _widened(self, span: Span) -> Span:
        """Take in the final stop of a quotation."""
        index = bisect_right(self._starts, span[0]) - 1
        if index >= 0 and self.quotations[index].start <= span[0] < self.quotations[index].end:
            return span[0], max(span[1], min(self.quotations[index].end, span[1] + 3))
        return span

    def _keep(self, attribution: Attribution, voice: str = "") -> None:
        self.attributions.append(attribution)
        if attribution.speaker is not None:
            self._last = attribution
        for start, end in attribution.content:
            index = bisect_right(self._starts, start) - 1
            inside = index >= 0 and start < self.quotations[index].end
            found = voice or ("direct" if inside else "indirect")
            self.pieces.append((start, end, found, attribution))


def _runs(unit: Unit, low: int, high: int) -> Iterator[Range]:
    """Cut a range of words where a quotation begins or ends; both ends are given."""
    if not unit.quoted:
        if low < high:
            yield low, high - 1
        return
    first = low
    for index in range(low, high):
        if index + 1 == high or unit.quote[index + 1] != unit.quote[index]:
            yield first, index
            first = index + 1


def _tag(unit: Unit, span: Range) -> tuple[Range | None, Range | None]:
    """Return subject and verb of a tag whose verb is no known cue: "Q," the minister gushed."""
    behind = span[1]
    for verb in range(behind, min(behind + 12, len(unit))):
        word = unit.words[verb]
        if verb > behind and unit.breaks(verb):
            break
        if (word.endswith("ed") or word in cl.PAST) and len(word) > 3:
            if verb == behind:
                return noun_after(unit, verb + 1), (verb, verb + 1)
            return noun_before(unit, verb), (verb, verb + 1)
    return None, None


def _class_of(unit: Unit, words: range) -> str:
    """Return title, direct or scare for a quotation inside a sentence."""
    first, last = words[0], words[-1]
    text = unit.text[unit.starts[first] : unit.ends[last]].split()
    lead = unit.words[max(first - 3, 0) : first]
    long_words = [word for word in text if len(word) > 3]
    capitals = bool(long_words) and all(word[0].isupper() for word in long_words)
    if capitals and (len(text) > 1 or WORKS & set(lead)):
        return "title"
    if len(words) >= SHORT and not NAMING & set(lead[-1:]):
        return "direct"
    return "scare"
