"""Packs with tables for tests: their files, and the pack that says the same without a table."""

from __future__ import annotations

from pathlib import Path

HEAD = """\
[pack]
name = "votes"
title = "Votes"
licence = "CC0-1.0"
updated = 2026-11-28
coverage = "generated"

[[source]]
id = "roll-calls"
type = "dataset"
title = "Roll calls of an assembly"
issued = "2020"
reliability = "dataset"

[[source]]
id = "yearbook"
type = "book"
title = "A yearbook"
reliability = "academic"
"""

TABLE = """
[[table]]
id = "votes"
file = "votes.csv"
topic = "diplomacy"
columns = {year = "year", alike = "integer", percent = "number?"}
text = [
  "In {year} {a:the} and {b:the} voted alike in {alike} {alike:vote|votes} ({percent:.0f} %).",
  "In {year} {a:the} and {b:the} voted alike in {alike} {alike:vote|votes}.",
]
date = "{year}"
sources = ["roll-calls"]
verification = "cited"
keep = "newest"
"""

ROWS = """\
a,b,year,alike,percent
FJ,IS,2001,1,50.5
IS,FJ,2003,12,
FJ,US,2003,7,70
"""


def write_table_pack(
    folder: Path, *, pack: str = HEAD + TABLE, name: str = "votes", **files: str
) -> Path:
    """Write a pack and the CSV files of its tables, each given by its name; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, rows in (files or {"votes": ROWS}).items():
        (folder / f"{file}.csv").write_text(rows, "utf-8", newline="")
    path = folder / f"{name}.toml"
    path.write_text(pack, "utf-8")
    return path
