"""What two editions of packs say differently: a table of edits and the lines that they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli import vocabulary
from bilatcli.packs.comparison import CHANGES, VERIFICATION_ORDER, compare_editions
from bilatcli.packs.edition import Edition, EditionFact
from support import DATA, RELATIONS, Run

GOOD = (DATA / "lint.toml").read_text("utf-8")
FISH = GOOD[GOOD.index('[[relation.fact]]\nid = "fish-2026"') :]
HERALD = GOOD[GOOD.index('[[source]]\nid = "herald"') : GOOD.index("[[relation]]")]
NEW_FISH = FISH.replace("fish-2026", "fish-2027")
ATLAS = HERALD.replace('"herald"', '"atlas"').replace("org/2", "org/3")
REPLACED = 'status = "superseded"\nsuperseded_by = "trade-2025"'
PASSAGE = '{source = "gazette", quote = "Twelve.", locator = "p. 4"}'
ONE_SOURCE = 'sources = ["gazette"]\nverification = "cited"\nmeasure'
LONG = "The foreign ministers of both countries met in Suva for the first time in years."


def write(folder: Path, name: str, text: str) -> str:
    """Write a pack and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def edit(text: str, *edits: tuple[str, str]) -> str:
    """Return a text with its edits, each of which must be possible; an old text of "" appends."""
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1) if old else text + new
    return text


EDITS = {
    "a fact is added": (
        [("", f"\n{NEW_FISH}")],
        ["  added       fish-2027: Iceland asked for a fisheries commission. (cited)"],
    ),
    "a fact is removed": (
        [(FISH, "")],
        [
            "! removed     fish-2026: Iceland asked for a fisheries commission.",
            "! fewer cited facts: 2 -> 1",
        ],
    ),
    "a date is corrected": (
        [('date = "2026-02"\n', 'date = "2026-02-03"\n')],
        ["  corrected   talks-2026: date: 2026-02 -> 2026-02-03"],
    ),
    "a figure is corrected": (
        [("value_usd = 12000000", "value_usd = 13000000"), ("12 million", "13 million")],
        [
            "  corrected   trade-2025: value_usd: 12000000 -> 13000000",
            "      text",
            "      - Trade turnover was 12 million US dollars in 2025.",
            "      + Trade turnover was 13 million US dollars in 2025.",
        ],
    ),
    "a text is corrected": (
        [("The foreign ministers met in Suva.", LONG)],
        [
            "  corrected   talks-2026",
            "      text",
            "      - The foreign ministers met in Suva.",
            f"      + {LONG}",
        ],
    ),
    "a key is added, and a flag removed": (
        [
            ("headline = true\n", ""),
            ('event = "suva-talks"', 'until = "2026-03"\nevent = "suva-talks"'),
        ],
        ["  corrected   talks-2026: until: 2026-03; headline: true -> —"],
    ),
    "a fact is held against its source again": (
        [
            (
                "value_usd = 12000000\n",
                (
                    'value_usd = 12000000\npassages = [{source = "gazette", quote = "Twelve.", '
                    'locator = "p. 4"}]\n'
                ),
            )
        ],
        ["  checked     trade-2025", "      passages", "      + gazette, p. 4: “Twelve.”"],
    ),
    "a floor is named": (
        [("[[relation.fact]]", '[relation.floor]\ntrade = ["trade-2025"]\n\n[[relation.fact]]')],
        ["  corrected   relation: floor.trade: + trade-2025"],
    ),
    "an actor is added": (
        [('actors = ["IS"]', 'actors = ["FJ", "IS"]')],
        ["  corrected   fish-2026: actors: + FJ"],
    ),
    "a source is added to a fact": (
        [(ONE_SOURCE, ONE_SOURCE.replace("]", ', "herald"]'))],
        ["  re-sourced  trade-2025: sources: + herald"],
    ),
    "a source is dropped": (
        [('sources = ["gazette", "herald"]', 'sources = ["gazette"]')],
        ["! re-sourced  talks-2026: sources: - herald"],
    ),
    "a source is replaced": (
        [
            ('sources = ["gazette", "herald"]', 'sources = ["gazette", "atlas"]'),
            (HERALD, HERALD + ATLAS),
        ],
        ["! re-sourced  talks-2026: sources: - herald, + atlas", "sources", "  added       atlas"],
    ),
    "a source has another id": (
        [('"herald"', '"daily"'), ('"herald"', '"daily"')],
        [
            "  re-sourced  talks-2026: sources: - herald, + daily",
            "sources",
            "  removed     herald",
            "  added       daily",
        ],
    ),
    "a source is corrected": (
        [('issued = "2026-04"', 'issued = "2026-04-05"')],
        ["sources", "  corrected   herald: issued: 2026-04 -> 2026-04-05"],
    ),
    "the verification is raised": (
        [('verification = "conflicting"', 'verification = "single-source-claim"')],
        ["  raised      talks-2026: verification: conflicting -> single-source-claim"],
    ),
    "the verification is lowered": (
        [('verification = "conflicting"', 'verification = "citation-needed"')],
        ["! lowered     talks-2026: verification: conflicting -> citation-needed"],
    ),
    "fewer facts are cited": (
        [('verification = "cited"', 'verification = "single-source-claim"')],
        [
            "! lowered     trade-2025: verification: cited -> single-source-claim",
            "! fewer cited facts: 2 -> 1",
        ],
    ),
    "a fact is superseded": (
        [('status = "historical"', REPLACED)],
        ["  superseded  talks-2026: status: historical -> superseded; superseded_by: trade-2025"],
    ),
    "the relation is re-sourced": (
        [('"IS"]\nsources = ["gazette"]', '"IS"]\nstatus = "partners"\nsources = ["herald"]')],
        [
            "! re-sourced  relation: sources: - gazette, + herald",
            "  corrected   relation: status: partners",
        ],
    ),
    "a header is corrected": (
        [("updated = 2026-11-23", "updated = 2026-11-24"), ('name = "own"', 'name = "mine"')],
        ["packs", "  corrected   mine: name: own -> mine; updated: 2026-11-23 -> 2026-11-24"],
    ),
    "lines are moved": (
        [(FISH, ""), ("[[relation.fact]]", f"# A comment.\n{FISH}\n[[relation.fact]]")],
        [],
    ),
    "spaces and the order of a list change": (
        [('["FJ", "IS"]\nsources', '["IS", "FJ"]\nsources'), ("met in Suva", "met  in Suva")],
        [],
    ),
}
"""Edits of a pack, and the lines that they give without blank ones and the heading `fj-is`."""


@pytest.mark.parametrize("name", EDITS)
def test_edit(run: Run, tmp_path: Path, name: str) -> None:
    """An edit gives its lines, and the exit code is 1 if one of them is marked as worse."""
    edits, expected = EDITS[name]
    old, new = write(tmp_path, "a.toml", GOOD), write(tmp_path, "b.toml", edit(GOOD, *edits))
    result = run("compare", old, new)
    lines = [line for line in result.out.splitlines() if line not in ("", "fj-is")]
    assert lines == expected
    assert result.code == any(line.startswith("!") for line in expected)
    assert result.err.count("\n") == 1


def test_edits_have_every_change() -> None:
    """The table of edits has every change except the one that has a test of its own."""
    found = {
        line[2:].split()[0] for _, lines in EDITS.values() for line in lines if line[0] in " !"
    }
    assert {*CHANGES} - found == {"retracted"}
    assert {*VERIFICATION_ORDER} == {*vocabulary.VERIFICATIONS}


def test_removal_of_a_superseded_fact(run: Run, tmp_path: Path) -> None:
    """The removal of a fact that another one has replaced is not a loss."""
    text = edit(GOOD, ('status = "historical"', REPLACED))
    talks = text[text.index('[[relation.fact]]\nid = "talks-2026"') : text.index(FISH)]
    old, new = write(tmp_path, "a.toml", text), write(tmp_path, "b.toml", edit(text, (talks, "")))
    result = run("compare", old, new)
    assert result.code == 0
    assert result.out == "fj-is\n  removed     talks-2026: The foreign ministers met in Suva.\n"
    assert result.err == "bilatcli: 1 fact removed; nothing got worse\n"


def test_retraction() -> None:
    """A fact that is retracted is not a loss, though fewer are cited."""
    values = {"text": "A visit.", "status": "current", "verification": "cited"}
    retracted = {**values, "retracted": "The page was a hoax."}
    old, new = (
        Edition(facts={"fj-is/visit": EditionFact("fj-is", None, each)})
        for each in (values, retracted)
    )
    comparison = compare_editions(old, new)
    (change,) = comparison.changes
    assert (change.id, change.change, change.worse) == ("fj-is/visit", "retracted", False)
    assert list(change.values) == [("retracted", None, "The page was a hoax.")]
    assert (comparison.cited, comparison.is_worse) == ((0, 0), False)


def test_bundled_pack(run: Run, tmp_path: Path) -> None:
    """An edit of a bundled pack gives its change, and the pack itself none."""
    text = RELATIONS.read_text("utf-8")
    fact = '[[relation.fact]]\nid = "recognition-1991"'
    start = text.index(fact)
    end = text.index("[[relation.fact]]", start + 1)
    edited = edit(text[start:end], ("recognised", "acknowledged"), ('"cited"', '"conflicting"'))
    new = write(tmp_path, "relations.toml", text[:start] + edited + text[end:])
    assert run("compare", str(RELATIONS), str(RELATIONS)).out == ""
    result = run("compare", str(RELATIONS), new)
    lines = result.out.splitlines()
    assert lines[:3] == [
        "az-pk",
        "! lowered     recognition-1991: verification: cited -> conflicting",
        "  corrected   recognition-1991",
    ]
    assert [line[:8] for line in lines[3:6]] == ["      te", "      - ", "      + "]
    assert lines[6:8] == ["", lines[7]]
    assert lines[7].startswith("! fewer cited facts: ")
    assert (result.code, len(lines)) == (1, 8)


TABLE = """
[[table]]
id = "trips"
file = "trips.csv"
topic = "diplomacy"
columns = {year = "year", visits = "integer"}
text = "{a} and {b} counted {visits} {visits:visit|visits} in {year}."
date = "{year}"
sources = ["gazette"]
verification = "cited"
"""
ROWS = ["a,b,year,visits", "FJ,IS,2024,3", "FJ,PE,2024,4", "IS,PE,2024,5"]


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        (ROWS, TABLE, []),
        ([ROWS[0], *reversed(ROWS[1:])], TABLE, []),
        (
            [*ROWS[:2], "FJ,PE,2024,9", "IS,PE,2024,9", "FJ,IS,2025,1"],
            TABLE,
            [
                "table trips",
                "  corrected   2 facts: text; such as fj-pe/trips-2024",
                "  added       1 fact: verification; such as fj-is/trips-2025",
            ],
        ),
        (ROWS[:-1], TABLE, ["table trips", "! removed     1 fact: is-pe/trips-2024"]),
        (
            ROWS,
            TABLE.replace('"cited"', '"single-source-claim"'),
            ["table trips", "! lowered     3 facts: verification; such as fj-is/trips-2024"],
        ),
    ],
    ids=["same", "order", "cells", "removed", "template"],
)
def test_table(
    run: Run, tmp_path: Path, rows: list[str], columns: str, expected: list[str]
) -> None:
    """The rows of a table are compared as facts, and summed up for each change."""
    old, new = write(tmp_path / "old", "own.toml", GOOD + TABLE), tmp_path / "new"
    write(tmp_path / "old", "trips.csv", "\n".join(ROWS))
    write(new, "trips.csv", "\n".join(rows))
    result = run("compare", old, write(new, "own.toml", GOOD + columns))
    assert result.out.splitlines() == expected
