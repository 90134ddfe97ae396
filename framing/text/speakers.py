"""Who speaks: the name a noun phrase stands for in its document, and what kind of speaker it is.

Full names are read off the text once. A later surname, title with surname or first name, role
("the prime minister") or pronoun is led back to the full name where the text allows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from framing.text import names as nm
from framing.text.characters import fold
from framing.text.document import Reading
from framing.text.quotation import Quotation
from framing.text.voices import RELATIVE

PRONOUNS = frozenset("he she they i we it who you that which".split())
WITHIN = re.compile(r"\b(?:of|with|at|in|for|from|to|by|on|against|about|over|after)\b")
GENDERED = re.compile(r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b", re.IGNORECASE)


class Speaker(NamedTuple):
    """A noun phrase: its offsets, its kind, and its name if it is one."""

    start: int
    end: int
    kind: str
    name: str | None


class Person(NamedTuple):
    """A full name, where it first stands, and "m", "f" or "" for its gender if the text tells."""

    name: str
    start: int
    gender: str


def _nearest_first(phrase: str) -> list[re.Match[str]]:
    """Return the names in a phrase, the last one first in "Hill News forecaster Mary Oakes"."""
    found = list(nm.NAME.finditer(phrase))
    if len(found) > 1 and re.fullmatch(
        r" (?:[a-z][\w-]+ ){1,3}", phrase[found[-2].end() : found[-1].start()]
    ):
        between = phrase[found[-2].end() : found[-1].start()]
        if not WITHIN.search(between) and " and " not in between:
            found.insert(0, found.pop())
    return found


class Cast:
    """The people named in one document.

    Parameters
    ----------
    reading : Reading
    quotations : sequence of Quotation
        People named inside them are no candidates for a pronoun outside.
    """

    def __init__(self, reading: Reading, quotations: Sequence[Quotation] = ()) -> None:
        self._quoted = [(quotation.start, quotation.end) for quotation in quotations]
        self._reading = reading
        self._text = reading.text
        self._spoke: list[Person] = []
        self._at = -1
        self._genders: dict[str, str] = {}
        self._known: dict[str, Person | None] = {}
        self._group: str | None = None
        self._holders: dict[str, Person | None] = {}

    def resolve(self, place: tuple[int, int]) -> Speaker:
        """Return the speaker at these offsets with kind and canonical name."""
        start, end = place
        phrase = RELATIVE.sub("", self._text[start:end])
        if phrase.lower() in PRONOUNS:
            return self._pronoun(start, end, phrase.lower())
        words = re.findall(r"[\w’'.-]+", phrase)
        lower = [word.lower().removesuffix("’s").removesuffix("'s") for word in words]
        if not words:
            return Speaker(start, end, "unspecified", None)
        if lower[0] in PRONOUNS and (len(words) == 1 or lower[0] in ("he", "she", "i", "we")):
            return self._pronoun(start, end, lower[0])
        if phrase not in self._known:
            self._known[phrase] = self._person(phrase, start)
        person = self._known[phrase]
        if person is not None:
            self._speaks(person, start)
            return Speaker(start, end, "named", person.name)
        kind, name = self._other(phrase, words, lower)
        if kind == "named" and name is not None:
            self._speaks(Person(name, start, ""), start)
        if kind == "org" and len(lower) == 2 and lower[1] in nm.BODIES and self._group:
            name = self._group
        elif kind in ("org", "group"):
            self._group = name or phrase
        return Speaker(start, end, kind, name)

    def full_name(self, start: int, end: int) -> str | None:
        """Return the full name of the person a name or role stands for; nobody speaks here."""
        person = self._person(self._text[start:end], start)
        return person.name if person else None

    def _speaks(self, person: Person, offset: int) -> None:
        self._spoke = [*self._spoke[-5:], person]
        self._at = offset

    def _pronoun(self, start: int, end: int, word: str) -> Speaker:
        if word in ("i", "we"):
            return Speaker(start, end, "author", None)
        if word in ("they", "it"):
            return Speaker(start, end, "group" if self._group else "", self._group)
        if word in ("he", "she"):
            person = self._he_or_she(start, "m" if word == "he" else "f")
        else:
            person = self._antecedent(start)
        if person is None:
            return Speaker(start, end, "", None)
        self._speaks(person, start)
        return Speaker(start, end, "named", person.name)

    def _he_or_she(self, offset: int, gender: str) -> Person | None:
        """Return a subject named since the last speech, else the last speaker, else one named.

        Those whose gender the text tells come before those for whom it does not.
        """
        behind = bisect_right(self._mentions, offset - 1, key=lambda mention: mention[0])
        recent = self._mentions[max(behind - 8, 0) : behind]
        subjects = [
            person for start, person in recent if start > self._at and self._opens_sentence(start)
        ]
        named = [person for _, person in recent]
        candidates = [*self._spoke[:-1], *named, *self._spoke[-1:], *subjects]
        for wanted in (gender, ""):
            for person in reversed(candidates):
                if self._gender(person) == wanted:
                    return person
        return None

    def _opens_sentence(self, offset: int) -> bool:
        sentence = self._reading.sentences[self._reading.sentence_at(offset)]
        return self._text.count(" ", sentence[0], offset) <= 2

    def _gender(self, person: Person) -> str:
        """Return "m", "f" or "": from title or first name, else from the next pronoun."""
        if person.gender:
            return person.gender
        if person.name not in self._genders:
            stop = person.start + 250
            behind = bisect_right(self._mentions, person.start, key=lambda mention: mention[0])
            for start, other in self._mentions[behind : behind + 8]:
                if other.name != person.name:
                    stop = min(start, stop)
                    break
            match = GENDERED.search(self._text, person.start, stop)
            self._genders[person.name] = "" if match is None else "m" if match.group(1) else "f"
        return self._genders[person.name]

    def _antecedent(self, offset: int) -> Person | None:
        """Return the person named last before a relative pronoun, in the same sentence."""
        behind = bisect_right(self._mentions, offset - 1, key=lambda mention: mention[0])
        if behind:
            start, person = self._mentions[behind - 1]
            if start >= self._reading.sentences[self._reading.sentence_at(offset)][0]:
                return person
        return None

    def _person(self, phrase: str, start: int) -> Person | None:
        """Return the person a phrase names, by full name, surname, title or role."""
        lower = phrase.lower()
        for match in _nearest_first(phrase):
            words = nm.bare(match.group())
            if not words or WITHIN.search(lower[: match.start()].rpartition(",")[2]):
                continue
            person = self._people.get(" ".join(words))
            if person is not None:
                return person
            tokens = {word.lower() for word in match.group().split()}
            if tokens & nm.ORGANISATIONS or words[-1].lower() in nm.PLACES:
                continue
            if words[-1] in self._surnames:
                return self._surnames[words[-1]]
            titled = lower.split()[0].strip(".") in nm.ADDRESSES - {"a", "an"}
            if (len(words) > 1 or titled) and nm.is_person(words, lower):
                return Person(" ".join(words), start, nm.gender(words, lower))
        return self._by_role(lower)

    def _by_role(self, lower: str) -> Person | None:
        words = lower.removeprefix("the ").replace("’s", "").replace("'s", "").strip(" ,")
        role = nm.SHORT_ROLES.get(words, words)
        if role not in nm.ROLES:
            return None
        if role not in self._holders:
            self._holders[role] = self._holder(role)
        return self._holders[role]

    def _other(self, phrase: str, words: list[str], lower: list[str]) -> tuple[str, str | None]:
        """Return kind and name of a speaker who is no named person."""
        have = set(lower)
        short = re.split(r",| who | which | that ", phrase)[0].strip()
        short = re.sub(r"^The\b", "the", short)
        if have & nm.ANONYMOUS:
            return "anonymous", None
        if have & nm.DOCUMENTS:
            return "document", None
        tail = next(
            (match for match in nm.NAME.finditer(phrase) if match.end() == len(phrase)), None
        )
        if have & nm.BODIES and lower[-1] not in nm.BODIES and tail:
            return "org", tail.group()
        bodies = have & nm.ORGANISATIONS or have & nm.PLACES
        if bodies or re.fullmatch(r"(?:the )?[A-Z]{2,}s?", short):
            return "org", short
        if any(role.split()[-1] in have for role in nm.ROLES) or have & set(nm.SHORT_ROLES):
            return "role", None
        named = [word for word in words if word[0].isupper() and word.lower() not in nm.NOT_NAMES]
        if len(words) == 1 and named and lower[0] not in nm.GROUPS:
            return "named", re.sub(r"['’]s$", "", words[0])
        if named and lower[0] == "the":
            return "org", short
        return ("group" if lower[-1].endswith("s") else "role"), None

    @cached_property
    def _names(self) -> list[tuple[int, str, tuple[str, ...]]]:
        """Every capitalised run of words: where, as written, and its bare words."""
        runs = [(start, self._text[start:end]) for start, end in nm.capital_runs(self._reading)]
        return [(start, name, words) for start, name in runs if (words := nm.bare(name))]

    @cached_property
    def _mentions(self) -> list[tuple[int, Person]]:
        """Where people are named outside quotations."""
        found = []
        openings = [start for start, _ in self._quoted]
        for start, _, words in self._names:
            quote = bisect_right(openings, start) - 1
            if quote >= 0 and start < self._quoted[quote][1]:
                continue
            person = self._people.get(" ".join(words)) or self._surnames.get(words[-1])
            if person is not None:
                found.append((start, person))
        return found

    @cached_property
    def _people(self) -> dict[str, Person]:
        """Full names (two words or more without titles) by their bare form."""
        found: dict[str, Person] = {}
        for start, written, words in self._names:
            if not 2 <= len(words) <= 4:
                continue
            full = " ".join(words)
            if full in found or not nm.is_person(words, written.lower()):
                continue
            title = next((w for w in written.split() if w.lower() in nm.KEPT_TITLES), "")
            name = f"{title} {full}" if title else full
            found[full] = Person(name, start, nm.gender(words, written.lower()))
        for full in [full for full in found if full.count(" ") > 1]:
            shorter = " ".join(full.split()[-2:])
            found[full] = found.get(shorter, found[full])
        return found

    @cached_property
    def _surnames(self) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for full, person in self._people.items():
            found.setdefault(full.split()[-1], person)
            if person.name.split()[0].lower() in nm.KEPT_TITLES:
                found.setdefault(full.split()[0], person)
        for full, person in self._people.items():
            first = full.split()[0]
            if first.lower() in nm.FIRST_NAMES:
                found.setdefault(first, person)
        return found

    def _holder(self, role: str) -> Person | None:
        """Return who holds a role: "Prime Minister Keir Starmer", "X, the mayor"."""
        start = self._lower.find(role)
        while start >= 0:
            person = self._beside(start, start + len(role))
            if person is not None:
                return person
            start = self._lower.find(role, start + 1)
        people = {self._people[name] for name in nm.OFFICES.get(role, ()) if name in self._people}
        return people.pop() if len(people) == 1 else None

    @cached_property
    def _lower(self) -> str:
        return fold(self._text)

    def _beside(self, start: int, end: int) -> Person | None:
        after = nm.NAME.match(self._text, end + 1) if self._text[end : end + 1] == " " else None
        if after is None and self._text[end : end + 2] == ", ":
            after = nm.NAME.match(self._text, end + 2)
        before = re.search(r"(\S+(?: \S+)?), (?:the |a |who is )?(?:[\w-]+ ){0,2}$",
                           self._text[max(start - 60, 0) : start])  # fmt: skip
        for found in (after and after.group(), before and before.group(1)):
            words = nm.bare(found) if found else ()
            person = self._people.get(" ".join(words)) or (
                self._surnames.get(words[-1]) if words else None
            )
            if person is not None:
                return person
        return None
