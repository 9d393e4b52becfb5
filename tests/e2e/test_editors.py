"""The schema of packs in editors and hooks: Taplo and check-jsonschema accept and reject packs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT, Run

BIN = Path(sys.executable).parent
BUNDLED = [
    ROOT / "data" / f"{name}.toml"
    for name in ("relations", "east-asia", "europe", "middle-east", "south-asia", "south-caucasus")
]

BREAKS = [
    ('name = "fj-pe-notes"', 'name = "Fiji"'),
    ('licence = "CC0-1.0"', ""),
    ("updated = ", "updatd = "),
    ('type = "report"', 'type = "paper"'),
    ('reliability = "academic"', 'reliability = "good"'),
    ('url = "https://', 'url = "ftp://'),
    ('authors = ["Family, Given", "An Institute"]', 'authors = "An Institute"'),
    ('id = "example-report-2024"', 'id = "Example report"'),
    ('countries = ["FJ", "PE"]', 'countries = ["FJI", "PE"]'),
    ('topic = "diplomacy"', 'topic = "gossip"'),
    ("headline = true", 'headline = "yes"'),
    ('status = "historical"', 'status = "old"'),
    ('verification = "cited"', 'verification = "sure"'),
    ('kind = "exercise"', 'kind = "drill"'),
    ('stage = "held"', 'stage = "done"'),
    ('stage = "held"', 'quantity = "many"'),
    ('note = "What', 'nota = "What'),
    ("[[relation.fact]]", "[[relation.facts]]"),
]


@pytest.fixture
def pack(run: Run, tmp_path: Path) -> Path:
    """Return a new pack with all its examples, and the schema in the same folder."""
    file = tmp_path / "pack.toml"
    assert run("new", "fiji", "peru", "-o", str(file)).code == 0
    text = re.sub(r"^# (?=\[\[|[a-z_]+ = )", "", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(text, "utf-8")
    (tmp_path / "pack.schema.json").write_text(run("schema", "pack").out, "utf-8")
    return file


def lint(*files: Path) -> str:
    """Return what Taplo reports on packs by their `#:schema`; empty if they are valid."""
    done = subprocess.run([BIN / "taplo", "lint", *files], capture_output=True, check=False)
    return done.stderr.decode() if done.returncode else ""


def validate(*files: Path) -> str:
    """Return what check-jsonschema reports on packs; empty if they are valid."""
    schema = ROOT / "schema" / "pack.json"
    command: list[str | Path] = [BIN / "check-jsonschema", "--schemafile", schema, *files]
    done = subprocess.run(command, capture_output=True, check=False)
    return (done.stdout + done.stderr).decode() if done.returncode else ""


def test_valid_packs(pack: Path) -> None:
    """Packs that load are valid for an editor and for a hook."""
    assert lint(pack) == ""
    assert validate(pack, *BUNDLED) == ""


def test_invalid_packs(pack: Path) -> None:
    """What the schema can express is rejected by an editor and by a hook."""
    text = pack.read_text("utf-8")
    broken = []
    for number, (good, bad) in enumerate(BREAKS):
        assert good in text
        broken.append(pack.with_name(f"broken-{number:02}.toml"))
        broken[-1].write_text(text.replace(good, bad, 1), "utf-8")
    report = validate(*broken)
    assert [file.name for file in broken if file.name not in report] == []
    assert [file.name for file in broken if not lint(file)] == []
