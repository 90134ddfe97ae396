"""Figures of groups compared: every number drawn or printed is that of the table."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framing.figures import (
    agreement_panel,
    decomposition_bars,
    journal,
    label_choice,
    matched_pairs,
    outlet_forest,
    plotted,
    profile,
    referent_shares,
    save,
    specification_curve,
    style,
    term_forest,
    term_funnel,
    word_shift,
)
from framing.figures.journal import figure_of
from framing.measures.decomposition import decompose
from framing.measures.pairs import event_pairs
from framing.tables import BadInput

from .conftest import LONG, NAMES
from .tables_of_groups import (
    MAKERS,
    coders,
    index,
    parts,
    picture,
    shares,
    shifts,
    specifications,
    words,
)

VALUE = {term_funnel: "z", term_forest: "z", matched_pairs: "group", word_shift: "contribution"}
ALL = pytest.mark.parametrize("figure", list(MAKERS), ids=lambda one: one.__name__)


def printed(ax, gid):
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def every_text(figure):
    figure.canvas.draw()
    return [text for text in figure.findobj(plt.Text) if text.get_text() and text.get_visible()]


def drawn(ax, gids=("filled", "hollow")):
    return {(round(float(y), 6), round(float(x), 6)) for line in ax.lines
            if line.get_gid() in gids for x, y in line.get_xydata()}  # fmt: skip


def intervals(ax):
    return {tuple(np.round(segment[:, 0], 6)) for lines in ax.collections
            if lines.get_gid() == "interval" for segment in lines.get_segments()}  # fmt: skip


@ALL
def test_axes_given_are_used_and_nothing_is_left_behind(figure):
    table = MAKERS[figure]()
    kept = table.copy()
    _, ax = plt.subplots()
    before, settings = plt.get_fignums(), dict(plt.rcParams)
    assert figure(table, ax=ax) is ax
    assert plt.get_fignums() == before
    assert dict(plt.rcParams) == settings
    pd.testing.assert_frame_equal(table, kept)


@ALL
@pytest.mark.parametrize(("name", "mm"), [("single", 84), ("double", 174)])
def test_every_figure_is_of_journal_width_on_the_page_and_readable(figure, name, mm, outside):
    with style(name):
        ax = figure(MAKERS[figure]())
    assert figure_of(ax).get_size_inches()[0] / journal.MM == pytest.approx(mm)
    assert outside(figure_of(ax)) <= 1
    assert {7 <= text.get_fontsize() <= 9 for text in every_text(figure_of(ax))} == {True}


@ALL
def test_the_alt_text_tells_and_the_numbers_are_kept(figure):
    shown = plotted(picture(figure))
    assert len(shown.alt) > 100
    assert "nan" not in shown.alt
    assert len(shown.table) > 0
    assert {"low", "high"} <= set(shown.table)


@pytest.mark.parametrize("figure", [term_funnel, term_forest, specification_curve])
def test_saved_twice_the_bytes_are_the_same(figure, tmp_path):
    ax = figure(MAKERS[figure]())
    one, two = (save(ax, tmp_path / str(number)) for number in (1, 2))
    assert all(one[kind].read_bytes() == two[kind].read_bytes() for kind in one)
    assert len(pd.read_csv(one["csv"])) == len(plotted(ax).table)


@ALL
def test_empty_and_unknown_values_say_so(figure, outside):
    table = MAKERS[figure]()
    numbers = [name for name in ("estimate", "low", "high", "z", "delta", "group", "reference",
                                 "contribution") if name in table
               and pd.api.types.is_numeric_dtype(table[name])]  # fmt: skip
    for none in (table.iloc[:0], table.assign(**dict.fromkeys(numbers, np.nan))):
        ax = figure(none)
        assert any(text.get_gid() == "message" for text in figure_of(ax).findobj(plt.Text))
        assert outside(figure_of(ax)) <= 1
        assert "nan" not in plotted(ax).alt


@ALL
def test_what_cannot_be_read_is_bad_input(figure):
    table, value = MAKERS[figure](), VALUE.get(figure, "estimate")
    before = plt.get_fignums()
    with pytest.raises(BadInput, match=f"{figure.__name__} needs the column '{value}'"):
        figure(table.drop(columns=value))
    with pytest.raises(BadInput, match=f"row 0 has 'many' as {value}"):
        figure(table.astype(object).assign(**{value: "many"}))
    if "low" in table:
        with pytest.raises(BadInput, match=r"row [01] has an interval from"):
            figure(table.assign(low=table["high"], high=table["low"]))
    if figure is not specification_curve:
        with pytest.raises(BadInput, match="two rows have"):
            figure(pd.concat([table, table.iloc[:1]]))
    assert plt.get_fignums() == before


@ALL
def test_one_row_is_enough_and_gaps_do_not_matter(figure, outside):
    table, value = MAKERS[figure](), VALUE.get(figure, "estimate")
    ax = figure(table.iloc[:1])
    assert outside(figure_of(ax)) <= 1
    assert "nan" not in plotted(ax).alt
    holed = table.copy()
    gaps = [value, *[c for c in ("low", "high") if c in holed]]
    holed[gaps] = holed[gaps].astype(float)
    holed.loc[holed.index[1::2], gaps] = np.nan
    ax = figure(holed)
    assert outside(figure_of(ax)) <= 1
    assert "nan" not in plotted(ax).alt


@pytest.mark.parametrize("count", [2, 50])
@pytest.mark.parametrize(
    "figure", [f for f in MAKERS if f not in (specification_curve, referent_shares)],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_fifty_long_names_stay_on_the_page(figure, count, outside):
    names = [f"{number} {LONG}" for number in range(count)]
    ax = figure(MAKERS[figure](names))
    assert outside(figure_of(ax)) <= 1
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels() if label.get_text()]
    assert not any(one.overlaps(two) for one, two in pairwise(boxes))


def test_many_outlets_and_referents_are_cut_and_said(outside):
    names, things = [f"{n} {LONG}" for n in range(50)], [f"thing {n}" for n in range(40)]
    ax = referent_shares(shares(names, things))
    assert outside(figure_of(ax)) <= 1
    assert plotted(ax).table["group"].nunique() == 4
    assert plotted(ax).table["referent"].nunique() == 15
    assert "15 of 40 referents drawn\n4 of 50 groups drawn" in ax.get_xlabel()


def test_the_funnel_names_the_strongest_and_marks_those_of_few_sources():
    table = words([f"term {number}" for number in range(60)])
    ax = term_funnel(table, n=10)
    ranked = table.sort_values("z", ascending=False)["term"].tolist()
    assert printed(ax, "term") == [*ranked[:5], *ranked[-5:]]
    hollow = {point[1] for line in ax.lines if line.get_gid() == "hollow"
              for point in line.get_xydata()}  # fmt: skip
    named = plotted(ax).table.query("named")
    assert hollow == set(named.loc[named["flag"] != "", "z"])
    bounds = named[["low_z", "high_z"]].to_numpy() / named[["z"]].to_numpy()
    assert bounds == pytest.approx(named[["low", "high"]].to_numpy() / named[["delta"]].to_numpy())
    boxes = [text.get_window_extent() for text in ax.texts if text.get_gid() == "term"]
    assert not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[:at])


def test_the_term_forest_shows_interval_uses_sources_and_spread():
    table = words()
    ax = term_forest(table)
    shown = plotted(ax).table
    assert drawn(ax) == {(at, round(x, 6)) for at, x in enumerate(shown["delta"])}
    assert intervals(ax) == set(map(tuple, shown[["low", "high"]].round(6).to_numpy()))
    assert len(drawn(ax, ("hollow",))) == (table["flag"] != "").sum()
    assert printed(ax, "uses")[0] == f"{shown['count_1'][0]} : {shown['count_2'][0]}"
    assert printed(ax, "clusters") == [str(n) for n in shown["clusters"]]
    bars = [patch for patch in ax.patches if patch.get_gid() == "spread"]
    full = next(patch for patch in ax.patches if patch.get_gid() == "full").get_width()
    assert [bar.get_width() / full for bar in bars] == pytest.approx((1 - shown["dp"]).tolist())


def test_decomposition_draws_both_parts_and_their_sum():
    table = parts()
    ax = decomposition_bars(table)
    for name in ("composition", "rate"):
        bars = [p.get_width() for p in ax.patches if p.get_gid() == name]
        assert bars == pytest.approx(table.loc[table["part"] == name, "estimate"].tolist())
    wanted = table.loc[table["part"] == "difference", "estimate"].tolist()
    assert sorted(x for _, x in drawn(ax)) == pytest.approx(sorted(wanted))
    assert len(intervals(ax)) == len(set(zip(table["low"], table["high"], strict=True)))
    assert printed(ax, "n_documents") == ["40", "41", "42", "43"]
    with pytest.raises(BadInput, match="no part 'topic'"):
        decomposition_bars(table.replace({"part": {"rate": "topic"}}))


def test_tables_of_the_package_are_drawn_as_they_come(make_scores):
    scores = make_scores(["Argus", "Beacon"])
    how = {"by": "outlet", "pair": ("Argus", "Beacon")}
    split = pd.concat([decompose(scores, f"{name}.outlet", **how)
                       for name in ("hedging", "loaded_language")])  # fmt: skip
    ax = decomposition_bars(split)
    assert ax.get_yticklabels()[0].get_text().startswith("Hedging")
    found = event_pairs(scores, "hedging.outlet", **how)
    table = plotted(matched_pairs(found)).table
    assert table["difference"].iloc[:-1].sum() == pytest.approx(found["difference"].sum())


def test_the_mean_pair_is_that_of_the_measure(make_scores):
    from framing.measures.pairs import matched_pairs as tested

    scores = make_scores(["Argus", "Beacon"])
    how = {"by": "outlet", "pair": ("Argus", "Beacon")}
    row = tested(scores, "hedging.outlet", **how).iloc[0]
    ax = matched_pairs(event_pairs(scores, "hedging.outlet", **how))
    last = plotted(ax).table.iloc[-1]
    told = (last["difference"], last["low"], last["high"])
    assert told == pytest.approx((row["estimate"], row["low"], row["high"]))
    assert last["n_group"] + last["n_reference"] == row["n_documents"]


def test_in_a_word_shift_terms_others_and_sum_add_up():
    table = shifts([f"term {number}" for number in range(30)])
    ax = word_shift(table, n=12)
    shown = plotted(ax).table
    total = shown.loc[shown["kind"] == "sum", "contribution"].item()
    assert total == pytest.approx(table["contribution"].sum())
    assert shown.loc[shown["kind"] != "sum", "contribution"].sum() == pytest.approx(total)
    widths = [patch.get_width() for patch in ax.patches if patch.get_gid()]
    assert sorted(widths) == pytest.approx(sorted(shown["contribution"].iloc[:12]))
    assert printed(ax, "whole") == ["95 %: \N{MINUS SIGN}3.25 to 4.50"]
    assert printed(ax, "uses")[-1] == f"{table['count_1'].sum()} : {table['count_2'].sum()}"


def test_label_choice_says_who_used_too_few_names():
    table = index()
    table.loc[table["group"] == NAMES[1], ["estimate", "low", "high"]] = np.nan
    ax = label_choice(table)
    assert printed(ax, "message") == ["too few uses"]
    known = table[table["estimate"].notna()]
    assert {x for _, x in drawn(ax)} == set(known["estimate"].round(6))
    assert len(printed(ax, "n_uses")) == len(table)
    with pytest.raises(BadInput, match="it should be from -1 to 1"):
        label_choice(table.assign(estimate=2.0, high=2.5))
    with pytest.raises(BadInput, match="3 measures"):
        label_choice(index(voices=("outlet", "attributed", "all")))


def test_shares_of_names_are_those_of_the_table():
    table = shares()
    ax = referent_shares(table)
    assert len(drawn(ax)) == len(table)
    assert {x for _, x in drawn(ax)} == set(table["estimate"].round(6))
    assert sorted(printed(ax, "uses")) == sorted(
        f"{left} : {right}" for left, right in table[["n_left", "n_right"]].to_numpy()
    )


def test_agreement_has_lines_where_conclusions_begin():
    table = coders()
    ax = agreement_panel(table)
    assert {x for _, x in drawn(ax)} == set(table["estimate"].round(6))
    assert printed(ax, "line") == [".667", ".800"]
    assert printed(ax, "n_units") == ["240", "241", "242", "243"]
    with pytest.raises(BadInput, match="5 coefficients"):
        agreement_panel(coders(names=list("abcde")))


def test_the_curve_is_sorted_and_every_choice_is_marked_once(outside):
    table = specifications()
    ax = specification_curve(table, label="difference")
    upper, lower = ax.child_axes
    points = sorted(point for line in upper.lines if line.get_gid() in ("filled", "hollow")
                    for point in map(tuple, line.get_xydata()))  # fmt: skip
    assert [y for _, y in points] == pytest.approx(sorted(table["estimate"]))
    marks = [len(lines.get_segments()) for lines in lower.collections]
    assert sum(marks) == 3 * len(table)
    filled = sum(len(line.get_xdata()) for line in upper.lines if line.get_gid() == "filled")
    assert filled == ((table["low"] > 0) | (table["high"] < 0)).sum()
    main = next(line.get_xdata()[0] for line in upper.lines if line.get_gid() == "main")
    assert plotted(ax).table["main"].to_numpy().nonzero()[0].tolist() == [main]
    many = specification_curve(specifications(2304), ["lexicon", "voice"])
    assert outside(figure_of(many)) <= 1
    assert len(plotted(many).table) == 2304
    assert "of them drawn" in many.child_axes[1].get_xlabel()
    with pytest.raises(BadInput, match="no column of choices"):
        specification_curve(table[["estimate", "low", "high", "n"]])


def test_a_corrected_estimate_stands_below_its_uncorrected_hollow_one(make_estimates, outside):
    table = make_estimates()
    better = table.assign(estimate=table["estimate"] * 0.8)
    ax = outlet_forest(table, corrected=better)
    for gid, rows, step in (("hollow", table, -0.17), ("filled", better, 0.17)):
        order = better.sort_values("estimate", ascending=False).index
        wanted = {(round(at + step, 6), round(rows.loc[row, "estimate"], 6))
                  for at, row in enumerate(order)}  # fmt: skip
        assert drawn(ax, (gid,)) == wanted
    assert plotted(ax).table["half"].value_counts().to_dict() == {
        "corrected": len(table), "uncorrected": len(table)}  # fmt: skip
    assert len(printed(ax, "n_documents")) == len(table)
    assert "filled: corrected; hollow: not" in ax.get_xlabel()
    assert outside(figure_of(ax)) <= 1
    with pytest.raises(BadInput, match="corrected= needs the column 'low'"):
        outlet_forest(table, corrected=table.drop(columns="low"))


def test_events_are_rules_in_every_panel_and_named_below(make_scores, outside):
    events = {"the vote": "2024-05-02", "the flood": "2024-03-11T08:00:00+01:00"}
    for outlets in (NAMES[:1], NAMES):
        ax = profile(make_scores(outlets), "hedging", events=events)
        for panel in figure_of(ax).axes:
            assert sum(line.get_gid() == "event" for line in panel.lines) == 2
        told = " ".join(text.get_text() for text in every_text(figure_of(ax)))
        assert "1: the flood; 2: the vote" in " ".join(told.split())
        assert outside(figure_of(ax)) <= 1
    with pytest.raises(BadInput, match="event 'x' has the date 'May'"):
        profile(make_scores(), "hedging", events={"x": "May"})
