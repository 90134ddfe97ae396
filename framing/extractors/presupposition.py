"""Presupposition: wording that takes something for granted instead of saying it."""

from __future__ import annotations

from framing.extractors.base import Extractor


class Presupposition(Extractor):
    """Triggers of presuppositions: again, still, stop failing, the problem of, the migrant crisis.

    Every match of the list whose guards hold, under its label. A hit is a flag for a reader: what
    is taken for granted may well be true and agreed.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Ministers still fish in still water. They must stop failing tenants."
    >>> hits = annotate(Corpus([Document("a", text)]), [Presupposition()])
    >>> hits[["text", "label"]].values.tolist()
    [['still', 'continuation'], ['stop', 'change']]
    """

    name = "presupposition"
