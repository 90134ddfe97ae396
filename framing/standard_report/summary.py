"""The first page and the tables: rates by group, all estimates, terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.report.items import Captioned
from framing.tables import VOICE_GROUPS

if TYPE_CHECKING:
    import pandas as pd

MANY = 40  # groups beyond which the largest come first


def summary(
    scores: pd.DataFrame, hits: pd.DataFrame, estimates: pd.DataFrame, group: str
) -> list[object]:
    """Return the words and the table of the first page.

    Parameters
    ----------
    scores, hits : pandas.DataFrame
        Of all measures.
    estimates : pandas.DataFrame
        Of the measures that are shown.
    group : str
        Column that names the groups.
    """
    words, own = int(scores["n_words"].sum()), int(scores["n_words_outlet"].sum())
    attributed = int(scores["n_words_attributed"].sum())
    groups = estimates.loc[estimates["reference"].isna(), "group"].nunique()
    empty = int((scores["n_words"] == 0).sum())
    compared = " and their differences" if estimates["reference"].notna().any() else ""
    lines = [
        f"{_counted(len(scores), 'document')}, {_counted(groups, 'group')} by {group}, "
        f"{_counted(words, 'word')}: {_share(own, words)} the outlet's own, "
        f"{_share(attributed, words)} quoted or reported. "
        + (f"{_counted(empty, 'document')} without words. " if empty else "")
        + f"{_counted(len(hits), 'span')} found, "
        f"{_share(int(hits['voice'].isin(VOICE_GROUPS['outlet']).sum()), len(hits))} of them in the "
        "outlet's own voice.",
        "Each rate in [[rates]] is the number of spans in the outlet's own voice per 1,000 of the "
        "outlet's own words, pooled over the documents of a group, with its 95 % interval. "
        f"[[forest]] draws the rates{compared}, [[profile]] all measures, [[estimates]] holds all "
        "numbers; how they were found stands in [[Methods]], what they cannot say in [[Limits]].",
    ]
    caption = f"Rates per 1,000 own words by {group}, with 95 % intervals"
    return ["\n\n".join(lines), Captioned(rates_table(estimates, group), caption, name="rates")]


def rates_table(estimates: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return one row a group and one column a measure, the interval behind the rate.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "measure": "hedging.outlet", "group": ["Argus"], "reference": None, "estimate": 3.14,
    ...     "low": 2.0, "high": 4.4, "n_documents": 4, "n_words": 2100})
    >>> rates_table(table, "outlet")["Hedging"].tolist()
    ['3.14 (2.00–4.40)']
    """
    rates = estimates[estimates["reference"].isna()]
    spoken = rates.assign(
        cell=[_rate(*row) for row in rates[["estimate", "low", "high"]].to_numpy(float)]
    )
    measures = list(dict.fromkeys(rates["measure"]))
    table = spoken.pivot(index="group", columns="measure", values="cell")[measures]
    table.columns = [readable(name) for name in measures]
    sizes = rates.groupby("group")[["n_documents", "n_words"]].max()
    sizes.columns = ["documents", "words"]
    table = sizes.join(table).rename_axis(group).reset_index()
    if len(table) > MANY:
        table = table.sort_values(["words", group], ascending=[False, True], kind="stable")
    return table.reset_index(drop=True)


def _rate(estimate: float, low: float, high: float) -> str:
    if estimate != estimate:
        return "–"
    return f"{estimate:.2f} ({low:.2f}–{high:.2f})" if low == low else f"{estimate:.2f}"


def readable(measure: str) -> str:
    """Return a measure as a reader would name it.

    Examples
    --------
    >>> readable("loaded_language.outlet")
    'Loaded language'
    """
    return measure.rsplit(".", 1)[0].replace("_", " ").replace(".", ": ").capitalize()


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"


def tables(
    estimates: pd.DataFrame, hits: pd.DataFrame, group: str, first: Sequence[str]
) -> list[object]:
    """Return all estimates, all terms and the historical comparisons; `first` stand first."""
    columns = ["measure", "group", "reference", "estimate", "low", "high", "p", "p_adjusted",
               "n_documents", "n_words", "n_clusters"]  # fmt: skip
    rank = estimates["measure"].str.split(".").str[0].str.removesuffix("_extended").isin(first)
    ordered = estimates.loc[rank.sort_values(ascending=False, kind="stable").index, columns]
    note = "Without a reference: the group's own rate; with one: group minus reference."
    items: list[object] = [
        Captioned(ordered.reset_index(drop=True), "All estimates", note, name="estimates")
    ]
    if len(hits):
        items.append(Captioned(_terms(hits, group, first), f"Terms by {group} and voice"))
    history = hits[hits["extractor"] == "historical_comparison"]
    if len(history):
        shown = history[[group, "label", "text", "voice", "speaker"]].reset_index(drop=True)
        items.append(Captioned(shown, "Historical comparisons, as they stand in the text"))
    return items


def _terms(hits: pd.DataFrame, group: str, first: Sequence[str]) -> pd.DataFrame:
    keys = [group, "extractor", "label", "term", "voice"]
    counts = (
        hits.assign(term=hits["text"].str.lower())
        .groupby(keys, sort=True, observed=True)
        .size()
        .rename("n")
        .reset_index()
    )
    later = ~counts["extractor"].isin(first)
    ordered = counts.assign(later=later).sort_values(
        ["later", "n", "term"], ascending=[True, False, True], kind="stable"
    )
    return ordered.drop(columns="later").reset_index(drop=True)
