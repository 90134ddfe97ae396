"""Reading many texts at once into arrays: words, sentences and paragraphs with their offsets."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from framing.text import characters as ch
from framing.text.hashes import BASE, SPREAD, distinct, hashed, pick, ranges
from framing.text.sentences import sentence_ends

if TYPE_CHECKING:
    from framing.text.traits import Traits

T = TypeVar("T")
LINES, WIDTH = 4, 140  # of wrapped text: at least, at most


@dataclass(frozen=True, eq=False)
class Block:
    """Several texts joined by NUL and read once.

    Attributes
    ----------
    texts : tuple of str
    offsets : numpy.ndarray of int64, shape (n_texts + 1,)
        Where each text begins in the joined array; `offsets[i + 1] - 1` is its NUL.
    kind, folded : numpy.ndarray, shape (n_characters,)
        Class and folded code point of every character (see `characters`).
    starts, ends : numpy.ndarray of int64, shape (n_words,)
        Word offsets in the joined array.
    cores : numpy.ndarray of int64, shape (n_words,)
        Word ends without a possessive 's.
    hashes : numpy.ndarray of uint64, shape (n_words,)
        Hash of each word's folded core.
    sentences, paragraphs : numpy.ndarray of int64, shape (n, 2)
    code : numpy.ndarray of uint16, shape (n_characters,)
        The code points as written, cut off at `characters.LIMIT`.
    joined : str
        The texts joined by NUL.
    """

    texts: tuple[str, ...]
    offsets: np.ndarray
    kind: np.ndarray
    folded: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    cores: np.ndarray
    hashes: np.ndarray
    prefix: np.ndarray
    sentences: np.ndarray
    paragraphs: np.ndarray
    code: np.ndarray
    joined: str

    def capital(self, place: np.ndarray) -> np.ndarray:
        """Whether the characters at `place` are capital letters."""
        return (self.kind[place] == ch.LETTER) & (self.code[place] != self.folded[place])

    @functools.cached_property
    def capitals(self) -> np.ndarray:
        """Whether each word begins with a capital letter; only letters have another form."""
        return pick(self.code != self.folded, self.starts)

    def text_at(self, place: np.ndarray) -> np.ndarray:
        """Return the index of the text that holds each character."""
        return self.offsets.searchsorted(place, "right") - 1

    @functools.cached_property
    def words(self) -> list[str]:
        """All words folded, without a possessive 's; equal ones are mostly one object."""
        chosen = self.distinct[0]
        size = self.lengths[chosen] + 1
        letters = self.folded[ranges(self.starts[chosen], size)[1]]
        letters[size.cumsum() - 1] = ord(" ")
        words = np.array(letters.tobytes().decode("utf-16-le").split(), object)
        found: list[str] = self.spread(words).tolist()
        return found

    @functools.cached_property
    def distinct(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the different words stand, and which of these each word is."""
        return distinct(self.hashes)

    @functools.cached_property
    def traits(self) -> Traits:
        """What each word can be, and what stands before it."""
        from framing.text.traits import Traits  # its lists of words need a block to be read

        return Traits(self)

    def among(self, words: frozenset[str], places: np.ndarray | None = None) -> np.ndarray:
        """Which words, or which of those at `places`, are in a set of folded words."""
        if places is None:
            return self.spread(hashed(words).has(self.hashes[self.distinct[0]]))
        return hashed(words).has(self.hashes[places])

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Return of each word what is given of the different words."""
        return pick(values, self.distinct[1])

    @functools.cached_property
    def lengths(self) -> np.ndarray:
        """The length of each word without a possessive 's."""
        return self.cores - self.starts

    def ending(self, suffix: str) -> np.ndarray:
        """Which words end in a suffix of at most three letters."""
        return self.spread(self.distinct_ending(suffix))

    def distinct_ending(self, suffix: str) -> np.ndarray:
        """Which of the different words end in a suffix of at most three letters."""
        lengths, letters = self._last_letters
        found = lengths >= len(suffix)
        for char, last in zip(reversed(suffix), letters, strict=False):
            found = found & (last == ord(char))
        return found

    @functools.cached_property
    def _last_letters(self) -> tuple[np.ndarray, list[np.ndarray]]:
        """The lengths of the different words, and their last letters."""
        chosen = self.distinct[0]
        cores = self.cores[chosen]
        return cores - self.starts[chosen], [self.folded[cores - back] for back in (1, 2, 3)]

    def noted(self, find: Callable[[Block], T]) -> T:
        """Return what `find` finds in the block; it is called once."""
        if find not in self._notes:
            self._notes[find] = find(self)
        found: T = self._notes[find]
        return found

    def part(self, find: Callable[[Block], np.ndarray], edges: np.ndarray, number: int) -> Any:
        """Return what `find` finds between two of the edges, counted from the first of them.

        It finds rows, or single numbers, sorted by their first cell.
        """
        key = find, "parts"
        if key not in self._notes:
            found = self.noted(find)
            begin = (found if found.ndim == 1 else found[:, 0]).searchsorted(edges)
            rows = (found.T - edges[:-1].repeat(np.diff(begin))).T
            self._notes[key] = rows.tolist() if rows.ndim == 1 else rows, begin.tolist()
        rows, begin = self._notes[key]
        part = rows[begin[number] : begin[number + 1]]
        return part if isinstance(part, list) else part.tolist()  # rows made lists die young

    @functools.cached_property
    def _notes(self) -> dict[Any, Any]:
        return {}

    @functools.cached_property
    def firsts(self) -> np.ndarray:
        """The first word of each text, and the number of all words."""
        return self.starts.searchsorted(self.offsets)

    @functools.cached_property
    def sentence_words(self) -> np.ndarray:
        """The first word of each sentence and the first word behind it, shape (n, 2)."""
        return np.searchsorted(self.starts, self.sentences)

    def span_hash(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return the hash of each character span [start, end) of the folded text."""
        inverse = _powers(len(self.kind) + 1)[1]
        return (pick(self.prefix, end) - pick(self.prefix, start)) * pick(inverse, start)


def read_block(texts: Sequence[str]) -> Block:
    """Read texts into one `Block`.

    Parameters
    ----------
    texts : sequence of str

    Examples
    --------
    >>> block = read_block(["Mr. Hill didn’t run.", "No. 10’s view"])
    >>> joined = "\\0".join(block.texts)
    >>> [joined[a:b] for a, b in zip(block.starts, block.cores)]
    ['Mr', 'Hill', 'didn’t', 'run', 'No', '10', 'view']
    """
    written = "\0".join(texts) + "\0"
    code, joined = ch.codes(written), plain(written)
    kind, folded = ch.classes(code)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    offsets = np.concatenate(([0], np.cumsum(lengths + 1)))
    stray = code == 0
    stray[offsets[1:] - 1] = False
    if stray.any():
        kind[stray], folded[stray] = ch.SPACE, ord(" ")
        joined = "\0".join([plain(one).replace("\0", " ") for one in texts]) + "\0"
    kind[_returns(code)] = ch.SPACE
    starts, ends = _words(kind)
    cores = _cores(kind, folded, starts, ends)
    powers, inverse = _powers(len(kind) + 1)
    prefix = np.empty(len(kind) + 1, np.uint64)
    prefix[0] = 0
    np.cumsum(folded * powers[: len(kind)], out=prefix[1:])
    hashes = (pick(prefix, cores) - pick(prefix, starts)) * pick(inverse, starts)
    blanks = _Blanks(kind)
    breaks = _line_breaks(kind, folded, code, blanks, offsets[1:] - 1)
    paragraphs = _spans(blanks, breaks)
    stops = sentence_ends(kind, folded, code, starts, ends, hashes)
    sentences = _spans(blanks, np.sort(np.concatenate((breaks, stops))))
    return Block(
        tuple(texts), offsets, kind, folded, starts, ends, cores, hashes, prefix, sentences,
        paragraphs, code, joined,
    )  # fmt: skip


@functools.lru_cache(maxsize=2)
def _powers_of(length: int) -> tuple[np.ndarray, np.ndarray]:
    inverse = np.uint64(pow(int(BASE), -1, 2**64))
    both = []
    for first, base in ((1, BASE), (SPREAD, inverse)):
        values = np.full(length, base, np.uint64)
        values[0] = first
        both.append(np.multiply.accumulate(values))
    return both[0], both[1]


def _powers(length: int) -> tuple[np.ndarray, np.ndarray]:
    return _powers_of(1 << max(19, (length - 1).bit_length()))


def _inside(kind: np.ndarray) -> np.ndarray:
    """Whether each character stands in a word."""
    letter, digit = kind == ch.LETTER, kind == ch.DIGIT
    inside = letter | digit
    numeric = (kind == ch.STOP) | (kind == ch.COMMA)
    inner = inside[1:-1]
    inner |= (kind[1:-1] == ch.APOSTROPHE) & (letter | digit)[:-2] & letter[2:]
    inner |= numeric[1:-1] & digit[:-2] & digit[2:]
    return inside


def _words(kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inside = _inside(kind)
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if len(inside) and inside[0]:
        edges = np.concatenate(([0], edges))
    return edges[0::2].copy(), edges[1::2].copy()


def _cores(
    kind: np.ndarray, folded: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Return the ends of words without a possessive 's."""
    mark, cores = np.flatnonzero(kind == ch.APOSTROPHE), ends.copy()
    if not len(starts):
        return cores
    word = starts.searchsorted(mark) - 1
    owned = (word >= 0) & (ends[word] == mark + 2) & (folded[ends[word] - 1] == ord("s"))
    cores[word[owned]] -= 2
    return cores


def plain(text: str) -> str:
    """Return a text with one kind of line break and of space, of the same length.

    Examples
    --------
    >>> plain("Mr\\u00a0Hill\\r\\nleft")
    'Mr Hill \\nleft'
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n")
    return text.replace("\u00a0", " ")


def _returns(code: np.ndarray) -> np.ndarray:
    """Positions of carriage returns before a line feed, which are one break with it."""
    found = np.flatnonzero(code[:-1] == 13)
    return found[code[found + 1] == 10]


def _line_breaks(
    kind: np.ndarray, folded: np.ndarray, code: np.ndarray, blanks: _Blanks, ends: np.ndarray
) -> np.ndarray:
    """Positions where a line break ends a paragraph: all but a break inside a running sentence;
    and those where a text does.
    """
    newline = np.flatnonzero(kind == ch.NEWLINE)
    if not len(newline):
        return ends
    text = ends.searchsorted(newline)
    following = np.minimum(blanks.behind(newline), ends[text])
    preceding = np.maximum(blanks.before(newline), np.where(text, ends[text - 1], 0))
    lines = np.searchsorted(newline, following) - np.searchsorted(newline, preceding)
    is_lower = (kind[following] == ch.LETTER) & (code[following] == folded[following])
    runs_on = ch.members(ch.LETTER, ch.DIGIT, ch.COMMA, ch.HYPHEN, ch.DASH)[kind[preceding]]
    wrapped = ((lines == 1) & is_lower & runs_on) | _wrapped(kind, newline, ends, is_lower, code)
    return np.sort(np.concatenate((newline[~wrapped], ends)))


def _wrapped(
    kind: np.ndarray, newline: np.ndarray, ends: np.ndarray, is_lower: np.ndarray, code: np.ndarray
) -> np.ndarray:
    """Which line breaks only wrap the lines of a text: the next word would not have fitted.

    A text is taken for wrapped if that holds for nine in ten of its single line breaks, and half
    of them stand before a small letter.
    """
    edges = np.sort(np.concatenate((newline, ends)))
    at = edges.searchsorted(newline)
    pair = code[newline - 1] == 13
    length = newline - np.where(at > 0, edges[at - 1], -1) - 1 - pair
    next_pair = code[np.minimum(newline + 1, len(code) - 1)] == 13
    single = (length > 0) & (edges[np.minimum(at + 1, len(edges) - 1)] > newline + 1 + next_pair)
    text = ends.searchsorted(newline)
    widest = np.zeros(len(ends), np.int64)
    np.maximum.at(widest, text, length)
    count = np.bincount(text, single, len(ends))
    likely = (count >= LINES) & (widest <= WIDTH)
    if not likely.any():
        return np.zeros(len(newline), bool)
    gaps = np.flatnonzero((kind == ch.SPACE) | (kind == ch.NEWLINE) | (kind == ch.END))
    word = gaps[gaps.searchsorted(newline + 1)] - newline - 1
    full = single & (length + 1 + word > widest[text])
    likely &= np.bincount(text, full, len(ends)) >= 0.9 * count
    likely &= np.bincount(text, full & is_lower, len(ends)) >= 0.5 * count
    return full & likely[text]


def _spans(blanks: _Blanks, cuts: np.ndarray) -> np.ndarray:
    """Cut the text at `cuts` and trim the pieces of blanks; empty ones are left out."""
    start = blanks.behind(np.append(0, cuts))
    last = blanks.before(np.append(cuts, len(blanks.blank)))
    return np.stack([start, last + 1], axis=1)[last >= start]


class _Blanks:
    """Where spaces, line breaks and the ends of texts stand, most of them alone."""

    def __init__(self, kind: np.ndarray) -> None:
        self.blank = (kind == ch.SPACE) | (kind == ch.NEWLINE) | (kind == ch.END)
        twins = np.flatnonzero(self.blank[:-1] & self.blank[1:])
        apart = np.diff(twins, prepend=-2, append=len(kind) + 1) > 1
        self._first = np.append(-2, twins[apart[:-1]])
        self._last = np.append(twins[apart[1:]] + 1, len(kind))

    def behind(self, place: np.ndarray) -> np.ndarray:
        """Return the first place that is not blank, from each place on."""
        place = place + self.blank[place]
        more = np.flatnonzero(self.blank.take(place, mode="clip"))
        place[more] = self._last[self._last.searchsorted(place[more])] + 1
        return place

    def before(self, place: np.ndarray) -> np.ndarray:
        """Return the last place that is not blank, before each place."""
        place = place - 1 - self.blank[place - 1]
        more = np.flatnonzero(self.blank.take(place, mode="clip"))
        place[more] = self._first[self._first.searchsorted(place[more], "right") - 1] - 1
        return place
