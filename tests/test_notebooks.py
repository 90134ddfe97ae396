"""Every notebook runs from top to bottom, is thin, and is stored without outputs."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

DRAWS = re.compile(r"^(?:\w+ = )?fr\.figures\.(?!save|style|plotted|marked_html|comparison_table)",
                   re.MULTILINE)  # fmt: skip
ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_the_notebooks_are_there() -> None:
    names = {path.stem for path in NOTEBOOKS}
    wanted = "00_quickstart 01_one_article 02_comparing_outlets 03_historical_comparisons"
    assert set(wanted.split()) <= names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_thin_and_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert not cell.outputs and cell.execution_count is None, "strip the outputs"
            tree = ast.parse(cell.source)
            defined = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
            assert not defined, "a notebook defines nothing; put it into the package"
            assert len(cell.source.splitlines()) <= 15


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path, tmp_path: Path) -> None:
    for folder in ("notebooks", "reports"):
        (tmp_path / folder).mkdir()
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path / "notebooks")}},
    )  # fmt: skip
    client.execute()
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    drawn = sum("image/png" in output.get("data", {}) for output in outputs)
    asked = sum(bool(DRAWS.search(cell.source)) for cell in notebook.cells)
    assert 1 <= asked <= drawn, f"{asked} cells draw a figure, {drawn} show one"
    said = "".join(o.text for o in outputs if o.output_type == "stream")
    assert "Warning" not in said or "clusters" in said
