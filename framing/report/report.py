"""`Report`: titled figures, tables, words and marked texts, saved as a PDF or a web page."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.report.items import check_section
from framing.report.plain import breakable, one_line
from framing.report.provenance import provenance as made_from
from framing.report.provenance import provenance_rows
from framing.tables import BadInput, replacing, write_table

if TYPE_CHECKING:
    import pandas as pd

    from framing.report.layout import Layout

OUR_TABLE = re.compile(r"\d{2,}-[a-z0-9-]+\.csv")


class Report(MutableMapping[str, object]):
    """An ordered mapping of section titles to what they show, saved as one A4 PDF or web page.

    A section holds one item or a list of items: words (str, parted into paragraphs by blank
    lines), a matplotlib Axes or Figure, a pandas DataFrame, a mapping (printed as definitions), an
    annotated document with its marks as a pair ``(document, hits)``, a `MarkedText`, or a
    `Captioned` figure or table; a mapping of mappings is printed as titled
    groups of definitions. All text is printed literally, but for ``[[name]]`` in words: where the
    report has an item of that name or a section of that title, it is a link to it. Assigning to a
    title that is there replaces that section in its place, so a notebook cell can be run again.
    In a notebook the report shows itself as the web page.

    Parameters
    ----------
    title : str
    sections : dict of str to object
        In the order in which they are printed; the first stands on the first page.
    corpus : object, optional
        Its `source`, `sha256` and length are printed.
    subtitle : str, optional
    authors : str or sequence of str, optional
    settings : Mapping, optional
        Settings of the analysis for the last page.
    provenance : Mapping, optional
        The last page, as `framing.report.provenance` returns it; made from `corpus` and
        `settings` where it is not given.

    Examples
    --------
    >>> report = Report("Two outlets", {"Summary": "What was measured.", "Limits": "Evidence."})
    >>> report["Summary"] = "What was measured, again."
    >>> list(report)
    ['Summary', 'Limits']
    >>> report
    Report('Two outlets', 2 sections)
    """

    def __init__(
        self,
        title: str,
        sections: Mapping[str, object],
        *,
        corpus: object = None,
        subtitle: str | None = None,
        authors: str | Sequence[str] | None = None,
        settings: Mapping[str, object] | None = None,
        provenance: Mapping[str, object] | None = None,
    ) -> None:
        if not isinstance(sections, Mapping):
            raise BadInput(
                f"sections is a {type(sections).__name__}; give a mapping such as "
                "{'Summary': 'What was measured.'}"
            )
        self.title = title
        self.corpus = corpus
        self.subtitle = subtitle
        self.authors = [authors] if isinstance(authors, str) else list(authors or [])
        self.settings = settings
        self.provenance = provenance
        self._sections: dict[str, object] = {}
        self.update(sections)

    def __getitem__(self, title: str) -> object:
        return self._sections[title]

    def __setitem__(self, title: str, value: object) -> None:
        check_section(title, value)
        self._sections[title] = value

    def __delitem__(self, title: str) -> None:
        del self._sections[title]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def __len__(self) -> int:
        return len(self._sections)

    def __repr__(self) -> str:
        return f"Report({self.title!r}, {len(self)} sections)"

    def save(self, path: str | Path, format: str | None = None) -> Path:
        """Write the report, and every table with all its rows as CSV beside it.

        The tables of ``x.pdf`` are ``x_tables/01-section-title.csv`` and so on; tables there
        from an earlier save that are no longer part of the report are removed. The same report
        gives the same bytes.

        Parameters
        ----------
        path : str or pathlib.Path
        format : {"pdf", "html"}, optional
            Taken from the suffix of `path` where it is not given.

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        BadInput
            Unknown format, or a target that cannot be written.
        """
        target = Path(path)
        render = _renderer(target, format)
        body, tables = render(self)
        with replacing(target) as temporary:
            temporary.write_bytes(body)
            if temporary != target:
                _write_tables(tables, target.with_name(f"{target.stem}_tables"))
        return target

    def _repr_html_(self) -> str:
        from framing.report.layout import lay_out
        from framing.report.page import fragment

        layout = lay_out(self, page=True)
        return fragment(_data(self, layout), layout.drawings)


def _renderer(
    target: Path, format: str | None
) -> Callable[[Report], tuple[bytes, dict[str, pd.DataFrame]]]:
    wanted = format or target.suffix.lstrip(".").lower()
    if wanted not in FORMATS:
        known = " or ".join(FORMATS)
        raise BadInput(f"{target}: unknown report format '{wanted}'; use {known}")
    return FORMATS[wanted]


def _pdf(report: Report) -> tuple[bytes, dict[str, pd.DataFrame]]:
    from framing.report.layout import lay_out
    from framing.report.pdf import pdf_bytes

    layout = lay_out(report)
    data = _data(report, layout)
    _tell_boxes(data)
    return pdf_bytes(data, layout.drawings), layout.tables


def _tell_boxes(data: Mapping[str, Any]) -> None:
    """Warn of signs that no font has, and say so in the section on limits if there is one."""
    from framing.report.glyphs import boxes_told, without_glyph

    if signs := without_glyph(data):
        told = boxes_told(signs)
        warnings.warn(told, stacklevel=4)
        for section in data["sections"]:
            if section["title"] == "Limits":
                section["blocks"].append({"kind": "words", "paragraphs": [told]})


def _html(report: Report) -> tuple[bytes, dict[str, pd.DataFrame]]:
    from framing.report.layout import lay_out
    from framing.report.page import page

    layout = lay_out(report, page=True)
    return page(_data(report, layout), layout.drawings).encode("utf-8"), layout.tables


def _data(report: Report, layout: Layout) -> dict[str, Any]:
    facts = dict(report.provenance or made_from(report.corpus))
    if report.settings:
        facts["settings"] = {**_mapping(facts.get("settings")), **report.settings}
    last = provenance_rows(facts)
    for group in last:
        group["rows"] = [[breakable(text) for text in row] for row in group["rows"]]
        group["head"] = breakable(group["head"])
    return {
        "title": one_line(report.title, 300) or "Report",
        "head": one_line(report.title, 70),
        "subtitle": breakable(report.subtitle or ""),
        "authors": [one_line(author, 80) for author in report.authors],
        "corpus": _corpus_line(report.corpus),
        "sections": layout.sections,
        "provenance": last,
    }


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _corpus_line(corpus: object) -> str:
    if corpus is None:
        return ""
    source = one_line(getattr(corpus, "source", None) or "", 80)
    n = len(corpus) if hasattr(corpus, "__len__") else None
    size = "" if n is None else f"{n:,} document{'s' * (n != 1)}"
    about = one_line(getattr(corpus, "about", None) or "", 200)
    return breakable(" · ".join(part for part in (source, size, about) if part))


def _write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    for name, table in tables.items():
        write_table(table, folder / name)
    if folder.is_dir():
        for old in folder.iterdir():
            if old.name not in tables and OUR_TABLE.fullmatch(old.name):
                old.unlink()


FORMATS: Mapping[str, Callable[[Report], tuple[bytes, dict[str, pd.DataFrame]]]] = {
    "pdf": _pdf,
    "html": _html,
}
