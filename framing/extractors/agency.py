"""Agency: who acts and who is acted on; passives without an agent, and actions made into nouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.extractors.metaphor import TARGETS
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

GET = frozenset("get gets got getting gotten".split())
PASSIVE = cl.BE | GET
SKIPPED = cl.ADVERBS | cl.NEGATIONS | {"being", "been"}
BETWEEN = 3  # adverbs and negations between the auxiliary and the participle
AGENT = 7  # words behind the participle within which "by" names the agent
SUBJECT = 4  # words before the auxiliary within which the subject ends
IRREGULAR = frozenset(
    "beaten begun bitten blown bought bound broken brought built burnt caught chosen cut "
    "dealt done drawn driven eaten fed fought forbidden forgiven forgotten found frozen given "
    "grown heard held hidden hit hurt kept killed laid led left let lost made meant met "
    "overthrown overturned paid put read rebuilt ridden rung run seen sent set shaken shot "
    "shown shut slain sold sought spent split spoken spread stolen struck stuck sued sunk "
    "swept sworn taken taught thrown told torn undone upheld withdrawn withheld won worn "
    "woven written overrun overseen wound swollen strewn smitten".split()
)  # fmt: skip
NO_PASSIVE = frozenset(
    "interested married concerned used supposed based located involved born worried excited "
    "tired pleased delighted satisfied surprised disappointed ashamed scared frightened bored "
    "confused determined dedicated committed devoted convinced prepared qualified experienced "
    "talented related unrelated limited united divided opposed inclined accustomed entitled "
    "crowded complicated sophisticated detailed advanced aged retired naked wicked sacred "
    "beloved red need indeed speed embarrassed exhausted relaxed thrilled alarmed amazed "
    "astonished upset due gone come been had said set let put read run left lost won met "
    "hundred infrared engaged divorced widowed drunk poised mistaken well-known expected scheduled "
    "required allowed able thousand shed bed ted wed".split()
)  # fmt: skip
NO_AGENT = cl.DAYS | frozenset(
    "then now at far no means default doing about half next last end noon midnight virtue way "
    "accident mistake law hand mail post phone email car train bus air sea road using".split()
)


class Agency(Extractor):
    """Passives with and without an agent, and actions told as nouns.

    A passive is a form of *be* or *get* with a past participle, up to three adverbs between.
    Where a term for a group stands as its subject or agent, the attributes `done_to` and
    `done_by` say which; the share of passives without an agent is
    ``agentless / (agentless + with agent)`` over the counts of the labels.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Mistakes were made. Migrants were held by protesters."
    >>> hits = annotate(Corpus([Document("a", text)]), [Agency()])
    >>> hits[["text", "label", "attributes"]].values.tolist()
    [['were made', 'agentless_passive', '{}'], ['were held by', 'passive_with_agent', \
'{"done_to": "Migrants", "done_by": "protesters"}']]
    """

    name = "agency"
    cues = (TARGETS,)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        groups = [one for one in reading.matches(TARGETS) if one.entry.extra.get("group")]
        for match in reading.matches(self.entries.id):
            entry = match.entry
            done = _of(reading, match, groups)
            yield Span(match.start, match.end, entry.label, entry.strength, entry.id, done)
        words = reading.folded
        for place, word in enumerate(words):
            if word in PASSIVE:
                yield from _passive(reading, place, groups)


def _of(reading: Reading, match: Match, groups: Sequence[Match]) -> dict[str, Any]:
    """Return whom a noun of action is done to: "the deportation of families"."""
    if reading.folded[match.last] != "of":
        return {}
    found = _first(groups, match.last + 1, match.last + SUBJECT)
    return {"done_to": _written(reading, found)} if found else {}


def _passive(reading: Reading, place: int, groups: Sequence[Match]) -> Iterator[Span]:
    words, at = reading.folded, place + 1
    last = min(len(words), place + 1 + BETWEEN)
    while at < last and _between(words[at]):
        at += 1
    if at >= len(words) or not _participle(words[at]) or _parted(reading, place, at):
        return
    low, high = reading.sentence_words[reading.sentence_at(reading.starts[place])]
    if at >= high:
        return
    if reading.text[reading.ends[at] : reading.ends[at] + 1] == "-":  # "was well-known-looking"
        return
    by = _agent(reading, at, high)
    done: dict[str, Any] = {}
    subject = _last(groups, max(low, place - SUBJECT), place - 1)
    if subject is not None and not _parted(reading, subject.last, place):
        done["done_to"] = _written(reading, subject)
    if by is None:
        start, end = reading.starts[place], reading.ends[at]
        yield Span(start, end, "agentless_passive", 0.67, "agentless passive", done)
        return
    agent = _first(groups, by + 1, by + SUBJECT)
    if agent is not None:
        done["done_by"] = _written(reading, agent)
    start, end = reading.starts[place], reading.ends[by]
    yield Span(start, end, "passive_with_agent", 0.33, "passive with agent", done)


def _between(word: str) -> bool:
    if word in SKIPPED:
        return True
    return word.endswith("ly") and len(word) > 4 and word not in cl.NOT_LY


def _participle(word: str) -> bool:
    if word in NO_PASSIVE:
        return False
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 4 and word[-3] not in "e")


def _agent(reading: Reading, verb: int, high: int) -> int | None:
    """Return the place of a "by" that names who did it, within a few words of the verb."""
    for place in range(verb + 1, min(high, verb + 1 + AGENT)):
        if _parted(reading, place - 1, place):
            return None
        word = reading.folded[place]
        if word in ("who", "which", "that", "and", "but") or word in cl.MODALS:
            return None
        if word == "by" and place + 1 < high:
            behind = reading.folded[place + 1]
            no = behind in NO_AGENT or behind.endswith("ing") or behind[:1].isdigit()
            return None if no or _parted(reading, place, place + 1) else place
    return None


def _parted(reading: Reading, first: int, last: int) -> bool:
    gaps = reading.text[reading.ends[first] : reading.starts[last]]
    return any(mark in gaps for mark in (",", ";", ":", "(", ")", "—", "–", "\n\n"))


def _last(groups: Sequence[Match], low: int, high: int) -> Match | None:
    return next((one for one in reversed(groups) if low <= one.first and one.last <= high), None)


def _first(groups: Sequence[Match], low: int, high: int) -> Match | None:
    return next((one for one in groups if low <= one.first and one.last <= high), None)


def _written(reading: Reading, match: Match) -> str:
    return reading.text[match.start : match.end]
