"""The command `export`: all that the index has as five tables, in a folder of files or in one database."""

from __future__ import annotations

import os
from contextlib import contextmanager

from bilatcli.cli.command import Invocation, CommandResult
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.export.schema import FACTS, TABLES
from bilatcli.query.options import CORPUS, Option, chosen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from bilatcli.environment import Environment
    from bilatcli.export.datapackage import Resource
    from bilatcli.export.schema import Table
    from bilatcli.index.store import Index

FORMATS = ("parquet", "csv", "jsonl", "sqlite")
USUAL = "csv"
ENDINGS = (".sqlite", ".sqlite3", ".db")
"""What a database is called."""
PARTITIONS = ("topic",)

FORMAT = Option(
    "format",
    "What to write: sqlite where FILE ends in .sqlite or .db, else csv, unless said.",
    metavar="FORMAT",
    choices=FORMATS,
)
PARTITION = Option(
    "partition",
    "Parquet with a folder a table, and in that of facts one for each topic, as Hive has it.",
    metavar="KEY",
    choices=PARTITIONS,
)
FORCE = Option(
    "force",
    "Replace what is there: a file, or those of an earlier export; other files of a folder stay.",
)
OPTIONS = (FORMAT, PARTITION, FORCE, *CORPUS)

STEP = 1000
"""Progress is told every so many rows."""


def answer(order: Invocation, environment: Environment) -> CommandResult:
    """Write the tables, and say how many rows each has.

    Raises UsageError where the target is there already or fits no format, EnvironmentFault where it cannot be written
    or pyarrow is missing; then nothing is left of it.
    """
    from bilatcli.index.store import open_index

    target = order.words[0] if order.words else ""
    format = _format(order, target)
    partition = chosen(PARTITION, order.given)
    if partition and format != "parquet":
        raise UsageError(f"{PARTITION.flag} is for parquet: add {FORMAT.flag} parquet")
    if format == "parquet":
        from bilatcli.export import parquet

        parquet.require()
    index = open_index(environment, order.data, engine=order.index)
    try:
        tables = _Tables(index, environment)
        with _told(target), tables.watched():
            _write(tables, target, format, partition=partition, force=order.has(FORCE))
    finally:
        index.close()
    *others, last = (f"{count:,} {name}" for name, count in tables.written.items())
    return CommandResult(notes=[f"`{target}` has {', '.join(others)} and {last}"])


def _format(order: Invocation, target: str) -> str:
    """The format that is asked for, by the option or by what the target is called."""
    if target in ("", "-"):
        raise UsageError(
            "name the folder or the database to write, as in `bilatcli export tables` or `… facts.sqlite`"
        )
    ending = os.path.splitext(target)[1].lower()
    format = chosen(FORMAT, order.given) or ("sqlite" if ending in ENDINGS else USUAL)
    if format != "sqlite" and (ending in ENDINGS or ending[1:] in FORMATS):
        what = f"{format} is a folder with a file a table"
        folder = os.path.splitext(target)[0] or "tables"
        raise UsageError(
            f"`{target}` is called as one file, but {what}: name a folder, such as `{folder}`"
        )
    return format


@contextmanager
def _told(target: str) -> Iterator[None]:
    """Tell in one line why a file cannot be written."""
    import sqlite3

    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise EnvironmentFault(f"`{target}` cannot be written ({why})") from None


class _Tables:
    """The tables of an index; `written` counts the rows that were taken of each, and whoever watches is told."""

    def __init__(self, index: Index, environment: Environment) -> None:
        self.index = index
        self.written: dict[str, int] = {}
        self._watch = environment.on_progress
        self._done = 0
        self._total = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Tell how far things have come, and in any case that they are over."""
        from bilatcli.export import rows

        self._total = sum(rows.count(self.index, table) for table in TABLES)
        try:
            yield
        finally:
            self._tell(self._total)

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table."""
        from bilatcli.export import rows

        count = 0
        for count, row in enumerate(rows.rows(self.index, table), 1):
            if count % STEP == 0:
                self._tell(self._done + count)
            yield row
        self._done += count
        self.written[table.name] = count

    def _tell(self, done: int) -> None:
        if self._watch is not None:
            self._watch(done, self._total, "exporting")


def _write(
    tables: _Tables, target: str, format: str, *, partition: str | None, force: bool
) -> None:
    from bilatcli import files
    from bilatcli.export import datapackage, rows, writers

    if format == "sqlite":
        with files.new_file(target, force=force) as path:
            writers.write_sqlite(path, ((table, tables.rows(table)) for table in TABLES))
        return
    with files.atomic_folder(
        target, last=datapackage.FILE, known=datapackage.files_of, force=force
    ) as folder:
        resources = [_write_table(tables, table, folder, format, partition) for table in TABLES]
        licences = rows.licences(tables.index)
        with open(
            os.path.join(folder, datapackage.FILE), "w", encoding="utf-8", newline="\n"
        ) as file:
            file.write(datapackage.text(resources, format, licences))


def _write_table(
    tables: _Tables, table: Table, folder: str, format: str, partition: str | None
) -> Resource:
    """Write a table into a folder; return what was written."""
    from bilatcli.export import parquet, writers
    from bilatcli.export.datapackage import Resource

    rows: Iterable[tuple[Any, ...]] = tables.rows(table)
    if partition and table is FACTS:
        below = os.path.join(folder, table.name)
        paths = parquet.write_parts(below, table, rows, partition)
        return Resource(table, [f"{table.name}/{path}" for path in paths], parted_by=partition)
    name = f"{table.name}.{format}"
    if partition:
        os.mkdir(os.path.join(folder, table.name))
        name = f"{table.name}/{name}"
    write = {"csv": writers.write_csv, "jsonl": writers.write_jsonl, "parquet": parquet.write}[
        format
    ]
    write(os.path.join(folder, name), table, rows)
    return Resource(table, [name])
