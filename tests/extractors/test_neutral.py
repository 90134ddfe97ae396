"""Plain agency prose, weather, notices and statistics hold next to no loaded words."""

from __future__ import annotations

from pathlib import Path

import framing as fr

TEXT = Path(__file__).with_name("neutral.txt").read_text("utf-8")


def test_at_most_four_loaded_hits_in_a_thousand_words() -> None:
    (document,) = fr.read_corpus([TEXT])
    hits = fr.annotate([TEXT], ["loaded_language"])
    assert len(document.words) >= 2000
    assert 1000 * len(hits) / len(document.words) <= 4, hits["text"].tolist()
