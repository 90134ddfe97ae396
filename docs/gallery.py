"""The page of the figures: each drawn at the build, with the code that draws it."""

from __future__ import annotations

import ast
import inspect
import os
import re
import warnings
from pathlib import Path
from typing import Any

import matplotlib as mpl

import framing
import framing.figures

ROOT = Path(framing.__file__).parents[1]
FIRST = """\
import framing as fr

corpus = fr.read_corpus("corpora/newsstand")
hits = fr.annotate(corpus)
scores = fr.score(hits, corpus)
estimates = fr.compare(scores, by="outlet", cluster="event")
"""
# Figures that are not here are drawn from the example in their docstring.
CODE = {
    "outlet_forest": 'fr.figures.outlet_forest(estimates, "loaded_language")',
    "difference_forest": (
        'fr.figures.difference_forest(estimates, ["loaded_language", "hyperbole"])'
    ),
    "measure_profile": (
        'fr.figures.measure_profile(scores, by="country", cluster="event",\n'
        '    measures=["loaded_language", "hedging", "hyperbole", "sourcing", "report_verbs"])'
    ),
    "profile": 'fr.figures.profile(scores, "loaded_language", group=None, every="month")',
    "top_terms": 'fr.figures.top_terms(hits.query("extractor == \'loaded_language\'"), n=10)',
    "marked_text": (
        'fr.figures.marked_text(corpus["boats-ledger"],\n'
        "    hits.query(\"extractor in ['loaded_language', 'partisan_framing', 'sourcing']\"),\n"
        "    lines=(0, 18))"
    ),
    "comparison_themes": (
        "from framing.comparison.gazetteer import themes\n\n"
        'fr.figures.comparison_themes(hits, scores, themes(), by=None, cluster="event")'
    ),
    "source_years": (
        "from framing.comparison.gazetteer import years\n\nfr.figures.source_years(hits, years())"
    ),
    "frame_heatmap": (
        "from framing.measures.prevalence import frame_shares\n\n"
        'labels = fr.load_classifier("policy-frames-lexicon").label(corpus)\n'
        'shares = frame_shares(labels, corpus.metadata, by="outlet", cluster="event")\n'
        'fr.figures.frame_heatmap(shares.rename(columns={"measure": "frame"}))'
    ),
}  # fmt: skip
TOOLS = ("Plotted", "plotted", "save", "style", "marked_html", "comparison_table")
HEAD = """# Every figure

A figure takes a table and gives matplotlib axes. Figures are 84 or 174 mm wide and can be read in
grey and by colour-blind readers; each estimate has its interval and its number of documents.
`fr.figures.save(ax, "name")` writes PDF, SVG and PNG, the plotted numbers as CSV and a description
in words.

The pictures are of the demonstration corpus, which is invented: they show what a figure looks like,
not what is the case. Where the code begins with a table, the table is made up too. The others start
from

```python
{first}```
"""


def write(folder: Path) -> None:
    """Draw every figure into the folder and write the page that shows them."""
    folder.mkdir(exist_ok=True)
    space: dict[str, Any] = {}
    drawn = [*CODE, *(n for n in framing.figures.__all__ if n not in {*TOOLS, *CODE})]
    with warnings.catch_warnings(), mpl.rc_context({"backend": "agg"}):
        warnings.simplefilter("ignore")
        run(FIRST, space)
        parts = [part(name, folder, space) for name in drawn]
    tools = "\n".join(f"- {link(name)}: {first_line(name)}" for name in TOOLS)
    page = HEAD.format(first=FIRST) + "\n" + "\n".join(parts) + f"\n## Beside them\n\n{tools}\n"
    (folder / "index.md").write_text(page, "utf-8")


def part(name: str, folder: Path, space: dict[str, Any]) -> str:
    """Draw one figure and return its part of the page."""
    code = CODE.get(name) or from_docstring(name)
    axes = run(code, space if name in CODE else {"fr": framing, **vars(door(name))})
    picture = f"{name}.png"
    mpl.pyplot.close("all")
    axes.figure.figure.savefig(folder / picture, dpi=130)
    alt = one_line(framing.figures.plotted(axes.figure.figure).alt).replace('"', "'")
    return (
        f"## {name}\n\n{link(name)}: {first_line(name)}\n\n"
        f"```{{image}} {picture}\n:alt: {alt}\n:align: center\n```\n\n```python\n{code}\n```\n"
    )


def door(name: str) -> Any:
    return inspect.getmodule(getattr(framing.figures, name))


def link(name: str) -> str:
    return f"{{py:obj}}`fr.figures.{name} <framing.figures.{name}>`"


def first_line(name: str) -> str:
    return (inspect.getdoc(getattr(framing.figures, name)) or "").splitlines()[0]


def one_line(text: str) -> str:
    return " ".join(text.split())


def from_docstring(name: str) -> str:
    """Return the code of a figure's docstring example, up to the call that draws it."""
    said = inspect.getdoc(getattr(framing.figures, name)) or ""
    lines = re.findall(r"^(?:>>>|\.\.\.) ?(.*)$", said, re.MULTILINE)
    code = "\n".join(line for line in lines if "matplotlib.figure" not in line)
    call = re.search(rf"(?<![\w.]){name}\(", code)
    if call is None:
        raise ValueError(f"the docstring of {name} has no example that draws it")
    before, after = code[: call.start()], code[call.start() :]
    depth = 0
    for at, sign in enumerate(after):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign == ")":
            drawing = after[: at + 1]
            break
    drawing = re.sub(r",\s*ax=Figure\(\)\.add_subplot\(\)", "", drawing)
    start = before.rpartition("\n")[0]
    return f"{start}\nfr.figures.{drawing}"


def run(code: str, space: dict[str, Any]) -> Any:
    """Run code where the project lies; return the value of its last line."""
    tree, before = ast.parse(code), os.getcwd()
    last = tree.body[-1]
    os.chdir(ROOT)
    try:
        if not isinstance(last, ast.Expr):
            return exec(compile(tree, "figure", "exec"), space)
        exec(compile(ast.Module(tree.body[:-1], []), "figure", "exec"), space)
        return eval(compile(ast.Expression(last.value), "figure", "eval"), space)
    finally:
        os.chdir(before)
