"""Who speaks: the noun phrase beside a cue, and the name it stands for in this document."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from framing.text.document import Match, Reading

AUXILIARIES = frozenset(
    "has have had was were is are be been being would will could may might must should did does do "
    "also then later again previously recently often once never not just now reportedly simply "
    "repeatedly publicly privately first even still already always only both all".split()
)
SINGULAR = {"he": "m", "she": "f"}
PRONOUNS = frozenset("he she they i we it who you".split())
BOUNDARY = frozenset(
    "but when as after because that while if which where although though since so and yet or "
    "before until with".split()
)
STOP_RIGHT = frozenset(
    "in on at during after who as to that when outside while about adding by from with before "
    "because through last this yesterday today earlier later told said and if following via".split()
)
TITLES = frozenset(
    "mr mrs ms mx dr sir dame lord lady baroness baron prof professor president senator sen rep "
    "representative congressman congresswoman governor gov mayor judge justice minister secretary "
    "chancellor general gen colonel captain sergeant inspector superintendent rev reverend bishop "
    "archbishop pope king queen prince princess mp cllr councillor chief constable attorney "
    "prime home foreign former vice speaker spokesman spokeswoman spokesperson director".split()
)
ANONYMOUS = frozenset(
    "source sources official officials insider insiders critic critics expert experts observer "
    "observers aide aides some many others analyst analysts campaigners opponents supporters people "
    "person diplomat diplomats witness witnesses ally allies".split()
)
ORGANISATIONS = frozenset(
    "ministry department office party committee council government police union institute agency "
    "court company bank university association commission charity group foundation bbc nhs house "
    "white treasury administration board federation society campaign team centre center".split()
)
DOCUMENTS = frozenset(
    "report study poll survey statement letter document memo filing email article book analysis "
    "paper review lawsuit complaint indictment ruling figures data website".split()
)
NP_WORDS = 9


class Speaker(NamedTuple):
    """A noun phrase: its offsets, its kind, and its name if it is one."""

    start: int
    end: int
    kind: str
    name: str | None


class Cast:
    """The people named in one document; names are found from their later, shorter forms.

    Parameters
    ----------
    reading : Reading
    """

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._full: dict[str, str] = {}
        self._last: str | None = None

    def resolve(self, speaker: tuple[int, int]) -> Speaker:
        """Return the speaker at these offsets with kind and canonical name."""
        start, end = speaker
        phrase = self._text[start:end]
        words = re.findall(r"[\w’'-]+", phrase)
        lower = [word.lower() for word in words]
        if len(words) == 1 and lower[0] in PRONOUNS:
            if lower[0] in ("i", "we"):
                return Speaker(start, end, "author", None)
            return Speaker(start, end, "named" if self._last else "", self._last)
        if set(lower) & ANONYMOUS:
            return Speaker(start, end, "anonymous", None)
        names = [w for w in words if w[0].isupper() and w.lower() not in TITLES | {"the", "a", "an"}]
        known = set(lower) & ORGANISATIONS
        if names and not known:
            name = self._name(names, phrase)
            self._last = name
            return Speaker(start, end, "named", name)
        if set(lower) & DOCUMENTS:
            return Speaker(start, end, "document", None)
        if known or (names and lower[0] == "the"):
            return Speaker(start, end, "org", phrase)
        plural = lower[-1].endswith("s") if lower else False
        return Speaker(start, end, "group" if plural else "role", None)

    def _name(self, names: list[str], phrase: str) -> str:
        key = re.sub(r"[’']s$", "", names[-1])
        if key not in self._full:
            pattern = rf"\b((?:[A-Z][\w’'.-]+ ){{1,3}}){re.escape(key)}\b"
            match = re.search(pattern, self._text)
            first = match.group(0) if match else ""
            kept = [w for w in first.split() if w.lower().strip(".") not in TITLES - {"sir", "dame"}]
            self._full[key] = " ".join(kept) if len(kept) > 1 else key
        return self._full[key]


def subject_before(reading: Reading, cue: Match, limit: int) -> tuple[int, int] | None:
    """Return the noun phrase to the left of a verb, not before the offset `limit`."""
    low = reading.word_at(limit)
    last = cue.first - 1
    while last >= low and reading.word(last) in AUXILIARIES:
        last -= 1
    if last < low:
        return None
    if "," in reading.text[reading.ends[last] : reading.starts[last + 1]]:
        comma = _comma_before(reading, last, low)
        if comma is not None and last - comma <= 12:
            last = comma
    first = last
    while first > low and last - first < NP_WORDS:
        gap = reading.text[reading.ends[first - 1] : reading.starts[first]]
        if gap.strip(" \u00a0-’'") and gap != ". ":
            break
        if reading.word(first - 1) in BOUNDARY:
            break
        first -= 1
    return _trimmed(reading, first, last)


def subject_after(reading: Reading, cue: Match, limit: int) -> tuple[int, int] | None:
    """Return the noun phrase to the right of a verb ("said Mary Oakes"), up to `limit`."""
    high = bisect_left(reading.starts, limit)
    first = cue.last + 1
    if first >= high or reading.text[reading.ends[cue.last] : reading.starts[first]].strip():
        return None
    last = first - 1
    while last + 1 < high and last - first < NP_WORDS:
        gap = reading.text[reading.ends[last] : reading.starts[last + 1]]
        if last >= first and (gap.strip(" \u00a0-’'") and gap != ". "):
            break
        if reading.word(last + 1) in STOP_RIGHT:
            break
        last += 1
    return (reading.starts[first], reading.ends[last]) if last >= first else None


def _comma_before(reading: Reading, index: int, low: int) -> int | None:
    for word in range(index - 1, low - 1, -1):
        if "," in reading.text[reading.ends[word] : reading.starts[word + 1]]:
            return word
    return None


def _trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Keep the last name or the last determiner phrase of an overlong stretch."""
    words = [reading.word(i) for i in range(first, last + 1)]
    for place in range(len(words) - 1, -1, -1):
        if words[place] in PRONOUNS and place == len(words) - 1:
            first += place
            break
        if words[place] in ("the", "a", "an", "his", "her", "their", "one", "some") and not any(
            word in ("of", "for") for word in words[place - 1 : place]
        ):
            first += place
            break
    return reading.starts[first], reading.ends[last]
