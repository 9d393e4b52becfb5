"""The messages that a client of `mcp` writes, for tests of the process and of its lines."""

from __future__ import annotations

import json
from typing import Any

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
