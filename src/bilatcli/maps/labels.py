"""The labels of a map: names of countries, capitals and disputed areas, where there is room."""

from __future__ import annotations

from bilatcli.maps.shapes import measure_area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilatcli.maps.frame import Frame
    from bilatcli.maps.scene import Scene
    from bilatcli.maps.shapes import Point, Shape

MAX_DISPUTED_WIDTH_DEG = 100.0
"""Width of a frame up to which it names disputed areas: on wider maps they would hide too much."""
CAPITAL_MARK = "•"


class Label:
    """A text on a map; `column` and `row` count letters.

    `role` is `selected`, `related`, `capital` or `disputed`: what the text names. A mark has the
    role of its country.
    """

    __slots__ = ("code", "column", "role", "row", "text")

    def __init__(
        self, text: str, column: int, row: int, *, role: str, code: str | None = None
    ) -> None:
        self.text = text
        self.column = column
        self.row = row
        self.role = role
        self.code = code


class LabelGrid:
    """The grid of letters of a map, in which no label may overlap another or leave the map."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._taken: set[tuple[int, int]] = set()
        self.labels: list[Label] = []

    def find_cell(self, place: Point) -> tuple[int, int]:
        """Return the column and row of a place in the picture."""
        return int(place[0] * self._columns), int(place[1] * self._rows)

    def add_mark(self, place: Point, *, role: str, code: str) -> None:
        """Add the mark of a capital, unless its cell has one already."""
        cell = self.find_cell(place)
        if cell in self._taken:
            return
        self._taken.add(cell)
        self.labels.append(Label(CAPITAL_MARK, *cell, role=role, code=code))

    def add_name(
        self, text: str, spots: Iterable[tuple[int, int]], *, role: str, code: str | None
    ) -> None:
        """Add a name at the first of the spots that has room for it; leave it out if none has."""
        for column, row in spots:
            cells = {(column + i, row) for i in range(-1, len(text) + 1)}
            is_inside = (
                column >= 0 and column + len(text) <= self._columns and 0 <= row < self._rows
            )
            if is_inside and not cells & self._taken:
                self._taken |= cells
                self.labels.append(Label(text, column, row, role=role, code=code))
                return


def place_labels(scene: Scene, frame: Frame, *, columns: int, rows: int) -> list[Label]:
    """Return the labels of a map of `columns` times `rows` letters.

    Marks of capitals come first, then the names of selected and of related countries with their
    capitals, then disputed areas. A name for which no room is left is left out.
    """
    grid = LabelGrid(columns, rows)
    roles = {**dict.fromkeys(scene.related, "related"), **dict.fromkeys(scene.selected, "selected")}
    marks = {
        code: place
        for code in roles
        if code in scene.capitals and (place := frame.project_visible(scene.capitals[code][1]))
    }
    for code, place in marks.items():
        grid.add_mark(place, role=roles[code], code=code)
    for names in (scene.selected, scene.related):
        for code, name in names.items():
            middle = _find_middle(scene.shapes.countries.get(code), frame) or marks.get(code)
            if middle is not None:
                spots = _spots_around(*grid.find_cell(middle), len(name))
                grid.add_name(name, spots, role=roles[code], code=code)
        for code in filter(marks.__contains__, names):
            capital = scene.capitals[code][0]
            spots = _spots_next_to(*grid.find_cell(marks[code]), len(capital))
            grid.add_name(capital, spots, role="capital", code=code)
    if frame.east - frame.west < MAX_DISPUTED_WIDTH_DEG:
        for shape in scene.disputed_in(frame):
            if shape.code not in roles:
                _add_disputed_name(shape, frame, grid)
    return grid.labels


def _add_disputed_name(shape: Shape, frame: Frame, grid: LabelGrid) -> None:
    middle = _find_middle(shape, frame)
    if middle is not None:
        spots = list(_spots_around(*grid.find_cell(middle), len(shape.name)))
        # A name across a line would hide it.
        grid.add_name(shape.name, spots[1 if shape.is_line else 0 :], role="disputed", code=None)


def _spots_around(column: int, row: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield where a name may begin near a cell: across it, then above and below."""
    for down in (0, -1, 1, -2, 2, -3, 3):
        yield column - length // 2, row + down


def _spots_next_to(column: int, row: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield where a name may begin next to a mark: right, left, then above and below."""
    yield column + 2, row
    yield column - length - 1, row
    for down in (-1, 1):
        yield column + 1, row + down
        yield column - length // 2, row + down
        yield column - length, row + down


def _find_centroid(ring: Sequence[Point]) -> Point | None:
    """Return the centroid of an area, by the shoelace formula, or None if it has no area."""
    edges = [
        (a, b, c, d, a * d - c * b)
        for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
    double = sum(edge[4] for edge in edges)
    if not double:
        return None
    right = sum((a + c) * by for a, _, c, _, by in edges) / (3 * double)
    return right, sum((b + d) * by for _, b, _, d, by in edges) / (3 * double)


def _find_middle(shape: Shape | None, frame: Frame) -> Point | None:
    """Return the centroid of the largest ring of a shape, or None if it lies outside the frame.

    If the centroid lies outside the frame, it is the mean of the points inside.
    """
    if shape is None:
        return None
    ring = max(shape.rings, key=len if shape.is_line else measure_area)
    for places in frame.project_ring(ring):
        centre = None if shape.is_line else _find_centroid(places)
        if centre is not None and 0 <= centre[0] < 1 and 0 <= centre[1] < 1:
            return centre
        inside = [place for place in places if 0 <= place[0] < 1 and 0 <= place[1] < 1]
        if inside:
            return (
                sum(right for right, _ in inside) / len(inside),
                sum(down for _, down in inside) / len(inside),
            )
    return None
