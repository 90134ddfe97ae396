"""The laws every extractor obeys, run on every extractor that the folder walk finds."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import FeatureUnion, make_pipeline

from framing.engine import annotate
from framing.extractors import shipped
from framing.extractors.base import Extractor, codebook
from framing.measures.compare import compare
from framing.scoring import score
from framing.tables import HITS, VOICES
from framing.text.corpus import Corpus
from framing.text.document import Document

FOUND = shipped()
FLAGSHIPS = ("loaded_language", "historical_comparison", "partisan_framing")
NEUTRAL = "They spoke of {entry} on Monday."
DATE = {"date": "2025-06-01"}
SPEC = {"suppress_health_check": [HealthCheck.too_slow], "deadline": None, "max_examples": 25}


@pytest.fixture(params=sorted(FOUND), scope="module")
def extractor(request: pytest.FixtureRequest) -> Extractor:
    return FOUND[request.param]()


def hits_of(extractor: Extractor, *texts: str, **meta: Any) -> list[dict[str, Any]]:
    corpus = Corpus([Document(str(i), text, None, meta) for i, text in enumerate(texts)])
    return annotate(corpus, [extractor]).to_dict("records")


def hits_by_text(extractor: Extractor, texts: list[str], **meta: Any) -> list[list[dict[str, Any]]]:
    groups: list[list[dict[str, Any]]] = [[] for _ in texts]
    for hit in hits_of(extractor, *texts, **meta):
        groups[int(hit["doc_id"])].append(hit)
    return groups


def example_texts(extractor: Extractor) -> list[str]:
    """Sentences that hold hits: the entries' own examples, or the neutral frame."""
    entries = extractor.entries.entries
    return [e.example or frame(extractor).format(entry=e.patterns[0].rstrip("*")) for e in entries]


def frame(extractor: Extractor) -> str:
    return str(extractor.entries.info.get("frame", NEUTRAL))


def check_hits(extractor: Extractor, text: str, hits: list[dict[str, Any]]) -> None:
    places = [(hit["start"], hit["end"]) for hit in hits]
    assert places == sorted(places)
    for hit in hits:
        assert 0 <= hit["start"] < hit["end"] <= len(text)
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert hit["label"] in extractor.label_names
        assert hit["voice"] in VOICES
        assert 0 < hit["strength"] <= 1
        assert hit["rule"] and isinstance(json.loads(hit["attributes"]), dict)
        assert set(hit) == set(HITS)


def test_the_shipped_extractors_are_found() -> None:
    assert set(FLAGSHIPS) <= set(FOUND)


@pytest.mark.filterwarnings("ignore:only")
def test_every_measure_can_be_found_in_the_voice_that_is_compared(extractor: Extractor) -> None:
    corpus = Corpus([Document(str(i), text) for i, text in enumerate(example_texts(extractor))])
    scores = score(annotate(corpus, [extractor]), corpus, min_words=0).assign(outlet="X")
    counted = [c for c in scores if c.endswith(".outlet.count")]
    assert (scores[counted].sum() > 0).all() and counted
    assert (compare(scores)["estimate"] > 0).all()


def test_1_offsets_and_labels(extractor: Extractor) -> None:
    texts = example_texts(extractor)
    joined = "\n\n".join(texts)
    hits = hits_of(extractor, joined, **DATE)
    assert hits
    check_hits(extractor, joined, hits)


ODD = [
    "",
    " \n\t ",
    "word",
    "\ud800",
    "\udfff a\ud800b",
    '"',
    "“‘“ ” ’ „",
    "a" * 1000,
    "\0\0 x \0",
    "’s",
]


@pytest.mark.parametrize("number", range(len(ODD)))
def test_2_odd_texts(extractor: Extractor, number: int) -> None:
    text = ODD[number]
    check_hits(extractor, text, hits_of(extractor, text))
    corpus = Corpus([Document("a", text)])
    table = score(annotate(corpus, [extractor]), corpus, min_words=50, extractors=[extractor])
    rates = [c for c in table.columns if c.endswith(".per_1k")]
    assert table[rates].isna().all().all()
    always = score(annotate(corpus, [extractor]), corpus, min_words=0, extractors=[extractor])
    assert np.isfinite(always[rates].to_numpy(float)).all()


def test_2_ten_megabytes_on_one_line() -> None:
    text = 'The minister said "nothing of the kind" and left the room again. ' * (10_000_000 // 65)
    hits = annotate(Corpus([Document("a", text)]), [one() for one in FOUND.values()])
    assert (hits["end"] <= len(text)).all()
    assert np.isfinite(hits["strength"]).all()


@settings(**SPEC)
@given(text=st.text(alphabet=st.characters(), max_size=300))
def test_2_any_text(extractor: Extractor, text: str) -> None:
    check_hits(extractor, text, hits_of(extractor, text))


def test_3_same_twice_and_independent_of_order(extractor: Extractor) -> None:
    texts = example_texts(extractor)[:60]
    once = [hits_of(extractor, text, **DATE) for text in texts]
    together = hits_of(extractor, *texts, **DATE)
    strip = lambda hit: {k: v for k, v in hit.items() if k != "doc_id"}
    assert [strip(h) for h in together] == [strip(h) for one in once for h in one]
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    mixed = hits_of(extractor, *[texts[i] for i in order], **DATE)
    by_place = {str(new): texts[old] for new, old in enumerate(order)}
    for hit in mixed:
        assert strip(hit) in [strip(h) for h in once[texts.index(by_place[hit["doc_id"]])]]


def test_3_locality(extractor: Extractor) -> None:
    plain = [t for t in example_texts(extractor) if not any(m in t for m in "\"“”‘’'")]
    rng = random.Random(2)
    key = lambda h, shift=0: (h["label"], h["start"] + shift, h["end"] + shift, h["rule"])
    for _ in range(25):
        a, b = rng.choice(plain), rng.choice(plain)
        both = hits_of(extractor, f"{a}\n\n{b}", **DATE)
        apart = [key(h) for h in hits_of(extractor, a, **DATE)]
        apart += [key(h, len(a) + 2) for h in hits_of(extractor, b, **DATE)]
        assert [key(h) for h in both] == apart, (a, b)


def test_4_transform_is_score_of_annotate(extractor: Extractor) -> None:
    texts = [*example_texts(extractor)[:20], "", "Nothing here."]
    for labels in (False, True):
        one = clone(extractor).set_params(labels=labels)
        columns = list(one.get_feature_names_out())
        corpus = Corpus([Document(str(i), text) for i, text in enumerate(texts)])
        table = score(annotate(corpus, [one]), corpus, min_words=0, labels=labels, extractors=[one])
        assert np.array_equal(one.fit_transform(texts), table[columns].to_numpy(float))


def test_4_scikit_learn(extractor: Extractor) -> None:
    found = (example_texts(extractor) * 20)[:20]
    texts = [*found, *["Nothing here at all."] * 20]
    y = [1] * 20 + [0] * 20
    model = make_pipeline(
        FeatureUnion(
            [("one", clone(extractor)), ("two", clone(extractor).set_params(voice="outlet"))]
        ),
        LogisticRegression(),
    )
    assert cross_val_score(model, texts, y, cv=3).mean() > 0.5
    framed = clone(extractor).set_output(transform="pandas").fit_transform(texts)
    assert list(framed.columns) == list(extractor.get_feature_names_out())
    assert clone(extractor).get_params() == extractor.get_params()


def test_5_self_recall(extractor: Extractor) -> None:
    if type(extractor).find is not Extractor.find and extractor.name == "historical_comparison":
        texts = [e.example for e in extractor.entries.entries]
        entries = [e.id for e in extractor.entries.entries]
        missed = [
            entry
            for entry, found in zip(entries, hits_by_text(extractor, texts, **DATE), strict=True)
            if entry not in [json.loads(h["attributes"])["entry"] for h in found]
        ]
        assert len(missed) <= 0.05 * len(entries), missed
        return
    faults = []
    wanted = [
        (entry, text)
        for entry in extractor.entries.entries
        for text in ([entry.example] if entry.example else [
            frame(extractor).format(entry=pattern.rstrip("*")) for pattern in entry.patterns
        ])
    ]  # fmt: skip
    for (entry, text), found in zip(
        wanted, hits_by_text(extractor, [t for _, t in wanted]), strict=True
    ):
        if (entry.id, entry.label) not in [(h["rule"], h["label"]) for h in found]:
            faults.append(f"{entry.id} not found in: {text} (found {[h['rule'] for h in found]})")
    counter = [entry for entry in extractor.entries.entries if entry.counterexample]
    texts = [entry.counterexample for entry in counter]
    for entry, found in zip(counter, hits_by_text(extractor, texts), strict=True):
        if entry.id in [h["rule"] for h in found]:
            faults.append(f"{entry.id} found in: {entry.counterexample}")
    assert not faults, "\n".join(faults[:40])


def test_6_quote_wrap(extractor: Extractor) -> None:
    from framing.engine import CUES, Engine

    texts = [
        text
        for text in example_texts(extractor)
        if not any(mark in text for mark in "\"“”‘’'?!")
        and not text.rstrip(".").count(".")
        and len(text.split()) >= 4
    ]
    engine = Engine([extractor])
    read = engine.read([Document(str(i), text) for i, text in enumerate(texts)])
    uncued = [
        text for text, (reading, _) in zip(texts, read, strict=True) if not reading.matches(CUES)
    ]
    before = hits_by_text(extractor, uncued, **DATE)
    kept = [
        (t, h)
        for t, h in zip(uncued, before, strict=True)
        if all(x["voice"] == "outlet" for x in h)
    ]
    wrapped = [f'"{text.rstrip(".")}," she said.' for text, _ in kept]
    key = lambda h, shift=0: (h["start"] + shift, h["end"] + shift, h["rule"], h["label"])
    for (text, one), other in zip(kept, hits_by_text(extractor, wrapped, **DATE), strict=True):
        assert [key(h) for h in other] == [key(h, 1) for h in one], text
        assert {h["voice"] for h in other} <= {"direct"}, text
    assert len(kept) >= 3 or len(extractor.entries.entries) < 10 or extractor.name == CUES


CURLY = str.maketrans({"'": "’", '"': "”"})


def test_7_marks_and_spaces_change_nothing(extractor: Extractor) -> None:
    texts = example_texts(extractor)
    key = lambda h: (h["doc_id"], h["start"], h["end"], h["rule"])
    plain = [key(h) for h in hits_of(extractor, *[t.replace("’", "'") for t in texts], **DATE)]
    curly = [key(h) for h in hits_of(extractor, *[t.replace("'", "’") for t in texts], **DATE)]
    hard = [key(h) for h in hits_of(extractor, *[t.replace(" ", "\u00a0") for t in texts], **DATE)]
    as_given = [key(h) for h in hits_of(extractor, *texts, **DATE)]
    assert plain == curly
    assert hard == as_given


SWAPS = [
    ("Labour", "Conservatives"), ("Democrats", "Republicans"), ("MSNBC", "Fox News"),
    ("Keir Starmer", "Kemi Badenoch"), ("Joe Biden", "Donald Trump"),
    ("the Guardian", "the Telegraph"),
]  # fmt: skip


@pytest.mark.parametrize("pair", SWAPS)
def test_7_swapping_names_changes_nothing(extractor: Extractor, pair: tuple[str, str]) -> None:
    counts = []
    for name in pair:
        texts = [
            f"{name} was there. {text} Later {name} left." for text in example_texts(extractor)
        ]
        counts.append(
            [(h["doc_id"], h["rule"], h["voice"]) for h in hits_of(extractor, *texts, **DATE)]
        )
    assert counts[0] == counts[1]


def test_8_codebook(extractor: Extractor) -> None:
    book = codebook(extractor)
    for key in ("construct", "rule", "known_failures", "positive", "negative"):
        assert book.get(key), f"{extractor.name}: the codebook lacks {key}"
    info = extractor.entries.info
    for key in ("title", "definition", "source", "licence", "version"):
        assert info.get(key), f"{extractor.name}: the .toml lacks {key}"
    assert type(extractor).__doc__
    for text in book["positive"]:
        assert hits_of(extractor, text, **DATE), text
    for text in book["negative"]:
        core = [
            h for h in hits_of(extractor, text, **DATE) if '"core": false' not in h["attributes"]
        ]
        assert not core, text


def test_negation_is_flagged_not_dropped() -> None:
    hits = hits_of(FOUND["loaded_language"](), "It was not a vile plan.", "It was a vile plan.")
    assert [bool(h["negated"]) for h in hits if h["text"] == "vile"] == [True, False]


def test_rates_are_per_words_of_that_voice() -> None:
    text = 'The vile plan stood. "A vile plan, a bad plan," she said.'
    corpus = Corpus([Document("a", text)])
    one = FOUND["loaded_language"]()
    table = score(annotate(corpus, [one]), corpus, min_words=0).iloc[0]
    own, other = table["n_words_outlet"], table["n_words_attributed"]
    assert (own, other) == (6, 6)
    assert math.isclose(table["loaded_language.outlet.per_1k"], 1000 / 6)
    assert math.isclose(table["loaded_language.all.per_1k"], 2000 / 12)
