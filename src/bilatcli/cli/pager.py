"""Show a text that is longer than the screen in a pager, as git does."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.environment import Environment

NO_PAGERS: tuple[list[str], ...] = ([], ["cat"])
"""Commands that mean no pager."""
LESS_OPTIONS = "FRX"
"""The value of the variable LESS if the user has not set it, so that colours and links show."""
DEFAULT_PAGER = f"less -{LESS_OPTIONS}"


def show_in_pager(text: str, environment: Environment) -> bool:
    """Show a text in the pager and return True; False if it fits the screen or has no pager.

    A user may close the pager early. The command of the pager is split as a shell does, but no
    shell runs it.
    """
    if not environment.is_terminal or environment.environ.get("TERM") == "dumb":
        return False
    if text.count("\n") < environment.height:
        return False
    command = find_pager(environment)
    return command not in NO_PAGERS and _run(command, text, environment)


def find_pager(environment: Environment) -> list[str]:
    """Return the command of the pager as a list; empty for none, or if it is not valid.

    It comes from BILATCLI_PAGER, the configuration file or PAGER: the first that is set.
    """
    from shlex import split

    environ = environment.environ
    choices = (environ.get("BILATCLI_PAGER"), environment.pager, environ.get("PAGER"))
    given = next((each for each in choices if each is not None), DEFAULT_PAGER)
    try:
        return split(given)
    except ValueError:
        return []


def _run(command: Sequence[str], text: str, environment: Environment) -> bool:
    """Run a pager until it ends; return False if it cannot be started."""
    import signal

    # Ctrl-C is for the pager, as in git: `less` stops a search, and goes on. A handler that does
    # nothing, other than SIG_IGN, is not inherited by the pager.
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return _write_to(command, text, environment)
    finally:
        signal.signal(signal.SIGINT, handler)


def _write_to(command: Sequence[str], text: str, environment: Environment) -> bool:
    from subprocess import PIPE, Popen

    environ = {"LESS": LESS_OPTIONS, "LV": "-c", **environment.environ}
    try:
        process = Popen(  # noqa: S603 -- the command that the user has set, without a shell
            command, stdin=PIPE, stdout=environment.stdout, env=environ
        )
    except (OSError, ValueError):
        return False
    # Once the pager is closed, nothing reads the rest; `communicate` ignores that.
    process.communicate(text.encode("utf-8", "backslashreplace"))
    return True
