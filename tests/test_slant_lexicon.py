"""Learning a lexicon of slant terms: what is masked and left out, what is written and shipped."""

from __future__ import annotations

import csv

import pytest

from framing.extractors import shipped
from framing.lexicon import FOLDER, load, read_lexicon
from framing.measures.slant_terms import Rules
from framing.slant_lexicon import LEFT_OUT, is_candidate, learn, save
from framing.tables import BadInput
from framing.text.document import Document

SAID = {
    "Democrat": "These are tax breaks, Ms. Quillfeather. Democrats agree with Karen Thornbury. ",
    "Republican": "This is tax relief, Mr. Oakenbrook. Republicans agree with Bob Applewick. ",
}
BILL = "SEC. 2. Fees.\n(a) Section 4 is amended.\n(b) The relief of subsection (a) is tax relief. "
RULES = Rules(min_speakers=2)


def statements(said=SAID, **more) -> list[Document]:
    return [
        Document(f"{party}{n}", said[party] * 30, None,
                 {"side": party, "author": f"{party[:3]} Number{n}", **more})
        for party in said for n in range(4)
    ]  # fmt: skip


def test_party_words_and_names_are_no_terms() -> None:
    found = set(learn(statements(), rules=RULES, splits=2).table["term"])
    assert {"tax breaks", "tax relief"} <= found
    words = {word for term in found for word in term.split()}
    assert not words & {
        "democrats",
        "republicans",
        "quillfeather",
        "oakenbrook",
        "thornbury",
        "karen",
    }


def test_the_text_of_bills_is_left_out() -> None:
    texts = [
        *statements(),
        Document("bill", BILL * 50, None, {"side": "Democrat", "author": "X Y"}),
    ]
    learnt = learn(texts, rules=RULES, splits=2)
    assert learnt.numbers["Democrat"]["n_documents"] == 4
    assert learnt.table.equals(learn(statements(), rules=RULES, splits=2).table)


def test_a_third_group_is_left_out() -> None:
    texts = [*statements(), Document("i", "A tax swap.", None, {"side": "Other", "author": "I"})]
    assert learn(texts, rules=RULES, splits=2).groups == ("Republican", "Democrat")


@pytest.mark.parametrize("term", ["the tax", "tax of", "section", "june 6", "x", "new ohio mill"])
def test_no_candidates(term) -> None:
    assert not is_candidate(term)


def test_what_is_written_is_a_lexicon(tmp_path) -> None:
    paths = save(learn(statements(), rules=RULES, splits=2, corpus="mine"), "mine_2", tmp_path)
    lexicon, faults = read_lexicon(paths[0])
    assert not faults
    assert lexicon.labels == ("republican", "democrat")
    (relief,) = (entry for entry in lexicon.entries if entry.id == "tax relief")
    assert (relief.label, relief.extra["n"], relief.extra["n_democrat"]) == (
        "republican", "120", "0")  # fmt: skip
    assert lexicon.info["stability"]["splits"] == 2
    before = paths[0].read_bytes()
    save(learn(statements(), rules=RULES, splits=2, corpus="mine"), "mine_2", tmp_path)
    assert paths[0].read_bytes() == before


def test_bad_input(tmp_path) -> None:
    with pytest.raises(BadInput, match="no field 'autor'"):
        learn(statements(), speaker="autor")
    with pytest.raises(BadInput, match="two groups"):
        learn(statements({"Democrat": SAID["Democrat"]}))
    alone = [*statements({"Democrat": SAID["Democrat"]}),
             *statements({"Republican": SAID["Republican"]}, author="One")]  # fmt: skip
    with pytest.raises(BadInput, match="the group 'Republican' has one speaker"):
        learn(alone)
    with pytest.raises(BadInput, match="both groups"):
        learn(statements(author="The Same"))
    with pytest.raises(BadInput, match="small letters"):
        save(learn(statements(), rules=RULES, splits=2), "My List", tmp_path)


def test_what_is_not_learnt_from_is_said() -> None:
    other = Document("g", "A green word. " * 30, None, {"side": "Green", "author": "Gil"})
    nobody = Document("n", "No name. " * 30, None, {"side": "Democrat"})
    told = "learnt from 8 of 10 texts: those of Democrat and Republican, the most frequent in"
    with pytest.warns(UserWarning, match=told):
        learn([*statements(), other, nobody], rules=RULES, splits=2)


def test_the_shipped_terms() -> None:
    lexicon = load("us_slant")
    with (FOLDER / "us_slant.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    sides = [row["label"] for row in rows]
    assert min(sides.count("republican"), sides.count("democrat")) >= 500
    rules = lexicon.info["rules"]
    for row in rows:
        assert is_candidate(row["entry"]), row
        assert (float(row["z"]) > 0) == (row["label"] == "republican"), row
        assert min(abs(float(row[key])) for key in ("z", "z_speakers")) >= rules["min_z"] - 0.06
        assert int(row["n"]) == int(row["n_republican"]) + int(row["n_democrat"])
        assert int(row["n"]) >= rules["min_uses"] and int(row["speakers"]) >= rules["min_speakers"]
        assert 0 <= float(row["dp"]) <= 1 and 0.5 <= float(row["stable"]) <= 1
    words = {word for row in rows for word in row["entry"].split()}
    assert not words & LEFT_OUT
    assert not [word for word in words if word.startswith(("democrat", "republican"))]
    assert "us_slant" not in shipped()
