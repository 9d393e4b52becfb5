"""Build a release into dist/, check it, and run README's examples on it. Nothing is uploaded.

Builds the sdist and the wheel from the checkout, and again from the sdist, which must give the same
bytes. `twine` checks the metadata
and `check-wheel-contents` the files. The wheel is installed into an empty environment outside the
checkout, where README's examples must print what README shows.
"""

from __future__ import annotations

import difflib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from generated import ROOT

DIST = ROOT / "dist"
README = ROOT / "README.md"
IS_WINDOWS = os.name == "nt"
EXAMPLE_EXTRAS = ("jq>=1.8",)
"""What the examples need besides the wheel."""
MAX_DIFF_LINES = 20


class ReleaseError(Exception):
    """A step failed: what, and the output that explains it."""

    def __init__(self, problem: str, details: str = "") -> None:
        super().__init__(problem)
        self.details = details


def run_step(
    problem: str, *command: str | Path, cwd: Path = ROOT, environ: dict[str, str] | None = None
) -> None:
    """Run a command. Raises ReleaseError with the problem and the output if it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )
    if done.returncode:
        raise ReleaseError(problem, done.stdout)


def build(folder: Path, source: Path = ROOT) -> dict[str, bytes]:
    """Build the sdist and the wheel into a new folder. Return their bytes by name."""
    if folder.exists():
        shutil.rmtree(folder)
    command = (sys.executable, "-m", "hatchling", "build", "--directory", folder)
    run_step(f"the build from {source.name} failed", *command, cwd=source)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def build_reproducibly(folder: Path) -> list[Path]:
    """Build into dist/, and from the sdist in a folder. Raises ReleaseError if the bytes differ."""
    built = build(DIST)
    (sdist,) = (name for name in built if name.endswith(".tar.gz"))
    with tarfile.open(fileobj=io.BytesIO(built[sdist])) as archive:
        archive.extractall(folder, filter="data")
    again = build(folder / "again", folder / sdist.removesuffix(".tar.gz"))
    differing = [name for name in built | again if built.get(name) != again.get(name)]
    if differing:
        raise ReleaseError(f"two builds differ in {', '.join(differing)}")
    return [DIST / name for name in built]


def check_contents(files: list[Path]) -> None:
    """Check the metadata of the files and the contents of the wheel."""
    wheels = [file for file in files if file.suffix == ".whl"]
    run_step(
        "twine rejects the metadata", sys.executable, "-m", "twine", "check", "--strict", *files
    )
    run_step(
        "check-wheel-contents rejects the wheel",
        sys.executable,
        "-m",
        "check_wheel_contents",
        *wheels,
    )


def isolate() -> dict[str, str]:
    """Return the variables of this process without those that lead Python to other libraries."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return {**kept, "PYTHONUTF8": "1"}


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel into an empty environment. Return the Python of the environment."""
    run_step("no environment can be made", sys.executable, "-m", "venv", folder)
    python = folder / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    problem = "the wheel cannot be installed"
    run_step(problem, *pip, wheel, *EXAMPLE_EXTRAS, cwd=folder, environ=isolate())
    return python


def compare_examples(python: Path, folder: Path) -> None:
    """Run README's examples with the program of an environment, in an empty folder.

    Raises ReleaseError if they print anything else than README shows.
    """
    page, renew = folder / README.name, folder / "renew.py"
    shutil.copyfile(README, page)

    def run(problem: str, *arguments: str | Path) -> None:
        run_step(problem, python, *arguments, cwd=folder, environ=isolate())

    run("README's Python examples fail", "-m", "doctest", page)
    if IS_WINDOWS:
        # The other examples are commands for `sh`.
        return
    shutil.copyfile(ROOT / "scripts" / "examples.py", folder / "examples.py")
    renew.write_text(RENEW, encoding="utf-8")
    run("README's examples fail", renew, page)
    shown, printed = (path.read_text("utf-8").splitlines() for path in (README, page))
    if shown != printed:
        diff = difflib.unified_diff(shown, printed, "README.md", "printed", lineterm="", n=1)
        details = "\n".join([*diff][:MAX_DIFF_LINES])
        raise ReleaseError("README's examples print something else", details)


RENEW = """
import sys, tempfile
from pathlib import Path
from examples import Terminal, update_page

page = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as tools:
    text = update_page(page.read_text("utf-8"), Terminal(Path(tools)))
page.write_text(text, "utf-8")
"""
"""Renews the examples of a page with the program beside the Python that runs it."""


def release(folder: Path) -> list[Path]:
    """Build, check, install and try a release; `folder` is outside the checkout."""
    files = build_reproducibly(folder)
    check_contents(files)
    (wheel,) = (file for file in files if file.suffix == ".whl")
    work = folder / "work"
    work.mkdir()
    compare_examples(install(wheel, folder / "environment"), work)
    return files


def main() -> None:
    """Make the release, or exit with one line on what failed, after the output of that step."""
    with tempfile.TemporaryDirectory(prefix="bilatcli-release-") as folder:
        try:
            files = release(Path(folder))
        except ReleaseError as error:
            print(error.details.rstrip(), file=sys.stderr)
            sys.exit(f"release: {error}")
    for file in files:
        print(f"{file.relative_to(ROOT)}: built twice alike, checked, README's examples pass")


if __name__ == "__main__":
    main()
