"""Pages of the API, written from what the package hands out."""

from __future__ import annotations

import importlib
import inspect
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from types import FunctionType

import framing
import framing.figures
import framing.measures

ROOM = framing.measures.__path__
PAGES = {
    "face": ("The face", "Everything `import framing as fr` gives; nothing is loaded before it is "
             "used.", [f"framing.{name}" for name in framing.__all__ if name != "figures"]),
    "figures": ("Figures", "A table in, axes out. [Every figure](../figures/index.md) shows them.",
                [f"framing.figures.{name}" for name in framing.figures.__all__]),
    "measures": ("Measures", "Comparison, keyness, partisanship, decomposition, validity, style: "
                 "functions of tables and counts that know nothing of texts.",
                 [f"framing.measures.{module.name}" for module in iter_modules(ROOM)]),
    "extractors": ("Extractors and lists", "What a measure is made of. Each shipped one has [its "
                   "page](../measures/index.md).",
                   ["framing.extractors", "framing.extractors.base", "framing.lexicon",
                    "framing.dictionaries", "framing.comparison.gazetteer"]),
    "tables": ("Tables and texts", "The tables that travel, and the texts they are about.",
               ["framing.tables", "framing.scoring", "framing.hitsfile", "framing.keyterms",
                "framing.phrases", "framing.speech", "framing.text.recipes", "framing.text.tagger",
                *["framing.explorer.widget"] * (find_spec("anywidget") is not None)]),
    "frames": ("Frames", "Codebooks, classifiers, their evaluation and their folders.",
               ["framing.frames.codebook", "framing.frames.evaluation", "framing.frames.labeller",
                "framing.frames.store", "framing.frames.matrix", "framing.frames.spans",
                "framing.frames.span_tagger", "framing.frames.recalibration"]),
}  # fmt: skip


def write(folder: Path) -> None:
    """Write an index and one page a room."""
    folder.mkdir(exist_ok=True)
    for stem, (title, intro, names) in PAGES.items():
        body = "\n".join(map(entry, names))
        (folder / f"{stem}.md").write_text(f"# {title}\n\n{intro}\n\n{body}", "utf-8")
    lines = [f"- [{title}]({stem}.md): {intro}" for stem, (title, intro, _) in PAGES.items()]
    tree = "```{toctree}\n:hidden:\n\n" + "\n".join(PAGES) + "\n```"
    page = "# API\n\nWritten from the docstrings; every example in them is run by the test suite."
    (folder / "index.md").write_text(f"{page}\n\n" + "\n".join(lines) + f"\n\n{tree}\n", "utf-8")


def entry(name: str) -> str:
    """Return the directive for a function or class, or those for all that a module defines."""
    home, _, last = name.rpartition(".")
    thing = getattr(importlib.import_module(home), last, None)
    if thing is None or inspect.ismodule(thing):
        return of_module(name)
    if inspect.isclass(thing):
        return f"```{{eval-rst}}\n.. autoclass:: {name}\n   :members:\n```\n"
    return f"```{{eval-rst}}\n.. autofunction:: {name}\n```\n"


def of_module(name: str) -> str:
    module = importlib.import_module(name)
    mine = [f"{name}.{item}" for item, thing in vars(module).items()
            if not item.startswith("_") and getattr(thing, "__module__", "") == name
            and isinstance(thing, type | FunctionType) and thing.__doc__]  # fmt: skip
    said = inspect.cleandoc(module.__doc__ or "").splitlines()[0]
    return f"## `{name}`\n\n{said}\n\n" + "\n".join(map(entry, mine))
