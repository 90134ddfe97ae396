"""Analyse a corpus once and put its standard report together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from framing.engine import annotate_blocks, hits_table
from framing.extractors.base import Extractor, as_extractors
from framing.measures.compare import compare
from framing.report.provenance import provenance
from framing.report.references import references
from framing.report.report import Report
from framing.scoring import score
from framing.standard_report.articles import exemplars, marked
from framing.standard_report.doubts import doubts, first_caution
from framing.standard_report.methods import codebook_entries, limits, methods
from framing.standard_report.pictures import named, pictures
from framing.standard_report.summary import size, summary
from framing.standard_report.tabled import found_in, tables
from framing.tables import ESTIMATES, BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

    from framing.text.corpus import Corpus

ONE = "One article is too little for rates that could be compared: read the marks."
LEADING = ("loaded_language", "historical_comparison", "partisan_framing")
MOST_SHOWN = 4  # more measures than these crowd a page: then the leading ones are shown
MIN_WORDS = 50
LARGE = 1_000_000  # characters from which a second process is worth its start


def standard_report(
    corpus: Corpus,
    extractors: Sequence[Extractor] | None = None,
    *,
    by: str | None = None,
    cluster: str | None = None,
    title: str | None = None,
    seed: int = 0,
    jobs: int = 1,
) -> Report:
    """Analyse a corpus and put the standard report together.

    Parameters
    ----------
    corpus : Corpus
    extractors : sequence of extractors, optional
        All shipped ones by default.
    by : str, optional
        Field that names the groups; by default ``outlet`` where there is one.
    cluster : str, optional
        Field of the clusters; by default ``event`` where there is one.
    title : str, optional
    seed : int
        Of the bootstrap.
    jobs : int
        Processes that annotate; the report does not depend on it.

    Returns
    -------
    Report
    """
    chosen = list(extractors) if extractors is not None else as_extractors(None)
    fields = list(corpus.metadata.columns)
    by = _field(by, "outlet", fields)
    cluster = _field(cluster, "event", fields)
    rows = [row for _, found in annotate_blocks(corpus, chosen, jobs) for row in found]
    hits = hits_table(rows, chosen)
    scores = score(hits, corpus)
    grouped = scores if by else scores.assign(corpus=corpus.source)
    group = by or "corpus"
    estimates = _estimates(grouped, group, cluster, seed)
    known = grouped.set_index("doc_id")[group]
    hits = hits.assign(**{group: hits["doc_id"].map(known)})
    settings = {
        "by": group, "cluster": cluster or "document", "min_words": MIN_WORDS, "level": "95 %",
        "extractors": ", ".join(extractor.name for extractor in chosen),
    }  # fmt: skip
    lexicons = {lexicon.id: lexicon for e in chosen for lexicon in e.lexicons}
    made_from = provenance(corpus, list(lexicons.values()), settings, seed)
    shown, told = leading(hits, estimates, chosen)
    said = estimates.attrs.get("cautions", [])
    caution, others = first_caution(said), _stems(estimates) - _stems(told)
    how = methods(corpus, grouped, estimates, made_from, chosen)
    drawn = pictures(grouped, shown, told, group, cluster) if len(corpus) > 1 else {}
    found: dict[str, Any] = (
        {
            "Summary": summary(scores, hits, told, group, others, caution, named(drawn)),
            **drawn,
            "Marked articles": exemplars(corpus, grouped, shown, group),
            "Tables": [*tables(estimates, hits, group, LEADING), *doubts(said)],
        }
        if len(corpus) > 1
        else one_article(corpus, scores, hits, shown)
    )
    with_spans = [e for e in chosen if e.name in set(hits["extractor"])]
    used = chosen if len(corpus) > 1 else with_spans or chosen
    sections = {
        **found,
        "Methods": how,
        "Codebook": codebook_entries(used),
        "Limits": limits(found=len(used) < len(chosen)),
        "References": references(how),
    }
    return Report(
        title or f"Framing in {corpus.source}",
        sections,
        corpus=corpus,
        subtitle="Evidence, not a verdict",
        provenance=made_from,
    )


def one_article(
    corpus: Corpus, scores: pd.DataFrame, hits: pd.DataFrame, shown: pd.DataFrame
) -> dict[str, Any]:
    """Return the sections of a report that has nothing to compare."""
    return {
        "The article": [size(scores, hits), *marked(list(corpus), shown)],
        "What was found": [ONE, *found_in(scores, hits)],
    }


def _estimates(scores: pd.DataFrame, group: str, cluster: str | None, seed: int) -> pd.DataFrame:
    """Return the comparison, empty where there is one document or none."""
    import pandas as pd

    if len(scores) < 2:
        return pd.DataFrame(columns=list(ESTIMATES), dtype=object)
    return compare(scores, by=group, cluster=cluster, seed=seed)


def _stems(estimates: pd.DataFrame) -> int:
    return int(estimates["measure"].nunique())


def processes(corpus: Corpus) -> int:
    """Return how many processes a command should use: two for a corpus of some size, else one."""
    if (os.cpu_count() or 1) < 2:
        return 1
    return 2 if sum(len(document.text) for document in corpus) > LARGE else 1


def leading(
    hits: pd.DataFrame, estimates: pd.DataFrame, chosen: Sequence[Extractor]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hits and estimates that are shown; all of them stand in the tables."""
    names = {extractor.name for extractor in chosen}
    if len(names) <= MOST_SHOWN or not names & set(LEADING):
        return hits, estimates
    stems = estimates["measure"].str.split(".").str[0].str.removesuffix("_extended")
    return hits[hits["extractor"].isin(LEADING)], estimates[stems.isin(LEADING)]


def _field(wanted: str | None, default: str, fields: list[str]) -> str | None:
    if wanted is None:
        return default if default in fields else None
    if wanted not in fields:
        seen = ", ".join(fields)
        raise BadInput(
            f"the corpus has no field '{wanted}'{nearest(wanted, fields)}; it has {seen}"
        )
    return wanted
