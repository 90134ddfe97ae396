"""Swap parties, persons and outlets for one of the same kind on the other side."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from framing.tables import BadInput
from framing.text.document import Document
from framing.text.formats import decode
from framing.text.furniture import LINKS, MORE

FILE = Path(__file__).parent / "swaps.tsv"
COLUMNS = (
    "kind", "country", "name", "becomes", "way", "surname", "need_next", "not_next", "not_prev",
)  # fmt: skip
KINDS = ("party", "person", "outlet")
NEXT = re.compile(r"[\s\xa0]*([^\W_]+(?:['’-]\w+)*|\S|$)")
PREVIOUS = re.compile(r"(\w+)[\s\xa0-]+$")
REACH = 30
UK = re.compile(
    r"\b(?:Labour|Tory|Tories|Conservative Party|MPs?|Westminster|Downing Street|House of Commons"
    r"|LABOUR|TORY|TORIES)\b"
)


@dataclass(frozen=True)
class Pair:
    """A name, what it becomes, and the words beside it that are needed or forbidden.

    British parties are swapped only in texts that show they are British: elsewhere a Conservative
    is whoever holds conservative views.
    """

    kind: str
    country: str
    name: str
    becomes: str
    need_next: frozenset[str] = frozenset()
    not_next: frozenset[str] = frozenset()
    not_prev: frozenset[str] = frozenset()

    def fits(self, text: str, start: int, end: int, *, british: bool) -> bool:
        if self.kind == "party" and self.country == "UK" and not british:
            return False
        if self.need_next or self.not_next:
            found = NEXT.match(text, end)
            word = found.group(1) if found else ""
            if not word[:1].isalnum():
                word = "."
            if word in self.not_next or (self.need_next and word not in self.need_next):
                return False
        if self.not_prev:
            before = PREVIOUS.search(text[max(0, start - REACH) : start])
            if before and before.group(1) in self.not_prev:
                return False
        return True


@dataclass(frozen=True)
class Swapped:
    """A text with its names swapped.

    Attributes
    ----------
    text : str
    places : tuple of (start, end, new_start, new_end)
        Each name, in the old text and in the new.
    """

    text: str
    places: tuple[tuple[int, int, int, int], ...] = ()

    def carried(self, offset: int, *, end: bool = False) -> int:
        """Return where an offset of the old text lies in the new.

        One inside a name goes to the name's beginning, or to its end if it ends a span.
        """
        shift = 0
        for start, stop, new_start, new_stop in self.places:
            if offset < start or (end and offset == start):
                break
            if offset < stop or (end and offset == stop):
                if offset == start:
                    return new_start
                return new_stop if end else new_start
            shift = new_stop - stop
        return offset + shift


class Swapper:
    """Swaps names in texts and documents.

    Names in headlines that a page has glued behind a name stay, with that name: they are furniture
    of the page, known by the name standing twice.

    Parameters
    ----------
    pairs : iterable of Pair

    Examples
    --------
    >>> swapper = shipped_swapper()
    >>> swapper("Labour said Keir Starmer's plan, unlike SUNAK's, had Tory support.").text
    "the Conservatives said Rishi Sunak's plan, unlike STARMER's, had Labour support."
    """

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._by_name: dict[str, list[tuple[Pair, str]]] = {}
        for pair in pairs:
            self._by_name.setdefault(pair.name, []).append((pair, pair.becomes))
            if pair.name != pair.name.upper():
                shout = (pair, pair.becomes.upper())
                self._by_name.setdefault(pair.name.upper(), []).append(shout)
        names = sorted(self._by_name, key=len, reverse=True)
        written = (re.escape(name).replace(r"\ ", r"[ \xa0\n]") for name in names)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(written) or '(?!)'})(?!\w)")

    def __call__(self, text: str) -> Swapped:
        parts, places = [], []
        british = bool(UK.search(text))
        linked = [found.span() for found in LINKS.finditer(text)] if MORE in text else []
        last = new = 0
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if any(start < high and low < end for low, high in linked):
                continue
            candidates = self._by_name[re.sub(r"[\xa0\n]", " ", match.group())]
            fitting = (
                to for pair, to in candidates if pair.fits(text, start, end, british=british)
            )
            becomes = next(fitting, None)
            if becomes is None:
                continue
            parts += [text[last:start], becomes]
            new += start - last
            places.append((start, end, new, new + len(becomes)))
            new, last = new + len(becomes), end
        return Swapped("".join([*parts, text[last:]]), tuple(places))

    def document(self, document: Document) -> tuple[Document, Swapped]:
        """Return the document with names swapped in text, title and outlet, and the places."""
        swapped = self(document.text)
        title = self(document.title).text if document.title else document.title
        outlet = document.meta.get("outlet")
        meta = dict(document.meta)
        if isinstance(outlet, str):
            meta["outlet"] = self(outlet).text
        return replace(document, text=swapped.text, title=title, meta=meta, cache={}), swapped


def read_pairs(path: str | Path = FILE) -> list[Pair]:
    """Read pairs of names from a TSV file; by default the shipped ones.

    The columns are those of the shipped file: kind, name and becomes are needed.

    Examples
    --------
    >>> [pair.becomes for pair in read_pairs() if pair.name == "MSNBC"]
    ['Newsmax']
    """
    try:
        text, fault = decode(Path(path).read_bytes())
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror or error})") from error
    if fault:
        raise BadInput(f"{path}: {fault}")
    lines = text.removeprefix("\ufeff").splitlines()
    kept = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    reader = csv.DictReader((line for _, line in kept), delimiter="\t", quoting=csv.QUOTE_NONE)
    if not {"kind", "name", "becomes"} <= set(reader.fieldnames or ()):
        seen = ", ".join(map(str, reader.fieldnames or ())) or "none"
        raise BadInput(f"{path}: a file of names to swap needs the columns kind, name, becomes, "
                       f"with tabs between them; this one has {seen[:200]}")  # fmt: skip
    pairs: list[Pair] = []
    for (number, _), row in zip(kept[1:], reader, strict=True):
        if row["kind"] not in KINDS or not row["name"] or not row["becomes"]:
            raise BadInput(
                f"{path}, line {number}: needs a kind ({', '.join(KINDS)}), a name and what it "
                "becomes"
            )
        pairs += _pairs(row)
    return pairs


def _pairs(row: Mapping[str, str | None]) -> list[Pair]:
    """Return the pairs of one line: both ways, and the surnames, where it says so."""
    guards = {
        name: frozenset(filter(None, (row.get(name) or "").split("|")))
        for name in ("need_next", "not_next", "not_prev")
    }
    ways = [(str(row["name"]), str(row["becomes"]))]
    if (row.get("way") or "both") == "both":
        ways.append((ways[0][1], ways[0][0]))
    if row.get("surname") == "yes":
        ways += [(one.split()[-1], other.split()[-1]) for one, other in ways]
    kind, country = str(row["kind"]), row.get("country") or ""
    return [Pair(kind, country, one, other, **guards) for one, other in ways]


@functools.lru_cache(maxsize=1)
def shipped_swapper() -> Swapper:
    """Return the swapper of the shipped names."""
    return Swapper(read_pairs())
