"""The matrix of stances: its cells, and how it is split into tables."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.matrix import format_stance, render_matrix, split_columns
from bilatcli.render.terminal import render_parts


@pytest.mark.parametrize(
    ("favours", "against", "text"),
    [
        (["AZ", "PK"], ["AM"], "AZ, PK"),
        ([], ["AM"], "✕AM"),
        ([], [], "•"),
        (["\x1b[31m"], [], "\\x1b[31m"),
    ],
)
def test_cell(favours: list[str], against: list[str], text: str) -> None:
    """A cell has whom the holder favours, or else whom it is against, or a neutral mark."""
    assert format_stance({"favours": favours, "against": against}) == text


@pytest.mark.parametrize(
    ("width", "parts"),
    [
        (40, [["one", "two", "three"]]),
        (17, [["one", "two"], ["three"]]),
        (1, [["one"], ["two"], ["three"]]),
    ],
)
def test_split(width: int, parts: list[list[str]]) -> None:
    """Each table has as many columns as fit next to the names of rows, and at least one."""
    assert list(split_columns(["row"], ["one", "two", "three"], {}, width)) == parts


def make_loaded(holders: list[str], issues: list[str]) -> dict[str, Any]:
    """Return a document in which the first holder has a stance on the last issue."""
    cell = {"holder": holders[0], "issue": issues[-1], "favours": ["MN"], "against": []}
    return {
        "query": {"countries": [], "filter": None, "text": "is", "all": False},
        "relation": None,
        "matrix": {
            "holders": holders,
            "issues": issues,
            "cells": [{**cell, "facts": ["is-mn/a"]}],
        },
    }


def test_rows_are_the_longer_side() -> None:
    """More issues than holders are rows, else holders; a row without a stance is left out."""
    text = render_parts(
        render_matrix(make_loaded(["IS"], ["fish", "yaks"]), 80), width=80, has_colour=False
    )
    lines = text.splitlines()
    assert lines[2].split() == ["Issue", "IS"]
    assert lines[4].split() == ["yaks", "MN"]
    assert "fish" not in text
    assert lines[-1] == (
        "1 current stance · 1 holder · 2 issues · dates and sources: bilatcli stances is"
    )
    text = render_parts(
        render_matrix(make_loaded(["IS", "CL"], ["fish"]), 80), width=80, has_colour=False
    )
    assert text.splitlines()[2].split() == ["Holder", "fish"]
