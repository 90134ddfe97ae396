"""Whose name for a thing is used: counts by document, and the label index of groups."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.measures.grouped import names_of, need_one_row_each
from framing.measures.prevalence import wilson
from framing.tables import ESTIMATES, BadInput, check, nearest

if TYPE_CHECKING:
    import pandas as pd

EXTRACTOR = "partisan_framing"
SIDES = ("left", "right")
UNVERIFIED = "unverified"
COUNTRIES = ("us", "uk")
VOICES: Mapping[str, tuple[str, ...]] = {  # a name in scare quotes is disowned, not chosen
    "outlet": ("outlet", "title"),
    "attributed": ("direct", "indirect"),
    "all": ("outlet", "title", "direct", "indirect", "scare"),
}
WEIGHTS = ("equal", "uses")
REFERENTS = ("all", "rival")
NO_CHOICE = ("proper_name", "mentioned")
MIN_USES, MIN_ARTICLES = 5, 3
RESAMPLES, AT_ONCE, SEED = 2000, 250, 0
SAME = 1e-9  # two ends this near are one, but for rounding
ADDED = ("n_uses", "n_left", "n_right", "n_referents", "n_single")


def label_counts(hits: pd.DataFrame, country: str = "us") -> pd.DataFrame:
    """Count contested names by document, referent, side and voice.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table; spans of other measures, party cues, and names marked as the proper name
        of a law or as spoken about (`proper_name`, `mentioned`) are left out.
    country : {"us", "uk"}
        Whose sides: a name without a side measured there is `unverified`.

    Returns
    -------
    pandas.DataFrame
        `doc_id, referent, side, voice, count`; `side` is left, right or unverified. Counts only:
        a single text uses too few names for an index.

    Examples
    --------
    >>> import pandas as pd
    >>> from framing.tables import HITS
    >>> name = {"extractor": "partisan_framing", "label": "right", "voice": "outlet",
    ...         "attributes": '{"referent": "gun_policy", "side_us": "right"}'}
    >>> hits = pd.DataFrame([{"doc_id": "a", **name}] * 2, columns=list(HITS))
    >>> label_counts(hits).values.tolist()
    [['a', 'gun_policy', 'right', 'outlet', 2]]
    >>> label_counts(hits, "uk").values.tolist()
    [['a', 'gun_policy', 'unverified', 'outlet', 2]]
    """
    keys = ["doc_id", "referent", "side", "voice"]
    return _names(hits, country).groupby(keys, sort=True).size().rename("count").reset_index()


def label_index(
    hits: pd.DataFrame, documents: pd.DataFrame, by: str = "outlet", *, voice: str = "outlet",
    country: str = "us", weights: str = "equal", referents: str | Collection[str] = "all",
) -> pd.DataFrame:  # fmt: skip
    """Return which side's names groups of documents use, from -1 (left) to 1 (right).

    The index of a referent is ``(n_right - n_left) / (n_right + n_left)``, that of a group the
    mean over the referents it has named.

    Parameters
    ----------
    hits : pandas.DataFrame
    documents : pandas.DataFrame
        Has `doc_id` and the column `by`, as `corpus.metadata`; one row a document.
    by : str
        Column that names the groups: outlet, a period; or ``speaker`` of the hits.
    voice : {"outlet", "attributed", "all"}
        Whose names count; "all" is blind to voice and for comparison only.
    country : {"us", "uk"}
        Whose sides; see `label_counts`. Names without one are no part of the index.
    weights : {"equal", "uses"}
        Of referents in the mean. "equal": a referent named once counts as much as one named a
        hundred times, and can only be -1 or 1, so the index of a small group is noisy; see
        `n_single`. "uses": the pooled index, steadier, but one topic can decide it.
    referents : {"all", "rival"} or collection of str
        "rival" keeps those for which the hits have names of both sides in this voice: where only
        one side has a name, the index says which topic was chosen, not which name.

    Returns
    -------
    pandas.DataFrame
        The estimates table with `n_uses, n_left, n_right, n_referents` and `n_single` (referents
        used once). `n_documents` are articles with a name that counts, `n_clusters` all articles,
        which are resampled. NaN under 5 uses or 3 articles.

    Notes
    -----
    Interval: percentile bootstrap over the articles of a group, 2,000 resamples, fixed seed. It
    cannot know that a name used in one article might have been the other side's, so with few uses
    a referent it is too narrow: in simulations with six referents and articles that lean by
    themselves it held the truth in .92 of runs from about three uses a referent on (.93 with
    weights "uses"), in .69 (.77) with one. Where all resamples are alike, as where all names are of
    one side, the interval is that of `framing.measures.referents.label_shares` in this case:
    Wilson's of the share ``(1 + index) / 2``, each article with a name counting once.

    Examples
    --------
    >>> import pandas as pd
    >>> from framing.tables import HITS
    >>> told = '{"referent": "gun_policy", "side_us": "%s"}'
    >>> sides = ["right", "right", "right", "left", "right"]
    >>> hits = pd.DataFrame([
    ...     {"doc_id": name, "extractor": "partisan_framing", "label": side, "voice": "outlet",
    ...      "attributes": told % side} for name, side in zip("aabbc", sides)], columns=list(HITS))
    >>> outlets = ["Sun", "Sun", "Sun", "Star"]
    >>> documents = pd.DataFrame({"doc_id": list("abcd"), "outlet": outlets})
    >>> label_index(hits, documents)[["group", "estimate", "n_uses"]].values.tolist()
    [['Star', nan, 0], ['Sun', 0.6, 5]]
    """
    import pandas as pd

    _refuse("voice", voice, VOICES)
    _refuse("weights", weights, WEIGHTS)
    names = _names(hits, country)
    names = names[names["side"].isin(SIDES) & names["voice"].isin(VOICES[voice])]
    names = names[names["referent"].isin(_chosen(names, referents))]
    names, sizes, words = _grouped(names, documents, by, voice)
    measure = f"label_index.{country}.{voice}"
    method = (f"mean over referents, weights {weights}; percentile bootstrap over articles, "
              f"{RESAMPLES} resamples")  # fmt: skip
    rows = []
    for group in sorted(sizes):
        found = _group_index(names[names["group"] == group], sizes[group], weights)
        rows.append({
            **dict.fromkeys(ESTIMATES), "measure": measure, "group": group, "p": np.nan,
            "p_adjusted": np.nan, "n_words": words.get(group, pd.NA),
            "n_clusters": sizes[group], "method": method, **found,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=[*ESTIMATES, *ADDED])


def _names(hits: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return the contested names among the hits with their referent and side."""
    check(hits, "hits")
    _refuse("country", country, COUNTRIES)
    names = hits.loc[hits["extractor"] == EXTRACTOR,
                     ["doc_id", "label", "voice", "speaker", "attributes"]]  # fmt: skip
    known = {cell: _referent(cell, country) for cell in names["attributes"].unique()}
    found = [known[cell] for cell in names["attributes"]]
    verified = names["label"].isin(SIDES).to_numpy(bool)
    names = names.drop(columns="attributes").assign(
        referent=[referent for referent, _ in found],
        side=[side if ok else UNVERIFIED for (_, side), ok in zip(found, verified, strict=True)],
    )
    names = names[verified | (names["label"] == UNVERIFIED)]
    return names[names["referent"] != ""]


def _referent(cell: Any, country: str) -> tuple[str, str]:
    """Return referent and side of a cell of attributes; no referent where it is not counted."""
    try:
        told = json.loads(cell) if isinstance(cell, str) and cell else {}
    except ValueError:
        raise BadInput(f"column 'attributes' of the hits: {cell!r} is not JSON") from None
    if any(told.get(mark) for mark in NO_CHOICE):
        return "", UNVERIFIED
    side = told.get(f"side_{country}")
    return str(told.get("referent") or ""), side if side in SIDES else UNVERIFIED


def _refuse(what: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise BadInput(f"{what}={value!r} is not one of {', '.join(known)}{nearest(value, known)}")


def _chosen(names: pd.DataFrame, referents: str | Collection[str]) -> set[str]:
    if not isinstance(referents, str):
        return set(referents)
    _refuse("referents", referents, REFERENTS)
    if referents == "all":
        return set(names["referent"])
    sides = names.groupby("referent")["side"].nunique()
    return set(sides.index[sides == len(SIDES)])


def _grouped(
    names: pd.DataFrame, documents: pd.DataFrame, by: str, voice: str
) -> tuple[pd.DataFrame, dict[str, int], dict[str, int]]:
    """Return the names with their group, and the articles and words of every group."""
    need_one_row_each(documents, "the table of documents")
    columns = list(map(str, documents.columns))
    strange = ~names["doc_id"].isin(documents["doc_id"])
    if strange.any():
        name = names.loc[strange, "doc_id"].iloc[0]
        raise BadInput(f"hits of document '{name}' which the documents do not have; same corpus?")
    if by not in columns:
        if by != "speaker":
            raise BadInput(f"the documents have no column '{by}'{nearest(by, columns)}")
        named = names[names["speaker"].notna()]
        named = named.assign(group=named["speaker"].astype(str))
        told = named.groupby("group")["doc_id"].nunique()
        return named, {str(key): int(told[key]) for key in told.index}, {}
    table = documents[documents[by].notna() & (documents[by].astype(str) != "")]
    groups = names_of(table[by]).set_axis(table["doc_id"])
    names = names.assign(group=names["doc_id"].map(groups))
    counted = [f"words.{one}" for one in VOICES[voice] if f"words.{one}" in columns]
    sizes: dict[str, int] = {}
    words: dict[str, int] = {}
    for group, mine in table.groupby(names_of(table[by])):
        sizes[str(group)] = len(mine)
        if counted:
            words[str(group)] = int(mine[counted].to_numpy().sum())
    return names, sizes, words


def _group_index(names: pd.DataFrame, size: int, weights: str) -> dict[str, Any]:
    """Return estimate, interval and numbers of one group of `size` articles."""
    articles, article = np.unique(names["doc_id"].to_numpy(object), return_inverse=True)
    referents, referent = np.unique(names["referent"].to_numpy(object), return_inverse=True)
    right = (names["side"] == "right").to_numpy(bool)
    shape = (len(articles), len(referents))
    tables = []
    for mask in (~right, right):
        table = np.zeros(shape)
        np.add.at(table, (article[mask], referent[mask]), 1)
        tables.append(table)
    left_uses, right_uses = (table.sum(axis=0) for table in tables)
    used = left_uses + right_uses
    found: dict[str, Any] = {
        "estimate": np.nan, "low": np.nan, "high": np.nan, "n_documents": len(articles),
        "n_uses": len(names), "n_left": int(left_uses.sum()), "n_right": int(right_uses.sum()),
        "n_referents": len(referents), "n_single": int((used == 1).sum()),
    }  # fmt: skip
    if len(names) < MIN_USES or len(articles) < MIN_ARTICLES:
        return found
    found["estimate"] = float(_index(left_uses, right_uses, weights))
    low, high = _interval(tables[0], tables[1], size, weights)
    if high - low < SAME:
        low, high = (2 * end - 1 for end in wilson((1 + found["estimate"]) / 2, len(articles)))
        found["method"] = f"mean over referents, weights {weights}; Wilson over articles, all alike"
    return {**found, "low": low, "high": high}


def _index(left: np.ndarray, right: np.ndarray, weights: str) -> np.ndarray:
    """Return the index of counts of referents (last axis); NaN without a use."""
    used = left + right
    with np.errstate(invalid="ignore", divide="ignore"):
        if weights == "uses":
            found: np.ndarray = (right - left).sum(axis=-1) / used.sum(axis=-1)
            return found
        each = np.where(used > 0, (right - left) / used, 0.0)
        mean: np.ndarray = each.sum(axis=-1) / (used > 0).sum(axis=-1)
    return mean


def _interval(
    left: np.ndarray, right: np.ndarray, size: int, weights: str
) -> tuple[float, float]:  # fmt: skip
    """Return the bootstrap interval over `size` articles; rows are those with a name."""
    random = np.random.default_rng(SEED)
    rows = len(left)
    chance = np.append(np.full(rows, 1 / size), max(0.0, (size - rows) / size))
    drawn = []
    for _ in range(RESAMPLES // AT_ONCE):
        times = random.multinomial(size, chance, AT_ONCE)[:, :rows].astype(float)
        drawn.append(_index(times @ left, times @ right, weights))
    low, high = np.nanpercentile(np.concatenate(drawn), [2.5, 97.5])
    return float(low), float(high)
