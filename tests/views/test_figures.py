"""The view `figures`: every figure of a measure, by series and year."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bilatcli.index.store import Index
from bilatcli.views.figures import COMPARED_MEASURES
from support import Run
from view_support import PACK, Ask, build

FACT = """
[[relation.fact]]
id = "{id}"
topic = "trade"
text = "An invented figure."
as_of = "{date}"
status = "current"
actors = ["CL"]
toward = ["NU"]
sources = []
verification = "citation-needed"
measure = "exports"
value_usd = {value}
"""


@pytest.mark.parametrize("words", ["az pk", "cn pk", "pakistan", "germany poland"])
def test_series_are_the_facts(ask: Ask, words: str) -> None:
    """Each fact with a figure is a row of one series, superseded ones too."""
    document = ask("figures", words)
    facts = {fact["id"]: fact for fact in document["facts"]}
    rows = [(series, row) for series in document["measures"] for row in series["rows"]]
    assert sorted(row["fact"] for _, row in rows) == sorted(facts)
    for series, row in rows:
        fact = facts[row["fact"]]
        assert row["value"] == fact[row["kind"]]
        assert row["date"] == (fact["as_of"] or fact["date"])
        assert (series["relation"], series["measure"]) == (fact["relation"], fact["measure"])
        assert all(row[key] == fact[key] for key in ("status", "verification", "sources"))
    if words == "az pk":
        assert "superseded" in {fact["status"] for fact in facts.values()}


def test_rows_are_in_order(ask: Ask) -> None:
    """Rows are in the order of their years, undated ones last, and have one kind of figure."""
    for series in ask("figures", "pakistan")["measures"]:
        years = [row["year"] or "~" for row in series["rows"]]
        assert years == sorted(years)
        assert len({row["kind"] for row in series["rows"]}) == 1


def test_spread(ask: Ask) -> None:
    """A year for which figures of trade differ has the lowest and the highest of them."""
    for series in ask("figures", "pakistan")["measures"]:
        rows = {row["fact"]: row for row in series["rows"]}
        assert series["measure"] in COMPARED_MEASURES or not series["spread"]
        for spread in series["spread"]:
            values = [rows[fact]["value"] for fact in spread["facts"]]
            assert spread["lowest"] == min(values) < max(values) == spread["highest"]
            assert {rows[fact]["year"] for fact in spread["facts"]} == {spread["year"]}
            assert "planned" not in {rows[fact]["status"] for fact in spread["facts"]}


def test_turnover_by_year(ask: Ask) -> None:
    """Trade of Azerbaijan and Pakistan grows over the years, though all figures are superseded."""
    (series,) = ask("figures", "az pk", measure="trade turnover")["measures"]
    values = {row["year"]: row["value"] for row in series["rows"]}
    assert values["2003"] == 1_100_000
    assert values["2024"] == 100_000_000


def test_directions(ask_all: Ask) -> None:
    """Exports go from the exporter, imports from the country that is bought from."""
    series = ask_all("figures", "germany poland")["measures"]
    ways = {(each["measure"], each["from"], each["to"]) for each in series}
    assert ways == {
        ("exports", "DE", "PL"),
        ("exports", "PL", "DE"),
        ("imports", "DE", "PL"),
        ("imports", "PL", "DE"),
    }
    (investment,) = ask_all("figures", "az pk", measure="investment")["measures"]
    assert (investment["from"], investment["to"]) == (None, None)


@pytest.mark.parametrize("measure", ["aid", "investment"])
def test_measure(ask: Ask, measure: str) -> None:
    """The option `measure` keeps one measure, which the document names."""
    document = ask("figures", "az pk", measure=measure)
    assert document["query"]["measure"] == measure
    assert {series["measure"] for series in document["measures"]} == {measure}
    assert {fact["measure"] for fact in document["facts"]} == {measure}


@pytest.mark.parametrize(
    "options",
    [{"verified": True}, {"as_of": "2016"}, {"since": "2023"}, {"topic": "humanitarian"}],
)
def test_options(ask: Ask, options: dict[str, Any]) -> None:
    """Options select figures as they select facts."""
    shown = {fact["id"] for fact in ask("figures", "az pk", **options)["facts"]}
    expected = {
        fact["id"]
        for fact in ask("facts", "az pk", all=True, **options)["facts"]
        if fact.get("share") is not None
        or (fact["topic"] != "military" and fact.get("value_usd") is not None)
    }
    assert shown == expected
    assert shown


def test_filter(ask: Ask) -> None:
    """Words are a filter, and a filter without matches is an empty answer."""
    facts = ask("figures", "az pk flood")["facts"]
    assert {fact["measure"] for fact in facts} == {"aid"}
    assert ask("figures", "az pk xyzzyx")["measures"] == []


def test_facts_without_a_number(index: Index) -> None:
    """A note counts the facts that have a measure, but no number."""
    notes = build(index, "figures", "az pk").notes
    assert notes == ["left out 1 fact without a number"]
    assert build(index, "figures", "az pk", measure="aid").notes == []


def test_zero_and_no_measure(ask_small: Ask) -> None:
    """A figure can be zero."""
    document = ask_small("figures", "is mn")
    figures = [
        (each["measure"], each["from"], row["year"], row["value"])
        for each in document["measures"]
        for row in each["rows"]
    ]
    assert figures == [("trade turnover", None, "2011", 750_000), ("loan", "IS", "2014", 0)]


def test_dates(run: Run, tmp_path: Path) -> None:
    """The year of a figure is the last one of its date, or the first if its end is open."""
    pack = tmp_path / "own.toml"
    dates = ("2003/2008", "2010?", "2012/..", "../2014")
    facts = [FACT.format(id=f"f{i}", date=date, value=i) for i, date in enumerate(dates)]
    pack.write_text(PACK + "".join(facts), "utf-8")
    document = json.loads(run("figures", "cl", "nu", "--json", "--data", str(pack)).out)
    (series,) = document["measures"]
    assert [row["year"] for row in series["rows"]] == ["2008", "2010", "2012", "2014"]
    assert {fact["id"]: (fact["first"], fact["last"]) for fact in document["facts"]} == {
        "cl-nu/f0": ("2003-01-01", "2008-12-31"),
        "cl-nu/f1": ("2010-01-01", "2010-12-31"),
        "cl-nu/f2": ("2012-01-01", None),
        "cl-nu/f3": (None, "2014-12-31"),
    }


def test_suggested_commands_are_short(run: Run) -> None:
    """Figures include superseded ones without `--all`, so a suggested command has it only if given.

    The document says that they are included.
    """
    assert "bilatcli figures kp japan  " in run("figures", "korea", "japan").err
    assert "bilatcli figures kp japan --all  " in run("figures", "korea", "japan", "--all").err
    assert json.loads(run("figures", "az", "pk", "--json").out)["query"]["all"] is True
