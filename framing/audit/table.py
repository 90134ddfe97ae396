"""An audit as one table for files and as lines for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.amounts import count_of
from framing.tables import ESTIMATES

if TYPE_CHECKING:
    import pandas as pd

    from framing.measures.validity import Audit

SHOWN = 20
PERCENT = {"missed": "share missed", "false": "share falsely found"}


def audit_table(found: Audit, measures: list[str]) -> pd.DataFrame:
    """Return the audit as an estimates table with a column `part`.

    `part` is ``rate``, ``difference``, ``missed`` or ``false`` (errors by side) or ``swap``: how
    many hits of a measure came or went outside the swapped names.
    """
    import pandas as pd

    rates = found.estimates.copy()
    rates["part"] = np.where(rates["reference"].isna(), "rate", "difference")
    tables = [rates]
    if found.errors is not None:
        errors = found.errors.rename(columns={"error": "part", "n": "n_documents"})
        what = errors["part"].map(PERCENT)
        errors["method"] = what + " of " + errors.pop("n_documents").astype(str) + " spans, Wilson"
        tables.append(errors)
    tables.append(pd.DataFrame([_swap_row(found, name) for name in measures]))
    rows = [row for table in tables for row in table.to_dict("records")]
    return pd.DataFrame(rows, columns=[*ESTIMATES, "part"])


def _swap_row(found: Audit, measure: str) -> dict[str, Any]:
    mine = found.changes[found.changes["measure"] == measure]
    on_names = int(mine["cue"].astype(bool).sum())
    attrs = found.changes.attrs
    return {
        "measure": measure, "group": "names swapped", "reference": "as written",
        "estimate": float(len(mine) - on_names), "n_documents": attrs.get("n_documents"),
        "part": "swap",
        "method": f"hits that came or went outside the names, "
        f"{count_of(attrs.get('n_names', 0), 'name')} swapped; {on_names} on the names themselves",
    }  # fmt: skip


def audit_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield the rates, differences and errors, one line each, in columns."""
    shown = table[table["part"] != "swap"].to_dict("records")
    cells: list[tuple[str, ...]] = [
        ("measure", "group", "estimate", "95 % interval", "p adj.", "texts")
    ]
    cells += [_cells(row) for row in shown]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    for row in cells:
        words = zip(row, widths, strict=True)
        aligned = (f"{c:<{w}}" if n < 2 else f"{c:>{w}}" for n, (c, w) in enumerate(words))
        yield "  ".join(aligned)


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    group, name = str(row["group"]), str(row["measure"])
    if row["part"] == "difference":
        group += f" - {row['reference']}"
    if row["part"] in PERCENT:
        name += f", {row['part']}"
    known = not np.isnan(row["low"])
    return (
        name, group, f"{row['estimate']:.2f}",
        f"[{row['low']:.2f}, {row['high']:.2f}]" if known else "",
        "" if np.isnan(row["p_adjusted"]) else f"{row['p_adjusted']:.3f}",
        "" if np.isnan(row["n_documents"]) else str(int(row["n_documents"])),
    )  # fmt: skip


def verdict(found: Audit) -> Iterator[str]:
    """Yield what the swap run showed: the hits that should not have changed, and one conclusion."""
    wanting, attrs = found.wanting, found.changes.attrs
    for row in wanting.head(SHOWN).to_dict("records"):
        yield (
            f"{row['doc_id']}: {row['measure']} {row['label']} ({row['voice']}) {row['change']}: "
            f"'{row['text']}' in: {row['context']}"
        )
    if len(wanting) > SHOWN:
        yield f"... and {len(wanting) - SHOWN} more"
    names, documents = attrs.get("n_names", 0), attrs.get("n_documents", 0)
    swapped = f"{count_of(names, 'name')} swapped in {count_of(documents, 'document')}"
    cues = len(found.changes) - len(wanting)
    if not names:
        yield "no name of a party, person or outlet to swap: the swap run says nothing"
    elif wanting.empty:
        inside = count_of(cues, "hit")
        yield f"{swapped}: nothing changed outside the names ({inside} on the names did)"
    else:
        outside = count_of(len(wanting), "hit")
        yield f"{swapped}: {outside} changed outside the names ({cues} on them); found wanting"
