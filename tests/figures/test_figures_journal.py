"""Style and saving: nothing left behind, same bytes, colours that survive greyscale."""

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from framing.figures import marked_text, outlet_forest, plotted, profile, save, style, top_terms
from framing.figures.journal import HATCHES, LINES, MARKERS, PAIR, SEQUENTIAL
from framing.tables import BadInput

from .conftest import NAMES


def lightness(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16


def test_the_pair_differs_in_greyscale_and_is_coded_twice():
    assert abs(lightness(PAIR[0]) - lightness(PAIR[1])) >= 20
    for codes in (MARKERS, LINES, HATCHES):
        assert len({str(code) for code in codes}) == len(codes) >= 2
    assert SEQUENTIAL == "cividis"


@pytest.mark.parametrize(("width", "mm"), [("single", 84), ("double", 174)])
def test_style_sets_width_fonts_and_size(width, mm):
    with style(width):
        assert mpl.rcParams["figure.figsize"][0] * 25.4 == pytest.approx(mm)
        assert mpl.rcParams["pdf.fonttype"] == 42
        sizes = (
            "font.size",
            "axes.titlesize",
            "axes.labelsize",
            "xtick.labelsize",
            "legend.fontsize",
        )
        assert all(7 <= mpl.rcParams[key] <= 9 for key in sizes)


def test_style_leaves_nothing_behind(make_estimates):
    mpl.rcParams["axes.facecolor"] = "#123456"
    before = dict(mpl.rcParams)
    with style("double"):
        ax = outlet_forest(make_estimates())
    assert dict(mpl.rcParams) == before
    assert ax.get_facecolor() == (1, 1, 1, 1)
    assert ax.figure.get_size_inches()[0] * 25.4 == pytest.approx(174)


def test_unknown_width_is_bad_input():
    with pytest.raises(BadInput, match="use 'single'"), style("triple"):
        pass


def test_saved_twice_the_bytes_are_the_same(tmp_path, make_estimates, make_scores, document, hits):
    def figures():
        yield outlet_forest(make_estimates(measures=("a.outlet", "a.attributed")))
        yield profile(make_scores(NAMES[:2]), "hedging")
        yield marked_text(document, hits)
        yield top_terms(hits)

    for number, (ax, again) in enumerate(zip(figures(), figures(), strict=True)):
        first = save(ax, tmp_path / f"first{number}")
        for other in (save(ax, tmp_path / f"same{number}"), save(again, tmp_path / f"new{number}")):
            for kind, path in first.items():
                assert path.read_bytes() == other[kind].read_bytes(), (number, kind)


def test_saved_files_say_what_was_plotted(tmp_path, make_estimates):
    ax = outlet_forest(make_estimates())
    paths = save(ax.figure, tmp_path / "deep" / "version 1.5")
    assert {path.name for path in paths.values()} == {
        f"version 1.5.{kind}" for kind in ("pdf", "svg", "png", "csv", "txt")
    }
    back = pd.read_csv(paths["csv"])
    assert back["estimate"].tolist() == plotted(ax).table["estimate"].tolist()
    assert paths["txt"].read_text(encoding="utf-8").strip() == plotted(ax).alt
    assert b"/Type3" not in paths["pdf"].read_bytes()
    assert b"CreationDate" not in paths["pdf"].read_bytes()
    drawn = paths["svg"].read_text(encoding="utf-8")
    assert "Northern Beacon" in drawn
    assert "<dc:date>" not in drawn


def test_a_foreign_figure_cannot_be_saved(tmp_path):
    _, ax = plt.subplots()
    with pytest.raises(BadInput, match="not drawn by"):
        save(ax, tmp_path / "x")


def test_several_figures_in_one_page_are_saved_together(tmp_path, make_estimates):
    figure, axes = plt.subplots(1, 2)
    for ax in axes:
        outlet_forest(make_estimates(), ax=ax)
    assert len(plotted(figure).table) == 2 * len(plotted(axes[0]).table)
    assert len(pd.read_csv(save(axes[1], tmp_path / "two")["csv"])) == len(plotted(figure).table)


def test_a_suffix_of_the_files_is_taken_off(tmp_path, make_estimates):
    ax = outlet_forest(make_estimates())
    for given, stem in (("a.png", "a"), ("b.CSV", "b"), ("c.v2", "c.v2")):
        assert save(ax, tmp_path / given)["png"] == tmp_path / f"{stem}.png"
