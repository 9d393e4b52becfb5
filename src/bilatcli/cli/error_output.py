"""Print an error: its message for people, and a document for programs."""

from __future__ import annotations

from bilatcli.cli import write_stderr, write_stdout
from bilatcli.errors import EnvironmentFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.environment import Environment
    from bilatcli.errors import BilatcliError


def print_error(error: BilatcliError, argv: Sequence[str], environment: Environment) -> int:
    """Print an error for people, and as a document if the command line asks for JSON."""
    code, lines = error.exit_code, error.lines()
    try:
        if _wants_json(argv):
            from bilatcli.views.document import error_text

            document = error_text(error, is_command_line=True)
            write_stdout([document, "\n"], environment, is_json=True)
    except EnvironmentFault as fault:
        code, lines = fault.exit_code, fault.lines()
    write_stderr(lines, environment)
    return code


def _wants_json(argv: Sequence[str]) -> bool:
    """Return True if a command line asks for JSON, even if it is invalid otherwise."""
    pairs = zip(argv, [*argv[1:], ""], strict=False)
    return any(
        one in ("--json", "--format=json") or (one, two) == ("--format", "json")
        for one, two in pairs
    )
