"""Texts: reading, words, sentences, quotation, whose words."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "fit_attribution":
        from framing.text.tagger import fit_attribution

        return fit_attribution
    raise AttributeError(f"framing.text has no {name!r}")
