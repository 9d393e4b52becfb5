"""Owns the examples in README.md and docs/, and the pictures: runs each command and puts its real output in place.

An example is a fenced `console` block whose first line is `$ bilatcli …`, if need be with `| jq FILTER` or `| head -N`
behind it. What is printed on standard error comes first, as a terminal shows it.

    python scripts/readme.py             write
    python scripts/readme.py --check     exit 1 if a file on disk is not what would be written
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import jq
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = {
    ROOT / "docs" / "summary.svg": ("bilatcli summary azerbaijan pakistan", "--format", "table"),
    ROOT / "docs" / "map.svg": ("bilatcli map azerbaijan pakistan",),
}
REPORTS = {ROOT / "docs" / "az-pk.html": "bilatcli report azerbaijan pakistan -o -"}
WIDTH = 100
EPOCH = "1795564800"
"""The day that the report is of, 2026-11-25: the same page every day."""

_EXAMPLE = re.compile(r"(?<=```console\n)\$ (bilatcli [^\n]*)\n.*?(?=```)", re.DOTALL)


def output(command: str, *options: str) -> str:
    """Return what a terminal of `WIDTH` columns shows for one call of the installed command."""
    words = [str(Path(sys.executable).with_name("bilatcli")), *shlex.split(command)[1:], *options]
    with tempfile.TemporaryDirectory() as home:
        env = {"PATH": os.environ["PATH"], "HOME": home, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}
        env["SOURCE_DATE_EPOCH"] = EPOCH
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    return done.stderr + done.stdout


def example(line: str) -> str:
    """Return the output of a line with its pipe; without a pipe, and without a format, what a terminal shows."""
    command, *pipe = (part.strip() for part in line.split(" | ", 1))
    if not pipe:
        is_view = not {"--json", "--format", "--style", "--version", "--help", "schema", "map"} & set(
            shlex.split(command)
        )
        return output(command, *(["--format", "table"] if is_view else []))
    tool, *rest = shlex.split(pipe[0])
    printed = output(command)
    if tool == "head":
        return "".join(printed.splitlines(keepends=True)[: int(rest[0].lstrip("-"))])
    if tool != "jq":
        sys.exit(f"an example may only be piped into jq or head, not `{tool}`")
    options, query = rest[:-1], jq.compile(rest[-1])
    values = query.input_text(printed).all()
    if "-r" in options:
        return "".join(f"{value}\n" for value in values)
    return "".join(f"{text}\n" for text in query.input_text(printed).text().splitlines())


def filled(page: str) -> str:
    """Return a page with the output of every example renewed."""
    return _EXAMPLE.sub(lambda found: f"$ {found[1]}\n{example(found[1])}", page)


def picture(command: str, *options: str) -> str:
    """Return an SVG of what a terminal shows in colour, with no font from elsewhere."""
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 -- no file
    console.print(Text.from_ansi(output(command, *options, "--color", "always")), soft_wrap=True)
    plain = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title=command, code_format=plain)


def main() -> None:
    """Write or check."""
    wanted = {page: filled(page.read_text(encoding="utf-8")) for page in PAGES}
    wanted |= {path: picture(*command) for path, command in PICTURES.items()}
    wanted |= {path: output(command) for path, command in REPORTS.items()}
    if "--check" in sys.argv:
        stale = [page for page, text in wanted.items() if not page.exists() or page.read_text("utf-8") != text]
        if stale:
            names = ", ".join(page.name for page in stale)
            sys.exit(f"examples are stale ({names}): run `make readme`")
        return
    for page, text in wanted.items():
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
