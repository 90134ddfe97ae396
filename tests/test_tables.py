"""Tables: columns are checked, files hold what was written, nothing is lost on the way."""

from __future__ import annotations

import gzip
import json
import os
import stat
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import tables
from framing.tables import BadInput, check, read_table, replacing, suffix_of, write_table

ESTIMATE = dict.fromkeys(tables.ESTIMATES, "x") | {"p": 1.25e-14, "estimate": 1 / 3}
EXACT = [suffix for suffix in tables.SUFFIXES if suffix not in (".csv", ".tsv")]


def bad(call, *args) -> str:
    with pytest.raises(BadInput) as caught:
        call(*args)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_table_of_each_kind_needs_its_columns():
    for kind, columns in tables.TABLES.items():
        table = pd.DataFrame({name: [1] for name in columns})
        assert check(table, kind) is table
        assert check(table.assign(more="x"), kind).shape[1] == len(columns) + 1
        message = bad(check, table.drop(columns=columns[-1]), kind)
        assert f"a {kind} table needs the columns {columns[-1]}; this one has" in message
    assert "this one has no columns" in bad(check, pd.DataFrame(), "hits")


def test_a_scores_table_holds_numbers():
    table = pd.DataFrame({name: [1] for name in tables.SCORES})
    assert "column 'm.outlet.count' of a scores table" in bad(
        check, table.assign(**{"m.outlet.count": ["many"]}), "scores"
    )
    assert "column 'n_words' " in bad(check, table.assign(n_words="few"), "scores")


@pytest.mark.parametrize("kind", list(tables.TABLES))
def test_two_columns_of_one_name_are_refused(kind):
    table = pd.DataFrame({name: [1] for name in tables.TABLES[kind]}).assign(outlet="x")
    for name in ("outlet", tables.TABLES[kind][-1]):
        twice = pd.concat([table, table[[name]]], axis=1)
        assert f"a {kind} table has two columns '{name}'; rename" in bad(check, twice, kind)


@pytest.mark.parametrize("name", ["n_words", "n_words_attributed", "m.outlet.count"])
@pytest.mark.parametrize(("cell", "told"), [(-3, "-3"), (np.inf, "inf"), (-np.inf, "-inf")])
def test_a_count_is_finite_and_not_below_0(name, cell, told):
    table = pd.DataFrame({name: [1.0, 1.0] for name in tables.SCORES})
    table = table.assign(doc_id=["a", "b"], **{name: [1.0, cell]})
    assert bad(check, table, "scores") == (
        f"column '{name}' of a scores table has {told} for document 'b'; a count is 0 or more, or "
        "missing"
    )
    for kind in (float, "Int64"):
        check(table.assign(**{name: pd.Series([1, None], dtype=kind)}), "scores")


def test_suffixes():
    assert [suffix_of(f"a.b{suffix}") for suffix in tables.SUFFIXES] == list(tables.SUFFIXES)
    assert suffix_of(Path("HITS.CSV")) == ".csv"
    assert "unknown table suffix '.xlsx'; use one of .csv" in bad(suffix_of, "a.xlsx")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
floats = st.floats(allow_infinity=False)
records = st.lists(
    st.tuples(cells.filter(str.strip), cells, st.integers(-(2**53), 2**53), floats, st.booleans()),
    min_size=1, max_size=6,
)  # fmt: skip


def table_of(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "text", "n", "rate", "flag"])


@pytest.mark.parametrize("suffix", tables.SUFFIXES)
@settings(max_examples=40, deadline=None)
@given(rows=records)
def test_what_is_written_is_read(tmp_path_factory, suffix, rows):
    path = tmp_path_factory.mktemp("table") / f"a{suffix}"
    table = table_of(rows)
    write_table(table, path)
    pd.testing.assert_frame_equal(read_table(path), table, check_exact=True)


@pytest.mark.parametrize("suffix", EXACT)
@given(words=st.lists(st.one_of(st.none(), st.sampled_from(["NA", "007", "1e5", "null", ""]))))
@settings(max_examples=30, deadline=None)
def test_words_that_look_like_something_else_stay_words(tmp_path_factory, suffix, words):
    path = tmp_path_factory.mktemp("table") / f"a{suffix}"
    write_table(pd.DataFrame({"doc_id": "a", "outlet": pd.Series(words, dtype=object)}), path)
    read = read_table(path)
    found = read["outlet"].tolist() if len(read) else []
    assert [None if pd.isna(cell) else cell for cell in found] == words


@pytest.mark.parametrize("suffix", tables.SUFFIXES)
def test_small_p_values_ids_and_dates_survive(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    table = pd.DataFrame([ESTIMATE | {"doc_id": "007", "date": "2025-06-01"}, ESTIMATE])
    table["doc_id"] = ["007", "NA"]
    write_table(table, path)
    read = read_table(path, "estimates")
    assert read["p"].tolist() == [1.25e-14] * 2
    assert read["estimate"].tolist() == [1 / 3] * 2
    assert read["doc_id"].tolist() == ["007", "NA"]
    assert read["date"].iloc[0] == "2025-06-01"
    assert pd.isna(read["date"].iloc[1])


@pytest.mark.parametrize("suffix", tables.SUFFIXES)
def test_odd_cells_are_no_error(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    page = pd.Series([3, "A4", None], dtype=object)
    huge = pd.Series([2**80, 1, None], dtype=object)
    text = pd.Series(["a\ud800b", "old\rMac", "line\r\n\nend"], dtype=object)
    write_table(pd.DataFrame({"doc_id": list("abc"), "text": text, "page": page, "n": huge}), path)
    read = read_table(path)
    assert len(read) == 3
    assert read["text"].tolist()[1:] == text.tolist()[1:]
    assert [str(cell) for cell in read["page"][:2]] == ["3", "A4"]
    assert pd.isna(read["page"][2])


def test_json_lines_are_json():
    table = pd.DataFrame(
        {"a": [np.nan, np.inf, 0.1], "day": pd.to_datetime(["2025-01-02", None, None]),
         "tags": [["x"], None, np.array([1, 2])]}
    )  # fmt: skip
    first, second, third = (json.loads(line) for line in tables.json_lines(table))
    assert first == {"a": None, "day": "2025-01-02T00:00:00", "tags": ["x"]}
    assert second == {"a": None, "day": None, "tags": None}
    assert third == {"a": 0.1, "day": None, "tags": [1, 2]}
    assert list(tables.json_lines(pd.DataFrame({"a": []}))) == []


BROKEN = [
    ("a.csv", b"", "cannot be read as .csv (No columns"),
    ("a.csv", b"a,b\n1,2,3,4\n1,2\n1,2,3,4,5,6\n", "cannot be read as .csv ("),
    ("a.csv", b"a\ncaf\xe9\n", "cannot be read as .csv ('utf-8' codec"),
    ("a.jsonl", b'{"a": 1}\n[2]\n', "(line 2 is no JSON object)"),
    ("a.jsonl", b'{"a": \n', "cannot be read as .jsonl ("),
    ("a.jsonl.gz", b"no gzip", "cannot be read as .jsonl.gz (Not a gzipped file"),
    (
        "a.jsonl.gz",
        gzip.compress(b'{"a": 1}\n' * 9000, mtime=0)[:50],
        "cannot be read as .jsonl.gz (",
    ),
    (
        "a.jsonl.gz",
        gzip.compress(b"x" * 90, mtime=0)[:12] + b"\xff" * 30,
        "cannot be read as .jsonl.gz (",
    ),
    ("a.parquet", b"PAR1 no more", "cannot be read as .parquet ("),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_broken_tables(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    assert f"{path}: " in bad(read_table, path)
    assert message in bad(read_table, path)


def test_tables_that_are_not_there(tmp_path):
    assert "no such file" in bad(read_table, tmp_path / "a.csv")
    assert "unknown table suffix" in bad(read_table, tmp_path / "a")
    write_table(pd.DataFrame({"doc_id": ["a"]}), tmp_path / "a.csv")
    assert "a hits table needs the columns start, " in bad(read_table, tmp_path / "a.csv", "hits")


def test_spans_from_json_lines_have_attributes_as_elsewhere(tmp_path):
    path = tmp_path / "hits.jsonl"
    path.write_text('{"attributes": {"core": false, "name": "é"}}\n{"attributes": "{}"}\n')
    assert read_table(path)["attributes"].tolist() == ['{"core": false, "name": "é"}', "{}"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def write(error: Exception) -> None:
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise error

    assert "a.csv: cannot be written (disk" in bad(write, OSError("disk is full"))
    with pytest.raises(KeyError):
        write(KeyError("x"))
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_packed_bytes_depend_on_the_table_alone(tmp_path, monkeypatch):
    table = pd.DataFrame({"word": ["a", "é"], "n": [1, 2]})
    written = []
    for hour, name in enumerate(("one", "two")):
        monkeypatch.setattr("time.time", lambda hour=hour: 1e9 + 3600 * hour)
        write_table(table, tmp_path / f"{name}.jsonl.gz")
        written.append((tmp_path / f"{name}.jsonl.gz").read_bytes())
    assert written[0] == written[1]
    assert read_table(tmp_path / "one.jsonl.gz")["word"].tolist() == ["a", "é"]


def test_the_file_a_link_leads_to_is_replaced(tmp_path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "shelf" / "real.csv")
    for n in (1, 2):
        write_table(pd.DataFrame({"n": [n]}), tmp_path / "link.csv")
        assert (tmp_path / "link.csv").is_symlink()
        assert (tmp_path / "shelf" / "real.csv").read_text() == f"n\n{n}\n"
    assert len(list(tmp_path.rglob("*"))) == 3


def test_targets_that_cannot_be_written(tmp_path):
    table = pd.DataFrame({"doc_id": ["a"]})
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("mine")
    assert "is a folder; --out needs a file name" in bad(
        write_table, table, tmp_path / "folder.csv"
    )
    assert "file is a file, not a folder" in bad(write_table, table, tmp_path / "file/b/c.csv")
    assert "unknown table suffix" in bad(write_table, table, tmp_path / "a.xls")
    (tmp_path / "full.csv").symlink_to("/dev/full")
    assert "full.csv: cannot be written (No space left" in bad(
        write_table, table, tmp_path / "full.csv"
    )
    assert sorted(os.listdir(tmp_path)) == ["file", "folder.csv", "full.csv"]
    assert (tmp_path / "file").read_text() == "mine"


def test_folders_are_made_and_the_usual_rights_given(tmp_path):
    path = tmp_path / "new" / "deep" / "a.csv"
    write_table(pd.DataFrame({"doc_id": ["a"]}), path)
    (tmp_path / "plain").touch()
    assert path.read_text() == "doc_id\na\n"
    rights = [stat.S_IMODE(p.stat().st_mode) for p in (path, tmp_path / "plain")]
    assert rights[0] == rights[1]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_groups_are_read_from_text_as_they_were_written(tmp_path, suffix):
    table = pd.DataFrame({
        "doc_id": ["01", "02", "NA"], "n_words": [1, 2, 3], "n_words_outlet": [1, 2, 3],
        "n_words_attributed": [0, 0, 0], "outlet": ["None", "NA", "null"], "all": ["None"] * 3,
        "code": ["01", "1", "02"], "year": [2020, 2021, 2022],
        "share": [0.5, None, 0.25], "side": ["left", None, "nan"], "nothing": [np.nan] * 3,
        "long": ["12345678901234567", None, "12345678901234569"], "toy.all.count": [1, 0, 2],
        "toy.all.per_1k": [1 / 3, None, 0.1],
    })  # fmt: skip
    write_table(table, tmp_path / f"s{suffix}")
    read = read_table(tmp_path / f"s{suffix}", "scores")
    pd.testing.assert_frame_equal(read, table, check_dtype=False)
    assert [read[name].dtype.kind for name in ("year", "share", "toy.all.per_1k")] == list("iff")


def test_missing_numbers_as_r_writes_them(tmp_path):
    (tmp_path / "s.csv").write_text("doc_id,year,toy.all.per_1k\na,2020,NA\nb,NA,0.5\n")
    read = read_table(tmp_path / "s.csv")
    assert read["year"].isna().tolist() == [False, True]
    assert read["toy.all.per_1k"].isna().tolist() == [True, False]


def test_long_whole_numbers_of_a_foreign_parquet_file_keep_their_digits(tmp_path):
    long = [2**53 + 1, None, -(2**53) - 3]
    columns = {
        name: ["1", "2", "3"] if name == "doc_id" else [1, None, 3] for name in tables.SCORES
    }
    columns |= {"event": long, "year": [2020, None, 2021]}
    pq.write_table(pa.table(columns), tmp_path / "s.parquet")
    found = read_table(tmp_path / "s.parquet", "scores")
    assert found["event"].astype(object).where(found["event"].notna(), None).tolist() == [
        "9007199254740993", None, "-9007199254740995"
    ]  # fmt: skip
    assert found["n_words"].dtype == found["year"].dtype == float


def test_whole_numbers_that_are_all_missing_in_a_parquet_file_stay_numbers(tmp_path):
    names = [*tables.SCORES[1:], "toy.outlet.count"]
    missing = {name: pa.array([None, None], pa.int64()) for name in names}
    pq.write_table(pa.table({"doc_id": ["1", "2"], **missing}), tmp_path / "s.parquet")
    found = read_table(tmp_path / "s.parquet", "scores")
    assert {found[name].dtype for name in names} == {np.dtype(float)}
