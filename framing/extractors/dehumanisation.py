"""Dehumanisation: components of speech that denies people their humanity, beside a group term."""

from __future__ import annotations

from collections.abc import Iterator

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.extractors.links import CLOSED
from framing.extractors.metaphor import (
    TARGETS,
    groups_in,
    near,
    nearest_target,
    targets_near,
)
from framing.matcher import Matches, Rows
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap

PLURALS = frozenset("men women people children youth media police elderly homeless poor".split())
PERSONS = frozenset(
    """people persons person men man women woman children child youth youths families family workers
    worker voters supporters population community communities base crowd mob elite elites army
    leader leaders member members""".split()
)
DEEDS = frozenset("attacks protests groups crimes wars riots policies laws plans lies days".split())


class Dehumanisation(Extractor):
    """Animal, vermin, disease, disgust, object and denial of mind, beside a term for people.

    A word of the list counts only where a term for persons (the column `group` of the list
    `metaphor_targets`, with "they" and "them") stands within four words of it in the same
    sentence and is what the word is said of: see `framing.extractors.links` for its column `link`.
    Its column `near` leaves out some kinds, mostly the pronouns. The components are labels and are
    never added up: a count of one says nothing of the others.

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

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Leave out words and terms for persons that are not near each other."""
        return near(found, rows, self.entries.id)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        groups = groups_in(reading).terms
        every = {one.entry.label for one in groups}
        for match in matches:
            entry = match.entry
            kinds = entry.extra.get("near", "").split() or every
            near = targets_near(match, groups)
            heads = [one for one in near if one.first < match.first or _is_head(reading, one)]
            group = nearest_target(reading, match, heads, kinds)
            if group is not None and not (_modifies(reading, match) or _is_name(reading, match)):
                attributes = {
                    "group": reading.text[group.start : group.end],
                    "kind": group.entry.label,
                }
                label, strength = entry.label, entry.strength
                yield match.start, match.end, label, strength, entry.id, attributes


def _next_word(reading: Reading, match: Match) -> str:
    """Return the word behind a match, or nothing where a mark or a possessive stands between."""
    place = match.last + 1
    if place >= reading.n_words or reading.text[match.end : reading.starts[place]] != " ":
        return ""
    return reading.folded[place]


def _is_head(reading: Reading, group: Match) -> bool:
    """Whether a term is no mere modifier of a thing, as it is in "the deranged Democratic plan"."""
    if reading.text[group.end : group.end + 1] == "-":
        return False
    last, word = reading.folded[group.last], _next_word(reading, group)
    if last.endswith("s") or last in PLURALS or not word or word in CLOSED | PERSONS:
        return True
    return not reading.capitals[group.last] and word.endswith("s") and word not in DEEDS


def _modifies(reading: Reading, match: Match) -> bool:
    """Whether a noun only modifies the next one, as in "pig roast"."""
    ways = match.entry.extra.get("link", "").split()
    if "is" not in ways or "adj" in ways or reading.folded[match.last].endswith("s"):
        return False
    word = _next_word(reading, match)
    return bool(word) and word not in CLOSED and not word.endswith("ly")


def _is_name(reading: Reading, match: Match) -> bool:
    """Whether one word stands with a capital alone in mid-sentence, as a surname does."""
    first, behind = reading.sentence_words[reading.sentence_at(match.start)]
    place = match.first
    lower = reading.text[match.start + 1 : match.end].islower()
    if match.last != place or place == first or not lower:
        return False
    if reading.text[reading.ends[place - 1] : match.start].strip(" ,"):
        return False
    around = [one for one in (place - 1, place + 1) if one < behind]
    return reading.capitals[place] > 0 and not any(reading.capitals[one] for one in around)
