"""What tests of `mcp` share: the messages of a client, and the client of the SDK."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from mcp import Client, types

from bilatcli.cli.commands import mcp
from bilatcli.index.store import Index

HELLO = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "0"},
}


def requests(*messages: tuple[str, dict[str, Any]]) -> str:
    """Return the handshake and requests, one per line."""
    return "".join(
        json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}) + "\n"
        for id, (method, params) in enumerate([("initialize", HELLO), *messages])
    )


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
