"""The outline of a pair: what a reference work says of both countries, put together when it is asked for."""

from __future__ import annotations

from bilatcli.text import json_string
from bilatcli.views.result import JSON, ORDERING, PLACE, SOURCES, STATUS, VERIFICATION, WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.views.result import Row

EARTH = 6371.0088
"""Mean radius of the earth in kilometres, by the International Union of Geodesy and Geophysics."""


class Outline:
    """Capitals, the distance between them and shared memberships, out of the rows of a statement.

    A capital's row has its country, name, source, degrees and date; a membership's the organisation, both statuses,
    and how many countries take part in it.
    """

    def __init__(self, capitals: Sequence[Row], memberships: Sequence[Row]) -> None:
        self._capitals = sorted(capitals, key=lambda row: row[PLACE])
        self._memberships = sorted(memberships, key=lambda row: row[PLACE].casefold())

    @property
    def is_known(self) -> bool:
        """Whether the reference work covers both countries."""
        return len(self._capitals) == 2

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The id and the JSON text of each source."""
        return [(row[SOURCES], row[JSON]) for row in self._capitals]

    def json(self) -> str:
        """Return the outline as JSON, or `null` where the reference work does not cover both countries."""
        if not self.is_known:
            return "null"
        one, other = (row[PLACE] for row in self._capitals)
        shared = ",".join(
            f'{{"organisation":{json_string(row[PLACE])},"members":{row[WORDS]},"statuses":'
            f'{{"{one}":{json_string(row[STATUS])},"{other}":{json_string(row[ORDERING])}}}}}'
            for row in self._memberships
        )
        distance = _distance(*map(_place, self._capitals))
        return (
            f'{{"capitals":[{",".join(map(_capital_json, self._capitals))}],'
            f'"distance_km":{"null" if distance is None else distance},"shared":[{shared}],'
            f'"as_of":{json_string(self._capitals[0][WORDS])},'
            f'"sources":[{",".join(json_string(id) for id, _ in self.sources)}]}}'
        )


def _place(row: Row) -> tuple[float, float] | None:
    """The degrees north and east of a capital, if known."""
    return (
        (float(row[STATUS]), float(row[VERIFICATION]))
        if row[STATUS] and row[VERIFICATION]
        else None
    )


def _capital_json(row: Row) -> str:
    place = _place(row)
    latitude, longitude = place or ("null", "null")
    name = json_string(row[ORDERING]) if row[ORDERING] else "null"
    return f'{{"code":"{row[PLACE]}","name":{name},"latitude":{latitude},"longitude":{longitude}}}'


def _distance(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    """Kilometres along the great circle by the haversine formula, to ten, which is what whole minutes allow."""
    if one is None or other is None:
        return None
    from math import asin, cos, radians, sin, sqrt

    (south, west), (north, east) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(half)), -1).__trunc__()
