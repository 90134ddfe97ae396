"""Historical comparison: a present thing set beside a past event, person, regime, era or speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.lexicon import load
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

CUES = "comparison_cues"
EXTENDED = ("SUPERLATIVE", "PRECEDENT")
LINKS = {"to": ("to",), "with": ("with", "to", "between", "of")}
YEAR = re.compile(r"\b(?:1[0-9]{3}|20[0-4][0-9])(?:s|’s|'s)?\b")
SUPERLATIVE = re.compile(
    r"\b(?:most|least|worst|best|first|highest|lowest|largest|biggest|smallest|deepest|sharpest|"
    r"fastest|steepest|longest|\w{3,}est)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d|%|\bper ?cent\b|\b[mb]illion\b", re.IGNORECASE)
MIN_AGE = 5


class Source(NamedTuple):
    """What is compared to: offsets, id of the entry or "year", and the year it ended."""

    start: int
    end: int
    name: str
    ended: int | None


def _entry_source(match: Match) -> Source:
    date = match.entry.extra.get("end") or match.entry.extra.get("start", "")
    return Source(match.start, match.end, match.entry.id, _year(date) if date else None)


class HistoricalComparison(Extractor):
    """Comparisons of the present with the past, with source, comparator, maker and stance.

    A comparator from the list of cues must stand beside a source: an entry of the gazetteer, a
    year or a decade. Eponyms (Thatcherite, McCarthyism) count alone. Types ANALOGY, CONTRAST,
    VOSSIAN, LABEL, ERA and LESSON are core; SUPERLATIVE and PRECEDENT are extended and never
    added to them.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> text = "The plan was compared to the poll tax. She was born in 1968."
    >>> hits = annotate(Corpus([Document("a", text)]), [HistoricalComparison()])
    >>> hits[["text", "label"]].values.tolist()
    [['compared to the poll tax', 'ANALOGY']]
    """

    name = "historical_comparison"
    cues = (CUES,)

    @property
    def entries(self) -> Any:
        return self.lexicon if self.lexicon is not None else load("history")

    @property
    def label_names(self) -> tuple[str, ...]:
        return load(CUES).labels

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        names = reading.matches(self.entries.id)
        written = str(document.meta.get("date") or "")[:4]
        latest = int(written) if written.isdigit() else None
        years = Counter(int(year.group()[:4]) for year in YEAR.finditer(reading.text))
        starts = [match.start for match in names]
        taken: list[tuple[int, int]] = []
        for cue in reading.matches(CUES):
            sentence = reading.sentences[reading.sentence_at(cue.start)]
            near = names[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]
            source = _source(reading, cue, near, sentence)
            if source is None and cue.entry.extra["slot"] != "none":
                continue
            if source is not None and not _old_enough(reading.text, source, latest, years):
                continue
            if not _in_its_place(reading, cue, source, sentence):
                continue
            span = _span(reading, voices, sentence, cue, source)
            if all(span.end <= start or end <= span.start for start, end in taken):
                taken.append((span.start, span.end))
                yield span
        for match in names:
            eponyms = match.entry.extra.get("eponyms", "").lower().split("|")
            surface = reading.text[match.start : match.end].lower()
            free = all(match.end <= start or end <= match.start for start, end in taken)
            if free and surface in eponyms:
                sentence = reading.sentences[reading.sentence_at(match.start)]
                attributes = _attributes(
                    reading,
                    voices,
                    sentence,
                    "LABEL",
                    None,
                    _entry_source(match),
                )
                yield Span(match.start, match.end, "LABEL", 0.67, "21.eponym", attributes)


def _source(
    reading: Reading, cue: Match, names: Sequence[Match], sentence: tuple[int, int]
) -> Source | None:
    """Return the source of a comparison around its cue, or None."""
    slot, window = cue.entry.extra["slot"], int(cue.entry.extra["window"])
    if slot == "none":
        return None
    if slot == "before":
        for match in names:
            if match.last == cue.first - 1 and sentence[0] <= match.start:
                return _entry_source(match)
        return None
    if slot == "superlative" and not SUPERLATIVE.search(reading.text, sentence[0], cue.start):
        return None
    anchor = cue.last
    if slot in LINKS:
        anchor = _link(reading, cue.last, window, LINKS[slot], sentence[1])
        window = 6
        if anchor < 0:
            return None
    candidates = [
        _entry_source(match)
        for match in names
        if 0 < match.first - anchor <= window + 1 and match.end <= sentence[1]
    ]
    year = YEAR.search(reading.text, reading.ends[anchor], sentence[1])
    if cue.entry.extra.get("sources") == "entry":
        year = None
    if year and 0 < reading.word_at(year.start()) - anchor <= window + 1:
        candidates.append(Source(year.start(), year.end(), "year", _year(year.group()[:4])))
    return min(candidates, key=lambda found: (found.start, -found.end), default=None)


def _link(reading: Reading, last: int, window: int, words: Sequence[str], end: int) -> int:
    for index in range(last + 1, min(last + 1 + window, reading.n_words)):
        if reading.starts[index] >= end:
            break
        if reading.word(index) in words:
            return index
    return -1


def _old_enough(text: str, source: Source, written: int | None, years: Counter[int]) -> bool:
    """Whether the source ended five years or more before the text was written.

    Of a text without a date only the years in it can tell: it is taken to be of the source's own
    time if its latest year is no more than four years later.
    """
    if source.ended is None:
        return True
    if written is None:
        own = YEAR.search(text, source.start, source.end)
        rest = years - Counter([int(own.group()[:4])] if own else [])
        later = [year for year in rest if year >= source.ended]
        return not later or max(later) - source.ended >= MIN_AGE
    return written - source.ended >= MIN_AGE


def _year(date: str) -> int:
    """Return the year of a date ("1956-07-26", "476", "-44")."""
    return int(date[:1] + date[1:].partition("-")[0])


def _in_its_place(
    reading: Reading, cue: Match, source: Source | None, sentence: tuple[int, int]
) -> bool:
    """Whether what the cue asks of its sentence is there: a superlative, or no number nearby."""
    needs = cue.entry.extra.get("needs", "")
    if needs == "superlative":
        return bool(SUPERLATIVE.search(reading.text, sentence[0], cue.start))
    if needs == "no_number":
        low = reading.starts[max(cue.first - 6, 0)]
        high = reading.ends[min(cue.last + 6, reading.n_words - 1)]
        low, high = max(low, sentence[0]), min(high, sentence[1])
        first, last = (source[0], source[1]) if source else (high, high)
        near = reading.text[low : min(first, high)] + " " + reading.text[last : max(last, high)]
        return not NUMBER.search(YEAR.sub("", near))
    return True


def _span(
    reading: Reading,
    voices: VoiceMap,
    sentence: tuple[int, int],
    cue: Match,
    source: Source | None,
) -> Span:
    start, end = cue.start, cue.end
    if source is not None:
        start, end = min(start, source[0]), max(end, source[1])
    attributes = _attributes(reading, voices, sentence, cue.entry.label, cue, source)
    return Span(start, end, cue.entry.label, cue.entry.strength, cue.entry.id, attributes)


def _attributes(
    reading: Reading,
    voices: VoiceMap,
    sentence: tuple[int, int],
    kind: str,
    cue: Match | None,
    source: Source | None,
) -> dict[str, Any]:
    place = cue.start if cue is not None else source[0] if source else sentence[0]
    owner = voices.attribution_at(place)
    maker, maker_kind = None, "outlet"
    if owner is not None:
        maker = owner.speaker_name
        maker_kind = "named" if maker else "unspecified"
    elif cue is not None and _agentless(reading, cue, sentence):
        maker_kind = "unspecified"
    rejected = cue is not None and (
        cue.entry.extra.get("stance") == "reject" or _negated_before(reading, cue.first, sentence)
    )
    reported = maker_kind != "outlet"
    if reading.text[sentence[0] : sentence[1]].rstrip("\"'”’)").endswith("?"):
        stance = "question"
    elif rejected:
        stance = "report_reject" if reported else "reject"
    else:
        stance = "report" if reported else "assert"
    return {
        "type": kind,
        "core": kind not in EXTENDED,
        "source": [source[0], source[1]] if source else None,
        "target": _target(reading, cue, sentence) if cue is not None else None,
        "comparator": [cue.start, cue.end] if cue is not None else None,
        "maker": maker,
        "maker_kind": maker_kind,
        "stance": stance,
        "entry": source[2] if source else None,
    }


def _agentless(reading: Reading, cue: Match, sentence: tuple[int, int]) -> bool:
    """Whether the cue is a passive participle without a `by` phrase."""
    before = [reading.word(i) for i in range(max(cue.first - 3, 0), cue.first)]
    passive = any(word in ("was", "were", "been", "being", "is", "are", "be") for word in before)
    participle = reading.word(cue.first).endswith("ed")
    after = range(cue.last + 1, min(cue.last + 12, reading.n_words))
    agent = any(reading.word(i) == "by" for i in after if reading.starts[i] < sentence[1])
    return passive and participle and not agent


def _negated_before(reading: Reading, first: int, sentence: tuple[int, int]) -> bool:
    words = [
        reading.word(i) for i in range(max(first - 4, 0), first) if reading.starts[i] >= sentence[0]
    ]
    return any(word in ("not", "no", "never", "hardly") or word.endswith("n't") for word in words)


def _target(reading: Reading, cue: Match, sentence: tuple[int, int]) -> list[int] | None:
    """Return the words before the cue's verb group in its clause: what is being compared."""
    skip = "was were is are has have had been being be which that who often also now".split()
    last = cue.first - 1
    while last >= 0 and reading.starts[last] >= sentence[0] and reading.word(last) in skip:
        last -= 1
    first = last
    while first > 0 and reading.starts[first - 1] >= sentence[0] and last - first < 7:
        gap = reading.text[reading.ends[first - 1] : reading.starts[first]]
        if gap.strip() or reading.word(first - 1) in ("over", "that", "and", "but", "as"):
            break
        first -= 1
    if last < 0 or reading.starts[max(first, 0)] < sentence[0]:
        return None
    return [reading.starts[first], reading.ends[last]]
