"""Features of the attribution tagger: whole numbers, one row a word, made on arrays."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np

from framing.text import clauses as cl
from framing.text.document import Reading
from framing.text.quotation import find_quotations
from framing.text.voices import Span, VoiceMap

BITS = 18
GAPS = (",", ":", ";", "—", "–", "--", " - ", "(", ")", '"', "“", "”", "''", "?", "!", ".", "-")
OUT, INDIRECT, DIRECT, CUE, SPEAKER = range(5)  # what the rules say of a word
FAR = 99


class Words(NamedTuple):
    """The words of a text as arrays of whole numbers, shape (n_words,)."""

    code: np.ndarray
    ending: np.ndarray
    part: np.ndarray
    gap: np.ndarray
    behind: np.ndarray
    quoted: np.ndarray
    sentence: np.ndarray
    first: np.ndarray
    last: np.ndarray
    rule: np.ndarray
    cue: np.ndarray
    finite: np.ndarray


def code_of(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def covered(reading: Reading, spans: Iterable[Span]) -> np.ndarray:
    """Return which words begin inside the spans, shape (n_words,)."""
    starts = np.array(reading.starts, np.int64)
    inside = np.zeros(len(starts), np.int64)
    for start, end in spans:
        inside[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = 1
    return inside


def words_of(reading: Reading, rules: VoiceMap, cues: Collection[str]) -> Words:
    """Describe the words of a text.

    Parameters
    ----------
    reading : Reading
    rules : VoiceMap
        The voices found by rule.
    cues : collection of str
        Words that give words to somebody, learnt from marked texts.
    """
    text, folded = reading.text, reading.folded
    edges = zip([0, *reading.ends], [*reading.starts, len(text)], strict=True)
    gaps = np.array([_gap(text[start:end]) for start, end in edges], np.int64)
    quotations = [(q.start, q.end) for q in find_quotations(reading) if q.depth == 0]
    opens = np.array([start for start, _ in reading.sentences], np.int64)
    sentence = np.searchsorted(opens, np.array(reading.starts, np.int64), side="right") - 1
    quoted = covered(reading, quotations)
    rule = np.where(covered(reading, (s for one in rules.attributions for s in one.content)),
                    np.where(quoted, DIRECT, INDIRECT), OUT)  # fmt: skip
    for state, spans in (
        (CUE, [one.cue for one in rules.attributions if one.cue]),
        (SPEAKER, [one.speaker for one in rules.attributions if one.speaker]),
    ):
        rule = np.where((rule == OUT) & (covered(reading, spans) > 0), state, rule)
    capitals = np.array(reading.capitals, np.int64)
    return Words(
        np.array([code_of(word) for word in folded], np.int64),
        np.array([code_of(word[-3:] + "#") for word in folded], np.int64),
        np.array([_part(word) for word in folded], np.int64) + 20 * capitals,
        gaps[:-1], gaps[1:], quoted, sentence,
        np.searchsorted(sentence, sentence, side="left"),
        np.searchsorted(sentence, sentence, side="right") - 1,
        rule,
        np.array([word in cues for word in folded], np.int64),
        np.array([cl.is_finite(word) for word in folded], np.int64),
    )  # fmt: skip


def _gap(gap: str) -> int:
    if gap == " ":
        return 0
    if "\n" in gap:
        return 1
    return next((2 + place for place, mark in enumerate(GAPS) if mark in gap), 25)


def _part(word: str) -> int:
    """Return a coarse part of speech from closed classes and endings."""
    classes = (
        cl.CONJUNCTIONS, cl.RELATIVES, cl.COMPLEMENTISERS, cl.PREPOSITIONS, cl.DETERMINING,
        cl.PRONOUNS, cl.MODALS, cl.AUXILIARIES, cl.NEGATIONS,
    )  # fmt: skip
    for number, members in enumerate(classes, 1):
        if word in members:
            return number
    if word.isdigit():
        return 10
    if word in cl.PAST:
        return 11
    return next(
        (11 + k for k, end in enumerate(("ed", "ing", "ly", "s")) if word.endswith(end)), 15
    )


def features(words: Words) -> np.ndarray:
    """Return hashed features.

    Parameters
    ----------
    words : Words

    Returns
    -------
    numpy.ndarray of int32, shape (n_words, n_features)
        Columns of a space of 2**18; each feature is the hash of its place in the list and its
        value.
    """
    count = len(words.code)
    if not count:
        return np.empty((0, 0), np.int32)
    columns = [*_local(words), *_of_the_sentence(words), *_around_cues(words)]
    mask = np.uint64((1 << BITS) - 1)
    seeds = (np.full(count, 1000 + 7919 * place) for place in range(len(columns)))
    hashed = [mix(column, seed) & mask for column, seed in zip(columns, seeds, strict=True)]
    return np.stack(hashed, 1).astype(np.int32)


def mix(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a hash of two columns of whole numbers."""
    left = a.astype(np.uint64) * np.uint64(2654435761)
    right = b.astype(np.uint64) * np.uint64(40503) + np.uint64(0x9E3779B9)
    mixed = (left ^ right) & np.uint64(0xFFFFFFFF)
    return mixed ^ (mixed >> np.uint64(15))


def _shifted(column: np.ndarray, by: int) -> np.ndarray:
    """Return what stands `by` words before; 0 outside the text."""
    moved = np.zeros_like(column)
    if by > 0:
        moved[by:] = column[:-by]
    else:
        moved[:by] = column[-by:]
    return moved


def _bucket(distance: np.ndarray) -> np.ndarray:
    return np.minimum(np.floor(np.log2(np.abs(distance) + 1) * 2), 15).astype(np.int64)


def _local(words: Words) -> list[np.ndarray]:
    """The word with its neighbours, its gaps, its part of speech, and what the rules say."""
    w, rule, gap, behind, part = words.code, words.rule, words.gap, words.behind, words.part
    before, after = _shifted(w, 1), _shifted(w, -1)
    part_before, part_after = _shifted(part, 1), _shifted(part, -1)
    rule_before, rule_after = _shifted(rule, 1), _shifted(rule, -1)
    pair = mix(part_before, part)
    return [
        np.zeros_like(w), w, before, after, _shifted(w, 2), _shifted(w, -2), mix(before, w),
        mix(w, after), words.ending, _shifted(words.ending, 1), _shifted(words.ending, -1),
        part, pair, mix(part, part_after), mix(pair, part_after),
        mix(mix(_shifted(part, 2), part_before), part),
        rule, mix(rule, rule_before), mix(rule, rule_after),
        mix(_shifted(rule, 2), _shifted(rule, -2)), mix(rule, words.quoted), mix(rule, gap),
        mix(rule, behind), mix(rule, w), gap, behind, mix(gap, w), mix(behind, w), words.quoted,
        mix(words.quoted, _shifted(words.quoted, 1)),
    ]  # fmt: skip


def _of_the_sentence(words: Words) -> list[np.ndarray]:
    """How much of the sentence and of the one before is attributed by rule; its first words."""
    inside = (words.rule == INDIRECT) | (words.rule == DIRECT)
    size = np.bincount(words.sentence)
    share = (4 * np.bincount(words.sentence, inside) / np.maximum(size, 1)).astype(np.int64)
    here, before = share[words.sentence], _shifted(share, 1)[words.sentence]
    place = np.arange(len(words.code))
    second = np.minimum(words.first + 1, len(place) - 1)
    return [
        mix(here, words.rule), mix(before, here), mix(_bucket(place - words.first), here),
        mix(_bucket(words.last - place), here), mix(words.code[words.first], words.rule),
        mix(words.code[second], words.rule),
    ]  # fmt: skip


def _around_cues(words: Words) -> list[np.ndarray]:
    """The nearest cues, breaks, `that` and `to` on both sides, with what lies between."""
    that = np.isin(words.code, [code_of(word) for word in ("that", "whether", "if", "how")])
    found: list[np.ndarray] = []
    for number, flag in enumerate((
        words.cue > 0, words.rule == CUE, words.gap > 0, words.rule == SPEAKER, that,
        words.code == code_of("to"),
    )):  # fmt: skip
        left, right = _nearest(flag, words)
        place = np.arange(len(flag))
        to_left = _bucket(np.where(left >= 0, place - left, FAR))
        to_right = _bucket(np.where(right >= 0, right - place, FAR))
        found += [mix(to_left, place * 0 + 1), mix(to_right, place * 0 + 2),
                  mix(mix(to_left, to_right), words.rule)]  # fmt: skip
        if number < 3:
            found += _side(words, left, to_left) + _side(words, right, to_right)
    return found


def _side(words: Words, nearest: np.ndarray, distance: np.ndarray) -> list[np.ndarray]:
    """One cue seen from each word: itself, its neighbours, breaks and verbs in between."""
    place = np.maximum(nearest, 0)
    cue = np.where(nearest >= 0, words.code[place], 1)
    around = [np.clip(place + step, 0, len(place) - 1) for step in (-1, 1)]
    breaks = _between(words.gap > 0, nearest)
    verbs = _between(words.finite > 0, nearest)
    seen = mix(cue, breaks)
    return [
        seen, mix(seen, distance), mix(seen, words.rule), mix(seen, verbs), mix(seen, words.part),
        mix(seen, words.code), mix(breaks, verbs),
        *(mix(seen, words.code[near]) for near in around),
        *(mix(mix(seen, words.part[near]), verbs) for near in around),
    ]  # fmt: skip


def _between(flag: np.ndarray, nearest: np.ndarray) -> np.ndarray:
    """Return how many flags lie between each word and its cue, at most 4; 9 without a cue."""
    running = np.cumsum(flag)
    return np.where(
        nearest >= 0, np.minimum(np.abs(running - running[np.maximum(nearest, 0)]), 4), 9
    )


def _nearest(flag: np.ndarray, words: Words) -> tuple[np.ndarray, np.ndarray]:
    """Return the flagged words nearest to the left and right in the sentence, -1 for none."""
    place = np.arange(len(flag))
    left = np.maximum.accumulate(np.where(flag, place, -1))
    right = np.minimum.accumulate(np.where(flag, place, 2 * len(flag))[::-1])[::-1]
    return np.where(left >= words.first, left, -1), np.where(right <= words.last, right, -1)
