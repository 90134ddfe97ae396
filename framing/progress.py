"""A progress bar for long work: on a terminal or in a notebook, silent anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

SILENCE = 2.0  # seconds before a bar appears


def shown(items: Iterable[Any], unit: str = "documents") -> Iterable[Any]:
    """Return the items, with a bar on standard error when going through them takes long.

    Silent where standard error is neither a terminal nor a notebook, and where the environment
    variable ``CI`` is set.

    Examples
    --------
    >>> list(shown(["a", "b"]))
    ['a', 'b']
    """
    from tqdm import tqdm

    looked_at = sys.stderr.isatty() or "ipykernel" in sys.modules
    quiet = not looked_at or bool(os.environ.get("CI"))
    return tqdm(items, unit=f" {unit}", disable=quiet, delay=SILENCE, leave=False)
