"""Scenes: what the map of a question shows, and its captions."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.index.store import Index
from bilatcli.maps.frame import Frame
from bilatcli.maps.scene import MAX_RELATED, Scene, build_scene
from bilatcli.maps.shapes import Shapes
from bilatcli.query.interpret import interpret
from bilatcli.query.request import Request

FACT: dict[str, Any] = {"relation": "az-pk", "actors": ["AZ"], "toward": ["PK"]}
WORLD = Frame(-180.0, -90.0, 180.0, 90.0)
SAHARA = Frame(0.0, 15.0, 20.0, 25.0)


def scene_of(index: Index, *facts: dict[str, Any], words: str = "az-pk") -> Scene:
    """Return the scene of a question with some facts as its answer."""
    return build_scene(interpret(Request("facts", [words]), index), facts, index)


def test_related_countries(index: Index) -> None:
    """Related countries are those that most facts mention, the countries of the question not."""
    scene = scene_of(
        index,
        {**FACT, "partners": ["TR", "UN"]},
        {**FACT, "holder": "IN", "favours": "TR", "against": None},
    )
    assert scene.selected == {"AZ": "Azerbaijan", "PK": "Pakistan"}
    assert scene.related == {"TR": "Türkiye", "IN": "India"}
    assert scene.mentions == {"TR": 2, "IN": 1, "UN": 1}
    assert scene.capitals["AZ"][0] == "Baku"


def test_related_countries_are_limited(index: Index) -> None:
    """At most a few related countries are shown; the captions count the rest."""
    codes = ["TR", "IN", "AM", "GE", "RU", "IR", "CN", "US", "FR", "DE"]
    scene = scene_of(index, {**FACT, "partners": codes})
    assert len(scene.related) == MAX_RELATED
    assert scene.captions(SAHARA)[0].endswith(" and 2 more.")


@pytest.mark.parametrize(
    ("frame", "facts", "captions"),
    [
        (SAHARA, [], ["Shapes: Natural Earth 1:110m, which shows de facto control."]),
        (
            SAHARA,
            [{**FACT, "partners": ["TR"]}],
            [
                "Mentioned in their facts: Türkiye (1).",
                "Shapes: Natural Earth 1:110m, which shows de facto control.",
            ],
        ),
    ],
)
def test_captions(
    index: Index, frame: Frame, facts: list[dict[str, Any]], captions: list[str]
) -> None:
    """Captions name the related countries and the data set."""
    assert scene_of(index, *facts).captions(frame) == captions


def test_captions_name_disputed_areas(index: Index) -> None:
    """Captions name the disputed areas that the frame shows."""
    (caption,) = scene_of(index).captions(WORLD)
    assert "Disputed: Northern Cyprus, " in caption


def test_unplaced_countries(shapes: Shapes) -> None:
    """A country without a shape and a capital cannot be placed; alone it has no frame."""
    selected = {"XX": "Nowhere"}
    scene = Scene(shapes, selected=selected, related={}, mentions={}, capitals={})
    assert (scene.title, scene.unplaced) == ("Nowhere", ["XX"])
    with pytest.raises(ValueError, match="nothing to frame"):
        _ = scene.frame
