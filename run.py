"""Set up and run the project on a machine that has only Python: demo, test, lab, docs, check.

    python3 run.py demo    analyse the demonstration corpus, write reports/demo.pdf
    python3 run.py test    run the linter, the type checker and the test suite
    python3 run.py lab     open JupyterLab on the first notebook
    python3 run.py docs    build the documentation into docs/_build
    python3 run.py check   run the long checks and the benchmarks

Uses the standard library only; everything is installed into .venv beside this file. Words behind
`test` and `check` are handed on to pytest.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "framing-installed.txt"
OLDEST = (3, 11)
EXTRAS = {"demo": (), "test": ("test",), "lab": ("lab",), "docs": ("docs",), "check": ("test",)}


def fail(message):
    sys.exit(f"run.py: {message}")


def python_of(venv):
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return venv / folder / name


def activation():
    """What to type once in a shell so that `framing` is found there."""
    return r".venv\Scripts\activate" if os.name == "nt" else "source .venv/bin/activate"


def fingerprint():
    """What an installation depends on: the project's files and this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def installed():
    """Return the extras that the stamp says are installed; None if it is missing or stale."""
    if not (STAMP.is_file() and python_of(VENV).is_file()):
        return None
    first, *extras = STAMP.read_text().split()
    return set(extras) if first == fingerprint() else None


def run(command, **options):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **options)
    return done.returncode


def create_venv(uv):
    if uv:
        code = run(
            [uv, "venv", "--quiet", "--allow-existing", "--seed", "--python", sys.executable, VENV]
        )
    else:
        code = run([sys.executable, "-m", "venv", VENV])
    if code:
        fail("cannot make a virtual environment; on Debian and Ubuntu install python3-venv")


def set_up(extras):
    """Install the project with `extras` into .venv unless that has been done."""
    done = installed()
    if done is not None and set(extras) <= done:
        return
    wanted = sorted(set(extras) | (done or set()))
    named = ", ".join(wanted) or "no extras"
    print(f"run.py: setting up .venv ({named}); this takes a minute or two", flush=True)
    uv = shutil.which("uv")
    STAMP.unlink(missing_ok=True)
    if not python_of(VENV).is_file():
        create_venv(uv)
    target = f"{ROOT}[{','.join(wanted)}]" if wanted else str(ROOT)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", python_of(VENV)]
    else:
        command = [python_of(VENV), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    if run([*command, "-c", ROOT / "constraints.txt", "-e", target]):
        fail("the installation failed, see the lines above; a package index must be reachable")
    STAMP.write_text(" ".join([fingerprint(), *wanted]))


def demo(args):
    out = ROOT / "reports" / "demo.pdf"
    command = [python_of(VENV), "-m", "framing", "report", ROOT / "corpora" / "newsstand"]
    code = run([*command, "--title", "Framing in four invented newspapers", "--out", out, *args])
    if code == 0:
        print(f"The report: {out}\nIts tables: {out.with_name('demo_tables')}")
        print(f"To call `framing` by its name: {activation()}")
    return code


def test(args):
    tool = [python_of(VENV), "-m"]
    steps = [
        [*tool, "ruff", "check"],
        [*tool, "mypy"],
        [*tool, "pytest", "-n", "2", "--dist", "worksteal", *args],
    ]
    return next((code for code in map(run, steps) if code), 0)


def lab(args):
    return run([python_of(VENV), "-m", "jupyterlab", "notebooks/00_quickstart.ipynb", *args])


def docs(args):
    code = run([python_of(VENV), "-m", "sphinx", "-q", "docs", "docs/_build", *args])
    if code == 0:
        print(f"The documentation: {ROOT / 'docs' / '_build' / 'index.html'}")
    return code


def check(args):
    tool = [python_of(VENV), "-m", "pytest", "-m", "check", "-o", "addopts=-q", *args]
    code = run(tool)
    if code == 5:
        print("run.py: no long check is written yet")
        code = 0
    return code or run([python_of(VENV), "tests/benchmarks/run.py"])


def main():
    commands = {"demo": demo, "test": test, "lab": lab, "docs": docs, "check": check}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in ("-h", "--help", ""):
        print(__doc__)
        return 0 if name else 2
    if name not in commands:
        fail(f"no command '{name}'; there are {', '.join(commands)}")
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:2]))
        fail(f"this is Python {have}; {'.'.join(map(str, OLDEST))} or newer is needed")
    set_up(EXTRAS[name])
    return commands[name](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
