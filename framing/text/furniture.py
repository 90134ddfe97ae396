"""What a page prints among the sentences of an article: captions, bylines, notes, links."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from framing.text import characters as ch
from framing.text.document import Match, Reading
from framing.text.hashes import hashed
from framing.text.segment import Block
from framing.text.voices import Piece, Span

OPENINGS = (  # patterns; the first three letters of each are looked up
    "read more", "more to follow", "this is a breaking news story", "advertisement", "follow us",
    "sign up", "click here", "related:", "photo(?:graph)?:", "image:", "picture:", "video:",
    "getty", "copyright", "enlarge this image", "toggle caption", "hide caption",
    "story continues", "read or share this", r"more (?:on this|from)\b", "contributing:",
)  # fmt: skip
BOILERPLATE = re.compile(
    rf"(?:{'|'.join(OPENINGS)}|©|ad$|"
    r"by [A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,| and|(?: in [\w ]{3,30})?$))",
    re.IGNORECASE,
)
PIECES = ("report", "story", "article")
CREDIT = re.compile(  # asked only of paragraphs with one of the words
    r"(?:.{0,80}\bon twitter:? @\w+\.?$|.*\((?:photo|image|picture|credit): [^()]+\)$|"
    r".{10,250}[.?!] (?:picture|photo(?:graph)?|image|credit): [\w /&.’'-]{3,60}$|"
    rf"[^.]{{0,200}} contributed to this (?:{'|'.join(PIECES)})\.?$)",
    re.IGNORECASE,
)
CREDITS = ("photo:", "image:", "picture:", "photograph:", "credit:")
CREDITED = frozenset(word[-3:-1] for word in CREDITS)
NUMBERED = re.compile(r"\d{1,2}[.)] ")  # a heading
TERMINAL = ".?!…:;\"”’'),"
LEADS = frozenset(opening[:3] for opening in OPENINGS)
BY, ENDS = frozenset(["by", "ad"]), frozenset(piece[-2:] for piece in PIECES)
MORE = " MORE"
# A name, its full form with the first headline glued to it, more headlines, the word of a link.
LINKS = re.compile(
    r"\b([A-Z][\w’'-]+) ((?:\(?(?:[A-Z][\w.’'-]*|de|van|von|der|la)\)?,? ){0,5}\1"
    r"(?=[A-Z0-9'‘“\"])[^\n]{5,700}? MORE\b)"
)


def boilerplate(reading: Reading) -> list[Span]:
    """Return the paragraphs that are captions, bylines or notes of the site."""
    found, text = [], reading.text
    for start, end, until in reading.places(_suspects):
        plain = until == end and text.count(" ", start, end) >= 3
        caption = plain and text.find("(@", start, end) < 0 and not NUMBERED.match(text, start)
        if caption or BOILERPLATE.match(text, start, end) or _is_credit(text[start:end]):
            found.append((start, end))
    return found


def _suspects(block: Block) -> np.ndarray:
    """Return the short paragraphs that begin or end as boilerplate does, and again where they end
    if they may be captions, else where they begin.
    """
    short = np.diff(block.paragraphs)[:, 0] < 300
    start, end = block.paragraphs[short].T
    caption = _between(block)[short] & (end - start < 200)
    sign = block.noted(signs)
    sign = sign[(block.code[sign] == ord("@")) | _spelled(block, sign - 2, CREDITED)]
    found = caption | (sign.searchsorted(start) < sign.searchsorted(end))
    found |= block.code[start] == ord("©")
    found |= _spelled(block, start, LEADS) | _spelled(block, start, BY)
    found |= _spelled(block, end - 2, ENDS) | _spelled(block, end - 3, ENDS)
    return np.stack((start, end, np.where(caption, end, start)), axis=1)[found]


def signs(block: Block) -> np.ndarray:
    """Return the places of all ":" and "@"."""
    return np.flatnonzero((block.code == ord(":")) | (block.code == ord("@")))


def _between(block: Block) -> np.ndarray:
    """Which paragraphs end without a mark between two of the same text that end with one."""
    ended = ch.among(TERMINAL)[block.code[block.paragraphs[:, 1] - 1]]
    text = block.text_at(block.paragraphs[:, 0])
    found = np.zeros(len(ended), bool)
    found[1:-1] = ~ended[1:-1] & ended[:-2] & ended[2:] & (text[:-2] == text[2:])
    return found


def _spelled(block: Block, place: np.ndarray, letters: frozenset[str]) -> np.ndarray:
    """Whether some letters, all of one length, stand at each place."""
    end = np.minimum(place + len(next(iter(letters))), len(block.kind))
    return hashed(letters).has(block.span_hash(place, end))


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
    found: list[Piece] = []
    at = text.find(MORE)
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = end if end >= 0 else len(text)
        matches = LINKS.finditer(text, start, end)
        found += [(*match.span(2), "boilerplate", None) for match in matches]
        at = text.find(MORE, end)
    return found


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
