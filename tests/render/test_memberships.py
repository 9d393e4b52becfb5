"""Which shared organisations are named."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.memberships import format_memberships

NAMES = {"C": "Commonwealth", "G-20": "G20"}


def make_organisation(name: str, members: int = 20, *statuses: str) -> dict[str, Any]:
    """Return an organisation that two countries take part in."""
    one, other = statuses or ("member", "member")
    organisation = {"organisation": name, "name": NAMES.get(name, name), "members": members}
    return {**organisation, "statuses": {"GB": one, "RU": other}}


@pytest.mark.parametrize(
    ("shared", "text"),
    [
        ([], ""),
        ([("ESA", 24), ("NATO", 34), ("UN", 194)], "NATO and 2 others"),
        ([("UN", 194), ("WTO", 183)], "WTO, UN"),
        ([("C", 50), ("G-20", 19)], "G20, Commonwealth"),
        ([("Arctic Council", 22, "observer", "observer"), ("OSCE", 68)], "OSCE"),
        ([("UN Security Council", 13, "temporary", "permanent"), ("OSCE", 68)], "OSCE"),
        ([("UN Security Council", 13, "permanent", "permanent")], "UN Security Council"),
        ([("BIS", 60), ("ESA", 24), ("UN", 194)], "ESA, BIS and 1 other"),
    ],
)
def test_memberships(shared: list[tuple[Any, ...]], text: str) -> None:
    """The organisations that matter come first, and only those of which both are members."""
    assert format_memberships([make_organisation(*each) for each in shared]) == text


def test_at_most_six_are_named() -> None:
    """Many organisations are counted after six."""
    names = ("EU", "NATO", "G-7", "G-20", "OECD", "OSCE", "APEC", "C")
    shared = [make_organisation(name) for name in names[1:]]
    assert format_memberships(shared).endswith(" and 1 other")
