"""The transport of MCP: JSON messages, one per line, on the standard streams."""

from __future__ import annotations

from bilatcli.cli import write_stdout
from bilatcli.errors import BilatcliError
from bilatcli.text import escape_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Queue
    from collections.abc import AsyncIterator

    from bilatcli.environment import Environment

DRAIN_TIMEOUT_S = 2
"""Maximum seconds to wait for pending answers after the input has ended."""

POLL_S = 0.01
"""Seconds between two looks at the pending answers."""


class StdioTransport:
    """Reads requests and writes answers, of which several may be pending.

    Ctrl-C ends reading at once, although a thread waits for the next line. If the client closes
    its end, reading ends when all requests are answered.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._pending = 0

    async def lines(self) -> AsyncIterator[str]:
        """Yield each line of the input; raises UsageError for one that is too long."""
        import asyncio
        from threading import Thread

        lines: Queue[str | BilatcliError | None] = asyncio.Queue()
        Thread(target=self._read, args=(lines, asyncio.get_running_loop()), daemon=True).start()
        while (line := await lines.get()) is not None:
            if isinstance(line, BilatcliError):
                raise line
            self._pending += _is_request(line)
            yield line
        waited_s = 0.0
        while self._pending > 0 and waited_s < DRAIN_TIMEOUT_S:
            await asyncio.sleep(POLL_S)
            waited_s += POLL_S

    def _read(self, lines: Queue[str | BilatcliError | None], loop: AbstractEventLoop) -> None:
        from contextlib import suppress

        # The loop may have ended before a line arrives.
        with suppress(RuntimeError):
            try:
                for line in self._environment.stdin:
                    whole = line.encode(errors="surrogateescape").decode(errors="replace")
                    loop.call_soon_threadsafe(lines.put_nowait, whole)
            except BilatcliError as error:
                loop.call_soon_threadsafe(lines.put_nowait, error)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    async def write(self, text: str) -> None:
        """Write and flush an answer, as UTF-8 whatever the encoding of the stream.

        Characters that some readers take for the end of a line, such as U+2028, are escaped. Raises
        EnvironmentFault if writing fails.
        """
        write_stdout([escape_json(text)], self._environment, is_json=True)
        self._pending -= 1

    async def flush(self) -> None:
        """Do nothing: each answer is flushed already."""


def _is_request(line: str) -> bool:
    """Return True if a line is a message that needs an answer."""
    from json import loads

    try:
        message = loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(message, dict) and "id" in message and "method" in message
