"""The audit of a corpus: scores by side, the swap run, and errors where a reader marked spans."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from framing.audit.swaps import Swapped, Swapper, shipped_swapper
from framing.engine import Rule, annotate_blocks
from framing.measures.validity import CHANGES, Audit, audit
from framing.scoring import score, tally
from framing.tables import BadInput, nearest
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 60
PARTS = ("source", "target", "comparator")
NEEDED = ("doc_id", "start", "end", "extractor")
Key = tuple[int, int, str, str, str, bool]


def audit_corpus(
    documents: Iterable[Document],
    extractors: Sequence[Rule],
    side: str,
    *,
    cluster: str | None = None,
    swapper: Swapper | None = None,
    marked: pd.DataFrame | None = None,
) -> Audit:
    """Measure a corpus by side, and again with all names swapped.

    Parameters
    ----------
    documents : iterable of Document
    extractors : sequence of extractors
    side : str
        Field that names the side of a document.
    cluster : str, optional
        Field of documents that are alike, for the intervals.
    swapper : Swapper, optional
        The shipped names by default.
    marked : pandas.DataFrame, optional
        Spans a reader marked in these documents: `doc_id, start, end, extractor`. A measure is
        judged if the table names it; a span is found if a hit of the measure overlaps it.
    """
    kept = list(documents)
    hits, table = tally(kept, extractors)
    for column in (side, cluster):
        if column is not None and column not in table.columns:
            known = [c for c in table.columns if not c.startswith("words.")]
            raise BadInput(
                f"the documents have no field '{column}'{nearest(column, known)}; "
                f"there are {', '.join(known)}"
            )
    judged = _judged(hits, marked, table[["doc_id", side]]) if marked is not None else None
    return audit(
        score(hits, table), side, lambda: swap_changes(kept, hits, extractors, swapper),
        cluster=cluster, judged=judged,
    )  # fmt: skip


def swap_changes(
    documents: Sequence[Document],
    hits: pd.DataFrame,
    extractors: Sequence[Rule],
    swapper: Swapper | None = None,
) -> pd.DataFrame:
    """Annotate documents with their names swapped and return every hit that went or came.

    Parameters
    ----------
    documents : sequence of Document
    hits : pandas.DataFrame
        Their hits table as they are.
    extractors : sequence of extractors
    swapper : Swapper, optional

    Returns
    -------
    pandas.DataFrame
        `doc_id, measure, label, voice, text, change` ("gone" or "new"), `cue`, `context`. A hit is
        the same if place, measure, label and voice are. `cue` is true where the hit, or the source
        or target of its comparison, lies on a swapped name. ``attrs`` has `n_names` and
        `n_documents`, the names swapped and the documents that have one.
    """
    import pandas as pd

    swap = swapper or shipped_swapper()
    pairs = [swap.document(document) for document in documents]
    named = {new.doc_id: swapped for new, swapped in pairs if swapped.places}
    texts = {document.doc_id: document.text for document in documents}
    again = [new for new, _ in pairs if new.doc_id in named]
    old = _by_document(hits.to_dict("records"))
    new = _by_document(
        dict(zip(hits.columns, row, strict=True))
        for _, rows in annotate_blocks(again, extractors)
        for row in rows
    )
    found = []
    for document in again:
        swapped, name = named[document.doc_id], document.doc_id
        found += _changes(old[name], new[name], (texts[name], swapped.text), swapped)
    table = pd.DataFrame(found, columns=[*CHANGES, "context"])
    names = sum(len(swapped.places) for swapped in named.values())
    table.attrs.update(n_names=names, n_documents=len(named))
    return table


def _by_document(rows: Iterable[dict[Any, Any]]) -> defaultdict[str, list[dict[Any, Any]]]:
    found: defaultdict[str, list[dict[Any, Any]]] = defaultdict(list)
    for row in rows:
        found[row["doc_id"]].append(row)
    return found


def _changes(
    old: list[dict[Any, Any]], new: list[dict[Any, Any]], texts: tuple[str, str], swapped: Swapped
) -> list[tuple[Any, ...]]:
    before = [(_key(row, swapped), row) for row in old]
    after = [(_key(row, None), row) for row in new]
    sides = (
        ("gone", before, Counter(key for key, _ in after), 0, texts[0]),
        ("new", after, Counter(key for key, _ in before), 2, texts[1]),
    )
    found = []
    for change, rows, others, which, text in sides:
        places = [(place[which], place[which + 1]) for place in swapped.places]
        for key, row in rows:
            if others[key]:
                others[key] -= 1
                continue
            start, end = row["start"], row["end"]
            context = text[max(0, start - CONTEXT) : end + CONTEXT]
            found.append((
                row["doc_id"], row["extractor"], row["label"], row["voice"], text[start:end],
                change, _on_name(row, places), " ".join(context.split()),
            ))  # fmt: skip
    return found


def _key(row: dict[Any, Any], swapped: Swapped | None) -> Key:
    """Return what makes a hit the same one; its place as in the swapped text."""
    start, end = row["start"], row["end"]
    if swapped is not None:
        start, end = swapped.carried(start), swapped.carried(end, end=True)
    apart = '"core": false' in row["attributes"]
    return start, end, row["extractor"], row["label"], row["voice"], apart


def _on_name(row: dict[Any, Any], places: list[tuple[int, int]]) -> bool:
    parts = [(row["start"], row["end"])]
    if row["attributes"] != "{}":
        values = json.loads(row["attributes"])
        parts += [tuple(part) for name in PARTS if isinstance(part := values.get(name), list)]
    ends = [end for _, end in places]
    for start, end in parts:
        first = bisect_left(ends, start + 1)
        if first < len(places) and places[first][0] < end:
            return True
    return False


def _judged(hits: pd.DataFrame, marked: pd.DataFrame, sides: pd.DataFrame) -> pd.DataFrame:
    """Return one row for every marked span, and for every hit that overlaps none."""
    import pandas as pd

    missing = [name for name in NEEDED if name not in marked.columns]
    if missing:
        raise BadInput(
            f"a table of marked spans needs the columns {', '.join(NEEDED)}; "
            f"{', '.join(missing)} not found"
        )
    measures = set(marked["extractor"])
    tables = (marked, hits[hits["extractor"].isin(measures)])
    spans = [_places(table) for table in tables]
    rows: list[tuple[Any, ...]] = []
    for name, mine in spans[0].items():
        rows += [(name[0], name[1], _overlaps(span, spans[1][name]), True) for span in mine]
    for name, mine in spans[1].items():
        rows += [(*name, True, False) for span in mine if not _overlaps(span, spans[0][name])]
    table = pd.DataFrame(rows, columns=["doc_id", "measure", "found", "marked"])
    return table.merge(sides.astype({"doc_id": str}), on="doc_id")


def _places(table: pd.DataFrame) -> defaultdict[tuple[str, str], list[tuple[int, int]]]:
    found: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for doc_id, measure, start, end in zip(
        table["doc_id"].astype(str), table["extractor"], table["start"], table["end"], strict=True
    ):
        found[doc_id, measure].append((int(start), int(end)))
    return found


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
