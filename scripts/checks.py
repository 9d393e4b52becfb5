"""Owns docs/checks.md: writes what every rule of `bilatcli check` finds, why, and what to do, from the rules.

python scripts/checks.py             write the page
python scripts/checks.py --check     exit 1 if the page on disk is not what would be written
"""

from __future__ import annotations

import sys
from pathlib import Path

from bilatcli.packs.lint import output
from bilatcli.packs.lint.base import Rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "checks.md"

BEFORE = """\
# What `bilatcli check` questions

    bilatcli check notes.toml
    bilatcli check packs/ --select BL2 --ignore stale-figure --format github

Each finding is told with its place, severity, code, and what to do about it:

    notes.toml:31:13: warning BL203: the figure of `turnover-2020` is of no known time: add `as_of` or `date`

`--select` and `--ignore` take codes, beginnings of codes and names, with commas between. `--format` is `text`, `json`
(`bilatcli schema check`), `github` (workflow commands) or `sarif` (2.1.0). `--today DATE` takes another day than today.
`--explain CODE` prints what stands below, `--list` every rule in a line.

`--fix` mends what needs no thought, and tells by rule what it did: keys in their order (BL301), spacing (BL302), and
dates that stand without quotes or with them where it ought to be the other way round, or that lack a nought
(`2026-2-3`). Comments stay with their keys, and no record changes: a pack is written only where it loads afterwards,
and where it loaded before, only if it says the same. Else a pack that is refused is not touched. What `--select`,
`--ignore` or a comment leaves out is not mended either. A text, a full stop included, is never mended: what is missing
may be more than that.

The exit code is 0 where nothing above a note was found, 1 for warnings and errors, 2 where the command line is wrong or
a file cannot be read.

A comment silences a finding on its own line, or on the line below if it has a line to itself:

    value_usd = 1000000  # bilatcli: ignore[BL203]

    # bilatcli: ignore[BL102, BL103]
    id = "old-page"

| code | name | severity |
| --- | --- | --- |
"""


def page() -> str:
    """Return what the page must hold."""
    rules = output.ordered()
    rows = "".join(
        f"| [{each.code}](#{each.code.lower()}) | `{each.name}` | {each.severity} |\n"
        for each in rules
    )
    return BEFORE + rows + "".join(map(_section, rules))


def _section(rule: Rule) -> str:
    return f"\n## {rule.code}\n\n`{rule.name}`, {rule.severity}. {rule.explanation}\n"


def main() -> None:
    """Write or check."""
    text = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text("utf-8") != text:
            sys.exit("docs/checks.md is stale: run `make checks`")
        return
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
