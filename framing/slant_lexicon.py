"""Slant terms of a corpus with two groups of speakers, learnt and written as a lexicon."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.amounts import count_of
from framing.measures.slant_terms import Rules, Stability, slant_terms
from framing.tables import BadInput, nearest, replacing
from framing.text.document import Document
from framing.text.names import FIRST_NAMES

if TYPE_CHECKING:
    import pandas as pd

_FUNCTION = """a about above across after again against all almost along already also although
always am among an and another any anybody anyone anything are around as at away back be became
because become been before behind being below between beyond both but by came can cannot come
could did do does doing done down during each either else enough even ever every everybody
everyone everything few first for from further gave get gets getting give given go goes going
gone got had has have having he her here hers herself him himself his how however i if in indeed
instead into is it its itself just last less let like made make makes making many may maybe me
might mine more most much must my myself near neither never next no nobody none nor not nothing
now of off often on once one ones only onto or other others our ours ourselves out over own per
perhaps put quite rather really said same say saying says second see seen shall she should since
so some somebody someone something still such take taken than that the their theirs them
themselves then there therefore these they thing things this those though through throughout
thus to today together tonight too took toward towards two three under until up upon us very was
way we well went were what whatever when where whether which while who whom whose why will with
within without would yes yet you your yours yourself don't doesn't didn't can't won't isn't
aren't wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't i'm i've i'd i'll we're
we've we'll we'd you're you've they're they've it's that's there's he's she's what's let's"""
_CHAMBER = """absent adjourn adjourned adjournment agreed aisle amend amended amendment
amendments assembled balance bill bills calendar chair chairman chairwoman chairperson chamber
chambers chapter cited clause clerk cloture colleague colleagues committee committees concur
concurrent conferees congressman congresswoman consent cosponsor cosponsors designee district
enacted enactment engrossed extraneous floor gentleladies gentlelady gentleman gentlemen
gentlewoman herein hereby house inserting joint leader lady madam majority member members
minority motion mr mrs ms nay nays nomination nominee nominations objection ordered paragraph
paragraphs postponed previous pro proceedings pursuant quorum ranking read reading recess
recognition recognize recognized recommit reconsider record remarks representative
representatives res resolution resolved resume revise rise roll rules sec section sections
senate senator senators session speaker sponsor striking subcommittee submit submitted
subparagraph subsection subsections subtitle suspend suspension tempore thereof unanimous
undersigned vote voted votes voting whereas whip withdraw yea yeas yield yielded yielding yields
consideration legislation petition parliamentarian sr jr"""
_PLACES = """alabama alaska arizona arkansas california carolina carolinas colorado columbia
connecticut dakota dc delaware florida georgia hampshire hawaii idaho illinois indiana iowa
jersey kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi
missouri montana nebraska nevada ohio oklahoma oregon pennsylvania rhode tennessee texas utah
vermont virginia washington wisconsin wyoming york mexico guam samoa puerto rico county township"""
_LEADERS = """trump donald biden joe harris kamala vance obama barack clinton hillary bush musk
elon schumer pelosi mcconnell hegseth noem bondi rubio rfk kennedy newsom maga maduro nicolas
doug lamalfa charlie kirk dick hamilton gavin hakeem jeffries thune"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())
CHAMBER_WORDS = frozenset(_CHAMBER.split())
PLACES = frozenset(_PLACES.split())
LEADERS = frozenset(_LEADERS.split())
ALSO_WORDS = frozenset(
    "amber bill dale faith frank grace grant hazel holly hope ivy jack jan june marine mark may "
    "penny ray rich robin rose will".split()
)
NAMES = FIRST_NAMES - ALSO_WORDS
LEFT_OUT = CHAMBER_WORDS | PLACES | LEADERS | NAMES
PARTY = r"(?i:\b(?:democrat\w*|republican\w*|gop|dems?|[dr]-[a-z]{2}|[dr])\b(?!\.[A-Z]))"
STATUTE = re.compile(
    r"U\.S\.C\.|(?:sub)?(?:section|paragraph|clause)s? \(|\bSEC(?:TION|\.) \d|is amended"
    r"|^\s*(?:``)?\(\w{1,4}\)", re.MULTILINE
)  # fmt: skip
BILL_TEXT = 3
SURNAME = r"[A-Z][\w'\u2019-]*[a-z]\b"
TITLED = rf"\b(?:Mr|Mrs|Ms|Dr|Senator|Representative|Congressman|Congresswoman)\.? {SURNAME}"
SUFFIXES = ("jr", "sr", "ii", "iii", "iv")
SWALLOWED = 0.9
STRENGTHS = ((5.0, "3"), (3.0, "2"))
COLUMNS = (
    "entry", "label", "strength", "name", "z", "z_speakers", "n", "n_{0}", "n_{1}", "speakers",
    "dp", "stable",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Learnt:
    """Slant terms of a corpus with what is needed to describe them.

    Attributes
    ----------
    table : pandas.DataFrame
        As `framing.measures.slant_terms.slant_terms`; a positive z marks the first group.
    stability : Stability
    groups : (str, str)
        The group that a positive z marks, and the other.
    numbers : dict
        n_documents, n_words, n_speakers of each group.
    rules : Rules
    corpus : str
    """

    table: pd.DataFrame
    stability: Stability
    groups: tuple[str, str]
    numbers: dict[str, dict[str, int]]
    rules: Rules
    corpus: str = ""


def learn(
    documents: Iterable[Document], *, by: str = "side", speaker: str = "author",
    rules: Rules | None = None, splits: int = 100, corpus: str = "",
) -> Learnt:  # fmt: skip
    """Learn the terms of one to three words that mark two groups of speakers.

    Texts that hold a bill (three marks of statutory form or more) are left out; words for the US
    parties and names of people are masked. Left out are also terms that begin or end in a
    function word, hold a number, a single letter, a word of parliamentary business, a US state, a
    first name or a leader's (see `LEFT_OUT`), and those of whose uses nine in ten stand in one
    longer term of the list.

    Parameters
    ----------
    documents : iterable of Document
    by : str
        Field of the groups; with more than two, the two with most documents are compared. A
        positive z marks the one that is last in the alphabet (Democrat, *Republican*).
    speaker : str
        Field of the speakers, or of outlets; documents without one are left out.
    rules : Rules, optional
    splits : int
        Of the speakers into halves, for the stability.
    corpus : str
        Its name, as ``@congress_statements_2025``, for the description.

    Examples
    --------
    >>> said = {"Democrat": "These are tax breaks. ", "Republican": "This is tax relief. "}
    >>> texts = [Document(f"{party}{n}", said[party] * 30, None,
    ...                   {"side": party, "author": f"{party} {n}"})
    ...          for party in said for n in range(4)]
    >>> found = learn(texts, rules=Rules(min_speakers=2), splits=2)
    >>> found.groups, found.table["term"].tolist()
    (('Republican', 'Democrat'), ['tax relief', 'tax breaks'])
    """
    from framing.keyterms import count_terms

    rules = rules or Rules()
    texts, groups = _of_two_groups(documents, by, speaker)
    names = [str(one.meta[speaker]) for one in texts]
    counted = count_terms(_masked(texts, names), min_count=max(rules.min_uses // 4, 2))
    usable = np.array([is_candidate(term) for term in counted.terms], bool)
    sides = [str(one.meta[by]) == groups[0] for one in texts]
    counts, first = _by_speaker(counted.counts, names, sides)
    table, stability = slant_terms(
        counts[:, usable], first, counted.terms[usable], rules=rules, splits=splits
    )
    table = table[~_swallowed(table)].reset_index(drop=True)
    words = {group: 0 for group in groups}
    for one in texts:
        words[str(one.meta[by])] += len(one.words)
    numbers = {
        group: {"n_documents": sum(str(one.meta[by]) == group for one in texts),
                "n_words": words[group], "n_speakers": int((first == (group == groups[0])).sum())}
        for group in groups
    }  # fmt: skip
    return Learnt(table, stability, groups, numbers, rules, corpus)


def is_candidate(term: str) -> bool:
    """Whether a term may be a slant term, by its words alone.

    Examples
    --------
    >>> [is_candidate(term) for term in ("cuts to care", "cuts to", "section", "title 42")]
    [True, False, False, False]
    """
    words = term.split()
    if words[0] in FUNCTION_WORDS or words[-1] in FUNCTION_WORDS:
        return False
    return not any(
        word in LEFT_OUT or len(word) < 2 or not word[0].isalpha() or any(map(str.isdigit, word))
        for word in words
    )


def check_name(name: str) -> None:
    """Refuse what cannot be the name of a lexicon."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BadInput(f"name {name!r}: a lexicon's name is small letters, digits and _")


def save(learnt: Learnt, name: str, folder: str | Path) -> list[Path]:
    """Write NAME.tsv and NAME.toml, a lexicon of counts that holds no text of the corpus.

    Returns
    -------
    list of pathlib.Path
    """
    check_name(name)
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    slugs = [_slug(group) for group in learnt.groups]
    if slugs[0] == slugs[1]:
        raise BadInput(f"the groups {' and '.join(learnt.groups)} give the same label '{slugs[0]}'")
    header = [column.format(*slugs) for column in COLUMNS]
    lines = ["\t".join(header)]
    for row in learnt.table.to_dict("records"):
        n, mine = row["n"], row["n_first"]
        cells = (
            row["term"], slugs[0] if row["first"] else slugs[1],
            _strength(abs(row["z_speakers"])), "ok", f"{row['z']:+.1f}",
            f"{row['z_speakers']:+.1f}", n, mine, n - mine, row["speakers"],
            f"{row['dp']:.2f}", f"{row['stable']:.2f}",
        )  # fmt: skip
        lines.append("\t".join(map(str, cells)))
    paths = [home / f"{name}.tsv", home / f"{name}.toml"]
    for path, text in zip(paths, ("\n".join(lines) + "\n", _description(learnt, name, slugs)),
                          strict=True):  # fmt: skip
        with replacing(path) as temporary:
            temporary.write_text(text, "utf-8")
    return paths


def _plain(name: str) -> str:
    """Return a name that may stand in a TOML string."""
    return name.replace("\\", "/").replace('"', "'")


def _slug(group: str) -> str:
    return re.sub(r"\W+", "_", group.strip().lower()).strip("_") or "group"


def _strength(z: float) -> str:
    return next((strength for least, strength in STRENGTHS if z >= least), "1")


def _description(learnt: Learnt, name: str, slugs: Sequence[str]) -> str:
    rules, how, size = learnt.rules, learnt.stability, learnt.numbers
    sizes = "; ".join(
        f"{_plain(group)}: {size[group]['n_documents']:,} texts, {size[group]['n_words']:,} words, "
        f"{size[group]['n_speakers']} speakers" for group in learnt.groups
    )  # fmt: skip
    sides = learnt.table["first"]
    label = "\n".join(
        f'{slug} = "Used more by speakers of the group {_plain(group)} ({count} terms)."'
        for slug, group, count in zip(slugs, learnt.groups, (sides.sum(), (~sides).sum()),
                                      strict=True)
    )  # fmt: skip
    return TEMPLATE.format(
        name=name, one=_plain(learnt.groups[0]), two=_plain(learnt.groups[1]),
        corpus=_plain(learnt.corpus), sizes=sizes,
        labels=label, today=date.today().isoformat(), rules=rules, how=how,
    )  # fmt: skip


TEMPLATE = '''id = "{name}"
title = "Slant terms: {one} and {two}"
definition = """
Words and phrases used more by speakers of one group than of the other, learnt from
{corpus}. They mark what each group spoke of and how in that corpus and
time; they measure neither truth nor the bias of a text."""
source = """
Learnt by `framing lexicon learn {name} --from {corpus}`; counts only, no text.
{sizes}.
z: log-odds with informative Dirichlet prior (Monroe et al. 2008), positive: {one}; z_speakers:
with the error over speakers; dp: Gries' dispersion over speakers (0 even); stable: share of
random halves of the speakers in which the direction is the same. strength by |z_speakers|: 1 from
5, .67 from 3, else .33."""
licence = "CC0-1.0"
version = "0.1.0"
checked_on = {today}

[labels]
{labels}

[rules]
min_uses = {rules.min_uses}
min_speakers = {rules.min_speakers}
min_z = {rules.z}
per_side = {rules.per_side}

# Halves of speakers: z of one half against the other; and terms picked in one half by the same
# rules, how many keep their direction in the other. Median of the splits, .95 of them inside.
[stability]
splits = {how.splits}
correlation_of_z = {how.correlation:.3f}
correlation_low = {how.low:.3f}
correlation_high = {how.high:.3f}
keeps_direction = {how.kept:.3f}
keeps_direction_low = {how.kept_low:.3f}
keeps_direction_high = {how.kept_high:.3f}
terms_picked_in_a_half = {how.n_picked}

[codebook]
construct = "Which group of speakers a word or phrase is typical of."
rule = """
Every match of the list. Meant for texts of many words together (an outlet, a speaker, a year); a
single text says little. Not run by default."""
known_failures = [
  "Topics and wording are not told apart: a term may mark what a group speaks of.",
  "Words change sides; who is in power decides who attacks and who defends.",
  "Speakers of one chamber or committee share terms that are no slant.",
]
positive = []
negative = []
'''


def _of_two_groups(
    documents: Iterable[Document], by: str, speaker: str
) -> tuple[list[Document], tuple[str, str]]:
    from collections import Counter

    everything = list(documents)
    known = sorted({key for one in everything for key in one.meta})
    for field in (by, speaker):
        if field not in known:
            raise BadInput(f"the documents have no field '{field}'{nearest(field, known)}; there "
                           f"are {', '.join(known)}")  # fmt: skip
    texts = [one for one in everything if one.meta.get(by) and one.meta.get(speaker)
             and len(STATUTE.findall(one.text)) < BILL_TEXT]  # fmt: skip
    common = [name for name, _ in Counter(str(one.meta[by]) for one in texts).most_common(2)]
    if len(common) < 2:
        raise BadInput(f"the field '{by}' has {count_of(len(common), 'value')} (with a speaker); "
                       "slant terms need two groups")  # fmt: skip
    low, high = sorted(common)
    used = [one for one in texts if str(one.meta[by]) in common]
    who = {side: {str(one.meta[speaker]) for one in used if str(one.meta[by]) == side}
           for side in common}  # fmt: skip
    lone = [side for side in common if len(who[side]) < 2]
    if lone and not who[low] & who[high]:
        raise BadInput(f"the group '{lone[0]}' has one speaker ('{speaker}'); terms are learnt "
                       "from two or more in each of two groups")  # fmt: skip
    if len(used) < len(everything):
        warnings.warn(
            f"learnt from {len(used):,} of {count_of(len(everything), 'text')}: those of {low} and "
            f"{high}, the most frequent in '{by}', with a '{speaker}', and no texts of bills",
            stacklevel=3,
        )
    return used, (high, low)


def _masked(texts: Sequence[Document], names: Sequence[str]) -> list[Document]:
    """Return the texts without party words and names of people; what stood around is not joined."""
    listed = set()
    for name in set(names):
        parts = [part for part in re.split(r"[\s,.]+", name) if part]
        while len(parts) > 1 and parts[-1].lower() in SUFFIXES:
            parts.pop()
        listed.add(" ".join(parts))
        if parts and len(parts[-1]) > 2:
            listed |= {parts[-1], parts[-1].upper()}
    people = "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))
    first = "|".join(sorted(name.capitalize() for name in NAMES))
    pattern = re.compile(rf"{PARTY}|\b(?:{people})\b|{TITLED}|\b(?:{first})(?: [A-Z]\.)? {SURNAME}")
    return [Document(one.doc_id, pattern.sub(" ; ", one.text)) for one in texts]


def _by_speaker(counts: Any, names: Sequence[str], first: Sequence[bool]) -> tuple[Any, np.ndarray]:
    from scipy import sparse

    people = sorted(set(names))
    place = {name: number for number, name in enumerate(people)}
    rows = [place[name] for name in names]
    side = dict(zip(names, first, strict=True))
    for name, mine in zip(names, first, strict=True):
        if side[name] != mine:
            raise BadInput(f"speaker {name!r} stands in both groups")
    summing = sparse.csr_array(
        (np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(people), len(rows))
    )
    return sparse.csc_array(summing @ counts), np.array([side[name] for name in people])


def _swallowed(table: pd.DataFrame) -> np.ndarray:
    """Whether nearly all uses of a term are those of a longer term of the list."""
    inside: dict[str, int] = {}
    for term, n in zip(table["term"], table["n"], strict=True):
        words = term.split()
        for size in range(1, len(words)):
            for start in range(len(words) - size + 1):
                part = " ".join(words[start : start + size])
                inside[part] = max(inside.get(part, 0), n)
    found = [inside.get(term, 0) >= SWALLOWED * n
             for term, n in zip(table["term"], table["n"], strict=True)]  # fmt: skip
    return np.array(found, bool)
