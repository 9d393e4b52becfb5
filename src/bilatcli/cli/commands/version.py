"""What `--version --json` says: of this program, of what it runs on, and of the packs that it answers from."""

from __future__ import annotations

import sys

from bilatcli.index.sqlite import sqlite_version
from bilatcli.index.store import FORMAT
from bilatcli.text import json_string
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index

_PACKS = """SELECT p.name, p.title, p.licence, p.updated, COUNT(f.id)
    FROM pack p LEFT JOIN fact f ON f.pack = p.name
    GROUP BY p.name, p.title, p.licence, p.updated, p.precedence ORDER BY p.precedence"""


def document(index: Index) -> str:
    """Return the JSON document on an index and the program that reads it; it has no path of the machine."""
    packs = ",\n".join(
        f'{{"name":{json_string(name)},"title":{json_string(title)},"licence":{json_string(licence)},'
        f'"updated":{json_string(updated)},"facts":{facts}}}'
        for name, title, licence, updated, facts in index.rows(_PACKS)
    )
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f'{{"schema":"bilatcli/version@1",\n"version":{json_string(__version__)},\n'
        f'"python":{json_string(python)},\n"sqlite":{json_string(sqlite_version)},\n'
        f'"index":{{"format":{FORMAT},"place":{json_string(index.place)}}},\n"packs":[{packs}]}}\n'
    )
