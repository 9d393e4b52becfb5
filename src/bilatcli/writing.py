"""Writing files that were asked for: whole or not at all, and over none that is there unless told so."""

from __future__ import annotations

import os

from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.options import FORCE

STANDARD_OUTPUT = "-"
"""What is written instead of a file's name where standard output is meant."""


def write(path: str, text: str, *, force: bool = False) -> None:
    """Write a file of UTF-8, beside its place first, then in it.

    Raises UsageError where one is there already and is not to be replaced (`force`), EnvironmentFault where it cannot
    be written.
    """
    from tempfile import NamedTemporaryFile

    if os.path.lexists(path) and not force:
        raise UsageError(f"`{path}` is there already: name another file, or add {FORCE.flag} to replace it")
    # What a link names is replaced, not the link.
    target = os.path.realpath(path)
    temporary = ""
    try:
        folder = os.path.dirname(target)
        with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=folder, delete=False) as file:
            temporary = file.name
            file.write(text)
        os.chmod(temporary, 0o666 & ~_mask())
        os.replace(temporary, target)
    except (OSError, ValueError) as error:
        _forget(temporary)
        why = (getattr(error, "strerror", None) or "no such name").lower()
        raise EnvironmentFault(f"`{path}` cannot be written ({why})") from None
    except BaseException:
        _forget(temporary)
        raise


def _mask() -> int:
    """The permissions that new files of this process do without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _forget(path: str) -> None:
    from contextlib import suppress

    with suppress(OSError):
        os.remove(path)
