"""Generate docs/checks.md from the rules of `bilatcli check`.

python scripts/checks.py             write the page
python scripts/checks.py --check     exit with 1 if the page is stale
"""

from __future__ import annotations

from bilatcli.packs.lint import output
from bilatcli.packs.lint.base import Rule
from generated import ROOT, write_or_check

PAGE = ROOT / "docs" / "checks.md"

BEFORE = """\
# Rules of `bilatcli check`

    bilatcli check notes.toml
    bilatcli check packs/ --select BL2 --ignore stale-figure --format github

Each finding has a place, a severity, a code and a remedy:

    notes.toml:31:13: warning BL203: the figure of `exports-2020` has no date: add `as_of` or `date`

- `--select` and `--ignore` take codes, prefixes of codes and names, separated by commas.
- `--format` is `text`, `json` (schema: `bilatcli schema check`), `github` (workflow commands) or
  `sarif` (2.1.0).
- `--today DATE` checks figures and plans against DATE instead of today.
- `--explain CODE` prints the text of a rule as below. `--list` lists all rules, one per line.

`--fix` fixes what needs no decision, and reports its changes by rule:

- the order of keys (BL301) and spacing (BL302);
- dates that lack quotes or should not have them, that lack a zero (`2026-2-3`), or that have
  slashes or points in a clear order (`2/2026`, `2026.2.3`; not `3/2/2026`). Where a day is asked
  for (`updated`, `checked`), a time is cut off.

Comments stay with their keys, and no content changes. A fixed pack is written only if it loads,
and, if it loaded before, only if its records are the same. Findings excluded by `--select`,
`--ignore` or a comment are not fixed. Texts are never fixed, not even a missing full stop,
because more may be missing.

`--links` also asks the addresses of all sources over the network, and reports what is gone, has
moved, or does not answer (BL401 to BL404). It needs the extra `links` (`pip install
'bilatcli[links]'`), and is the only option of `check` that uses the network.

- Each address gets a `HEAD` request, and a `GET` request if that fails. No page is downloaded.
- The addresses of one host are asked one after the other, with a pause. A host that refuses or
  fails three times in a row is left alone.
- Hosts that are known to refuse robots are not asked. Their addresses are counted. The list is
  `src/bilatcli/packs/lint/refusing-hosts.toml`, with the day on which each refusal was seen.
- With `--json`, `links` has the number of addresses by answer.

The exit code is 0 if there are at most notes, 1 for warnings and errors, and 2 if the command
line is wrong or a file cannot be read.

A comment suppresses findings on its own line. A comment on a line of its own also suppresses
those on the next line:

    value_usd = 1000000  # bilatcli: ignore[BL203]

    # bilatcli: ignore[BL102, BL103]
    id = "old-page"

| code | name | severity |
| --- | --- | --- |
"""


def page() -> str:
    """Return the text of the page."""
    rules = output.sorted_rules()
    rows = "".join(
        f"| [{each.code}](#{each.code.lower()}) | `{each.name}` | {each.severity} |\n"
        for each in rules
    )
    return BEFORE + rows + "".join(map(_section, rules))


def _section(rule: Rule) -> str:
    return f"\n## {rule.code}\n\n`{rule.name}`, {rule.severity}. {rule.explanation}\n"


if __name__ == "__main__":
    write_or_check({PAGE: page().encode()}, "make checks")
