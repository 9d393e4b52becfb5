"""Owns `schema/`: writes the JSON Schema of the pack and of every document from their types.

python scripts/schemas.py             write the files
python scripts/schemas.py --check     exit 1 if a file on disk is not what would be written
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bilatcli.views import schema

FOLDER = Path(__file__).resolve().parent.parent / "schema"


def wanted() -> dict[Path, str]:
    """Return what each file must hold."""
    return {
        FOLDER / f"{name}.json": json.dumps(schema.json_schema(name), ensure_ascii=False, indent=2)
        + "\n"
        for name in schema.PUBLISHED
    }


def main() -> None:
    """Write or check."""
    texts = wanted()
    if "--check" in sys.argv:
        stale = [
            path.name
            for path, text in texts.items()
            if not path.exists() or path.read_text("utf-8") != text
        ]
        stale += [path.name for path in FOLDER.glob("*.json") if path not in texts]
        if stale:
            sys.exit(f"schema/ is stale ({', '.join(sorted(stale))}): run `make schema`")
        return
    FOLDER.mkdir(exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
