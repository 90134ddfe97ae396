"""Settings of Sphinx; the pages of measures, figures and the API are written as a build starts."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

project = "framing"
author = "The framing developers"
project_copyright = author
release = version = installed("framing-analysis")
language = "en-GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "validity"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# numpydoc says what types there are, in words; bare names in `marks` become links where they can
default_role = "py:obj"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_use_ivar = True
nitpicky = True
nitpick_ignore_regex = [("py:.*", "(?s).*")]
add_module_names = False
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"framing {release}"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b4f78",
        "color-brand-content": "#0b5f91",
        "font-stack--monospace": "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8cc4e8",
        "color-brand-content": "#8cc4e8",
    },
}


def write_pages(app: Any) -> None:
    """Write what is made from the package itself: a new measure has its page unasked."""
    import gallery
    import measures
    import reference

    source = Path(app.srcdir)
    measures.write(source / "measures", source / "validity")
    gallery.write(source / "figures")
    reference.write(source / "api")


def skip_member(app: Any, what: str, name: str, item: Any, skip: bool, options: Any) -> bool:
    """Leave out the methods that scikit-learn adds to every estimator."""
    return skip or (name.startswith("set_") and name.endswith("_request"))


def say_plainly(app: Any, what: str, name: str, item: Any, options: Any, lines: list[str]) -> None:
    """Keep two signs of a docstring from being read as marks.

    The bars of |a - b| are a substitution to docutils; to napoleon what stands before the colon
    in the line on a property is its type.
    """
    if what == "property" and lines:
        lines[0] = lines[0].replace(": ", " – ", 1)
    for number, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            parts = line.split("``")
            parts[::2] = [part.replace("|", "\\|") for part in parts[::2]]
            lines[number] = "``".join(parts)


def setup(app: Any) -> None:
    app.connect("builder-inited", write_pages)
    app.connect("autodoc-skip-member", skip_member)
    app.connect("autodoc-process-docstring", say_plainly, priority=400)
