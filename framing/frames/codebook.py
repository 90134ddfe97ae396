"""Codebooks: what each frame is, when to code it and when not, with examples and sources."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from framing.tables import BadInput, first_line, nearest

KINDS = ("multi", "single", "binary")
UNITS = ("document", "sentence", "headline")
NEEDED = ("id", "title", "kind", "unit", "definition", "frame")
OF_FRAME = ("name", "definition", "code_when", "code_when_not", "examples")
LISTS = ("code_when", "code_when_not", "examples", "counter_examples", "sources")


@dataclass(frozen=True)
class Frame:
    """One frame of a codebook.

    Attributes
    ----------
    name, title, definition : str
    code_when, code_when_not : tuple of str
        Rules for coders.
    examples, counter_examples : tuple of str
        Texts that carry the frame; texts that look alike and do not.
    sources : tuple of str
    """

    name: str
    definition: str
    code_when: tuple[str, ...]
    code_when_not: tuple[str, ...]
    examples: tuple[str, ...]
    title: str = ""
    counter_examples: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """The frames of one scheme.

    Attributes
    ----------
    id, title, definition, licence, version : str
    kind : {"multi", "single", "binary"}
        Several frames a unit, exactly one, or one frame that is there or not.
    unit : {"document", "sentence", "headline"}
    frames : tuple of Frame
    sources : tuple of str
    sha256 : str
        Of the file it was read from.
    source : bytes
        That file.

    Examples
    --------
    >>> read_codebook("generic_news").names
    ('conflict', 'human_interest', 'economic_consequences', 'morality', 'responsibility')
    """

    id: str
    title: str
    kind: str
    unit: str
    definition: str
    frames: tuple[Frame, ...]
    sources: tuple[str, ...] = ()
    licence: str = ""
    version: str = ""
    sha256: str = ""
    source: bytes = field(default=b"", repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the frames, in the order of the file."""
        return tuple(frame.name for frame in self.frames)

    def __getitem__(self, name: str) -> Frame:
        for frame in self.frames:
            if frame.name == name:
                return frame
        raise BadInput(f"codebook {self.id}: no frame '{name}'{nearest(name, self.names)}")


def shipped_codebooks() -> list[str]:
    """Return the names of the codebooks that come with the package."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def read_codebook(name: str | Path) -> Codebook:
    """Return a shipped codebook by name, or the one in a file.

    Raises
    ------
    BadInput
        If there is none, or at the first fault of the file, with its line.
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = _folder() / f"{name}.toml"
        if not path.is_file():
            known = shipped_codebooks()
            raise BadInput(
                f"no codebook '{name}'{nearest(str(name), known)}; there are {', '.join(known)}, "
                "or give the path of a .toml file"
            )
    found, faults = check_codebook(path)
    if found is None or faults:
        raise BadInput(faults[0])
    return found


def check_codebook(path: str | Path) -> tuple[Codebook | None, list[str]]:
    """Read a codebook and return it with every fault of its file, each with its line.

    Returns
    -------
    codebook : Codebook or None
        None where the file has faults.
    faults : list of str
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return None, [f"{path}: {error.strerror}; give the path of a codebook in TOML"]
    return _read(Path(path), data)


def file_of(book: Codebook) -> bytes:
    """Return the file a codebook was read from; of one made or changed by hand, its own TOML.

    Raises
    ------
    BadInput
        If no file could hold it, as a binary one of two frames.
    """
    name = Path(f"codebook {book.id}")
    if book.source and _read(name, book.source)[0] == book:
        return book.source
    keys = ("id", "title", "kind", "unit", "definition", "licence", "version", "sources")
    tables = [{key: getattr(book, key) for key in keys}, *map(vars, book.frames)]
    lines = "\n[[frame]]\n".join(
        "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in one.items())
        for one in tables
    )
    data = lines.replace("\x7f", "\\u007f").encode("utf-8", "replace")
    if faults := _read(name, data)[1]:
        raise BadInput(faults[0])
    return data


def _read(path: Path, data: bytes) -> tuple[Codebook | None, list[str]]:
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, [f"{path}: cannot be read as TOML ({first_line(error)})"]
    faults = _Faults(path, text.splitlines())
    frames = _check(values, faults)
    if faults.found:
        return None, faults.found
    kept = {key: values[key] for key in ("id", "title", "kind", "unit", "definition")}
    more = {key: str(values[key]) for key in ("licence", "version") if key in values}
    digest = hashlib.sha256(data).hexdigest()
    sources = tuple(values.get("sources", ()))
    return Codebook(**kept, **more, frames=frames, sources=sources, sha256=digest, source=data), []


class _Faults:
    """The faults of a file; finds the line of a key, in the whole file or in one frame."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path, self.lines = path, lines
        self.found: list[str] = []
        self.heads = [at for at, line in enumerate(lines, 1) if line.strip() == "[[frame]]"]

    def add(self, message: str, key: str = "", frame: int | None = None) -> None:
        first = 1 if frame is None else self.heads[frame] if frame < len(self.heads) else 1
        later = [head for head in self.heads if head > first]
        last = later[0] if later else len(self.lines) + 1
        hits = [at for at in range(first, last) if _key(self.lines[at - 1]) == key]
        self.found.append(f"{self.path}: line {hits[0] if key and hits else first}: {message}")


def _key(line: str) -> str:
    return line.partition("=")[0].strip()


def _check(values: Mapping[str, Any], faults: _Faults) -> tuple[Frame, ...]:
    known = [*NEEDED, "sources", "licence", "version"]
    for key in values:
        if key not in known:
            faults.add(f"unknown key '{key}'{nearest(key, known)}", key)
    for key in NEEDED:
        if key not in values:
            faults.add(f"a codebook needs '{key}'")
    for key, allowed in (("kind", KINDS), ("unit", UNITS)):
        if key in values and values[key] not in allowed:
            faults.add(f"{key} = {values[key]!r} is not one of {', '.join(allowed)}", key)
    for key in ("id", "title", "definition"):
        if key in values and not (isinstance(values[key], str) and values[key].strip()):
            faults.add(f"{key} is not a text", key)
    if not _texts(values.get("sources", [])):
        faults.add("sources is not a list of texts", "sources")
    given = values.get("frame", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        faults.add("frames are written as [[frame]] tables", "frame")
        return ()
    frames = [_frame(item, number, faults) for number, item in enumerate(given)]
    if values.get("kind") in ("multi", "single") and len(frames) < 2:
        faults.add(f"kind '{values['kind']}' needs two frames or more, found {len(frames)}")
    if values.get("kind") == "binary" and len(frames) != 1:
        faults.add(f"kind 'binary' needs exactly one frame, found {len(frames)}")
    names = [item.get("name") for item in given]
    for number, name in enumerate(names):
        if name in names[:number]:
            faults.add(f"frame '{name}' stands twice", "name", number)
    return tuple(frame for frame in frames if frame is not None)


def _frame(item: Mapping[str, Any], number: int, faults: _Faults) -> Frame | None:
    known = [entry.name for entry in fields(Frame)]
    before = len(faults.found)
    for key in item:
        if key not in known:
            faults.add(f"unknown key '{key}'{nearest(key, known)}", key, number)
    for key in OF_FRAME:
        if key not in item:
            faults.add(f"a frame needs '{key}'", "", number)
    for key in known:
        if key in LISTS and not _texts(item.get(key, [])):
            faults.add(f"{key} is not a list of texts", key, number)
        if key in item and key not in LISTS and not isinstance(item[key], str):
            faults.add(f"{key} is not a text", key, number)
    name = item.get("name", "")
    if isinstance(name, str) and ("|" in name or not name or name != name.strip()):
        faults.add(f"name = {name!r}: a name is not empty, holds no '|' and has no space at its "
                   "ends", "name", number)  # fmt: skip
    if len(faults.found) > before:
        return None
    values: dict[str, Any] = {k: tuple(v) if k in LISTS else v for k, v in item.items()}
    return Frame(**values)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)


def _folder() -> Path:
    return Path(__file__).parent / "codebooks"
