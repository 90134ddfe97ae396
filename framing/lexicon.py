"""A lexicon: entries with labels, strengths and guards, read from NAME.toml and NAME.tsv.

The written form of an entry, in full:

- words are separated by one space; in the text a space, NBSP, hyphen or single line break may
  stand there ("far right" finds "far-right"), any other mark only where the entry has it ("9/11");
- case does not matter unless the column `case` says so; curly and straight apostrophes are equal;
- a word ending in ``*`` stands for every word that begins so;
- a possessive 's on the last word is allowed and not part of the span;
- inflected forms (`pos`, `forms`) and British/American spellings are generated.

How matches of many lexicons are found in one pass is in `matcher`.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.amounts import count_of
from framing.inflect import inflect, spelling_variants
from framing.tables import BadInput, nearest

FOLDER = Path(__file__).parent / "lexicons"
STRENGTHS = {"": 1.0, "1": 0.33, "2": 0.67, "3": 1.0}
GUARDS = ("not_next", "not_prev", "need_next", "need_prev", "not_near", "need_near")
DATE = re.compile(r"-?\d{1,4}(-\d\d(-\d\d)?)?")
PARTS = ("", "v", "n", "a", "a+")
COLUMNS = (
    "entry", "label", "strength", "pos", "forms", "case", *GUARDS, "name", "example", "not", "id",
    "aliases",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon.

    Attributes
    ----------
    id, entry, label : str
    strength : float
        .33, .67 or 1.
    patterns : tuple of str
        Every written form: the entry, its inflections, spelling variants and aliases.
    case : {"", "cap", "exact"}
    names : bool
        Whether a hit inside a proper name counts.
    guards : mapping of str to tuple of str
        Words that must or must not stand near (see `GUARDS`).
    example, counterexample : str
    extra : mapping
        All other columns.
    """

    id: str
    entry: str
    label: str
    strength: float = 1.0
    patterns: tuple[str, ...] = ()
    case: str = ""
    names: bool = False
    guards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    example: str = ""
    counterexample: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A list of entries with its description.

    Parameters
    ----------
    id : str
    entries : tuple of Entry
    info : mapping
        The content of the .toml file: title, definition, source, licence, version, labels ...
    sha256 : str
        Hash of the two files.

    Examples
    --------
    >>> lexicon = Lexicon.from_terms("mine", {"whip up": "manipulation", "demonis*": "attack"})
    >>> [entry.id for entry in lexicon.entries], lexicon.entries[1].patterns
    (['whip up', 'demonis*'], ('demonis*', 'demoniz*'))
    """

    id: str
    entries: tuple[Entry, ...]
    info: Mapping[str, Any] = field(default_factory=dict)
    sha256: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels an entry may have, in the order of the file."""
        declared = tuple(self.info.get("labels", ()))
        return declared or tuple(dict.fromkeys(entry.label for entry in self.entries))

    @property
    def version(self) -> str:
        """The version written in the .toml file, or an empty string."""
        return str(self.info.get("version", ""))

    @classmethod
    def from_terms(cls, id: str, terms: Mapping[str, str] | Iterable[str]) -> Lexicon:
        """Make a lexicon from terms in memory: a mapping of term to label, or bare terms.

        A bare term is its own label.
        """
        pairs = terms.items() if isinstance(terms, Mapping) else ((term, term) for term in terms)
        rows = [{"entry": term, "label": label} for term, label in pairs]
        entries = tuple(make_entry(row, f"{id}, term {row['entry']!r}") for row in rows)
        digest = hashlib.sha256(repr([(e.id, e.label) for e in entries]).encode()).hexdigest()
        return cls(id, entries, {}, digest)

    @classmethod
    def read(cls, path: str | Path) -> Lexicon:
        """Read NAME.toml with NAME.tsv (either may be given), or a .tsv alone, and check it.

        Raises
        ------
        BadInput
            The first fault found, with file and line.
        """
        lexicon, faults = read_lexicon(path)
        if faults:
            raise BadInput(faults[0])
        return lexicon


@functools.cache
def load(name: str) -> Lexicon:
    """Return the shipped lexicon `name`; it is read once.

    Examples
    --------
    >>> load("loaded_language").id
    'loaded_language'
    """
    if not (FOLDER / f"{name}.toml").is_file():
        raise _unknown(name)
    return Lexicon.read(FOLDER / f"{name}.toml")


def shipped() -> list[str]:
    """Return the names of the shipped lexicons."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _unknown(name: str) -> BadInput:
    hint, known = nearest(name, shipped()), ", ".join(shipped())
    return BadInput(f"no lexicon named '{name}'{hint}; there are {known}")


def fingerprint(name: str) -> str:
    """Return the SHA-256 of a shipped lexicon, as in `Lexicon.sha256`, without reading its entries.

    Examples
    --------
    >>> fingerprint("appeals") == load("appeals").sha256
    True
    """
    files = [path for end in (".toml", ".tsv") if (path := FOLDER / f"{name}{end}").is_file()]
    if not files:
        raise _unknown(name)
    return hashlib.sha256(b"".join(_lines(path) for path in files)).hexdigest()


def _lines(path: Path) -> bytes:
    """Return the bytes of a file as on every system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def read_lexicon(path: str | Path) -> tuple[Lexicon, list[str]]:
    """Read a lexicon and return it with the list of all its faults, one line each.

    Parameters
    ----------
    path : str or pathlib.Path
        The .toml or .tsv of a pair, or a .tsv alone.
    """
    toml = Path(path).with_suffix(".toml")
    tsv = Path(path).with_suffix(".tsv")
    if not toml.is_file() and not tsv.is_file():
        raise BadInput(f"{path}: no such lexicon; a lexicon is NAME.tsv, with NAME.toml beside it")
    digest = hashlib.sha256()
    info: dict[str, Any] = {}
    rows: list[tuple[str, Mapping[str, str]]] = []
    faults: list[str] = []
    if toml.is_file():
        content = toml.read_bytes()
        digest.update(content.replace(b"\r\n", b"\n"))
        try:
            info = tomllib.loads(content.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"{toml}: not valid TOML ({error})") from error
        rows += [
            (f"{toml.name}, entry {n}", row) for n, row in enumerate(info.get("entries", ()), 1)
        ]
    if tsv.is_file():
        content = tsv.read_bytes()
        digest.update(content.replace(b"\r\n", b"\n"))
        rows += _tsv_rows(tsv, content)
    entries: list[Entry] = []
    seen: dict[str, str] = {}
    for where, row in rows:
        try:
            entry = make_entry(row, where)
        except BadInput as error:
            faults.append(str(error))
            continue
        declared = info.get("labels")
        if declared and entry.label not in declared:
            hint = nearest(entry.label, declared)
            faults.append(f"{where}: label '{entry.label}' is not declared in {toml.name}{hint}")
        if entry.id in seen:
            faults.append(f"{where}: id '{entry.id}' was used before in {seen[entry.id]}")
        seen[entry.id] = where
        entries.append(entry)
    if not entries and not faults:
        faults.append(f"{path}: no entries found")
    return Lexicon(toml.stem, tuple(entries), info, digest.hexdigest()), faults


def make_entry(row: Mapping[str, str], where: str) -> Entry:
    """Turn one row of a lexicon into an `Entry`; `where` stands in the error message."""
    cell = {key: str(value).strip() for key, value in row.items() if key and value is not None}
    written = " ".join(cell.get("entry", "").split())
    if not any(char.isalnum() for char in written):
        raise BadInput(f"{where}: column 'entry' is empty or has no letter")
    if not cell.get("label"):
        raise BadInput(f"{where}: column 'label' is empty")
    for column, allowed in (
        ("strength", STRENGTHS),
        ("pos", PARTS),
        ("case", ("", "cap", "exact")),
    ):
        if cell.get(column, "") not in allowed:
            options = ", ".join(value or "(empty)" for value in allowed)
            raise BadInput(f"{where}: {column} '{cell[column]}' is not one of {options}")
    for column in ("start", "end"):
        if cell.get(column) and not DATE.fullmatch(cell[column]):
            raise BadInput(
                f"{where}: {column} '{cell[column]}' is no date; write 1956, 1956-07 or 1956-07-26"
            )
    guards = {name: _split(cell[name]) for name in GUARDS if cell.get(name)}
    if guards and not cell.get("example"):
        raise BadInput(f"{where}: '{written}' has a guard and needs a sentence in column 'example'")
    forms = inflect(written, cell.get("pos", ""), list(_split(cell.get("forms", ""))))
    forms += [*_split(cell.get("aliases", "")), *_split(cell.get("eponyms", ""))]
    patterns = dict.fromkeys(variant for form in forms for variant in spelling_variants(form))
    plain = written.replace("@", "")
    return Entry(
        id=cell.get("id") or plain,
        entry=plain,
        label=cell["label"],
        strength=STRENGTHS[cell.get("strength", "")],
        patterns=tuple(patterns),
        case=cell.get("case", ""),
        names=cell.get("name", "") == "ok" or bool(cell.get("case")),
        guards=guards,
        example=cell.get("example", ""),
        counterexample=cell.get("not", ""),
        extra={key: value for key, value in cell.items() if key not in COLUMNS},
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (" ".join(p.split()) for p in cell.split("|")) if part)


def _tsv_rows(path: Path, content: bytes) -> list[tuple[str, Mapping[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        return []
    header = [name.strip() for name in numbered[0][1].split("\t")]
    if "entry" not in header:
        raise BadInput(
            f"{path}: the first line must name the columns, among them 'entry'; saw {header}"
        )
    rows: list[tuple[str, Mapping[str, str]]] = []
    for number, line in numbered[1:]:
        cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
        if len(cells) > len(header):
            raise BadInput(
                f"{path}: line {number} has {count_of(len(cells), 'cell')}, the header names "
                f"{len(header)}"
            )
        rows.append((f"{path.name}, line {number}", dict(zip(header, cells, strict=False))))
    return rows
