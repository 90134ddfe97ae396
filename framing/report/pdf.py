"""Layout to PDF bytes: the template of this room, compiled by Typst with fonts that travel."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

STANDARD = "ua-1"
FACES = (
    "Libertinus Serif", "DejaVu Serif", "DejaVu Sans", "STIXGeneral",
    "Last Resort High-Efficiency",  # a box for every sign: the last, and `ask` leaves it out
)  # fmt: skip


def pdf_bytes(data: dict[str, Any], drawings: dict[str, str]) -> bytes:
    """Return a tagged PDF; the same data give the same bytes.

    The template reads `data` with ``json()``, so no text of a user is ever Typst source. Fonts are
    those bundled with Typst and matplotlib; fonts of the machine are not looked at. The file
    claims PDF/UA-1 unless Typst finds something in the way of it, such as a sign without glyph.

    Parameters
    ----------
    data : dict
        What `template.typ` reads.
    drawings : dict of str to str
        File name to SVG text.

    Examples
    --------
    >>> empty = {"title": "T", "head": "T", "subtitle": "", "authors": [], "corpus": "",
    ...          "sections": [], "provenance": []}
    >>> pdf_bytes(empty, {})[:5]
    b'%PDF-'
    """
    made: Any = _compiled(data, drawings, _as_pdf, _template())
    return bytes(made)


def page_images(data: dict[str, Any], drawings: dict[str, str], dots: float = 40) -> list[bytes]:
    """Return every page as a PNG of `dots` per inch, for looking at and for tests.

    Parameters
    ----------
    data, drawings
        As in `pdf_bytes`.
    dots : float
        Per inch.
    """

    def as_png(compiler: Any) -> Any:
        return compiler.compile(format="png", ppi=dots)

    made: Any = _compiled(data, drawings, as_png, _template())
    return [bytes(page) for page in ([made] if isinstance(made, bytes) else made)]


def ask(data: dict[str, Any], template: bytes, place: str) -> Any:
    """Return the value that a template which reads `data` and the `FACES` leaves at a place."""

    def query(compiler: Any) -> Any:
        return json.loads(compiler.query(place, field="value", one=True))

    return _compiled(data, {}, query, template)


def _template() -> bytes:
    return resources.files("framing.report").joinpath("template.typ").read_bytes()


def _compiled(
    data: dict[str, Any], drawings: dict[str, str], how: Callable[[Any], Any],
    template: bytes,
) -> Any:  # fmt: skip
    """Hand data, drawings and the bundled fonts to Typst, in a folder that goes afterwards."""
    import matplotlib as mpl
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[str(Path(mpl.get_data_path(), "fonts", "ttf"))]
    )
    with tempfile.TemporaryDirectory() as root:
        Path(root, "report.json").write_text(json.dumps({**data, "faces": FACES}), encoding="utf-8")
        for name, svg in drawings.items():
            Path(root, name).write_text(svg, encoding="utf-8")
        main = Path(root, "main.typ")
        main.write_bytes(template)
        compiler = typst.Compiler(str(main), root=root, font_paths=fonts, ignore_system_fonts=True)
        return how(compiler)


def _as_pdf(compiler: Any) -> Any:
    import typst

    try:
        return compiler.compile(format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError as error:
        if "PDF/UA" not in str(error):
            raise
        return compiler.compile(format="pdf")
