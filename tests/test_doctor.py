"""The doctor says what is there and how to get what is not, whatever is broken."""

from __future__ import annotations

import platform

import pytest

from framing import doctor, lexicon
from framing.tables import BadInput
from framing.text import recipes


@pytest.fixture
def lines(monkeypatch, tmp_path):
    monkeypatch.setenv("FRAMING_CORPORA", str(tmp_path))

    def examine(**versions: str) -> list[str]:
        monkeypatch.setattr(doctor, "_version", lambda name: versions.get(name, "9.9"))
        return list(doctor.examine())

    return examine


def one(lines: list[str], start: str) -> str:
    (found,) = (line for line in lines if line.startswith(start))
    return found


def test_every_package_lexicon_and_corpus_has_its_line(lines):
    found = lines()
    assert found[0] == f"framing 9.9, Python {platform.python_version()}"
    for package in doctor.CORE:
        assert one(found, f"package {package}:") == f"package {package}: 9.9"
    for name in lexicon.shipped():
        item = lexicon.load(name)
        line = one(found, f"lexicon {name}:")
        assert f"version {item.version}, {len(item.entries)} entries" in line
        assert item.sha256[:12] in line
    for recipe in recipes.list_recipes():
        assert one(found, f"corpus @{recipe.name}:")
    assert all(one(found, f"extra {extra}:").endswith(": installed") for extra in doctor.EXTRAS)
    assert not [line for line in found if "\n" in line]


def test_what_is_missing_is_named_with_the_way_to_get_it(lines):
    found = lines(scipy="missing", anywidget="missing", jupyterlab="missing")
    assert one(found, "package scipy:") == "package scipy: missing; get it with: pip install scipy"
    wanted = "extra lab: missing jupyterlab, anywidget; get it with: pip install framing-analysis"
    assert one(found, "extra lab:") == f"{wanted}[lab]"


def test_corpora_are_looked_for_where_the_variable_says(lines, monkeypatch, tmp_path):
    monkeypatch.delenv("FRAMING_CORPORA", raising=False)
    found = lines()
    assert "not set; set it to the folder" in one(found, "FRAMING_CORPORA:")
    assert f"({len(recipes.list_recipes())} recipes: " in one(found, "FRAMING_CORPORA:")
    assert not [line for line in found if line.startswith("corpus @")]
    monkeypatch.setenv("FRAMING_CORPORA", str(tmp_path))
    assert one(lines(), "FRAMING_CORPORA:") == f"FRAMING_CORPORA: {tmp_path}"
    assert "not found (" in one(lines(), "corpus @basil:")


def test_a_broken_lexicon_does_not_stop_it(lines, monkeypatch):
    def load(name: str) -> lexicon.Lexicon:
        if name == "partisan_framing":
            raise BadInput("partisan_framing.tsv, line 3: column 'label' is empty")
        return original(name)

    original = lexicon.load
    monkeypatch.setattr(lexicon, "load", load)
    found = lines()
    assert one(found, "lexicon partisan_framing:") == (
        "lexicon partisan_framing: broken (partisan_framing.tsv, line 3: column 'label' is empty)"
    )
    assert "entries" in one(found, "lexicon report_verbs:")
    assert one(found, "corpus @basil:")


def test_a_package_that_is_not_installed_is_missing():
    assert doctor._version("no-such-package-of-this-name") == "missing"
    assert doctor._version("pytest")[0].isdigit()
