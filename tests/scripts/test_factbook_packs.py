"""Packs of our own readings of the Factbook: a sample makes the tables, a change is noticed.

`tests/data/generated/` has, for each pack, some rows of the real input, our readings of them in
`own.toml`, and the tables made of both in `expected/`.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import disputes
import troops
from bilatcli.packs.loader import load_pack_with_tables
from common import Countries, Files, open_countries

SAMPLES = Path(__file__).parent.parent / "data" / "generated"
SCRIPTS = {"disputes": disputes, "troops": troops}


@pytest.fixture(scope="module")
def names() -> Iterator[Countries]:
    """Return the names of countries."""
    with open_countries() as countries:
        yield countries


def generate_sample(
    pack: str, folder: Path, names: Countries, *, replace: tuple[str, str] = ("", "")
) -> Files:
    """Return the files that a script makes of its sample, after a change of the sample."""
    script: ModuleType = SCRIPTS[pack]
    rows = (SAMPLES / pack / script.NAME.removesuffix(".gz")).read_text("utf-8").replace(*replace)
    content = gzip.compress(rows.encode())
    (folder / script.NAME).write_bytes(content)
    inputs = {script.NAME: hashlib.sha256(content).hexdigest()}
    files: Files = script.generate(folder, names, inputs, SAMPLES / pack / "own.toml")
    return files


@pytest.mark.parametrize("pack", SCRIPTS)
def test_sample_makes_expected_tables(pack: str, names: Countries, tmp_path: Path) -> None:
    """Rows are read, restated and left out as the script and our readings say."""
    files = generate_sample(pack, tmp_path, names)
    tables = {name: text.decode() for name, text in files.items() if name.endswith(".csv")}
    expected = {path.name: path.read_text("utf-8") for path in (SAMPLES / pack).glob("expected/*")}
    assert tables == expected


@pytest.mark.parametrize("pack", SCRIPTS)
def test_generated_pack_is_valid(pack: str, names: Countries, tmp_path: Path) -> None:
    """The pack is loaded without an error, and has a fact for each row."""
    files = generate_sample(pack, tmp_path, names)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    _, tables = load_pack_with_tables(tmp_path / f"{pack}.toml")
    rows = sum(content.count(b"\n") - 1 for name, content in files.items() if "csv" in name)
    assert sum(len(table.rows) for table in tables) == rows


@pytest.mark.parametrize(
    ("pack", "replace", "problem"),
    [
        ("disputes", ("since 1976", "since 1977"), "fr-mu tromelin has changed"),
        ("disputes", ("Africa-Zimbabwe", "Africa-Botswana"), "in one place only"),
        ("troops", ("training detachments", "bases"), "is not in the text of SG"),
    ],
)
def test_changed_text_is_noticed(
    pack: str, replace: tuple[str, str], problem: str, names: Countries, tmp_path: Path
) -> None:
    """The script ends if a text has changed since it was read, or has not been read."""
    with pytest.raises(SystemExit, match=problem):
        generate_sample(pack, tmp_path, names, replace=replace)
