"""Published corpora: where they come from, what they may be used for, how they are read.

A recipe is a small TOML file in `corpora/recipes`, in `$FRAMING_CORPORA/recipes`, or
`recipe.toml` in a corpus folder there. The texts themselves are never shipped.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from framing.tables import BadInput, first_line, nearest
from framing.text.document import Document
from framing.text.folders import METADATA, read_folder
from framing.text.layouts import LAYOUTS
from framing.text.notices import Notices
from framing.text.rows import Assembly, Columns, Row

VARIABLE = "FRAMING_CORPORA"
CHECKSUMS = ("MANIFEST.sha256", "checksums.sha256", "checksums.txt", "checksums", "SHA256SUMS")


@dataclass(frozen=True)
class Recipe:
    """What is known about one published corpus.

    Attributes
    ----------
    name, title, source, commit, licence, tier, citation, get : str
        `source` is the public repository, `tier` one of A (counts and weights may be shipped),
        B (permissive code licence, unclear text rights), C (research use only); `get` says how
        to obtain it.
    layout : str
        A key of `framing.text.layouts.LAYOUTS`.
    read : mapping
        What the layout needs: globs, roots, delimiter ...
    fields : mapping
        Our field -> theirs, where they differ.
    files : mapping
        File -> SHA-256 of the copy the recipe was checked with; a list of checksums among
        them vouches for every file it names.
    documents : int or None
        How many documents that copy has.
    part, note : str
    fetch : mapping
        File -> its public `url` and `sha256`, and `unpack = true` where it is an archive to be
        unpacked in place; none where one has to register or to ask.
    """

    name: str
    title: str
    source: str
    commit: str
    licence: str
    tier: str
    citation: str
    get: str
    layout: str
    read: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    documents: int | None = None
    part: str = ""
    note: str = ""
    fetch: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def way(self) -> str:
        """How to obtain it: a command where its files are public, else the words of `get`."""
        if self.fetch:
            return f"'framing corpora fetch {self.name}' downloads it."
        return self.get


def corpora_folder() -> Path:
    """Return the folder of the recipes and of the texts written for this project.

    It lies inside the installed package, or beside it in a checkout.
    """
    inside = Path(__file__).resolve().parents[1] / "corpora"
    return inside if inside.is_dir() else inside.parents[1] / "corpora"


def list_recipes() -> list[Recipe]:
    """Return all recipes, sorted by name; one of FRAMING_CORPORA goes before a shipped one.

    Examples
    --------
    >>> [recipe.name for recipe in list_recipes() if recipe.name in ("babe", "basil")]
    ['babe', 'basil']
    """
    paths = sorted((corpora_folder() / "recipes").glob("*.toml"))
    private = private_folder()
    if private is not None:
        paths += sorted((private / "recipes").glob("*.toml"))
        paths += sorted(private.glob("*/recipe.toml"))
    recipes = {recipe.name: recipe for recipe in map(read_recipe, paths)}
    return [recipes[name] for name in sorted(recipes)]


def shipped() -> list[str]:
    """Return the names of the corpora whose texts come with this project."""
    return sorted(path.parent.name for path in corpora_folder().glob(f"*/{METADATA}"))


def get(name: str) -> Recipe:
    """Return the recipe called `name`, with or without the `@`.

    Raises
    ------
    BadInput
        If there is none; the message has the nearest name.
    """
    name = name.removeprefix("@")
    recipes = {recipe.name: recipe for recipe in list_recipes()}
    if name not in recipes:
        raise BadInput(
            f"@{name}: no such corpus{nearest(name, recipes)}; "
            f"known are {', '.join(sorted({*recipes, *shipped()}))}"
        )
    return recipes[name]


def find(name: str) -> Path:
    """Return the folder of a corpus: a shipped one, or one in FRAMING_CORPORA.

    Raises
    ------
    BadInput
        If it is not there; the message says what to set and how to get the corpus.
    """
    name = name.removeprefix("@")
    if name in shipped():
        return corpora_folder() / name
    private = private_folder()
    folder = private / name if private is not None else None
    if folder is not None and (folder / METADATA).is_file():
        return folder
    recipe = get(name)
    if private is None or folder is None:
        raise BadInput(
            f"@{name}: set {VARIABLE} to the folder that holds the folder '{name}'. {recipe.way}"
        )
    if not folder.is_dir():
        raise BadInput(f"@{name}: no folder '{name}' in {VARIABLE} ({private}). {recipe.way}")
    return folder


def rows(name: str, columns: Columns, notices: Notices) -> tuple[Iterator[Row], Columns]:
    """Return the rows of a corpus and its columns, those asked for before those of the recipe."""
    name = name.removeprefix("@")
    folder = find(name)
    if all(recipe.name != name for recipe in list_recipes()):
        return read_folder(folder, columns, notices), columns.without("doc_id")
    notices.english = True
    return rows_in(folder, get(name), columns)


def rows_in(folder: Path, recipe: Recipe, columns: Columns) -> tuple[Iterator[Row], Columns]:
    """Return the rows and columns of a corpus that lies in any folder."""
    if recipe.layout not in LAYOUTS:
        raise BadInput(
            f"recipe {recipe.name}: no layout '{recipe.layout}'{nearest(recipe.layout, LAYOUTS)}; "
            f"known are {', '.join(LAYOUTS)}"
        )
    merged = Columns({**recipe.fields, **columns.wanted})
    return LAYOUTS[recipe.layout](folder, recipe.read), merged


def documents(name: str) -> Iterator[Document]:
    """Yield the documents of a corpus, one by one.

    Raises
    ------
    BadInput
        Unknown corpus, one that is not there, or a file that does not fit the recipe.
    """
    notices = Notices()
    found, columns = rows(name, Columns({}), notices)
    return Assembly(columns, None, notices).documents(found)


def check(name: str | Path) -> list[str]:
    """Return what is wrong with the files of a corpus: missing, changed, not listed.

    Parameters
    ----------
    name : str or pathlib.Path
        A recipe's name, compared with its checksums, or a folder that brings its own list.
    """
    folder = Path(name)
    if not str(name).startswith("@") and folder.is_dir():
        lists = [folder / entry for entry in CHECKSUMS if (folder / entry).is_file()]
        if not lists:
            return [f"{folder}: no list of checksums ({', '.join(CHECKSUMS)})"]
        return [problem for path in lists[:1] for problem in _check_list(path, all_listed=True)]
    folder = find(str(name))
    if folder.parent == corpora_folder():
        return check(folder)
    return differences(folder, get(str(name)))


def differences(folder: Path, recipe: Recipe) -> list[str]:
    """Return what in a folder is not as in the copy the recipe was checked with."""
    problems = []
    for file, digest in recipe.files.items():
        path = folder / file
        problem = _differs(path, digest)
        if problem:
            problems.append(f"{path}: {problem}")
        elif path.name in CHECKSUMS:
            problems += _check_list(path, all_listed=False)
    return problems


def read_recipe(path: Path) -> Recipe:
    """Read one recipe; an unknown or missing key is bad input."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise BadInput(f"{path}: cannot be read as TOML ({first_line(error)})") from None
    known = [entry.name for entry in fields(Recipe)]
    for key in values:
        if key not in known:
            raise BadInput(f"{path}: unknown key '{key}'{nearest(key, known)}")
    absent = [key for key in known[:9] if key not in values]
    if absent:
        raise BadInput(f"{path}: a recipe needs {', '.join(absent)}")
    return Recipe(**values)


def private_folder() -> Path | None:
    """Return the folder FRAMING_CORPORA names, which need not be there; None if it is not set."""
    value = os.environ.get(VARIABLE)
    return Path(value) if value else None


def _differs(path: Path, digest: str) -> str:
    if not path.is_file():
        return "is missing"
    with path.open("rb") as handle:
        found = hashlib.file_digest(handle, "sha256").hexdigest()
    return "" if found == digest else f"differs (SHA-256 {found[:12]}..., not {digest[:12]}...)"


def _check_list(path: Path, *, all_listed: bool) -> list[str]:
    folder = path.parent
    problems = []
    listed = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        digest, _, name = line.strip().partition(" ")
        name = name.strip().removeprefix("*").removeprefix("./")
        if len(digest) != 64 or not name:
            problems.append(f"{path}: line {number} is not 'SHA-256  file'")
            continue
        listed.add(name)
        problem = _differs(folder / name, digest)
        if problem:
            problems.append(f"{folder / name}: {problem}")
    if all_listed:
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        extra = there - listed - {path.name} - {p for p in there if Path(p).suffix == ".md"}
        problems += [f"{folder / name}: is not listed in {path.name}" for name in sorted(extra)]
    return problems
