"""Tables as Parquet: the one file that knows pyarrow, which is there with the extra `bilatcli[parquet]`."""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import islice

from bilatcli.errors import EnvironmentFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Self

    from bilatcli.export.schema import Table

    Rows = Iterable[tuple[Any, ...]]

GROUP = 10_000
"""Rows of a row group, which are in memory together."""
PARTED_GROUP = 2_000
"""The same of a part, since one of each is in memory at a time."""

COMPRESSION = "zstd"


def require() -> None:
    """Raise EnvironmentFault where pyarrow is not on this machine."""
    try:
        import pyarrow.parquet  # noqa: F401 -- to see whether it is there
    except ImportError:
        message = "Parquet is written by pyarrow, which is not there: `pip install 'bilatcli[parquet]'` brings it"
        raise EnvironmentFault(message) from None


def write(path: str, table: Table, rows: Rows) -> None:
    """Write a table into one file."""
    with _Writer(path, table) as writer:
        remaining = iter(rows)
        while chunk := list(islice(remaining, GROUP)):
            writer.write(chunk)


def write_parts(folder: str, table: Table, rows: Rows, by: str) -> list[str]:
    """Write a table as a file for each value of the column `by`, `by=value/table.parquet`, which lacks that column.

    Returns the paths of the files within the folder, in order.
    """
    place = [field.key for field in table.fields].index(by)
    waiting: dict[str, list[tuple[Any, ...]]] = {}
    writers: dict[str, _Writer] = {}
    with ExitStack() as stack:

        def put(value: str) -> None:
            if value not in writers:
                path = os.path.join(folder, _part(table, by, value))
                os.makedirs(os.path.dirname(path))
                writers[value] = stack.enter_context(_Writer(path, table, without=place))
            writers[value].write(waiting.pop(value))

        for row in rows:
            part = waiting.setdefault(row[place], [])
            part.append(row)
            if len(part) == PARTED_GROUP:
                put(row[place])
        for value in list(waiting):
            put(value)
    return [_part(table, by, value) for value in sorted(writers)]


def _part(table: Table, by: str, value: str) -> str:
    return f"{by}={value}/{table.name}.parquet"


class _Writer:
    """A Parquet file that takes a row group at a time; `without` is the place of a column to leave out."""

    def __init__(self, path: str, table: Table, *, without: int | None = None) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        kinds = {
            "text": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "day": pa.date32(),
            "texts": pa.list_(pa.string()),
        }
        self._kept = [place for place in range(len(table.fields)) if place != without]
        self._schema = pa.schema(
            [
                pa.field(
                    field.key,
                    kinds[field.kind],
                    nullable=not field.required,
                    metadata={"meaning": field.meaning},
                )
                for field in map(table.fields.__getitem__, self._kept)
            ]
        )
        self._writer = ParquetWriter(path, self._schema, compression=COMPRESSION)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Write rows as one group."""
        import pyarrow as pa

        columns = list(zip(*rows, strict=True))
        arrays = list(self._arrays([columns[place] for place in self._kept]))
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))

    def _arrays(self, columns: list[tuple[Any, ...]]) -> Iterator[Any]:
        import pyarrow as pa

        for field, values in zip(self._schema, columns, strict=True):
            is_day = field.type == pa.date32()
            yield (
                pa.array(values, pa.string()).cast(field.type)
                if is_day
                else pa.array(values, field.type)
            )
