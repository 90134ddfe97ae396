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
            chosen.append(str(rows["doc_id"].iloc[int(distance.argmin())]))
    words = CHOICE.format(low=SHORTEST, high=LONGEST, told=told.replace("; ", ", for "))
    return [words, *marked([corpus[doc_id] for doc_id in chosen], hits)]


def _usable(rows: pd.DataFrame) -> pd.DataFrame:
    fitting = rows[rows["n_words"].between(SHORTEST, LONGEST)]
    return fitting if len(fitting) else rows


def marked(documents: Sequence[Document], hits: pd.DataFrame) -> list[MarkedText]:
    """Return documents with their voices and hits, ready for a report."""
    for _ in Engine([]).read(documents) if documents else ():
        pass  # fills in whose words stand where: another process may have annotated
    return [MarkedText.of(document, hits) for document in documents]
