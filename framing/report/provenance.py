"""What a report was made from: versions, corpus and lexicon hashes, settings, seed."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

DISTRIBUTIONS = {"framing": "framing-analysis"}
PACKAGES = (
    "framing",
    "numpy",
    "scipy",
    "pandas",
    "scikit-learn",
    "nltk",
    "matplotlib",
    "statsmodels",
    "pyarrow",
    "typst",
    "pooch",
)


def provenance(
    corpus: object = None,
    lexicons: Mapping[str, object] | Iterable[object] | None = None,
    settings: Mapping[str, object] | None = None,
    seed: int | None = None,
) -> dict[str, Any]:
    """Return what a reader needs to make the same numbers again.

    Parameters
    ----------
    corpus : object, optional
        Its `source`, `sha256` and length are noted where it has them.
    lexicons : Mapping or iterable, optional
        Name to hash (or to a mapping of `version`, `sha256`), or objects with `id`, `version`
        and `sha256`.
    settings : Mapping, optional
        The settings of the analysis, as given by the user.
    seed : int, optional
        Seed of the random draws.

    Returns
    -------
    dict
        `versions`, `corpus`, `lexicons`, `settings` and `seed`; parts not given are left out.

    Examples
    --------
    >>> made_from = provenance(lexicons={"loaded_language": "9f3a"}, seed=7)
    >>> made_from["lexicons"], made_from["seed"]
    ({'loaded_language': '9f3a'}, 7)
    """
    parts: dict[str, Any] = {
        "corpus": _corpus(corpus),
        "lexicons": _lexicons(lexicons or {}),
        "settings": dict(settings or {}),
        "seed": seed,
        "versions": versions(),
    }
    return {name: part for name, part in parts.items() if part not in (None, {})}


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that can change a number.

    Examples
    --------
    >>> list(versions())[:2]
    ['python', 'framing']
    """
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str:
    try:
        return metadata.version(DISTRIBUTIONS.get(package, package))
    except metadata.PackageNotFoundError:
        return "not installed"


def _corpus(corpus: object) -> dict[str, Any]:
    if corpus is None:
        return {}
    facts = {"source": getattr(corpus, "source", None), "sha256": getattr(corpus, "sha256", None)}
    if hasattr(corpus, "__len__"):
        facts["documents"] = len(corpus)
    return {name: fact for name, fact in facts.items() if fact is not None}


def _lexicons(lexicons: Mapping[str, object] | Iterable[object]) -> dict[str, Any]:
    if isinstance(lexicons, Mapping):
        return {str(name): lexicon for name, lexicon in lexicons.items()}
    return {
        str(getattr(lexicon, "id", type(lexicon).__name__)): {
            name: getattr(lexicon, name) for name in ("version", "sha256") if hasattr(lexicon, name)
        }
        for lexicon in lexicons
    }


def provenance_rows(made_from: Mapping[str, object]) -> list[dict[str, Any]]:
    """Return the last page as groups of named facts.

    Examples
    --------
    >>> provenance_rows({"seed": 7, "corpus": {"documents": 24}})
    [{'head': 'seed', 'rows': [['seed', '7']]}, {'head': 'corpus', 'rows': [['documents', '24']]}]
    """
    groups = []
    for head, part in made_from.items():
        facts = part.items() if isinstance(part, Mapping) else [(head, part)]
        rows = [[str(name), _fact(value)] for name, value in facts]
        groups.append({"head": str(head), "rows": rows or [[str(head), "none"]]})
    return groups


def _fact(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_fact(part)}" for name, part in value.items())
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(map(_fact, value)))
    if isinstance(value, list | tuple):
        return ", ".join(map(_fact, value))
    return "–" if value is None else str(value)
