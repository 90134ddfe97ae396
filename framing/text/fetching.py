"""Getting a published corpus into FRAMING_CORPORA: out of a folder, or from its public address.

A corpus is put together in a hidden folder beside its place and moved there in one step when all
of it is there and can be read; whatever goes wrong, nothing half-done is left.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO, Any

from framing.tables import BadInput, first_line, nearest
from framing.text import recipes
from framing.text.notices import Notices
from framing.text.recipes import VARIABLE, Recipe
from framing.text.rows import Assembly, Columns

SHOWN = 10
TIMEOUT = 30
_CHUNK = 1 << 16
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__")
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, RuntimeError, EOFError, zlib.error)
_KEYS = ("url", "sha256", "unpack")


@dataclass(frozen=True)
class Arrival:
    """A corpus that has been put into its place.

    Attributes
    ----------
    folder : pathlib.Path
    n_documents : int
    remarks : list of str
        How it differs from the copy the recipe was checked with; rows that cannot be read.
    """

    folder: Path
    n_documents: int
    remarks: list[str]


@dataclass(frozen=True)
class Download:
    """One public file of a corpus; an archive with `unpack` is unpacked where it lies."""

    file: str
    url: str
    sha256: str
    unpack: bool = False


def add(name: str, folder: str | Path) -> Arrival:
    """Check that a folder holds a corpus as it is published, and copy it into FRAMING_CORPORA.

    Hidden files such as `.git` are left behind.

    Parameters
    ----------
    name : str
        A recipe's name, with or without the `@`.
    folder : str or pathlib.Path

    Raises
    ------
    BadInput
        No such recipe or folder, a folder of which the recipe can read no document,
        FRAMING_CORPORA not set, or a corpus of that name there already.
    """
    recipe, source = _recipe(name), Path(folder)
    if not source.is_dir():
        raise BadInput(f"{source}: {_no_folder(source)}")
    with _staged(recipe) as staged:
        if staged.resolve().is_relative_to(source.resolve()):
            raise BadInput(f"{source}: holds {VARIABLE} itself; give the folder of @{recipe.name}")
        arrival = _examine(recipe, source, str(source))
        _copy(source, staged)
    return arrival


def fetch(name: str) -> Arrival:
    """Download a corpus whose files are public, compare their hashes, and put it into its place.

    Raises
    ------
    BadInput
        No such recipe or one without public files; no connection, a file with another hash, an
        archive with names that lead outside it; FRAMING_CORPORA not set, or a corpus there already.
    """
    recipe = _recipe(name)
    files = downloads(recipe)
    if not files:
        raise BadInput(
            f"@{recipe.name}: no public files to fetch. {recipe.get} "
            f"'framing corpora add {recipe.name} --from PATH' checks a folder and copies it there"
        )
    with _staged(recipe) as staged:
        for file in files:
            _download(recipe, file, staged)
        for file in files:
            if file.unpack:
                unpack(staged / file.file)
        return _examine(recipe, staged, f"@{recipe.name}")


def downloads(recipe: Recipe) -> list[Download]:
    """Return the public files of a recipe; a table `[fetch]` that cannot be used is bad input."""
    found = []
    for file, entry in recipe.fetch.items():
        where = f'recipe {recipe.name}: [fetch."{file}"]'
        if leads_outside(file):
            raise BadInput(f"{where}: must be a path inside the corpus")
        if not isinstance(entry, dict):
            raise BadInput(f"{where}: must be a table with url and sha256")
        for key in entry:
            if key not in _KEYS:
                raise BadInput(f"{where}: unknown key '{key}'{nearest(key, _KEYS)}")
        if not re.match(r"https?://", str(entry.get("url", ""))):
            raise BadInput(f"{where}: url must begin with https://")
        if not re.fullmatch("[0-9a-f]{64}", str(entry.get("sha256", ""))):
            raise BadInput(f"{where}: sha256 must be 64 hexadecimal digits in lower case")
        found.append(Download(file, **entry))
    return found


def leads_outside(name: str) -> bool:
    """Tell whether the name of a file can lead out of the folder it is put into, on any system.

    Examples
    --------
    >>> [leads_outside(name) for name in ("a/b.txt", "../b.txt", "/b.txt", "a\\\\..\\\\b", "C:b")]
    [False, True, True, True, True]
    """
    path = PureWindowsPath(name)
    return bool(path.anchor) or ".." in path.parts or not path.parts


def unpack(archive: Path) -> None:
    """Unpack a zip or tar archive beside itself and remove it.

    Raises
    ------
    BadInput
        A broken archive, or one that holds a link, a file twice, or a name that leads outside.
    """
    try:
        for name, content in _members(archive):
            path = archive.parent / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with content, path.open("xb") as file:
                shutil.copyfileobj(content, file)
    except _BROKEN as error:
        raise BadInput(f"{archive.name}: cannot be unpacked ({first_line(error)})") from None
    except FileExistsError as error:
        name = Path(error.filename).relative_to(archive.parent).as_posix()
        raise BadInput(f"{archive.name}: holds '{name}', which is there already") from None
    archive.unlink()


def _members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for info in packed.infolist():
                link = stat.S_ISLNK(info.external_attr >> 16)
                _refuse_trick(archive, info.filename, plain=not link)
                if not info.is_dir():
                    yield info.filename, packed.open(info)
    elif tarfile.is_tarfile(archive):
        with tarfile.open(archive) as tape:
            for member in tape:
                _refuse_trick(archive, member.name, plain=member.isfile() or member.isdir())
                content = tape.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield member.name, content
    else:
        raise BadInput(f"{archive.name}: is neither a zip nor a tar archive")


def _refuse_trick(archive: Path, name: str, *, plain: bool) -> None:
    if leads_outside(name) and name not in (".", "./"):
        raise BadInput(f"{archive.name}: refused, '{name}' in it leads outside the corpus")
    if not plain:
        raise BadInput(f"{archive.name}: refused, '{name}' in it is a link or device, not a file")


def _recipe(name: str) -> Recipe:
    name = name.removeprefix("@")
    if name in recipes.shipped():
        raise BadInput(f"@{name}: comes with the program; there is nothing to get")
    return recipes.get(name)


def _no_folder(path: Path) -> str:
    if path.exists():
        return "is a file; give the folder that holds the corpus"
    beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    return f"no such folder{nearest(path.name, beside)}"


@contextlib.contextmanager
def _staged(recipe: Recipe) -> Iterator[Path]:
    """Give an empty folder; make it the corpus in FRAMING_CORPORA only if all went well."""
    root = recipes.private_folder()
    if root is None:
        raise BadInput(f"{VARIABLE} is not set; set it to the folder to keep @{recipe.name} in")
    target = root / recipe.name
    if os.path.lexists(target):
        raise BadInput(f"{target}: is there already; move it away or remove it first")
    aside = None
    try:
        root.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=root, prefix=f".{recipe.name}-"))
        staged = aside / recipe.name
        staged.mkdir()
        yield staged
        staged.rename(target)
    except OSError as error:
        where = error.filename or target
        raise BadInput(f"{where}: cannot be used ({error.strerror or first_line(error)})") from None
    finally:
        if aside is not None:
            _open(aside)
            shutil.rmtree(aside, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copytree(
            source, target, ignore=_NOT_COPIED, copy_function=shutil.copyfile, dirs_exist_ok=True
        )
    except shutil.Error as error:
        path, _, reason = error.args[0][0]
        raise BadInput(f"{path}: cannot be copied ({reason})") from None
    _open(target)


def _open(folder: Path) -> None:
    """Let the owner write in all folders of a copy, as those of a read-only disk do not."""
    for path, _, _ in os.walk(folder):
        os.chmod(path, os.stat(path).st_mode | stat.S_IRWXU)


def _examine(recipe: Recipe, folder: Path, shown: str) -> Arrival:
    """Read all of a corpus; messages call its folder `shown`."""
    refused: list[dict[str, Any]] = []
    try:
        rows, columns = recipes.rows_in(folder, recipe, Columns({}))
        count = sum(1 for _ in Assembly(columns, refused, Notices()).documents(rows))
        if not count:
            first = f" ({refused[0]['file']}: {refused[0]['reason']})" if refused else ""
            raise BadInput(f"{folder}: no document of @{recipe.name} can be read{first}")
    except BadInput as error:
        raise BadInput(str(error).replace(str(folder), shown)) from None
    remarks = [f"{row['file']}: {row['reason']}" for row in refused]
    remarks += recipes.differences(folder, recipe)
    remarks = [remark.replace(str(folder), shown) for remark in remarks]
    if len(remarks) > SHOWN:
        remarks[SHOWN:] = [f"and {len(remarks) - SHOWN} more such lines"]
    if recipe.documents not in (None, count):
        remarks.append(f"{count} documents; the recipe was checked with {recipe.documents}")
    root = recipes.private_folder()
    assert root is not None
    return Arrival(root / recipe.name, count, remarks)


def _download(recipe: Recipe, wanted: Download, folder: Path) -> None:
    import pooch

    path = folder / wanted.file
    loader = pooch.HTTPDownloader(
        progressbar=sys.stderr.isatty(), chunk_size=_CHUNK, timeout=TIMEOUT
    )
    log = pooch.get_logger()
    level = log.level
    log.setLevel("ERROR")
    try:
        pooch.retrieve(
            wanted.url, f"sha256:{wanted.sha256}", fname=path.name, path=path.parent,
            downloader=loader,
        )  # fmt: skip
    except OSError as error:
        raise BadInput(
            f"@{recipe.name}: {wanted.file} cannot be fetched from {wanted.url} "
            f"({_reason(error)}); nothing was kept, try again later"
        ) from None
    except ValueError:
        raise BadInput(
            f"@{recipe.name}: {wanted.file} from {wanted.url} is not the file the recipe knows "
            f"(another SHA-256 than {wanted.sha256[:12]}...); nothing was kept"
        ) from None
    finally:
        log.setLevel(level)


def _reason(error: OSError) -> str:
    response = getattr(error, "response", None)
    if response is not None:
        return f"the server answers {response.status_code}"
    kinds = {kind.__name__ for kind in type(error).__mro__}
    for kind, reason in (
        ("Timeout", "no answer in time"),
        ("ChunkedEncodingError", "the connection was cut"),
        ("ConnectionError", "no connection"),
    ):
        if kind in kinds:
            return reason
    return error.strerror or first_line(error)
