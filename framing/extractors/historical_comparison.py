"""Historical comparison: a present thing set beside a past event, person, regime, era or speech."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from framing.comparison import roles
from framing.comparison.gazetteer import NAME, Added, with_entries
from framing.comparison.ranker import Ranker, span_features
from framing.comparison.reach import ALONE, CUES, in_reach
from framing.comparison.rules import Cue, Found, apply, first_time, vossian
from framing.comparison.sources import Source, is_eponym, is_old, past_of, sources_in
from framing.comparison.suppress import is_suppressed
from framing.engine import Cells, Span
from framing.extractors.base import Extractor
from framing.lexicon import Entry, Lexicon, load
from framing.matcher import Matches, Rows
from framing.text.clauses import Unit
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap

EXTENDED = ("SUPERLATIVE", "PRECEDENT")


class HistoricalComparison(Extractor):
    """Comparisons of the present with the past, with source, comparator, maker and stance.

    A comparator from the list of cues must stand beside a source: an entry of the gazetteer, a
    year or a decade. Eponyms (Thatcherite, McCarthyism) count alone. Types ANALOGY, CONTRAST,
    VOSSIAN, LABEL, ERA and LESSON are core; SUPERLATIVE and PRECEDENT are extended and never
    added to them.

    Parameters
    ----------
    voice, labels, min_words, lexicon
        As for every extractor.
    gazetteer : Lexicon, path of a .tsv, or sequence of mappings, optional
        Sources to add to the shipped ones (see `framing.comparison.gazetteer.with_entries`).
    ranker : Ranker, optional
        A second stage that may drop a rule's hit and never adds one (`framing.comparison.ranker`).
        None is shipped: on the development sentences none did better than the rules alone.

    Notes
    -----
    Known failures: a comparison word far from its source; a source only the context names; plain
    history told with a superlative; shorthand that no gazetteer holds.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> text = "The plan was compared to the poll tax. She was born in 1968."
    >>> hits = annotate(Corpus([Document("a", text)]), [HistoricalComparison()])
    >>> hits[["text", "label"]].values.tolist()
    [['compared to the poll tax', 'ANALOGY']]

    Sources of one's own:

    >>> mine = HistoricalComparison(gazetteer=[{"entry": "custard famine", "start": "1911"}])
    >>> annotate(Corpus([Document("a", "Not since the custard famine ...")]), [mine])["text"].item()
    'Not since the custard famine'
    """

    name = "historical_comparison"
    cues = (CUES,)

    def __init__(
        self,
        *,
        voice: str | None = None,
        labels: bool = False,
        min_words: int = 0,
        lexicon: Lexicon | None = None,
        gazetteer: Added | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        super().__init__(voice=voice, labels=labels, min_words=min_words, lexicon=lexicon)
        self.gazetteer = gazetteer
        self.ranker = ranker

    @property
    def entries(self) -> Lexicon:
        """The gazetteer in use, with the entries added."""
        return self._entries

    @functools.cached_property
    def _entries(self) -> Lexicon:
        base = self.lexicon if self.lexicon is not None else load(NAME)
        return base if self.gazetteer is None else with_entries(self.gazetteer, base)

    @property
    def label_names(self) -> tuple[str, ...]:
        return load(CUES).labels

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Leave out the cues that have no source in reach."""
        return {CUES: in_reach(block, found, rows[CUES], rows[self.entries.id])}

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        cues, names = _by_sentence(reading), reading.matches(self.entries.id)
        likely = cues.keys() | {
            reading.sentence_at(name.start) for name in names if _needs_no_cue(reading, name)
        }
        if not likely:
            return
        past = past_of(document, reading, names, sorted(likely))
        for number, told in past.told.items():
            near = cues.get(number, [])
            if not (any(told) or any(cue.entry.extra["slot"] == ALONE for cue in near)):
                continue
            unit = Unit(reading, reading.sentences[number], (), 0, reading.sentence_words[number])
            sources = [one for one in sources_in(unit, told) if is_old(one, past.present)]
            meant = [
                found
                for found in _comparisons(unit, near, sources)
                if not is_suppressed(unit, found, past.present)
            ]
            for found in _without_overlap(meant):
                span = _span(unit, voices, found)
                if self.ranker is None or self.ranker.keeps(span_features(unit, found, span)):
                    yield span


def _by_sentence(reading: Reading) -> dict[int, list[Match]]:
    """Return the cues of each sentence that has any; one that runs over its end is left out."""
    found: dict[int, list[Match]] = {}
    for cue in reading.matches(CUES):
        number = reading.sentence_at(cue.start)
        within = found.setdefault(number, [])
        if cue.end <= reading.sentences[number][1]:
            within.append(cue)
    return found


def _needs_no_cue(reading: Reading, name: Match) -> bool:
    """Whether a name may need no cue: an eponym, or "the Churchill of"."""
    of = reading.folded[name.last + 1 : name.last + 2] == ["of"]
    return of or is_eponym(reading.text, name)


@functools.cache
def _rule(id: str) -> Entry:
    return next(entry for entry in load(CUES).entries if entry.id == id)


def _comparisons(
    unit: Unit, matches: Sequence[Match], sources: Sequence[Source]
) -> Iterator[Found]:
    for match in matches:
        cue = Cue(match.first - unit.low, match.last - unit.low, match.entry)
        inside = any(s.first <= cue.last and cue.first <= s.last for s in sources)
        if (sources and not inside) or cue.get("slot") == ALONE:
            found = apply(unit, cue, sources)
            if found is not None:
                yield found
    for source in sources:
        if source.eponym:
            yield Found(Cue(source.first, source.last, _rule("21.eponym")), source)
        last = vossian(unit, source)
        if last is not None:
            yield Found(Cue(source.last + 1, source.last + 1, _rule("25.of")), source)


def _without_overlap(found: list[Found]) -> list[Found]:
    """Keep the strongest of comparisons that share words or a source."""
    if len(found) < 2:
        return found
    kept: list[Found] = []
    for one in sorted(
        found, key=lambda one: (-one.cue.rule.strength, one.cue.first - one.cue.last)
    ):
        low, high = _words(one)
        if all(high < first or last < low for first, last in map(_words, kept)):
            kept.append(one)
    return sorted(kept, key=lambda one: _words(one))


def _words(found: Found) -> tuple[int, int]:
    cue, source = found.cue, found.source
    if source is None:
        return cue.first, cue.last
    return min(cue.first, source.first), max(cue.last, source.last)


def _span(unit: Unit, voices: VoiceMap, found: Found) -> Span:
    cue, source = found.cue, found.source
    rule, (first, last) = cue.rule, _words(found)
    label = "PRECEDENT" if first_time(unit, cue) else rule.label
    start, end = unit.starts[first], unit.ends[last]
    target = roles.target(unit, found)
    maker, maker_kind = roles.maker(unit, found, voices)
    attributes = {
        "type": label,
        "core": label not in EXTENDED,
        "source": [source.start, source.end] if source else None,
        "target": [unit.starts[target[0]], unit.ends[target[1] - 1]] if target else None,
        "comparator": [unit.starts[cue.first], unit.ends[cue.last]],
        "maker": maker,
        "maker_kind": maker_kind,
        "stance": roles.stance(unit, found, maker_kind, voices.voice_at(unit.starts[cue.first])),
        "entry": source.entry if source else None,
        "why": _why(unit, found),
    }
    return Span(start, end, label, rule.strength, rule.id, attributes)


def _why(unit: Unit, found: Found) -> str:
    written = unit.text[unit.starts[found.cue.first] : unit.ends[found.cue.last]]
    if found.source is None:
        return f"“{written}” (rule {found.cue.rule.id})"
    source = unit.text[found.source.start : found.source.end]
    return f"“{written}” beside {source} ({found.source.kind}; rule {found.cue.rule.id})"
