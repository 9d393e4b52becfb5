"""Writers keep one row or one row group in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from bilatcli.export import parquet, writers
from bilatcli.export.schema import FACTS

ROW_COUNT = 500
GROUP_SIZE = 50
VALUES = {"integer": 1, "number": 1.5, "boolean": True, "day": "2020-01-02", "texts": ["a"]}

WRITERS: dict[str, Callable[[str, Any], object]] = {
    "csv": lambda path, rows: writers.write_csv(path, FACTS, rows),
    "jsonl": lambda path, rows: writers.write_jsonl(path, FACTS, rows),
    "sqlite": lambda path, rows: writers.write_sqlite(path, [(FACTS, rows)]),
    "parquet": lambda path, rows: parquet.write_parquet(path, FACTS, rows),
    "parts": lambda path, rows: parquet.write_partitions(path, FACTS, rows, "topic"),
}


class CountedRow(tuple[Any, ...]):
    """A row that counts how many rows exist at the same time."""

    __slots__ = ()
    alive = 0
    peak = 0

    def __new__(cls, values: Iterable[Any]) -> Self:  # noqa: D102 -- the class says it
        CountedRow.alive += 1
        CountedRow.peak = max(CountedRow.peak, CountedRow.alive)
        return super().__new__(cls, values)

    def __del__(self) -> None:
        CountedRow.alive -= 1


def make_rows() -> Iterator[CountedRow]:
    """Yield rows of facts that differ in their ids."""
    for number in range(ROW_COUNT):
        yield CountedRow(
            f"id-{number}" if column.key == "id" else VALUES.get(column.kind, "text")
            for column in FACTS.columns
        )


@pytest.mark.parametrize("format", WRITERS)
def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    """A writer has one row or one row group in memory."""
    monkeypatch.setattr(parquet, "ROW_GROUP_SIZE", GROUP_SIZE)
    monkeypatch.setattr(parquet, "PARTITION_ROW_GROUP_SIZE", GROUP_SIZE)
    CountedRow.peak = CountedRow.alive = 0
    WRITERS[format](str(tmp_path / "t"), make_rows())
    assert CountedRow.alive == 0
    is_grouped = format in ("parquet", "parts")
    assert CountedRow.peak <= (2 * GROUP_SIZE if is_grouped else 2)
