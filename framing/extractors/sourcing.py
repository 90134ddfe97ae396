"""Sourcing: what a text hangs on nobody in particular, and who gave it no answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap


class Sourcing(Extractor):
    """Anonymous sources, hearsay, refusals to comment, and crowds without members.

    Every match of the list whose guards hold. Where the cue or the speaker of an attribution
    overlaps the match, the attributes hold that attribution's `speaker_type`: "anonymous" for
    "critics say", "unspecified" for "it is understood that".

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Critics say the yard is understood to be sold. The firm declined to comment."
    >>> annotate(Corpus([Document("a", text)]), [Sourcing()])[["text", "label"]].values.tolist()
    [['Critics', 'crowd'], ['is understood to', 'hearsay'], ['declined to comment', 'no_comment']]
    """

    name = "sourcing"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        speakers = _Speakers(voices)
        for match in matches:
            kind = speakers.type_at(match.start, match.end)
            attributes = {"speaker_type": kind} if kind is not None else None
            entry = match.entry
            yield Span(match.start, match.end, entry.label, entry.strength, entry.id, attributes)


class _Speakers:
    """The cues and speakers of a text's attributions, in order, with the type of speaker."""

    def __init__(self, voices: VoiceMap) -> None:
        self._places = sorted(
            (*place, one.speaker_type)
            for one in voices.attributions
            for place in (one.speaker, one.cue)
            if place is not None
        )
        self._reach = max((end - start for start, end, _ in self._places), default=0)

    def type_at(self, start: int, end: int) -> str | None:
        """Return the type of the first speaker whose cue or name overlaps a stretch."""
        first = bisect_left(self._places, (start - self._reach,))
        for low, high, kind in self._places[first : bisect_left(self._places, (end,))]:
            if low < end and start < high:
                return kind
        return None
