"""What Jupyter shows of documents and corpora."""

from __future__ import annotations

import framing as fr
from framing.text.corpus import read_corpus


def test_before_annotation_marks_show_and_the_page_says_what_is_missing() -> None:
    (document,) = read_corpus(["He said: “It is late.” She said it was early."])
    page = document._repr_html_()
    assert page.count('title="direct quotation"') == 1
    assert 'title="reported speech"' not in page and "has been annotated" in page


def test_after_annotation_reported_speech_shows() -> None:
    corpus = read_corpus(["He said: “It is late.” She said it was early."])
    fr.annotate(corpus, ["loaded_language"])
    page = corpus[0]._repr_html_()
    assert '<span style="border-bottom:1.5px dotted #666" title="reported speech">it was' in page
    assert "has been annotated" not in page


def test_hostile_text_and_fields_are_escaped() -> None:
    corpus = read_corpus([{"id": "<i>", "text": "<script>\ud800", "outlet": "A & <b>"}])
    for page in (corpus[0]._repr_html_(), corpus._repr_html_()):
        assert "<script>" not in page and "<b>" not in page.replace("<b>1</b>", "")
        page.encode("utf-8")


def test_a_corpus_counts_values_and_what_is_missing() -> None:
    rows = [{"text": f"Rain {n}.", "outlet": "Globe" if n else None} for n in range(3)]
    page = read_corpus(rows)._repr_html_()
    assert "<b>3</b> documents" in page and "Globe (2); 1 without" in page
    assert "<table></table>" in read_corpus(["One."])._repr_html_()
