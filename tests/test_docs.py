"""The documentation: it builds without a warning, and what its pages say can be typed works."""

from __future__ import annotations

import ast
import doctest
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from framing import figures
from framing.cli import cli
from framing.extractors import shipped
from framing.text.recipes import Recipe

Run = Callable[..., tuple[int, str, list[str]]]
ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
MADE = ("_build", "api", "figures", "measures", "__pycache__")
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TRAINED = ("train", "evaluate", "label")  # slow; test_readme runs their like
NEEDS_SPHINX = "sphinx and myst-parser are not installed: pip install 'framing-analysis[docs]'"


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


COMMANDS = [line.strip() for page in PAGES for kind, text in blocks(page) if not kind
            for line in text.splitlines()]  # fmt: skip


def test_the_pages_build(tmp_path: Path) -> None:
    """One build, in one test: workers would each build their own."""
    pytest.importorskip("sphinx", reason=NEEDS_SPHINX)
    pytest.importorskip("myst_parser", reason=NEEDS_SPHINX)
    pytest.importorskip("furo", reason=NEEDS_SPHINX)
    source, out = tmp_path / "source", tmp_path / "html"
    shutil.copytree(DOCS, source, ignore=shutil.ignore_patterns(*MADE))
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", source, out]
    done = subprocess.run([*map(str, build)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    has_every_measure_and_figure(out)
    needs_no_network_and_names_no_machine(out)
    prints_what_was_measured(out)


def has_every_measure_and_figure(built: Path) -> None:
    assert all((built / "measures" / f"{name}.html").is_file() for name in shipped())
    page = (built / "figures" / "index.html").read_text("utf-8")
    assert all(f"fr.figures.{name}" in page for name in figures.__all__)
    drawn = re.findall(r'src="\.\./_images/(\w+)\.png"', page)
    assert len(drawn) >= 10 and "outlet_forest" in drawn
    assert not re.search(r'<img alt=""', page)


def needs_no_network_and_names_no_machine(built: Path) -> None:
    for page in built.rglob("*.html"):
        text = page.read_text("utf-8")
        asked = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"', text)
        assert not asked, f"{page.name} loads {asked}"
        machine = [name for name in (str(ROOT), str(Path.home()) + "/", "/tmp/") if name in text]
        assert not machine, f"{page.name} holds {machine}"


def prints_what_was_measured(built: Path) -> None:
    for path in (DOCS / "validity").glob("measures_*.json"):
        for row in json.loads(path.read_text("utf-8"))["rows"]:
            page = (built / "measures" / f"{row['measure']}.html").read_text("utf-8")
            assert f"{row['estimate']:.2f}" in page
    shown = (built / "measures" / "validity.html").read_text("utf-8")
    assert shown.count("<table") >= len(list((DOCS / "validity").glob("frames_*.json")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_python_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    space: dict[str, object] = {}
    failures = 0
    for kind, text in blocks(page):
        if kind == "python":
            exec(compile(text, page.name, "exec"), space)
        elif kind == "pycon":
            test = doctest.DocTestParser().get_doctest(text, space, page.name, str(page), 0)
            failures += doctest.DocTestRunner().run(test, clear_globs=False).failed
            space.update(test.globs)
        elif kind == "toml":
            tomllib.loads(text)
    assert not failures


def parse(args: list[str]) -> click.Context:
    """Let click check a command and its options, without running it."""
    context = click.Context(cli, info_name="framing")
    command: click.Command = cli
    while args and isinstance(command, click.Group):
        _, found, args = command.resolve_command(context, args)
        assert found is not None
        command = found
    return command.make_context(command.name, args)


def test_its_commands_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRAMING_CORPORA", raising=False)
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    known = [line for line in COMMANDS if line]
    assert all(line.startswith(("framing ", "python3 run.py ")) for line in known), known
    for line in known:
        program, *args = shlex.split(line, comments=True)
        if program == "framing":
            parse(args)
        if program == "framing" and args[0] not in TRAINED:
            code, _, err = run(*args)
            assert code == 0, (line, err)


def test_commands_inside_sentences_are_there() -> None:
    quoted = [line for page in PAGES for line in re.findall(r"`(framing [a-z][^`]*)`",
                                                            page.read_text("utf-8"))]  # fmt: skip
    assert len(quoted) > 5
    for line in quoted:
        command: click.Command = cli
        for word in line.split()[1:]:
            if isinstance(command, click.Group):
                assert word in command.commands, line
                command = command.commands[word]


def test_the_recipe_and_the_list_it_shows_can_be_read(run: Run, tmp_path: Path) -> None:
    shown = {kind: text for kind, text in blocks(DOCS / "recipes.md")}["toml"]
    assert set(tomllib.loads(shown)) <= set(Recipe.__dataclass_fields__)
    parts = dict(blocks(DOCS / "add-a-measure.md"))
    assert ast.get_docstring(ast.parse(parts["python"])), "every file says what it is for"
    (tmp_path / "weather_words.tsv").write_text(parts["text"])
    (tmp_path / "weather_words.toml").write_text(parts["toml"])
    code, out, err = run("lexicon", "check", "weather_words.tsv")
    assert code == 0, (out, err)
