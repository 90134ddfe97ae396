"""Made-up tables: every outlet, text and number here was invented for these tests."""

from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

LONG = "The Very Long and Independent Gazette of Upper and Lower Sometown-on-Sea"
NAMES = ["Harbour Argus", "Northern Beacon", LONG, "Valley $Times$ & Post"]
TEXT = (
    "The council slammed the brakes on a much-derided plan.\n\n"
    "“It is a betrayal, our Dunkirk,” said Ada Holm. The mayor said that chaos was over.\n\n"
    "His so-called “vision” was set out in May."
)


@pytest.fixture(autouse=True)
def _paper():
    """Draw without a window, and leave no figure open."""
    from matplotlib import pyplot as plt

    with mpl.rc_context():
        plt.switch_backend("agg")
        yield
        plt.close("all")


@pytest.fixture
def make_estimates():
    def make(groups=NAMES, measures=("loaded_language.outlet.per_1k",), reference=None):
        rows = []
        for number, measure in enumerate(measures):
            for at, group in enumerate(groups):
                value = (3.7 * at + number) % 9
                told = {"measure": measure, "group": group, "reference": None, "p": np.nan,
                        "p_adjusted": np.nan, "estimate": value, "low": max(value - 1.5, 0),
                        "high": value + 2.25, "n_documents": 11 + at, "n_words": 7001 + at,
                        "n_clusters": 4, "method": "pooled rate"}  # fmt: skip
                rows.append(told)
                if reference is not None and group != reference:
                    apart = {"reference": reference, "estimate": value - 4, "low": -5.5,
                             "high": 5.5, "p": 0.01, "p_adjusted": 0.02 + 0.04 * at}  # fmt: skip
                    rows.append(told | apart)
        return pd.DataFrame(rows)

    return make


@pytest.fixture
def make_scores():
    def make(outlets=NAMES, documents=30, days=200, extractors=("loaded_language", "hedging")):
        random = np.random.default_rng(7)
        rows = []
        for outlet in outlets:
            for number in range(documents):
                words, told = int(random.integers(200, 900)), int(random.integers(50, 200))
                day = pd.Timestamp("2024-01-15") + pd.Timedelta(days=int(random.integers(0, days)))
                row = {"doc_id": f"{outlet}-{number}", "outlet": outlet, "event": f"e{number % 5}",
                       "date": day.date().isoformat(), "n_words": words + told,
                       "n_words_outlet": words, "n_words_attributed": told}  # fmt: skip
                for place, name in enumerate(extractors):
                    own, theirs = random.poisson([0.01 * words / (1 + place), 0.02 * told])
                    for voice, count, base in (
                        ("outlet", own, words), ("attributed", theirs, told),
                        ("all", own + theirs, words + told),
                    ):  # fmt: skip
                        row[f"{name}.{voice}.count"] = count
                        row[f"{name}.{voice}.per_1k"] = 1000 * count / base
                rows.append(row)
        return pd.DataFrame(rows)

    return make


@pytest.fixture
def document():
    def run(words, voice):
        return TEXT.index(words), TEXT.index(words) + len(words), voice

    runs = [run("“It is a betrayal, our Dunkirk,”", "direct"), run("chaos was over", "indirect"),
            run("vision", "scare")]  # fmt: skip
    return SimpleNamespace(doc_id="d1", title="Council halts $5bn plan", text=TEXT, runs=runs)


@pytest.fixture
def hits():
    found = [
        ("slammed", "loaded_language", "outlet"), ("much-derided", "loaded_language", "outlet"),
        ("betrayal", "loaded_language", "direct"), ("chaos", "loaded_language", "indirect"),
        ("our Dunkirk", "historical_comparison", "direct"),
        ("Dunkirk", "partisan_framing", "direct"), ("vision", "loaded_language", "scare"),
    ]  # fmt: skip
    rows = [
        {"doc_id": "d1", "start": TEXT.index(text), "end": TEXT.index(text) + len(text),
         "text": text, "extractor": extractor, "label": "a_label", "voice": voice,
         "speaker": "Ada Holm" if voice == "direct" else None, "rule": text}
        for text, extractor, voice in found
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture
def outside():
    """Return how many pixels of a figure's drawing lie outside its page, at the worst edge."""

    def measure(figure):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        page = figure.bbox
        worst = 0.0
        for ax in figure.axes:
            box = ax.get_tightbbox(renderer)
            if box is not None:
                worst = max(worst, page.x0 - box.x0, page.y0 - box.y0, box.x1 - page.x1,
                            box.y1 - page.y1)  # fmt: skip
        return worst

    return measure
