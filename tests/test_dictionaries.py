"""Dictionaries people own: what each format means, what is refused, and the laws."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
import test_laws as laws
from sklearn.base import clone

import framing as fr
from framing.dictionaries import DictionaryExtractor, read_dictionary
from framing.tables import BadInput
from framing.text.dictionary_files import read_yaml

DIC = """%
1\tAffect (Feelings)
2\tJoy
03\tWork
%
happy\t1\t2
glad*\t1\t2
gladiator\t3
office\t03
in front of\t3
kind\t(02 134)1/2 2
like\t(02)2 <of>1/2 1
"""
DICX = 'DicTerm,Affect,Joy\nhappy,X,X\nsad*,x,\n"well, well",,1\n'
YAML = """# a comment
---
mood:
  good:
    - happy   # as in life
    - "glad*"
    - 'can''t wait'
  bad: [sad, "down, out",
        gloom*]
work:
- office
- C#
"far off": distance
empty:
"""
CSV = "term,category\ntax*,burden\ntax,plain\ntax relief,relief\nhappy,joy\nhappy,affect\n"


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return write


def pairs(path: Path) -> dict[str, str]:
    return {entry.entry: entry.extra["categories"] for entry in read_dictionary(path).entries}


def hits(path: Path, text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], [DictionaryExtractor(path)])
    return list(zip(table["text"], table["label"], strict=True))


def test_liwc_dic(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.dic", DIC)
    assert pairs(path) == {
        "happy": "Affect|Joy", "glad*": "Affect|Joy", "gladiator": "Work", "office": "Work",
        "in front of": "Work", "kind": "Joy", "like": "Affect",
    }  # fmt: skip
    assert read_dictionary(path).labels == ("Affect", "Joy", "Work")


def test_liwc_dic_with_spaces_and_carriage_returns(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.dic", "\ufeff%\r\n 1 Joy\r\n%\r\nhappy 1\r\nvery glad 1\r\n")
    assert pairs(path) == {"happy": "Joy", "very glad": "Joy"}


def test_liwc_22_dicx(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.dicx", DICX)
    assert pairs(path) == {"happy": "Affect|Joy", "sad*": "Affect", "well, well": "Joy"}


def test_yaml(write) -> None:  # type: ignore[no-untyped-def]
    with pytest.warns(UserWarning, match="C#"):
        found = pairs(write("mine.yml", YAML))
    assert found == {
        "happy": "mood.good", "glad*": "mood.good", "can't wait": "mood.good", "sad": "mood.bad",
        "down, out": "mood.bad", "gloom*": "mood.bad", "office": "work", "distance": "far off",
    }  # fmt: skip


def test_csv(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.csv", CSV)
    assert pairs(path) == {
        "tax*": "burden", "tax": "plain", "tax relief": "relief", "happy": "joy|affect",
    }  # fmt: skip
    assert pairs(write("b.csv", 'Category,note,Term\njoy,"a, b",happy\n')) == {"happy": "joy"}


def test_an_exact_entry_beats_a_wildcard_and_the_longer_one_the_shorter(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.csv", CSV)
    assert hits(path, "The tax, the taxes, and tax relief.") == [
        ("tax", "plain"), ("taxes", "burden"), ("tax relief", "relief"),
    ]  # fmt: skip


def test_a_term_counts_under_each_of_its_categories(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.csv", CSV)
    assert hits(path, "Happy people.") == [("Happy", "joy"), ("Happy", "affect")]
    scores = DictionaryExtractor(path, labels=True, voice="all").set_output(transform="pandas")
    row = scores.fit_transform(["Happy people pay tax."]).iloc[0]
    assert row["mine.joy.all.count"] == row["mine.affect.all.count"] == 1
    assert row["mine.plain.all.per_1k"] == 250


def test_terms_are_taken_as_written(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.csv", "term,category\nhonour,h\nvote,v\nMark,m\n")
    assert hits(path, "Honour the vote, mark it.") == [
        ("Honour", "h"),
        ("vote", "v"),
        ("mark", "m"),
    ]
    assert hits(path, "Honor and votes.") == []
    assert hits(path, "They met Mark Hill.") == [("Mark", "m")]


def test_the_measure_is_named_after_its_file(write) -> None:  # type: ignore[no-untyped-def]
    one = DictionaryExtractor(write("My list-2.csv", CSV))
    assert one.name == "my_list_2"
    assert fr.annotate(["tax"], [one])["extractor"].tolist() == ["my_list_2"]
    assert clone(one).get_params() == one.get_params()


def test_a_changed_file_is_read_again(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.csv", "term,category\ntax,a\n")
    one = DictionaryExtractor(path)
    assert one.label_names == ("a",)
    write("mine.csv", "term,category\ntax,later\n")
    assert one.label_names == ("later",)


def test_terms_that_are_no_words_are_left_out_with_a_warning(write) -> None:  # type: ignore[no-untyped-def]
    path = write("mine.dic", "%\n1\tJoy\n%\n:)\t1\n:d\t1\n8)\t1\n*\t1\n'em\t1\nu.s.\t1\nhappy\t1\n")
    with pytest.warns(UserWarning, match=r"mine\.dic: left out 4 .* end: :\), :d, 8\), \*"):
        lexicon = read_dictionary(path)
    assert lexicon.info["skipped"] == [":)", ":d", "8)", "*"]
    assert [entry.id for entry in lexicon.entries] == ["'em", "u.s.", "happy"]


BAD = [
    ("mine.txt", "a", "unknown kind of dictionary"),
    ("mine.dic", "happy\t1\n", "between two lines with %"),
    ("mine.dic", "%\nJoy\n%\nhappy\t1\n", "line 2: 'Joy' is no category"),
    ("mine.dic", "%\n1\tJoy\n%\nhappy\t7\n", "line 4: 'happy' has the category 7"),
    ("mine.dic", "%\n1\tJoy\n%\nhappy\n", "line 4: 'happy' has no category"),
    ("mine.dic", "%\n1\tJoy\n%\n", "no terms found"),
    ("mine.dic", "%\n1\tJoy\n%\n*appy\t1\n", "a \\* may only end a word"),
    ("mine.dicx", "term,Joy\nhappy,X\n", "must be DicTerm and the categories"),
    ("mine.dicx", "DicTerm,Joy\nhappy,0.5\n", "line 2: '0.5' for 'happy'"),
    ("mine.dicx", "DicTerm,Joy\nhappy,X,X\n", "line 2 has 3 cells"),
    ("mine.csv", "word,category\nhappy,joy\n", "no column 'term'"),
    ("mine.csv", "term,catgory\nhappy,joy\n", "did you mean 'catgory'"),
    ("mine.csv", "term,category\nhappy,\n", "line 2: term or category is empty"),
    ("mine.csv", "", "no column 'term' .* saw nothing"),
    ("mine.yml", "joy:\n\t- happy\n", "line 2: a tab"),
    ("mine.yml", "- happy\n", "line 1: 'happy' stands under no key"),
    ("mine.yml", "joy:\n  happy\n", "line 2: 'happy' is neither a key"),
    ("mine.yml", "joy: &a [happy]\n", "line 1: .* only plain and quoted terms"),
    ("mine.yml", "joy:\n  - *a\n", "line 2: .* only plain and quoted terms"),
    ("mine.yml", "joy:\n  - good: [happy]\n", "line 2: .* keys inside a list"),
    ("mine.yml", "joy: [happy\nsad: [x]\n", "line 2: one list in brackets"),
    ("mine.yml", "joy: [happy\n", "not closed"),
    ("mine.yml", "joy: {a: b}\n", "line 1"),
    ("mine.yml", "joy: |\n  happy\n", "line 1"),
    ("mine.yml", "joy: 'happy\n", "line 1"),
]


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_what_cannot_be_read_is_refused_in_one_line(write, name, text, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput, match=message) as caught:
        read_dictionary(write(name, text))
    assert name in str(caught.value) and "\n" not in str(caught.value)


def test_missing_and_badly_encoded_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        DictionaryExtractor(tmp_path / "none.csv").transform(["tax"])
    (tmp_path / "old.csv").write_bytes("term,category\ncafé,x\n".encode("latin-1"))
    with pytest.raises(BadInput, match="not UTF-8 at byte 17"):
        read_dictionary(tmp_path / "old.csv")


@pytest.mark.parametrize("text", laws.ODD)
def test_odd_files_are_read_or_refused(write, text: str) -> None:  # type: ignore[no-untyped-def]
    whole = text.encode("utf-8", "replace").decode()
    for suffix in ("dic", "dicx", "yml", "csv"):
        with pytest.raises(BadInput):
            read_dictionary(write(f"mine.{suffix}", whole))


LAWS = [
    laws.test_1_offsets_and_labels, laws.test_3_same_twice_and_independent_of_order,
    laws.test_3_locality, laws.test_4_transform_is_score_of_annotate, laws.test_4_scikit_learn,
    laws.test_5_self_recall, laws.test_6_quote_wrap, laws.test_7_marks_and_spaces_change_nothing,
]  # fmt: skip


@pytest.mark.parametrize("name", ["mine.dic", "mine.dicx", "mine.yml", "mine.csv"])
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_laws_hold(write, law, name: str) -> None:  # type: ignore[no-untyped-def]
    csv = CSV.replace("tax,plain\n", "")  # beaten by it, tax* has no sentence of its own form
    text = {"dic": DIC, "dicx": DICX, "yml": YAML, "csv": csv}[name.split(".")[1]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        law(DictionaryExtractor(write(name, text)))


def test_the_laws_of_odd_texts_and_swapped_names_hold(write) -> None:  # type: ignore[no-untyped-def]
    one = DictionaryExtractor(write("mine.csv", CSV))
    for number in range(len(laws.ODD)):
        laws.test_2_odd_texts(one, number)
    for pair in laws.SWAPS:
        laws.test_7_swapping_names_changes_nothing(one, pair)


def test_escapes_in_double_quotes_of_yaml(write):
    terms = {
        r'"caf\xE9"': "café", r'"caf\u00e9"': "café", r'"\U0001F600 joy"': "\U0001f600 joy",
        r'"\ud83d\ude00 joy"': "\U0001f600 joy", r'"say \"so\""': 'say "so"', r'"a\\b"': r"a\b",
        r'"a\tb\nc"': "a\tb\nc", r"'caf\xE9'": r"caf\xE9",
    }  # fmt: skip
    for written, wanted in terms.items():
        _, found = read_yaml(Path("mine.yml"), f"joy: [{written}]\n")
        assert [term.term for term in found] == [wanted]
    for written in (r'"\q"', r'"\x9"', r'"\ud83d"', r'"\U99999999"', r'"\UFFFFFFFF"'):
        with pytest.raises(BadInput, match=r"mine.yml: line 2: .* YAML does not know; write"):
            read_yaml(Path("mine.yml"), f"joy:\n  - {written}\n")
    assert pairs(write("mine.yml", 'joy: ["caf\\xE9"]\n')) == {"café": "joy"}
