"""What tests of several rooms need: the program, run as a user runs it."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers that each take both cores wait

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from framing import cli


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Callable[..., tuple[int, str, list[str]]]]:
    """Run `framing` in this process, in an empty folder: status, output, lines of errors."""
    monkeypatch.chdir(tmp_path)

    def call(*args: object, stdin: bytes = b"") -> tuple[int, str, list[str]]:
        monkeypatch.setattr(sys, "argv", ["framing", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err.splitlines()

    yield call
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
