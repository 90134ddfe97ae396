"""Texts as documents, and which of them belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from typing import Any

import numpy as np

from framing.amounts import count_of
from framing.frames.duplicates import merge, near_duplicates
from framing.tables import BadInput, refuse_table
from framing.text.document import Document


def as_documents(texts: Iterable[Any]) -> list[Document]:
    """Return texts as documents, with those of a corpus unchanged."""
    if isinstance(texts, (str, Document)):
        raise BadInput("expected several texts, got one; put it into a list: [text]")
    refuse_table(texts)
    found = []
    for number, text in enumerate(texts, 1):
        if isinstance(text, Document):
            found.append(text)
        elif isinstance(text, str):
            found.append(Document(str(number), text))
        else:
            raise BadInput(f"text {number} is a {type(text).__name__}, not a string")
    return found


def need_one_each(documents: Sequence[Document], given: Sized, what: str) -> None:
    """Raise `BadInput` where there is not one label, or one group, for each document."""
    if len(documents) != len(given):
        raise BadInput(
            f"{count_of(len(documents), 'text')} but {count_of(len(given), what)}; one for each "
            "text is needed"
        )


def groups_of(documents: Sequence[Document], groups: Iterable[Any] | None) -> np.ndarray:
    """Return the number of each document's group, near-duplicates joined."""
    names = list(groups) if groups is not None else [None] * len(documents)
    need_one_each(documents, names, "group")
    return merge(names, near_duplicates([one.text for one in documents]))
