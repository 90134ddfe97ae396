"""Whether a noun phrase can speak, and who speaks where the one beside the verb cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.text import clauses as cl
from framing.text import names as nm
from framing.text.clauses import Unit
from framing.text.nouns import (
    antecedent,
    group_before,
    main_subject,
    nearest_subject,
    noun_before,
)
from framing.text.verbs import PLURAL, RELATIVE

Range = tuple[int, int]
AROUND = frozenset("about around over under near outside inside like past".split())
OPENS_NONE = (
    (cl.PREPOSITIONS - AROUND)
    | cl.AUXILIARIES
    | cl.CONJUNCTIONS
    | frozenset(
        "there then not never so very up down out together well "
        "if when while because though although since until unless once".split()
    )
) - {"may", "will"}
HANGS = (  # no phrase ends with one
    (cl.PREPOSITIONS - {"before", "after", "outside", "inside", "since", "near", "like"})
    | frozenset("a an the very more less and or but nor than such no not is are was were".split())
)
SPEAKS = frozenset(
    "nothing something anything everything reporting polling filing ruling finding briefing "
    "hearing".split()
)
DATING = frozenset("from in on at since".split())
VERBAL = cl.DETERMINING | cl.PREPOSITIONS | frozenset("that him them me us it".split())
LONELY = frozenset(  # no speaker by themselves, the last ones verbs before "hearing"
    "more less either neither each every no any other way keep keeps kept start starts started "
    "stop stops stopped begin begins began".split()
)
HEARS = frozenset("hear hears heard hearing".split())  # before "it said"
PERSONAL = frozenset("he she they i you we".split())
OWNERS = frozenset("his her their".split())
GONE = frozenset("gone been done given taken seen shown begun gotten driven grown drawn".split())
VERBS = (  # no noun phrase begins with one
    cl.PAST | frozenset("says makes takes goes gets gives comes knows thinks seems".split())
)
ROLE_HEADS = frozenset(role.split()[-1] for role in nm.ROLES) | set(nm.SHORT_ROLES)
OFFICIAL = re.compile(r"\bofficial [A-Z]")  # "China's official Xinhua News Agency"
OF_NAME = re.compile(r"[A-Z][\w’'-]+ (?:of|for)(?: the)? $")  # "Bank of England" is one name
HANGING = re.compile(r",| \(| who | which | that ")  # behind a name
THE = re.compile(r"^The\b")
OPENS_BODY = nm.NOT_FIRST | {"u.s."}
ACRONYM = re.compile(r"(?:the )?[A-Z]{2,}s?")
LEAD = re.compile(r",| (?:for|of|at|with|from|in|to|by|who|which|that)\b")
ASIDE = re.compile(
    r",? (?:meanwhile|however|though|too|in turn|for (?:his|her|its|their) part|yesterday|today|"
    r"(?:(?:on|late|early) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"last (?:week|night|month|year))$"
)
ASIDE_ENDS = frozenset(
    "meanwhile however though too turn part week night month year yesterday today "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
ONE = frozenset("a an one another".split())
ENDS = re.compile(r",| \(| who ")  # the description of a nameless person


def source(unit: Unit, cue: Range | None, subject: Range | None, content: int) -> Range | None:
    """Return who speaks: the subject, or that of the verb it begins with, or nobody.

    In "Hill read it and issued a statement saying that it fell" the phrase before "saying" is no
    noun phrase; the subject of its verb speaks.

    Parameters
    ----------
    unit : Unit
    cue, subject : (first, last) or None
    content : int
        The first word of what is said.
    """
    if subject is None:
        return None
    if subject[1] - subject[0] == 1 and unit.words[subject[0]] in PERSONAL:
        return subject
    if impersonal(unit, subject):
        return None
    if speaks(unit, subject):
        return _owner(unit, _before_verb(unit, cue, subject))
    if unit.words[subject[0]] == "been":
        return None  # "has been called"
    first, last = subject[0], subject[1] - 1
    if first < last and unit.words[last] in RELATIVE:
        return _relative(unit, first, last)
    owner = unit.possessive(last) and unit.words[last] not in cl.CARRIERS
    if first < last and owner:  # "was swayed by Hill's claim that"
        return _tail(unit, first, last + 1)
    if first < last and unit.words[last] in DATING and speaks(unit, (first, last)):
        return first, last  # "an update from March"
    if cue is None:
        first = max(content, first)
    elif cue[0] < first:
        first = cue[0]
    if first == 0:
        return None
    verbal = cue is not None and opens_verbally(unit, first)
    if verbal:
        found = _other(unit, noun_before(unit, group_before(unit, first)), subject)
        if found is not None:
            return found
    found = _other(unit, nearest_subject(unit, first), subject)
    return found or _other(unit, main_subject(unit, first), subject)


def _other(unit: Unit, phrase: Range | None, subject: Range) -> Range | None:
    """Return a phrase, or whom a relative pronoun stands for, if it can speak for the subject."""
    if phrase is None or phrase == subject:
        return None
    if unit.words[phrase[0]] in RELATIVE:
        phrase = antecedent(unit, phrase[0]) or phrase
    return phrase if speaks(unit, phrase) else None


def impersonal(unit: Unit, subject: Range) -> bool:
    """Whether "it" is nobody, as in "I have heard it said that it fell"."""
    first, last = subject
    if unit.words[first] != "it" and unit.words[first] not in HEARS:
        return False
    near = unit.words[max(first - 1, 0) : last + 1]
    return len(near) == 3 and near[0] in HEARS and near[1:] == ["it", "said"]


def _relative(unit: Unit, first: int, last: int) -> Range | None:
    """Return the noun phrase before a relative pronoun: "she bonded with Hill, who"."""
    tail = _tail(unit, first, last)
    if tail is None and first + 1 < last and speaks(unit, (first + 1, last)):
        tail = first + 1, last  # "rattled lawmakers, who"
    return (tail[0], last + 1) if tail else None


def _tail(unit: Unit, first: int, end: int) -> Range | None:
    """Return what stands behind the last preposition, or from the last determiner on."""
    for place in range(end - 1, first, -1):
        word = unit.words[place]
        if word in cl.DETERMINING or (word in cl.PREPOSITIONS and word != "of"):
            found = place + (word in cl.PREPOSITIONS), end
            return found if found[0] < end and speaks(unit, found) else None
    return None


def _owner(unit: Unit, subject: Range) -> Range:
    """Return whom "his" means in "Hill stood by his claim": the subject, if a person or pronoun."""
    if subject[1] - subject[0] > 1 or unit.words[subject[0]] not in OWNERS:
        return subject
    found = nearest_subject(unit, subject[0])
    if found is None or not speaks(unit, found):
        return subject
    named = unit.capital[found[1] - 1] and not any(map(unit.possessive, range(*found)))
    return found if named or unit.words[found[0]] in cl.PRONOUNS else subject


def _before_verb(unit: Unit, cue: Range | None, subject: Range) -> Range:
    """Return the subject of "Hill filed a lawsuit" before "saying"."""
    first, end = subject
    if end - first < 3 or cue is None or cue[0] < end or not unit.words[cue[0]].endswith("ing"):
        return subject
    for verb in range(first + 1, end - 1):
        known = unit.words[verb].endswith("ed") or unit.words[verb] in VERBS
        if unit.verb[verb] and known and unit.words[verb + 1] in cl.DETERMINING:
            found = first, group_before(unit, verb)
            return found if found[0] < found[1] and speaks(unit, found) else subject
    return subject


def speaks(unit: Unit, phrase: Range) -> bool:
    """Whether words can be a noun phrase with a speaker in it."""
    first, last = phrase[0], phrase[1] - 1
    word = unit.words[first]
    capital = unit.capital[first] == 1
    if not capital and opens_verbally(unit, first):
        return False
    if first < last and unit.words[last] in ("who", "which", "that"):
        return word not in OPENS_NONE
    if word in OPENS_NONE and not _name(unit, first, last):
        return False
    if unit.adverb[first] and unit.words[first + 1 : first + 2] == ["as"]:
        return False  # "who as recently as May swore"
    if first == last:
        closed = word in HANGS or word in LONELY
        verbal = unit.adverb[first] or (word.endswith("ing") and word not in SPEAKS)
        return not closed and (capital or not verbal)
    return unit.words[last] not in HANGS or unit.capital[last] == 1


def _name(unit: Unit, first: int, last: int) -> bool:
    return bool(unit.capital[first]) and first > 0 and first < last


def opens_verbally(unit: Unit, first: int) -> bool:
    """Whether a phrase begins with a verb: "issued a statement", "complaining about them"."""
    word = unit.words[first]
    if unit.capital[first] or unit.marks[first + 1] & cl.JOINED:
        return False
    follows = unit.words[first + 1] if first + 1 < unit.size else ""
    if word.endswith(("ed", "ing")) and word not in SPEAKS and follows in VERBAL:
        return True
    before = unit.words[first - 1] if first and not unit.breaks[first] else ""
    if before in cl.HAVE and (word in GONE or word.endswith("ed")):
        return True
    return word in VERBS


def unnamed(phrase: str, words: Sequence[str], lower: Sequence[str]) -> tuple[str, str | None]:
    """Return kind and name of a speaker who is no named person.

    Parameters
    ----------
    phrase : str
    words, lower : sequence of str
        Its words, and the same in lower case without a possessive 's.
    """
    have = set(lower)
    if not have.isdisjoint(nm.ANONYMOUS) and not OFFICIAL.search(phrase):
        return "anonymous", None
    lead = LEAD.split(phrase, 1)[0].split()
    head = lead[-1] if lead else ""
    if head.lower() in nm.OFFICE or (head.islower() and head in nm.TITLES):
        return "role", None  # "an editor for The Hill", "the British journalist"
    if not have.isdisjoint(nm.DOCUMENTS):
        return "document", None
    if lower[-1] not in nm.BODIES and not have.isdisjoint(nm.BODIES):
        names = nm.NAME.finditer(phrase)
        tail = next((match for match in names if match.end() == len(phrase)), None)
        if tail is not None and not OF_NAME.search(phrase[: tail.start()]):
            return "org", tail.group()
    if lower[0] in ONE and described(phrase) is not None:
        return "role", None  # "a police commander in Wales"
    if not (have.isdisjoint(nm.ORGANISATIONS) and have.isdisjoint(nm.PLACES)):
        return "org", _short(phrase)
    short = "" if phrase.islower() else _short(phrase)  # only capitals tell a body
    if ACRONYM.fullmatch(short):
        return "org", short
    if not have.isdisjoint(ROLE_HEADS):
        return "role", None
    if len(words) == 1 and lower[0] in nm.PARTIES:
        return "org", nm.unowned(words[0])
    if len(words) == 1 and _opens_name(words[0]) and lower[0] not in nm.GROUPS:
        return "named", nm.unowned(words[0])
    if lower[0] == "the" and any(map(_opens_name, words)):
        return "org", short
    if " " in short and short.istitle() and short.split()[0].lower() in OPENS_BODY:
        return "org", short  # "Planned Parenthood"
    return ("group" if lower[-1].endswith("s") else "role"), None


def _opens_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in nm.NOT_NAMES


def _short(phrase: str) -> str:
    """Return a phrase without what hangs on its name, and with a small "the"."""
    short = HANGING.split(phrase, 1)[0].strip()
    return nm.unowned("the" + short[3:] if THE.match(short) else short)


def without_aside(phrase: str) -> str:
    """Return a phrase without what stands aside at its end: "Hill, meanwhile" is Hill."""
    return ASIDE.sub("", phrase) if phrase.rpartition(" ")[2] in ASIDE_ENDS else phrase


def described(phrase: str) -> str | None:
    """Return "he", "she" or "" for either if a phrase brings in one nameless person, else None.

    Examples
    --------
    >>> described("A former minister"), described("One woman in Leeds"), described("A letter")
    ('', 'she', None)
    """
    if phrase.partition(" ")[0].lower() not in ONE:
        return None
    words = LEAD.split(phrase, 1)[0].partition(" on ")[0].lower().split()
    if len(words) < 2:
        return None
    head = words[-1]
    if head in nm.WOMAN or head.endswith("woman"):
        return "she"
    if head in nm.MAN or (head.endswith("man") and head not in ("german", "roman", "ottoman")):
        return "he"
    return "" if head in nm.PERSON else None


def brief(phrase: str) -> str:
    """Return a description without what hangs on it: "a former minister"."""
    phrase = ENDS.split(without_aside(phrase), 1)[0]
    return phrase[0].lower() + phrase[1:]


def plural(phrase: str) -> bool:
    """Whether a phrase tells of several people: "Some officials in the office"."""
    head = LEAD.split(phrase, 1)[0].partition(" on ")[0].split()
    return bool(head) and (head[-1].endswith("s") or head[-1].lower() in PLURAL)
