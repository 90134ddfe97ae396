"""The marked articles: one ordinary article of each group, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.engine import Engine
from framing.report.items import MarkedText
from framing.standard_report.pictures import largest
from framing.tables import VOICE_GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from framing.text.corpus import Corpus
    from framing.text.document import Document

MOST_EXEMPLARS = 6
SHORTEST, LONGEST = 100, 1000
CHOICE = (
    "One article a group, not the most striking one: of the articles of {low:,} to {high:,} words "
    "(of all, where a group has none), the one whose number of own-voice spans per 1,000 words is "
    "nearest to the group's median{told}."
)
FACTS = ("outlet", "date", "author")


def exemplars(corpus: Corpus, scores: pd.DataFrame, hits: pd.DataFrame, group: str) -> list[object]:
    """Return the words that say how articles were chosen, and the articles, marked."""
    names, told = largest(scores, group, MOST_EXEMPLARS)
    own = hits[hits["voice"].isin(VOICE_GROUPS["outlet"])].groupby("doc_id").size()
    rate = scores["doc_id"].map(own).fillna(0) / scores["n_words"].clip(lower=1)
    chosen = []
    for name in names:
        rows = _usable(scores[(scores[group].astype(str) == name) & (scores["n_words"] > 0)])
        if len(rows):
            distance = (rate[rows.index] - rate[rows.index].median()).abs()
            chosen.append((str(rows["doc_id"].iloc[int(distance.argmin())]), name))
    words = CHOICE.format(low=SHORTEST, high=LONGEST, told=told.replace("; ", ", for "))
    documents = [corpus[doc_id] for doc_id, _ in chosen]
    runs = _runs(documents)
    return [
        words,
        *(
            _marked(document, hits[hits["doc_id"] == document.doc_id], name, said)
            for document, said, (_, name) in zip(documents, runs, chosen, strict=True)
        ),
    ]


def _usable(rows: pd.DataFrame) -> pd.DataFrame:
    fitting = rows[rows["n_words"].between(SHORTEST, LONGEST)]
    return fitting if len(fitting) else rows


def marked(document: Document, hits: pd.DataFrame, group: str = "") -> MarkedText:
    """Return a document with its voices and hits, ready for a report."""
    return _marked(document, hits, group, _runs([document])[0])


def _runs(documents: Sequence[Document]) -> list[Sequence[Sequence[object]]]:
    return [voices.runs for _, voices in Engine([]).read(documents)] if documents else []


def _marked(
    document: Document, hits: pd.DataFrame, group: str, runs: Sequence[Sequence[object]]
) -> MarkedText:
    facts = {key: document.meta[key] for key in FACTS if document.meta.get(key)}
    title = document.title or document.doc_id
    return MarkedText(title, facts or group, document.text, runs, hits)
