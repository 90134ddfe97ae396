"""Forests: the numbers drawn and printed are those of the table."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framing.figures import difference_forest, outlet_forest, plotted
from framing.figures.journal import figure_of
from framing.tables import BadInput

from .conftest import LONG

VOICES = tuple(f"loaded_language.{voice}.per_1k" for voice in ("outlet", "attributed", "all"))


def drawn(ax):
    """Return {y: x} of the markers."""
    return {
        float(y): float(x)
        for line in ax.lines
        if line.get_gid() in ("filled", "hollow")
        for x, y in line.get_xydata()
    }


def printed(ax, column):
    return [text.get_text() for text in ax.texts if text.get_gid() == column]


def test_points_and_intervals_are_those_of_the_table(make_estimates):
    table = make_estimates()
    ax = outlet_forest(table)
    ordered = table.sort_values("estimate", ascending=False)
    assert [drawn(ax)[y] for y in sorted(drawn(ax))] == ordered["estimate"].tolist()
    segments = {(s[0][1], s[0][0], s[1][0]) for c in ax.collections for s in c.get_segments()}
    assert segments == {
        (y, low, high)
        for y, (low, high) in enumerate(zip(ordered["low"], ordered["high"], strict=True))
    }


def test_documents_and_words_are_printed(make_estimates):
    table = make_estimates()
    ax = outlet_forest(table)
    assert set(printed(ax, "n_documents")) == {str(n) for n in table["n_documents"]}
    assert set(printed(ax, "n_words")) == {f"{n:,}" for n in table["n_words"]}


def test_returns_the_axes_given_and_opens_no_figure(make_estimates):
    figure, ax = plt.subplots()
    before = plt.get_fignums()
    assert outlet_forest(make_estimates(), ax=ax) is ax
    assert difference_forest(make_estimates(reference="Harbour Argus"), ax=ax) is ax
    assert plt.get_fignums() == before
    assert figure_of(ax) is figure


def test_measures_are_panels_with_the_same_rows(make_estimates):
    ax = outlet_forest(make_estimates(measures=VOICES))
    panels = ax.figure.axes
    assert len(panels) == 3
    assert len({panel.get_ylim() for panel in panels}) == 1
    assert len({panel.get_title(loc="left") for panel in panels}) == 3
    shapes = {next(line.get_marker() for line in panel.lines if line.get_gid()) for panel in panels}
    assert len(shapes) == 3
    assert plotted(ax).table["measure"].nunique() == 3


def test_a_measure_can_be_named_by_its_first_part(make_estimates):
    table = make_estimates(measures=(*VOICES, "hedging.outlet.per_1k"))
    assert len(outlet_forest(table, "loaded_language").figure.axes) == 3
    assert len(outlet_forest(table, "hedging.outlet.per_1k").figure.axes) == 1
    with pytest.raises(BadInput, match="did you mean 'hedging"):
        outlet_forest(table, "hedgin.outlet.per_1k")


def test_several_measures_do_not_go_into_one_axes(make_estimates):
    _, ax = plt.subplots()
    with pytest.raises(BadInput, match="3 measures for one axes"):
        outlet_forest(make_estimates(measures=VOICES), ax=ax)


@pytest.mark.parametrize("count", [1, 2, 50, 400])
def test_any_number_of_outlets_stays_on_the_page(make_estimates, outside, count):
    names = [f"Outlet {number} {LONG}" for number in range(count)]
    ax = outlet_forest(make_estimates(groups=names))
    assert outside(ax.figure) <= 1
    assert len(plotted(ax).table) == min(count, 150)
    told = " ".join(text.get_text() for text in ax.texts)
    assert ("150 of 400 rows" in told) == (count == 400)


@pytest.mark.parametrize("measures", [VOICES[:1], VOICES, (*VOICES, "hedging.outlet")])
def test_long_names_stay_on_the_page(make_estimates, outside, measures):
    table = make_estimates(measures=measures, reference=LONG)
    assert outside(outlet_forest(table).figure) <= 1
    assert outside(difference_forest(table).figure) <= 1


def test_rates_and_differences_are_kept_apart(make_estimates):
    table = make_estimates(reference="Harbour Argus")
    assert len(plotted(outlet_forest(table)).table) == 4
    ax = difference_forest(table)
    assert plotted(ax).table["reference"].unique().tolist() == ["Harbour Argus"]
    assert "minus Harbour Argus" in ax.get_xlabel()


def test_filled_means_adjusted_p_below_five_percent(make_estimates):
    table = make_estimates(reference="Harbour Argus")
    ax = difference_forest(table)
    filled = sum(len(line.get_xdata()) for line in ax.lines if line.get_gid() == "filled")
    hollow = sum(len(line.get_xdata()) for line in ax.lines if line.get_gid() == "hollow")
    rows = plotted(ax).table
    assert (filled, hollow) == (
        (rows["p_adjusted"] < 0.05).sum(),
        (rows["p_adjusted"] >= 0.05).sum(),
    )
    assert set(printed(ax, "p_adjusted")) == {f"{p:.3f}"[1:] for p in rows["p_adjusted"]}
    assert any(line.get_xdata()[0] == line.get_xdata()[1] == 0 for line in ax.lines[-3:])


def test_several_references_are_named_in_the_rows(make_estimates):
    import pandas as pd

    table = pd.concat([make_estimates(reference=name) for name in ("Harbour Argus", LONG)])
    labels = {text.get_text() for text in difference_forest(table).get_yticklabels()}
    assert "Northern Beacon − Harbour Argus" in {label.replace("\n", " ") for label in labels}


def test_empty_and_unknown_rates_say_so(make_estimates):
    table = make_estimates()
    empty = outlet_forest(table.iloc[:0])
    assert "No group rates" in " ".join(text.get_text() for text in empty.texts)
    assert len(plotted(empty).table) == 0
    table[["estimate", "low", "high"]] = np.nan
    blank = outlet_forest(table)
    assert "too few words" in " ".join(text.get_text() for text in blank.texts)
    assert printed(blank, "n_documents")
    assert "none with enough words" in plotted(blank).alt
    infinite = make_estimates()
    infinite.loc[0, ["low", "high"]] = [-np.inf, np.inf]
    assert np.isfinite(outlet_forest(infinite).get_xlim()).all()


def test_a_missing_column_is_named(make_estimates):
    with pytest.raises(BadInput, match="'low'"):
        outlet_forest(make_estimates().drop(columns="low"))


def test_the_users_table_is_not_changed(make_estimates):
    table = make_estimates(reference="Harbour Argus")
    before = table.copy(deep=True)
    outlet_forest(table)
    difference_forest(table)
    assert table.equals(before)


def test_four_measures_stand_two_by_two_and_say_what_is_the_same_once():
    measures = [f"{name}.outlet" for name in "abcd"]
    rows = [
        (name, group, other, 1.0, 0.5, 1.5, 0.2, 32, 7558)
        for name in measures for group in ("X", "Y") for other in (None, "all others")
    ]  # fmt: skip
    columns = ["measure", "group", "reference", "estimate", "low", "high", "p_adjusted",
               "n_documents", "n_words"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    for draw, below in (
        (outlet_forest, "per 1,000 words"),
        (
            difference_forest,
            "minus all others, per 1,000 words\n95 % interval; 32 documents, 7,558 words; filled",
        ),
    ):
        figure = draw(table).figure
        assert {ax.get_subplotspec().get_gridspec().ncols for ax in figure.axes} == {2}
        assert figure.get_supxlabel().startswith(below)
        assert not any(ax.get_xlabel() for ax in figure.axes)
        printed = [text.get_gid() for ax in figure.axes for text in ax.texts]
        assert ("n_words" in printed) == (draw is outlet_forest)
