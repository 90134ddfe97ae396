"""Reported speech: the frames in which a cue gives words to somebody.

Each frame looks around one cue (a report verb, "according to", "the claim that") inside a `Unit`
and returns a `Report`. Frames: 2 S V (that) C; 3 C, S V; 6 according to S; 8 S V to-infinitive;
9 S V A of C; 13 claim that C; 14 hearsay passives; 15 in a poll, C.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from framing.text import clauses as cl
from framing.text import complements as cm
from framing.text import verbs as vb
from framing.text.clauses import Unit
from framing.text.judgements import JUDGING, judgement
from framing.text.nouns import (
    describes,
    group_before,
    main_subject,
    nearest_subject,
    noun_after,
    noun_before,
)
from framing.text.verbs import RELATIVE, Cue

Range = tuple[int, int]
RAISING = frozenset(
    "raise raised raises raising express expressed expresses voice voiced voices make made makes "
    "issue issued issues repeat repeated repeats".split()
)
HEARSAY = frozenset(
    "expected believed thought understood reported said claimed alleged rumoured rumored known "
    "estimated considered feared supposed".split()
)
NO_SPEECH = frozenset("credit figure".split())  # as nouns
EMPTY = frozenset("it this that which".split())
NO_NOUN = cl.PREPOSITIONS | cl.PRONOUNS | cl.SUBORDINATE
FRAGMENT = 4  # words of a clause in which no finite verb is known


class Report(NamedTuple):
    """Words given to somebody: ranges of words (the last excluded), cue, and subject."""

    pieces: tuple[Range, ...]
    cue: Range
    subject: Range | None
    frame: str
    entry: Any = None


_made = partial(tuple.__new__, Report)


def find_reports(unit: Unit, cues: list[Cue]) -> list[Report]:
    """Return the reports of one unit in the order of their cues."""
    if not cues:
        return []
    if len(cues) > 1:
        unit.expect({cue.first for cue in cues[1:]})  # what is said stands behind its own cue
    found: list[Report] = []
    for cue in cues:
        kind = cue.entry.extra["kind"]
        if kind == "verb":
            report = _verb(unit, cue)
        elif kind == "according":
            report = _according(unit, cue)
        elif kind == "noun":
            report = _noun(unit, cue)
        else:
            report = _adverb(unit, cue)
        if report is None:
            continue
        if found and unit.words[cue.first].endswith("ing"):
            joined = unit.breaks[cue.first] or unit.words[cue.first - 1] in cm.LINKS
            if joined and found[-1].subject:
                report = report._replace(subject=found[-1].subject)
        found.append(report)
    if len(found) < 2:
        return found
    starts = {report.pieces[0][0] for report in found if report.frame != "13"}
    return [r for r in found if r.frame != "13" or r.pieces[0][0] not in starts]


def _report(cue: Cue, pieces: tuple[Range, ...], subject: Range | None, frame: str) -> Report:
    return _made((pieces, (cue.first, cue.last + 1), subject, frame, cue.entry))


def lead_in(unit: Unit, cues: list[Cue]) -> tuple[Range, Range] | None:
    """Return cue and subject of a unit that announces words: "Hill wrote on Friday:"."""
    if not cues or unit.gap(unit.size).strip() != ":":
        return None
    cue, kind, count = cues[-1], cues[-1].entry.extra["kind"], unit.size
    behind = range(cue.last + 1, count)
    if kind == "according":
        subject = noun_after(unit, cue.last + 1)
        near = subject is not None and count - subject[1] < 6
    else:
        group, passive, negated = vb.verb_group(unit, cue.first)
        said = kind == "verb" and "c" in cue.takes and cue.entry.label != "thought"
        said = said and not (passive or negated or vb.is_noun(unit, cue))
        subject = noun_before(unit, group) if said else None
        near = len(behind) < 6 and not any(unit.breaks[i] for i in behind)
        near = near and not cl.has_finite(unit, cue.last + 1, count - 1)
    return ((cue.first, cue.last + 1), subject) if subject and near else None


def _verb(unit: Unit, cue: Cue) -> Report | None:
    words, first, behind = unit.words, cue.first, cue.last + 1
    plain = first > 0 and unit.plain[first] and not unit.marks[behind] & cl.JOINED
    if not plain and vb.is_noun(unit, cue):
        return _noun(unit, cue) if cue.entry.id not in NO_SPEECH else None
    following = words[behind] if behind < unit.size else ""
    if following in ("is", "was") and words[behind + 1 : behind + 2] == ["that"]:
        return _noun(unit, cue)  # "Hill's biggest claim is that"
    group, passive, negated = (first, False, False) if plain else vb.verb_group(unit, first)
    if negated and cue.entry.label != "thought":
        return None
    word = words[first]
    if following in cl.PREPOSITIONS and vb.participle(word):
        passive = passive or following == "by" or cue.takes[-1] in ("A", "F")
    if passive and word != cue.entry.patterns[0]:  # "was convinced that" is an adjective
        return _passive(unit, cue, group)
    if vb.gives_none(unit, cue, following) or not (plain or vb.tells(unit, cue, group, negated)):
        return None
    gerund, infinitive = word.endswith("ing"), words[group] == "to"
    hanging = gerund and unit.breaks[group]
    subject = None if hanging or infinitive else noun_before(unit, group)
    if group == first and not vb.agrees(unit, cue, subject):
        return None
    if subject and subject[1] - subject[0] == 1 and vb.infers(unit, cue, subject):
        return None
    if following in cl.AUXILIARIES and _runs_on(unit, behind, subject):
        return _noun(unit, cue) if following in cl.BE else None
    if subject is None and group == first > 0 and not gerund and _closed(unit, group):
        report = _postposed(unit, cue, group, None)
        if report is not None:
            return report
    if cue.takes[-1] in JUDGING:
        return _judged(unit, cue, group, subject)
    start = _start(unit, cue, subject)
    if start is None:
        return _postposed(unit, cue, group, subject)
    if negated and unit.words[start] == "to":
        return None
    return _preposed(unit, cue, group, subject, start)


def _judged(unit: Unit, cue: Cue, group: int, subject: Range | None) -> Report | None:
    """Frame 9, or frame 3 where the verb has no object of its own: not "he mocked the plan"."""
    judged = judgement(unit, cue, subject)
    if judged is not None:
        return _report(cue, (judged[0],), judged[1], "9")
    behind = cue.last + 1
    owns = behind < unit.size and unit.words[behind] in cl.DETERMINING and not unit.breaks[behind]
    return None if owns else _postposed(unit, cue, group, subject)


def _start(unit: Unit, cue: Cue, subject: Range | None) -> int | None:
    """Return where the content behind a cue begins, or None."""
    behind = cue.last + 1
    tagged = False
    if unit.quoted and subject and subject[0] > 0 and unit.quote[subject[0] - 1] >= 0:
        tagged = cl.COMPLEMENTISERS.isdisjoint(unit.words[behind : behind + 3])
    start = None if tagged else cm.complement(unit, behind, cue.takes)
    if start is None and subject is not None and unit.words[0] == "as" and subject[0] == 1:
        start = cm.behind_fronted(unit, behind)  # "As the paper reported in May, C"
    if start is None and "c" in cue.takes and subject is not None:
        start = _gapped(unit, behind, subject)
    return start


def _preposed(unit: Unit, cue: Cue, group: int, subject: Range | None, start: int) -> Report | None:
    """Frame 2: the content stands behind the cue, "S V that C"."""
    if subject is None and vb.hangs(unit, cue.first):
        return None
    gerund = unit.words[cue.first].endswith("ing")
    led = group > 0 and unit.words[group - 1] in cl.PREPOSITIONS
    if unit.words[group] == "to":
        subject = nearest_subject(unit, group)
    elif subject is None or (led and gerund):
        subject = main_subject(unit, group) or subject
    elif cue.entry.id == "threaten" and unit.words[subject[0]] in EMPTY:
        return None  # "it threatens to rain"
    relative = subject is not None and unit.words[subject[0]] in RELATIVE
    end = cm.clause_end(unit, start, relative)
    if subject is None and gerund and cue.first == 0:  # "Saying that C, the mayor left"
        main = unit.verb.find(1, end) if unit.breaks[end] else -1
        subject = noun_before(unit, group_before(unit, main)) if main > end else None
    span = cm.content(unit, cue, start, end)
    return _report(cue, (span,), subject, "2") if span else None


def _runs_on(unit: Unit, index: int, subject: Range | None) -> bool:
    """Whether a verb behind the cue makes it a noun ("their claims were"), no report."""
    return not unit.breaks[index] and not (subject and _gapped(unit, index, subject))


def _gapped(unit: Unit, index: int, subject: Range) -> int | None:
    """Return where the content begins in "a levy that ministers say will hit nobody"."""
    if index >= unit.size or subject[0] == 0 or unit.breaks[index]:
        return None
    relative = unit.words[subject[0] - 1] in RELATIVE
    return index if relative and cl.is_finite(unit.words[index]) else None


def _postposed(unit: Unit, cue: Cue, group: int, subject: Range | None) -> Report | None:
    """Frame 3: the content stands before, "C, S V" or "C, V S", and may go on behind."""
    behind = cue.last + 1
    if subject is not None and unit.words[subject[0]] in RELATIVE:
        return None
    if subject and unit.words[subject[0] - 1] == "both" and not unit.breaks[subject[0]]:
        subject = subject[0] - 1, subject[1]
    if subject is not None and subject[0] > 0 and _closed(unit, subject[0]):
        edge, after = subject[0], _behind_adjuncts(unit, behind)
    elif _closed(unit, group) and group > 0:
        if unit.quote[group - 1] < 0 and cue.entry.label != "neutral":
            return None
        subject = noun_after(unit, behind)
        edge = group
        after = _behind_adjuncts(unit, subject[1] if subject else behind)
        if subject is None or {unit.words[cue.first][-3:], unit.words[behind][-3:]} & {"ing"}:
            return None
    else:
        return None
    quoted = unit.quote[edge - 1] >= 0
    begin = 0 if quoted else max(0, edge - cl.LONGEST)
    comma = after < unit.size and "," in unit.gap(after)[:3]
    whole = (comma and subject[0] < cue.first) or cl.has_finite(unit, begin, edge - 1)
    if behind == unit.size and edge - begin >= FRAGMENT:  # of a verb that is no known one
        whole = whole or not vb.opens_adverbial(unit, begin)
    if not quoted and not (whole and vb.told_behind(unit, cue, begin, subject)):
        return None
    pieces = [(begin, edge)]
    if comma and after not in unit.heads:
        word = unit.words[after]
        goes_on = unit.quote[after] >= 0 or _shares_subject(unit, after) or not (
            word in cl.RELATIVES or word in cm.LINKS
            or word in ("in", "on", "at", "as", "who", "with")
            or word.endswith("ing") or describes(unit, after)
        )  # fmt: skip
        if goes_on and not (quoted and unit.quote[after] < 0):
            pieces.append((after, cm.clause_end(unit, after)))
    elif after < unit.size and unit.marks[after] & cl.COLON and unit.quote[after] >= 0:
        pieces.append((after, cm.clause_end(unit, after)))
    return _report(cue, tuple(pieces), subject, "3")


def _shares_subject(unit: Unit, index: int) -> bool:
    """Whether "and" goes on with another verb of the clause: "it fell, he adds, and is lost"."""
    verb = index + 1 + (index + 1 < unit.size and unit.adverb[index + 1])
    follows = unit.words[index] == "and" and unit.finite[verb : verb + 1] == b"\1"
    return follows and unit.words[verb].partition("'")[0] not in cl.PRONOUNS


def _closed(unit: Unit, index: int) -> bool:
    marks = unit.marks[index]
    if marks & cl.COMMA:
        return True
    if marks & cl.BREAK:
        gap = unit.gap(index)
        if "—" in gap or "–" in gap:
            return True
    return unit.quote[index - 1] >= 0 > unit.quote[index]


def _behind_adjuncts(unit: Unit, index: int) -> int:
    """Return the next word behind a mark, or the end."""
    place = unit.breaks.find(1, index, unit.size)
    return place if place >= 0 else unit.size


def _passive(unit: Unit, cue: Cue, group: int) -> Report | None:
    """Frame 14: "it is understood that C", "S is expected to VP", "was told that C"."""
    word = unit.words[cue.first]
    subject = noun_before(unit, group)
    behind = cue.last + 1
    following = unit.words[behind] if behind < unit.size else ""
    empty = subject is not None and unit.words[subject[0] : subject[1]] == ["it"]
    agent = None
    if following == "by":
        agent = noun_after(unit, behind + 1)
        behind = agent[1] if agent else behind
        following = unit.words[behind] if behind < unit.size else ""
    if following in cl.COMPLEMENTISERS and behind + 1 < unit.size:
        return _report(cue, ((behind + 1, cm.clause_end(unit, behind + 1)),), agent, "14")
    if word in HEARSAY and following == "to":
        end = cm.clause_end(
            unit, behind, subject is not None and unit.words[subject[0]] in RELATIVE
        )
        named = subject is not None and not empty and unit.words[subject[0]] not in RELATIVE
        pieces = (subject, (behind, end)) if subject and named else ((behind, end),)
        return _report(cue, pieces, agent, "14")
    if word in ("accused", "suspected") and following == "of" and behind + 1 < unit.size:
        end = cm.clause_end(unit, behind)
        ends = (i for i in range(behind, end) if unit.words[i] == "after")  # the outlet's
        return _report(cue, ((behind, next(ends, end)),), agent, "14")
    if word in ("told", "asked", "warned") and behind < unit.size:
        start = cm.complement(unit, behind, "ct")
        if start is not None:
            return _report(cue, ((start, cm.clause_end(unit, start)),), agent, "14")
    return None


def _according(unit: Unit, cue: Cue) -> Report | None:
    """Frame 6: "According to S, C" and "C, according to S"."""
    subject = noun_after(unit, cue.last + 1)
    if subject is None:
        return None
    behind = _behind_adjuncts(unit, subject[1])
    if behind < unit.size and unit.words[behind] in cl.RELATIVES:
        behind = _behind_adjuncts(unit, behind + 1)
    behind = _behind_apposition(unit, subject, behind)
    if cue.first == 0 or (cue.first <= 2 and not cl.has_finite(unit, 0, cue.first - 1)):
        if behind >= unit.size:
            return None
        return _report(cue, ((behind, cm.clause_end(unit, behind)),), subject, "6")
    pieces = [(max(0, cue.first - cl.LONGEST), cue.first)]
    if behind < unit.size and unit.marks[behind] & cl.COMMA and unit.marks[cue.first] & cl.COMMA:
        word, end = unit.words[behind], cm.clause_end(unit, behind)
        named = unit.capital[subject[1] - 1] and _describes(unit, behind)
        goes_on = word not in cl.RELATIVES and word not in cm.LINKS and not word.endswith("ing")
        if goes_on and (not named or cl.has_finite(unit, behind, end - 1)):
            pieces.append((behind, end))
    return _report(cue, tuple(pieces), subject, "6")


def _behind_apposition(unit: Unit, subject: Range, index: int) -> int:
    """Return the word behind what a name is said to be: "according to Oakes, a nurse, rents"."""
    named = unit.capital[subject[1] - 1] and index < unit.size
    if not named or not unit.marks[index] & cl.COMMA or not _describes(unit, index):
        return index
    commas = [i for i in range(index + 1, unit.size) if unit.marks[i] & cl.COMMA][:2]
    if not commas or cl.has_finite(unit, index, commas[0] - 1):
        return index
    word, last = unit.words[commas[0]], len(commas) == 1  # where the verb of the sentence must be
    if word in cl.RELATIVES or word in cl.PREPOSITIONS or word in ("and", "or", "but"):
        return index
    return commas[0] if last or cl.has_finite(unit, commas[0], commas[1] - 1) else index


def _describes(unit: Unit, index: int) -> bool:
    """Whether a description may begin: "a nurse", "director of", not "almost 90 per cent"."""
    word = unit.words[index]
    if word in cl.DETERMINERS:
        return unit.quote[index] < 0
    closed = word in NO_NOUN or unit.quote[index] >= 0
    plain = word.isalpha() and not (unit.capital[index] or unit.adverb[index] or unit.time[index])
    return plain and not closed and not word.endswith("ing")


def _noun(unit: Unit, cue: Cue) -> Report | None:
    """Frame 13: "the claim that C", by S."""
    copula = unit.words[cue.last + 1 : cue.last + 2] in (["is"], ["was"])
    start = cue.last + (1 if unit.words[cue.last] == "that" else 2 + copula)
    if start >= unit.size or unit.words[start - 1] != "that" or unit.breaks[start - 1]:
        return None
    if vb.modifies(unit, start):
        return None
    owner, subject = cue.first - 1, None
    if owner > 0 and unit.possessive(owner - 1):  # "Hill's biggest claim"
        owner -= 1
    if owner >= 0 and (unit.possessive(owner) or unit.words[owner] in cl.POSSESSIVES):
        subject = noun_before(unit, owner + 1) if unit.possessive(owner) else (owner, owner + 1)
    elif copula:
        return None
    elif RAISING & set(unit.words[max(cue.first - 3, 0) : cue.first]):
        subject = nearest_subject(unit, cue.first)
    end = cm.clause_end(unit, start)
    if cue.first == 0 or not cl.has_finite(unit, 0, cue.first - 1):
        end = vb.before_main_verb(unit, (start, end), unit.words[cue.first].endswith("s"))
    return Report(((start, end),), (cue.first, cue.first + 1), subject, "13", cue.entry)


def _adverb(unit: Unit, cue: Cue) -> Report | None:
    """Frame 14: "reportedly", over its clause."""
    first, last = cue.first, cue.last + 1
    while first > 0 and not unit.breaks[first] and unit.words[first - 1] not in cl.PREPOSITIONS:
        first -= 1
    last = _behind_adjuncts(unit, last)
    pieces = tuple(p for p in ((first, cue.first), (cue.last + 1, last)) if p[0] < p[1])
    return _report(cue, pieces, None, "14") if pieces else None
