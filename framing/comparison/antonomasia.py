"""Vossian antonomasia ("the Churchill of the council"), learnt from marked sentences.

The rules of `rules` find it where the gazetteer knows the name. Where a user has marked sentences
(the corpus Vossanto), a classifier over the slot and its neighbours also finds names nobody listed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from framing.lexicon import load
from framing.text import names as nm

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

NAME = r"(?:[A-Z][\w'’-]*|de|von|van|la|bin|du)"
SLOT = re.compile(
    rf"\b(?P<article>[Tt]he|[Aa]n?|another|own|his|her|new|next|THE)\s+(?P<name>{NAME}(?:\s+{NAME}){{0,4}})"
    r"\s+(?P<link>of|for|to|from|in)\b"
)
BODIES = nm.ORGANISATIONS | nm.PLACES | nm.DOCUMENTS | frozenset(
    "state city republic king queen prince princess duke museum institute academy american "
    "national bishop church bank book house isle chairman archbishop "
    "international royal secretary minister mayor president chancellor director dean sea gulf bay "
    "valley mount lake river south north east west isle art world day first".split()
)  # fmt: skip
YEAR = re.compile(r"(?:1[89]|20)\d\d|(?:19)?\d0s")
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
NEAR = 60, 90  # characters before and behind the name


class Slot(NamedTuple):
    """A candidate: article, name, link, its place in the text."""

    article: str
    name: str
    link: str
    start: int
    end: int


def slots(text: str) -> list[Slot]:
    """Return every "the NAME of" of a sentence, the likeliest name of a person first.

    Examples
    --------
    >>> [slot.name for slot in slots("In the Bay of Kent he is the Ann Bard of parking.")]
    ['Ann Bard', 'Bay']
    """
    found = [
        Slot(m["article"].lower(), m["name"], m["link"], m.start("name"), m.end("name"))
        for m in SLOT.finditer(text)
    ]
    return sorted(found, key=_likely, reverse=True)


def _likely(slot: Slot) -> float:
    words = slot.name.lower().split()
    return (
        2.0 * (words[0] in nm.FIRST_NAMES) + (slot.link == "of") + 0.5 * (len(words) == 2)
        + (slot.article in ("the", "a", "an", "another")) - 3.0 * bool(BODIES & set(words))
    )  # fmt: skip


def slot_features(text: str) -> dict[str, float]:
    """Return features of the likeliest slot: its parts, its neighbours and their shapes."""
    found = slots(text)
    features: dict[str, float] = {"slots": len(found)}
    if not found:
        return features
    best = found[0]
    words = best.name.lower().split()
    link_end = text.find(best.link, best.end) + len(best.link)
    before = text[: best.start].split()[:-1][-4:]
    after = text[link_end:].split()[:5]
    first = _shape(after[0]) if after else ""
    known = words[0] in nm.FIRST_NAMES
    all_words = text.split()
    features |= {
        "known_first_name": float(known),
        "known": float(best.name.lower() in _persons()),
        "capitals": float(any(w.isupper() and len(w) > 1 for w in best.name.split())),
        "body": float(bool(BODIES & set(words))),
        "title_case": sum(word[:1].isupper() for word in all_words) / max(len(all_words), 1),
    }  # fmt: skip
    named = [
        f"article={best.article}", f"link={best.link}", f"words={min(len(words), 4)}",
        f"pattern={best.article} {best.link} {first}", f"pattern={known} {best.link} {first}",
        f"ending={words[-1][-3:]}", f"after ends={after[0][-3:].lower() if after else ''}",
        f"pattern={best.link} {first} {len(words) == 1}",
    ]  # fmt: skip
    for k, word in enumerate(reversed(before)):
        named += [f"before{k}={word.lower()}", f"before{k} is {_shape(word)}"]
    for k, word in enumerate(after):
        named += [f"after{k}={word.lower()}", f"after{k} is {_shape(word)}"]
    if len(after) > 1:
        named += [f"after={' '.join(after[:2]).lower()}", f"after is {first} {_shape(after[1])}"]
    named += [f"lead={' '.join([*before[-1:], best.article]).lower()}"]
    named += [f"lead={' '.join(before[-2:]).lower()}"]
    return features | dict.fromkeys(named, 1.0)


@functools.cache
def _persons() -> frozenset[str]:
    """Return the names of the people in the gazetteer."""
    people = (entry for entry in load("history").entries if entry.extra.get("kind") == "person")
    return frozenset(name.lower() for entry in people for name in entry.patterns)


def _shape(word: str) -> str:
    if YEAR.fullmatch(word):
        return "year"
    if word.lower() in MONTHS:
        return "month"
    if any(char.isdigit() for char in word):
        return "number"
    return "capital" if word[:1].isupper() else "lower"


def masked(text: str) -> str:
    """Return the sentence with the likeliest name masked, so that names are not learnt."""
    found = slots(text)
    return f"{text[: found[0].start]}SRC{text[found[0].end :]}" if found else text


def around(text: str) -> str:
    """Return what stands near the masked name."""
    whole = masked(text)
    place = max(whole.find("SRC"), 0)
    return whole[max(place - NEAR[0], 0) : place + NEAR[1]]


def antonomasia_classifier(C: float = 2.0) -> Pipeline:
    """Return an unfitted scikit-learn pipeline from sentences to Vossian antonomasia or not.

    Slot features, word 1-2-grams of the sentence with the name masked, and characters near it;
    logistic regression.

    Examples
    --------
    >>> texts = ["He is the Ann Bard of parking.", "She saw the Bay of Kent."] * 4
    >>> classifier = antonomasia_classifier().fit(texts, [1, 0] * 4)
    >>> classifier.predict(["It is the Ann Bard of cheese."]).tolist()
    [1]
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.preprocessing import FunctionTransformer

    def each(function: Any) -> FunctionTransformer:
        return FunctionTransformer(_apply, kw_args={"function": function})

    return make_pipeline(
        make_union(
            make_pipeline(each(slot_features), DictVectorizer()),
            make_pipeline(
                each(masked), TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
            ),
            make_pipeline(
                each(around),
                TfidfVectorizer(
                    analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True
                ),
            ),
        ),
        LogisticRegression(C=C, max_iter=400),
    )


def _apply(texts: Sequence[str], function: Any) -> list[Any]:
    return [function(text) for text in texts]
