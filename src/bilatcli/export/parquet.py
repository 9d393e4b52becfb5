"""Write tables as Parquet. The only module that imports pyarrow (the extra `parquet`)."""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import islice

from bilatcli.errors import EnvironmentFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Self

    from bilatcli.export.schema import Table

    Record = tuple[Any, ...]
    Rows = Iterable[Record]

ROW_GROUP_SIZE = 10_000
"""Rows of a row group, which are in memory at the same time."""
PARTITION_ROW_GROUP_SIZE = 2_000
"""The same for a partitioned table, with a row group of each partition in memory."""

COMPRESSION = "zstd"


def require_pyarrow() -> None:
    """Raise EnvironmentFault if pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401 -- only to see whether it is there
    except ImportError:
        hint = "install it with `pip install 'bilatcli[parquet]'`"
        raise EnvironmentFault("Parquet needs pyarrow", hint=hint) from None


def write_parquet(path: str, table: Table, rows: Rows) -> None:
    """Write a table into one file."""
    with _Writer(path, table) as writer:
        remaining = iter(rows)
        while group := list(islice(remaining, ROW_GROUP_SIZE)):
            writer.write(group)


def write_partitions(folder: str, table: Table, rows: Rows, by: str) -> list[str]:
    """Write a file for each value of the column `by`, without that column, in Hive's layout.

    Returns the paths within the folder, `by=value/table.parquet`, in order.
    """
    place = [column.key for column in table.columns].index(by)
    waiting: dict[str, list[Record]] = {}
    writers: dict[str, _Writer] = {}
    with ExitStack() as stack:

        def write_group(value: str) -> None:
            if value not in writers:
                path = os.path.join(folder, _make_partition_path(table, by, value))
                os.makedirs(os.path.dirname(path))
                writers[value] = stack.enter_context(_Writer(path, table, without=place))
            writers[value].write(waiting.pop(value))

        for row in rows:
            group = waiting.setdefault(row[place], [])
            group.append(row)
            if len(group) == PARTITION_ROW_GROUP_SIZE:
                write_group(row[place])
        for value in list(waiting):
            write_group(value)
    return [_make_partition_path(table, by, value) for value in sorted(writers)]


def _make_partition_path(table: Table, by: str, value: str) -> str:
    return f"{by}={value}/{table.name}.parquet"


class _Writer:
    """A Parquet file that is written by row groups. `without` is the index of a left-out column."""

    def __init__(self, path: str, table: Table, *, without: int | None = None) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        types = {
            "text": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "day": pa.date32(),
            "texts": pa.list_(pa.string()),
        }
        self._places = [i for i in range(len(table.columns)) if i != without]
        self._schema = pa.schema(
            [
                pa.field(
                    column.key,
                    types[column.kind],
                    nullable=not column.is_required,
                    metadata={"meaning": column.meaning},
                )
                for column in map(table.columns.__getitem__, self._places)
            ]
        )
        self._writer = ParquetWriter(path, self._schema, compression=COMPRESSION)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def write(self, rows: list[Record]) -> None:
        """Write rows as one row group."""
        import pyarrow as pa

        values = list(zip(*rows, strict=True))
        columns = [values[i] for i in self._places]
        arrays = [
            _to_array(column, field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))


def _to_array(values: Record, type: Any) -> Any:
    """Return values as an array of pyarrow. Days are converted from text."""
    import pyarrow as pa

    if type == pa.date32():
        return pa.array(values, pa.string()).cast(type)
    return pa.array(values, type)
