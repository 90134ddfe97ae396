"""The engine: one scan of the texts, the voices, then each extractor's rule.

It is handed its extractors and imports none.
"""

from __future__ import annotations

import functools
import gc
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from framing.hitrows import Row, hit_rows
from framing.lexicon import Lexicon, load
from framing.matcher import Matcher, Matches
from framing.tables import HITS, VOICES, BadInput
from framing.text.attribution import find_voices
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block, read_block
from framing.text.voices import VoiceMap

if TYPE_CHECKING:
    import pandas as pd

BLOCK = 1 << 19
CUES = "report_verbs"


class Span(NamedTuple):
    """What an extractor's rule yields: a stretch of text, its label, and why.

    A plain tuple of its cells (`Cells`) will do as well, and is made in a tenth of the time.
    """

    start: int
    end: int
    label: str
    strength: float
    rule: str
    attributes: Mapping[str, Any] | None = None


Cells = tuple[int, int, str, float, str, Mapping[str, Any] | None]  # those of a `Span`


class Rule(Protocol):
    """What the engine needs of an extractor (see `framing.extractors.base`).

    It may also have a method `needs`.
    """

    name: str

    @property
    def lexicons(self) -> tuple[Lexicon, ...]: ...

    @property
    def label_names(self) -> tuple[str, ...]: ...

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterable[Cells]: ...


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no reference cycles meanwhile: in a text of 10 MB that took a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Engine:
    """Lexicons compiled once, ready to read blocks of documents.

    Parameters
    ----------
    extractors : sequence of extractors
    named : bool
        Whether speakers are named; counts and rates do not need it.
    """

    def __init__(self, extractors: Sequence[Rule], named: bool = True) -> None:
        self.named = named
        names = [extractor.name for extractor in extractors]
        doubled = [name for name in names if names.count(name) > 1]
        if doubled:
            raise BadInput(f"extractor '{doubled[0]}' is given twice; give each a name of its own")
        self.extractors = tuple(sorted(extractors, key=attrgetter("name")))  # as rows are
        lexicons = {CUES: load(CUES)}
        for extractor in extractors:
            for lexicon in extractor.lexicons:
                if lexicons.setdefault(lexicon.id, lexicon).sha256 != lexicon.sha256:
                    raise BadInput(f"two different lexicons have the id '{lexicon.id}'; rename one")
        self.matcher = _compiled(tuple(lexicons.values()))

    def read(self, documents: Sequence[Document]) -> Iterator[tuple[Reading, VoiceMap]]:
        """Yield each document's reading, with its matches, and its voices."""
        block = read_block([document.text for document in documents])
        tables = self._split(block, self._needed(block, self.matcher.scan(block)))
        for number, (document, matches) in enumerate(zip(documents, tables, strict=True)):
            reading = Reading(document.text, block, number, matches)
            voices = find_voices(reading, reading.matches(CUES), self.named)
            document.cache["words"] = words_by_voice(reading, voices)
            if self.named:
                document.cache.update(runs=voices.runs, speakers=voices.speakers(document.text))
            yield reading, voices

    @uncollected()  # the rules leave no cycles
    def rows(self, documents: Sequence[Document]) -> list[Row]:
        """Return the rows of the hits table for one block of documents."""
        rows: list[Row] = []
        for document, (reading, voices) in zip(documents, self.read(documents), strict=True):
            found = [
                (span[0], span[1], extractor.name, span)
                for extractor in self.extractors
                for span in extractor.find(reading, voices, document)
            ]
            found.sort(key=itemgetter(1))
            found.sort(key=itemgetter(0))  # they stay in the order of ends and names
            rows += hit_rows(document, reading, voices, found)
        return rows

    def _needed(self, block: Block, found: Matches) -> Matches:
        """Return the matches that a rule needs: what cannot become a span is made no object."""
        names = [lexicon.id for lexicon in self.matcher.lexicons]
        order = found.lexicon.astype(np.int16).argsort(kind="stable")
        edges = found.lexicon[order].searchsorted(np.arange(1, len(names)))
        rows = dict(zip(names, np.split(order, edges), strict=True))
        keep = np.zeros(len(order), bool)
        keep[rows[CUES]] = True
        for extractor in self.extractors:
            needs = getattr(extractor, "needs", None)
            needed = needs(block, found, rows) if needs else {}
            for lexicon in extractor.lexicons:
                keep[needed.get(lexicon.id, rows[lexicon.id])] = True
        return found.only(np.flatnonzero(keep))

    def _split(self, block: Block, found: Matches) -> Iterator[dict[str, list[Match]]]:
        """Yield the matches of each text by lexicon, with offsets in the text."""
        names = [lexicon.id for lexicon in self.matcher.lexicons]
        owner = block.text_at(found.start)
        base, first_word = block.offsets[owner], block.firsts[owner]
        columns = (
            self.matcher.entries(found), found.start - base, found.end - base,
            found.first - first_word, found.last - first_word,
        )  # fmt: skip
        cell = np.arange(len(block.texts) * len(names) + 1)
        edges = (owner * len(names) + found.lexicon).searchsorted(cell).tolist()
        for low in range(0, len(edges) - 1, len(names)):
            bounds = edges[low : low + len(names) + 1]
            cells = [column[bounds[0] : bounds[-1]].tolist() for column in columns]
            matches = map(_match, zip(*cells, strict=True))
            yield {
                name: list(islice(matches, end - start))
                for name, (start, end) in zip(names, pairwise(bounds), strict=True)
                if start < end
            }


_match = functools.partial(tuple.__new__, Match)


@functools.lru_cache(maxsize=8)
def _compiled(lexicons: tuple[Lexicon, ...]) -> Matcher:
    return Matcher(lexicons)


def blocks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Group documents into blocks of about 524,000 characters."""
    block: list[Document] = []
    size = 0
    for document in documents:
        if block and size + len(document.text) > BLOCK:
            yield block
            block, size = [], 0
        block.append(document)
        size += len(document.text)
    if block:
        yield block


def annotate_blocks(
    documents: Iterable[Document], extractors: Sequence[Rule], jobs: int = 1
) -> Iterator[tuple[list[Document], list[Row]]]:
    """Yield (documents, rows of the hits table) block by block, with flat memory.

    Parameters
    ----------
    jobs : int
        Number of processes; the result does not depend on it.
    """
    if jobs <= 1:
        engine = Engine(extractors)
        for block in blocks(documents):
            yield block, engine.rows(block)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[tuple[list[Document], Future[tuple[list[Row], list[dict[str, int]]]]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(tuple(extractors),)) as pool:
        for block in blocks(documents):
            waiting.append((block, pool.submit(_work, block)))
            if len(waiting) > 2 * jobs:
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())


def _finished(block: list[Document], future: Any) -> tuple[list[Document], list[Row]]:
    rows, words = future.result()
    for document, counts in zip(block, words, strict=True):
        document.cache["words"] = counts
    return block, rows


_worker: list[Engine] = []  # the engine of a worker process, compiled once by its initializer


def _start(extractors: tuple[Rule, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it closes the pool
    _worker[:] = [Engine(extractors)]


def _work(block: list[Document]) -> tuple[list[Row], list[dict[str, int]]]:
    rows = _worker[0].rows(block)
    return rows, [document.cache["words"] for document in block]


def annotate(corpus: Iterable[Document], extractors: Sequence[Rule]) -> pd.DataFrame:
    """Find the spans of every measure in every document.

    Parameters
    ----------
    corpus : Corpus or iterable of Document
    extractors : sequence of extractors

    Returns
    -------
    pandas.DataFrame
        The hits table, one row a span: offsets are code points of the unmodified text,
        `voice` says whose words they are.
    """
    rows = [row for _, found in annotate_blocks(corpus, extractors) for row in found]
    return hits_table(rows, extractors)


def hits_table(rows: Sequence[Row], extractors: Sequence[Rule]) -> pd.DataFrame:
    """Make the hits table of rows and note in ``.attrs`` which extractors looked for what."""
    import pandas as pd

    table = pd.DataFrame.from_records(rows, columns=list(HITS)).astype(
        {"start": "int64", "end": "int64", "strength": "float64", "sentence": "int64",
         "negated": "bool", "in_title": "bool", "speaker": "object"}
    )  # fmt: skip
    table["speaker"] = table["speaker"].where(table["speaker"].notna(), None)
    table.attrs["extractors"] = {e.name: list(e.label_names) for e in extractors}
    return table


def words_by_voice(reading: Reading, voices: VoiceMap) -> dict[str, int]:
    """Count the words of each voice."""
    counts = dict.fromkeys(VOICES, 0)
    first = 0
    behind = reading.words_before([end for _, end, _ in voices.runs])
    for (_, _, voice), last in zip(voices.runs, behind, strict=True):  # they leave no gap
        counts[voice] += last - first
        first = last
    return counts
