"""A text set in lines, its measures marked by shape and its voices shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from framing.figures.journal import (
    GREY,
    MM,
    SMALL,
    attach,
    drawing,
    figure_of,
)
from framing.figures.marks import MARKS, draw_mark, draw_voice, mark_of
from framing.figures.spans import (
    SPEECH,
    VOICE_KEYS,
    Readable,
    alt_text,
    cut,
    hits_in,
    key_counts,
    levels,
    mark_numbers,
    runs_of,
)
from framing.figures.typeset import LEADING, Faces, Line, Word, set_lines, stretches
from framing.figures.wording import Ruler, count_of, drawable, fit, name_of, ruler, say
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MARGIN, _PARAGRAPH, _GAP = 6.0, 5.0, 16.0
_HEAD, _HEAD_LEADING, _KEY_LEADING, _TAG = 11.0, 14.0, 14.0, 5.5
_Placed = list[tuple[float, Line]]


def marked_text(
    document: Readable, hits: pd.DataFrame, ax: Axes | None = None, width: str = "double",
    runs: Iterable[Sequence[Any]] | None = None, labels: bool = False,
    lines: tuple[int, int] = (0, 120),
) -> Axes:  # fmt: skip
    """Set a document's text in lines, with its hits marked and its voices told apart.

    Each measure has a shape of its own (box, underline, wave ...); a hit in bold is in the
    outlet's own voice. Direct quotation lies on grey, reported speech is dotted, scare quotes and
    names of works are italic. The key stands at the foot.

    Parameters
    ----------
    document : Document or any object with ``doc_id`` and ``text``
        Its ``title`` is the heading, its ``runs`` are the voices, where it has them.
    hits : pandas.DataFrame
        Table of hits; those of other documents only keep the marks alike from text to text.
    ax : matplotlib.axes.Axes, optional
        Axes to fill with as many lines as they hold.
    width : {"single", "double"}
        84 or 174 mm, where no axes are given; an open `style` has the last word.
    runs : iterable of (start, end, voice), optional
        Voices of the text. Without runs, only the hits say whose words they are.
    labels : bool
        Print each hit's label behind it.
    lines : (int, int)
        First line to draw, counted from 0, and the line behind the last; where lines are missing
        the foot says so.

    Returns
    -------
    matplotlib.axes.Axes

    See Also
    --------
    marked_html : the same for a web page or a notebook, of any length.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> from matplotlib.figure import Figure
    >>> note = SimpleNamespace(doc_id="a", text="Ministers vowed to end the chaos.")
    >>> found = pd.DataFrame({"doc_id": ["a"], "start": [27], "end": [32], "text": ["chaos"],
    ...                       "extractor": ["loaded_language"], "voice": ["outlet"]})
    >>> ax = marked_text(note, found, ax=Figure().add_subplot())
    >>> ax.framing.table[["text", "line"]].values.tolist()
    [['chaos', 1]]
    """
    if not 0 <= lines[0] < lines[1]:
        raise BadInput(
            f"marked_text: lines={lines}; give (first, behind the last), such as (0, 60)"
        )
    mine = hits_in(document, hits)
    pieces = cut(len(document.text), mine, runs_of(document, runs))
    with drawing(width) as chosen:
        wide, high = (chosen * MM * 72, None) if ax is None else _room(ax)
        page = _Page(mine, mark_numbers(hits), wide - 2 * _MARGIN, labels)
        head = page.head(document)
        key = page.key([v for v in VOICE_KEYS if any(piece.voice == v for piece in pieces)])
        top = len(head) * _HEAD_LEADING + _MARGIN
        bottom = None if high is None else high - (len(key) + 2.2) * _KEY_LEADING
        setting = set_lines(document.text, pieces, page.own, page.width, page.faces, page.gaps)
        placed, more = _place(setting, lines, top, bottom)
        table = _table(mine, placed, lines[0])
        foot = (placed[-1][0] if placed else top + LEADING) + _KEY_LEADING + 4
        if more or lines[0]:
            note = fit(_missing(table, lines[0], len(placed)), page.width, page.small)
            key += [[(0.0, words, None)] for words in note.split("\n")]
        if ax is None or high is None:
            high = foot + len(key) * _KEY_LEADING
            ax = _new_axes(wide, high)
        ax.set(xlim=(-_MARGIN, wide - _MARGIN), ylim=(high, 0))
        ax.set_axis_off()
        if not placed:
            say(ax, "No text in these lines." if lines[0] else "This text is empty.")
        page.draw(ax, head, placed)
        page.draw_key(ax, key, foot)
    return attach(ax, table, alt_text(document, mine))


def _room(ax: Axes) -> tuple[float, float]:
    """Return the width and height of axes in points."""
    box, dpi = ax.get_window_extent(), figure_of(ax).dpi
    return box.width / dpi * 72, box.height / dpi * 72


def _new_axes(wide: float, high: float) -> Axes:
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(wide / 72, high / 72)).add_axes((0, 0, 1, 1))


def _place(
    setting: Iterator[Line], lines: tuple[int, int], top: float, bottom: float | None
) -> tuple[_Placed, bool]:
    """Return the chosen lines with their baselines, and whether the text goes on."""
    placed: _Placed = []
    y = top
    for number, line in enumerate(islice(setting, lines[0], None), start=lines[0]):
        step = LEADING + (_PARAGRAPH if line.opens and placed else 0.0)
        if number >= lines[1] or (placed and bottom is not None and y + step > bottom):
            return placed, True
        y += step
        placed.append((y, line))
    return placed, False


def _table(hits: pd.DataFrame, placed: _Placed, first: int) -> pd.DataFrame:
    """Return the hits with the line each begins in, counted from 1; none if it is not drawn."""
    import pandas as pd

    where: dict[int, int] = {}
    for number, (_, line) in enumerate(placed, start=first + 1):
        for part in line.fragments:
            for hit in part.piece.hits:
                where.setdefault(hit, number)
    found = pd.array([where.get(hit) for hit in range(len(hits))], dtype="Int64")
    return hits.assign(line=found)


def _missing(table: pd.DataFrame, first: int, count: int) -> str:
    unseen = int(table["line"].isna().sum())
    return f"Lines {first + 1:,} to {first + count:,} of a longer text; " + (
        f"{count_of(unseen, 'marked span')} not shown." if unseen else "all marked spans shown."
    )


class _Page:
    """Fonts, marks and the key of one marked text."""

    def __init__(
        self, hits: pd.DataFrame, marks: dict[str, int], width: float, labels: bool
    ) -> None:
        self.hits, self.marks, self.width = hits, marks, width
        self.names = [name_of(name) for name in hits["extractor"]]
        self.levels = levels(hits)
        silent = (*SPEECH, "boilerplate")
        self.own = {n for n, voice in enumerate(hits["voice"]) if voice not in silent}
        self.faces, self.tag_ruler = Faces(), ruler(_TAG)
        self.small, self.heavy = ruler(SMALL), ruler(SMALL, bold=True)
        self.numbered = len(marks) > len(MARKS)
        self.tags = [self._tag(n, labels) for n in range(len(hits))]
        self.gaps: dict[int, float] = {}
        for end, tag, name in zip(hits["end"].tolist(), self.tags, self.names, strict=True):
            edge = 1.6 if mark_of(marks[name]).shape == "box" else 0.0
            room = self.tag_ruler(f"{tag} ") if tag else edge
            self.gaps[end] = self.gaps.get(end, 0.0) + room

    def _tag(self, number: int, labels: bool) -> str:
        """Return what is printed behind a hit: its label, and its measure's number if needed."""
        parts = [str(self.marks[self.names[number]] + 1)] if self.numbered else []
        label = self.hits["label"].iloc[number]
        return " ".join([*parts, drawable(label)] if labels and isinstance(label, str) else parts)

    def head(self, document: Readable) -> list[str]:
        """Return the heading in lines; none if the text itself begins with it."""
        title = str(getattr(document, "title", None) or "").strip()
        if not title or document.text.lstrip().startswith(title):
            return []
        return fit(title, self.width, Ruler(self._head_font()), lines=3).split("\n")

    def _head_font(self) -> Any:
        font = self.faces.fonts["bold"].copy()
        font.set_size(_HEAD)
        return font

    def key(self, voices: list[str]) -> list[list[tuple[float, str, str | None]]]:
        """Return the lines of the key: entries with their place, words and what marks them."""
        entries: list[tuple[str, str | None]] = []
        for name, counts in key_counts(self.hits).items():
            number = f"{self.marks[name] + 1} " if self.numbered else ""
            title = drawable(name.replace("_", " "))
            entries.append((f"{number}{title}\t: {counts}", name))
        if self.own:
            entries.append(("bold\t: in the outlet's own voice", "bold"))
        entries += [(VOICE_KEYS[voice] + "\t", voice) for voice in voices]
        return self.key_lines(entries)

    def key_lines(
        self, entries: list[tuple[str, str | None]]
    ) -> list[list[tuple[float, str, str | None]]]:
        """Set entries one behind the other in lines of the page's width."""
        lines: list[list[tuple[float, str, str | None]]] = []
        x = self.width + 1
        for words, mark in entries:
            wide = self._key_width(words.replace("\t", ""), mark)
            if x + wide > self.width:
                lines.append([])
                x = 0.0
            lines[-1].append((x, words, mark))
            x += wide + _GAP
        return lines

    def _key_width(self, words: str, mark: str | None) -> float:
        return (self.heavy if mark == "bold" else self.small)(words)

    def draw(self, ax: Axes, head: list[str], placed: _Placed) -> None:
        """Draw the heading and the lines with their voices and marks."""
        for number, words in enumerate(head, start=1):
            ax.text(0, number * _HEAD_LEADING, words, fontproperties=self._head_font(),
                    parse_math=False)  # fmt: skip
        ends = self.hits["end"].tolist()
        for base, line in placed:
            for voice in SPEECH:
                for span in stretches(line, voice):
                    draw_voice(ax, voice, span, base)
            for part in line.fragments:
                grey = part.piece.voice == "boilerplate"
                word = Word(part.x, base, part.text, fontproperties=self.faces.fonts[part.face],
                            color=GREY if grey else "black", parse_math=False)  # fmt: skip
                ax.add_artist(word)
                tags = [self.tags[hit] for hit in part.piece.hits if ends[hit] == part.end]
                if any(tags):
                    ax.text(part.right + 1, base - 4.2, " ".join(filter(None, tags)), color=GREY,
                            fontsize=_TAG, gid="tag", parse_math=False)  # fmt: skip
            for hit in sorted({hit for part in line.fragments for hit in part.piece.hits}):
                mark = mark_of(self.marks[self.names[hit]])
                for span in stretches(line, {hit}):
                    draw_mark(ax, mark, span, base, self.levels[hit])

    def draw_key(
        self, ax: Axes, key: list[list[tuple[float, str, str | None]]], foot: float
    ) -> None:
        """Draw the key: the words of an entry before the tab bear its mark."""
        for number, entries in enumerate(key):
            base = foot + number * _KEY_LEADING
            for x, words, mark in entries:
                marked, _, rest = words.partition("\t")
                wide = self._key_width(marked, mark)
                face: dict[str, Any] = {
                    "fontweight": "bold" if mark == "bold" else "normal",
                    "fontstyle": "italic" if mark in ("scare", "title") else "normal",
                    "color": GREY if mark in ("boilerplate", None) else "black",
                }
                ax.text(x, base, marked, fontsize=SMALL, gid="key", parse_math=False, **face)
                ax.text(x + wide + 1, base, rest, fontsize=SMALL, gid="key", parse_math=False)
                if mark in self.marks:
                    draw_mark(ax, mark_of(self.marks[mark]), (x, x + wide), base)
                elif mark is not None:
                    draw_voice(ax, mark, (x, x + wide), base)
