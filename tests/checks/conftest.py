"""Long checks on published corpora; each leaves a table in docs/validity."""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

CORPORA = Path(os.environ.get("FRAMING_CORPORA") or "missing")
OUT = Path(__file__).parents[2] / "docs" / "validity"
REAL = "FRAMING_CORPORA is not set: published corpora cannot be shipped"
LIBRARIES = ("framing-analysis", "numpy", "scikit-learn")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.check)
            item.add_marker(pytest.mark.skipif(not CORPORA.is_dir(), reason=REAL))


@pytest.fixture
def corpora() -> Path:
    return CORPORA


@pytest.fixture
def record() -> Callable[..., None]:
    """Write rows to docs/validity/NAME.json with date, versions and hashes of the corpora."""

    def write(name: str, rows: list[dict[str, Any]], used: list[Path]) -> None:
        page = {
            "date": datetime.now(UTC).date().isoformat(),
            "python": platform.python_version(),
            "versions": {library: version(library) for library in LIBRARIES},
            "corpora": {str(path.relative_to(CORPORA)): _digest(path) for path in used},
            "rows": [_rounded(row) for row in rows],
        }
        text = json.dumps(page, indent=1, ensure_ascii=False, allow_nan=False)
        (OUT / f"{name}.json").write_text(text + "\n", "utf-8")

    return write


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with four decimals; what is not a number is null, as JSON has no NaN."""
    kept = {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()}
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in kept.items()}


def _digest(path: Path) -> str:
    """Return a hash of a file, or of the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
