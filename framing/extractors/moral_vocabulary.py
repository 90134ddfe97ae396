"""Moral vocabulary: words that praise or blame, by the concern they appeal to."""

from __future__ import annotations

from framing.extractors.base import Extractor


class MoralVocabulary(Extractor):
    """Words of five moral concerns, each with its vice: care and harm, fairness and cheating ...

    Every match of the list whose guards hold, under its label. The list is small and our own; a
    larger dictionary, under its own licence, may be given as ``lexicon``.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "They betrayed us with a cruel law. The road was treacherous with ice."
    >>> hits = annotate(Corpus([Document("a", text)]), [MoralVocabulary()])
    >>> hits[["text", "label"]].values.tolist()
    [['betrayed', 'betrayal'], ['cruel', 'harm']]
    """

    name = "moral_vocabulary"
