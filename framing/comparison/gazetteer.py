"""The gazetteer of historical sources, with entries of the user's own."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from framing.lexicon import Entry, Lexicon, load, make_entry
from framing.tables import BadInput

NAME = "history"
Added = Lexicon | str | Path | Sequence[Mapping[str, Any]]


def with_entries(added: Added, base: Lexicon | None = None) -> Lexicon:
    """Return the gazetteer with more entries; one with the id of a known entry replaces it.

    Parameters
    ----------
    added : Lexicon, path of a .tsv, or sequence of mappings
        Columns as in `lexicons/history.tsv`; only `entry` is needed. Without `start` and `end` a
        source counts as old enough for any text.
    base : Lexicon, optional
        The shipped gazetteer by default.

    Raises
    ------
    BadInput
        With the entry and what is wrong in it.

    Examples
    --------
    >>> more = with_entries([{"entry": "great custard famine", "start": "1911", "kind": "crisis"}])
    >>> more.entries[-1].id, len(more.entries) - len(load("history").entries)
    ('great custard famine', 1)
    """
    base = base or load(NAME)
    if isinstance(added, Lexicon):
        new: tuple[Entry, ...] = added.entries
    elif isinstance(added, (str, Path)):
        new = Lexicon.read(added).entries
    else:
        new = tuple(_entry(row, number) for number, row in enumerate(added, 1))
    ids = {entry.id for entry in new}
    kept = tuple(entry for entry in base.entries if entry.id not in ids)
    digest = hashlib.sha256((base.sha256 + repr(sorted(ids))).encode()).hexdigest()
    return Lexicon(base.id, kept + new, base.info, digest)


def _entry(row: Mapping[str, Any], number: int) -> Entry:
    where = f"gazetteer, entry {number}"
    if not isinstance(row, Mapping):
        raise BadInput(f"{where}: is a {type(row).__name__}, not a mapping of column to value")
    return make_entry({"label": "source", "strength": "2", **row}, where)


@functools.cache
def themes() -> dict[str, str]:
    """Return the themes of every source by its id, several joined by ``;``."""
    return {entry.id: str(entry.extra.get("theme", "")) for entry in load(NAME).entries}


@functools.cache
def years() -> dict[str, tuple[int, int]]:
    """Return the first and the last year of every source by its id."""
    from framing.comparison.sources import year_of

    found = {}
    for entry in load(NAME).entries:
        start, end = entry.extra.get("start", ""), entry.extra.get("end", "")
        if start:
            found[entry.id] = (year_of(start), year_of(end or start))
    return found
