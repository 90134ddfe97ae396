"""An evaluation on disk: one JSON, a CSV a table, the figures, and a page to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from framing.frames.card import scores_text
from framing.tables import write_table

if TYPE_CHECKING:
    from framing.frames.evaluation import Evaluation

TABLES = ("scores", "frames", "reliability", "groups", "confusion", "learning", "leaks")


def write(evaluation: Evaluation, folder: Path) -> Path:
    """Write `CARD.md`, `metrics.json`, the tables as CSV, and the figures; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = evaluation.as_dict()
    text = json.dumps(found, indent=1, ensure_ascii=False)
    (folder / "metrics.json").write_text(text + "\n", "utf-8")
    (folder / "CARD.md").write_text("\n".join(["# Scores", "", *scores_text(found)]), "utf-8")
    for name in TABLES:
        table = getattr(evaluation, name)
        if len(table):
            write_table(table, folder / f"{name}.csv")
    draw(evaluation, folder)
    return folder


def draw(evaluation: Evaluation, folder: Path) -> None:
    """Draw confusion, reliability, errors by group and the learning curve, where there is data."""
    from framing import figures

    drawn = {
        "confusion": evaluation.confusion, "reliability": evaluation.reliability,
        "group_errors": evaluation.groups, "learning_curve": evaluation.learning,
    }  # fmt: skip
    if evaluation.facts.get("kind") == "multi":
        del drawn["confusion"]  # frames do not exclude one another: frames.csv tells it
    for name, table in drawn.items():
        if len(table) and ("estimate" not in table or table["estimate"].notna().any()):
            axes = getattr(figures, name)(table)
            figures.save(axes.figure, folder / name)
