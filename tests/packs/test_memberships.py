"""Corrections of memberships: they are applied, and every reference in them is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs.loader import load_attributes, load_memberships
from support import ROOT

NAMES = ROOT / "data" / "names"
TABLE = load_memberships(NAMES / "memberships.toml")
COUNTRIES = {country.code: country for country in load_attributes(NAMES / "attributes.toml")}

SMALL = """
[[source]]
id = "page"
title = "Members"
publisher = "Club"
url = "https://example.org/members"

[[organisation]]
id = "CLUB"
name = "The Club"

[[organisation]]
id = "OLD"
name = "The Old Club"
left_out = "it has ended"

[[correction]]
organisation = "CLUB"
country = "AZ"
status = "member"
since = "2020"
sources = ["page"]
"""


def status(code: str, organisation: str) -> str | None:
    """Return what a country is in an organisation after corrections, or None."""
    corrected = TABLE.correct(COUNTRIES[code])
    return next((each.status for each in corrected if each.organisation == organisation), None)


@pytest.mark.parametrize(
    ("code", "organisation", "expected"),
    [
        ("GB", "EU", None),
        ("RU", "CE", None),
        ("UA", "CIS", None),
        ("UA", "EU", "candidate"),
        ("IN", "SCO", "member"),
        ("AZ", "D-8", "member"),
        ("US", "NAFTA", None),
        ("CH", "MINUSMA", None),
        ("DE", "NATO", "member"),
    ],
)
def test_corrected_memberships(code: str, organisation: str, expected: str | None) -> None:
    """Countries that left or joined, and organisations that ended, are corrected."""
    assert status(code, organisation) == expected


def test_every_organisation_has_a_name() -> None:
    """No abbreviation of the reference work is without a name or a reason to leave it out."""
    known = {organisation.id for organisation in TABLE.organisation}
    listed = {each.organisation for country in COUNTRIES.values() for each in country.memberships}
    assert listed <= known


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('organisation = "CLUB"', 'organisation = "OLD"', "has no organisation"),
        ('sources = ["page"]', 'sources = ["other"]', "unknown source `other`"),
    ],
)
def test_references_are_checked(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """A correction of an organisation that is not shown, and an unknown source, are refused."""
    path = tmp_path / "memberships.toml"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_memberships(path)
    assert problem in caught.value.problems[0].what
