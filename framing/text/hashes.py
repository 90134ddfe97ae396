"""Hashes of words, and how some of them are found again among all words of a block."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property

import numpy as np

from framing.text import characters as ch

BASE = np.uint64(0x9E3779B97F4A7C15)
SPREAD = np.uint64(0xD6E8FEB86659FD93)  # a factor of every hash, so that its first bits differ
MIX = np.uint64(0xFF51AFD7ED558CCD)  # of what is mixed with hashes: no factor of them


def word_hash(word: str) -> np.uint64:
    """Return the hash `Block.hashes` holds for a word, given folded."""
    total = 0
    for position, char in enumerate(word):
        total += min(ord(char), ch.LIMIT) * pow(int(BASE), position, 2**64)
    return np.uint64(total * int(SPREAD) % 2**64)


class Groups:
    """Hashes in groups of equal ones.

    A table tells by the first bits of a hash where its group may stand; those that share these
    bits stand behind each other.

    Parameters
    ----------
    hashes : numpy.ndarray of uint64

    Attributes
    ----------
    order : numpy.ndarray of int64
        Indices into `hashes`, group after group.
    begin, count : numpy.ndarray of int64
        Where in `order` each group begins, and its size.

    Examples
    --------
    >>> groups = Groups(np.array([7, 5, 7], np.uint64))
    >>> index, group = groups.find(np.array([9, 7], np.uint64))
    >>> index.tolist(), groups.count[group].tolist()
    ([1], [2])
    """

    def __init__(self, hashes: np.ndarray) -> None:
        self.order = hashes.argsort(kind="stable")
        keys, self.begin, self.count = np.unique(
            hashes[self.order], return_index=True, return_counts=True
        )
        bits = min(len(keys).bit_length() + 4, 18)
        self._shift = np.uint64(64 - bits)
        slots = (keys >> self._shift).view(np.int64)
        crowd = np.bincount(slots, minlength=1 << bits)
        first = np.where(crowd > 0, crowd.cumsum() - crowd, -1)
        self._first = first.astype(np.int32)
        self._steps = max(int(crowd.max()), 1) - 1
        self._keys = np.append(keys, np.repeat(keys[-1:], self._steps))

    def find(self, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the indices of the hashes that are in a group, and the group of each."""
        slots = (hashes >> self._shift).view(np.int64)
        group = pick(self._first, slots)
        (index,) = (group >= 0).nonzero()
        hashes, group = hashes.take(index), group.take(index)
        for _ in range(self._steps):
            group += pick(self._keys, group) < hashes
        same = pick(self._keys, group) == hashes
        return index[same], group[same]

    def has(self, hashes: np.ndarray) -> np.ndarray:
        """Whether each hash is in a group."""
        found = np.zeros(len(hashes), bool)
        found[self.find(hashes)[0]] = True
        return found


class Classes:
    """Sets of words with names, looked for in hashes all at once.

    Parameters
    ----------
    words : mapping of str to frozenset of str
        The words of each class, folded.

    Examples
    --------
    >>> classes = Classes({"article": frozenset({"the", "a"}), "short": frozenset({"a"})})
    >>> found = classes.of(np.array([word_hash(word) for word in ("a", "hill")]))
    >>> (found & classes.bits("article short") > 0).tolist()
    [True, False]
    """

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self._words = words
        self._bits = {name: 1 << place for place, name in enumerate(words)}

    def bits(self, names: str) -> np.uint32:
        """Return the bits of the classes named."""
        return np.uint32(sum(self._bits[name] for name in names.split()))

    def of(self, hashes: np.ndarray) -> np.ndarray:
        """Return the classes each hash is in, as bits."""
        groups, classes = self._listed
        index, group = groups.find(hashes)
        found = np.zeros(len(hashes), np.uint32)
        found[index] = classes[group]
        return found

    @cached_property
    def _listed(self) -> tuple[Groups, np.ndarray]:
        """The hashes of all words, and the classes of each."""
        bits: dict[str, int] = {}
        for name, words in self._words.items():
            for word in words:
                bits[word] = bits.get(word, 0) | self._bits[name]
        groups = Groups(np.array([word_hash(word) for word in bits], np.uint64))
        return groups, np.array(list(bits.values()), np.uint32)[groups.order]


def distinct(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where different hashes stand, few of them twice, and for each which of these it is.

    Examples
    --------
    >>> hashes = np.array([word_hash(word) for word in ("a", "hill", "a")])
    >>> [column.tolist() for column in distinct(hashes)]
    [[1, 2], [1, 0, 1]]
    """
    place = np.arange(len(hashes))
    slots = (hashes >> np.uint64(48)).view(np.int64)
    last = np.zeros(1 << 16, np.int64)
    last[slots] = place
    found = pick(last, slots)
    found = np.where(pick(hashes, found) == hashes, found, place)
    chosen = found == place
    return np.flatnonzero(chosen), pick(chosen.cumsum() - 1, found)


def pick(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the values at places that are all inside, in two thirds of the time of an index."""
    return values.take(places, mode="wrap")


def ranges(begin: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the index of a range and a number in it, for all numbers of all ranges.

    Examples
    --------
    >>> [column.tolist() for column in ranges(np.array([3, 8]), np.array([2, 1]))]
    [[0, 0, 1], [3, 4, 8]]
    """
    total = np.cumsum(count)
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) + (begin + count - total)[owner]


@cache
def hashed(words: frozenset[str]) -> Groups:
    """Return folded words by their hash."""
    return Groups(np.array([word_hash(word) for word in words], np.uint64))
