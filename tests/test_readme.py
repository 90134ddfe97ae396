"""What README.md says can be typed works: its commands and its Python."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
LINES = [line.strip() for kind, block in BLOCKS if kind != "python" for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("framing ")]
PYTHON = [block for kind, block in BLOCKS if kind == "python"]
ARTICLES = """key,text,source,event
a,"Ministers slammed the vile tram scheme on Monday, and nobody answered.",Mercury,tram
b,"The council agreed the tram plan on Monday, and nobody answered.",Herald,tram
c,"Landlords slammed the cap on rents as the council looked on.",Mercury,rents
d,"Tenants welcomed the cap on rents as the council looked on.",Herald,rents
"""


MONEY = ("Rents climb in", "A bank shuts in", "Wages fall in", "Taxes double in", "Firms hire in")
CRIME = ("Police arrest a man in", "Court jails a thief of", "Two stabbed in", "Robber flees",
         "Detectives search a house in")  # fmt: skip
TOWNS = ("Ashby Vale", "Brock Hill", "Caster Mere", "Dunmow Green", "Elling Sands")


def coded() -> str:
    """Headlines with one of two frames, of two outlets."""
    rows = ["doc_id,text,frame,outlet"]
    for number, town in enumerate(TOWNS):
        for frame, starts in (("economic", MONEY), ("crime_and_punishment", CRIME)):
            outlet = ("Mercury", "Herald")[number % 2]
            rows += [
                f"{town}-{frame}-{n},{s} {town},{frame},{outlet}" for n, s in enumerate(starts)
            ]
    return "\n".join(rows) + "\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with what the README takes for granted."""
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    (tmp_path / "articles.csv").write_text(ARTICLES)
    for name in ("coded.csv", "other.csv"):
        (tmp_path / name).write_text(coded())
    (tmp_path / "my_words.tsv").write_text("entry\tlabel\tstrength\nvile\thot\t3\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_has_commands_and_python():
    assert len(COMMANDS) >= 5 and PYTHON
    known = ("framing ", "python3 run.py ", "uv ")
    assert all(line.startswith(known) for line in LINES if line), LINES
    tasks = {line.split()[2] for line in LINES if line.startswith("python3 run.py")}
    text = (ROOT / "run.py").read_text()
    assert tasks and all(f'"{task}"' in text for task in tasks)


def test_the_commands_run_one_after_the_other(run, place):
    for line in COMMANDS:
        args = shlex.split(line, comments=True)[1:]
        code, out, err = run(*args)
        assert code == 0, (line, err)
        wanted = args[args.index("--out") + 1] if "--out" in args else None
        assert (place / wanted).stat().st_size if wanted else out, line


def test_the_columns_of_its_tables_are_there(run, place):
    run("annotate", "articles.csv", "--map", "outlet=source", "--out", "hits.parquet")
    seen: set[str] = set()
    for args in (["annotate", "articles.csv"], ["score", "hits.parquet"],
                 ["score", "hits.parquet", "--out", "s.csv"], ["compare", "s.csv"],
                 ["label", "articles.csv", "--classifier", "policy-frames-lexicon"]):  # fmt: skip
        code, out, _ = run(*args)
        assert code == 0
        seen |= set(json.loads(out.splitlines()[0])) if out else set()
    tables = re.findall(
        r"^\| (?:hits|scores|labels|estimates) \|.*\| (.+) \|$", README, re.MULTILINE
    )
    assert len(tables) == 4
    names = [name for cell in tables for code in re.findall("`(.+?)`", cell)
             for name in code.split() if not re.match(r"<|\.\.\.", name)]  # fmt: skip
    assert len(names) > 20 and set(names) <= seen, set(names) - seen


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_its_python_runs(number, place, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    before = set(os.listdir(place))
    exec(compile(PYTHON[number], "README.md", "exec"), {})
    for name in re.findall(r'save\("([^"]+)"\)', PYTHON[number]):
        assert name not in before
        assert (place / name).read_bytes().startswith(b"%PDF")


def test_the_files_it_names_are_there():
    for name in ("CITATION.cff", "CONTRIBUTING.md", "tests/benchmarks/run.py", "run.py"):
        assert name in README and (ROOT / name).is_file()
