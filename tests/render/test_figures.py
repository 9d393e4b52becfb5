"""The page of figures."""

from __future__ import annotations

from typing import Any

from bilatcli.render.figures import render_figures
from bilatcli.render.settings import Settings
from facts_support import make_loaded, to_lines

ROW = {
    "kind": "value_usd",
    "fact": "is-mn/0",
    "status": "current",
    "verification": "cited",
    "sources": ["a"],
}


def make_series(*rows: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return a series of figures of Iceland and Mongolia; `year` is that of `date`."""
    return {
        "relation": "is-mn",
        "topic": "trade",
        "measure": "trade turnover",
        "from": None,
        "to": None,
        "rows": [{**ROW, "year": (row["date"] or "")[:4] or None, **row} for row in rows],
        "spread": [],
        **more,
    }


def render(*series: dict[str, Any]) -> list[str]:
    """Return the lines of a page of these series."""
    facts = [{"topic": "trade"} for each in series for _ in each["rows"]]
    loaded = make_loaded(facts, measures=list(series))
    return to_lines(render_figures(loaded, Settings(width=80)))


def test_series() -> None:
    """A series has a sparkline, a line per figure with its standing, and the spread of a year."""
    series = make_series(
        {"date": "2001", "value": 1_000_000_000, "status": "superseded"},
        {"date": "2003", "value": 2_000_000_000},
        {"date": "2003-05", "value": 9_000, "status": "disputed"},
        {"date": "2010", "value": 9_000_000_000, "status": "planned"},
        spread=[{"year": "2003", "lowest": 9_000, "highest": 2_000_000_000, "facts": []}],
    )
    lines = render(series)
    assert lines[2] == "trade turnover, US dollars  2001 ▄ █ 2003"
    assert [line.split() for line in lines[5:9]] == [
        ["2001", "$1", "bn", "[1]", "superseded"],
        ["2003", "$2", "bn", "[1]"],
        ["May", "2003", "$9,000", "[1]", "disputed"],
        ["2010", "$9", "bn", "[1]", "planned"],
    ]
    assert lines[9] == "2003: figures from $9,000 to $2 bn"


def test_headings() -> None:
    """A heading says what is counted, in which direction, and in which unit."""
    share = {"date": "2001", "value": 2.5, "kind": "share"}
    exports = make_series(share, measure="exports", **{"from": "IS", "to": "MN"})
    other = make_series({"date": None, "value": 0}, measure=None, topic="energy")
    lines = render(exports, other)
    assert lines[2] == "exports, Iceland → Mongolia, per cent"
    assert lines[5].split() == ["2001", "2.5%", "[1]"]
    assert lines[7] == "energy other, US dollars"
    assert lines[10].split() == ["$0", "[1]"]


def test_several_pairs() -> None:
    """If there are several relations, each heading names its own."""
    row = {"date": "2001", "value": 1}
    lines = render(make_series(row), make_series(row, relation="cl-fj"))
    headings = [line for line in lines if line.endswith("US dollars")]
    assert headings == [
        "Iceland–Mongolia, trade turnover, US dollars",
        "Chile–Fiji, trade turnover, US dollars",
    ]
