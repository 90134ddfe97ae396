"""A DataFrame as it is printed: numbers rounded, constants in a note, long and wide ones cut."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from framing.amounts import count_of
from framing.report.plain import breakable, one_line, plain

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40
LONGEST_CELL = 240
WIDEST = 126
WIDEST_SMALL = 157
WIDEST_HALF = 68
LONG_TABLE = 16
MOST_PANELS = 2
LONGEST_WIDTH = 20
COLUMN_GAP = 3
BOLD = 1.15
FEW_COLUMNS = 6
NOTHING = "–"
JOINT = re.compile(r"([._])(?=\w)")
_NAME = re.compile(rf"[\w.]{{{LONGEST_WIDTH},}}")
Block = dict[str, Any]


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with a meaningful index as columns and every column name a string.

    Examples
    --------
    >>> import pandas as pd
    >>> list(flat(pd.DataFrame({"n": [1]}, index=pd.Index(["Daily"], name="outlet"))).columns)
    ['outlet', 'n']
    """
    import pandas as pd

    named = any(name is not None for name in table.index.names)
    counted = isinstance(table.index, pd.RangeIndex) or table.index.dtype.kind in "iu"
    if named or not counted:
        names = [_level(name, place) for place, name in enumerate(table.index.names, start=1)]
        left = table.index.to_frame(index=False)
        left.columns = pd.Index(names, dtype=object)
        table = pd.concat([left, table.reset_index(drop=True)], axis=1)
    else:
        table = table.reset_index(drop=True)
    table.columns = pd.Index([_name(column) for column in table.columns], dtype=object)
    return table


def _level(name: object, place: int) -> object:
    if name is not None:
        return name
    return "row" if place == 1 else f"row {place}"


def _name(column: object) -> str:
    if isinstance(column, tuple):
        return " ".join(str(part) for part in column if str(part))
    return str(column)


def table_block(table: pd.DataFrame, file: str) -> Block:
    """Return the data of one table for the template.

    Parameters
    ----------
    table : pandas.DataFrame
        Already `flat`.
    file : str
        Name of the CSV that holds all rows, named in the note of a table cut short.

    Returns
    -------
    dict
        `panels` (each with `head`, `numeric`, `rows` of strings and, if it takes the whole width,
        the `widths`), `beside` (panels stand side by side), `small` and `notes`.

    Examples
    --------
    >>> import pandas as pd
    >>> block = table_block(pd.DataFrame({"outlet": ["Daily"], "rate": [1.23456]}), "01-x.csv")
    >>> block["panels"][0]["rows"]
    [['Daily', '1.23']]
    """
    if not len(table) or not len(table.columns):
        return {"kind": "table", "panels": [], "notes": ["No rows."]}
    notes, decimals = [], _decimals(table)
    columns = [
        _column(name, table.iloc[:, place], decimals[place])
        for place, name in enumerate(table.columns)
    ]
    columns, same = _without_constants(_joined_interval(columns))
    if same:
        notes.append("Same in every row: " + "; ".join(same) + ".")
    width = sum(map(_width, columns))
    groups = _groups(columns, WIDEST if width <= WIDEST else WIDEST_SMALL)
    unseen = [column["name"] for group in groups[MOST_PANELS:] for column in group[1:]]
    left_out = _left_out(len(table), unseen)
    if left_out:
        notes.append(
            f"{left_out}; all are in {file}, in the folder of tables saved with the report."
        )
    panels = [_panel(group) for group in groups[:MOST_PANELS]]
    narrow = width <= WIDEST_HALF and not _is_full(columns, WIDEST_HALF)
    beside = len(groups) == 1 and narrow and len(panels[0]["rows"]) > LONG_TABLE
    return {
        "kind": "table",
        "panels": _halves(panels[0]) if beside else panels,
        "beside": beside,
        "small": width > WIDEST,
        "notes": [breakable(note) for note in notes],
    }


def _panel(columns: list[Block]) -> Block:
    return {
        "head": [breakable(_heading(column["name"])) for column in columns],
        "numeric": [column["numeric"] for column in columns],
        "rows": [list(row) for row in zip(*(column["cells"] for column in columns), strict=True)],
        "widths": [_width(column) for column in columns] if _is_full(columns) else [],
    }


def _halves(panel: Block) -> list[Block]:
    middle = (len(panel["rows"]) + 1) // 2
    return [{**panel, "rows": rows} for rows in (panel["rows"][:middle], panel["rows"][middle:])]


def _left_out(n_rows: int, columns: Sequence[str]) -> str:
    told = []
    if n_rows > MOST_ROWS:
        told.append(f"the first {MOST_ROWS} of {n_rows:,} rows are printed")
    if columns:
        named = ", ".join(columns[:3]) + (" and so on" if len(columns) > 3 else "")
        told.append(f"{count_of(len(columns), 'column')} not printed ({named})")
    return " and ".join(told).capitalize()


def _column(name: str, values: pd.Series, decimals: int) -> Block:
    import pandas as pd

    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    shown = values.iloc[:MOST_ROWS]
    cells = [cell(value, decimals, chance=_is_chance(name)) for value in shown]
    constant = _is_constant(values)
    return {"name": name, "numeric": bool(numeric), "cells": cells, "constant": constant}


def _is_constant(values: pd.Series) -> bool:
    first, *rest = map(str, values)
    return all(text == first for text in rest)


def _is_chance(name: str) -> bool:
    return name in ("p", "p_adjusted", "p_value", "pvalue")


def cell(value: object, decimals: int = 2, *, chance: bool = False) -> str:
    """Return one value as printed.

    Parameters
    ----------
    value : object
    decimals : int
        Digits after the point of a number that is not whole by type.
    chance : bool
        Print as a p value: three decimals, nothing below "<0.001".

    Examples
    --------
    >>> cell(-1234.567, 1), cell(12345), cell(None), cell(0.00001, chance=True), cell(True)
    ('−1,234.6', '12,345', '–', '<0.001', 'yes')
    """
    import numpy as np

    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return f"{value:,}".replace("-", "−")
    if isinstance(value, float | np.floating):
        return _number(float(value), decimals, chance)
    if isinstance(value, datetime.datetime) and value == value:
        at_midnight = value.time() == datetime.time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if _is_missing(value):
        return NOTHING
    words = one_line(value, LONGEST_CELL)
    return breakable(_NAME.sub(lambda name: _jointed(name[0]), words))


def _jointed(name: str) -> str:
    return JOINT.sub("\\1\u200b", name)


def _is_missing(value: object) -> bool:
    import pandas as pd

    return value is None or value is pd.NA or value is pd.NaT


def _number(value: float, decimals: int, chance: bool) -> str:
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if chance:
        return "<0.001" if value < 0.001 else f"{value:.3f}"
    if value and abs(value) < 0.5 * 10**-decimals:
        return f"{value:.1e}".replace("-", "−")
    return f"{value:,.{decimals}f}".replace("-", "−")


def _decimals(table: pd.DataFrame) -> list[int]:
    """Return the digits after the point of each column; an estimate and its interval share them."""
    import pandas as pd

    family = [i for i, name in enumerate(table.columns) if name in ("estimate", "low", "high")]
    sizes = []
    for place in range(len(table.columns)):
        together = family if place in family else [place]
        values = [table.iloc[:, i] for i in together]
        floats = all(pd.api.types.is_float_dtype(some) for some in values)
        sizes.append(_digits(pd.concat(values).dropna().abs()) if floats else 2)
    return sizes


def _digits(values: pd.Series) -> int:
    finite = values[values != math.inf]
    if not len(finite) or (finite % 1 == 0).all():
        return 0
    typical = float(finite[finite > 0].median())
    return 0 if typical >= 1000 else 1 if typical >= 100 else 2 if typical >= 1 else 3


def _joined_interval(columns: Sequence[Block]) -> list[Block]:
    """Print `low` and `high` after `estimate` as one column."""
    names = [column["name"] for column in columns]
    if any(names.count(name) != 1 for name in ("estimate", "low", "high")):
        return list(columns)
    by_name = {column["name"]: column for column in columns}
    low, high = by_name["low"], by_name["high"]
    both = [
        NOTHING if a == b == NOTHING else f"{a}\u00a0to\u00a0{b}"
        for a, b in zip(low["cells"], high["cells"], strict=True)
    ]
    joined = {**low, "name": "low to high", "cells": both, "constant": False}
    kept = [column for column in columns if column["name"] not in ("low", "high")]
    place = kept.index(by_name["estimate"]) + 1
    return [*kept[:place], joined, *kept[place:]]


def _without_constants(columns: list[Block]) -> tuple[list[Block], list[str]]:
    """Take columns that never change out of a table of many, and say what they hold."""
    if len(columns) <= FEW_COLUMNS or len(columns[0]["cells"]) < 2:
        return columns, []
    kept = [c for i, c in enumerate(columns) if i == 0 or not c["constant"]]
    same = [c for i, c in enumerate(columns) if i > 0 and c["constant"]]
    told = [f"{_heading(c['name'])} {_told(c['cells'][0])}" for c in same]
    return (kept, told) if len(kept) > 1 else (columns, [])


def _told(text: str) -> str:
    return "empty" if text in (NOTHING, "") else one_line(text.replace("\u200b", ""), 80)


def _groups(columns: list[Block], widest: int) -> list[list[Block]]:
    """Part columns too many for one page width; the first column is repeated in each part."""
    key, *rest = columns
    groups, group, width = [], [key], _width(key)
    for column in rest:
        if width + _width(column) > widest and len(group) > 1:
            groups.append(group)
            group, width = [key], _width(key)
        group.append(column)
        width += _width(column)
    return [*groups, group]


def _width(column: Block) -> int:
    """Return the letters a column needs if its long texts and its heading may break."""
    longest = max(len(text) for text in column["cells"])
    head = max(len(part) for part in re.split("[\u200b\\s]", _heading(column["name"])))
    bold = round(BOLD * min(head, LONGEST_WIDTH))
    return max(min(longest, LONGEST_WIDTH), bold) + COLUMN_GAP


def _is_full(columns: list[Block], widest: int = WIDEST) -> bool:
    """Tell whether the columns, nothing broken, would be wider than the page or a part of it."""
    texts = [[*column["cells"], "x" * round(BOLD * len(column["name"]))] for column in columns]
    return sum(max(map(len, some)) + COLUMN_GAP for some in texts) > widest


def _heading(name: str) -> str:
    words = plain(name).replace("_", " ") if name.isidentifier() else plain(name)
    return _jointed(words)
