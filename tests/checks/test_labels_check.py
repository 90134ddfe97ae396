"""The label index of outlets against their side, and the slant terms against the 109th Congress."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from nltk.stem import PorterStemmer
from scipy import sparse
from scipy.stats import spearmanr

import framing as fr
from framing.keyterms import count_terms
from framing.lexicon import FOLDER, load
from framing.measures.keyness import log_odds
from framing.measures.labels import label_index
from framing.measures.slant_terms import Rules, slant_terms
from framing.scoring import documents_table
from framing.slant_lexicon import FUNCTION_WORDS, is_candidate, learn, save

SIDES = {"left": -1, "center": 0, "right": 1}
LEAST_ARTICLES = 25
MERGED = {"Fox Online News": "Fox News"}
SPLITS, RESAMPLES = 100, 2000
CLEAR = 1.96


class News(NamedTuple):
    """Articles of the outlets, hits in them, and the side of each outlet."""

    corpus: list
    hits: pd.DataFrame
    documents: pd.DataFrame
    side: pd.Series


@pytest.fixture(scope="module")
def news() -> News:
    corpus = [one for one in fr.read_corpus("@article_bias_prediction")
              if "Guest Writer" not in str(one.meta.get("outlet"))]  # fmt: skip
    outlet = [MERGED.get(str(one.meta["outlet"]), str(one.meta["outlet"])) for one in corpus]
    size = Counter(outlet)
    kept = [n for n, name in enumerate(outlet) if size[name] >= LEAST_ARTICLES]
    corpus = [corpus[n] for n in kept]
    hits = fr.annotate(corpus, ["partisan_framing"])
    documents = documents_table(corpus).assign(outlet=[outlet[n] for n in kept])
    side = documents.groupby("outlet")["side"].agg(lambda mine: SIDES[mine.mode()[0]])
    assert len(side) == 32
    return News(corpus, hits, documents, side)


def rho(index: np.ndarray, side: np.ndarray) -> float:
    known = ~np.isnan(index)
    if known.sum() < 3 or len(set(index[known])) < 2:
        return float("nan")
    return float(spearmanr(index[known], side[known])[0])


def by_outlet(news: News, hits: pd.DataFrame, **how) -> np.ndarray:
    found = label_index(hits, news.documents, **how).set_index("group")
    return found["estimate"].reindex(news.side.index).to_numpy(float)


def spread(values) -> dict[str, float]:
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return {"low": float(low), "high": float(high)}


def resampled(side: np.ndarray, *indexes: np.ndarray) -> np.ndarray:
    """Spearman of each index with side in outlets drawn with replacement."""
    random = np.random.default_rng(0)
    draws = random.integers(0, len(side), (RESAMPLES, len(side)))
    return np.array([[rho(index[rows], side[rows]) for index in indexes] for rows in draws])


def in_sample(news: News) -> list[dict]:
    side = news.side.to_numpy(float)
    rows = []
    for weights in ("equal", "uses"):
        for referents in ("all", "rival"):
            how = {"weights": weights, "referents": referents}
            own = by_outlet(news, news.hits, voice="outlet", **how)
            blind = by_outlet(news, news.hits, voice="all", **how)
            both = ~np.isnan(own) & ~np.isnan(blind)
            pair = own[both], blind[both]
            drawn = resampled(side[both], *pair)
            facts = {**how, "sample": "in-sample: the z-values come from these outlets",
                     "n_outlets": int(both.sum())}  # fmt: skip
            for name, number in (("outlet", 0), ("voice-blind", 1)):
                rows.append({"figure": "spearman with side", "voice": name, **facts,
                             "estimate": rho(pair[number], side[both]),
                             **spread(drawn[:, number])})  # fmt: skip
            rows.append({"figure": "spearman with side", "voice": "outlet minus voice-blind",
                         **facts, "estimate": rho(pair[0], side[both]) - rho(pair[1], side[both]),
                         **spread(drawn[:, 0] - drawn[:, 1])})  # fmt: skip
    return rows


def halves(side: pd.Series) -> list[np.ndarray]:
    """Half of the outlets of each side, 100 times: True where the terms are learnt."""
    random = np.random.default_rng(0)
    found = []
    for number in range(SPLITS):
        chosen = np.zeros(len(side), bool)
        for at, value in enumerate((-1, 0, 1)):
            members = random.permutation(np.flatnonzero(side.to_numpy() == value))
            extra = (number + at) % 2 if len(members) % 2 else 0
            chosen[members[: len(members) // 2 + extra]] = True
        found.append(chosen)
    return found


def names_learnt_on_half(news: News, voice: str) -> list[float]:
    """Names of the list with the side learnt on one half, the index of the other half."""
    voices = ("outlet", "title") if voice == "outlet" else (
        "outlet", "title", "direct", "indirect", "scare")  # fmt: skip
    hits = news.hits[news.hits["voice"].isin(voices)].copy()
    told = [json.loads(cell) for cell in hits["attributes"]]
    hits = hits[[bool(one.get("referent")) for one in told]]
    hits["outlet"] = hits["doc_id"].map(news.documents.set_index("doc_id")["outlet"])
    uses = pd.crosstab(hits["rule"], hits["outlet"]).reindex(columns=news.side.index, fill_value=0)
    columns = [f"words.{one}" for one in voices]
    words = news.documents.groupby("outlet")[columns].sum().sum(axis=1).reindex(news.side.index)
    side, figures = news.side.to_numpy(float), []
    for chosen in halves(news.side):
        right, left = chosen & (side == 1), chosen & (side == -1)
        one, two = (uses.loc[:, mask].sum(axis=1).to_numpy(float) for mask in (right, left))
        rest = [words[mask].sum() - mine.sum() for mask, mine in ((right, one), (left, two))]
        delta, variance = log_odds(np.append(one, rest[0]), np.append(two, rest[1]))
        z = pd.Series((delta / np.sqrt(variance))[:-1], uses.index)
        mine = hits[hits["rule"].map(z).abs() >= CLEAR].copy()
        label = np.where(mine["rule"].map(z) > 0, "right", "left")
        mine["label"] = label
        mine["attributes"] = [
            json.dumps({**json.loads(cell), "side_us": one})
            for cell, one in zip(mine["attributes"], label, strict=True)
        ]
        tested = set(news.side.index[~chosen])
        index = by_outlet(news, mine[mine["outlet"].isin(tested)], voice=voice)
        figures.append(rho(index[~chosen], side[~chosen]))
    return figures


class Phrases(NamedTuple):
    """Uses of phrases in outlets, function words and names left out."""

    table: np.ndarray
    terms: np.ndarray


def phrases(news: News, voice: str | None) -> Phrases:
    counted = count_terms(news.corpus, voice=voice, min_count=20, min_documents=10)
    place = {name: number for number, name in enumerate(news.side.index)}
    rows = [place[name] for name in news.documents["outlet"]]
    summing = sparse.csr_array(
        (np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(place), len(rows))
    )
    usable = np.array([is_candidate(term) for term in counted.terms])
    table = np.asarray((summing @ counted.counts).todense(), float)[:, usable]
    return Phrases(table, counted.terms[usable])


def pooled(table: np.ndarray, weight: np.ndarray) -> np.ndarray:
    found: np.ndarray = (table @ weight) / (table @ np.abs(weight))
    return found


def terms_learnt_on_half(news: News, found: Phrases) -> list[float]:
    """Slant terms of one half, 3 outlets or more; pooled (right - left) / (right + left).

    Tried before: all phrases with |z| of 1.96, function words too (median .01, voice-blind .07).
    """
    side, figures = news.side.to_numpy(float), []
    for chosen in halves(news.side):
        known = chosen & (side != 0)
        learnt, _ = slant_terms(found.table[known], side[known] == 1, found.terms,
                                rules=Rules(min_speakers=3), splits=0)  # fmt: skip
        sign = pd.Series(np.where(learnt["first"], 1.0, -1.0), learnt["term"])
        weight = sign.reindex(found.terms).fillna(0).to_numpy()
        figures.append(rho(pooled(found.table[~chosen], weight), side[~chosen]))
    return figures


def congress_terms(news: News, found: dict[str, Phrases]) -> list[dict]:
    """The shipped terms of Congress in the outlets: no outlet has had a part in them."""
    sides = {entry.id: entry.label for entry in load("us_slant").entries}
    sign, side = {"republican": 1.0, "democrat": -1.0}, news.side.to_numpy(float)
    indexes, terms = [], []
    for mine in found.values():
        weight = np.array([sign.get(sides.get(term, ""), 0.0) for term in mine.terms])
        indexes.append(pooled(mine.table, weight))
        terms.append(int((weight != 0).sum()))
    drawn = resampled(side, *indexes)
    facts = {"figure": "spearman with side, us_slant (learnt from Congress)",
             "sample": "out of sample", "n_outlets": len(side)}  # fmt: skip
    rows = [
        {**facts, "voice": voice, "n_terms": terms[n], "estimate": rho(indexes[n], side),
         **spread(drawn[:, n])} for n, voice in enumerate(found)
    ]  # fmt: skip
    difference = {"estimate": rows[0]["estimate"] - rows[1]["estimate"],
                  **spread(drawn[:, 0] - drawn[:, 1])}  # fmt: skip
    return [*rows, {**facts, "voice": " minus ".join(found), **difference}]


def test_article_bias_prediction(news, corpora, record):
    rows = in_sample(news)
    found = {"outlet": phrases(news, "outlet"), "voice-blind": phrases(news, None)}
    rows += congress_terms(news, found)
    runs = {
        ("names of the list, learnt on half", "outlet"): names_learnt_on_half(news, "outlet"),
        ("names of the list, learnt on half", "voice-blind"): names_learnt_on_half(news, "all"),
        **{("phrases of 1-3 words, learnt on half", voice): terms_learnt_on_half(news, mine)
           for voice, mine in found.items()},
    }  # fmt: skip
    for (figure, voice), values in runs.items():
        rows.append({"figure": f"spearman with side, {figure}", "voice": voice,
                     "sample": "the other half of the outlets", "n_splits": SPLITS,
                     "n_nan": int(np.isnan(values).sum()), "estimate": float(np.nanmedian(values)),
                     **spread(values)})  # fmt: skip
    outlets = label_index(news.hits, news.documents).assign(
        side=lambda table: table["group"].map(news.side)
    )
    kept = ["group", "side", "estimate", "low", "high", "n_documents", "n_clusters", "n_uses",
            "n_referents", "n_single"]  # fmt: skip
    shown = outlets[kept].astype(object)
    rows += shown.where(shown.notna(), None).to_dict("records")
    record("labels", rows, [corpora / "article_bias_prediction"])
    print(*rows, sep="\n")
    first = rows[0]
    assert first["voice"] == "outlet" and first["weights"] == "equal"
    assert first["estimate"] >= 0.50


STEMMER = PorterStemmer()


def stem(word: str) -> str:
    """Porter's stem with the doubled last letter made single, as in the phrases ("bil", "cel")."""
    found = STEMMER.stem(word)
    return re.sub(r"([a-z])\1$", r"\1", found)


def partisan_phrases(folder) -> list[tuple[str, float]]:
    """The 100 phrases of the 109th Congress with the largest |z|; positive is Republican."""
    with (folder / "congress109_phrases_by_party.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sides = [np.array([float(row[name]) for row in rows]) for name in ("count_R", "count_D")]
    delta, variance = log_odds(*sides, prior=0.01)
    z = delta / np.sqrt(variance)
    chosen = np.argsort(-np.abs(z), kind="stable")[:100]
    return [(rows[n]["phrase"], float(z[n])) for n in chosen]


def uses_by_party(phrases: list[str]) -> tuple[Counter, Counter]:
    """Uses of stemmed phrases by party, function words passed over; and all words by party."""
    wanted = {tuple(stem(word) for word in phrase.split(".")): phrase for phrase in phrases}
    sizes = sorted({len(key) for key in wanted})
    uses: Counter = Counter()
    words: Counter = Counter()
    stems: dict[str, str] = {}
    for document in fr.read_corpus("@congress_statements_2025"):
        party = document.meta.get("side")
        if party not in ("Democrat", "Republican"):
            continue
        words[party] += len(document.words)
        for start, end in document.sentences:
            kept = [word for word in re.findall(r"[a-z]+", document.text[start:end].lower())
                    if word not in FUNCTION_WORDS]  # fmt: skip
            line = [stems.setdefault(word, stem(word)) for word in kept]
            for size in sizes:
                for at in range(len(line) - size + 1):
                    phrase = wanted.get(tuple(line[at : at + size]))
                    if phrase:
                        uses[phrase, party] += 1
    return uses, words


def test_phrases_of_the_109th_congress_keep_their_side(corpora, record):
    folder = corpora / "gentzkow_shapiro_congress109"
    found = partisan_phrases(folder)
    uses, words = uses_by_party([phrase for phrase, _ in found])
    rows = []
    for phrase, z in found:
        right, left = uses[phrase, "Republican"], uses[phrase, "Democrat"]
        if right + left < 20:
            continue
        counts = [np.array([n, words[party] - n], float)
                  for n, party in ((right, "Republican"), (left, "Democrat"))]  # fmt: skip
        delta, variance = log_odds(*counts, prior=0.01)
        now = float(delta[0] / np.sqrt(variance[0]))
        rows.append({
            "phrase": phrase, "z_109th": z, "z_2025": now, "n_republican": right,
            "n_democrat": left, "keeps_side": bool(np.sign(now) == np.sign(z)),
        })  # fmt: skip
    kept = np.array([row["keeps_side"] for row in rows])
    low, high = wilson(int(kept.sum()), len(kept))
    total = {
        "figure": "share that keeps its side", "n_phrases": len(rows), "n_kept": int(kept.sum()),
        "estimate": float(kept.mean()), "low": low, "high": high,
    }  # fmt: skip
    turned = [row["phrase"] for row in rows if not row["keeps_side"]]
    lists = {side: [phrase for phrase, z in found if (z > 0) == (side == "republican")]
             for side in ("republican", "democrat")}  # fmt: skip
    stability = dict(load("us_slant").info["stability"])
    record("us_slant", [total, {"turned": turned}, {"the 100": lists}, {"us_slant": stability},
                        *rows], [folder, corpora / "congress_statements_2025"])  # fmt: skip
    print(total, "\nturned:", turned, "\n", pd.DataFrame(rows).to_string())
    assert kept.mean() >= 0.70


def wilson(kept: int, n: int) -> tuple[float, float]:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(kept, n, method="wilson")
    return float(low), float(high)


def test_the_shipped_slant_terms_are_learnt_again(corpora, tmp_path):
    corpus = list(fr.read_corpus("@congress_statements_2025"))
    save(learn(corpus, splits=100, corpus="@congress_statements_2025"), "us_slant", tmp_path)
    assert (tmp_path / "us_slant.tsv").read_text() == (FOLDER / "us_slant.tsv").read_text()
