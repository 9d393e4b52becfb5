"""Problems in a pack: found at a path, reported with a file, a line and a column."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bilatcli.error_details import PackError, Problem

if TYPE_CHECKING:
    # The module loads tree-sitter, which only a pack with problems needs.
    from bilatcli.packs.positions import Path


class Cause(NamedTuple):
    """What problems in several places come from: a text that is not what it must be.

    For an id that no record has, `parent` is the path of the table that should have the record.
    """

    text: str
    parent: Path | None = None


@dataclass(frozen=True, slots=True)
class PackProblem:
    """A problem at a path in a pack: what is wrong and what to do.

    `is_at_key` is True if the key at the path is wrong rather than its value. Problems with the
    same `cause` are one to an editor.
    """

    path: Path
    what: str
    remedy: str
    is_at_key: bool = False
    cause: Cause | None = field(default=None, compare=False)


def locate_problems(
    problems: Iterable[PackProblem], text: str, file: str | os.PathLike[str]
) -> list[Problem]:
    """Return the problems with their lines and columns in `text`, the content of `file`."""
    from bilatcli.packs.positions import Positions

    positions = Positions(text)
    located = []
    for problem in problems:
        line, column = positions.locate(problem.path, key=problem.is_at_key)
        located.append(
            Problem(problem.what, problem.remedy, file=os.fspath(file), line=line, column=column)
        )
    return located


def file_error(
    file: str | os.PathLike[str], what: str, remedy: str, *, line: int = 0, column: int = 0
) -> PackError:
    """Return the error for a file with a single problem; line 0 stands for the whole file."""
    return PackError([Problem(what, remedy, file=os.fspath(file), line=line, column=column)])
