"""Read the tables of a pack: check their templates and all rows, and collect all problems."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bilatcli.error_details import PackError, Problem
from bilatcli.files import open_to_read, os_error_message
from bilatcli.packs.problems import PackProblem, file_error
from bilatcli.packs.table_models import Table
from bilatcli.packs.table_rows import Row, RowReader
from bilatcli.packs.table_templates import check_table, make_plan
from bilatcli.packs.text_file import MAX_BYTES, decode

if TYPE_CHECKING:
    from bilatcli.packs.table_plan import Plan

MAX_ROW_PROBLEMS = 100
"""Maximum number of problems of one table that are reported one by one."""


@dataclass(frozen=True, slots=True)
class TableData:
    """A table that has been read: its plan, its rows, and the state of its file.

    `file_stat` and `digest` are the size and time, and a digest of the content, of the file at
    `path` when it was read.
    """

    table: Table
    plan: Plan
    rows: Sequence[Row]
    path: str
    file_stat: str
    digest: str


def read_tables(
    raw: Mapping[str, Any], path: str | os.PathLike[str]
) -> tuple[list[TableData], list[PackProblem], list[Problem]]:
    """Return the tables of the raw pack at `path`, and all problems in the pack and in their files.

    A table that is not valid is left out: validation reports it.
    """
    array = raw.get("table")
    header, sources = raw.get("pack"), raw.get("source")
    coverage = header.get("coverage", "curated") if isinstance(header, dict) else "curated"
    ids = {
        str(each.get("id"))
        for each in (sources if isinstance(sources, list) else ())
        if isinstance(each, dict)
    }
    tables: list[TableData] = []
    in_pack: list[PackProblem] = []
    in_files: list[Problem] = []
    for position, each in enumerate(array if isinstance(array, list) else ()):
        try:
            table = Table.model_validate(each)
        except ValidationError:
            continue
        found = list(check_table(table, ("table", position), ids))
        in_pack += found
        if not found:
            reader = RowReader(table, make_plan(table, str(coverage)), ids)
            data = _read_table(table, reader, os.fspath(path))
            in_pack += (
                replace(problem, path=("table", position, key))
                for key, problem in reader.constant_problems.items()
            )
            if isinstance(data, TableData):
                tables.append(data)
                in_pack += _check_table_ids(position, tables, raw)
            else:
                in_files += data
    return tables, in_pack, in_files


def _read_table(table: Table, reader: RowReader, pack: str) -> TableData | list[Problem]:
    """Return a table with the rows of its file, or the problems of the file."""
    path = os.path.join(os.path.dirname(pack), table.file)
    try:
        content, file_stat = _read_file(path)
        text = decode(content, path)
    except PackError as error:
        return list(error.problems)
    problems: list[Problem] = []
    for line, column, what, remedy in _read_rows(reader, text):
        if len(problems) == MAX_ROW_PROBLEMS:
            too_many = f"the table has more than {MAX_ROW_PROBLEMS} problems"
            problems.append(Problem(too_many, "correct these first", file=path))
            break
        problems.append(Problem(what, remedy, file=path, line=line, column=column))
    for problem in problems:
        if (count := reader.places[problem.what]) > 1:
            problem.what = f"{problem.what} (in {count:,} cells)"
    digest = hashlib.blake2b(content).hexdigest()
    return problems or TableData(table, reader.plan, reader.rows, path, file_stat, digest)


def _read_file(path: str) -> tuple[bytes, str]:
    """Return the content of a file, and the size and time that it had before. Raises PackError."""
    try:
        with open_to_read(path) as file:
            status = os.fstat(file.fileno())
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        what = f"cannot read the file ({os_error_message(error)})"
        raise file_error(path, what, "put the file of the table beside the pack") from None
    if len(content) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES >> 20} MiB"
        raise file_error(path, what, "split it into several tables")
    return content, f"{status.st_size}:{status.st_mtime_ns}"


def _read_rows(reader: RowReader, text: str) -> Iterator[tuple[int, int, str, str]]:
    """Let a reader take the rows of a CSV text, and yield each problem with its line and column."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(lines, None)
        problems = list(reader.take_header(header or []))
        yield from ((1, *each) for each in problems)
        line = lines.line_num + 1
        for cells in () if problems else lines:
            if cells:
                yield from ((line, *each) for each in reader.take_row(line, cells))
            line = lines.line_num + 1
    except csv.Error as error:
        yield line, 1, f"this is not valid CSV ({error})", "correct the quotation marks of the row"


def _check_table_ids(
    position: int, tables: Sequence[TableData], raw: Mapping[str, Any]
) -> Iterator[PackProblem]:
    """Yield the ids that the newest table shares with another one, or its facts with others."""
    newest = tables[-1].table.id
    path = ("table", position, "id")
    if any(each.table.id == newest for each in tables[:-1]):
        yield PackProblem(path, f"another table has the id `{newest}`", "choose a different id")
        return
    others = {id for each in tables[:-1] for id in _list_ids(each, newest)}
    others.update(_list_own_ids(raw, newest))
    shared = next((id for id in _list_ids(tables[-1], "") if id in others), None)
    if shared is not None:
        what = f"another fact has the id `{shared}` of a fact of this table"
        yield PackProblem(path, what, "choose a different id for the table")


def _list_ids(data: TableData, start: str) -> Iterator[str]:
    """Yield the ids of the facts of a table, if its own id and `start` can begin the same id."""
    id = data.table.id
    if id.startswith(start) or start.startswith(f"{id}-"):
        yield from (f"{relation}/{id}-{key}" for relation, key, _ in data.rows)


def _list_own_ids(raw: Mapping[str, Any], start: str) -> Iterator[str]:
    """Yield the ids of the facts in the pack itself that begin as those of a table do."""
    relations = raw.get("relation")
    for relation in relations if isinstance(relations, list) else ():
        facts = relation.get("fact") if isinstance(relation, dict) else ()
        for fact in facts if isinstance(facts, list) else ():
            if isinstance(fact, dict) and str(fact.get("id")).startswith(f"{start}-"):
                yield f"{relation.get('id')}/{fact['id']}"
