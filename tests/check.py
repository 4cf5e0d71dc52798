"""Run every check of the project in virtual environments that this script makes from the lock files.

    python3 tests/check.py [--fast] [-- PYTEST ARGUMENTS]

It needs Python 3.11 or newer with its standard library; the environments stay in .venvs/ until a lock file changes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT

ROOT = Path(__file__).resolve().parents[1]
VENVS = ROOT / ".venvs"
BIN, EXE = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
SETTINGS = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
TYPED = ("cli.py", "console.py", "commands", "index", "search", "seeds", "tests", "benchmarks")
UNDER_274 = tuple(
    f"test_{module}.py"
    for module in (
        "columns",
        "store",
        "writer",
        "unpickling",
        "foreign_store",
        "catalog",
        "postings",
        "segments",
        "merging",
        "indexer",
        "engine",
        "answers",
        "searcher",
    )
)
# Python says these when it compiles Whoosh 2.7.4, which is of 2016; nothing else is let through.
WARNINGS_OF_274 = (
    "ignore:invalid escape sequence:DeprecationWarning",  # Python 3.11
    "ignore:invalid escape sequence:SyntaxWarning",  # 3.12 and later
    'ignore:"is" with:SyntaxWarning',
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")  # as in tests/browser/conftest.py
PIP_INSTALL = ("-m", "pip", "install", "--quiet")
PROJECT = ("--no-deps", "--no-build-isolation")

failed: list[str] = []


@contextmanager
def output_of(command: tuple[str | Path, ...], cwd: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Start `command` with its output and its complaints in one stream."""
    env = {**os.environ, **SETTINGS, **settings}
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdout=PIPE, stderr=STDOUT, encoding="utf-8", errors="replace"
    ) as process:
        yield process


def step(name: str, *command: str | Path, cwd: Path = ROOT, **settings: str) -> bool:
    """Run `command`, say on one line how it went, show its output if it failed."""
    print(f"{name:<20}", end=" ", flush=True)
    began = time.monotonic()
    with output_of(command, cwd, **settings) as process:
        output = process.communicate()[0]
    good = process.returncode == 0
    print("ok    " if good else "FAILED", f"{time.monotonic() - began:6.1f} s", flush=True)
    if not good:
        failed.append(name)
        print(output.rstrip(), flush=True)
    return good


def shown_step(name: str, *command: str | Path) -> str:
    """Run `command`, pass its output on as it comes, return its last line."""
    print(name, flush=True)
    closing = ""
    with output_of(command, ROOT) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    if process.returncode:
        failed.append(name)
    return closing


def environment(name: str, *, editable: bool = True) -> Path | None:
    """Return the Python of the environment locked in requirements/`name`.txt, made anew if a lock has changed."""
    home = VENVS / name
    python, stamp = home / BIN / f"python{EXE}", home / "stamp"
    locks = [ROOT / "requirements" / f"{lock}.txt" for lock in (name, "build")]
    sources = [sys.version, str(home), *(path.read_text("utf-8") for path in (*locks, ROOT / "pyproject.toml"))]
    wanted = hashlib.sha256("\0".join(sources).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    shutil.rmtree(home, ignore_errors=True)
    required = [part for lock in locks for part in ("-r", lock)]
    made = (
        step(f"{name}: create", sys.executable, "-m", "venv", home)
        and step(f"{name}: install", python, *PIP_INSTALL, "--require-hashes", *required)
        and (not editable or step(f"{name}: link", python, *PIP_INSTALL, *PROJECT, "-e", ROOT))
    )
    if made:
        stamp.write_text(wanted)
    return python if made else None


def style_and_types(python: Path) -> None:
    """Hold the sources against ruff and mypy."""
    typed = [path for name in TYPED if (path := ROOT / name).is_file() or any(path.rglob("*.py"))]
    step("ruff check", python, "-m", "ruff", "check", ".")
    step("ruff format", python, "-m", "ruff", "format", "--check", ".")
    step("mypy", python, "-m", "mypy", "--strict", *typed)


def whoosh_274() -> None:
    """Test what touches Whoosh with its last release as well."""
    tests = [path for name in UNDER_274 if (path := ROOT / "tests" / name).is_file()]
    if tests and (python := environment("whoosh274")):
        warnings = [part for each in ("error", *WARNINGS_OF_274) for part in ("-W", each)]
        step("pytest, Whoosh 2.7.4", python, "-m", "pytest", "-p", "no:cacheprovider", *warnings, *tests)


def in_a_browser() -> None:
    """Drive the pages, and the wikis that show them, with the machine's Chromium."""
    if not any(map(shutil.which, BROWSERS)):
        print(
            f"{'browser':<20} skipped: no Chromium (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk)",
            flush=True,
        )
        if os.environ.get("CI"):  # where everything is to be there
            failed.append("browser")
    elif python := environment("browser"):
        step("browser", python, "-m", "pytest", ROOT / "tests" / "browser")


def installed_command() -> None:
    """Install the project as a wheel, then ask the command a question away from the checkout."""
    python = environment("run", editable=False)
    if python and step("wheel", python, *PIP_INSTALL, *PROJECT, "--force-reinstall", ROOT):
        with tempfile.TemporaryDirectory() as name:
            away = Path(name)
            command = python.with_name(f"seisaku{EXE}")
            step("seisaku", command, "蓄電池 AND amount>1000億", cwd=away, SEISAKU_STORE=str(away / "store"))


def main() -> int:
    """Run every step, name those that failed, end with the last line of the tests."""
    parser = argparse.ArgumentParser(description="Run every check of the project.")
    parser.add_argument(
        "--fast", action="store_true", help="leave out Whoosh 2.7.4, the installed command, the browser"
    )
    parser.add_argument("pytest", nargs="*", help="after --: arguments for pytest")
    options = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is what tells an older Python
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv")
    python = environment("test")
    if python:
        style_and_types(python)
    if not options.fast:
        whoosh_274()
        installed_command()
        in_a_browser()
    closing = shown_step("pytest", python, "-m", "pytest", "--numprocesses=auto", *options.pytest) if python else ""
    if failed:
        print(f"failed: {', '.join(failed)}\n{closing}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
