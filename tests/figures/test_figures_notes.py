"""What figures say of themselves: levels, what was cut, what is missing, and axes that read."""

import numpy as np
import pandas as pd
import pytest

from framing.figures import (
    comparison_themes,
    decomposition_bars,
    group_errors,
    label_choice,
    learning_curve,
    matched_pairs,
    measure_profile,
    plotted,
    profile,
    referent_shares,
    reliability,
    source_years,
    term_forest,
    term_funnel,
    top_terms,
    word_shift,
)
from framing.figures.journal import figure_of
from framing.figures.wording import rate

from .conftest import LONG
from .tables_of_groups import index, pairs, parts, shares, shifts, words


def compared(count=1):
    return pd.DataFrame({
        "doc_id": [str(at) for at in range(count)], "start": 0, "end": 14,
        "text": "a second Suez.", "extractor": "historical_comparison", "label": "LABEL",
        "voice": "outlet",
        "attributes": '{"core": true, "source": [9, 13], "entry": "suez"}'})  # fmt: skip


def apart(texts):
    """Return whether no two of the texts, drawn, touch."""
    boxes = sorted((text.get_window_extent() for text in texts if text.get_text()),
                   key=lambda box: (box.y0, box.x0))  # fmt: skip
    return not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[at + 1 :])


def test_terms_with_equally_many_hits_are_drawn_all_or_not_at_all():
    found = ["chaos"] * 5 + ["vow"] * 4 + [word for word in "abcde" for _ in range(3)]
    hits = pd.DataFrame({"doc_id": "d", "text": found, "voice": "outlet",
                         "outlet": ["Argus", "Beacon"] * 12})  # fmt: skip
    ax = top_terms(hits.drop(columns="outlet"), n=4)
    assert plotted(ax).table["term"].tolist() == ["chaos", "vow"]
    assert "2 of 7 terms drawn" in ax.get_xlabel() and "2 of 7 terms" in plotted(ax).alt
    assert ax.get_xlabel() != top_terms(hits, n=7).get_xlabel() == "hits"
    assert len(plotted(top_terms(hits[9:], n=4)).table) == 4  # all are equals
    panels = figure_of(top_terms(hits, by="outlet", n=1)).axes
    assert all("of 7 terms drawn" in ax.get_xlabel() for ax in panels)


def over_time(days, counts, words=1000):
    return pd.DataFrame({"date": days, "outlet": "Argus", "hedging.outlet.count": counts,
                         "n_words_outlet": words})  # fmt: skip


def test_an_interval_above_the_frame_has_an_arrow():
    days = np.repeat(pd.date_range("2024-03-01", periods=9).strftime("%Y-%m-%d"), 2)
    counts = [0, 4, *([3, 4] * 8)]
    ax = profile(over_time(days, counts), "hedging")
    table, top = plotted(ax).table, ax.get_ylim()[1]
    cut = (table["high"] > top).sum()
    assert cut == 1
    assert sum(len(line.get_xdata()) for line in ax.lines if line.get_gid() == "cut") == cut
    assert "arrows: the interval goes on" in " ".join(ax.get_xlabel().split())
    assert "arrows" not in profile(over_time(days, [3, 4] * 9), "hedging").get_xlabel()


def test_an_axis_holds_intervals_up_to_three_times_the_rate():
    days = np.repeat(pd.date_range("2024-03-01", periods=8).strftime("%Y-%m-%d"), 4)
    ax = profile(over_time(days, [1, 2, 6, 9] * 8), "hedging")
    assert (plotted(ax).table["high"] <= ax.get_ylim()[1]).all()


def test_notes_of_a_profile_name_what_is_drawn(make_scores):
    one = over_time(["2024-03-01", "2024-03-03"], [3, 4])
    told = " ".join(profile(one, "hedging").get_xlabel().split())
    assert "no interval: one document" in told and "band" not in told
    many = over_time(["2024-03-01"] * 6 + ["2024-03-02"] * 6, [3, 4] * 6)
    told = " ".join(profile(many, "hedging").get_xlabel().split())
    assert "band: 95 % interval" in told and "no interval" not in told and "hollow" not in told
    ax = profile(make_scores(), "hedging")
    grey = [line for line in ax.lines if line.get_gid() == "all documents"]
    assert grey and all(line.get_marker() != "None" for line in grey)


def test_one_document_has_days_around_it():
    ax = profile(over_time(["2024-03-01"], [3]), "hedging")
    assert ax.get_xlim()[1] - ax.get_xlim()[0] < 10


def test_the_level_and_the_voice_are_said(make_scores):
    scores = make_scores(["Argus", "Beacon"])
    told = " ".join(measure_profile(scores).get_xlabel().split())
    assert "95 % intervals" in told and "outlet's own voice" in told
    both = measure_profile(scores, measures=["hedging", "hedging.attributed"])
    assert "unless named" in " ".join(both.get_xlabel().split())
    assert "95 % interval" in decomposition_bars(parts()).get_xlabel()
    hits = compared().assign(doc_id="Argus-0")
    ax = comparison_themes(hits, scores, {"suez": "empire"})
    assert "95 % intervals" in " ".join(ax.get_xlabel().split())


@pytest.mark.parametrize("count", [5, 7])
def test_every_column_of_panels_has_an_axis_below(make_scores, count):
    names = [f"Outlet {at}" for at in range(count)]
    scores = make_scores(names, 4)
    bins = pd.concat([
        pd.DataFrame({"predicted": [0.2, 0.8], "observed": [0.2, 0.7], "low": 0.1, "high": 0.9,
                      "n": 50, "frame": name}) for name in names])  # fmt: skip
    for ax in (measure_profile(scores), profile(scores, "hedging"), reliability(bins)):
        figure = figure_of(ax)
        figure.canvas.draw()
        assert len(figure.axes) == count
        for at, panel in enumerate(figure.axes):
            seen = any(label.get_visible() and label.get_text()
                       for label in panel.get_xticklabels())  # fmt: skip
            assert seen == (at + 3 >= count)


def test_numbers_and_ticks_stand_clear_of_each_other(make_scores):
    long = [f"{at} {LONG}" for at in range(8)]
    docs = make_scores(["Argus", "Beacon"], 30)
    hits = compared(60).assign(doc_id=docs["doc_id"].iloc[:60].to_numpy())
    hits["attributes"] = [
        f'{{"core": true, "source": [9, 13], "entry": "e{at % 4}"}}' for at in range(60)
    ]
    themed = comparison_themes(hits, docs, {f"e{at}": f"theme {at};all" for at in range(4)})
    for ax in (label_choice(index()), term_forest(words([f"t{at}" for at in range(70)]), n=60),
               term_forest(words(long)), word_shift(shifts(long)), themed,
               measure_profile(docs)):  # fmt: skip
        figure_of(ax).canvas.draw()
        assert apart(ax.get_xticklabels())
        numbers = ("n_uses", "n_documents", "count", "estimate")
        assert apart([text for text in ax.texts if text.get_gid() in numbers])


def test_a_shift_without_intervals_says_none_and_sums_to_zero():
    table = shifts(["tax", "park"]).drop(columns=["group", "measure"])
    table = table.assign(contribution=[1.5, -1.5 - 1e-16], target="Sun", low=np.nan, high=np.nan,
                         difference_low=np.nan, difference_high=np.nan)  # fmt: skip
    ax = word_shift(table)
    assert "interval" not in ax.get_xlabel() and "interval" in word_shift(shifts()).get_xlabel()
    told = [text.get_text() for text in ax.texts if text.get_gid() == "contribution"]
    assert told[-1] == "0"
    assert ax.get_legend().get_texts()[0].get_text() == "more in Sun"
    assert [rate(value) for value in (-1e-17, 2e-9, -0.004)] == ["0", "0", "−0.00400"]


def test_what_is_drawn_is_explained():
    key = [text.get_text() for text in matched_pairs(pairs()).get_legend().get_texts()]
    assert "95 % interval of the mean difference" in key
    assert len(matched_pairs(pairs()[:1]).get_legend().get_texts()) == 2
    assert "log scale" in term_funnel(words()).get_xlabel()


@pytest.mark.parametrize("year", [1751, 1850, 1994])
def test_one_source_has_an_axis_that_ends_with_its_decade(year):
    ax = source_years(compared(), {"suez": (year, year)})
    first, last = ax.get_xlim()
    assert first <= year <= last and last <= max(year + 15, 1855) and first >= 1740


def test_a_missing_estimate_is_said_to_be_missing():
    errors = pd.DataFrame({"group": ["Sun", "Post"], "measure": "brier_score",
                           "estimate": [0.1, np.nan], "low": [0, np.nan], "high": [0.3, np.nan],
                           "n": 9})  # fmt: skip
    table = shares()
    table.loc[0, ["estimate", "low", "high"]] = np.nan
    for ax in (group_errors(errors), referent_shares(table)):
        assert [text.get_text() for text in ax.texts if text.get_gid() == "undefined"] == [
            "not defined"
        ]
    assert "nan" not in plotted(ax).alt


def test_a_long_score_stays_beside_its_axis():
    table = pd.DataFrame({"n_train": [50, 200], "estimate": [0.5, 0.6], "low": 0.4, "high": 0.7,
                          "folds": "grouped"})  # fmt: skip
    ax = learning_curve(table, score=" ".join([LONG] * 3))
    figure = figure_of(ax)
    figure.canvas.draw()
    box = ax.yaxis.label.get_window_extent()
    assert box.y0 >= 0 and box.y1 <= figure.bbox.y1


def test_thousands_have_a_comma_on_axes_too():
    hits = pd.DataFrame({"doc_id": "d", "text": "chaos", "voice": ["outlet"] * 2400})
    ax = top_terms(hits)
    figure_of(ax).canvas.draw()
    assert "1,000" in [label.get_text() for label in ax.get_xticklabels()]
