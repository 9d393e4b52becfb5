"""Generate docs/export.md: the tables of `bilatcli export`, and how to query them.

python scripts/export.py             write the page
python scripts/export.py --check     exit with 1 if the page is stale
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill, indent

from bilatcli.export.columns import Column
from bilatcli.export.schema import FACTS, TABLES, Table
from generated import ROOT, write_or_check

PAGE = ROOT / "docs" / "export.md"
PARTED_BY = "topic"

BEFORE = """\
# Export

    bilatcli export tables                                       # CSV, one file per table
    bilatcli export tables --format parquet                      # or jsonl
    bilatcli export tables --format parquet --partition topic    # one folder of facts per topic
    bilatcli export facts.sqlite                                 # one database

`bilatcli export` writes the whole corpus, including your own packs (`--data`), as six tables:
`facts`, `sources`, `relations`, `fact_sources` and `countries`. Parquet needs the extra:
`pip install '.[parquet]'`.

- A key of a fact in a document is a column of the same name. The columns of sources are the keys
  of sources in packs.
- Superseded and generated facts are included; `status` and `coverage` mark them.
- An unknown value is null, never 0.
- Texts are unchanged, because programs read them. A spreadsheet may run a CSV cell that begins
  with `=` as a formula; `--format csv` of the views prevents that.

| format | null | lists | days | booleans |
| --- | --- | --- | --- | --- |
| `parquet` | null | lists of strings | DATE | BOOLEAN |
| `csv` | empty | JSON text: `["AZ","PK"]` | `2024-02-01` | `true`, `false` |
| `jsonl` | `null` | arrays | `"2024-02-01"` | `true`, `false` |
| `sqlite` | NULL | JSON text, for `json_each` | `2024-02-01` | 1, 0 |

CSV follows RFC 4180, in UTF-8 without a byte order mark.

A folder also contains `datapackage.json`, a [Data Package](https://specs.frictionlessdata.io). It
describes the type and meaning of every column, the keys between tables, and the licences of the
packs. In a database, the meanings are comments; `.schema` shows them.
`frictionless validate tables/datapackage.json` validates CSV and JSON Lines. It reads Parquet
through pandas, which has neither lists nor integers with nulls, and reports errors there that are
none.

Memory use does not grow with the packs. An export is written completely or not at all. The same
packs give the same bytes in `csv`, `jsonl` and `parquet`. An existing file, or a folder that is
not empty, is changed only with `--force`: the file, or the files of an earlier export, are
replaced. Other files in the folder stay.

Dates are [EDTF](https://www.loc.gov/standards/datetime/) text, as uncertain as the sources are.
For comparison and sorting, `first` and `last` give the first and last day that such a date can
mean.

`--partition topic` makes 13 files of facts. A partition for each of the 2,103 relations took 34 MB,
not 0.5 MB, and DuckDB took 80 times as long to count facts.

## Three questions

The same SQL works in SQLite, DuckDB, Trino and Spark. The facts of
`bilatcli military az pk jf-17`, with their sources:

```sql
SELECT f.id, f.date, f.stage, f.status, f.verification, s.title, s.url
FROM facts f
JOIN fact_sources e ON e.fact = f.id
JOIN sources s ON s.id = e.source
WHERE f.relation = 'az-pk' AND f.topic = 'military' AND f.status <> 'superseded'
  AND replace(lower(f.text || ' ' || coalesce(f.system, '') || ' ' || coalesce(f.note, '')),
    '-', '') LIKE '%jf17%'
ORDER BY f.first, f.id, e.place
```

Who favours Pakistan on Kashmir, as in `bilatcli stances kashmir`:

```sql
SELECT f.id, f.holder, f.position, f.date
FROM facts f
WHERE f.topic = 'stance' AND f.issue = 'kashmir' AND f.favours = 'PK' AND f.status <> 'superseded'
ORDER BY f.id
```

The number of facts of each curated relation, as in `bilatcli list --curated`:

```sql
SELECT r.id, r.coverage, count(f.id) AS facts
FROM relations r
LEFT JOIN facts f ON f.relation = r.id
WHERE r.coverage = 'curated'
GROUP BY r.id, r.coverage
ORDER BY r.id
```

"""

DUCKDB = """\
## DuckDB

"""

OTHERS = """\
CSV and JSON Lines work the same way, but DuckDB guesses their types: a column of years may become
numbers. Declare text columns
(`read_csv('tables/countries.csv', types = {'numeric': 'VARCHAR'})`), or use Parquet.

## pandas

```python
import pandas as pd

facts = pd.read_parquet("tables/facts.parquet")
evidence = pd.read_parquet("tables/fact_sources.parquet")
sources = pd.read_parquet("tables/sources.parquet")

is_military = (facts["relation"] == "az-pk") & (facts["topic"] == "military")
is_current = facts["status"] != "superseded"
words = facts["text"] + " " + facts["system"].fillna("") + " " + facts["note"].fillna("")
mentions = words.str.replace("-", "").str.contains("jf17", case=False)
answer = (
    facts[is_military & is_current & mentions]
    .merge(evidence, left_on="id", right_on="fact")
    .merge(sources, left_on="source", right_on="id", suffixes=("", "_source"))
    .sort_values(["first", "id", "place"])
)
```

By default, pandas reads Namibia's code `NA` in a CSV file as a missing value. Prevent this with
`pd.read_csv("tables/facts.csv", keep_default_na=False, na_values=[""])`.

## SQLite and Datasette

`sqlite3 facts.sqlite` and `datasette facts.sqlite` accept the three questions unchanged. Lists
are JSON: Datasette can show them as facets, and `json_each` turns them into rows:

```sql
SELECT a.value AS actor, count(*) AS facts
FROM facts f, json_each(f.actors) a
WHERE f.topic = 'stance'
GROUP BY a.value
ORDER BY facts DESC, actor
```

## Spark

Export with `--partition topic`. Spark takes the column `topic` from the names of the folders.
Spark 4.3 returns the same answers as `bilatcli`; a test checks this if pyspark and Java are
installed:

"""

TRINO = """\
## Trino

Copy the same export to an object store, and create the tables in a catalog `hive` with a schema
`bilatcli`. A parser for Trino's SQL accepts the statements and the questions; they were not run
on Trino itself:

"""


def page() -> str:
    """Return the text of the page."""
    duckdb = _sql(
        f"CREATE VIEW {table.name} AS FROM 'tables/{table.name}.parquet'" for table in TABLES
    )
    files = "'tables/facts/*/*.parquet'"
    parted = f"CREATE VIEW facts AS FROM read_parquet({files}, hive_partitioning = true)"
    folders = "After an export with `--partition topic`, each table is a folder:\n\n"
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
    queries = f"{DUCKDB}{duckdb}{folders}{_sql([parted, *others])}{OTHERS}{spark}{TRINO}{trino}"
    return f"{BEFORE}{queries}## Tables\n" + "".join(map(_section, TABLES))


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
    """Return the statement that declares a table in Trino; the partition column comes last."""
    parted = table is FACTS
    fields = sorted(table.columns, key=lambda field: parted and field.key == PARTED_BY)
    # A no-break space keeps a column and its type on one line.
    columns = fill(", ".join(f"{field.key}\xa0{_TRINO[field.kind]}" for field in fields), 112)
    columns = indent(columns.replace("\xa0", " "), "  ")
    by = f", partitioned_by = ARRAY['{PARTED_BY}']" if parted else ""
    location = f"external_location = 's3://bucket/tables/{table.name}/'"
    how = f"format = 'PARQUET', {location}{by}"
    return f"CREATE TABLE hive.bilatcli.{table.name} (\n{columns}\n) WITH ({how})"


def _section(table: Table) -> str:
    rows = "".join(
        f"| `{field.key}` | {_type(table, field)} | {_meaning(field)} |\n"
        for field in table.columns
    )
    heads = "| column | type | meaning |\n| --- | --- | --- |\n"
    return f"\n### {table.name}\n\n{table.meaning}\n\n{heads}{rows}"


def _type(table: Table, field: Column) -> str:
    kind = {"texts": "list of texts"}.get(field.kind, field.kind)
    return (
        f"{kind}, key"
        if field.key in table.key
        else kind
        if field.is_required
        else f"{kind} or null"
    )


def _meaning(field: Column) -> str:
    refers = f" → `{'.'.join(field.refers)}`" if field.refers else ""
    words = f" ({', '.join(field.words)})" if field.words else ""
    return field.meaning + words + refers


if __name__ == "__main__":
    write_or_check({PAGE: page().encode()}, "make export")
