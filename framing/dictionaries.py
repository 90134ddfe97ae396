"""Dictionaries people own, read as they are: LIWC, quanteda's YAML, tables of term and category."""

from __future__ import annotations

import functools
import hashlib
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.amounts import count_of
from framing.engine import Span
from framing.extractors.base import Extractor
from framing.lexicon import Entry, Lexicon
from framing.tables import BadInput
from framing.text.dictionary_files import READERS, SEPARATOR, Term
from framing.text.document import Document, Reading

if TYPE_CHECKING:
    from framing.text.voices import VoiceMap

FRAME = "The list holds {entry} too."
MISPLACED = re.compile(r"\*(?=\S)|\?")


class DictionaryExtractor(Extractor):
    """The terms of a dictionary file, under their categories: one line to a measure.

    A term counts under each of its categories, one span a category. Terms are taken as written:
    no inflections, no spelling variants; case does not matter; a word that ends in ``*`` stands for
    every word that begins so. Where terms overlap the one that begins first counts, then the
    longer one, then the one without ``*``.

    Parameters
    ----------
    path : str or pathlib.Path
        A file as `read_dictionary` reads it. The name of the measure is that of the file.
    voice, labels, min_words, lexicon
        As for every extractor; `lexicon` is used instead of the file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> path = Path(tempfile.mkdtemp()) / "taxes.csv"
    >>> _ = path.write_text("term,category\\ntax*,burden\\ntax relief,relief\\n")
    >>> hits = annotate(Corpus([Document("a", "Taxes rose; so did tax relief.")]),
    ...                 [DictionaryExtractor(path)])
    >>> hits[["extractor", "text", "label"]].values.tolist()
    [['taxes', 'Taxes', 'burden'], ['taxes', 'tax relief', 'relief']]
    """

    def __init__(
        self,
        path: str | Path,
        *,
        voice: str | None = None,
        labels: bool = False,
        min_words: int = 0,
        lexicon: Lexicon | None = None,
    ) -> None:
        super().__init__(voice=voice, labels=labels, min_words=min_words, lexicon=lexicon)
        self.path = path

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name of the file without its suffix, with _ for what is no letter or digit."""
        return _slug(Path(self.path))

    @property
    def entries(self) -> Lexicon:
        """The dictionary in use."""
        if self.lexicon is not None:
            return self.lexicon
        stamp = Path(self.path).stat() if Path(self.path).is_file() else None
        state = (stamp.st_mtime_ns, stamp.st_size) if stamp else (0, 0)
        return _read_once(str(self.path), state)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        for match in reading.matches(self.entries.id):
            entry = match.entry
            categories = entry.extra.get("categories", entry.label).split(SEPARATOR)
            for category in categories:
                yield Span(match.start, match.end, category, entry.strength, entry.id)


def read_dictionary(path: str | Path) -> Lexicon:
    """Read a dictionary file into a lexicon.

    Parameters
    ----------
    path : str or pathlib.Path
        By its suffix: .dic (LIWC: categories between two lines with %, then terms with the numbers
        of theirs), .dicx (LIWC-22: a table, one column a category, an X where a term belongs to
        it), .yml or .yaml (quanteda, Lexicoder: keys with lists of terms; keys within keys are
        joined by a dot), .csv (columns `term` and `category`, one line a pair).

    Returns
    -------
    Lexicon
        An entry's `label` is its first category, ``extra["categories"]`` holds all of them.
        ``info["skipped"]`` lists the terms that begin or end with a mark, such as emoticons; they
        are left out, with a warning.

    Raises
    ------
    BadInput
        With file and line: no such file, an unknown suffix or category, a wildcard that does not
        end a word, YAML beyond keys and lists, weights in a .dicx file.

    Notes
    -----
    Conditions of LIWC 2001 and 2007, such as ``(02 134)125/464``, are passed over; the other
    categories of their terms count.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mine.yml"
    >>> _ = path.write_text("mood:\\n  good: [happy, glad*]\\n  bad:\\n    - sad\\n")
    >>> [(entry.id, entry.label) for entry in read_dictionary(path).entries]
    [('happy', 'mood.good'), ('glad*', 'mood.good'), ('sad', 'mood.bad')]
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in READERS:
        raise BadInput(f"{path}: unknown kind of dictionary; use one of {', '.join(READERS)}")
    if not file.is_file():
        raise BadInput(f"{path}: no such file")
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    labels, terms = READERS[suffix](file, text)
    return _lexicon(file, labels, terms, hashlib.sha256(content).hexdigest())


@functools.lru_cache(maxsize=16)
def _read_once(path: str, state: tuple[int, int]) -> Lexicon:
    return read_dictionary(path)


def _slug(path: Path) -> str:
    return re.sub(r"\W+", "_", path.stem.lower()).strip("_") or "dictionary"


def _lexicon(file: Path, labels: Sequence[str], terms: Sequence[Term], sha256: str) -> Lexicon:
    found: dict[str, list[str]] = {}
    skipped: dict[str, None] = {}
    for line, written, category in terms:
        term = " ".join(written.replace("’", "'").lower().split())
        if MISPLACED.search(term) and any(map(str.isalnum, term)):
            raise BadInput(
                f"{file}: line {line}: '{written}': a * may only end a word, ? is not read"
            )
        if not _is_wordlike(term):
            skipped[written] = None
            continue
        categories = found.setdefault(term, [])
        if category not in categories:
            categories.append(category)
    if not found:
        raise BadInput(f"{file}: no terms found")
    if skipped:
        some = ", ".join([*skipped][:5])
        warnings.warn(
            f"{file.name}: left out {count_of(len(skipped), 'term')} with a mark at an end: {some}",
            stacklevel=3,
        )
    used = {label for categories in found.values() for label in categories}
    kept = [label for label in dict.fromkeys(labels) if label in used]
    entries = tuple(_entry(term, categories) for term, categories in found.items())
    return Lexicon(_slug(file), entries, _info(file, kept, entries, [*skipped], sha256), sha256)


def _is_wordlike(term: str) -> bool:
    """Whether a term is made of words, where ":d" and "8)" would match any d or 8."""
    bare = term.rstrip("*")
    ends = bare[:1], bare[-1:]
    return any(map(str.isalnum, bare)) and all(e.isalnum() or e in ("'", ".") for e in ends)


def _entry(term: str, categories: Sequence[str]) -> Entry:
    extra = {"categories": SEPARATOR.join(categories)}
    return Entry(term, term, categories[0], patterns=(term,), names=True, extra=extra)


def _info(
    file: Path,
    labels: Sequence[str],
    entries: Sequence[Entry],
    skipped: Sequence[str],
    sha256: str,
) -> dict[str, Any]:
    first = {entry.label: entry.entry.replace("*", "") for entry in reversed(entries)}
    return {
        "id": _slug(file),
        "title": file.stem,
        "definition": f"The terms of {file.name}, by category.",
        "source": file.name,
        "licence": "as its owner says",
        "version": sha256[:12],
        "labels": {label: f"Terms of the category {label}." for label in labels},
        "frame": FRAME,
        "skipped": list(skipped),
        "codebook": {
            "construct": f"What the makers of {file.name} mean by each category.",
            "rule": "Every term as written, under each of its categories; case does not matter.",
            "known_failures": ["A term is counted in every sense and under negation."],
            "positive": [FRAME.format(entry=term) for term in [*first.values()][:5]],
            "negative": [],
        },
    }
