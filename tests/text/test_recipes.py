"""Recipes: found, complete, fit for their layouts; the corpora themselves where at hand."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from pathlib import Path

import pytest

from framing.tables import BadInput
from framing.text import recipes
from framing.text.corpus import read_corpus
from framing.text.layouts import LAYOUTS, basil_text

ROOT = Path(os.environ.get("FRAMING_CORPORA") or ".")
REAL = "FRAMING_CORPORA is not set: published corpora cannot be shipped"
SAMPLE = 200
NAMES = ("article_bias_prediction", "babe", "basil")
MINE = """
name = "river"
title = "River news"
source = "nobody/river"
commit = "0000000"
licence = "CC0-1.0"
tier = "A"
citation = "Nobody (2024)."
get = "Write it yourself."
layout = "table"
[read]
globs = ["*.csv"]
[fields]
outlet = "source"
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_CORPORA", str(tmp_path))
    return tmp_path


def article(number: int) -> dict:
    return {
        "title": f"Bridge {number}", "date": "2024-05-01", "source": "NYT", "url": "none",
        "triplet-uuid": "t1", "main-entities": ["A Bridge"], "main-event": "Bridge", "uuid": "u",
        "body-paragraphs": [["The bridge was closed.", "It is old."], [f"Ferry {number}."], [""]],
    }  # fmt: skip


@pytest.mark.parametrize("recipe", recipes.list_recipes(), ids=lambda recipe: recipe.name)
def test_recipes_are_complete(recipe):
    assert recipe.layout in LAYOUTS
    assert recipe.tier in ("A", "B", "C")
    assert recipe.files
    assert all(len(digest) == 64 for digest in recipe.files.values())
    assert all(getattr(recipe, name) for name in ("title", "source", "commit", "citation", "get"))
    assert recipes.get(f"@{recipe.name}") == recipe


def test_the_three_are_there():
    assert set(NAMES) <= {recipe.name for recipe in recipes.list_recipes()}


def test_an_unknown_corpus():
    with pytest.raises(BadInput, match=r"@basill: no such corpus \(did you mean 'basil'\?\)"):
        recipes.get("@basill")


def test_a_corpus_that_is_not_at_hand(monkeypatch, tmp_path):
    monkeypatch.delenv("FRAMING_CORPORA", raising=False)
    with pytest.raises(BadInput, match=r"@basil: set FRAMING_CORPORA to .* Clone the repository"):
        recipes.find("basil")
    monkeypatch.setenv("FRAMING_CORPORA", str(tmp_path))
    with pytest.raises(BadInput, match="@basil: no folder 'basil' in FRAMING_CORPORA"):
        read_corpus("@basil")
    (tmp_path / "basil").mkdir()
    with pytest.raises(BadInput, match=r"no files articles/\*/\*.json"):
        read_corpus("@basil")


def test_the_layout_of_basil(home):
    folder = home / "basil" / "articles" / "2024"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"t1_{number}.json").write_text(json.dumps(article(number)))
    corpus = read_corpus("@basil")
    assert [document.doc_id for document in corpus] == ["t1_1", "t1_2"]
    assert corpus[0].text == "The bridge was closed. It is old.\n\nFerry 1."
    assert corpus[0].title == "Bridge 1"
    assert (corpus[0].meta["outlet"], corpus[0].meta["event"]) == ("nyt", "t1")
    assert corpus.source == "basil"
    (folder / "t1_3.json").write_text('{"title": "x"}')
    with pytest.raises(BadInput, match=r"t1_3\.json: is no BASIL article .KeyError"):
        read_corpus("@basil")
    (folder / "t1_3.json").write_text("[")
    with pytest.raises(BadInput, match=r"t1_3\.json: broken JSON"):
        list(recipes.documents("basil"))


def test_sentences_of_basil_are_counted_through():
    text, starts = basil_text([["One.", ""], [], [""], ["Two.", "Three."]])
    assert text == "One.\n\nTwo. Three."
    assert [text[start : start + 4] for start in (starts[0], starts[3], starts[4])] == [
        "One.", "Two.", "Thre",
    ]  # fmt: skip
    assert len(starts) == 5


def test_the_layout_of_babe(home):
    folder = home / "babe" / "data"
    folder.mkdir(parents=True)
    (folder / "final_labels_SG2.csv").write_text(
        "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words\n"
        '"The ""old"" bridge; closed.";none;Ferry;bridges;left;Biased;None;[]\n'
        "The ferry runs.;none;Quay;ferries;;Non-biased;None;[]\n"
    )
    first, second = read_corpus("@babe", map={"topic": "outlet"})
    assert first.text == 'The "old" bridge; closed.'
    assert first.doc_id == hashlib.sha256(first.text.encode()).hexdigest()[:16]
    assert (first.meta["side"], first.meta["label"]) == ("left", "Biased")
    assert first.meta["topic"] == "Ferry"
    assert "side" not in second.meta


def test_the_layout_of_article_bias_prediction(home):
    folder = home / "article_bias_prediction" / "data" / "jsons"
    folder.mkdir(parents=True)
    published = {"ID": "k", "content": "bridg", "content_original": "The bridge.", "bias": 2,
                 "source": "Ferry", "date": "2/27/18", "authors": "", "title": "Bridge",
                 "topic": "bridges"}  # fmt: skip
    (folder / "k.json").write_text(json.dumps(published))
    (document,) = read_corpus("@article_bias_prediction")
    assert (document.doc_id, document.text, document.title) == ("k", "The bridge.", "Bridge")
    assert dict(document.meta) == {
        "outlet": "Ferry", "side": "right", "date": "2018-02-27", "topic": "bridges",
    }  # fmt: skip


def test_a_layout_of_text_files(home):
    folder = home / "polnear" / "train" / "text"
    folder.mkdir(parents=True)
    (folder / "f_1.txt").write_text("The bridge.")
    (home / "polnear" / "metadata.tsv").write_text(
        'filename\tpublisher\tpublication_date\ttitle\nf_1\tFerry\t2024-05-01\t"Old" bridge\n'
    )
    (document,) = recipes.documents("polnear")
    assert document.title == '"Old" bridge'
    assert dict(document.meta) == {"outlet": "Ferry", "date": "2024-05-01"}


def test_recipes_and_folders_of_ones_own(home):
    (home / "river").mkdir()
    (home / "river" / "recipe.toml").write_text(MINE)
    (home / "river" / "a.csv").write_text("doc_id,text,source\na,The bridge.,Ferry\n")
    assert read_corpus("@river")["a"].meta == {"outlet": "Ferry"}
    (home / "sea").mkdir()
    (home / "sea" / "a.txt").write_text("The ship.")
    (home / "sea" / "metadata.csv").write_text("doc_id,outlet\na,Quay\n")
    assert read_corpus("@sea")["a"].meta == {"outlet": "Quay"}
    for broken, message in (
        (MINE.replace('tier = "A"\n', ""), "a recipe needs tier"),
        (MINE.replace("tier", "teir"), r"unknown key 'teir' \(did you mean 'tier'\?\)"),
        (MINE.replace('"table"', '"tabel"'), r"no layout 'tabel' \(did you mean 'table'\?\)"),
        ("name =", "cannot be read as TOML"),
    ):
        (home / "river" / "recipe.toml").write_text(broken)
        with pytest.raises(BadInput, match=message):
            read_corpus("@river")


@pytest.mark.parametrize("name", recipes.shipped() or ["none"])
def test_shipped_corpora_are_read_and_whole(name, monkeypatch):
    if name == "none":
        pytest.skip("no corpus is shipped yet")
    monkeypatch.delenv("FRAMING_CORPORA", raising=False)
    corpus = read_corpus(f"@{name}")
    assert len(corpus)
    assert "outlet" in corpus.metadata
    assert recipes.find(name) == recipes.corpora_folder() / name


def test_checking(home):
    folder = home / "river"
    folder.mkdir()
    assert "no list of checksums" in recipes.check(folder)[0]
    (folder / "a.csv").write_text("text\nThe bridge.\n")
    (folder / "b.csv").write_text("text\nThe ferry.\n")
    (folder / "SOURCE.md").write_text("Nobody.")
    digest = hashlib.sha256((folder / "a.csv").read_bytes()).hexdigest()
    sums = folder / "checksums.sha256"
    sums.write_text(f"# SHA-256\n{digest}  a.csv\n{digest} *b.csv\n{digest}  c.csv\nwhat\n")
    differs, is_missing, line = recipes.check(folder)
    assert "b.csv: differs (SHA-256 " in differs
    assert is_missing.endswith("c.csv: is missing")
    assert line.endswith("line 5 is not 'SHA-256  file'")
    sums.write_text(f"{digest}  a.csv\n")
    assert recipes.check(folder) == [f"{folder / 'b.csv'}: is not listed in checksums.sha256"]
    (folder / "recipe.toml").write_text(MINE + f'[files]\n"a.csv" = "{digest}"\n')
    assert recipes.check("river") == recipes.check("@river") == []
    (folder / "a.csv").write_text("text\nThe weir.\n")
    assert len(recipes.check("river")) == 1


@pytest.mark.skipif("FRAMING_CORPORA" not in os.environ, reason=REAL)
@pytest.mark.parametrize("recipe", recipes.list_recipes(), ids=lambda recipe: recipe.name)
def test_the_corpora_at_hand(recipe):
    if not (ROOT / recipe.name).is_dir():
        pytest.skip(f"{recipe.name} is not in FRAMING_CORPORA")
    count = 0
    for document in itertools.islice(recipes.documents(recipe.name), SAMPLE):
        count += 1
        assert document.text.strip()
        if recipe.name in NAMES:
            assert document.meta["outlet"]
            assert document.meta.get("side", "left") in ("left", "center", "right")
    if not recipes.check(recipe.name):
        assert count == min(recipe.documents or 0, SAMPLE)


@pytest.mark.skipif("FRAMING_CORPORA" not in os.environ, reason=REAL)
def test_annotated_spans_of_basil_stand_where_they_should():
    if not (ROOT / "basil" / "annotations").is_dir():
        pytest.skip("basil is not in FRAMING_CORPORA")
    found = 0
    for path in sorted((ROOT / "basil" / "articles").glob("*/*.json"))[:40]:
        text, starts = basil_text(json.loads(path.read_text("utf-8"))["body-paragraphs"])
        spans = path.parents[2] / "annotations" / path.parent.name / f"{path.stem}_ann.json"
        for span in json.loads(spans.read_text("utf-8"))["phrase-level-annotations"]:
            if span["id"].startswith("p"):
                start = starts[int(span["id"][1:])]
                assert text[start + span["start"] : start + span["end"]] == span["txt"]
                found += 1
    assert found > 100
