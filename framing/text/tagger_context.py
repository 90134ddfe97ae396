"""What the later passes of the fitted tagger see: what the pass before thought, near and far."""

from __future__ import annotations

import numpy as np

from framing.text.tagger_features import N_CLASSES, TASKS, Array, Table

STRONG = (("cue", 0.2), ("cue", 0.5), ("speaker", 0.4), ("begin", 0.3))
SHOWN = (
    ("gap", 12, (-2, -1, 0, 1, 2, 3)), ("class", N_CLASSES, (-2, -1, 0, 1, 2)),
    ("shape", 4, (-1, 0, 1)), ("rule", 4, (-1, 0, 1)), ("voice", 6, (-1, 0, 1)),
    ("quote", 5, (-1, 0, 1)), ("role", 3, (-1, 0, 1)),
)  # fmt: skip


def measurements(table: Table, thought: Array, embedding: Array) -> Array:
    """Return numbers for each word.

    Parameters
    ----------
    table : Table
    thought : array of shape (words, 4)
        Probability of each of `TASKS` by the pass before.
    embedding : array
        A row of numbers for each word of the vocabulary.
    """
    odds = np.clip(thought, 1e-4, 1 - 1e-4)
    odds = np.log(odds / (1 - odds))
    found: list[Array] = [table.shift(odds[:, 0], by) for by in range(-6, 7)]
    for task in range(1, len(TASKS)):
        found += [table.shift(odds[:, task], by) for by in range(-4, 5)]
    found += _sentences(table, thought) + _segments(table, thought, odds[:, 0])
    found += _windows(table, odds[:, 0]) + _landmarks(table, thought, odds[:, 0])
    found += [
        np.minimum(table.index - table.first, 60), np.minimum(table.last - table.index, 60),
        np.minimum(table.last - table.first, 80), table.ids["length"],
    ]  # fmt: skip
    blocks = [np.column_stack(found).astype(np.float32)]
    for name, size, places in SHOWN:
        hot = np.eye(size, dtype=np.float32)
        ids = np.minimum(table.ids[name], size - 1)
        blocks += [hot[table.shift(ids, by)] for by in places]
    blocks += [embedding[table.shift(table.ids["word"], by)] for by in range(-3, 4)]
    return np.hstack(blocks)


def _sentences(table: Table, thought: Array) -> list[Array]:
    """Mean and highest probability in this sentence and in those around."""
    found, count = [], np.bincount(table.sentence)
    for task, name in enumerate(TASKS):
        mean = np.bincount(table.sentence, thought[:, task]) / count
        highest = np.zeros(len(count))
        np.maximum.at(highest, table.sentence, thought[:, task])
        found += [mean[table.sentence], highest[table.sentence]]
        if name != "begin":
            near = [table.neighbour(mean, by) for by in (-2, -1, 1, 2)]
            found += [values[table.sentence] for values in near]
    ruled = np.bincount(table.sentence, table.ids["voice"] > 0) / count
    texts = np.maximum(np.bincount(table.text), 1)
    whole = np.bincount(table.text, thought[:, 0]) / texts
    return [*found, ruled[table.sentence], whole[table.text]]


def _segments(table: Table, thought: Array, odds: Array) -> list[Array]:
    """The same between commas and dashes, and where in its segment the word stands."""
    segment, heads = table.segment, np.flatnonzero(table.opens)
    count = np.bincount(segment)
    mean = np.bincount(segment, odds) / count
    found = [mean[segment]]
    same = table.sentence[heads[1:]] == table.sentence[heads[:-1]]
    after, before = np.full(len(heads), -5.0), np.full(len(heads), -5.0)
    after[:-1], before[1:] = np.where(same, mean[1:], -5.0), np.where(same, mean[:-1], -5.0)
    found += [before[segment], after[segment]]
    for task in range(1, len(TASKS)):
        highest = np.zeros(len(heads))
        np.maximum.at(highest, segment, thought[:, task])
        found.append(highest[segment])
    return [*found, np.minimum(table.index - table.head, 20), np.minimum(count, 30)[segment]]


def _windows(table: Table, odds: Array) -> list[Array]:
    """Mean log odds of content over the words before and behind."""
    total, index, found = np.append(0.0, np.cumsum(odds)), table.index, []
    for width in (3, 8, 15, table.size):
        low = np.maximum(index - width, table.first)
        high = np.minimum(index + width, table.last)
        found.append((total[index + 1] - total[low]) / (index + 1 - low))
        found.append((total[high + 1] - total[index]) / (high + 1 - index))
    return found


def _landmarks(table: Table, thought: Array, odds: Array) -> list[Array]:
    """How far the nearest cue, speaker or beginning is on each side, and what lies between."""
    found: list[Array] = []
    total, index = np.append(0.0, np.cumsum(odds)), table.index
    for name, least in STRONG:
        chance = thought[:, TASKS.index(name)]
        for left in (True, False):
            place = table.nearest(chance > least, left)
            known = place >= 0
            there = np.where(known, place, 0)
            low, high = np.minimum(there, index), np.maximum(there, index)
            between = (total[high + 1] - total[low]) / (high - low + 1)
            for values, missing in (
                (np.minimum(high - low, 40), 99), (table.commas[high] - table.commas[low], 9),
                (table.marks[high] - table.marks[low], 9), (chance[there], -1), (between, -9),
                (table.shift(odds, 1)[there], -9), (table.shift(odds, -1)[there], -9),
            ):  # fmt: skip
                found.append(np.where(known, values, missing))
    return found
