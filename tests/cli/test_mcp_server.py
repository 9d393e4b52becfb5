"""`mcp`: the list of tools, prompts, resources, and the lines that the server writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError, types

from bilatcli.cli.commands import mcp_reply, schema
from bilatcli.index.store import Index
from mcp_support import requests, talk, to_wire
from support import Run

MAX_TOOL_LIST_BYTES = 20_000


def test_list_of_tools_is_small(index: Index) -> None:
    """The list of tools goes into each conversation: it has at most 20 kB on the wire."""
    tools = talk(index, 40_000, lambda client: client.list_tools())
    assert len(to_wire(tools).encode()) <= MAX_TOOL_LIST_BYTES


def test_prompts(index: Index) -> None:
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

    texts = talk(index, 40_000, say)
    for name, text in texts.items():
        assert all(value in text for value in given[name].values())
        assert "nothing-recorded" in text


def test_resources(index: Index) -> None:
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

    found = talk(index, 40_000, say)
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


def test_no_character_breaks_a_line(run: Run, tmp_path: Path) -> None:
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
