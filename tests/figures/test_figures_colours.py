"""Colours by computation: every figure reads in grey and under three kinds of colour blindness."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from framing.figures import (
    difference_forest,
    marked_text,
    measure_profile,
    outlet_forest,
    profile,
    top_terms,
)
from framing.figures.cells import SHADES
from framing.figures.journal import GREY, PAIR, figure_of
from framing.figures.marks import MARKS
from framing.figures.series import MOST_SERIES, look_of

from .conftest import NAMES
from .tables_of_groups import MAKERS, picture
from .test_figures_classifier import MAKERS as CLASSIFIER

# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), table 1, severity 1.0; for linear RGB
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = XYZ @ np.ones(3)
LEAST_GREY, LEAST_COLOUR = 20.0, 25.0


def linear(colour):
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    ratio = XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one, two, blindness=None):
    """Return Delta E (CIE 1976) of two colours as seen with a colour blindness."""
    matrix = np.eye(3) if blindness is None else np.array(BLINDNESS[blindness])
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(two))))


def lightness(colour):
    return float(lab(linear(colour))[0])


def test_the_computation_gives_known_values():
    assert lightness("white") == pytest.approx(100, abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    for name in BLINDNESS:  # grey stays grey
        assert difference("#777777", "#777777", name) == 0
        seen = lab(np.array(BLINDNESS[name]) @ linear("#777777"))
        assert np.abs(seen[1:]).max() < 0.1
    assert difference("#C00000", "#007000", "deuteranopia") < difference("#C00000", "#007000") / 2


@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_the_pair_is_told_apart_by_everyone(blindness):
    assert difference(*PAIR, blindness) >= LEAST_COLOUR
    for colour in PAIR:  # and from paper, with the contrast that marks need
        assert difference(colour, "white", blindness) >= LEAST_COLOUR


def test_the_pair_is_told_apart_in_grey():
    assert abs(lightness(PAIR[0]) - lightness(PAIR[1])) == pytest.approx(24.6, abs=0.5)
    assert abs(lightness(PAIR[0]) - lightness(PAIR[1])) >= LEAST_GREY


@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_shades_keep_their_order_for_everyone(blindness):
    matrix = np.eye(3) if blindness is None else np.array(BLINDNESS[blindness])
    seen = [lab(matrix @ linear(SHADES(level)))[0] for level in np.linspace(0, 1, 51)]
    assert (np.diff(seen) < 0).all()
    assert seen[0] - seen[-1] > 60


def test_series_and_marks_are_told_apart_without_any_colour():
    looks = [look_of(number) for number in range(MOST_SERIES)]
    assert len({look.marker for look in looks}) == len(looks)
    assert len({str(look.line) for look in looks}) == len(looks)
    assert len({(mark.shape, str(mark.stroke)) for mark in MARKS}) == len(MARKS)


def hues(figure):
    """Return the colours, other than greys, of what a figure draws."""
    figure.canvas.draw()
    found = set()
    for artist in figure.findobj(lambda one: isinstance(one, Line2D | Patch | Collection)):
        if isinstance(artist, Line2D):
            colours = [artist.get_color(), artist.get_markerfacecolor()]
        else:
            colours = [*np.atleast_2d(artist.get_facecolor()),
                       *np.atleast_2d(artist.get_edgecolor())]  # fmt: skip
        found |= {to_hex(c).upper() for c in colours if len(c) and not isinstance(c, float)
                  and str(c) != "none" and np.ptp(to_rgb(c)) > 0.04}  # fmt: skip
    return found


def shades():
    return {to_hex(SHADES(level)).upper() for level in range(SHADES.N)}


@pytest.mark.parametrize(
    "figure", [*MAKERS, *(one for one in CLASSIFIER)], ids=lambda one: one.__name__
)
def test_a_figure_of_a_table_has_no_hues_but_the_tested_ones(figure):
    ax = picture(figure) if figure in MAKERS else figure(CLASSIFIER[figure]())
    assert hues(figure_of(ax)) <= {*PAIR, *shades()}


def test_the_other_figures_have_no_hues_but_the_tested_ones(
    make_estimates, make_scores, document, hits
):
    table, scores = make_estimates(reference=NAMES[0]), make_scores(NAMES[:2])
    drawn = [
        outlet_forest(table), outlet_forest(table, corrected=table), difference_forest(table),
        profile(scores, "hedging", events={"vote": "2024-05-02"}), measure_profile(scores),
        top_terms(hits), marked_text(document, hits),
    ]  # fmt: skip
    for ax in drawn:
        assert hues(figure_of(ax)) <= set(PAIR)
        plt.close(figure_of(ax))


@pytest.mark.parametrize("figure", list(MAKERS), ids=lambda one: one.__name__)
def test_what_two_hues_tell_apart_a_marker_or_hatch_tells_too(figure):
    """Group what is drawn by hue: no marker and no hatch may stand in both."""
    drawn = figure_of(picture(figure))
    codes = {hue: set() for hue in PAIR}
    for line in drawn.findobj(Line2D):
        hue = to_hex(line.get_color()).upper()
        if hue in codes and str(line.get_marker()) not in ("", "None", "none"):
            codes[hue].add(f"marker {line.get_marker()}")
    for patch in drawn.findobj(Patch):
        hue = to_hex(patch.get_facecolor()).upper()
        if hue in codes and patch.get_facecolor()[3] > 0:
            codes[hue].add(f"hatch {(patch.get_hatch() or 'none')[:1]}")
    for one, two in combinations(codes.values(), 2):
        assert one
        assert two
        assert not one & two


def test_grey_lines_and_pale_grids_are_greys():
    assert np.ptp(to_rgb(GREY)) == 0
