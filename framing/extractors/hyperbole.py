"""Hyperbole: absolutes, superlatives and numbers beyond anything that could be counted."""

from __future__ import annotations

from framing.extractors.base import Extractor


class Hyperbole(Extractor):
    """Words that overstate: absolutes, superlatives, totalities, numbers, images of ruin.

    Every match of the list whose guards hold, under its label; the guards keep out what is meant
    as counted or measured ("all 12", "the total cost").

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "It was an utter collapse. The total cost of all 12 was paid a thousand times over."
    >>> annotate(Corpus([Document("a", text)]), [Hyperbole()])[["text", "label"]].values.tolist()
    [['utter', 'totality'], ['a thousand times over', 'number']]
    """

    name = "hyperbole"
