"""Hyperbole: absolutes, superlatives and numbers beyond anything that could be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.engine import Cells
from framing.extractors.agency import IRREGULAR
from framing.extractors.base import Extractor
from framing.text import clauses as cl
from framing.text.document import Document, Reading
from framing.text.voices import VoiceMap

DENIALS = frozenset("not neither hardly scarcely cannot".split())
MEASURES = frozenset("almost nearly virtually practically".split())
# Between a denial or a measure and what it takes back: "not quite the", "won't last forever".
BETWEEN = frozenset(
    "a an the be been being all that so very really exactly entirely quite even last continue go "
    "stay remain true".split()
)
BINDING = frozenset("should must may might ought shall".split())
FUTURE = frozenset("will would can could cannot ll".split())
CONDITIONS = frozenset("unless until".split())
SCALE = frozenset("always often sometimes rarely seldom occasionally usually".split())
# With these "never" is a figure of speech whatever the tense: "I never thought", "never had to".
MARVELS = frozenset(
    "thought imagined dreamed dreamt expected believed anticipated foreseen think imagine "
    "dream".split()
)
HEIGHTS = frozenset("such so like kind sort single".split())
NOW = frozenset("is are am".split())
LEADS = frozenset("of by from without while and but for before after".split())
MORE_PAST = frozenset(
    "been did had was were done gone come drank drunk sung swum begun arisen fallen risen grown "
    "wrought won lit ate bit blew drove forgave forgot rang sang spoke stole swam wept".split()
)
LIKE_PRESENT = frozenset(
    "put set cut hit let read cast cost hurt shut split spread quit rid come run".split()
)
PAST = (cl.PAST | IRREGULAR | MORE_PAST) - LIKE_PRESENT


class Hyperbole(Extractor):
    """Words that overstate: absolutes, superlatives, totalities, numbers, images of ruin.

    Matches of the list whose guards hold, under their label; the guards keep out what is meant as
    counted or measured ("all 12", "the total cost"). What is denied or measured right before it is
    no overstatement ("not unprecedented", "nearly every single ward"). An entry with `claim` in its
    column `holds` ("never") counts where it stands for all time, not where it only denies one past
    event or binds somebody; one with `last` ("no matter what") only at the end of a clause.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "It was an utter collapse. The total cost of all 12 was paid a thousand times over."
    >>> annotate(Corpus([Document("a", text)]), [Hyperbole()])[["text", "label"]].values.tolist()
    [['utter', 'totality'], ['a thousand times over', 'number']]
    """

    name = "hyperbole"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            before = cl.clause_words(reading, match.first - 1, -1)
            if _taken_back(before):
                continue
            holds = entry.extra.get("holds")
            behind = cl.clause_words(reading, match.last + 1, 1) if holds else []
            if holds == "claim" and not _claims(before, behind):
                continue
            if holds == "last" and behind and behind[0] not in cl.CONJUNCTIONS:
                continue
            yield match.start, match.end, entry.label, entry.strength, entry.id, None


def _taken_back(before: Sequence[str]) -> bool:
    """Tell whether a denial or a measure stands right before, or with light words between."""
    for place, word in enumerate(before[:4]):
        if word in DENIALS or word.endswith("n't"):
            return before[place + 1 : place + 2] != ["if"]
        if word in MEASURES or (word == "about" and before[place + 1 : place + 2] == ["just"]):
            return True
        if word not in BETWEEN:
            return False
    return False


def _claims(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Tell whether "never" claims something for all time and not that one thing did not happen."""
    helper = next((word for word in before if not _adverb(word)), "")
    verbs = [word for word in behind if not _adverb(word)]
    verb, following = [*verbs, "", ""][:2]
    if verb in FUTURE | BINDING:
        helper, verb, following = verb, following, [*verbs, "", "", ""][2]
    near = [*before, *behind]
    if helper in BINDING or not CONDITIONS.isdisjoint(behind) or not SCALE.isdisjoint(near):
        return False
    if helper in ("you", "one", "we") and verb == "know":
        return False
    if helper in FUTURE or helper.endswith("'ll"):
        return verb != "have" or following in MARVELS
    if not verb or (behind[0] == "before" and before):
        return False
    if verb in MARVELS or not HEIGHTS.isdisjoint(behind[:4]):
        return True
    if verb == "been":
        return not (_past(following) or following in cl.PREPOSITIONS - {"as"})
    if verb == "had":
        return following == "to"
    if helper in cl.HAVE or helper.endswith("'ve"):
        return False
    if verb.endswith("ing"):
        return not before or before[0] in LEADS or helper in cl.BE
    if helper in NOW or helper.endswith(("'re", "'m")):
        return True
    if verb == "to":
        return False
    return not _past(verb)


def _adverb(word: str) -> bool:
    plain = word.endswith("ly") and word not in cl.NOT_LY
    return plain or word in ("even", "ever", "once", "quite", "before", "yet", "also", "just")


def _past(word: str) -> bool:
    return word in PAST or (word.endswith("ed") and word not in cl.NO_ED)
