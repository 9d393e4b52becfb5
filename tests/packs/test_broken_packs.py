"""`check` finds each mistake in an otherwise good pack at its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.packs.lint import runner
from bilatcli.packs.lint.base import RULES
from support import DATA

GOOD = (DATA / "good.toml").read_text("utf-8")
TODAY = "2026-11-25"

FACT = """
[[relation.fact]]
id = "another"
topic = "{topic}"
text = "{text}"
{more}
status = "historical"
actors = [{actors}]
sources = ["gazette-2026"]
verification = "cited"
{end}"""
TURNOVER = 'measure = "trade turnover"'
BOARD_DATES = GOOD[GOOD.index('issued = "2026-10"\n') : GOOD.index('\n[[source]]\nid = "yearb')]
LAST = 'note = "No source was found."\n'
ORDER = GOOD[GOOD.index('"boats-delivery-2025"\n') : GOOD.index("\n[[", GOOD.index("20000000"))]
GONE = FACT.format(
    text="Iceland kept the boats.",
    topic="politics",
    actors='"IS"',
    more='date = "2025-09"',
    end='retracted = "It did not."\n',
)
WORDS = " ".join(["one two"] * 13)
LONG = "one two three four five six seven eight nine ten eleven"


def added(
    text: str, *more: str, topic: str = "politics", actors: str = '"FJ", "IS"'
) -> tuple[str, str, str]:
    """Return the change that adds a fact with these lines to the first relation."""
    first, *rest = more
    fact = FACT.format(
        text=text, topic=topic, actors=actors, more=first, end="".join(f"{line}\n" for line in rest)
    )
    return "blankets-2001", LAST, LAST + fact


def record(id: str) -> tuple[int, int]:
    """Return the start and end of a record in the good pack, its header included."""
    place = GOOD.index(f'{"name" if id == "good" else "id"} = "{id}"\n')
    start = GOOD.rindex("\n[", 0, place) + 1
    end = GOOD.find("\n\n[", place)
    return start, len(GOOD) if end < 0 else end + 1


def moved(id: str, key: str, *, after: str) -> tuple[str, str, str, str]:
    """Return the change that moves a line of a record after another, and the line's value."""
    start, end = record(id)
    lines = GOOD[start:end].splitlines(keepends=True)
    line = next(each for each in lines if each.startswith(f"{key} = "))
    lines.remove(line)
    place = next(number for number, each in enumerate(lines, 1) if each.startswith(after))
    lines.insert(place, line)
    return id, GOOD[start:end], "".join(lines), line.partition(" = ")[2]


AGAIN = """[[source]]
id = "{id}"
type = "webpage"
title = "Again"
issued = "2020"
reliability = "news"
"""

BREAKS: tuple[tuple[str, str, str, str, str], ...] = (
    # --- what cannot be loaded
    ("BL001", "good", 'name = "good"\n', 'name = "good"\nauthor = "me"\n', "author"),
    ("BL001", "gazette-2026", "2026-09-30", "2026-09-31", '"2026-09-31"'),
    ("BL001", "fj-is", 'status_sources = ["yearbook-2020"]', 'status_sources = ["year"]', '"year"'),
    ("BL001", "trade-2024", 'id = "trade-2024"', 'id = "trade-2025"', '"trade-2025"'),
    ("BL001", "fisheries-stance-is", 'holder = "IS"\n', "", "[[relation.fact]]"),
    # --- sources
    (
        "BL101",
        "yearbook-2020",
        '"academic"\n',
        '"academic"\n\n' + AGAIN.format(id="again"),
        '"again"',
    ),
    ("BL102", "board-2026", BOARD_DATES, 'reliability = "weak"\n', '"board-2026"'),
    ("BL103", "herald-2026", 'accessed = "2026-11-23"\n', "", '"https://example.com'),
    (
        "BL104",
        "herald-2026",
        "https://example.com/boats?page=2",
        "http://WWW.example.org/gazette/1/",
        '"http://',
    ),
    ("BL105", "boats-delivery-2025", '"gazette-2026", ', "", '["board-2026"]'),
    ("BL201", "suva-talks-2026", '"gazette-2026", ', "", '"cited"'),
    ("BL201", "suva-observer-2026", "single-source-claim", "cited", '"cited"'),
    (
        "BL202",
        "boats-delivery-2025",
        'note = "The outlets differ on the month."\n',
        "",
        '"conflicting"',
    ),
    # --- dates, figures and the course of things
    ("BL203", "trade-2025", 'as_of = "2025"\n', "", "12000000"),
    ("BL203", "boats-order-2024", 'date = "2024-03"\n', "", "20000000"),
    ("BL204", "trade-2024", '"historical"', '"current"', '"2024"'),
    ("BL205", "harbour-plan-2027", 'date = "2027"', 'date = "2026-10"', '"2026-10"'),
    ("BL206", "treaty-1980", '"1980"', '"2021"', '"2021"'),
    ("BL206", "harbour-plan-2027", '"planned"', '"current"', '"2027"'),
    ("BL207", "boats-order-2024", 'superseded_by = "boats-delivery-2025"\n', "", '"superseded"'),
    ("BL208", "boats-order-2024", "2024-03", "2025-09", '"boats-delivery-2025"'),
    (
        "BL209",
        *added(
            "Iceland recognised Fiji, in May 1975.",
            'date = "1975"',
            topic="recognition",
            actors='"IS"',
        ),
        '"Iceland rec',
    ),
    (
        "BL210",
        *added("Another count.", 'as_of = "2024"', TURNOVER, "value_usd = 9500000", topic="trade"),
        "9500000",
    ),
    ("BL211", "suva-observer-2026", '"2026-02"', '"2026-03"', '"2026-03"'),
    ("BL213", "boats-order-2024", '"military"\n', '"military"\nheadline = true\n', "true"),
    (
        "BL106",
        "board-2026",
        'accessed = "2026-11-23"\n',
        'accessed = "2026-11-23"\norigin = "wire"\n',
        '"wire"',
    ),
    (
        "BL226",
        "boats-order-2024",
        ORDER,
        f"{ORDER.replace('boats-delivery-2025', 'another')}{GONE}",
        '"another"',
    ),
    (
        "BL224",
        "recognised-1975",
        'verification = "cited"\n',
        f'passages = [{{source = "yearbook-2020", quote = "{WORDS}"}}]\nverification = "cited"\n',
        '"one two',
    ),
    (
        "BL225",
        "recognised-1975",
        'verification = "cited"\n',
        'verification = "cited"\nchecked = 2026-11-24\n',
        "2026-11-24",
    ),
    ("BL227", "good", "facts = 9,", "facts = 900,", "900"),
    ("BL228", "fj-is", 'trade = ["trade-2025"], ', "", '"fj-is"'),
    ("BL228", "is-mn", 'stances = "None.", ', "", '"is-mn"'),
    # --- texts
    ("BL214", "trade-2025", "in 2025.", "in 2025", '"Trade'),
    ("BL215", "blankets-2001", "after a storm", "after a heroic storm", '"Fiji'),
    ("BL215", "suva-observer-2026", "Iceland's talks", "the regime's talks", '"Mongolia'),
    ("BL216", "suva-observer-2026", "to Iceland's talks", f"to “{LONG}” talks", '"Mongolia'),
    ("BL216", "blankets-2001", "No source", f"\u2018It’s {LONG}’: no source", '"\u2018It'),
    ("BL216", "fisheries-stance-is", "the fish are Fiji's", f"«{LONG}»", '"«'),
    ("BL216", "fj-is", "Two islands", f"„{LONG}“: two islands", '"„'),
    (
        "BL216",
        "boats-delivery-2025",
        '"Iceland delivered',
        f"\"'{LONG}', Iceland delivered",
        "\"'one",
    ),
    (
        "BL216",
        "boats-delivery-2025",
        '"Iceland delivered',
        f'"\\"{LONG}\\", Iceland delivered',
        '"\\"one',
    ),
    # --- actors
    ("BL217", "recognised-1975", '["IS"]\ntoward = ["FJ"]', '["MN"]', '["MN"]'),
    ("BL217", "harbour-plan-2027", '["IS"]', '["Harbour Board"]', '["Harbour Board"]'),
    ("BL218", "harbour-plan-2027", '["IS"]', '["IS", "FR"]', '"FR"'),
    ("BL219", "fisheries-stance-is", 'holder = "IS"', 'holder = "FJ"', '"FJ"\nposition'),
    ("BL220", "ambassador-2026", '"2026-09"', '"2026-04"', '"2026-04"'),
    ("BL220", "ambassador-2026", 'as_of = "2026-09"\n', "", '"Anna'),
    ("BL221", "boats-order-2024", 'toward = ["FJ"]\n', "", '["IS"]'),
    ("BL221", "boats-order-2024", '["FJ"]', '["MN", "IS"]', '"IS"]\nsources'),
    ("BL221", "boats-order-2024", '["FJ"]', '["MN", "Bermuda"]', '["IS"]\ntoward'),
    ("BL222", "trade-2025", 'as_of = "2025"', 'as_of = "2023"', '"2023"'),
    ("BL223", "boats-order-2024", "from Iceland.", "from Iceland, by SIPRI.", "20000000"),
    # --- layout
    ("BL301", *moved("good", "updated", after="name")),
    ("BL301", *moved("board-2026", "reliability", after="id")),
    ("BL301", *moved("fj-is", "overview", after="id")),
    ("BL301", *moved("treaty-1980", "stage", after="[[relation.fact]]")),
    ("BL301", *moved("treaty-1980", "date", after="stage")),
    ("BL302", "trade-2025", '2025."\n', '2025."  \n', "  \n"),
    ("BL302", "trade-2025", '2025."\n', '2025." # why\t\n', "\t\n"),
    ("BL302", "trade-2025", 'text = "T', 'text="T', '="T'),
    ("BL302", "trade-2025", "value_usd = ", "value_usd =\t", " =\t"),
    ("BL302", "trade-2025", "topic", "\ttopic", "\ttopic"),
    ("BL302", "trade-2025", "12000000\n", "12000000\n\n", "\n[["),
    ("BL302", "suva-observer-2026", 'claim"\n', 'claim"', ""),
    # --- comments
    ("BL901", "trade-2025", "12000000", "12000000  # bilatcli: ignore[BL203]", "BL203"),
    ("BL901", "trade-2025", 'as_of = "2025"', '# bilatcli: ignore[BL999]\nas_of = "2025"', "BL999"),
)
"""A rule, a record, a text in it, what to write instead, and the text at the finding."""


def break_pack(id: str, old: str, new: str, place: str) -> tuple[str, int, int]:
    """Return the good pack with one change in a record, and the line and column of the finding."""
    start, end = record(id)
    at = GOOD.index(old, start, end)
    text = GOOD[:at] + new + GOOD[at + len(old) :]
    found = text.index(place, start) if place else len(text)
    return text, text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found)


def findings(folder: Path, text: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of each finding in a text."""
    path = folder / "broken.toml"
    path.write_bytes(text.encode())
    report = runner.lint([str(path)], TODAY)
    return [(each.rule.code, each.line, each.column) for each in report.findings]


def test_good_pack(tmp_path: Path) -> None:
    """The good pack has no findings."""
    assert findings(tmp_path, GOOD) == []


def test_every_rule_is_broken() -> None:
    """Every rule is broken, each time in another way.

    Rules that need the network, and the one on packs without facts, have tests of their own.
    """
    expected = {code for code in RULES if code < "BL4"} | {"BL901"}
    assert {code for code, *_ in BREAKS} == expected - {"BL229"}
    assert len(set(BREAKS)) == len(BREAKS)


@pytest.mark.parametrize(("code", "id", "old", "new", "place"), BREAKS)
def test_break(tmp_path: Path, code: str, id: str, old: str, new: str, place: str) -> None:
    """A mistake is one finding, with its code and place."""
    text, line, column = break_pack(id, old, new, place)
    assert text != GOOD
    assert findings(tmp_path, text) == [(code, line, column)]
