"""Moral vocabulary: words that praise or blame, by the concern they appeal to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

CREATURES = frozenset(
    "adults americans animals babies baby boy boys brethren britons brother brothers "
    "buyers  catholics child children christians citizen citizens civilians class classes "
    "colleague colleagues  communities community commuters constituents consumers crew "
    "customers daughter daughters  disabled doctors drivers elderly elders employee "
    "employees families family farmers father  fathers firefighters friend friends gays "
    "girl girls grandchildren guests him hindus homeless  homeowners horses households "
    "humans husband immigrants infants inmates innocent innocents  investors israelis jews "
    "journalists kids laborers labourers landlords lesbians life lives  men migrants "
    "miners minorities minority mother mothers motorists muslims neighbors  neighbours "
    "nurses officers orphans owners palestinians parents passenger passengers patient "
    "patients pedestrians pensioners people person pets player players policemen poor "
    "prisoners  protestants protesters public pupils ratepayers refugees renters residents "
    "savers seniors  shoppers sikhs sister sisters soldier soldiers somebody someone son "
    "sons staff student  students survivor survivors taxpayers teachers teenagers tenant "
    "tenants them toddlers  travelers travellers troops ukrainians unborn us users "
    "veterans victim victims villagers  voters vulnerable weak whistleblowers widow wife "
    "wildlife witness witnesses woman women  worker workers workforce worshippers you "
    "young youth".split()
)
PARTS = frozenset(
    "all both dignity each half health hundreds life lives many millions most much none number "
    "one safety some thousands welfare wellbeing".split()
)  # before "of": "the health of the young"
OBJECTS = frozenset("him them us you".split())  # never a subject
BEFORE_VERBS = cl.AUXILIARIES | cl.ADVERBS
ON = frozenset("to against on upon".split())  # "harm to the young"
STOPS = (cl.PREPOSITIONS | cl.RELATIVES | cl.COMPLEMENTISERS | cl.AUXILIARIES | {"to"}) - {"of"}


class MoralVocabulary(Extractor):
    """Words of five moral concerns, each with its vice: care and harm, fairness and cheating ...

    Every match of the list whose guards hold, under its label. An entry with `people` in its column
    `takes` ("protect", "harm") counts where people or animals are what it is done to: "protect the
    children", "workers were harmed", not "protect the rules". The list is small and our own; a
    larger dictionary, under its own licence, may be given as ``lexicon``.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "They betrayed us with a cruel law. The road was treacherous with ice."
    >>> hits = annotate(Corpus([Document("a", text)]), [MoralVocabulary()])
    >>> hits[["text", "label"]].values.tolist()
    [['betrayed', 'betrayal'], ['cruel', 'harm']]
    """

    name = "moral_vocabulary"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            if entry.extra.get("takes") != "people" or _done_to_people(reading, match):
                yield match.start, match.end, entry.label, entry.strength, entry.id, None


def _done_to_people(reading: Reading, match: Match) -> bool:
    """Tell whether people are the object behind a match, or the subject of a passive."""
    words = cl.clause_words(reading, match.last + 1, 1)
    behind = _object(words[1:] if words and words[0] in ON else words)
    if not CREATURES.isdisjoint(behind) or list(behind[-1:]) == ["her"]:
        return True
    if not reading.word(match.last).endswith("ed"):
        return False
    before = cl.clause_words(reading, match.first - 1, -1)
    subject = [word for word in before if word not in BEFORE_VERBS][:2]
    passive = not cl.BE.isdisjoint(before[:3])
    return passive and not (CREATURES - OBJECTS).isdisjoint(subject)


def _object(words: Sequence[str]) -> Sequence[str]:
    """Return the words up to the end of a noun phrase: "the health of the young" is one."""
    for place, word in enumerate(words):
        if word in STOPS or (word == "of" and words[max(place - 1, 0)] not in PARTS):
            return words[:place]
    return words
