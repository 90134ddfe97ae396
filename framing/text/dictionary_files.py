"""Files of dictionaries taken apart: LIWC's two formats, quanteda's YAML, CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from framing.tables import BadInput, nearest

SEPARATOR = "|"  # between the categories of a term; in a category's name it becomes a /
CONDITION = re.compile(r"<[^>]*>\S*|\([^)]*\)\S*|\d+/\d+")  # "(02 134)125/464", "<of>131/125"
CATEGORY = re.compile(r"(\d+)\s+(\S.*)")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^']|'')*'")

ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.?))")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "_": "\xa0"} | {char: char for char in '"\\/ '}


class Term(NamedTuple):
    """A term as read: the line it stands on, the term, its category."""

    line: int
    term: str
    category: str


def read_dic(file: Path, text: str) -> tuple[list[str], list[Term]]:
    """LIWC: categories between two lines with %, then one line a term."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    fences = [place for place, (_, line) in enumerate(lines) if line == "%"]
    if len(fences) < 2 or fences[0] != 0:
        raise BadInput(f"{file}: a .dic file begins with its categories between two lines with %")
    names: dict[str, str] = {}
    for number, line in lines[1 : fences[1]]:
        match = CATEGORY.fullmatch(line)
        if match is None:
            raise BadInput(f"{file}: line {number}: '{line}' is no category; write: 1 name")
        names[_number(match[1])] = _plain_label(match[2])
    terms = []
    for number, line in lines[fences[1] + 1 :]:
        term, numbers = _term_and_numbers(line)
        if not (numbers or CONDITION.search(line)):
            raise BadInput(f"{file}: line {number}: '{term}' has no category")
        for one in numbers:
            if _number(one) not in names:
                raise BadInput(
                    f"{file}: line {number}: '{term}' has the category {one}, which the head "
                    "does not name"
                )
            terms.append(Term(number, term, names[_number(one)]))
    return list(names.values()), terms


def _term_and_numbers(line: str) -> tuple[str, list[str]]:
    """Cut a line of a .dic file; a term may hold spaces if a tab stands behind it."""
    term, tab, rest = line.partition("\t")
    if not tab:
        match = re.fullmatch(r"(.*?)((?:\s+\d+)*)", line)
        term, rest = match.groups() if match else (line, "")
    return term.strip(), [part for part in CONDITION.sub(" ", rest).split() if part.isdigit()]


def _number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _plain_label(name: str) -> str:
    """Return the short name of "funct (Function words)"."""
    return re.sub(r"\s*\(.*\)$", "", name).strip().replace(SEPARATOR, "/") or name


def _rows(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise BadInput(f"{file}: line {reader.line_num}: no CSV ({error})") from error


def read_dicx(file: Path, text: str) -> tuple[list[str], list[Term]]:
    """LIWC-22: the column DicTerm, then one column a category with an X for its terms."""
    rows = list(_rows(file, text))
    header = rows[0][1] if rows else []
    if not header or header[0].lower() != "dicterm" or len(header) < 2:
        seen = ", ".join(header[:5]) or "nothing"
        raise BadInput(f"{file}: the first line must be DicTerm and the categories; saw {seen}")
    labels = [_plain_label(name) for name in header[1:]]
    terms = []
    for number, row in rows[1:]:
        if len(row) > len(header):
            raise BadInput(
                f"{file}: line {number} has {len(row)} cells, the first line names {len(header)}"
            )
        for label, cell in zip(labels, row[1:], strict=False):
            if cell.lower() in ("x", "1"):
                terms.append(Term(number, row[0], label))
            elif cell not in ("", "0"):
                raise BadInput(
                    f"{file}: line {number}: '{cell}' for '{row[0]}'; a cell is X or empty, "
                    "weights are not read"
                )
    return labels, terms


def read_csv(file: Path, text: str) -> tuple[list[str], list[Term]]:
    """Read columns `term` and `category`, one line a pair."""
    rows = list(_rows(file, text))
    header = [name.lower() for name in rows[0][1]] if rows else []
    for wanted in ("term", "category"):
        if wanted not in header:
            hint = nearest(wanted, header)
            seen = ", ".join(header[:8]) or "nothing"
            raise BadInput(f"{file}: no column '{wanted}' in the first line{hint}; saw {seen}")
    places = header.index("term"), header.index("category")
    terms = []
    for number, row in rows[1:]:
        cells = [row[place] if place < len(row) else "" for place in places]
        if not all(cells):
            raise BadInput(f"{file}: line {number}: term or category is empty")
        terms.append(Term(number, cells[0], cells[1].replace(SEPARATOR, "/")))
    return list(dict.fromkeys(term.category for term in terms)), terms


def read_yaml(file: Path, text: str) -> tuple[list[str], list[Term]]:
    """Read keys with lists of terms: the part of YAML that dictionaries use."""
    reader = _Yaml(file)
    for number, line in enumerate(text.splitlines(), 1):
        reader.read(number, line)
    reader.close()
    return list(dict.fromkeys(term.category for term in reader.terms)), reader.terms


class _Yaml:
    """Reads block keys, block lists, lists in brackets, and scalars; refuses all else by line."""

    def __init__(self, file: Path) -> None:
        self.terms: list[Term] = []
        self._file = file
        self._keys: list[tuple[int, str]] = []
        self._open = ""  # a list in brackets that is not closed yet
        self._line = 0

    def read(self, number: int, line: str) -> None:
        self._line = number
        content = _without_comment(line).rstrip()
        bare = content.lstrip(" ")
        if self._open:
            self._brackets(f"{self._open} {bare}")
            return
        if not bare or bare in ("---", "...") or content.startswith("%"):
            return
        if bare.startswith("\t"):
            raise self._fault("a tab before the text; indent with spaces")
        indent = len(content) - len(bare)
        if bare == "-" or bare.startswith("- "):
            self._keys = [key for key in self._keys if key[0] <= indent]
            self._value(bare[1:].strip())
            return
        key, value = _key_and_value(bare)
        if key is None:
            raise self._fault(f"'{bare}' is neither a key with a colon nor a list item with a dash")
        self._keys = [key for key in self._keys if key[0] < indent]
        self._keys.append((indent, self._scalar(key)))
        self._value(value)

    def close(self) -> None:
        if self._open:
            raise self._fault("a list in brackets is not closed")

    def _value(self, value: str) -> None:
        if value.startswith("["):
            self._brackets(value)
        elif value not in ("", "~", "null"):
            if _key_and_value(value)[0] is not None:
                raise self._fault(f"'{value}': keys inside a list are not read")
            self._add(value)

    def _brackets(self, written: str) -> None:
        """Read a list in brackets, or keep it until its closing bracket has come."""
        marks = [(place, char) for place, char in _unquoted(written) if char in "[]{},"]
        close = next((place for place, char in marks if char == "]"), None)
        if close is None:
            self._open = written
            return
        self._open = ""
        if close != len(written) - 1 or any(char in "[{}" for _, char in marks[1:]):
            raise self._fault("one list in brackets, of terms with commas between, is read a key")
        cuts = [0, *(place for place, char in marks if char == ","), close]
        for low, high in pairwise(cuts):
            if term := written[low + 1 : high].strip():
                self._add(term)

    def _scalar(self, written: str) -> str:
        if QUOTED.fullmatch(written):
            inner = written[1:-1]
            return inner.replace("''", "'") if written[0] == "'" else self._unescaped(inner)
        if written[0] in "&*!|>{}[]@`\"'%":
            raise self._fault(f"'{written}': only plain and quoted terms are read; quote it")
        return written

    def _unescaped(self, inner: str) -> str:
        """Decode what stands behind a backslash; two halves of a pair of \\u are one character."""
        try:
            decoded = ESCAPE.sub(
                lambda m: ESCAPED[m[4]] if m[4] is not None else chr(int(m[1] or m[2] or m[3], 16)),
                inner,
            )
            return decoded.encode("utf-16", "surrogatepass").decode("utf-16")
        except (KeyError, ValueError, OverflowError) as error:
            what = f"'\"{inner}\"': an escape behind \\ that YAML does not know"
            raise self._fault(f"{what}; write \\\\ for a backslash") from error

    def _add(self, written: str) -> None:
        if not self._keys:
            raise self._fault(f"'{written}' stands under no key")
        label = ".".join(name for _, name in self._keys).replace(SEPARATOR, "/")
        self.terms.append(Term(self._line, self._scalar(written), label))

    def _fault(self, what: str) -> BadInput:
        return BadInput(f"{self._file}: line {self._line}: {what}")


def _unquoted(text: str) -> Iterator[tuple[int, str]]:
    """Yield the characters outside quotation marks with their places."""
    quote, place = "", 0
    while place < len(text):
        char = text[place]
        if quote:
            doubled = quote == char == "'" and text[place + 1 : place + 2] == "'"
            if doubled or (quote == '"' and char == "\\"):
                place += 1
            elif char == quote:
                quote = ""
        elif char in "\"'" and (place == 0 or text[place - 1] in " [,"):
            quote = char
        else:
            yield place, char
        place += 1


def _without_comment(line: str) -> str:
    for place, char in _unquoted(line):
        if char == "#" and (place == 0 or line[place - 1].isspace()):
            return line[:place]
    return line


def _key_and_value(bare: str) -> tuple[str | None, str]:
    for place, char in _unquoted(bare):
        if char == ":" and bare[place + 1 : place + 2] in ("", " ") and bare[:place].strip():
            return bare[:place].strip(), bare[place + 1 :].strip()
    return None, bare


READERS: dict[str, Callable[[Path, str], tuple[list[str], list[Term]]]] = {
    ".dic": read_dic, ".dicx": read_dicx, ".yml": read_yaml, ".yaml": read_yaml,
    ".csv": read_csv,
}  # fmt: skip
