"""The architecture: floors, sizes, names, and what an import may load."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import framing

ROOT = Path(framing.__file__).parents[1]
PACKAGE = ROOT / "framing"
FILES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "framing.amounts": 0, "framing.tables": 0,
    "framing.text": 1, "framing.measures": 1, "framing.figures": 1, "framing.report": 1,
    "framing.inflect": 2, "framing.lexicon": 2, "framing.guards": 2, "framing.matcher": 2,
    "framing.engine": 3, "framing.hitrows": 3, "framing.scoring": 3, "framing.hitsfile": 3,
    "framing.speech": 3, "framing.progress": 0, "framing.keyterms": 3,
    "framing.comparison": 3, "framing.audit": 3, "framing.slant_lexicon": 5,
    "framing.extractors": 4,
    "framing.frames": 5, "framing.dictionaries": 5,
    "framing.usage": 6, "framing.phrases": 6, "framing.standard_report": 6, "framing.doctor": 6,
    "framing.cli": 6,
    "framing.command_input": 6, "framing.command_frames": 6,
    "framing.command_measures": 6, "framing.command_corpora": 6,
    "framing.face": 6, "framing.explorer": 6, "framing.command_audit": 6,
    "framing.__main__": 6, "framing": 6,
}  # fmt: skip


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2])


def imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: import by the full name"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                is_module = (ROOT / Path(*name.split("."))).with_suffix(".py").exists()
                found.append((node.lineno, name if is_module else node.module))
    return found


def wrong_imports(path: Path, name: str) -> list[str]:
    mine, floor = room(name), FLOORS[room(name)]
    wrong = []
    for line, target in imports(path):
        if target.split(".")[0] != "framing" or target == "framing":
            continue
        other = room(target)
        assert other in FLOORS, f"{path}:{line}: {other} has no floor; add it to FLOORS"
        # the engine floor and the top floor are rooms of one wing; floor 1 has four of its own
        same_wing = other == mine or (FLOORS[other] == floor and floor in (2, 3, 6))
        if not (FLOORS[other] < floor or same_wing):
            wrong.append(f"{path.relative_to(ROOT)}:{line}: floor {floor} imports {target}")
    return wrong


def test_every_room_imports_only_from_floors_below() -> None:
    wrong = [line for path in FILES for line in wrong_imports(path, module_name(path))]
    assert not wrong, "\n".join(wrong)


def test_the_import_check_can_fail(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from framing.extractors.base import Extractor\n")
    monkey = wrong_imports.__globals__
    original, monkey["ROOT"] = monkey["ROOT"], tmp_path
    try:
        assert wrong_imports(bad, "framing.text.bad")
    finally:
        monkey["ROOT"] = original


def test_no_import_circles() -> None:
    graph: dict[str, set[str]] = {}
    for path in FILES:
        tree = ast.parse(path.read_text())
        top = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
        lines = {n.lineno for n in top}
        graph[module_name(path)] = {name for line, name in imports(path) if line in lines}

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph.get(start, ()))
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += graph.get(one, ())
        return seen

    circles = [name for name in graph if name != "framing" and name in reach(name)]
    assert not circles, circles


def test_files_are_short_and_say_what_they_are() -> None:
    faults = []
    for path in FILES:
        text = path.read_text()
        lines = text.count("\n")
        name = path.relative_to(ROOT)
        if lines > 400:
            faults.append(f"{name}: {lines} lines, at most 400")
        if path.stem in ("utils", "helpers", "common", "misc"):
            faults.append(f"{name}: name it after what it does")
        if not ast.get_docstring(ast.parse(text)):
            faults.append(f"{name}: the first line must say what the file is for")
    assert not faults, "\n".join(faults)


def test_functions_are_short_and_take_few_parameters() -> None:
    faults = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            body = node.body[1:] if ast.get_docstring(node) else node.body
            size = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            if size > 50:
                faults.append(f"{where}: {size} lines, at most 50")
            args = node.args
            count = len([a for a in [*args.args, *args.kwonlyargs] if a.arg not in ("self", "cls")])
            commands = path.name == "cli.py" or path.name.startswith("command_")
            free = node.name == "__init__" or "figures" in path.parts or commands
            if count > 7 and not free:
                faults.append(f"{where}: {count} parameters, at most 7")
    assert not faults, "\n".join(faults)


def test_no_pickle_no_guarded_imports() -> None:
    faults = []
    for path in FILES:
        tree = ast.parse(path.read_text())
        for line, name in imports(path):
            if name.split(".")[0] in ("pickle", "joblib", "dill", "shelve", "marshal"):
                faults.append(f"{path}:{line}: {name}")
        for node in ast.walk(tree):
            if isinstance(node, ast.Try) and path.name != "extras.py":
                inside = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                caught = ast.dump(ast.Module([*node.handlers], []))  # type: ignore[list-item]
                if inside and re.search("ImportError|ModuleNotFoundError", caught):
                    faults.append(f"{path}:{node.lineno}: try/except import")
    assert not faults, "\n".join(map(str, faults))


def test_the_face_hands_on_about_fifteen_names() -> None:
    assert 10 <= len(framing.__all__) <= 18
    assert dir(framing) == framing.__all__
    for name in framing.__all__:
        assert getattr(framing, name).__doc__, f"{name} has no docstring"


HEAVY = (
    "numpy",
    "pandas",
    "scipy",
    "sklearn",
    "nltk",
    "matplotlib",
    "statsmodels",
    "pyarrow",
    "typst",
)


@pytest.mark.parametrize("module", ["framing", "framing.cli"])
def test_import_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == []


TOY_PY = '''"""Colour words."""

from framing.extractors.base import Extractor


class ColourWords(Extractor):
    """Words for colours."""

    name = "colour_words"
'''
TOY_TOML = """id = "colour_words"
title = "Colours"
definition = "Words for colours."
source = "Written for this test."
licence = "CC0-1.0"
version = "0.1.0"

[labels]
colour = "A colour."

[codebook]
construct = "Colour."
rule = "Every word of the list."
known_failures = ["Names."]
positive = ["A mauve door."]
negative = ["A door."]

[[entries]]
entry = "mauve"
label = "colour"
strength = "1"
"""


def test_a_measure_is_one_py_and_one_toml(tmp_path: Path) -> None:
    """In a copy of the package a toy measure appears in the CLI, the scores and the laws."""
    copy = tmp_path / "copy"
    ignore = shutil.ignore_patterns("__pycache__", ".venv", ".git", "reports")
    for folder in ("framing", "tests", "corpora"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "framing/extractors/colour_words.py").write_text(TOY_PY)
    (copy / "framing/lexicons/colour_words.toml").write_text(TOY_TOML)
    (copy / "in.jsonl").write_text('{"id": "a", "text": "A mauve door."}\n')

    def run(*args: str) -> str:
        out = subprocess.run(
            [sys.executable, *args], cwd=copy, capture_output=True, text=True, check=False,
            env={"PYTHONPATH": str(copy), "PATH": ""},
        )  # fmt: skip
        assert out.returncode == 0, out.stdout + out.stderr
        return out.stdout

    assert "colour_words" in run("-m", "framing", "extractors")
    scores = run("-m", "framing", "score", "in.jsonl", "--min-words", "0")
    assert json.loads(scores)["colour_words.outlet.count"] == 1
    laws = run("-m", "pytest", "-p", "no:cacheprovider", "tests/test_laws.py", "-k", "colour_words")
    assert re.search(r"[1-9]\d* passed", laws)
