"""`--version --json`: the document on the program, its runtime, and the packs that it uses."""

from __future__ import annotations

import sys

from bilatcli.index import Statement
from bilatcli.index.sqlite import FORMAT, sqlite_version
from bilatcli.index.store import open_index
from bilatcli.text import json_object, json_string
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request

PACKS = Statement(
    "version_packs",
    """
    SELECT p.name, p.title, p.licence, p.updated, p.digest,
        (SELECT COUNT(*) FROM fact f WHERE f.pack = p.name)
        + (SELECT COALESCE(SUM(t.row_count), 0) FROM data_table t WHERE t.pack = p.name) AS facts
    FROM pack p ORDER BY p.precedence
    """,
)

PACK_KEYS = ("name", "title", "licence", "updated", "facts", "digest")


def describe_packs(request: Request, environment: Environment) -> str:
    """Return the document as JSON, for the packs that the options of a request choose."""
    index = open_index(environment, request.data, engine=request.index)
    try:
        return make_document(index)
    finally:
        index.close()


def make_document(index: Index) -> str:
    """Return the document as JSON. It contains no path of the machine."""
    packs = ",\n".join(
        json_object(**{key: row[key] for key in PACK_KEYS}) for row in index.rows(PACKS)
    )
    python = ".".join(map(str, sys.version_info[:3]))
    origin = json_object(format=FORMAT, place=index.location)
    return (
        f'{{"schema":"bilatcli/version@1",\n"version":{json_string(__version__)},\n'
        f'"python":{json_string(python)},\n"sqlite":{json_string(sqlite_version)},\n'
        f'"index":{origin},\n"packs":[{packs}]}}\n'
    )
