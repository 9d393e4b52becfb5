"""`mcp`: replies stay below their ceiling, and what they leave out can be called for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli.cli.commands import mcp_reply, mcp_tools, schema
from bilatcli.index.store import Index
from mcp_support import check_reply, talk

if TYPE_CHECKING:
    from mcp import Client, types

CEILINGS = (mcp_reply.DEFAULT_CEILING, 12_000)

SENTENCES = (
    "Pakistan recognised Azerbaijan in 1992.",
    "Azerbaijan ordered ten Super Mushshak trainers from Pakistan in July 2017.",
    "Peru and Fiji signed a treaty on fish in 1980.",
)
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("facts", {"words": "az pk"}),
    ("facts", {"words": "az pk", "all": True, "sort": "oldest"}),
    ("facts", {"words": "pakistan", "since": "2015"}),
    ("timeline", {"words": "az pk"}),
    ("summary", {"words": "az pk"}),
    ("summary", {"words": "pakistan"}),
    ("diff", {"words": "az pk 2000 2026"}),
    ("military", {"words": "az pk"}),
    ("stances", {"words": "pakistan"}),
    ("stances", {"matrix": True}),
    ("figures", {"words": "az pk"}),
    ("issues", {}),
    ("events", {}),
    ("search", {"words": "agreement", "limit": 60}),
    ("search", {"words": "embassy", "sort": "newest"}),
    ("latest", {"country": "pk", "limit": 60}),
    ("latest", {"country": "az", "limit": 7, "sort": "oldest"}),
    ("cite", {"words": ["az", "pk"]}),
    ("cite", {"words": ["azernews-200281"]}),
    ("show", {"words": "karabakh-war-2020"}),
    ("resolve", {"words": ["korea", "azerbaijn", "congo"] * 30}),
    ("list", {}),
    ("verify", {"words": "\n\n".join(SENTENCES * 12)}),
]
"""Questions with long answers, at least one for each tool."""


def get_rows(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that the page of a reply counts."""
    key = reply["page"]["rows"]
    rows: list[dict[str, Any]] = reply["matrix"]["cells"] if key == "cells" else reply[key]
    return rows


def identify(row: dict[str, Any]) -> str:
    """Return what tells a row from the others of its answer."""
    return json.dumps(
        row.get("id") or [row.get("holder"), row.get("issue"), row.get("input"), row.get("text")]
    )


def test_questions_cover_all_views() -> None:
    """Every tool is asked for a long answer."""
    assert {name for name, _ in QUESTIONS} == set(mcp_tools.TOOLS)


@pytest.mark.parametrize("form", ["short", "full"])
@pytest.mark.parametrize("ceiling", CEILINGS)
def test_pages(index: Index, ceiling: int, form: str) -> None:
    """Every page fits, `next` leads on to the last one, and together they have each row once."""

    async def say(client: Client) -> None:
        for name, arguments in QUESTIONS:
            call: dict[str, Any] | None = {"tool": name, "arguments": {**arguments, "form": form}}
            seen: list[str] = []
            total = 0
            while call is not None and len(seen) < 45:
                result = await client.call_tool(call["tool"], call["arguments"])
                reply = check_reply(result, ceiling)
                page = reply["page"]
                rows = get_rows(reply)
                assert (page["form"], page["offset"], page["shown"]) == (form, len(seen), len(rows))
                total = page["total"]
                seen += map(identify, rows)
                assert page["left_out"] == total - len(seen)
                if form == "full" and {"shortened", "omitted"}.isdisjoint(page):
                    check_schema(name, reply)
                call = page.get("next")
            assert len(seen) > 0, name
            if name not in ("resolve", "verify"):
                assert len(set(seen)) == len(seen), (name, arguments)
            assert call is not None or len(seen) == total

    talk(index, ceiling, say)


def check_schema(name: str, reply: dict[str, Any]) -> None:
    """Fail unless a reply in full form matches the published schema of its document."""
    validator = Draft202012Validator(json.loads(schema.read_schema(name)))
    assert [error.message for error in validator.iter_errors(reply)] == []


@pytest.mark.parametrize(("name", "arguments"), QUESTIONS)
def test_every_fact_of_a_page_has_its_sources(
    index: Index, name: str, arguments: dict[str, Any]
) -> None:
    """The sources that the facts of a reply name are in it, and countries have names."""

    async def say(client: Client) -> types.CallToolResult:
        return await client.call_tool(name, arguments)

    reply = check_reply(talk(index, 15_000, say), 15_000)
    if "shortened" in reply["page"] or name == "cite":
        # For a source, `cite` has the facts that rest on it, not their other sources.
        return
    known = {source["id"] for source in reply.get("sources", ())}
    of_claims = [fact for claim in reply.get("claims", ()) for fact in claim["facts"]]
    for fact in (*reply.get("facts", ()), *reply.get("chain", ()), *of_claims):
        assert known.issuperset(fact.get("sources", ()))
        assert set(fact["id"][:5].upper().split("-")) <= set(reply["countries"])


def test_important_facts_come_first(index: Index) -> None:
    """Facts that editors found telling come before others, and former ones come last."""

    async def say(client: Client) -> list[types.CallToolResult]:
        arguments = {"words": "az pk", "all": True, "form": "full"}
        first = await client.call_tool("facts", arguments)
        total = (first.structured_content or {})["page"]["total"]
        return [first, await client.call_tool("facts", {**arguments, "offset": total - 3})]

    first, last = (check_reply(each, 40_000) for each in talk(index, 40_000, say))
    assert all(fact["headline"] for fact in first["facts"][:5])
    assert all(fact["superseded_by"] or fact["retracted"] for fact in last["facts"])
    assert first["page"]["next"]["arguments"]["all"] is True


def test_narrower_calls_work(index: Index) -> None:
    """A reply that leaves out facts names narrower calls, which have as many facts as it says."""

    async def say(client: Client) -> None:
        result = await client.call_tool("facts", {"words": "az pk"})
        narrower = check_reply(result, 40_000)["page"]["narrower"]
        assert narrower
        for call in narrower:
            found = check_reply(await client.call_tool(call["tool"], call["arguments"]), 40_000)
            assert found["page"]["total"] == call["facts"]

    talk(index, 40_000, say)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("stances", {"words": "peru fiji"}),
        ("facts", {"words": "az pk", "since": "2099"}),
        ("search", {"words": "quetzalcoatl"}),
        ("issues", {"words": "quetzalcoatl"}),
    ],
)
def test_nothing_recorded_is_not_a_failure(
    index: Index, name: str, arguments: dict[str, Any]
) -> None:
    """Nothing recorded is an answer that says so; a failure is an error of the protocol."""

    async def say(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool(name, arguments),
            await client.call_tool(name, {**arguments, "bogus": 1}),
        ]

    empty, failed = talk(index, 40_000, say)
    answer, error = (check_reply(each, 40_000) for each in (empty, failed))
    assert (empty.is_error, answer["outcome"], "error" in answer) == (
        False,
        "nothing-recorded",
        False,
    )
    assert answer["notes"]
    assert "--" not in " ".join(answer["notes"]).replace("`bilatcli ", "")
    assert (failed.is_error, error["outcome"]) == (True, "failed")
    assert "notes" not in error


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"offset": 5_000}, "`offset` is 5000, but the answer has 6 facts"),
        ({"offset": -1}, "`offset` cannot be `-1`"),
        ({"limit": 0}, "`limit` cannot be `0`"),
        ({"limit": "many"}, "`limit` cannot be `many`"),
        ({"form": "long"}, "unknown form `long`"),
        ({"form": 7}, "`form` must be text"),
    ],
)
def test_page_that_cannot_be(index: Index, arguments: dict[str, Any], problem: str) -> None:
    """A page that does not exist is an error that says what is wrong, never an empty answer."""

    async def say(client: Client) -> types.CallToolResult:
        return await client.call_tool("facts", {"words": "az pk jf-17", **arguments})

    result = talk(index, 40_000, say)
    message = check_reply(result, 40_000)["error"]["message"]
    assert result.is_error
    assert message.startswith(problem.replace("6 facts", message.split()[-2] + " facts")[:20])
    assert problem.split("`")[1] in message


def test_long_questions_fit(index: Index) -> None:
    """A question that is longer than the ceiling gets a reply that fits."""

    async def say(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool("facts", {"words": "az pk " + "x" * 12_000}),
            await client.call_tool("search", {"words": "embassy " + "y" * 12_000}),
            await client.call_tool("resolve", {"words": ["z" * 2_000] * 8}),
        ]

    for result in talk(index, 8_000, say):
        assert check_reply(result, 8_000)["outcome"]
