"""Where people are named outside quotations, looked up only where somebody asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from framing.text.people import People, Person


class Mentions:
    """Where people are named in one text outside its quotations, and who.

    Parameters
    ----------
    people : People
    quoted : sequence of (start, end)
        The quotations, in the order of the text.

    Examples
    --------
    >>> from framing.text.document import Document
    >>> people = Document("a", "Ann Oakes met “Bo” Hill. Oakes left.").reading.people
    >>> [(start, person.name) for start, person in Mentions(people, [(15, 17)]).before(35)]
    [(25, 'Ann Oakes'), (0, 'Ann Oakes')]
    """

    def __init__(self, people: People, quoted: Sequence[tuple[int, int]]) -> None:
        self._people = people
        self._quoted = quoted
        self._starts = people.starts
        self._who: dict[int, Person | None] = {}  # by stretch of capitals
        self._skip: dict[int, int] = {}  # where those begin before it that name nobody

    def before(self, offset: int, bottom: int = 0) -> Iterator[tuple[int, Person]]:
        """Yield where people are named between two offsets and who, the last one first."""
        starts, run = self._starts, bisect_left(self._starts, offset)
        while True:
            low, person = run, None
            while person is None:
                low = self._skip.get(low, low)
                if low == 0 or starts[low - 1] < bottom:
                    break
                low -= 1
                person = self._named(low)
            if person is None:
                self._skip[run] = low
                return
            self._skip[run] = low + 1
            run = low
            yield self._starts[run], person

    def within(self, start: int, end: int) -> Iterator[tuple[int, Person]]:
        """Yield where people are named between two offsets and who, the first one first."""
        for run in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            person = self._named(run)
            if person is not None:
                yield self._starts[run], person

    def of(self, name: str, start: int, end: int) -> Iterator[int]:
        """Yield where the person with a full name is named between two offsets."""
        for run in self._people.runs_of(name, start, end):
            person = self._named(run)
            if person is not None and person.name == name:
                yield self._starts[run]

    def _named(self, run: int) -> Person | None:
        """Return whom a stretch of capitals names, if it stands in no quotation."""
        if run not in self._who:
            person = self._people.named_by(run)
            self._who[run] = person if person and not self._is_quoted(self._starts[run]) else None
        return self._who[run]

    def _is_quoted(self, offset: int) -> bool:
        before = bisect_left(self._quoted, (offset + 1,)) - 1
        return before >= 0 and offset < self._quoted[before][1]
