"""Frames: what part of the world a map shows, and where a point lies in it."""

from __future__ import annotations

import pytest

from bilatcli.maps.frame import MIN_HEIGHT_DEG, Frame, bounding_frame
from bilatcli.maps.shapes import Shapes


@pytest.mark.parametrize(
    ("point", "place"),
    [((10.0, 40.0), (0.0, 0.0)), ((30.0, 20.0), (1.0, 1.0)), ((20.0, 30.0), (0.5, 0.5))],
)
def test_project(point: tuple[float, float], place: tuple[float, float]) -> None:
    """The north-west corner is the origin of the picture, the south-east corner its end."""
    assert Frame(10.0, 20.0, 30.0, 40.0).project(point) == place


def test_project_visible() -> None:
    """A point outside the frame has no place; the longitude may be a full circle away."""
    frame = Frame(170.0, -10.0, 200.0, 10.0)
    assert frame.project_visible((0.0, 0.0)) is None
    assert frame.project_visible((-175.0, 0.0)) == pytest.approx((0.5, 0.5))


def test_ring_is_visible_twice() -> None:
    """A frame of more than the whole world shows a ring on both sides."""
    frame = Frame(-200.0, -10.0, 200.0, 10.0)
    assert len(list(frame.project_ring([(170.0, 0.0), (175.0, 1.0)]))) == 2
    assert list(frame.project_ring([(170.0, 50.0), (175.0, 51.0)])) == []


def test_frame_crosses_the_antimeridian(shapes: Shapes) -> None:
    """New Zealand and the United States are framed across the Pacific."""
    frame = bounding_frame([shapes.countries["NZ"], shapes.countries["US"]], [])
    assert frame.east - frame.west < 170
    assert frame.project_visible((180.0, 0.0)) is not None
    assert frame.project_visible((20.0, 0.0)) is None
    for point in ((174.8, -41.3), (-77.0, 38.9)):
        assert frame.project_visible(point) is not None


def test_small_parts_are_not_framed(shapes: Shapes) -> None:
    """French Guiana does not widen a map of France and Azerbaijan."""
    assert bounding_frame([shapes.countries["FR"], shapes.countries["AZ"]], []).west > -20


def test_minimum_height() -> None:
    """A frame of one point shows its surroundings."""
    frame = bounding_frame([], [(10.0, 0.0)])
    assert frame.north - frame.south > MIN_HEIGHT_DEG
    assert frame.project_visible((10.0, 0.0)) == pytest.approx((0.5, 0.5))


def test_nothing_to_frame() -> None:
    """Without shapes and points there is no frame."""
    with pytest.raises(ValueError, match="nothing to frame"):
        bounding_frame([], [])


@pytest.mark.parametrize("ratio", [0.5, 1.0, 3.0])
def test_expand(shapes: Shapes, ratio: float) -> None:
    """An expanded frame has the ratio of the picture and contains the frame."""
    frame = bounding_frame([shapes.countries["AZ"], shapes.countries["PK"]], [])
    expanded = frame.expand_to(ratio)
    assert expanded.ratio == pytest.approx(ratio, rel=0.05)
    assert expanded.west <= frame.west
    assert expanded.east >= frame.east
    assert expanded.south <= frame.south
    assert expanded.north >= frame.north
