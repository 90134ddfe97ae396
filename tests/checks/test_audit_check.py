"""Every measure's rates by side, and what swapped names change, on a corpus with sides."""

from __future__ import annotations

import framing as fr
from framing.audit.run import audit_corpus
from framing.audit.table import audit_table
from framing.extractors.base import as_extractors


def test_article_bias_prediction(corpora, record):
    chosen = as_extractors(None)
    corpus = fr.read_corpus("@article_bias_prediction")
    found = audit_corpus(corpus, chosen, "side", cluster="outlet")
    table = audit_table(found, [extractor.name for extractor in chosen]).astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    record("audit_article_bias_prediction", rows, [corpora / "article_bias_prediction"])
    assert found.changes.attrs["n_names"] > 10_000
    assert found.even_handed, found.wanting.to_string()
