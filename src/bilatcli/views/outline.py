"""The outline of two countries: what a reference work says about both of them."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.text import to_json
from bilatcli.views.fetch import damage_as_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

    Place: TypeAlias = tuple[float, float]

CAPITALS = Statement("capitals")
SHARED_MEMBERSHIPS = Statement("shared_memberships")

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth, by the International Union of Geodesy and Geophysics."""


class Outline:
    """The capitals of two countries, their distance, and the organisations that both are in."""

    def __init__(self, capitals: list[Row], memberships: list[Row]) -> None:
        self._capitals = capitals
        self._memberships = memberships

    @property
    def is_known(self) -> bool:
        """True if the reference work covers both, and has a capital or an organisation of them."""
        has_capital = any(capital["name"] for capital in self._capitals)
        return len(self._capitals) == 2 and bool(has_capital or self._memberships)

    @property
    def source_ids(self) -> list[str]:
        """The ids of its sources."""
        return list(dict.fromkeys(capital["source"] for capital in self._capitals))

    def to_json(self) -> str:
        """Return the outline as JSON, or `null` if it is not known."""
        if not self.is_known:
            return "null"
        one, other = (capital["country"] for capital in self._capitals)
        with damage_as_error():
            memberships = sorted(self._memberships, key=lambda row: row["organisation"].casefold())
            distance = _distance_km(*map(_place_of, self._capitals))
        return to_json(
            {
                "capitals": [capital_to_dict(capital) for capital in self._capitals],
                "distance_km": distance,
                "shared": [
                    {
                        "organisation": row["organisation"],
                        "name": row["name"],
                        "members": row["members"],
                        "statuses": {one: row["status"], other: row["other_status"]},
                    }
                    for row in memberships
                ],
                "as_of": self._capitals[0]["as_of"],
                "sources": [capital["source"] for capital in self._capitals],
            }
        )


def fetch_outline(query: Query, index: Index) -> Outline:
    """Return the outline of the two countries of a query; for any other number it is not known."""
    if len(query.codes) != 2:
        return Outline([], [])
    one, other = sorted(query.codes)
    pair = {"one": one, "other": other}
    capitals = index.rows(CAPITALS, {**pair, "as_of": query.request.as_of})
    return Outline(capitals, index.rows(SHARED_MEMBERSHIPS, pair) if len(capitals) == 2 else [])


def _place_of(capital: Row) -> Place | None:
    """Return the degrees north and east of a capital, or None if unknown."""
    latitude, longitude = capital["latitude"], capital["longitude"]
    return None if latitude is None or longitude is None else (latitude, longitude)


def capital_to_dict(capital: Row) -> dict[str, str | float | None]:
    """Return a capital as in a document."""
    latitude, longitude = _place_of(capital) or (None, None)
    return {
        "code": capital["country"],
        "name": capital["name"],
        "latitude": latitude,
        "longitude": longitude,
    }


def _distance_km(one: Place | None, other: Place | None) -> int | None:
    """Return the great-circle distance by the haversine formula, to the ten kilometres.

    More would not be exact: places are given in whole minutes.
    """
    if one is None or other is None:
        return None
    from math import asin, cos, radians, sin, sqrt

    (south, west), (north, east) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return int(round(2 * EARTH_RADIUS_KM * asin(sqrt(half)), -1))
