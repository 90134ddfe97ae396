"""What the present is compared to: the themes of the sources, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.transforms import ScaledTranslation

from framing.figures.comparisons import BARE, by_id, comparisons_in
from framing.figures.journal import (
    GREY,
    MARKERS,
    NORMAL,
    PAIR,
    PALE,
    SMALL,
    TITLE,
    attach,
    drawing,
    figure_of,
    label_outer,
    panels,
    settle,
    tidy,
)
from framing.figures.pooled import groups_of, pooled
from framing.figures.wording import (
    VOICES,
    commas,
    count_of,
    extremes,
    fit,
    fit_all,
    key_above,
    need,
    rate,
    ruler,
    say,
    span_of,
    with_sizes,
)
from framing.tables import VOICE_GROUPS, BadInput

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 48
DATED, UNNAMED, OTHER = "a bare year or decade", "no source named", "no theme given"
_LAST = (OTHER, DATED, UNNAMED)
_NUMBERS = ("count", "n_documents", "n_words", "n_clusters")
_SCALES = {"documents": 1.0, "words": 100.0}
_UNITS = {"documents": "per 1,000 documents", "words": "per 100,000 words"}


def comparison_themes(
    hits: pd.DataFrame, scores: Any, themes: Mapping[str, Any] | pd.DataFrame,
    by: str | None = "outlet", core: bool = True, voice: str = "all", per: str = "documents",
    cluster: str | None = None, n: int = 12, ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw how often each group compares the present to the past, by theme of the source.

    A comparison counts under every theme of its source. Sources that are bare years, comparisons
    without a source and sources without a theme have rows of their own at the foot. Intervals
    are 95 %; a hollow point is a count of 0; the count stands at the right. Boilerplate does not
    count.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table of hits; only the historical comparisons are used.
    scores : pandas.DataFrame or Corpus
        The documents that were read, with or without comparisons, one row each; a table of
        scores where rates are per word.
    themes : mapping or pandas.DataFrame
        Themes of each entry of the gazetteer: id to ``"empire;decline"`` or to a sequence; or a
        table with the columns ``id`` and ``theme``.
    by : str, optional
        Column of the groups; None draws all documents together.
    core : bool
        The core comparisons, or with False the extended ones (superlatives and precedents). They
        are never added.
    voice : {"all", "outlet", "attributed"}
        Whose comparisons.
    per : {"documents", "words"}
        Comparisons per 1,000 documents or per 100,000 words (of that voice).
    cluster : str, optional
        Column whose values the intervals draw together, such as ``event``.
    n : int
        Number of themes, the most frequent first.
    ax : matplotlib.axes.Axes, optional
        Axes for at most two groups. Without it, three and more groups have a panel each.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, of several panels the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> hits = pd.DataFrame({
    ...     "doc_id": ["1", "2"], "start": 0, "end": 14, "text": "a second Suez.",
    ...     "extractor": "historical_comparison", "label": "LABEL", "voice": "outlet",
    ...     "attributes": '{"core": true, "source": [9, 13], "entry": "suez"}'})
    >>> scores = pd.DataFrame({"doc_id": list("1234"), "outlet": "Argus"})
    >>> ax = comparison_themes(hits, scores, {"suez": "empire;decline"}, ax=Figure().add_subplot())
    >>> ax.framing.table[["theme", "estimate", "count"]].values.tolist()
    [['decline', 500.0, 2], ['empire', 500.0, 2]]
    """
    _check(voice, per, n)
    read = _documents(scores, by, cluster, voice, per)
    found = _found(hits, read, core, voice)
    themed = _themed(found, by_id(themes, ["theme"]))
    names, left_out = _order(themed, n)
    parts = groups_of(read, by)
    if ax is not None and len(parts) > 2:
        raise BadInput(
            f"comparison_themes: {len(parts)} groups for one axes, which holds two; "
            "leave ax out for a panel each, or pass by=None"
        )
    shown = dict(list(parts.items())[:MOST_PANELS]) if names else {}
    table = _rates(read, themed, names, shown, (per, cluster))
    overall = _overall(read, themed, names, per) if len(parts) > 1 else None
    sizes = {key: _size(mine, found) for key, mine in shown.items()}
    kind = f"{'Core' if core else 'Extended'} comparisons with the past"
    with drawing("single" if len(shown) < 3 else "double") as width:
        several = ax is None and len(shown) > 2
        height = (18 if several else 34) + (7.5 if len(shown) == 2 else 4.2) * max(len(names), 3)
        axes = [ax] if ax is not None else panels(
            len(shown) if several else 1, width, height, sharex=True, sharey=True
        )  # fmt: skip
        notes = [f"{_UNITS[per]}, 95 % intervals"]
        notes += ["grey stroke: all documents"] if overall is not None else []
        notes += [f"{n} of {n + left_out} themes drawn"] if left_out else []
        if len(parts) > MOST_PANELS:
            notes.append(f"{MOST_PANELS} of {len(parts):,} groups drawn, the first by name")
        notes += (
            ["a comparison counts under each of its themes"] if len(themed) > len(found) else []
        )
        if not shown:
            say(axes[0], _nothing(len(read), core, voice))
        else:
            top = _top(table)
            for number, panel in enumerate(axes):
                keys = [list(shown)[number]] if several else list(shown)
                _draw(panel, table[table["group"].isin(keys)], names, overall, top)
            label_outer(axes)
            if (table["high"] > top).any():
                notes.append("arrows: the interval goes on")
            _titles(axes, f"{kind}, {VOICES[voice]}", sizes, "; ".join(notes))
        if ax is None:
            settle(figure_of(axes[0]))
    return attach(axes[0], table, _alt(table, kind, per) if shown else _nothing(len(read), core))


def _check(voice: str, per: str, n: int) -> None:
    for name, value, known in (("voice", voice, VOICE_GROUPS), ("per", per, tuple(_SCALES))):
        if value not in known:
            raise BadInput(
                f"comparison_themes: no {name} '{value}'; it is one of {', '.join(known)}"
            )
    if n < 1:
        raise BadInput(f"comparison_themes: n is {n}; it must be 1 or more")


def _documents(
    scores: Any, by: str | None, cluster: str | None, voice: str, per: str
) -> pd.DataFrame:
    """Return the documents with the base of their rates as ``n_words``, as `pooled` wants it."""
    import pandas as pd

    table = scores if isinstance(scores, pd.DataFrame) else scores.metadata
    words = "n_words" if voice == "all" else f"n_words_{voice}"
    if per == "words" and words not in table.columns:
        raise BadInput(
            f"comparison_themes per words needs the column '{words}'; pass the table of scores"
        )
    need(table, ["doc_id", *(name for name in (by, cluster) if name)], "comparison_themes")
    base = table[words] if per == "words" else 1
    return table.assign(n_words=base).reset_index(drop=True)


def _found(hits: pd.DataFrame, read: pd.DataFrame, core: bool, voice: str) -> pd.DataFrame:
    """Return the comparisons to count."""
    found = comparisons_in(hits, "comparison_themes")
    unknown = found.loc[~found["doc_id"].isin(read["doc_id"]), "doc_id"]
    if len(unknown):
        raise BadInput(
            f"comparison_themes: hits of document '{unknown.iloc[0]}', which the table of "
            "documents does not have; same corpus?"
        )
    found = found[(found["core"] == core) & (found["voice"] != "boilerplate")]
    return found[found["voice"].isin(VOICE_GROUPS[voice])]


def _themed(found: pd.DataFrame, themes: Mapping[str, Any]) -> pd.DataFrame:
    """Return one row a comparison and theme."""
    import pandas as pd

    pairs = [
        (doc_id, theme)
        for doc_id, entry in zip(found["doc_id"], found["entry"], strict=True)
        for theme in _themes_of(entry, themes)
    ]
    return pd.DataFrame(pairs, columns=["doc_id", "theme"])


def _themes_of(entry: Any, themes: Mapping[str, Any]) -> list[str]:
    if not isinstance(entry, str):
        return [UNNAMED]
    if entry in BARE:
        return [DATED]
    given = themes.get(entry)
    parts: Iterable[Any] = given.split(";") if isinstance(given, str) else given or ()
    parts = parts if isinstance(parts, Iterable) else ()  # NaN: a table's empty cell
    return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip())) or [OTHER]


def _order(themed: pd.DataFrame, n: int) -> tuple[list[str], int]:
    """Return the rows, most frequent themes first, and how many themes have none."""
    counts = Counter(themed["theme"].tolist())
    named = sorted((name for name in counts if name not in _LAST), key=lambda x: (-counts[x], x))
    last = [name for name in _LAST if name in counts]
    return [*named[:n], *last], max(len(named) - n, 0)


def _rates(
    read: pd.DataFrame, themed: pd.DataFrame, names: list[str], parts: dict[str, pd.DataFrame],
    how: tuple[str, str | None],
) -> pd.DataFrame:  # fmt: skip
    """Return one row a theme and group; without documents or words there is no rate."""
    import pandas as pd

    per, cluster = how
    rows = []
    for name in names:
        counts = themed.loc[themed["theme"] == name, "doc_id"].value_counts()
        for key, mine in parts.items():
            counted = mine["doc_id"].map(counts).fillna(0)
            used = mine.assign(group=key)
            used["theme.all.count"] = counted
            rates = pooled(used, ["group"], "theme.all", cluster)
            one: dict[Any, Any] = dict.fromkeys(_NUMBERS, 0)
            one = rates.iloc[0].to_dict() if len(rates) else one
            rows.append({**one, "theme": name, "group": key})
    table = pd.DataFrame(rows, columns=["theme", "group", "estimate", "low", "high", *_NUMBERS])
    numbers = ["estimate", "low", "high"]
    table[numbers] = table[numbers].astype(float) * _SCALES[per]
    return table.assign(per=_UNITS[per]) if per == "words" else (
        table.drop(columns="n_words").assign(per=_UNITS[per])
    )  # fmt: skip


def _overall(read: pd.DataFrame, themed: pd.DataFrame, names: list[str], per: str) -> list[float]:
    """Return the rate of all documents for each theme."""
    used = read[read["n_words"] > 0]
    counts = Counter(themed.loc[themed["doc_id"].isin(used["doc_id"]), "theme"].tolist())
    base = float(used["n_words"].sum())
    return [1000 * _SCALES[per] * counts[name] / base if base else np.nan for name in names]


def _size(mine: pd.DataFrame, found: pd.DataFrame) -> str:
    count = int(found["doc_id"].isin(mine["doc_id"]).sum())
    return f"{count_of(len(mine), 'document')}, {count_of(count, 'comparison')}"


def _top(table: pd.DataFrame) -> float:
    """Return the end of the axis: three times the highest rate at most, wherever intervals end."""
    rates = table["estimate"].max()
    high = table[["estimate", "high"]].max().max()
    if not np.isfinite(high):
        return 1.0
    return 1.05 * float(min(high, 3 * rates) if rates > 0 else high) or 1.0


def _draw(
    ax: Axes, table: pd.DataFrame, names: list[str], overall: list[float] | None, top: float
) -> None:
    tidy(ax)
    ax.set_xlim(0, top)
    ax.set_ylim(len(names) - 0.4, -1.0)
    ax.locator_params(axis="x", nbins=4)
    commas(ax.xaxis)
    ax.set_yticks(range(len(names)), fit_all(names, 92, ruler(), 1), parse_math=False)
    ax.tick_params("y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", color=PALE, lw=0.4)
    if overall is not None:
        ax.plot(overall, range(len(names)), "|", color=GREY, ms=8, mew=1.2, ls="none",
                zorder=2, clip_on=False, gid="all documents")  # fmt: skip
    groups = list(dict.fromkeys(table["group"]))
    for number, key in enumerate(groups):
        mine = table[table["group"] == key]
        at = np.arange(len(names)) + 0.44 * (number - (len(groups) - 1) / 2)
        _points(ax, mine, at, (PAIR[number], MARKERS[number], key), top)
    shift = ScaledTranslation(16 / 72, 0, figure_of(ax).dpi_scale_trans)
    ax.text(1, 1, "n", transform=ax.transAxes + shift, ha="right", va="top", color=GREY,
            fontsize=SMALL)  # fmt: skip


def _points(
    ax: Axes, rows: pd.DataFrame, at: np.ndarray, look: tuple[str, str, str], top: float
) -> None:
    """Draw one group's rates, intervals and counts; hollow where nothing was counted."""
    colour, marker, key = look
    ax.hlines(at, rows["low"], rows["high"].clip(upper=top), color=colour, lw=1.2, zorder=2.5)
    values, high = rows["estimate"].to_numpy(float), rows["high"].to_numpy(float)
    cut = high > top
    if cut.any():
        ax.plot(np.full(cut.sum(), top), at[cut], ">", color=colour, ms=3, ls="none",
                clip_on=False, gid="cut")  # fmt: skip
    for hollow in (True, False):
        mine = ((values == 0) == hollow) & np.isfinite(values)
        if mine.any():
            ax.plot(values[mine], at[mine], marker, color=colour, mfc="white" if hollow else colour,
                    ms=3.8, mew=0.9, ls="none", clip_on=False, zorder=3, gid=key)  # fmt: skip
    shift = ScaledTranslation(16 / 72, 0, figure_of(ax).dpi_scale_trans)
    for y, count in zip(at, rows["count"], strict=True):
        ax.text(1, y, f"{count:,}", transform=ax.get_yaxis_transform() + shift, ha="right",
                va="center", fontsize=SMALL, gid="count")  # fmt: skip


def _titles(axes: list[Axes], title: str, sizes: dict[str, str], note: str) -> None:
    from matplotlib.lines import Line2D

    if len(axes) > 1:
        figure = figure_of(axes[0])
        heads = fit_all(list(sizes), 116, ruler(TITLE))
        for ax, head, size in zip(axes, heads, sizes.values(), strict=True):
            ax.set_title(f"{head}\n{size}", loc="left", fontsize=SMALL, parse_math=False)
        engine: Any = figure.get_layout_engine()
        engine.set(w_pad=7 / 72)  # the counts shall not lean on the next panel
        figure.suptitle(title, x=0.01, ha="left", parse_math=False)
        figure.supxlabel(fit(note, 470, ruler(NORMAL)), fontsize=NORMAL, color=GREY)
        return
    ax, measure = axes[0], ruler()
    left = 4 + max(measure(label.get_text()) for label in ax.get_yticklabels())
    handles = [Line2D([], [], color=PAIR[number], marker=MARKERS[number], lw=1.2, ms=3.8)
               for number in range(len(sizes))]  # fmt: skip
    key_above(ax, handles, with_sizes(sizes, 190, measure), left)
    shift = ScaledTranslation(-left / 72, (5 + 11 * len(sizes)) / 72,
                              figure_of(ax).dpi_scale_trans)  # fmt: skip
    ax.text(0, 1, fit(title, 230, ruler(TITLE)), transform=ax.transAxes + shift, fontsize=TITLE,
            va="bottom", parse_math=False, gid="head")  # fmt: skip
    ax.set_xlabel(fit(note, 150, ruler(NORMAL), lines=6), color=GREY)


def _nothing(documents: int, core: bool, voice: str = "all") -> str:
    if not documents:
        return "Nothing to draw: the table has no documents."
    kind = "core" if core else "extended"
    whose = "" if voice == "all" else f" in the {voice} voice"
    return f"No {kind} historical comparison{whose} in {count_of(documents, 'document')}."


def _alt(table: pd.DataFrame, kind: str, per: str) -> str:
    told = [f"Dot plot: {kind}, {_UNITS[per]} with 95 % intervals, one row a theme."]
    for name, mine in table.groupby("theme", sort=False):
        known = mine[mine["estimate"].notna()]
        if len(known) > 1 and known["estimate"].nunique() == 1:
            told.append(f"{name}: the same everywhere, {rate(known['estimate'].iloc[0])}.")
        elif len(known):
            said = [
                f"{word} {row['group']} at {rate(row['estimate'])} "
                f"({span_of(row)}, n = {row['count']:,})"
                for word, row in zip(("highest", "lowest"), extremes(known), strict=False)
            ]
            told.append(f"{name}: {', '.join(said)}.")
    return " ".join(told)
