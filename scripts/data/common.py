"""Shared by the scripts that generate packs of tables from data sets.

A script reads its inputs from a folder, after a check of their SHA-256. It writes a pack and its
tables, always the same bytes from the same inputs. It does not use the network:

    python scripts/data/PACK.py FOLDER            write the files, and list what was left out
    python scripts/data/PACK.py FOLDER --check    exit with 1 if a file is stale
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import json
import sys
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.append(str(Path(__file__).resolve().parent.parent))

from bilatcli.index.build import Inputs, in_memory
from bilatcli.index.store import SQLiteIndex
from bilatcli.packs.table_models import Table
from bilatcli.query.countries import resolve_name
from bilatcli.vocabulary import COUNTRY_CODES
from generated import ROOT, write_or_check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bilatcli.index.store import Index

DATA = ROOT / "data"
G20 = "SELECT country FROM membership WHERE organisation = 'G-20' AND status = 'member'"
NAME_KINDS = ("name", "official", "native", "translation", "alias", "former")
"""Kinds of names that stand for a country in a data set: not capitals, demonyms or codes."""

TABLE_KEYS = tuple(Table.model_fields)
"""The keys of a table, in the order of a pack."""

Row = dict[str, str]
Files = dict[str, bytes]
"""The content of each file of a pack, by its name in `data/`."""


# --- Inputs


def read_input(folder: Path, name: str, inputs: Mapping[str, str]) -> str:
    """Return the text of an input, unpacked. Exit if its SHA-256 is not the one in `inputs`."""
    path = folder / name
    if not path.is_file():
        sys.exit(f"{path}: no such file")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != inputs[name]:
        sys.exit(f"{name}: SHA-256 is {found}; expected {inputs[name]}")
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")


def read_rows(folder: Path, name: str, inputs: Mapping[str, str]) -> list[Row]:
    """Return the rows of a CSV or TSV input by column. Every value is a text; empty is ""."""
    text = read_input(folder, name, inputs)
    if ".csv" in name:
        return list(csv.DictReader(io.StringIO(text), strict=True))
    # A TSV file has no quoting: a quotation mark is part of its value.
    rows = csv.DictReader(
        io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE, restval="", strict=True
    )
    return [{key: value.strip() for key, value in row.items()} for row in rows]


# --- Countries


class Countries:
    """Names and codes of data sets as ISO codes, and what was left out, by reason.

    `g20` has the codes of the states of the G20, between which packs say more.
    """

    def __init__(self, index: Index, g20: Iterable[str]) -> None:
        self.g20 = frozenset(g20)
        self._index = index
        self._codes: dict[str, str | None] = {}
        self.left_out: dict[str, Counter[str]] = {}

    def find(self, name: str) -> str | None:
        """Return the code of a country's exact name, or None."""
        if name not in self._codes:
            match = resolve_name(name, self._index).match
            self._codes[name] = match.code if match and match.kind in NAME_KINDS else None
        return self._codes[name]

    def code(self, name: str) -> str | None:
        """Return the code of a country's exact name. A name without one is left out."""
        code = self.find(name)
        if code is None:
            self.leave_out("names that are not those of one country", name)
        return code

    def check_code(self, code: str) -> str | None:
        """Return a code as it is. A code that is not that of a country is left out."""
        if code in COUNTRY_CODES:
            return code
        self.leave_out("codes that are not those of a country", code)
        return None

    def leave_out(self, reason: str, what: str) -> None:
        """Count something that the pack does not have, to be listed at the end."""
        self.left_out.setdefault(reason, Counter())[what or "(empty)"] += 1


@contextmanager
def open_countries() -> Iterator[Countries]:
    """Open the names of countries, without any pack of tables."""
    # A pack that is about to be generated may be stale, or not there yet.
    inputs = Inputs(str(DATA), [str(DATA / "world.toml")])
    with closing(in_memory(inputs)) as connection:
        g20 = [code for (code,) in connection.execute(G20)]
        yield Countries(SQLiteIndex(connection, lambda: in_memory(inputs)), g20)


# --- Outputs


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table, its rows once each and in order. Exit if a row has another length."""
    lines = sorted({tuple("" if each is None else str(each) for each in row) for row in rows})
    if any(len(line) != len(columns) for line in lines):
        sys.exit(f"a row has not the columns {', '.join(columns)}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return text.getvalue().encode()


def toml_value(raw: Any) -> str:
    """Return a value as TOML. Its strings, numbers and lists are those of JSON."""
    if isinstance(raw, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(each)}" for key, each in raw.items()) + " }"
    if isinstance(raw, dt.date):
        return raw.isoformat()
    if isinstance(raw, list) and len(json.dumps(raw, ensure_ascii=False)) > 80:
        return "[\n" + "".join(f"  {toml_value(each)},\n" for each in raw) + "]"
    return json.dumps(raw, ensure_ascii=False)


def toml_table(head: str, table: Mapping[str, Any]) -> list[str]:
    """Return the lines of a TOML table after a heading such as `[[source]]`."""
    return [head, *(f"{key} = {toml_value(each)}" for key, each in table.items()), ""]


def pack_bytes(
    comment: str,
    pack: Mapping[str, Any],
    sources: Iterable[Mapping[str, Any]],
    tables: Iterable[Mapping[str, Any]],
) -> bytes:
    """Return a pack: a comment at the top, the keys of `[pack]`, sources by id, and tables."""
    lines = [f"# {line}".rstrip() for line in comment.strip().splitlines()]
    lines += ["", *toml_table("[pack]", pack)]
    for source in sorted(sources, key=lambda each: str(each["id"])):
        lines += toml_table("[[source]]", source)
    for table in tables:
        keys = [key for key in TABLE_KEYS if key in table]
        lines += toml_table(
            "[[table]]", {key: table[key] for key in dict.fromkeys((*keys, *table))}
        )
    return "\n".join(lines).encode()


# --- The command


def main(generate: Callable[[Path, Countries], Files]) -> None:
    """Write or check the files of a pack. `generate` makes them from the folder of inputs."""
    folders = [each for each in sys.argv[1:] if each != "--check"]
    command = f"python scripts/data/{Path(sys.argv[0]).name} FOLDER"
    if len(folders) != 1:
        sys.exit(f"usage: {command} [--check]")
    with open_countries() as countries:
        files = generate(Path(folders[0]), countries)
    write_or_check({DATA / name: content for name, content in files.items()}, command)
    for reason, items in countries.left_out.items() if "--check" not in sys.argv else ():
        print(f"{reason} ({items.total()} rows)", file=sys.stderr)
        for what, count in sorted(items.items()):
            print(f"  {count} x {what}", file=sys.stderr)
