"""The resources of `mcp`: the packs, what they cover, and the schemas of documents."""

from __future__ import annotations

from bilatcli.cli.commands.schema import list_schemas, read_schema
from bilatcli.cli.commands.version import make_document
from bilatcli.errors import UsageError
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index

PACKS = "bilatcli://packs"
COVERAGE = "bilatcli://coverage"
SCHEMA = "bilatcli://schema/"

COVERAGE_KEYS = ("id", "name", "facts", "sources", "newest", "verified")
"""The keys of a relation in the resource on coverage."""


def list_resources() -> list[tuple[str, str, str]]:
    """Return the name, the address and the description of each resource."""
    return [
        ("packs", PACKS, "The packs in use: title, licence, date and number of facts of each."),
        (
            "coverage",
            COVERAGE,
            "The relations that editors wrote: how deep and how recent.",
        ),
        *(
            (f"schema-{name}", f"{SCHEMA}{name}", f"JSON Schema of the document `{name}`.")
            for name in list_schemas()
        ),
    ]


def read_resource(address: str, index: Index) -> str:
    """Return a resource as JSON; raises UsageError for an unknown address."""
    from json import dumps, loads

    if address == PACKS:
        return make_document(index)
    if address == COVERAGE:
        fields = ",".join(COVERAGE_KEYS)
        request = Request("list", (), curated=True, fields=fields)
        return run(VIEWS["list"], request, index).text()
    name = address.removeprefix(SCHEMA)
    if address != name and name in list_schemas():
        # Without spaces, which are half of it.
        return dumps(loads(read_schema(name)), separators=(",", ":"), ensure_ascii=False)
    raise UsageError(
        f"no resource has the address `{address}`",
        hint=f"choose {PACKS}, {COVERAGE} or {SCHEMA}NAME, where NAME is one of "
        + ", ".join(list_schemas()),
    )
