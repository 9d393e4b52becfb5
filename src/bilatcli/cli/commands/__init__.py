"""The commands that are not views: one module each, imported when its command is used.

The help, the completions and the manual list them after the views.
"""

from __future__ import annotations

from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Command
    from bilatcli.views import View

COMMANDS = {
    "topics": "topics",
    "open": "open_",
    "refresh": "refresh",
    "map": "map",
    "report": "report",
    "verify": "verify",
    "check": "check",
    "compare": "compare",
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


def load_declaration(name: str) -> View | Command:
    """Return the view or command of a name; raises KeyError if there is none."""
    return VIEWS[name] if name in VIEWS else load_command(name)


def list_declarations() -> list[View | Command]:
    """Return all views, then all commands."""
    # In this package, `map` is the command.
    return [*VIEWS.values(), *(load_command(name) for name in COMMANDS)]
