"""Clauses without a parser: what a word can be, from closed classes and its ending.

A `Unit` is a sentence, glued to its neighbours where a quotation runs over the full stop, cut into
folded words and the gaps between them. All indices count the words of the unit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from framing.text.document import Reading
from framing.text.quotation import Quotation

Range = tuple[int, int]
LONGEST = 400  # words; what is longer is no sentence, and rules look no further


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DETERMINERS = _set("the a an this these those another every each some any no both either neither")
POSSESSIVES = _set("his her its their my our your whose")
DETERMINING = DETERMINERS | POSSESSIVES
PRONOUNS = _set("i you he she it we they there everyone everybody nobody someone somebody anyone")
BE = _set("is are was were be been being am")
HAVE = _set("has have had having")
MODALS = _set("will would can could may might must shall should won cannot ll d")
DO = _set("do does did")
AUXILIARIES = BE | HAVE | MODALS | DO
ADVERBS = _set(
    "also then later again previously recently often once just now simply repeatedly publicly even "
    "first still already always only soon ever further instead however too meanwhile earlier thus "
    "almost merely sometimes reportedly not never both all jointly in_turn far long anew"
)
NEGATIONS = _set("not never no nor cannot without neither hardly barely nobody none")
PREPOSITIONS = _set(
    "of in on at by for with from to into onto about over under after before during through "
    "against between among amid despite via within without upon off near behind beyond towards "
    "toward since until across around inside outside because like as per alongside following "
    "regarding throughout"
)
RELATIVES = _set("which who whom whose where when while although though whereas as because unless")
COMPLEMENTISERS = _set("that if whether")
QUESTIONS = _set("how why what who where when which")
CONJUNCTIONS = _set("and but or yet nor so")
DAYS = _set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight "
    "january february march april may june july august september october november december "
    "mon tue wed thu thurs fri sat sun jan feb mar apr aug sept oct nov dec"
)
PLAIN_DAYS = DAYS - _set("may march sat sun wed mar")
TIMES = _set(
    "morning afternoon evening night week month year day weekend summer spring autumn winter fall "
    "time earlier ago o'clock am pm early late hours days weeks months years decades"
)
PAST = _set(
    "said told went came made took got gave knew thought saw found left lost won met kept held led "
    "began ran fell rose grew sent spent built brought bought fought paid sold stood understood "
    "spoke wrote broke chose drew felt heard meant put set cut hit let read became threw wore "
    "drove shot sought taught caught hung sat slept dealt laid lay flew froze forgot hid rode rang "
    "sang sank shook shrank stole struck swore swung tore woke withdrew overcame undertook"
)
PRESENT = _set(
    "says wants makes takes goes gets gives comes knows thinks means seems remains shows feels "
    "believes includes helps runs keeps brings begins expects appears becomes happens lets puts "
    "sees tells tries uses wins loses deserves matters represents requires allows continues "
    "depends say need want make take go get give come know think mean seem remain feel believe "
    "include keep bring become happen let put see tell try lose deserve continue owe agree require"
)
NOT_LY = _set("family italy july reply rally supply ally assembly anomaly bully belly apply rely")
CONTRACTED = ("n't", "'re", "'ll", "'ve", "'d", "'m")
CARRIERS = PRONOUNS | {"that", "what", "here"}  # of a verb in "it's", "that's"
FINITE = (AUXILIARIES | PAST | PRESENT) - _set("be being been having")
NO_ED = _set("need indeed speed feed be being been having")
BY = _set("by with")  # behind a participle: "closed by"
INNER = _set("that who which whose whom where what how why")  # open a clause inside another
SUBORDINATE = _set("because if when while although though unless until whether")
OPENING = INNER | SUBORDINATE
NEAR = _set("last this next earlier late early that the")  # before a time: "last week"
JOINS = " \u00a0'’‘\"“”-"  # may stand between two words of one clause
AROUND = 7  # words looked at before a match and behind it
OPENS_NONE = PREPOSITIONS | RELATIVES | CONJUNCTIONS | AUXILIARIES  # of a clause
ODD, BREAK, PAUSE, COMMA, JOINED, OWNING, SEMICOLON, COLON = (1 << place for place in range(8))
TOUCHING = bytes((ODD,))  # the marks of an empty gap
UNQUOTED = [-1] * LONGEST  # the quotations of words where there are none
BREAKING, ODDITY = (bytes(bool(marks & bit) for marks in range(256)) for bit in (BREAK, ODD))


class Unit:
    """One stretch of text for the rules.

    Parameters
    ----------
    reading : Reading
    span : (start, end)
    quotations : sequence of Quotation
        Those that stand in it.
    first : int
        Index of the first of them.
    words : (first, last), optional
        Its words, where they are known.

    Attributes
    ----------
    low, size : int
        Index of its first word in the text, and number of words.
    start, end : int
        Offsets in the text.
    words : list of str
        Folded, without a possessive 's.
    starts, ends : list of int
        Offsets of the words in the text.
    quoted : bool
        Whether a quotation stands in it.
    quote : list of int
        Index of the quotation each word stands in, or -1.
    capital, adverb, time, plain, finite, verb : bytes
        Traits of the words (see `framing.text.traits.Traits`); `adverb` of "quickly", `time` of
        "Monday" and of "last" in "last week", `finite` of "was", `verb` only where it stands well.
    marks, breaks : bytes
        The marks before each word and, last, behind the last word, 0 for one space; whether a
        comma, dash, bracket, colon or quotation mark is among them.
    """

    __slots__ = (
        "_base", "_traits", "adverb", "breaks", "capital", "end", "ends", "heads", "low", "marks",
        "plain", "quote", "quoted", "size", "start", "starts", "stops", "text", "time", "verb",
        "words",
    )  # fmt: skip

    def __init__(
        self, reading: Reading, span: Range, quotations: Sequence[Quotation], first: int,
        words: Range | None = None,
    ) -> None:  # fmt: skip
        text = self.text = reading.text
        start, end = self.start, self.end = span
        if words is None:
            low = bisect_left(reading.starts, start)
            words = low, bisect_left(reading.starts, end, low)
        low, high = words
        self.low, self.size = low, high - low
        self.words = reading.folded[low:high]
        starts = self.starts = reading.starts[low:high]
        ends = self.ends = reading.ends[low:high]
        self.quoted, self.quote = bool(quotations), UNQUOTED
        if quotations or self.size > LONGEST:
            quote = self.quote = [-1] * self.size
            for number, quotation in enumerate(quotations, first):
                into = bisect_left(starts, quotation.start)
                behind = bisect_left(starts, quotation.end, into)
                quote[into:behind] = [number] * (behind - into)
        traits, low, high = reading.traits, low + reading.first_word, high + reading.first_word
        self._traits, self._base, gaps = traits, low, traits.gaps
        if starts:
            lead = gaps[text[start : starts[0]]] if starts[0] > start else TOUCHING
            self.marks = lead + traits.marks[low + 1 : high] + gaps[text[ends[-1] : end]]
        else:
            self.marks = gaps[text[start:end]]
        self.breaks = self.marks.translate(BREAKING)
        self.stops: bytes | bytearray
        self.stops = self.marks.translate(ODDITY) if quotations else self.breaks
        self.heads: Collection[int] = ()
        self.capital, self.adverb = traits.capital[low:high], traits.adverb[low:high]
        self.time, self.verb = traits.time[low:high], traits.verb[low:high]
        self.plain = traits.plain[low:high]
        if starts and traits.opens[low] + traits.closes[high - 1] > 1:
            self._judge_edges()

    @property
    def finite(self) -> bytes:
        return self._traits.finite[self._base : self._base + self.size]

    def _judge_edges(self) -> None:
        """Judge the first words and the last again, whose neighbours stand in other units."""
        late = range(max(self.size - 2, 0), self.size)
        self.time = self.time[:-2] + bytes(time_at(self, index) for index in late)
        verb = bytearray(self.verb)
        for index in {*range(min(self.size, 2)), self.size - 1}:
            verb[index] = finite_at(self, index)
        self.verb = bytes(verb)

    def may_end(self, index: int) -> bool:
        """Whether words before the word `index` are told the same if what follows is cut off."""
        hanging = index > 0 and self._traits.closes[self._base + index - 1]
        return not hanging and not (self.quoted and max(self.quote[:index], default=-1) >= 0)

    def gap(self, index: int) -> str:
        """Return what stands before a word; before the word behind the last one, what is left."""
        before = self.ends[index - 1] if index else self.start
        behind = self.starts[index] if index < self.size else self.end
        return self.text[before:behind]

    def expect(self, heads: Collection[int]) -> None:
        """Remember where later cues begin: `heads`, and in `stops` also where a clause may end."""
        stops = bytearray(self.stops)
        for head in heads:
            stops[head] = 1
        self.heads, self.stops = heads, stops

    def in_title_case(self) -> bool:
        """Whether nearly all longer words are capitalised, as in some headlines."""
        long = [
            capital for word, capital in zip(self.words, self.capital, strict=True) if len(word) > 3
        ]
        return sum(long) > 0.8 * max(len(long), 1)

    def possessive(self, index: int) -> bool:
        """Whether the word has a possessive ending."""
        if self._traits.extended[self._base + index] and self.text[self.ends[index] - 2] in "'’":
            return True
        owning = self.marks[index + 1] & OWNING > 0
        return owning and self.words[index].endswith(("s", "z", "x")) and self.quote[index] < 0


def mark(gap: str) -> int:
    """Return the marks in what stands between two words, as bits.

    `BREAK` is a comma, dash, bracket, colon or quotation mark, `PAUSE` the same without a bare
    "&" or "/", `JOINED` a hyphen or a sign of mark-up right before the word ("vote-rigging"),
    `OWNING` an apostrophe right behind the word before, `ODD` anything but one space.

    Examples
    --------
    >>> mark(" "), mark(", ") & COMMA > 0, mark("-") & BREAK > 0, mark("-") & JOINED > 0
    (0, True, False, True)
    """
    if gap == " ":
        return 0
    bare = gap.strip(" \u00a0\n-.’'")
    dashed = "--" in gap or " - " in gap
    joined = gap in ("-", "/", "=", '="', "_") or gap.endswith(("<", "@", "#", "="))
    return ODD | (
        BREAK * bool(bare or dashed) + PAUSE * bool(bare.strip(" \u00a0\n-.’'&/") or dashed)
        + COMMA * ("," in gap) + JOINED * joined + OWNING * (gap[:1] in ("'", "’"))
        + SEMICOLON * (";" in gap) + COLON * (":" in gap)
    )  # fmt: skip


def time_at(unit: Unit, index: int) -> bool:
    """Whether a time expression begins here ("Monday", "last week", "in May")."""
    word = unit.words[index]
    if word in DAYS and (unit.capital[index] or word.startswith("t") or word == "yesterday"):
        return True
    nearby = unit.words[index + 1 : index + 3]
    if word in NEAR:
        return any(near in TIMES or near in PLAIN_DAYS for near in nearby)
    return word.isdigit() and not TIMES.isdisjoint(nearby)


def is_finite(word: str) -> bool:
    """Whether a word can be a finite verb, by closed lists and endings.

    Examples
    --------
    >>> [is_finite(word) for word in ("was", "couldn't", "voted", "window")]
    [True, True, True, False]
    """
    if word in FINITE or word.endswith(CONTRACTED):
        return True
    return word.endswith("ed") and len(word) > 3 and word not in NO_ED


def has_finite(unit: Unit, first: int, last: int) -> bool:
    """Whether a finite verb may stand between two words of a unit, both given."""
    return 1 in unit.verb[first : last + 1]


def has_own_finite(unit: Unit, first: int, last: int) -> bool:
    """Whether a finite verb stands between two words that is not one of a clause inside.

    In "words that sounded odd" and "a narrow focus because it was late" there is none.
    """
    verb = unit.verb.find(1, first, last + 1)
    if verb < 0 or OPENING.isdisjoint(unit.words[first : verb + 1]):
        return verb >= 0
    place, owed = first, ""
    while place <= last:
        word = unit.words[place]
        if word in SUBORDINATE:
            return False
        if word in INNER and not (word == "that" and unit.words[place - 1] in PREPOSITIONS):
            owed = word
        elif unit.verb[place]:
            if not owed:
                return True
            while place < last and (unit.verb[place + 1] or unit.adverb[place + 1]):
                if not (owed == "what" or unit.words[place] in AUXILIARIES or unit.adverb[place]):
                    break
                place += 1  # "has fallen", "what they say is lost"
            owed = ""
        place += 1
    return False


def finite_at(unit: Unit, index: int) -> bool:
    """Whether a word can be a finite verb where it stands: not "to take", "the closed port"."""
    word = unit.words[index]
    if not unit.finite[index]:
        contracted = unit.ends[index] - unit.starts[index] > len(word)
        return word in CARRIERS and contracted
    before = unit.words[index - 1] if index else ""
    if before == "to":
        return False
    if word.endswith("ed"):
        following = unit.words[index + 1] if index + 1 < unit.size else ""
        if following in BY or unit.marks[index] & JOINED:
            return False
        if index > 1 and unit.adverb[index - 1]:
            before = unit.words[index - 2]
        return before not in DETERMINING and before not in PREPOSITIONS
    return True


def behind_adjuncts(unit: Unit, index: int) -> int:
    """Return the next word behind a mark, or the end."""
    place = unit.breaks.find(1, index, unit.size)
    return place if place >= 0 else unit.size


def opens_clause(unit: Unit, index: int) -> bool:
    """Whether a subject can begin at this word."""
    word = unit.words[index]
    if word in OPENS_NONE:
        return False
    following = unit.words[index + 1] if index + 1 < unit.size else ""
    if word.endswith("ed") and following in PREPOSITIONS:
        return False  # "their claims decided by a judge"
    return bool(unit.capital[index]) or not word.endswith("ing")


def clause_words(reading: Reading, index: int, step: int) -> list[str]:
    """Return the words from an index outwards, nearest first, up to a mark, seven at most."""
    text, folded, cores, starts = reading.text, reading.folded, reading.cores, reading.starts
    edge, parting = (-1, 1) if step < 0 else (len(starts), 0)  # the word a gap stands before
    words: list[str] = []
    for place in range(index, edge, step)[:AROUND]:
        right = place + parting
        if 0 < right < len(starts):
            gap = text[cores[right - 1] : starts[right]]
            if gap != " " and gap.strip(JOINS):
                break
        words.append(folded[place])
    return words
