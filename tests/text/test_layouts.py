"""Layouts of published corpora that the tests of the recipes do not have."""

from __future__ import annotations

import pytest

from framing.tables import BadInput
from framing.text.corpus import read_corpus
from framing.text.layouts import read_table, text_id


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_CORPORA", str(tmp_path))
    return tmp_path


ARTICLES = """<?xml version="1.0" encoding="UTF-8"?><articles>
<article id="01" published-at="2024-05-01" title="Bridge &amp; ferry">
By a <a href="x">reporter</a> <p>The <a>bridge</a> is
closed.</p> More to come <p></p><p>It is old.</p></article>
<article id="02"><p>The ferry runs.</p></article>
</articles>"""
TRUTH = """<articles>
<article id="01" hyperpartisan="true" url="https://www.ferry.example/1" labeled-by="article"/>
<article id="02" hyperpartisan="false" url="http://quay.example/2" labeled-by="article"/>
</articles>"""


def test_articles_in_xml_with_their_labels(home):
    folder = home / "semeval2019_task4_hyperpartisan"
    folder.mkdir()
    texts = folder / "articles-training-byarticle-1.xml"
    truth = folder / "ground-truth-training-byarticle-1.xml"
    texts.write_text(ARTICLES)
    with pytest.raises(BadInput, match="no files ground-truth-training-byarticle"):
        read_corpus(f"@{folder.name}")
    truth.write_text(TRUTH)
    first, second = read_corpus(f"@{folder.name}")
    assert (first.doc_id, first.title) == ("01", "Bridge & ferry")
    assert first.text == "By a reporter\n\nThe bridge is closed.\n\nMore to come\n\nIt is old."
    assert first.meta == {"date": "2024-05-01", "url": "https://www.ferry.example/1",
                          "label": "true", "outlet": "ferry.example"}  # fmt: skip
    assert (second.title, second.meta["outlet"]) == (None, "quay.example")
    truth.write_text(TRUTH.replace('"02"', '"03"'))
    with pytest.raises(BadInput, match=r"article 2: has no label: no article '02' in the truth"):
        read_corpus(f"@{folder.name}")
    texts.write_text(ARTICLES[:-30])
    with pytest.raises(BadInput, match=r"byarticle-1\.xml: broken XML \(no element found: line"):
        read_corpus(f"@{folder.name}")


def test_texts_with_tables_of_labels(home):
    folder = home / "semeval2023_task3_en"
    texts = folder / "train-articles-subtask-3"
    texts.mkdir(parents=True)
    for number in (7, 8):
        (texts / f"article{number}.txt").write_text(f"Bridge {number}\n\nIt is closed.\n")
    (folder / "train-labels-subtask-1.txt").write_text("7\tsatire\n")
    (folder / "train-labels-subtask-2.txt").write_text("7\tPolitical,Economic\n")
    first, second = read_corpus("@semeval2023_task3_en")
    assert (first.doc_id, first.text) == ("article7", "Bridge 7\n\nIt is closed.\n")
    assert first.meta == {"genre": "satire", "frames": "Political|Economic"}
    assert second.meta == {}


def test_rows_that_lack_their_last_cells(home):
    folder = home / "checkthat_subjectivity_en"
    folder.mkdir()
    head = "sentence_id\tsentence\tlabel\tsolved_conflict\n"
    (folder / "train_en.tsv").write_text(head + 'a\t"The ""old"" bridge."\tSUBJ\tTrue\n')
    (folder / "dev_en.tsv").write_text(head + "b\tIt is closed.\tOBJ\n")
    first, second = read_corpus(f"@{folder.name}")
    assert (first.text, first.meta["label"]) == ('The "old" bridge.', "SUBJ")
    assert (second.doc_id, second.meta) == ("b", {"label": "OBJ"})
    (folder / "dev_en.tsv").write_text(head + "b\tIt is closed.\tOBJ\tTrue\tmore\n")
    with pytest.raises(BadInput, match="has 5 cells where the header has 4"):
        read_corpus(f"@{folder.name}")


def test_ids_made_from_texts_stay_apart(tmp_path):
    (tmp_path / "a.csv").write_text("body\nThe bridge.\nThe ferry.\nThe bridge.\n")
    (tmp_path / "b.csv").write_text("body\nThe bridge.\n")
    read = {"globs": ["*.csv"], "needs": {"text": "body"}, "id": "text"}
    bridge, ferry = text_id("The bridge."), text_id("The ferry.")
    found = [row.doc_id for row in read_table(tmp_path, read)]
    assert found == [bridge, ferry, f"{bridge}-2", f"{bridge}-3"]
