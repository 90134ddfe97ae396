"""The tables of the standard report: what is printed by a stated rule, and all rows beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.report.items import Captioned
from framing.report.labels import label_words
from framing.report.marked import VOICE_NAMES
from framing.standard_report.summary import readable
from framing.tables import VOICE_GROUPS

if TYPE_CHECKING:
    import pandas as pd

MOST_DIFFERENCES = 20
LEAST_USES = 3
EXTENDED = ("SUPERLATIVE", "PRECEDENT")
SPOKEN = {**VOICE_NAMES, "outlet": "own words"}
COLUMNS = ["measure", "group", "reference", "estimate", "low", "high", "p", "p_adjusted",
           "n_documents", "n_words", "n_clusters"]  # fmt: skip


def tables(
    estimates: pd.DataFrame, hits: pd.DataFrame, group: str, first: Sequence[str]
) -> list[object]:
    """Return estimates, terms of the measures `first` and historical comparisons."""
    items: list[object] = [_estimates(estimates)]
    if len(hits):
        items.append(_terms(hits[hits["voice"] != "boilerplate"], group, first))
    history = hits[hits["extractor"] == "historical_comparison"]
    if len(history):
        items.append(_history(history, group))
    return items


def found_in(scores: pd.DataFrame, hits: pd.DataFrame) -> list[Captioned]:
    """Return the counts of every measure in one text, and the spans behind them."""
    import pandas as pd

    counted = [str(name) for name in scores.columns if str(name).endswith(".all.count")]
    stems = [name.removesuffix(".all.count") for name in counted]
    (row,) = scores.to_dict("records")
    counts = pd.DataFrame({
        "measure": [readable(stem) for stem in stems],
        "own words": [int(row[f"{stem}.outlet.count"]) for stem in stems],
        "quoted or reported": [int(row[f"{stem}.attributed.count"]) for stem in stems],
    })  # fmt: skip
    columns = ["text", "extractor", "label", "voice", "speaker"]
    kinds = [label_words(*pair) for pair in zip(hits["label"], hits["attributes"], strict=True)]
    spans = hits.assign(
        measure=hits["extractor"].map(readable), kind=kinds, voice=hits["voice"].map(SPOKEN)
    )[["text", "measure", "kind", "voice", "speaker"]]
    return [
        Captioned(counts, "Spans found, by measure", data=scores),
        Captioned(spans, "The spans, in the order of the text", data=hits[columns]),
    ]


def _estimates(estimates: pd.DataFrame) -> Captioned:
    estimates = estimates[COLUMNS].reset_index(drop=True)
    differences = estimates[estimates["p_adjusted"].notna()]
    chosen = differences.nsmallest(MOST_DIFFERENCES, ["p_adjusted", "p"])
    caption = f"The {len(chosen)} differences with the smallest adjusted p, of {len(differences):,}"
    note = "A difference is the rate of the group minus that of the reference, per 1,000 words. "
    rates = int(estimates["reference"].isna().sum())
    note += f"The data have {len(estimates) - rates:,} differences and {rates:,} rates."
    if not len(chosen):
        chosen = estimates[estimates["reference"].isna()]
        caption, note = "Rates of all measures, per 1,000 words", ""
    printed = chosen.assign(measure=chosen["measure"].map(readable)).rename(
        columns={"n_documents": "documents", "n_words": "words", "n_clusters": "clusters"}
    )
    return Captioned(printed, caption, note, name="estimates", data=estimates)


def _terms(hits: pd.DataFrame, group: str, first: Sequence[str]) -> object:
    terms = hits.assign(
        term=hits["text"].str.lower().str.split().str.join(" "),
        own=hits["voice"].isin(VOICE_GROUPS["outlet"]),
    )
    keys = [group, "extractor", "label", "term", "voice"]
    counts = terms.groupby(keys, observed=True).size().rename("n").reset_index()
    counts = counts.sort_values(["n", "term"], ascending=[False, True], kind="stable")
    led = terms[terms["extractor"].isin(first)] if terms["extractor"].isin(first).any() else terms
    kinds = [label_words(*pair) for pair in zip(led["label"], led["attributes"], strict=True)]
    printed = (
        led.assign(measure=led["extractor"].map(readable), kind=kinds)
        .groupby(["measure", "kind", "term"])
        .agg(uses=("own", "size"), own=("own", "sum"), groups=(group, "nunique"),
             documents=("doc_id", "nunique"))
        .reset_index()
        .sort_values(["uses", "term"], ascending=[False, True], kind="stable")
    )  # fmt: skip
    often = printed[printed["uses"] >= LEAST_USES]
    caption = f"Terms used {LEAST_USES} times or more, all groups together"
    if not len(often):
        often, caption = printed[:0], f"Terms: none is used {LEAST_USES} times"
    note = "Own: uses in the outlet's own words; the others are attributed."
    return Captioned(often, caption, note, name="terms", data=counts)


def _history(history: pd.DataFrame, group: str) -> Captioned:
    late = history["label"].isin(EXTENDED)
    told = ~history["voice"].isin(VOICE_GROUPS["outlet"])
    order = history.assign(late=late, told=told).sort_values(["late", "told"], kind="stable").index
    shown = history.loc[order, [group, "label", "text", "voice", "speaker"]]
    attributes = [json.loads(cell) for cell in history.loc[order, "attributes"]]
    shown["maker"] = [one.get("maker") or "" for one in attributes]
    stances = [one.get("stance") for one in attributes]
    own = zip(shown["voice"].map(SPOKEN), stances, ~told.loc[order], strict=True)
    printed = shown.assign(
        label=shown["label"].map(label_words),
        voice=[f"{voice}, reporting" if mine and stance == "report" else voice
               for voice, stance, mine in own],
        maker=shown["speaker"].where(shown["speaker"].notna(), shown["maker"]),
    )  # fmt: skip
    printed = printed.drop(columns="speaker").rename(
        columns={"label": "type", "maker": "whose comparison"}
    )
    note = (
        "Superlatives and precedents come last; inside each part, the outlet's own words first. "
        "Own words, reporting: the outlet tells of a comparison that somebody else makes."
    )
    return Captioned(printed, "Historical comparisons, as they stand in the text", note, data=shown)
