"""Geography: the shapes of countries, the frame that a map shows of the world, and where a place lies in it.

Degrees are east and north. The projection is the equidistant cylindrical one, true to scale along the frame's middle
latitude (J. P. Snyder, Map Projections: A Working Manual, USGS 1987, pp. 90-91).
"""

from __future__ import annotations

import os
from math import cos, radians

from bilatcli import resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Point = tuple[float, float]

_UNIT = 100

ROUND = 360.0
NORTH, SOUTH = 84.0, -60.0
"""Beyond these degrees nothing is framed that a capital does not lie in."""
LEAST = 9.0
"""Degrees of latitude that a frame has at least, so that a small country still has neighbours to be known by."""
MARGIN = 0.08
"""How much of its height and width a frame has about what it must show."""
WORTH = 0.25
"""A part of a country this much smaller than its largest, as French Guiana beside France, is not framed."""


class Shape:
    """An area, as rings, or lines: points in degrees. A `name` says what is in dispute; countries have none."""

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


class Atlas:
    """All shapes: of countries by their codes, and of what is in dispute."""

    def __init__(self) -> None:
        from json import load

        with open(os.path.join(resources.data_folder(), "shapes.json"), encoding="utf-8") as file:
            loaded = load(file)
        self.countries = {
            code: Shape(_points(rings), code=code) for code, rings in loaded["areas"].items()
        }
        self.disputed: list[Shape] = []
        for each in loaded["disputed"]:
            for key in ("rings", "lines"):
                if each[key]:
                    about = {"code": each["code"], "name": each["name"], "is_line": key == "lines"}
                    self.disputed.append(Shape(_points(each[key]), **about))


def _points(rings: Iterable[Sequence[int]]) -> list[list[Point]]:
    return [
        [(x / _UNIT, y / _UNIT) for x, y in zip(ring[::2], ring[1::2], strict=True)]
        for ring in rings
    ]


class Scene:
    """What a map shows: the countries asked about, those that their facts name most, and the capitals of all.

    `asked` and `near` have names by codes in order, `capitals` a name and a place by codes; `facts` says of each code
    how many facts name it.
    """

    def __init__(
        self,
        atlas: Atlas,
        *,
        asked: Mapping[str, str],
        near: Mapping[str, str],
        facts: Mapping[str, int],
        capitals: Mapping[str, tuple[str, Point]],
    ) -> None:
        self.atlas = atlas
        self.asked = asked
        self.near = near
        self.facts = facts
        self.capitals = capitals

    @property
    def title(self) -> str:
        """The names of the countries asked about."""
        return "–".join(self.asked.values())

    @property
    def frame(self) -> Frame:
        """The smallest frame that has all of them in it; raises ValueError where nobody knows where they lie."""
        shapes = [self.atlas.countries[code] for code in self.asked if code in self.atlas.countries]
        return framed(
            shapes, [self.capitals[code][1] for code in self.asked if code in self.capitals]
        )

    @property
    def unseen(self) -> list[str]:
        """The codes of countries asked about that have neither a shape nor a known place."""
        return [
            code
            for code in self.asked
            if code not in self.atlas.countries and code not in self.capitals
        ]

    def disputed(self, frame: Frame) -> list[Shape]:
        """What is in dispute within a frame."""
        return [
            shape
            for shape in self.atlas.disputed
            if any(any(frame.copies(ring)) for ring in shape.rings)
        ]

    def captions(self, frame: Frame) -> list[str]:
        """What stands under a map: whom the facts name, and what is in dispute."""
        named = [f"{name} ({self.facts[code]})" for code, name in self.near.items()]
        more = f" and {len(self.facts) - len(named)} more" if len(self.facts) > len(named) else ""
        said = [f"Named in their facts: {', '.join(named)}{more}."] if named else []
        names = [shape.name for shape in self.disputed(frame)]
        shown = f" Disputed: {', '.join(names)}." if names else ""
        return [
            *said,
            f"Shapes: Natural Earth 1:110m, which shows who is in control, not who is right.{shown}",
        ]


class Frame:
    """The part of the world that a map shows; `ratio` is its width by its height as drawn."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.west, self.south, self.east, self.north = west, south, east, north
        self._scale = cos(radians((south + north) / 2))

    @property
    def ratio(self) -> float:
        """Width by height."""
        return (self.east - self.west) * self._scale / (self.north - self.south)

    def place(self, point: Point) -> Point:
        """Where a point lies: from 0 to 1 to the right and down, or beyond where it is outside."""
        east, north = point
        return (east - self.west) / (self.east - self.west), (self.north - north) / (
            self.north - self.south
        )

    def copies(self, ring: Sequence[Point]) -> Iterator[list[Point]]:
        """Yield the ring as it lies in the frame, once for each time round the world that it can be seen there."""
        easts, norths = [east for east, _ in ring], [north for _, north in ring]
        if max(norths) < self.south or min(norths) > self.north:
            return
        for turn in (-ROUND, 0.0, ROUND):
            if max(easts) + turn >= self.west and min(easts) + turn <= self.east:
                yield [self.place((east + turn, north)) for east, north in ring]

    def seen(self, point: Point) -> Point | None:
        """Where a point lies in the frame; None where it is outside."""
        for copy in self.copies([point]):
            across, down = copy[0]
            if 0 <= across < 1 and 0 <= down < 1:
                return across, down
        return None

    def fitted(self, ratio: float) -> Frame:
        """The same frame, with more of the world where it is too narrow or too low for a picture of `ratio`."""
        west, south, east, north = self.west, self.south, self.east, self.north
        for _ in range(
            8
        ):  # what is true to scale changes with the latitude; this comes near enough
            frame = Frame(west, south, east, north)
            if frame.ratio < ratio:
                wider = min((east - west) * ratio / frame.ratio, ROUND)
                west, east = (west + east - wider) / 2, (west + east + wider) / 2
            higher = (north - south) * max(1.0, Frame(west, south, east, north).ratio / ratio)
            middle = (south + north) / 2
            south, north = max(-90.0, middle - higher / 2), min(90.0, middle + higher / 2)
        return Frame(west, south, east, north)


def framed(shapes: Iterable[Shape], places: Iterable[Point]) -> Frame:
    """Return the smallest frame about the main parts of areas and about places, over whichever meridian that is.

    Raises ValueError where there is nothing to frame.
    """
    boxes = [_box([place]) for place in places]
    boxes += [box for shape in shapes for box in _main_parts(shape)]
    if not boxes:
        raise ValueError("nothing to frame")
    west, east = _narrowest([(box[0], box[2]) for box in boxes])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    tall = max(north - south, LEAST)
    middle = (south + north) / 2
    south, north = middle - tall / 2, middle + tall / 2
    least = LEAST / cos(radians(middle))
    middle, wide = (west + east) / 2, max(east - west, least)
    more = wide * MARGIN
    wide = min(wide + 2 * more, ROUND)
    return Frame(
        middle - wide / 2,
        max(-90.0, south - tall * MARGIN),
        middle + wide / 2,
        min(90.0, north + tall * MARGIN),
    )


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    easts, norths = [east for east, _ in points], [north for _, north in points]
    return min(easts), min(norths), max(easts), max(norths)


def _main_parts(shape: Shape) -> list[tuple[float, float, float, float]]:
    sizes = [size(ring) for ring in shape.rings]
    boxes = [
        _box(ring)
        for ring, size in zip(shape.rings, sizes, strict=True)
        if size >= WORTH * max(sizes)
    ]
    # Of a country that reaches into the far south, what lies there is not framed, unless all of it does.
    return [
        (west, max(south, SOUTH) if north > SOUTH else south, east, min(north, NORTH))
        for west, south, east, north in boxes
    ]


def size(ring: Sequence[Point]) -> float:
    """The area of a ring in square degrees at the equator, by the shoelace formula."""
    middle = sum(north for _, north in ring) / len(ring)
    turned = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in turned)) / 2 * cos(radians(middle))


def _narrowest(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The shortest way round the world that has all spans in it: what lies outside the widest gap between them."""
    ordered = sorted(((west % ROUND), (west % ROUND) + east - west) for west, east in spans)
    reach, gap, start = ordered[0][1], -1.0, ordered[0][0]
    for west, east in ordered[1:]:
        if west - reach > gap:
            gap, start = west - reach, west
        reach = max(reach, east)
    if ordered[0][0] + ROUND - reach >= gap:
        start = ordered[0][0]
        west, end = start, reach
    else:
        west, end = start, max(east + (ROUND if west < start else 0) for west, east in ordered)
    if end - west >= ROUND:
        return -180.0, 180.0
    turn = ROUND if (west + end) / 2 > 180 + 90 else 0.0
    return west - turn, end - turn
