"""The one-scan matcher against a plain reference that looks at one character at a time."""

from __future__ import annotations

import os
import random
import unicodedata

import pytest

from framing.lexicon import Entry, Lexicon, load
from framing.matcher import Matcher
from framing.text.segment import read_block

APOSTROPHES = "'’‘ʼ‛`´"
HYPHENS = "-‐‑"
NEWLINES = "\n\r\u2028\u2029\x0b\x0c\x85"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"

TERMS = (
    "illegal", "illegal immigrant", "illegal immigra*", "far right", "far-right extremist", "don't",
    "devil's advocate", "whip up", "whip*", "9/11", "U.S.", "rock 'n' roll", "so-called", "café",
    "a", "a b", "a b c", "b c d", "naïve*", "new deal", "newer new deal", "1,000", "migrant",
)  # fmt: skip


def fold(text: str) -> str:
    out = []
    for char in text:
        lower = char.lower()[0] if char.isalpha() else char
        if char in APOSTROPHES:
            lower = "'"
        elif char in HYPHENS or char in "–—―−":
            lower = "-"
        elif char in '"“”„‟«»″':
            lower = '"'
        elif char.isspace() and char not in NEWLINES:
            lower = " "
        out.append(lower)
    return "".join(out)


def is_word_char(char: str) -> bool:
    if ord(char) >= 0xFFFF or char in INVISIBLE or char in APOSTROPHES:
        return False
    mark = ord(char) > 0x2FF and unicodedata.category(char)[0] == "M"
    return char.isalnum() or mark


def is_letter(char: str) -> bool:
    return is_word_char(char) and (char.isalpha() or unicodedata.category(char)[0] == "M")


def words(text: str) -> list[tuple[int, int]]:
    inside = []
    for i, char in enumerate(text):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if is_word_char(char):
            inside.append(True)
        elif char in APOSTROPHES and before and after:
            inside.append(is_word_char(before) and is_letter(after))
        elif char in ".," and before and after:
            digits = [is_word_char(c) and not is_letter(c) for c in (before, after)]
            inside.append(all(digits))
        else:
            inside.append(False)
    spans, start = [], None
    for i, flag in enumerate([*inside, False]):
        if flag and start is None:
            start = i
        if not flag and start is not None:
            spans.append((start, i))
            start = None
    return spans


def core_end(folded: str, start: int, end: int) -> int:
    return end - 2 if end - start > 2 and folded[end - 2 : end] == "'s" else end


def gap_ok(text: str, gap: tuple[int, int], wanted: str) -> bool:
    piece = text[gap[0] : gap[1]]
    if wanted not in (" ", "-"):
        return fold(piece) == wanted
    if not 1 <= len(piece) <= 4 or not all(c.isspace() or c in HYPHENS for c in piece):
        return False
    return sum(c in NEWLINES for c in piece) <= 1 or piece == "\r\n"


def reference(text: str, terms: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Return (start, end, entry) of what the rules in `lexicon` say, found the slow way."""
    spans, folded = words(text), fold(text)
    found = []
    for order, term in enumerate(terms):
        plain = fold(term)
        parts = words(plain)
        for first in range(len(spans) - len(parts) + 1):
            stop = None
            for i, (a, b) in enumerate(parts):
                start, end = spans[first + i]
                core, wanted = core_end(folded, start, end), core_end(plain, a, b)
                stem = plain[b : b + 1] == "*"
                if stem:
                    good = folded[start:end].startswith(plain[a:b])
                else:
                    good = folded[start:core] == plain[a:wanted]
                last = i == len(parts) - 1
                has, wants = core != end, wanted != b
                good = good and (has or not wants if last else has == wants)
                if i:
                    between = plain[parts[i - 1][1] : a].removeprefix("*")
                    good = good and gap_ok(text, (spans[first + i - 1][1], start), between)
                if not good:
                    break
                stop = end if wants and last else core
            else:
                assert stop is not None
                found.append((spans[first][0], -stop, "*" in term, order))
    kept, limit = [], 0
    for start, negative, _, order in sorted(found):
        if start >= limit:
            kept.append((start, -negative, terms[order]))
            limit = -negative
    return kept


def fast(texts: list[str], terms: tuple[str, ...]) -> list[list[tuple[int, int, str]]]:
    # no spelling variants: the reference does not know them
    lexicon = Lexicon("test", tuple(Entry(t, t, "t", patterns=(t,), names=True) for t in terms))
    block = read_block(texts)
    found = Matcher([lexicon]).scan(block)
    out: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    for entry, start, end in zip(found.entry, found.start, found.end, strict=True):
        text = int(block.offsets.searchsorted(start, side="right")) - 1
        base = int(block.offsets[text])
        out[text].append((int(start) - base, int(end) - base, lexicon.entries[entry].entry))
    return out


def hostile(rng: random.Random) -> str:
    glue = [
        " ", " ", " ", "-", "‑", "\u00a0", "\n", "\r\n", "\n\n", "  ", "", "’s ", "'s ", "’", "'",
        ", ", ". ", "—", "/", "\u200b", "\u0301", "🙂", "\ud800", "İ", "ß", "\t", "…", "“", '"',
    ]  # fmt: skip
    pieces = [word for term in TERMS for word in term.replace("*", "").split()] + list("abcd1") + [
        "immigrants", "immigration’s", "IMMIGRANT", "don’t", "whipped", "extremists", "CAFÉ",
        "Naïvely",
    ]  # fmt: skip
    out = []
    for _ in range(rng.randrange(0, 25)):
        piece = rng.choice(pieces)
        out.append(rng.choice([piece, piece.upper(), piece.title(), piece.replace("'", "’")]))
        out.append(rng.choice(glue))
    return "".join(out)


def test_matcher_equals_the_reference_on_3000_hostile_texts() -> None:
    rng = random.Random(20)
    texts = [hostile(rng) for _ in range(3000)]
    total = 0
    for begin in range(0, 3000, 100):
        batch = texts[begin : begin + 100]
        for text, found in zip(batch, fast(batch, TERMS), strict=True):
            assert found == reference(text, TERMS), repr(text)
            total += len(found)
    assert total > 10_000


def test_matcher_equals_the_reference_on_real_articles() -> None:
    if not os.environ.get("FRAMING_CORPORA"):
        pytest.skip("FRAMING_CORPORA is not set")
    from framing.text.corpus import read_corpus

    corpus = read_corpus("@article_bias_prediction")
    texts = [document.text for document in corpus[:60]]
    terms = (*TERMS, "the", "white house", "president*", "of the", "democrat*", "u.s. senate")
    found = fast(texts, terms)
    assert found == [reference(text, terms) for text in texts]
    assert sum(map(len, found)) > 1000


def spans(text: str, *terms: str) -> list[str]:
    return [text[a:b] for a, b, _ in fast([text], terms)[0]]


def test_longest_match_is_chosen_after_the_boundary_check() -> None:
    assert spans("illegal immigrants came", "illegal", "illegal immigrant") == ["illegal"]


def test_exact_entry_beats_a_wildcard_of_the_same_length() -> None:
    found = fast(["a whip cracked"], ("whip*", "whip"))
    assert found[0] == [(2, 6, "whip")]


def test_curly_and_straight_apostrophes_are_equal() -> None:
    assert spans("They don’t, we don't", "don't") == ["don’t", "don't"]


def test_possessive_is_allowed_and_left_out() -> None:
    assert spans("the far right’s leader", "far right") == ["far right"]


def test_nbsp_hyphen_and_one_line_break_join_words() -> None:
    assert len(spans("far\u00a0right far-right far\nright far‑right", "far right")) == 4
    assert spans("far\n\nright; far, right", "far right") == []


def test_case_guard() -> None:
    lexicon = Lexicon.from_terms("t", ["Leaver"])
    entry = lexicon.entries[0]
    from dataclasses import replace

    capital = Lexicon("t", (replace(entry, case="cap", names=True),))
    block = read_block(["a Leaver and a leaver"])
    assert Matcher([capital]).scan(block).start.tolist() == [2]


@pytest.mark.parametrize(
    ("guard", "text", "found"),
    [
        ({"not_next": ("surgery",)}, "radical surgery and radical change", 1),
        ({"not_prev": ("very",)}, "a very radical and radical plan", 1),
        ({"not_near": ("chem*",)}, "a radical in chemistry. A radical plan.", 1),
        ({"need_near": ("trade union",)}, "a radical trade union. A radical plan.", 1),
        ({"need_next": ("plan", "change")}, "radical plan, radical change, radical thing", 2),
    ],
)
def test_guards(guard: dict[str, tuple[str, ...]], text: str, found: int) -> None:
    from dataclasses import replace

    entry = Lexicon.from_terms("t", ["radical"]).entries[0]
    lexicon = Lexicon("t", (replace(entry, guards=guard),))
    assert len(Matcher([lexicon]).scan(read_block([text])).start) == found


def test_part_of_a_proper_name_is_dropped_but_not_in_a_title_case_headline() -> None:
    lexicon = Lexicon.from_terms("t", ["proud"])
    scan = Matcher([lexicon]).scan
    assert len(scan(read_block(["They met the Proud Boys in town."])).start) == 0
    assert len(scan(read_block(["Minister Says Proud Nation Must Stand Firm"])).start) == 1
    assert len(scan(read_block(["Proud families came."])).start) == 1


def test_matches_do_not_depend_on_the_block() -> None:
    rng = random.Random(3)
    texts = [hostile(rng) for _ in range(200)]
    together = fast(texts, TERMS)
    alone = [fast([text], TERMS)[0] for text in texts]
    assert together == alone


def test_every_shipped_lexicon_compiles_together() -> None:
    from framing.lexicon import shipped

    matcher = Matcher([load(name) for name in shipped()])
    assert matcher.scan(read_block([""])).start.tolist() == []
