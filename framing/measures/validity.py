"""Does a measure measure what it should: perturbations, known groups, multiverse, audit by side.

Nothing here knows a text or an extractor: what is scored, and how a text is changed, is given as
callables.
"""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from framing.amounts import count_of
from framing.measures.compare import compare
from framing.measures.effects import cliffs_delta
from framing.tables import BadInput, nearest

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
Score = Callable[[Sequence[T]], Sequence[Mapping[str, float]]]
TAIL = 0.025  # below a 95 % interval
CHANGES = ("doc_id", "measure", "label", "voice", "text", "change", "cue")


def perturbed(texts: Sequence[T], score: Score[T], change: Callable[[T], T]) -> pd.DataFrame:
    """Score texts as they are and changed: one row a text and measure.

    Parameters
    ----------
    texts : sequence
    score : callable
        Takes a sequence of texts, gives one mapping of measure to number for each.
    change : callable
        Takes a text, gives the changed one.

    Returns
    -------
    pandas.DataFrame
        `text` (its number), `measure`, `before`, `after`.

    Examples
    --------
    >>> def score(texts): return [{"letters": len(text)} for text in texts]
    >>> perturbed(["ab"], score, lambda text: text * 2).values.tolist()
    [[0, 'letters', 2, 4]]
    """
    import pandas as pd

    before, after = list(score(texts)), list(score([change(text) for text in texts]))
    if not len(before) == len(after) == len(texts):
        raise BadInput("score must give one mapping for each text")
    rows = [
        (number, measure, one.get(measure, 0), other.get(measure, 0))
        for number, (one, other) in enumerate(zip(before, after, strict=True))
        for measure in dict.fromkeys([*one, *other])
    ]
    return pd.DataFrame(rows, columns=["text", "measure", "before", "after"])


def invariance(
    texts: Sequence[T], score: Score[T], swap: Callable[[T], T], *, tolerance: float = 1e-9
) -> pd.DataFrame:
    """Return the rows of `perturbed` whose score the swap changed; empty is what one hopes for.

    Parameters
    ----------
    texts, score, swap
        As for `perturbed`.
    tolerance : float
        Largest difference taken for none. NaN equals NaN.

    Examples
    --------
    >>> def score(texts): return [{"!": text.count("!"), "Q": text.count("Q")} for text in texts]
    >>> invariance(["Q won!"], score, lambda text: text.replace("Q", "R")).values.tolist()
    [[0, 'Q', 1, 0]]
    """
    table = perturbed(texts, score, swap)
    before, after = table["before"].to_numpy(float), table["after"].to_numpy(float)
    same = np.isclose(before, after, rtol=0, atol=tolerance, equal_nan=True)
    return table[~same].reset_index(drop=True)


def direction(
    texts: Sequence[T], score: Score[T], change: Callable[[T], T], expected: Mapping[str, int]
) -> pd.DataFrame:
    """Return how often a change moves each score the way it should.

    Parameters
    ----------
    texts, score, change
        As for `perturbed`.
    expected : mapping of str to {-1, 0, 1}
        Measure and the sign of the expected change.

    Returns
    -------
    pandas.DataFrame
        `measure, expected, n, moved` (share that moved so), `against` (share that moved the other
        way, or at all where none is expected).

    Examples
    --------
    >>> def score(texts): return [{"shouts": text.count("!")} for text in texts]
    >>> direction(["a!", "b"], score, lambda text: text.strip("!"), {"shouts": -1}).values.tolist()
    [['shouts', -1, 2, 0.5, 0.0]]
    """
    import pandas as pd

    table = perturbed(texts, score, change)
    rows = []
    for measure, sign in expected.items():
        mine = table[table["measure"] == measure]
        if mine.empty:
            raise BadInput(f"no measure '{measure}'{nearest(measure, set(table['measure']))}")
        moved = np.sign(mine["after"].to_numpy(float) - mine["before"].to_numpy(float))
        against = moved != 0 if sign == 0 else moved == -sign
        rows.append((measure, sign, len(mine), float((moved == sign).mean()),
                     float(against.mean())))  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "expected", "n", "moved", "against"])


def known_groups(
    values: Mapping[str, Sequence[float]], order: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """Check that groups known to differ do: tabloids above broadsheets, comment above news.

    Parameters
    ----------
    values : mapping of str to sequence of float
        Scores of the texts of every group.
    order : sequence of (higher, lower)

    Returns
    -------
    pandas.DataFrame
        `higher, lower, delta, low, high, n_higher, n_lower, held`: Cliff's delta with its
        interval; `held` where all of the interval is above 0. Where every text of one group is
        above every text of the other the interval has no lower end, and it `held` if chance would
        order so many texts like this in less than .025 of cases: 1 in (n + m)! / (n! m!), the
        exact rank test, as for 4 and 4 texts but not for 3 and 3.

    Examples
    --------
    >>> table = known_groups({"comment": [5, 6, 7, 9], "news": [1, 2, 3, 6]}, [("comment", "news")])
    >>> table[["delta", "held"]].values.tolist()
    [[0.8125, True]]
    """
    import pandas as pd

    rows = []
    for higher, lower in order:
        for name in (higher, lower):
            if name not in values:
                raise BadInput(f"no group '{name}' among the values{nearest(name, values)}")
        found = cliffs_delta(values[higher], values[lower])
        apart = found.estimate == 1 and 1 / math.comb(found.n_1 + found.n_2, found.n_1) <= TAIL
        held = apart if np.isnan(found.low) else found.low > 0
        rows.append((higher, lower, found.estimate, found.low, found.high, found.n_1, found.n_2,
                     bool(held)))  # fmt: skip
    columns = ["higher", "lower", "delta", "low", "high", "n_higher", "n_lower", "held"]
    return pd.DataFrame(rows, columns=columns)


def multiverse(
    options: Mapping[str, Mapping[str, Any]],
    run: Callable[..., tuple[float, float, float]],
) -> pd.DataFrame:
    """Run an analysis under every combination of defensible choices: a specification table.

    Parameters
    ----------
    options : mapping of str to mapping of str to value
        Choice, name of each option, and what `run` is given for it: a lexicon, a threshold, a
        prior, a callable that makes one of them.
    run : callable
        Takes one keyword argument a choice; gives estimate, low, high.

    Returns
    -------
    pandas.DataFrame
        One row a specification in the order of the estimates: a column for each choice with the
        name of its option, `estimate, low, high`. Every specification is kept, also those that
        give NaN.

    Examples
    --------
    >>> table = multiverse(
    ...     {"prior": {"flat": 0.01, "strong": 10}, "words": {"all": 1, "own": 2}},
    ...     lambda prior, words: (words / (1 + prior), 0.0, 2.0))
    >>> table[["prior", "words"]].values.tolist()
    [['strong', 'all'], ['strong', 'own'], ['flat', 'all'], ['flat', 'own']]
    """
    import pandas as pd

    if not options or not all(options.values()):
        raise BadInput("a multiverse needs one option or more for every choice")
    for name in ("estimate", "low", "high"):
        if name in options:
            raise BadInput(f"a choice is called '{name}', as a column of the table is; rename it")
    rows = []
    for names in itertools.product(*options.values()):
        chosen = dict(zip(options, names, strict=True))
        given = {choice: options[choice][name] for choice, name in chosen.items()}
        estimate, low, high = run(**given)
        rows.append({**chosen, "estimate": estimate, "low": low, "high": high})
    return pd.DataFrame(rows).sort_values("estimate", kind="stable", ignore_index=True)


def robustness(table: pd.DataFrame) -> dict[str, float]:
    """Return what a specification table says as a whole.

    Returns
    -------
    dict
        `n`, `median`, `smallest`, `largest`; `same_sign`, the share of estimates that have the
        median's sign; `significant`, the share whose interval leaves 0 out on that side.

    Examples
    --------
    >>> import pandas as pd
    >>> robustness(pd.DataFrame({"estimate": [1, 2, -1], "low": [0, 1, -2], "high": [2, 3, 0]}))
    {'n': 3, 'median': 1.0, 'smallest': -1.0, 'largest': 2.0, 'same_sign': 0.6666666666666666, \
'significant': 0.3333333333333333}
    """
    _need(table, "a specification table", "estimate", "low", "high")
    estimate = table["estimate"].to_numpy(float)
    if np.isnan(estimate).all():
        raise BadInput("a specification table without an estimate says nothing; give one or more")
    sign = np.sign(np.nanmedian(estimate))
    outside = (table["low"] > 0) if sign > 0 else (table["high"] < 0)
    return {
        "n": len(table), "median": float(np.nanmedian(estimate)),
        "smallest": float(np.nanmin(estimate)), "largest": float(np.nanmax(estimate)),
        "same_sign": float((np.sign(estimate) == sign).mean()),
        "significant": float(outside.mean()) if sign else 0.0,
    }  # fmt: skip


def error_rates(table: pd.DataFrame, by: str, *, level: float = 0.95) -> pd.DataFrame:
    """Return how often each measure is wrong, by side.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a judged unit: `measure`, the column `by`, and the booleans `found` and `marked`
        (what a reader says). Units that lack one of them are left out, with a warning.
    by : str
        Column that names the sides.
    level : float
        Of Wilson's interval.

    Returns
    -------
    pandas.DataFrame
        `measure, error, group, estimate, low, high, n`; `error` is ``missed`` (share of the marked
        that were not found) or ``false`` (share of the found that are not marked).

    Examples
    --------
    >>> import pandas as pd
    >>> judged = pd.DataFrame({"measure": "m", "side": "left", "found": [True, True, False],
    ...                        "marked": [True, False, True]})
    >>> error_rates(judged, "side")[["error", "estimate", "n"]].values.tolist()
    [['missed', 0.5, 2], ['false', 0.5, 2]]
    """
    import pandas as pd
    from statsmodels.stats.proportion import proportion_confint

    if not 0 < level < 1:
        raise BadInput(f"level is {level}; it should be between 0 and 1, as .95")
    needed = ["measure", by, "found", "marked"]
    _need(table, "a table of judged units", *needed)
    known = table[needed].notna().all(axis=1)
    if not known.all():
        warnings.warn(f"left out: {count_of((~known).sum(), 'unit')} without {' or '.join(needed)}",
                      stacklevel=2)  # fmt: skip
    table = table[known]
    for name in ("found", "marked"):
        if not table[name].isin([True, False]).all():
            raise BadInput(f"column '{name}' of a table of judged units must hold true or false")
    rows = []
    for (measure, group), mine in table.groupby(["measure", by], sort=True):
        found, marked = mine["found"].to_numpy(bool), mine["marked"].to_numpy(bool)
        for error, wrong, base in (
            ("missed", marked & ~found, marked), ("false", found & ~marked, found),
        ):  # fmt: skip
            n, k = int(base.sum()), int(wrong.sum())
            low, high = proportion_confint(k, n, 1 - level, "wilson") if n else (np.nan, np.nan)
            rows.append((measure, error, group, k / n if n else np.nan, low, high, n))
    columns = ["measure", "error", "group", "estimate", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns)


def _need(table: pd.DataFrame, what: str, *names: str) -> None:
    known = list(map(str, table.columns))
    for name in names:
        if name not in known:
            raise BadInput(f"{what} needs the column '{name}'{nearest(name, known)}; "
                           f"this one has {', '.join(known[:20]) or 'none'}")  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """The result of `audit`.

    Attributes
    ----------
    estimates : pandas.DataFrame
        Rates by side and their differences.
    changes : pandas.DataFrame
        What the swap changed; `cue` is true for what stands on a swapped name itself.
    errors : pandas.DataFrame or None
    """

    estimates: pd.DataFrame
    changes: pd.DataFrame
    errors: pd.DataFrame | None = None

    @property
    def wanting(self) -> pd.DataFrame:
        """What the swap changed outside the swapped names; must be empty."""
        return self.changes[~self.changes["cue"].astype(bool)]

    @property
    def even_handed(self) -> bool:
        """Whether the swap changed nothing outside the swapped names."""
        return self.wanting.empty


def audit(
    scores: pd.DataFrame,
    side: str,
    swap_run: Callable[[], pd.DataFrame],
    *,
    measures: Sequence[str] | None = None,
    cluster: str | None = None,
    judged: pd.DataFrame | None = None,
) -> Audit:
    """Look whether measures treat sides alike.

    Parameters
    ----------
    scores : pandas.DataFrame
        The scores table.
    side : str
        Column that names the sides.
    swap_run : callable
        Measures the texts with party, outlet and person names swapped and gives what changed, one
        row a span that went or came, with the columns `doc_id, measure, label, voice, text,
        change, cue`; `cue` says that it stands on a swapped name.
    measures : sequence of str, optional
        Stems; by default every extractor in the outlet's and in quoted voices.
    cluster : str, optional
        Column of the clusters of the intervals.
    judged : pandas.DataFrame, optional
        Spans judged by a reader, for `error_rates`.

    Notes
    -----
    That rates differ between sides is a finding, no fault. That a score changes with the names of
    the parties is a fault, unless the name itself is what is measured.
    """
    stems = list(measures) if measures is not None else _every_stem(scores)
    changes = swap_run()
    missing = [name for name in CHANGES if name not in changes.columns]
    if missing:
        raise BadInput(f"a swap run needs the columns {', '.join(missing)}")
    estimates = compare(scores, side, cluster=cluster, measures=stems)
    errors = error_rates(judged, side) if judged is not None else None
    return Audit(estimates, changes, errors)


def _every_stem(scores: pd.DataFrame) -> list[str]:
    found = [str(name)[: -len(".count")] for name in scores.columns if str(name).endswith(".count")]
    return [
        stem
        for voice in ("outlet", "attributed")
        for stem in found
        if stem.count(".") == 1 and stem.endswith(f".{voice}")
    ]
