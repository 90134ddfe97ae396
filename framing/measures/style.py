"""Readability and style of documents: reading ease, lexical variety, length of words and sentences.

No measure here says that a text is good or framed; they describe how it reads, and control for it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from framing.measures.syllables import syllables
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 50
THRESHOLD = 0.72
COLUMNS = (
    "n_words", "n_sentences", "n_syllables", "flesch_reading_ease", "flesch_kincaid",
    "gunning_fog", "type_token_ratio", "mattr", "mtld", "hapax_share", "words_per_sentence",
    "letters_per_word", "syllables_per_word",
)  # fmt: skip


class Text(Protocol):
    """What is needed of a document; those of a corpus have it."""

    @property
    def doc_id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def meta(self) -> Mapping[str, Any]: ...
    @property
    def words(self) -> list[tuple[int, int]]: ...
    @property
    def sentences(self) -> list[tuple[int, int]]: ...


def style(corpus: Iterable[Text], *, window: int = WINDOW) -> pd.DataFrame:
    """Return readability and style, one row a document.

    Parameters
    ----------
    corpus : iterable of documents
    window : int
        Words of the window of the moving-average type-token ratio.

    Returns
    -------
    pandas.DataFrame
        `doc_id` and the fields of the document; `n_words`, `n_sentences`, `n_syllables`;
        `flesch_reading_ease`, `flesch_kincaid`, `gunning_fog`; `type_token_ratio`, `mattr`,
        `mtld`, `hapax_share` (words that occur once, of all different words);
        `words_per_sentence`, `letters_per_word` (letters and digits), `syllables_per_word`. NaN
        where a measure is not defined, as for a text without words, or `mattr` of one shorter
        than its window.

    Notes
    -----
    All words of a text count, quotations too. A hyphenated word counts as its parts, as everywhere
    in this package. `type_token_ratio` and `hapax_share` fall with the length of a text: compare
    texts of different length by `mattr` and `mtld`. The formulas of reading ease were fitted on
    passages of 100 words and more.

    Examples
    --------
    >>> from framing.text.document import Document
    >>> table = style([Document("a", "The cat sat on the mat.")])
    >>> table[["flesch_reading_ease", "flesch_kincaid", "hapax_share"]].round(3).values.tolist()
    [[116.145, -1.45, 0.8]]
    """
    import pandas as pd

    _check_window(window)
    rows = [{**_fields(text), **dict(zip(COLUMNS, _row(text, window), strict=True))}
            for text in corpus]  # fmt: skip
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["doc_id", *COLUMNS])


def _fields(text: Text) -> dict[str, Any]:
    """Return what is known of a document; a field named as a measure would be lost, so refused."""
    if not hasattr(text, "meta"):
        raise BadInput(f"style reads documents, as read_corpus gives them, not "
                       f"{type(text).__name__}")  # fmt: skip
    taken = [name for name in text.meta if name in COLUMNS]
    if taken:
        raise BadInput(f"the metadata has columns named as measures of style are: "
                       f"{', '.join(taken)}; rename or drop them")  # fmt: skip
    title = getattr(text, "title", None)
    return {"doc_id": text.doc_id, **({} if title is None else {"title": title}), **text.meta}


def _check_window(window: int) -> None:
    if window < 1:
        raise BadInput(f"window={window} words; use 1 or more")


def _row(text: Text, window: int) -> tuple[Any, ...]:
    written = [text.text[start:end] for start, end in text.words]
    openings = _openings(text)
    n_words, n_sentences = len(written), len(openings)
    counted = [syllables(word) for word in written]
    total = sum(counted)
    long = sum(
        _is_complex(word, count, index in openings)
        for index, (word, count) in enumerate(zip(written, counted, strict=True))
    )
    tokens = [_folded(word) for word in written]
    letters = sum(char.isalnum() for word in written for char in word)
    return (
        n_words, n_sentences, total,
        flesch_reading_ease(n_words, n_sentences, total),
        flesch_kincaid(n_words, n_sentences, total),
        gunning_fog(n_words, n_sentences, long),
        type_token_ratio(tokens), mattr(tokens, window), mtld(tokens), hapax_share(tokens),
        _share(n_words, n_sentences), _share(letters, n_words), _share(total, n_words),
    )  # fmt: skip


def flesch_reading_ease(words: int, sentences: int, syllables: int) -> float:
    """Flesch's reading ease: 206.835 - 1.015 words/sentence - 84.6 syllables/word.

    About 60 to 70 is plain English, under 30 very hard; there is no upper or lower bound.

    Notes
    -----
    Flesch (1948), A new readability yardstick, Journal of Applied Psychology 32(3).

    Examples
    --------
    >>> round(flesch_reading_ease(words=16, sentences=1, syllables=23), 1)
    69.0
    """
    return 206.835 - 1.015 * _share(words, sentences) - 84.6 * _share(syllables, words)


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """Grade level of Kincaid and others: 0.39 words/sentence + 11.8 syllables/word - 15.59.

    Notes
    -----
    Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75, US Navy.

    Examples
    --------
    >>> round(flesch_kincaid(words=100, sentences=5, syllables=150), 2)
    9.91
    """
    return 0.39 * _share(words, sentences) + 11.8 * _share(syllables, words) - 15.59


def gunning_fog(words: int, sentences: int, complex_words: int) -> float:
    """Gunning's fog index: 0.4 (words/sentence + 100 complex words/words).

    A word is complex with three syllables or more, unless it is capitalised in mid-sentence (a
    name) or its third syllable is but an ending -ed, -es or -ing.

    Notes
    -----
    Gunning (1952), The Technique of Clear Writing.

    Examples
    --------
    >>> gunning_fog(words=100, sentences=5, complex_words=10)
    12.0
    """
    return 0.4 * (_share(words, sentences) + 100 * _share(complex_words, words))


def type_token_ratio(tokens: Sequence[Hashable]) -> float:
    """Different words of all words.

    Examples
    --------
    >>> type_token_ratio("the cat saw the dog".split())
    0.8
    """
    return _share(len(set(tokens)), len(tokens))


def mattr(tokens: Sequence[Hashable], window: int = WINDOW) -> float:
    """Mean type-token ratio of all windows of a fixed number of words.

    Notes
    -----
    Covington and McFall (2010), Cutting the Gordian knot: the moving-average type-token ratio,
    Journal of Quantitative Linguistics 17(2).

    Examples
    --------
    >>> mattr("a b a b".split(), window=3)  # a b a, b a b
    0.6666666666666666
    """
    _check_window(window)
    if len(tokens) < window:
        return math.nan
    counts = Counter(tokens[:window])
    total = len(counts)
    for leaving, coming in zip(tokens, tokens[window:], strict=False):
        counts[coming] += 1
        counts[leaving] -= 1
        if not counts[leaving]:
            del counts[leaving]
        total += len(counts)
    return total / (window * (len(tokens) - window + 1))


def mtld(tokens: Sequence[Hashable], threshold: float = THRESHOLD) -> float:
    """Mean length of stretches that keep a type-token ratio of at least `threshold`.

    A stretch ends with the word that takes its ratio below the threshold; what is left over counts
    as (1 - its ratio) / (1 - threshold) of one. The words divided by the stretches, read forwards
    and backwards, are averaged. NaN if no word is used twice.

    Notes
    -----
    McCarthy and Jarvis (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42(2).

    Examples
    --------
    >>> mtld("of the people by the people for the people".split())
    9.0
    """
    if not 0 < threshold < 1:
        raise BadInput(f"threshold={threshold} of the type-token ratio; use one between 0 and 1")
    lengths = [
        _share(len(tokens), _stretches(order, threshold)) for order in (tokens, tokens[::-1])
    ]
    return sum(lengths) / 2


def hapax_share(tokens: Sequence[Hashable]) -> float:
    """Words that occur once, of all different words.

    Examples
    --------
    >>> hapax_share("the cat saw the dog".split())
    0.75
    """
    counts = Counter(tokens)
    return _share(sum(count == 1 for count in counts.values()), len(counts))


def _stretches(tokens: Sequence[Hashable], threshold: float) -> float:
    found, length = 0.0, 0
    seen: set[Hashable] = set()
    for token in tokens:
        seen.add(token)
        length += 1
        if len(seen) / length < threshold:
            found, length = found + 1, 0
            seen.clear()
    if length:
        found += (1 - len(seen) / length) / (1 - threshold)
    return found


def _openings(text: Text) -> set[int]:
    """Return the index of the first word of every sentence that has one."""
    starts = [start for start, _ in text.words]
    found, index = set(), 0
    for start, end in text.sentences:
        while index < len(starts) and starts[index] < start:
            index += 1
        if index < len(starts) and starts[index] < end:
            found.add(index)
    return found


def _is_complex(word: str, count: int, opens: bool) -> bool:
    if count < 3 or (word[:1].isupper() and not opens):
        return False
    lower = word.lower()
    if count > 3 or not lower.endswith(("ed", "es", "ing")):
        return True
    stem = lower.removesuffix("ing") if lower.endswith("ing") else lower[:-2]
    return syllables(stem) > 2


def _folded(word: str) -> str:
    return word.replace("’", "'").lower().removesuffix("'s")


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
