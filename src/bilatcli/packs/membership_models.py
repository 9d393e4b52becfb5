"""Records of organisations, and of corrections of the memberships that a reference work lists."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from bilatcli.packs.country_models import Attributes, Membership
from bilatcli.packs.record import Record
from bilatcli.packs.value_types import (
    FROM_LIST,
    CountryCode,
    Edtf,
    Slug,
    SourceIds,
    Text,
    Url,
    validation_error,
)

NOT_IN = "none"
"""The status of a country that takes no part in an organisation."""


class CorrectionSource(Record):
    """A page that says who is in an organisation."""

    id: Slug
    title: Text
    publisher: Text
    issued: Edtf | None = None
    url: Url


class Organisation(Record):
    """An organisation: its abbreviation, and the name that is shown.

    `left_out` says why the organisation is not shown. `since` is the day on which it ended.
    """

    id: Text
    name: Text
    left_out: Text | None = None
    since: Edtf | None = None
    sources: SourceIds = ()


class Correction(Record):
    """The status of a country in an organisation since a day, instead of the listed one."""

    organisation: Text
    country: CountryCode
    status: Text
    since: Edtf
    sources: SourceIds


class MembershipList(Record):
    """The file of organisations and corrections."""

    source: Annotated[tuple[CorrectionSource, ...], FROM_LIST]
    organisation: Annotated[tuple[Organisation, ...], FROM_LIST]
    correction: Annotated[tuple[Correction, ...], FROM_LIST] = ()

    @property
    def names(self) -> dict[str, str]:
        """The names of the organisations that are shown, by abbreviation."""
        return {each.id: each.name for each in self.organisation if each.left_out is None}

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        sources, names = {each.id for each in self.source}, self.names
        seen: set[tuple[str, str]] = set()
        for each in self.correction:
            what = f"the correction of {each.country} in `{each.organisation}`"
            if each.organisation not in names:
                raise validation_error(f"{what} has no organisation", "add the organisation")
            if (each.organisation, each.country) in seen:
                raise validation_error(f"{what} occurs twice", "remove one of the two")
            seen.add((each.organisation, each.country))
        ended = {id for each in self.organisation for id in each.sources}
        corrected = {id for each in self.correction for id in each.sources}
        if unknown := (ended | corrected) - sources:
            raise validation_error(f"unknown source `{min(unknown)}`", "add the source")
        return self

    def correct(self, country: Attributes) -> tuple[Membership, ...]:
        """Return the memberships of a country after corrections, without those left out."""
        names = self.names
        statuses = {
            each.organisation: each.status
            for each in country.memberships
            if each.organisation in names
        }
        for each in self.correction:
            if each.country == country.code:
                statuses[each.organisation] = each.status
        return tuple(
            Membership(organisation=organisation, status=status)
            for organisation, status in statuses.items()
            if status != NOT_IN
        )
