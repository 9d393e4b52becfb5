"""The map in a terminal: shapes as dots of braille, eight to a letter, with names over them."""

from __future__ import annotations

from itertools import pairwise

from bilatcli.maps.labels import MARK, labels
from bilatcli.render.terminal import DIM, HEADING, Text, printed
from bilatcli.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilatcli.maps.geometry import Frame, Point, Scene, Shape

    Pattern = Callable[[int, int], bool]

ACROSS, DOWN = 2, 4
"""The dots of a letter."""
_BLANK = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot, row by row, as Unicode numbers the braille patterns."""

_COLOURS = ("green", "cyan", "magenta", "blue", "yellow", "white")
_NEAR = "yellow"
_DISPUTED = "red"
LEAST_ROWS = 4


def render(scene: Scene, *, width: int, height: int, has_colour: bool) -> str:
    """Return a map of `width` columns and at most `height` lines, with what it shows in words beneath."""
    frame = scene.frame
    rows = max(LEAST_ROWS, min(height - 4, round(width * ACROSS / max(frame.ratio, 1.0) / DOWN)))
    frame = frame.fitted(width * ACROSS / (rows * DOWN))
    canvas = _Canvas(width, rows)
    _draw(scene, frame, canvas)
    for label in labels(scene, frame, columns=width, rows=rows):
        colour = _colour(scene, label.code) if label.role != "disputed" else _DISPUTED
        style = (
            f"{HEADING} {colour}" if label.role == "asked" else colour if label.text == MARK else ""
        )
        canvas.write(printable(label.text), label.column, label.row, style or colour)
    beneath = [Text(printable(line)) for line in scene.captions(frame)]
    return printed([*canvas.lines(), *beneath], width=width, has_colour=has_colour)


def _colour(scene: Scene, code: str | None) -> str:
    asked = list(scene.asked)
    return _COLOURS[asked.index(code) % len(_COLOURS)] if code in asked else _NEAR


def _draw(scene: Scene, frame: Frame, canvas: _Canvas) -> None:
    """Draw all countries faintly, then those that facts name, those asked about, and what is in dispute."""
    countries = scene.atlas.countries
    for shape in countries.values():
        canvas.outline(shape, frame, DIM)
    for shape in (countries[code] for code in scene.near if code in countries):
        canvas.fill(shape, frame, lambda x, y: x % ACROSS == 0 and y % DOWN == 1, _NEAR)
        canvas.outline(shape, frame, _NEAR)
    asked = [countries[code] for code in scene.asked if code in countries]
    for shape in asked:
        canvas.fill(shape, frame, lambda _x, _y: True, _colour(scene, shape.code))
    for shape in asked:
        # Between two filled countries a border is seen by its absence.
        canvas.outline(shape, frame, "", is_dot=False)
    for shape in scene.disputed(frame):
        _hatch(shape, scene, frame, canvas)


def _hatch(shape: Shape, scene: Scene, frame: Frame, canvas: _Canvas) -> None:
    """Draw what is in dispute: a line broken, an area hatched."""
    if shape.is_line:
        canvas.outline(shape, frame, _DISPUTED, every=2)
    elif shape.code in scene.asked:
        canvas.fill(
            shape, frame, lambda x, y: (x + y) % 4 != 0, _colour(scene, shape.code), clears=True
        )
    else:
        canvas.fill(shape, frame, lambda x, y: (x + y) % 3 == 0, _DISPUTED)


class _Canvas:
    """Dots and letters, with the style of each letter."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._wide, self._tall = columns * ACROSS, rows * DOWN
        self._bits = [[0] * columns for _ in range(rows)]
        self._letters: dict[tuple[int, int], str] = {}
        self._styles: dict[tuple[int, int], str] = {}

    def outline(
        self, shape: Shape, frame: Frame, style: str, *, is_dot: bool = True, every: int = 1
    ) -> None:
        """Draw the rings of a shape, of each line `every` second dot, or take its dots away."""
        for ring in self._seen(shape, frame):
            for one, other in pairwise(ring):
                for place, (x, y) in enumerate(self._line(one, other)):
                    if place % every == 0:
                        self._dot(x, y, style, is_dot=is_dot)

    def fill(
        self, shape: Shape, frame: Frame, has_dot: Pattern, style: str, *, clears: bool = False
    ) -> None:
        """Fill the area of a shape with a pattern, by the even-odd rule along each row of dots."""
        rings = list(self._seen(shape, frame))
        for y in range(self._tall):
            crossings = sorted(_crossings(rings, y + 0.5))
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                for x in range(max(0, round(left)), min(self._wide, round(right))):
                    if has_dot(x, y):
                        self._dot(x, y, style)
                    elif clears:
                        self._dot(x, y, style, is_dot=False)

    def write(self, text: str, column: int, row: int, style: str) -> None:
        """Put letters over the dots, with nothing of these at either side."""
        for place in range(-1, len(text) + 1):
            letter = text[place] if 0 <= place < len(text) else " "
            if 0 <= column + place < self._columns and (letter != " " or text != MARK):
                self._letters[column + place, row] = letter
                self._styles[column + place, row] = style

    def lines(self) -> Iterator[Text]:
        """Yield the lines, of which none wraps."""
        for row, bits in enumerate(self._bits):
            line = Text(no_wrap=True)
            for column, dots in enumerate(bits):
                letter = self._letters.get((column, row)) or (chr(_BLANK + dots) if dots else " ")
                line.append(letter, self._styles.get((column, row), ""))
            yield line

    def _seen(self, shape: Shape, frame: Frame) -> Iterator[list[Point]]:
        for ring in shape.rings:
            for copy in frame.copies(ring):
                yield [(across * self._wide, down * self._tall) for across, down in copy]

    def _line(self, one: Point, other: Point) -> Iterator[tuple[int, int]]:
        """The dots between two points that are seen, a step along the longer way at a time."""
        steps = round(max(abs(other[0] - one[0]), abs(other[1] - one[1]))) or 1
        for step in range(steps + 1):
            x, y = (int(a + (b - a) * step / steps) for a, b in zip(one, other, strict=True))
            if 0 <= x < self._wide and 0 <= y < self._tall:
                yield x, y

    def _dot(self, x: int, y: int, style: str, *, is_dot: bool = True) -> None:
        column, row = x // ACROSS, y // DOWN
        bit = _BITS[y % DOWN][x % ACROSS]
        if is_dot:
            self._bits[row][column] |= bit
            self._styles[column, row] = style
        else:
            self._bits[row][column] &= ~bit


def _crossings(rings: Sequence[Sequence[Point]], y: float) -> Iterator[float]:
    """Where the edges of rings cross a line from left to right."""
    for ring in rings:
        for (left, top), (right, bottom) in pairwise(ring):
            if (top <= y) != (bottom <= y):
                yield left + (right - left) * (y - top) / (bottom - top)
