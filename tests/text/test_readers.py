"""Every input form, read as it should be, document by document."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tracemalloc
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing.tables import BadInput
from framing.text.notices import Notices
from framing.text.pages import read_page
from framing.text.readers import stream

ROWS = [
    {"doc_id": "a", "text": "The bridge was closed.\nIt is old.", "outlet": "Ferry", "page": "3"},
    {"doc_id": "b", "text": "The “bridge”, they said, is safe.", "outlet": "Quay", "page": "4"},
]
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Bridge | Ferry</title>
<style>p {color: red}</style></head><body><nav><ul><li>Home</li></ul></nav>
<header><p>The Daily Ferry</p></header><main><h1>The bridge &amp; the ferry</h1>
<p>The bridge was <em>closed</em><br>on Monday.<p>It is old.</p>
<script>var p = "<p>no</p>";</script><h2>What next</h2><ul><li>A ferry</li><li>A ford</li></ul>
<blockquote><p>We were not asked.</p></blockquote><form><p>Subscribe</p></form></main>
<aside><p>Read more</p></aside><footer><p>Copyright</p></footer></body></html>"""


def plain(documents):
    return [(d.doc_id, d.text, d.title, dict(d.meta)) for d in documents]


def write_csv(path: Path, rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lines(path: Path, rows):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as handle:
        handle.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def write_parquet(path: Path, rows):
    pd.DataFrame(rows).to_parquet(path, index=False)
    return path


EXPECTED = [
    ("a", ROWS[0]["text"], None, {"outlet": "Ferry", "page": "3"}),
    ("b", ROWS[1]["text"], None, {"outlet": "Quay", "page": "4"}),
]
FORMS = {
    "articles.csv": write_csv,
    "articles.tsv": lambda path, rows: write_csv(path, rows, "\t"),
    "semicolons.csv": lambda path, rows: write_csv(path, rows, ";"),
    "articles.jsonl": write_lines,
    "articles.jsonl.gz": write_lines,
    "articles.parquet": write_parquet,
}


@pytest.mark.parametrize("name", FORMS)
def test_every_table_gives_the_same_documents(tmp_path, name):
    assert plain(stream(FORMS[name](tmp_path / name, ROWS))) == EXPECTED


def test_a_data_frame_with_two_columns_of_one_name_is_refused():
    table = pd.DataFrame([["a", "b", "c"]], columns=["text", "text", "outlet"])
    with pytest.raises(BadInput, match="DataFrame: two columns are called 'text'; rename one"):
        list(stream(table))


def test_a_data_frame_a_list_of_mappings_and_documents(tmp_path):
    frame = pd.DataFrame(ROWS)
    assert plain(stream(frame)) == EXPECTED
    assert plain(stream(frame.set_index("doc_id"))) == EXPECTED
    assert plain(stream(ROWS)) == EXPECTED
    assert plain(stream(list(stream(ROWS)))) == EXPECTED


def test_a_list_of_texts_is_numbered():
    assert [d.doc_id for d in stream(["The one.", "The other."])] == ["1", "2"]
    assert [d.doc_id for d in stream(text for text in ("The one.", "The other."))] == ["1", "2"]


def test_standard_input(monkeypatch):
    raw = "".join(json.dumps(row) + "\n\n" for row in ROWS).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert plain(stream("-")) == EXPECTED


def test_columns_are_named_and_mapped(tmp_path):
    rows = [{"nr": 7, "body": "The bridge.", "source": "Ferry", "outlet": "x", "id": "k"}]
    path = write_lines(tmp_path / "a.jsonl", rows)
    (document,) = stream(path, text="body", id="nr", map={"outlet": "source"})
    assert plain([document]) == [
        ("7", "The bridge.", None, {"outlet": "Ferry", "outlet_original": "x", "id": "k"})
    ]


def test_id_serves_where_there_is_no_doc_id_and_rows_are_numbered_without(tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"id": "k", "text": "The one."}])
    assert next(stream(path)).doc_id == "k"
    path = write_csv(tmp_path / "b.csv", [{"text": "The one."}, {"text": "The other."}])
    assert [d.doc_id for d in stream(path)] == ["1", "2"]


def test_values_are_made_plain():
    frame = pd.DataFrame(
        {
            "doc_id": [3.0, 4.0],
            "text": ["The one.", "The other."],
            "date": pd.to_datetime(["2024-05-01", None]),
            "words": [5, 6],
            "outlet": ["Ferry", None],
        }
    )
    first, second = stream(frame)
    assert (first.doc_id, dict(first.meta)) == (
        "3", {"date": "2024-05-01", "words": 5, "outlet": "Ferry"},
    )  # fmt: skip
    assert type(first.meta["words"]) is int
    assert dict(second.meta) == {"words": 6}


def test_byte_order_marks_line_ends_and_long_cells_are_kept(tmp_path):
    text = "The bridge.\r\n\r\n" + "It is old. " * 20_000
    path = write_csv(tmp_path / "a.csv", [{"doc_id": "a", "text": text}])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert plain(stream(path)) == [("a", text, None, {})]
    path = tmp_path / "b.txt"
    path.write_bytes(b"\xef\xbb\xbf" + b"The\r\nbridge.")
    assert plain(stream(path)) == [("b", "The\r\nbridge.", None, {})]


def test_a_folder_with_metadata(tmp_path):
    folder = tmp_path / "study"
    (folder / "articles").mkdir(parents=True)
    (folder / "SOURCE.md").write_text("Where the texts come from.")
    (folder / "articles" / "a.txt").write_text("The bridge.")
    (folder / "articles" / "b.md").write_text("The *ferry*.")
    (folder / "articles" / "c.html").write_text(PAGE)
    (folder / "articles" / "d.pdf").write_bytes(b"%PDF")
    write_csv(
        folder / "metadata.csv",
        [{"doc_id": "a", "source": "Ferry", "title": "Bridge"},
         {"doc_id": "c", "source": "Quay", "title": ""}],
    )  # fmt: skip
    notices = Notices()
    found = plain(stream(folder, map={"outlet": "source"}, notices=notices))
    assert found[:2] == [
        ("a", "The bridge.", "Bridge", {"outlet": "Ferry"}),
        ("b", "The *ferry*.", None, {}),
    ]
    assert found[2][0] == "c"
    assert found[2][2:] == ("The bridge & the ferry", {"outlet": "Quay", "lang": "en-GB"})
    assert [line.partition(": ")[2] for line in notices.lines()] == [
        "not read: 1 entry (d.pdf)", "no row for 1 text file (b.md)",
    ]  # fmt: skip
    assert plain(stream(folder / "articles", map={"outlet": "source"})) == found


@pytest.mark.parametrize("key", ["file", "doc_id", "id", "stem"])
def test_the_key_of_the_metadata(tmp_path, key):
    (tmp_path / "a.b.txt").write_text("The bridge.")
    value = "a.b.txt" if key == "file" else "a.b"
    write_csv(tmp_path / "metadata.csv", [{key: value, "outlet": "Ferry"}])
    documents = stream(tmp_path, id="stem" if key == "stem" else None)
    assert plain(documents) == [("a.b", "The bridge.", None, {"outlet": "Ferry"})]


def test_notes_are_documents_only_where_nothing_else_is(tmp_path):
    (tmp_path / "README.md").write_text("The note.")
    assert [d.doc_id for d in stream(tmp_path)] == ["README"]
    (tmp_path / "a.txt").write_text("The bridge.")
    assert [d.doc_id for d in stream(tmp_path)] == ["a"]


def test_a_page_without_the_extra():
    assert read_page(PAGE) == {
        "text": "The bridge was closed on Monday.\n\nIt is old.\n\nWhat next\n\nA ferry\n\nA ford"
        "\n\nWe were not asked.",
        "title": "The bridge & the ferry",
        "lang": "en-GB",
    }
    assert read_page("<title>Ferry</title><div>The bridge.<br>Old.</div><div>The ford.</div>") == {
        "text": "The bridge. Old.\n\nThe ford.",
        "title": "Ferry",
    }
    assert read_page("<article><header><h1>Old bridge</h1></header><li><div>The ford") == {
        "text": "The ford",
        "title": "Old bridge",
    }
    assert read_page("") == {"text": ""}


@pytest.mark.skipif(find_spec("trafilatura") is None, reason="the extra html is not installed")
def test_a_page_with_the_extra(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("It is old.", "It is very old and tired of carrying cars. " * 9))
    (document,) = stream(path)
    assert document.title == "The bridge & the ferry"
    assert "tired of carrying cars" in document.text
    assert "Copyright" not in document.text


def test_notices():
    texts = ["", "  \n", "The bridge is old.", "The  bridge\nis old.",
             "Der Minister wies die Kritik der Opposition zurück.", "Oui."]  # fmt: skip
    notices = Notices()
    list(stream(texts, notices=notices))
    assert notices.lines() == [
        "2 documents have an empty text (0 words, no rates): '1', '2'",
        "1 document has under 2 % common English function words and no field lang "
        "(only English is read): '5'",
        "1 text repeats another but for white space: '4' (as '3')",
    ]
    assert notices.n_documents == 6
    notices = Notices()
    list(stream([{"text": texts[4], "lang": "en"}], notices=notices))
    assert notices.lines() == []


@pytest.mark.parametrize("lang", ["en", "EN", "en-GB", "en_US", "eng", "English"])
def test_names_of_english(lang):
    assert len(list(stream([{"text": "The bridge.", "lang": lang}]))) == 1


def test_reading_is_lazy(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "The bridge."}\n{"text": broken\n')
    documents = stream(path)
    assert next(documents).text == "The bridge."
    with pytest.raises(BadInput, match="line 2"):
        next(documents)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl.gz", "a.txt"])
def test_memory_does_not_grow_with_the_corpus(tmp_path, name):
    if name == "a.txt":
        path = tmp_path / "folder"
        path.mkdir()
        for number in range(1000):
            (path / f"{number}.txt").write_text(f"{number} " * 2000)
    else:
        rows = [{"doc_id": str(n), "text": f"{n} " * 2000} for n in range(1000)]
        path = FORMS["articles" + name[1:]](tmp_path / name, rows)
    notices = Notices()
    notices.english = True
    tracemalloc.start()
    count = sum(1 for _ in stream(path, notices=notices))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1000
    assert peak < 2_000_000


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
FILLED = WORDS.filter(lambda value: bool(value.strip()))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(FILLED, st.tuples(WORDS, FILLED, FILLED), min_size=1, max_size=5),
    st.sampled_from(sorted(FORMS)),
)
def test_written_and_read_back_it_is_the_same(tmp_path, documents, name):
    rows = [
        {"doc_id": doc_id, "text": text, "title": title, "outlet": outlet}
        for doc_id, (text, title, outlet) in documents.items()
    ]
    expected = [(r["doc_id"], r["text"], r["title"], {"outlet": r["outlet"]}) for r in rows]
    assert plain(stream(FORMS[name](tmp_path / name, rows))) == expected
