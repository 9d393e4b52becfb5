"""Files and folders that appear whole or not at all: filled under another name beside their place, then put there."""

from __future__ import annotations

import os
from contextlib import contextmanager

from bilatcli.errors import EnvironmentFault, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STANDARD_OUTPUT = "-"
"""What is written instead of a file's name where standard output is meant."""


def write(target: str, text: str, *, force: bool) -> None:
    """Write a file of UTF-8 text.

    Raises as `new_file` does, but EnvironmentFault where it cannot be written.
    """
    try:
        with (
            new_file(target, force=force) as path,
            open(path, "w", encoding="utf-8", newline="\n") as file,
        ):
            file.write(text)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "no such name").lower()
        raise EnvironmentFault(f"`{target}` cannot be written ({why})") from None


@contextmanager
def new_file(target: str, *, force: bool) -> Iterator[str]:
    """Yield the path of a file to write, which stands at `target` once the block is through.

    Raises UsageError where a folder is there, or a file that is not to be replaced; OSError where it cannot be written.
    """
    place = os.path.realpath(target)
    if os.path.isdir(place):
        raise UsageError(f"`{target}` is a folder: name a file")
    if os.path.lexists(place) and not force:
        raise UsageError(
            f"`{target}` is there already: name another file, or replace it with --force"
        )
    with _beside(os.path.dirname(place)) as folder:
        path = os.path.join(folder, os.path.basename(place))
        yield path
        os.replace(path, place)


@contextmanager
def new_folder(
    target: str, *, last: str, known: Callable[[str], Sequence[str]], force: bool
) -> Iterator[str]:
    """Yield the path of a folder to fill, whose files stand in the folder `target` once the block is through.

    Of the files in a folder that is there already, `known` names those to be replaced, by their paths within it; all
    others stay. While files are exchanged the file `last` is missing. Raises as `new_file` does.
    """
    place = os.path.realpath(target)
    if not os.path.lexists(place):
        with _beside(os.path.dirname(place)) as beside:
            path = os.path.join(beside, os.path.basename(place))
            os.mkdir(path)
            yield path
            os.rename(path, place)
        return
    if not os.path.isdir(place):
        raise UsageError(f"`{target}` is a file: name a folder")
    if os.listdir(place) and not force:
        raise UsageError(
            f"`{target}` is not empty: name another folder, or replace what export wrote with --force"
        )
    with _beside(place) as path:
        yield path
        new = _files(path)
        for file in new:
            _require_place(target, place, file)
        _exchange(path, place, new, last=last, old=known(place))


@contextmanager
def _beside(folder: str) -> Iterator[str]:
    """A folder of a name that nothing has, which is gone in the end, whatever happens."""
    import shutil
    import tempfile

    path = tempfile.mkdtemp(dir=folder, prefix=".bilatcli-")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _files(path: str) -> list[str]:
    """All files below a folder, by their paths within it."""
    found = [os.path.join(above, name) for above, _, names in os.walk(path) for name in names]
    return sorted(os.path.relpath(file, path) for file in found)


def _require_place(target: str, place: str, file: str) -> None:
    """Raise UsageError where a folder stands in the place of a new file, or a file in that of its folder."""
    above = os.path.dirname(file)
    while above and not os.path.lexists(os.path.join(place, above)):
        above = os.path.dirname(above)
    is_blocked = above and not os.path.isdir(os.path.join(place, above))
    if is_blocked or os.path.isdir(os.path.join(place, file)):
        there = os.path.join(target, above if is_blocked else file)
        raise UsageError(f"`{there}` is in the way: move it, or name another folder")


def _exchange(path: str, place: str, new: Sequence[str], *, last: str, old: Sequence[str]) -> None:
    """Put new files, which lie below `path`, into `place` in the stead of old ones; `last` goes first, comes last."""
    _remove(place, last)
    for file in set(old).difference(new):
        _remove(place, file)
    for file in sorted(new, key=lambda file: file == last):
        os.makedirs(os.path.dirname(os.path.join(place, file)), exist_ok=True)
        os.replace(os.path.join(path, file), os.path.join(place, file))


def _remove(place: str, file: str) -> None:
    """Remove a file, and the folders on the way to it that it leaves empty."""
    try:
        os.unlink(os.path.join(place, file))
        while file := os.path.dirname(file):
            os.rmdir(os.path.join(place, file))
    except OSError:
        # It is not there, or not empty.
        return
