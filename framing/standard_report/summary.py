"""The first page and the tables: rates by group, all estimates, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.report.items import Captioned
from framing.tables import VOICE_GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

MANY = 40  # groups beyond which the largest come first


def summary(
    scores: pd.DataFrame, hits: pd.DataFrame, estimates: pd.DataFrame, group: str, others: int,
    caution: str = "", drawn: Sequence[str] = (),
) -> list[object]:  # fmt: skip
    """Return the words and the table of the first page.

    Parameters
    ----------
    scores, hits : pandas.DataFrame
        Of all measures.
    estimates : pandas.DataFrame
        Of the measures that are shown.
    group : str
        Column that names the groups.
    others : int
        Number of measures that are not shown.
    caution : str
        What a reader must know before quoting a difference.
    drawn : sequence of str
        Names of the figures of the rates and of the differences.
    """
    groups = estimates.loc[estimates["reference"].isna(), "group"].nunique()
    each = by_group(group, groups)
    lead = (
        "These measures lead because most is known about how far they can be trusted; "
        f"{_counted(others, 'other')} stand beside them in [[profile]]. " if others else ""
    )  # fmt: skip
    lines = [
        size(scores, hits, f"{_counted(groups, 'group')}{each}, " if each else ""),
        "\n\n".join(findings(estimates)),
        *([caution] if caution else []),
        "Each rate in [[rates]] is the number of spans in the outlet's own voice per 1,000 of the "
        "outlet's own words, pooled over the documents of a group, with its 95 % interval. "
        f"{lead}{_drawn(drawn)}How they were found stands in [[Methods]], what they cannot say in "
        "[[Limits]].",
    ]
    caption = f"Rates per 1,000 own words{each}, with 95 % intervals"
    return ["\n\n".join(lines), Captioned(rates_table(estimates, group), caption, name="rates")]


def by_group(group: str, groups: int) -> str:
    """Return the words that name the groups, none where a corpus is one group.

    Examples
    --------
    >>> by_group("outlet", 4), by_group("corpus", 1)
    (' by outlet', '')
    """
    return f" by {group}" if groups > 1 else ""


def _drawn(names: Sequence[str]) -> str:
    """Say which figures show the rates and which their differences."""
    told: list[str] = []
    for kind, what in (("forest", "the rates"), ("differences", "their differences")):
        ends = [f"[[{name}]]" for name in names if name.split()[0] == kind]
        if ends:
            joint = " and " if len(ends) == 2 else " to "
            verb = "" if told else " draw" if len(ends) > 1 else " draws"
            told.append(f"{joint.join(dict.fromkeys((ends[0], ends[-1])))}{verb} {what}")
    return ", ".join(told) + ". " if told else ""


def size(scores: pd.DataFrame, hits: pd.DataFrame, parts: str = "") -> str:
    """Say how many documents, words and spans there are and whose they are."""
    words, own = int(scores["n_words"].sum()), int(scores["n_words_outlet"].sum())
    attributed = int(scores["n_words_attributed"].sum())
    empty = int((scores["n_words"] == 0).sum())
    return (
        f"{_counted(len(scores), 'document')}, {parts}"
        f"{_counted(words, 'word')}: {_share(own, words)} the outlet's own, "
        f"{_share(attributed, words)} quoted or reported. "
        + (f"{_counted(empty, 'document')} without words. " if empty else "")
        + f"{_counted(len(hits), 'span')} found, "
        f"{_share(int(hits['voice'].isin(VOICE_GROUPS['outlet']).sum()), len(hits))} of them in "
        "the outlet's own voice."
    )


def findings(estimates: pd.DataFrame) -> list[str]:
    """Say of each measure the lowest and highest rate; those with clear differences come first.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "measure": "hedging.outlet", "group": ["Argus", "Beacon"], "reference": None,
    ...     "estimate": [3.14, 9.2], "p_adjusted": None})
    >>> findings(table)
    ['Hedging: from 3.14 (Argus) to 9.20 (Beacon) per 1,000 own words.']
    """
    told = []
    for measure, rows in estimates.groupby("measure", sort=False):
        rates = rows[rows["reference"].isna() & rows["estimate"].notna()]
        if len(rates) < 2:
            continue
        ranked = rates.sort_values("estimate", kind="stable").to_dict("records")
        low, high = ranked[0], ranked[-1]
        line = (
            f"{readable(str(measure))}: from {low['estimate']:.2f} ({low['group']}) to "
            f"{high['estimate']:.2f} ({high['group']}) per 1,000 own words"
        )
        tested = rows[rows["reference"].notna() & rows["p_adjusted"].notna()]
        sure = int((tested["p_adjusted"] < 0.05).sum())
        if len(tested):
            verb = "have" if sure > 1 else "has"
            line += f"; {sure or 'none'} of {_counted(len(tested), 'difference')} {verb} an "
            line += "adjusted p below .05"
        told.append((not sure, line + "."))
    return [line for _, line in sorted(told, key=lambda one: one[0])]


def rates_table(estimates: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return one row a group and one column a measure, the interval behind the rate.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "measure": "hedging.outlet", "group": ["Argus"], "reference": None, "estimate": 3.14,
    ...     "low": 2.0, "high": 4.4, "n_documents": 4, "n_words": 2100})
    >>> rates_table(table, "outlet")["Hedging"].tolist()
    ['3.14 (2.00–4.40)']
    """
    rates = estimates[estimates["reference"].isna()]
    spoken = rates.assign(
        cell=[_rate(*row) for row in rates[["estimate", "low", "high"]].to_numpy(float)]
    )
    measures = list(dict.fromkeys(rates["measure"]))
    table = spoken.pivot(index="group", columns="measure", values="cell")[measures]
    table.columns = [readable(name) for name in measures]
    sizes = rates.groupby("group")[["n_documents", "n_words"]].max()
    sizes.columns = ["documents", "words"]
    table = sizes.join(table).rename_axis(group).reset_index()
    if len(table) > MANY:
        table = table.sort_values(["words", group], ascending=[False, True], kind="stable")
    return table.reset_index(drop=True)


def _rate(estimate: float, low: float, high: float) -> str:
    if estimate != estimate:
        return "–"
    return f"{estimate:.2f} ({low:.2f}–{high:.2f})" if low == low else f"{estimate:.2f}"


def readable(measure: str) -> str:
    """Return a measure as a reader would name it.

    Examples
    --------
    >>> readable("loaded_language.outlet")
    'Loaded language'
    """
    name = measure.rsplit(".", 1)[0] if "." in measure else measure
    return name.replace("_", " ").replace(".", ": ").capitalize()


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"
