"""The shapes of countries and of disputed areas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from bilatcli.maps.shapes import Point, Shape, Shapes, measure_area

SIMFEROPOL = (34.1, 44.95)


def contains(shape: Shape, point: Point) -> bool:
    """Return True if a line from a point to the east crosses a shape an odd number of times."""
    east, north = point
    crossings = 0
    for ring in shape.rings:
        for (a, b), (c, d) in pairwise(ring):
            if (b > north) != (d > north) and east < a + (c - a) * (north - b) / (d - b):
                crossings += 1
    return crossings % 2 == 1


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
def test_country_contains_its_capital(shapes: Shapes, code: str, capital: Point) -> None:
    """Codes and shapes belong together."""
    assert contains(shapes.countries[code], capital)


@pytest.mark.parametrize("code", ["RU", "UA"])
def test_disputed_area_belongs_to_no_country(shapes: Shapes, code: str) -> None:
    """Crimea is a shape of its own, not a part of Russia or Ukraine."""
    assert not contains(shapes.countries[code], SIMFEROPOL)
    (crimea,) = (shape for shape in shapes.disputed if shape.name == "Crimea")
    assert crimea.code is None
    assert contains(crimea, SIMFEROPOL)


def test_edges_are_short(shapes: Shapes) -> None:
    """No edge crosses the world, except where Antarctica is closed around the pole."""
    for code, shape in shapes.countries.items():
        for ring in shape.rings:
            longest = max(abs(start[0] - end[0]) for start, end in pairwise(ring))
            assert longest < 90 or code == "AQ", code


@pytest.mark.parametrize(
    ("ring", "area"),
    [
        ([(0.0, -1.0), (2.0, -1.0), (2.0, 1.0), (0.0, 1.0)], 4.0),
        ([(0.0, 59.0), (2.0, 59.0), (2.0, 61.0), (0.0, 61.0)], 2.0),
        ([(0.0, 0.0), (1.0, 0.0)], 0.0),
    ],
)
def test_area(ring: Sequence[Point], area: float) -> None:
    """The area shrinks with the latitude, by half at 60 degrees; a line has none."""
    assert measure_area(ring) == pytest.approx(area)
