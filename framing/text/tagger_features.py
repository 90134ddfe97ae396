"""What the fitted tagger of attributions sees of each word, as arrays over all words at once.

Two views: `columns`, categories of a word and its surroundings for the first, linear pass, and
`measurements`, numbers for the later passes, which also see what the pass before thought of all
words of the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from framing.text import clauses as cl
from framing.text.document import Reading
from framing.text.quotation import find_quotations
from framing.text.voices import Span, VoiceMap

Array = np.ndarray[Any, Any]
Column = tuple[Array, int]  # the category of each word, and the number of categories

LEXICON = "report_verbs"
SIZES = {"word": 13000, "ending": 1500, "gap": 80, "cue": 40}
VOICES = ("outlet", "direct", "indirect", "scare", "title", "boilerplate")
PERSONS = (
    cl._set("i we me us my our mine ours myself ourselves let's"),
    cl._set("you your yours yourself"),
    cl._set("he she they him her them his their its it"),
)
CLASSES = (
    *PERSONS, cl.BE, cl.HAVE, cl.MODALS, cl.DO, cl.NEGATIONS, cl.COMPLEMENTISERS, cl.CONJUNCTIONS,
    cl.RELATIVES, cl.PREPOSITIONS, cl.DETERMINERS, cl.PRESENT, cl.PAST, cl.ADVERBS, cl.TIMES,
    cl.DAYS,
)  # fmt: skip
N_CLASSES = len(CLASSES) + 1
STEPS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30)
N_STEPS = len(STEPS) + 1
STRAIGHT = str.maketrans("“”„’‘\u00a0–—", '"""\'\' --')
TASKS = ("content", "cue", "speaker", "begin")


class Marked(NamedTuple):
    """The words of one text with what the rules found: strings and small numbers a word."""

    words: list[str]
    gaps: list[str]
    cues: list[str]
    numbers: dict[str, Array]


def words_in(starts: Array, span: Span) -> slice:
    """Return the words that begin in a span."""
    low, high = np.searchsorted(starts, span)
    return slice(int(low), int(high))


def mark(reading: Reading, voices: VoiceMap) -> Marked:
    """Return the words of a text, marked with its quotations and what the rules found."""
    text, count = reading.text, reading.n_words
    starts = np.array(reading.starts, np.int64)
    names = ("sentence", "paragraph", "shape", "quote", "length", "rule", "voice", "role")
    numbers = {name: np.zeros(count, np.int64) for name in names}
    for number, (low, high) in enumerate(reading.sentence_words):
        numbers["sentence"][low:high] = number
    edges = np.array([start for start, _ in reading.paragraphs], np.int64)
    numbers["paragraph"] = np.searchsorted(edges, starts, side="right")
    pairs = zip(reading.starts, reading.ends, reading.capitals, strict=True)
    numbers["shape"] = np.array([_shape(text[a:b], c) for a, b, c in pairs], np.int64)
    _mark_quotations(reading, starts, numbers)
    _mark_voices(voices, starts, numbers)
    cues = [""] * count
    for match in reading.matches(LEXICON):
        name = f"{match.entry.label}/{match.entry.extra['kind']}"
        cues[match.first : match.last + 1] = [name] * (match.last + 1 - match.first)
    bounds = zip([0, *reading.ends[:-1]], reading.starts, strict=False)
    gaps = [_gap(text[a:b]) for a, b in bounds]
    return Marked(list(reading.folded), gaps, cues, numbers)


def _mark_quotations(reading: Reading, starts: Array, numbers: Mapping[str, Array]) -> None:
    quote = numbers["quote"]
    for quotation in find_quotations(reading):
        place = words_in(starts, (quotation.start, quotation.end))
        if quotation.depth:
            quote[place] = 4
        elif place.start < place.stop:
            quote[place] = 1
            quote[place.start], quote[place.stop - 1] = 2, 3
            numbers["length"][place] = min(place.stop - place.start, 40)


def _mark_voices(voices: VoiceMap, starts: Array, numbers: Mapping[str, Array]) -> None:
    for low, high, voice in voices.runs:
        numbers["voice"][words_in(starts, (low, high))] = VOICES.index(voice)
    places = [words_in(starts, span) for one in voices.attributions for span in one.content]
    rule, role = numbers["rule"], numbers["role"]
    for place in places:
        rule[place] = 2
    for place in places:
        if place.start < place.stop:
            rule[place.start], rule[place.stop - 1] = 1, 3
    for one in voices.attributions:
        if one.speaker:
            place = words_in(starts, one.speaker)
            role[place] = np.maximum(role[place], 1)
        if one.cue:
            role[words_in(starts, one.cue)] = 2


def _shape(word: str, capital: int) -> int:
    if capital:
        return 2 if len(word) > 1 and word.isupper() else 1
    return 3 if word[0].isdigit() else 0


def _gap(gap: str) -> str:
    if gap == " ":
        return gap
    line = "\n" if "\n" in gap else ""
    plain = gap.translate(STRAIGHT).replace("''", '"').replace("``", '"').replace("--", "-")
    return (re.sub(r"\s+", " ", plain.strip() if line else plain) + line)[:6]


def _ending(word: str) -> str:
    return word[-3:] if len(word) > 4 else ""


def vocabulary(texts: Sequence[Marked]) -> dict[str, list[str]]:
    """Return the most frequent words, endings, gaps and kinds of cue."""
    found: dict[str, Iterable[str]] = {
        "word": chain.from_iterable(text.words for text in texts),
        "ending": (_ending(word) for text in texts for word in text.words),
        "gap": chain.from_iterable(text.gaps for text in texts),
        "cue": (cue for text in texts for cue in text.cues if cue),
    }
    return {
        name: [value for value, _ in Counter(values).most_common(SIZES[name])]
        for name, values in found.items()
    }


class Table:
    """The words of some texts, one below the other, as numbers.

    Attributes
    ----------
    size : int
        Number of words.
    text, sentence : array
        Number of the text and of the sentence of each word.
    first, last : array
        First and last word of the sentence each word stands in.
    ids : dict
        Category of each word by name: word, ending, gap, cue, class, shape, quote and so on.
    """

    def __init__(self, texts: Sequence[Marked], vocabulary: Mapping[str, Sequence[str]]) -> None:
        counts = [len(text.words) for text in texts]
        self.size = sum(counts)
        self.text = np.repeat(np.arange(len(texts)), counts)
        self.index = np.arange(self.size)
        self.ids: dict[str, Array] = {
            name: np.concatenate([text.numbers[name] for text in texts])
            for name in ("shape", "quote", "length", "rule", "voice", "role")
        }
        words = [word for text in texts for word in text.words]
        values = {
            "word": words,
            "ending": [_ending(word) for word in words],
            "gap": [gap for text in texts for gap in text.gaps],
            "cue": [cue for text in texts for cue in text.cues],
        }
        for name, given in values.items():
            known = {value: number for number, value in enumerate(vocabulary[name], 1)}
            self.ids[name] = np.array([known.get(value, 0) for value in given], np.int64)
        self.sizes = {name: len(vocabulary[name]) + 1 for name in values} | {
            "shape": 4, "quote": 5, "rule": 4, "voice": 6, "role": 3, "class": N_CLASSES,
        }  # fmt: skip
        self._classes(vocabulary["word"])
        self._stretches(texts, [chr(0), *vocabulary["gap"]])

    def _classes(self, words: Sequence[str]) -> None:
        """Give each word its first closed class; note the grammatical persons."""
        kinds = [next((i for i, c in enumerate(CLASSES, 1) if w in c), 0) for w in words]
        self.ids["class"] = np.array([0, *kinds], np.int64)[self.ids["word"]]
        self.persons = [self.ids["class"] == number for number in range(1, len(PERSONS) + 1)]

    def _stretches(self, texts: Sequence[Marked], gaps: Sequence[str]) -> None:
        """Find the sentences, and the segments between commas and dashes."""
        new = np.ones(self.size, bool)
        parts = [text.numbers["sentence"] for text in texts]
        numbers = np.concatenate(parts)
        new[1:] = (numbers[1:] != numbers[:-1]) | (self.text[1:] != self.text[:-1])
        self.sentence = np.cumsum(new) - 1
        heads = np.flatnonzero(new)
        tails = np.append(heads[1:], self.size) - 1
        self.first, self.last = heads[self.sentence], tails[self.sentence]
        paragraphs = np.concatenate([text.numbers["paragraph"] for text in texts])
        self.owner, self.paragraph = self.text[heads], paragraphs[heads]  # of each sentence
        breaking = np.array([bool(set(gap) & set(",-;:()")) for gap in gaps])[self.ids["gap"]]
        quoting = np.array(['"' in gap for gap in gaps])[self.ids["gap"]]
        self.commas, self.marks = np.cumsum(breaking), np.cumsum(quoting)
        self.opens = breaking | new
        self.segment = np.cumsum(self.opens) - 1
        self.head = np.flatnonzero(self.opens)[self.segment]

    def shift(self, values: Array, by: int) -> Array:
        """Return the value `by` words on, 0 outside the text."""
        if by == 0:
            return values
        out = np.zeros_like(values)
        if abs(by) >= self.size:
            return out
        near, far = (slice(None, -by), slice(by, None)) if by > 0 else (
            slice(-by, None), slice(None, by)
        )  # fmt: skip
        same = self.text[near] == self.text[far]
        out[near] = np.where(same, values[far], 0)
        return out

    def at(self, name: str, by: int = 0) -> Column:
        """Return the category of the word `by` words on."""
        return self.shift(self.ids[name], by), self.sizes[name]

    def nearest(self, wanted: Array, left: bool) -> Array:
        """Return the nearest wanted word of the sentence on one side, or -1."""
        if left:
            place = np.maximum.accumulate(np.where(wanted, self.index, -1))
            return np.where(place >= self.first, place, -1)
        place = np.where(wanted, self.index, self.size)[::-1]
        place = np.append(np.minimum.accumulate(place)[::-1][1:], self.size)
        return np.where(place <= self.last, place, -1)

    def neighbour(self, values: Array, by: int) -> Array:
        """Return of each sentence the value of the one `by` on, -1 outside the text."""
        out = np.full(len(values), -1, values.dtype)
        if abs(by) < len(values):
            near, far = (slice(None, -by), slice(by, None)) if by > 0 else (
                slice(-by, None), slice(None, by)
            )  # fmt: skip
            out[near] = np.where(self.owner[near] == self.owner[far], values[far], -1)
        return out


def steps(distance: Array) -> Column:
    """Return distances in words as steps that grow."""
    return np.digitize(distance, STEPS), N_STEPS


def cross(*columns: Column) -> Column:
    """Return the combinations of some categories as categories."""
    ids, size = np.zeros_like(columns[0][0]), 1
    for values, count in columns:
        ids, size = ids * count + np.minimum(values, count - 1), size * count
    return ids, size


def columns(table: Table) -> list[Column]:
    """Return the categories of each word for the first pass."""
    at, index = table.at, table.index
    found = [at("word", by) for by in range(-6, 7)]
    for by in range(-2, 3):
        found += [
            at("ending", by), cross(at("shape", by), at("class", by)), at("cue", by),
            cross(at("rule", by), at("quote", by)), cross(at("voice", by), at("role", by)),
        ]  # fmt: skip
    found += [at("gap", by) for by in range(-2, 4)]
    found += [cross(at("gap"), at("class")), cross(at("gap", 1), at("class", 1))]
    found.append(cross(at("rule", -1), at("rule"), at("rule", 1), at("voice")))
    found.append(cross(at("quote"), steps(table.ids["length"]), at("voice")))
    found += [steps(index - table.first), steps(table.last - index)]
    found.append(cross(steps(table.last - table.first), at("voice")))
    word, kind, count = table.ids["word"], table.ids["class"], table.sizes["word"]
    second = np.minimum(table.first + 1, table.last)
    found += [(word[table.first], count), (word[second], count), (word[table.head], count)]
    found.append(cross((kind[table.head], N_CLASSES), steps(index - table.head)))
    found.append((kind[np.minimum(table.head + 1, table.last)], N_CLASSES))
    for person in table.persons:
        told = np.bincount(table.sentence, person)[table.sentence].astype(np.int64)
        found.append(cross((told, 4), at("voice")))
    return found + _neighbours(table)


def _neighbours(table: Table) -> list[Column]:
    """Return how much of this sentence and of those around it the rules give to somebody."""
    given = np.bincount(table.sentence, table.ids["voice"] > 0)
    share = given / np.maximum(np.bincount(table.sentence), 1)
    state = np.digitize(share, [1e-9, 0.5, 0.95])
    around = {}
    for by in (-2, -1, 1):
        same = table.neighbour(table.paragraph, by) == table.paragraph
        around[by] = np.where(table.neighbour(state, by) < 0, 0, 1 + table.neighbour(state, by))
        around[by] = (around[by] + 4 * (same & (around[by] > 0)))[table.sentence]
    own = state[table.sentence]
    counts = np.maximum(np.bincount(table.text), 1)
    whole = np.bincount(table.text, table.ids["voice"] > 0) / counts
    return [
        cross((around[-1], 9), (around[1], 9), (own, 4)), cross((around[-1], 9), (around[-2], 9)),
        (np.digitize(whole, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])[table.text], 7),
    ]  # fmt: skip
