"""Made-up tables for the figures of groups compared, and which figure takes which."""

from functools import cache

import numpy as np
import pandas as pd

from framing.figures import (
    agreement_panel,
    decomposition_bars,
    label_choice,
    matched_pairs,
    referent_shares,
    specification_curve,
    term_forest,
    term_funnel,
    word_shift,
)

from .conftest import LONG, NAMES

TERMS = ["fair share", "flood", "hard-working families", LONG, "tax cut", "$red tape$", "vow"]


def words(terms=TERMS):
    """A keyness table: the first half is more used in group 1."""
    rows = []
    for at, term in enumerate(terms):
        delta = 2.2 - 4.1 * at / max(len(terms) - 1, 1)
        flag = ("", "few sources", "", "one article")[at % 4]
        rows.append({"term": term, "count_1": 31 - at % 30, "count_2": 4 + at, "documents_1": 9,
                     "documents_2": 3 + at, "clusters": 1 + at % 7, "delta": delta,
                     "z": 2.4 * delta, "low": delta - 0.7, "high": delta + 0.9,
                     "dp": 0.1 + 0.1 * (at % 8), "flag": flag, "target": "Harbour",
                     "reference": LONG})  # fmt: skip
    return pd.DataFrame(rows)


def parts(groups=NAMES):
    rows = []
    for at, group in enumerate(groups):
        topic, framing = 1.5 - at, 0.4 * at
        for name, value in (("difference", topic + framing), ("composition", topic),
                            ("rate", framing)):  # fmt: skip
            rows.append({"measure": "hedging.outlet", "group": group, "reference": "all others",
                         "part": name, "estimate": value, "low": value - 1, "high": value + 2,
                         "n_documents": 40 + at})  # fmt: skip
    return pd.DataFrame(rows)


def pairs(events=TERMS):
    rows = [(name, 9.5 - at % 9, 2.0 + at % 5, 2 + at, 3) for at, name in enumerate(events)]
    columns = ["event", "group", "reference", "n_group", "n_reference"]
    return pd.DataFrame(rows, columns=columns)


def shifts(terms=TERMS):
    rows = []
    for at, term in enumerate(terms):
        value = (-1) ** at * (3 - 2.5 * at / len(terms))
        rows.append({"term": term, "contribution": value, "low": value - 0.5, "high": value + 0.7,
                     "count_1": 9 + at, "count_2": 4})  # fmt: skip
    table = pd.DataFrame(rows)
    return table.assign(measure="hedging.outlet", group="Argus", reference=LONG,
                        difference=table["contribution"].sum(), difference_low=-3.25,
                        difference_high=4.5)  # fmt: skip


def index(groups=NAMES, voices=("outlet", "all")):
    rows = []
    for at, group in enumerate(groups):
        for voice in voices:
            value = round(0.9 - 0.6 * (at % 4) - 0.1 * (voice == "all"), 3)
            rows.append({"measure": f"label_index.us.{voice}", "group": group, "estimate": value,
                         "low": max(value - 0.2, -1), "high": min(value + 0.1, 1),
                         "n_uses": 20 + at, "n_documents": 7 + at})  # fmt: skip
    return pd.DataFrame(rows)


def shares(groups=NAMES, referents=("estate_tax", "gun_policy", LONG)):
    rows = []
    for at, referent in enumerate(referents):
        for place, group in enumerate(groups):
            left, right = 2 + place % 5, 1 + at % 7
            value = right / (left + right)
            rows.append({"referent": referent, "group": group, "estimate": value,
                         "low": value / 2, "high": min(1.5 * value, 1), "n_left": left,
                         "n_right": right, "n_documents": 3})  # fmt: skip
    return pd.DataFrame(rows)


def coders(items=("economic", "morality", LONG, "all"), names=("alpha, nominal", "AC1")):
    rows = []
    for at, item in enumerate(items):
        for place, name in enumerate(names):
            value = 0.9 - 0.07 * (at % 9) - 0.05 * place
            rows.append({"item": item, "coefficient": name, "estimate": value, "low": value - 0.1,
                         "high": value + 0.05, "n_units": 240 + at, "n_coders": 3})  # fmt: skip
    return pd.DataFrame(rows)


def specifications(count=24):
    random = np.random.default_rng(3)
    values = random.normal(0.9, 0.9, count)
    return pd.DataFrame({
        "lexicon": np.resize(["full", "core", LONG], count),
        "voice": np.resize(["own", "all"], count),
        "least strength": np.resize([0.33, 0.33, 0.67, 0.67], count), "estimate": values,
        "low": values - 1, "high": values + 1.2, "n": 90 + np.arange(count) % 3,
        "main": np.arange(count) == 3,
    })  # fmt: skip


MAKERS = {term_funnel: words, term_forest: words, decomposition_bars: parts, matched_pairs: pairs,
          word_shift: shifts, label_choice: index, referent_shares: shares, agreement_panel: coders,
          specification_curve: specifications}  # fmt: skip


@cache
def picture(figure):
    """Return the axes a figure draws of its table; drawn once for the tests that only look."""
    return figure(MAKERS[figure]())
