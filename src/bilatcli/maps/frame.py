"""The frame of a map: the part of the world that it shows, and where a point lies in it.

The projection is the equidistant cylindrical one, true to scale along the middle latitude of the
frame (J. P. Snyder, Map Projections: A Working Manual, USGS 1987, pp. 90-91).
"""

from __future__ import annotations

from math import cos, radians

from bilatcli.maps.shapes import measure_area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilatcli.maps.shapes import Point, Shape

    Box = tuple[float, float, float, float]

FULL_CIRCLE_DEG = 360.0
MAX_LATITUDE_DEG, MIN_LATITUDE_DEG = 84.0, -60.0
"""Latitude limits of a frame, unless a capital or a whole country lies outside."""
MIN_HEIGHT_DEG = 9.0
"""Minimum height of a frame, so that a small country is shown with its neighbours."""
MARGIN_SHARE = 0.08
"""Margin on each side of a frame, as a share of its height and width."""
MIN_PART_SHARE = 0.25
"""Smaller parts of a country than this share of its largest part do not widen a frame.

French Guiana, for example, does not belong on every map of France.
"""
_EXPAND_STEPS = 8
"""Steps of `expand_to`: the scale depends on the latitude, so it approaches the ratio."""


class Frame:
    """A part of the world between two meridians and two parallels, in degrees."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.west, self.south, self.east, self.north = west, south, east, north
        self._scale = cos(radians((south + north) / 2))

    @property
    def ratio(self) -> float:
        """The width of the picture divided by its height."""
        return (self.east - self.west) * self._scale / (self.north - self.south)

    def project(self, point: Point) -> Point:
        """Return the place of a point in the picture: (right, down), each from 0 to 1 if inside."""
        east, north = point
        right = (east - self.west) / (self.east - self.west)
        return right, (self.north - north) / (self.north - self.south)

    def project_ring(self, ring: Sequence[Point]) -> Iterator[list[Point]]:
        """Yield a ring as places in the picture, once for each time that it is visible.

        A frame that crosses the antimeridian, or shows the whole world, may show a ring twice.
        """
        easts, norths = [east for east, _ in ring], [north for _, north in ring]
        if max(norths) < self.south or min(norths) > self.north:
            return
        for turn in (-FULL_CIRCLE_DEG, 0.0, FULL_CIRCLE_DEG):
            if max(easts) + turn >= self.west and min(easts) + turn <= self.east:
                yield [self.project((east + turn, north)) for east, north in ring]

    def project_visible(self, point: Point) -> Point | None:
        """Return the place of a point in the picture, or None if it lies outside."""
        for places in self.project_ring([point]):
            right, down = places[0]
            if 0 <= right < 1 and 0 <= down < 1:
                return right, down
        return None

    def expand_to(self, ratio: float) -> Frame:
        """Return a frame for a picture of a ratio, which contains this frame."""
        west, south, east, north = self.west, self.south, self.east, self.north
        for _ in range(_EXPAND_STEPS):
            frame = Frame(west, south, east, north)
            if frame.ratio < ratio:
                width = min((east - west) * ratio / frame.ratio, FULL_CIRCLE_DEG)
                west, east = (west + east - width) / 2, (west + east + width) / 2
            height = (north - south) * max(1.0, Frame(west, south, east, north).ratio / ratio)
            middle = (south + north) / 2
            south, north = max(-90.0, middle - height / 2), min(90.0, middle + height / 2)
        return Frame(west, south, east, north)


def bounding_frame(shapes: Iterable[Shape], points: Iterable[Point]) -> Frame:
    """Return the smallest frame around the main parts of some areas and some points.

    It may cross the antimeridian. Raises ValueError if there is nothing to frame.
    """
    boxes = [_bound([point]) for point in points]
    boxes += [box for shape in shapes for box in _bound_main_parts(shape)]
    if not boxes:
        raise ValueError("nothing to frame")
    west, east = _shortest_arc([(box[0], box[2]) for box in boxes])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    height = max(north - south, MIN_HEIGHT_DEG)
    middle = (south + north) / 2
    south, north = middle - height / 2, middle + height / 2
    min_width = MIN_HEIGHT_DEG / cos(radians(middle))
    middle, width = (west + east) / 2, max(east - west, min_width)
    width = min(width + 2 * width * MARGIN_SHARE, FULL_CIRCLE_DEG)
    return Frame(
        middle - width / 2,
        max(-90.0, south - height * MARGIN_SHARE),
        middle + width / 2,
        min(90.0, north + height * MARGIN_SHARE),
    )


def _bound(points: Sequence[Point]) -> Box:
    easts, norths = [east for east, _ in points], [north for _, north in points]
    return min(easts), min(norths), max(easts), max(norths)


def _bound_main_parts(shape: Shape) -> list[Box]:
    """Return the bounds of the large parts of a country, within the latitude limits."""
    areas = [measure_area(ring) for ring in shape.rings]
    boxes = [
        _bound(ring)
        for ring, area in zip(shape.rings, areas, strict=True)
        if area >= MIN_PART_SHARE * max(areas)
    ]
    # A part that lies south of the limit as a whole is kept.
    return [
        (
            west,
            max(south, MIN_LATITUDE_DEG) if north > MIN_LATITUDE_DEG else south,
            east,
            min(north, MAX_LATITUDE_DEG),
        )
        for west, south, east, north in boxes
    ]


def _shortest_arc(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the shortest span of longitudes that contains all spans: all but their widest gap."""
    circle = FULL_CIRCLE_DEG
    ordered = sorted(((west % circle), (west % circle) + east - west) for west, east in spans)
    reach, gap, start = ordered[0][1], -1.0, ordered[0][0]
    for west, east in ordered[1:]:
        if west - reach > gap:
            gap, start = west - reach, west
        reach = max(reach, east)
    if ordered[0][0] + circle - reach >= gap:
        start = ordered[0][0]
        west, end = start, reach
    else:
        west = start
        end = max(east + (circle if west < start else 0) for west, east in ordered)
    if end - west >= circle:
        return -180.0, 180.0
    turn = circle if (west + end) / 2 > 180 + 90 else 0.0
    return west - turn, end - turn
