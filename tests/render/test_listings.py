"""Lists of names and relations."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.fields import NAME_FIELDS
from bilatcli.render.listings import format_relation_name, render_names
from bilatcli.render.terminal import render_parts

RELATION: dict[str, Any] = {
    "name": "Iceland–Mongolia",
    "status": "partners",
    "topics": {"trade": 1, "military": 2},
    "coverage": "curated",
}


@pytest.mark.parametrize(
    ("more", "with_status", "text"),
    [
        ({}, False, "Iceland–Mongolia\nmilitary 2, trade 1"),
        ({}, True, "Iceland–Mongolia · partners\nmilitary 2, trade 1"),
        ({"coverage": "outline"}, False, "Iceland–Mongolia · military 2, trade 1"),
        ({"topics": {}}, False, "Iceland–Mongolia"),
    ],
)
def test_relation_name(more: dict[str, Any], with_status: bool, text: str) -> None:  # noqa: FBT001
    """A relation has its status unless that has a column, and its topics, the largest first."""
    assert format_relation_name({**RELATION, **more}, with_status=with_status).plain == text


def test_ambiguous_name() -> None:
    """Each candidate of an ambiguous name has the command that chooses it."""
    name = dict.fromkeys(("code", "name", "match", "score", "runner_up"))
    candidates = [{"code": "CD", "name": "DR Congo"}, {"code": "CG", "name": "Congo"}]
    loaded = {"names": [{**name, "input": "congo", "candidates": candidates}]}
    text = render_parts(render_names(loaded, NAME_FIELDS[:2]), width=60, has_colour=False)
    assert text.splitlines() == [
        "Name    Code",
        "────────────",
        "congo   —",
        "congo: DR Congo  bilatcli resolve cd",
        "congo: Congo  bilatcli resolve cg",
    ]
