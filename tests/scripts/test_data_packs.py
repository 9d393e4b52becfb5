"""The scripts of packs of tables make the expected files from samples of their inputs.

`tests/data/generated/` has, for each pack, some rows of the real inputs, and the tables made of
them in `expected/`.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import missions
import un_votes
import us_history
from bilatcli.packs.loader import load_pack_with_tables
from common import Countries, Files, csv_bytes, open_countries, read_rows

SAMPLES = Path(__file__).parent.parent / "data" / "generated"
SCRIPTS = {"missions": missions, "un-votes": un_votes, "us-history": us_history}


@pytest.fixture(scope="module")
def names() -> Iterator[Countries]:
    """Return the names of countries."""
    with open_countries() as countries:
        yield countries


def generate_sample(pack: str, script: ModuleType, folder: Path, names: Countries) -> Files:
    """Return the files that a script makes of the sample, whose inputs are packed in a folder."""
    inputs = {}
    for name in script.INPUTS:
        rows = (SAMPLES / pack / name.removesuffix(".gz")).read_bytes()
        content = gzip.compress(rows) if name.endswith(".gz") else rows
        (folder / name).write_bytes(content)
        inputs[name] = hashlib.sha256(content).hexdigest()
    files: Files = script.generate(folder, names, inputs)
    return files


@pytest.mark.parametrize("pack", SCRIPTS)
def test_sample_makes_expected_tables(pack: str, names: Countries, tmp_path: Path) -> None:
    """Rows are selected, corrected, merged and left out as the script says."""
    files = generate_sample(pack, SCRIPTS[pack], tmp_path, names)
    tables = {name: text.decode() for name, text in files.items() if name.endswith(".csv")}
    expected = {path.name: path.read_text("utf-8") for path in (SAMPLES / pack).glob("expected/*")}
    assert tables == expected


@pytest.mark.parametrize("pack", SCRIPTS)
def test_generated_pack_is_valid(pack: str, names: Countries, tmp_path: Path) -> None:
    """The pack is loaded without an error, and has a fact for each row."""
    files = generate_sample(pack, SCRIPTS[pack], tmp_path, names)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    _, tables = load_pack_with_tables(tmp_path / f"{pack}.toml")
    rows = sum(content.count(b"\n") - 1 for name, content in files.items() if "csv" in name)
    assert sum(len(table.rows) for table in tables) == rows


def test_other_input_is_refused(tmp_path: Path) -> None:
    """An input with another content than the pinned one is not read."""
    (tmp_path / "rows.tsv").write_text("a\tb\n", "utf-8")
    with pytest.raises(SystemExit, match="SHA-256"):
        read_rows(tmp_path, "rows.tsv", {"rows.tsv": "0" * 64})


def test_table_is_sorted_and_has_rows_once() -> None:
    """The same rows make the same bytes in any order."""
    rows = [("PK", "AZ", "2"), ("AZ", "PK", None), ("PK", "AZ", "2")]
    assert csv_bytes(["from", "to", "n"], rows) == b"from,to,n\nAZ,PK,\nPK,AZ,2\n"
    assert csv_bytes(["from", "to", "n"], rows[::-1]) == csv_bytes(["from", "to", "n"], rows)
