"""The stretches of capitalised words that can hold a name."""

import pytest

from framing.text.capitals import ASK, BARE, GENDERS, HYPHEN, LAST, PLAIN, capitals
from framing.text.segment import read_block

WHOLE = BARE | PLAIN | LAST


def read(text):
    tables = capitals(read_block(["Ann Oakes left.", text]))
    return [list(zip(*table.of(1), strict=True)) for table in tables]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the mayor, Mary Oakes, left", {"Mary Oakes": ("Mary Oakes", "Oakes", WHOLE)}),
        (
            "Then Mary J. Oakes left",
            {"Then Mary J. Oakes": ("Mary J. Oakes", "Oakes", PLAIN | LAST)},
        ),
        (
            "Ludwig van Hill and Moss",
            {
                "Ludwig van Hill": ("Ludwig van Hill", "Hill", WHOLE),
                "Moss": ("Moss", "Moss", WHOLE),
            },
        ),
        ("But On The Congress, The President", {}),
        (
            "The Hill-Moss plan",
            {"The Hill": ("Hill", "Hill", HYPHEN), "Moss": ("Moss", "Moss", WHOLE)},
        ),
        ("Hill’s house", {"Hill’s": ("Hill", "Hill", PLAIN | LAST)}),
        (
            "President Hill, HILL",
            {"President Hill": ("Hill", "Hill", PLAIN | LAST)},
        ),
        ("They've Mary O'Hill", {"They've Mary O'Hill": ("They've Mary O'Hill", "O'Hill", LAST)}),
        ("President de Hill", {"President de Hill": ("Hill", "Hill", LAST)}),
        ("", {}),
    ],
)
def test_runs(text, found):
    rows = read(text)[0]
    assert {
        text[start:end]: (text[head:core], text[last:core], held)
        for start, end, head, last, core, held in rows
    } == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mary Oakes left", {"Mary Oakes": "f"}),
        ("Press Secretary Lee Hill met Jean Hill’s aide", {"Lee Hill": "m", "Jean Hill": ""}),
        ("Mr Mary Hill met Mrs Bayo Jones", {"Mary Hill": "m", "Bayo Jones": "f"}),
        (
            "Winning Hill, Old NBA, BREAKING Mary NBA, South Hill, Mary Congress, Mary and Hill",
            {"Mary NBA": "f"},
        ),
        ("man from Leeds East and near the Bayo Okafor", {"Bayo Okafor": ""}),
        (
            "rain in\u00a0Leeds East, at the\u00a0Hill Farm, of Leeds East Hill",
            {"Leeds East Hill": None},
        ),
        ("vote for \r\nLeeds East", {"Leeds East": None}),
        ("Lord Tom Hill, O'Hill Moss", {"Tom Hill": None, "O'Hill Moss": None}),
        ("Jo Hill-Moss", {"Jo Hill": None}),
        ("", {}),
    ],
)
def test_full_names(text, found):
    told = {text[head:core]: held for _, _, head, core, held in read(text)[1]}
    assert {name: GENDERS[held] if held < ASK else None for name, held in told.items()} == found


def test_titles():
    text = "Mr. Hill met mrs Moss, Miss Oakes and Ms. Mr"
    assert [text[start:].split()[0] for (start,) in read(text)[2]] == [
        "Mr.",
        "Miss",
        "Ms.",
        "Mr",
    ]
