"""Names of countries, relations and issues."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.names import Names, format_slug


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("taiwan", "Taiwan"),
        ("recognition-of-armenia", "Recognition of Armenia"),
        ("csto", "CSTO"),
        ("in-the-end", "In The End"),
    ],
)
def test_slug(slug: str, name: str) -> None:
    """A slug is read as words, abbreviations in capitals."""
    assert format_slug(slug) == name


def test_names() -> None:
    """Names come from the document; a code without a name stays a code."""
    loaded: dict[str, Any] = {
        "relation": {"countries": [{"code": "IS", "name": "Iceland"}]},
        "query": {"countries": [{"code": "MN", "name": "Mongolia"}]},
        "countries": {"FJ": "Fiji"},
        "issues": {"fish": "Fishing rights"},
    }
    names = Names(loaded)
    assert names.countries(["IS", "MN", "FJ", "EU"]) == "Iceland, Mongolia, Fiji, EU"
    assert names.relation("is-mn") == "Iceland–Mongolia"
    assert (names.issue("fish"), names.issue("yak-herds")) == ("Fishing rights", "Yak Herds")


def test_names_are_printable() -> None:
    """A name cannot control the terminal."""
    assert Names({"countries": {"IS": "\x1b[31m"}}).country("IS") == "\\x1b[31m"
