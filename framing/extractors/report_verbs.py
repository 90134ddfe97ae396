"""Report verbs: the stance a text takes by the word with which it gives somebody's words."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace

from framing.engine import Cells
from framing.extractors.base import Extractor
from framing.lexicon import Lexicon
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap, speaker_text

SILENT = "x"  # verbs of refusal that give no words ("declined to say"): cues for the voices only
DIRECTIVE = "directive"
REACH = 7  # words behind a cue in which its infinitive stands: "asked the court to"
ORDERS = {"ask": "to", "tell": "to", "agree": "to", "suggest": "should"}  # directives before these
NOUNS = frozenset("question questions questioning protest protests thinking".split())
ASKED = cl.QUESTIONS | cl.COMPLEMENTISERS
SUBJECTS = frozenset("i he she we they it there".split())
NO_VERBS = cl.DETERMINING | cl.PREPOSITIONS | cl.DAYS
VERBAL = cl.PRONOUNS | cl.AUXILIARIES | {"to"}  # before a verb, never before a noun
USES: dict[tuple[str, str], frozenset[str]] = {  # entry and last word, then what gives no words
    ("know", "known"): frozenset(["to", "for", "as"]),
    ("set out", "out"): frozenset(["in", "by", "to", "under"]),
}
HANGING = {"deny"} | {entry for entry, _ in USES}  # may give no words, by those behind
WITHHELD = frozenset(
    "access aid asylum bail benefits care coverage entry funding funds insurance permission people "
    "service services treatment visas".split()
)


class ReportVerbs(Extractor):
    """The cue of every attribution, by class: neutral, doubt, manner, thought and the others.

    A cue counts where it gives words to somebody and nowhere else: "claimed that the vase was
    old", never "claimed her expenses". Attributions without a cue are not counted, nor are cues
    that stand in no list. "Asked them to leave", "agreed to pay" and "suggested they should go"
    are directives, whatever the class of their verb. The attributes hold the speaker *of the
    attribution*, `speaker_name` (as written where no name resolves) and `speaker_type`, and its
    `kind`: direct, indirect or mixed. The columns `voice` and `speaker` say, as everywhere, in
    whose words the cue stands.

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

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        listed = {match.start: match for match in reading.matches(self.entries.id)}
        folded = reading.folded
        for one in voices.attributions:
            kind, _, cue, _, name, speaker_type = one
            if cue is None or (found := listed.pop(cue[0], None)) is None:
                continue
            entry = found.entry
            label, verb = entry.label, entry.id
            if (verb in HANGING or folded[found.last] in NOUNS) and _silent(reading, found):
                continue
            if verb in ORDERS and speaker_type != "document" and _orders(reading, found):
                label = DIRECTIVE
            attributes = {
                "speaker_name": name or speaker_text(reading.text, one),
                "speaker_type": speaker_type,
                "kind": kind,
            }
            yield cue[0], cue[1], label, entry.strength, verb, attributes


@functools.cache
def _spoken(lexicon: Lexicon) -> Lexicon:
    entries = tuple(entry for entry in lexicon.entries if entry.extra.get("takes") != SILENT)
    return replace(lexicon, entries=entries)


def _behind(reading: Reading, match: Match) -> list[str]:
    """Return the words behind a cue up to the first mark, as far as `REACH`."""
    words: list[str] = []
    end = match.end
    for index in range(match.last + 1, min(match.last + 1 + REACH, reading.n_words)):
        if reading.text[end : reading.starts[index]].strip(' \u00a0-\n\r"\u201c\u201d'):
            break
        words.append(reading.folded[index])
        end = reading.ends[index]
    return words


def _silent(reading: Reading, match: Match) -> bool:
    """Whether a cue gives no words: "faced questions", "known to sing", "denied entry"."""
    form, words = reading.folded[match.last], _behind(reading, match)
    if words and words[0] in USES.get((match.entry.id, form), ()):
        return True
    if match.entry.id == "deny":
        return not WITHHELD.isdisjoint(words[:2])
    if form not in NOUNS or (words and words[0] in ASKED and not form.startswith("protest")):
        return False
    before = reading.folded[match.first - 1] if match.first else ""
    return before not in VERBAL and not before.endswith("ly")


def _orders(reading: Reading, match: Match) -> bool:
    """Whether a cue asks for something to be done, or promises it."""
    entry, behind = match.entry.id, match.last + 1
    opening = ORDERS[entry]
    if opening not in reading.folded[behind : behind + REACH]:
        return False
    words = _behind(reading, match)
    if opening not in words or entry == "suggest":
        return opening in words
    place = words.index(opening)
    if words[0] in ASKED or (entry == "agree" and place):
        return False
    verb = words[place + 1 : place + 2]
    return bool(verb) and _bare(verb[0]) and not _clause(words[:place])


def _bare(word: str) -> bool:
    return word not in NO_VERBS and not word.endswith("ing")


def _clause(words: list[str]) -> bool:
    """Whether a clause stands between a cue and "to": "told us that he hopes to"."""
    subject = SUBJECTS.intersection(words) or cl.AUXILIARIES.intersection(words)
    return bool(subject) or not ASKED.isdisjoint(words) or any("'" in word for word in words)
