"""Owns docs/export.md: writes what `bilatcli export` gives and how to ask it, from the declaration of the tables.

python scripts/export.py             write the page
python scripts/export.py --check     exit 1 if the page on disk is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill, indent

from bilatcli.export.schema import FACTS, TABLES, Field, Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "export.md"
PARTED_BY = "topic"

BEFORE = """\
# Export

    bilatcli export tables                                       # CSV, a file a table
    bilatcli export tables --format parquet                      # or jsonl; parquet needs `pip install '.[parquet]'`
    bilatcli export tables --format parquet --partition topic    # many files at rest: facts in a folder a topic
    bilatcli export facts.sqlite                                 # one database

All that `bilatcli` knows, packs of one's own (`--data`) included, as five tables: `facts`, `sources`, `relations`,
`fact_sources` and `countries`. What a fact has in a document under a key is in the column of that name; the columns of
sources are the keys of packs. Superseded facts and those in outline are there, told apart by `status` and `coverage`.
What is not known is null, never 0. Texts are whole and as they are in the packs, for programs: a spreadsheet may
run a cell of the CSV that begins with `=`, of which `--format csv` of the views takes care.

| format | null | lists | days | true and false |
| --- | --- | --- | --- | --- |
| `parquet` | null | lists of strings | DATE | BOOLEAN |
| `csv` (RFC 4180, UTF-8 without a mark) | empty | JSON text: `["AZ","PK"]` | `2024-02-01` | `true`, `false` |
| `jsonl` | `null` | arrays | `"2024-02-01"` | `true`, `false` |
| `sqlite` | NULL | JSON text, for `json_each` | `2024-02-01` | 1, 0 |

A folder also has `datapackage.json`, a [Data Package](https://specs.frictionlessdata.io) with the type and meaning of
every column, the keys between tables and the licences of the packs; in a database the meanings are comments, which
`.schema` shows. `frictionless validate tables/datapackage.json` checks CSV and JSON Lines against it. It reads Parquet
through pandas, which has neither lists nor whole numbers beside nulls, so that it questions what is right there.

Memory stays flat however large the packs are. What is written appears whole or not at all, and the same packs give the
same bytes in `csv`, `jsonl` and `parquet`. A file, or a folder with something in it, is only written to with `--force`:
then the file is replaced, or the files of an earlier export are, and whatever else the folder has stays.

Dates are [EDTF](https://www.loc.gov/standards/datetime/) text, as uncertain as the sources are; `first` and `last` are
the days that such a date reaches from and to, for comparison and sorting.

Why by topic: it makes 13 files. A folder for each of the 2,103 relations took 34 MB instead of 0.5, and DuckDB 80 times
as long to count facts.

## Three questions

The same SQL answers them in SQLite, DuckDB, Trino and Spark. What `bilatcli military az pk jf-17` tells, with its
sources:

```sql
SELECT f.id, f.date, f.stage, f.status, f.verification, s.title, s.url
FROM facts f
JOIN fact_sources e ON e.fact = f.id
JOIN sources s ON s.id = e.source
WHERE f.relation = 'az-pk' AND f.topic = 'military' AND f.status <> 'superseded'
  AND replace(lower(f.text || ' ' || coalesce(f.system, '') || ' ' || coalesce(f.note, '')), '-', '') LIKE '%jf17%'
ORDER BY f.first, f.id, e.place
```

Who favours Pakistan on Kashmir, out of `bilatcli stances kashmir`:

```sql
SELECT f.id, f.holder, f.position, f.date
FROM facts f
WHERE f.topic = 'stance' AND f.issue = 'kashmir' AND f.favours = 'PK' AND f.status <> 'superseded'
ORDER BY f.id
```

How many facts each relation has, as in `bilatcli list`:

```sql
SELECT r.id, r.coverage, count(f.id) AS facts
FROM relations r
LEFT JOIN facts f ON f.relation = r.id
GROUP BY r.id, r.coverage
ORDER BY r.id
```

"""

DUCKDB = """\
## DuckDB

"""

OTHERS = """\
CSV and JSON Lines are read the same way, but types are guessed there: a column of years may become numbers. Tell DuckDB
what is text (`read_csv('tables/countries.csv', types = {'numeric': 'VARCHAR'})`), or take Parquet.

## pandas

```python
import pandas as pd

facts = pd.read_parquet("tables/facts.parquet")
evidence = pd.read_parquet("tables/fact_sources.parquet")
sources = pd.read_parquet("tables/sources.parquet")

is_told = (facts["relation"] == "az-pk") & (facts["topic"] == "military") & (facts["status"] != "superseded")
said = facts["text"] + " " + facts["system"].fillna("") + " " + facts["note"].fillna("")
told = facts[is_told & said.str.replace("-", "").str.contains("jf17", case=False)]
answer = (
    told.merge(evidence, left_on="id", right_on="fact")
    .merge(sources, left_on="source", right_on="id", suffixes=("", "_source"))
    .sort_values(["first", "id", "place"])
)
```

Of CSV, pandas takes Namibia's code `NA` for nothing unless it is told not to:
`pd.read_csv("tables/facts.csv", keep_default_na=False, na_values=[""])`.

## SQLite and Datasette

`sqlite3 facts.sqlite` and `datasette facts.sqlite` take the questions as they are. Lists are JSON, so that Datasette
can make facets of them, and `json_each` rows:

```sql
SELECT a.value AS actor, count(*) AS facts
FROM facts f, json_each(f.actors) a
WHERE f.topic = 'stance'
GROUP BY a.value
ORDER BY facts DESC, actor
```

## Spark

Of an export with `--partition topic`; the column `topic` comes from the names of the folders. Spark 4.3 gives the
tool's answers; a test asks it where pyspark and Java are installed:

"""

TRINO = """\
## Trino

Of the same export, in a catalog `hive` with a schema `bilatcli`, once the folder is in an object store. The
questions were read by a parser of Trino's SQL, not by Trino:

"""


def page() -> str:
    """Return what the page must hold."""
    duckdb = _sql(
        f"CREATE VIEW {table.name} AS FROM 'tables/{table.name}.parquet'" for table in TABLES
    )
    parted = "CREATE VIEW facts AS FROM read_parquet('tables/facts/*/*.parquet', hive_partitioning = true)"
    folders = "Of an export with `--partition topic`, each table has a folder:\n\n"
    others = [
        f"CREATE VIEW {each.name} AS FROM 'tables/{each.name}/*.parquet'"
        for each in TABLES
        if each is not FACTS
    ]
    spark = _sql(
        f"CREATE TEMPORARY VIEW {table.name} USING parquet OPTIONS (path 'tables/{table.name}')"
        for table in TABLES
    )
    trino = _sql(
        [
            *map(_trino, TABLES),
            f"CALL hive.system.sync_partition_metadata('bilatcli', '{FACTS.name}', 'FULL')",
        ]
    )
    asking = f"{DUCKDB}{duckdb}{folders}{_sql([parted, *others])}{OTHERS}{spark}{TRINO}{trino}"
    return f"{BEFORE}{asking}## Tables\n" + "".join(map(_section, TABLES))


def _sql(statements: Iterable[str]) -> str:
    return "```sql\n" + "".join(f"{each};\n" for each in statements) + "```\n\n"


_TRINO = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "day": "DATE",
    "texts": "ARRAY(VARCHAR)",
}


def _trino(table: Table) -> str:
    """The statement by which Trino knows a table; the column that is in the folders' names comes last."""
    parted = table is FACTS
    fields = sorted(table.fields, key=lambda field: parted and field.key == PARTED_BY)
    # A column and its type stay on one line.
    columns = fill(", ".join(f"{field.key}\xa0{_TRINO[field.kind]}" for field in fields), 112)
    columns = indent(columns.replace("\xa0", " "), "  ")
    by = f", partitioned_by = ARRAY['{PARTED_BY}']" if parted else ""
    location = f"external_location = 's3://bucket/tables/{table.name}/'"
    return f"CREATE TABLE hive.bilatcli.{table.name} (\n{columns}\n) WITH (format = 'PARQUET', {location}{by})"


def _section(table: Table) -> str:
    rows = "".join(
        f"| `{field.key}` | {_type(table, field)} | {_meaning(field)} |\n" for field in table.fields
    )
    return f"\n### {table.name}\n\n{table.meaning}\n\n| column | type | holds |\n| --- | --- | --- |\n{rows}"


def _type(table: Table, field: Field) -> str:
    kind = {"texts": "list of texts"}.get(field.kind, field.kind)
    return (
        f"{kind}, key" if field.key in table.key else kind if field.required else f"{kind} or null"
    )


def _meaning(field: Field) -> str:
    refers = f" → `{'.'.join(field.refers)}`" if field.refers else ""
    words = f" ({', '.join(field.words)})" if field.words else ""
    return field.meaning + words + refers


def main() -> None:
    """Write or check."""
    text = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text("utf-8") != text:
            sys.exit("docs/export.md is stale: run `make export`")
        return
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
