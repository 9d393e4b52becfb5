"""Generate `schema/`: the JSON Schemas of the pack and of every document, from their types.

python scripts/schemas.py             write the files
python scripts/schemas.py --check     exit with 1 if a file is stale
"""

from __future__ import annotations

import json

from bilatcli.views import schema
from generated import ROOT, write_or_check


def schema_text(name: str) -> str:
    """Return the JSON Schema of a document or of the pack."""
    return json.dumps(schema.json_schema(name), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write_or_check(
        {ROOT / "schema" / f"{name}.json": schema_text(name).encode() for name in schema.PUBLISHED},
        "make schema",
    )
