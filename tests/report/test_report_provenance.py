"""The last page names what the numbers were made from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from conftest import text_of
from pypdf import PdfReader

from framing.report import Report, provenance


class Harbour(list):
    source = "harbour"
    sha256 = "9c" * 32


def test_parts_given_are_there_and_the_others_are_not():
    lexicon = SimpleNamespace(id="loaded_language", version="1.2", sha256="ab" * 32)
    made = provenance(Harbour("abc"), [lexicon], {"by": "outlet"}, 0)
    assert made["corpus"] == {"source": "harbour", "sha256": "9c" * 32, "documents": 3}
    assert made["lexicons"] == {"loaded_language": {"version": "1.2", "sha256": "ab" * 32}}
    assert made["settings"] == {"by": "outlet"} and made["seed"] == 0
    assert set(provenance()) == {"versions"}


def test_last_page_holds_hashes_settings_and_seed(tmp_path):
    made = provenance(Harbour("abc"), {"loaded_language": "ab" * 32}, {"by": "outlet"}, 77)
    report = Report("T", {"A": "x"}, corpus=Harbour("abc"), provenance=made, settings={"low": 50})
    path = report.save(tmp_path / "x.pdf")
    last = PdfReader(path).pages[-1].extract_text()
    for words in ("9c" * 32, "ab" * 32, "outlet", "77", "low", "50", "pandas"):
        assert words in last, words
    assert "harbour · 3 documents" in text_of(path)


def test_without_provenance_corpus_and_settings_are_told(tmp_path):
    report = Report("T", {"A": "x"}, corpus=Harbour("abc"), settings={"cluster": "event"})
    last = PdfReader(report.save(tmp_path / "x.pdf")).pages[-1].extract_text()
    assert "9c" * 32 in last and "cluster" in last


def test_importing_the_room_loads_nothing_heavy():
    code = (
        "import sys, framing.report; "
        "print([m for m in ('pandas', 'numpy', 'matplotlib', 'typst') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout.strip() == "[]", done.stderr
