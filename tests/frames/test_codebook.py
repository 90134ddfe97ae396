"""Codebooks: the shipped ones are whole, faults are named with their line."""

from __future__ import annotations

import pytest

from framing.frames.codebook import check_codebook, read_codebook, shipped_codebooks
from framing.tables import BadInput

WANTED = {
    "policy_frames": 15, "generic_news": 5, "gun_violence": 9, "climate_narrative": 5,
    "entman_functions": 4, "migration": 11, "lexical_bias": 1, "us_party": 2,
}  # fmt: skip
GOOD = """\
id = "mine"
title = "Mine"
kind = "single"
unit = "document"
definition = "Two frames."

[[frame]]
name = "blame"
definition = "Who did it."
code_when = ["Somebody is blamed."]
code_when_not = ["Nobody is."]
examples = ["They broke it."]

[[frame]]
name = "repair"
definition = "What to do."
code_when = ["A remedy is named."]
code_when_not = ["None is."]
examples = ["Mend it."]
"""


@pytest.mark.parametrize("name", sorted(WANTED))
def test_shipped_codebooks(name: str) -> None:
    book = read_codebook(name)
    assert len(book.frames) == WANTED[name] and book.sources and len(book.sha256) == 64
    for frame in book.frames:
        assert frame.definition and frame.code_when and frame.code_when_not and frame.examples
        assert not set(frame.examples) & set(frame.counter_examples)


def test_all_are_known() -> None:
    assert set(shipped_codebooks()) == set(WANTED)


def test_a_good_file(tmp_path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD)
    assert read_codebook(tmp_path / "mine.toml").names == ("blame", "repair")


def test_a_byte_order_mark_is_no_fault(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, "utf-8-sig")
    assert check_codebook(path)[1] == [] and read_codebook(path).id == "mine"
    path.write_text(GOOD.replace('id = "mine"', "id = 1"), "utf-8-sig")
    assert check_codebook(path)[1] == [f"{path}: line 1: id is not a text"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "single"', 'kind = "one"', "line 3: kind = 'one' is not one of multi"),
        ('name = "repair"', 'name = "blame"', "line 15: frame 'blame' stands twice"),
        ('examples = ["Mend it."]', 'exampels = ["Mend it."]', "line 19: unknown key 'exampels'"),
        (
            'code_when = ["A remedy is named."]',
            'code_when = "A remedy"',
            "line 17: code_when is not",
        ),
        ('definition = "What to do."\n', "", "line 14: a frame needs 'definition'"),
        ('unit = "document"', 'unit = "document', "cannot be read as TOML"),
        ('name = "blame"', 'name = "a|b"', "holds no '|'"),
        ('name = "blame"', 'name = "blame "', "line 8: name = 'blame ': a name is not empty"),
        ('title = "Mine"\n', "", "a codebook needs 'title'"),
    ],
)
def test_faults_name_their_line(tmp_path, old: str, new: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(old, new))
    book, faults = check_codebook(path)
    assert book is None and any(message in fault for fault in faults), faults
    with pytest.raises(BadInput):
        read_codebook(path)


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(BadInput, match="generic_news"):
        read_codebook("generic_new")
