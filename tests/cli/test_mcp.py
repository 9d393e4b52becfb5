"""`mcp`: the tools for assistants, called by the client of the SDK."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError, types

from bilatcli.cli.commands import mcp, mcp_reply, mcp_tools, schema
from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from bilatcli.views import VIEWS, View
from support import DATA, ROOT, Run, make_environ

CALLS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("summary", {"words": "azerbaijan pakistan"}, ["azerbaijan pakistan"]),
    (
        "facts",
        {"words": "az pk", "topic": "trade", "all": True},
        ["az pk", "--topic", "trade", "--all"],
    ),
    ("timeline", {"words": "az-pk", "since": "2020"}, ["az-pk", "--since", "2020"]),
    ("diff", {"words": "az pk 2024 2026", "verified": True}, ["az pk 2024 2026", "--verified"]),
    ("military", {"words": "azerbaijn pk jf-17", "as_of": None}, ["azerbaijn pk jf-17"]),
    ("stances", {"matrix": True, "words": "turkey"}, ["turkey", "--matrix"]),
    ("figures", {"words": "az pk"}, ["az pk"]),
    ("issues", {"words": "kashmir"}, ["kashmir"]),
    ("events", {"words": "karabakh"}, ["karabakh"]),
    ("latest", {"country": "pk"}, ["--country", "pk"]),
    ("search", {"words": "kashmir", "limit": 3}, ["kashmir", "--limit", "3"]),
    ("cite", {"words": ["az-pk/recognition-1991"]}, ["az-pk/recognition-1991"]),
    ("show", {"words": "az-pk/recognition-1991"}, ["az-pk/recognition-1991"]),
    ("resolve", {"words": ["azerbaijn", "korea"]}, ["azerbaijn", "korea"]),
    ("list", {"curated": True}, ["--curated"]),
    ("facts", {"words": "az pk", "since": "2099"}, ["az pk", "--since", "2099"]),
    (
        "verify",
        {"words": "Pakistan recognised Azerbaijan in 1992."},
        ["Pakistan recognised Azerbaijan in 1992."],
    ),
]
"""Tools, their arguments, and the arguments of the same command."""

EXAMPLES = (ROOT / "docs" / "assistants.md").read_text("utf-8").partition("<!-- call -->")[2]


CUT = "…"
NO_CEILING = 10**9
ADDED_KEYS = ("outcome", "page", "notes")
"""What a reply has besides the document of the command."""


def ask(
    index: Index,
    talk: Callable[[Client], Awaitable[Any]],
    *,
    mode: str = "auto",
    ceiling: int = NO_CEILING,
) -> Any:
    """Return what a client gets from a server in this process."""

    async def connect() -> Any:
        async with Client(mcp.make_server(index, ceiling), mode=mode) as client:
            return await talk(client)

    return asyncio.run(connect())


def text(result: types.CallToolResult) -> str:
    """Return the only text of a result."""
    (first,) = result.content
    assert isinstance(first, types.TextContent)
    return first.text


def document_of(result: types.CallToolResult) -> dict[str, Any]:
    """Return the document in a result, which its text and its data say alike."""
    assert json.loads(text(result)) == result.structured_content
    content = result.structured_content or {}
    return {key: value for key, value in content.items() if key not in ADDED_KEYS}


def validate(document: Any, schema: Any) -> None:
    """Fail unless a document matches a schema."""
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_tools(index: Index, mode: str) -> None:
    """Each view is a tool, and the instructions ask for sources."""

    async def talk(client: Client) -> tuple[Any, Any]:
        return client.instructions, (await client.list_tools()).tools

    instructions, tools = ask(index, talk, mode=mode)
    assert [tool.name for tool in tools] == [*VIEWS, "verify"]
    for tool in tools:
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.description.startswith(mcp_tools.TOOLS[tool.name].help)
        assert tool.annotations.read_only_hint
        Draft202012Validator.check_schema(tool.input_schema)
    for word in ("sources", "date", "verification", "doubt", "never instructions"):
        assert word in instructions


@pytest.mark.parametrize("view", mcp_tools.TOOLS.values(), ids=lambda view: view.name)
def test_arguments(view: View) -> None:
    """A tool takes the options that select facts and a page, and none on how they are printed."""
    properties = mcp_tools.input_schema(view)["properties"]
    selecting = {option.key for option in view.select_options}
    assert set(properties) - {"words"} == selecting | {"limit", "offset", "form"}
    assert not {"fields", "format", "style", "data"} & set(properties)
    for option in view.select_options:
        assert properties[option.key].get("enum", []) == list(option.choices)


def test_calls_cover_all_tools() -> None:
    """Every tool is called below."""
    assert {name for name, _, _ in CALLS} == set(mcp_tools.TOOLS)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_documents(index: Index, run: Run, mode: str) -> None:
    """The full form is the document of the command, as text and as data that match the schema."""

    async def talk(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool(name, {**arguments, "form": "full"})
            for name, arguments, _ in CALLS
        ]

    for (name, arguments, argv), result in zip(CALLS, ask(index, talk, mode=mode), strict=True):
        assert not result.is_error
        printed = run(name, *argv, "--json")
        assert document_of(result) == json.loads(printed.out)
        assert name in mcp_reply.LIMITED_VIEWS or result.structured_content["page"]["left_out"] == 0
        given = {key: value for key, value in arguments.items() if value is not None}
        validate(given, mcp_tools.input_schema(mcp_tools.TOOLS[name]))
        validate(result.structured_content, json.loads(schema.read_schema(name)))


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("facts", {"words": "korea pakistan"}, "ambiguous"),
        ("facts", {"words": "azrbjnx"}, "no-such-country"),
        ("show", {"words": "no-such-fact"}, "no-such-record"),
        ("facts", {}, "usage"),
        ("facts", {"words": "az", "fields": "id"}, "usage"),
        ("facts", {"words": "az", "topic": "gossip"}, "usage"),
        ("list", {"words": "az"}, "usage"),
    ],
)
def test_error(index: Index, name: str, arguments: dict[str, Any], kind: str) -> None:
    """A call without an answer returns an error document, and the server goes on."""

    async def talk(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool(name, arguments),
            await client.call_tool("list", {"curated": True}),
        ]

    refused, after = ask(index, talk)
    document = json.loads(text(refused))
    assert (refused.is_error, document["error"]["kind"], after.is_error) == (True, kind, False)
    assert document == refused.structured_content
    is_failure = kind == "usage"
    assert document["outcome"] == ("failed" if is_failure else "not-understood")
    assert "--" not in document["error"]["message"]
    validate(document, json.loads(schema.read_schema("error")))


def test_example_of_the_manual(index: Index) -> None:
    """The call in docs/assistants.md returns the text there, and its `ask` can be called."""
    call, answer = map(json.loads, re.findall(r"```json\n(.*?)```", EXAMPLES, re.DOTALL))

    async def talk(client: Client) -> list[types.CallToolResult]:
        refused = await client.call_tool(call["params"]["name"], call["params"]["arguments"])
        again = json.loads(text(refused))["error"]["candidates"][1]["ask"]
        return [refused, await client.call_tool(again["tool"], again["arguments"])]

    refused, again = ask(index, talk)
    assert json.loads(text(refused)) == answer
    assert "ambiguous" not in text(again)


def test_exchange_of_the_manual(index: Index) -> None:
    """The calls of the exchange in docs/assistants.md return what the page shows."""
    page = (ROOT / "docs" / "assistants.md").read_text("utf-8")
    exchange = page.partition("<!-- exchange -->")[2].partition("<!-- /exchange -->")[0]
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", exchange, re.DOTALL)]
    calls = [block["params"] for block in blocks[::2]]

    async def talk(client: Client) -> list[types.CallToolResult]:
        return [await client.call_tool(call["name"], call["arguments"]) for call in calls]

    results = ask(index, talk, ceiling=mcp_reply.DEFAULT_CEILING)
    for shown, result in zip(blocks[1::2], results, strict=True):
        assert cut_like(result.structured_content, shown) == without_numbers(shown)


def cut_like(value: Any, shown: Any) -> Any:
    """Return a value cut where a page cuts it by `…`; other packs may change the numbers."""
    if isinstance(shown, dict):
        keys = [key for key in shown if key != CUT] if CUT in shown else list(value)
        kept = {key: cut_like(value[key], shown.get(key)) for key in keys}
        return {**kept, **({CUT: CUT} if CUT in shown else {})}
    if isinstance(shown, list) and shown[-1:] == [CUT]:
        return [*map(cut_like, value, shown[:-1]), CUT]
    if isinstance(shown, list) and isinstance(value, list) and len(shown) == len(value):
        return list(map(cut_like, value, shown))
    return without_numbers(value)


def without_numbers(value: Any) -> Any:
    """Return a value with all counts, and the digits of notes, as 0."""
    if isinstance(value, dict):
        return {key: without_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(without_numbers, value))
    if isinstance(value, str) and value.startswith("no military fact"):
        return re.sub("[0-9]+", "0", value)
    return 0 if type(value) is int else value


def test_unknown_tool(index: Index) -> None:
    """An unknown tool is an error of the protocol that names all tools."""

    async def talk(client: Client) -> None:
        await client.call_tool("gossip", {})

    with pytest.raises(BaseExceptionGroup) as caught:
        ask(index, talk)
    found = caught.value.subgroup(MCPError)
    assert found is not None
    assert "unknown tool `gossip`; choose from summary, facts, " in repr(found.exceptions)


def test_hostile_pack(home: Path, cache: Path, run: Run) -> None:
    """Texts of a pack are passed on as data, whatever they say."""
    pack = str(DATA / "small.toml")

    async def talk(client: Client) -> types.CallToolResult:
        return await client.call_tool("facts", {"words": "is-mn hostile", "form": "full"})

    environment = Environment(environ=make_environ(home, cache), platform="linux")
    opened = open_index(environment, [pack])
    try:
        result = ask(opened, talk)
    finally:
        opened.close()
    printed = run("facts", "is-mn hostile", "--json", "--data", pack).out
    assert document_of(result) == json.loads(printed)
    assert document_of(result)["facts"]


@pytest.mark.parametrize(
    ("command", "call"),
    [
        ("bilatcli cite az-pk/a az-pk/b", {"words": ["az-pk/a", "az-pk/b"]}),
        ("bilatcli search kashmir --limit 3", {"words": "kashmir", "limit": 3}),
        ("bilatcli list --curated", {"curated": True}),
        ("bilatcli report az pk", None),
        ("bilatcli facts az --bogus", None),
        ("bilatcli", None),
    ],
)
def test_call_of_a_command(command: str, call: dict[str, Any] | None) -> None:
    """A command line of a view becomes the call of its tool."""
    found = mcp_tools.to_tool_call(command)
    assert found == (None if call is None else {"tool": command.split()[1], "arguments": call})


def test_invalid_pack(run: Run, tmp_path: Path) -> None:
    """An invalid pack ends the server at the start, with its problems on standard error."""
    (tmp_path / "bad.toml").write_text("[pack]\nname = 1\n", encoding="utf-8")
    result = run("mcp", "--data", str(tmp_path))
    assert (result.code, result.out) == (2, "")
    assert "bad.toml:2:" in result.err


def test_without_the_sdk(run: Run) -> None:
    """Without the SDK one line says what to install."""
    with mock.patch.dict("sys.modules", {"mcp": None}):
        result = run("mcp")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "pip install 'bilatcli[mcp]'" in result.err
