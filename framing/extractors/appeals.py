"""Appeals: calls on values, nation, fear, authority and the crowd in place of reasons."""

from __future__ import annotations

from framing.extractors.base import Extractor


class Appeals(Extractor):
    """Appeals to values, the plain people, us and them, flag, fear, authority and the crowd.

    Every match of the list whose guards hold, under its label. Left and right, British and
    American: our NHS and our borders, the billionaire class and the metropolitan elite.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "Hardworking families want our freedoms back."
    >>> annotate(Corpus([Document("a", text)]), [Appeals()])[["text", "label"]].values.tolist()
    [['Hardworking families', 'people'], ['our freedoms', 'values']]
    """

    name = "appeals"
