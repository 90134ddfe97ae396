"""References inside a report: ``[[name]]`` becomes the number of an item, or a section's title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from framing.report.items import Captioned, kind_of
from framing.report.plain import breakable
from framing.tables import BadInput

_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")


class Target(NamedTuple):
    """Something words can refer to: the words printed, and its place in the document."""

    words: str
    place: str


Targets = dict[str, Target]


def find_targets(content: Mapping[str, Sequence[object]]) -> Targets:
    """Return what can be referred to: titles of sections and names of captioned items.

    Items are numbered as they are printed: tables and figures apart, those with a caption only.

    Examples
    --------
    >>> import pandas as pd
    >>> table = Captioned(pd.DataFrame({"n": [1]}), "All rates", name="rates")
    >>> find_targets({"Tables": [table]})["rates"]
    Target(words='Table 1', place='item-1')
    """
    targets = {
        " ".join(title.split()): Target(" ".join(title.split()), f"section-{place}")
        for place, title in enumerate(content, start=1)
    }
    counts = {"table": 0, "figure": 0}
    named: Targets = {}
    for item in (item for items in content.values() for item in items):
        if not isinstance(item, Captioned):
            continue
        shown: Any = item.shown()
        kind = kind_of(shown)
        counts[kind] += kind == "figure" or bool(len(shown) and len(shown.columns))
        if item.name in named:
            raise BadInput(
                f"two items of the report have the name '{item.name}'; give each its own"
            )
        if item.name:
            words = f"{kind.capitalize()} {counts[kind]}"
            named[item.name] = Target(words, f"item-{len(named) + 1}")
    return {**targets, **named}


def linked(words: str, targets: Targets) -> str | list[dict[str, Any]]:
    """Return a paragraph, cut into parts where it refers to something that is there.

    Examples
    --------
    >>> linked("See [[rates]], not [[nothing]].", {"rates": Target("Table 1", "item-1")})
    [{'t': 'See '}, {'t': 'Table 1', 'to': 'item-1'}, {'t': ', not [[nothing]].'}]
    >>> linked("No [[reference]].", {})
    'No [[reference]].'
    """
    parts: list[dict[str, Any]] = []
    behind = 0
    for found in _REFERENCE.finditer(words):
        target = targets.get(found[1].strip())
        if target:
            parts.append({"t": breakable(words[behind : found.start()])})
            parts.append({"t": breakable(target.words), "to": target.place})
            behind = found.end()
    if not parts:
        return breakable(words)
    return [part for part in [*parts, {"t": breakable(words[behind:])}] if part["t"]]
