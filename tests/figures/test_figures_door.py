"""The room's door: lazy, complete, and never hidden by a file of the same name."""

import subprocess
import sys
from pathlib import Path

import framing.figures as door


def test_import_loads_nothing_heavy():
    code = "import sys, framing.figures; print({'matplotlib', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_name_is_there_after_every_file_was_imported():
    files = {path.stem for path in Path(door.__file__).parent.glob("*.py")} - {"__init__"}
    for stem in files:
        __import__(f"framing.figures.{stem}")
    assert not files & set(door.__all__)
    assert all(callable(getattr(door, name)) for name in door.__all__)
    assert dir(door) == sorted(door.__all__)


def test_unknown_name_is_an_attribute_error():
    assert not hasattr(door, "pie_chart")
