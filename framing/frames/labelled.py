"""Labelled texts of published corpora, as one corpus each with its labels in the metadata.

The texts are read from FRAMING_CORPORA and never leave it. The field `frames` holds the labels,
several of them parted by ``|``.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from framing.tables import BadInput, nearest
from framing.text import recipes
from framing.text.corpus import Corpus, read_corpus
from framing.text.document import Document
from framing.text.layouts import basil_text, read_texts

GUN_FRAMES = {
    1: "gun_rights", 2: "gun_control", 3: "politics", 4: "mental_health", 5: "public_safety",
    6: "race_ethnicity", 7: "public_opinion", 8: "society_culture", 9: "economic_consequences",
}  # fmt: skip
CLIMATE_FRAMES = {
    "RE": "resolution", "HI": "human_interest", "CO": "conflict", "MO": "morality",
    "EC": "economic",
}  # fmt: skip
POLICY_FRAMES = {
    "legality_constitutionality_and_jurisprudence": "legality_constitutionality",
    "policy_prescription_and_evaluation": "policy_prescription",
}
PARTIES = ("Democrat", "Republican")
LOADED = "Loaded_Language"
BABE_OUTLETS = re.compile(
    "alternet|breitbart|daily.?beast|daily.?stormer|federalist|fox|huffpost|huffington|msnbc|"
    "reuters|usa.?today", re.I,
)  # fmt: skip
QUOTES = ('"', "“", "'", "‘")
SPAN_WORDS = {
    "we": re.compile(r"\b(?:we|our|us)\b", re.I), "you": re.compile(r"\b(?:you|your)\b", re.I),
    "if": re.compile(r"\b(?:if|unless|otherwise)\b", re.I),
    "not": re.compile(r"\b(?:not|no|never)\b|n['’]t\b", re.I),
    "all": re.compile(r"\b(?:all|every|always|never|only|must)\b", re.I),
}  # fmt: skip


def load(name: str) -> Corpus:
    """Return the labelled texts `name`.

    Raises
    ------
    BadInput
        Unknown name, or a corpus that FRAMING_CORPORA does not hold.
    """
    if name not in SETS:
        raise BadInput(
            f"no labelled texts named '{name}'{nearest(name, SETS)}; there are {', '.join(SETS)}"
        )
    return Corpus(SETS[name](), name)


def folder(name: str) -> Path:
    """Return the folder of a corpus in FRAMING_CORPORA."""
    root = os.environ.get(recipes.VARIABLE)
    found = Path(root) / name if root else None
    if found is None or not found.is_dir():
        raise BadInput(f"set {recipes.VARIABLE} to the folder that holds the folder '{name}'")
    return found


def babe() -> Iterator[Document]:
    """BABE: one document a sentence, biased or not; grouped by article, outlet, topic."""
    for document in read_corpus("@babe"):
        if document.meta["label"] in ("Biased", "Non-biased"):
            frame = "biased" if document.meta["label"] == "Biased" else "none"
            meta = {**document.meta, "frames": frame, "article": document.meta.get("url")}
            yield Document(document.doc_id, document.text, None, meta)


def gun_violence() -> Iterator[Document]:
    """Headlines on gun violence: the first theme, one of nine; grouped by period."""
    for document in read_corpus("@gvfc_newsframing"):
        theme = int(document.meta["Q3 Theme1"])
        if theme in GUN_FRAMES:
            meta = {"frames": GUN_FRAMES[theme], "period": document.meta["Month"]}
            yield Document(document.doc_id, document.text, None, meta)


def semeval_frames() -> Iterator[Document]:
    """SemEval-2023 task 3, English: articles with any of fourteen policy frames."""
    home = folder("semeval2023_task3_en")
    texts = _texts(home, "train-articles-subtask-3/article*.txt")
    for line in (home / "train-labels-subtask-2.txt").read_text("utf-8").splitlines():
        number, labels = line.split("\t")
        names = [POLICY_FRAMES.get(name, name) for name in labels.lower().split(",")]
        title, _, body = texts[number].lstrip().partition("\n")
        meta = {"frames": "|".join(names)}
        yield Document(number, f"{title}\n{body}", title.strip(), meta)


def policy_readings() -> Iterator[Document]:
    """News articles (Article-Bias-Prediction) with any of fourteen policy frames, read twice.

    The readings are those of corpora/development/policy_frames.jsonl; each gives a document.
    """
    path = recipes.corpora_folder() / "development" / "policy_frames.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    folder("article_bias_prediction")
    texts = {one.doc_id: one for one in read_corpus("@article_bias_prediction")}
    for line in lines:
        article = texts.get(line["id"])
        found = article.text.encode() if article else b""
        if article is None or hashlib.sha256(found).hexdigest()[:16] != line["sha256"]:
            raise BadInput(f"article_bias_prediction: article {line['id']} is missing or is not "
                           "the one that was read; add the published corpus again")  # fmt: skip
        for number, frames in enumerate(line["readings"], 1):
            meta = {"frames": frames, "article": line["id"], "outlet": article.meta["outlet"]}
            yield Document(f"{line['id']}-{number}", article.text, article.title, meta)


def climate() -> Iterator[Document]:
    """Climate articles with any of five narrative frames; grouped by article, outlet and side."""
    path = folder("narrative_framing_climate") / "articles_metadata.tsv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            given = {key: row[key].rstrip(")") for key in CLIMATE_FRAMES}
            if not all(given.values()):
                continue
            names = [name for key, name in CLIMATE_FRAMES.items() if given[key] == "True"]
            meta = {"frames": "|".join(names), "article": row["ID"], "side": row["mbfc"],
                    "outlet": row["source"].lower().replace(" ", ""), "date": row["date"],
                    }  # fmt: skip
            yield Document(row["ID"], row["text"], None, meta)


def ptc_techniques() -> Iterator[Document]:
    """Propaganda spans with their technique; `context` is the line that holds the span."""
    home = recipes.find("ptc_semeval2020")
    texts = _texts(home, "train-articles/article*.txt")
    for path in sorted((home / "train-labels-task2-technique-classification").glob("*.labels")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            article, technique, start, end = line.split("\t")
            text = texts[article]
            meta = {"frames": technique, "article": article, **_span(text, int(start), int(end))}
            yield Document(f"{article}-{number}", text[int(start) : int(end)], None, meta)


def ptc_spans(technique: str = LOADED) -> tuple[list[Document], list[list[tuple[int, int]]]]:
    """Return the articles of PTC and, article by article, the spans of a technique."""
    home = recipes.find("ptc_semeval2020")
    documents, spans = [], []
    for article, text in _texts(home, "train-articles/article*.txt").items():
        path = home / "train-labels-task2-technique-classification"
        lines = (path / f"article{article}.task2-TC.labels").read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        documents.append(Document(article, text))
        spans.append([(int(low), int(high)) for _, name, low, high in rows if name == technique])
    return documents, spans


def ptc_loaded() -> Iterator[Document]:
    """Sentences of PTC, with or without a span of loaded language; grouped by article."""
    for article, spans in zip(*ptc_spans(), strict=True):
        for number, (start, end) in enumerate(article.sentences):
            held = any(low < end and start < high for low, high in spans)
            meta = {"frames": "biased" if held else "none", "article": article.doc_id}
            yield Document(f"{article.doc_id}-{number}", article.text[start:end], None, meta)


def _span(text: str, start: int, end: int) -> dict[str, Any]:
    """Return the line that holds a span, and the span's place, length, marks and plain words."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    line, span = text[low : high if high >= 0 else None], text[start:end]
    words, bare = span.split(), span.lower().strip()
    earlier, later = (part.lower().count(bare) for part in (text[:start], text[end:]))
    numbers = {
        "times": min(earlier + later + 1, 5), "earlier": min(earlier, 5), "later": min(later, 5),
        "length": len(words), "log_length": np.log1p(len(span)), "long": len(words) > 25,
        "one_word": len(words) == 1, "two_words": len(words) == 2, "three_words": len(words) == 3,
        "place": start / len(text), "headline": low == 0, "starts": start - low < 3,
        "whole_line": bare == line.lower().strip(), "share_of_line": len(span) / max(len(line), 1),
        "log_line": np.log1p(len(line)), "closes": span.rstrip()[-1:] in tuple(".?!"),
        "marks": sum(span.count(mark) for mark in "\"“”'"), "quoted": text[:start][-1:] in QUOTES,
        "line_marks": sum(line.count(mark) for mark in "\"“"), "opens": span[:1] in QUOTES,
        "questions": span.count("?"), "shouts": span.count("!"), "commas": span.count(","),
        "capital": span[:1].isupper(), "digits": any(map(str.isdigit, span)),
        "capitals": sum(word[:1].isupper() for word in words) / max(len(words), 1),
    }  # fmt: skip
    plain = {name: bool(pattern.search(span)) for name, pattern in SPAN_WORDS.items()}
    return {"context": line} | {name: float(value) for name, value in (numbers | plain).items()}


def basil_informational() -> Iterator[Document]:
    """Sentences of BASIL, with or without informational bias; grouped by event and outlet."""
    return _basil("inf")


def basil_lexical() -> Iterator[Document]:
    """Sentences of BASIL, with or without lexical bias; grouped by event and outlet."""
    return _basil("lex")


def _basil(kind: str) -> Iterator[Document]:
    home = recipes.find("basil")
    for path in sorted(home.glob("articles/*/*.json")):
        article = json.loads(path.read_text("utf-8"))
        marks = home / "annotations" / path.parent.name / f"{path.stem}_ann.json"
        spans = json.loads(marks.read_text("utf-8"))["phrase-level-annotations"]
        biased = {span["id"] for span in spans if span["bias"] == kind}
        sentences = [text for paragraph in article["body-paragraphs"] for text in paragraph]
        full = basil_text(article["body-paragraphs"])[0]
        for number, text in enumerate(sentences):
            if not text.strip():
                continue
            meta = {
                "frames": "biased" if f"p{number}" in biased else "none", "article": path.stem,
                "event": article["triplet-uuid"], "outlet": article["source"].lower(),
                "position": number / len(sentences), "before": " ".join(sentences[:number][-1:]),
                "after": " ".join(sentences[number + 1 : number + 2]),
                "headline": article.get("title", ""), "size": float(len(full)),
            }  # fmt: skip
            yield Document(f"{path.stem}-p{number}", text, None, meta)


def congress(masked: bool = True) -> Iterator[Document]:
    """Statements of members of Congress with their party; grouped by speaker.

    With `masked`, words for the parties and names of members are taken out, so that a classifier
    learns how they speak and not who they are.
    """
    documents = [d for d in read_corpus("@congress_statements_2025")
                 if d.meta.get("side") in PARTIES]  # fmt: skip
    pattern = party_and_names(sorted({str(d.meta["author"]) for d in documents}))
    for document in documents:
        meta = {
            "frames": document.meta["side"], "speaker": document.meta["author"],
            "state": document.meta.get("state"), "date": document.meta.get("date"),
        }  # fmt: skip
        text = pattern.sub(" ", document.text) if masked else document.text
        yield Document(document.doc_id, text, None, meta)


def party_and_names(names: list[str]) -> re.Pattern[str]:
    """Return a pattern of the words for both US parties and of full names and surnames."""
    surnames = {name.split()[-1] for name in names if len(name.split()[-1]) > 2}
    listed = sorted({*names, *surnames, *(one.upper() for one in surnames)}, key=len, reverse=True)
    people = "|".join(re.escape(name) for name in listed)
    return re.compile(
        r"(?i:\b(?:democrat\w*|republican\w*|gop|dems?|d-[a-z]{2}|r-[a-z]{2}|[dr])\b(?!\.[A-Z]))"
        rf"|\b(?:{people})\b"
    )


def anno_lexical() -> Iterator[Document]:
    """Sentences with silver labels of lexical bias by language models; grouped by outlet."""
    import pandas as pd

    for part in ("train", "dev"):
        table = pd.read_parquet(folder("anno_lexical") / f"anno-lexical-{part}.parquet")
        for row in table.to_dict("records"):
            meta = {"frames": "biased" if row["label"] else "none", "outlet": row["source_name"]}
            yield Document(f"{part}-{row['sentence_id']}", str(row["text"]), None, meta)


def silver() -> Iterator[Document]:
    """Anno-lexical without the outlets of BABE (and their sister titles) and without its sentences.

    What has learnt from these can be tested on any sentence or outlet of BABE.
    """
    known = {_bare(one.text) for one in babe()}
    for document in anno_lexical():
        if not BABE_OUTLETS.search(document.meta["outlet"]) and _bare(document.text) not in known:
            yield document


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _texts(home: Path, glob: str) -> dict[str, str]:
    rows = read_texts(home, {"globs": [glob], "roots": ["", "datasets"]})
    return {row.doc_id.removeprefix("article"): str(row.fields["text"]) for row in rows}


SETS: Mapping[str, Callable[[], Iterator[Document]]] = {
    "babe": babe, "gun_violence": gun_violence, "semeval_frames": semeval_frames,
    "policy_readings": policy_readings,
    "climate": climate, "ptc_techniques": ptc_techniques,
    "basil_informational": basil_informational, "basil_lexical": basil_lexical,
    "congress": congress, "anno_lexical": anno_lexical,
}  # fmt: skip


def labels_of(corpus: Corpus) -> list[str]:
    """Return the field `frames` of every document."""
    return [str(document.meta["frames"]) for document in corpus]


def fields_of(document: Document) -> dict[str, Any]:
    """Return what is known about a document beside its text and its labels."""
    return {key: value for key, value in document.meta.items() if key != "frames"}
