"""Dehumanisation: components of speech that denies people their humanity, beside a group term."""

from __future__ import annotations

from collections.abc import Iterator

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.extractors.metaphor import TARGETS, nearest_target
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap


class Dehumanisation(Extractor):
    """Animal, vermin, disease, disgust, object and denial of mind, beside a term for people.

    A word of the list counts only where a term for persons (the column `group` of the list
    `metaphor_targets`, with "they" and "them") stands within four words of it in the same
    sentence. Its column `near` leaves out some kinds, mostly the pronouns. The components are
    labels and are never added up: a count of one says nothing of the others.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "He called the strikers vermin. The cattle market opens on Monday."
    >>> hits = annotate(Corpus([Document("a", text)]), [Dehumanisation()])
    >>> hits[["text", "label", "attributes"]].values.tolist()
    [['vermin', 'vermin', '{"group": "strikers", "kind": "people"}']]
    """

    name = "dehumanisation"
    cues = (TARGETS,)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        groups = [one for one in reading.matches(TARGETS) if one.entry.extra.get("group")]
        every = {one.entry.label for one in groups}
        for match in matches:
            entry = match.entry
            kinds = entry.extra.get("near", "").split() or every
            group = nearest_target(reading, match, groups, kinds)
            if group is not None:
                attributes = {
                    "group": reading.text[group.start : group.end],
                    "kind": group.entry.label,
                }
                label, strength = entry.label, entry.strength
                yield Span(match.start, match.end, label, strength, entry.id, attributes)
