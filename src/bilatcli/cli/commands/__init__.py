"""The commands that are not views: one module each, imported when its command is used."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Command

COMMANDS = {
    "topics": "topics",
    "open": "open_",
    "map": "map",
    "report": "report",
    "check": "check",
    "new": "new",
    "import": "import_",
    "export": "export",
    "publish": "publish",
    "batch": "batch",
    "mcp": "mcp",
    "completion": "completion",
    "schema": "schema",
    "help": "help",
}
"""The names of the commands, and the modules of this package that declare them as `COMMAND`."""


def load_command(name: str) -> Command:
    """Return the declaration of a command; raises KeyError if there is none of this name."""
    from importlib import import_module

    command: Command = import_module(f"{__name__}.{COMMANDS[name]}").COMMAND
    return command
