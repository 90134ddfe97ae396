"""Corpora put into their place: out of a folder, and from a server of this test's own."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from framing.tables import BadInput
from framing.text import fetching, recipes
from framing.text.corpus import read_corpus

RECIPE = """
name = "river"
title = "River news"
source = "nobody/river"
commit = "0000000"
licence = "CC0-1.0"
tier = "A"
citation = "Nobody (2024)."
get = "Ask at the ferry."
layout = "table"
documents = 2
[read]
globs = ["*.csv", "data/*.csv"]
[fields]
outlet = "source"
"""
TABLE = b"doc_id,text,source\na,The bridge is closed.,Ferry\nb,The bridge is open.,Quay\n"


class Server:
    """Answers with what `files` holds; the first `cuts` answers break off in their middle."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cuts = 0
        self.says_length = True
        self.calls = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.calls += 1
                body = outer.files.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                if outer.says_length:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if outer.cuts:
                    outer.cuts -= 1
                    body = body[: len(body) // 2]
                self.wfile.write(body)
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self._httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._httpd.server_port}"
        self._thread = threading.Thread(target=self._httpd.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()
        self._thread.join()


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    found = Server()
    yield found
    found.close()


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "corpora"
    (folder / "recipes").mkdir(parents=True)
    (folder / "recipes" / "river.toml").write_text(RECIPE)
    monkeypatch.setenv("FRAMING_CORPORA", str(folder))
    return folder


def describe(home: Path, files: dict[str, bytes], url: str, more: str = "") -> None:
    """Write a recipe that fetches `files`."""
    tables = [
        f'[fetch."{name}"]\nurl = "{url}/{name}"\nsha256 = "{digest(body)}"\n{more}'
        for name, body in files.items()
    ]
    (home / "recipes" / "river.toml").write_text(RECIPE + "\n".join(tables))


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def contents(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def only_the_recipe(home: Path) -> bool:
    return contents(home) == ["recipes", "recipes/river.toml"]


def zipped(*members: tuple[str, bytes], link: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(zipfile.ZipInfo(name), body)
        if link:
            info = zipfile.ZipInfo("link")
            info.external_attr = 0o120777 << 16
            archive.writestr(info, link)
    return buffer.getvalue()


def taped(*members: tuple[str, bytes], link: str = "") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, body in members:
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
        if link:
            info = tarfile.TarInfo("link")
            info.type, info.linkname = tarfile.SYMTYPE, link
            archive.addfile(info)
    return buffer.getvalue()


def test_a_file_is_fetched(home, server, run):
    server.files = {"/a.csv": TABLE, "/data/more.txt": b"About the river."}
    describe(home, {"a.csv": TABLE, "data/more.txt": b"About the river."}, server.url)
    with pytest.raises(BadInput, match="'framing corpora fetch river' downloads it"):
        read_corpus("@river")
    code, out, err = run("corpora", "fetch", "@river")
    assert (code, out, err) == (0, f"{home / 'river'}: 2 documents\n", [])
    assert contents(home / "river") == ["a.csv", "data", "data/more.txt"]
    assert read_corpus("@river")["b"].meta == {"outlet": "Quay"}
    assert contents(home)[0] == "recipes", "nothing hidden is left"
    with pytest.raises(BadInput, match="river: is there already; move it away"):
        fetching.fetch("river")
    assert server.calls == 2


def test_another_file_than_the_one_known(home, server):
    server.files = {"/a.csv": TABLE, "/b.csv": TABLE + b"c,Changed.,Ferry\n"}
    describe(home, {"a.csv": TABLE, "b.csv": b"text\nOld.\n"}, server.url)
    message = r"@river: b\.csv from http://\S+/b\.csv is not the file the recipe knows .another SHA"
    with pytest.raises(BadInput, match=message):
        fetching.fetch("river")
    assert only_the_recipe(home)
    server.files["/b.csv"] = b"text\nOld.\n"
    (home / "recipes" / "river.toml").write_text(
        (home / "recipes" / "river.toml").read_text().replace('"*.csv"', '"a.csv"')
    )
    assert fetching.fetch("river").n_documents == 2


@pytest.mark.parametrize("says_length", [True, False])
def test_a_cut_connection_leaves_nothing_and_the_next_call_succeeds(home, server, says_length):
    body = TABLE + b"".join(b"r%d,The ferry runs.,Quay\n" % number for number in range(9_000))
    server.files, server.cuts, server.says_length = {"/a.csv": body}, 1, says_length
    describe(home, {"a.csv": body}, server.url)
    with pytest.raises(BadInput) as caught:
        fetching.fetch("river")
    assert "the connection was cut" in str(caught.value) or not says_length
    assert "nothing was kept" in str(caught.value) and "\n" not in str(caught.value)
    assert only_the_recipe(home)
    arrival = fetching.fetch("river")
    assert arrival.n_documents == 9_002
    assert arrival.remarks == ["9002 documents; the recipe was checked with 2"]


def test_without_a_connection(home, run):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    describe(home, {"a.csv": TABLE}, url)
    code, out, err = run("corpora", "fetch", "river")
    assert (code, out) == (2, "")
    assert err == [
        f"framing: @river: a.csv cannot be fetched from {url}/a.csv (no connection); "
        f"nothing was kept, try again later"
    ]
    assert only_the_recipe(home)


def test_a_server_that_has_no_such_file(home, server):
    describe(home, {"a.csv": TABLE}, server.url)
    with pytest.raises(BadInput, match=r"a\.csv cannot be fetched .* \(the server answers 404\)"):
        fetching.fetch("river")
    assert only_the_recipe(home)


@pytest.mark.parametrize("pack", [zipped, taped])
def test_archives_are_unpacked_where_they_lie(home, server, pack):
    body = pack(("./a.csv", TABLE), ("notes/more.txt", b"About the river."))
    server.files = {"/data/all.pack": body}
    describe(home, {"data/all.pack": body}, server.url, "unpack = true\n")
    assert fetching.fetch("river").n_documents == 2
    assert contents(home / "river") == ["data", "data/a.csv", "data/notes", "data/notes/more.txt"]


@pytest.mark.parametrize(
    "body, message",
    [
        (zipped(("a.csv", TABLE), ("../x.csv", TABLE)), r"refused, '\.\./x\.csv' in it leads"),
        (zipped(("a/../../x.csv", TABLE)), "leads outside the corpus"),
        (zipped(("..\\x.csv", TABLE)), "leads outside the corpus"),
        (zipped(("/x.csv", TABLE)), "leads outside the corpus"),
        (zipped(("C:x.csv", TABLE)), "leads outside the corpus"),
        (zipped(link="../recipes"), "'link' in it is a link or device"),
        (zipped(("a.csv", TABLE), ("./a.csv", TABLE)), r"holds 'a\.csv', which is there already"),
        (zipped(("all.zip", TABLE)), r"holds 'all\.zip', which is there already"),
        (taped(("../x.csv", TABLE)), "leads outside the corpus"),
        (taped(link="../recipes"), "'link' in it is a link or device"),
        (taped(("a.csv", TABLE * 999))[:-40], "cannot be unpacked"),
        (b"a,b\n", "neither a zip nor a tar archive"),
        (zipped(("a.txt", b"None.")), r"@river: no files \*\.csv"),
    ],
    ids="up inside backslash root drive link twice itself tar-up tar-link cut none no-csv".split(),
)  # fmt: skip
def test_tricks_of_archives(home, server, body, message):
    server.files = {"/all.zip": body}
    describe(home, {"all.zip": body}, server.url, "unpack = true\n")
    with pytest.raises(BadInput, match=message):
        fetching.fetch("river")
    assert only_the_recipe(home)
    assert contents(home.parent) == ["corpora", "corpora/recipes", "corpora/recipes/river.toml"]


@pytest.mark.parametrize(
    "table, message",
    [
        ('["../a.csv"]\nurl = "https://x.org"', "must be a path inside the corpus"),
        ('["a.csv"]\nurl = "ftp://x.org"', "url must begin with https://"),
        ('["a.csv"]\nurl = "https://x.org"\nsha256 = "0"', "sha256 must be 64 hexadecimal"),
        ('["a.csv"]\nurl = "https://x.org"\nsha265 = "0"', "did you mean 'sha256'"),
    ],
)
def test_a_table_that_cannot_be_used(home, table, message):
    key, _, rest = table.partition("\n")
    path = home / "recipes" / "river.toml"
    path.write_text(f"{RECIPE}[fetch.{key[1:-1]}]\n{rest}\n")
    with pytest.raises(BadInput, match=message):
        fetching.fetch("river")


def test_where_there_is_nothing_to_fetch_the_way_is_said(home, monkeypatch):
    with pytest.raises(BadInput, match=r"no public files to fetch\. Ask at the ferry\. 'framing"):
        fetching.fetch("river")
    with pytest.raises(BadInput, match=r"no such corpus \(did you mean 'river'"):
        fetching.fetch("rivr")
    with pytest.raises(BadInput, match="@newsstand: comes with the program"):
        fetching.fetch("@newsstand")


def test_the_variable_must_be_set(home, server, tmp_path, monkeypatch):
    monkeypatch.delenv("FRAMING_CORPORA")
    for attempt in (lambda: fetching.fetch("anno_lexical"), lambda: fetching.add("babe", tmp_path)):
        with pytest.raises(BadInput, match="FRAMING_CORPORA is not set; set it to the folder"):
            attempt()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FRAMING_CORPORA", str(tmp_path / "file"))
    with pytest.raises(BadInput, match="cannot be used"):
        fetching.add("babe", tmp_path)


def test_shipped_recipes_fetch_only_what_is_public():
    fetched = {recipe.name for recipe in recipes.list_recipes() if recipe.fetch}
    assert {"anno_lexical", "checkthat_subjectivity_en"} <= fetched
    for recipe in recipes.list_recipes():
        for file in fetching.downloads(recipe):
            assert file.url.startswith(
                ("https://github.com/", "https://raw.githubusercontent.com/")
            )
            assert recipe.commit in file.url
            assert recipe.files.get(file.file, file.sha256) == file.sha256


def test_a_folder_is_added(home, tmp_path, run):
    source = tmp_path / "download"
    (source / "data" / ".git").mkdir(parents=True)
    (source / "data" / "a.csv").write_bytes(TABLE)
    (source / "data" / ".git" / "config").write_text("x")
    (source / "labels.txt").write_text("About the river.")
    code, out, err = run("corpora", "add", "river", "--from", source)
    assert (code, out, err) == (0, f"{home / 'river'}: 2 documents\n", [])
    assert contents(home / "river") == ["data", "data/a.csv", "labels.txt"]
    assert [document.doc_id for document in read_corpus("@river")] == ["a", "b"]
    code, _, err = run("corpora", "add", "river", "--from", source)
    assert code == 2 and err == [
        f"framing: {home / 'river'}: is there already; move it away or remove it first"
    ]
    assert contents(home) == [
        "recipes", "recipes/river.toml", "river", "river/data", "river/data/a.csv",
        "river/labels.txt",
    ]  # fmt: skip


def test_what_differs_from_the_copy_of_the_recipe_is_said(home, tmp_path):
    (tmp_path / "a.csv").write_bytes(TABLE + b"c,The weir.,Ferry,\nd,The lock.,Quay\n")
    (home / "recipes" / "river.toml").write_text(
        f'{RECIPE}[files]\n"a.csv" = "{digest(TABLE)}"\n"b.csv" = "{digest(TABLE)}"\n'
    )
    source = tmp_path / "download"
    source.mkdir()
    (tmp_path / "a.csv").rename(source / "a.csv")
    arrival = fetching.add("@river", source)
    assert arrival.n_documents == 3
    row, differs, is_missing, count = arrival.remarks
    assert "a.csv: row 3 (line 4): has 4 cells" in row
    assert "a.csv: differs (SHA-256 " in differs
    assert is_missing == f"{source / 'b.csv'}: is missing"
    assert count == "3 documents; the recipe was checked with 2"


def test_folders_that_are_not_that_corpus(home, tmp_path):
    source = tmp_path / "download"
    source.mkdir()
    (tmp_path / "file.csv").write_bytes(TABLE)
    for folder, message in (
        (source, r"download: no files \*\.csv or data/\*\.csv"),
        (tmp_path / "dowload", r"no such folder \(did you mean 'download'\?\)"),
        (tmp_path / "file.csv", "is a file; give the folder"),
        (tmp_path, "holds FRAMING_CORPORA itself"),
    ):
        with pytest.raises(BadInput, match=message):
            fetching.add("river", folder)
    (source / "a.csv").write_text("doc_id,body\na,The bridge.\n")
    with pytest.raises(BadInput, match="no column 'text' for text; its columns"):
        fetching.add("river", source)
    (source / "a.csv").write_text("doc_id,text,source\na,The bridge.\n")
    with pytest.raises(BadInput, match=r"no document of @river can be read \(.*has 2 cells"):
        fetching.add("river", source)
    (source / "a.csv").write_text("doc_id,text,source\n")
    with pytest.raises(BadInput, match=r"no document of @river can be read$"):
        fetching.add("river", source)
    assert only_the_recipe(home)


@pytest.mark.skipif(not hasattr(os, "mkfifo") or os.name == "nt", reason="needs named pipes")
def test_a_copy_that_fails_leaves_nothing(home, tmp_path):
    source = tmp_path / "download"
    (source / "shut").mkdir(parents=True)
    (source / "a.csv").write_bytes(TABLE)
    os.mkfifo(source / "pipe")
    (source / "shut").chmod(0o555)
    with pytest.raises(BadInput, match="pipe: cannot be copied"):
        fetching.add("river", source)
    assert only_the_recipe(home)
    (source / "pipe").unlink()
    source.chmod(0o555)
    assert fetching.add("river", source).n_documents == 2
    assert sorted(os.listdir(home)) == ["recipes", "river"]
    source.chmod(0o755)
