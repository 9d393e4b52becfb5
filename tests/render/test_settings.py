"""Settings: how many lines an answer may have."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.settings import Settings


@pytest.mark.parametrize(
    ("options", "max_lines"),
    [
        ({}, None),
        ({"height": 24}, 23),
        ({"height": 3}, 9),
        ({"height": 24, "limit": 5}, None),
        ({"height": 24, "has_all_rows": True}, None),
    ],
)
def test_lines(options: dict[str, Any], max_lines: int | None) -> None:
    """Only a screen limits the lines, unless a number of rows or all of them are asked for."""
    assert Settings(**options).max_lines == max_lines


def test_brief_has_no_sources() -> None:
    """A brief answer lists no sources."""
    assert Settings(is_brief=True, sources="full").sources == "none"
