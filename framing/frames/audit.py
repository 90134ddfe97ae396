"""Leakage: what a test part shares with the training part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from framing.frames.duplicates import near_duplicates
from framing.frames.folds import missing
from framing.text.document import Document

_WORD = re.compile(r"\w+")


def leaks(
    documents: Sequence[Document], folds: np.ndarray, groups: Mapping[str, Sequence[object]]
) -> list[dict[str, object]]:
    """Return what lies on both sides of a fold, and what is told twice inside one text.

    Parameters
    ----------
    documents : sequence of Document
    folds : numpy.ndarray of int
        The fold of each document.
    groups : mapping
        Name -> the group of each document, as outlet or article; a missing one is no group.

    Returns
    -------
    list of dict
        `leak` ("near-duplicate", "group", "headline in body"), `what` (the group's name), `n`
        (documents concerned) and `share` of all documents; only leaks that are there.

    Examples
    --------
    >>> texts = ["Fire guts the old mill", "Rents rise", "Fire guts the old mill again"]
    >>> documents = [Document(str(n), text) for n, text in enumerate(texts)]
    >>> leaks(documents, np.array([0, 0, 1]), {})[0]["leak"]
    'near-duplicate'
    """
    found = []
    pairs = near_duplicates([one.text for one in documents])
    torn = {item for pair in pairs if folds[pair[0]] != folds[pair[1]] for item in pair}
    found.append(("near-duplicate", "text", len(torn)))
    for name, values in groups.items():
        homes: dict[object, set[int]] = {}
        for value, fold in zip(values, folds.tolist(), strict=True):
            homes.setdefault(value, set()).add(fold)
        split = {one for one, where in homes.items() if len(where) > 1 and not missing(one)}
        found.append(("group", name, sum(value in split for value in values)))
    found.append(("headline in body", "title", sum(map(headline_in_body, documents))))
    count = max(len(documents), 1)
    return [{"leak": leak, "what": what, "n": n, "share": n / count}
            for leak, what, n in found if n]  # fmt: skip


def headline_in_body(document: Document) -> bool:
    """Tell whether the words of the headline stand again in the text behind it."""
    title = _words(document.title or "")
    if len(title.split()) < 4:
        return False
    body = _words(document.text)
    return f" {title} " in f" {body.removeprefix(title)} "


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
