"""`completion`: print the script by which a shell completes command lines."""

from __future__ import annotations

from bilatcli import resources
from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment

SHELLS = ("bash", "fish", "zsh")


def run(invocation: Invocation, _: Environment) -> CommandResult:
    """Return the script; raises UsageError if there is none for the shell."""
    hint = f"choose from {', '.join(SHELLS)}"
    if not invocation.words:
        raise UsageError("name a shell", hint=hint)
    shell = invocation.words[0]
    if shell not in SHELLS:
        raise UsageError(f"unknown shell `{shell}`", hint=hint)
    return CommandResult([read_script(shell)])


def read_script(shell: str) -> str:
    """Return the completion script of a shell."""
    return resources.read_text("cli", "commands", "completions", f"{shell}.sh")


COMMAND = Command(
    "completion",
    "Print the completion script for bash, zsh or fish.",
    run=run,
    group="Set up",
    words="bash|zsh|fish",
    words_help="The shell.",
    max_words=1,
    examples=("source <(bilatcli completion bash)", "bilatcli completion fish | source"),
    word_choices=lambda: SHELLS,
)
