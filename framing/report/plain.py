"""Text made safe to print: every character is literal, none can stop the typesetter."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
LONGEST_WORD = 30

_NEVER_PRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NEW_LINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_LONG_WORD = re.compile(rf"[^\s\u200b]{{{LONGEST_WORD + 1},}}")
_BREAK_HERE = re.compile(rf"(.{{{LONGEST_WORD}}})(?=[\w!-~])")


def plain(text: object) -> str:
    r"""Return `text` as a string that can be printed and stored as UTF-8.

    Control characters, lone surrogates and non-characters become U+FFFD, line ends become ``\n``
    and tabs become spaces. Nothing else is changed.

    Examples
    --------
    >>> plain("#import *bold*\x00 $x$\r\n\ud800")
    '#import *bold*\ufffd $x$\n\ufffd'
    """
    text = _NEW_LINE.sub("\n", str(text)).replace("\t", " ")
    return _NEVER_PRINTED.sub(REPLACEMENT, text)


def breakable(text: object) -> str:
    r"""Return `plain` text whose very long words may break at the end of a line.

    A zero-width space is put after every 30 characters of a longer word.

    Examples
    --------
    >>> breakable("short words stay as they are")
    'short words stay as they are'
    >>> breakable("x" * 40).index("\u200b")
    30
    """
    return _LONG_WORD.sub(lambda word: _BREAK_HERE.sub("\\1\u200b", word[0]), plain(text))


def one_line(text: object, longest: int) -> str:
    """Return `text` on one line, cut to at most `longest` characters.

    Examples
    --------
    >>> one_line(" one two   three ", 9)
    'one two …'
    """
    line = " ".join(plain(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the start and end of each paragraph of `text`.

    Blank lines part paragraphs; where there is none, every line is a paragraph.

    Examples
    --------
    >>> paragraphs("One,\nstill one.\n\nTwo.")
    [(0, 15), (17, 21)]
    >>> paragraphs("One.\nTwo.")
    [(0, 4), (5, 9)]
    """
    end_of_line = r"(?:\r\n?|[\n\x85\u2028\u2029])"
    blank = rf"{end_of_line}[^\S\r\n]*{end_of_line}\s*"
    spans, start = [], 0
    separators = list(re.finditer(blank, text.rstrip())) or list(re.finditer(end_of_line, text))
    for cut_from, cut_to in [*(found.span() for found in separators), (len(text), len(text))]:
        piece = text[start:cut_from]
        if piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            spans.append((begin, start + len(piece.rstrip())))
        start = cut_to
    return spans
