"""Who speaks: the name a noun phrase stands for in its document, and what kind of speaker it is.

Full names are read off the text once. A later surname, title with surname or first name, role
("the prime minister") or pronoun is led back to the full name where the text allows it.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from framing.text.characters import fold
from framing.text.document import Reading


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PRONOUNS = _set("he she they i we it who you that which")
MALE_TITLES = _set("mr sir lord king prince baron duke father brother congressman councilman")
FEMALE_TITLES = _set("mrs ms miss dame lady queen princess baroness duchess congresswoman sister")
TITLES = (
    _set(
        "dr prof professor president senator sen rep reps representative governor gov mayor judge "
        "justice minister secretary chancellor general gen colonel col captain capt sergeant sgt "
        "inspector superintendent rev reverend bishop archbishop pope mp cllr councillor chief "
        "constable attorney prime home foreign health education defence defense former vice "
        "speaker spokesman spokeswoman spokesperson director ex deputy shadow first chairman "
        "chairwoman chair leader the a an hon right honourable detective officer lieutenant lt"
    )
    | MALE_TITLES
    | FEMALE_TITLES
)
KEPT_TITLES = _set("sir dame lord lady baroness baron")
MALE = _set(
    "john james david michael robert william richard thomas charles george paul mark donald joe "
    "joseph daniel matthew andrew anthony tony peter steven stephen kevin brian edward ronald "
    "timothy tim jason jeffrey jeff gary ryan nicholas nick eric jonathan larry justin scott "
    "brandon benjamin ben samuel sam gregory frank patrick raymond jack dennis jerry alexander "
    "alex keir boris rishi nigel jeremy gordon barack bernie ted marco mitt mike chris christopher "
    "simon ian graham neil martin alan keith adam luke sean liam owen harry oliver ed jim jimmy "
    "bill bob tom dan dave rob steve ken phil philip roger stuart vladimir emmanuel recep ahmed "
    "mohammed muhammad ali omar carlos jose juan luis javier vince kwasi sajid wes lindsey mitch"
)
FEMALE = _set(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty "
    "margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie "
    "rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen "
    "samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth "
    "julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea "
    "cheryl hannah jacqueline martha gloria teresa ann anne madison frances kathryn janice jean "
    "alice hillary theresa yvette priti suella liz rosie kemi nicola angela diane harriet jess "
    "kamala condoleezza madeleine ursula giorgia claire lucy kate charlotte sophie zoe fiona "
    "penny amber esther ivanka melania marine bridget shabana jill carly"
)
ANONYMOUS = _set(
    "source sources insider insiders critic critics expert experts observer observers analyst "
    "analysts some many others opponents supporters campaigners activists people person friend "
    "friends ally allies aide aides colleague colleagues diplomat diplomats witness witnesses "
    "official officials onlookers commentators pundits skeptics sceptics detractors advocates"
)
ORGANISATIONS = _set(
    "ministry department office party committee council government police union institute agency "
    "court company bank university association commission charity group foundation house treasury "
    "administration board federation society campaign team centre center embassy network church "
    "parliament congress senate firm authority service trust coalition organisation organization "
    "school hospital times post guardian telegraph bbc cnn nbc cbs abc msnbc nhs reuters ap"
)
PLACES = _set(
    "uk us eu un britain england scotland wales london washington america france germany russia "
    "china israel iran ukraine europe brussels moscow beijing paris berlin turkey japan india "
    "kremlin pentagon westminster holyrood downing nato vatican"
)
DOCUMENTS = _set(
    "report reports study studies poll polls survey surveys statement letter document documents "
    "memo filing email emails article book analysis paper review lawsuit complaint indictment "
    "ruling figures data website census editorial article tweet release transcript order bill law"
)
ROLES = (
    "prime minister", "deputy prime minister", "president", "vice president", "home secretary",
    "foreign secretary", "health secretary", "education secretary", "defence secretary",
    "chancellor", "justice secretary", "first minister", "mayor", "governor", "senator",
    "congressman", "congresswoman", "secretary of state", "attorney general", "speaker", "king",
    "queen", "pope", "taoiseach", "billionaire", "lawmaker", "candidate", "nominee", "minister",
    "spokesman", "spokeswoman", "spokesperson", "judge", "chairman", "chief executive",
    "archbishop", "bishop", "labour leader", "opposition leader", "reform leader", "tory leader",
    "conservative leader",
)  # fmt: skip
SHORT_ROLES = {"pm": "prime minister", "potus": "president", "ceo": "chief executive"}
NAME = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]*[\w](?:,? (?:Jr|Sr)\b\.?)?"
    r"(?: (?:[A-Z]\.|(?:de|da|del|della|van|von|der|den|bin|al|la|le|ibn|du|of the)\b|"
    r"[A-ZÀ-Þ][\w’'-]*\w))*"
)
FIRST_NAMES = MALE | FEMALE
ADDRESSES = TITLES - {"the"}
NOT_PEOPLE = ORGANISATIONS | PLACES | DOCUMENTS | {"of"}
CONTRACTION = re.compile(r"['’](?:ve|re|ll|d|m|s)$")
PARTICLES = _set("de da del di du della van von der den bin al la le ibn")
NOT_NAMES = _set(
    "the this that these those but and or if when while on in at for with from after before he she "
    "they it we i you his her their our my there here what why how who as by to of an a not no yes "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december mr mrs ms dr sir"
)


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


class Cast:
    """The people named in one document.

    Parameters
    ----------
    reading : Reading
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._spoke: list[Person] = []
        self._group: str | None = None
        self._holders: dict[str, Person | None] = {}

    def resolve(self, place: tuple[int, int]) -> Speaker:
        """Return the speaker at these offsets with kind and canonical name."""
        start, end = place
        phrase = self._text[start:end]
        words = re.findall(r"[\w’'.-]+", phrase)
        lower = [word.lower().removesuffix("’s").removesuffix("'s") for word in words]
        if not words:
            return Speaker(start, end, "unspecified", None)
        if lower[0] in PRONOUNS and (len(words) == 1 or lower[0] in ("he", "she", "i", "we")):
            return self._pronoun(start, end, lower[0])
        person = self._person(phrase, start)
        if person is not None:
            self._spoke = [*self._spoke[-5:], person]
            return Speaker(start, end, "named", person.name)
        kind, name = self._other(phrase, words, lower)
        if kind in ("org", "group"):
            self._group = name or phrase
        return Speaker(start, end, kind, name)

    def _pronoun(self, start: int, end: int, word: str) -> Speaker:
        if word in ("i", "we"):
            return Speaker(start, end, "author", None)
        if word in ("they", "it"):
            return Speaker(start, end, "group" if self._group else "", self._group)
        if word in ("who", "that", "which"):
            before = self._before(start)
            return Speaker(start, end, "named" if before else "", before)
        gender = {"he": "m", "she": "f"}.get(word, "")
        for person in reversed(self._spoke):
            if not gender or person.gender in ("", gender):
                return Speaker(start, end, "named", person.name)
        for person in reversed(self._mentioned(start)):
            if not gender or person.gender == gender:
                return Speaker(start, end, "named", person.name)
        return Speaker(start, end, "", None)

    def _before(self, offset: int) -> str | None:
        """Return the name that ends right before a relative pronoun."""
        names = [m for m in NAME.finditer(self._text, max(offset - 60, 0), offset)]
        if names and offset - names[-1].end() <= 2:
            person = self._person(names[-1].group(), names[-1].start())
            if person is not None:
                self._spoke = [*self._spoke[-5:], person]
                return person.name
        return None

    def _mentioned(self, offset: int) -> list[Person]:
        behind = bisect_right(self._mentions, offset, key=lambda mention: mention[0])
        return [person for _, person in self._mentions[max(behind - 4, 0) : behind]]

    def _person(self, phrase: str, start: int) -> Person | None:
        """Return the person a phrase names, by full name, surname, title or role."""
        lower = phrase.lower()
        for match in NAME.finditer(phrase):
            words = _bare(match.group())
            if not words:
                continue
            key = words[-1]
            first = " ".join(words)
            if first in self._people:
                return self._people[first]
            tokens = {word.lower() for word in match.group().split()}
            if tokens & ORGANISATIONS or key.lower() in PLACES:
                continue
            if key in self._surnames:
                return self._surnames[key]
            titled = set(lower.split()[:1]) & (TITLES - {"the", "a", "an"})
            if (len(words) > 1 or titled) and _is_person(words, lower):
                return Person(match.group() if titled else first, start, _gender(words, lower))
        return self._by_role(lower)

    def _by_role(self, lower: str) -> Person | None:
        words = lower.removeprefix("the ").replace("’s", "").replace("'s", "").strip(" ,")
        role = SHORT_ROLES.get(words, words)
        if role not in ROLES:
            return None
        if role not in self._holders:
            self._holders[role] = self._holder(role)
        return self._holders[role]

    def _other(self, phrase: str, words: list[str], lower: list[str]) -> tuple[str, str | None]:
        """Return kind and name of a speaker who is no named person."""
        have = set(lower)
        if have & ANONYMOUS:
            return "anonymous", None
        if have & DOCUMENTS:
            return "document", None
        if have & ORGANISATIONS or have & PLACES or re.fullmatch(r"(?:the )?[A-Z]{2,}s?", phrase):
            return "org", phrase.removeprefix("The ").removeprefix("the ")
        if any(role.split()[-1] in have for role in ROLES) or have & set(SHORT_ROLES):
            return "role", None
        names = [word for word in words if word[0].isupper() and word.lower() not in NOT_NAMES]
        if len(words) == 1 and names:
            return "named", words[0].removesuffix("’s").removesuffix("'s")
        if names and lower[0] == "the":
            return "org", phrase[4:]
        return ("group" if lower[-1].endswith("s") else "role"), None

    @cached_property
    def _names(self) -> list[tuple[int, str, tuple[str, ...]]]:
        """Every capitalised run of words: where, as written, and its bare words."""
        runs = [(start, self._text[start:end]) for start, end in _capital_runs(self._reading)]
        return [(start, name, words) for start, name in runs if (words := _bare(name))]

    @cached_property
    def _mentions(self) -> list[tuple[int, Person]]:
        found = []
        for start, _, words in self._names:
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
            if full in found or not _is_person(words, written.lower()):
                continue
            title = next((w for w in written.split() if w.lower() in KEPT_TITLES), "")
            name = f"{title} {full}" if title else full
            found[full] = Person(name, start, _gender(words, written.lower()))
        return found

    @cached_property
    def _surnames(self) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for full, person in self._people.items():
            found.setdefault(full.split()[-1], person)
            if person.name.split()[0].lower() in KEPT_TITLES:
                found.setdefault(full.split()[0], person)
        for full, person in self._people.items():
            first = full.split()[0]
            if first.lower() in FIRST_NAMES:
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
        people = {self._people[name] for name in OFFICES.get(role, ()) if name in self._people}
        return people.pop() if len(people) == 1 else None

    @cached_property
    def _lower(self) -> str:
        return fold(self._text)

    def _beside(self, start: int, end: int) -> Person | None:
        after = NAME.match(self._text, end + 1) if self._text[end : end + 1] == " " else None
        if after is None and self._text[end : end + 2] == ", ":
            after = NAME.match(self._text, end + 2)
        before = re.search(r"(\S+(?: \S+)?), (?:the |a |who is )?(?:[\w-]+ ){0,2}$",
                           self._text[max(start - 60, 0) : start])  # fmt: skip
        for found in (after and after.group(), before and before.group(1)):
            words = _bare(found) if found else ()
            person = self._people.get(" ".join(words)) or (
                self._surnames.get(words[-1]) if words else None
            )
            if person is not None:
                return person
        return None


OFFICES = {
    "prime minister": (
        "Gordon Brown", "David Cameron", "Theresa May", "Boris Johnson", "Liz Truss",
        "Rishi Sunak", "Keir Starmer", "Tony Blair", "John Major", "Margaret Thatcher",
    ),
    "president": (
        "Bill Clinton", "George W. Bush", "Barack Obama", "Donald Trump", "Joe Biden",
        "Ronald Reagan", "Emmanuel Macron", "Vladimir Putin", "Donald J. Trump",
    ),
}  # fmt: skip


def _capital_runs(reading: Reading) -> list[tuple[int, int]]:
    """Return the stretches of capitalised words, with initials and particles ("van", "bin")."""
    text, starts, ends, capitals = reading.text, reading.starts, reading.ends, reading.capitals
    runs: list[tuple[int, int]] = []
    last, behind = -9, -9
    for index in [place for place, capital in enumerate(capitals) if capital]:
        gap = text[behind : starts[index]]
        initial = gap == ". " and behind - starts[last] == 1
        joined = index == last + 1 and (gap in (" ", "\u00a0") or initial)
        if not joined and index == last + 2 and len(gap) < 7:
            joined = gap.strip().lower() in PARTICLES and gap[:1] == gap[-1:] == " "
        if joined:
            runs[-1] = (runs[-1][0], ends[index])
        else:
            runs.append((starts[index], ends[index]))
        last, behind = index, ends[index]
    return runs


@functools.lru_cache(8192)
def _bare(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles, possessive and leading function words."""
    words = [
        word
        for word in name.replace(",", "").split()
        if CONTRACTION.sub("", word).lower() not in NOT_NAMES
    ]
    while words and _is_lead(words[0]):
        words.pop(0)
    if words:
        words[-1] = re.sub(r"['’]s?$", "", words[-1])
    return tuple(word for word in words if word)


def _is_lead(word: str) -> bool:
    return word.lower().strip(".") in TITLES or (word.isupper() and len(word) > 3)


@functools.lru_cache(8192)
def _is_person(words: tuple[str, ...], phrase: str) -> bool:
    lower = {word.lower() for word in words}
    if not lower.isdisjoint(NOT_PEOPLE):
        return False
    if words[0].lower() in FIRST_NAMES or not ADDRESSES.isdisjoint(phrase.replace(".", "").split()):
        return True
    return not any(word.isupper() and len(word) > 2 for word in words)


def _gender(words: tuple[str, ...], phrase: str) -> str:
    before = set(phrase.replace(".", "").split())
    if before & MALE_TITLES or words[0].lower() in MALE:
        return "m"
    if before & FEMALE_TITLES or words[0].lower() in FEMALE:
        return "f"
    return ""
