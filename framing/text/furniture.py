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
CREDITS = ("on twitter", "photo:", "image:", "picture:", "photograph:", "credit:", "contributed to")
NUMBERED = re.compile(r"\d{1,2}[.)] ")  # a heading
TERMINAL = (".", "?", "!", "…", ":", ";", '"', "”", "’", "'", ")", ",")
MORE = " MORE"
# A name, its full form with the first headline glued to it, more headlines, the word of a link.
LINKS = re.compile(
    r"\b([A-Z][\w’'-]+) ((?:\(?(?:[A-Z][\w.’'-]*|de|van|von|der|la)\)?,? ){0,5}\1"
    r"(?=[A-Z0-9'‘“\"])[^\n]{5,700}? MORE\b)"
)


def boilerplate(reading: Reading) -> list[Span]:
    """Return the paragraphs that are captions, bylines or notes of the site."""
    found = []
    paragraphs = reading.paragraphs
    for number, (start, end) in enumerate(paragraphs):
        if end - start >= 300:
            continue
        text = reading.text[start:end]
        lower = text.lower()
        credit = any(word in lower for word in CREDITS) and CREDIT.match(text)
        if credit or BOILERPLATE.match(text):
            found.append((start, end))
            continue
        caption = end - start < 200 and not text.endswith(TERMINAL) and "(@" not in text
        caption = caption and not NUMBERED.match(text)
        if caption and 0 < number < len(paragraphs) - 1:
            before = reading.text[paragraphs[number - 1][1] - 1]
            after = reading.text[paragraphs[number + 1][1] - 1]
            if before in TERMINAL and after in TERMINAL and text.count(" ") >= 3:
                found.append((start, end))
    return found


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
