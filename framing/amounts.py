"""Numbers of things in words."""

from __future__ import annotations

import math

VOWELS = "aeiou"


def count_of(number: float, thing: str) -> str:
    """Return ``1 document`` or ``2,300 documents``.

    Examples
    --------
    >>> count_of(1, "document"), count_of(2300, "word"), count_of(0, "entry"), count_of(2, "day")
    ('1 document', '2,300 words', '0 entries', '2 days')
    """
    whole = int(number) if math.isfinite(number) else 0
    if whole == 1:
        return f"1 {thing}"
    many = f"{thing[:-1]}ies" if thing.endswith("y") and thing[-2] not in VOWELS else f"{thing}s"
    return f"{whole:,} {many}"
