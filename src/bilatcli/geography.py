"""Geography: the shapes of countries, the frame that a map shows of the world, and where a place lies in it.

Degrees are east and north. The projection is the equidistant cylindrical one, true to scale along the frame's middle
latitude (J. P. Snyder, Map Projections: A Working Manual, USGS 1987, pp. 90-91).
"""

from __future__ import annotations

import os
from math import cos, radians

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Point = tuple[float, float]

_HERE = os.path.dirname(os.path.abspath(__file__))
_FOLDERS = (os.path.join(_HERE, "data"), os.path.join(_HERE, os.pardir, os.pardir, "data"))
_UNIT = 100

ROUND = 360.0
NORTH, SOUTH = 84.0, -60.0
"""Beyond these degrees nothing is framed that a capital does not lie in."""
LEAST = 9.0
"""Degrees of latitude that a frame has at least, so that a small country still has neighbours to be known by."""
MARGIN = 0.08
"""How much of its height and width a frame has about what it must show."""
FAR = 100.0
"""Degrees of longitude from which a map is one of half the world."""
WORTH = 0.25
"""A part of a country this much smaller than its largest, as French Guiana beside France, is not framed."""


class Shape:
    """An area, as rings, or lines: points in degrees. A `name` says what is in dispute; countries have none."""

    __slots__ = ("code", "is_line", "name", "rings")

    def __init__(
        self, rings: Sequence[Sequence[Point]], *, code: str | None, name: str = "", is_line: bool = False
    ) -> None:
        self.rings = rings
        self.code = code
        self.name = name
        self.is_line = is_line


class Atlas:
    """All shapes: of countries by their codes, and of what is in dispute."""

    def __init__(self) -> None:
        from json import load

        folder = next(filter(os.path.isdir, _FOLDERS))
        with open(os.path.join(folder, "shapes.json"), encoding="utf-8") as file:
            loaded = load(file)
        self.countries = {code: Shape(_points(rings), code=code) for code, rings in loaded["areas"].items()}
        self.disputed: list[Shape] = []
        for each in loaded["disputed"]:
            for key in ("rings", "lines"):
                if each[key]:
                    about = {"code": each["code"], "name": each["name"], "is_line": key == "lines"}
                    self.disputed.append(Shape(_points(each[key]), **about))


def _points(rings: Iterable[Sequence[int]]) -> list[list[Point]]:
    return [[(x / _UNIT, y / _UNIT) for x, y in zip(ring[::2], ring[1::2], strict=True)] for ring in rings]


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
        return framed(shapes, [self.capitals[code][1] for code in self.asked if code in self.capitals])

    @property
    def unseen(self) -> list[str]:
        """The codes of countries asked about that have neither a shape nor a known place."""
        return [code for code in self.asked if code not in self.atlas.countries and code not in self.capitals]

    def disputed(self, frame: Frame) -> list[Shape]:
        """What is in dispute within a frame."""
        return [shape for shape in self.atlas.disputed if any(any(frame.copies(ring)) for ring in shape.rings)]

    def captions(self, frame: Frame) -> list[str]:
        """What stands under a map: whom the facts name, and what is in dispute."""
        named = [f"{name} ({self.facts[code]})" for code, name in self.near.items()]
        more = f" and {len(self.facts) - len(named)} more" if len(self.facts) > len(named) else ""
        said = [f"Named in their facts: {', '.join(named)}{more}."] if named else []
        names = [shape.name for shape in self.disputed(frame)]
        shown = f" Disputed: {', '.join(names)}." if names else ""
        return [*said, f"Shapes: Natural Earth 1:110m, which shows who is in control, not who is right.{shown}"]


class Label:
    """A text on a map, in columns and rows of letters; `role` is what it names: asked, near, capital or disputed."""

    __slots__ = ("code", "column", "role", "row", "text")

    def __init__(self, text: str, column: int, row: int, *, role: str, code: str | None = None) -> None:
        self.text = text
        self.column = column
        self.row = row
        self.role = role
        self.code = code


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
        return (east - self.west) / (self.east - self.west), (self.north - north) / (self.north - self.south)

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
        for _ in range(8):  # what is true to scale changes with the latitude; this comes near enough
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
        middle - wide / 2, max(-90.0, south - tall * MARGIN), middle + wide / 2, min(90.0, north + tall * MARGIN)
    )


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    easts, norths = [east for east, _ in points], [north for _, north in points]
    return min(easts), min(norths), max(easts), max(norths)


def _main_parts(shape: Shape) -> list[tuple[float, float, float, float]]:
    sizes = [_size(ring) for ring in shape.rings]
    boxes = [_box(ring) for ring, size in zip(shape.rings, sizes, strict=True) if size >= WORTH * max(sizes)]
    # Of a country that reaches into the far south, what lies there is not framed, unless all of it does.
    return [
        (west, max(south, SOUTH) if north > SOUTH else south, east, min(north, NORTH))
        for west, south, east, north in boxes
    ]


def _size(ring: Sequence[Point]) -> float:
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


MARK = "•"
"""Stands where a capital lies."""


class _Room:
    """The room for texts on a map of so many letters: none may cover another or leave the map."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._taken: set[tuple[int, int]] = set()
        self.placed: list[Label] = []

    def cell(self, place: Point) -> tuple[int, int]:
        """The letter in which a place of a frame lies."""
        return int(place[0] * self._columns), int(place[1] * self._rows)

    def mark(self, place: Point, *, role: str, code: str) -> None:
        """Put the mark of a capital where it lies; of two in one letter only the first can be seen."""
        spot = self.cell(place)
        if spot in self._taken:
            return
        self._taken.add(spot)
        self.placed.append(Label(MARK, *spot, role=role, code=code))

    def put(self, text: str, spots: Iterable[tuple[int, int]], *, role: str, code: str | None) -> None:
        """Put a text on the first of the spots that has room, or leave it out."""
        for column, row in spots:
            cells = {(column + i, row) for i in range(-1, len(text) + 1)}
            is_inside = column >= 0 and column + len(text) <= self._columns and 0 <= row < self._rows
            if is_inside and not cells & self._taken:
                self._taken |= cells
                self.placed.append(Label(text, column, row, role=role, code=code))
                return


def labels(scene: Scene, frame: Frame, *, columns: int, rows: int) -> list[Label]:
    """Return what is written on a map of so many letters: marks of capitals, then names, each where there is room.

    Names that would cover another or leave the map are left out, those of the countries asked about last of all.
    """
    room = _Room(columns, rows)
    roles = {**dict.fromkeys(scene.near, "near"), **dict.fromkeys(scene.asked, "asked")}
    seen = {code: at for code in roles if code in scene.capitals and (at := frame.seen(scene.capitals[code][1]))}
    for code, place in seen.items():
        room.mark(place, role=roles[code], code=code)
    for names in (scene.asked, scene.near):
        for code, name in names.items():
            middle = _middle(scene.atlas.countries.get(code), frame) or seen.get(code)
            if middle is not None:
                room.put(name, _around(*room.cell(middle), len(name)), role=roles[code], code=code)
        for code in filter(seen.__contains__, names):
            capital = scene.capitals[code][0]
            room.put(capital, _beside(*room.cell(seen[code]), len(capital)), role="capital", code=code)
    # On a map of half the world they would hide what is asked about; they are told of beneath it.
    for shape in scene.disputed(frame) if frame.east - frame.west < FAR else ():
        if shape.code not in roles and (middle := _middle(shape, frame)):
            spots = list(_around(*room.cell(middle), len(shape.name)))
            # A name across a line would hide it.
            room.put(shape.name, spots[1 if shape.is_line else 0 :], role="disputed", code=None)
    return room.placed


def _around(column: int, row: int, length: int) -> Iterator[tuple[int, int]]:
    """Where a text may stand about a cell: across it, then above and below."""
    for down in (0, -1, 1, -2, 2, -3, 3):
        yield column - length // 2, row + down


def _beside(column: int, row: int, length: int) -> Iterator[tuple[int, int]]:
    """Where a text may stand beside a mark."""
    yield column + 2, row
    yield column - length - 1, row
    for down in (-1, 1):
        yield column + 1, row + down
        yield column - length // 2, row + down
        yield column - length, row + down


def _centroid(ring: Sequence[Point]) -> Point | None:
    """The centre of gravity of an area, by the shoelace formula; None where it has none."""
    edges = [(a, b, c, d, a * d - c * b) for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True)]
    double = sum(edge[4] for edge in edges)
    if not double:
        return None
    return sum((a + c) * by for a, _, c, _, by in edges) / (3 * double), sum(
        (b + d) * by for _, b, _, d, by in edges
    ) / (3 * double)


def _middle(shape: Shape | None, frame: Frame) -> Point | None:
    """The middle of the largest ring of a shape; where that is outside the frame, the mean of its points within."""
    if shape is None:
        return None
    ring = max(shape.rings, key=len if shape.is_line else _size)
    for copy in frame.copies(ring):
        centre = None if shape.is_line else _centroid(copy)
        if centre is not None and 0 <= centre[0] < 1 and 0 <= centre[1] < 1:
            return centre
        inside = [(across, down) for across, down in copy if 0 <= across < 1 and 0 <= down < 1]
        if inside:
            return sum(across for across, _ in inside) / len(inside), sum(down for _, down in inside) / len(inside)
    return None
