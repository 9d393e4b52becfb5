"""What happened when (`timeline`), and what changed between two dates (`diff`), on the installed command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bilatcli.errors import UsageError
from bilatcli.query.request import Request
from support import DATA, ROOT, Result, Run

SMALL = str(DATA / "small.toml")

UNDATED = "bilatcli: 3 undated facts are left out\n"

TIMELINE = """\
id	date
is-mn/recognised-1973	1973-07-01
is-mn/embassy	1980~
is-mn/visit	1999-05/1999-06
is-mn/on-glaciers-is	2003
is-mn/on-steppe-mn	2004-11
is-mn/yak-1-delivery	2008?
is-mn/trade-2011	2012-01-15
is-mn/route	2013-22
is-mn/geysers	2014-02-28
is-mn/blankets	2015-12-31
is-mn/scholarships	2016/..
is-mn/hostile	2018-01-01
"""

CHANGES = """\
change\twas\tid\tstatus
added\t\tis-mn/yak-1-delivery\tcurrent
superseded\tplanned\tis-mn/yak-1-order\tsuperseded
"""

TWO = "end with two, as in `bilatcli diff azerbaijan pakistan 2024 2026`"

PACK = """\
[pack]
name = "own"
title = "Made-up statements"
licence = "CC0-1.0"
updated = 2026-11-23

[[relation]]
id = "cl-nu"
countries = ["CL", "NU"]
"""

FACT = """
[[relation.fact]]
id = "{id}"
topic = "politics"
text = "A made-up statement."
status = "{status}"
actors = ["CL"]
sources = []
verification = "citation-needed"
"""


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache is kept, so that the small pack is compiled once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def small(run: Run, shared_home: Path) -> Run:
    """Run the command with the small pack laid over the bundled ones."""

    def call(*arguments: str, env: dict[str, str] | None = None) -> Result:
        return run(*arguments, "--data", SMALL, env={"HOME": str(shared_home), **(env or {})})

    return call


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Run:
    """Run the command with facts of one's own, each given as its id, its status and further lines."""

    def call(*arguments: str, facts: list[tuple[str, str, str]]) -> Result:
        told = [FACT.format(id=id, status=status) + lines + "\n" for id, status, lines in facts]
        path = tmp_path / "own.toml"
        path.write_text(PACK + "".join(told), encoding="utf-8")
        return run(*arguments, "--data", str(path))

    return call


def document(result: Result, view: str) -> Any:
    """The document of an answer as JSON, which is what the published schema says and has no other keys at its top."""
    loaded = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / f"{view}.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(loaded)] == []
    assert set(loaded) == set(schema["properties"])
    return loaded


# --- timeline


def test_timeline(small: Run) -> None:
    """Dated facts come in the order of their first days, whatever their topic; undated ones are counted beside."""
    result = small("timeline", "iceland", "mongolia", "--fields", "id,date")
    assert (result.code, result.out, result.err) == (0, TIMELINE, UNDATED)


def test_years(small: Run) -> None:
    """Each year that has a fact says how many; an interval counts in its first."""
    years = document(small("timeline", "is", "mn", "--json"), "timeline")["years"]
    expected = "1973 1980 1999 2003 2004 2008 2012 2013 2014 2015 2016 2018".split()
    assert years == [{"year": year, "facts": 1} for year in expected]


@pytest.mark.parametrize(
    "options", [[], ["--all"], ["--verified"], ["--topic", "military"], ["--as-of", "2020"]]
)
def test_timeline_has_the_dated_facts(run: Run, options: list[str]) -> None:
    """On the real pair the timeline has just the dated facts of `facts`, as they are there, and all of them counted."""
    facts = json.loads(run("facts", "az", "pk", "--json", *options).out)["facts"]
    told = document(run("timeline", "az", "pk", "--json", *options), "timeline")
    dated = {fact["id"]: fact for fact in facts if fact["date"] or fact["as_of"]}
    assert {fact["id"]: fact for fact in told["facts"]} == dated
    assert sum(year["facts"] for year in told["years"]) == len(dated)
    assert [year["year"] for year in told["years"]] == sorted(
        {year["year"] for year in told["years"]}
    )


def test_timeline_filters(run: Run) -> None:
    """Words, --since and --until choose facts as they do in `facts`."""
    asked = ("az", "pk", "jf-17", "--since", "2015", "--until", "2020", "--fields", "id")
    facts, timeline = (run(view, *asked).out.splitlines() for view in ("facts", "timeline"))
    assert sorted(timeline) == sorted(facts) != []


def test_timeline_of_several(run: Run) -> None:
    """Of several countries, facts of all pairs among them stand in one order of days."""
    told = document(run("timeline", "az", "pk", "tr", "--json"), "timeline")
    assert {fact["relation"] for fact in told["facts"]} == {"az-pk", "az-tr", "pk-tr"}
    begun = [(fact["date"] or fact["as_of"])[:4].replace("X", "0") for fact in told["facts"]]
    assert (
        [year["year"] for year in told["years"] for _ in range(year["facts"])]
        == begun
        == sorted(begun)
    )


def test_timeline_of_one(run: Run) -> None:
    """Of one country, facts of all its relations are there, those in outline left out and not counted."""
    result = run("timeline", "pk", "--json", "--all")
    told = document(result, "timeline")
    assert told["relation"] is None
    assert len({fact["relation"] for fact in told["facts"]}) > 2
    assert {fact["coverage"] for fact in told["facts"]} == {"curated"}
    facts = json.loads(run("facts", "pk", "--json", "--all").out)["facts"]
    undated = [f for f in facts if not f["date"] and not f["as_of"] and f["coverage"] == "curated"]
    assert result.err == f"bilatcli: {len(undated)} undated facts are left out\n"


def test_places_in_time(own: Run) -> None:
    """Days of one year are ordered, then ids; open starts stand at their ends; a figure stands where it is as of."""
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
    told = document(result, "timeline")
    slugs = [fact["id"].removeprefix("cl-nu/") for fact in told["facts"]]
    assert slugs == ["decade", "figure", "open-end", "open-start", "b", "c"]
    assert {each["year"]: each["facts"] for each in told["years"]} == {
        "1990": 1,
        "1999": 1,
        "2000": 2,
        "2001": 2,
    }
    assert result.err == "bilatcli: 1 undated fact is left out\n"
    table = own("timeline", "cl", "nu", "--format", "table", facts=facts).out.splitlines()
    assert next(line for line in table if line.startswith("1999")).split()[:2] == ["1999", "A"]


def test_nothing_dated(own: Run) -> None:
    """Where every fact is undated there is no answer, and it is said why."""
    result = own(
        "timeline",
        "cl",
        "nu",
        "--json",
        "--chart",
        facts=[("a", "current", ""), ("b", "current", "")],
    )
    assert (result.code, document(result, "timeline")["years"]) == (1, [])
    assert result.err == (
        "bilatcli: no dated fact on Chile–Niue; `bilatcli list` shows what there is\n"
        "bilatcli: 2 undated facts are left out\n"
    )
    assert (
        own(
            "timeline", "cl", "nu", "--format", "table", "--chart", facts=[("a", "current", "")]
        ).out
        == ""
    )


# --- its chart


@pytest.mark.parametrize(
    ("width", "strip", "full"),
    [
        (160, "1973 █      █                  █   ██   █   █████ █ 2018", "1 fact per year"),
        (56, "1973 █      █                  █   ██   █   █████ █ 2018", "1 fact per year"),
        (40, "1973 ▄  ▄         ▄ █ ▄ ▄██▄ 2018", "2 facts in 2 years"),
        (30, "1973 ▃ ▃     ▃ ▆▃ █▆▃ 2018", "3 facts in 3 years"),
    ],
)
def test_chart(small: Run, width: int, strip: str, full: str) -> None:
    """The chart stands above the table: the first year, a bar a year or a few, the last, and what a full bar is."""
    lines = small(
        "timeline", "is", "mn", "--chart", "--format", "table", env={"COLUMNS": str(width)}
    ).out.splitlines()
    shown = [line for line in lines if line.startswith("1973 ")]
    assert shown[0] == strip
    assert lines[lines.index(strip) + 1].strip() == f"█ {full}"
    assert len(strip) <= width


def test_chart_is_for_the_table_alone(small: Run) -> None:
    """In every other format --chart changes nothing; it stands above chosen fields as well."""
    for format in ("json", "ndjson", "tsv", "csv", "markdown"):
        asked = ("timeline", "is", "mn", "--format", format)
        assert small(*asked, "--chart").out == small(*asked).out
    table = small("timeline", "is", "mn", "--chart", "--fields", "id", "--format", "table").out
    assert table.startswith("1973 █      █    ")


def test_chart_belongs_to_the_timeline(run: Run) -> None:
    """No other view takes --chart."""
    assert run("facts", "az", "pk", "--chart").code == 2


# --- diff


def test_diff(small: Run) -> None:
    """What became known comes first, then what was superseded, each with what it was and is."""
    result = small("diff", "iceland", "mongolia", "2005", "2010")
    rows = [line.split("\t") for line in result.out.splitlines()]
    keep = [rows[0].index(key) for key in ("change", "was", "id", "status")]
    assert "".join("\t".join(row[i] for i in keep) + "\n" for row in rows) == CHANGES
    assert (result.code, result.err) == (0, "")
    told = document(small("diff", "is", "mn", "2005", "2010", "--json"), "diff")
    assert told["query"]["text"] == "is mn 2005 2010"
    assert told["between"] == {"from": "2005-12-31", "to": "2010-12-31"}
    assert told["changes"] == [
        {"fact": "is-mn/yak-1-delivery", "change": "added", "was": None, "is": "current"},
        {"fact": "is-mn/yak-1-order", "change": "superseded", "was": "planned", "is": "superseded"},
    ]


def test_ended(small: Run) -> None:
    """A fact whose `until` lies in between has ended; the day itself counts to the end of FROM."""
    ended = {"fact": "is-mn/embassy", "change": "ended", "was": "current", "is": "historical"}
    for asked, is_there in (
        (("1985", "1990"), True),
        (("1990-12-30", "1990-12-31"), True),
        (("1990", "1991"), False),
    ):
        told = document(small("diff", "is", "mn", *asked, "--json"), "diff")
        assert (ended in told["changes"]) is is_there


def test_superseded_before_its_end(own: Run) -> None:
    """What was superseded is so from then on, and its own end is no further change."""
    facts = [
        ("old", "superseded", 'date = "2000"\nuntil = "2010"\nsuperseded_by = "new"'),
        ("new", "current", 'date = "2005"'),
    ]
    told = document(own("diff", "cl", "nu", "2004", "2006", "--json", facts=facts), "diff")
    assert told["changes"] == [
        {"fact": "cl-nu/new", "change": "added", "was": None, "is": "current"},
        {"fact": "cl-nu/old", "change": "superseded", "was": "current", "is": "superseded"},
    ]
    assert own("diff", "cl", "nu", "2006", "2012", "--json", facts=facts).code == 1


@pytest.mark.parametrize("dates", [("2015", "2017-06"), ("2021-03-01", "2024"), ("2024", "2026")])
def test_diff_is_between_two_states(run: Run, dates: tuple[str, str]) -> None:
    """On the real pair, the difference is that between the answers of --as-of on both dates, facts as on the later."""
    before, after = (
        {
            fact["id"]: fact
            for fact in json.loads(
                run("facts", "az", "pk", "--all", "--json", "--as-of", date).out
            )["facts"]
        }
        for date in dates
    )
    told = document(run("diff", "az", "pk", *dates, "--json"), "diff")
    assert [change["fact"] for change in told["changes"]] == [fact["id"] for fact in told["facts"]]
    assert all(after[fact["id"]] == fact for fact in told["facts"])
    assert {
        c["fact"] for c in told["changes"] if c["change"] == "added"
    } == after.keys() - before.keys()
    for change in told["changes"]:
        was = before.get(change["fact"])
        assert change["was"] == (was["status"] if was else None)
        assert change["is"] == after[change["fact"]]["status"]
    changed = {id for id in before if before[id]["status"] != after[id]["status"]}
    assert changed <= {change["fact"] for change in told["changes"]}


def test_armenia_changed_in_2025(run: Run) -> None:
    """Between 2024 and 2026 the real pair's stance on Armenia was superseded."""
    told = document(run("diff", "az", "pk", "2024", "2026", "--topic", "stance", "--json"), "diff")
    changes = {change["fact"]: change for change in told["changes"]}
    assert changes["az-pk/pk-armenia-relations-2025"]["change"] == "added"
    assert changes["az-pk/pk-no-ties-armenia"]["change"] == "superseded"
    assert {fact["topic"] for fact in told["facts"]} == {"stance"}


def test_diff_in_words(small: Run) -> None:
    """Dates may be quoted with the words, words filter the facts, and so does --verified."""
    ids = small("diff", "iceland mongolia yak 2005 2010", "--fields", "id").out
    assert ids == "id\nis-mn/yak-1-delivery\nis-mn/yak-1-order\n"
    verified = small("diff", "is", "mn", "2005", "2010", "--verified", "--fields", "id")
    assert verified.out == "id\nis-mn/yak-1-order\n"


def test_diff_table(small: Run) -> None:
    """The table says between which days, parts by change, and shows a status that has changed as two."""
    lines = small(
        "diff", "is", "mn", "1985", "2010", "--format", "table", env={"COLUMNS": "100"}
    ).out.splitlines()
    assert lines[0] == "Iceland–Mongolia · diff · 1985-12-31 to 2010-12-31"
    assert [line.strip() for line in lines if line.strip() in ("ADDED", "SUPERSEDED", "ENDED")] == [
        "ADDED",
        "ENDED",
    ]
    assert any("current → historical" in line for line in lines)


def test_batch(run: Run) -> None:
    """Both views are answered in a batch, as words and as JSON."""
    lines = [
        "diff az pk 2024 2026",
        '{"view": "diff", "words": "az pk 2024 2026"}',
        "timeline az pk jf-17",
    ]
    documents = [json.loads(line) for line in run("batch", stdin="\n".join(lines)).out.splitlines()]
    assert documents[0] == documents[1]
    assert [each["schema"] for each in documents[1:]] == ["bilatcli/diff@1", "bilatcli/timeline@1"]


@pytest.mark.parametrize(
    ("arguments", "code", "err"),
    [
        ("", 2, f"`diff` compares two dates, but got none: {TWO}\n"),
        ("az pk", 2, f"`diff` compares two dates, but got none: {TWO}\n"),
        ("az pk 2024", 2, f"`diff` compares two dates, but got 1: {TWO}\n"),
        ("az pk 2022 2024 2026", 2, f"`diff` compares two dates, but got 3: {TWO}\n"),
        ("2024 az 2026 pk", 2, f"`diff` compares two dates, but got none: {TWO}\n"),
        (
            "az pk 2024 2024-13",
            2,
            "`2024-13` is no date: write a date as 2016, 2016-12 or 2016-12-31\n",
        ),
        ("az pk 2026 2024", 2, "`2026` does not end before `2024`: write the earlier date first\n"),
        (
            "az pk 2024 2024-12-31",
            2,
            "`2024` does not end before `2024-12-31`: write the earlier date first\n",
        ),
        (
            "2024 2026",
            2,
            "name a country or two, as in `bilatcli diff azerbaijan pakistan 2024 2026`\n",
        ),
        (
            "korea pk 2024 2026",
            1,
            (
                "`korea` can mean North Korea (KP), South Korea (KR): say which\n"
                "  bilatcli diff kp pk 2024 2026  North Korea (KP)\n"
                "  bilatcli diff kr pk 2024 2026  South Korea (KR)\n"
            ),
        ),
        (
            "az pk 1700 1701",
            1,
            "no change on Azerbaijan–Pakistan from 1700 to 1701; `bilatcli list` shows what there is\n",
        ),
    ],
)
def test_diff_errors(run: Run, arguments: str, code: int, err: str) -> None:
    """What cannot be compared is told in a line, with what to write instead."""
    result = run("diff", *arguments.split())
    assert (result.code, result.err) == (code, f"bilatcli: {err}")


def test_not_verified(small: Run) -> None:
    """Where --verified leaves nothing of what changed, that is said."""
    result = small("diff", "is", "mn", "delivered", "2007", "2008", "--verified", "--fields", "id")
    wanted = "no change on Iceland–Mongolia from 2007 to 2008 has `delivered`; 1 is not verified: leave --verified out"
    assert (result.code, result.err) == (1, f"bilatcli: {wanted}\n")


@given(
    st.lists(
        st.text(max_size=6) | st.sampled_from(["az", "2024", "2024-02-30", "0000", "9999-12-31"]),
        max_size=4,
    )
)
def test_dates_are_taken_or_told(words: list[str]) -> None:
    """Of any words, the last two are taken as dates in order, or it is said what is wrong; no word is lost."""
    request = Request("diff", words)
    text = request.text.split()
    try:
        first, last = request.pop_dates()
    except UsageError:
        return
    assert first < last
    assert [*request.words, *request.dates] == text
    assert request.text == " ".join(text)
