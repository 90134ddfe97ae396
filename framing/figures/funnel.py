"""Distinctive terms: all of them by z and frequency, and the strongest with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation, blended_transform_factory

from framing.figures.checked import Wanted, checked
from framing.figures.journal import (
    GREY,
    MARKERS,
    NORMAL,
    PAIR,
    SMALL,
    attach,
    drawing,
    figure_of,
    panels,
    settle,
    tidy,
)
from framing.figures.rowed import (
    HEAD,
    dots,
    dress,
    height_of,
    numbers_right,
    reach,
    whiskers,
    wide,
)
from framing.figures.wording import (
    count_of,
    fit,
    fit_all,
    key_above,
    name_of,
    rate,
    ruler,
    say,
    span_of,
)
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_TERMS = 60
SURE = 1.96
_LINE = 8.4
_SIDES = ("target", "reference")
_NUMBERS = ("count_1", "count_2", "documents_1", "documents_2", "delta", "z", "low", "high")
_NOTHING = "No term has a z-value in this table."
_FLAG = "hollow: one article, or fewer than 3 sources"


def term_funnel(table: pd.DataFrame, *, n: int = 20, ax: Axes | None = None) -> Axes:
    """Draw every term by its uses and its z; the strongest of each side are named.

    Named terms have their resampled interval as a vertical line, in units of z; a hollow one rests
    on one article or fewer than three sources. The grey band holds the z-values within 1.96 of 0.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.keyness`: term, count_1, count_2, documents_1, documents_2, delta, z, low,
        high, flag; the names of the groups from target and reference where they are.
    n : int
        Number of terms named, half of each side; fewer where they do not fit.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "term": ["fair share", "park", "tax cut"], "count_1": [31, 20, 2],
    ...     "count_2": [4, 21, 40], "documents_1": [12, 9, 2], "documents_2": [3, 9, 17],
    ...     "delta": [1.9, 0.0, -2.7], "z": [4.6, -0.1, -5.3], "low": [1.2, -0.6, -3.6],
    ...     "high": [2.9, 0.5, -1.9], "flag": ""})
    >>> ax = term_funnel(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "term"]
    ['fair share', 'park', 'tax cut']
    """
    rows, names = _read(table, "term_funnel", n)
    rows = rows.assign(low_z=_scaled(rows, "low"), high_z=_scaled(rows, "high"))
    with drawing("single") as width:
        axes = ax if ax is not None else panels(1, width, 92)[0]
        if not rows["z"].notna().any():
            say(axes, _NOTHING)
        else:
            tidy(axes)
            _cloud(axes, rows)
            shown = _strongest(rows, min(n, _fits(axes)))
            _named(axes, shown)
            _frame(axes, rows, shown, names)
            rows = rows.assign(named=rows["term"].isin(shown["term"]))
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, rows, _alt("Funnel of terms by uses and z", rows, names))


def term_forest(table: pd.DataFrame, *, n: int = 20, ax: Axes | None = None) -> Axes:
    """Draw the most distinctive terms of both groups: log-odds, interval, uses, spread.

    A hollow mark says that one article or fewer than three sources carry the term. The bar at the
    right is its spread over the clusters, 1 - DP: full for a term spread evenly.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `framing.keyness`: as for `term_funnel`, and clusters, dp.
    n : int
        Number of terms, half of each side, by z.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "term": ["fair share", "tax cut"], "count_1": [31, 2], "count_2": [4, 40],
    ...     "documents_1": [12, 2], "documents_2": [3, 17], "clusters": [8, 2],
    ...     "delta": [1.9, -2.7], "z": [4.6, -5.3], "low": [1.2, -3.6], "high": [2.9, -1.9],
    ...     "dp": [0.21, 0.8], "flag": ["", "few sources"]})
    >>> ax = term_forest(table, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "uses"]
    ['31 : 4', '2 : 40']
    """
    rows, names = _read(table, "term_forest", n, ("clusters", "dp"))
    shown = _strongest(rows, min(n, MOST_TERMS)).reset_index(drop=True)
    with drawing("single") as width:
        terms = list(shown["term"])
        axes = ax if ax is not None else panels(1, width, height_of(terms, 32))[0]
        if not len(shown):
            say(axes, _NOTHING)
        else:
            _forest(axes, shown, names)
        if ax is None:
            settle(figure_of(axes))
    return attach(axes, shown, _alt("Forest plot of distinctive terms, log-odds", shown, names))


def _read(
    table: pd.DataFrame, figure: str, n: int, more: tuple[str, ...] = ()
) -> tuple[pd.DataFrame, tuple[str, str]]:
    """Return the checked rows and the names of the two groups."""
    if n < 1:
        raise BadInput(f"{figure}: n is {n}; it must be 1 or more")
    wanted = Wanted(figure, ("term", "flag"), (*_NUMBERS, *more), "z", key=("term",), empty=True)
    rows = checked(table, wanted)
    rows["flag"] = table["flag"].fillna("").astype(str).to_numpy()
    names = [
        name_of(table[side].iloc[0]) if side in table and len(table) else f"group {number}"
        for number, side in enumerate(_SIDES, start=1)
    ]
    return rows, (names[0], names[1])


def _scaled(rows: pd.DataFrame, column: str) -> np.ndarray:
    """Return a bound of delta in units of z."""
    delta, z = rows["delta"].to_numpy(float), rows["z"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled: np.ndarray = rows[column].to_numpy(float) * z / delta
    return np.where(np.isfinite(scaled), scaled, np.nan)


def _strongest(rows: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return half of `n` terms of each side, those with the largest z first."""
    known = rows[rows["z"].notna()].sort_values(["z", "term"], ascending=[False, True])
    if len(known) <= n:
        return known
    above, below = int((known["z"] > 0).sum()), int((known["z"] <= 0).sum())
    first = min(above, max((n + 1) // 2, n - below))
    last = n - first
    return known[[*([True] * first), *([False] * (len(known) - n)), *([True] * last)]]


def _cloud(ax: Axes, rows: pd.DataFrame) -> None:
    ax.axhspan(-SURE, SURE, color="#F0F0F0", lw=0, zorder=0)
    ax.axhline(0, color="black", lw=0.6, zorder=1)
    ax.set_xscale("log")
    uses = (rows["count_1"] + rows["count_2"]).to_numpy(float)
    ax.scatter(uses, rows["z"], s=3, color=GREY, lw=0, alpha=0.55, zorder=1.5, gid="terms",
               rasterized=len(rows) > 5000)  # fmt: skip
    known = uses[np.isfinite(uses) & (uses > 0)]
    low, high = (known.min(), known.max()) if len(known) else (1.0, 10.0)
    ax.set_xlim(low / 1.25, high * 1.25 if high > low else high * 4)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}" if value >= 1 else "")
    ax.set_xticks([], minor=True)
    _plain_ticks(ax)


def _plain_ticks(ax: Axes) -> None:
    """Tick 1, 2, 5 times powers of ten, as many as are readable."""
    low, high = ax.get_xlim()
    steps = (1, 3) if high / low > 30 else (1, 2, 5)
    ticks = [step * 10.0**power for power in range(8) for step in steps]
    ax.set_xticks([tick for tick in ticks if low <= tick <= high])


def _fits(ax: Axes) -> int:
    """Return how many names fit beside the axes, one below the other."""
    box = ax.get_window_extent()
    return max(2, int(0.92 * box.height / figure_of(ax).dpi * 72 / _LINE))


def _named(ax: Axes, shown: pd.DataFrame) -> None:
    uses = (shown["count_1"] + shown["count_2"]).to_numpy(float)
    z, flagged = shown["z"].to_numpy(float), (shown["flag"] != "").to_numpy()
    for number, side in enumerate((z > 0, z <= 0)):
        known = side & np.isfinite(shown["low_z"].to_numpy())
        ax.vlines(uses[known], shown["low_z"].to_numpy()[known], shown["high_z"].to_numpy()[known],
                  color=PAIR[number], lw=0.7, alpha=0.8, zorder=2, gid="interval")  # fmt: skip
        for hollow in (False, True):
            mine = side & (flagged == hollow)
            if mine.any():
                ax.plot(uses[mine], z[mine], MARKERS[number], color=PAIR[number], ls="none", ms=4,
                        mfc="white" if hollow else PAIR[number], mew=0.9, zorder=3,
                        gid="hollow" if hollow else "filled")  # fmt: skip


def _frame(ax: Axes, rows: pd.DataFrame, shown: pd.DataFrame, names: tuple[str, str]) -> None:
    """Set limits, names at the right with a line to their points, title and key."""
    z = rows["z"].to_numpy(float)
    bounds = shown[["low_z", "high_z"]].to_numpy(float)
    low, high = np.nanmin(z), np.nanmax(z)
    span = max(high - low, 1.0)
    if np.isfinite(bounds).any():  # a few very wide intervals may be cut by the frame
        low = min(low, max(float(np.nanmin(bounds)), low - 0.3 * span))
        high = max(high, min(float(np.nanmax(bounds)), high + 0.3 * span))
    room = 0.05 * (high - low) or 1.0
    ax.set_ylim(low - room, high + room)
    ax.locator_params(axis="y", nbins=7)
    _labels(ax, shown)
    ax.set_xlabel("uses of the term in both groups (log scale)\n"
                  f"{count_of(len(rows), 'term')}; band: within {SURE} of 0\n"
                  "lines: resampled 95 % intervals")  # fmt: skip
    ax.set_ylabel(f"z; towards {fit(names[1], 70, ruler(NORMAL), 1)} below 0", parse_math=False)
    measure = ruler()
    handles = [Line2D([], [], color=PAIR[n], marker=MARKERS[n], ls="none", ms=4) for n in (0, 1)]
    handles.append(Line2D([], [], color="black", marker="o", mfc="white", ls="none", ms=4))
    labels = [f"more in {name}" for name in fit_all(names, 150, measure, 1)]
    key_above(ax, handles, [*labels, _FLAG], 24)


def _labels(ax: Axes, shown: pd.DataFrame) -> None:
    """Write the names at the right in the order of z, none on another."""
    tall = ax.get_window_extent().height / figure_of(ax).dpi * 72
    low, high = ax.get_ylim()
    wish = (shown["z"].to_numpy(float) - low) / (high - low) * tall
    places = _apart(wish, _LINE, tall) / tall
    shift = ScaledTranslation(12 / 72, 0, figure_of(ax).dpi_scale_trans)
    edge = ScaledTranslation(10 / 72, 0, figure_of(ax).dpi_scale_trans)
    names = fit_all(list(shown["term"]), 62, ruler(), 1)
    for y, name, (_, row) in zip(places, names, shown.iterrows(), strict=True):
        ax.text(1, y, name, transform=ax.transAxes + shift, va="center", fontsize=SMALL,
                gid="term", parse_math=False)  # fmt: skip
        uses = row["count_1"] + row["count_2"]
        ax.annotate("", (uses, row["z"]), (1, y), xycoords="data", textcoords=ax.transAxes + edge,
                    zorder=1.2, arrowprops={"arrowstyle": "-", "color": "#C4C4C4", "lw": 0.4,
                                            "shrinkA": 0, "shrinkB": 2})  # fmt: skip


def _apart(wish: np.ndarray, least: float, tall: float) -> np.ndarray:
    """Move descending heights as little as keeps them `least` apart inside 0 to `tall`."""
    groups: list[list[float]] = []  # of each block: mean wish, number
    for value in wish[::-1]:
        groups.append([float(value), 1.0])
        while len(groups) > 1 and (
            groups[-1][0] - groups[-2][0] < least * (groups[-1][1] + groups[-2][1]) / 2
        ):
            last, before = groups.pop(), groups.pop()
            number = last[1] + before[1]
            groups.append([(last[0] * last[1] + before[0] * before[1]) / number, number])
    places = np.concatenate(
        [mean + least * (np.arange(number) - (number - 1) / 2) for mean, number in groups]
    )
    bottom = least / 2 + least * np.arange(len(places))
    top = tall - least / 2 - least * np.arange(len(places))[::-1]
    return np.minimum(np.maximum(places, bottom), np.maximum(top, bottom))[::-1]


def _forest(ax: Axes, shown: pd.DataFrame, names: tuple[str, str]) -> None:
    dress(ax, list(shown["term"]))
    at, delta = np.arange(len(shown), dtype=float), shown["delta"].to_numpy(float)
    low, high = shown["low"].to_numpy(float), shown["high"].to_numpy(float)
    flagged, above = (shown["flag"] != "").to_numpy(), (shown["z"] > 0).to_numpy()
    for number, side in enumerate((above, ~above)):
        whiskers(ax, at[side], low[side], high[side], PAIR[number])
        dots(ax, at[side], delta[side], flagged[side], marker=MARKERS[number],
             colour=PAIR[number])  # fmt: skip
    reach(ax, np.concatenate([delta, low, high]))
    uses = [f"{one:,.0f} : {two:,.0f}"
            for one, two in zip(shown["count_1"], shown["count_2"], strict=True)]  # fmt: skip
    both = (shown["documents_1"] + shown["documents_2"]).to_numpy(float)
    right = numbers_right(ax, [
        ("uses", "uses", uses), ("docs", "documents", [f"{n:,.0f}" for n in both]),
        ("sources", "clusters", [f"{n:,.0f}" for n in shown["clusters"]]),
    ])  # fmt: skip
    _spread(ax, 1 - shown["dp"].to_numpy(float), right)
    measure = ruler()
    handles = [Line2D([], [], color=PAIR[n], marker=MARKERS[n], lw=1.2, ms=4.5) for n in (0, 1)]
    handles.append(Line2D([], [], color="black", marker="o", mfc="white", ls="none", ms=4.5))
    labels = [f"more in {name}" for name in fit_all(names, 150, measure, 1)]
    key_above(ax, handles, [*labels, _FLAG], wide(ax) + 4, HEAD)
    ax.set_xlabel("log-odds ratio with 95 % interval")


def _spread(ax: Axes, spread: np.ndarray, right: float) -> None:
    """Draw the dispersion mark: a small bar, filled as far as the term is spread evenly."""
    figure = figure_of(ax)
    start, size = right + 7, 24.0
    shift = ScaledTranslation((start + size) / 72, 2 / 72, figure.dpi_scale_trans)
    ax.text(1, 1, "spread", transform=ax.transAxes + shift, ha="right", va="bottom", color=GREY,
            fontsize=SMALL, gid="head")  # fmt: skip
    points = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
    across = points + ScaledTranslation(1, 0, ax.transAxes)  # type: ignore[arg-type]
    where = blended_transform_factory(across, ax.transData)
    for y, share in enumerate(spread):
        for part, fill, gid in ((1.0, "white", "full"), (share, GREY, "spread")):
            if np.isfinite(part):
                ax.add_patch(Rectangle((start, y - 0.2), part * size, 0.4, fc=fill, ec=GREY, lw=0.5,
                                       transform=where, clip_on=False, gid=gid))  # fmt: skip


def _alt(what: str, rows: pd.DataFrame, names: tuple[str, str]) -> str:
    known = rows[rows["z"].notna()].sort_values("z", ascending=False)
    if not len(known):
        return f"An empty figure: {_NOTHING}"
    flagged = int((known["flag"] != "").sum())
    told = [f"{what}: {count_of(len(known), 'term')}, {flagged} of them carried by one article or "
            "fewer than 3 sources."]  # fmt: skip
    for name, mine in ((names[0], known[known["z"] > 0].head(3)),
                       (names[1], known[known["z"] <= 0].tail(3).iloc[::-1])):  # fmt: skip
        said = [
            f"{row['term']} ({row['count_1']:,.0f} to {row['count_2']:,.0f} uses, log-odds "
            f"{rate(row['delta'])}, {span_of(row)}, z {rate(row['z'])})"
            for row in mine.to_dict("records")
        ]
        told.append(f"Strongest for {name}: {', '.join(said) or 'none'}.")
    return " ".join(told)
