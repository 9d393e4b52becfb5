"""Maps in the terminal and as SVG."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from support import Run

SVG = "{http://www.w3.org/2000/svg}"
BRAILLE = re.compile("[\u2800-\u28ff]")

# --- in the terminal


@pytest.mark.parametrize("width", [1, 8, 40, 80, 200])
def test_width(run: Run, width: int) -> None:
    """A map fills the width of the terminal, from 8 columns on, and is not higher than it."""
    result = run("map", "azerbaijan", "pakistan", env={"COLUMNS": str(width), "LINES": "30"})
    assert (result.code, result.err) == (0, "")
    lines = [line for line in result.out.splitlines() if BRAILLE.search(line)]
    assert max(map(len, lines)) == max(width, 8)
    assert len(lines) <= 30


def test_names(run: Run) -> None:
    """A map has the countries, their capitals, related countries and disputed areas."""
    result = run("map", "az", "pk", env={"COLUMNS": "100", "LINES": "40"})
    names = ("Azerbaijan", "• Baku", "Pakistan", "• Islamabad", "Armenia", "India")
    assert [name for name in (*names, "Line of Control") if name not in result.out] == []
    assert "Mentioned in their facts: Armenia (" in result.out
    assert "which shows de facto control" in " ".join(result.out.split())
    assert "\x1b" not in result.out


def test_filter(run: Run) -> None:
    """A filter leaves out countries that only other facts mention."""
    captions = " ".join(run("map", "az", "pk", "kashmir").out.split())
    assert re.search(r"Mentioned in their facts: [^.]*India \(", captions)
    assert not re.search(r"Mentioned in their facts: [^.]*Hungary", captions)


def test_countries_without_a_relation(run: Run) -> None:
    """Countries without facts have a map too; a small one is the mark of its capital."""
    result = run("map", "fiji", "tuvalu", env={"COLUMNS": "80", "LINES": "30"})
    assert result.code == 0
    assert "• Funafuti" in result.out


def test_colour(run: Run) -> None:
    """A map has colours only if they are asked for, and is the same without them."""
    plain = run("map", "az", "pk").out
    coloured = run("map", "az", "pk", "--color", "always").out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()


def test_misspelt_and_unknown_names(run: Run) -> None:
    """A misspelt country is reported; an unknown one is an error in one line."""
    assert run("map", "azarbijan", "pk").err == "bilatcli: reading `azarbijan` as Azerbaijan (AZ)\n"
    result = run("map", "qqqqzz")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("bilatcli: no country is called `qqqqzz`")


# --- as SVG


def test_svg(run: Run) -> None:
    """The SVG is valid and self-contained, and describes what it shows."""
    result = run("map", "kosovo", "serbia", "--svg", "-")
    assert (result.code, result.err) == (0, "")
    root = ET.fromstring(result.out)  # noqa: S314 -- our own
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Map: Kosovo–Serbia"
    assert "Disputed: Kosovo" in (root.findtext(f"{SVG}desc") or "")
    texts = {each.text for each in root.iter(f"{SVG}text")}
    assert {"Serbia", "Belgrade"} <= texts
    assert root.findall(f".//{SVG}path[@class='disputed']")
    assert not re.search(r"<script|href=|@import|url\((?!#map-hatch)", result.out)


def test_svg_file(run: Run, tmp_path: Path) -> None:
    """A file is written once, and overwritten only with `--force`."""
    target = tmp_path / "map.svg"
    assert run("map", "az", "pk", "--svg", str(target)).err == f"bilatcli: wrote {target}\n"
    written = target.read_text("utf-8")
    assert written == run("map", "az", "pk", "--svg", "-").out
    target.write_text("mine", "utf-8")
    refused = run("map", "az", "pk", "--svg", str(target))
    assert (refused.code, target.read_text("utf-8")) == (2, "mine")
    assert "--force" in refused.err
    assert run("map", "az", "pk", "--svg", str(target), "--force").code == 0
    assert target.read_text("utf-8") == written
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["map.svg"]


def test_map_in_another_format(run: Run, tmp_path: Path) -> None:
    """A file whose name has the extension of another format is refused, and not written."""
    target = tmp_path / "map.png"
    result = run("map", "az", "pk", "--svg", str(target))
    assert (result.code, result.out, target.exists()) == (2, "", False)
    assert result.err == "bilatcli: unsupported format of a map: .png; use .svg\n"


def test_svg_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A folder that does not exist is an error in one line."""
    result = run("map", "az", "pk", "--svg", str(tmp_path / "no" / "map.svg"))
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "no such file or directory" in result.err
