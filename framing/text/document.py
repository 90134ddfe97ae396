"""One text with its parts: `Document`, what users hold, and `Reading`, what the rules look at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framing.tables import BadInput
from framing.text.capitals import capitals
from framing.text.people import People
from framing.text.segment import Block, plain, read_block

if TYPE_CHECKING:
    from framing.text.traits import Traits


@dataclass(frozen=True, eq=False)
class Document:
    """One text and what is known about it.

    Parameters
    ----------
    doc_id : str
    text : str
        Never changed; all offsets count its code points.
    title : str or None
    meta : mapping
        All other fields: outlet, date, event, side ...
    cache : dict
        What was found once and is needed again, such as the words of each voice.

    Examples
    --------
    >>> document = Document("a", "Mr Hill spoke. Nobody listened.")
    >>> document.sentences
    [(0, 14), (15, 31)]
    """

    doc_id: str
    text: str
    title: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for name, value in (("doc_id", self.doc_id), ("text", self.text)):
            if not isinstance(value, str):
                raise BadInput(f"Document: {name} is a string, not {type(value).__name__}")

    @cached_property
    def reading(self) -> Reading:
        """The parts of this text, found once."""
        return Reading(self.text, read_block([self.text]), 0)

    @property
    def runs(self) -> list[tuple[int, int, str]]:
        """Whose words stand where: (start, end, voice), without gap.

        As found when the document was annotated; before that only what its quotation marks show.
        """
        if "runs" in self.cache:
            found: list[tuple[int, int, str]] = self.cache["runs"]
            return found
        from framing.text.quotation import find_quotations
        from framing.text.voices import VoiceMap

        outer = [q for q in find_quotations(self.reading) if q.depth == 0]
        return VoiceMap(len(self.text), [(q.start, q.end, "direct", None) for q in outer]).runs

    def _repr_html_(self) -> str:
        from framing.text.shown import document_html

        return document_html(self)

    @property
    def words(self) -> list[tuple[int, int]]:
        """Offsets of the words."""
        return list(zip(self.reading.starts, self.reading.ends, strict=True))

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Offsets of the sentences."""
        return self.reading.sentences

    @property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Offsets of the paragraphs."""
        return self.reading.paragraphs


class Match(NamedTuple):
    """A lexicon entry found in a text: offsets in the text and word indices, both ends given."""

    entry: Any
    start: int
    end: int
    first: int
    last: int


class Reading:
    """The parts of one text, cut out of the block it was read in.

    All offsets count code points of the text; all word indices count its words.

    Attributes
    ----------
    text : str
    starts, ends, cores : array of int
        Word offsets; `cores` are the ends without a possessive 's.
    sentences, paragraphs : list of (start, end)
    sentence_words : list of (first word, first word behind)
    first_word : int
        Index in the block of the first word.
    """

    def __init__(
        self,
        text: str,
        block: Block,
        number: int,
        matches: Mapping[str, list[Match]] | None = None,
    ) -> None:
        self.text = plain(text)
        self._block = block
        self._number = number
        self._base = int(block.offsets[number])
        self._matches = matches or {}
        low, high = self._words = tuple(block.firsts[number : number + 2].tolist())
        self.first_word: int = low
        self.starts, self.ends, self.cores = [word[low:high] for word in block.noted(_words)]
        low, high = block.noted(_edges)[number : number + 2]
        starts, ends, *words = block.noted(_sentences)[:, low:high].tolist()
        self._sentence_starts: list[int] = starts
        self.sentences: list[tuple[int, int]] = list(zip(starts, ends, strict=True))
        self.sentence_words: list[tuple[int, int]] = list(zip(*words, strict=True))

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        return list(map(tuple, self._block.part(_paragraphs, self._block.offsets, self._number)))

    def places(self, find: Callable[[Block], np.ndarray]) -> list[Any]:
        """Return the offsets, or rows of them, that `find` finds in the block, of this text."""
        places: list[Any] = self._block.part(find, self._block.offsets, self._number)
        return places

    def flags(self, find: Callable[[Block], bytes]) -> bytes:
        """Return what `find` says of every word of the block, for the words of this text."""
        return self._block.noted(find)[slice(*self._words)]

    @cached_property
    def traits(self) -> Traits:
        """Traits of the words of the block; those of the text begin at `first_word`."""
        return self._block.traits

    def noted(self, find: Callable[[Block], np.ndarray]) -> list[list[int]]:
        """Return the rows of word indices that `find` finds in the block, those of this text.

        It is called once a block and gives an array sorted by its first column.
        """
        rows: list[list[int]] = self._block.part(find, self._block.firsts, self._number)
        return rows

    @cached_property
    def people(self) -> People:
        """The people named in the text."""
        tables = self._block.noted(capitals)
        folded = self._block.folded[self._base : self._base + len(self.text)]
        return People(self.text, folded, *[table.of(self._number) for table in tables])

    @property
    def n_words(self) -> int:
        return len(self.starts)

    def word(self, index: int) -> str:
        """Return a word folded, without a possessive 's."""
        return self.folded[index]

    @cached_property
    def folded(self) -> list[str]:
        """All words folded, without a possessive 's."""
        return self._block.words[slice(*self._words)]

    @cached_property
    def capitals(self) -> bytes:
        """1 where a word begins with a capital letter."""
        return self.flags(_capitals)

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that begins at or behind `offset`."""
        return bisect_right(self.starts, offset - 1)

    def words_before(self, offsets: list[int]) -> list[int]:
        """Return how many words begin before each offset; one look-up for many."""
        starts = self._block.starts[slice(*self._words)]
        found: list[int] = starts.searchsorted(np.array(offsets, np.int64) + self._base).tolist()
        return found

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that holds `offset`, or of the last one before it."""
        return bisect_right(self._sentence_starts, offset, 1) - 1

    def matches(self, lexicon: str) -> list[Match]:
        """Return what the scan found of a lexicon, in the order of the text."""
        return self._matches.get(lexicon, [])


def _capitals(block: Block) -> bytes:
    return block.capitals.tobytes()


def _words(block: Block) -> list[array[int]]:
    """Return where words begin and end, and end without a possessive 's, in their text."""
    base = block.offsets[:-1].repeat(np.diff(block.firsts))
    columns = (block.starts - base, block.ends - base, block.cores - base)
    return [array("i", column.astype(np.intc).tobytes()) for column in columns]


def _edges(block: Block) -> list[int]:
    """Return the first sentence of each text, and the number of all sentences."""
    edges: list[int] = block.sentences[:, 0].searchsorted(block.offsets).tolist()
    return edges


def _sentences(block: Block) -> np.ndarray:
    """Return where sentences begin and end in their text, and the same in words, as four rows."""
    text = block.text_at(block.sentences[:, 0])
    base = block.offsets[text], block.firsts[text]
    parts = block.sentences - base[0][:, None], block.sentence_words - base[1][:, None]
    return np.hstack(parts).T


def _paragraphs(block: Block) -> np.ndarray:
    return block.paragraphs
