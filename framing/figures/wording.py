"""Words in figures: names of measures, numbers, and labels cut to the room there is."""

from __future__ import annotations

import math
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import TextToPath
from matplotlib.transforms import ScaledTranslation

from framing.amounts import count_of as count_of
from framing.figures.journal import GREY, NORMAL, SMALL, figure_of
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

VOICES = {
    "outlet": "outlet's own voice", "attributed": "attributed voice", "all": "all voices",
    "direct": "direct quotation", "indirect": "reported speech",
}  # fmt: skip
MINUS, DASH, DOTS = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{HORIZONTAL ELLIPSIS}"
UNKNOWN = "not given"
_LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Measure:
    """A measure's name taken apart: ``loaded_language.outlet.per_1k``."""

    title: str
    voice: str
    unit: str


def measure_words(name: str) -> Measure:
    """Take the name of a scores column or of an estimate apart, in words.

    Examples
    --------
    >>> measure_words("loaded_language.outlet.per_1k")
    Measure(title='Loaded language', voice='outlet', unit='per 1,000 words')
    >>> measure_words("loaded_language.insult.all.count").title
    'Loaded language: insult'
    >>> measure_words("loaded_language.outlet").unit
    'per 1,000 words'
    """
    parts = str(name).split(".")
    units = {"per_1k": "per 1,000 words", "count": "count"}
    unit = units[parts.pop()] if len(parts) > 1 and parts[-1] in units else ""
    voice = parts.pop() if len(parts) > 1 and parts[-1] in VOICES else ""
    unit = unit or (units["per_1k"] if voice else "")
    words = [part.replace("_", " ").strip() for part in parts]
    title = ": ".join(word for word in words if word) or str(name)
    return Measure(title[:1].upper() + title[1:], voice, unit)


def measure_title(name: str) -> str:
    """Return the heading for a measure.

    Examples
    --------
    >>> measure_title("hedging.attributed.per_1k")
    'Hedging, attributed voice'
    """
    words = measure_words(name)
    return f"{words.title}, {VOICES[words.voice]}" if words.voice else words.title


def short_number(value: float) -> str:
    """Write a count in at most five characters or so.

    Examples
    --------
    >>> [short_number(value) for value in (7, 4321, 51234, 2.5e6, float("nan"))]
    ['7', '4,321', '51k', '2.5M', '–']
    """
    if not math.isfinite(value):
        return DASH
    for limit, divisor, mark in ((10_000, 1, ""), (1e6, 1e3, "k"), (1e9, 1e6, "M")):
        if abs(value) < limit:
            scaled = value / divisor
            places = 1 if mark and abs(scaled) < 10 else 0
            return f"{scaled:,.{places}f}{mark}"
    return f"{value / 1e9:,.1f}bn"


def rate(value: float) -> str:
    """Write a rate with three significant figures, without exponent.

    Examples
    --------
    >>> [rate(value) for value in (12.345, 0.0123, -3, -1e-17, float("nan"))]
    ['12.3', '0.0123', '−3.00', '0', '–']
    """
    if not math.isfinite(value):
        return DASH
    if value == 0:
        return "0"
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{min(places, 5)}f}"
    return text.replace("-", MINUS) if text.strip("-0.") else "0"


def span_of(row: Any, write: Callable[[float], str] = rate) -> str:
    """Return the ends of a row's interval, or that there is none.

    Examples
    --------
    >>> nan = float("nan")
    >>> [span_of({"low": low, "high": high}) for low, high in ((1, 2.5), (nan, nan), (nan, 1))]
    ['1.00 to 2.50', 'no interval', 'not known to 1.00']
    """
    low, high = (write(row[name]) if math.isfinite(row[name]) else "" for name in ("low", "high"))
    return f"{low or 'not known'} to {high or 'not known'}" if low or high else "no interval"


def probability(value: float) -> str:
    """Write a p-value.

    Examples
    --------
    >>> [probability(value) for value in (0.2, 0.0312, 0.0001, float("nan"))]
    ['.200', '.031', '<.001', '–']
    """
    if not math.isfinite(value):
        return DASH
    return "<.001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


def name_of(value: object) -> str:
    """Return a group's name as text; a missing one is said to be missing.

    Names that differ stay different; what no file can hold is written as an escape.

    Examples
    --------
    >>> [name_of(value) for value in (None, "日本", "a\\x00b")]
    ['not given', '日本', 'a\\\\x00b']
    """
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    text = str(value)
    if missing or text in ("<NA>", "NaT") or not text.strip():
        return UNKNOWN
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(letter: str) -> str:
    harmful = unicodedata.category(letter) in ("Cc", "Cs") and not letter.isspace()
    return letter.encode("unicode_escape").decode() if harmful else letter


@cache
def _glyphs() -> frozenset[int]:
    """Return the characters that the shipped font can draw."""
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def drawable(text: str) -> str:
    """Replace what cannot be drawn, character by character: the length stays.

    Examples
    --------
    >>> drawable("a\\tb\\ud800")
    'a b�'
    """
    plain = text.isascii() and text.isprintable()
    return text if plain else "".join(_drawable(letter) for letter in text)


def _drawable(letter: str) -> str:
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    return letter if ord(letter) in _glyphs() else _LOST


class Ruler:
    """Measures text in points in one font, each string once.

    Examples
    --------
    >>> ruler = Ruler(FontProperties(family="DejaVu Sans", size=7))
    >>> ruler("two words") > ruler("two")
    True
    """

    def __init__(self, font: FontProperties) -> None:
        self.font = font
        self._paths = TextToPath()
        self._known: dict[str, float] = {}

    def __call__(self, text: str) -> float:
        if text not in self._known:
            size = self._paths.get_text_width_height_descent(text, self.font, ismath=False)
            self._known[text] = float(size[0])
        return self._known[text]

    def cut(self, text: str, width: float) -> int:
        """Return how many characters of `text` fit into `width`, at least one."""
        count, room = 0, width
        for letter in text:
            room -= self(f"n{letter}n") - self("nn")
            if room < 0:
                break
            count += 1
        while count > 1 and self(text[:count]) > width:
            count -= 1
        return max(count, 1)


def ruler(size: float = SMALL, bold: bool = False) -> Ruler:
    """Return a ruler for labels of that size."""
    weight = "bold" if bold else "normal"
    return Ruler(FontProperties(family="DejaVu Sans", size=size, weight=weight))


def fit(text: str, width: float, measure: Ruler, lines: int = 2) -> str:
    """Set `text` in at most `lines` lines of `width` points; what is left over becomes dots.

    Examples
    --------
    >>> print(fit("The Very Long Gazette of Upper Sometown-on-Sea", 60, ruler()).splitlines()[0])
    The Very Long
    """
    rest = " ".join(drawable(text[:2000]).split())
    done: list[str] = []
    while rest and len(done) < lines:
        last = len(done) == lines - 1
        if measure(rest) <= width:
            done.append(rest)
            break
        if last:
            done.append(rest[: measure.cut(rest, width - measure(DOTS))].rstrip() + DOTS)
            break
        at = measure.cut(rest, width)
        space = rest.rfind(" ", 1, at + 1)
        at = space if space > 0 else at
        done.append(rest[:at])
        rest = rest[at:].lstrip()
    return "\n".join(done)


def fit_all(names: Sequence[str], width: float, measure: Ruler, lines: int = 2) -> list[str]:
    """Set each name as `fit` does, with a number behind those that would look the same.

    Warns
    -----
    UserWarning
        Once, naming the first of the names that the font cannot draw.

    Examples
    --------
    >>> fit_all(["Argus", " Argus", "Beacon"], 60, ruler())
    ['Argus (1)', 'Argus (2)', 'Beacon']
    """
    found = [fit(name, width, measure, lines) for name in names]
    lost = [name for name in names if _LOST in drawable(name) and _LOST not in name]
    if lost:
        warnings.warn(f"the font cannot draw {', '.join(map(repr, lost[:3]))}"
                      f"{' and others' if len(lost) > 3 else ''}: {_LOST} stands for each sign",
                      stacklevel=1)  # fmt: skip
    times, number = Counter(found), 0
    for at, label in enumerate(found):
        if times[label] > 1:
            number += 1
            mark = f" ({number})"
            found[at] = fit(names[at], max(width - measure(mark), 1), measure, lines) + mark
    return found


def key_above(
    ax: Axes, handles: Sequence[Artist], labels: Sequence[str], left: float = 0, up: float = 0
) -> None:
    """Set a key above the axes, one entry a line, `left` points out and `up` points higher."""
    shift = ScaledTranslation(-left / 72, up / 72, figure_of(ax).dpi_scale_trans)
    key = ax.legend(
        handles, labels, loc="lower left", bbox_to_anchor=(0, 1), fontsize=SMALL, frameon=False,
        bbox_transform=ax.transAxes + shift, borderpad=0.2, borderaxespad=0.2,
    )  # fmt: skip
    for text in key.get_texts():
        text.set_parse_math(False)


def head_above(ax: Axes, text: str, left: float = 0, up: float = 3) -> None:
    """Set a small heading above the axes, `left` points out to the left and `up` points higher."""
    shift = ScaledTranslation(-left / 72, up / 72, figure_of(ax).dpi_scale_trans)
    ax.text(0, 1, text, transform=ax.transAxes + shift, va="bottom", fontsize=SMALL, gid="head",
            parse_math=False)  # fmt: skip


def with_sizes(sizes: Mapping[str, str], width: float, measure: Ruler) -> list[str]:
    """Return each name with its size in one line: the name gives way, the numbers stay.

    Examples
    --------
    >>> with_sizes({"The Very Long Gazette": "12 documents"}, 90, ruler())[0].partition("…")[2]
    ' (12 documents)'
    """
    told = [f" ({size})" for size in sizes.values()]
    room = max(width - max(map(measure, told), default=0), 30)
    names = fit_all(list(sizes), room, measure, lines=1)
    return [name + size for name, size in zip(names, told, strict=True)]


def size_words(documents: float, words: float) -> str:
    """Return ``12 documents, 5,100 words``."""
    return f"{count_of(documents, 'document')}, {short_number(words)} words"


def say(ax: Axes, message: str) -> None:
    """Write a message in the middle of empty axes."""
    box = ax.get_window_extent()
    room = 0.9 * box.width / figure_of(ax).dpi * 72
    ax.set_axis_off()
    ax.text(
        0.5, 0.5, fit(message, max(room, 60), ruler(NORMAL), lines=8), transform=ax.transAxes,
        ha="center", va="center", fontsize=NORMAL, color=GREY, gid="message",
    )  # fmt: skip


def extremes(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows with the highest and the lowest estimate; one row where all are equal.

    Examples
    --------
    >>> import pandas as pd
    >>> [row["estimate"] for row in extremes(pd.DataFrame({"estimate": [2.0, 7.0, 1.0]}))]
    [7.0, 1.0]
    >>> [row["estimate"] for row in extremes(pd.DataFrame({"estimate": [2.0, 2.0]}))]
    [2.0]
    """
    values = rows["estimate"].to_numpy(float)
    found = rows.iloc[[int(values.argmax()), int(values.argmin())]].to_dict("records")
    return found[: 1 if values.min() == values.max() else 2]


def most_frequent(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return at most n rows by ``count``; of many equals all or none, unless all are equals.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"term": list("abcd"), "count": [2, 5, 2, 2]})
    >>> [most_frequent(table, n)["term"].tolist() for n in (2, 4)]
    [['b'], ['b', 'a', 'c', 'd']]
    """
    ranked = table.sort_values("count", ascending=False, kind="stable")
    if len(ranked) <= n or n == 0:
        return ranked.head(n)
    clear = ranked[ranked["count"] > ranked["count"].iloc[n]]
    return clear if len(clear) else ranked.head(n)


def commas(axis: Axis) -> None:
    """Write the ticks of a linear axis as numbers are printed: 1,000 and a true minus."""
    axis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", MINUS))


def need(table: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Raise `BadInput` unless `table` has the columns."""
    if not hasattr(table, "columns"):
        raise BadInput(f"{what} draws a table (DataFrame), not {type(table).__name__}")
    seen = [str(name) for name in table.columns]
    for name in columns:
        if name not in seen:
            shown = ", ".join(seen[:20]) or "no columns"
            hint = nearest(name, seen)
            if "extractor" in seen:
                hint = f"; hits.merge(corpus.metadata[['doc_id', '{name}']]) adds it to the hits"
            raise BadInput(f"{what} needs the column '{name}'{hint}; it saw {shown}")
