"""`mcp`: replies stay below their ceiling, and what they leave out can be called for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError, types

from bilatcli.cli.commands import mcp, mcp_reply, schema
from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from bilatcli.views import VIEWS
from mcp_support import requests
from support import Run, make_environ

CEILINGS = (mcp_reply.DEFAULT_CEILING, 12_000)
MAX_TOOL_LIST_BYTES = 20_000

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
]
"""Questions with long answers, at least one for each tool."""


@pytest.fixture(scope="module")
def whole(cache: Any) -> Iterator[Index]:
    """Yield an index that no other test uses at the same time."""
    environment = Environment(environ=make_environ(str(cache), cache), platform="linux")
    opened = open_index(environment)
    yield opened
    opened.close()


def talk(index: Index, ceiling: int, say: Callable[[Client], Awaitable[Any]]) -> Any:
    """Return what a client gets from a server in this process."""

    async def connect() -> Any:
        async with Client(mcp.make_server(index, ceiling)) as client:
            return await say(client)

    return asyncio.run(connect())


def to_wire(result: Any) -> str:
    """Return a result as the SDK writes it."""
    text: str = result.model_dump_json(by_alias=True, exclude_none=True)
    return text


def check_reply(result: types.CallToolResult, ceiling: int) -> dict[str, Any]:
    """Return the data of a reply, which fits and says the same as its only text."""
    assert len(to_wire(result)) <= ceiling
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    data: dict[str, Any] = json.loads(content.text)
    assert data == result.structured_content
    return data


def get_rows(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that the page of a reply counts."""
    key = reply["page"]["rows"]
    rows: list[dict[str, Any]] = reply["matrix"]["cells"] if key == "cells" else reply[key]
    return rows


def identify(row: dict[str, Any]) -> str:
    """Return what tells a row from the others of its answer."""
    return json.dumps(row.get("id") or [row.get("holder"), row.get("issue"), row.get("input")])


def test_questions_cover_all_views() -> None:
    """Every tool is asked for a long answer."""
    assert {name for name, _ in QUESTIONS} == set(VIEWS)


@pytest.mark.parametrize("form", ["short", "full"])
@pytest.mark.parametrize("ceiling", CEILINGS)
def test_pages(whole: Index, ceiling: int, form: str) -> None:
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
            if name != "resolve":
                assert len(set(seen)) == len(seen), (name, arguments)
            assert call is not None or len(seen) == total

    talk(whole, ceiling, say)


def check_schema(name: str, reply: dict[str, Any]) -> None:
    """Fail unless a reply in full form matches the published schema of its document."""
    validator = Draft202012Validator(json.loads(schema.read_schema(name)))
    assert [error.message for error in validator.iter_errors(reply)] == []


@pytest.mark.parametrize(("name", "arguments"), QUESTIONS)
def test_every_fact_of_a_page_has_its_sources(
    whole: Index, name: str, arguments: dict[str, Any]
) -> None:
    """The sources that the facts of a reply name are in it, and countries have names."""

    async def say(client: Client) -> types.CallToolResult:
        return await client.call_tool(name, arguments)

    reply = check_reply(talk(whole, 15_000, say), 15_000)
    if "shortened" in reply["page"] or name == "cite":
        # For a source, `cite` has the facts that rest on it, not their other sources.
        return
    known = {source["id"] for source in reply.get("sources", ())}
    for fact in (*reply.get("facts", ()), *reply.get("chain", ())):
        assert known.issuperset(fact.get("sources", ()))
        assert set(fact["id"][:5].upper().split("-")) <= set(reply["countries"])


def test_important_facts_come_first(whole: Index) -> None:
    """Facts that editors found telling come before others, and former ones come last."""

    async def say(client: Client) -> list[types.CallToolResult]:
        arguments = {"words": "az pk", "all": True, "form": "full"}
        first = await client.call_tool("facts", arguments)
        total = (first.structured_content or {})["page"]["total"]
        return [first, await client.call_tool("facts", {**arguments, "offset": total - 3})]

    first, last = (check_reply(each, 40_000) for each in talk(whole, 40_000, say))
    assert all(fact["headline"] for fact in first["facts"][:5])
    assert all(fact["superseded_by"] or fact["retracted"] for fact in last["facts"])
    assert first["page"]["next"]["arguments"]["all"] is True


def test_narrower_calls_work(whole: Index) -> None:
    """A reply that leaves out facts names narrower calls, which have as many facts as it says."""

    async def say(client: Client) -> None:
        result = await client.call_tool("facts", {"words": "az pk"})
        narrower = check_reply(result, 40_000)["page"]["narrower"]
        assert narrower
        for call in narrower:
            found = check_reply(await client.call_tool(call["tool"], call["arguments"]), 40_000)
            assert found["page"]["total"] == call["facts"]

    talk(whole, 40_000, say)


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
    whole: Index, name: str, arguments: dict[str, Any]
) -> None:
    """Nothing recorded is an answer that says so; a failure is an error of the protocol."""

    async def say(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool(name, arguments),
            await client.call_tool(name, {**arguments, "bogus": 1}),
        ]

    empty, failed = talk(whole, 40_000, say)
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
def test_page_that_cannot_be(whole: Index, arguments: dict[str, Any], problem: str) -> None:
    """A page that does not exist is an error that says what is wrong, never an empty answer."""

    async def say(client: Client) -> types.CallToolResult:
        return await client.call_tool("facts", {"words": "az pk jf-17", **arguments})

    result = talk(whole, 40_000, say)
    message = check_reply(result, 40_000)["error"]["message"]
    assert result.is_error
    assert message.startswith(problem.replace("6 facts", message.split()[-2] + " facts")[:20])
    assert problem.split("`")[1] in message


def test_long_questions_fit(whole: Index) -> None:
    """A question that is longer than the ceiling gets a reply that fits."""

    async def say(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool("facts", {"words": "az pk " + "x" * 12_000}),
            await client.call_tool("search", {"words": "embassy " + "y" * 12_000}),
            await client.call_tool("resolve", {"words": ["z" * 2_000] * 8}),
        ]

    for result in talk(whole, 8_000, say):
        assert check_reply(result, 8_000)["outcome"]


def test_list_of_tools_is_small(whole: Index) -> None:
    """The list of tools goes into each conversation: it has at most 20 kB on the wire."""
    tools = talk(whole, 40_000, lambda client: client.list_tools())
    assert len(to_wire(tools).encode()) <= MAX_TOOL_LIST_BYTES


def test_prompts(whole: Index) -> None:
    """Each prompt has a text with its arguments, and names only tools that exist."""
    given = {
        "fact_check": {"text": "Pakistan {recognised} Azerbaijan."},
        "country_brief": {"countries": "az pk"},
        "cite": {"words": "az pk", "style": "APA"},
    }

    async def say(client: Client) -> dict[str, str]:
        prompts = (await client.list_prompts()).prompts
        assert {prompt.name for prompt in prompts} == set(given)
        found = {}
        for prompt in prompts:
            result = await client.get_prompt(prompt.name, given[prompt.name])
            (message,) = result.messages
            assert isinstance(message.content, types.TextContent)
            found[prompt.name] = message.content.text
        with pytest.raises(MCPError, match="`cite` needs `words`"):
            await client.get_prompt("cite", {"words": "  "})
        with pytest.raises(MCPError, match="unknown prompt `gossip`"):
            await client.get_prompt("gossip", {})
        return found

    texts = talk(whole, 40_000, say)
    for name, text in texts.items():
        assert all(value in text for value in given[name].values())
        assert "nothing-recorded" in text


def test_resources(whole: Index) -> None:
    """Each resource is a JSON document that fits; an unknown address is an error."""

    async def say(client: Client) -> dict[str, Any]:
        found = {}
        for resource in (await client.list_resources()).resources:
            (content,) = (await client.read_resource(resource.uri)).contents
            assert isinstance(content, types.TextResourceContents)
            assert len(content.text) <= mcp_reply.DEFAULT_CEILING
            found[resource.uri] = json.loads(content.text)
        with pytest.raises(MCPError, match="no resource has the address `bilatcli://gossip`"):
            await client.read_resource("bilatcli://gossip")
        return found

    found = talk(whole, 40_000, say)
    assert "relations" in {pack["name"] for pack in found["bilatcli://packs"]["packs"]}
    assert found["bilatcli://coverage"]["relations"][0]["facts"] > 0
    names = {uri.rpartition("/")[2] for uri in found if "/schema/" in uri}
    assert names == set(schema.list_schemas())


def test_ceiling_can_be_chosen(run: Run) -> None:
    """`--max-reply` sets the ceiling of a server; one that is too low is refused."""
    call = ("tools/call", {"name": "facts", "arguments": {"words": "az pk"}})
    lines = [
        run("mcp", "--max-reply", str(ceiling), stdin=requests(call)).out.splitlines()[-1]
        for ceiling in (9_000, 60_000)
    ]
    assert [5_000 < len(line) <= 9_000 for line in lines] == [True, False]
    assert 50_000 < len(lines[1]) <= 60_000
    refused = run("mcp", "--max-reply", "100")
    assert (refused.code, refused.out) == (2, "")
    assert "`--max-reply` cannot be 100; a reply takes at least 8000 characters" in refused.err


def test_no_character_breaks_a_line(run: Run, tmp_path: Any) -> None:
    """A text with U+2028, U+2029 or U+0085 does not end the line of its message."""
    pack = tmp_path / "lines.toml"
    text = "One\u2028two\u2029three four."
    pack.write_text(
        '[pack]\nname = "lines"\ntitle = "Lines"\nlicence = "CC0-1.0"\nupdated = 2026-01-01\n'
        '[[source]]\nid = "s"\ntype = "book"\ntitle = "T"\nreliability = "news"\n'
        '[[relation]]\nid = "is-mn"\ncountries = ["IS", "MN"]\n'
        '[[relation.fact]]\nid = "a"\ndate = "2020"\ntopic = "diplomacy"\nstatus = "current"\n'
        f'verification = "single-source-claim"\nactors = ["IS"]\ntext = "{text}"\n'
        'sources = ["s"]\n',
        encoding="utf-8",
    )
    calls = [
        ("tools/call", {"name": "facts", "arguments": {"words": "is mn one"}}),
        ("tools/call", {"name": "facts", "arguments": {"words": "is mn x\u2028y\u0085z"}}),
    ]
    result = run("mcp", "--data", str(pack), stdin=requests(*calls))
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [0, 1, 2]
    assert json.loads(lines[1])["result"]["structuredContent"]["facts"][0]["text"] == text
