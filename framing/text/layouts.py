"""How published corpora lie on disk: one function a layout, from a folder to rows."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, iterparse

from framing.tables import BadInput, first_line
from framing.text.folders import read_text
from framing.text.formats import opened, read_file
from framing.text.rows import Columns, Row

Layout = Callable[[Path, Mapping[str, Any]], Iterator[Row]]
SIDES = ("left", "center", "right")


def read_table(folder: Path, read: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of one or more tables.

    `read` may say `delimiter`, `quoted` (false: quotation marks mean nothing), `short` (true:
    rows may lack their last cells) and `id = "text"`: the id of a row is a hash of its text,
    where the corpus has no ids, with a number behind it where a text comes again.
    """
    needs = read.get("needs", {"text": "text"})
    seen: Counter[str] = Counter()
    for path in found(folder, read):
        rows = read_file(
            path, Columns(needs),
            delimiter=read.get("delimiter"), quoted=read.get("quoted", True),
            short=read.get("short", False),
        )  # fmt: skip
        for row in rows:
            if read.get("id") == "text" and not row.fault:
                doc_id = text_id(str(row.fields.get(needs["text"], "")))
                seen[doc_id] += 1
                again = f"-{seen[doc_id]}" if seen[doc_id] > 1 else ""
                row = row._replace(doc_id=doc_id + again)
            yield row


def read_texts(folder: Path, read: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of text files.

    `metadata` names a tab-separated table, `key` its column of stems. `labels` names tables
    without a header by field: a stem, less `prefix`, and values with commas between them, which
    become `|`.
    """
    paths = found(folder, read)
    known: dict[str, dict[str, str]] = {}
    for field, name in read.get("labels", {}).items():
        (table,) = found(folder, {**read, "globs": [name]})
        for line in table.read_text(encoding="utf-8").splitlines():
            key, _, values = line.partition("\t")
            stem = read.get("prefix", "") + key
            known.setdefault(stem, {})[field] = values.replace(",", "|")
    if "metadata" in read:
        (table,) = found(folder, {**read, "globs": [read["metadata"]]})
        with table.open(encoding="utf-8", newline="") as handle:
            for fields in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                known[fields.pop(read["key"])] = fields
    for path in paths:
        row = read_text(path)
        yield row._replace(fields={**known.get(path.stem, {}), **row.fields})


def read_basil(folder: Path, read: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the articles of BASIL: `articles/YEAR/TRIPLE_N.json`; the stem is the id."""
    for path in found(folder, read):
        article, fault = _json(path)
        fields: dict[str, Any] = {
            name: article[name]
            for name in ("title", "date", "url", "keywords", "main-entities", "main-event")
            if name in article
        }
        try:
            fields["text"] = basil_text(article["body-paragraphs"])[0]
            fields["outlet"] = article["source"].lower()
            fields["event"] = article["triplet-uuid"]
        except (KeyError, TypeError, AttributeError) as error:
            fault = fault or f"is no BASIL article ({type(error).__name__}: {error})"
        yield Row(str(path), None, "", fields, path.stem, fault)


def basil_text(paragraphs: Sequence[Sequence[str]]) -> tuple[str, list[int]]:
    """Return the text of a BASIL article and where in it each numbered sentence starts.

    The annotations count sentences through all paragraphs (`p0`, `p1` ...), empty ones too;
    an annotated span of sentence `pN` starts at `starts[N] + start`.

    Examples
    --------
    >>> basil_text([["One.", "Two."], ["Three."]])
    ('One. Two.\\n\\nThree.', [0, 5, 11])
    """
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for paragraph in paragraphs:
        gap = "\n\n" if pieces else ""
        for sentence in paragraph:
            starts.append(length + (len(gap) if sentence else 0))
            if sentence:
                pieces += (gap, sentence)
                length += len(gap) + len(sentence)
                gap = " "
    return "".join(pieces), starts


def read_article_bias(folder: Path, read: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the articles of Article-Bias-Prediction: one JSON file each, or JSON lines."""
    for path in found(folder, read):
        if path.suffix == ".json":
            article, fault = _json(path)
            rows: Iterator[Row] = iter((Row(str(path), None, "", article, path.stem, fault),))
        else:
            rows = read_file(path, Columns({}))
        for row in rows:
            yield row._replace(fields=_article_bias_fields(row.fields))


def _article_bias_fields(article: Mapping[str, Any]) -> dict[str, Any]:
    """Return our fields: the text before the authors' cleaning, the side as a word."""
    fields = dict(article)
    renamed = (("ID", "id"), ("content_original", "text"), ("source", "outlet"),
               ("authors", "author"), ("bias_text", "side"))  # fmt: skip
    for theirs, ours in renamed:
        if theirs in fields:
            fields.setdefault(ours, fields.pop(theirs))
    bias = fields.pop("bias", None)
    if "side" not in fields and str(bias) in ("0", "1", "2"):
        fields["side"] = SIDES[int(bias)]
    fields.pop("content", None)
    fields["date"] = _iso(str(fields.get("date") or ""))
    return fields


def read_hyperpartisan(folder: Path, read: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the articles of SemEval-2019 task 4: one XML file, and one (`truth`) of the labels."""
    labels: dict[str, dict[str, str]] = {}
    for path in found(folder, {**read, "globs": read["truth"]}):
        labels |= {article.get("id", ""): dict(article.attrib) for article in _articles(path)}
    for path in found(folder, read):
        for number, article in enumerate(_articles(path), 1):
            doc_id = article.get("id", "")
            truth = labels.get(doc_id, {})
            fields: dict[str, Any] = {
                "text": article_text(article),
                "title": article.get("title"),
                "date": article.get("published-at"),
                "url": truth.get("url"),
                "label": truth.get("hyperpartisan"),
                "outlet": (urlsplit(truth.get("url", "")).hostname or "").removeprefix("www."),
            }
            fault = "" if doc_id in labels else f"has no label: no article '{doc_id}' in the truth"
            yield Row(str(path), number, f"article {number}", fields, doc_id, fault)


def article_text(article: Element) -> str:
    """Return the text of an XML article: its paragraphs, and what stands between them.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> article_text(fromstring("<article>By us <p>Taxes <a>rise</a>.</p> More</article>"))
    'By us\\n\\nTaxes rise.\\n\\nMore'
    """
    blocks = [article.text or ""]
    for child in article:
        if child.tag == "p":
            blocks += ["".join(child.itertext()), child.tail or ""]
        else:
            blocks[-1] += "".join(child.itertext()) + (child.tail or "")
    folded = (" ".join(block.split()) for block in blocks)
    return "\n\n".join(block for block in folded if block)


def _articles(path: Path) -> Iterator[Element]:
    with opened(path) as handle:
        try:
            for _, element in iterparse(handle):
                if element.tag == "article":
                    yield element
                    element.clear()
        except ParseError as error:
            raise BadInput(f"{path}: broken XML ({first_line(error)})") from None


def _iso(date: str) -> str:
    """Return a date such as 2/27/18 as 2018-02-27, any other as it is."""
    try:
        return datetime.datetime.strptime(date, "%m/%d/%y").date().isoformat()
    except ValueError:
        return date


LAYOUTS: Mapping[str, Layout] = {
    "table": read_table,
    "texts": read_texts,
    "basil": read_basil,
    "article_bias_prediction": read_article_bias,
    "hyperpartisan": read_hyperpartisan,
}


def found(folder: Path, read: Mapping[str, Any]) -> list[Path]:
    """Return the files of a layout: those of its globs below the first root that has any.

    `roots` are folders inside `folder`, as a corpus may lie at the top or as its repository
    has it.
    """
    globs: Sequence[str] = read["globs"]
    for root in read.get("roots", ("",)):
        paths = [path for glob in globs for path in sorted((folder / root).glob(glob))]
        if paths:
            return paths
    raise BadInput(f"{folder}: no files {' or '.join(globs)}; see `framing corpora show`")


def text_id(text: str) -> str:
    """Return an id made from a text: the first 16 digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _json(path: Path) -> tuple[dict[str, Any], str]:
    with opened(path) as handle:
        try:
            article = json.load(handle)
        except (ValueError, RecursionError) as error:
            return {}, f"broken JSON ({first_line(error)})"
    if not isinstance(article, dict):
        return {}, f"holds {type(article).__name__}, not an object"
    return article, ""
