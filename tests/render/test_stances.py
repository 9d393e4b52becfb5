"""The page of stances."""

from __future__ import annotations

import re
from typing import Any

from bilatcli.render.settings import Settings
from bilatcli.render.stances import render_stances
from bilatcli.views.document import Document
from facts_support import make_loaded, to_lines

STANCE: dict[str, Any] = {"topic": "stance", "issue": "yak-herds", "event": None, "text": "A view."}


def list_cells(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the positions that current facts record, as the view does."""
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in facts:
        if fact["status"] == "current":
            key = fact["issue"], fact["holder"]
            cell = {"issue": key[0], "holder": key[1], "favours": [], "against": []}
            for side in ("favours", "against"):
                cells.setdefault(key, cell)[side] += [fact[side]] if fact[side] else []
    return [{**cell, "favours": sorted(set(cell["favours"]))} for cell in cells.values()]


def render(facts: list[dict[str, Any]], **options: Any) -> list[str]:
    """Return the lines of the page."""
    loaded = make_loaded([{**STANCE, **fact} for fact in facts])
    loaded["positions"] = list_cells(loaded["facts"])
    document = Document("stances", {"facts": []}, rows="facts")
    return to_lines(render_stances(document, loaded, Settings(width=80, **options)))


FACTS: list[dict[str, Any]] = [
    {"holder": "IS", "favours": "MN", "date": "2001"},
    {"holder": "IS", "favours": "MN", "date": "2003-05", "text": "The newest view."},
    {"holder": "FJ", "against": "MN", "date": "2002"},
    {"holder": "CL", "date": "2002"},
    {"holder": "MN", "favours": "MN", "date": None, "as_of": "2004"},
    {"holder": "CL", "favours": "IS", "date": "1999", "status": "historical", "issue": "fish"},
]


def test_positions_come_first() -> None:
    """Who favours whom comes first, with the number of stances and the newest date."""
    assert render(FACTS[:5])[2:6] == [
        "Iceland   favours Mongolia  2 stances, latest May 2003",
        "Mongolia  favours itself    1 stance, as of 2004",
        "Fiji      opposes Mongolia  1 stance, 2002",
        "Chile     takes no side     1 stance, 2002",
    ]


def test_positions_are_those_of_all_relations() -> None:
    """Whom a holder favours is what the view says, also if no fact shown is current or says so."""
    facts = [{**STANCE, "holder": "IS", "status": "historical", "date": "2001"}]
    loaded = make_loaded(facts)
    cell = {"issue": "yak-herds", "holder": "IS", "favours": ["MN"], "against": []}
    loaded["positions"] = [cell]
    document = Document("stances", {"facts": []}, rows="facts")
    lines = to_lines(render_stances(document, loaded, Settings(width=80)))
    assert lines[2] == "Iceland  favours Mongolia  1 stance, 2001"


def test_an_event_counts_once() -> None:
    """A stance of an event that two relations record counts once, and both facts are listed."""
    stance = {"holder": "IS", "favours": "MN", "date": "2001", "event": "summit"}
    other = {"id": "cl-is/b", "relation": "cl-is", "text": "Another wording."}
    facts = [{**stance, "id": "is-mn/a", "relation": "is-mn"}, {**stance, **other}]
    lines = render(facts)
    assert lines[2] == "Iceland  favours Mongolia  1 stance, 2001"
    assert {"A view.", "Another wording."} <= set(
        re.findall(r"A view\.|Another wording\.", str(lines))
    )


def test_statements_of_one_relation_count_each() -> None:
    """Two statements of one relation on an event are two stances, though another has it, too."""
    stance = {"holder": "IS", "favours": "MN", "date": "2001", "event": "summit"}
    ids = ("is-mn/a", "is-mn/b", "cl-is/c")
    facts = [{**stance, "id": id, "relation": id.partition("/")[0]} for id in ids]
    assert render(facts)[2] == "Iceland  favours Mongolia  2 stances, latest 2001"


def test_issues_are_named_if_there_are_several() -> None:
    """Positions on several issues name each; what nobody holds any more is marked."""
    lines = render(FACTS)
    assert lines[2].endswith("Yak Herds: 2 stances, latest May 2003")
    assert lines[6] == "Chile     favours Iceland   Fish: formerly, 1 stance, 1999"


def test_a_screen_has_the_newest_stance_of_each_holder() -> None:
    """On a screen each holder has its newest stance; else all stances are listed."""
    text = "\n".join(render(FACTS[:5], height=40))
    assert "The newest view." in text
    assert text.count("A view.") == 3
    assert "4 of 5 stances" in text
    assert "\n".join(render(FACTS[:5])).count("A view.") == 4


def test_a_screen_is_not_overflowed() -> None:
    """Many holders leave room for a stance, and are counted."""
    facts: list[dict[str, Any]] = [
        {"holder": f"H{number}", "favours": "MN", "date": "2001"} for number in range(50)
    ]
    lines = render(facts, height=24)
    assert len(lines) < 24
    assert any(line.endswith("more: --all-rows") for line in lines)
