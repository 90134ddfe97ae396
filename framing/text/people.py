"""People named in one text: full names read off it once, later names and roles led back to them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from framing.text import names as nm
from framing.text.capitals import ASK, BARE, GENDERS, HYPHEN, LAST, PLAIN

WITHIN = re.compile(r"\b(?:of|with|at|in|for|from|to|by|on|against|about|over|after)\b")

PLACED = re.compile(r"\b(?:for|in|at|of|near|from) (?:the )?$")
OFFICER = re.compile(
    r"(?:(?!(?:of|for|to|by|with|at|from|in|on|and)\b)[\w.’'&-]+ ){0,4}?"
    r"(?:[Ss]ecretary|[Mm]inister|[Dd]irector|[Pp]resident|[Aa]mbassador|[Cc]ommissioner|[Cc]hief|[Ss]peaker|[Hh]ead|"
    r"[Cc]hair(?:wo)?man|[Cc]hair) (?:of|for|to) "
)
OFFICE_OF = re.compile(r"\b(?:of|for|to|and)(?: the)? $")
APPOSED = re.compile(  # to a name
    r"(?<!\S)(\S+(?: \S+)?), (?:the |a |who is )?(?:[\w-]+ ){0,2}$"
)
TITLED = re.compile(r"\b(Mrs?|Ms)\.? $")  # before a name
TITLE = re.compile(r"(?<!\w)(Mrs?|Ms|Miss(?!\.))\.? ")
ALL_NAME = re.compile(r"[A-Z][a-z][A-Za-z]*(?: [A-Z][a-z][A-Za-z]*)*")
CLOSED = nm.NOT_NAMES | nm.TITLES | nm.OFFICE | nm.ORGANISATIONS | nm.PLACES  # in no bare name
HYPHENED = re.compile(r"(?:-[A-ZÀ-Þ][\w’']+)+")
PLAIN_WORDS = re.compile(r" (?:[a-z][\w-]+ ){1,3}")
HANGING = re.compile(r", (?:who|whose|which|of|from|at) ")  # told of a person named before
ROLES = frozenset(nm.ROLES)
TITLES = nm.ADDRESSES - {"a", "an"}
NOBODY = nm.NOT_PEOPLE | nm.NOT_LAST


class Person(NamedTuple):
    """A full name, where it first stands, and "m", "f" or "" for its gender if the text tells."""

    name: str
    start: int
    gender: str


_made = partial(tuple.__new__, Person)


def _nearest_first(phrase: str) -> list[re.Match[str]]:
    """Return the names in a phrase, the last one first in "Hill News forecaster Mary Oakes"."""
    found = list(nm.NAME.finditer(phrase))
    if len(found) < 2:
        return found
    hanging = HANGING.search(phrase)
    if hanging is not None:
        found = [match for match in found if match.start() < hanging.start()] or found
    between = phrase[found[-2].end() : found[-1].start()] if len(found) > 1 else ""
    if PLAIN_WORDS.fullmatch(between) and not WITHIN.search(between) and " and " not in between:
        found.insert(0, found.pop())
    return found


def _first_name(words: Sequence[str]) -> int:
    """Return the place of the first word that is a first name, or -1."""
    return next((at for at, word in enumerate(words) if word.lower() in nm.FIRST_NAMES), -1)


def _whole(name: str) -> bool:
    """Whether nothing is to be cut from a name."""
    return ALL_NAME.fullmatch(name) is not None and CLOSED.isdisjoint(name.lower().split())


def _names_in(
    phrase: str, lower: str, known: Container[str]
) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """Yield the names in a phrase that can speak: their words, where, and how they are written."""
    for match in _nearest_first(phrase):
        whole, start = match.group(), match.start()
        last = whole.rpartition(" ")[2]
        closed = nm.ENDS_NO_NAME if last != whole else CLOSED
        if last.lower() in closed and last not in known and " of the " not in whole:
            continue  # "White House", "Rep" in "Rep. Hill"
        if start and WITHIN.search(lower[:start].rpartition(",")[2]):
            continue
        if match.end() < len(lower) and nm.OWNED.match(lower, match.end()):
            continue  # "the Hill campaign" is not Hill
        if _whole(whole):
            yield tuple(whole.split()), start, ""  # nothing is to be cut
            continue
        written = nm.behind_office(whole.partition(" of the ")[0])
        words = nm.bare(written)
        if len(words) < 2 and " of the " in whole:
            written = nm.behind_office(whole)  # "Secretary of the Treasury"
            words = nm.bare(written)  # not "Mary Oakes of the Friends"
        if words:
            yield words, start, written


def _is_body(written: str, last: str) -> bool:
    """Whether a name and the last word of it are a body's or a place's."""
    return last.lower() in nm.PLACES or not nm.ORGANISATIONS.isdisjoint(written.lower().split())


def gender_of(title: str) -> str:
    """Return the gender that "Mr", "Mrs", "Ms" or "Miss" tells."""
    return "m" if title == "Mr" else "f"


class People:
    """The people named in one text.

    Parameters
    ----------
    text : str
    folded : numpy.ndarray of uint16
        Its folded code points.
    runs, full, titles : list of memoryview
        Columns of its stretches of capitalised words and titles (see `capitals.capitals`).

    Attributes
    ----------
    starts, ends : memoryview
        Where the stretches of capitalised words begin and end.
    """

    def __init__(
        self,
        text: str,
        folded: np.ndarray,
        runs: list[memoryview],
        full: list[memoryview],
        titles: list[memoryview],
    ) -> None:
        self._text = text
        self._codes = folded
        self._runs, self._full, self._titles = runs, full, titles
        self.starts, self.ends = runs[:2]
        self._holders: dict[str, Person | None] = {}

    def called(self, phrase: str) -> Person | None:
        """Return the person whose full name or surname a phrase is, with nothing to be cut."""
        person = self.full.get(phrase) or self.short.get(phrase)
        return person if person is not None and _whole(phrase) else None

    def find(self, phrase: str, start: int) -> Person | None:
        """Return the person a phrase names, by full name, surname, title or role."""
        lower = phrase.lower()
        first, _, rest = phrase.partition(" ")
        if lower == phrase or (
            rest == rest.lower()
            and first.isalpha()
            and first not in self.short
            and nm.PARTICLES.isdisjoint(rest.split())
        ):
            return self._by_role(lower)
        for words, at, written in _names_in(phrase, lower, self.short):
            full = " ".join(words)
            person = self.full.get(full)
            if person is not None:
                return person
            if written and _is_body(written, words[-1]):
                continue
            if words[-1] in self.short:
                title = TITLED.search(phrase, 0, at) if at else None
                return self._namesake(words[-1], title.group(1) if title else "")
            full_name = len(words) > 1 or lower.split()[0].strip(".") in TITLES
            if full_name and nm.is_person(words, lower):
                return Person(full, start, nm.gender(words, lower))
        linked = " of " in phrase or " for " in phrase or " to " in phrase
        officer = self._officer(phrase, start) if linked else None
        return officer or self._by_role(lower)

    def _officer(self, phrase: str, start: int) -> Person | None:
        """Return who holds an office "of" something: "Secretary of State Mary Oakes"."""
        named = not nm.FIRST_NAMES.isdisjoint(phrase.lower().split())
        match = OFFICER.match(phrase) if named else None
        if match is None:
            return None
        words = phrase[match.end() :].split()
        at = _first_name(words[1:]) + 1
        if not 0 < at < len(words) - 1 or not all(word[0].isupper() for word in words[at:]):
            return None
        name = tuple(words[at:])
        full = " ".join(name)
        return self.full.get(full) or Person(full, start, nm.gender(name, full.lower()))

    def _by_role(self, lower: str) -> Person | None:
        words = lower.removeprefix("the ").replace("’s", "").replace("'s", "").strip(" ,")
        role = nm.SHORT_ROLES.get(words, words)
        if role not in ROLES:
            return None
        if role not in self._holders:
            self._holders[role] = self._holder(role)
        return self._holders[role]

    def named_by(self, run: int) -> Person | None:
        """Return the person that one of the stretches of capitalised words names."""
        _, _, head, last, core, holds = self._runs
        surname, held = self._text[last[run] : core[run]], holds[run]
        if held & LAST and surname not in self.short:
            return None
        if held & PLAIN:
            person = self.full.get(self._text[head[run] : core[run]])
            return person or self._namesake(surname, self.titled.get(self.starts[run], ""))
        return self._known_at(self.starts[run], self.ends[run], held)

    def runs_of(self, name: str, start: int, end: int) -> list[int]:
        """Return which stretches of capitalised words may name a person between two offsets."""
        words = {full.split()[-1] for full, person in self.full.items() if person.name == name}
        words |= {short for short, person in self.short.items() if person.name == name}
        first, behind = bisect_left(self.starts, start), bisect_left(self.starts, end)
        found: set[int] = set()
        for word in words if first < behind else ():
            place = self.starts[first]
            while (place := self._text.find(word, place, self.ends[behind - 1])) >= 0:
                found.add(bisect_right(self.starts, place) - 1)
                place += 1
        return sorted(found)

    def _known_at(self, start: int, end: int, held: int) -> Person | None:
        """Return the person a stretch of capitals names, known by full name or surname."""
        title = self.titled.get(start, "")
        if held & HYPHEN:  # "the Hill-Moss meeting"
            person = self._known(self._text[start : self._behind_hyphen(end)], title)
            if person is not None:
                return person
        return self._known(self._text[start:end], title)

    def _known(self, written: str, title: str) -> Person | None:
        words = nm.bare(written)
        if not words or words[-1] not in self.short:
            return None
        return self.full.get(" ".join(words)) or self._namesake(words[-1], title)

    @cached_property
    def titled(self) -> dict[int, str]:
        """Where what stands behind "Mr.", "Mrs.", "Ms." or "Miss" begins, and the title."""
        found = [TITLE.match(self._text, start) for start in self._titles[0]]
        return {match.end(): match.group(1) for match in found if match}

    def _namesake(self, surname: str, title: str) -> Person | None:
        """Return who has a surname: of two the one whose gender the title before it tells."""
        person = self.short.get(surname)
        if not title or person is None or not person.gender:
            return person
        gender = gender_of(title)
        if gender == person.gender:
            return person
        named = (one for full, one in self.full.items() if full.split()[-1] == surname)
        return next((one for one in named if one.gender == gender), person)

    def _behind_hyphen(self, end: int) -> int:
        """Return where a name with a hyphen ends: behind "Moss" in "Hill-Moss"."""
        match = HYPHENED.match(self._text, end)
        return match.end() if match else end

    @cached_property
    def full(self) -> dict[str, Person]:
        """Full names (two words or more without titles) by their bare form, and "Mr. Hill"."""
        found: dict[str, Person] = {}
        for start, end, head, core, held in zip(*self._full, strict=True):
            if held >= ASK:
                behind = self._behind_hyphen(end) if held & HYPHEN else end
                self._add_full(found, start, behind, held & BARE > 0)
                continue
            full = self._text[head:core]
            if full not in found:
                found[full] = _made((full, start, GENDERS[held]))
        for full in [full for full in found if full.count(" ") > 1]:
            parts = full.split()
            for shorter in (parts[-2:], [part for part in parts if len(part.strip(".")) > 1]):
                found[full] = found.get(" ".join(shorter), found[full])
        self._add_titled(found)
        return found

    def _add_full(self, found: dict[str, Person], start: int, end: int, bare: bool) -> None:
        """Add the person a stretch of capitals names, if it names one by two words or more."""
        written = self._text[start:end]
        if written.startswith("S. ") and self._text[start - 2 : start] == "U.":
            written = written[3:]
        if bare and not nm.drawn(written):
            titles, words = "", tuple(written.split())
        else:
            titles, words = written.lower(), nm.named(written)
        if not 2 <= len(words) <= 4:
            return
        if len(words) > 2 and OFFICE_OF.search(self._text, max(start - 8, 0), start):
            at = _first_name(words[:-1])  # "Ambassador to the United Nations Mary Oakes"
            words = words[max(at, 0) :]
        full = " ".join(words)
        if full in found or not nm.is_person(words, titles):
            return
        unheard = words[0].lower() not in nm.FIRST_NAMES and words == tuple(written.split())
        if unheard and PLACED.search(self._text, max(start - 8, 0), start):
            return  # "MP for Leeds East"
        kept = [word for word in written.split() if titles and word.lower() in nm.KEPT_TITLES]
        name = f"{kept[0]} {full}" if kept else full
        found[full] = Person(name, start, nm.gender(words, titles))

    def _add_titled(self, found: dict[str, Person]) -> None:
        """Add people of whom the text gives title and surname only: "Mrs. Hill"."""
        starts, ends, _, lasts, cores, holds = self._runs
        told: dict[tuple[str, str], int] = {}  # by surname and title: where first
        for start, title in self.titled.items():
            at = bisect_left(starts, start)
            if at == len(starts) or starts[at] != start or start < lasts[at]:
                continue
            words: tuple[str, ...] = (self._text[start : cores[at]],)
            if not holds[at] & PLAIN:
                words = nm.bare(self._text[start : ends[at]])
            if len(words) == 1:
                told.setdefault((words[0], title), start)
        holders: dict[str, list[Person]] = {surname: [] for surname, _ in told}
        for full, person in found.items() if told else ():
            surname = full.rpartition(" ")[2]
            if surname in holders:
                holders[surname].append(person)
        for (surname, title), start in told.items():
            gender, same = gender_of(title), holders[surname]
            if surname.lower() in NOBODY:
                continue
            if all(person.gender and person.gender != gender for person in same):
                full = f"{title}. {surname}" if same else surname
                found[full] = Person(full, start, gender)
                same.append(found[full])

    @cached_property
    def short(self) -> dict[str, Person]:
        """People by surname, or by first name where no surname is the same."""
        found: dict[str, Person] = {}
        firsts: dict[str, Person] = {}
        for full, person in self.full.items():
            words = full.split()
            first = words[0]
            found.setdefault(words[-1], person)
            titled = person.name != full
            if titled and person.name.partition(" ")[0].lower() in nm.KEPT_TITLES:
                found.setdefault(first, person)
            if first.lower() in nm.FIRST_NAMES:
                firsts.setdefault(first, person)
        return firsts | found

    def _holder(self, role: str) -> Person | None:
        """Return who holds a role: "Prime Minister Keir Starmer", "X, the mayor"."""
        start = self._lower.find(role)
        while start >= 0:
            person = self._beside(start, start + len(role))
            if person is not None:
                return person
            start = self._lower.find(role, start + 1)
        offices = nm.OFFICES.get(role)
        if offices is None:
            return None
        people = {self.full[name] for name in offices if name in self.full}
        if people:
            return people.pop() if len(people) == 1 else None
        surnames = {name.split()[-1] for name in offices}
        alone = set()
        for start, end in zip(self.starts, self.ends, strict=True):
            *before, last = self._text[start:end].split()
            if last in surnames and (before or last not in nm.WORDS_TOO):
                alone.add(last)
        if len(alone) != 1:
            return None
        name = alone.pop()
        gender, title = ("f", "Mrs.") if name in nm.WOMEN else ("m", "Mr.")
        known = self.full.get(name) or self.full.get(f"{title} {name}")
        return known or Person(name, 0, gender)

    @cached_property
    def _lower(self) -> str:
        """The text folded; all signs but Latin letters are lost."""
        return np.minimum(self._codes, 255).astype(np.uint8).tobytes().decode("latin-1")

    def _beside(self, start: int, end: int) -> Person | None:
        after = nm.NAME.match(self._text, end + 1) if self._text[end : end + 1] == " " else None
        if after is None and self._text[end : end + 2] == ", ":
            after = nm.NAME.match(self._text, end + 2)
        near = self._text[max(start - 60, 0) : start]
        before = APPOSED.search(near) if ", " in near else None
        for found in (after and after.group(), before and before.group(1)):
            words = nm.bare(found) if found else ()
            person = self.full.get(" ".join(words)) or (
                self.short.get(words[-1]) if words else None
            )
            if person is not None:
                return person
        return None
