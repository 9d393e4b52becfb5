"""Addresses with a password that are given in the place of anything else."""

from __future__ import annotations

import os

from bilatcli.errors import UsageError
from bilatcli.urls import may_have_password, remove_password

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_addresses(argv: Sequence[str]) -> None:
    """Raise UsageError for an address with a password in the place of anything else.

    It would be taken for words or for a file, and be shown.
    """
    for before, argument in zip(("", *argv), argv, strict=False):
        lower = argument.lower()
        is_plain = ":" not in argument and "pass" not in lower and "pwd" not in lower
        if is_plain or before == "--index" or argv[0] == "publish" or os.path.exists(argument):
            continue
        if may_have_password(argument) and not argument.startswith("--index="):
            raise UsageError(
                f"`{remove_password(argument)}` looks like an address with a password",
                hint="put the address of a database after `--index`",
            )
