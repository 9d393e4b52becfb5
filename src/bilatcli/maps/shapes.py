"""The shapes of countries and of disputed areas.

Points are (east, north) in degrees, lines and rings are lists of points.
"""

from __future__ import annotations

import os
from math import cos, radians

from bilatcli import resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]

_UNITS_PER_DEGREE = 100


class Shape:
    """An area, as rings, or a line.

    `code` is the country that it belongs to, if any. `name` says what is disputed; the area of a
    country has none.
    """

    __slots__ = ("code", "is_line", "name", "rings")

    def __init__(
        self,
        rings: Sequence[Sequence[Point]],
        *,
        code: str | None,
        name: str = "",
        is_line: bool = False,
    ) -> None:
        self.rings = rings
        self.code = code
        self.name = name
        self.is_line = is_line


class Shapes:
    """All shapes of `data/shapes.json`: countries by their codes, and disputed areas and lines."""

    def __init__(self) -> None:
        from json import load

        with open(os.path.join(resources.data_folder(), "shapes.json"), encoding="utf-8") as file:
            loaded = load(file)
        self.countries = {
            code: Shape(_to_points(rings), code=code) for code, rings in loaded["areas"].items()
        }
        self.disputed: list[Shape] = []
        for each in loaded["disputed"]:
            for key in ("rings", "lines"):
                if each[key]:
                    shape = Shape(
                        _to_points(each[key]),
                        code=each["code"],
                        name=each["name"],
                        is_line=key == "lines",
                    )
                    self.disputed.append(shape)


def _to_points(rings: Iterable[Sequence[int]]) -> list[list[Point]]:
    """Return rings as points; in the file each is a flat list of hundredths of a degree."""
    return [
        [
            (x / _UNITS_PER_DEGREE, y / _UNITS_PER_DEGREE)
            for x, y in zip(ring[::2], ring[1::2], strict=True)
        ]
        for ring in rings
    ]


def measure_area(ring: Sequence[Point]) -> float:
    """Return the area of a ring in square degrees at the equator, by the shoelace formula."""
    middle = sum(north for _, north in ring) / len(ring)
    edges = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in edges)) / 2 * cos(radians(middle))
