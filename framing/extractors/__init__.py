"""The extractors, found by walking this folder: one construct a file."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.extractors.base import Extractor


@functools.cache
def shipped() -> dict[str, type[Extractor]]:
    """Return every extractor class in this folder by its name.

    Examples
    --------
    >>> "loaded_language" in shipped()
    True
    """
    from framing.extractors.base import Extractor

    found = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name == "base":
            continue
        content = vars(importlib.import_module(f"{__name__}.{module.name}"))
        for item in content.values():
            if isinstance(item, type) and issubclass(item, Extractor) and item.name:
                found[item.name] = item
    return dict(sorted(found.items()))
