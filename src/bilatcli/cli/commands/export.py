"""`export`: write facts, sources, relations and countries as tables for other programs."""

from __future__ import annotations

import os
from contextlib import contextmanager

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.files import require_extension
from bilatcli.query.options import CORPUS_OPTIONS, Option, parse_choice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.export.datapackage import Resource
    from bilatcli.export.schema import Table
    from bilatcli.index.store import Index

FORMATS = ("parquet", "csv", "jsonl", "sqlite")
DEFAULT_FORMAT = "csv"
DATABASE_EXTENSIONS = (".sqlite", ".sqlite3", ".db")

FORMAT = Option(
    "format",
    "Format of the tables (default: sqlite if FILE ends in .sqlite or .db, else csv).",
    metavar="FORMAT",
    choices=FORMATS,
)
PARTITION = Option(
    "partition",
    "Write one Parquet folder per table, and partition facts by topic (Hive layout).",
    metavar="KEY",
    choices=("topic",),
)
FORCE = Option(
    "force",
    "Replace an existing file, or the files of an earlier export; other files in a folder stay.",
)

PROGRESS_EVERY = 1000
"""Number of rows between two reports of progress."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Write the tables and note their numbers of rows.

    Raises UsageError if the target exists or does not fit the format, EnvironmentFault if it
    cannot be written or pyarrow is missing. After an error nothing is left.
    """
    from bilatcli.index.store import open_index

    target = invocation.words[0] if invocation.words else ""
    format = _choose_format(invocation, target)
    partition = parse_choice(PARTITION, invocation.given)
    if partition and format != "parquet":
        raise UsageError(f"{PARTITION.flag} is for parquet", hint=f"add {FORMAT.flag} parquet")
    if format == "parquet":
        from bilatcli.export import parquet

        parquet.require_pyarrow()
    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        tables = _TableReader(index, environment)
        with _write_errors(target), tables.report_progress():
            _write(tables, target, format, partition=partition, force=invocation.has(FORCE))
    finally:
        index.close()
    *others, last = (f"{count:,} {name}" for name, count in tables.row_counts.items())
    return CommandResult(notes=[f"wrote {', '.join(others)} and {last} to {target}"])


def _choose_format(invocation: Invocation, target: str) -> str:
    """Return the format that the option or the name of the target asks for."""
    if target in ("", "-"):
        raise UsageError(
            "name the folder or the database to write",
            hint="as in `bilatcli export tables` or `bilatcli export facts.sqlite`",
        )
    stem, extension = os.path.splitext(target)
    is_database = extension.lower() in DATABASE_EXTENSIONS
    format = parse_choice(FORMAT, invocation.given) or ("sqlite" if is_database else DEFAULT_FORMAT)
    if format == "sqlite":
        require_extension(target, DATABASE_EXTENSIONS, "database")
    elif extension and not os.path.isdir(target):
        raise UsageError(
            f"`{target}` looks like one file, but {format} is a folder with a file per table",
            hint=f"name a folder, such as `{stem}`, or a database, such as `{stem}.sqlite`",
        )
    return format


@contextmanager
def _write_errors(target: str) -> Iterator[None]:
    """Turn errors of writing into an EnvironmentFault."""
    import sqlite3

    from bilatcli.files import os_error_message

    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise EnvironmentFault(
            f"`{target}` cannot be written ({os_error_message(error)})"
        ) from None


class _TableReader:
    """Reads the tables of an index, counts their rows in `row_counts`, and reports progress."""

    def __init__(self, index: Index, environment: Environment) -> None:
        self.index = index
        self.row_counts: dict[str, int] = {}
        self._on_progress = environment.on_progress
        self._total = 0

    @contextmanager
    def report_progress(self) -> Iterator[None]:
        """Report progress within the block, and the end in any case."""
        from bilatcli.export import rows
        from bilatcli.export.schema import TABLES

        self._total = sum(rows.count_rows(self.index, table) for table in TABLES)
        try:
            yield
        finally:
            self._report(self._total)

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table."""
        from bilatcli.export import rows

        done = sum(self.row_counts.values())
        count = 0
        for count, row in enumerate(rows.read_rows(self.index, table), 1):
            if count % PROGRESS_EVERY == 0:
                self._report(done + count)
            yield row
        self.row_counts[table.name] = count

    def _report(self, done: int) -> None:
        if self._on_progress is not None:
            self._on_progress(done, self._total, "exporting")


def _write(
    tables: _TableReader, target: str, format: str, *, partition: str | None, force: bool
) -> None:
    """Write all tables into a database, or into a folder with a Data Package descriptor."""
    from bilatcli import files
    from bilatcli.export import datapackage, rows, writers
    from bilatcli.export.schema import TABLES

    if format == "sqlite":
        with files.new_file(target, force=force) as path:
            writers.write_sqlite(path, ((table, tables.rows(table)) for table in TABLES))
        return
    with files.atomic_folder(
        target, last=datapackage.FILE, known=datapackage.find_exported_files, force=force
    ) as folder:
        resources = [_write_table(tables, table, folder, format, partition) for table in TABLES]
        text = datapackage.describe_package(resources, format, rows.read_licences(tables.index))
        descriptor = os.path.join(folder, datapackage.FILE)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _write_table(
    tables: _TableReader, table: Table, folder: str, format: str, partition: str | None
) -> Resource:
    """Write a table into a folder; return its entry for the descriptor."""
    from bilatcli.export import parquet, writers
    from bilatcli.export.datapackage import Resource
    from bilatcli.export.schema import FACTS

    rows: Iterable[tuple[Any, ...]] = tables.rows(table)
    subfolder = os.path.join(folder, table.name)
    if partition and table is FACTS:
        paths = parquet.write_partitions(subfolder, table, rows, partition)
        return Resource(table, [f"{table.name}/{path}" for path in paths], parted_by=partition)
    name = f"{table.name}.{format}"
    if partition:
        os.mkdir(subfolder)
        name = f"{table.name}/{name}"
    write = {
        "csv": writers.write_csv,
        "jsonl": writers.write_jsonl,
        "parquet": parquet.write_parquet,
    }[format]
    write(os.path.join(folder, name), table, rows)
    return Resource(table, [name])


COMMAND = Command(
    "export",
    "Export facts, sources, relations and countries as tables for other programs.",
    run=run,
    group="Share",
    words="DIR|FILE",
    words_help="A folder for csv, jsonl or parquet (one file per table), or a file for sqlite.",
    max_words=1,
    options=(FORMAT, PARTITION, FORCE, *CORPUS_OPTIONS),
    examples=("bilatcli export tables", "bilatcli export facts.sqlite"),
)
