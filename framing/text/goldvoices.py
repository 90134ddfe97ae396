"""Attributions marked by people, in the layout of PolNeAR, and how far found ones agree with them.

The layout: ``text/NAME.txt`` beside ``attributions/NAME_ANNOTATOR.ann``, brat standoff with Source,
Cue and Content spans tied by events. Of several annotators the first by file name is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from framing.tables import BadInput
from framing.text.document import Document
from framing.text.voices import Attribution, Span

LEAD = re.compile(r"[\s\"'“”‘’,.:;]*(?:(?:that|if|whether)\s+)?[\s\"'“”‘’]*", re.IGNORECASE)
ROLES = ("Source", "Cue", "Content")


def read_gold(folder: str | Path) -> Iterator[tuple[Document, list[Attribution]]]:
    """Yield documents with their marked attributions; marks and complementisers are trimmed.

    Parameters
    ----------
    folder : str or pathlib.Path
        A folder that holds ``text`` and ``attributions``.
    """
    folder = Path(folder)
    marked = sorted((folder / "attributions").glob("*.ann"))
    if not marked:
        raise BadInput(f"{folder}: no attributions/*.ann; give a folder in the layout of PolNeAR")
    seen: set[str] = set()
    for path in marked:
        name = path.stem.rpartition("_")[0]
        if name in seen:
            continue
        seen.add(name)
        file = folder / "text" / f"{name}.txt"
        if not file.is_file():
            raise BadInput(f"{path}: there is no text/{name}.txt beside it")
        text = file.read_bytes().decode("utf-8")
        yield Document(name, text), _attributions(path, text)


def _attributions(path: Path, text: str) -> list[Attribution]:
    spans: dict[str, list[Span]] = {}
    events: list[dict[str, list[Span]]] = []
    for line in path.read_text("utf-8").splitlines():
        if match := re.match(r"(T\d+)\t\w+ ([\d ;]+)\t", line):
            pairs = (pair.split() for pair in match[2].split(";"))
            spans[match[1]] = sorted((int(start), int(end)) for start, end in pairs)
        elif match := re.match(r"E\d+\t(.*)", line):
            event: dict[str, list[Span]] = {role: [] for role in ROLES}
            for role, mark in re.findall(r"([A-Za-z]+)\d*:(T\d+)", match[1]):
                if role in event:
                    event[role] += spans.get(mark, [])
            events.append(event)
    found = []
    for event in events:
        content = [piece for span in event["Content"] if (piece := _trimmed(text, span))]
        if content:
            kind = _kind(text, event["Content"])
            cue, source = (event[role][0] if event[role] else None for role in ("Cue", "Source"))
            found.append(Attribution(kind, tuple(sorted(content)), cue, source))
    return found


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    inside = text[start:end]
    lead = LEAD.match(inside)
    start += lead.end() if lead else 0
    end = start + len(text[start:end].rstrip(" \n\t\"'“”‘’"))
    return (start, end) if any(char.isalnum() for char in text[start:end]) else None


def _kind(text: str, spans: Sequence[Span]) -> str:
    marked = [bool(re.search("[\"“”]|''", text[start:end])) for start, end in spans]
    whole = all(re.match("[\"“”']", text[start:end]) for start, end in spans)
    return "direct" if whole and all(marked) else "mixed" if any(marked) else "indirect"


def agreement(
    pairs: Iterable[tuple[Document, Sequence[Attribution], Sequence[Attribution]]],
) -> dict[str, float]:
    """Compare found with marked attributions.

    Parameters
    ----------
    pairs : iterable of (document, marked, found)

    Returns
    -------
    dict
        ``content_precision``, ``content_recall``, ``content_f1`` over the words inside any
        content; ``attribution_*`` where an attribution counts as found at an intersection over
        union of at least .5 of its letters and digits; ``speaker`` the share of the matched, with
        a marked source, whose speaker overlaps it; ``recall_direct`` and so on by marked kind.
    """
    words = np.zeros(3)
    counts = {"found": 0, "marked": 0, "matched": 0, "speakers": 0, "right": 0}
    kinds: dict[str, list[int]] = {}
    for document, marked, found in pairs:
        words += _content_words(document, marked, found)
        counts["found"] += len(found)
        counts["marked"] += len(marked)
        for one, other in _matched(document, marked, found):
            tally = kinds.setdefault(one.kind, [0, 0])
            tally[1] += 1
            if other is None:
                continue
            tally[0] += 1
            counts["matched"] += 1
            if one.speaker is not None:
                counts["speakers"] += 1
                counts["right"] += _overlap(one.speaker, other.speaker)
    both, of_found, of_marked = words
    result = {
        **_prf("content", both, of_found, of_marked),
        **_prf("attribution", counts["matched"], counts["found"], counts["marked"]),
        "speaker": counts["right"] / max(counts["speakers"], 1),
    }
    for kind, (right, total) in sorted(kinds.items()):
        result[f"recall_{kind}"] = right / total
    return result


def _prf(name: str, both: float, found: float, marked: float) -> dict[str, float]:
    precision, recall = both / max(found, 1), both / max(marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-12)
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1}


def _content_words(
    document: Document, marked: Sequence[Attribution], found: Sequence[Attribution]
) -> np.ndarray:
    starts = np.array(document.reading.starts, np.int64)
    inside = []
    for attributions in (marked, found):
        cover = np.zeros(len(starts), bool)
        for attribution in attributions:
            for start, end in attribution.content:
                cover[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
        inside.append(cover)
    return np.array([(inside[0] & inside[1]).sum(), inside[1].sum(), inside[0].sum()], float)


def _matched(
    document: Document, marked: Sequence[Attribution], found: Sequence[Attribution]
) -> Iterator[tuple[Attribution, Attribution | None]]:
    """Yield every marked attribution with the found one it is best matched to, each used once."""
    alnum = np.frombuffer(bytes(map(str.isalnum, document.text)), np.uint8)
    running = np.concatenate(([0], np.cumsum(alnum, dtype=np.int64)))

    def size(spans: Iterable[Span]) -> int:
        return int(sum(running[end] - running[start] for start, end in spans if end > start))

    options = []
    for i, one in enumerate(marked):
        for j, other in enumerate(found):
            common = size((max(a, c), min(b, d)) for a, b in one.content for c, d in other.content)
            if common:
                union = size(one.content) + size(other.content) - common
                options.append((common / max(union, 1), i, j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for share, i, j in sorted(options, reverse=True):
        if share >= 0.5 and i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    for i, one in enumerate(marked):
        yield one, found[pairs[i]] if i in pairs else None


def _overlap(one: Span, other: Span | None) -> bool:
    return other is not None and max(one[0], other[0]) < min(one[1], other[1])
