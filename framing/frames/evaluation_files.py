"""An evaluation on disk: one JSON, a CSV a table, the figures, and a page to read."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from framing.frames.card import scores_text
from framing.tables import need_folder, write_table

if TYPE_CHECKING:
    from framing.frames.evaluation import Evaluation

TABLES = ("scores", "frames", "reliability", "groups", "confusion", "learning", "leaks")
FIGURES = ("confusion", "reliability", "group_errors", "learning_curve")
KINDS = ("pdf", "svg", "png", "csv", "txt")
OURS = [f"{name}.csv" for name in TABLES] + [f"{name}.{kind}" for name in FIGURES for kind in KINDS]


def write(evaluation: Evaluation, folder: Path) -> Path:
    """Write `CARD.md`, `metrics.json`, the tables as CSV, and the figures; return the folder.

    All of it or nothing: files of an earlier evaluation are replaced, other files stay.
    """
    need_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    home = folder if folder.is_dir() else folder.parent
    with tempfile.TemporaryDirectory(prefix=".evaluation-", dir=home) as name:
        made = Path(name)
        found = evaluation.as_dict()
        text = json.dumps(found, indent=1, ensure_ascii=False)
        (made / "metrics.json").write_text(text + "\n", "utf-8")
        (made / "CARD.md").write_text("\n".join(["# Scores", "", *scores_text(found)]), "utf-8")
        for table_name in TABLES:
            table = getattr(evaluation, table_name)
            if len(table):
                write_table(table, made / f"{table_name}.csv")
        draw(evaluation, made)
        folder.mkdir(exist_ok=True)
        for old in OURS:
            (folder / old).unlink(missing_ok=True)
        for file in made.iterdir():
            file.replace(folder / file.name)
    return folder


def draw(evaluation: Evaluation, folder: Path) -> None:
    """Draw confusion, reliability, errors by group and the learning curve, where there is data."""
    from framing import figures

    tables = (evaluation.confusion, evaluation.reliability, evaluation.groups, evaluation.learning)
    drawn = dict(zip(FIGURES, tables, strict=True))
    if evaluation.facts.get("kind") == "multi":
        del drawn["confusion"]  # frames do not exclude one another: frames.csv tells it
    for name, table in drawn.items():
        if len(table) and ("estimate" not in table or table["estimate"].notna().any()):
            axes = getattr(figures, name)(table)
            figures.save(axes.figure, folder / name)
