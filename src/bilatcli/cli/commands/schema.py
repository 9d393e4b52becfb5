"""`schema`: print the JSON Schema of a pack or of a document."""

from __future__ import annotations

import os

from bilatcli import resources
from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment


def run(invocation: Invocation, _: Environment) -> CommandResult:
    """Return a schema, or the names of all; raises UsageError for an unknown name."""
    if invocation.words:
        return CommandResult([read_schema(invocation.words[0])], is_json=True)
    return CommandResult(f"{name}\n" for name in list_schemas())


def list_schemas() -> list[str]:
    """Return the names of all schemas: `pack`, `error`, the views, and other documents."""
    return sorted(
        name.removesuffix(".json")
        for name in os.listdir(resources.schema_folder())
        if name.endswith(".json")
    )


def read_schema(name: str) -> str:
    """Return a schema as JSON; raises UsageError for an unknown name."""
    if name not in list_schemas():
        from bilatcli.fuzzy import did_you_mean

        raise UsageError(f"unknown schema `{name}`", hint=did_you_mean(name, list_schemas()))
    with open(os.path.join(resources.schema_folder(), f"{name}.json"), encoding="utf-8") as file:
        return file.read()


COMMAND = Command(
    "schema",
    "Print the JSON Schema of a pack or of a document; without NAME, list the names.",
    run=run,
    group="Author",
    words="NAME",
    words_help="`pack`, `error`, or the name of a view or of another document.",
    max_words=1,
    examples=("bilatcli schema", "bilatcli schema pack > pack.json"),
    word_choices=list_schemas,
)
