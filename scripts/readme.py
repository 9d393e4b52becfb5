"""Run the examples of the documents and write their real output into the pages.

An example is a fenced `console` block. A line that begins with `$ ` is a command for `sh`, lines
after it that begin with `> ` continue it, and the other lines are what a terminal shows. A page may
cut the output: a last line `…` leaves out the lines after it, and a line that ends with `…` leaves
out its end. All blocks under one heading run in one new folder, which is also the home folder.

    python scripts/readme.py             write pages, pictures and the sample report
    python scripts/readme.py --check     exit 1 if a file on disk is out of date
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "COMPARE.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = {
    ROOT / "docs" / "summary.svg": "bilatcli summary azerbaijan pakistan",
    ROOT / "docs" / "map.svg": "bilatcli map azerbaijan pakistan",
}
REPORT = ROOT / "docs" / "az-pk.html"
WIDTH_COLUMNS = 100
REPORT_EPOCH_S = "1795564800"
"""The date printed in the sample report, 2026-11-25: the same page every day."""

CUT = "…"
JQ = """#!{python}
import json, sys, jq
*options, program = sys.argv[1:]
for value in jq.compile(program).input_text(sys.stdin.read()).all():
    is_raw = "-r" in options and isinstance(value, str)
    print(value if is_raw else json.dumps(value, ensure_ascii=False))
"""
"""A `jq` that knows `-r` and `-c`: the program may be missing, the `jq` module is installed."""

_HEADING = re.compile(r"^(?=#{1,6} )", re.MULTILINE)
_CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command of a page and the output that the page shows for it."""

    command: str
    shown: str

    def __str__(self) -> str:
        return "$ " + self.command.replace("\n", "\n> ") + "\n" + self.shown


class Terminal:
    """Run commands as a terminal does; `tools` is a folder for the cache and for programs."""

    def __init__(self, tools: Path) -> None:
        self.tools = tools
        jq = tools / "jq"
        jq.write_text(JQ.format(python=sys.executable), encoding="utf-8")
        jq.chmod(0o755)

    def run(self, command: str, folder: Path, *, is_colored: bool = False) -> str:
        """Return what a terminal shows for a command that runs in a folder, its home."""
        path = [str(Path(sys.executable).parent), str(self.tools), os.environ["PATH"]]
        environment = {
            "PATH": os.pathsep.join(path),
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(self.tools / "cache"),
            "COLUMNS": str(WIDTH_COLUMNS),
            "PYTHONUTF8": "1",
            "SOURCE_DATE_EPOCH": REPORT_EPOCH_S,
            **({"TERM": "xterm-256color"} if is_colored else {"TERM": "dumb", "NO_COLOR": "1"}),
        }
        reader, writer = pty.openpty()
        process = subprocess.Popen(
            ["sh", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=writer,
        )
        os.close(writer)
        shown = b"".join(_read_until_closed(reader))
        os.close(reader)
        process.wait()
        # A progress bar that has been erased leaves an empty line.
        return shown.decode().replace("\r\n", "\n").lstrip("\n")


def _read_until_closed(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux reports so that no process has the terminal open any more.
            return
        if not part:
            return
        yield part


def split_sections(page: str) -> list[str]:
    """Return the parts of a page: each begins with a heading, and joined they are the page."""
    parts = [""]
    for part in _HEADING.split(page):
        is_in_block = parts[-1].count("\n```") % 2  # A line such as `# comment` is no heading.
        if is_in_block:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def parse_block(block: str) -> list[Example]:
    """Return the examples of one console block."""
    examples: list[Example] = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        first, *others = part.splitlines(keepends=True)
        command = [first]
        while others and others[0].startswith("> "):
            command.append(others.pop(0).removeprefix("> "))
        examples.append(Example("".join(command).rstrip("\n"), "".join(others)))
    return examples


def cut_as_shown(output: str, shown: str) -> str:
    """Return an output, cut in the places where the page cuts it."""
    lines, pattern = [line.rstrip() for line in output.splitlines()], shown.splitlines()
    if pattern and pattern[-1] == CUT and len(lines) >= len(pattern):
        lines[len(pattern) - 1 :] = [CUT]
    for place, line in enumerate(pattern[: len(lines)]):
        if line.endswith(CUT) and len(line) <= len(lines[place]):
            lines[place] = lines[place][: len(line) - 1] + CUT
    return "".join(f"{line}\n" for line in lines)


def update_section(section: str, terminal: Terminal) -> str:
    """Return a section with the output of its examples renewed."""
    if not _CONSOLE.search(section):
        return section
    with tempfile.TemporaryDirectory() as folder:

        def update_block(found: re.Match[str]) -> str:
            examples = []
            for old in parse_block(found[1]):
                output = terminal.run(old.command, Path(folder))
                examples.append(Example(old.command, cut_as_shown(output, old.shown)))
            return "".join(str(example) for example in examples)

        return _CONSOLE.sub(update_block, section)


def update_page(page: str, terminal: Terminal) -> str:
    """Return a page with the output of all its examples renewed."""
    return "".join(update_section(section, terminal) for section in split_sections(page))


def draw_picture(command: str, terminal: Terminal) -> str:
    """Return an SVG of what a terminal shows in colour, without fonts from the network."""
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w", encoding="utf-8") as null:
        console = Console(record=True, width=WIDTH_COLUMNS, file=null)
        shown = terminal.run(command, Path(folder), is_colored=True)
        console.print(Text.from_ansi(shown), soft_wrap=True)
    plain = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title=command, code_format=plain)


def write_report(terminal: Terminal) -> str:
    """Return the sample report, an HTML page."""
    with tempfile.TemporaryDirectory() as folder:
        terminal.run("bilatcli report azerbaijan pakistan -o report.html", Path(folder))
        return Path(folder, "report.html").read_text("utf-8")


def draw_files(terminal: Terminal) -> dict[Path, str]:
    """Return the pictures and the sample report, by file."""
    pictures = {path: draw_picture(command, terminal) for path, command in PICTURES.items()}
    return {**pictures, REPORT: write_report(terminal)}


def main() -> None:
    """Write the files, or check that they are up to date."""
    with tempfile.TemporaryDirectory() as tools:
        terminal = Terminal(Path(tools))
        wanted = {page: update_page(page.read_text("utf-8"), terminal) for page in PAGES}
        wanted |= draw_files(terminal)
    stale = {
        path: text
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    }
    if "--check" not in sys.argv:
        for path, text in stale.items():
            path.write_text(text, encoding="utf-8")
    elif stale:
        names = ", ".join(path.name for path in stale)
        sys.exit(f"examples are out of date ({names}): run `make readme`")


if __name__ == "__main__":
    main()
