"""Presupposition: wording that takes something for granted instead of saying it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap


class Presupposition(Extractor):
    """Triggers of presuppositions: again, still, stop failing, the problem of, the migrant crisis.

    Every match of the list whose guards hold, under its label. The column `unless` names uses that
    do not count: `connective` ("Still, ..." and "Again, ...", set off by commas), `embedded` (a
    question word outside a question). A hit is a flag for a reader: what is taken for granted may
    well be true and agreed.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Ministers still fish in still water. They must stop failing tenants."
    >>> hits = annotate(Corpus([Document("a", text)]), [Presupposition()])
    >>> hits[["text", "label"]].values.tolist()
    [['still', 'continuation'], ['stop', 'change']]
    """

    name = "presupposition"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            unless = entry.extra.get("unless")
            if not unless or not UNLESS[unless](reading, match):
                yield match.start, match.end, entry.label, entry.strength, entry.id, None


def _connective(reading: Reading, match: Match) -> bool:
    """Whether commas, or the start of the sentence and a comma, set a word off."""
    text = reading.text
    if text[match.end : match.end + 1] not in {",", ":"}:
        return False
    start = reading.sentences[reading.sentence_at(match.start)][0]
    before = text[start : match.start].rstrip()
    return text[match.start].isupper() or not before or before[-1] in ",;:—–-(\u2026"


def _embedded(reading: Reading, match: Match) -> bool:
    """Whether a question word stands in no question."""
    start, end = reading.sentences[reading.sentence_at(match.start)]
    return "?" not in reading.text[max(start, end - 3) : end]


UNLESS: dict[str, Callable[[Reading, Match], bool]] = {
    "connective": _connective,
    "embedded": _embedded,
}
