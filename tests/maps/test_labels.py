"""Labels: names have room of their own and stay on the map."""

from __future__ import annotations

import pytest

from bilatcli.maps.labels import CAPITAL_MARK, LabelGrid, place_labels
from bilatcli.maps.scene import Scene
from bilatcli.maps.shapes import Shapes

NAMES = {"AZ": "Azerbaijan", "AM": "Armenia", "GE": "Georgia"}
CAPITALS = {
    "AZ": ("Baku", (49.9, 40.4)),
    "AM": ("Yerevan", (44.5, 40.2)),
    "GE": ("Tbilisi", (44.8, 41.7)),
}


def scene_of(shapes: Shapes, *related: str) -> Scene:
    """Return a scene of three neighbours, some of them related ones."""
    selected = {code: name for code, name in NAMES.items() if code not in related}
    return Scene(
        shapes,
        selected=selected,
        related={code: NAMES[code] for code in related},
        mentions={},
        capitals=CAPITALS,
    )


@pytest.mark.parametrize(("columns", "rows"), [(120, 30), (40, 12), (12, 5), (3, 2)])
def test_labels_do_not_overlap(shapes: Shapes, columns: int, rows: int) -> None:
    """On a map of any size no label covers another or leaves the map."""
    scene = scene_of(shapes)
    frame = scene.frame.expand_to(columns / rows / 2)
    cells = [
        (label.column + position, label.row)
        for label in place_labels(scene, frame, columns=columns, rows=rows)
        for position in range(len(label.text))
    ]
    assert len(cells) == len(set(cells))
    assert all(0 <= column < columns and 0 <= row < rows for column, row in cells)


def test_roles(shapes: Shapes) -> None:
    """A name has the role of its country; a capital has a mark and a name."""
    scene = scene_of(shapes, "GE")
    labels = place_labels(scene, scene.frame, columns=120, rows=40)
    roles = {label.text: label.role for label in labels if label.text != CAPITAL_MARK}
    assert roles == {
        "Azerbaijan": "selected",
        "Armenia": "selected",
        "Georgia": "related",
        "Baku": "capital",
        "Yerevan": "capital",
        "Tbilisi": "capital",
    }
    assert [label.text for label in labels].count(CAPITAL_MARK) == 3


def test_grid() -> None:
    """A name takes the first spot that is free and on the map, or is left out."""
    grid = LabelGrid(10, 2)
    grid.add_mark((0.05, 0.0), role="selected", code="AZ")
    grid.add_mark((0.0, 0.0), role="selected", code="AM")
    grid.add_name("Baku", [(-1, 0), (0, 0), (0, 1)], role="capital", code="AZ")
    grid.add_name("Yerevan", [(0, 1), (4, 0)], role="capital", code="AM")
    assert [(each.text, each.column, each.row) for each in grid.labels] == [
        (CAPITAL_MARK, 0, 0),
        ("Baku", 0, 1),
    ]
