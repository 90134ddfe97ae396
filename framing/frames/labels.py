"""Labels as people hand them in, turned into one column of true and false a frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.frames.codebook import KINDS
from framing.tables import BadInput, nearest

NEGATIVE = frozenset(("", "none", "no", "false", "0", "negative", "neutral"))
PAIRS = (
    {"false": False, "true": True},
    {"no": False, "yes": True},
    {"0": False, "0.0": False, "1": True, "1.0": True},
)
UNKNOWN = ("NA", "<NA>", "NaN", "nan", "NULL", "null")  # as R, pandas and databases write it
NO_LABEL = "no label; give one, or leave the row out"
LISTS = (list, tuple, set, frozenset, np.ndarray)


class BadLabel(BadInput):
    """A label that cannot be used.

    Attributes
    ----------
    row : int
        Its place, the first being 1.
    reason : str
    """

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"row {row}: {reason}")
        self.row, self.reason = row, reason


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
    values : tuple
        What the caller wrote for each class, where that is no name of a frame: (False, True),
        (0, 1), ("no", "yes"), or numbers.
    """

    matrix: np.ndarray
    frames: tuple[str, ...]
    kind: str
    negative: str = ""
    values: tuple[Any, ...] = ()


def read_labels(
    y: Iterable[Any], *, frames: Sequence[str] = (), kind: str | None = None, positive: str = ""
) -> Labels:
    """Turn labels into columns.

    Parameters
    ----------
    y : iterable
        One frame a unit, lists of frames, frames joined by ``|``, or true/false, also as 0/1 or
        the words yes/no. None is no frame where units may have several, else it is refused.
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
    if kind is not None and kind not in KINDS:
        raise BadInput(f"kind is one of {', '.join(KINDS)}, not '{kind}'{nearest(kind, KINDS)}")
    rows = _rows(y, kind)
    several = any(isinstance(row, tuple) for row in rows)
    flags, values = _flags(rows, kind, (*frames, positive))
    if kind is None:
        kind = "binary" if values else "multi" if several else "single"
    for number, row in enumerate(rows, 1):
        if row is None and kind != "multi":
            raise BadLabel(number, NO_LABEL)
    if kind == "binary":
        return _binary(flags, frames, positive, values)
    if values:
        raise BadInput(f"labels are true or false; a classifier of kind '{kind}' needs frames")
    return _named(rows, frames, kind)


def own_labels(classifier: Any, y: Iterable[Any]) -> Labels:
    """Return labels in the frames of a fitted classifier; others of its codebook are left out."""
    book = classifier.read_codebook()
    names = book.names if book else classifier.frames_
    found = read_labels(y, frames=names, kind=classifier.kind_)
    if classifier.kind_ == "binary":
        return found
    places = [found.frames.index(name) for name in classifier.frames_]
    return Labels(found.matrix[:, places], classifier.frames_, found.kind)


def _named(rows: list[Any], frames: Sequence[str], kind: str) -> Labels:
    sets = [row if isinstance(row, tuple) else () if row in (None, "") else (row,) for row in rows]
    met = {name for row in sets for name in row}
    numbers = bool(met) and not any(isinstance(name, str) for name in met)
    values = tuple(sorted(met)) if numbers and not frames and kind == "single" else ()
    sets = [tuple(map(str, row)) for row in sets]
    names = tuple(frames) or tuple(map(str, values)) or tuple(sorted(map(str, met)))
    for number, row in enumerate(sets, 1):
        for name in row:
            if name in UNKNOWN and not frames:
                raise BadLabel(
                    number, f"'{name}' is how programs write that there is no label; leave the row "
                    "out (a frame of that name needs a codebook)",
                )  # fmt: skip
            if name not in names:
                raise BadLabel(
                    number, f"'{name}' is not one of the frames{nearest(name, names)}; they are "
                    f"{', '.join(names)}",
                )  # fmt: skip
        if kind == "single" and len(row) != 1:
            raise BadLabel(number, f"{len(row)} frames where exactly one is needed")
    matrix = np.array([[name in row for name in names] for row in sets], bool)
    return Labels(matrix.reshape(len(sets), len(names)), names, kind, "", values)


def _binary(
    rows: list[Any], frames: Sequence[str], positive: str, flags: tuple[Any, ...]
) -> Labels:
    if flags or not rows:
        name = positive or (frames[0] if frames else "positive")
        return Labels(np.array(rows, bool)[:, None], (name,), "binary", f"not {name}", flags)
    values = [str(row) for row in rows]
    met = sorted(set(values))
    name = positive or next((v for v in met if frames and v.lower() == frames[0].lower()), "")
    if not name and len(met) == 2:
        rest = [one for one, other in (met, met[::-1]) if not _negative(one, other)]
        name = rest[0] if len(rest) == 1 else ""
    if not name or name not in met or len(met) > 2:
        raise BadInput(
            f"labels are {', '.join(map(repr, met[:6]))}; a binary classifier needs true and "
            f"false, or two values of which one is no: '{met[0]}' and 'not {met[0]}', or 'none'"
        )
    negative = next((value for value in met if value != name), "") or f"not {name}"
    frame = frames[0] if frames else name
    return Labels(np.array([v == name for v in values])[:, None], (frame,), "binary", negative)


def _negative(value: str, other: str) -> bool:
    """Tell whether a value says that there is nothing, or not what the other one says."""
    denied = rf"(?:non|not|no|un)[-_ ]?{re.escape(other)}"
    return value.lower() in NEGATIVE or bool(re.fullmatch(denied, value, re.IGNORECASE))


def _flags(
    rows: list[Any], kind: str | None, names: Iterable[str]
) -> tuple[list[Any], tuple[Any, ...]]:
    """Return labels as true and false, and as what they were written; as they are if neither."""
    if not rows or any(row is None or isinstance(row, tuple) for row in rows):
        return rows, ()
    if all(isinstance(row, bool) for row in rows):
        return rows, (False, True)
    if not any(isinstance(row, str) for row in rows):
        usable = kind != "single" and all(row in (0, 1) for row in rows)
        return (list(map(bool, rows)), (0, 1)) if usable else (rows, ())
    written = {str(row).lower(): row for row in rows}
    pair = next((one for one in PAIRS if written.keys() <= one.keys()), None)
    if pair is None or kind not in (None, "binary") or written.keys() & {n.lower() for n in names}:
        return rows, ()
    words = {there: word for word, there in pair.items()}
    words |= {pair[low]: row for low, row in written.items()}
    return [pair[str(row).lower()] for row in rows], (words[False], words[True])


def _rows(y: Iterable[Any], kind: str | None) -> list[Any]:
    """Return each label as a text, a number, a tuple of them, true/false, or None."""
    found = list(np.asarray(y) if hasattr(y, "columns") else y)
    if kind != "multi" and all(isinstance(one, LISTS) and len(one) == 1 for one in found):
        found = [next(iter(one)) for one in found]
    rows = [_cell(value, number) for number, value in enumerate(found, 1)]
    items = [item for row in rows if isinstance(row, tuple) for item in row]
    if items and all(not isinstance(item, str) and item in (0, 1) for item in items):
        raise BadInput(
            "labels are rows of true and false, which name no frame; give the names of the frames "
            "of each text, as lists or joined: 'a|b'"
        )
    return rows


def _cell(value: Any, number: int) -> Any:
    if isinstance(value, LISTS):
        items = [_item(item, number) for item in value]
        if None in items:
            raise BadLabel(number, "no label in the list; give [] for no frame")
        return tuple(sorted({item for item in items if item != ""}, key=str))
    item = None if value is None else _item(value, number)
    if isinstance(item, str) and "|" in item:
        return tuple(sorted({part.strip() for part in item.split("|")} - {""}))
    return item


def _item(value: Any, number: int) -> Any:
    """Return a label as a text without space around it, a number, true/false, or None."""
    if hasattr(value, "as_py"):
        value = value.as_py()
    if isinstance(value, np.generic):
        value = value.item()
    if type(value).__name__ in ("NAType", "NaTType") or value != value:
        raise BadLabel(number, NO_LABEL)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, (bool, int, float)) else str(value).strip()
