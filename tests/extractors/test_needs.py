"""What a rule says it does not need would have become no span."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from framing.engine import Engine
from framing.extractors import shipped
from framing.extractors.base import Extractor
from framing.extractors.hedging import Hedging
from framing.text.document import Document
from framing.text.readers import stream

NEWS = Path(__file__).parents[2] / "corpora" / "newsstand"
PICKY = [make for make in shipped().values() if make.needs is not Extractor.needs]
PICKY.remove(Hedging)  # its rule does not ask again what `needs` has answered
EDGES = [
    "", "radical", "Radical Ann", "Ann, a radical", "A radical", "They may", "claims", "was held",
    "was", "In 1956", "like", "1956", "Said the loyal aide to Ann Hill", "vermin", "migrants",
]  # fmt: skip


@pytest.mark.parametrize("make", PICKY)
def test_what_a_rule_does_not_need_becomes_no_span(make):
    texts = [document.text for document in islice(stream(NEWS), 60)]
    documents = [Document(str(n), text) for n, text in enumerate([*EDGES, *texts, *EDGES])]
    asked = Engine([make()]).rows(documents)
    every = Engine([type("Every", (make,), {"needs": Extractor.needs})()]).rows(documents)
    assert asked == every
    assert asked
