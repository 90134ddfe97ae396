"""The cautions of the comparison: the first on the first page, all of them in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.report.items import Captioned
from framing.standard_report.summary import readable

MOST_PRINTED = 15
_OF_ONE = re.compile(r"(?P<pair>.+? - .+?), (?P<measure>\w+\.\w+): (?P<caution>.+)")
_NEGATIVE = re.compile(r"(?<!\S)-(?=\d)")
NOTE = "A difference that rests on one article, or on groups that cover other things, is not a \
finding about the groups."


def first_caution(lines: Sequence[str]) -> str:
    """Return the most important caution as a sentence of the summary, "" where there is none.

    Examples
    --------
    >>> first_caution(["only 8 clusters (event): read the intervals with care"])
    'A caution. Only 8 clusters (event): read the intervals with care.'
    """
    if not lines:
        return ""
    rest = f" All {len(lines)} cautions stand in [[cautions]]." if len(lines) > 1 else ""
    if len(lines) > MOST_PRINTED:
        rest = f" The first {MOST_PRINTED} of {len(lines):,} cautions stand in [[cautions]], "
        rest += "all in the file it names."
    return f"A caution. {_minus(lines[0][0].upper() + lines[0][1:])}.{rest}"


def doubts(lines: Sequence[str]) -> list[Captioned]:
    """Return the table of the cautions: the first are printed, all are in the data.

    Parameters
    ----------
    lines : sequence of str
        As `framing.compare` leaves them in ``attrs["cautions"]``.

    Examples
    --------
    >>> (table,) = doubts(["few clusters", "A - B, hedging.outlet: without document x it is 0"])
    >>> table.item.values.tolist()[1]
    ['A - B', 'Hedging', 'without document x it is 0']
    """
    import pandas as pd

    if len(lines) < 2:
        return []
    rows = []
    for line in lines:
        found = _OF_ONE.fullmatch(line)
        pair, measure, caution = found.groups() if found else ("all", "all", line)
        rows.append((pair, measure, caution))
    table = pd.DataFrame(rows, columns=["difference", "measure", "caution"])
    printed = table.head(MOST_PRINTED)
    shown = printed.assign(
        measure=[m if m == "all" else readable(m) for m in printed["measure"]],
        caution=printed["caution"].map(_minus),
    )
    caption = "What makes differences doubtful"
    if len(table) > len(printed):
        caption += f": the first {len(printed)} of {len(table):,} cautions"
    return [Captioned(shown, caption, NOTE, name="cautions", data=table)]


def _minus(words: str) -> str:
    return _NEGATIVE.sub("−", words)
