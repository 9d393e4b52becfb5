"""The view `timeline`: dated facts in the order of their days."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support import Run
from view_support import Ask

TIMELINE = {
    "is-mn/recognised-1973": "1973-07-01",
    "is-mn/embassy": "1980~",
    "is-mn/visit": "1999-05/1999-06",
    "is-mn/on-glaciers-is": "2003",
    "is-mn/on-steppe-mn": "2004-11",
    "is-mn/yak-1-delivery": "2008?",
    "is-mn/trade-2011": "2012-01-15",
    "is-mn/route": "2013-22",
    "is-mn/geysers": "2014-02-28",
    "is-mn/blankets": "2015-12-31",
    "is-mn/scholarships": "2016/..",
    "is-mn/hostile": "2018-01-01",
}


def test_order(small: Run, ask_small: Ask) -> None:
    """Dated facts come in the order of their first days; a note counts the others."""
    facts = ask_small("timeline", "iceland mongolia")["facts"]
    assert {fact["id"]: fact["date"] for fact in facts} == TIMELINE
    assert [fact["id"] for fact in facts] == list(TIMELINE)
    assert small("timeline", "is", "mn").err == "bilatcli: left out 3 undated facts\n"


def test_years(ask_small: Ask) -> None:
    """Each year with facts has their number; an interval counts in its first year."""
    years = ask_small("timeline", "is mn")["years"]
    assert years == [{"year": date[:4], "facts": 1} for date in TIMELINE.values()]


@pytest.mark.parametrize(
    "options", [{}, {"all": True}, {"verified": True}, {"topic": "military"}, {"as_of": "2020"}]
)
def test_dated_facts_of_facts(ask: Ask, options: dict[str, Any]) -> None:
    """A timeline has exactly the dated facts of `facts`, and counts each of them."""
    facts = ask("facts", "az pk", **options)["facts"]
    document = ask("timeline", "az pk", **options)
    dated = {
        fact["id"]: fact
        for fact in facts
        if (fact["date"] or fact["as_of"]) and fact["coverage"] == "curated"
    }
    assert {fact["id"]: fact for fact in document["facts"]} == dated
    assert sum(year["facts"] for year in document["years"]) == len(dated)
    years = [year["year"] for year in document["years"]]
    assert years == sorted(set(years))


def test_filters(ask: Ask) -> None:
    """Words, `since` and `until` choose facts as they do in `facts`."""
    facts, timeline = (
        {fact["id"] for fact in ask(view, "az pk jf-17", since="2015", until="2020")["facts"]}
        for view in ("facts", "timeline")
    )
    assert timeline == facts != set()


def test_several_countries(ask: Ask) -> None:
    """Facts of all pairs come in one order of days."""
    document = ask("timeline", "az pk tr")
    assert {fact["relation"] for fact in document["facts"]} == {"az-pk", "az-tr", "pk-tr"}
    years = [(fact["date"] or fact["as_of"])[:4].replace("X", "0") for fact in document["facts"]]
    counted = [year["year"] for year in document["years"] for _ in range(year["facts"])]
    assert counted == years == sorted(years)


def test_one_country(ask: Ask) -> None:
    """Facts of all relations of a country are there, without generated ones."""
    document = ask("timeline", "pk", all=True)
    assert document["relation"] is None
    assert len({fact["relation"] for fact in document["facts"]}) > 2
    assert {fact["coverage"] for fact in document["facts"]} == {"curated"}


def test_places(own: Run) -> None:
    """Facts come by their first day, those with an open start by their end, then by id."""
    facts = [
        ("c", "current", 'date = "2001-05"'),
        ("b", "current", 'date = "2001-05-01?"'),
        ("open-start", "current", 'date = "../2000"'),
        ("open-end", "current", 'date = "2000-02/.."'),
        ("figure", "current", 'as_of = "1999"'),
        ("decade", "current", 'date = "199X"'),
        ("undated", "current", 'until = "1998"'),
    ]
    result = own("timeline", "cl", "nu", "--json", facts=facts)
    document = json.loads(result.out)
    slugs = [fact["id"].removeprefix("cl-nu/") for fact in document["facts"]]
    assert slugs == ["decade", "figure", "open-end", "open-start", "b", "c"]
    counts = {each["year"]: each["facts"] for each in document["years"]}
    assert counts == {"1990": 1, "1999": 1, "2000": 2, "2001": 2}
    assert result.err == "bilatcli: left out 1 undated fact\n"


def test_nothing_dated(own: Run) -> None:
    """If no fact is dated there is no answer, and notes say why."""
    facts = [("a", "current", ""), ("b", "current", "")]
    result = own("timeline", "cl", "nu", "--json", "--chart", facts=facts)
    assert (result.code, json.loads(result.out)["years"]) == (1, [])
    assert result.err == (
        "bilatcli: no dated fact on Chile–Niue; 2 other facts: `bilatcli facts cl nu`\n"
        "bilatcli: left out 2 undated facts\n"
    )


def test_chart_changes_no_document(ask: Ask) -> None:
    """A chart is a matter of the table."""
    assert ask("timeline", "az pk", chart=True) == ask("timeline", "az pk")


def test_chart_belongs_to_the_timeline(run: Run) -> None:
    """No other view has the option `chart`."""
    assert run("facts", "az", "pk", "--chart").code == 2
