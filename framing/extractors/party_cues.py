"""Party cues: who is placed on a side, moved to a pole, or tied to a name that judges."""

from __future__ import annotations

from collections.abc import Iterator

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap


class PartyCues(Extractor):
    """Words that place, move or tie somebody to one side of politics.

    The label says how, the attribute `side` which side is spoken of (not whose side the speaker
    is on). They are no contested names: `PartisanFraming` counts those, and the two are never
    added up.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "A steady creep to the right; a Corbyn-backed candidate."
    >>> hits = annotate(Corpus([Document("a", text)]), [PartyCues()])
    >>> hits[["text", "label", "attributes"]].values.tolist()
    [['creep to the right', 'movement', '{"side": "right"}'], \
['Corbyn-backed', 'association', '{"side": "left"}']]
    """

    name = "party_cues"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            side = {"side": entry.extra["side"]}
            yield match.start, match.end, entry.label, entry.strength, entry.id, side
