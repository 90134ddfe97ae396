"""Loaded language: words whose evaluative load exceeds that of an available neutral word."""

from __future__ import annotations

from framing.extractors.base import Extractor


class LoadedLanguage(Extractor):
    """Words and phrases that colour what they name.

    The lexicon's entries are matched with their guards; `strength` is .33 for coloured, .67 for
    loaded, 1 for inflammatory words, `rule` is the entry.

    Parameters
    ----------
    voice, labels, min_words, lexicon
        As for every extractor: `framing.extractors.base.Extractor`.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> corpus = Corpus([Document("a", "Ministers slammed the vile scheme.")])
    >>> annotate(corpus, [LoadedLanguage()])["text"].tolist()
    ['slammed', 'vile']
    """

    name = "loaded_language"
