"""Report verbs: the stance a text takes by the word with which it gives somebody's words."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.lexicon import Lexicon
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap, speaker_text

SILENT = "x"  # verbs of refusal that give no words ("declined to say"): cues for the voices only


class ReportVerbs(Extractor):
    """The cue of every attribution, by class: neutral, doubt, manner, thought and the others.

    A cue counts where it gives words to somebody and nowhere else: "claimed that the vase was
    old", never "claimed her expenses". Attributions without a cue are not counted, nor are cues
    that stand in no list. The attributes hold the speaker *of the attribution*, `speaker_name`
    (as written where no name resolves) and `speaker_type`, and its `kind`: direct, indirect or
    mixed. The columns `voice` and `speaker` say, as everywhere, in whose words the cue stands.

    A list of one's own, under an id of its own, reclassifies cues; those it lacks are left out.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Mary Oakes claimed the vase was old. She claimed her expenses."
    >>> hits = annotate(Corpus([Document("a", text)]), [ReportVerbs()])
    >>> hits[["text", "label", "attributes"]].values.tolist()
    [['claimed', 'doubt', '{"speaker_name": "Mary Oakes", "speaker_type": "named", \
"kind": "indirect"}']]
    """

    name = "report_verbs"

    @property
    def entries(self) -> Lexicon:
        """The lexicon in use, without the verbs that never give words."""
        return _spoken(super().entries)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        listed: dict[int, list[Match]] = defaultdict(list)
        for match in reading.matches(self.entries.id):
            listed[match.start].append(match)
        seen: set[tuple[int, int]] = set()
        for one in voices.attributions:
            found = _match_of(listed, one.cue)
            if found is None or one.cue is None or one.cue in seen:
                continue
            seen.add(one.cue)
            entry = found.entry
            attributes = {
                "speaker_name": one.speaker_name or speaker_text(reading.text, one),
                "speaker_type": one.speaker_type,
                "kind": one.kind,
            }
            yield Span(*one.cue, entry.label, entry.strength, entry.id, attributes)


@functools.cache
def _spoken(lexicon: Lexicon) -> Lexicon:
    entries = tuple(entry for entry in lexicon.entries if entry.extra.get("takes") != SILENT)
    return replace(lexicon, entries=entries)


def _match_of(listed: Mapping[int, list[Match]], cue: tuple[int, int] | None) -> Match | None:
    """Return the match that begins where a cue does: of its length, else the longest."""
    if cue is None or cue[0] not in listed:
        return None
    return max(listed[cue[0]], key=lambda match: (match.end == cue[1], match.end))
