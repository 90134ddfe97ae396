"""Metaphor: words of water, war, vermin and others beside the group or topic they are put on."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.extractors.links import linked
from framing.matcher import Matches, Rows
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap

TARGETS = "metaphor_targets"
REACH = 4
TOPICS = ("migration", "welfare", "crime", "economy")
STOPS = frozenset(";:()[]")  # marks no window reaches across


class Metaphor(Extractor):
    """Source domains of metaphor (water, war, vermin, parasite ...) beside a target term.

    A word of the list counts only where a term of the list `metaphor_targets` stands within four
    words of it in the same sentence, with no semicolon, colon or bracket between. Its column
    `near` names the kinds of target it takes; empty is migration, welfare, crime and the economy.
    Its column `link` says how it hangs on the target: see `framing.extractors.links`. The
    attributes hold the target and its kind.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "A tide of migrants, they said. Tide times for Dover are on page two."
    >>> hits = annotate(Corpus([Document("a", text)]), [Metaphor()])
    >>> hits[["text", "label", "attributes"]].values.tolist()
    [['tide', 'water', '{"target": "migrants", "kind": "migration"}']]
    """

    name = "metaphor"
    cues = (TARGETS,)

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Leave out words and targets that are not near each other."""
        return near(found, rows, self.entries.id)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        targets = reading.matches(TARGETS)
        for match in matches:
            entry = match.entry
            kinds = entry.extra.get("near", "").split() or TOPICS
            target = nearest_target(reading, match, targets, kinds)
            if target is not None:
                attributes = {
                    "target": reading.text[target.start : target.end],
                    "kind": target.entry.label,
                }
                label, strength = entry.label, entry.strength
                yield match.start, match.end, label, strength, entry.id, attributes


Terms = Mapping[int, Match]  # by their first word


class Groups(NamedTuple):
    """The terms for persons of one text, their last words, and the terms by their first."""

    terms: Sequence[Match]
    lasts: Sequence[int]
    by_first: Terms


@functools.lru_cache(maxsize=1)
def groups_in(reading: Reading) -> Groups:
    """Return the terms for persons (the column `group` of the list `metaphor_targets`)."""
    terms = [one for one in reading.matches(TARGETS) if one.entry.extra.get("group")]
    return Groups(terms, [one.last for one in terms], {one.first: one for one in terms})


def near(found: Matches, rows: Rows, name: str) -> Rows:
    """Return the rows of the words of a list and of the targets within four words of each other."""
    words, targets = rows[name], rows[TARGETS]
    low, high = found.first[targets] - REACH, found.last[targets] + 1 + REACH
    words = found.touching(words, low, high)
    low, high = found.first[words] - REACH, found.last[words] + 1 + REACH
    return {name: words, TARGETS: found.touching(targets, low, high)}


def nearest_target(
    reading: Reading, match: Match, targets: Sequence[Match], kinds: Collection[str]
) -> Match | None:
    """Return the nearest target within four words of a match that it hangs on, or None.

    The targets come in the order of the text.
    """
    near = [
        (distance, target)
        for target in targets_near(match, targets)
        if (distance := _distance(match, target)) <= REACH and target.entry.label in kinds
    ]
    for _, target in sorted(near, key=lambda item: item[0]):
        if not _parted(reading, match, target) and linked(reading, match, target):
            return target
    return None


def targets_near(match: Match, targets: Sequence[Match]) -> Sequence[Match]:
    """Return the targets within four words of a match."""
    first = bisect_left(targets, match.first - REACH, key=lambda target: target.last)
    behind = bisect_right(targets, match.last + REACH, key=lambda target: target.first)
    return targets[first:behind]


def _distance(match: Match, target: Match) -> int:
    """Return how many words away the target is; overlapping is too far."""
    if target.first > match.last:
        return target.first - match.last
    return match.first - target.last if target.last < match.first else REACH + 1


def _parted(reading: Reading, match: Match, target: Match) -> bool:
    """Whether a sentence ends between the two, or a mark that windows do not reach across."""
    if reading.sentence_at(match.start) != reading.sentence_at(target.start):
        return True
    low, high = sorted((match, target), key=lambda one: one.first)
    places = range(low.last, high.first + 1)
    gaps = (reading.text[reading.ends[a] : reading.starts[b]] for a, b in pairwise(places))
    return any(not STOPS.isdisjoint(gap) or "\n\n" in gap for gap in gaps)
