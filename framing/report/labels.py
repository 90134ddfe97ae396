"""Labels of hits as a reader would put them."""

from __future__ import annotations

import json
from collections.abc import Mapping

READ_AS = {
    "ERA": "return to a past time",
    "LABEL": "past name for a present thing",
    "SUPERLATIVE": "first, most or worst since",
    "VOSSIAN": "named after somebody famous",
    "agentless_passive": "passive, nobody named",
    "belittling": "belittling word",
    "conflict_verb": "disagreement told as combat",
    "denial_of_mind": "thought or feeling denied",
    "fear": "word of fear",
    "modifier": "adjective before a name",
    "no_comment": "no answer given",
    "one_sided_descriptor": "one-sided description",
    "pole_movement": "move to a pole",
    "us_them": "us and them",
}


def label_words(label: object, attributes: object = None) -> str:
    """Return a label in words; of a contested name, what it is a name for.

    The side that uses a contested name more is not told: beside a word it reads as a verdict.

    Parameters
    ----------
    label : str
    attributes : str, optional
        The cell of a hits table.

    Examples
    --------
    >>> label_words("one_sided_descriptor"), label_words("ANALOGY"), label_words("hearsay")
    ('one-sided description', 'analogy', 'hearsay')
    >>> label_words("left", '{"referent": "asylum_applicants"}')
    'contested name: asylum applicants'
    """
    if referent := _referent(attributes):
        return f"contested name: {referent.replace('_', ' ')}"
    name = str(label)
    words = READ_AS.get(name, name.replace("_", " "))
    return words.lower() if name.isupper() else words


def _referent(attributes: object) -> str:
    if not isinstance(attributes, str) or '"referent"' not in attributes:
        return ""
    try:
        told = json.loads(attributes)
    except ValueError:
        return ""
    return str(told.get("referent") or "") if isinstance(told, Mapping) else ""
