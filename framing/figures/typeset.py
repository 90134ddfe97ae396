"""Running text set in lines, cut into fragments where its marks change."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib import rc_context
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from framing.figures.spans import Piece
from framing.figures.wording import Ruler, drawable

SIZE = 9.0
LEADING = 15.5
_FAMILY = ["STIXGeneral", "DejaVu Sans"]
_WORD = re.compile(r"\S{1,60}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True)
class Fragment:
    """A part of a word at its place in a line, in points from the left; `end` is its offset."""

    text: str
    end: int
    x: float
    width: float
    face: str
    piece: Piece

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Line:
    """A line of text; `opens` says that a paragraph begins with it."""

    fragments: tuple[Fragment, ...]
    opens: bool


class Word(Text):
    """Text drawn without hinting, so that it is as wide as it was measured at any resolution."""

    def draw(self, renderer: RendererBase, *args: Any, **kwargs: Any) -> None:
        with rc_context({"text.hinting": "no_hinting"}):
            super().draw(renderer, *args, **kwargs)


class Faces:
    """The upright, bold and italic faces of one size, with their rulers."""

    def __init__(self, size: float = SIZE) -> None:
        faces: dict[str, dict[str, Any]] = {
            "upright": {}, "bold": {"weight": "bold"}, "italic": {"style": "italic"},
        }  # fmt: skip
        self.fonts = {
            name: FontProperties(family=_FAMILY, size=size, **face) for name, face in faces.items()
        }
        self.rulers = {name: Ruler(font) for name, font in self.fonts.items()}
        self.space = self.rulers["upright"]("n n") - self.rulers["upright"]("nn")


def face_of(piece: Piece, own: set[int]) -> str:
    """Return the face of a piece: bold for the outlet's own hits, italic for scare and titles."""
    if any(number in own for number in piece.hits):
        return "bold"
    return "italic" if piece.voice in ("scare", "title") else "upright"


def set_lines(
    text: str, pieces: Sequence[Piece], own: set[int], width: float, faces: Faces,
    gaps: Mapping[int, float] | None = None,
) -> Iterator[Line]:  # fmt: skip
    """Yield the lines of `text`, `width` points wide; paragraphs end at blank lines or line ends.

    Parameters
    ----------
    text : str
    pieces : sequence of Piece
        They cover the text.
    own : set of int
        Numbers of the hits in the outlet's own voice.
    width : float
    faces : Faces
    gaps : mapping of int to float, optional
        Room to leave behind the character at which a hit ends.

    Examples
    --------
    >>> pieces = [Piece(0, 20, "outlet", ())]
    >>> lines = set_lines("One two three.\\n\\nFour", pieces, set(), 45, Faces())
    >>> [" ".join(part.text for part in line.fragments) for line in lines]
    ['One two', 'three.', 'Four']
    """
    least = 2 if _BLANK_LINE.search(text) else 1
    starts = [piece.start for piece in pieces]
    gaps = gaps or {}
    line: list[Fragment] = []
    opens, behind, x = True, 0, 0.0
    for start, end in _words(text, width, faces):
        parts = [
            (drawable(text[a:b]), b, face_of(piece, own), piece)
            for a, b, piece in _parts((start, end), pieces, starts)
        ]
        widths = [faces.rulers[face](word) for word, _, face, _ in parts]
        paragraph = bool(line) and text.count("\n", behind, start) >= least
        x += faces.space if line and start > behind else 0.0
        room = [
            wide + gaps.get(stop, 0.0) for wide, (_, stop, *_) in zip(widths, parts, strict=True)
        ]
        if paragraph or (line and x + sum(room) > width):
            yield Line(tuple(line), opens)
            line, opens, x = [], paragraph, 0.0
        for (word, stop, face, piece), wide, step in zip(parts, widths, room, strict=True):
            line.append(Fragment(word, stop, x, wide, face, piece))
            x += step
        behind = end
    if line:
        yield Line(tuple(line), opens)


def _words(text: str, width: float, faces: Faces) -> Iterator[tuple[int, int]]:
    """Yield the words; what is wider than a line is cut."""
    measure = faces.rulers["bold"]
    for match in _WORD.finditer(text):
        start, end = match.span()
        while len(word := drawable(text[start:end])) > 1 and measure(word) > width:
            at = start + measure.cut(word, width)
            yield start, at
            start = at
        yield start, end


def _parts(
    word: tuple[int, int], pieces: Sequence[Piece], starts: list[int]
) -> Iterator[tuple[int, int, Piece]]:
    """Yield the parts of a word that lie in one piece each."""
    at, end = word
    number = bisect_right(starts, at) - 1
    while at < end:
        stop = min(end, pieces[number].end)
        yield at, stop, pieces[number]
        at, number = stop, number + 1


def stretches(line: Line, wanted: set[int] | str) -> Iterator[tuple[float, float]]:
    """Yield (left, right) of the unbroken stretches of a voice, or of any of these hits.

    Examples
    --------
    >>> piece, other = Piece(0, 3, "direct", ()), Piece(3, 6, "outlet", ())
    >>> line = Line((Fragment("ab", 2, 0, 8, "upright", piece),
    ...              Fragment("c", 4, 10, 4, "upright", other)), True)
    >>> list(stretches(line, "direct"))
    [(0, 8)]
    """
    left: float | None = None
    right = 0.0
    for part in line.fragments:
        inside = (
            part.piece.voice == wanted
            if isinstance(wanted, str)
            else not wanted.isdisjoint(part.piece.hits)
        )
        if inside:
            left, right = (part.x if left is None else left), part.right
        elif left is not None:
            yield left, right
            left = None
    if left is not None:
        yield left, right
