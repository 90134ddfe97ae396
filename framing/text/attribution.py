"""Attributions of a text: whose words stand where.

So far quotations with marks; reported speech without marks comes through the same door.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from framing.text.document import Match, Reading
from framing.text.quotation import Quotation, find_quotations
from framing.text.speakers import Cast, Speaker, subject_after, subject_before
from framing.text.voices import Attribution, VoiceMap

Piece = tuple[int, int, str, Attribution | None]

REACH = 90
SHORT = 4
BOILERPLATE = re.compile(
    r"(?:read more|more to follow|this is a breaking news story|advertisement|follow us|sign up|"
    r"click here|related:|photo(?:graph)?:|image:|picture:|video:|getty|copyright|©|"
    r"by [A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,| and|$))",
    re.IGNORECASE,
)
TERMINAL = (".", "?", "!", "…", ":", ";", '"', "”", "’", "'", ")", ",")


def find_voices(reading: Reading, cues: Sequence[Match]) -> VoiceMap:
    """Return the voices of a text.

    Parameters
    ----------
    reading : Reading
    cues : sequence of Match
        Matches of the report-verb lexicon, in the order of the text.
    """
    pieces: list[Piece] = [(s, e, "boilerplate", None) for s, e in boilerplate(reading)]
    quotations = [q for q in find_quotations(reading) if q.depth == 0]
    attributions: list[Attribution] = []
    if quotations:
        finder = _Finder(reading, cues, quotations)
        quoted, attributions = finder.pieces()
        covered = [(s, e) for s, e, _, _ in pieces]
        pieces += [p for p in quoted if not any(s <= p[0] < e for s, e in covered)]
        pieces.sort(key=lambda piece: piece[0])
    return VoiceMap(len(reading.text), pieces, attributions)


def boilerplate(reading: Reading) -> list[tuple[int, int]]:
    """Return the paragraphs that are captions, bylines or notes of the site."""
    found = []
    paragraphs = reading.paragraphs
    for number, (start, end) in enumerate(paragraphs):
        text = reading.text[start : min(end, start + 400)]
        if BOILERPLATE.match(text) and end - start < 300:
            found.append((start, end))
            continue
        if 0 < number < len(paragraphs) - 1 and end - start < 200 and not text.endswith(TERMINAL):
            before = reading.text[paragraphs[number - 1][1] - 1]
            after = reading.text[paragraphs[number + 1][1] - 1]
            if before in TERMINAL and after in TERMINAL and text.count(" ") >= 3:
                found.append((start, end))
    return found


@dataclass(slots=True)
class _Source:
    cue: tuple[int, int] | None
    speaker: Speaker | None


class _Finder:
    """Looks around each quotation for its cue and its speaker."""

    def __init__(
        self, reading: Reading, cues: Sequence[Match], quotations: Sequence[Quotation]
    ) -> None:
        self.reading = reading
        self.quotations = quotations
        opens = [q.open for q in quotations]
        closes = [q.close for q in quotations]
        self.cues = []
        for cue in cues:
            index = bisect_right(opens, cue.start) - 1
            if index < 0 or cue.start >= closes[index]:
                self.cues.append(cue)
        self._starts = [cue.start for cue in self.cues]
        self._cast = Cast(reading)
        self._previous: _Source | None = None

    def pieces(self) -> tuple[list[Piece], list[Attribution]]:
        found: list[Piece] = []
        attributions: list[Attribution] = []
        for quotation in self.quotations:
            source, near = self._source(quotation)
            voice = self._voice(quotation, near)
            attribution = None
            if voice == "direct":
                self._previous = source
                speaker = source.speaker
                attribution = Attribution(
                    "direct",
                    ((quotation.start, quotation.end),),
                    source.cue,
                    (speaker.start, speaker.end) if speaker else None,
                    speaker.name if speaker else None,
                    speaker.kind if speaker else "unspecified",
                )
                attributions.append(attribution)
            found.append((quotation.start, quotation.end, voice, attribution))
        return found, attributions

    def _voice(self, quotation: Quotation, near: bool) -> str:
        reading = self.reading
        low, high = reading.word_at(quotation.start), reading.word_at(quotation.end)
        words = reading.text[quotation.start : quotation.end].split()
        ends = reading.text[quotation.end - 1]
        if quotation.continues or near or high - low >= SHORT or ends in ".,?!…":
            capital = [w for w in words if len(w) > 3]
            titled = capital and all(w[0].isupper() for w in capital)
            if titled and not near and len(words) > 1 and ends not in ".,?!…" and high - low < 10:
                return "title"
            return "direct"
        if len(words) > 1 and all(w[:1].isupper() for w in words if len(w) > 3):
            return "title"
        return "scare"

    def _source(self, quotation: Quotation) -> tuple[_Source, bool]:
        """Return cue and speaker, and whether a cue stands in the same sentence."""
        if quotation.continues and self._previous:
            return self._previous, True
        reading = self.reading
        sentence = reading.sentences[reading.sentence_at(max(quotation.close - 1, 0))]
        after = self._cue_between(quotation.close, min(sentence[1], quotation.close + REACH), True)
        opening = reading.sentences[reading.sentence_at(quotation.open)]
        before = self._cue_between(opening[0], quotation.open, False)
        if after is not None and (before is None or self._is_tagged(quotation, after)):
            return self._with_speaker(after, quotation.close, sentence[1]), True
        if before is not None:
            return self._with_speaker(before, opening[0], quotation.open), True
        lead = reading.text[: quotation.open].rstrip()[-1:]
        if lead == ":" and self.cues:
            index = bisect_left(self._starts, quotation.open) - 1
            if index >= 0 and quotation.open - self.cues[index].end < 400:
                cue = self.cues[index]
                start = reading.sentences[reading.sentence_at(cue.start)][0]
                return self._with_speaker(cue, start, quotation.open), True
        floating = self._previous
        if floating and quotation.open - opening[0] <= 1:
            return _Source(None, floating.speaker), False
        return _Source(None, None), False

    def _cue_between(self, start: int, end: int, first: bool) -> Match | None:
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if low >= high:
            return None
        return self.cues[low] if first else self.cues[high - 1]

    def _is_tagged(self, quotation: Quotation, cue: Match) -> bool:
        text = self.reading.text
        gap = text[quotation.close : cue.start]
        ends = text[quotation.end - 1 : quotation.end]
        return ends in (",", "?", "!", "…", ".") or gap.lstrip().startswith(",")

    def _with_speaker(self, cue: Match, low: int, high: int) -> _Source:
        reading = self.reading
        place = (cue.start, cue.end)
        if reading.text[cue.start : cue.end].lower().startswith("according"):
            noun = subject_after(reading, cue, high)
        else:
            inverted = subject_after(reading, cue, high)
            direct = subject_before(reading, cue, low)
            noun = direct if direct is not None else inverted
        return _Source(place, self._cast.resolve(noun) if noun else None)
