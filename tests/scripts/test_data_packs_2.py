"""The scripts of trade, minerals, treaties, refugees and migrants make the same tables again."""

from __future__ import annotations

import csv
import gzip
import hashlib
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from support import ROOT

SAMPLES = ROOT / "tests" / "data" / "tables"
PACKS = {
    "agreements": "agreements",
    "migrants": "migrants",
    "minerals": "minerals",
    "refugees": "refugees",
    "tax_treaties": "tax-treaties",
    "trade": "trade",
}
"""The packs by the names of their scripts."""


@pytest.fixture(scope="module")
def countries() -> Iterator[Any]:
    """Yield the names of countries that scripts read."""
    folder = str(ROOT / "scripts" / "data")
    sys.path.insert(0, folder)
    with import_module("common").open_countries() as opened:
        yield opened
    sys.path.remove(folder)


def pack_sample(module: ModuleType, script: str, folder: Path) -> dict[str, str]:
    """Write the sample of a script's inputs as it expects them, and return their digests."""
    digests = {}
    for name in module.INPUTS:
        content = (SAMPLES / script / name.removesuffix(".gz")).read_bytes()
        if name.endswith(".gz"):
            content = gzip.compress(content, mtime=0)
        (folder / name).write_bytes(content)
        digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def generate_sample(script: str, countries: Any, folder: Path) -> dict[str, str]:
    """Return the files that a script makes from the sample of its inputs."""
    module = import_module(script)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "INPUTS", pack_sample(module, script, folder))
        files = module.generate(folder, countries)
    return {name: content.decode() for name, content in files.items()}


@pytest.mark.parametrize("script", PACKS)
def test_tables_of_a_sample(script: str, countries: Any, tmp_path: Path) -> None:
    """A small sample of its inputs gives a script the tables beside the sample."""
    files = generate_sample(script, countries, tmp_path)
    tables = {name: text for name, text in files.items() if name.endswith(".csv")}
    expected = SAMPLES / script / "expected"
    assert tables == {path.name: path.read_text("utf-8") for path in expected.iterdir()}


@pytest.mark.parametrize("script", PACKS)
def test_pack_of_a_sample(script: str, countries: Any, tmp_path: Path) -> None:
    """A sample gives the same pack as all inputs, except for the sources that it does not cite."""
    name = f"{PACKS[script]}.toml"
    made = tomllib.loads(generate_sample(script, countries, tmp_path)[name])
    shipped = tomllib.loads((ROOT / "data" / name).read_text("utf-8"))
    assert made["pack"] == shipped["pack"]
    assert made["table"] == shipped["table"]
    assert all(source in shipped["source"] for source in made["source"])


@pytest.mark.parametrize("script", PACKS)
def test_changed_input(script: str, countries: Any, tmp_path: Path) -> None:
    """An input that is not the pinned one is refused."""
    module = import_module(script)
    for name in module.INPUTS:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(SystemExit, match="SHA-256"):
        module.generate(tmp_path, countries)


@pytest.mark.parametrize("name", PACKS.values())
def test_rows_are_sorted(name: str) -> None:
    """Rows of the shipped tables are sorted by pair, and none is there twice."""
    pack = tomllib.loads((ROOT / "data" / f"{name}.toml").read_text("utf-8"))
    for table in pack["table"]:
        text = (ROOT / "data" / table["file"]).read_text("utf-8")
        _, *rows = csv.reader(StringIO(text))
        assert rows == [list(row) for row in sorted({tuple(row) for row in rows})]
