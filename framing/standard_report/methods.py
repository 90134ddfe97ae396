"""What was done, in words written from what was run; the codebook; what the numbers cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from framing.extractors.base import Extractor, codebook

if TYPE_CHECKING:
    import pandas as pd

    from framing.text.corpus import Corpus

LIMITS = """Evidence, not a verdict. The numbers count words and constructions that a reader can \
look up in the marked articles and in the hits table; they do not say that an article is biased, \
true or false.

A list of words misses irony and everything it does not contain, and reports some words that a \
careful reader would pass. The known failures of {measures} stand in [[Codebook]].

The headline rate counts the outlet's own words over the outlet's own words. Words in quotation \
marks and in reported speech belong to their speakers; where the report says "attributed", they \
are meant. Voices are found by rule, and some are found wrongly.

An interval says how far a rate could move if other articles of the same kind had been drawn. It \
knows nothing of articles that were never collected, and differences between outlets may come from \
what they cover as well as from how they cover it."""


def limits(found: bool = False) -> str:
    """Return what the numbers cannot say; `found`: the codebook has the measures with spans only.

    Examples
    --------
    >>> "known failures of each measure with a span here stand" in limits(found=True)
    True
    """
    return LIMITS.format(measures="each measure with a span here" if found else "each measure")


def methods(
    corpus: Corpus,
    scores: pd.DataFrame,
    estimates: pd.DataFrame,
    made_from: Mapping[str, Any],
    chosen: Sequence[Extractor],
) -> str:
    """Return the section on methods; versions and hashes stand on the last page.

    Parameters
    ----------
    corpus : Corpus
    scores, estimates : pandas.DataFrame
        Of all measures.
    made_from : Mapping
        What `framing.report.provenance` returned.
    chosen : sequence of extractors
    """
    settings, versions = made_from["settings"], made_from["versions"]
    paragraphs = [
        _material(corpus, scores, settings),
        _annotation(chosen, versions),
    ]
    if len(estimates):
        paragraphs.append(_intervals(estimates, settings, made_from.get("seed")))
    if estimates["reference"].notna().any():
        paragraphs.append(_differences(estimates))
    return "\n\n".join(paragraphs)


def _material(corpus: Corpus, scores: pd.DataFrame, settings: Mapping[str, Any]) -> str:
    by = settings["by"]
    short = int((scores["n_words"] < settings["min_words"]).sum())
    nameless = int(scores[by].isna().sum())
    excluded = [
        f"{nameless:,} without a value of {by} are left out of the comparison" if nameless else "",
        f"{short:,} of fewer than {settings['min_words']} words have no rate of their own, but "
        "their spans and words count in the pooled rates" if short else "",
    ]  # fmt: skip
    told = "; ".join(part for part in excluded if part) or "none was left out"
    return (
        f"The corpus {corpus.source} has {len(scores):,} document{'s' * (len(scores) != 1)}; "
        f"{told}. Page furniture (captions, links, notices) is boilerplate and counted nowhere. "
        "Versions and hashes of the corpus, the program and the word lists stand on the last page."
    )


def _annotation(chosen: Sequence[Extractor], versions: Mapping[str, str]) -> str:
    names = ", ".join(extractor.name.replace("_", " ") for extractor in chosen)
    return (
        f"framing {versions['framing']} (Python {versions['python']}) found spans of "
        f"{len(chosen)} measure{'s' * (len(chosen) != 1)} by rule: {names}. Every span has a "
        "voice: the outlet's own, a direct quotation, reported speech, scare quotes, or a name of "
        "a work; quotations and reports are found by marks, cues and grammar. A rate is the spans "
        "of the outlet's own voice per 1,000 of its own words, pooled over the documents of a "
        "group: all spans over all words, a ratio estimator (Cochran 1977)."
    )


def _intervals(estimates: pd.DataFrame, settings: Mapping[str, Any], seed: object) -> str:
    """Say how the intervals were found, from the methods that the estimates name."""
    used = " ".join(estimates["method"].dropna().unique())
    unit = settings["cluster"]
    told = [f"Intervals are 95 % intervals over clusters of documents (here: {unit})."]
    if "bootstrap" in used:
        resamples = _before(used, " resamples") or "2000"
        told.append(
            f"With 20 clusters or more they are percentile intervals of {int(resamples):,} "
            f"bootstrap samples of clusters (Efron and Tibshirani 1993), seed {seed}."
        )
    if "t interval" in used:
        told.append(
            "With fewer than 20 clusters they are t intervals from the linearised variance of the "
            "ratio, with one degree of freedom fewer than the side with the fewest clusters has "
            "(Cameron, Gelbach and Miller 2008)."
        )
    if "Poisson" in used:
        told.append(
            "Where all clusters have the same rate, or none an occurrence, they do not show how "
            "much they vary: the rate then has the exact Poisson interval of its count "
            "(Garwood 1936)."
        )
    return " ".join(told)


def _before(words: str, mark: str) -> str:
    number = words.partition(mark)[0].rsplit(" ", 1)[-1]
    return number if number.isdigit() else ""


def _differences(estimates: pd.DataFrame) -> str:
    tests = int(estimates["p"].notna().sum())
    what = "A difference is the rate of a group minus that of its reference. "
    how = estimates.loc[estimates["reference"].notna(), "method"].astype(str)
    if not tests:
        alone = how.str.contains("only one cluster", regex=False).all()
        why = "no group has two clusters of its own" if alone else "no clusters show how they vary"
        return f"{what}None was tested: {why}."
    alike = how[estimates["p"].notna()].str.contains("all alike", regex=False).any()
    level = ", or the level at which an interval by square-and-add reaches 0" if alike else ""
    return (
        f"{what}Its p value is a t test of the linearised cluster sums{level}; adjusted p values "
        f"hold the false discovery rate over all {tests:,} differences (Benjamini and "
        "Hochberg 1995)."
    )


def codebook_entries(extractors: Sequence[Extractor]) -> object:
    """Return the codebook: measure to its construct, rule and known failures."""
    entries: dict[str, dict[str, str]] = {}
    for extractor in extractors:
        book = codebook(extractor)
        facts = {
            key.capitalize(): _plain(book[key]) for key in ("construct", "rule") if book.get(key)
        }
        if book.get("known_failures"):
            known = book["known_failures"]
            facts["Known failures"] = _plain(known if isinstance(known, str) else " ".join(known))
        if facts:
            entries[extractor.name.replace("_", " ").capitalize()] = facts
    return entries or "No codebook entry."


def _plain(words: object) -> str:
    return " ".join(str(words).replace("`", "").split())
