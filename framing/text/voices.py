"""Whose words: the voice of every stretch of a text, and the attributions it comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words given to somebody.

    Attributes
    ----------
    kind : {"direct", "mixed", "indirect"}
    content : tuple of (start, end)
        The pieces of what is said, marks and complementiser excluded.
    cue, speaker : (start, end) or None
    speaker_name : str or None
        Canonical within the document ("Sir Keir Starmer" for "he").
    speaker_type : str
        named, role, org, document, group, anonymous, unspecified or author; empty if unknown.
    """

    kind: str
    content: tuple[Span, ...]
    cue: Span | None = None
    speaker: Span | None = None
    speaker_name: str | None = None
    speaker_type: str = ""


class VoiceMap:
    """The voices of one text.

    Parameters
    ----------
    length : int
        Number of code points of the text.
    pieces : sequence of (start, end, voice, attribution or None)
        Sorted, without overlap; what they leave over is the outlet's own.

    Examples
    --------
    >>> voices = VoiceMap(10, [(2, 5, "direct", None)])
    >>> voices.runs, voices.voice_at(3)
    ([(0, 2, 'outlet'), (2, 5, 'direct'), (5, 10, 'outlet')], 'direct')
    """

    __slots__ = ("_owners", "_starts", "attributions", "runs")

    def __init__(
        self,
        length: int,
        pieces: Sequence[tuple[int, int, str, Attribution | None]],
        attributions: Sequence[Attribution] = (),
    ) -> None:
        runs: list[tuple[int, int, str]] = []
        owners: list[Attribution | None] = []
        position = 0
        for start, end, voice, attribution in pieces:
            if end <= start:
                continue
            if start > position:
                runs.append((position, start, "outlet"))
                owners.append(None)
            runs.append((start, end, voice))
            owners.append(attribution)
            position = end
        if position < length:
            runs.append((position, length, "outlet"))
            owners.append(None)
        self.runs = runs
        self.attributions = list(attributions)
        self._owners = owners
        self._starts = [run[0] for run in runs]

    def voice_at(self, offset: int) -> str:
        """Return the voice of one character."""
        return self.runs[self._index(offset)][2] if self.runs else "outlet"

    def attribution_at(self, offset: int) -> Attribution | None:
        """Return the innermost attribution that holds one character."""
        return self._owners[self._index(offset)] if self.runs else None

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)
