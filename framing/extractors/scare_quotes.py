"""Scare quotes: words the outlet uses and holds at arm's length, in marks that quote nobody."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from framing.engine import CUES, Cells
from framing.extractors.base import Extractor
from framing.lexicon import Entry, Lexicon
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

ALONE = "distance"  # the entry, and label, of marks that no listed words lead in
MARKS = " \u00a0\"'“”‘’„‟«»″‛`´,:"  # may stand between a lead and the words
ARTICLES = frozenset({"the", "a", "an"})
JOINS = frozenset({"", "and", "or"})  # between the members of a list of marked words
HANDED_ON = frozenset({"naming", "mention"})
REACH = 12  # words between a verb of speech and the marks
BEFORE, AFTER = 170, 70  # characters of the sentence that are looked at
ECHO, NEAR_ECHO = 300, 100  # characters back to a quotation with the words, and for a single word
SPEECH = frozenset(
    "say tell add write tweet remark reply declare observe testify reiterate describe characterise "
    "argue praise hail criticise condemn denounce deride decry lambast lambaste ridicule mock "
    "taunt blast slam dismiss accuse complain grumble boast joke quip brag insist contend assert "
    "allege urge warn pledge promise vow lament scold chide counter shout scream chant yell "
    "thunder fume rail bemoan belittle disparage excoriate castigate rebuke fault retort exclaim "
    "proclaim rant".split()
)
OWN = frozenset("i we you i'm we're let's i'd i've we've".split())


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


WORD, NEXT = re.compile(r"[^\W_]+"), re.compile(r"\W*(\w*)")
VIEWS = frozenset("view opinion words phrase telling phrasing eyes estimation".split())
POINTED = frozenset("point points pointed pointing".split())
VOICED = frozenset(
    "invoke invokes invoked invoking voice voices voiced voicing express expresses expressed "
    "expressing shout shouts shouted shouting chant chants chanted chanting yell yells yelled "
    "yelling".split()
)
RAILED = frozenset(
    "rail rails railed railing crusade crusades crusaded crusading campaign campaigns campaigned "
    "campaigning".split()
)
FRAMED = frozenset("framed cast".split())
GIVING = VIEWS | POINTED | VOICED | RAILED | FRAMED  # one of them is in all that follows
GIVEN_BEFORE = re.compile(  # in lower case
    r"\b(?:in|by) [^;:()]{0,60}?(?:['’]s?|\b(?:his|her|their)(?: own)?) "
    rf"{_any(VIEWS)}\b[^;:()]*$|"
    rf"\b(?:{_any(POINTED)} to|{_any(VOICED)}|{_any(RAILED)} against|"
    rf"(?:has|have|had) {_any(FRAMED)})"
    r"(?: [\w’'-]+){0,9} ?(?:[\"“][^\"”]{1,40}[\"”,]+(?: and| or|,)?)?[\W_]*$"
)
REMARKS = frozenset(
    "remark remarks comment comments quip quips jibe jibes claim claims gaffe gaffes statement "
    "statements tweet tweets boast boasts".split()
)
GIVEN_AFTER = re.compile(
    r"[\s,(—–\"”’'-]*as (?:[\w.’'-]+ ){1,5}?(?:would have it|has it|put it|puts it|calls?|called|"
    r"describe[sd]?|termed|terms|dubbed|says?|said|told|likes? to)\b",
    re.IGNORECASE,
)
LAWS = frozenset(
    "law laws rule rules statute statutes regulation regulations order orders act acts bill bills "
    "provision provisions clause clauses code amendment amendments constitution ordinance "
    "ordinances guidelines directive directives ruling rulings contract contracts treaty".split()
)
WORDING = re.compile(  # in lower case
    rf"\b{_any(LAWS)}\b"
    r"[^.;:]{0,60}\b(?:requir|bar|bann?|prohibit|forbid|allow|permit|defin|exempt|entitl|mandat|"
    r"outlaw|stipulat|guarante|says|states|exceptions? for)\w*\b[^.;:]*$"
)
GRADE = re.compile(r"[A-Fa-f](?:[+−-]| plus| minus)?[,.]?")
RATED = re.compile(r"\W*(?:rating|grade|mark|score|average|student|credit)s?\b", re.IGNORECASE)
NAMED_BEHIND = frozenset(
    "button buttons key tab icon tape pledge pledges doctrine clause theorem hypothesis principle "
    "theory syndrome level levels status category categories hashtag".split()
)
ALIAS = re.compile(r"[\"”’']*,[\"”’']* (?:or \w|short for\b)", re.IGNORECASE)
NAMED_BEFORE = re.compile(r",[\"”’']* or (?:the |a |an )?\W*$|\((?:or |the |a |an )?[\"“‘']*$")
NAMED_WORDS = re.compile(
    r"[\w-]+ (?:effect|syndrome|principle|doctrine|paradox|fallacy|hypothesis|theorem)|#.+|"
    r"(?:confirmation|hindsight|implicit|selection|survivorship|unconscious) bias",
    re.IGNORECASE,
)
CLOSED = re.compile(r"[\"”’']*[,.;:)—–]")
POLICY = re.compile(r"\W*(?:\w+ )?(?:policy|policies|orders?|laws?|rules?)\b", re.IGNORECASE)
LABELS = frozenset(
    "label labels tag tags moniker monikers epithet epithets buzzword buzzwords slur slurs slogan "
    "slogans mantra mantras chant chants".split()
)
MEANT = frozenset("mean means meant implies denotes connotes".split())
DEFINING = frozenset("refers has was stands is are were defined".split())  # begin what follows
DEFINED = re.compile(
    r"\W*(?:refers to|has become an?|has come to|was coined|stands for|is short for|"
    r"was (?:broadened|redefined|stretched)|"
    r"is (?:an?|the) (?:\w+ )?(?:word|term|phrase|euphemism|label)|"
    r"(?:is |was |are |were )?defined (?:as|by))\b",
    re.IGNORECASE,
)
USE_AS = re.compile(r"\buse of (?:the )?\W*$", re.IGNORECASE)
BEHIND_USE = frozenset("as to for in".split())


class ScareQuotes(Extractor):
    """Words in quotation marks inside a sentence of the outlet that are nobody's quotation.

    What the voices call `scare`: short, given to no speaker, and no name of a work. The entries
    are the words that may stand right before the marks and say what the marks are for: "so-called"
    and its like (`so_called`), a name being given (`naming`: "known as"), a word spoken of as a
    word (`mention`: "the word"). A few words right behind say the same ("buttons", "label",
    "means"), and the label goes on through a list. Marks without any are `distance`, the measure
    proper.

    Dropped are a nickname between two names ("John "Jack" Hill"), and of `distance` a grade ("an
    "A" rating"), words the same sentence gives to somebody (a verb of speech up to twelve words
    before, "as Hill would have it" behind), words of a quotation just before, the wording of a
    rule or law, an exclamation or question, and single marks in a headline.

    Nobody else speaks in scare quotes: they count in the columns `outlet` and `all`.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = 'The "reform" was late. A trick known as "salting" is old.'
    >>> annotate(Corpus([Document("a", text)]), [ScareQuotes()])[["text", "label"]].values.tolist()
    [['reform', 'distance'], ['salting', 'naming']]
    """

    name = "scare_quotes"

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        marked = [(start, end) for start, end, voice in voices.runs if voice == "scare"]
        if not marked:
            return
        kinds = _by_label(self.entries)
        leads: Mapping[int, Match] = {m.last: m for m in reading.matches(self.entries.id)}
        around = _Around(reading, voices)
        last_end, last_entry = 0, None
        for start, end in marked:
            first, behind = reading.word_at(start), reading.word_at(end)
            if first == behind or _is_nickname(reading, first, behind):
                continue
            entry = _lead(reading, leads, first)
            if entry is None and last_entry and _joined(reading.text[last_end:start]):
                entry = last_entry if last_entry.label in HANDED_ON else None
            if entry is None:
                kind = around.kind(_Place(start, end, first, behind))
                entry = kinds.get(kind) if kind else None
            last_end, last_entry = end, entry
            if entry is not None:
                attributes = {"n_words": behind - first}
                yield start, end, entry.label, entry.strength, entry.id, attributes


class _Place(NamedTuple):
    """Marked words: offsets, first word, and first word behind."""

    start: int
    end: int
    first: int
    behind: int


class _Around:
    """What the sentence around marked words says of them."""

    def __init__(self, reading: Reading, voices: VoiceMap) -> None:
        self._reading = reading
        self._voices = voices
        self._cues = reading.matches(CUES)

    def kind(self, place: _Place) -> str | None:
        """Return the label of marked words that no entry leads in, or None to drop them."""
        text = self._reading.text
        low, high = self._reading.sentences[self._reading.sentence_at(place.start)]
        words = text[place.start : place.end]
        before = text[max(low, place.start - BEFORE) : place.start]
        after = text[place.end : min(max(high, place.end), place.end + AFTER)]
        if GRADE.fullmatch(words):
            return None if RATED.match(after) else "mention"
        opening = NEXT.match(after)
        following = opening[1].lower() if opening else ""
        if following in LABELS or _is_defined(before, following, after):
            return "mention"
        if following in BEHIND_USE and USE_AS.search(before):
            return "mention"
        apposed = CLOSED.match(after) or words.endswith((",", "."))
        if apposed and NAMED_BEFORE.search(before):
            return "naming"
        if following in NAMED_BEHIND or (following in ("or", "short") and ALIAS.match(after)):
            return "naming"
        if "-" in words and POLICY.match(after):
            return "naming"
        if NAMED_WORDS.fullmatch(words.rstrip(MARKS + ".")):
            return "naming"
        if words.rstrip(MARKS).endswith(("!", "?")):
            return None
        if self._is_said(place) or self._is_echo(place, words) or self._in_headline(place):
            return None
        given = following in REMARKS or (following == "as" and GIVEN_AFTER.match(after))
        return None if given or _is_given(before.lower()) else ALONE

    def _is_said(self, place: _Place) -> bool:
        """Whether a verb of speech that is not the author's stands shortly before."""
        reading = self._reading
        index = bisect_right(self._cues, place.first - 1, key=attrgetter("first")) - 1
        while index >= 0 and place.first - self._cues[index].last <= REACH:
            cue = self._cues[index]
            index -= 1
            if cue.entry.id not in SPEECH or self._voices.voice_at(cue.start) == "direct":
                continue
            if reading.sentence_at(cue.start) != reading.sentence_at(place.start):
                return False
            between = reading.text[cue.end : place.start]
            subject = reading.folded[max(cue.first - 2, 0) : cue.first]
            opens = cue.first == reading.sentence_words[reading.sentence_at(cue.start)][0]
            if not (opens or OWN & set(subject) or any(mark in between for mark in ";:")):
                return True
        return False

    def _is_echo(self, place: _Place, words: str) -> bool:
        """Whether a quotation that ends shortly before holds the same words."""
        plain = words.strip(MARKS + ".").lower()
        runs, index = self._voices.runs, self._voices.run_at(place.start) - 1
        reach = ECHO if place.behind - place.first > 1 else NEAR_ECHO
        while index >= 0 and place.start - runs[index][1] <= reach:
            start, end, voice = runs[index]
            index -= 1
            if voice != "direct":
                continue
            said = self._reading.text[max(start, end - ECHO) : end].lower()
            if plain and plain in said and re.search(rf"\b{re.escape(plain)}\b", said):
                return True
        return False

    def _in_headline(self, place: _Place) -> bool:
        """Whether the marks are single ones in a line that ends like a headline."""
        text = self._reading.text
        if text[place.start - 1 : place.start] not in ("'", "‘"):
            return False
        paragraphs = self._reading.paragraphs
        low, high = paragraphs[bisect_right(paragraphs, (place.start, len(text))) - 1]
        line = text[low:high].rstrip(MARKS + ")")
        return not line.endswith((".", "?", "!", "…", ";")) and 3 < len(line.split()) < 25


def _is_defined(before: str, following: str, after: str) -> bool:
    """Whether the words behind say what a word means, and no article makes it a thing's name."""
    if following not in MEANT and not (following in DEFINING and DEFINED.match(after)):
        return False
    return not before.lower().rstrip(MARKS).endswith(("the", " a", " an"))


def _is_given(before: str) -> bool:
    """Whether what stands before, in lower case, gives the words to somebody, or to a law."""
    words = WORD.findall(before)
    if not GIVING.isdisjoint(words) and GIVEN_BEFORE.search(before):
        return True
    return not LAWS.isdisjoint(words) and WORDING.search(before) is not None


@functools.cache
def _by_label(lexicon: Lexicon) -> Mapping[str, Entry]:
    """Return the entries called like their label; a list of one's own may lack them."""
    return {entry.id: entry for entry in lexicon.entries if entry.id == entry.label}


def _lead(reading: Reading, leads: Mapping[int, Match], first: int) -> Entry | None:
    """Return the entry right before marked words; an article may follow one of naming."""
    last = first - 1
    lead = leads.get(last)
    if lead is None and last > 0 and reading.folded[last] in ARTICLES:
        last -= 1
        lead = leads.get(last)
        if lead is None or lead.entry.label != "naming":
            return None
    if lead is None:
        return None
    gaps = [reading.text[reading.ends[i] : reading.starts[i + 1]] for i in range(last, first)]
    return None if any(gap.strip(MARKS) for gap in gaps) else lead.entry


def _joined(between: str) -> bool:
    """Whether nothing but a comma, "and" or "or" stands between two marked stretches."""
    return len(between) < 12 and between.strip(MARKS) in JOINS


def _is_nickname(reading: Reading, first: int, behind: int) -> bool:
    """Whether capitalised words stand before, within and after the marks, in mid-sentence."""
    if not 0 < first <= behind < reading.n_words:
        return False
    capitals, starts = reading.capitals, reading.starts
    if not (capitals[first - 1] and capitals[first] and capitals[behind]):
        return False
    return reading.sentence_at(starts[first - 1]) == reading.sentence_at(starts[behind])
