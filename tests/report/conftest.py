"""Made-up material for the report."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from pypdf import PdfReader

from framing.report import MarkedText

WORDS = (
    "The board slammed the plan.\n\n"
    "“A shameful surrender,” said Mara Quill. She added that the mayor had caved.\n\n"
    "Read more: the quarrel in brief"
)


def place(words: str) -> tuple[int, int]:
    start = WORDS.index(words)
    return start, start + len(words)


@pytest.fixture
def exemplar() -> MarkedText:
    rows = [
        ("slammed", "loaded_language", "attack", None),
        ("shameful", "loaded_language", "blame", "Mara Quill"),
        ("surrender", "partisan_framing", "contested_name", "Mara Quill"),
        ("caved", "loaded_language", "blame", None),
    ]
    hits = pd.DataFrame(
        [
            {"start": place(w)[0], "end": place(w)[1], "text": w, "extractor": x, "label": label,
             "speaker": speaker}
            for w, x, label, speaker in rows
        ]
    )  # fmt: skip
    runs = [
        (*place("“A shameful surrender,”"), "direct", "Mara Quill"),
        (*place("that the mayor had caved"), "indirect", "Ann Other"),
        (*place("Read more: the quarrel in brief"), "boilerplate"),
    ]
    return MarkedText("Plan sunk", {"outlet": "Daily", "date": "2031-05-06"}, WORDS, runs, hits)


@pytest.fixture
def estimates() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": ["loaded_language.outlet.per_1k"] * 3,
            "group": ["Courier", "Post", "Post"],
            "reference": [None, None, "Courier"],
            "estimate": [1.234, 6.5, 5.266],
            "low": [0.4, 5.1, -0.2],
            "high": [2.1, 8.0, 10.0],
            "p": [float("nan"), float("nan"), 0.00004],
            "n_words": [12345, 2345, 14690],
        }
    )


@pytest.fixture
def drawn() -> Figure:
    figure = Figure(figsize=(4, 2), layout="constrained")
    axes = figure.subplots(1, 2)
    axes[0].plot([1, 2], [3, 4])
    axes[0].set(title="Left half", xlabel="per 1,000 words")
    axes[1].plot([1, 2], [4, 3])
    return figure


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)
