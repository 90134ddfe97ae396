"""What a page prints among the sentences of an article: captions, bylines, notes, links."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from framing.text.document import Match, Reading
from framing.text.voices import Piece, Span

BOILERPLATE = re.compile(
    r"(?:read more|more to follow|this is a breaking news story|advertisement|follow us|sign up|"
    r"click here|related:|photo(?:graph)?:|image:|picture:|video:|getty|copyright|©|"
    r"enlarge this image|toggle caption|hide caption|story continues|read or share this|"
    r"more (?:on this|from)\b|contributing:|ad$|"
    r"by [A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,| and|(?: in [\w ]{3,30})?$))",
    re.IGNORECASE,
)
CREDIT = re.compile(  # asked only of paragraphs with one of the words
    r"(?:.{0,80}\bon twitter:? @\w+\.?$|.*\((?:photo|image|picture|credit): [^()]+\)$|"
    r".{10,250}[.?!] (?:picture|photo(?:graph)?|image|credit): [\w /&.’'-]{3,60}$|"
    r"[^.]{0,200} contributed to this (?:report|story|article)\.?$)",
    re.IGNORECASE,
)
CREDITS = ("photo:", "image:", "picture:", "photograph:", "credit:")
NUMBERED = re.compile(r"\d{1,2}[.)] ")  # a heading
TERMINAL = frozenset(".?!…:;\"”’'),")
MORE = " MORE"
# A name, its full form with the first headline glued to it, more headlines, the word of a link.
LINKS = re.compile(
    r"\b([A-Z][\w’'-]+) ((?:\(?(?:[A-Z][\w.’'-]*|de|van|von|der|la)\)?,? ){0,5}\1"
    r"(?=[A-Z0-9'‘“\"])[^\n]{5,700}? MORE\b)"
)


def boilerplate(reading: Reading) -> list[Span]:
    """Return the paragraphs that are captions, bylines or notes of the site."""
    found = []
    text, paragraphs = reading.text, reading.paragraphs
    for number, (start, end) in enumerate(paragraphs):
        if end - start >= 300:
            continue
        if BOILERPLATE.match(text, start, end) or _is_credit(text[start:end]):
            found.append((start, end))
            continue
        caption = text[end - 1] not in TERMINAL and end - start < 200
        if caption and 0 < number < len(paragraphs) - 1:
            between = text[paragraphs[number - 1][1] - 1], text[paragraphs[number + 1][1] - 1]
            plain = text.count(" ", start, end) >= 3 and text.find("(@", start, end) < 0
            if plain and TERMINAL.issuperset(between) and not NUMBERED.match(text, start):
                found.append((start, end))
    return found


def _is_credit(paragraph: str) -> bool:
    lower = paragraph.lower()
    asked = "on twitter" in lower or "contributed to" in lower
    if ":" in lower and not asked:
        asked = any(word in lower for word in CREDITS)
    return asked and CREDIT.match(paragraph) is not None


def links(text: str) -> list[Piece]:
    """Return the lists of headlines a page has put behind a name, as pieces of boilerplate.

    Examples
    --------
    >>> text = "Mayor Ann Hale Ann Rose HaleTown hall shut for May Port sold MORE spoke."
    >>> [text[piece[0] : piece[1]] for piece in links(text)]
    ['Ann Rose HaleTown hall shut for May Port sold MORE']
    """
    if MORE not in text:
        return []
    return [(*match.span(2), "boilerplate", None) for match in LINKS.finditer(text)]


def outside(cues: Sequence[Match], pieces: Sequence[Piece]) -> Sequence[Match]:
    """Return the matches that do not begin inside the pieces, both in the order of the text."""
    if not pieces:
        return cues
    starts = [piece[0] for piece in pieces]
    return [
        cue
        for cue in cues
        if (at := bisect_right(starts, cue.start) - 1) < 0 or cue.start >= pieces[at][1]
    ]
