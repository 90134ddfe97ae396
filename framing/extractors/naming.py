"""Naming: what people and groups are called, by modifier, title and apposition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from framing.engine import Cells
from framing.extractors.attached import ARTICLES, PLACING, REACH, WALLS, attachable
from framing.extractors.base import Extractor
from framing.extractors.metaphor import TARGETS, Terms, groups_in
from framing.matcher import Matches, Rows
from framing.text import clauses as cl
from framing.text import names as nm
from framing.text.document import Document, Match, Reading
from framing.text.segment import Block
from framing.text.voices import VoiceMap

if TYPE_CHECKING:
    import pandas as pd

HEAD = 3  # words behind a name within which the noun it describes stands
NO_NAMES = cl.PLAIN_DAYS | frozenset("i".split())
NO_GROUPS = frozenset("they them these those".split())
# Who can be called something: people and bodies of people, beside nouns in -er, -ist and the like.
PEOPLE = frozenset(
    "academic administration admiral adversary agency agent aide ally analyst associate attorney "
    "audience baron base bishop bloc boss boy cabinet camp campaign candidate captain caucus "
    "celebrity ceo chief child children citizen cleric coach coalition colleague colonel community "
    "company confidant confidante congress consultant contestant convert cop council couple court "
    "critic crowd delegate deputy diplomat dissident dr electorate elite enemy establishment "
    "executive expert faction family figure firm foe friend general girl government graduate group "
    "guard guest guru guy hand hawk head host husband icon imam incumbent individual inmate "
    "insurgent intellectual jihadi journo judge kid king lady left lord magazine magnate majority "
    "md media men minority mob mogul movement mp nemesis network nun nurse official operative "
    "opponent opposition organisation organization outlet parent parliament participant partisan "
    "party patron peer people person personality pilot poet police pope population president press "
    "priest prince professional public pundit queen rebel recipient recruit regime representative "
    "resident right rival saint scholar secretary senate sergeant sheriff son spokespeople "
    "spokesperson spouse spy squad staff star student superstar surrogate team thug troll troop "
    "tycoon tyrant union veteran victim voice wife wing youth".split()
)
PERSONAL = ("er", "or", "ist", "man", "men", "woman", "women", "ian", "eer", "crat", "ee")
NOT_PERSONAL = frozenset(
    "after alter altogether anger answer assist banner barrier behavior better bitter border "
    "bumper career center chamber chapter charter color computer consider corner corridor counter "
    "cover crossover cyber danger degree differ dinner disaster disorder dossier encounter error "
    "exist factor favor fever filter finger floor former frontier gender guarantee harbor higher "
    "honor however humor inner labor larger latter layer letter lower major manner matter minor "
    "mirror monster murder never newsletter number offer older order other outer paper poster "
    "power prior proper quarter refer resist river roman sector senior sewer specimen summer super "
    "superior takeover terror thriller tower transfer trigger turnover twist twitter under upper "
    "vector water weather whether winter wonder younger".split()
)
FAMILIAR = ("al", "ic", "ive", "ous", "ful", "ish", "ese", "less", "able", "ible", "ed", "an")
ADJECTIVES = frozenset(
    "black elite ex fellow female foreign former gay good great independent junior late left local "
    "male militant moderate new old older pro-choice pro-life prominent rich senior urban violent "
    "wealthy white young younger".split()
)
NOT_ADJECTIVES = frozenset("deal goal journal music narrative objective proposal trial".split())
PLACES = nm.PLACES - {"un"}  # "Kim Jong Un"
THINGS = frozenset(
    "act agenda alabama alaska amendment arizona arkansas bowl cathedral clause co2 colorado "
    "connecticut constitution cornwall crime culture day deal debate delaware desk devon east "
    "election elections era essex fervor fervour georgia gif hawaii hunt idaho illinois indiana "
    "iowa islam kansas kent kentucky lancashire lists louisiana maine march maryland massachusetts "
    "merseyside michigan minnesota mississippi missouri montana nebraska nevada norfolk ohio "
    "oklahoma oregon pennsylvania plan primary revolution rule session spring states street "
    "suffolk surrey sussex tax taxes tennessee terror tradition trail ulster utah vermont violence "
    "vote war week wisconsin world wyoming yorkshire".split()
) | PLACES | (nm.DOCUMENTS - {"review"})  # fmt: skip
VERBAL = frozenset(
    "feared hated respected admired trusted celebrated compromised conflicted dedicated devoted "
    "despised dreaded loathed revered reviled tainted shamed humiliated sacked acclaimed "
    "plotting posturing rising bullying scheming ranting whining moaning sneering preening "
    "blustering dithering inspiring".split()
)
OUTLETS = frozenset("abc bbc cbs cnn media msnbc nbc reuters".split())
BODIES = (nm.ORGANISATIONS | nm.MEDIA | {"journal"}) - OUTLETS
ABSTRACT = ("ism", "ion", "ment", "ness", "ence", "ity", "error")
SUBJECTS = cl.PRONOUNS | cl.HAVE | cl.MODALS | cl.DO | frozenset("to who which that not".split())
OPENING = frozenset("often however thereafter perhaps maybe yes".split())
CROWDS = {name + "s" for name in nm.PARTISANS} | {"left", "media", "right", "tories"}
ALWAYS = frozenset("muslim jewish catholic".split())  # written with a capital anywhere


class Naming(Extractor):
    """Epithets and modifiers attached to a name, a role or a group.

    The attributes hold `entity` (as written), `name` (the full name in the document, where a
    surname, first name or role is led back to one), `kind` (modifier, title, appositive) and
    `polarity` of the list (-1, 0, 1). `naming_table` counts them by name.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "The embattled minister met Mary Oakes, a firebrand. It was a brave decision."
    >>> hits = annotate(Corpus([Document("a", text)]), [Naming()])
    >>> hits[["text", "attributes"]].values.tolist()
    [['embattled', '{"entity": "minister", "kind": "modifier", "polarity": -1}'], \
['firebrand', '{"entity": "Mary Oakes", "kind": "appositive", "polarity": -1}']]
    """

    name = "naming"
    cues = (TARGETS,)

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Leave out the words near nobody, and the terms for groups that stand behind no word."""
        mine, groups = rows[self.entries.id], rows[TARGETS]
        mine = attachable(block, found, mine, groups, self.entries)
        behind = found.last[mine] + 1
        groups = found.touching(groups, behind, behind + REACH + 2)
        return {self.entries.id: mine, TARGETS: groups}

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        matches = reading.matches(self.entries.id)
        if not matches:
            return
        groups = groups_in(reading).by_first
        for match in matches:
            entry = match.entry
            found = _attached(reading, match, groups)
            if found is not None:
                start, end, kind = found
                entity = reading.text[start:end]
                told = {"entity": entity, "kind": kind, "polarity": int(entry.extra["polarity"])}
                person = reading.people.find(entity, start)
                if person is not None and person.name != entity:
                    told["name"] = person.name
                yield match.start, match.end, entry.label, entry.strength, entry.id, told


def naming_table(hits: pd.DataFrame) -> pd.DataFrame:
    """Count what each entity is called, by its full name where its document gives one.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table; other measures are left out.

    Returns
    -------
    pandas.DataFrame
        `entity, called, polarity, outlet, attributed, n_documents`, one row an entity and word,
        the most frequent first; entities and words are compared without case.

    Examples
    --------
    >>> from framing.engine import annotate
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> text = "The embattled minister spoke. “The embattled minister is late,” she said."
    >>> table = naming_table(annotate(Corpus([Document("a", text)]), [Naming()]))
    >>> table.drop(columns="n_documents").values.tolist()
    [['minister', 'embattled', -1, 1, 1]]
    """
    import json

    import pandas as pd

    mine = hits[hits["extractor"] == Naming.name]
    told = [json.loads(cell) for cell in mine["attributes"]]
    table = pd.DataFrame({
        "entity": [one.get("name", one["entity"]) for one in told],
        "called": mine["text"].str.casefold(), "doc_id": mine["doc_id"],
        "polarity": [one["polarity"] for one in told],
        "attributed": mine["voice"].isin(("direct", "indirect")),
    })  # fmt: skip
    table["outlet"] = ~table["attributed"]
    keys = ["entity", "called", "polarity"]
    counted = table.groupby(keys, as_index=False).agg(
        outlet=("outlet", "sum"), attributed=("attributed", "sum"),
        n_documents=("doc_id", "nunique"),
    )  # fmt: skip
    counted[["outlet", "attributed"]] = counted[["outlet", "attributed"]].astype(int)
    order = (-counted["outlet"] - counted["attributed"]).sort_values(kind="stable").index
    return counted.loc[order].reset_index(drop=True)


def _attached(reading: Reading, match: Match, groups: Terms) -> tuple[int, int, str] | None:
    """Return where the entity stands a match is attached to, and how; None if it is alone."""
    low, high = reading.sentence_words[reading.sentence_at(match.start)]
    modifier = match.entry.label == "modifier"
    if modifier and _is_verb(reading, match, low):
        return None
    reach = REACH if modifier else 0
    for place in range(match.last + 1, min(high, match.last + 2 + reach)):
        if not _plain(reading, place) or reading.folded[place] in WALLS:
            break
        if reading.folded[place] in ("and", "or"):
            if not _goes_on(reading, match, place, high, groups):
                break
            continue
        if place in groups:
            end = _group_end(reading, match, groups[place], high)
            return None if end is None else (groups[place].start, end, "modifier")
        if _named(reading, place):
            kind = "modifier" if modifier else "title"
            if _owns(reading, match.last) or not _calls(reading, match, place, low, high):
                break
            return (*_name_from(reading, place, high), kind)
        if modifier and _is_placed(reading, place, high):
            return reading.starts[place], reading.cores[place], "modifier"
        if _is_thing(reading, place, high, groups):
            break
    return None if modifier else _apposition(reading, match, low)


def _goes_on(reading: Reading, match: Match, place: int, high: int, groups: Terms) -> bool:
    """Whether another modifier follows an "and": "radical and loud MPs", not "radical and MPs"."""
    after = place + 1
    return (
        place == match.last + 1 and after + 1 < high and after not in groups
        and not reading.capitals[after] and reading.folded[after] not in WALLS
        and not reading.folded[after].endswith("ly")
    )  # fmt: skip


def _is_verb(reading: Reading, match: Match, low: int) -> bool:
    """Whether a word such as "feared" is a verb behind its subject: "voters feared ministers"."""
    before = match.first - 1
    if reading.folded[match.last] not in VERBAL or before < low or reading.capitals[match.first]:
        return False
    if reading.text[reading.ends[before] : match.start] != " ":
        return False
    word = reading.folded[before]
    if word in SUBJECTS or _is_plural(reading, before):
        return True
    if reading.folded[match.last].endswith("ing") and word in cl.BE:
        return True
    return before > low and reading.capitals[before] > 0 and not _owns(reading, before)


def _is_plural(reading: Reading, place: int) -> bool:
    word = reading.folded[place]
    ended = word.endswith("s") and not word.endswith(("ss", "us", "is", "as"))
    return ended and not _owns(reading, place) and word not in cl.DETERMINING


def _owns(reading: Reading, place: int) -> bool:
    end = reading.ends[place]
    return reading.cores[place] < end or reading.text[end : end + 1] in ("'", "’")


def _personal(word: str) -> bool:
    """Whether a word in lower case is a person, a role or a body of people."""
    for one in (word, word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "y"):
        ended = one.endswith(PERSONAL) and len(one) > 4 and one not in NOT_PERSONAL
        if ended or one in PEOPLE:
            return True
    return False


def _is_thing(reading: Reading, place: int, high: int, groups: Terms) -> bool:
    """Whether the word at `place` is no adjective or role before a name: "popular book Oakes"."""
    word, behind = reading.folded[place], place + 1
    if _personal(word):
        return _is_plural(reading, place)
    if _is_plural(reading, place) and word not in ("affairs", "news", "politics", "rights"):
        return True
    if not _named_at(reading, behind, high) or (behind in groups and _is_plural(reading, behind)):
        return False
    described = word.endswith(FAMILIAR) or word in ADJECTIVES or "-" in word
    return not described or word in NOT_ADJECTIVES


def _is_placed(reading: Reading, place: int, high: int) -> bool:
    """Whether a role is followed by whose or where it is: "the loyal aide to Oakes"."""
    name = place + 2
    if name >= high or reading.folded[place + 1] not in PLACING or not _plain(reading, place + 1):
        return False
    name += reading.folded[name] == "the"
    return _personal(reading.folded[place]) and _named_at(reading, name, high)


def _named_at(reading: Reading, place: int, high: int) -> bool:
    return place < high and _named(reading, place)


def _group_end(reading: Reading, match: Match, group: Match, high: int) -> int | None:
    """Return the end of a term for a group and its name; None if it describes a thing."""
    if group.entry.entry in NO_GROUPS:
        return None
    behind = group.last + 1
    if _named_at(reading, behind, high) and _plain(reading, behind):
        start, end = _name_from(reading, behind, high)
        last = reading.text[start:end].split()[-1].lower()
        titled = reading.capitals[match.first] and reading.capitals[group.first]
        if last in THINGS or (titled and last in nm.ORGANISATIONS):
            return None
        return end
    plural = reading.folded[group.last].endswith(("s", "people", "men", "children"))
    return group.end if plural or _heads(reading, behind, high) else None


def _heads(reading: Reading, behind: int, high: int) -> bool:
    """Whether the words at `behind` leave the name before them its modifier.

    A phrase that ends there does ("the radical Oakes said"), and so does one that goes on to a
    person ("the liberal Leeds councillor"); "the popular Oakes budget" is about a thing.
    """
    for place in range(behind, min(high, behind + HEAD)):
        if not _plain(reading, place) or _owns(reading, place - 1):
            return place == behind
        word = reading.folded[place]
        ended = word in WALLS or word in cl.CONJUNCTIONS or cl.is_finite(word)
        ended = ended or word.endswith(("ly", "ed"))
        if ended and not _personal(word):
            return place == behind
        if _personal(word) or reading.capitals[place]:
            return True
    return behind >= high


def _calls(reading: Reading, match: Match, place: int, low: int, high: int) -> bool:
    """Whether the capitalised words at `place` are somebody the match can call something.

    What a person is called must not hang on who it is: no list of people is asked.
    """
    start, end = _name_from(reading, place, high)
    written = reading.text[start:end].lower()
    words = [word.strip(".,’'") for word in written.split()]
    last, behind = words[-1], bisect_left(reading.starts, end)
    beside = place == match.last + 1 or reading.capitals[place - 1]
    always = match.entry.entry.lower() in ALWAYS
    if beside and reading.capitals[match.first] and (match.first > low or always):
        before = reading.folded[match.first - 1]  # "the Progressive Era", but "Crooked Mary"
        alone = not (always or reading.capitals[match.first - 1] or before in cl.DETERMINERS)
        thing = last in THINGS or (len(last) > 6 and last.endswith(ABSTRACT))
        crowd = last.endswith("ans") or last in CROWDS
        return last not in BODIES and (crowd or (alone and not thing))
    if last in THINGS or last.endswith("ism") or len(written) == 1:  # "South Carolina congressman"
        ahead = reading.folded[behind : min(behind + 2, high)]
        if not ahead or not _plain(reading, behind):
            return False
        return _personal(ahead[0]) or (ahead[0] not in WALLS and _personal(ahead[-1]))
    if len(words) > 1 and BODIES.isdisjoint(words) and PLACES.isdisjoint(words):
        return True
    return _heads(reading, behind, high)


def _apposition(reading: Reading, match: Match, low: int) -> tuple[int, int, str] | None:
    """Return the name that stands before ", a ... epithet"."""
    if _owns(reading, match.last):
        return None
    for place in range(match.first - 1, max(low, match.first - 4) - 1, -1):
        if reading.folded[place] in ARTICLES:
            comma = reading.text[reading.ends[place - 1] : reading.starts[place]] if place else ""
            if comma.strip() == "," and place > low and _is_someone(reading, place - 1, low):
                return (*_name_to(reading, place - 1, low), "appositive")
            return None
        if not _plain(reading, place + 1) or reading.folded[place] in WALLS:
            return None
    return None


def _is_someone(reading: Reading, place: int, low: int) -> bool:
    """Whether a name ends at `place`: no place, and no "Often" that opens a sentence."""
    word = reading.folded[place]
    opens = place == low and (word in OPENING or word in WALLS or word.endswith("ly"))
    return _named(reading, place) and not opens and word not in PLACES


def _plain(reading: Reading, place: int) -> bool:
    """Whether only a space or hyphen stands before a word."""
    return reading.text[reading.ends[place - 1] : reading.starts[place]] in (" ", "\u00a0", "-")


def _joins(reading: Reading, place: int) -> bool:
    """Whether a word goes on a name: behind a space, or behind an initial or title with a stop."""
    if _plain(reading, place):
        return True
    gap = reading.text[reading.ends[place - 1] : reading.starts[place]]
    return gap == ". " and reading.ends[place - 1] - reading.starts[place - 1] <= 4


def _named(reading: Reading, place: int) -> bool:
    return reading.capitals[place] > 0 and reading.folded[place] not in NO_NAMES


def _name_from(reading: Reading, place: int, high: int) -> tuple[int, int]:
    last = place
    while last + 1 < high and reading.capitals[last + 1] and _joins(reading, last + 1):
        last += 1
    return reading.starts[place], reading.cores[last]


def _name_to(reading: Reading, place: int, low: int) -> tuple[int, int]:
    first = place
    while first > low and reading.capitals[first - 1] and _joins(reading, first):
        first -= 1
    return reading.starts[first], reading.cores[place]
