"""Attributions of a text: quotations and reported speech joined into one map of voices."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from itertools import groupby

from framing.text import clauses as cl
from framing.text.clauses import Unit
from framing.text.document import Match, Reading
from framing.text.furniture import boilerplate, links, outside
from framing.text.nouns import antecedent, main_subject, noun_after, noun_before
from framing.text.quotation import Quotation, find_quotations
from framing.text.reported import Range, Report, find_reports, lead_in
from framing.text.sources import impersonal, source
from framing.text.speakers import PRONOUNS, Cast, Nameless, Speaker
from framing.text.turns import turns
from framing.text.units import quotations_with_cues, sentences_inside, units
from framing.text.verbs import RELATIVE, Cue
from framing.text.voices import Attribution, Piece, Span, VoiceMap, paint

SHORT = 4
OWN = frozenset("i we you me us i'm i've i'd i'll we're we've we'd we'll you've you'd".split())
DRAWN = re.compile(r"\b(?:i|we|you|they|he|she|it|who)(['’](?:re|ve|ll|d|m|s))$", re.IGNORECASE)
NOBODY = OWN | {"it", "that", "which", "this", "let's", "nothing"}
TELLING = frozenset(
    "say tell claim announce insist argue warn admit promise deny tweet write according".split()
)
TWEET = re.compile(r"[—–-](?<=\s.)[—–-]? ([^()\n—]{2,60}) \(@\w{2,20}\)")
HANDLE, LONGEST = " (@", 64  # characters from the dash to the handle, and of that at most
SIGNED = re.compile(  # behind a quotation: "— Mary Oakes, The Harbour Post"
    r"[”\"’'»]{0,2}\s{0,2}[—–-]{1,2} ?(?!.*(?:contribut|report))"
    r"([A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){1,5})"
    r"(?:,[^\n]{1,80}| (?:to|in|on|for|of|at|via|from)\b[^\n]{1,60})?\s*(?:\n|$)"
)
NAMING = frozenset("called dubbed known termed named titled entitled so-called branded".split())
WORKS = frozenset(
    "film book novel song album play essay article documentary poem report series show memoir "
    "titled entitled called column podcast pamphlet exhibition painting hashtag headlined".split()
)


def find_voices(reading: Reading, cues: Sequence[Match], names: bool = True) -> VoiceMap:
    """Return the voices of a text.

    Parameters
    ----------
    reading : Reading
    cues : sequence of Match
        Matches of the report-verb lexicon, in the order of the text.
    names : bool
        Whether speakers are led back to names; the voices do not depend on it.

    Notes
    -----
    Quotations are paired first; sentences that a quotation runs over are read as one unit. In
    each unit the frames of `reported` look around the cues; what a frame covers belongs to its
    subject, marks or not. Quotations no frame covers go to a floating speaker, or are titles,
    terms or scare quotes.
    """
    linked = links(reading.text)
    aside = [(start, end, "boilerplate", None) for start, end in boilerplate(reading)]
    cues = outside(cues, linked)
    pairs = find_quotations(reading)
    said = turns(reading)
    if not (pairs or cues or said or "(@" in reading.text):
        return VoiceMap(len(reading.text), paint([*aside, *linked]), [])
    quotations = [q for q in pairs if q.depth == 0]
    finder = _Finder(reading, quotations, names)
    finder.read_tweets()
    finder.read_turns(said)
    edges = [start for start, _, _, _ in aside]
    for unit, inside, local in units(reading, reading.sentences, quotations, cues):
        index = bisect_right(edges, unit.start) - 1 if edges else -1
        if index < 0 or unit.start >= aside[index][1]:
            finder.read(unit, inside, local)
    for outer, parts in quotations_with_cues(quotations, pairs, cues):
        if not parts[0] and TELLING.isdisjoint(cue.entry.id for cue in parts[1]):
            continue  # only these give words without marks
        sentences = sentences_inside(reading, outer)
        for unit, _, local in units(reading, sentences, *parts):
            finder.read_nested(unit, local)
    pieces = paint([*finder.pieces, *aside, *linked])
    found = sorted(finder.attributions, key=lambda one: one.content[0])
    return VoiceMap(len(reading.text), pieces, found)


_made = partial(tuple.__new__, Attribution)


class _Finder:
    """Reads unit after unit and remembers who spoke last."""

    def __init__(self, reading: Reading, quotations: Sequence[Quotation], names: bool) -> None:
        self.reading = reading
        self.quotations = quotations
        self._starts = [quotation.start for quotation in quotations]
        self.cast = Cast(reading, quotations) if names else Nameless()
        self.attributions: list[Attribution] = []
        self.pieces: list[Piece] = []
        self._last: Attribution | None = None
        self._last_end = 0

    def read_tweets(self) -> None:
        """Give what stands before "— Name (@handle)" in a paragraph to that name."""
        text, end = self.reading.text, 0
        at = text.find(HANDLE) if "@" in text else -1
        while at >= 0:
            match = TWEET.search(text, max(at - LONGEST, end), at + LONGEST)
            if match is not None:
                self._keep_tweet(match, end)
                end = match.end()
            at = text.find(HANDLE, max(at + 1, end))

    def _keep_tweet(self, match: re.Match[str], low: int) -> None:
        """Give the paragraph before a name and handle, from `low` on, to that name."""
        text, stop = self.reading.text, match.start()
        while stop and text[stop - 1].isspace():
            stop -= 1
        paragraphs = self.reading.paragraphs
        opening, _ = paragraphs[bisect_left(paragraphs, (stop + 1,)) - 1]
        span = max(opening, low), stop
        speaker = self.cast.resolve(match.span(1))
        name = speaker.name or match.group(1)
        self._keep(Attribution("direct", (span,), None, match.span(1), name, "named"), "direct")

    def read_turns(self, found: Sequence[tuple[Span, Span]]) -> None:
        """Give the turns of a transcript to their speakers."""
        for label, span in found:
            speaker = self.cast.resolve(label)
            name = speaker.name or self.reading.text[slice(*label)]
            made = Attribution("direct", (span,), None, label, name, "named")
            self.attributions.append(made)
            self.pieces.append((*span, "direct", made))

    def read(self, unit: Unit, inside: range, cues: list[Cue]) -> None:
        claimed: set[int] = set()
        self.cast.follow(unit)
        for report in find_reports(unit, cues) if cues else ():
            pieces, cue, subject, _, entry = report
            quotes = _quotes(unit, pieces) if inside else None
            own = subject is not None and unit.words[subject[0]] in OWN
            thinks = own and (entry.label == "thought" or _at_present(unit, report))
            if not thinks and (quotes or entry.extra["takes"] != "q"):
                self._add(unit, pieces, cue, subject)
                claimed.update(quotes or ())
        for number in inside:
            if number not in claimed:
                self._unclaimed(unit, number)
        lead = lead_in(unit, cues) if unit.marks[-1] & cl.COLON else None
        if lead is not None:
            self._block(unit, *lead)
        self._last_end = unit.end

    def _block(self, unit: Unit, cue: Range, subject: Range) -> None:
        """Give a paragraph without marks to whom the paragraph before announces with a colon."""
        paragraphs = self.reading.paragraphs
        number = bisect_left(paragraphs, (unit.end,))
        if not 0 < number < len(paragraphs) or paragraphs[number - 1][1] != unit.end:
            return
        start, end = paragraphs[number]
        first = bisect_left(self._starts, start)
        quoted = first < len(self._starts) and self._starts[first] <= start + 2
        words = self.reading.word_at(end) - self.reading.word_at(start)
        if not quoted and words >= SHORT and self.reading.text[end - 1] != ":":
            speaker = self.cast.resolve(_place(unit, subject))
            told = speaker[:2], speaker.name, speaker.kind
            self._keep(Attribution("direct", ((start, end),), _place(unit, cue), *told), "direct")

    def read_nested(self, unit: Unit, cues: list[Cue]) -> None:
        """Add what somebody quoted says that others have said."""
        for report in find_reports(unit, cues):
            quoted = any(
                unit.quote[i] >= 0 for low, high in report.pieces for i in range(low, high)
            )
            other = report.subject is not None and unit.words[report.subject[0]] not in NOBODY
            known = report.subject is not None and (quoted or report.entry.id in TELLING)
            if known and (quoted or other):
                self._add_nested(unit, report)

    def _add_nested(self, unit: Unit, report: Report) -> None:
        speaker = None
        if report.subject is not None and not impersonal(unit, report.subject):
            start, end = _place(unit, report.subject)
            pronoun = unit.text[start:end].lower() in PRONOUNS
            speaker = Speaker(start, end, "", None) if pronoun else self.cast.resolve((start, end))
        made = _attribution(unit, report.pieces, report.cue, speaker)
        if made is not None:
            self.attributions.append(made)
            for start, end in made.content:
                quoted = unit.quote[bisect_left(unit.starts, start)] >= 0
                self.pieces.append((start, end, "direct" if quoted else "indirect", made))

    def _unclaimed(self, unit: Unit, number: int) -> None:
        quotation = self.quotations[number]
        span = (bisect_left(unit.starts, quotation.start), bisect_left(unit.starts, quotation.end))
        words = range(*span)
        if not words:
            return
        if self._whole(unit, quotation, words):
            subject, cue = _tag(unit, span)
            if subject is None and span[0] and unit.marks[span[0]] & cl.COLON:
                subject = _of_whom(unit, span[0]) or main_subject(unit, span[0])
                subject = subject or noun_before(unit, span[0])
            if subject is not None:
                self._add(unit, (span,), cue, subject)
            else:
                self._float(unit, span, quotation)
            return
        voice = _class_of(unit, words)
        if voice == "direct":
            subject = main_subject(unit, unit.size) if words[0] else None
            self._add(unit, (span,), None, subject)
        else:
            self.pieces.append((quotation.start, quotation.end, voice, None))

    def _whole(self, unit: Unit, quotation: Quotation, words: range) -> bool:
        """Whether the quotation is a sentence or more rather than a part of one."""
        alone, behind = quotation.open <= unit.start + 1, words[-1] + 1
        if alone and len(words) > 1:
            last = unit.text[quotation.end - 1 : quotation.end]
            if behind == unit.size or last in ",?!." or "," in unit.gap(behind)[:3]:
                return True
        announced = unit.marks[words[0]] & cl.COLON > 0
        return quotation.continues or announced or (alone and len(words) >= 8)

    def _float(self, unit: Unit, span: Range, quotation: Quotation) -> None:
        """A quotation without a cue: the last speaker goes on, or nobody is named."""
        last = self._last
        near = unit.start - self._last_end < 40 or quotation.continues
        signed = SIGNED.match(self.reading.text, quotation.end)
        if signed is not None:
            speaker, words = self.cast.resolve(signed.span(1)), (quotation.start, quotation.end)
            name = speaker.name or signed.group(1)
            self._keep(Attribution("direct", (words,), None, speaker[:2], name, "named"))
            return
        if last is not None and near and self._goes_on(last, unit, quotation.continues):
            self._extend(last, (quotation.start, quotation.end))
            return
        if last is not None and near:
            attribution = Attribution(
                "direct", ((quotation.start, quotation.end),), None, last.speaker,
                last.speaker_name, last.speaker_type,
            )  # fmt: skip
            self._keep(attribution)
            return
        self._add(unit, (span,), None, None)

    def _goes_on(self, last: Attribution, unit: Unit, continues: bool) -> bool:
        newest = last is self.attributions[-1] and last.kind == "direct"
        return newest and (continues or "\n" not in unit.text[self._last_end : unit.start])

    def _extend(self, last: Attribution, span: Span) -> None:
        """Give one more piece of the same quotation to its attribution."""
        longer = Attribution(last.kind, (*last.content, span), *last[2:])
        self.attributions[-1] = self._last = longer
        for index in range(max(len(self.pieces) - 2 * len(longer.content), 0), len(self.pieces)):
            if self.pieces[index][3] is last:
                self.pieces[index] = (*self.pieces[index][:3], longer)
        self.pieces.append((*span, "direct", longer))

    def _add(
        self, unit: Unit, ranges: Sequence[Range], cue: Range | None, subject: Range | None
    ) -> None:
        if subject is not None and unit.words[subject[0]] in RELATIVE:
            subject = antecedent(unit, subject[0]) or subject
        subject = source(unit, cue, subject, ranges[0][0])
        speaker = self.cast.resolve(_place(unit, subject)) if subject is not None else None
        made = _attribution(unit, ranges, cue, speaker, self.quotations)
        if made is not None:
            self._keep(made, "" if made.kind == "mixed" else made.kind)

    def _keep(self, attribution: Attribution, voice: str = "") -> None:
        self.attributions.append(attribution)
        if attribution.speaker is not None:
            self._last = attribution
        for start, end in attribution.content:
            found = voice or ("direct" if self._is_quoted(start) else "indirect")
            self.pieces.append((start, end, found, attribution))

    def _is_quoted(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.quotations[index].end


def _quotes(unit: Unit, ranges: Sequence[Range]) -> set[int]:
    """Return the quotations that stand in ranges of words."""
    found: set[int] = set()
    for low, high in ranges:
        found.update(unit.quote[low:high])
    found.discard(-1)
    return found


def _at_present(unit: Unit, report: Report) -> bool:
    """Whether a verb has its bare form: "I say", not "I said"."""
    word = unit.words[report.cue[0]]
    return word in report.entry.patterns[0].split()[:1] and word not in cl.PAST


def _place(unit: Unit, words: Range) -> Span:
    """Return the offsets of words, without the verb drawn to a pronoun: "they've" is "they"."""
    first, last = words[0], words[1] - 1
    start, end = unit.starts[first], unit.ends[last]
    word = unit.words[last]
    plain = "'" not in word and end - unit.starts[last] == len(word)
    drawn = None if plain else DRAWN.search(unit.text, start, end)
    return start, drawn.start(1) if drawn else end


def _attribution(
    unit: Unit, ranges: Sequence[Range], cue: Range | None, speaker: Speaker | None,
    quotations: Sequence[Quotation] = (),
) -> Attribution | None:  # fmt: skip
    """Make an attribution of ranges of words, cut where a quotation begins or ends."""
    starts, ends = unit.starts, unit.ends
    if unit.quoted:
        content, kind = _pieces(unit, ranges, quotations)
    else:
        content = [(starts[low], ends[high - 1]) for low, high in ranges if low < high]
        kind = "indirect"
    if not content:
        return None
    told = (starts[cue[0]], ends[cue[1] - 1]) if cue else None
    if speaker is None:
        return _made((kind, tuple(content), told, None, None, "unspecified"))
    start, end, sort, name = speaker
    return _made((kind, tuple(content), told, (start, end), name, sort))


def _pieces(
    unit: Unit, ranges: Sequence[Range], quotations: Sequence[Quotation]
) -> tuple[list[Span], str]:
    """Return offsets of ranges of words, cut where a quotation begins or ends, and their kind."""
    content, quoted = [], set()
    for low, high in ranges:
        for first, last in _runs(unit.quote, low, high):
            start, end, quote = unit.starts[first], unit.ends[last], unit.quote[first]
            if quote >= 0 and quotations and quotations[quote].end > end:
                end = min(quotations[quote].end, end + 3)  # take in the final stop
            content.append((start, end))
            quoted.add(quote >= 0)
    return content, "mixed" if len(quoted) > 1 else "direct" if True in quoted else "indirect"


def _runs(quote: Sequence[int], low: int, high: int) -> list[Range]:
    """Cut a range of words where a quotation begins or ends; both ends are given."""
    if low >= high:
        return []
    inside = quote[low:high]
    if inside.count(inside[0]) == len(inside):
        return [(low, high - 1)]
    runs = []
    for _, run in groupby(inside):
        behind = low + len(list(run))
        runs.append((low, behind - 1))
        low = behind
    return runs


def _tag(unit: Unit, span: Range) -> tuple[Range | None, Range | None]:
    """Return subject and verb of a tag whose verb is no known cue: "Q," the minister gushed."""
    behind = span[1]
    for verb in range(behind, min(behind + 12, unit.size)):
        word = unit.words[verb]
        if verb > behind and unit.breaks[verb]:
            break
        if (word.endswith("ed") or word in cl.PAST) and len(word) > 3:
            if verb == behind:
                return noun_after(unit, verb + 1), (verb, verb + 1)
            return noun_before(unit, verb), (verb, verb + 1)
    return None, None


def _of_whom(unit: Unit, index: int) -> Range | None:
    """Return whose words a colon announces where no verb does: "A statement by Mary Oakes:"."""
    for place in range(index - 2, max(index - 12, 0), -1):
        if unit.words[place] in ("by", "from"):
            found = noun_after(unit, place + 1)
            return found if found and found[1] == index else None
    return None


def _class_of(unit: Unit, words: range) -> str:
    """Return title, direct or scare for a quotation inside a sentence."""
    first, last = words[0], words[-1]
    text = unit.text[unit.starts[first] : unit.ends[last]].split()
    lead = unit.words[max(first - 3, 0) : first]
    long_words = [word for word in text if len(word) > 3]
    named = [word[0].isupper() or word[0].isdigit() for word in long_words]
    capitals = bool(named) and all(named)
    if capitals and (len(text) > 1 or WORKS & set(lead)):
        return "title"
    if len(words) >= SHORT and not NAMING & set(lead[-1:]):
        return "direct"
    return "scare"
