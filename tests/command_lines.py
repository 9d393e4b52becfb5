"""Command lines of every view and command, for tests of what holds for all of them."""

from __future__ import annotations

from pathlib import Path

from bilatcli.views import VIEWS

OTHER_WORDS = {"show", "search", "diff", "list", "latest"}
"""Views whose words are not a pair of countries."""

LINES = (
    *(f"{view} az pk" for view in sorted(set(VIEWS) - OTHER_WORDS)),
    "show az-pk/recognition-1991",
    "search kashmir",
    "latest --country pk",
    "topics",
    "help words",
    "diff az pk 2000 2020",
    "list --curated",
    "facts azerbaijn pakistn --format table --color always",
    "cite az pk --style apa",
    "cite az pk --style bibtex",
    "batch",
    "mcp",
    "completion bash",
    "schema facts",
    "map az pk",
    "map az pk --svg map.svg",
    "new az is -o new.toml",
    "check new.toml",
    "compare new.toml new.toml",
    "import refs.bib new.toml --reliability news",
    "export tables",
    "export tables-of-parquet --format parquet",
    "export tables.sqlite",
    "report az pk -o page.html --style apa",
    "report az pk -o page.md",
    "facts az pk --data new.toml",
    "refresh draft.md",
    "verify Pakistan recognised Azerbaijan in 1991.",
    "--help",
    "--version",
    "--complete facts az",
)
"""In this order: later ones use the files of earlier ones."""

BIB = "@book{a, title = {T}, year = {2001}, url = {https://example.org/a}, doi = {10.1000/182}}\n"
STDIN = "facts az pk\n"
"""What each command gets as standard input."""

_DRAFT = "<!-- bilatcli: az-pk/recognition-1991 -->"


def write_inputs(folder: Path) -> None:
    """Write the files that the command lines read."""
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / "draft.md").write_text(_DRAFT, encoding="utf-8")
