"""Sourcing: what a text hangs on nobody in particular, and who gave it no answer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

VERBS = frozenset(
    "say says said saying tell tells told claim claims claimed insist insists insisted suggest "
    "suggests suggested warn warns warned believe believes believed fear fears feared add adds "
    "added confirm confirms confirmed deny denies denied reveal reveals revealed describe "
    "describes described expect expects expected indicate indicates indicated concede concedes "
    "conceded admit admits admitted argue argues argued acknowledge acknowledges acknowledged "
    "estimate estimates estimated suspect suspects suspected caution cautions cautioned alleged "
    "alleges allege explain explains explained maintain maintains maintained contend contends "
    "contended note notes noted disputed dispute disputes grumbled described stressed called "
    "complained predicted".split()
)
BETWEEN = frozenset("has have had also then later still now privately repeatedly who since".split())
POST = frozenset("familiar with who in at on from briefed close involved speaking working".split())
LEADS = re.compile(  # in lower case, as is `PERCENT`
    r"\b(?:according to|citing|cited|cites|quoting|quoted|quotes|told (?:\w+ ){1,3}?by|"
    r"interview with|confirmed by)(?: [\w.’'-]+,?){0,6} ?$"
)
HEADS = frozenset("of against with between to by from targeting".split())
PARTS = frozenset(
    "one two three four five six seven eight nine ten some many most several few group number "
    "majority couple dozen dozens scores hundreds thousands handful range variety chorus all "
    "both half none any lot lots plenty series".split()
)
DEFINITE = frozenset(
    "the these those his her their its my our your both two three four five six seven eight nine "
    "ten dozen".split()
)
PERCENT = re.compile(r"(?:\d|%|\bper ?cent|\bhalf|\bthirds?|\bquarters?)[^.;,]{0,18}$")
NAMED = re.compile(r",? [A-Z][\w’'-]+(?:,| [A-Z][\w.’'-]+)")
APPOSED = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+, (?:an?|the|\w+['’]s?) (?:[\w-]+ ){0,2}$")
STOPS = frozenset(
    "that which who whom when where if as while and or but because a an is are".split()
)
EDGES = STOPS | HEADS | DEFINITE | PARTS  # before a noun and what describes it
STATES = frozenset("is are was were hope hopes hoped".split())


class Sourcing(Extractor):
    """Anonymous sources, hearsay, refusals to comment, and crowds without members.

    Every match of the list whose guards hold. A rank or role ("administration official",
    "whistleblower": `needs` is "voice") counts only where the text has it speak: as the speaker
    of an attribution, before a verb of report, behind "according to" and its like; not where it
    acts, is acted upon or stands beside a name; one called a source ("Labour source": "source")
    also where it is pleased. Other nouns before a verb must be its subject
    and not hang on another noun ("the targeting of officials suggests"), and a crowd is none
    where it is counted or a known group ("open": "60% of voters say", "the lawyers said").

    Where the cue or the speaker of an attribution overlaps the match, the attributes hold that
    attribution's `speaker_type`: "anonymous" for "critics say", "unspecified" for "it is
    understood that".

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Critics say the yard is understood to be sold. The firm declined to comment."
    >>> annotate(Corpus([Document("a", text)]), [Sourcing()])[["text", "label"]].values.tolist()
    [['Critics', 'crowd'], ['is understood to', 'hearsay'], ['declined to comment', 'no_comment']]
    """

    name = "sourcing"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        speakers = _Speakers(voices)
        for match in matches:
            entry = match.entry
            needs = entry.extra.get("needs")
            spoken = needs not in ("voice", "source") or _speaks(reading, speakers, match)
            if not (spoken or (needs == "source" and _has_a_mood(reading, match))):
                continue
            if needs in ("open", "head") and _hangs_on_another(reading, match):
                continue
            if needs == "open" and _is_known_group(reading, match):
                continue
            kind = speakers.type_at(match.start, match.end)
            attributes = {"speaker_type": kind} if kind is not None else None
            yield match.start, match.end, entry.label, entry.strength, entry.id, attributes


class _Speakers:
    """The cues and speakers of a text's attributions, in order, with the type of speaker."""

    def __init__(self, voices: VoiceMap) -> None:
        self._places: list[tuple[int, int, str]] = []
        self._reach = 0
        for _, _, cue, speaker, _, kind in voices.attributions:
            for place in (cue, speaker):
                if place is not None:
                    low, high = place
                    self._places.append((low, high, kind))
                    if high - low > self._reach:
                        self._reach = high - low
        self._places.sort()

    def type_at(self, start: int, end: int) -> str | None:
        """Return the type of the first speaker whose cue or name overlaps a stretch."""
        first = bisect_left(self._places, (start - self._reach,))
        for low, high, kind in self._places[first : bisect_left(self._places, (end,))]:
            if low < end and start < high:
                return kind
        return None


def _sentence(reading: Reading, match: Match) -> tuple[int, int]:
    """Return the first word of a match's sentence, and the first word behind it."""
    return reading.sentence_words[reading.sentence_at(match.start)]


def _speaks(reading: Reading, speakers: _Speakers, match: Match) -> bool:
    """Whether a rank or role is where the text has its information from."""
    text = reading.text
    low, _ = _sentence(reading, match)
    before = text[reading.starts[low] : match.start]
    if NAMED.match(text, match.end) or APPOSED.search(before[-60:]):
        return False
    if LEADS.search(before[-110:].lower()):
        return True
    heard = speakers.type_at(match.start, match.end) is not None or _before_verb(reading, match)
    return heard and not _hangs_on_another(reading, match)


def _before_verb(reading: Reading, match: Match) -> bool:
    """Whether a verb of report follows, right behind or behind what tells which source it is."""
    _, high = _sentence(reading, match)
    index = match.last + 1
    while index < high and (
        reading.folded[index] in BETWEEN or reading.traits.adverb[reading.first_word + index]
    ):
        index += 1
    if index < high and reading.folded[index] in VERBS:
        return True
    if index < high and reading.folded[index] in POST:
        return bool(VERBS & set(reading.folded[index : min(index + 9, high)]))
    return False


def _has_a_mood(reading: Reading, match: Match) -> bool:
    """Whether a source is the subject of a state: what it feels it must have told."""
    index = match.last + 1
    return index < _sentence(reading, match)[1] and reading.folded[index] in STATES


def _phrase(reading: Reading, match: Match) -> int:
    """Return the word that stands before a noun and at most three words that describe it."""
    low, _ = _sentence(reading, match)
    index = match.first - 1
    while index >= low and match.first - index <= 4:
        gap = reading.text[reading.ends[index] : reading.starts[index + 1]]
        if gap.strip(" -\n") or reading.folded[index] in EDGES:
            break
        if reading.ends[index] != reading.cores[index]:
            break
        index -= 1
    return index


def _hangs_on_another(reading: Reading, match: Match) -> bool:
    """Whether the noun only completes another one, which is the subject of the verb behind it."""
    low, _ = _sentence(reading, match)
    index = _phrase(reading, match)
    if index <= low or reading.folded[index] not in HEADS:
        return False
    if reading.text[reading.ends[index] : reading.starts[index + 1]].strip():
        return False
    before = reading.folded[index - 1]
    return before not in PARTS and before not in ("according", "percent", "cent", "front")


def _is_known_group(reading: Reading, match: Match) -> bool:
    """Whether the people were counted, or were met before and have a definite article."""
    low, _ = _sentence(reading, match)
    before = reading.text[reading.starts[low] : match.start]
    if PERCENT.search(before[-45:].lower()):
        return True
    index = _phrase(reading, match)
    if index < low:
        return False
    joined = not reading.text[reading.ends[index] : reading.starts[index + 1]].strip(" -\n")
    owned = reading.ends[index] != reading.cores[index]
    return joined and (owned or reading.folded[index] in DEFINITE)
