"""Reported speech: the frames in which a cue gives words to somebody.

Each frame looks around one cue (a report verb, "according to", "the claim that") inside a `Unit`
and returns a `Report`. Frames: 2 S V (that) C; 3 C, S V; 6 according to S; 8 S V to-infinitive;
9 S V A of C; 13 claim that C; 14 hearsay passives; 15 in a poll, C.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from framing.text import clauses as cl
from framing.text import complements as cm
from framing.text import verbs as vb
from framing.text.clauses import Unit
from framing.text.judgements import JUDGING, TURNS, judgement
from framing.text.nouns import group_before, main_subject, nearest_subject, noun_after, noun_before
from framing.text.verbs import RELATIVE, Cue

Range = tuple[int, int]
RAISING = frozenset(
    "raise raised raises raising express expressed expresses voice voiced voices make made makes "
    "issue issued issues repeat repeated repeats".split()
)
SEEMING = frozenset("seems seem seemed appears appear appeared used continued continues".split())
MAIN = frozenset("is was has had will would".split()), frozenset("are were have had".split())
HEARSAY = frozenset(
    "expected believed thought understood reported said claimed alleged rumoured rumored known "
    "estimated considered feared supposed".split()
)


FEELING = frozenset("better worse good bad safe sorry free strongly pretty great same".split())
NO_SPEECH = frozenset("credit figure".split())  # as nouns
EMPTY = frozenset("it this that which".split())
FRAGMENT = 4  # words of a clause in which no finite verb is known


class Report(NamedTuple):
    """Words given to somebody: ranges of words (the last excluded), cue, and subject."""

    pieces: tuple[Range, ...]
    cue: Range
    subject: Range | None
    frame: str
    entry: Any = None


def find_reports(unit: Unit, cues: list[Cue]) -> list[Report]:
    """Return the reports of one unit in the order of their cues."""
    unit.expect(cue.first for cue in cues)
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
        if report is not None and any(low < high for low, high in report.pieces):
            subject = report.subject
            if found and unit.words[cue.first].endswith("ing"):
                joined = unit.breaks[cue.first] or unit.words[cue.first - 1] in cm.LINKS
                subject = found[-1].subject or subject if joined else subject
            found.append(Report(report.pieces, report.cue, subject, report.frame, cue.entry))
    starts = {report.pieces[0][0] for report in found if report.frame != "13"}
    return [r for r in found if r.frame != "13" or r.pieces[0][0] not in starts]


def lead_in(unit: Unit, cues: list[Cue]) -> tuple[Range, Range] | None:
    """Return cue and subject of a unit that announces words: "Hill wrote on Friday:"."""
    if not (cues and unit.marks[-1] & cl.COLON) or unit.gap(unit.size).strip() != ":":
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
    if vb.is_noun(unit, cue):
        return _noun(unit, cue) if cue.entry.id not in NO_SPEECH else None
    if unit.words[cue.last + 1 : cue.last + 3] in (["is", "that"], ["was", "that"]):
        return _noun(unit, cue)  # "Hill's biggest claim is that"
    group, passive, negated = vb.verb_group(unit, cue.first)
    if negated and cue.entry.label != "thought":
        return None
    word, behind = unit.words[cue.first], cue.last + 1
    following = unit.words[behind] if behind < unit.size else ""
    if following and vb.participle(word):
        without = cue.takes[-1] in ("A", "F") and following in cl.PREPOSITIONS
        passive = passive or without or following == "by"
    if passive and word != cue.entry.patterns[0]:  # "was convinced that" is an adjective
        return _passive(unit, cue, group)
    near = unit.words[behind : behind + 4]
    if cue.entry.id.endswith("(adjective)") and ("that" not in near or following == "about"):
        return None
    if word == "assuming" or (cue.entry.id == "feel" and following in FEELING):
        return None  # "assuming it holds", "they feel better"
    if following in ("out", "up", "off") and behind + 1 < unit.size and unit.breaks[behind + 1]:
        return None  # "when she found out, she left"
    gerund, infinitive = word.endswith("ing"), unit.words[group] == "to"
    if infinitive and not ("that" in near or _states(unit, group)):
        return None
    if not negated and vb.unreal(unit, cue, group):
        return None
    if following == "that" and vb.modifies(unit, behind + 1):
        return None  # "months of protest that left the board divided"
    hanging = gerund and unit.breaks[group]
    subject = None if hanging or infinitive else noun_before(unit, group)
    if group == cue.first and not vb.agrees(unit, cue, subject):
        return None
    if subject is not None and vb.infers(unit, cue, subject):
        return None
    if following in cl.AUXILIARIES and _runs_on(unit, behind, subject):
        return _noun(unit, cue) if following in cl.BE else None
    inverted = subject is None and group == cue.first > 0 and not gerund
    if inverted and _closed(unit, group):
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
    behind, judged = cue.last + 1, judgement(unit, cue, subject)
    if judged is not None:
        return Report((judged[0],), (cue.first, behind), judged[1], "9")
    owns = behind < unit.size and unit.words[behind] in cl.DETERMINING and not unit.breaks[behind]
    return None if owns else _postposed(unit, cue, group, subject)


def _start(unit: Unit, cue: Cue, subject: Range | None) -> int | None:
    """Return where the content behind a cue begins, or None."""
    behind = cue.last + 1
    tagged = subject is not None and subject[0] > 0 and unit.quote[subject[0] - 1] >= 0
    tagged = tagged and cl.COMPLEMENTISERS.isdisjoint(unit.words[behind : behind + 3])
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
    return Report((span,), (cue.first, cue.last + 1), subject, "2") if span else None


def _states(unit: Unit, to: int) -> bool:
    """Whether an infinitive tells what was said: "seems to show", "was quick to add"."""
    before = unit.words[max(to - 2, 0) : to]
    return bool(before) and (before[-1] in SEEMING or before[0] in cl.BE or before[-1] == "on")


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
    begin = 0 if unit.quote[edge - 1] >= 0 else max(0, edge - cl.LONGEST)
    quoted = unit.quote[edge - 1] >= 0
    inside = after < unit.size and "," in unit.gap(after)[:3] and subject[0] < cue.first
    whole = inside or cl.has_finite(unit, begin, edge - 1)
    if behind == unit.size and edge - begin >= FRAGMENT:  # of a verb that is no known one
        whole = whole or not vb.opens_adverbial(unit, begin)
    if not quoted and not (whole and vb.told_behind(unit, cue, begin, subject)):
        return None
    pieces = [(begin, edge)]
    if after < unit.size and "," in unit.gap(after)[:3] and after not in unit.heads:
        word = unit.words[after]
        goes_on = unit.quote[after] >= 0 or _shares_subject(unit, after) or not (
            word in cl.RELATIVES or word in cm.LINKS
            or word in ("in", "on", "at", "as", "who", "with")
            or word.endswith("ing") or cm.describes(unit, after)
        )  # fmt: skip
        if goes_on and not (quoted and unit.quote[after] < 0):
            pieces.append((after, cm.clause_end(unit, after)))
    elif after < unit.size and unit.marks[after] & cl.COLON and unit.quote[after] >= 0:
        pieces.append((after, cm.clause_end(unit, after)))
    return Report(tuple(pieces), (cue.first, cue.last + 1), subject, "3")


def _shares_subject(unit: Unit, index: int) -> bool:
    """Whether "and" goes on with another verb of the clause: "it fell, he adds, and is lost"."""
    verb = index + 1 + (index + 1 < unit.size and unit.adverb[index + 1])
    follows = unit.words[index] == "and" and unit.finite[verb : verb + 1] == b"\1"
    return follows and unit.words[verb].partition("'")[0] not in cl.PRONOUNS


def _closed(unit: Unit, index: int) -> bool:
    gap = unit.gap(index) if unit.odd[index] else " "
    return "," in gap or "—" in gap or "–" in gap or (
        unit.quote[index - 1] >= 0 and unit.quote[index] < 0
    )  # fmt: skip


def _behind_adjuncts(unit: Unit, index: int) -> int:
    while index < unit.size and not unit.breaks[index]:
        index += 1
    return index


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
    span = (cue.first, cue.last + 1)
    if following in cl.COMPLEMENTISERS and behind + 1 < unit.size:
        end = cm.clause_end(unit, behind + 1)
        return Report(((behind + 1, end),), span, agent, "14")
    if word in HEARSAY and following == "to":
        end = cm.clause_end(
            unit, behind, subject is not None and unit.words[subject[0]] in RELATIVE
        )
        named = subject is not None and not empty and unit.words[subject[0]] not in RELATIVE
        pieces = (subject, (behind, end)) if subject and named else ((behind, end),)
        return Report(pieces, span, agent, "14")
    if word in ("accused", "suspected") and following == "of" and behind + 1 < unit.size:
        end = cm.clause_end(unit, behind)
        ends = (i for i in range(behind, end) if unit.words[i] == "after")  # the outlet's
        return Report(((behind, next(ends, end)),), span, agent, "14")
    if word in ("told", "asked", "warned") and behind < unit.size:
        start = cm.complement(unit, behind, "ct")
        if start is not None:
            return Report(((start, cm.clause_end(unit, start)),), span, agent, "14")
    return None


def _according(unit: Unit, cue: Cue) -> Report | None:
    """Frame 6: "According to S, C" and "C, according to S"."""
    subject = noun_after(unit, cue.last + 1)
    if subject is None:
        return None
    span = (cue.first, cue.last + 1)
    behind = _behind_adjuncts(unit, subject[1])
    if behind < unit.size and unit.words[behind] in cl.RELATIVES:
        behind = _behind_adjuncts(unit, behind + 1)
    behind = _behind_apposition(unit, subject, behind)
    if cue.first == 0 or (cue.first <= 2 and not cl.has_finite(unit, 0, cue.first - 1)):
        if behind >= unit.size:
            return None
        return Report(((behind, cm.clause_end(unit, behind)),), span, subject, "6")
    pieces = [(max(0, cue.first - cl.LONGEST), cue.first)]
    if behind < unit.size and unit.marks[behind] & cl.COMMA and unit.marks[cue.first] & cl.COMMA:
        word, end = unit.words[behind], cm.clause_end(unit, behind)
        named = unit.capital[subject[1] - 1] and _describes(unit, behind)
        goes_on = word not in cl.RELATIVES and word not in cm.LINKS and not word.endswith("ing")
        if goes_on and (not named or cl.has_finite(unit, behind, end - 1)):
            pieces.append((behind, end))
    return Report(tuple(pieces), span, subject, "6")


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
    closed = word in cl.PREPOSITIONS | cl.PRONOUNS | cl.SUBORDINATE or unit.quote[index] >= 0
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
        end = _before_main_verb(unit, (start, end), unit.words[cue.first].endswith("s"))
    return Report(((start, end),), (cue.first, cue.first + 1), subject, "13")


def _before_main_verb(unit: Unit, clause: Range, plural: bool) -> int:
    """Return where the main verb begins behind a clause: "the claim that he lied was denied"."""
    start, end = clause
    verb = unit.verb.find(1, start + unit.words[start].endswith("ed"), end)
    while (
        0 <= verb < end - 1
        and (unit.words[verb + 1] in cl.AUXILIARIES or unit.verb[verb + 1] or unit.adverb[verb + 1])
        and unit.words[verb] in cl.AUXILIARIES
    ):
        verb += 1
    for place in range(verb + 1, end if verb >= 0 else 0):
        word = unit.words[place]
        if word in TURNS or word in cl.RELATIVES or place in unit.heads or unit.quote[place] >= 0:
            break
        if word in MAIN[plural] and unit.words[place - 1] not in cl.PRONOUNS:
            return place
    return end


def _adverb(unit: Unit, cue: Cue) -> Report | None:
    """Frame 14: "reportedly", over its clause."""
    first, last = cue.first, cue.last + 1
    while first > 0 and not unit.breaks[first] and unit.words[first - 1] not in cl.PREPOSITIONS:
        first -= 1
    while last < unit.size and not unit.breaks[last]:
        last += 1
    pieces = tuple(p for p in ((first, cue.first), (cue.last + 1, last)) if p[0] < p[1])
    return Report(pieces, (cue.first, cue.last + 1), None, "14")
