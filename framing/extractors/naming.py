"""Naming: what people and groups are called, by modifier, title and apposition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from framing.engine import Span
from framing.extractors.base import Extractor
from framing.extractors.metaphor import TARGETS
from framing.text import clauses as cl
from framing.text.document import Document, Match, Reading
from framing.text.voices import VoiceMap

if TYPE_CHECKING:
    import pandas as pd

REACH = 2  # words between a modifier and its name or noun
ARTICLES = frozenset("a an the his her their its one".split())
NO_NAMES = cl.DAYS | frozenset("i".split())


class Naming(Extractor):
    """Epithets and modifiers attached to a name, a role or a group.

    The attributes hold `entity` (as written), `name` (the full name in the document, where a
    surname, first name or role is led back to one), `kind` (modifier, title, appositive) and
    `polarity` of the list (-1, 0, 1). `naming_table` counts them by name.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "The embattled minister met Mary Oakes, a firebrand. It was a brave decision."
    >>> hits = annotate(Corpus([Document("a", text)]), [Naming()])
    >>> hits[["text", "attributes"]].values.tolist()
    [['embattled', '{"entity": "minister", "kind": "modifier", "polarity": -1}'], \
['firebrand', '{"entity": "Mary Oakes", "kind": "appositive", "polarity": -1}']]
    """

    name = "naming"
    cues = (TARGETS,)

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Span]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        groups = {
            one.first: one for one in reading.matches(TARGETS) if one.entry.extra.get("group")
        }
        for match in matches:
            entry = match.entry
            found = _attached(reading, match, groups)
            if found is not None:
                start, end, kind = found
                entity = reading.text[start:end]
                told = {"entity": entity, "kind": kind, "polarity": int(entry.extra["polarity"])}
                person = reading.people.find(entity, start)
                if person is not None and person.name != entity:
                    told["name"] = person.name
                yield Span(match.start, match.end, entry.label, entry.strength, entry.id, told)


def naming_table(hits: pd.DataFrame) -> pd.DataFrame:
    """Count what each entity is called, by its full name where its document gives one.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table; other measures are left out.

    Returns
    -------
    pandas.DataFrame
        `entity, called, polarity, outlet, attributed, n_documents`, one row an entity and word,
        the most frequent first; entities and words are compared without case.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "The embattled minister spoke. “The embattled minister is late,” she said."
    >>> table = naming_table(annotate(Corpus([Document("a", text)]), [Naming()]))
    >>> table.drop(columns="n_documents").values.tolist()
    [['minister', 'embattled', -1, 1, 1]]
    """
    import json

    import pandas as pd

    mine = hits[hits["extractor"] == Naming.name]
    told = [json.loads(cell) for cell in mine["attributes"]]
    table = pd.DataFrame({
        "entity": [one.get("name", one["entity"]) for one in told],
        "called": mine["text"].str.casefold(), "doc_id": mine["doc_id"],
        "polarity": [one["polarity"] for one in told],
        "attributed": mine["voice"].isin(("direct", "indirect")),
    })  # fmt: skip
    table["outlet"] = ~table["attributed"]
    keys = ["entity", "called", "polarity"]
    counted = table.groupby(keys, as_index=False).agg(
        outlet=("outlet", "sum"), attributed=("attributed", "sum"),
        n_documents=("doc_id", "nunique"),
    )  # fmt: skip
    counted[["outlet", "attributed"]] = counted[["outlet", "attributed"]].astype(int)
    order = (-counted["outlet"] - counted["attributed"]).sort_values(kind="stable").index
    return counted.loc[order].reset_index(drop=True)


def _attached(
    reading: Reading, match: Match, groups: dict[int, Match]
) -> tuple[int, int, str] | None:  # fmt: skip
    """Return where the entity stands a match is attached to, and how; None if it is alone."""
    low, high = reading.sentence_words[reading.sentence_at(match.start)]
    reach = REACH if match.entry.label == "modifier" else 0
    for place in range(match.last + 1, min(high, match.last + 2 + reach)):
        if not _plain(reading, place):
            break
        if place in groups:
            group = groups[place]
            behind = group.last + 1
            titled = behind < high and _named(reading, behind) and _plain(reading, behind)
            end = _name_from(reading, behind, high)[1] if titled else group.end
            return group.start, end, "modifier"
        if _named(reading, place):
            kind = "modifier" if match.entry.label == "modifier" else "title"
            return (*_name_from(reading, place, high), kind)
    if match.entry.label == "epithet":
        return _apposition(reading, match, low)
    return None


def _apposition(reading: Reading, match: Match, low: int) -> tuple[int, int, str] | None:
    """Return the name that stands before ", a ... epithet"."""
    for place in range(match.first - 1, max(low, match.first - 4) - 1, -1):
        if reading.folded[place] in ARTICLES:
            comma = reading.text[reading.ends[place - 1] : reading.starts[place]] if place else ""
            if comma.strip() == "," and place > low and _named(reading, place - 1):
                return (*_name_to(reading, place - 1, low), "appositive")
            return None
        if not _plain(reading, place + 1):
            return None
    return None


def _plain(reading: Reading, place: int) -> bool:
    """Whether only a space or hyphen stands before a word."""
    return reading.text[reading.ends[place - 1] : reading.starts[place]] in (" ", "\u00a0", "-")


def _joins(reading: Reading, place: int) -> bool:
    """Whether a word goes on a name: behind a space, or behind an initial or title with a stop."""
    if _plain(reading, place):
        return True
    gap = reading.text[reading.ends[place - 1] : reading.starts[place]]
    return gap == ". " and reading.ends[place - 1] - reading.starts[place - 1] <= 4


def _named(reading: Reading, place: int) -> bool:
    return reading.capitals[place] and reading.folded[place] not in NO_NAMES


def _name_from(reading: Reading, place: int, high: int) -> tuple[int, int]:
    last = place
    while last + 1 < high and reading.capitals[last + 1] and _joins(reading, last + 1):
        last += 1
    return reading.starts[place], reading.cores[last]


def _name_to(reading: Reading, place: int, low: int) -> tuple[int, int]:
    first = place
    while first > low and reading.capitals[first - 1] and _joins(reading, first):
        first -= 1
    return reading.starts[first], reading.cores[place]
