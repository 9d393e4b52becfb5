"""Add what changed in the curated packs to `data/CHANGELOG.md`, as `bilatcli compare` finds it.

    git worktree add /tmp/old LAST_EDITION
    python scripts/pack_changes.py /tmp/old/data

A section lists the facts that are new, superseded, retracted, removed, less verified, or that say
something else. Facts with more sources, passages or a higher verification are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bilatcli.packs.comparison import Change, compare_editions
from bilatcli.packs.edition import load_editions
from bilatcli.packs.loader import load_pack
from coverage_text import prose
from generated import ROOT

DATA = ROOT / "data"
PAGE = DATA / "CHANGELOG.md"

HEAD = """\
# Changelog of the packs

What changed in the curated packs, by the day on which they were updated; made with
`bilatcli compare` (`scripts/pack_changes.py`). [CHANGELOG.md](../CHANGELOG.md) is that of the
program.

"""

LISTED = ("removed", "retracted", "lowered", "superseded", "corrected", "added")
COUNTED = ("re-sourced", "checked", "raised")
QUIET_KEYS = frozenset(("note", "headline", "event", "sources"))
"""Keys whose change is not listed: the fact says the same."""


def list_packs(folder: Path) -> list[str]:
    """Return the curated packs of a folder."""
    names = sorted(folder.glob("*.toml"))
    packs = [path for path in names if path.name != "countries.toml"]
    return [str(path) for path in packs if load_pack(path).pack.coverage == "curated"]


def is_listed(change: Change) -> bool:
    """Return True if a changed fact gets a line of its own."""
    if change.record != "fact" or change.change not in LISTED:
        return False
    is_correction = change.change == "corrected"
    return not is_correction or any(each.key not in QUIET_KEYS for each in change.values)


def describe(change: Change) -> str:
    """Return one line on the change of a fact."""
    keys = ", ".join(each.key for each in change.values if each.key not in QUIET_KEYS)
    what = f"{change.change} ({keys})" if change.change == "corrected" else change.change
    text = " ".join((change.text or "").split())
    return f"- `{change.id}` {what}: {text}"


def make_section(day: str, changes: Sequence[Change]) -> Iterator[str]:
    """Yield the lines of a section."""
    facts = [each for each in changes if each.record == "fact"]
    counts = {name: sum(each.change == name for each in facts) for name in (*LISTED, *COUNTED)}
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    yield f"## {day}"
    yield ""
    yield from prose(f"Facts: {told}.")
    yield ""
    for name in LISTED:
        for change in facts:
            if change.change == name and is_listed(change):
                yield from prose(describe(change))
    yield ""


def main() -> None:
    """Put the section of this edition before the earlier ones."""
    if len(sys.argv) != 2:
        sys.exit("name the folder of the last edition's packs")
    files = [list_packs(Path(sys.argv[1])), list_packs(DATA)]
    old, new = load_editions(files)
    day = max(load_pack(path).pack.updated for path in files[1]).isoformat()
    before = PAGE.read_text("utf-8").removeprefix(HEAD) if PAGE.exists() else ""
    if before.startswith(f"## {day}\n"):
        _, found, rest = before[1:].partition("\n## ")
        before = f"## {rest}" if found else ""
    section = "\n".join(make_section(day, compare_editions(old, new).changes))
    PAGE.write_text(f"{HEAD}{section}\n{before}".rstrip("\n") + "\n", "utf-8")


if __name__ == "__main__":
    main()
