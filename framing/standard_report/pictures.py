"""The figures of the standard report, kept to what can be read on a page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from framing.report.items import Captioned
from framing.standard_report.summary import by_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

PANELS = {"profile": 6, "time": 12, "terms": 9}
FOREST_ROWS = 30
ROOM, HEAD, ROW = 205, 30, 6.6  # millimetres: a page, what stands around a panel, one group of it
LEAST_USES, FEW_TERMS = 3, 3
MOST_TERMS, MOST_TERMS_EACH = 12, 8
TERM_MEASURES = (("loaded_language", "loaded"), ("partisan_framing", "contested"))


def pictures(
    scores: pd.DataFrame,
    hits: pd.DataFrame,
    estimates: pd.DataFrame,
    group: str,
    cluster: str | None,
) -> dict[str, list[Captioned | str]]:
    """Return the sections of figures.

    Of many groups those with most words are drawn, and the caption says so: a figure scaled down
    to hold fifty panels cannot be read.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row a document, with the column `group`.
    hits, estimates : pandas.DataFrame
        Of the measures that are shown.
    group : str
        Column that names the groups.
    cluster : str, optional
        Column of the clusters.
    """
    from framing.figures import style

    with style("double"):
        sections: dict[str, list[Captioned | str]] = {
            "Rates and differences": list(_forests(scores, estimates, group)),
            "Profile": list(_profiles(scores, group, cluster)),
        }
        terms = list(_terms(scores, hits, group))
    if terms:
        sections["Terms"] = terms
    _put_away(sections)
    return sections


def named(sections: Mapping[str, Sequence[Captioned | str]]) -> list[str]:
    """Return the names of the figures, in their order."""
    items = (item for items in sections.values() for item in items)
    return [item.name for item in items if isinstance(item, Captioned) and item.name]


def _put_away(sections: Mapping[str, Sequence[Captioned | str]]) -> None:
    """Take the figures from pyplot, which would keep them and show them below a notebook cell."""
    import matplotlib.pyplot as plt

    for item in (item for items in sections.values() for item in items):
        if isinstance(item, Captioned):
            plt.close(item.item.get_figure(root=True))  # type: ignore[attr-defined]  # axes, all


def _forests(scores: pd.DataFrame, estimates: pd.DataFrame, group: str) -> Iterator[Captioned]:
    from framing.figures import difference_forest, outlet_forest

    names, told = largest(scores, group, FOREST_ROWS)
    drawn = estimates[estimates["group"].isin(names)]
    each = _each(scores, group)
    pages = list(_pages(list(dict.fromkeys(drawn["measure"])), len(names)))
    for number, some in enumerate(pages, start=1):
        figure = outlet_forest(drawn, some)
        yield Captioned(figure, f"Own-voice rates{each}{told}", name=_numbered("forest", number))
    if not drawn["reference"].notna().any():
        return
    caption = f"Differences from all others; filled marks: adjusted p below .05{told}"
    for number, some in enumerate(pages, start=1):
        figure = difference_forest(drawn, some)
        yield Captioned(figure, caption, name=_numbered("differences", number))


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} {number}"


def _each(scores: pd.DataFrame, group: str) -> str:
    return by_group(group, scores[group].nunique())


def _pages(measures: Sequence[str], groups: int) -> Iterator[list[str]]:
    """Part measures, three beside each other, so that each figure stands on one page."""
    rows = max(1, int(ROOM // (HEAD + ROW * groups)))
    parts = math.ceil(len(measures) / (3 * rows))
    size = math.ceil(len(measures) / max(parts, 1))
    for at in range(0, len(measures), max(size, 1)):
        yield list(measures[at : at + size])


def _profiles(scores: pd.DataFrame, group: str, cluster: str | None) -> Iterator[Captioned]:
    from framing.figures import measure_profile, profile

    names, told = largest(scores, group, PANELS["profile"])
    some = scores[_named(scores, group).isin(names)]
    figure = measure_profile(some, by=group, cluster=cluster)
    yield Captioned(figure, f"Profile of measures{_each(scores, group)}{told}", _grey(told),
                    name="profile")  # fmt: skip
    if "date" not in scores or scores["date"].astype("string").nunique() < 3:
        return
    measure = _timed(scores)
    names, told = largest(scores, group, PANELS["time"])
    some = scores[_named(scores, group).isin(names)]
    figure = profile(some, measure, group=group, cluster=cluster)
    what = measure.replace("_", " ").capitalize()
    yield Captioned(figure, f"{what} over time{told}", _grey(told))


def _grey(told: str) -> str:
    return "Grey stands for all documents of the groups drawn." if told else ""


def _timed(scores: pd.DataFrame) -> str:
    measures = [str(c).split(".")[0] for c in scores.columns if str(c).endswith(".outlet.count")]
    return "loaded_language" if "loaded_language" in measures else measures[0]


def _terms(scores: pd.DataFrame, hits: pd.DataFrame, group: str) -> Iterator[Captioned | str]:
    """Draw the terms of each group, or of all together where those of one are too seldom used."""
    names, told = largest(scores, group, PANELS["terms"])
    counted = hits[hits["voice"] != "boilerplate"]
    for measure, what in TERM_MEASURES:
        chosen = counted[counted["extractor"] == measure]
        chosen = chosen.assign(text=chosen["text"].str.lower())
        if not len(chosen):
            continue
        often = f"{what} terms used {LEAST_USES} times or more"
        among = chosen[_named(chosen, group).isin(names)]
        grouped, together = _often(among, [group, "text"]), _often(chosen, ["text"])
        if grouped.groupby(group)["text"].nunique().reindex(names).min() >= FEW_TERMS:
            yield _drawn_terms(grouped, f"{often}{_each(scores, group)}{told}", group)
        elif together["text"].nunique() >= FEW_TERMS:
            yield _drawn_terms(together, f"{often}, all groups together")
        else:
            yield f"Too few {often} to draw."


def _drawn_terms(often: pd.DataFrame, caption: str, by: str | None = None) -> Captioned:
    """Draw the terms; the caption says how many there are where not all have room."""
    from framing.figures import top_terms

    axes: Any = top_terms(often, by=by, n=MOST_TERMS_EACH if by else MOST_TERMS)
    drawn = len(axes.framing.table)
    terms = often["text"].str.split().str.join(" ")
    n = len(often.assign(text=terms).groupby([by, "text"] if by else "text"))
    if drawn < n:
        caption += f"; the {drawn} most used of {n:,}" if not by else (
            f"; {drawn} of {n:,} bars, the most used of each"
        )  # fmt: skip
    return Captioned(axes, _sentence(caption))


def _often(hits: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return hits[hits.groupby(keys)["text"].transform("size") >= LEAST_USES]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _named(table: pd.DataFrame, group: str) -> pd.Series:
    return table[group].astype(str).where(table[group].notna())


def largest(scores: pd.DataFrame, group: str, most: int) -> tuple[list[str], str]:
    """Return the names of the groups with most words, and what a caption says of the others.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": list("abb"), "n_words": [9, 5, 6]})
    >>> largest(table, "outlet", 1), largest(table, "outlet", 2)
    ((['b'], '; the 1 of 2 groups with most words'), (['a', 'b'], ''))
    """
    sizes = scores.groupby(_named(scores, group).to_numpy())["n_words"].sum()
    if len(sizes) <= most:
        return sorted(sizes.index), ""
    chosen = sizes.sort_values(ascending=False, kind="stable").index[:most]
    return sorted(chosen), f"; the {most} of {len(sizes)} groups with most words"
