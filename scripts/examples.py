"""Run the examples of a page and put their real output in place.

An example is a fenced `console` block. A line that begins with `$ ` is a command for `sh`, lines
after it that begin with `>` continue it, and the other lines are what a terminal shows. A page may
cut the output: a last line `…` leaves out the lines after it, and a line that ends with `…` leaves
out its end. All blocks under one heading run in one new folder, which is also the home folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WIDTH_COLUMNS = 100
REPORT_EPOCH_S = "1795564800"
"""The date printed in a report, 2026-11-25: the same page every day."""

CUT = "…"
JQ = """#!{python}
import json, sys, jq
*options, program = sys.argv[1:]
for value in jq.compile(program).input_text(sys.stdin.read()).all():
    is_raw = "-r" in options and isinstance(value, str)
    print(value if is_raw else json.dumps(value, ensure_ascii=False, separators=(",", ":")))
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
        first, *others = self.command.split("\n")
        lines = [f"$ {first}", *(f"> {line}".rstrip() for line in others)]
        return "".join(f"{line}\n" for line in lines) + self.shown


class Terminal:
    """Run commands as a terminal does, with a folder for programs and one for the cache."""

    def __init__(self, tools: Path, cache: Path | None = None) -> None:
        self.tools = tools
        self.cache = cache or tools / "cache"
        jq = tools / "jq"
        jq.write_text(JQ.format(python=sys.executable), encoding="utf-8")
        jq.chmod(0o755)

    def run(self, command: str, folder: Path, *, is_colored: bool = False) -> str:
        """Return what a terminal shows for a command that runs in a folder, its home."""
        path = [str(Path(sys.executable).parent), str(self.tools), os.environ["PATH"]]
        environment = {
            "PATH": os.pathsep.join(path),
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(self.cache),
            "COLUMNS": str(WIDTH_COLUMNS),
            "PYTHONUTF8": "1",
            "SOURCE_DATE_EPOCH": REPORT_EPOCH_S,
            **({"TERM": "xterm-256color"} if is_colored else {"TERM": "dumb", "NO_COLOR": "1"}),
        }
        # Missing on Windows, where tests import this module all the same.
        import pty

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
        while others and others[0].startswith(">"):
            command.append(others.pop(0).removeprefix(">").removeprefix(" "))
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
                if "Traceback (most recent call last)" in output:
                    raise RuntimeError(f"`{old.command}` failed:\n{output}")
                examples.append(Example(old.command, cut_as_shown(output, old.shown)))
            return "".join(str(example) for example in examples)

        return _CONSOLE.sub(update_block, section)


def update_page(page: str, terminal: Terminal) -> str:
    """Return a page with the output of all its examples renewed."""
    return "".join(update_section(section, terminal) for section in split_sections(page))
