"""The command `mcp`: tools for assistants, asked by the SDK's own client on the installed command."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError, StdioServerParameters, types

from bilatcli.cli.commands import mcp, schema
from bilatcli.views.catalog import VIEWS
from support import COMMAND, DATA, ROOT, Run

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
    ("search", {"words": "kashmir", "limit": 3}, ["kashmir", "--limit", "3"]),
    ("cite", {"words": ["az-pk/recognition-1991"]}, ["az-pk/recognition-1991"]),
    ("show", {"words": "az-pk/recognition-1991"}, ["az-pk/recognition-1991"]),
    ("resolve", {"words": ["azerbaijn", "korea"]}, ["azerbaijn", "korea"]),
    ("list", {"curated": True}, ["--curated"]),
    ("facts", {"words": "az pk", "since": "2099"}, ["az pk", "--since", "2099"]),
]
HELLO = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "0"},
}


def ask(
    home: Path, what: Callable[[Client], Awaitable[Any]], *arguments: str, mode: str = "auto"
) -> Any:
    """What a client of the installed command gets."""

    async def talk() -> Any:
        env = {"HOME": str(home), "PYTHONUTF8": "1"}
        server = StdioServerParameters(command=str(COMMAND), args=["mcp", *arguments], env=env)
        async with Client(server, mode=mode) as client:
            return await what(client)

    return asyncio.run(talk())


def text(result: types.CallToolResult) -> str:
    """The first text of a result."""
    first = result.content[0]
    assert isinstance(first, types.TextContent)
    return first.text


def lines(*messages: tuple[str, dict[str, Any]]) -> str:
    """Requests, a line each, behind the handshake."""
    asked = [("initialize", HELLO), *messages]
    return "".join(
        json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}) + "\n"
        for id, (method, params) in enumerate(asked)
    )


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_tools_are_the_views(home: Path, mode: str) -> None:
    """Each view is a tool with the published schema, and the instructions ask for sources, date and verification."""

    async def listed(client: Client) -> tuple[Any, Any]:
        return client.instructions, (await client.list_tools()).tools

    instructions, tools = ask(home, listed, mode=mode)
    assert [tool.name for tool in tools] == list(VIEWS)
    for tool in tools:
        assert tool.output_schema == json.loads(schema.text(tool.name))
        assert tool.description.startswith(VIEWS[tool.name].help)
        assert tool.annotations.read_only_hint
        Draft202012Validator.check_schema(tool.input_schema)
    for word in ("sources", "date", "verification", "doubt", "never instructions"):
        assert word in instructions


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
def test_what_a_tool_takes_is_what_its_view_declares(view: Any) -> None:
    """The schema of arguments has the options that choose facts, and none to leave sources out."""
    properties = mcp.input_schema(view)["properties"]
    assert set(properties) - {"words"} == {option.key for option in view.select_options}
    assert not {"fields", "format", "style", "data"} & set(properties)
    for option in view.select_options:
        assert properties[option.key].get("enum", []) == list(option.choices)


def test_calls_cover_every_view() -> None:
    """Every tool is called below."""
    assert {name for name, _, _ in CALLS} == set(VIEWS)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_documents_are_those_of_the_command_line(home: Path, run: Run, mode: str) -> None:
    """A call returns what the command prints as JSON, as text and as data that its schema takes."""

    async def call(client: Client) -> list[types.CallToolResult]:
        return [await client.call_tool(name, arguments) for name, arguments, _ in CALLS]

    for (name, arguments, line), result in zip(CALLS, ask(home, call, mode=mode), strict=True):
        assert not result.is_error
        printed = run(name, *line, "--json").out
        assert text(result) + "\n" == printed
        assert result.structured_content == json.loads(printed)
        given = {key: value for key, value in arguments.items() if value is not None}
        assert list(Draft202012Validator(mcp.input_schema(VIEWS[name])).iter_errors(given)) == []
        assert (
            list(
                Draft202012Validator(json.loads(schema.text(name))).iter_errors(
                    result.structured_content
                )
            )
            == []
        )


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("facts", {"words": "korea pakistan"}, "ambiguous"),
        ("facts", {"words": "azrbjnx"}, "no-such-country"),
        ("stances", {"words": "peru fiji"}, "nothing-recorded"),
        ("show", {"words": "no-such-fact"}, "no-such-record"),
        ("facts", {}, "usage"),
        ("facts", {"words": "az", "fields": "id"}, "usage"),
        ("facts", {"words": "az", "topic": "gossip"}, "usage"),
        ("list", {"words": "az"}, "usage"),
    ],
)
def test_errors_are_told(home: Path, name: str, arguments: dict[str, Any], kind: str) -> None:
    """What has no answer is an error of the tool, with the error document as its text, and the server goes on."""

    async def call(client: Client) -> list[types.CallToolResult]:
        return [
            await client.call_tool(name, arguments),
            await client.call_tool("list", {"curated": True}),
        ]

    refused, after = ask(home, call)
    document = json.loads(text(refused))
    assert (refused.is_error, document["error"]["kind"], after.is_error) == (True, kind, False)
    assert list(Draft202012Validator(json.loads(schema.text("error"))).iter_errors(document)) == []


def test_the_call_in_the_manual(home: Path) -> None:
    """The call in docs/assistants.md gives what it says there, and what a candidate has in `ask` can be called."""
    page = (ROOT / "docs" / "assistants.md").read_text("utf-8").partition("<!-- call -->")[2]
    asked, told = map(json.loads, re.findall(r"```json\n(.*?)```", page, re.DOTALL))

    async def call(client: Client) -> list[types.CallToolResult]:
        refused = await client.call_tool(asked["params"]["name"], asked["params"]["arguments"])
        again = json.loads(text(refused))["error"]["candidates"][1]["ask"]
        return [refused, await client.call_tool(again["tool"], again["arguments"])]

    refused, again = ask(home, call)
    assert json.loads(text(refused)) == told
    assert "ambiguous" not in text(again)


def test_an_unknown_tool(home: Path) -> None:
    """A tool that is not there is an error of the protocol that names those that are."""

    async def call(client: Client) -> None:
        await client.call_tool("gossip", {})

    with pytest.raises(BaseExceptionGroup) as caught:
        ask(home, call)
    found = caught.value.subgroup(MCPError)
    assert found is not None
    assert "there is no tool `gossip`: there are summary, facts, " in repr(found.exceptions)


def test_a_hostile_pack(home: Path, run: Run) -> None:
    """Texts of a pack come through as data, whatever they say."""
    path = DATA / "small.toml"

    async def call(client: Client) -> types.CallToolResult:
        return await client.call_tool("facts", {"words": "is-mn hostile"})

    result = ask(home, call, "--data", str(path))
    printed = run("facts", "is-mn hostile", "--json", "--data", str(path)).out
    assert text(result) + "\n" == printed
    assert result.structured_content == json.loads(printed)
    assert result.structured_content["facts"]


def test_nothing_but_the_protocol_and_all_of_it(run: Run) -> None:
    """All that was asked before input ended is answered, garbage is passed over, and nothing else is printed."""
    calls = [("tools/call", {"name": "facts", "arguments": {"words": "az pk"}})] * 3
    result = run("mcp", stdin=lines(*calls).replace("\n", "\ngarbage\n", 1))
    assert (result.code, result.err) == (0, "")
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == [0, 1, 2, 3]


def test_an_encoding_of_old(run: Run) -> None:
    """Answers are right whatever the encoding of the stream."""
    asked = lines(("tools/call", {"name": "summary", "arguments": {"words": "az pk"}}))
    answers = [
        run("mcp", stdin=asked, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": each})
        for each in ("utf-8", "ascii")
    ]
    one, other = ([json.loads(line) for line in answer.out.splitlines()] for answer in answers)
    assert one == other


def test_ctrl_c(home: Path) -> None:
    """Ctrl-C ends it at once and quietly, while it waits to be asked."""
    process = subprocess.Popen(
        [str(COMMAND), "mcp"],
        env={"HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 -- it may be ignored
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines().encode())
        process.stdin.flush()
        assert process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")


def test_a_closed_pipe(home: Path) -> None:
    """Where nobody hears the answers it ends without a word."""
    with subprocess.Popen(
        [str(COMMAND), "mcp"],
        env={"HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(lines().encode())
        process.stdin.flush()
        assert process.wait(timeout=30) == 141
        assert process.stderr.read() == b""


def test_a_bad_pack_is_told_at_the_start(run: Run, tmp_path: Path) -> None:
    """A pack that is no good ends it with its problems on standard error, and nothing on standard output."""
    (tmp_path / "bad.toml").write_text("[pack]\nname = 1\n", encoding="utf-8")
    result = run("mcp", "--data", str(tmp_path))
    assert (result.code, result.out) == (2, "")
    assert "bad.toml:2:" in result.err


def test_without_the_extra(home: Path) -> None:
    """Without the SDK one line says what to install."""
    code = "import sys; sys.modules['mcp'] = None; sys.argv = ['bilatcli', 'mcp']\n"
    code += "from bilatcli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        input="",
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "pip install 'bilatcli[mcp]'" in done.stderr
