"""A dialogue of JSON messages, a line each, on the standard streams: what is asked, and what is answered."""

from __future__ import annotations

from bilatcli.errors import BilatcliError, EnvironmentFault
from bilatcli.text import json_ascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Queue
    from collections.abc import AsyncIterator

    from bilatcli.environment import Environment

PATIENCE = 2
"""So many seconds the last answers may take once nothing more is asked."""

_MOMENT = 0.01


class Dialogue:
    """The two streams, for who answers several questions at a time.

    Reading ends with Ctrl-C at once, although a thread waits for the next line; and where the other side has asked all
    it wants and closed its end, only once all is answered.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._owed = 0

    async def lines(self) -> AsyncIterator[str]:
        """Yield each line that is asked, and end when all are answered; raises UsageError for one without an end."""
        import asyncio
        from threading import Thread

        lines: Queue[str | BilatcliError | None] = asyncio.Queue()
        Thread(target=self._read, args=(lines, asyncio.get_running_loop()), daemon=True).start()
        while (line := await lines.get()) is not None:
            if isinstance(line, BilatcliError):
                raise line
            self._owed += _is_request(line)
            yield line
        waited = 0.0
        while self._owed > 0 and waited < PATIENCE:
            await asyncio.sleep(_MOMENT)
            waited += _MOMENT

    def _read(self, lines: Queue[str | BilatcliError | None], loop: AbstractEventLoop) -> None:
        from contextlib import suppress

        # The loop may be over before the line is there.
        with suppress(RuntimeError):
            try:
                for line in self._environment.stdin:
                    whole = line.encode(errors="surrogateescape").decode(errors="replace")
                    loop.call_soon_threadsafe(lines.put_nowait, whole)
            except BilatcliError as error:
                loop.call_soon_threadsafe(lines.put_nowait, error)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    async def write(self, text: str) -> None:
        """Write and send an answer, as UTF-8 whatever the encoding of the stream; raises EnvironmentFault."""
        stream = self._environment.stdout
        if stream is None:
            raise EnvironmentFault("standard output is closed: there is nowhere to answer to")
        is_utf8 = stream.encoding.lower() in ("utf-8", "utf8")
        try:
            stream.write(text if is_utf8 else json_ascii(text))
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            why = (error.strerror or "error").lower()
            raise EnvironmentFault(f"standard output cannot be written ({why})") from None
        self._owed -= 1

    async def flush(self) -> None:
        """Do nothing: what is written is sent already."""


def _is_request(line: str) -> bool:
    """Whether a line is one that is answered."""
    from json import loads

    try:
        message = loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(message, dict) and "id" in message and "method" in message
