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
from framing.text import endings as en
from framing.text import verbs as vb
from framing.text.according import according
from framing.text.clauses import Unit
from framing.text.judgements import JUDGING, judgement
from framing.text.nouns import (
    behind_who,
    describes,
    group_before,
    main_subject,
    nearest_subject,
    noun_after,
    noun_before,
)
from framing.text.verbs import PLURAL, RELATIVE, Cue

Range = tuple[int, int]
RAISING = frozenset(
    "raise raised raises raising express expressed expresses voice voiced voices make made makes "
    "issue issued issues repeat repeated repeats".split()
)
HEARSAY = frozenset(
    "expected believed thought understood reported said claimed alleged rumoured rumored known "
    "estimated considered feared supposed".split()
)
CARRIED = cl.MODALS | frozenset("had has have".split())  # behind "a levy ministers say"
NO_SPEECH = frozenset("credit figure".split())  # as nouns
LINKING = frozenset(  # are the outlet's: "But, ministers said, C"
    "and but yet however still meanwhile instead so then though moreover nevertheless nonetheless "
    "therefore thus besides furthermore also even now first finally indeed".split()
)
EMPTY = frozenset("it this that which".split())
NO_NOUN = cl.PREPOSITIONS | cl.PRONOUNS | cl.SUBORDINATE
SHORT = 5  # words behind "But, he told" and before a comma
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
            found_in = according(unit, cue)
            report = _report(cue, *found_in, "6") if found_in else None
        elif kind == "noun":
            report = _noun(unit, cue)
        else:
            report = _adverb(unit, cue)
        if report is None:
            continue
        if found and unit.words[cue.first].endswith("ing"):
            joined = unit.breaks[cue.first] or unit.words[cue.first - 1] in en.LINKS
            if joined and found[-1].subject:
                report = report._replace(subject=found[-1].subject)
        found.append(report)
    if len(found) < 2 or "13" not in [report.frame for report in found]:
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
    if following in cl.PREPOSITIONS and (following == "by" or cue.takes[-1] in ("A", "F")):
        passive = passive or vb.participle(word)
    if passive and word != cue.entry.patterns[0]:  # "was convinced that" is an adjective
        return _passive(unit, cue, group)
    little = following in vb.GIVING_NONE or cue.takes == "t" or word in vb.GIVING_LITTLE
    none = little and vb.gives_none(unit, cue, group, following)
    if none or not (plain or vb.tells(unit, cue, group, negated)):
        return None
    hanging = unit.breaks[group] and word.endswith("ing")
    subject = None if hanging or words[group] == "to" else noun_before(unit, group)
    if group == first and word not in cl.PAST and not vb.agrees(unit, cue, subject):
        if word != "say":
            return None
        marked = unit.marks[group] & cl.COMMA or (group and unit.quote[group - 1] >= 0)
        if subject is None and marked:
            return _postposed(unit, cue, group, None)  # "it fell, say experts"
        subject = _many_who(unit, group)  # "people who live there say"
        if subject is None:
            return None
    if subject and words[subject[0]] in vb.POINTING and vb.infers(unit, cue, subject):
        return None
    if following in cl.AUXILIARIES and _runs_on(unit, behind, subject):
        return _noun(unit, cue) if following in cl.BE else None
    mute = subject is None and group == first > 0 and _closed(unit, group)
    if mute and not word.endswith("ing"):
        report = _postposed(unit, cue, group, None)
        if report is not None:
            return report
    if cue.takes[-1] in JUDGING:
        return _judged(unit, cue, group, subject)
    if following == "that" and vb.modifies(unit, behind + 1):
        told = subject and (word in cm.CLAUSAL or word in cl.PAST or word.endswith("ed"))
        return _preposed(unit, cue, group, subject, behind) if told else None
    start = _start(unit, cue, subject)
    if start is None:
        return _postposed(unit, cue, group, subject)
    if negated and unit.words[start] == "to":
        return None
    return _preposed(unit, cue, group, subject, start)


def _many_who(unit: Unit, verb: int) -> Range | None:
    """Return the subject in the plural of "people who live there say"."""
    found = behind_who(unit, verb - 1, verb)
    who = unit.words.index("who", *found) if found else 0
    many = unit.words[who - 1].endswith("s") or unit.words[who - 1] in PLURAL
    return found if found and many and who < verb - 1 else None


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
    if start is not None or subject is None:
        return start
    if unit.words[0] == "as" and subject[0] == 1:
        start = cm.behind_fronted(unit, behind)  # "As the paper reported in May, C"
    if start is None and "c" in cue.takes:
        start = _gapped(unit, behind, subject)
    return start


def _preposed(unit: Unit, cue: Cue, group: int, subject: Range | None, start: int) -> Report | None:
    """Frame 2: the content stands behind the cue, "S V that C"."""
    if subject is None and vb.hangs(unit, cue.first):
        return None
    words = unit.words
    led = group > 0 and words[group - 1] in cl.PREPOSITIONS
    if words[group] == "to":
        subject = nearest_subject(unit, group)
    elif subject is None or (led and words[cue.first].endswith("ing")):
        subject = main_subject(unit, group) or subject
    elif words[subject[0]] in EMPTY and cue.entry.id == "threaten":
        return None  # "it threatens to rain"
    relative = subject is not None and words[subject[0]] in RELATIVE
    end = en.clause_end(unit, start, relative)
    if subject is None and cue.first == 0 and words[0].endswith("ing"):
        # "Saying that C, the mayor left"
        main = unit.verb.find(1, end) if unit.breaks[end] else -1
        subject = noun_before(unit, group_before(unit, main)) if main > end else None
    span = cm.content(unit, cue, start, end)
    return _report(cue, (span,), subject, "2") if span else None


def _runs_on(unit: Unit, index: int, subject: Range | None) -> bool:
    """Whether a verb behind the cue makes it a noun ("their claims were"), no report."""
    return not unit.breaks[index] and not (subject and _gapped(unit, index, subject))


def _gapped(unit: Unit, index: int, subject: Range) -> int | None:
    """Return where the content begins in "a levy (that) ministers say will hit nobody"."""
    if index >= unit.size or subject[0] == 0 or unit.breaks[index]:
        return None
    word, before = unit.words[index], subject[0] - 1
    if unit.words[before] in RELATIVE:
        singular = unit.words[index - 1] in cm.SAYS and word.endswith("s") and len(word) > 3
        return index if cl.is_finite(word) or singular else None
    if word not in CARRIED or unit.words[index - 1] not in cm.CLAUSAL:
        return None
    parted = unit.breaks[subject[0]] or unit.quote[before] >= 0 or unit.verb[before]
    closed = unit.words[before] in NO_NOUN or unit.words[before] in cm.OPENS
    return None if parted or closed or unit.adverb[before] or unit.time[before] else index


def _postposed(unit: Unit, cue: Cue, group: int, subject: Range | None) -> Report | None:
    """Frame 3: the content stands before, "C, S V" or "C, V S", and may go on behind."""
    behind = cue.last + 1
    if subject is not None and unit.words[subject[0]] in RELATIVE:
        return None
    if subject and unit.words[subject[0] - 1] == "both" and not unit.breaks[subject[0]]:
        subject = subject[0] - 1, subject[1]
    if subject is not None and subject[0] > 0 and _closed(unit, subject[0]):
        edge, after = subject[0], cl.behind_adjuncts(unit, behind)
    elif _closed(unit, group) and group > 0:
        if unit.quote[group - 1] < 0 and cue.entry.label != "neutral":
            return None
        subject = noun_after(unit, behind)
        edge = group
        after = cl.behind_adjuncts(unit, subject[1] if subject else behind)
        if subject is None or {unit.words[cue.first][-3:], unit.words[behind][-3:]} & {"ing"}:
            return None
    else:
        return None
    quoted = unit.quote[edge - 1] >= 0
    begin = 0 if quoted or edge < cl.LONGEST else edge - cl.LONGEST
    comma = unit.marks[after] & cl.COMMA and after < unit.size and "," in unit.gap(after)[:3]
    parted = subject[0] < cue.first or unit.words[cue.first] == "say"
    whole = (comma and parted) or cl.has_finite(unit, begin, edge - 1)
    if behind == unit.size and edge - begin >= FRAGMENT:  # of a verb that is no known one
        whole = whole or not vb.opens_adverbial(unit, begin)
    if not quoted and not (whole and vb.told_behind(unit, cue, begin, subject)):
        return None
    linking = not quoted and LINKING.issuperset(unit.words[begin:edge])
    if linking and after - behind > SHORT:
        return None  # "However, polls show a fall in May, and one in June"
    pieces = [] if linking else [(begin, edge)]
    if comma and after not in unit.heads:
        word = unit.words[after]
        linking = linking and not (word in en.STOPPERS or word in en.LINKS or word.endswith("ing"))
        goes_on = linking or unit.quote[after] >= 0 or _shares_subject(unit, after) or not (
            word in cl.RELATIVES or word in en.LINKS
            or word in ("in", "on", "at", "as", "who", "with")
            or word.endswith("ing") or describes(unit, after)
        )  # fmt: skip
        if goes_on and not (quoted and unit.quote[after] < 0):
            pieces.append((after, en.clause_end(unit, after)))
    elif after < unit.size and unit.marks[after] & cl.COLON and unit.quote[after] >= 0:
        pieces.append((after, en.clause_end(unit, after)))
    return _report(cue, tuple(pieces), subject, "3") if pieces else None


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
        return _report(cue, ((behind + 1, en.clause_end(unit, behind + 1)),), agent, "14")
    if word in HEARSAY and following == "to":
        end = en.clause_end(
            unit, behind, subject is not None and unit.words[subject[0]] in RELATIVE
        )
        named = subject is not None and not empty and unit.words[subject[0]] not in RELATIVE
        pieces = (subject, (behind, end)) if subject and named else ((behind, end),)
        return _report(cue, pieces, agent, "14")
    if word in ("accused", "suspected") and following == "of" and behind + 1 < unit.size:
        end = en.clause_end(unit, behind)
        ends = (i for i in range(behind, end) if unit.words[i] == "after")  # the outlet's
        return _report(cue, ((behind, next(ends, end)),), agent, "14")
    if word in ("told", "asked", "warned") and behind < unit.size:
        start = cm.complement(unit, behind, "ct")
        if start is not None:
            return _report(cue, ((start, en.clause_end(unit, start)),), agent, "14")
    return None


def _noun(unit: Unit, cue: Cue) -> Report | None:
    """Frame 13: "the claim that C", by S."""
    copula = unit.words[cue.last + 1 : cue.last + 2] in (["is"], ["was"])
    start = cue.last + (1 if unit.words[cue.last] == "that" else 2 + copula)
    if start >= unit.size or unit.words[start - 1] != "that" or unit.breaks[start - 1]:
        return None
    if vb.modifies(unit, start) or vb.denied(unit, cue.first):
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
    end = en.clause_end(unit, start)
    if cue.first == 0 or not cl.has_finite(unit, 0, cue.first - 1):
        end = vb.before_main_verb(unit, (start, end), unit.words[cue.first].endswith("s"))
    return Report(((start, end),), (cue.first, cue.first + 1), subject, "13", cue.entry)


def _adverb(unit: Unit, cue: Cue) -> Report | None:
    """Frame 14: "reportedly", over its clause."""
    first, last = cue.first, cue.last + 1
    while first > 0 and not unit.breaks[first] and unit.words[first - 1] not in cl.PREPOSITIONS:
        first -= 1
    last = cl.behind_adjuncts(unit, last)
    pieces = tuple(p for p in ((first, cue.first), (cue.last + 1, last)) if p[0] < p[1])
    return _report(cue, pieces, None, "14") if pieces else None
