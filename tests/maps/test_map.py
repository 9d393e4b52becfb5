"""The map: where the countries lie, in the terminal and as SVG, on the installed command."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bilatcli.maps.geometry import Shapes, Frame, Scene, bounding_frame
from bilatcli.maps.labels import place_labels
from support import Run

SVG = "{http://www.w3.org/2000/svg}"
BRAILLE = re.compile("[\u2800-\u28ff]")


@pytest.fixture(scope="module")
def atlas() -> Shapes:
    """All shapes."""
    return Shapes()


def has_inside(point: tuple[float, float], rings: list[list[tuple[float, float]]]) -> bool:
    """Whether a point lies within rings: whether a line from it to the east crosses them an odd number of times."""
    east, north = point
    crossed = 0
    for ring in rings:
        for (a, b), (c, d) in pairwise(ring):
            if (b > north) != (d > north) and east < a + (c - a) * (north - b) / (d - b):
                crossed += 1
    return crossed % 2 == 1


# --- shapes


@pytest.mark.parametrize(
    ("code", "capital"),
    [
        ("AZ", (49.5, 40.4)),
        ("PK", (73.0, 33.7)),
        ("IN", (77.2, 28.6)),
        ("FR", (2.35, 48.85)),
        ("RU", (37.6, 55.75)),
    ],
)
def test_capital_lies_in_its_country(atlas: Shapes, code: str, capital: tuple[float, float]) -> None:
    """A country has its capital inside, and so codes and shapes belong together."""
    assert has_inside(capital, [list(ring) for ring in atlas.countries[code].rings])


def test_crimea_is_nobodys(atlas: Shapes) -> None:
    """What is in dispute is drawn by itself, not as a part of who holds it."""
    simferopol = (34.1, 44.95)
    for code in ("RU", "UA"):
        assert not has_inside(simferopol, [list(ring) for ring in atlas.countries[code].rings])
    crimea = next(shape for shape in atlas.disputed if shape.name == "Crimea")
    assert crimea.code is None
    assert has_inside(simferopol, [list(ring) for ring in crimea.rings])


def test_no_ring_leaps(atlas: Shapes) -> None:
    """No edge crosses the world, but for those by which Antarctica is closed about the pole."""
    for code, shape in atlas.countries.items():
        for ring in shape.rings:
            leaps = [abs(one[0] - other[0]) for one, other in pairwise(ring)]
            assert max(leaps) < 90 or code == "AQ", code


# --- frames


def test_frame_goes_over_the_antimeridian(atlas: Shapes) -> None:
    """New Zealand and the United States are framed over the Pacific, not over the rest of the world."""
    frame = bounding_frame([atlas.countries["NZ"], atlas.countries["US"]], [])
    assert frame.east - frame.west < 170
    assert frame.seen((180.0, 0.0)) is not None
    assert frame.seen((20.0, 0.0)) is None
    for place in ((174.8, -41.3), (-77.0, 38.9)):
        assert frame.seen(place) is not None


def test_far_parts_are_not_framed(atlas: Shapes) -> None:
    """French Guiana does not stretch a map of France and Azerbaijan over the Atlantic."""
    assert bounding_frame([atlas.countries["FR"], atlas.countries["AZ"]], []).west > -20


def test_fitting_loses_nothing(atlas: Shapes) -> None:
    """A frame for a picture of another form has all that was framed, and its form."""
    frame = bounding_frame([atlas.countries["AZ"], atlas.countries["PK"]], [])
    for ratio in (0.5, 1.0, 3.0):
        fitted = frame.fitted(ratio)
        assert fitted.ratio == pytest.approx(ratio, rel=0.05)
        assert fitted.west <= frame.west
        assert fitted.east >= frame.east
        assert fitted.south <= frame.south
        assert fitted.north >= frame.north


def test_labels_neither_overlap_nor_leave_the_map(atlas: Shapes) -> None:
    """However small a map is, no text covers another, and none leaves it."""
    places = {
        "AZ": ("Baku", (49.9, 40.4)),
        "AM": ("Yerevan", (44.5, 40.2)),
        "GE": ("Tbilisi", (44.8, 41.7)),
    }
    names = {"AZ": "Azerbaijan", "AM": "Armenia", "GE": "Georgia"}
    scene = Scene(atlas, asked=names, near={}, facts={}, capitals=places)
    for columns, rows in ((120, 30), (40, 12), (12, 5), (3, 2)):
        cells = [
            (label.column + place, label.row)
            for label in place_labels(
                scene, scene.frame.fitted(columns / rows / 2), columns=columns, rows=rows
            )
            for place in range(len(label.text))
        ]
        assert len(cells) == len(set(cells))
        assert all(0 <= column < columns and 0 <= row < rows for column, row in cells)


def test_frame_places_its_corners() -> None:
    """A frame's corners are the corners of the picture."""
    frame = Frame(10.0, 20.0, 30.0, 40.0)
    assert frame.place((10.0, 40.0)) == (0.0, 0.0)
    assert frame.place((30.0, 20.0)) == (1.0, 1.0)


# --- in the terminal


@pytest.mark.parametrize("width", [1, 8, 40, 80, 200])
def test_map_is_as_wide_as_the_terminal(run: Run, width: int) -> None:
    """No line of a map is wider than the terminal, and the map fills it."""
    result = run("map", "azerbaijan", "pakistan", env={"COLUMNS": str(width), "LINES": "30"})
    assert (result.code, result.err) == (0, "")
    drawn = [line for line in result.out.splitlines() if BRAILLE.search(line)]
    assert max(map(len, drawn)) == max(width, 8)
    assert len(drawn) <= 30


def test_map_names_what_it_shows(run: Run) -> None:
    """A map has the countries asked about, their capitals, whom the facts name, and what is in dispute."""
    result = run("map", "az", "pk", env={"COLUMNS": "100", "LINES": "40"})
    for text in (
        "Azerbaijan",
        "• Baku",
        "Pakistan",
        "• Islamabad",
        "Armenia",
        "India",
        "Line of Control",
    ):
        assert text in result.out
    assert "Named in their facts: Armenia (" in result.out
    assert "who is in control, not who is right" in " ".join(result.out.split())
    assert "\x1b" not in result.out


def test_filter_says_whose_facts_count(run: Run) -> None:
    """Words beside the countries leave those that other facts name out."""
    said = " ".join(run("map", "az", "pk", "kashmir").out.split())
    assert re.search(r"Named in their facts: [^.]*India \(", said)
    assert not re.search(r"Named in their facts: [^.]*Hungary", said)


def test_map_where_nothing_is_recorded(run: Run) -> None:
    """Countries that no pack has a relation of lie somewhere all the same, small ones as the mark of their capital."""
    result = run("map", "fiji", "tuvalu", env={"COLUMNS": "80", "LINES": "30"})
    assert result.code == 0
    assert "• Funafuti" in result.out


def test_colour_only_where_it_is_wanted(run: Run) -> None:
    """A map has colours where they are asked for, and is the same without them."""
    plain = run("map", "az", "pk").out
    coloured = run("map", "az", "pk", "--color", "always").out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()


def test_misspelt_and_unknown_words(run: Run) -> None:
    """Words are read as everywhere: a likely country is named on standard error, none is one line."""
    assert run("map", "azarbijan", "pk").err == "bilatcli: reading `azarbijan` as Azerbaijan (AZ)\n"
    result = run("map", "qqqqzz")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("bilatcli: no country is called `qqqqzz`")


# --- as SVG


def test_svg_is_a_picture_with_words(run: Run) -> None:
    """The SVG parses, says what it shows, needs nothing from elsewhere and runs nothing."""
    result = run("map", "kosovo", "serbia", "--svg", "-")
    assert (result.code, result.err) == (0, "")
    root = ET.fromstring(result.out)  # noqa: S314 -- our own
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Map: Kosovo–Serbia"
    assert "Disputed: Kosovo" in (root.findtext(f"{SVG}desc") or "")
    texts = {each.text for each in root.iter(f"{SVG}text")}
    assert {"Serbia", "Belgrade"} <= texts
    assert root.findall(f".//{SVG}path[@class='doubt']")
    assert not re.search(r"<script|href=|@import|url\((?!#map-hatch)", result.out)


def test_svg_file_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    """A file that is there stays as it is unless it is to be replaced."""
    target = tmp_path / "map.svg"
    assert (
        run("map", "az", "pk", "--svg", str(target)).err
        == f"bilatcli: `{target}` shows Azerbaijan–Pakistan\n"
    )
    written = target.read_text("utf-8")
    assert written == run("map", "az", "pk", "--svg", "-").out
    target.write_text("mine", "utf-8")
    refused = run("map", "az", "pk", "--svg", str(target))
    assert (refused.code, target.read_text("utf-8")) == (2, "mine")
    assert refused.err == (
        f"bilatcli: `{target}` exists; name another file, or add `--force` to replace it\n"
    )
    assert run("map", "az", "pk", "--svg", str(target), "--force").code == 0
    assert target.read_text("utf-8") == written
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["map.svg"]


def test_svg_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A place that is none is one line."""
    result = run("map", "az", "pk", "--svg", str(tmp_path / "no" / "map.svg"))
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("map.svg` cannot be written (no such file or directory)\n")
