"""The scripts by which shells complete: each asks the command itself what may follow."""

from __future__ import annotations

from bilatcli import resources
from bilatcli.errors import UsageError

SHELLS = ("bash", "fish", "zsh")


def script(shell: str) -> str:
    """Return what a shell has to run so that it completes; raises UsageError for another shell."""
    if shell not in SHELLS:
        raise UsageError(f"there is no completion for `{shell}`: there are {', '.join(SHELLS)}")
    with open(
        resources.package_path("cli", "commands", "completions", f"{shell}.sh"), encoding="utf-8"
    ) as file:
        return file.read()
