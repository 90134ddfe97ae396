"""Who speaks: the name a noun phrase stands for in its document, and what kind of speaker it is.

Full names are read off the text once. A later surname, title with surname or first name, role
("the prime minister") or pronoun is led back to the full name where the text allows it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

from framing.text import names as nm
from framing.text.clauses import PREPOSITIONS, Unit
from framing.text.clauses import RELATIVES as LINKS
from framing.text.document import Reading
from framing.text.mentions import Mentions
from framing.text.people import Person, gender_of
from framing.text.quotation import Quotation
from framing.text.sources import brief, described, plural, unnamed, without_aside
from framing.text.subjects import Subjects, acts
from framing.text.voices import RELATIVE

PRONOUNS = frozenset("he she they i we it who you that which".split())
OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "i", "our": "we"}
RELATIVES = ("who", "which", "that")
WORDS = re.compile(r"[\w’'.-]+")
ROLES = frozenset(nm.ROLES)
FAR = 50_000  # letters around the first mention of somebody that tell a man or a woman
GENDERED = re.compile(  # "he" or "she" in any form; a class of letters is quick to search for
    r"[HhSs](?<=\b.)(?i:(?<=h)(?:(e|is|im|imself)|er|ers|erself)|(?<=s)he)\b"
)


AND = re.compile(r",? and (?=[A-Z])")
TITLED = re.compile(  # "National Institute of Health Director Mary Oakes"
    r"^.* of .*\b(?:Director|President|Secretary|Ambassador|Chair(?:wo)?man|Minister|Commissioner) "
    r"(?=[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+$)"
)
MEMBER = re.compile(  # of a party, named before: "the Ohio Democrat"
    r"[Tt]he (?:[A-Z]\w+ ){0,3}(?:Democrat|Republican|Tory|Conservative|Liberal Democrat|"
    r"(?:Labour|Tory|Conservative|SNP|Reform) (?:MP|peer|backbencher|councillor))"
)
MEMBERS = frozenset("Democrat Republican Tory Conservative MP peer backbencher councillor".split())
FITTING = {"they": ("group", "anonymous"), "it": ("org", "document")}
FRONTING = PREPOSITIONS | LINKS | {"if"}  # "In May, Hill said"
OWNED_BY = re.compile(r"(?:their|its|his|her|our|my|whose|this|that)\b", re.IGNORECASE)
SINGLE = ("he", "she")
ALONE = ("he", "she", "i", "we")  # with or without words behind them
GENDERS = {"he": ("m", ""), "she": ("f", ""), "member": ("m", "f", "")}  # the likeliest first
TAG = re.compile(r" \w+(?: \w+)?[,.]")
IMPERSONAL = re.compile(r"['’]s | (?:is|was|would be|has been) ")  # behind "it"


def _lower(match: re.Match[str]) -> str:
    return match.group().lower()


class Speaker(NamedTuple):
    """A noun phrase: its offsets, its kind, and its name if it is one."""

    start: int
    end: int
    kind: str
    name: str | None


_made = partial(tuple.__new__, Speaker)


class Nameless:
    """Stands for a cast where nobody asks who speaks, only that it is not the outlet."""

    def follow(self, unit: Unit) -> None:
        pass

    def resolve(self, place: tuple[int, int]) -> Speaker:
        return Speaker(*place, "", None)


# Of a phrase: its kind or "pronoun", its name or the pronoun, and whether it is "the firm".
Phrase = tuple[str, str | None, Person | None, bool]


class Cast:
    """The people named in one document.

    Parameters
    ----------
    reading : Reading
    quotations : sequence of Quotation
        People named inside them are no candidates for a pronoun outside.

    Attributes
    ----------
    follow : callable
        To be called with each unit in which speakers are resolved (see `subjects.Subjects`).
    """

    def __init__(self, reading: Reading, quotations: Sequence[Quotation] = ()) -> None:
        self._subjects = Subjects(reading, quotations)
        self.follow = self._subjects.follow
        self._quoted = self._subjects.quoted
        self._reading = reading
        self._text = reading.text
        self._spoke: deque[Person] = deque(maxlen=6)
        self._at = -1
        self._genders: dict[str, str] = {}
        self._people = reading.people
        self._mentions = Mentions(self._people, self._quoted)
        self._known: dict[str, Phrase] = {}
        self._bodies: dict[str, list[tuple[int, str]]] = {}  # by noun: where they are named
        self._body: str | None = None  # the organisation that spoke last
        self._group: str | None = None  # or the body or people that did
        self._bodies_at = self._groups_at = -1
        self._unnamed = (-1, "", "")  # where "he" was a nameless person: offset, kind, description

    def resolve(self, place: tuple[int, int]) -> Speaker:
        """Return the speaker at these offsets with kind and canonical name."""
        start, end = place
        phrase = self._text[start:end]
        if phrase.endswith(RELATIVES):
            phrase = RELATIVE.sub("", phrase)
        found = self._known.get(phrase)
        if found is None:
            found = self._known[phrase] = self._look_up(phrase, start)
        kind, name, person, body = found
        if kind == "pronoun":
            return self._pronoun(start, end, name or "")
        if person is not None:
            self._speaks(person, start)
            return _made((start, end, kind, name))
        if kind == "named" and name is not None:
            self._speaks(Person(name, start, ""), start)
        elif body:
            name = self._named_body(phrase.split()[1], start) or self._body or name
        elif kind in ("org", "group") or (kind == "anonymous" and phrase.endswith("s")):
            self._group, self._groups_at = name or phrase, start
            if kind == "org":
                self._body, self._bodies_at = self._group, start
        if kind in ("role", "anonymous") and described(phrase) is not None:
            self._unnamed = start, kind, brief(phrase)
        return _made((start, end, kind, name))

    def _named_body(self, noun: str, start: int) -> str | None:
        """Return the body named last before an offset that has a noun in its name."""
        if noun not in self._bodies:
            self._bodies[noun] = nm.bodies_named(self._text, noun.capitalize())
        at = bisect_right(self._bodies[noun], (start,)) - 1
        return self._bodies[noun][at][1] if at >= 0 else None

    def _look_up(self, phrase: str, start: int) -> Phrase:
        """Return what a phrase says of a speaker, whoever spoke before."""
        lower = phrase.lower()
        pronoun = OWNERS.get(lower, lower)
        if pronoun in PRONOUNS:
            return "pronoun", pronoun, None, False
        if lower != phrase:  # names have capitals
            person = self._people.called(phrase)
            if person is not None:
                return "named", person.name, person, False
            if phrase.rpartition(" ")[2] in MEMBERS and MEMBER.fullmatch(phrase):
                return "pronoun", "member", None, False
        phrase = without_aside(phrase)
        simple = phrase.replace(" ", "").isalnum()
        words = phrase.split() if simple else WORDS.findall(phrase)
        if not words:
            return "unspecified", None, None, False
        drawn = not simple and nm.drawn(phrase)
        first = opening = words[0].lower()
        if drawn:
            opening = nm.unowned(opening)
            first = nm.CONTRACTION.sub("", opening)
        if first in PRONOUNS and (len(words) == 1 or first != opening or first in ALONE):
            return "pronoun", first, None, False
        plain = nm.owned(phrase) if drawn else phrase
        person = self._people.find(TITLED.sub("", plain) if " of " in plain else plain, start)
        several = self._several(phrase, start) if " and " in phrase else None
        if several is not None:
            return "group", several, None, False
        if person is not None:
            return "named", person.name, person, False
        if plain != phrase and " " not in plain and plain.lower() not in nm.NOT_PEOPLE | nm.OFFICE:
            return "named", plain, None, False  # "EPA's Hill"
        folded = list(map(str.lower, words))
        if drawn:
            folded = list(map(nm.unowned, folded))
        kind, name = unnamed(phrase, words, folded)
        body = kind == "org" and len(folded) == 2 and folded[1] in nm.BODIES
        return kind, name, None, body

    def _several(self, phrase: str, start: int) -> str | None:
        """Return the names of "Hill and Moss" if both are known."""
        parts = AND.split(phrase)
        if len(parts) < 2 or not ROLES.isdisjoint(map(str.lower, parts)):
            return None
        found = [self._people.find(part, start) for part in parts]
        if not all(found):
            return None
        return " and ".join(person.name for person in found if person)

    def _speaks(self, person: Person, offset: int) -> None:
        self._spoke.append(person)
        self._at = offset

    def _pronoun(self, start: int, end: int, word: str) -> Speaker:
        if word in ("i", "we"):
            return Speaker(start, end, "author", None)
        if word in ("they", "it"):
            return self._they_or_it(start, end, word)
        if word not in GENDERS:
            person = self._antecedent(start)
        else:
            spans = self._spans_before(start)
            nameless = self._nameless(spans, word) if word in SINGLE else None
            if nameless is not None:
                self._unnamed = (start, *nameless)
                return Speaker(start, end, *nameless)
            person = self._he_or_she(start, spans, GENDERS[word])
        if person is None:
            return Speaker(start, end, "", None)
        self._speaks(person, start)
        return _made((start, end, "named", person.name))

    def _nameless(self, spans: Sequence[tuple[int, int]], word: str) -> tuple[str, str] | None:
        """Return kind and description of the nameless person told of just before, if any."""
        at, kind, name = self._unnamed
        if spans and spans[-1][0] <= at > self._at and described(name) in (word, ""):
            return kind, name
        for span in spans:
            place = self._new_subject(span)
            if place is None:
                continue
            phrase = self._text[slice(*place)]
            told = described(phrase) in (word, "")
            if not told and span is spans[-1]:
                return None
            kind, _, person, _ = self._known.get(phrase) or self._look_up(phrase, place[0])
            if told or person is not None:
                return (kind, brief(phrase)) if person is None else None
        return None

    def _told_of(self, spans: Sequence[tuple[int, int]]) -> Iterator[Person]:
        """Yield the people just told of since the last speech, subjects first."""
        for span in spans:
            place = self._new_subject(span)
            if place is not None:
                subject = self._people.find(nm.owned(self._text[slice(*place)]), place[0])
                if subject is not None:
                    yield subject
            for at, person in self._mentions.before(span[1], max(span[0], self._at + 1)):
                name = nm.NAME.match(self._text, at)
                if name is not None and acts(self._text, at, name.end()):
                    yield person

    def _new_subject(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Return the subject of what stands in a span if it stands behind the last speech."""
        place = self._subjects.of(span) if span[1] > self._at else None
        return place if place is not None and place[0] > self._at else None

    def _spans_before(self, start: int) -> list[tuple[int, int]]:
        """Return what stands in its sentence before a tag's quotation, and the sentence before."""
        last = bisect_left(self._quoted, (start,)) - 1
        if last >= 0 and start - self._quoted[last][1] <= 3:
            start = self._quoted[last][0]
        number = self._reading.sentence_at(start)
        begin, _ = self._reading.sentences[number]
        spans = [(begin, start)] if start - begin > 2 else []
        return spans + [self._reading.sentences[number - 1]] * (number > 0)

    def _they_or_it(self, start: int, end: int, word: str) -> Speaker:
        """Return the subject of the sentence before if it fits, else who spoke last and fits."""
        meant, at = (
            (self._group, self._groups_at) if word == "they" else (self._body, self._bodies_at)
        )
        if not IMPERSONAL.match(self._text, end):
            number = self._reading.sentence_at(start)
            own = not TAG.match(self._text, end)  # "It fell, they said": not what fell
            sentences = self._reading.sentences[max(number - 1, 0) : number + own]
            for first, last in reversed(sentences):
                found = self._fitting((first, min(last, start)), word, at)
                if found is not None:
                    return Speaker(start, end, *found)
        return Speaker(start, end, "group" if meant else "", meant)

    def _fitting(self, span: tuple[int, int], word: str, at: int) -> tuple[str, str] | None:
        """Return kind and name of the subject of a sentence if "they" or "it" can mean it."""
        place = self._subjects.of(span)
        if place is None or place[0] <= at:
            return None
        phrase = without_aside(self._text[slice(*place)].partition(",")[0])
        kind, name, person, _ = self._known.get(phrase) or self._look_up(phrase, place[0])
        if person is not None or kind not in FITTING[word] or OWNED_BY.match(phrase):
            return None
        if word == "they" and not plural(phrase):
            return None
        return kind, name or re.sub(r"^(?:The|An?)\b", _lower, phrase)

    def _he_or_she(
        self, offset: int, spans: Sequence[tuple[int, int]], genders: Sequence[str]
    ) -> Person | None:
        """Return a subject named since the last speech, else the last speaker, else one named.

        Those whose gender the text tells come before those for whom it does not.
        """
        found: dict[str, Person] = {}
        for person in self._candidates(offset, spans):
            gender = self._gender(person)
            if gender == genders[0]:
                return person
            found.setdefault(gender, person)
        return next((found[gender] for gender in genders if gender in found), None)

    def _candidates(self, offset: int, spans: Sequence[tuple[int, int]]) -> Iterator[Person]:
        """Yield the people a pronoun can mean, the likeliest first."""
        yield from self._told_of(spans)
        for start, person in islice(self._mentions.before(offset, self._at + 1), 8):
            if self._opens_sentence(start):
                yield person
        spoke = list(self._spoke)
        yield from spoke[-1:]
        for _, person in islice(self._mentions.before(offset), 8):
            yield person
        yield from spoke[-2::-1]

    def _opens_sentence(self, offset: int) -> bool:
        sentence = self._reading.sentences[self._reading.sentence_at(offset)]
        before = self._text[sentence[0] : offset]
        if before.count(" ") <= 2:
            return True
        fronted = before.endswith(", ") and before.count(",") == 1
        return fronted and before.partition(" ")[0].lower() in FRONTING

    def _gender(self, person: Person) -> str:
        """Return "m", "f" or "": from title or first name, else from the next pronoun."""
        if person.gender:
            return person.gender
        if person.name not in self._genders:
            surname, titled = person.name.split()[-1], self._titled
            low, high = (bisect_left(titled, person.start + far) for far in (-FAR, FAR))
            near = [at for at in titled[low:high] if self._text.startswith(surname, at)]
            told = {gender_of(self._people.titled[at]) for at in near}
            self._genders[person.name] = max(told, default="") or self._gender_by_pronouns(person)
        return self._genders[person.name]

    @cached_property
    def _titled(self) -> list[int]:
        return list(self._people.titled)

    def _gender_by_pronouns(self, person: Person) -> str:
        """Return the gender of most pronouns next behind a name, as in "Hill lost her seat"."""
        found, starts = [], [person.start]
        surname = person.name.split()[-1]
        for start in self._mentions.of(person.name, person.start + 1, person.start + FAR + 1):
            if self._text.startswith(surname, start) or self._opens_sentence(start):
                starts.append(start)
            if len(starts) == 8:
                break
        for start in starts:
            match = GENDERED.search(self._text, start, start + 250)
            between = self._mentions.within(start + 1, match.start() + 1) if match else ()
            if match and all(other.name == person.name for _, other in islice(between, 8)):
                found.append("m" if match.group(1) else "f")
        return max("mf", key=found.count) if found else ""

    def _antecedent(self, offset: int) -> Person | None:
        """Return the person named last before a relative pronoun, in the same sentence."""
        sentence = self._reading.sentences[self._reading.sentence_at(offset)]
        return next((person for _, person in self._mentions.before(offset, sentence[0])), None)
