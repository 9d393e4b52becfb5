"""Record in tests/data/promises.txt what docs/compatibility.md promises, one name a line.

Adds what is new. Exits with 1, and writes nothing, if a line would go or a pack that is valid today
would be refused: that takes a major release, for which the file is deleted first. With `--check`,
exit with 1 if the file is stale as well.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import bilatcli
from bilatcli.cli.commands import list_declarations
from bilatcli.cli.main import EXIT_CLOSED_PIPE, EXIT_INTERRUPTED
from bilatcli.export.schema import TABLES
from bilatcli.packs.lint import output
from generated import ROOT, write_or_check

FILE = ROOT / "tests" / "data" / "promises.txt"
UPPER_LIMITS = ("maxLength", "maxItems", "maximum")
LOWER_LIMITS = ("minLength", "minItems", "minimum")
REQUIRES = " requires "
ERROR_ATTRIBUTES = ("kind", "message", "hint", "candidates")
_LIMIT = re.compile(rf"(.+ (?:{'|'.join((*UPPER_LIMITS, *LOWER_LIMITS))})) (-?\d+)")


def describe_type(node: Mapping[str, Any]) -> str:
    """Return the type that a JSON Schema allows, without the values of a list of words."""
    if "$ref" in node:
        return str(node["$ref"]).rpartition("/")[2]
    if "anyOf" in node:
        return " | ".join(sorted({describe_type(each) for each in node["anyOf"]}))
    if "const" in node:
        return json.dumps(node["const"])
    if node.get("type") == "array":
        return f"{describe_type(node.get('items', {}))}[]"
    return str(node.get("type", "any"))


def list_members(owner: str, schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of an object, their types, the words they may have, and those required."""
    for key, node in schema.get("properties", {}).items():
        yield f"{owner}.{key}: {describe_type(node)}"
        for part in (node, *node.get("anyOf", ()), node.get("items", {})):
            yield from (f"{owner}.{key} may be {json.dumps(word)}" for word in part.get("enum", ()))
            limits = ((name, part[name]) for name in (*UPPER_LIMITS, *LOWER_LIMITS) if name in part)
            yield from (f"{owner}.{key} {name} {limit}" for name, limit in limits)
    yield from (f"{owner}{REQUIRES}{key}" for key in schema.get("required", ()))


def list_schemas() -> Iterator[str]:
    """Yield what the schemas of documents and packs allow; what documents share is there once."""
    for path in sorted((ROOT / "schema").glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        kind = "pack" if path.stem == "pack" else "document"
        yield from list_members(f"{kind} {path.stem}", schema)
        for name, part in schema.get("$defs", {}).items():
            yield from list_members(f"{kind} {name}", part)


def list_python() -> Iterator[str]:
    """Yield the public names, the methods with their keywords, and the errors."""
    for name in bilatcli.__all__:
        yield f"python bilatcli.{name}"
        found = getattr(bilatcli, name)
        if isinstance(found, type) and issubclass(found, bilatcli.BilatcliError):
            yield f"error {name} is {found.kind}, exits with {found.exit_code}"
            yield from (f"error {name} is a {each.__name__}" for each in found.__mro__[1:-2])
    yield f"python open{inspect.signature(bilatcli.open)}"
    error = bilatcli.UsageError("x")
    yield from (f"error .{name}" for name in ERROR_ATTRIBUTES if hasattr(error, name))
    for record in (bilatcli.Candidate, bilatcli.Problem):
        yield from (f"python {record.__name__}.{name}" for name in sorted(record.__slots__))
    for name, method in vars(bilatcli.Corpus).items():
        if not name.startswith("_") and callable(method):
            yield f"python Corpus.{name}{inspect.signature(method)}"
            options = get_type_hints(method).get("options")
            hints = {} if options is None else get_type_hints(get_args(options)[0])
            yield from (f"python Corpus.{name} {key}: {hint}" for key, hint in hints.items())


def list_command_line() -> Iterator[str]:
    """Yield the commands with their options, the exit codes, the rules and the tables."""
    for declared in list_declarations():
        yield f"command {declared.name}"
        for option in declared.options:
            yield f"command {declared.name} {option.flag} {option.metavar}".rstrip()
    yield f"exit {EXIT_INTERRUPTED} if interrupted, {EXIT_CLOSED_PIPE} if the reader is gone"
    yield from (f"rule {rule.code} {rule.name}" for rule in output.sorted_rules())
    for table in TABLES:
        yield f"table {table.name}: {' '.join(column.key for column in table.columns)}"


def list_promises() -> list[str]:
    """Return all lines, sorted."""
    return sorted({*list_schemas(), *list_python(), *list_command_line()})


def find_broken(recorded: Sequence[str], current: Sequence[str]) -> list[str]:
    """Return the recorded lines that no longer hold, and the new demands on packs."""
    limits = {match[1]: int(match[2]) for line in current if (match := _LIMIT.fullmatch(line))}

    def holds(line: str) -> bool:
        if match := _LIMIT.fullmatch(line):
            now, before = limits.get(match[1]), int(match[2])
            is_upper = match[1].endswith(UPPER_LIMITS)
            return now is None or (now >= before if is_upper else now <= before)
        if line.startswith("pack ") and REQUIRES in line:
            return True
        # Columns of tables are added at the end.
        is_table = line.startswith("table ")
        return line in current or (
            is_table and any(each.startswith(f"{line} ") for each in current)
        )

    owners = {line.partition(".")[0] for line in recorded}
    demands = (line for line in current if line.startswith("pack ") and REQUIRES in line)
    refused = [
        line for line in demands if line not in recorded and line.partition(REQUIRES)[0] in owners
    ]
    return [line for line in recorded if not holds(line)] + refused


def read_recorded(file: Path = FILE) -> list[str]:
    """Return the lines of the file; none if it is missing."""
    return file.read_text("utf-8").splitlines() if file.exists() else []


def main() -> None:
    """Write the file, or check it."""
    current = list_promises()
    if broken := find_broken(read_recorded(), current):
        sys.exit("\n".join(("these promises break; they need a major release:", *broken)))
    write_or_check({FILE: "".join(f"{line}\n" for line in current).encode()}, "make promises")


if __name__ == "__main__":
    main()
