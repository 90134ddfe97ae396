"""The audit: names swapped in place, rates and errors by side, and what a swap must not change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import cli
from framing.audit.run import audit_corpus, swap_changes
from framing.audit.swaps import KINDS, Swapper, read_pairs, shipped_swapper
from framing.command_audit import audit
from framing.engine import annotate
from framing.extractors.base import Extractor, as_extractors
from framing.lexicon import Lexicon
from framing.tables import ESTIMATES, BadInput, read_table
from framing.text.document import Document

ROOT = Path(__file__).parents[1]
SWAP = shipped_swapper()
TWO_WAY = ["Donald Trump", "Biden", "Keir Starmer", "Sunak's", "Fox News", "Democrats", "CNN"]
PLAIN = [
    "spoke",
    "of",
    "rents,",
    "and",
    "nobody",
    "listened.",
    "\n",
    "“Enough!”",
    "42",
    "trump card",
]


def swapped(text: str) -> str:
    return SWAP(text).text


@pytest.mark.parametrize(("text", "wanted"), [
    ("Donald Trump met Mr Biden.", "Joe Biden met Mr Trump."),
    ("TRUMP SLAMS BIDEN", "BIDEN SLAMS TRUMP"),
    ("Sir Keir Starmer’s aide", "Sir Rishi Sunak’s aide"),
    ("a Labour MP and a Tory peer", "a Conservative MP and a Labour peer"),
    ("Labour said it would.", "the Conservatives said it would."),
    ("Republican senators, Democratic mayors", "Democratic senators, Republican mayors"),
    ("She is a Republican.", "She is a Democrat."),
    ("the Republican\nParty", "the Democratic Party"),
    ("Fox News and the Guardian", "NBC News and the Telegraph"),
])  # fmt: skip
def test_names_become_those_of_the_other_side(text, wanted):
    assert swapped(text) == wanted


@pytest.mark.parametrize("text", [
    "She played her trump card in may.",
    "The Democratic Republic of Congo",
    "Liberal Democrats and Christian Democratic voters",
    "A conservative estimate of labour costs",
    "Labour costs rose, said the MPs.",
    "Trumpet players, Bidenesque",
    "Lyndon Johnson's war",
    "American Conservatives and libertarians",  # nothing British: a view, not a party
])  # fmt: skip
def test_other_words_stay(text):
    assert SWAP(text).places == () and swapped(text) == text


@given(st.lists(st.sampled_from(TWO_WAY + PLAIN), max_size=12))
@settings(max_examples=60, deadline=None)
def test_swapping_twice_gives_the_text_back_and_touches_only_names(words):
    text = " ".join(words)
    once = SWAP(text)
    assert swapped(once.text) == text
    last = new = 0
    for start, end, new_start, new_end in once.places:
        assert text[last:start] == once.text[new:new_start]
        assert once.carried(start) == new_start and once.carried(end, end=True) == new_end
        assert text[start:end] != once.text[new_start:new_end]
        last, new = end, new_end
    assert text[last:] == once.text[new:]
    for offset in range(len(text)):
        if not any(start <= offset < end for start, end, *_ in once.places):
            assert text[offset] == once.text[once.carried(offset)]


def test_the_shipped_pairs_are_fair():
    pairs = read_pairs()
    names = {pair.name for pair in pairs}
    assert {pair.kind for pair in pairs} == set(KINDS) and len(pairs) > 100
    for pair in pairs:
        assert pair.becomes.removeprefix("the ") in names and pair.becomes != pair.name, pair
        if pair.kind != "party":
            sizes = {len(name.split()) for name in (pair.name, pair.becomes)}
            assert len(sizes) == 1, f"{pair}: as many words on both sides"


def test_a_file_of_pairs(tmp_path):
    file = tmp_path / "names.tsv"
    file.write_text(
        "# ours\nkind\tname\tbecomes\tway\nparty\tBlues\tReds\tone\nparty\tHill\tDale\n"
    )
    own = Swapper(read_pairs(file))
    assert own("Blues, Reds, Hill, Dale").text == "Reds, Reds, Dale, Hill"
    file.write_text("kind\tname\nparty\tBlues\n")
    with pytest.raises(BadInput, match="needs the columns kind, name, becomes"):
        read_pairs(file)
    file.write_text("kind\tname\tbecomes\nparty\tBlues\tReds\nteam\tA\tB\n")
    with pytest.raises(BadInput, match="line 3: needs a kind"):
        read_pairs(file)
    with pytest.raises(BadInput, match="cannot be read"):
        read_pairs(tmp_path / "none.tsv")


class Sided(Extractor):
    """Finds insults, but not where Labour is named: what the audit must notice."""

    name = "sided"

    def find(self, reading, voices, document):
        if "Labour" not in reading.text:
            yield from super().find(reading, voices, document)


INSULTS = Lexicon.from_terms("sided", {"liar": "insult", "Tory liar": "insult"})
TEXTS = {
    "a": "The Labour man is a liar. Nobody in the Commons had asked him.",
    "b": "The Tory man is a liar. Nobody in the Commons had asked him.",
    "c": "Rents rose again and a liar denied it.",
}


def documents() -> list[Document]:
    return [Document(k, text, meta={"side": "xyz"[n]}) for n, (k, text) in enumerate(TEXTS.items())]


def changes(extractor: Extractor) -> pd.DataFrame:
    kept = documents()
    return swap_changes(kept, annotate(kept, [extractor]), [extractor])


def test_a_measure_that_sees_the_party_is_found_wanting():
    found = changes(Sided(lexicon=INSULTS))
    assert found[["doc_id", "text", "change", "cue"]].values.tolist() == [
        ["a", "liar", "new", False], ["b", "liar", "gone", False],
    ]  # fmt: skip
    assert found["context"].iloc[1].startswith("The Tory man is a liar")
    assert found.attrs == {"n_names": 2, "n_documents": 2}


def test_one_that_does_not_is_even_handed_wherever_its_hits_move():
    class Fair(Extractor):
        name = "sided"

    assert changes(Fair(lexicon=Lexicon.from_terms("sided", ["liar", "Commons"]))).empty


def test_what_stands_on_a_name_is_a_cue():
    class Named(Extractor):
        name = "sided"

    found = changes(Named(lexicon=Lexicon.from_terms("sided", ["the Tory", "rents"])))
    assert found[["text", "change", "cue"]].values.tolist() == [["The Tory", "gone", True]]


def test_errors_by_side_need_marked_spans():
    start = TEXTS["c"].index("liar")
    marked = pd.DataFrame({
        "doc_id": ["c", "c", "b"], "start": [start, 0, 4], "end": [start + 4, 5, 8],
        "extractor": "sided",
    })  # fmt: skip
    found = audit_corpus(documents(), [Sided(lexicon=INSULTS)], "side", marked=marked)
    errors = found.errors.set_index(["group", "error"])["estimate"]
    assert errors["z", "missed"] == 0.5 and errors["z", "false"] == 0
    assert errors["y", "missed"] == 1 and errors["y", "false"] == 1
    with pytest.raises(BadInput, match="needs the columns doc_id, start, end, extractor"):
        audit_corpus(documents(), [Sided(lexicon=INSULTS)], "side", marked=marked[["doc_id"]])
    with pytest.raises(BadInput, match=r"no field 'sied' \(did you mean 'side'\?\)"):
        audit_corpus(documents(), [Sided(lexicon=INSULTS)], "sied")


def test_the_demonstration_corpus_is_measured_alike_whatever_the_names():
    from framing.text.corpus import read_corpus

    corpus = list(read_corpus(ROOT / "corpora" / "newsstand"))
    chosen = as_extractors(None)
    found = swap_changes(corpus, annotate(corpus, chosen), chosen)
    assert found.attrs["n_names"] > 40
    assert found[~found["cue"]].empty, found.to_string()


@pytest.fixture
def program(run, monkeypatch):
    monkeypatch.setitem(cli.cli.commands, "audit", audit)
    return run


def corpus_file(folder: Path, *texts: str) -> Path:
    rows = [
        {"id": str(n), "text": text, "side": ("left", "right")[n % 2]}
        for n, text in enumerate(texts)
    ]
    file = folder / "in.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


FAIR = (
    "Labour ministers told a vile and shameful lie about the rents of the town, and the people "
    "of the town did not forget it when the vote came round in the spring.",
    "Donald Trump spoke to a crowd in the old market hall of the town about rents and roads, "
    "and the crowd went home when the rain came down in the evening.",
)


def test_the_command_writes_rates_differences_and_the_swap(program, tmp_path):
    file = corpus_file(tmp_path, *FAIR * 4)
    how = ("--extractors", "loaded_language,hedging", "--out", "audit.csv")
    status, out, err = program("audit", file, *how)
    assert status == 0, err
    table = read_table("audit.csv", "estimates")
    assert tuple(table.columns) == (*ESTIMATES, "part")
    assert set(table["part"]) == {"rate", "difference", "swap"}
    swaps = table[table["part"] == "swap"]
    assert swaps["measure"].tolist() == ["loaded_language", "hedging"]
    assert (swaps["estimate"] == 0).all()
    loaded = table[(table["measure"] == "loaded_language.outlet") & (table["part"] == "rate")]
    left, right = loaded.set_index("group").loc[["left", "right"]].to_dict("records")
    assert left["estimate"] > right["estimate"] and left["low"] <= left["estimate"] <= left["high"]
    assert "loaded_language.outlet  left - all others" in re.sub(" {3,}", "  ", out)
    assert out.splitlines()[-1] == (
        "8 names swapped in 8 documents: nothing changed outside the names "
        "(0 hits on the names did)"
    )


def test_without_out_the_table_is_json_lines_and_the_verdict_apart(program, tmp_path):
    file = corpus_file(tmp_path, *FAIR * 2)
    status, out, err = program("audit", file, "--extractors", "hedging")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and {row["part"] for row in rows} == {"rate", "difference", "swap"}
    assert any("nothing changed outside the names" in line for line in err)


def test_a_score_that_changes_with_a_name_ends_with_status_1(program, tmp_path):
    file = corpus_file(tmp_path, "The village saw a landslide that night.", "Nothing happened.")
    Path("names.tsv").write_text("kind\tname\tbecomes\nparty\tvillage\tparty\n")
    how = ("--pairs", "names.tsv", "--extractors", "loaded_language", "--out", "audit.csv")
    status, out, _ = program("audit", file, *how)
    assert status == 1 and "found wanting" in out.splitlines()[-1]
    assert "loaded_language intensifier (outlet) new: 'landslide'" in out
    changed = pd.read_csv("audit.changes.csv")
    assert changed["cue"].tolist() == [False]
    swaps = read_table("audit.csv").query("part == 'swap'")
    assert swaps["estimate"].tolist() == [1]


def test_a_corpus_without_names_says_so(program, tmp_path):
    file = corpus_file(tmp_path, "Rents rose.", "Rents fell.")
    status, _, err = program("audit", file, "--extractors", "hedging")
    assert status == 0 and any("the swap run says nothing" in line for line in err)


def test_bad_use_of_the_command(program, tmp_path):
    file = corpus_file(tmp_path, "Rents rose.", "Rents fell.")
    for how, message in (
        (("--side", "outlet"), "no field 'outlet'"),
        (("--pairs", "none.tsv"), "none.tsv: cannot be read"),
        (("--marked", "none.csv"), "none.csv: no such file"),
    ):
        status, out, err = program("audit", file, "--extractors", "hedging", *how)
        assert (status, out) == (2, "") and message in err[-1]


def test_names_in_headlines_glued_to_a_name_stay() -> None:
    page = "Sen. Ted Cruz Ted CruzSanders calls a vote Port sold MORE met Bernie Sanders."
    assert shipped_swapper()(page).text.startswith(page[: page.index(" met")])
    assert not shipped_swapper()(page).text.endswith("met Bernie Sanders.")
