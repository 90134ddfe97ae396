"""The stretches of capitalised words that can hold a name."""

import pytest

from framing.text.capitals import BARE, FULL, HYPHEN, capital_runs, titles
from framing.text.segment import read_block


def runs(text):
    block = read_block([text])
    return {block.joined[start:end]: bits for start, end, _, _, bits in capital_runs(block)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the mayor, Mary Oakes, left", {"Mary Oakes": FULL | BARE}),
        ("Then Mary J. Oakes left", {"Then Mary J. Oakes": FULL}),
        ("Ludwig van Hill and Moss", {"Ludwig van Hill": FULL | BARE, "Moss": BARE}),
        ("But On The Congress", {}),
        ("The Hill-Moss plan", {"The Hill": FULL | HYPHEN, "Moss": BARE}),
        ("Hill’s house", {"Hill’s": 0}),
        ("President Hill, HILL", {"President Hill": 0, "HILL": 0}),
        ("", {}),
    ],
)
def test_runs(text, found):
    assert runs(text) == found


def test_titles():
    block = read_block(["Mr. Hill met mrs Moss, Miss Oakes and Ms. Mr"])
    assert [block.words[word] for (word,) in titles(block)] == ["mr", "miss", "ms", "mr"]
