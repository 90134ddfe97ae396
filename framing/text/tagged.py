"""Rules and tagger joined: words tagged as content become attributions with cue and speaker.

An attribution of the rules keeps its cue and its speaker and is cut or extended to the tagged
words. Tagged words no rule has claimed get the best cue of their sentence and its subject.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from framing.text.clauses import Unit
from framing.text.document import Reading
from framing.text.nouns import group_before, noun_before
from framing.text.quotation import Quotation, find_quotations
from framing.text.speakers import Cast
from framing.text.tagger_features import Array, words_in
from framing.text.voices import Attribution, Piece, Span, VoiceMap, paint

Range = tuple[int, int]
LIKELY = 0.2  # least probability of a cue or a speaker
BEGINS = 0.5  # least probability of a word to begin new content behind other content
KEPT = 0.25  # least share of a rule's words that are tagged
SHORTEST = 2
UNOWNED = ("scare", "title", "boilerplate")


def join(reading: Reading, rules: VoiceMap, chances: Array, threshold: float) -> VoiceMap:
    """Return the voices of a text by the tagger, with what the rules know of cue and speaker.

    Parameters
    ----------
    reading : Reading
    rules : VoiceMap
    chances : array of shape (words, 4)
        Probability of each word to be content, cue, speaker, begin of content.
    threshold : float
    """
    quotations = [one for one in find_quotations(reading) if one.depth == 0]
    joiner = _Joiner(reading, quotations, chances, smooth(chances[:, 0], threshold))
    found = joiner.attributions(rules)
    pieces: list[Piece] = [(*span, voice, None) for *span, voice in rules.runs if voice in UNOWNED]  # type: ignore[misc]
    for one in found:
        for start, end in one.content:
            pieces.append((start, end, "direct" if joiner.quoted(start) else "indirect", one))
    return VoiceMap(len(reading.text), paint(pieces), found)


def smooth(chance: Array, threshold: float, price: float = 0.5) -> Array:
    """Return which words are content, where every change between yes and no has its price.

    Examples
    --------
    >>> smooth(np.array([0.9, 0.9, 0.45, 0.9, 0.1]), 0.5).tolist()
    [True, True, True, True, False]
    """
    clipped = np.clip(chance, 1e-6, 1 - 1e-6)
    gains = (np.log(clipped / (1 - clipped)) - np.log(threshold / (1 - threshold))).tolist()
    no, yes = 0.0, 0.0
    came: list[tuple[bool, bool]] = []
    for gain in gains:
        came.append((yes - price > no, yes >= no - price))
        no, yes = max(no, yes - price), max(yes, no - price) + gain
    state, states = yes > no, []
    for from_yes in reversed(came):
        states.append(state)
        state = from_yes[int(state)]
    return np.array(states[::-1], bool)


class _Joiner:
    """The tagged words of one text, on their way to attributions."""

    def __init__(
        self, reading: Reading, quotations: Sequence[Quotation], chances: Array, tagged: Array
    ) -> None:
        self.reading, self.chances, self.tagged = reading, chances, tagged
        self.quotations = quotations
        self._opens = [quotation.start for quotation in quotations]
        self.starts = np.array(reading.starts, np.int64)
        self.quote = np.full(len(tagged), -1)
        for number, quotation in enumerate(quotations):
            self.quote[words_in(self.starts, (quotation.start, quotation.end))] = number
        self.sentence = np.zeros(len(tagged), np.int64)
        for number, (low, high) in enumerate(reading.sentence_words):
            self.sentence[low:high] = number
        self.cast = Cast(reading, quotations)

    def quoted(self, offset: int) -> bool:
        index = bisect_right(self._opens, offset) - 1
        return index >= 0 and offset < self.quotations[index].end

    def attributions(self, rules: VoiceMap) -> list[Attribution]:
        """Return the attributions in the order of the text."""
        ruled = [(one, self._words(one)) for one in rules.attributions]
        kept = [
            (one, words & self.tagged)
            for one, words in ruled
            if (words & self.tagged).sum() >= max(KEPT * words.sum(), 1)
        ]
        claimed = np.zeros(len(self.tagged), bool)
        for _, words in kept:
            claimed |= words
        fresh = []
        for low, high in self._loose(claimed):
            if not self._extend(kept, low, high) and high - low >= SHORTEST:
                fresh.append((low, high))
        made = [(one, self._pieces(words, one.content)) for one, words in kept]
        made += [(None, self._cut(low, high)) for low, high in fresh]  # type: ignore[misc]
        made.sort(key=lambda item: item[1][0])
        return [self._with_speaker(one, pieces) for one, pieces in made]

    def _words(self, one: Attribution) -> Array:
        words = np.zeros(len(self.tagged), bool)
        for span in one.content:
            words[words_in(self.starts, span)] = True
        return words

    def _loose(self, claimed: Array) -> Iterator[Range]:
        """Yield the tagged words no rule has claimed, in runs within a sentence."""
        loose = self.tagged & ~claimed
        new = np.ones(len(loose), bool)
        new[1:] = ~loose[:-1] | (
            (self.sentence[1:] != self.sentence[:-1]) & (self.chances[1:, 3] > 0.2)
        )
        edges = np.flatnonzero(np.diff(np.append(loose, False).astype(np.int8)) == -1)
        heads = np.flatnonzero(loose & new)
        for number, low in enumerate(heads.tolist()):
            high = int(edges[bisect_left(edges, low)]) + 1
            yield low, min([high, *heads[number + 1 : number + 2].tolist()])

    def _extend(self, kept: list[tuple[Attribution, Array]], low: int, high: int) -> bool:
        """Give words to the attribution they touch in their sentence, unless they begin anew."""
        near = [i for i in (low - 1, high) if 0 <= i < len(self.tagged)]
        for place in near:
            inner = low if place < low else high - 1
            if self.sentence[place] != self.sentence[inner]:
                continue
            begins = self.chances[high if place == high else low, 3]
            if begins > BEGINS:
                continue
            for _, words in kept:
                if words[place]:
                    words[low:high] = True
                    return True
        return False

    def _pieces(self, words: Array, old: Sequence[Span]) -> tuple[Span, ...]:
        """Return runs of words as spans; where an edge stays, it stays to the letter."""
        edges = np.flatnonzero(np.diff(np.concatenate(([0], words.astype(np.int8), [0]))))
        found: list[Span] = []
        for low, high in edges.reshape(-1, 2).tolist():
            found += self._cut(low, high, old)
        return tuple(found)

    def _cut(self, low: int, high: int, old: Sequence[Span] = ()) -> tuple[Span, ...]:
        """Cut a run of words where a quotation, or a piece of the rules, begins or ends."""
        reading, found, first = self.reading, [], low
        begins = {bisect_left(reading.starts, start): start for start, _ in old}
        ends = {bisect_left(reading.starts, end): end for _, end in old}
        for index in range(low + 1, high + 1):
            within = index < high and self.quote[index] == self.quote[index - 1]
            if within and index not in begins and index not in ends:
                continue
            start = begins.get(first, reading.starts[first])
            found.append((start, ends.get(index, self._closed(index - 1))))
            first = index
        return tuple(found)

    def _closed(self, last: int) -> int:
        """Return where a piece ends: behind the stop at the end of a quotation."""
        end = self.reading.ends[last]
        if self.quote[last] >= 0:
            limit = self.quotations[self.quote[last]].end
            return limit if limit - end <= 3 else end
        return end

    def _with_speaker(self, one: Attribution | None, pieces: tuple[Span, ...]) -> Attribution:
        quoted = {self.quoted(start) for start, _ in pieces}
        kind = "mixed" if len(quoted) > 1 else "direct" if True in quoted else "indirect"
        if one is not None:
            if one.speaker is not None:
                self.cast.resolve(one.speaker)
            return one._replace(kind=kind, content=pieces)
        cue, subject = self._source(pieces)
        if subject is None:
            return Attribution(kind, pieces, cue, None, None, "unspecified")
        speaker = self.cast.resolve(subject)
        span = (speaker.start, speaker.end)
        return Attribution(kind, pieces, cue, span, speaker.name, speaker.kind)

    def _source(self, pieces: Sequence[Span]) -> tuple[Span | None, Span | None]:
        """Return cue and speaker of words that no rule has claimed."""
        taken = np.zeros(len(self.tagged), bool)
        for span in pieces:
            taken[words_in(self.starts, span)] = True
        first = int(np.flatnonzero(taken)[0])
        low, high = self.reading.sentence_words[self.sentence[first]]
        cue = self._best(1, low, high, taken, first)
        near = first if cue is None else cue[0]
        subject = self._best(2, low, high, taken, near)
        if subject is None and cue is not None:
            unit = Unit(self.reading, self.reading.sentences[self.sentence[first]], (), 0)
            if cue[0] >= unit.low:
                phrase = noun_before(unit, group_before(unit, cue[0] - unit.low))
                subject = (phrase[0] + unit.low, phrase[1] + unit.low) if phrase else None
        return self._span(cue), self._span(subject)

    def _best(self, task: int, low: int, high: int, taken: Array, near: int) -> Range | None:
        """Return the likeliest words for a role, the nearer the better."""
        chance = np.where(taken[low:high], 0, self.chances[low:high, task])
        weighed = chance * 0.95 ** np.abs(np.arange(low, high) - near)
        if not len(chance) or chance[top := int(weighed.argmax())] < LIKELY:
            return None
        first, last = top, top
        while first > 0 and chance[first - 1] >= max(LIKELY, chance[top] / 2):
            first -= 1
        while last + 1 < len(chance) and chance[last + 1] >= max(LIKELY, chance[top] / 2):
            last += 1
        return low + first, low + last + 1

    def _span(self, words: Range | None) -> Span | None:
        if words is None:
            return None
        return self.reading.starts[words[0]], self.reading.ends[words[1] - 1]
