"""Compare `bilatcli` with other tools on the same facts."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench import BILATCLI, BIN, EXACT, Bench, Row, Timing

DATA = Path(__file__).resolve().parent.parent / "data"
BUNDLED = DATA / "relations.toml"
SHIPPED = [
    BUNDLED,
    *(
        DATA / f"{name}.toml"
        for name in ("east-asia", "europe", "middle-east", "south-asia", "south-caucasus")
    ),
]
"""The packs that an editor wrote."""
CONDITIONS = ("relation = 'az-pk'", "topic = 'military'", "status != 'superseded'")
"""The question `EXACT`, for peers."""


def pack_records(pack: Path) -> list[dict[str, str]]:
    """Return the facts of a pack as flat records, for peers."""
    found = []
    for relation in tomllib.loads(pack.read_text("utf-8")).get("relation", []):
        for fact in relation["fact"]:
            first = {"id": f"{relation['id']}/{fact['id']}", "relation": relation["id"]}
            flat = {
                key: " ".join(map(str, each)) if isinstance(each, list) else str(each)
                for key, each in fact.items()
            }
            found.append(first | {"topic": flat["topic"], "status": flat["status"]} | flat | first)
    return found


def peer_commands(bench: Bench, packs: Path) -> dict[str, Sequence[str]]:
    """Return the commands with which installed peers answer `EXACT` from the same facts."""
    records = [
        record for pack in (BUNDLED, *sorted(packs.iterdir())) for record in pack_records(pack)
    ]
    lines, rec, database = (
        str(bench.folder / f"records.{ending}") for ending in ("jsonl", "rec", "sqlite")
    )
    _export(records, lines, rec, database)
    pattern = (
        '"relation":"az-pk","topic":"military","status":"(current|historical|planned|disputed)"'
    )
    sql = f"SELECT * FROM fact WHERE {' AND '.join(CONDITIONS)}"  # noqa: S608 -- constants
    query = '.relation == "az-pk" and .topic == "military" and .status != "superseded"'
    commands = {
        "rg": ["--no-config", pattern, lines],
        "jq": ["-c", f"select({query})", lines],
        "sqlite3": ["-readonly", "-json", database, sql],
        "recsel": ["-e", " && ".join(CONDITIONS), rec],
        "sqlite-utils": ["query", database, sql],
    }
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", "")))
    found = {
        name: [at, *rest]
        for name, rest in commands.items()
        if (at := shutil.which(name, path=path))
    }
    answer = json.loads(bench.output([BILATCLI, *EXACT, "--data", str(packs)]))
    ids = {fact["id"] for fact in answer["facts"]}
    for name, command in found.items():
        if set(re.findall(r'\bid"?: ?"?(az-pk/[a-z0-9-]+)', bench.output(command))) != ids:
            sys.exit(f"{name} and bilatcli find different facts; they cannot be compared")
    tldr = shutil.which("tldr", path=path)
    return {**found, **({"tldr": [tldr, "--version"]} if tldr else {})}


def _export(records: Sequence[Mapping[str, str]], lines: str, rec: str, database: str) -> None:
    """Write records as JSON Lines, as a rec file and as an indexed SQLite table."""
    compact = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
    Path(lines).write_text("".join(f"{line}\n" for line in compact), "utf-8")
    paragraphs = (
        "".join(f"{key}: {value}\n" for key, value in record.items()) for record in records
    )
    Path(rec).write_text("\n".join(paragraphs), "utf-8")
    keys = list(dict.fromkeys(key for record in records for key in record))
    with sqlite3.connect(database) as connection:
        connection.execute(f"CREATE TABLE fact ({', '.join(keys)})")
        marks = ", ".join("?" * len(keys))
        values = ([record.get(key) for key in keys] for record in records)
        connection.executemany(f"INSERT INTO fact VALUES ({marks})", values)  # noqa: S608 -- parameters
        connection.execute("CREATE INDEX fact_relation ON fact (relation, topic)")
    connection.close()


def peer_rows(times: Mapping[str, Timing], size: int) -> Iterator[Row]:
    """Yield the rows on peers, compared with `bilatcli` on the same records."""
    own = times["some"]
    yield Row(f"`bilatcli` on {size:,} records", took=str(own))
    for name in ("rg", "jq", "sqlite3", "recsel", "sqlite-utils", "tldr"):
        is_compared = name not in ("rg", "sqlite3")
        what = f"`{name}` on the same records"
        if name == "tldr":
            what = "`tldr --version` (it answers no question offline)"
        budget = "slower than `bilatcli`" if is_compared else "–"
        if name not in times:
            yield Row(what, budget, "not installed")
            continue
        ratio = times[name].over(own)
        is_met = ratio > 1 if is_compared else None
        yield Row(what, budget, f"{ratio:.2f} × `bilatcli`", str(times[name]), is_met)
