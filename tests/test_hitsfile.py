"""The hits file: every format holds the same spans; Parquet holds their documents as well."""

from __future__ import annotations

import json
import os

import pandas as pd
import pytest

from framing.engine import annotate, annotate_blocks
from framing.extractors.base import Extractor
from framing.hitsfile import is_hits_file, open_hits, read_hits
from framing.lexicon import Lexicon
from framing.scoring import document_row, documents_table, score
from framing.tables import HITS, SUFFIXES, BadInput, read_table, write_table
from framing.text.corpus import Corpus
from framing.text.document import Document


class Toy(Extractor):
    name = "toy"


TOY = Toy(lexicon=Lexicon.from_terms("toy", {"vile": "hot", "so dull": "cold"}))
NAMES = {"toy": ["hot", "cold"], "other": ["x"]}


def corpus() -> Corpus:
    meta = {"outlet": "Mercury, or “M”", "tags": ["a", "b"], "page": 3}
    return Corpus(
        [
            Document("007", "The vile plan.\n\n“It is so dull,” said Ann Moor.", "Head", meta),
            Document("NA", "A day, so\rdull and so\ndull.", None, {"page": "A4"}),
            Document("empty", ""),
        ]
    )


def write(path, documents: Corpus) -> None:
    with open_hits(path, NAMES) as file:
        for block, rows in annotate_blocks(documents, [TOY]):
            file.write(rows)
            for document in block:
                file.add_document(document_row(document))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_the_same_spans(tmp_path, suffix):
    path = tmp_path / f"hits{suffix}"
    write(path, corpus())
    wanted = annotate(corpus(), [TOY])
    assert wanted["text"].tolist() == ["vile", "so dull", "so\rdull", "so\ndull"]
    found = read_table(path, "hits")
    for column in HITS:
        mine, other = found[column].tolist(), wanted[column].tolist()
        cells = zip(mine, other, strict=True)
        assert all(a == b or ((pd.isna(a) or a == "") and not b) for a, b in cells), column
    assert os.listdir(tmp_path) == [path.name]
    assert is_hits_file(path)


def test_parquet_brings_the_documents(tmp_path):
    path = tmp_path / "hits.parquet"
    documents = corpus()
    write(path, documents)
    hits, table = read_hits(path)
    assert hits.attrs["extractors"] == NAMES
    wanted = documents_table(documents)
    assert table["doc_id"].tolist() == ["007", "NA", "empty"]
    assert table["page"].tolist()[:2] == [3, "A4"] and table["tags"][0] == ["a", "b"]
    words = [name for name in wanted if name.startswith("words.")]
    pd.testing.assert_frame_equal(table[words], wanted[words])
    scores = score(hits, table, min_words=0)
    assert scores["toy.all.count"].tolist() == [2, 2, 0]
    assert scores["other.all.count"].tolist() == [0, 0, 0]


def test_json_lines_have_attributes_as_objects(tmp_path):
    write(tmp_path / "hits.jsonl", corpus())
    rows = [json.loads(line) for line in (tmp_path / "hits.jsonl").open()]
    assert [list(row) for row in rows] == [list(HITS)] * 4
    assert all(row["attributes"] == {} for row in rows)


def test_standard_output_gets_json_lines(capsys):
    write(None, corpus())
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["text"] for line in lines][:2] == ["vile", "so dull"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_fault_on_the_way_keeps_the_old_file(tmp_path, suffix):
    path = tmp_path / f"hits{suffix}"
    path.write_bytes(b"old")
    row = ("a", 0, 1, "x", "toy", "hot", 1.0, "outlet", None, "", False, False, 0, "r", "{}")

    def half(error: Exception) -> None:
        with open_hits(path, NAMES) as file:
            file.write([row] * 10_000)
            raise error

    with pytest.raises(BadInput, match="row 7"):
        half(BadInput("row 7"))
    with pytest.raises(KeyboardInterrupt):
        half(KeyboardInterrupt())
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_spans_make_a_file_too(tmp_path, suffix):
    path = tmp_path / f"hits{suffix}"
    with open_hits(path, NAMES):
        pass
    assert path.is_file()
    if "jsonl" not in suffix:
        assert read_table(path, "hits").empty


@pytest.mark.parametrize("suffix", [".csv", ".jsonl.gz", ".parquet"])
def test_a_full_disk_is_one_line(tmp_path, suffix):
    path = tmp_path / f"hits{suffix}"
    path.symlink_to("/dev/full")
    with pytest.raises(BadInput, match=r"hits\S+: cannot be written \(.*[Nn]o space left"):
        write(path, corpus())
    assert path.is_symlink()


def test_lone_surrogates_are_replaced_in_files(tmp_path):
    row = ("a", 0, 1, "x", "toy", "hot", 1.0, "outlet", "M\ud800", "", False, False, 0, "r", "{}")
    for suffix in (".csv", ".parquet"):
        path = tmp_path / f"hits{suffix}"
        with open_hits(path, NAMES) as file:
            file.write([row])
        assert read_table(path, "hits")["speaker"].tolist() == ["M?"]


def test_what_is_no_hits_file(tmp_path):
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["The start and end of a label."]})
    for suffix in SUFFIXES:
        write_table(frame, tmp_path / f"a{suffix}")
        assert not is_hits_file(tmp_path / f"a{suffix}")
    (tmp_path / "b.jsonl.gz").write_bytes(b"no gzip")
    for name in ("b.jsonl.gz", "missing.parquet", "-", "@basil", str(tmp_path)):
        assert not is_hits_file(name if name[0] in "-@/" else tmp_path / name)
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    with pytest.raises(BadInput, match=r"b\.parquet: not a readable Parquet file"):
        is_hits_file(tmp_path / "b.parquet")


def test_spans_without_their_documents(tmp_path):
    hits = annotate(corpus(), [TOY])
    for name in ("hits.csv", "hits.parquet"):
        write_table(hits, tmp_path / name)
        with pytest.raises(BadInput, match="has spans but not their documents; give score the"):
            read_hits(tmp_path / name)
