"""The engine: one scan of the texts, the voices, then each extractor's rule.

It is handed its extractors and imports none.
"""

from __future__ import annotations

import functools
import json
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from framing.lexicon import Lexicon, load
from framing.matcher import Matcher, Matches
from framing.tables import HITS, VOICES, BadInput
from framing.text.attribution import find_voices
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block, read_block
from framing.text.voices import VoiceMap, speaker_text

if TYPE_CHECKING:
    import pandas as pd

BLOCK = 1 << 18
CUES = "report_verbs"
NEGATORS = frozenset(
    "no not never without neither nor hardly cannot barely scarcely n't nobody nothing".split()
)


_as_json = json.JSONEncoder(ensure_ascii=False).encode


class Span(NamedTuple):
    """What an extractor's rule yields: a stretch of text, its label, and why."""

    start: int
    end: int
    label: str
    strength: float
    rule: str
    attributes: Mapping[str, Any] | None = None


class Rule(Protocol):
    """What the engine needs of an extractor (see `framing.extractors.base`)."""

    name: str

    @property
    def lexicons(self) -> tuple[Lexicon, ...]: ...

    @property
    def label_names(self) -> tuple[str, ...]: ...

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterable[Span]: ...


Row = tuple[Any, ...]


class Engine:
    """Lexicons compiled once, ready to read blocks of documents.

    Parameters
    ----------
    extractors : sequence of extractors
    """

    def __init__(self, extractors: Sequence[Rule]) -> None:
        names = [extractor.name for extractor in extractors]
        doubled = [name for name in names if names.count(name) > 1]
        if doubled:
            raise BadInput(f"extractor '{doubled[0]}' is given twice; give each a name of its own")
        self.extractors = tuple(extractors)
        lexicons = {CUES: load(CUES)}
        for extractor in extractors:
            for lexicon in extractor.lexicons:
                if lexicons.setdefault(lexicon.id, lexicon).sha256 != lexicon.sha256:
                    raise BadInput(f"two different lexicons have the id '{lexicon.id}'; rename one")
        self.matcher = _compiled(tuple(lexicons.values()))

    def read(self, documents: Sequence[Document]) -> Iterator[tuple[Reading, VoiceMap]]:
        """Yield each document's reading, with its matches, and its voices."""
        block = read_block([document.text for document in documents])
        tables = self._split(block, self.matcher.scan(block))
        for number, (document, matches) in enumerate(zip(documents, tables, strict=True)):
            reading = Reading(document.text, block, number)
            for lexicon, found in zip(self.matcher.lexicons, matches, strict=True):
                reading.add_matches(lexicon.id, found)
            voices = find_voices(reading, reading.matches(CUES))
            document.cache.update(
                words=words_by_voice(reading, voices), runs=voices.runs,
                speakers=voices.speakers(document.text),
            )  # fmt: skip
            yield reading, voices

    def rows(self, documents: Sequence[Document]) -> list[Row]:
        """Return the rows of the hits table for one block of documents."""
        rows: list[Row] = []
        for document, (reading, voices) in zip(documents, self.read(documents), strict=True):
            title_end = _title_end(document)
            found = [
                (span.start, span.end, name, span)
                for name, extractor in ((e.name, e) for e in self.extractors)
                for span in extractor.find(reading, voices, document)
            ]
            found.sort(key=lambda item: item[:3])
            for start, end, name, span in found:
                rows.append(_row(document, reading, voices, title_end, (start, end, name, span)))
        return rows

    def _split(self, block: Block, found: Matches) -> list[list[list[Match]]]:
        """Cut a block's matches into one list per text and lexicon, with offsets in the text."""
        count = len(self.matcher.lexicons)
        tables: list[list[list[Match]]] = [[[] for _ in range(count)] for _ in block.texts]
        owner = np.searchsorted(block.offsets, found.start, side="right") - 1
        base = block.offsets[owner]
        first_word = np.searchsorted(block.starts, block.offsets)[owner]
        columns = (
            owner, found.lexicon, found.entry, found.start - base, found.end - base,
            found.first - first_word, found.last - first_word,
        )  # fmt: skip
        entries = [lexicon.entries for lexicon in self.matcher.lexicons]
        for text, lexicon, entry, start, end, first, last in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            match = Match(entries[lexicon][entry], start, end, first, last)
            tables[text][lexicon].append(match)
        return tables


@functools.lru_cache(maxsize=8)
def _compiled(lexicons: tuple[Lexicon, ...]) -> Matcher:
    return Matcher(lexicons)


def blocks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Group documents into blocks of about 262,000 characters."""
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
    for start, end, voice in voices.runs:
        counts[voice] += bisect_left(reading.starts, end) - bisect_left(reading.starts, start)
    return counts


def _row(
    document: Document,
    reading: Reading,
    voices: VoiceMap,
    title_end: int,
    found: tuple[int, int, str, Span],
) -> Row:
    start, end, name, span = found
    middle = (start + end) // 2
    owner = voices.attribution_at(middle)
    speaker, kind = None, ""
    if owner is not None:
        kind = owner.speaker_type
        speaker = owner.speaker_name or speaker_text(reading.text, owner)
    values = span.attributes or {}
    if voices.nested and len(chain := voices.chain_at(middle)) > 1:
        values = {**values, "speaker_chain": [one.speaker_name for one in chain]}
    attributes = _as_json(values) if values else "{}"
    return (
        document.doc_id, start, end, reading.text[start:end], name, span.label, span.strength,
        voices.voice_at(middle), speaker, kind, _negated(reading, start), start < title_end,
        reading.sentence_at(start), span.rule, attributes,
    )  # fmt: skip


def _negated(reading: Reading, start: int) -> bool:
    """Whether a negator stands among the three words before, in the same sentence."""
    if not reading.sentences:
        return False
    index = reading.word_at(start)
    low = reading.sentence_words[reading.sentence_at(start)][0]
    before = reading.folded[max(low, index - 3) : index]
    return not NEGATORS.isdisjoint(before) or any(word.endswith("n't") for word in before)


def _title_end(document: Document) -> int:
    """Where a headline that opens the text ends; 0 if the text does not begin with its title."""
    if not document.title:
        return 0
    title = document.title.strip()
    lead = len(document.text) - len(document.text.lstrip())
    return lead + len(title) if title and document.text.startswith(title, lead) else 0
