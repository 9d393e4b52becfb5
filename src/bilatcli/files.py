"""Read files, and write them in one step: under another name, then moved to their place."""

from __future__ import annotations

import os
from contextlib import contextmanager

from bilatcli.errors import EnvironmentFault, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from io import BufferedReader


def os_error_message(error: Exception) -> str:
    """Return the reason of a failed file operation in lower case, such as `permission denied`.

    A ValueError comes from a path that no file can have, or from text that is not UTF-8.
    """
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    if isinstance(error, UnicodeError):
        return "not UTF-8"
    if isinstance(error, ValueError):
        return "not a file name"
    return str(error).lower() or "unknown error"


def open_to_read(path: str | os.PathLike[str]) -> BufferedReader:
    """Open a file for reading as bytes.

    Raises OSError also for a device, which may have no end, and for a named pipe, which would wait
    for a writer, perhaps for ever. A shell's `<(...)` is below `/dev` or `/proc`, and has one.
    """
    from stat import S_ISBLK, S_ISCHR, S_ISFIFO

    mode = os.stat(path).st_mode
    if S_ISCHR(mode) or S_ISBLK(mode):
        raise OSError(0, "this is a device")
    if S_ISFIFO(mode) and not os.fspath(path).startswith(("/dev/", "/proc/")):
        raise OSError(0, "this is a named pipe")
    return open(path, "rb")


def measure_file(path: str) -> int | None:
    """Return the bytes of a file; None if there is none, or a pipe, which can be read only once."""
    from stat import S_ISREG

    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size if S_ISREG(status.st_mode) else None


def require_extension(target: str, allowed: Sequence[str], what: str) -> None:
    """Raise UsageError if the name of a file has another extension than the `allowed` ones.

    A name without an extension is accepted. `what` is what the file is to hold.
    """
    extension = os.path.splitext(target)[1].lower()
    if extension and extension not in allowed:
        raise UsageError(
            f"unsupported format of a {what}: {extension}", hint=f"use {' or '.join(allowed)}"
        )


@contextmanager
def atomic_file(path: str) -> Iterator[str]:
    """Yield the path of a temporary file, which becomes `path` when the block ends.

    If the block raises an error, `path` stays as it was. A link at `path` is replaced, not
    followed. Raises OSError if the file cannot be written.
    """
    folder, name = os.path.split(path)
    with _temporary_folder(folder) as temporary:
        new = os.path.join(temporary, name)
        yield new
        with open(new, "rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(new, path)


@contextmanager
def new_file(target: str, *, force: bool) -> Iterator[str]:
    """Yield the path of a temporary file, which becomes `target` when the block ends.

    A link at `target` is followed. Raises UsageError if `target` is a folder, or an existing file
    without `force`; OSError if the file cannot be written.
    """
    path = os.path.realpath(target)
    if os.path.isdir(path):
        raise UsageError(f"`{target}` is a folder", hint="name a file")
    if os.path.lexists(path) and not force:
        raise UsageError(
            f"`{target}` exists",
            hint="name another file, or add `force` to replace it",
            options=("force",),
        )
    with atomic_file(path) as new:
        yield new


def digest_file(path: str) -> str:
    """Return a digest of the content of a file, or `unreadable`."""
    import hashlib

    try:
        with open_to_read(path) as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()
    except OSError:
        return "unreadable"


def hash_files(paths: Iterable[str]) -> str:
    """Return the SHA-256 of the contents of files, one after another, as hexadecimal digits.

    Raises OSError if a file cannot be read.
    """
    import hashlib

    total = hashlib.sha256()
    for path in paths:
        with open_to_read(path) as file:
            total.update(file.read())
    return total.hexdigest()


def atomic_write(target: str, text: str, *, force: bool) -> None:
    """Write a UTF-8 text file.

    Raises UsageError as `new_file` does, EnvironmentFault if the file cannot be written.
    """
    try:
        with (
            new_file(target, force=force) as path,
            open(path, "w", encoding="utf-8", newline="\n") as file,
        ):
            file.write(text)
    except (OSError, ValueError) as error:
        reason = os_error_message(error)
        raise EnvironmentFault(f"`{target}` cannot be written ({reason})") from None


def rewrite_file(file: str, text: str) -> None:
    """Replace the text of a file in one step. Its mode, its byte order mark and links to it stay.

    Raises EnvironmentFault if the file cannot be written.
    """
    import shutil
    from codecs import BOM_UTF8

    try:
        with open(file, "rb") as current:
            mark = BOM_UTF8 if current.read(len(BOM_UTF8)) == BOM_UTF8 else b""
        with new_file(file, force=True) as path:
            with open(path, "wb") as stream:
                stream.write(mark + text.encode())
            shutil.copymode(file, path)
    except OSError as error:
        reason = os_error_message(error)
        raise EnvironmentFault(f"`{file}` cannot be written ({reason})") from None


@contextmanager
def atomic_folder(
    target: str, *, last: str, known: Callable[[str], Sequence[str]], force: bool
) -> Iterator[str]:
    """Yield a temporary folder, whose files are moved to the folder `target` when the block ends.

    In an existing folder, `known(target)` returns the relative paths of the files to replace. All
    others stay. The file `last` is missing while the others are replaced. Raises UsageError as
    `new_file` does, or if a file is in the way; OSError if a file cannot be written.
    """
    path = os.path.realpath(target)
    if not os.path.lexists(path):
        with _temporary_folder(os.path.dirname(path)) as temporary:
            new = os.path.join(temporary, os.path.basename(path))
            os.mkdir(new)
            yield new
            os.rename(new, path)
        return
    if not os.path.isdir(path):
        raise UsageError(f"`{target}` is a file", hint="name a folder")
    if os.listdir(path) and not force:
        raise UsageError(
            f"`{target}` is not empty",
            hint="name another folder, or add `force` to replace the files of an earlier export",
            options=("force",),
        )
    with _temporary_folder(path) as new:
        yield new
        files = _list_files(new)
        for file in files:
            _require_free(target, path, file)
        _replace_files(new, path, files, last=last, old=known(path))


@contextmanager
def _temporary_folder(parent: str) -> Iterator[str]:
    """Yield a new folder in `parent`, and remove it with all files at the end."""
    import shutil
    import tempfile

    path = tempfile.mkdtemp(dir=parent, prefix=".bilatcli-")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _list_files(path: str) -> list[str]:
    """Return the relative paths of all files below a folder, sorted."""
    found = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    return sorted(os.path.relpath(file, path) for file in found)


def _require_free(target: str, path: str, file: str) -> None:
    """Raise UsageError if a folder is where `file` goes, or a file where a folder of it goes."""
    parent = os.path.dirname(file)
    while parent and not os.path.lexists(os.path.join(path, parent)):
        parent = os.path.dirname(parent)
    is_blocked = parent and not os.path.isdir(os.path.join(path, parent))
    if is_blocked or os.path.isdir(os.path.join(path, file)):
        obstacle = os.path.join(target, parent if is_blocked else file)
        raise UsageError(f"`{obstacle}` is in the way", hint="move it, or name another folder")


def _replace_files(
    source: str, target: str, new: Sequence[str], *, last: str, old: Sequence[str]
) -> None:
    """Move the files `new` from `source` to `target` and remove those of `old` that are not new.

    The file `last` is removed first and moved last.
    """
    _remove(target, last)
    for file in set(old).difference(new):
        _remove(target, file)
    for file in sorted(new, key=lambda file: file == last):
        os.makedirs(os.path.dirname(os.path.join(target, file)), exist_ok=True)
        os.replace(os.path.join(source, file), os.path.join(target, file))


def _remove(folder: str, file: str) -> None:
    """Remove a file, and its parent folders below `folder` that become empty."""
    try:
        os.unlink(os.path.join(folder, file))
        while file := os.path.dirname(file):
            os.rmdir(os.path.join(folder, file))
    except OSError:
        # The file does not exist, or the folder is not empty.
        return
