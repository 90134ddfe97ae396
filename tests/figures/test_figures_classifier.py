"""What a classifier gets wrong, and what it finds: every number drawn is that of the table."""

import colorsys

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from framing.figures import (
    classifier_panel,
    confusion,
    frame_heatmap,
    group_errors,
    journal,
    learning_curve,
    plotted,
    reliability,
    save,
    style,
)
from framing.figures.cells import SHADES, ink
from framing.figures.journal import figure_of
from framing.figures.series import MOST_SERIES, look_of
from framing.tables import BadInput

from .conftest import LONG, NAMES

LABELS = ["economic", "morality", "crime and punishment", f"the frame of {LONG}"]


def matrix(labels=LABELS, right=180, times=1):
    random = np.random.default_rng(1)
    rows = [
        (true, called, times * int(random.poisson(right if true == called else 4)))
        for true in labels for called in labels
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["true", "predicted", "n"])


def bins(names=("linear",), count=10, column="classifier"):
    random = np.random.default_rng(2)
    rows = []
    for name in names:
        for predicted in np.linspace(0.04, 0.95, count):
            observed, n = np.clip(predicted + random.normal(0, 0.05), 0, 1), random.integers(20, 90)
            rows.append({column: name, "predicted": predicted, "observed": observed,
                         "low": max(observed - 0.08, 0), "high": min(observed + 0.08, 1),
                         "n": n})  # fmt: skip
    return pd.DataFrame(rows)


def rates(groups=NAMES, measures=("false_positive_rate", "calibration_error")):
    rows = []
    for at, group in enumerate(groups):
        for place, measure in enumerate(measures):
            value = 0.05 + 0.013 * (at % 9) - 0.1 * (place == 1)
            rows.append({"group": group, "measure": measure, "estimate": value,
                         "low": value - 0.03, "high": value + 0.04, "n": 101 + at})  # fmt: skip
    return pd.DataFrame(rows)


def curve(gap=0.1):
    rows = [
        (n + bool(less), 0.3 + 0.05 * np.log2(n) - less, 0.27 + 0.05 * np.log2(n) - less,
         0.34 + 0.05 * np.log2(n) - less, folds)
        for folds, less in (("random", 0), ("grouped", gap)) for n in (50, 100, 200, 400)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["n_train", "estimate", "low", "high", "folds"])


def frames(groups=NAMES, names=LABELS, scale=1.0):
    rows = []
    for at, group in enumerate(groups):
        for place, name in enumerate(names):
            value = scale * ((7 * at + 3 * place) % 10 / 20)
            rows.append({"group": group, "frame": name, "estimate": value, "low": 0.8 * value,
                         "high": 1.3 * value, "n_documents": 31 + at})  # fmt: skip
    return pd.DataFrame(rows)


MAKERS = {confusion: matrix, reliability: bins, group_errors: rates, learning_curve: curve,
          frame_heatmap: frames}  # fmt: skip
ALL = pytest.mark.parametrize("figure", list(MAKERS), ids=lambda one: one.__name__)


def printed(ax, gid):
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def points(ax, gid):
    return [
        tuple(point) for line in ax.lines if line.get_gid() == gid for point in line.get_xydata()
    ]


def segments(ax):
    return {
        tuple(np.round(np.ravel(segment), 9))
        for lines in ax.collections if lines.get_gid() == "interval"
        for segment in lines.get_segments()
    }  # fmt: skip


def width_of(ax):
    return figure_of(ax).get_size_inches()[0] / journal.MM


def overlaps(texts):
    boxes = [text.get_window_extent() for text in texts]
    return [
        (texts[a].get_text(), texts[b].get_text())
        for a in range(len(boxes)) for b in range(a) if boxes[a].overlaps(boxes[b])
    ]  # fmt: skip


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
def test_every_figure_is_of_journal_width_and_on_the_page(figure, outside):
    table = MAKERS[figure]()
    for name, wanted in (("single", 84), ("double", 174)):
        with style(name):
            ax = figure(table)
        assert width_of(ax) == pytest.approx(wanted)
        assert outside(figure_of(ax)) <= 1


@ALL
def test_saved_twice_the_bytes_are_the_same_and_the_alt_text_tells(figure, tmp_path):
    ax = figure(MAKERS[figure]())
    one, two = (save(ax, tmp_path / str(number)) for number in (1, 2))
    assert all(one[kind].read_bytes() == two[kind].read_bytes() for kind in ("pdf", "svg", "png"))
    alt = plotted(ax).alt
    assert len(alt) > 100
    assert "nan" not in alt
    assert len(pd.read_csv(one["csv"])) == len(plotted(ax).table)


@ALL
def test_print_is_seven_to_nine_points(figure):
    ax = figure(MAKERS[figure]())
    labels = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label,
              ax.yaxis.label]  # fmt: skip
    assert {7 <= text.get_fontsize() <= 9 for text in labels if text.get_text()} == {True}


@ALL
def test_what_cannot_be_drawn_is_bad_input(figure):
    table = MAKERS[figure]()
    value = {confusion: "n", reliability: "observed"}.get(figure, "estimate")
    name = figure.__name__
    before = plt.get_fignums()
    with pytest.raises(BadInput, match=f"{name}: the table has no rows"):
        figure(table.iloc[:0])
    with pytest.raises(BadInput, match=f"{name}: no row has a number in '{value}'"):
        figure(table.assign(**{value: np.nan}))
    with pytest.raises(BadInput, match=f"{name} needs the column '{value}'"):
        figure(table.drop(columns=value))
    with pytest.raises(BadInput, match=f"row 0 has 'many' as {value}"):
        figure(table.astype(object).assign(**{value: "many"}))
    if "low" in table:
        with pytest.raises(BadInput, match=r"row [01] has an interval from"):
            figure(table.assign(low=table["high"], high=table["low"]))
    if figure not in (confusion, reliability):
        with pytest.raises(BadInput, match="two rows have"):
            figure(pd.concat([table, table.iloc[:1]]))
    assert plt.get_fignums() == before


@ALL
def test_one_row_is_enough_and_gaps_do_not_matter(figure, outside):
    table = MAKERS[figure]()
    assert outside(figure_of(figure(table.iloc[:1]))) <= 1
    value = {confusion: "n", reliability: "observed"}.get(figure, "estimate")
    holed = table.copy()
    holed[value] = holed[value].astype(float)
    holed.loc[holed.index[1::2], [value, *[c for c in ("low", "high") if c in holed]]] = np.nan
    ax = figure(holed.assign(**{c: holed[c].astype(object) for c in holed if c == "group"}))
    assert outside(figure_of(ax)) <= 1
    assert "nan" not in plotted(ax).alt


def test_counts_and_shares_of_the_row_are_printed():
    table = matrix(LABELS[:3])
    ax = confusion(table)
    counts = table.pivot(index="true", columns="predicted", values="n").loc[LABELS[:3], LABELS[:3]]
    shares = counts.div(counts.sum(axis=1), axis=0)
    wanted = [
        f"{n}\n{100 * share:.0f}" if n else "0"
        for n, share in zip(counts.to_numpy().ravel(), shares.to_numpy().ravel(), strict=True)
    ]
    assert printed(ax, "cell") == wanted
    assert printed(ax, "n") == [str(n) for n in counts.sum(axis=1)]
    assert sum(patch.get_gid() == "right" for patch in ax.patches) == 3
    assert plotted(ax).table["share"].groupby(plotted(ax).table["true"]).sum().to_numpy() == (
        pytest.approx(1)
    )


@pytest.mark.parametrize("count", [1, 2, 6, 7, 15, 40])
@pytest.mark.parametrize("long", [False, True])
def test_any_number_of_labels_stays_on_the_page(count, long, outside):
    table = matrix([f"{number} {LONG if long else 'frame'}" for number in range(count)], times=11)
    ax = confusion(table)
    assert outside(figure_of(ax)) <= 1
    assert width_of(ax) == pytest.approx(84 if count <= 6 else 174)
    shown = min(count, 15)
    assert len(ax.get_yticklabels()) == shown
    cells = [text for text in ax.texts if text.get_gid() == "cell"]
    assert len(cells) == shown**2
    assert not overlaps(cells[: 3 * shown])
    assert not overlaps([label for label in ax.get_xticklabels() if label.get_text()])
    assert plotted(ax).table["n"].sum() == table["n"].sum()
    assert ("share the last row" in ax.get_xlabel().replace("\n", " ")) == (count == 40)


def test_pairs_that_are_missing_count_nothing_and_repeated_ones_add_up():
    table = pd.DataFrame({"true": ["a", "a", "b"], "predicted": ["a", "a", "c"], "n": [2, 3, 4]})
    told = plotted(confusion(table)).table.set_index(["true", "predicted"])
    assert told.loc[("a", "a"), "n"] == 5
    assert told.loc[("b", "c"), "n"] == 4
    assert told["n"].sum() == 9
    assert told.loc["c", "share"].isna().all()
    with pytest.raises(BadInput, match="row 0 has -1 as n; it should be 0 or more"):
        confusion(table.assign(n=-1))
    with pytest.raises(BadInput, match="every n is 0"):
        confusion(table.assign(n=0))


def test_narrow_axes_print_less_and_say_so():
    _, axes = plt.subplots(1, 6, figsize=(6, 2))
    ax = confusion(matrix(times=100), ax=axes[0])
    assert printed(ax, "cell")[0] == "94"  # no counts
    assert "percentage of the row" in ax.get_xlabel()
    _, axes = plt.subplots(1, 6, figsize=(3, 2))
    ax = confusion(matrix(times=100), ax=axes[0])
    assert not printed(ax, "cell")
    assert "darker: a larger share" in ax.get_xlabel().replace("\n", " ")
    ax = frame_heatmap(frames(), ax=axes[1])
    assert not printed(ax, "cell")


def test_shades_are_told_apart_in_grey_and_print_reads_on_them():
    levels = np.linspace(0, 1, 101)
    grey = [np.dot((0.2126, 0.7152, 0.0722), _linear(SHADES(level)[:3])) for level in levels]
    assert (np.diff(grey) < 0).all()
    for level, light in zip(levels, grey, strict=True):
        print_light = 1.0 if ink(level, 1.0) == "white" else 0.0
        contrast = (max(light, print_light) + 0.05) / (min(light, print_light) + 0.05)
        assert contrast >= 4.5


def _linear(colour):
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]


def test_series_differ_without_colour():
    looks = [look_of(number) for number in range(MOST_SERIES)]
    assert len({look.marker for look in looks}) == MOST_SERIES
    assert len({str(look.line) for look in looks}) == MOST_SERIES
    first, second = (colorsys.rgb_to_hls(*to_rgb(look.colour))[1] for look in looks[:2])
    assert (first, looks[0].fill) != (second, looks[1].fill)
    assert "white" in {looks[0].fill, looks[1].fill}


def test_reliability_draws_each_bin_with_its_interval_and_its_size():
    table = bins()
    ax = reliability(table)
    assert points(ax, "linear") == [tuple(p) for p in table[["predicted", "observed"]].to_numpy()]
    wanted = table[["predicted", "low", "predicted", "high"]].to_numpy()
    assert segments(ax) == {tuple(np.round(row, 9)) for row in wanted}
    assert points(ax, "diagonal") == [(0, 0), (1, 1)]
    bars = [bar.get_height() for bar in ax.patches]
    assert np.array(bars) / max(bars) == pytest.approx(table["n"] / table["n"].max())
    assert max(bar.get_y() + bar.get_height() for bar in ax.patches) < 0
    assert printed(ax, "count") == [str(n) for n in table["n"]]


@pytest.mark.parametrize("count", [1, 3, 4, 5, 50])
def test_several_classifiers_are_told_apart(count, outside):
    names = [f"{number} {LONG}" for number in range(count)]
    ax = reliability(bins(names))
    assert outside(figure_of(ax)) <= 1
    several = count > MOST_SERIES
    assert len(figure_of(ax).axes) == (min(count, 48) if several else 1)
    assert width_of(ax) == pytest.approx(174 if several else 84)
    if not several:
        shapes = {line.get_marker() for line in ax.lines if line.get_gid() in names}
        assert len(shapes) == count
    if count > 1:
        assert printed(ax, "scale")[0] == str(plotted(ax).table["n"].max())
    _, given = plt.subplots()
    if several:
        with pytest.raises(BadInput, match=f"{count} series for one axes, which holds 4"):
            reliability(bins(names), ax=given)


def test_frames_are_series_too_and_shares_are_shares():
    table = bins(LABELS[:2], column="frame")
    assert set(plotted(reliability(table)).table["series"]) == set(LABELS[:2])
    both = pd.concat([table.assign(classifier=name) for name in ("linear", "network")])
    assert plotted(reliability(both)).table["series"].nunique() == 4
    with pytest.raises(BadInput, match="row 3 has 40 as predicted; it should be from 0 to 1"):
        reliability(bins().assign(predicted=lambda t: t["predicted"].where(t.index != 3, 40)))
    with pytest.raises(BadInput, match="as n; it should be 0 or more"):
        reliability(bins().assign(n=-3))


def test_bins_crowded_at_zero_do_not_print_over_each_other(outside):
    ax = reliability(bins(count=25).assign(predicted=lambda t: t["predicted"] ** 4))
    assert not printed(ax, "count")
    assert printed(ax, "scale") == [str(plotted(ax).table["n"].max()), "0"]
    assert outside(figure_of(ax)) <= 1


def test_errors_stand_by_group_with_interval_and_n():
    table = rates()
    ax = group_errors(table)
    rows = [label.get_text() for label in ax.get_yticklabels()]
    first = table[table["measure"] == "false_positive_rate"].sort_values("estimate")[::-1]
    assert rows[0].startswith(str(first["group"].iloc[0])[:8])
    assert [x for x, _ in sorted(points(ax, "false_positive_rate"), key=lambda p: p[1])] == (
        pytest.approx(first["estimate"].tolist())
    )
    assert {(low, high) for low, _, high, _ in segments(ax)} == {
        (round(low, 9), round(high, 9))
        for low, high in zip(table["low"], table["high"], strict=True)
    }
    assert sorted(printed(ax, "n")) == [str(101 + at) for at in range(len(NAMES))]
    shapes = {line.get_marker() for line in ax.lines if line.get_gid() in set(table["measure"])}
    assert len(shapes) == 2
    apart = table.assign(n=range(len(table)))
    assert sorted(map(int, printed(group_errors(apart), "n"))) == list(range(len(table)))


@pytest.mark.parametrize("count", [1, 2, 50, 130])
def test_any_number_of_groups_stays_on_the_page(count, outside):
    groups = [f"{number} {LONG}" for number in range(count)]
    ax = group_errors(rates(groups))
    assert outside(figure_of(ax)) <= 1
    assert plotted(ax).table["group"].nunique() == min(count, 100)
    assert ("100 of 130 groups drawn" in ax.get_xlabel().replace("\n", " ")) == (count == 130)
    labels = ax.get_yticklabels()
    assert not overlaps(labels[:10])


def test_groups_of_several_fields_are_named_with_theirs():
    both = pd.concat([rates().assign(field=field) for field in ("outlet", "side")])
    told = plotted(group_errors(both)).table["group"]
    assert set(told) == {f"{field}: {name}" for field in ("outlet", "side") for name in NAMES}
    assert set(plotted(group_errors(rates().assign(field="outlet"))).table["group"]) == set(NAMES)


def test_more_measures_than_markers_are_bad_input():
    many = [f"measure_{number}" for number in range(5)]
    with pytest.raises(BadInput, match=r"5 measures .* it draws at most 4"):
        group_errors(rates(measures=many))
    assert len(figure_of(group_errors(rates(measures=many[:4]))).axes) == 1


@pytest.mark.parametrize("gap", [0.1, 0.001, 0.0])
def test_lines_of_the_learning_curve_are_labelled_at_their_ends(gap, outside):
    table = curve(gap)
    ax = learning_curve(table)
    for folds in ("random", "grouped"):
        mine = table[table["folds"] == folds]
        assert points(ax, folds) == [tuple(p) for p in mine[["n_train", "estimate"]].to_numpy()]
    labels = [text for text in ax.texts if text.get_gid() == "label"]
    assert [text.get_text().split("\n")[0] for text in labels] == ["random folds", "grouped folds"]
    last = table.iloc[3]
    assert f"{last['estimate']:.2f} ({last['low']:.2f}–{last['high']:.2f})" in labels[0].get_text()
    assert not overlaps(labels)
    assert outside(figure_of(ax)) <= 1
    assert sum(band.get_gid() == "band" for band in ax.collections) == 2
    lines = [line for line in ax.lines if line.get_gid() in ("random", "grouped")]
    assert len({(line.get_marker(), line.get_linestyle()) for line in lines}) == 2


def test_unknown_folds_and_no_training_units_are_bad_input():
    with pytest.raises(BadInput, match=r"no folds 'groupd' .did you mean 'grouped'"):
        learning_curve(curve().assign(folds="groupd").iloc[:4])
    with pytest.raises(BadInput, match="row 0 has 0 as n_train; it should be 1 or more"):
        learning_curve(curve().assign(n_train=0).iloc[:1])
    ax = learning_curve(curve(), score="AUC of $frames$")
    assert ax.get_ylabel().startswith("AUC of $frames$")


def test_values_and_intervals_of_frames_are_printed():
    table = frames(names=LABELS[:3])
    ax = frame_heatmap(table)
    wanted = [
        f"{100 * row.estimate:.0f}\n{100 * row.low:.0f}–{100 * row.high:.0f}"
        for row in table.itertuples()
    ]
    assert printed(ax, "cell") == wanted
    assert printed(ax, "n") == [str(31 + at) for at in range(len(NAMES))]
    assert "% of documents" in ax.get_xlabel()
    rate = frame_heatmap(frames(names=LABELS[:3], scale=30))
    assert "10.5\n8.40–13.7" in " ".join(printed(rate, "cell"))
    assert "%" not in rate.get_xlabel().replace("95 %", "")


@pytest.mark.parametrize("groups, count", [(1, 1), (1, 20), (4, 5), (50, 1), (50, 9), (70, 15)])
def test_any_number_of_frames_and_outlets_stays_on_the_page(groups, count, outside):
    table = frames([f"{n} {LONG}" for n in range(groups)], [f"{n} {LONG}" for n in range(count)])
    ax = frame_heatmap(table)
    assert outside(figure_of(ax)) <= 1
    note = ax.get_xlabel().replace("\n", " ")
    assert ("60 of 70 groups drawn" in note) == (groups == 70)
    assert ("15 of 20 frames drawn" in note) == (count == 20)
    cells = [text for text in ax.texts if text.get_gid() == "cell"]
    assert len(cells) == len(plotted(ax).table) == min(groups, 60) * min(count, 15)
    assert not overlaps(cells[: 2 * min(count, 15)])
    assert "–" in cells[-1].get_text()


def test_a_missing_cell_is_hatched_and_documents_that_differ_are_a_span():
    table = frames(names=LABELS[:2]).iloc[1:]
    table.loc[2, "n_documents"] = 12
    ax = frame_heatmap(table)
    assert [patch.get_hatch() for patch in ax.patches] == ["/////"]
    assert printed(ax, "cell").count("–") == 1
    assert printed(ax, "n")[1] == "12–32"


@pytest.mark.parametrize("labels, groups", [(2, 1), (5, 4), (8, 6), (15, 50)])
def test_the_panel_holds_all_three(labels, groups, outside, tmp_path):
    names = [f"{number} {LONG}" for number in range(labels)]
    tables = (matrix(names), bins(names, column="frame"), rates([f"G{n}" for n in range(groups)]))
    with style("single"):  # it is wider than that whatever is asked
        ax = classifier_panel(*tables)
    page = figure_of(ax)
    assert width_of(ax) == pytest.approx(174)
    assert len(page.axes) == 3
    assert outside(page) <= 1
    told = plotted(page)
    assert told.table["panel"].unique().tolist() == ["confusion", "reliability", "groups"]
    assert all(word in told.alt for word in ("Confusion matrix", "Reliability", "Dot plot"))
    boxes = [one.get_tightbbox() for one in page.axes]
    assert not any(boxes[a].overlaps(boxes[b]) for a in range(3) for b in range(a))
    note = page.axes[1].get_xlabel()
    assert (f"4 of {labels} series drawn" in note) == (labels > 4)
    assert printed(ax, "cell")
    assert save(page, tmp_path / "panel")["csv"].stat().st_size > 100


def test_the_panel_opens_no_figure_for_bad_tables():
    before = plt.get_fignums()
    for bad in range(3):
        tables = [matrix(), bins(), rates()]
        tables[bad] = tables[bad].iloc[:0]
        with pytest.raises(BadInput, match="the table has no rows"):
            classifier_panel(*tables)
    assert plt.get_fignums() == before
