"""The report `framing report` writes: every measure of a corpus, by group, with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from framing.engine import Engine, annotate
from framing.extractors.base import Extractor, as_extractors, codebook
from framing.measures.compare import compare
from framing.report.items import Captioned, MarkedText
from framing.report.provenance import provenance
from framing.report.report import Report
from framing.scoring import score
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

    from framing.text.corpus import Corpus
    from framing.text.document import Document

MOST_EXEMPLARS = 6
LEADING = ("loaded_language", "historical_comparison", "partisan_framing")
MOST_SHOWN = 4  # more measures than these crowd a page: then the leading ones are shown
LIMITS = """Evidence, not a verdict. The numbers count words and constructions that a reader can \
look up in the marked articles and in the hits table; they do not say that an article is biased, \
true or false.

A list of words misses irony and everything it does not contain, and reports some words that a \
careful reader would pass. The known failures of each measure stand in the codebook above.

The headline rate counts the outlet's own words over the outlet's own words. Words in quotation \
marks and in reported speech belong to their speakers; where the report says "attributed", they \
are meant. Voices are found by rule, and some are found wrongly.

An interval says how far a rate could move if other articles of the same kind had been drawn. It \
knows nothing of articles that were never collected, and differences between outlets may come from \
what they cover as well as from how they cover it."""


def standard_report(
    corpus: Corpus,
    extractors: Sequence[Extractor] | None = None,
    *,
    by: str | None = None,
    cluster: str | None = None,
    title: str | None = None,
    seed: int = 0,
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

    Returns
    -------
    Report
    """
    chosen = list(extractors) if extractors is not None else as_extractors(None)
    fields = list(corpus.metadata.columns)
    by = _field(by, "outlet", fields)
    cluster = _field(cluster, "event", fields)
    hits = annotate(corpus, chosen)
    scores = score(hits, corpus)
    grouped = scores if by else scores.assign(corpus=corpus.source)
    group = by or "corpus"
    estimates = compare(grouped, by=group, cluster=cluster, seed=seed)
    known = grouped.set_index("doc_id")[group]
    hits = hits.assign(**{group: hits["doc_id"].map(known)})
    settings = {
        "by": group, "cluster": cluster or "document", "min_words": 50, "level": "95 %",
        "extractors": ", ".join(extractor.name for extractor in chosen),
    }  # fmt: skip
    lexicons = {lexicon.id: lexicon for e in chosen for lexicon in e.lexicons}
    shown, told = _leading(hits, estimates, chosen)
    sections = {
        "Summary": _summary(corpus, scores, hits, told, group),
        **_figures(grouped, hits, told, group, cluster),
        "Marked articles": _exemplars(corpus, grouped, shown, group),
        "Tables": _tables(estimates, hits, group),
        "Codebook": _codebook(chosen),
        "Limits": LIMITS,
    }
    return Report(
        title or f"Framing in {corpus.source}",
        sections,
        corpus=corpus,
        subtitle="Evidence, not a verdict",
        provenance=provenance(corpus, list(lexicons.values()), settings, seed),
    )


def _leading(
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


def _summary(
    corpus: Corpus, scores: pd.DataFrame, hits: pd.DataFrame, estimates: pd.DataFrame, group: str
) -> list[object]:
    words, own = int(scores["n_words"].sum()), int(scores["n_words_outlet"].sum())
    attributed = int(scores["n_words_attributed"].sum())
    groups = estimates.loc[estimates["reference"].isna(), "group"].nunique()
    empty = int((scores["n_words"] == 0).sum())
    lines = [
        f"{len(corpus):,} documents, {groups:,} groups by {group}, {words:,} words: "
        f"{_share(own, words)} the outlet's own, {_share(attributed, words)} quoted or reported. "
        + (f"{empty} documents have no words. " if empty else "")
        + f"{len(hits):,} spans were found, "
        f"{_share(int(hits['voice'].isin(('outlet', 'title')).sum()), len(hits))} of them in the "
        "outlet's own voice.",
        "Each rate is the number of spans in the outlet's own voice per 1,000 of the outlet's own "
        "words, pooled over the documents of a group, with its 95 % interval. Measures that are "
        "not shown here stand in the profile and in the tables.",
    ]
    rates = estimates[estimates["reference"].isna()]
    table = rates[["measure", "group", "estimate", "low", "high", "n_documents", "n_words"]]
    readable = table.assign(measure=table["measure"].map(_readable)).reset_index(drop=True)
    return ["\n\n".join(lines), Captioned(readable, f"Rates per 1,000 own words by {group}")]


def _readable(measure: str) -> str:
    return measure.rsplit(".", 1)[0].replace("_", " ").capitalize()


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"


def _figures(
    scores: pd.DataFrame,
    hits: pd.DataFrame,
    estimates: pd.DataFrame,
    group: str,
    cluster: str | None,
) -> dict[str, object]:
    from framing import figures

    sections: dict[str, object] = {}
    with figures.style("double"):
        forest: list[object] = [
            Captioned(figures.outlet_forest(estimates), f"Own-voice rates by {group}")
        ]
        if estimates["reference"].notna().any():
            forest.append(
                Captioned(
                    figures.difference_forest(estimates),
                    "Differences from all others; filled marks: adjusted p below .05",
                )
            )
        sections["Rates and differences"] = forest
        profiles: list[object] = [
            Captioned(
                figures.measure_profile(scores, by=group, cluster=cluster), "Profile of measures"
            )
        ]
        if "date" in scores and scores["date"].astype("string").nunique() > 2:
            axes = figures.profile(
                scores, "loaded_language" if "loaded_language.outlet.count" in scores
                else _first_measure(scores), group=group, cluster=cluster,
            )  # fmt: skip
            profiles.append(Captioned(axes, "Own-voice rate over time"))
        sections["Profile"] = profiles
        terms: list[object] = []
        for name, what in (("loaded_language", "loaded"), ("partisan_framing", "contested")):
            chosen = hits[hits["extractor"] == name]
            if len(chosen):
                chosen = chosen.assign(text=chosen["text"].str.lower())
                axes = figures.top_terms(chosen, by=group, n=8)
                terms.append(Captioned(axes, f"Most frequent {what} terms by {group}"))
        if terms:
            sections["Terms"] = terms
    return sections


def _first_measure(scores: pd.DataFrame) -> str:
    return next(str(c).split(".")[0] for c in scores.columns if str(c).endswith(".outlet.count"))


def _exemplars(
    corpus: Corpus, scores: pd.DataFrame, hits: pd.DataFrame, group: str
) -> list[object]:
    items: list[object] = [
        "One article a group, not the most striking one: the one whose number of own-voice spans "
        "per 1,000 words is nearest to the group's median."
    ]
    own = hits[hits["voice"].isin(("outlet", "title"))].groupby("doc_id").size()
    rate = scores["doc_id"].map(own).fillna(0) / scores["n_words"].clip(lower=1)
    usable = scores["n_words"] >= min(100, scores["n_words"].max())
    for name, rows in scores[usable].groupby(group, sort=True):
        if len(items) > MOST_EXEMPLARS:
            break
        distance = (rate[rows.index] - rate[rows.index].median()).abs()
        document = corpus[str(rows.loc[distance.idxmin(), "doc_id"])]
        items.append(marked(document, hits[hits["doc_id"] == document.doc_id], str(name)))
    return items


def marked(document: Document, hits: pd.DataFrame, group: str = "") -> MarkedText:
    """Return a document with its voices and hits, ready for a report."""
    ((_, voices),) = Engine([]).read([document])
    facts = {
        key: document.meta[key] for key in ("outlet", "date", "author") if document.meta.get(key)
    }
    return MarkedText(
        document.title or document.doc_id, facts or group, document.text, voices.runs, hits
    )


def _tables(estimates: pd.DataFrame, hits: pd.DataFrame, group: str) -> list[object]:
    columns = ["measure", "group", "reference", "estimate", "low", "high", "p", "p_adjusted",
               "n_documents", "n_words", "n_clusters"]  # fmt: skip
    items: list[object] = [
        Captioned(estimates[columns].reset_index(drop=True), "All estimates",
                  note="; ".join(sorted(estimates["method"].unique()))),
    ]  # fmt: skip
    if len(hits):
        counts = (
            hits.assign(term=hits["text"].str.lower())
            .groupby([group, "extractor", "label", "term", "voice"], sort=True)
            .size()
            .rename("n")
            .reset_index()
            .sort_values(["n", "term"], ascending=[False, True], kind="stable")
        )
        items.append(Captioned(counts.reset_index(drop=True), f"Terms by {group} and voice"))
    history = hits[hits["extractor"] == "historical_comparison"]
    if len(history):
        shown = history[[group, "label", "text", "voice", "speaker"]].reset_index(drop=True)
        items.append(Captioned(shown, "Historical comparisons, as they stand in the text"))
    return items


def _codebook(extractors: Sequence[Extractor]) -> list[object]:
    items: list[object] = []
    for extractor in extractors:
        book = codebook(extractor)
        if not book:
            continue
        facts: dict[str, str] = {"Measure": extractor.name}
        for key in ("construct", "rule"):
            if book.get(key):
                facts[key.capitalize()] = " ".join(str(book[key]).split())
        if book.get("known_failures"):
            facts["Known failures"] = " ".join(np.atleast_1d(book["known_failures"]).tolist())
        items.append(facts)
    return items or ["No codebook entry."]
