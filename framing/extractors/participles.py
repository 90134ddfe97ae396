"""Participles: the irregular ones, and those that are mere adjectives behind a form of be."""

from __future__ import annotations

IRREGULAR = frozenset(
    "agreed axed beaten begun bent bestowed bitten bled blown bought bound bred broadcast broken "
    "brought built burnt burst cast caught chosen cut dealt decreed done drawn driven dug eaten "
    "eyed fed felt flung forbidden foreseen forgiven forgotten forsaken fought found freed frozen "
    "given ground grown guaranteed hamstrung heard held hidden hit hung hurt kept laid led learnt "
    "left lent let lit lost made meant met misled mown offset outdone overcome overheard "
    "overridden overrun overseen overtaken overthrown owed paid proven put read rebuilt redrawn "
    "remade repaid resold rethought retold rewritten ridden run rung sawn seen sent set sewn "
    "shaken shed shorn shot shown shut slain slit slung sold sought sown spelt spent spilt split "
    "spoilt spoken spread sprung spun stolen strewn struck strung stuck stung sued sung sunk swept "
    "sworn swung taken taught thought thrown thrust tied told torn trodden undercut understood "
    "undertaken undone upheld used withdrawn withheld withstood woken won worn wound woven written "
    "wrung".split()
)
# Participles that are mere adjectives, unless an agent follows ("was opposed by two members").
ADJECTIVES = frozenset(
    "accustomed acquainted advanced affiliated aged aligned armed ashamed associated assorted "
    "based bearded beloved biased bored born centered centred certified clad complicated clogged "
    "composed comprised concerned conflicted confused convoluted crooked crowded damned destined "
    "detailed deteriorated disabled disaffected disengaged dissatisfied divided divorced dogged "
    "dressed educated engaged entitled entrenched exhausted experienced flawed focused focussed "
    "gifted headquartered heated hundred inclined indebted infrared inspired interested "
    "interrelated intoxicated involved jagged justified kindred known located married mired "
    "mistaken mixed motivated naked needed obliged opposed outdated outspoken overcrowded packed "
    "poised polarised polarized positioned prejudiced premised ragged related relaxed resigned "
    "retired rooted rugged sacred scheduled seasoned seated shorthanded situated skilled slated "
    "sophisticated stuck supposed talented thousand tired underrepresented wedded wicked widowed "
    "worried wretched".split()
)
# These even with "by": nobody acts in "was surprised by the cold".
FEELINGS = frozenset(
    "aggrieved alarmed amazed amused annoyed appalled astonished astounded baffled bewildered "
    "convinced delighted depressed devastated disappointed disgusted dismayed distressed disturbed "
    "elated embarrassed encouraged enthused excited fascinated flattered frightened frustrated "
    "heartened horrified impressed incensed infuriated irritated offended outraged overjoyed "
    "overwhelmed perplexed petrified pleased puzzled reassured relieved saddened satisfied scared "
    "shocked stunned surprised tempted terrified thrilled troubled unconvinced unimpressed upset "
    "worried".split()
)
# These only before certain words: "is committed to peace", but "crimes were committed".
MERE_BEFORE = {
    word: frozenset(behind)
    for word, *behind in map(str.split, (
        "aimed at to; armed with; attached to; blessed with; bound to for by; committed to; "
        "connected to with; covered in with; dedicated to; designed to for as; determined to; "
        "devoted to; directed at; done with; faced with; fed up; filled with; finished with; "
        "geared to toward towards; grounded in; headed for to toward towards back home into in "
        "north south up; honored to that; honoured to that; humbled to that; intended to for as; "
        "left of wing; limited to; lost on for in; made of up; meant to for as; prepared to for; "
        "qualified to for; saddled with; set to for in on; sold on; split on over between; steeped "
        "in; suited to for; tasked with; tied to with at; used to"
    ).split(";"))
}  # fmt: skip
NOT_GOTTEN = frozenset("dressed started stuck lost used left read".split())
UN_VERBS = frozenset(
    "uncovered underestimated underlined undermined understated underwritten undressed unearthed "
    "unfurled unified unionised unionized unleashed unloaded unlocked unmasked unnerved unpacked "
    "unpicked unplugged unseated unsettled untied unveiled unwrapped".split()
)
DEGREES = frozenset("extremely fairly hugely incredibly overly too".split())
STATES = frozenset("balanced classified limited".split())  # behind "is"; acts behind "be", "been"
OVER = frozenset("done finished".split())  # "we are done"
