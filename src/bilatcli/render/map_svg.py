"""The map as SVG: one self-contained picture, following the reader's light or dark theme."""

from __future__ import annotations

from html import escape

from bilatcli import resources
from bilatcli.maps.labels import CAPITAL_MARK, place_labels
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilatcli.maps.frame import Frame
    from bilatcli.maps.labels import Label
    from bilatcli.maps.scene import Scene
    from bilatcli.maps.shapes import Shape

WIDTH_PX = 960
MIN_RATIO, MAX_RATIO = 1.2, 2.4
"""Limits of the width divided by the height."""
LETTER_WIDTH_PX, LINE_HEIGHT_PX = 7.6, 17
"""Room for a letter; the font size is 14 pixels."""

_HATCH = (
    '<defs><pattern id="map-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
)


def render_svg(scene: Scene) -> str:
    """Return a map as an SVG document, with its captions as the description."""
    frame = choose_frame(scene)
    height = round(WIDTH_PX / frame.ratio)
    title = escape(make_printable(scene.title))
    description = escape(make_printable(" ".join(scene.captions(frame))))
    body = "\n".join(_draw_body(scene, frame, height))
    style = resources.read_text("render", "map.css")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {WIDTH_PX} {height}"'
        f' role="img" aria-labelledby="map-title map-desc">\n'
        f'<title id="map-title">Map: {title}</title>\n'
        f'<desc id="map-desc">{description}</desc>\n'
        f"<style>\n{style}</style>\n{body}\n</svg>\n"
    )


def choose_frame(scene: Scene) -> Frame:
    """Return the frame of the picture of a scene, of a ratio that suits a page."""
    frame = scene.frame
    return frame.expand_to(min(max(frame.ratio, MIN_RATIO), MAX_RATIO))


def _draw_body(scene: Scene, frame: Frame, height: int) -> Iterator[str]:
    yield _HATCH
    # Wider than the picture: a page that shows more than the picture has sea there too.
    yield (
        f'<rect class="sea" x="-{WIDTH_PX}" y="-{WIDTH_PX}"'
        f' width="{3 * WIDTH_PX}" height="{3 * WIDTH_PX}"/>'
    )
    selected = [*scene.selected]
    for code, shape in scene.shapes.countries.items():
        css_class = "related" if code in scene.related else ""
        if code in selected:
            css_class = "second" if selected.index(code) % 2 else "selected"
        yield from _draw_shape(shape, frame, height, css_class)
    for shape in scene.disputed_in(frame):
        yield from _draw_shape(shape, frame, height, "line" if shape.is_line else "disputed")
    columns, rows = round(WIDTH_PX / LETTER_WIDTH_PX), round(height / LINE_HEIGHT_PX)
    for label in place_labels(scene, frame, columns=columns, rows=rows):
        yield _draw_label(label, scene, frame, height)


def _draw_shape(shape: Shape, frame: Frame, height: int, css_class: str) -> Iterator[str]:
    """Yield the path of a shape; nothing if it lies outside the frame."""
    rings = [places for ring in shape.rings for places in frame.project_ring(ring)]
    if not rings:
        return
    end = "" if shape.is_line else "Z"
    path = ""
    for ring in rings:
        points = (f"{right * WIDTH_PX:.1f} {down * height:.1f}" for right, down in ring)
        path += f"M{'L'.join(points)}{end}"
    attribute = f' class="{css_class}"' if css_class else ""
    yield f'<path{attribute} d="{path}"/>'


def _draw_label(label: Label, scene: Scene, frame: Frame, height: int) -> str:
    if label.text == CAPITAL_MARK:
        right, down = frame.project_visible(scene.capitals[label.code or ""][1]) or (0.0, 0.0)
        return f'<circle cx="{right * WIDTH_PX:.1f}" cy="{down * height:.1f}" r="4"/>'
    middle = (label.column + len(label.text) / 2) * LETTER_WIDTH_PX
    baseline = (label.row + 0.75) * LINE_HEIGHT_PX
    css_class = {"selected": ' class="name"', "disputed": ' class="faint"'}.get(label.role, "")
    text = escape(make_printable(label.text))
    return (
        f'<text x="{middle:.1f}" y="{baseline:.1f}" text-anchor="middle"{css_class}>{text}</text>'
    )
