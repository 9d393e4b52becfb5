"""The map in a terminal: shapes as braille dots, eight per letter, with names over them."""

from __future__ import annotations

from itertools import pairwise

from bilatcli.maps.labels import CAPITAL_MARK, place_labels
from bilatcli.render.terminal import DIM, HEADING, Text, render_lines
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilatcli.maps.frame import Frame
    from bilatcli.maps.labels import Label
    from bilatcli.maps.scene import Scene
    from bilatcli.maps.shapes import Point, Shape

    Pattern = Callable[[int, int], bool]
    """Returns True for the dots, by column and row, that are set."""

DOTS_ACROSS, DOTS_DOWN = 2, 4
"""The dots of a letter."""
_BLANK = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot, row by row, in the Unicode block of braille patterns."""

_SELECTED_COLOURS = ("green", "cyan", "magenta", "blue", "yellow", "white")
_RELATED_COLOUR = "yellow"
_DISPUTED_COLOUR = "red"
MIN_ROWS = 4
CAPTION_ROWS = 4
"""Rows of the screen that are kept for the captions and the prompt."""


def render_braille(scene: Scene, *, width: int, height: int, has_colour: bool) -> str:
    """Return a map of `width` columns and at most `height` lines, with its captions below."""
    frame = scene.frame
    rows = round(width * DOTS_ACROSS / max(frame.ratio, 1.0) / DOTS_DOWN)
    rows = max(MIN_ROWS, min(height - CAPTION_ROWS, rows))
    frame = frame.expand_to(width * DOTS_ACROSS / (rows * DOTS_DOWN))
    canvas = _Canvas(width, rows)
    _draw_shapes(scene, frame, canvas)
    for label in place_labels(scene, frame, columns=width, rows=rows):
        text = make_printable(label.text)
        canvas.write(text, label.column, label.row, _choose_style(scene, label))
    captions = [Text(make_printable(line)) for line in scene.captions(frame)]
    return render_lines([*canvas.to_lines(), *captions], width=width, has_colour=has_colour)


def _choose_style(scene: Scene, label: Label) -> str:
    if label.role == "disputed":
        return _DISPUTED_COLOUR
    colour = _choose_colour(scene, label.code)
    return f"{HEADING} {colour}" if label.role == "selected" else colour


def _choose_colour(scene: Scene, code: str | None) -> str:
    selected = list(scene.selected)
    if code in selected:
        return _SELECTED_COLOURS[selected.index(code) % len(_SELECTED_COLOURS)]
    return _RELATED_COLOUR


def _draw_shapes(scene: Scene, frame: Frame, canvas: _Canvas) -> None:
    """Draw the outlines of all countries, then fill related, selected and disputed shapes."""
    countries = scene.shapes.countries
    for shape in countries.values():
        canvas.outline(shape, frame, DIM)
    for shape in (countries[code] for code in scene.related if code in countries):
        canvas.fill(
            shape, frame, lambda x, y: x % DOTS_ACROSS == 0 and y % DOTS_DOWN == 1, _RELATED_COLOUR
        )
        canvas.outline(shape, frame, _RELATED_COLOUR)
    selected = [countries[code] for code in scene.selected if code in countries]
    for shape in selected:
        canvas.fill(shape, frame, lambda _x, _y: True, _choose_colour(scene, shape.code))
    for shape in selected:
        # Between two filled countries a border is visible as a gap.
        canvas.outline(shape, frame, "", is_dot=False)
    for shape in scene.disputed_in(frame):
        _draw_disputed(shape, scene, frame, canvas)


def _draw_disputed(shape: Shape, scene: Scene, frame: Frame, canvas: _Canvas) -> None:
    """Draw a disputed line broken, or a disputed area hatched."""
    if shape.is_line:
        canvas.outline(shape, frame, _DISPUTED_COLOUR, every=2)
    elif shape.code in scene.selected:
        colour = _choose_colour(scene, shape.code)
        canvas.fill(shape, frame, lambda x, y: (x + y) % 4 != 0, colour, clears=True)
    else:
        canvas.fill(shape, frame, lambda x, y: (x + y) % 3 == 0, _DISPUTED_COLOUR)


class _Canvas:
    """Dots and letters, with the style of each letter."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._dots_wide, self._dots_high = columns * DOTS_ACROSS, rows * DOTS_DOWN
        self._bits = [[0] * columns for _ in range(rows)]
        self._letters: dict[tuple[int, int], str] = {}
        self._styles: dict[tuple[int, int], str] = {}

    def outline(
        self, shape: Shape, frame: Frame, style: str, *, is_dot: bool = True, every: int = 1
    ) -> None:
        """Draw every n-th dot of the rings of a shape, or remove these dots unless `is_dot`."""
        for ring in self._project_rings(shape, frame):
            for start, end in pairwise(ring):
                for position, (x, y) in enumerate(self._trace_line(start, end)):
                    if position % every == 0:
                        self._set_dot(x, y, style, is_dot=is_dot)

    def fill(
        self, shape: Shape, frame: Frame, has_dot: Pattern, style: str, *, clears: bool = False
    ) -> None:
        """Fill the area of a shape with a pattern, by the even-odd rule along each row of dots.

        Dots that the pattern does not have are removed if `clears`.
        """
        rings = list(self._project_rings(shape, frame))
        for y in range(self._dots_high):
            crossings = sorted(_find_crossings(rings, y + 0.5))
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                for x in range(max(0, round(left)), min(self._dots_wide, round(right))):
                    if has_dot(x, y):
                        self._set_dot(x, y, style)
                    elif clears:
                        self._set_dot(x, y, style, is_dot=False)

    def write(self, text: str, column: int, row: int, style: str) -> None:
        """Write a text over the dots, with a blank on either side of a name."""
        for position in range(-1, len(text) + 1):
            letter = text[position] if 0 <= position < len(text) else " "
            is_inside = 0 <= column + position < self._columns
            if is_inside and (letter != " " or text != CAPITAL_MARK):
                self._letters[column + position, row] = letter
                self._styles[column + position, row] = style

    def to_lines(self) -> Iterator[Text]:
        """Yield the lines, which never wrap."""
        for row, bits in enumerate(self._bits):
            line = Text(no_wrap=True)
            for column, dots in enumerate(bits):
                letter = self._letters.get((column, row)) or (chr(_BLANK + dots) if dots else " ")
                line.append(letter, self._styles.get((column, row), ""))
            yield line

    def _project_rings(self, shape: Shape, frame: Frame) -> Iterator[list[Point]]:
        """Yield the rings of a shape in dots."""
        for ring in shape.rings:
            for places in frame.project_ring(ring):
                yield [(right * self._dots_wide, down * self._dots_high) for right, down in places]

    def _trace_line(self, start: Point, end: Point) -> Iterator[tuple[int, int]]:
        """Yield the visible dots between two points, one step along the longer axis at a time."""
        steps = round(max(abs(end[0] - start[0]), abs(end[1] - start[1]))) or 1
        for step in range(steps + 1):
            x, y = (int(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            if 0 <= x < self._dots_wide and 0 <= y < self._dots_high:
                yield x, y

    def _set_dot(self, x: int, y: int, style: str, *, is_dot: bool = True) -> None:
        column, row = x // DOTS_ACROSS, y // DOTS_DOWN
        bit = _BITS[y % DOTS_DOWN][x % DOTS_ACROSS]
        if is_dot:
            self._bits[row][column] |= bit
            self._styles[column, row] = style
        else:
            self._bits[row][column] &= ~bit


def _find_crossings(rings: Sequence[Sequence[Point]], y: float) -> Iterator[float]:
    """Yield where the edges of rings cross a horizontal line."""
    for ring in rings:
        for (left, top), (right, bottom) in pairwise(ring):
            if (top <= y) != (bottom <= y):
                yield left + (right - left) * (y - top) / (bottom - top)
