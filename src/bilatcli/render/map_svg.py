"""The map as SVG: one picture that needs nothing else, light or dark as its reader has it."""

from __future__ import annotations

from html import escape

from bilatcli import resources
from bilatcli.maps.labels import MARK, labels
from bilatcli.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilatcli.maps.geometry import Frame, Scene, Shape
    from bilatcli.maps.labels import Label

WIDTH = 960
NARROWEST, WIDEST = 1.2, 2.4
"""The least and greatest ratio of width to height."""
LETTER, LINE = 7.6, 17
"""Room for a letter, in pixels: names are set at 14 pixels."""

_STYLE = resources.package_path("render", "map.css")


def render(scene: Scene) -> str:
    """Return a map as an SVG document, with what it shows in words for those who do not see it."""
    frame = framed(scene)
    height = round(WIDTH / frame.ratio)
    captions = " ".join(scene.captions(frame))
    body = "\n".join(_body(scene, frame, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-labelledby="map-title map-desc">\n<title id="map-title">Map: {escape(printable(scene.title))}</title>\n'
        f'<desc id="map-desc">{escape(printable(captions))}</desc>\n<style>\n{_style()}</style>\n{body}\n</svg>\n'
    )


def framed(scene: Scene) -> Frame:
    """Return the frame of the picture of a scene."""
    frame = scene.frame
    return frame.fitted(min(max(frame.ratio, NARROWEST), WIDEST))


def _style() -> str:
    with open(_STYLE, encoding="utf-8") as file:
        return file.read()


def _body(scene: Scene, frame: Frame, height: int) -> Iterator[str]:
    yield (
        '<defs><pattern id="map-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
    )
    # Wider than the picture, so that a page which shows more of it has sea there too.
    yield f'<rect class="sea" x="-{WIDTH}" y="-{WIDTH}" width="{3 * WIDTH}" height="{3 * WIDTH}"/>'
    here = [*scene.asked]
    countries = scene.atlas.countries
    for code, shape in countries.items():
        kind = "" if code not in scene.near else "near"
        if code in here:
            kind = "second" if here.index(code) % 2 else "asked"
        yield from _path(shape, frame, height, kind)
    for shape in scene.disputed(frame):
        yield from _path(shape, frame, height, "line" if shape.is_line else "doubt")
    for label in labels(scene, frame, columns=round(WIDTH / LETTER), rows=round(height / LINE)):
        yield _label(label, scene, frame, height)


def _path(shape: Shape, frame: Frame, height: int, kind: str) -> Iterator[str]:
    rings = [copy for ring in shape.rings for copy in frame.copies(ring)]
    if rings:
        close = "" if shape.is_line else "Z"
        drawn = "".join(
            "M"
            + "L".join(f"{across * WIDTH:.1f} {down * height:.1f}" for across, down in ring)
            + close
            for ring in rings
        )
        yield f'<path{f" class={kind!r}" if kind else ""} d="{drawn}"/>'.replace("'", '"')


def _label(label: Label, scene: Scene, frame: Frame, height: int) -> str:
    if label.text == MARK:
        place = frame.seen(scene.capitals[label.code or ""][1]) or (0.0, 0.0)
        return f'<circle cx="{place[0] * WIDTH:.1f}" cy="{place[1] * height:.1f}" r="4"/>'
    middle = (label.column + len(label.text) / 2) * LETTER
    kind = {"asked": ' class="name"', "disputed": ' class="faint"'}.get(label.role, "")
    text = escape(printable(label.text))
    return f'<text x="{middle:.1f}" y="{(label.row + 0.75) * LINE:.1f}" text-anchor="middle"{kind}>{text}</text>'
