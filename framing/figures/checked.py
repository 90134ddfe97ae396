"""Tables of numbers, checked before they are drawn: what is wrong is said with column and row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from framing.figures.wording import name_of, need
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Wanted:
    """What a figure wants of its table.

    Attributes
    ----------
    figure : str
        Name of the function, for messages.
    names, numbers : tuple of str
        Columns of names and of numbers.
    value : str
        The number without which there is nothing to draw.
    key : tuple of str
        Columns that together name a row once; empty if rows may repeat.
    empty : bool
        The figure says by itself that there is nothing to draw: no error without rows or values.
    """

    figure: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    value: str = "estimate"
    key: tuple[str, ...] = ()
    empty: bool = False


def checked(table: pd.DataFrame, wanted: Wanted) -> pd.DataFrame:
    """Return a copy of the wanted columns, names as text; what is not finite is missing.

    Raises
    ------
    BadInput
        If a column or every row or every value is missing, a number is no number, an interval
        is upside down, or a row is there twice.

    Examples
    --------
    >>> import pandas as pd
    >>> wanted = Wanted("confusion", ("true",), ("n",), "n")
    >>> checked(pd.DataFrame({"true": ["economic"], "n": [4]}), wanted)["n"].tolist()
    [4]
    >>> checked(pd.DataFrame({"true": ["economic"], "n": ["four"]}), wanted)
    Traceback (most recent call last):
        ...
    framing.tables.BadInput: confusion: row 0 has 'four' as n; it should be a number
    """
    columns = [*wanted.names, *wanted.numbers]
    need(table, columns, wanted.figure)
    if not len(table) and not wanted.empty:
        raise BadInput(
            f"{wanted.figure}: the table has no rows; it needs at least one with "
            f"{', '.join(columns)}"
        )
    rows = table[columns].reset_index(drop=True)
    for name in wanted.names:
        rows[name] = [name_of(value) for value in rows[name]]
    for name in wanted.numbers:
        rows[name] = _numbers(rows[name], wanted.figure)
    if rows[wanted.value].isna().all() and not wanted.empty:
        raise BadInput(
            f"{wanted.figure}: no row has a number in '{wanted.value}' "
            f"({len(rows):,} rows); there is nothing to draw"
        )
    _check_intervals(rows, wanted.figure)
    _check_key(rows, wanted)
    return rows


def _numbers(column: pd.Series, figure: str) -> np.ndarray:
    import pandas as pd

    values = pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan)
    wrong = np.flatnonzero(np.isnan(values) & column.notna().to_numpy())
    if len(wrong):
        raise BadInput(
            f"{figure}: row {wrong[0]} has {column.iloc[wrong[0]]!r} as {column.name}; "
            "it should be a number"
        )
    if pd.api.types.is_integer_dtype(column.dtype) and column.notna().all():
        return values.astype(int)
    return np.where(np.isfinite(values), values, np.nan)


def _check_intervals(rows: pd.DataFrame, figure: str) -> None:
    if "low" not in rows:
        return
    lows, highs = rows["low"].to_numpy(), rows["high"].to_numpy()
    wrong = np.flatnonzero(lows > highs)
    if len(wrong):
        low, high = lows[wrong[0]], highs[wrong[0]]
        raise BadInput(
            f"{figure}: row {wrong[0]} has an interval from {low:g} to {high:g}; "
            "low should not be above high"
        )


def _check_key(rows: pd.DataFrame, wanted: Wanted) -> None:
    if not wanted.key:
        return
    twice = np.flatnonzero(rows.duplicated(list(wanted.key)).to_numpy())
    if len(twice):
        cells = rows[list(wanted.key)].iloc[twice[0]].tolist()
        said = ", ".join(f"{name} {cell!r}" for name, cell in zip(wanted.key, cells, strict=True))
        raise BadInput(f"{wanted.figure}: two rows have {said}; there should be one")


def within(
    rows: pd.DataFrame, columns: Sequence[str], figure: str, low: float = 0, high: float = np.inf
) -> None:
    """Raise `BadInput` unless the numbers of the columns lie from `low` to `high` or are missing.

    Examples
    --------
    >>> import pandas as pd
    >>> within(pd.DataFrame({"observed": [40.0]}), ["observed"], "reliability", 0, 1)
    Traceback (most recent call last):
        ...
    framing.tables.BadInput: reliability: row 0 has 40 as observed; it should be from 0 to 1
    """
    for name in columns:
        values = rows[name].to_numpy(float)
        wrong = np.flatnonzero((values < low) | (values > high))
        if len(wrong):
            right = f"from {low:g} to {high:g}" if np.isfinite(high) else f"{low:g} or more"
            raise BadInput(
                f"{figure}: row {wrong[0]} has {values[wrong[0]]:g} as {name}; it should be {right}"
            )
