"""Clauses without a parser: what a word can be, from closed classes and its ending.

A `Unit` is a sentence, glued to its neighbours where a quotation runs over the full stop, cut into
folded words and the gaps between them. All indices count the words of the unit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from framing.text.document import Reading
from framing.text.quotation import Quotation

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
    "almost merely sometimes reportedly not never both all jointly in_turn far long"
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


class Unit:
    """One stretch of text for the rules.

    Attributes
    ----------
    low : int
        Index of its first word in the text.
    start, end : int
        Offsets in the text.
    words : list of str
        Folded, without a possessive 's.
    starts, ends : list of int
        Offsets of the words in the text.
    gaps : list of str
        What stands before each word; the last is what stands behind the last word.
    quoted : bool
        Whether a quotation stands in it.
    quote : list of int
        Index of the quotation each word stands in, or -1.
    """

    __slots__ = (
        "end", "ends", "gaps", "low", "quote", "quoted", "start", "starts", "text", "words"
    )  # fmt: skip

    def __init__(
        self, reading: Reading, span: tuple[int, int], quotations: Sequence[Quotation], first: int
    ) -> None:
        text = reading.text
        self.text = text
        self.start, self.end = span
        self.low = reading.word_at(self.start)
        high = reading.word_at(self.end)
        self.starts = reading.starts[self.low : high]
        self.ends = reading.ends[self.low : high]
        self.words = reading.folded[self.low : high]
        edges = [self.start, *self.ends]
        bounds = zip(edges, [*self.starts, self.end], strict=True)
        self.gaps = [text[edge:start] for edge, start in bounds]
        self.quoted = bool(quotations)
        self.quote = [-1] * len(self.words)
        for number, quotation in enumerate(quotations, first):
            low = bisect_left(self.starts, quotation.start)
            high = bisect_left(self.starts, quotation.end)
            self.quote[low:high] = [number] * (high - low)

    def __len__(self) -> int:
        return len(self.words)

    def capital(self, index: int) -> bool:
        return self.text[self.starts[index]].isupper()

    def in_title_case(self) -> bool:
        """Whether nearly all longer words are capitalised, as in some headlines."""
        long = [place for place in range(len(self)) if len(self.words[place]) > 3]
        return sum(map(self.capital, long)) > 0.8 * max(len(long), 1)

    def possessive(self, index: int) -> bool:
        """Whether the word has a possessive ending."""
        word = self.text[self.starts[index] : self.ends[index]]
        plural = self.gaps[index + 1][:1] in ("'", "’") and self.words[index].endswith("s")
        return word[-2:].lower() in ("'s", "’s") or (plural and self.quote[index] < 0)

    def joined(self, index: int) -> bool:
        """Whether a hyphen or a sign of mark-up stands right before the word ("vote-rigging")."""
        gap = self.gaps[index]
        return gap in ("-", "/", "=", '="', "_") or gap.endswith(("<", "@", "#", "="))

    def breaks(self, index: int) -> bool:
        """Whether a comma, dash, bracket, colon or quotation mark stands before the word."""
        gap = self.gaps[index]
        if gap == " ":
            return False
        return bool(gap.strip(" \u00a0\n-.’'")) or "--" in gap or " - " in gap

    def is_adverb(self, index: int) -> bool:
        word = self.words[index]
        if word in ADVERBS:
            return True
        return word.endswith("ly") and len(word) > 4 and not self.capital(index) | (word in NOT_LY)

    def is_time(self, index: int) -> bool:
        """Whether a time expression begins here ("Monday", "last week", "in May")."""
        word = self.words[index]
        if word in DAYS and (self.capital(index) or word.startswith("t") or word == "yesterday"):
            return True
        if word in ("last", "this", "next", "earlier", "late", "early", "that", "the"):
            nearby = self.words[index + 1 : index + 3]
            return any(near in TIMES or near in PLAIN_DAYS for near in nearby)
        return word.isdigit() and any(near in TIMES for near in self.words[index + 1 : index + 3])


def is_finite(word: str) -> bool:
    """Whether a word can be a finite verb, by closed lists and endings.

    Examples
    --------
    >>> [is_finite(word) for word in ("was", "couldn't", "voted", "window")]
    [True, True, True, False]
    """
    if word in BE or word in HAVE or word in MODALS or word in DO or word in PAST:
        return word not in ("be", "being", "been", "having")
    if word in PRESENT or word.endswith(CONTRACTED):
        return True
    return word.endswith("ed") and len(word) > 3 and word not in ("need", "indeed", "speed", "feed")


def has_finite(unit: Unit, first: int, last: int) -> bool:
    """Whether a finite verb may stand between two words of a unit, both given."""
    return any(_finite_at(unit, index) for index in range(first, last + 1))


def _finite_at(unit: Unit, index: int) -> bool:
    """Whether a word can be a finite verb where it stands: not "to take", "the closed port"."""
    word = unit.words[index]
    if not is_finite(word):
        contracted = unit.ends[index] - unit.starts[index] > len(word)
        return word in CARRIERS and contracted
    before = unit.words[index - 1] if index else ""
    if before == "to":
        return False
    if word.endswith("ed"):
        following = unit.words[index + 1] if index + 1 < len(unit) else ""
        if following in ("by", "with") or unit.joined(index):
            return False
        if index > 1 and unit.is_adverb(index - 1):
            before = unit.words[index - 2]
        return before not in DETERMINING and before not in PREPOSITIONS
    return True


def opens_clause(unit: Unit, index: int) -> bool:
    """Whether a subject can begin at this word."""
    word = unit.words[index]
    if word in PREPOSITIONS or word in RELATIVES or word in CONJUNCTIONS:
        return False
    return not (word.endswith("ing") and not unit.capital(index)) and word not in AUXILIARIES
