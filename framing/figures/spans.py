"""A text cut where its voices and hits begin and end, and the mark of each measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from framing.figures.wording import count_of, name_of, need
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

SPEECH = ("direct", "indirect")
VOICE_KEYS = {
    "direct": "direct quotation", "indirect": "reported speech", "scare": "scare quotes",
    "title": "name of a work", "boilerplate": "boilerplate, not counted",
}  # fmt: skip
_COLUMNS = ("start", "end", "text", "extractor", "label", "voice", "speaker", "rule")


class Readable(Protocol):
    """What can be marked: a text with its id; ``title`` and ``runs`` are used where present."""

    @property
    def doc_id(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Piece:
    """A stretch of text within which neither the voice nor the hits change."""

    start: int
    end: int
    voice: str
    hits: tuple[int, ...]


def hits_in(document: Readable, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the document's hits in order, checked against its text.

    Raises
    ------
    BadInput
        If a hit does not stand where it says: the hits were found in another text.
    """
    if not isinstance(getattr(document, "text", None), str) or not hasattr(document, "doc_id"):
        raise BadInput(
            f"a marked text: the document is a {type(document).__name__}; give a Document, such as "
            "corpus['the id'] or corpus[0]"
        )
    need(hits, ["doc_id", "start", "end", "extractor"], "a marked text")
    mine = hits[hits["doc_id"].astype(str) == str(document.doc_id)]
    mine = mine.reindex(columns=list(_COLUMNS)).sort_values(["start", "end"], kind="stable")
    mine["voice"] = mine["voice"].astype(object).where(mine["voice"].notna(), "outlet")
    length = len(document.text)
    spans = zip(mine["start"], mine["end"], mine["text"], strict=True)
    for start, end, text in spans:
        found = document.text[int(start) : int(end)] if 0 <= start < end <= length else None
        if found is None or (isinstance(text, str) and text != found):
            raise BadInput(
                f"document '{document.doc_id}': the hit at {start}-{end} "
                + (f"lies outside its {length:,} characters" if found is None else
                   f"reads {text[:40]!r}, the text there {found[:40]!r}")
                + "; use the hits of this very text"
            )  # fmt: skip
    mine["text"] = [document.text[int(a) : int(b)]
                    for a, b in zip(mine["start"], mine["end"], strict=True)]  # fmt: skip
    return mine.reset_index(drop=True).astype({"start": int, "end": int})


def runs_of(document: Readable, runs: Iterable[Sequence[Any]] | None) -> list[tuple[int, int, str]]:
    """Return the voice runs given, or those of the document, sorted; none if it has none."""
    found = runs if runs is not None else getattr(document, "runs", None)
    return sorted((int(run[0]), int(run[1]), str(run[2])) for run in found or ())


def cut(length: int, hits: pd.DataFrame, runs: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text of `length` characters; without runs the hits alone say whose words they are.

    Examples
    --------
    >>> import pandas as pd
    >>> hits = pd.DataFrame({"start": [2], "end": [4], "voice": ["direct"]})
    >>> [(piece.start, piece.end, piece.voice) for piece in cut(6, hits, [])]
    [(0, 2, 'outlet'), (2, 4, 'direct'), (4, 6, 'outlet')]
    """
    starts, ends = hits["start"].tolist(), hits["end"].tolist()
    voices = hits["voice"].tolist()
    opening: dict[int, list[int]] = {}
    for number, start in enumerate(starts):
        opening.setdefault(start, []).append(number)
    edges = {0, length, *starts, *ends, *(run[0] for run in runs), *(run[1] for run in runs)}
    bounds = sorted(edge for edge in edges if 0 <= edge <= length)
    pieces: list[Piece] = []
    open_hits: list[int] = []
    run = 0
    for start, end in pairwise(bounds):
        open_hits = [number for number in open_hits if ends[number] > start]
        open_hits += opening.get(start, [])
        while run < len(runs) and runs[run][1] <= start:
            run += 1
        voice = "outlet"
        if run < len(runs) and runs[run][0] <= start:
            voice = runs[run][2]
        elif not runs and open_hits:
            voice = voices[open_hits[-1]]
        pieces.append(Piece(start, end, voice, tuple(open_hits)))
    return pieces


def levels(hits: pd.DataFrame) -> list[int]:
    """Return how deep each hit's mark lies, so that overlapping marks stay apart."""
    busy: list[int] = []
    deep = []
    for start, end in zip(hits["start"], hits["end"], strict=True):
        level = next((n for n, until in enumerate(busy) if until <= start), len(busy))
        busy[level : level + 1] = [end]
        deep.append(level)
    return deep


def mark_numbers(hits: pd.DataFrame) -> dict[str, int]:
    """Number the measures of a whole table of hits, so that each text marks them alike."""
    names = {name_of(name) for name in hits["extractor"]} if "extractor" in hits else set()
    return {name: number for number, name in enumerate(sorted(names))}


def key_counts(hits: pd.DataFrame) -> dict[str, str]:
    """Return what the key says of each measure: hits in the outlet's own voice and attributed.

    Examples
    --------
    >>> import pandas as pd
    >>> key_counts(pd.DataFrame({"extractor": ["hedging"] * 2, "voice": ["outlet", "direct"]}))
    {'hedging': '1 own, 1 attributed'}
    """
    said = {}
    for name, mine in hits.groupby("extractor", sort=True):
        told = int(mine["voice"].isin(SPEECH).sum())
        own = len(mine) - told - int((mine["voice"] == "boilerplate").sum())
        said[name_of(name)] = f"{own:,} own, {told:,} attributed"
    return said


def alt_text(document: Readable, hits: pd.DataFrame) -> str:
    """Describe a marked text in words."""
    title = name_of(getattr(document, "title", None) or document.doc_id)
    told = [f"The text of '{title}' with {count_of(len(hits), 'marked span')}."]
    for name, counts in key_counts(hits).items():
        mine = hits[hits["extractor"].map(name_of) == name]
        shown = ", ".join(dict.fromkeys(f"'{text}'" for text in mine["text"].head(5)))
        told.append(f"{name.replace('_', ' ')}: {counts}, such as {shown}.")
    return " ".join(told)
