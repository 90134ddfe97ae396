"""Near-duplicate texts: three or more shared sentences, or almost the same words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np

from framing.frames.folds import missing
from framing.text.document import Document

SHARED, LONG_ENOUGH, BOILERPLATE = 3, 40, 20
ALIKE, SHINGLE, SHORT = 0.7, 4, 40
BANDS, ROWS = 24, 4
PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of texts that are nearly the same.

    Two texts are when they share three sentences of 40 characters or more, or when their runs of
    four words (their words, in texts of fewer than 40) overlap by .7 (Jaccard, found by MinHash).
    A sentence that stands in more than 20 texts counts as boilerplate, not as shared: of 21 or more
    copies with three such sentences only those with almost the same words are found.

    Examples
    --------
    >>> near_duplicates(["Fire guts the old mill", "Rents rise", "Fire guts the old mill again"])
    [(0, 2)]
    """
    return sorted({*shared_sentences(texts), *similar_words(texts)})


def merge(groups: Sequence[object], pairs: Iterable[tuple[int, int]]) -> np.ndarray:
    """Join the groups that hold near-duplicates of one another.

    Parameters
    ----------
    groups : sequence
        The group of each text; None or an empty string stands for a group of its own.
    pairs : iterable of (int, int)
        Texts that belong together.

    Returns
    -------
    numpy.ndarray of int64
        Group numbers, from 0, in the order of first appearance.

    Examples
    --------
    >>> merge(["a", "b", "b", None], [(0, 1)]).tolist()
    [0, 0, 0, 1]
    """
    parent = list(range(len(groups)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    first: dict[object, int] = {}
    for place, group in enumerate(groups):
        if not missing(group):
            parent[root(place)] = root(first.setdefault(group, place))
    for one, other in pairs:
        parent[root(one)] = root(other)
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(root(p), len(numbers)) for p in range(len(groups))])


def shared_sentences(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of texts with three or more long sentences in common.

    Sentences of more than 20 texts are left out as boilerplate.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for start, end in Document("", text).sentences:
            sentence = " ".join(_WORD.findall(text[start:end].lower()))
            if len(sentence) >= LONG_ENOUGH:
                places[sentence].add(number)
    pairs: Counter[tuple[int, int]] = Counter()
    for found in places.values():
        if 1 < len(found) <= BOILERPLATE:
            pairs.update(combinations(sorted(found), 2))
    return sorted(pair for pair, count in pairs.items() if count >= SHARED)


def similar_words(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of texts whose words, or runs of words, overlap by .7 or more."""
    sets = [_pieces(text) for text in texts]
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    a, b = _coefficients()
    for number, pieces in enumerate(sets):
        if not pieces:
            continue
        codes = np.fromiter(pieces, np.uint64, len(pieces))
        lowest = ((a[:, None] * codes[None, :] + b[:, None]) % np.uint64(PRIME)).min(axis=1)
        for band in range(BANDS):
            buckets[band, lowest[band * ROWS : (band + 1) * ROWS].tobytes()].append(number)
    candidates = {
        pair for found in buckets.values() if len(found) > 1 for pair in combinations(found, 2)
    }
    return sorted(
        (one, other) for one, other in candidates
        if len(sets[one] & sets[other]) >= ALIKE * len(sets[one] | sets[other])
    )  # fmt: skip


def _pieces(text: str) -> set[int]:
    words = _WORD.findall(text.lower())
    size = SHINGLE if len(words) >= SHORT else 1
    runs = zip(*(words[at:] for at in range(size)), strict=False)
    return {crc32(" ".join(run).encode("utf-8", "surrogatepass")) >> 2 for run in runs}


def _coefficients() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    count = BANDS * ROWS
    return (
        random.integers(1, PRIME, count, dtype=np.uint64),
        random.integers(0, PRIME, count, dtype=np.uint64),
    )
