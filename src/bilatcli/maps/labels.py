"""Lettering: what is written on a map, and where there is room for it."""

from __future__ import annotations

from bilatcli.maps.geometry import size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilatcli.maps.geometry import Frame, Point, Scene, Shape

FAR = 100.0
"""Degrees of longitude from which a map is one of half the world."""
MARK = "•"
"""Stands where a capital lies."""


class Label:
    """A text on a map, in columns and rows of letters; `role` is what it names: asked, near, capital or disputed."""

    __slots__ = ("code", "column", "role", "row", "text")

    def __init__(
        self, text: str, column: int, row: int, *, role: str, code: str | None = None
    ) -> None:
        self.text = text
        self.column = column
        self.row = row
        self.role = role
        self.code = code


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

    def put(
        self, text: str, spots: Iterable[tuple[int, int]], *, role: str, code: str | None
    ) -> None:
        """Put a text on the first of the spots that has room, or leave it out."""
        for column, row in spots:
            cells = {(column + i, row) for i in range(-1, len(text) + 1)}
            is_inside = (
                column >= 0 and column + len(text) <= self._columns and 0 <= row < self._rows
            )
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
    seen = {
        code: at
        for code in roles
        if code in scene.capitals and (at := frame.seen(scene.capitals[code][1]))
    }
    for code, place in seen.items():
        room.mark(place, role=roles[code], code=code)
    for names in (scene.asked, scene.near):
        for code, name in names.items():
            middle = _middle(scene.atlas.countries.get(code), frame) or seen.get(code)
            if middle is not None:
                room.put(name, _around(*room.cell(middle), len(name)), role=roles[code], code=code)
        for code in filter(seen.__contains__, names):
            capital = scene.capitals[code][0]
            room.put(
                capital, _beside(*room.cell(seen[code]), len(capital)), role="capital", code=code
            )
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
    edges = [
        (a, b, c, d, a * d - c * b)
        for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
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
    ring = max(shape.rings, key=len if shape.is_line else size)
    for copy in frame.copies(ring):
        centre = None if shape.is_line else _centroid(copy)
        if centre is not None and 0 <= centre[0] < 1 and 0 <= centre[1] < 1:
            return centre
        inside = [(across, down) for across, down in copy if 0 <= across < 1 and 0 <= down < 1]
        if inside:
            return sum(across for across, _ in inside) / len(inside), sum(
                down for _, down in inside
            ) / len(inside)
    return None
