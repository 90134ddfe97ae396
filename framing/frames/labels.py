"""Labels as people hand them in, turned into one column of true and false a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.tables import BadInput, nearest

NEGATIVE = frozenset(("", "none", "no", "false", "0", "negative", "neutral"))


@dataclass(frozen=True)
class Labels:
    """Labels of some units.

    Attributes
    ----------
    matrix : numpy.ndarray of bool, shape (n_units, n_frames)
        For a binary frame one column.
    frames : tuple of str
    kind : {"multi", "single", "binary"}
    negative : str
        The name of "not there" of a binary frame.
    """

    matrix: np.ndarray
    frames: tuple[str, ...]
    kind: str
    negative: str = ""


def read_labels(
    y: Iterable[Any], *, frames: Sequence[str] = (), kind: str | None = None, positive: str = ""
) -> Labels:
    """Turn labels into columns.

    Parameters
    ----------
    y : iterable
        One frame a unit, lists of frames, frames joined by ``|``, or true/false.
    frames : sequence of str
        The frames of the codebook; any other label is refused.
    kind : {"multi", "single", "binary"}, optional
        Taken from the labels if not given: several a unit make it "multi", true/false "binary".
    positive : str
        Of a binary frame, the value that means it is there.

    Examples
    --------
    >>> read_labels(["crime|health", "crime", ""]).matrix.tolist()
    [[True, True], [True, False], [False, False]]
    >>> read_labels([1, 0, 1], frames=["biased"], kind="binary").matrix.ravel().tolist()
    [True, False, True]
    """
    rows = [_cell(value, number) for number, value in enumerate(y, 1)]
    flags = all(isinstance(row, bool) for row in rows)
    if kind is None:
        several = any(isinstance(row, tuple) for row in rows)
        kind = "binary" if flags and rows else "multi" if several else "single"
    if kind == "binary":
        return _binary(rows, frames, positive, flags)
    if flags and rows:
        raise BadInput(f"labels are true or false; a classifier of kind '{kind}' needs frames")
    sets = [row if isinstance(row, tuple) else (str(row),) if row != "" else () for row in rows]
    met = {name for row in sets for name in row}
    names = tuple(frames) or tuple(sorted(met))
    for number, row in enumerate(sets, 1):
        for name in row:
            if name not in names:
                raise BadInput(
                    f"row {number}: '{name}' is no frame of the codebook{nearest(name, names)}; "
                    f"its frames are {', '.join(names)}"
                )
        if kind == "single" and len(row) != 1:
            raise BadInput(f"row {number}: {len(row)} frames where exactly one is needed")
    matrix = np.array([[name in row for name in names] for row in sets], bool)
    return Labels(matrix.reshape(len(sets), len(names)), names, kind)


def _binary(rows: list[Any], frames: Sequence[str], positive: str, flags: bool) -> Labels:
    if flags:
        name = positive or (frames[0] if frames else "positive")
        return Labels(np.array(rows, bool)[:, None], (name,), "binary", f"not {name}")
    values = [str(row) for row in rows]
    met = sorted(set(values))
    name = positive or next((v for v in met if frames and v.lower() == frames[0].lower()), "")
    if not name and len(met) == 2:
        rest = [value for value in met if value.strip().lower() not in NEGATIVE]
        name = rest[0] if len(rest) == 1 else ""
    if not name or name not in met or len(met) > 2:
        raise BadInput(
            f"labels are {', '.join(map(repr, met[:6]))}; a binary classifier needs two values and "
            "positive= one of them (true and false need nothing)"
        )
    negative = next((value for value in met if value != name), "") or f"not {name}"
    frame = frames[0] if frames else name
    return Labels(np.array([v == name for v in values])[:, None], (frame,), "binary", negative)


def _cell(value: Any, number: int) -> Any:
    """Return a label as a text, a tuple of texts, or true/false."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if value is None or (isinstance(value, float) and np.isnan(value)):
        raise BadInput(f"row {number}: no label; give a frame, '' for none, or leave the row out")
    if isinstance(value, (int, float, np.integer, np.floating)) and value in (0, 1):
        return bool(value)
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return tuple(sorted(str(item) for item in value))
    text = str(value).strip()
    if "|" in text:
        return tuple(sorted({part.strip() for part in text.split("|")} - {""}))
    return text
