"""Bad input: one clear line each; skipped rows are listed and reading goes on."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from framing.tables import BadInput
from framing.text.document import Document
from framing.text.notices import Notices
from framing.text.readers import stream

ROWS = [{"doc_id": "a", "text": "The bridge.", "outlet": "Ferry", "page": "3"}]


def bad(source, **options) -> str:
    with pytest.raises(BadInput) as caught:
        list(stream(source, **options))
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.fixture
def put(tmp_path):
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


BAD_FILES = [
    ("a.csv", "", "is empty; it needs a header line"),
    ("a.csv", "id,body\n1,x\n", "no column 'text'; its columns are id, body; name the one"),
    ("a.csv", "text,text\nx,y\n", "two columns are called 'text'"),
    ("a.csv", "doc_id,text\na,x\nb,x,y\n", "row 2 (line 3): has 3 cells where the header has 2"),
    ("a.csv", 'doc_id,text\na,"x\nb,y\n', "row 1 (line 2): broken CSV (unexpected end of data)"),
    ("a.csv", 'doc_id,text\na,"x\nb,y\nc,z\n', "Lines 2 to 4 were read as one row."),
    ("a.csv", "doc_id,text\na,x\na,y\n", "doc_id 'a' was used before, in row 1 (line 2)"),
    ("a.csv", "doc_id,text\n,x\n", "row 1 (line 2): the id is empty"),
    ("a.csv", b"doc_id,text\na,x\nb,caf\xe9\n", "line 3, byte 21 (0xe9) is not UTF-8"),
    ("a.csv", b"doc_id,t\xe9xt\n", "line 1, byte 8 (0xe9) is not UTF-8"),
    ("a.csv", "text".encode("utf-16"), "is UTF-16; save it as UTF-8"),
    ("a.csv", "text,lang\nx,fr\n", "row 1 (line 2): lang is 'fr'; only English"),
    ("a.jsonl", '{"text": "x"}\n\n{"text": \n', "line 3: broken JSON (Expecting value"),
    ("a.csv", b"doc_id,text\na,x\ry\n", "row 1 (line 2): broken CSV: a carriage return inside"),
    ("a.jsonl", '["x"]\n', "line 1: holds list, not an object"),
    ("a.jsonl", '{"Text": "x"}\n', "line 1: no field 'text' (did you mean 'Text'?); this row has"),
    ("a.jsonl", '{"text": null}\n', "line 1: column 'text' is missing here"),
    ("a.jsonl", '{"text": 5}\n', "line 1: column 'text' holds int 5, which is not a text"),
    ("a.jsonl", '{"doc_id": "a", "text": ["x"]}\n', "holds list ['x'], which is not a text"),
    ("a.jsonl", b'{"text": "caf\xe9"}\n', "line 1: byte 13 (0xe9) is not UTF-8"),
    ("a.jsonl", "[" * 100_000, "line 1: broken JSON"),
    ("a.jsonl.gz", b"nothing packed", "broken behind line 0 (Not a gzipped file"),
    (
        "a.jsonl.gz",
        gzip.compress(b'{"text": "x"}\n' * 9000, mtime=0)[:60],
        "pack or copy the file again",
    ),
    ("a.parquet", b"no parquet at all", "cannot be read as Parquet behind row 0"),
    ("a.txt", b"The\nbridge\xe9", "line 2, byte 10 (0xe9) is not UTF-8"),
    ("a.docx", "x", ".docx is not read; save it as plain text"),
    ("a.pdf", "x", ".pdf is not read; save its text as .txt"),
    ("a.json", "[]", ".json is not read; write one object a line"),
    ("a.xyz", "x", ".xyz is not read; read are .txt, .md"),
    ("a", "x", "a file without suffix is not read"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_FILES)
def test_bad_files(put, name, content, message):
    found = bad(put(name, content))
    assert message in found
    assert name in found


def test_nothing_there(tmp_path):
    (tmp_path / "study.csv").write_text("text\nThe bridge.\n")
    assert "no such file or folder (did you mean 'study.csv'?)" in bad(tmp_path / "studi.csv")
    assert bad("Rents rise.").endswith("to read a text itself pass a list, [text]")
    with pytest.raises(BadInput, match="map is 'outlet=source'; write it as "):
        list(stream(["Rents rise."], map="outlet=source"))
    folder = tmp_path / "empty"
    folder.mkdir()
    assert "no text files in this folder, nothing; read are .txt, .md, .html" in bad(folder)
    (folder / "a.docx").write_bytes(b"")
    assert "no text files in this folder, only .docx; read are" in bad(folder)


def test_sources_that_are_no_corpus():
    assert "not int" in bad(5)
    assert "not dict" in bad({"text": "The bridge."})
    assert "no path was given" in bad("")
    assert "pass a list" in bad("The bridge\nis old.")
    assert "item 2: column 'text' holds int 5" in bad(["The bridge.", 5])
    assert "item 2 is str" in bad([Document("a", "The bridge."), "The ferry."])
    assert "doc_id 'a' was used before, in document 1" in bad(
        [Document("a", ""), Document("a", "")]
    )
    assert "no such corpus" in bad("@nowhere")


def test_columns_that_are_not_there(tmp_path):
    path = tmp_path / "a.csv"
    frame = pd.DataFrame(ROWS)
    frame.to_csv(path, index=False)
    assert "no column 'txt' for text (did you mean 'text'?)" in bad(path, text="txt")
    assert "no column 'nr' for doc_id; its columns are doc_id, text" in bad(path, id="nr")
    assert "(did you mean 'outlet'?)" in bad(path, map={"side": "outlte"})
    assert "two columns for text: 'a' and 'b'" in bad(path, text="a", map={"text": "b"})
    lines = tmp_path / "a.jsonl"
    frame.to_json(lines, orient="records", lines=True)
    assert "no column 'outlets' (did you mean 'outlet'?)" in bad(lines, map={"side": "outlets"})
    assert "no column 'party'; the columns seen are" in bad(lines, map={"side": "party"})
    assert "no column 'txt' (did you mean 'text'?)" in bad(lines, text="txt")
    bare = frame.drop(columns="text")
    assert "DataFrame: no column 'text'; its columns are doc_id, outlet" in bad(bare)
    parquet = tmp_path / "a.parquet"
    pd.DataFrame({"body": ["x"]}).to_parquet(parquet)
    assert "its columns are body; name the one that holds the text: --text COL" in bad(parquet)


def test_a_column_that_comes_late_is_no_error(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "The bridge."}\n{"text": "The ferry.", "party": "x"}\n')
    assert [dict(d.meta) for d in stream(path, map={"side": "party"})] == [{}, {"side": "x"}]


def test_bad_metadata(tmp_path):
    (tmp_path / "alpha.txt").write_text("The bridge.")
    table = tmp_path / "metadata.csv"
    table.write_text("name,outlet\nalpha,Ferry\n")
    assert "no column file or doc_id or id with the file stems" in bad(tmp_path)
    assert "no column key with the file stems" in bad(tmp_path, id="key")
    table.write_text("doc_id,outlet\nalpa,Ferry\n")
    assert "row 1 (line 2): no text file 'alpa' (did you mean 'alpha'?)" in bad(tmp_path)
    table.write_text("doc_id,outlet\nalpha,Ferry\nalpha,Quay\n")
    assert "row 2 (line 3): a second row for 'alpha', after row 1" in bad(tmp_path)
    table.write_text("doc_id,outlet\nalpha,Ferry,x\n")
    assert "row 1 (line 2): has 3 cells" in bad(tmp_path)
    table.write_text("doc_id,outlet\nalpha,Ferry\n")
    assert "the texts of a folder are its files" in bad(tmp_path, text="outlet")
    assert "no column 'source' for outlet" in bad(tmp_path, map={"outlet": "source"})
    (tmp_path / "alpha.md").write_text("The ferry.")
    assert "doc_id 'alpha' was used before, in " in bad(tmp_path)


def test_bad_rows_can_be_skipped_and_are_listed(put):
    lines = [
        '{"doc_id": "a", "text": "The bridge was shut on Monday."}',
        '{"doc_id": "b", "text": ',
        '{"doc_id": "a", "text": "The ferry."}',
        '{"doc_id": "c", "text": null}',
        '{"doc_id": "d", "text": "The ford.", "lang": "fr"}',
        '{"doc_id": "e", "text": ""}',
    ]
    path = put("a.jsonl", "\n".join(lines))
    refused: list[dict] = []
    notices = Notices()
    found = stream(path, refused=refused, notices=notices)
    assert [d.doc_id for d in found] == ["a", "e"]
    assert [(r["row"], r["doc_id"]) for r in refused] == [(2, "2"), (3, "a"), (4, "c"), (5, "d")]
    assert all(r["file"] == str(path) and r["reason"].startswith("line ") for r in refused)
    assert "ids must be unique" in refused[1]["reason"]
    first, second = notices.lines()
    assert first.startswith("4 rows were refused: ")
    assert second == "1 document has an empty text (0 words, no rates): 'e'"
    assert [d.doc_id for d in stream(path, skip_bad=True)] == ["a", "e"]
    with pytest.raises(BadInput, match="line 2"):
        list(stream(path, skip_bad=False, refused=[]))


def test_after_a_broken_csv_row_the_next_is_read(put):
    path = put("a.csv", b'doc_id,text\na,caf\xe9\nb,"The" bridge\nc,The ferry\n')
    refused: list[dict] = []
    assert [d.doc_id for d in stream(path, refused=refused)] == ["c"]
    assert [r["row"] for r in refused] == [1, 2]


def test_a_sentence_given_as_a_path_is_told_from_a_missing_file() -> None:
    with pytest.raises(BadInput, match=r"to read a text itself pass a list, \[text\]"):
        list(stream("Ministers slammed the plan on Monday."))
