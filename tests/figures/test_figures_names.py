"""Names that the font cannot draw: groups stay apart, and so do their labels."""

import warnings

import numpy as np
import pandas as pd
import pytest

from framing.figures import (
    agreement_panel,
    comparison_themes,
    confusion,
    decomposition_bars,
    difference_forest,
    frame_heatmap,
    group_errors,
    label_choice,
    matched_pairs,
    measure_profile,
    outlet_forest,
    plotted,
    profile,
    referent_shares,
    reliability,
    specification_curve,
    top_terms,
)
from framing.figures.journal import figure_of
from framing.figures.wording import drawable, fit, fit_all, name_of, ruler

from .tables_of_groups import coders, index, pairs, parts, shares

TWO = ["日本", "中国"]


def labels(ax):
    return [label.get_text() for label in ax.get_yticklabels() if label.get_text()]


def test_names_stay_what_they_are():
    names = ["日本", "中国", "a\tb", "a b", "Argus", " Argus", "a\x00b", "a\ud800b", "a\ud801b"]
    assert len({name_of(name) for name in names}) == len(names)
    assert all(name_of(name).encode("utf-8") for name in names)


@pytest.mark.parametrize("lines", [1, 2])
def test_labels_are_told_apart_within_their_room(lines):
    long = "The very long gazette of "
    names = ["日本", "中国", "Argus", *(long + town for town in ("Sometown", "Othertown"))]
    measure = ruler()
    with pytest.warns(UserWarning, match="日本"):
        found = fit_all(names, 60, measure, lines)
    assert len(set(found)) == len(names)
    assert found[2] == "Argus"
    assert max(measure(line) for label in found for line in label.split("\n")) <= 61
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fit_all(["Argus", "Beacon"], 60, measure) == ["Argus", "Beacon"]


@pytest.mark.filterwarnings("ignore:the font cannot draw")
def test_groups_are_not_pooled(make_scores, hits):
    scores = make_scores(TWO, 6)
    for ax in (measure_profile(scores), profile(scores, "hedging")):
        assert set(plotted(ax).table["group"]) == set(TWO)
        told = [text.get_text() for text in ax.get_legend().get_texts()]
        assert len(set(told)) == 2 and all("6 documents" in line for line in told)
    found = pd.concat([hits.assign(outlet=name) for name in TWO])
    terms = plotted(top_terms(found, by="outlet")).table
    assert terms["count"].sum() == len(found) and set(terms["group"]) == set(TWO)
    compared = pd.DataFrame({
        "doc_id": ["日本-0", "中国-0"], "start": 0, "end": 14, "text": "a second Suez.",
        "extractor": "historical_comparison", "label": "LABEL", "voice": "outlet",
        "attributes": '{"core": true, "source": [9, 13], "entry": "suez"}'})  # fmt: skip
    themes = plotted(comparison_themes(compared, scores, {"suez": "empire"})).table
    assert dict(zip(themes["group"], themes["count"], strict=True)) == dict.fromkeys(TWO, 1)


@pytest.mark.filterwarnings("ignore:the font cannot draw")
def test_counts_and_series_are_not_added():
    pair = {"true": TWO, "predicted": TWO, "n": [3, 5]}
    assert plotted(confusion(pd.DataFrame(pair))).table["n"].tolist() == [3, 0, 0, 5]
    bins = pd.DataFrame({"predicted": 0.5, "observed": [0.2, 0.6], "low": 0, "high": 1, "n": 50,
                         "frame": TWO})  # fmt: skip
    assert plotted(reliability(bins)).table["series"].tolist() == TWO
    table = pd.DataFrame({"lexicon": TWO, "estimate": [1.0, 2.0], "low": 0.5, "high": 3, "n": 9})
    ax = specification_curve(table)
    rows = [label for part in ax.child_axes for label in labels(part) if "�" in label]
    assert len(rows) == len(set(rows)) == 2


@pytest.mark.filterwarnings("ignore:the font cannot draw")
def test_every_group_has_a_row_of_its_own(make_estimates):
    errors = pd.DataFrame({"group": TWO, "measure": "brier_score", "estimate": [0.1, 0.2],
                           "low": 0, "high": 0.3, "n": 9})  # fmt: skip
    heat = pd.DataFrame({"group": TWO, "frame": "gun_policy", "estimate": 0.2, "low": 0.1,
                         "high": 0.3, "n_documents": 9})  # fmt: skip
    estimates = make_estimates([*TWO, "Argus"], reference="Argus")
    found = [outlet_forest(estimates), difference_forest(estimates), group_errors(errors),
             frame_heatmap(heat), agreement_panel(coders(TWO)), label_choice(index(TWO)),
             matched_pairs(pairs(TWO)), decomposition_bars(parts(TWO)),
             referent_shares(shares(["Sun"], TWO))]  # fmt: skip
    for ax in found:
        told = [label for label in labels(ax) if "�" in label]
        assert len(told) == len(set(told)) == 2
        assert all(drawable(label) == label.replace("\n", " ") for label in told)


def test_underscores_are_not_drawn(hits):
    heat = pd.DataFrame({"group": ["Sun"], "frame": "gun_policy", "estimate": 0.2, "low": 0.1,
                         "high": 0.3, "n_documents": 9})  # fmt: skip
    matrix = pd.DataFrame({"true": ["gun_policy"], "predicted": ["no_frame"], "n": [4]})
    bins = pd.DataFrame({"predicted": 0.5, "observed": [0.2, 0.6], "low": 0, "high": 1, "n": 50,
                         "frame": ["gun_policy", "no_frame"]})  # fmt: skip
    for ax in (frame_heatmap(heat), confusion(matrix), reliability(bins),
               top_terms(hits, column="label")):  # fmt: skip
        figure = figure_of(ax)
        figure.canvas.draw()
        told = [text.get_text() for text in figure.findobj(lambda part: hasattr(part, "get_text"))]
        assert not [text for text in told if "_" in text]


def test_fit_of_one_name_is_unchanged():
    assert fit("日本 Argus", 90, ruler()) == "�� Argus"
    assert np.isfinite(ruler()("�"))
