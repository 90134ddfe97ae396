"""Make the README's pictures and reports/example.pdf again: `python docs/pictures.py`."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

import framing as fr
from framing.report.layout import lay_out
from framing.report.pdf import page_images, pdf_bytes
from framing.report.report import _data
from framing.standard_report import standard_report

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "docs" / "_static"
PAGE_DOTS, FIGURE_DOTS = 80, 146
FIRST_WORDS = "One article a group, not the most striking one"


def outlets(corpus: fr.Corpus) -> None:
    """Draw the figure that the README's code draws."""
    scores = fr.score(fr.annotate(corpus, ["loaded_language"]), corpus)
    measures = ["loaded_language.outlet", "loaded_language.all"]
    estimates = fr.compare(scores, by="outlet", cluster="event", measures=measures)
    with fr.figures.style("double"):
        figure = fr.figures.outlet_forest(estimates, "loaded_language").figure
        figure.savefig(STATIC / "outlets.png", dpi=FIGURE_DOTS, metadata={"Software": None})


def report(corpus: fr.Corpus) -> None:
    """Write the example report, and the page of its first marked article as a picture."""
    made = standard_report(corpus)
    layout = lay_out(made)
    data = _data(made, layout)
    file = ROOT / "reports" / "example.pdf"
    file.write_bytes(pdf_bytes(data, layout.drawings))
    texts = [page.extract_text() for page in PdfReader(file).pages]
    shown = next(n for n, text in enumerate(texts) if FIRST_WORDS in " ".join(text.split()))
    pages = page_images(data, layout.drawings, PAGE_DOTS)
    (STATIC / "report-page.png").write_bytes(pages[shown])


if __name__ == "__main__":
    newsstand = fr.read_corpus(ROOT / "corpora" / "newsstand")
    outlets(newsstand)
    report(newsstand)
