"""The turns of a transcript: who speaks is printed before the words, with a colon."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from string import ascii_uppercase

import numpy as np

from framing.text import characters as ch
from framing.text.document import Reading
from framing.text.furniture import signs
from framing.text.segment import Block
from framing.text.voices import Span

LABEL = re.compile(  # it begins with its capital, not with what stands before, for a quick search
    r"([A-Z](?:(?<=\n.)|(?<=[.?!…\])”\"-] .)|(?<=\A.))"
    r"(?=[A-Z]|[A-Z’'.-]{0,3}[A-Z]{2}|(?<=[QA]):)"
    r"[A-Za-z’'.-]*(?: [A-Z“\"][\w’'.“”\"-]*){0,5})"
    r"(?: ?\([^()\n]{2,60}\)|, [A-Z][^\n:.?!]{2,60})?: (?=\S)"
)
PLAUSIBLE = f"{ascii_uppercase})"  # end a label
SPACES = " \u00a0\r"  # behind its colon
NO_NAMES = frozenset(
    "myth fact facts truth claim verdict rating update note related photo photos video watch read "
    "more breaking exclusive opinion correction editor's editors source sources pros cons pro con "
    "background reality analysis question answer trending".split()
)
LEAST, REPEATED = 4, 2  # turns of a transcript, and those of one speaker
FARTHEST = 8  # paragraphs from a turn to the next one, in a text made of turns


def turns(reading: Reading) -> list[tuple[Span, Span]]:
    """Return who speaks, and what, in the turns of a transcript ("HALE: It fell.").

    Notes
    -----
    Labels are names in capitals, or "Q" and "A". There must be four, two of them of one speaker
    and two different ones. In a text made of turns a paragraph without a label goes on with the
    turn before it; elsewhere a turn ends with its paragraph.
    """
    text, found = reading.text, []
    if len(reading.places(_likely)) < LEAST:
        return []
    for match in LABEL.finditer(text):
        label = match.group(1)
        capitals = sum(word.isupper() or word.startswith("Mc") for word in label.split())
        named = not NO_NAMES & set(label.lower().split())
        if named and 2 * capitals > label.count(" ") + 1:
            found.append(match)
    said = Counter(match.group(1).split()[-1] for match in found)
    if len(found) < LEAST or len(said) < 2 or max(said.values()) < REPEATED:
        return []
    starts = [start for start, _ in reading.paragraphs]
    places = [bisect_right(starts, match.start()) - 1 for match in found]
    dense = 3 * len(set(places)) >= places[-1] - places[0] + 1
    made = []
    for number, match in enumerate(found):
        here, after, behind = places[number], len(text), places[number]
        if number + 1 < len(found):
            after, behind = found[number + 1].start(), places[number + 1]
        if not dense or behind - here > FARTHEST:
            behind = here
        end = min(after, _end(reading, here, behind))
        made.append((match.span(1), (match.end(), end)))
    return [(label, said) for label, said in made if said[0] < said[1]]


def _likely(block: Block) -> np.ndarray:
    """Return the colons between what may end a label and a space."""
    sign = block.noted(signs)
    colon = sign[block.code[sign] == ord(":")]
    spaced = ch.among(SPACES)[block.code[colon + 1]]
    return colon[spaced & ch.among(PLAUSIBLE)[block.code[colon - 1]]]


def _end(reading: Reading, here: int, behind: int) -> int:
    """Return where a turn ends: at a note in brackets, or before the paragraph of the next one."""
    end = reading.paragraphs[here][1]
    for start, stop in reading.paragraphs[here + 1 : behind]:
        if reading.text[end - 1] == "]" or reading.text[start] == "[":
            break
        end = stop
    return end
