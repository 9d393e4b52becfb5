"""The matrix of stances: its cells, and how it is split into tables."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.matrix import format_stance, render_matrix, split_columns
from bilatcli.render.settings import Settings
from bilatcli.render.terminal import render_lines


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
        (14, [["one", "two"], ["three"]]),
        (1, [["one"], ["two"], ["three"]]),
    ],
)
def test_split(width: int, parts: list[list[str]]) -> None:
    """Each table has as many columns as fit next to the names of rows, and at least one."""
    titles = {name: name for name in ("row", "one", "two", "three")}
    assert list(split_columns(["row"], ["one", "two", "three"], {}, titles, width)) == parts


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
        "facts": [{"id": "is-mn/a", "relation": "is-mn", "event": None}],
    }


def render(holders: list[str], issues: list[str]) -> list[str]:
    """Return the lines of a matrix."""
    lines = render_matrix(make_loaded(holders, issues), Settings(width=80))
    return render_lines(lines, width=80, has_colour=False).splitlines()


def test_rows_are_the_longer_side() -> None:
    """More issues than holders are rows, else holders; a row without a stance is left out."""
    lines = render(["IS"], ["fish", "yak-herds"])
    assert lines[2].split() == ["Issue", "IS"]
    assert lines[4].split() == ["Yak", "Herds", "MN"]
    assert not any("Fish" in line for line in lines)
    assert lines[-1] == (
        "1 current stance · 1 holder · 2 issues · dates and sources: bilatcli stances is"
    )
    assert render(["IS", "CL"], ["fish"])[2].split() == ["Holder", "Fish"]


def test_codes_are_explained() -> None:
    """The legend has the names of the countries whose codes the matrix has."""
    loaded = make_loaded(["IS"], ["fish"])
    loaded["countries"] = {"IS": "Iceland", "MN": "Mongolia", "FJ": "Fiji"}
    text = render_lines(render_matrix(loaded, Settings(width=80)), width=80, has_colour=False)
    assert "IS Iceland · MN Mongolia\n" in text
    assert "Fiji" not in text
