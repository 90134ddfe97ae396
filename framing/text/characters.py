"""What each character is (letter, digit, space, mark ...) and its folded form, as lookup tables.

Folding is length-preserving: one code point in, one code point out, so offsets never move.
Code points beyond the Basic Multilingual Plane (emoji, rare scripts) count as `OTHER`.
"""

from __future__ import annotations

import functools
import unicodedata

import numpy as np

OTHER, LETTER, DIGIT, SPACE, NEWLINE, HYPHEN, APOSTROPHE = range(7)
DOUBLE, STOP, COMMA, ENDMARK, OPENER, CLOSER, DASH, END = range(7, 15)

APOSTROPHES = "'’‘ʼ‛`´"
DOUBLES = '"“”„‟«»″'
HYPHENS = "-‐‑"
DASHES = "–—―−"
ENDMARKS = "?!…"
OPENERS = "([{‹"
CLOSERS = ")]}›"
NEWLINES = "\n\r\u2028\u2029\x0b\x0c\x85"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"

LIMIT = 0xFFFF


@functools.cache
def tables() -> tuple[np.ndarray, np.ndarray]:
    """Return (kind, fold), both indexed by code point up to `LIMIT`.

    Returns
    -------
    kind : numpy.ndarray of uint8, shape (65536,)
    fold : numpy.ndarray of uint16, shape (65536,)
    """
    kind = np.zeros(LIMIT + 1, np.uint8)
    fold = np.arange(LIMIT + 1, dtype=np.uint16)
    for code in range(LIMIT):
        char = chr(code)
        if char.isalpha() or (code > 0x2FF and unicodedata.category(char)[0] == "M"):
            kind[code] = LETTER
            lower = char.lower()
            if lower != char:
                fold[code] = ord(lower) if len(lower) == 1 else ord(lower[0])
        elif char.isalnum():
            kind[code] = DIGIT
        elif char.isspace():
            kind[code] = SPACE
    groups = (
        (APOSTROPHES, APOSTROPHE, "'"), (DOUBLES, DOUBLE, '"'), (HYPHENS, HYPHEN, "-"),
        (DASHES, DASH, "-"), (ENDMARKS, ENDMARK, ""), (OPENERS, OPENER, ""), (CLOSERS, CLOSER, ""),
        (NEWLINES, NEWLINE, ""), (".", STOP, ""), (",", COMMA, ""), ("\0", END, ""),
    )  # fmt: skip
    for chars, value, folded in groups:
        for char in chars:
            kind[ord(char)] = value
            if folded:
                fold[ord(char)] = ord(folded)
    for char in INVISIBLE:
        kind[ord(char)] = OTHER
    fold[kind == SPACE] = ord(" ")
    kind.flags.writeable = fold.flags.writeable = False
    return kind, fold


@functools.cache
def members(*kinds: int) -> np.ndarray:
    """Return a table that is true at the given classes of characters."""
    table = np.zeros(16, bool)
    table[list(kinds)] = True
    return table


@functools.cache
def among(chars: str) -> np.ndarray:
    """Return a table by code point that is true at the given characters."""
    table = np.zeros(LIMIT + 1, bool)
    table[[ord(char) for char in chars]] = True
    return table


def codes(text: str) -> np.ndarray:
    """Return the code points of `text` (uint16), lone surrogates included, cut off at `LIMIT`.

    Examples
    --------
    >>> codes("a’\U0001f600").tolist()
    [97, 8217, 65535]
    """
    short = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(short) == len(text):
        return short
    full = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(full, LIMIT).astype(np.uint16)


def classes(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return class and folded form of each code point, in arrays of their own.

    Examples
    --------
    >>> kind, folded = classes(codes("É ‘"))
    >>> kind.tolist() == [LETTER, SPACE, APOSTROPHE], folded.tolist()
    (True, [233, 32, 39])
    """
    low = bytearray(code.astype(np.uint8))
    kind, folded = (np.frombuffer(low.translate(table), np.uint8) for table in _latin())
    folded = folded.astype(np.uint16)
    high = np.flatnonzero(code > 0xFF)
    kinds, folds = tables()
    kind[high], folded[high] = kinds[code[high]], folds[code[high]]
    return kind, folded


@functools.cache
def _latin() -> tuple[bytes, bytes]:
    """The classes and folded forms of the first 256 code points, none of which is larger."""
    kinds, folds = tables()
    return kinds[:256].tobytes(), folds[:256].astype(np.uint8).tobytes()


def fold(text: str) -> str:
    """Return `text` lower-cased with plain apostrophes, quotation marks, hyphens and spaces.

    Examples
    --------
    >>> fold("Don’t say “far\\u2011right”")
    'don\\'t say "far-right"'
    """
    return text.translate(_translation())


@functools.cache
def _translation() -> dict[int, int]:
    folded = tables()[1]
    changed = np.flatnonzero(folded != np.arange(LIMIT + 1))
    return dict(zip(changed.tolist(), folded[changed].tolist(), strict=True))
