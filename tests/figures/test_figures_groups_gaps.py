"""Figures of groups compared: tables with gaps, tables as measures give them, and long ones."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from framing.figures import (
    agreement_panel,
    frame_heatmap,
    group_errors,
    learning_curve,
    matched_pairs,
    measure_profile,
    outlet_forest,
    plotted,
    profile,
    reliability,
    specification_curve,
)
from framing.figures.journal import figure_of
from framing.figures.wording import DASH
from framing.measures.validity import multiverse
from framing.tables import BadInput

from .tables_of_groups import MAKERS, coders, pairs, specifications


def printed(ax, gid):
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def below(ax):
    return ax.child_axes[1].get_xlabel().replace("\n", " ")


def test_a_multiverse_is_drawn_as_it_comes(outside):
    table = multiverse(
        {"prior": {"flat": 0.01, "strong": 10}, "words": {"all": 1, "own": 2}},
        lambda prior, words: (words / (1 + prior), 0.0, 2.0),
    )
    ax = specification_curve(table)
    pd.testing.assert_frame_equal(plotted(ax).table[table.columns], table)
    assert "n" not in plotted(ax).table
    assert "n =" not in below(ax) + plotted(ax).alt
    assert outside(figure_of(ax)) <= 1


def test_specifications_without_an_estimate_are_counted():
    table = specifications()
    table.loc[::3, ["estimate", "low", "high"]] = np.nan
    ax = specification_curve(table)
    assert "8 specifications without an estimate, not drawn" in below(ax)
    assert "8 specifications without an estimate." in plotted(ax).alt
    assert "without an estimate" not in below(specification_curve(specifications()))


def test_choices_must_be_named():
    with pytest.raises(BadInput, match="no column of choices"):
        specification_curve(specifications(), [])


def test_a_coefficient_that_is_not_defined_is_said(outside):
    table = coders()
    table.loc[table["item"] == "morality", ["estimate", "low", "high"]] = np.nan
    ax = agreement_panel(table)
    assert printed(ax, "undefined") == ["not defined"] * 2
    assert plotted(ax).alt.count("not defined for 1 item") == 2
    assert outside(figure_of(ax)) <= 1
    assert not printed(agreement_panel(coders()), "undefined")


def test_pairs_of_coders_are_items():
    table = pd.DataFrame(
        {"coder_a": "Ada", "coder_b": ["Bo", "Cy"], "measure": "hedging.outlet",
         "coefficient": "alpha, nominal", "estimate": [0.7, np.nan], "low": [0.6, np.nan],
         "high": [0.8, np.nan], "n_units": [40, 38]}
    )  # fmt: skip
    two, one = agreement_panel(table), agreement_panel(table.iloc[:1])
    title = "Hedging, outlet's own voice"
    assert plotted(two).table["item"].tolist() == [
        f"{title}: Ada with Bo", f"{title}: Ada with Cy",
    ]  # fmt: skip
    assert plotted(one).table["item"].tolist() == [title]
    assert printed(two, "n_coders") == ["2", "2"]


@pytest.mark.parametrize("given", ["hedging", None])
@pytest.mark.parametrize("draw", [*MAKERS, reliability])
def test_what_is_no_table_is_refused(draw, given):
    with pytest.raises(BadInput, match="draws a table "):
        draw(given)
    for by_scores in (profile, measure_profile):
        with pytest.raises(BadInput, match="draws a table "):
            by_scores(given, "hedging")


def without_intervals(table):
    return table.assign(low=np.nan, high=np.nan)


@pytest.mark.parametrize("draw", [draw for draw, made in MAKERS.items() if "low" in made()])
def test_an_interval_that_is_not_there_is_said_to_be_none(draw):
    said = plotted(draw(without_intervals(MAKERS[draw]()))).alt
    assert "nan" not in said and DASH not in said


@pytest.mark.parametrize("draw", [frame_heatmap, group_errors, learning_curve, outlet_forest,
                                  reliability])  # fmt: skip
def test_nor_is_there_one_in_what_is_told_of_classifiers(draw, make_estimates):
    kinds = {"estimate": [0.5, 0.7], "n": 40, "n_documents": 40, "group": ["a", "b"],
             "measure": "recall", "frame": "economic"}  # fmt: skip
    curve = {"n_train": [10, 90], "estimate": [0.5, 0.7], "folds": "random"}
    bins = {"predicted": [0.2, 0.8], "observed": [0.3, 0.7], "n": 40}
    tables = {learning_curve: curve, reliability: bins, outlet_forest: make_estimates(),
              frame_heatmap: kinds, group_errors: kinds}  # fmt: skip
    ax = draw(without_intervals(pd.DataFrame(tables[draw])))
    texts = [text.get_text() for text in ax.figure.findobj(Text)]
    assert "no interval" in plotted(ax).alt
    assert not [text for text in [plotted(ax).alt, *texts] if "nan" in text]


def test_neither_side_of_many_events_is_cut_off():
    table = pairs([f"event {number}" for number in range(300)])
    ax = matched_pairs(table)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    rows = plotted(ax).table
    assert labels[0] == rows["event"].iloc[0]
    assert labels[-2] == rows["event"].iloc[-2]
    assert len(labels) == 81
    assert "80 of 300 events drawn, evenly by rank" in ax.get_xlabel().replace("\n", " ")


def test_one_event_has_no_interval():
    ax = matched_pairs(pairs().iloc[:1])
    assert "no interval: one event" in ax.get_xlabel()
    assert "no interval: one event" in plotted(ax).alt


def test_events_that_differ_alike_have_no_interval():
    table = pairs().assign(reference=[0.1 * n for n in range(len(pairs()))])
    table["group"] = table["reference"] + 2
    ax = matched_pairs(table)
    assert np.isnan(plotted(ax).table["low"].iloc[-1])
    assert "no interval: all events differ alike" in ax.get_xlabel().replace("\n", " ")
    assert "no interval: all events differ alike" in plotted(ax).alt


@pytest.mark.parametrize("names", [("Argus",), "Argus", "AB"])
def test_two_groups_must_be_named(names):
    with pytest.raises(BadInput, match="names of two groups"):
        matched_pairs(pairs(), names=names)
