"""Pages as pictures: what changes how a report looks changes these, and is looked at.

After a wanted change, delete the pictures in ``golden`` and run this file once with
``FRAMING_GOLDEN=write``; look at what was written before it is kept.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread, imsave

from framing.report import Captioned, Report
from framing.report.layout import lay_out
from framing.report.pdf import page_images
from framing.report.report import _data

GOLDEN = Path(__file__).parent / "golden"
DOTS = 40
MEAN, WORST = 0.01, 0.035  # of full ink: of a page, and of its most changed field
FIELD = 40  # pixels: an inch


@pytest.fixture
def pages(exemplar, estimates, drawn):
    made_from = {"corpus": {"source": "harbour", "documents": 2}, "seed": 7}
    report = Report(
        "Two papers",
        {
            "Summary": ["Rates stand in [[rates]].", Captioned(estimates, "Rates", name="rates")],
            "Drawn": Captioned(drawn, "Rates drawn", "Bars: 95 %."),
            "Codebook": {"Hedging": {"Rule": "A word that leaves room for doubt."}},
            "Exemplar": exemplar,
        },
        subtitle="A test",
        provenance=made_from,
    )
    layout = lay_out(report)
    return page_images(_data(report, layout), layout.drawings, DOTS)


def ink(picture):
    return 1 - imread(picture)[..., :3].mean(axis=2)


def fields(page):
    high, wide = (size // FIELD * FIELD for size in page.shape)
    parts = page[:high, :wide].reshape(high // FIELD, FIELD, wide // FIELD, FIELD)
    return parts.mean(axis=(1, 3))


def test_pages_look_as_they_did(pages):
    names = [f"page-{number}.png" for number in range(1, len(pages) + 1)]
    if os.environ.get("FRAMING_GOLDEN") == "write":
        for name, page in zip(names, pages, strict=True):
            imsave(GOLDEN / name, 1 - ink(io.BytesIO(page)), cmap="gray", vmin=0, vmax=1)
    assert [file.name for file in sorted(GOLDEN.glob("*.png"))] == names
    for name, page in zip(names, pages, strict=True):
        was, now = ink(GOLDEN / name), ink(io.BytesIO(page))
        assert was.shape == now.shape, name
        assert np.abs(was - now).mean() < MEAN, name
        assert np.abs(fields(was) - fields(now)).max() < WORST, name


def test_the_tolerance_sees_a_line_that_is_gone(pages):
    page = ink(io.BytesIO(pages[0]))
    gone = page.copy()
    rows = np.flatnonzero(page.max(axis=1) > 0.5)
    gone[rows[0] : rows[0] + 14] = 0
    assert np.abs(fields(page) - fields(gone)).max() > WORST
