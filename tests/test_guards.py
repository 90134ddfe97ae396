"""Guards on arrays: the same as conditions read word by word."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from framing.lexicon import GUARDS, Lexicon, make_entry
from framing.matcher import Matcher
from framing.text.segment import read_block

WORDS = ("rat", "rats", "ratio", "to", "tom", "big", "a")
ALTERNATIVES = (*WORDS, "rat*", "to*", "big rat*", "to* a", "a big rat", "rat* to*")


def met(name: str, alternatives: tuple[str, ...], words: list[str], at: int) -> bool:
    """Whether a guard of the word `at` is met, each alternative read as a regular expression."""
    needed, _, where = name.partition("_")
    before, behind = " ".join(words[:at]), " ".join(words[at + 1 :])
    found = False
    for written in alternatives:
        pattern = r"\b" + written.replace("*", r"\w*") + r"\b"
        found |= where == "next" and re.match(pattern, behind) is not None
        found |= where == "prev" and re.search(pattern + "$", before) is not None
        near = re.search(pattern, before) or re.search(pattern, behind)
        found |= where == "near" and near is not None
    return found == (needed == "need")


guards = st.dictionaries(
    st.sampled_from(GUARDS),
    st.lists(st.sampled_from(ALTERNATIVES), min_size=1, max_size=3).map(tuple),
    min_size=1, max_size=2,
)  # fmt: skip
sentences = st.lists(st.sampled_from((*WORDS, "radical")), max_size=12)


@given(guards, st.lists(sentences, max_size=4))
def test_guards_are_those_of_the_words_around(
    guard: dict[str, tuple[str, ...]], texts: list[list[str]]
) -> None:
    entry = make_entry({"entry": "radical", "label": "x"}, "t")
    lexicon = Lexicon("t", (replace(entry, guards=guard),))
    block = read_block([" ".join(words) for words in texts])
    wanted = [
        len(" ".join(words[:at])) + (at > 0) + int(block.offsets[number])
        for number, words in enumerate(texts)
        for at, word in enumerate(words)
        if word == "radical" and all(met(name, some, words, at) for name, some in guard.items())
    ]
    assert Matcher([lexicon]).scan(block).start.tolist() == wanted


def test_the_word_of_one_guard_never_meets_another() -> None:
    """Letters are small numbers before they are spread, as the numbers of guards are."""
    entries = [make_entry({"entry": f"radical{n}", "label": "x"}, "t") for n in range(130)]
    lexicon = Lexicon("t", tuple(replace(one, guards={"need_near": ("b",)}) for one in entries))
    texts = [f"radical{n} {letter}" for n in range(130) for letter in "abcdefz"]
    found = Matcher([lexicon]).scan(read_block(texts))
    assert len(found.start) == 130
