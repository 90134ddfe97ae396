"""Hashes found again among others."""

from __future__ import annotations

import numpy as np
import pytest

from framing.text.hashes import Groups, distinct, ranges


def like_a_dictionary(keys: list[int], asked: list[int]) -> bool:
    """Whether every hash asked for gives the places a dictionary gives."""
    groups = Groups(np.array(keys, np.uint64))
    hashes = np.array(asked, np.uint64)
    index, group = groups.find(hashes)
    owner, place = ranges(groups.begin[group], groups.count[group])
    found: dict[int, list[int]] = {}
    for at, key in zip(index[owner].tolist(), groups.order[place].tolist(), strict=True):
        found.setdefault(at, []).append(key)
    expected = {
        at: places
        for at, one in enumerate(asked)
        if (places := [number for number, key in enumerate(keys) if key == one])
    }
    return found == expected and np.flatnonzero(groups.has(hashes)).tolist() == [*expected]


@pytest.mark.parametrize("count", [0, 1, 2, 50, 3000])
def test_what_is_found_is_what_a_dictionary_finds(count: int) -> None:
    draw = np.random.default_rng(count)
    keys = draw.integers(0, 2 * count + 1, count).tolist()
    assert like_a_dictionary(keys, draw.integers(0, 3 * count + 1, 200).tolist())


@pytest.mark.parametrize("top", [0, 2**63, 2**64 - 40])
def test_hashes_that_share_their_first_bits_are_told_apart(top: int) -> None:
    crowd = [top + step for step in range(40)]
    assert like_a_dictionary(crowd[::3], crowd)


@pytest.mark.parametrize("top", [0, 2**63, 2**64 - 40])
@pytest.mark.parametrize("count", [0, 1, 200])
def test_each_hash_is_one_of_the_distinct_ones(count: int, top: int) -> None:
    steps = np.random.default_rng(count).integers(0, 40, count).astype(np.uint64)
    hashes = np.uint64(top) + steps
    chosen, which = distinct(hashes)
    assert hashes[chosen][which].tolist() == hashes.tolist()
    assert set(which.tolist()) == set(range(len(chosen)))
