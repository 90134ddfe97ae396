"""What looks like a comparison with the past and is none."""

from __future__ import annotations

from framing.comparison.rules import Found
from framing.text.clauses import Unit

RECENT = frozenset("predecessor".split())


def is_suppressed(unit: Unit, found: Found) -> bool:
    """Whether a comparison falls to one of the known traps."""
    return False
