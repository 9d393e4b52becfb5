"""Fixtures for tests of maps: the shapes of the world, loaded once."""

from __future__ import annotations

import pytest

from bilatcli.maps.shapes import Shapes


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    """Return all shapes."""
    return Shapes()
