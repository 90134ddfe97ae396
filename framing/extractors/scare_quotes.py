"""Scare quotes: words the outlet uses and holds at arm's length, in marks that quote nobody."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.lexicon import Entry, Lexicon
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

ALONE = "distance"  # the entry, and label, of marks that no listed words lead in
MARKS = " \u00a0\"'“”‘’„‟«»″‛`´,:"  # may stand between a lead and the words


class ScareQuotes(Extractor):
    """Words in quotation marks inside a sentence of the outlet that are nobody's quotation.

    What the voices call `scare`: short, given to no speaker, and no name of a work. The entries
    are the words that may stand right before the marks and say what the marks are for: "so-called"
    and its like (`so_called`), a name being given (`naming`: "known as"), a word spoken of as a
    word (`mention`: "the word"). Marks without such a lead are `distance`, the measure proper. A
    nickname between two names ("John "Jack" Hill") is dropped.

    Nobody else speaks in scare quotes: they count in the columns `outlet` and `all`.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = 'The "reform" was late. A trick known as "salting" is old.'
    >>> annotate(Corpus([Document("a", text)]), [ScareQuotes()])[["text", "label"]].values.tolist()
    [['reform', 'distance'], ['salting', 'naming']]
    """

    name = "scare_quotes"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        alone = _alone(self.entries)
        leads: Mapping[int, Match] = {m.last: m for m in reading.matches(self.entries.id)}
        for start, end, voice in voices.runs:
            if voice != "scare":
                continue
            first, behind = reading.word_at(start), reading.word_at(end)
            if first == behind or _is_nickname(reading, first, behind):
                continue
            lead = leads.get(first - 1)
            near = lead is not None and not reading.text[lead.end : start].strip(MARKS)
            entry = lead.entry if lead is not None and near else alone
            if entry is not None:
                attributes = {"n_words": behind - first}
                yield Span(start, end, entry.label, entry.strength, entry.id, attributes)


@functools.cache
def _alone(lexicon: Lexicon) -> Entry | None:
    """Return the entry for marks without a lead; a list of one's own may lack it."""
    return next((entry for entry in lexicon.entries if entry.id == ALONE), None)


def _is_nickname(reading: Reading, first: int, behind: int) -> bool:
    """Whether capitalised words stand before, within and after the marks, in mid-sentence."""
    if not 0 < first <= behind < reading.n_words:
        return False
    same = reading.sentence_at(reading.starts[first - 1]) == reading.sentence_at(
        reading.starts[behind]
    )
    return same and all(reading.capitals[i] for i in (first - 1, first, behind))
