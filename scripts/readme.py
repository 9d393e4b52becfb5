"""Generate the examples of README.md, COMPARE.md and docs/, the pictures and the sample report.

With `--check`, exit with 1 if a file on disk is stale.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from examples import WIDTH_COLUMNS, Terminal, update_page
from generated import ROOT, write_or_check

PAGES = [ROOT / "README.md", ROOT / "COMPARE.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = {
    ROOT / "docs" / "summary.svg": "bilatcli summary azerbaijan pakistan",
    ROOT / "docs" / "map.svg": "bilatcli map azerbaijan pakistan",
}
REPORT = ROOT / "docs" / "az-pk.html"


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
    """Write the files, or check that they are fresh."""
    with tempfile.TemporaryDirectory() as tools:
        terminal = Terminal(Path(tools))
        files = {page: update_page(page.read_text("utf-8"), terminal) for page in PAGES}
        files |= draw_files(terminal)
    write_or_check({path: text.encode() for path, text in files.items()}, "make readme")


if __name__ == "__main__":
    main()
